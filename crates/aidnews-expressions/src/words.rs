//! Word lists that are looked up at a place in the text, the longest first.

/// Words with payloads, filed under their first (or, reversed, last) character.
#[derive(Debug, Clone)]
pub(crate) struct Words<T> {
    /// An open-addressed table from a first character to its rows; a power of two long, at most half full.
    slots: Box<[Slot]>,
    rows: Vec<(Box<[char]>, T)>,
    reversed: bool,
}

/// The rows `start..end` of one first character; empty slots hold NUL.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    first: char,
    start: u32,
    end: u32,
}

/// Returns the slot at which the search for `c` begins.
#[inline]
fn home(c: char, slots: usize) -> usize {
    (u32::from(c).wrapping_mul(0x9E37_79B1) >> 16) as usize & (slots - 1)
}

impl<T> Words<T> {
    /// Files `entries`; `reversed` lists are matched from their end with [`Words::before`].
    pub(crate) fn new(entries: impl IntoIterator<Item = (String, T)>, reversed: bool) -> Self {
        let letters = |word: &str| -> Box<[char]> {
            let mut letters: Vec<char> = word.chars().collect();
            if reversed {
                letters.reverse();
            }
            letters.into()
        };
        let mut rows: Vec<(Box<[char]>, T)> =
            entries.into_iter().filter(|(word, _)| !word.is_empty()).map(|(w, t)| (letters(&w), t)).collect();
        rows.sort_by(|a, b| (a.0[0], b.0.len(), &a.0).cmp(&(b.0[0], a.0.len(), &b.0)));
        let mut index: Vec<Slot> = Vec::new();
        for (at, (word, _)) in rows.iter().enumerate() {
            match index.last_mut() {
                Some(last) if last.first == word[0] => last.end = at as u32 + 1,
                _ => index.push(Slot { first: word[0], start: at as u32, end: at as u32 + 1 }),
            }
        }
        let mut slots = vec![Slot::default(); (2 * index.len() + 1).next_power_of_two()];
        for slot in index {
            let mut at = home(slot.first, slots.len());
            while slots[at].first != '\0' {
                at = (at + 1) & (slots.len() - 1);
            }
            slots[at] = slot;
        }
        Self { slots: slots.into(), rows, reversed }
    }

    #[inline]
    fn rows_of(&self, first: char) -> &[(Box<[char]>, T)] {
        let mut at = home(first, self.slots.len());
        loop {
            let slot = self.slots[at];
            if slot.first == first {
                return &self.rows[slot.start as usize..slot.end as usize];
            }
            if slot.first == '\0' {
                return &[];
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// Returns one past the end of the longest word that starts at `at`, and its payload.
    pub(crate) fn at(&self, text: &[char], at: usize) -> Option<(usize, &T)> {
        debug_assert!(!self.reversed);
        let rest = text.get(at..)?;
        let rows = self.rows_of(*rest.first()?);
        rows.iter().find(|(word, _)| opens(rest, word)).map(|(word, payload)| (at + word.len(), payload))
    }

    /// Iterates over all words that start at `at`, the longest first.
    pub(crate) fn all_at<'w>(&'w self, text: &'w [char], at: usize) -> impl Iterator<Item = (usize, &'w T)> {
        let rest = text.get(at..).unwrap_or_default();
        let rows = rest.first().map_or(&[][..], |first| self.rows_of(*first));
        rows.iter()
            .filter(move |(word, _)| opens(rest, word))
            .map(move |(word, payload)| (at + word.len(), payload))
    }

    /// Returns where the longest word that ends before `end` starts, and its payload.
    pub(crate) fn before(&self, text: &[char], end: usize) -> Option<(usize, &T)> {
        debug_assert!(self.reversed);
        let head = text.get(..end)?;
        let rows = self.rows_of(*head.last()?);
        rows.iter()
            .find(|(word, _)| word.len() <= end && word.iter().zip(head.iter().rev()).all(|(a, b)| a == b))
            .map(|(word, payload)| (end - word.len(), payload))
    }

    /// Iterates over the words, as filed.
    pub(crate) fn surfaces(&self) -> impl Iterator<Item = &[char]> + '_ {
        self.rows.iter().map(|(word, _)| &**word)
    }
}

/// Tells whether `rest` starts with `word`; words are too short for a call to memcmp to pay.
#[inline]
fn opens(rest: &[char], word: &[char]) -> bool {
    word.len() <= rest.len() && word.iter().zip(rest).all(|(a, b)| a == b)
}
