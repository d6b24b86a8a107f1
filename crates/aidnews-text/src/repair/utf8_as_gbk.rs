//! UTF-8 that someone read as GBK: 鏂伴椈 for 新闻.
//!
//! The characters of a stretch are turned back into their GBK bytes and read as UTF-8, as far as that goes. Common
//! Chinese never reads so: its lead bytes are not those of UTF-8. A stretch is taken if it gives at least two characters
//! and nearly all of them are common. Where an odd byte at the end of a stretch was lost (it shows as `?` or U+FFFD),
//! the last character is lost with it and becomes U+FFFD.

use crate::han::{big5_common, gb2312_common, gbk_pair};
use crate::rewrite::Rewriter;

/// What came back.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counts {
    /// Characters restored.
    pub(super) restored: u64,
    /// Characters lost with a byte, now U+FFFD.
    pub(super) lost: u64,
}

/// Undoes the mistake.
pub(super) fn run(writer: &mut Rewriter<'_>, text: &str) -> Counts {
    let mut counts = Counts::default();
    let mut at = 0;
    while at < text.len() {
        let Some(character) = text[at..].chars().next() else { break };
        let stretch = if starts_sequence(character) { Stretch::read(text, at) } else { None };
        match stretch {
            Some(stretch) if stretch.is_plausible() => {
                writer.replace(at..stretch.end, &stretch.text);
                counts.restored += stretch.characters;
                counts.lost += u64::from(stretch.lost);
                at = stretch.end;
            }
            Some(stretch) => at = stretch.end,
            None => at += character.len_utf8(),
        }
    }
    counts
}

/// Returns whether the character's bytes can begin a character of Chinese text in UTF-8.
fn starts_sequence(character: char) -> bool {
    matches!(gbk_pair(character), Some([0xE2..=0xE9 | 0xEF, 0x80..=0xBF]))
}

/// A stretch of characters read as UTF-8.
struct Stretch {
    text: String,
    /// Where it ends in the input.
    end: usize,
    characters: u64,
    common: u64,
    /// Whether the last character was lost.
    lost: bool,
}

impl Stretch {
    /// Reads as many whole sequences as follow each other from `start`; `None` if there is not one.
    ///
    /// The stretch ends at the last place where a sequence and a character of the input end together.
    fn read(text: &str, start: usize) -> Option<Stretch> {
        let mut made = Stretch { text: String::new(), end: start, characters: 0, common: 0, lost: false };
        // What is certain: the bytes of `made.text`, the characters and the common ones up to `made.end`.
        let mut certain = (0, 0, 0);
        let mut pending: Vec<u8> = Vec::with_capacity(8);
        let mut at = start;
        while let Some(character) = text[at..].chars().next() {
            let next = text[at + character.len_utf8()..].chars().next();
            if !extend(&mut pending, character, next) {
                break;
            }
            at += character.len_utf8();
            while let Some(read) = take(&mut pending) {
                made.text.push(read);
                made.characters += 1;
                made.common += u64::from(is_common(read));
            }
            if pending.is_empty() {
                certain = (made.text.len(), made.characters, made.common);
                made.end = at;
            } else if !is_incomplete(&pending) {
                break;
            }
        }
        let rest = &text[at..];
        let lacks_one = matches!(pending[..], [0xC2..=0xDF] | [0xE0..=0xEF, _]) && is_incomplete(&pending);
        if lacks_one && rest.starts_with(['?', '\u{FFFD}']) {
            made.text.push('\u{FFFD}');
            made.lost = true;
            made.end = at + rest.chars().next().map_or(0, char::len_utf8);
        } else {
            (made.characters, made.common) = (certain.1, certain.2);
            made.text.truncate(certain.0);
        }
        (made.end > start).then_some(made)
    }

    fn is_plausible(&self) -> bool {
        self.characters >= 2 && self.common * 10 >= self.characters * 8
    }
}

/// Appends the GBK bytes of a character beyond ASCII; returns whether it has any.
///
/// The euro sign is A2E3, or a single 80: the former only where A2 ends a sequence and one that begins with E3 goes on.
fn extend(bytes: &mut Vec<u8>, character: char, next: Option<char>) -> bool {
    let Some(pair) = gbk_pair(character) else { return false };
    let goes_on = || matches!(next.and_then(gbk_pair), Some([0x80..=0xBF, _]));
    if character == '€' && !(bytes.len() == 2 && goes_on()) {
        bytes.push(0x80);
    } else {
        bytes.extend(pair);
    }
    true
}

/// Takes a whole sequence from the front of `bytes`.
fn take(bytes: &mut Vec<u8>) -> Option<char> {
    let valid = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()?,
    };
    let character = valid.chars().next()?;
    bytes.drain(..character.len_utf8());
    Some(character)
}

/// Returns whether `bytes` are the beginning of a sequence.
fn is_incomplete(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.valid_up_to() == 0 && error.error_len().is_none())
}

fn is_common(character: char) -> bool {
    gb2312_common().has(character)
        || big5_common().has(character)
        || matches!(character, '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3011}' | '\u{FF01}'..='\u{FF5E}')
        || matches!(character, '·' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads UTF-8 as browsers read GBK.
    fn spoil(text: &str) -> String {
        encoding_rs::GBK.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    fn mended(text: &str) -> (String, Counts) {
        let mut writer = Rewriter::new(text);
        let counts = run(&mut writer, text);
        (writer.finish().0.into_owned(), counts)
    }

    #[test]
    fn whole_stretches_come_back() {
        assert_eq!(mended("鏂伴椈"), ("新闻".to_owned(), Counts { restored: 2, lost: 0 }));
        let text = "新闻：“组团式”援藏……广东省人民医院，派出医疗團隊·對口支援；";
        let mut whole = 0;
        for (end, last) in text.char_indices().skip(2).map(|(at, c)| (at + c.len_utf8(), c)) {
            let spoilt = spoil(&text[..end]);
            let (made, counts) = mended(&spoilt);
            if spoilt.contains('\u{FFFD}') {
                let kept = &text[..end - last.len_utf8()];
                assert_eq!((made, counts.lost), (format!("{kept}\u{FFFD}"), 1), "{spoilt}");
            } else {
                assert_eq!((made.as_str(), counts.lost), (&text[..end], 0), "{spoilt}");
                whole += 1;
            }
        }
        assert!(whole > 10, "{whole}");
    }

    #[test]
    fn a_lost_byte_loses_its_character() {
        let (made, counts) = mended(&spoil("广东省人民医院12名专家"));
        assert_eq!(made, "广东省人民医\u{FFFD}12名专\u{FFFD}");
        assert_eq!(counts, Counts { restored: 8, lost: 2 });
        let (made, _) = mended(&spoil("广东省人民医院12").replace('\u{FFFD}', "?"));
        assert_eq!(made, "广东省人民医\u{FFFD}12");
    }

    #[test]
    fn clean_text_stays() {
        for text in [
            "广东省人民医院对口支援林芝市人民医院，派出李璐、王琪、张玮等12名专家。",
            "臺北榮民總醫院與花蓮鋼鐵廠、錢鎮鏡先生",
            "锟斤拷",
            "泸州医学院滇缅铁路涓涓细流浜浐",
        ] {
            assert_eq!(mended(text), (text.to_owned(), Counts::default()));
        }
    }
}
