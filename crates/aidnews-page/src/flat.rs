//! The common form of both kinds of input: one text, cut into lines, with what the mark-up said about each.

use std::borrow::Cow;
use std::ops::Range;

use crate::html::tag::Tag;

/// A page as lines. Ranges are bytes of `text` unless they say input.
#[derive(Debug)]
pub(crate) struct Flat<'t> {
    pub(crate) text: Cow<'t, str>,
    /// Where `text` came from, in order; empty where `text` is the input.
    pub(crate) segments: Vec<Segment>,
    pub(crate) lines: Vec<Line>,
    /// The boxes of an HTML page, parents before children; one root for a dump.
    pub(crate) nodes: Vec<Node>,
    pub(crate) images: Vec<Image>,
    pub(crate) head: Head,
}

/// A stretch of input that became a stretch of text.
#[derive(Debug, Clone)]
pub(crate) struct Segment {
    pub(crate) text: Range<usize>,
    pub(crate) input: Range<usize>,
    /// The bytes are the same on both sides.
    pub(crate) copied: bool,
}

/// One line of a dump or one block of an HTML page, without white space at its ends.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) range: Range<usize>,
    /// Index of the innermost box.
    pub(crate) node: u32,
    pub(crate) tag: Tag,
    /// Bytes of the line that stand in links.
    pub(crate) linked: u32,
}

/// A box of an HTML page.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) parent: u32,
    pub(crate) depth: u32,
    pub(crate) tag: Tag,
    /// What its class and id words and those of its ancestors say.
    pub(crate) role: Role,
}

/// What names of classes say about a box; inherited by what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Role {
    pub(crate) hidden: bool,
    /// Navigation, footer, share bar, related links, comments.
    pub(crate) chrome: bool,
    pub(crate) comment: bool,
    pub(crate) caption: bool,
    pub(crate) summary: bool,
    pub(crate) title: bool,
    pub(crate) meta: bool,
    pub(crate) body: bool,
}

/// An image in the page.
#[derive(Debug, Clone)]
pub(crate) struct Image {
    /// Where in `text` it stands.
    pub(crate) at: usize,
    /// Index of the innermost box.
    pub(crate) node: u32,
    /// Its address as written, bytes of the input.
    pub(crate) source: Range<usize>,
}

/// What stands in the head of an HTML page and in its scripts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Head {
    /// The content of `title`, decoded.
    pub(crate) title: Option<String>,
    pub(crate) title_span: Option<Range<usize>>,
    /// Name (or property, itemprop, http-equiv) and decoded content of every `meta`, in order.
    pub(crate) metas: Vec<(String, String)>,
    pub(crate) canonical: Option<String>,
    /// JSON-LD scripts as they stand, bytes of the input.
    pub(crate) json: Vec<Range<usize>>,
    /// Inline scripts that are small enough to be looked into for a date, bytes of the input.
    pub(crate) scripts: Vec<Range<usize>>,
}

impl Flat<'_> {
    pub(crate) fn line(&self, index: usize) -> &str {
        &self.text[self.lines[index].range.clone()]
    }

    /// Returns the bytes of the input that the bytes `range` of the text came from.
    pub(crate) fn input(&self, range: &Range<usize>) -> Range<usize> {
        if self.segments.is_empty() {
            return range.clone();
        }
        let place = |at: usize, end: bool| {
            let index = self
                .segments
                .partition_point(|segment| if end { segment.text.end < at } else { segment.text.end <= at });
            let Some(segment) = self.segments.get(index) else {
                return self.segments[self.segments.len() - 1].input.end;
            };
            match (segment.copied, end) {
                (true, _) => segment.input.start + at.saturating_sub(segment.text.start),
                (false, false) => segment.input.start,
                (false, true) => segment.input.end,
            }
        };
        let start = place(range.start, false);
        start..place(range.end, true).max(start)
    }

    /// Returns whether `node` is `ancestor` or stands in it.
    pub(crate) fn inside(&self, mut node: u32, ancestor: u32) -> bool {
        let depth = self.nodes[ancestor as usize].depth;
        while self.nodes[node as usize].depth > depth {
            node = self.nodes[node as usize].parent;
        }
        node == ancestor
    }
}
