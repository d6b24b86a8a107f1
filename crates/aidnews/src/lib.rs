//! Reads Chinese aid news: who helps which hospital, in what, since when, how much.

mod analysis;
mod engine;
mod entity;
pub mod explain;
mod fact;
mod model;
mod name;
mod reader;
pub mod record;
mod sentence;
#[doc(hidden)]
pub mod training;
mod vocabulary;

pub use aidnews_text::{Format, Origin};
pub use reader::{Error, Hint, ReadError, Reader, ReaderBuilder};
pub use record::Record;
