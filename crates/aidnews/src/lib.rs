//! Reads Chinese aid news: who helps which hospital, in what, since when, how much.

mod reader;
pub mod record;

pub use reader::{Error, Format, Hint, ReadError, Reader, ReaderBuilder};
pub use record::Record;
