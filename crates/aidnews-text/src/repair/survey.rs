//! One pass that says what there is to do: how many characters of each kind a text has.
//!
//! Clean text costs this pass and nothing else. The kinds are read from one table by code point; ASCII is passed over in
//! blocks.

use std::sync::OnceLock;

use crate::convert::Tally;
use crate::han::{self, big5_common, gb2312_common, is_unified};

/// What a character is suspected of. Values fit above the two bits of a script kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Suspect {
    /// Nothing.
    Clean = 0,
    /// A rare character that GBK makes of the bytes of UTF-8.
    GbkOfUtf8,
    /// An accented letter or sign of Latin-1.
    Latin,
    /// A character of the C1 block, or a line or paragraph separator.
    Control,
    /// A private-use character.
    PrivateUse,
    /// A full-width letter or digit.
    FullWidth,
    /// A compatibility ideograph.
    Compatibility,
    /// A radical.
    Radical,
    /// A space of unusual width.
    Space,
    /// A character without width.
    ZeroWidth,
    /// A soft hyphen.
    SoftHyphen,
    /// U+FFFD, or 锟 of 锟斤拷.
    Lost,
}

/// How many kinds there are, script kinds included.
const KINDS: usize = 64;

/// How many characters of each kind a text has.
#[derive(Debug, Clone)]
pub(super) struct Survey {
    counts: [u32; KINDS],
    ascii_controls: bool,
}

impl Survey {
    /// Looks at every character of `text` once.
    pub(super) fn of(text: &str) -> Survey {
        let kinds = kinds();
        let bytes = text.as_bytes();
        let mut counts = [0u32; KINDS];
        let mut count = |kind: u8| {
            let slot = &mut counts[usize::from(kind) % KINDS];
            *slot = slot.wrapping_add(1);
        };
        let mut at = 0;
        while at < bytes.len() {
            match bytes[at..] {
                [0..0x80, ..] => at += ascii_len(&bytes[at..]),
                [lead @ 0xE0..0xF0, second, third, ..] => {
                    let high = usize::from(lead & 0x0F) << 12 | usize::from(second & 0x3F) << 6;
                    count(kinds[high | usize::from(third & 0x3F)]);
                    at += 3;
                }
                [lead @ 0x80..0xE0, second, ..] => {
                    count(kinds[usize::from(lead & 0x1F) << 6 | usize::from(second & 0x3F)]);
                    at += 2;
                }
                _ => {
                    let character = text[at..].chars().next().unwrap_or_default();
                    count((suspect(character) as u8) << 2);
                    at += character.len_utf8();
                }
            }
        }
        Survey { counts, ascii_controls: has_ascii_control(bytes) }
    }

    /// Returns how many characters are suspected of `suspect`.
    pub(super) fn count(&self, suspect: Suspect) -> u64 {
        let first = (suspect as usize) << 2;
        self.counts[first..first + 4].iter().map(|&count| u64::from(count)).sum()
    }

    /// Returns whether the text has any control character.
    pub(super) fn has_controls(&self) -> bool {
        self.ascii_controls || self.count(Suspect::Control) > 0
    }

    /// Returns how many characters speak for which script.
    pub(super) fn tally(&self) -> Tally {
        let kind =
            |kind: usize| self.counts.iter().skip(kind).step_by(4).map(|&count| u64::from(count)).sum();
        let (neutral, traditional, simplified): (u64, u64, u64) = (kind(1), kind(2), kind(3));
        Tally { han: neutral + traditional + simplified, traditional, simplified }
    }
}

/// Returns the length of the ASCII stretch at the start of `bytes`, in steps of eight where it is long.
#[inline]
fn ascii_len(bytes: &[u8]) -> usize {
    let mut len = 0;
    for block in bytes.chunks_exact(8) {
        let block: &[u8; 8] = block.try_into().expect("blocks have eight bytes");
        if u64::from_ne_bytes(*block) & 0x8080_8080_8080_8080 != 0 {
            break;
        }
        len += 8;
    }
    len + bytes[len..].iter().take_while(|byte| byte.is_ascii()).count()
}

