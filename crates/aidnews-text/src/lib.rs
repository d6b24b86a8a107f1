//! Decodes, repairs and converts Chinese text from the web, and knows where every character came from.
#![warn(missing_docs)]

pub mod gloss;
mod origin;

pub use origin::{Origin, OriginBuilder, Run};
