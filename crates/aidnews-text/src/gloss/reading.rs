//! Pinyin as clone sites write it behind characters: lower case, tone marks, one syllable.

use pinyin::ToPinyinMulti;

/// The longest syllable (zhuāng, chuáng, shuǎng) in letters.
const LONGEST: usize = 6;

/// Returns the length in bytes of the syllable with its closing bracket at the start of `text`: 5 for `guī)` and its
/// like.
///
/// Only the shape is checked: one to six letters, at most one of them with a tone mark. Never looks further than
/// seven characters ahead.
pub(super) fn closed_syllable(text: &[u8]) -> Option<usize> {
    let (mut at, mut letters, mut tones) = (0, 0, 0);
    loop {
        let rest = text.get(at..)?;
        match rest.first()? {
            b'a'..=b'z' => at += 1,
            b')' => return (letters > 0).then_some(at + 1),
            _ => {
                at += accented(rest)?;
                tones += usize::from(rest[..2] != *"ü".as_bytes());
            }
        }
        letters += 1;
        if letters > LONGEST || tones > 1 {
            return None;
        }
    }
}

/// Returns the length of the accented letter at the start of `text`.
fn accented(text: &[u8]) -> Option<usize> {
    const LETTERS: &str = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ";
    let two = text.get(..2)?;
    LETTERS.as_bytes().chunks_exact(2).any(|letter| letter == two).then_some(2)
}

/// Returns whether `character` can be read as `reading`.
pub(super) fn reads(character: char, reading: &str) -> bool {
    readings(character).any(|found| found == reading)
}

/// Returns every reading of `character`, with tone marks.
pub(super) fn readings(character: char) -> impl Iterator<Item = &'static str> {
    character.to_pinyin_multi().into_iter().flatten().map(pinyin::Pinyin::with_tone)
}
