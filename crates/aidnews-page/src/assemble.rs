//! Writes the article's text and its way back to the input.

use std::ops::Range;

use aidnews_text::{Origin, OriginBuilder};

use crate::flat::{Flat, Segment};

/// Joins `paragraphs` (bytes of the flat text, in order) with line feeds; white space inside them is collapsed.
pub(crate) fn assemble(flat: &Flat<'_>, paragraphs: &[Range<usize>], input_len: usize) -> (String, Origin) {
    let mut writer = Writer { flat, text: String::new(), origin: OriginBuilder::new(), input: 0, segment: 0 };
    for (index, range) in paragraphs.iter().enumerate() {
        if index > 0 {
            writer.text.push('\n');
            writer.origin.insert(1);
        }
        for piece in pieces(&flat.text, range) {
            writer.piece(&piece);
        }
    }
    writer.origin.delete(input_len - writer.input);
    (writer.text, writer.origin.finish())
}

/// Cuts a paragraph where a run of white space is longer than one character, leaving out all but its first.
fn pieces(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = range.start;
    let mut blank = false;
    for (at, c) in text[range.clone()].char_indices() {
        let at = range.start + at;
        let is_blank = crate::dump::blank(c);
        if is_blank && (blank || !c.is_whitespace()) {
            if start < at {
                pieces.push(start..at);
            }
            start = at + c.len_utf8();
        }
        blank = is_blank && (blank || c.is_whitespace());
    }
    if start < range.end {
        pieces.push(start..range.end);
    }
    pieces
}

struct Writer<'f, 't> {
    flat: &'f Flat<'t>,
    text: String,
    origin: OriginBuilder,
    /// Bytes of the input spoken for.
    input: usize,
    /// The first segment that may matter; pieces come in order.
    segment: usize,
}

impl Writer<'_, '_> {
    fn piece(&mut self, piece: &Range<usize>) {
        self.text.push_str(&self.flat.text[piece.clone()]);
        if self.flat.segments.is_empty() {
            return self.copy(piece.start, piece.len());
        }
        while let Some(segment) =
            self.flat.segments.get(self.segment).filter(|segment| segment.text.start < piece.end)
        {
            let from = segment.text.start.max(piece.start);
            let to = segment.text.end.min(piece.end);
            if from < to {
                let segment = segment.clone();
                self.part(&segment, from..to);
            }
            if self.flat.segments[self.segment].text.end > piece.end {
                break;
            }
            self.segment += 1;
        }
    }

    fn part(&mut self, segment: &Segment, part: Range<usize>) {
        if segment.copied {
            self.copy(segment.input.start + part.start - segment.text.start, part.len());
        } else {
            self.origin.delete(segment.input.start - self.input);
            self.origin.replace(segment.input.len(), part.len());
            self.input = segment.input.end;
        }
    }

    fn copy(&mut self, from: usize, len: usize) {
        self.origin.delete(from - self.input);
        self.origin.copy(len);
        self.input = from + len;
    }
}
