//! How much of a body was found: overlap of four-character shingles.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

/// Characters in a shingle.
const SIZE: usize = 4;

/// Precision, recall and F1 of one text against another, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Overlap {
    pub(crate) precision: f64,
    pub(crate) recall: f64,
    pub(crate) f1: f64,
}

/// Compares the shingles of `found` with those of `gold`; white space and width do not matter.
pub(crate) fn overlap(gold: &str, found: &str) -> Overlap {
    let (gold, found) = (squeeze(gold), squeeze(found));
    let (gold_total, found_total) = (total(&gold), total(&found));
    let mut left = count(&gold);
    let mut hits = 0usize;
    for shingle in shingles(&found) {
        if let Some(times) = left.get_mut(shingle)
            && *times > 0
        {
            *times -= 1;
            hits += 1;
        }
    }
    let precision = hits as f64 / found_total as f64;
    let recall = hits as f64 / gold_total as f64;
    let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    Overlap { precision, recall, f1 }
}

fn squeeze(text: &str) -> Vec<char> {
    text.nfkc().filter(|letter| !is_space(*letter)).collect()
}

/// White space, with the four information separators that the reference scorer counts as space too.
fn is_space(letter: char) -> bool {
    letter.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&letter)
}

fn total(text: &[char]) -> usize {
    (text.len() + 1).saturating_sub(SIZE).max(1)
}

/// A text shorter than a shingle is one shingle, so that two empty texts are equal.
fn shingles(text: &[char]) -> impl Iterator<Item = &[char]> {
    (0..total(text)).map(|start| &text[start..(start + SIZE).min(text.len())])
}

fn count(text: &[char]) -> HashMap<&[char], usize> {
    let mut counts = HashMap::new();
    for shingle in shingles(text) {
        *counts.entry(shingle).or_insert(0) += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_text_has_half_the_recall() {
        let found = overlap("甲乙丙丁戊己庚辛", "甲乙丙丁戊");
        assert_eq!((found.precision, found.recall), (1.0, 0.4));
    }

    #[test]
    fn short_and_empty_texts_count_as_one_shingle() {
        assert_eq!(overlap("", "").f1, 1.0);
        assert_eq!(overlap("甲乙", "甲 乙").f1, 1.0);
        assert_eq!(overlap("甲乙", "").f1, 0.0);
    }

    #[test]
    fn repeated_shingles_count_as_often_as_both_have_them() {
        let found = overlap("甲甲甲甲甲", "甲甲甲甲甲甲甲");
        assert_eq!((found.precision, found.recall), (0.5, 1.0));
    }
}
