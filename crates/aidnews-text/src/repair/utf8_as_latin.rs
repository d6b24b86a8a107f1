//! UTF-8 that someone read as Latin-1 or windows-1252: æ–°é—» for 新闻.
//!
//! Each sequence is undone by itself: the characters are turned back into bytes, and if these are one well-formed UTF-8
//! sequence of a character Chinese pages use, it takes their place. Proof is a sequence of three bytes or more with a sign
//! that Chinese text does not use: Café—— is E9 97 97 as well. Sequences of two bytes (Ã© for é), and those that end in
//! dashes and quotation marks, are undone only in a text that has such proof.
//! Text that went through the mistake twice is undone twice.
//!
//! It fails where bytes were lost on the way: 81, 8D, 8F, 90 and 9D have no character in windows-1252, and no-break
//! spaces become spaces. What is left then stays as it is.

use std::borrow::Cow;

use crate::han::latin_byte;
use crate::origin::Origin;
use crate::rewrite::Rewriter;

/// How often a text is undone at most.
const ROUNDS: usize = 3;

/// Undoes the mistake; returns the text, its map, and how many characters came back.
pub(super) fn run(text: &str) -> (Cow<'_, str>, Origin, u64) {
    let (mut best, mut origin, mut count) = once(text);
    for _ in 1..ROUNDS {
        let (again, inner, more) = match once(&best) {
            (Cow::Owned(again), inner, more) => (again, inner, more),
            (Cow::Borrowed(_), ..) => break,
        };
        origin = inner.compose(&origin);
        count += more;
        best = Cow::Owned(again);
    }
    (best, origin, count)
}

fn once(text: &str) -> (Cow<'_, str>, Origin, u64) {
    let mut writer = Rewriter::new(text);
    let mut count = 0;
    let proven = sequences(text).any(|found| found.is_proof);
    if proven {
        for found in sequences(text) {
            writer.put(found.start..found.end, found.character);
            count += 1;
        }
    }
    let (text, origin) = writer.finish();
    (text, origin, count)
}

/// A well-formed sequence: where it stands, the character, and whether clean text cannot have it.
struct Sequence {
    start: usize,
    end: usize,
    character: char,
    is_proof: bool,
}

fn sequences(text: &str) -> impl Iterator<Item = Sequence> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            // Every lead byte from C2 on is U+00C2 to U+00F4 in either encoding, and those begin with C3 in UTF-8.
            at += memchr::memchr(0xC3, &text.as_bytes()[at..])?;
            if let Some(found) = sequence(text, at) {
                at = found.end;
                return Some(found);
            }
            at += 2;
        }
        None
    })
}

fn sequence(text: &str, start: usize) -> Option<Sequence> {
    let mut bytes = [0; 4];
    let mut characters = text[start..].chars();
    let lead = latin_byte(characters.next()?)?;
    let wanted = match lead {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    bytes[0] = lead;
    let mut is_proof = false;
    for byte in &mut bytes[1..wanted] {
        let sign = characters.next()?;
        is_proof |= wanted > 2 && !is_chinese_punctuation(sign);
        *byte = latin_byte(sign)?;
    }
    let character = std::str::from_utf8(&bytes[..wanted]).ok()?.chars().next()?;
    let end = text.len() - characters.as_str().len();
    is_plausible(character).then_some(Sequence { start, end, character, is_proof })
}

/// Returns whether a sign that has a byte in windows-1252 is punctuation of Chinese, too.
fn is_chinese_punctuation(sign: char) -> bool {
    matches!(sign, '—' | '…' | '“' | '”' | '‘' | '’' | '·')
}

/// Returns whether a character is one that Chinese pages use.
fn is_plausible(character: char) -> bool {
    matches!(character,
        '\u{80}'..='\u{2DF}' | '\u{F00}'..='\u{FFF}' | '\u{2010}'..='\u{22FF}'
        | '\u{2460}'..='\u{27BF}' | '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE10}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FFEF}' | '\u{1F300}'..='\u{1FAFF}' | '\u{20000}'..='\u{323AF}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latin_1(text: &str) -> String {
        text.bytes().map(char::from).collect()
    }

    fn windows_1252(text: &str) -> String {
        text.bytes().map(|byte| crate::han::windows_1252(byte).unwrap_or(char::from(byte))).collect()
    }

    #[test]
    fn the_mistake_is_undone() {
        for text in ["新闻：对口支援，“组团式”援藏·第3批。Café", "阿里地区……", "𠮷野家"]
        {
            for spoilt in [latin_1(text), windows_1252(text), windows_1252(&windows_1252(text))] {
                let (made, origin, count) = run(&spoilt);
                assert_eq!(made, text, "{spoilt}");
                assert!(count > 0);
                assert_eq!(origin.locate(0..text.len()), 0..spoilt.len());
            }
        }
    }

    #[test]
    fn stretches_are_undone_in_good_text() {
        assert_eq!(run("标题：æ–°é—» 正文").0, "标题：新闻 正文");
        assert_eq!(run("标题：æ–°é— 正文").0, "标题：新é— 正文");
    }

    #[test]
    fn clean_text_stays() {
        for text in [
            "Café Ångström naïve Ã©",
            "São Paulo, Zürich",
            "Đà Nẵng",
            "5×3±2°",
            "ÐÂÎÅ",
            "à la carte – «oui» œuvre",
            "Café——",
            "José”…",
        ] {
            assert!(matches!(run(text).0, Cow::Borrowed(_)), "{text}");
        }
    }
}
