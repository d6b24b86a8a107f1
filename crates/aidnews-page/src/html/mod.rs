//! HTML pages: tags and text, then lines. No tree is built and nothing recurses.

mod classes;
mod entity;
mod flatten;
mod lexer;
pub(crate) mod tag;

pub(crate) use flatten::flatten;
