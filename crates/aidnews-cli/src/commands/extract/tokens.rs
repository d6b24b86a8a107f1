//! The words of a text, as jieba cuts them.

use jieba_rs::Jieba;
use serde::Serialize;

/// The segmenter with its dictionary.
pub(crate) struct Tokens(Jieba);

/// A word; offsets in code points.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Token<'t> {
    start: usize,
    end: usize,
    text: &'t str,
}

impl Tokens {
    /// Loads the dictionary, which takes a good part of a second.
    pub(crate) fn load() -> Self {
        Self(Jieba::new())
    }

    /// Returns the words of `text`, without white space, in order.
    pub(crate) fn of<'t>(&self, text: &'t str) -> Vec<Token<'t>> {
        let mut end = 0;
        let place = |word: &'t str| {
            let start = end;
            end += word.chars().count();
            Token { start, end, text: word }
        };
        let words = self.0.cut(text, true).into_iter().map(|token| token.word).map(place);
        words.filter(|token| !token.text.trim().is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_placed_in_code_points() {
        let words = Tokens::load();
        let seen: Vec<(usize, usize, &str)> =
            words.of("𠮷林 援藏\n医疗队").iter().map(|token| (token.start, token.end, token.text)).collect();
        assert_eq!(seen.last(), Some(&(6, 9, "医疗队")));
        for (start, end, text) in seen {
            let slice: String = "𠮷林 援藏\n医疗队".chars().skip(start).take(end - start).collect();
            assert_eq!(slice, text);
        }
    }
}
