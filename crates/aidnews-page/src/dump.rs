//! Plain text dumps: every line of the input is a line.

use std::borrow::Cow;

use crate::flat::{Flat, Head, Line, Node, Role};
use crate::html::tag::Tag;

/// Cuts `text` at line ends, trims the lines and drops empty ones.
pub(crate) fn flatten(text: &str) -> Flat<'_> {
    let mut lines = Vec::with_capacity(text.len() / 64);
    let mut start = 0;
    for end in memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()).chain([text.len()]) {
        let line = text[start..end].trim_matches(blank);
        if !line.is_empty() {
            let from = line.as_ptr().addr() - text.as_ptr().addr();
            lines.push(Line { range: from..from + line.len(), node: 0, tag: Tag::Root, linked: 0 });
        }
        start = end + 1;
    }
    let root = Node { parent: 0, depth: 0, tag: Tag::Root, role: Role::default() };
    Flat {
        text: Cow::Borrowed(text),
        segments: Vec::new(),
        lines,
        nodes: vec![root],
        images: Vec::new(),
        head: Head::default(),
    }
}

/// Returns whether `c` shows nothing: white space of any width, joiners, byte order marks.
pub(crate) fn blank(c: char) -> bool {
    // Most characters are Han or punctuation above all blanks but one.
    if ('\u{3001}'..='\u{fefe}').contains(&c) {
        return false;
    }
    c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
}
