//! Whether a text is of the kind that is repaired here at all.

use std::ops::Range;

use super::reading::closed_syllable;
use super::script::Script;

/// What a document must show before a byte of it is touched.
const GOOD: usize = 6;
const KINDS: usize = 3;

/// A reading in brackets behind a character, `國(guó)`.
pub(super) struct Gloss {
    pub(super) character: char,
    /// The brackets and what is between them, in bytes of the text.
    pub(super) span: Range<usize>,
}

impl Gloss {
    /// Returns the reading without its brackets.
    pub(super) fn reading<'t>(&self, text: &'t str) -> &'t str {
        &text[self.span.start + 1..self.span.end - 1]
    }
}

/// Returns the readings in brackets behind characters beyond ASCII, or nothing if there are too few of them.
///
/// One pass that stops at opening brackets only; it needs no tables.
pub(super) fn glosses(text: &str) -> Option<Vec<Gloss>> {
    let mut found: Vec<Gloss> = Vec::new();
    let bytes = text.as_bytes();
    for open in memchr::memchr_iter(b'(', bytes) {
        let behind_character = open > 0 && bytes[open - 1] >= 0x80;
        if !behind_character {
            continue;
        }
        if let Some(length) = closed_syllable(&bytes[open + 1..])
            && let Some(character) = text[..open].chars().next_back()
        {
            found.push(Gloss { character, span: open..open + 1 + length });
        }
    }
    (found.len() >= GOOD).then_some(found)
}

/// Returns whether the glosses are those of a clone site: behind Traditional-only characters, and behind all of them.
///
/// Primers gloss plain characters too, dictionaries gloss a word once.
pub(super) fn is_annotated(text: &str, glosses: &[Gloss], script: &Script) -> bool {
    let mut annotated: Vec<char> = Vec::new();
    let (mut good, mut plain) = (0, 0);
    for gloss in glosses {
        if script.reads(gloss.character, gloss.reading(text)) {
            if script.is_traditional(gloss.character) {
                good += 1;
                annotated.push(gloss.character);
            } else {
                plain += 1;
            }
        }
    }
    annotated.sort_unstable();
    annotated.dedup();
    if good < GOOD || annotated.len() < KINDS || plain * 10 > good {
        return false;
    }
    let mut is_annotated = vec![false; 0x1_0000];
    annotated.iter().for_each(|&c| is_annotated[c as usize] = true);
    let all = text.chars().filter(|&c| is_annotated.get(c as usize).copied().unwrap_or(false)).count();
    (all - good) * 4 <= good
}
