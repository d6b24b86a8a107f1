//! Decodes, repairs and converts Chinese text from the web, and knows where every character came from.
#![warn(missing_docs)]

mod convert;
mod decode;
pub mod gloss;
mod origin;

pub use convert::{Conversion, Converted, OPENCC_VERSION, UnknownConversion};
pub use decode::{DecidedBy, Decoded, EncodingReport, MAX_LOCATED, decode};
pub use origin::{Origin, OriginBuilder, Run};
