//! Writing a changed text and its map side by side.

use std::borrow::Cow;
use std::ops::Range;

use crate::origin::{Origin, OriginBuilder};

/// Writes a text with some stretches replaced, from left to right; nothing is copied before the first change.
#[derive(Debug)]
pub(crate) struct Rewriter<'t> {
    input: &'t str,
    output: String,
    origin: OriginBuilder,
    /// Bytes of the input already dealt with.
    done: usize,
    /// Bytes written that the map does not know of yet, all as long as they were.
    unmapped: usize,
    changed: bool,
}

impl<'t> Rewriter<'t> {
    pub(crate) fn new(input: &'t str) -> Rewriter<'t> {
        Rewriter {
            input,
            output: String::new(),
            origin: OriginBuilder::new(),
            done: 0,
            unmapped: 0,
            changed: false,
        }
    }

    /// Puts `new` for the stretch `old` of the input, which begins no earlier than the last one ended.
    ///
    /// Characters that become characters of the same length count as copied.
    #[inline]
    pub(crate) fn replace(&mut self, old: Range<usize>, new: &str) {
        self.start();
        self.output.push_str(&self.input[self.done..old.start]);
        self.output.push_str(new);
        self.unmapped += old.start - self.done;
        if same_shape(&self.input[old.clone()], new) {
            self.unmapped += old.len();
        } else {
            self.origin.copy(self.unmapped);
            self.origin.replace(old.len(), new.len());
            self.unmapped = 0;
        }
        self.done = old.end;
    }

    /// Puts one character of the same length for the character `old`; the quick way.
    #[inline]
    pub(crate) fn exchange(&mut self, old: Range<usize>, new: char) {
        self.start();
        self.output.push_str(&self.input[self.done..old.start]);
        self.output.push(new);
        self.unmapped += old.end - self.done;
        self.done = old.end;
    }

    fn start(&mut self) {
        if !self.changed {
            self.changed = true;
            self.output.reserve(self.input.len() + self.input.len() / 16);
        }
    }

    /// Puts one character for the stretch `old` of the input.
    pub(crate) fn put(&mut self, old: Range<usize>, new: char) {
        self.replace(old, new.encode_utf8(&mut [0; 4]));
    }

    /// Returns the bytes of the input that are dealt with.
    pub(crate) fn done(&self) -> usize {
        self.done
    }

    /// Returns the text and its map; the input itself if nothing was replaced.
    pub(crate) fn finish(mut self) -> (Cow<'t, str>, Origin) {
        if !self.changed {
            return (Cow::Borrowed(self.input), Origin::identity(self.input.len()));
        }
        self.output.push_str(&self.input[self.done..]);
        self.origin.copy(self.unmapped + self.input.len() - self.done);
        (Cow::Owned(self.output), self.origin.finish())
    }
}

/// Returns whether each character became one of the same length, so that the map may call it copied.
#[inline]
fn same_shape(old: &str, new: &str) -> bool {
    old.len() == new.len()
        && (old.len() <= 4 && first_is_all(old) && first_is_all(new)
            || old.chars().map(char::len_utf8).eq(new.chars().map(char::len_utf8)))
}

fn first_is_all(text: &str) -> bool {
    text.chars().next().is_some_and(|first| first.len_utf8() == text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_one_length_are_copied() {
        let mut writer = Rewriter::new("對口ab支援");
        writer.replace(0..3, "对");
        writer.replace(6..8, "");
        writer.put(8..11, 'z');
        let (text, origin) = writer.finish();
        assert_eq!(text, "对口z援");
        assert_eq!(origin.locate(0..3), 0..3);
        assert_eq!(origin.locate(6..7), 8..11);
        assert_eq!(origin.locate(7..10), 11..14);
        assert_eq!(origin.project(6..8), 6..6);
    }

    #[test]
    fn nothing_changed_nothing_copied() {
        let (text, origin) = Rewriter::new("对口").finish();
        assert!(matches!(text, Cow::Borrowed("对口")) && origin.is_identity());
    }
}
