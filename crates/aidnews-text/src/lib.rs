//! Decodes, repairs and converts Chinese text from the web, and knows where every character came from.
//!
//! ```
//! use aidnews_text::{TextHint, TextReader};
//!
//! // GBK bytes of a page in Traditional characters.
//! let (bytes, _, _) = encoding_rs::GBK.encode("<p>對口支援醫療隊</p>");
//! let reader = TextReader::new();
//! let cleaned = reader.read(&bytes, &TextHint::default());
//! assert_eq!(cleaned.text, "<p>对口支援医疗队</p>");
//! assert_eq!((cleaned.encoding.name.as_str(), cleaned.script.as_str()), ("gb18030", "traditional"));
//! // 医疗队 came from these bytes of the source.
//! let at = cleaned.text.find("医疗队").unwrap();
//! assert_eq!(cleaned.origin.locate(at..at + 9), 11..17);
//! ```
//!
//! Three stages follow each other, and each can be used alone: [`decode`] reads bytes, [`repair`] undoes what copying,
//! crawling and wrong guesses of encodings did to a text, [`Converter`] brings Traditional text to Simplified exactly as
//! OpenCC does. Each hands on its text with an [`Origin`], a sparse map to its input; [`TextReader`] chains them and
//! composes the maps. Nothing here fails: odd bytes give text and a note.

mod convert;
mod decode;
mod format;
pub mod gloss;
mod han;
mod origin;
mod reader;
pub mod repair;
mod rewrite;

pub use convert::{
    Conversion, Converted, Converter, Made, OPENCC_VERSION, Script, ScriptChoice, UnknownConversion,
};
pub use decode::{DecidedBy, Decoded, EncodingReport, MAX_LOCATED, decode};
pub use format::Format;
pub use origin::{Origin, OriginBuilder, Run};
pub use reader::{Cleaned, TextHint, TextReader, TextReaderBuilder};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
