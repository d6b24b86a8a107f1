//! Word lists that are looked up at a place in the text, the longest first.

/// Words with payloads, filed under their first (or, reversed, last) character.
#[derive(Debug, Clone)]
pub(crate) struct Words<T> {
    /// (first character, first row, one past the last row), by character.
    index: Vec<(char, u32, u32)>,
    rows: Vec<(Box<[char]>, T)>,
    reversed: bool,
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
        let mut index: Vec<(char, u32, u32)> = Vec::new();
        for (at, (word, _)) in rows.iter().enumerate() {
            match index.last_mut() {
                Some(last) if last.0 == word[0] => last.2 = at as u32 + 1,
                _ => index.push((word[0], at as u32, at as u32 + 1)),
            }
        }
        Self { index, rows, reversed }
    }

    fn rows_of(&self, first: char) -> &[(Box<[char]>, T)] {
        match self.index.binary_search_by_key(&first, |entry| entry.0) {
            Ok(at) => &self.rows[self.index[at].1 as usize..self.index[at].2 as usize],
            Err(_) => &[],
        }
    }

    /// Returns one past the end of the longest word that starts at `at`, and its payload.
    pub(crate) fn at(&self, text: &[char], at: usize) -> Option<(usize, &T)> {
        debug_assert!(!self.reversed);
        let rest = text.get(at..)?;
        let rows = self.rows_of(*rest.first()?);
        rows.iter().find(|(word, _)| rest.starts_with(word)).map(|(word, payload)| (at + word.len(), payload))
    }

    /// Iterates over all words that start at `at`, the longest first.
    pub(crate) fn all_at<'w>(&'w self, text: &'w [char], at: usize) -> impl Iterator<Item = (usize, &'w T)> {
        let rest = text.get(at..).unwrap_or_default();
        let rows = rest.first().map_or(&[][..], |first| self.rows_of(*first));
        rows.iter()
            .filter(move |(word, _)| rest.starts_with(word))
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

    /// Returns the first characters of all words.
    pub(crate) fn firsts(&self) -> impl Iterator<Item = char> + '_ {
        self.index.iter().map(|entry| entry.0)
    }
}