/// Returns whether there is a control character beside tab and line ends; written so that it can be vectorised.
fn has_ascii_control(bytes: &[u8]) -> bool {
    bytes.chunks(4096).any(|block| {
        block.iter().fold(false, |found, &byte| {
            found | (byte < 0x20 && byte != b'\t' && byte != b'\n' && byte != b'\r') | (byte == 0x7F)
        })
    })
}

/// For each character of the basic plane its script kind, and above two bits what it is suspected of.
fn kinds() -> &'static [u8; 0x10000] {
    static TABLE: OnceLock<Box<[u8; 0x10000]>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Box::new([0u8; 0x10000]);
        let scripts = Tally::kinds();
        for (code, kind) in (0u32..).zip(table.iter_mut()) {
            let character = char::from_u32(code).unwrap_or_default();
            *kind = scripts[code as usize] | (suspect(character) as u8) << 2;
        }
        table
    })
}

/// Returns what a character is suspected of.
pub(super) fn suspect(character: char) -> Suspect {
    match character {
        // Degree, plus-minus, middle dot, multiplication sign and quotation marks are common in clean text.
        '°' | '±' | '·' | '×' | '÷' | '«' | '»' | '§' | '©' | '®' => Suspect::Clean,
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => Suspect::Space,
        '\u{AD}' => Suspect::SoftHyphen,
        '\u{80}'..='\u{9F}' | '\u{2028}' | '\u{2029}' => Suspect::Control,
        '\u{A1}'..='\u{FF}' => Suspect::Latin,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => Suspect::ZeroWidth,
        '\u{FEFF}' | '\u{FFF9}'..='\u{FFFC}' | '\u{180E}' | '\u{E0001}'..='\u{E007F}' => Suspect::ZeroWidth,
        '\u{FFFD}' | '锟' => Suspect::Lost,
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => Suspect::PrivateUse,
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Suspect::FullWidth,
        '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}' => Suspect::Compatibility,
        '\u{2E80}'..='\u{2FD5}' => Suspect::Radical,
        '锛' | '銆' => Suspect::GbkOfUtf8,
        _ if is_unified(character) && is_gbk_of_utf8(character) => Suspect::GbkOfUtf8,
        _ => Suspect::Clean,
    }
}

/// Returns whether the character's GBK bytes begin a Chinese character in UTF-8, and nobody would write it.
fn is_gbk_of_utf8(character: char) -> bool {
    matches!(han::gbk_pair(character), Some([0xE4..=0xE9, 0x80..=0xBF]))
        && !gb2312_common().has(character)
        && !big5_common().has(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_text_is_clean() {
        let text = "2021年5月，广东省人民医院（对口支援）派出12名专家，气温-5°C～10°C，“组团式”援藏·西藏 བོད་ 臺灣 カタカナ\r\n\t";
        let survey = Survey::of(text);
        assert_eq!(survey.count(Suspect::Clean) as usize, text.chars().filter(|c| !c.is_ascii()).count());
        assert!(!survey.has_controls());
    }

    #[test]
    fn suspects_are_counted() {
        let survey =
            Survey::of("Ａ５\u{200b}\u{ad}\u{e000}\u{f900}⼈\u{a0}\u{fffd}é\u{85}鏂鐨\u{100000}𠀀\u{2f800}");
        for (suspect, count) in [
            (Suspect::FullWidth, 2),
            (Suspect::ZeroWidth, 1),
            (Suspect::SoftHyphen, 1),
            (Suspect::PrivateUse, 2),
            (Suspect::Compatibility, 2),
            (Suspect::Radical, 1),
            (Suspect::Space, 1),
            (Suspect::Lost, 1),
            (Suspect::Latin, 1),
            (Suspect::Control, 1),
            (Suspect::GbkOfUtf8, 2),
            (Suspect::Clean, 1),
        ] {
            assert_eq!(survey.count(suspect), count, "{suspect:?}");
        }
        assert!(Survey::of("a\u{0}").has_controls() && Survey::of("\u{7f}").has_controls());
    }

    #[test]
    fn the_tally_is_that_of_the_converter() {
        for text in ["對口支援医疗队鏂", "abc", "", "乾隆年间臺北"] {
            assert_eq!(Survey::of(text).tally(), Tally::of(text), "{text}");
        }
    }
}
