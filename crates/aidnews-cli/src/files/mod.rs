//! Files: which to read, how to name them, how to write them.

mod name;
mod output;
mod source;
mod walk;

pub(crate) use name::{path_of_name, shown};
pub(crate) use output::Output;
pub(crate) use source::{Trouble, load};
pub(crate) use walk::{Input, Skipped, Unreadable, Walk};

use std::io::Write;

/// Writes a line to standard error; that nobody listens is no failure.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
