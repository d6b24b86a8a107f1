//! Reads Chinese aid news: who helps which hospital, in what, since when, how much.

pub mod record;

pub use record::Record;
