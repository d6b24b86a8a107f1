//! One line of folded text, with the numerals that were last read in it.

use std::cell::Cell;
use std::ops::Deref;

use crate::numeral::{self, Numeral};

/// Folded characters. Several readers try one after the other at the same place, so the last numerals are kept.
#[derive(Debug, Default)]
pub(crate) struct Line {
    letters: Vec<char>,
    kept: [Cell<Kept>; 2],
}

/// A numeral read at a place; the place is one more than the index, so that 0 is none.
type Kept = (usize, Option<Numeral>);

impl Line {
    /// Empties the line.
    pub(crate) fn clear(&mut self) {
        self.letters.clear();
        self.kept = Default::default();
    }

    /// Makes room for more characters.
    pub(crate) fn reserve(&mut self, room: usize) {
        self.letters.reserve(room);
    }

    /// Adds a character at the end.
    #[inline]
    pub(crate) fn push(&mut self, letter: char) {
        self.letters.push(letter);
    }

    /// Reads the numeral that starts at `at`; see [`numeral::read`].
    pub(crate) fn numeral(&self, at: usize, point: bool) -> Option<Numeral> {
        let slot = &self.kept[usize::from(point)];
        let (place, kept) = slot.get();
        if place == at + 1 {
            return kept;
        }
        let read = numeral::read(&self.letters, at, point);
        slot.set((at + 1, read));
        read
    }
}

impl Deref for Line {
    type Target = [char];

    fn deref(&self) -> &[char] {
        &self.letters
    }
}
