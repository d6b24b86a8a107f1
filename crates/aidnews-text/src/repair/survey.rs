//! One pass that says what there is to do: which kinds of characters a text has.
//!
//! Clean text costs this pass and nothing else. The kinds are read from one table by code point; ASCII is passed over in
//! blocks.

use std::sync::OnceLock;

use crate::convert::{Tally, is_ascii_block};
use crate::han::{self, big5_common, gb2312_common, is_unified};

/// What a character is suspected of. Values fit above three bits of a byte.
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

/// What a text has.
#[derive(Debug, Clone)]
pub(super) struct Survey {
    /// One bit for each [`Suspect`].
    suspects: u32,
    tally: Tally,
    ascii_controls: bool,
}

impl Survey {
    /// Looks at every character of `text` once.
    pub(super) fn of(text: &str) -> Survey {
        let kinds = kinds();
        let bytes = text.as_bytes();
        let mut suspects = 0u32;
        // Bits of script kinds seen, and how many characters have the second and the third.
        let (mut scripts, mut traditional, mut simplified) = (0, 0, 0);
        let mut at = 0;
        while let Some(&lead) = bytes.get(at) {
            let kind = match bytes.get(at..at + 3) {
                Some(&[0xE0..0xF0, second, third]) => {
                    let high = usize::from(lead & 0x0F) << 12 | usize::from(second & 0x3F) << 6;
                    at += 3;
                    kinds[high | usize::from(third & 0x3F)]
                }
                _ if lead < 0x80 => {
                    at += if is_ascii_block(&bytes[at..]) { 8 } else { 1 };
                    continue;
                }
                _ => {
                    let character = text[at..].chars().next().unwrap_or_default();
                    at += character.len_utf8();
                    (suspect(character) as u8) << 3
                }
            };
            suspects |= 1 << (kind >> 3);
            scripts |= kind;
            traditional += u64::from(kind >> 1 & 1);
            simplified += u64::from(kind >> 2 & 1);
        }
        let han = scripts & 7 != 0;
        let tally = Tally { han, traditional, simplified };
        Survey { suspects, tally, ascii_controls: has_ascii_control(bytes) }
    }

    /// Returns whether any character is suspected of `suspect`.
    pub(super) fn has(&self, suspect: Suspect) -> bool {
        self.suspects >> (suspect as u32) & 1 == 1
    }

    /// Returns whether the text has any control character.
    pub(super) fn has_controls(&self) -> bool {
        self.ascii_controls || self.has(Suspect::Control)
    }

    /// Returns how many characters speak for which script.
    pub(super) fn tally(&self) -> Tally {
        self.tally
    }
}

/// Returns whether there is a control character beside tab and line ends; written so that it can be vectorised.
fn has_ascii_control(bytes: &[u8]) -> bool {
    bytes.chunks(4096).any(|block| {
        block.iter().fold(false, |found, &byte| {
            found | (byte < 0x20 && byte != b'\t' && byte != b'\n' && byte != b'\r') | (byte == 0x7F)
        })
    })
}

/// For each character of the basic plane what it is suspected of, above three bits for its script: in both, Traditional,
/// Simplified.
fn kinds() -> &'static [u8; 0x10000] {
    static TABLE: OnceLock<Box<[u8; 0x10000]>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Box::new([0u8; 0x10000]);
        let scripts = Tally::kinds();
        for (code, kind) in (0u32..).zip(table.iter_mut()) {
            let character = char::from_u32(code).unwrap_or_default();
            let script = [0, 1, 2, 4][usize::from(scripts[code as usize] & 3)];
            *kind = script | (suspect(character) as u8) << 3;
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
        assert_eq!(survey.suspects, 1 << Suspect::Clean as u32);
        assert!(!survey.has_controls());
    }

    #[test]
    fn suspects_are_found() {
        for (text, suspect) in [
            ("Ａ", Suspect::FullWidth),
            ("5５", Suspect::FullWidth),
            ("\u{200b}", Suspect::ZeroWidth),
            ("\u{ad}", Suspect::SoftHyphen),
            ("\u{e000}", Suspect::PrivateUse),
            ("\u{100000}", Suspect::PrivateUse),
            ("\u{f900}", Suspect::Compatibility),
            ("\u{2f800}", Suspect::Compatibility),
            ("⼈", Suspect::Radical),
            ("\u{a0}", Suspect::Space),
            ("\u{fffd}", Suspect::Lost),
            ("é", Suspect::Latin),
            ("\u{85}", Suspect::Control),
            ("鏂", Suspect::GbkOfUtf8),
            ("鐨", Suspect::GbkOfUtf8),
            ("𠀀", Suspect::Clean),
        ] {
            assert_eq!(Survey::of(text).suspects, 1 << suspect as u32, "{suspect:?}");
            let longer = Survey::of(&format!("新闻abcdefghijk{text}对口支援"));
            assert_eq!(longer.suspects, 1 << suspect as u32 | 1, "{suspect:?}");
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
