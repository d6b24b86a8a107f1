//! Reads and checks the lexicons of aidnews.
//!
//! A lexicon is a TSV file, one entry a line, with a header that says what it holds and where it comes from:
//!
//! ```text
//! #kind⇥hospital
//! #columns⇥surface⇥id⇥note
//! #source⇥hospital register, export of 2024-05; public record
//! 瑞金医院⇥ruijin⇥short form; 瑞金市人民医院 is another hospital, in Jiangxi
//! ```
//!
//! (⇥ is a tab.) Entries are sorted by code point and unique in their first column. Cells may be empty; missing cells at the
//! end of a line read as empty. Input is text, output are borrowed cells; this crate knows nothing of what a
//! kind means.

mod lexicon;

pub use lexicon::{Entry, Lexicon, LexiconError};
