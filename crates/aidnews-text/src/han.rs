//! Sets of Chinese characters, built once from the code tables of `encoding_rs` and the dictionaries of OpenCC.

use std::sync::OnceLock;

use encoding_rs::{BIG5, Encoding, GBK};

/// A set of characters of the basic plane.
#[derive(Debug, Clone)]
pub(crate) struct HanSet(Box<[u64]>);

impl Default for HanSet {
    fn default() -> HanSet {
        HanSet(vec![0; 0x10000 / 64].into())
    }
}

impl HanSet {
    /// Adds the ideographs that an encoding has between pairs of lead and trail bytes.
    fn with_pairs(mut self, encoding: &'static Encoding, leads: [u8; 2], trails: [u8; 2]) -> HanSet {
        let trails = trails[0]..=trails[1];
        let pairs = (leads[0]..=leads[1]).flat_map(|lead| trails.clone().map(move |trail| [lead, trail]));
        // A line end behind each pair keeps malformed ones from eating their neighbours.
        let bytes: Vec<u8> = pairs.flat_map(|[lead, trail]| [lead, trail, b'\n']).collect();
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        for character in text.chars().filter(|character| is_unified(*character)) {
            self.insert(character);
        }
        self
    }

    pub(crate) fn insert(&mut self, character: char) {
        if let Some(word) = self.0.get_mut(character as usize / 64) {
            *word |= 1 << (character as usize % 64);
        }
    }

    pub(crate) fn has(&self, character: char) -> bool {
        self.0.get(character as usize / 64).is_some_and(|word| word >> (character as usize % 64) & 1 == 1)
    }
}

/// Returns whether a character is in the block of unified ideographs.
pub(crate) fn is_unified(character: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&character)
}

/// Returns GB2312: the 6,763 characters of Simplified Chinese.
pub(crate) fn gb2312() -> &'static HanSet {
    static SET: OnceLock<HanSet> = OnceLock::new();
    SET.get_or_init(|| HanSet::default().with_pairs(GBK, [0xB0, 0xF7], [0xA1, 0xFE]))
}

/// Returns GB2312's first level: the 3,755 common characters.
pub(crate) fn gb2312_common() -> &'static HanSet {
    static SET: OnceLock<HanSet> = OnceLock::new();
    SET.get_or_init(|| HanSet::default().with_pairs(GBK, [0xB0, 0xD7], [0xA1, 0xFE]))
}

/// Returns Big5's first level: the 5,401 common characters of Traditional Chinese.
pub(crate) fn big5_common() -> &'static HanSet {
    static SET: OnceLock<HanSet> = OnceLock::new();
    SET.get_or_init(|| {
        // Row C6 ends early; what the web added behind it is not of the first level.
        let set = HanSet::default().with_pairs(BIG5, [0xA4, 0xC5], [0x40, 0xFE]);
        set.with_pairs(BIG5, [0xC6, 0xC6], [0x40, 0x7E])
    })
}

/// Returns the two bytes that GBK has for a character.
pub(crate) fn gbk_pair(character: char) -> Option<[u8; 2]> {
    static PAIRS: OnceLock<Box<[u16]>> = OnceLock::new();
    let pairs = PAIRS.get_or_init(|| {
        let mut pairs: Box<[u16]> = vec![0; 0x10000].into();
        for lead in 0x81..=0xFEu8 {
            // A lead byte with a malformed trail byte takes no other character with it if a line end follows.
            let row: Vec<u8> = (0x40..=0xFE).flat_map(|trail| [lead, trail, b'\n']).collect();
            let (text, _) = GBK.decode_without_bom_handling(&row);
            for (trail, line) in (0x40..=0xFEu8).zip(text.lines()) {
                let mut characters = line.chars();
                if let (Some(character), None) = (characters.next(), characters.next())
                    && let Some(pair) = pairs.get_mut(character as usize)
                    && character != '\u{FFFD}'
                {
                    *pair = u16::from_be_bytes([lead, trail]);
                }
            }
        }
        pairs
    });
    pairs.get(character as usize).filter(|pair| **pair != 0).map(|pair| pair.to_be_bytes())
}

/// Returns what windows-1252 reads for a byte beyond ASCII; `None` for the five bytes it has no character for.
pub(crate) fn windows_1252(byte: u8) -> Option<char> {
    const FROM_80: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', //
        '\0', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    match byte {
        0..0x80 => None,
        0x80..0xA0 => Some(FROM_80[usize::from(byte - 0x80)]).filter(|character| *character != '\0'),
        _ => Some(char::from(byte)),
    }
}

/// Returns the byte beyond ASCII that windows-1252, or Latin-1 where that has nothing, reads as `character`.
pub(crate) fn latin_byte(character: char) -> Option<u8> {
    match character {
        '\u{80}'..='\u{FF}' => u8::try_from(character).ok(),
        '\u{152}'..='\u{2122}' => (0x80..0xA0).find(|&byte| windows_1252(byte) == Some(character)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(set: &HanSet) -> u32 {
        set.0.iter().map(|word| word.count_ones()).sum()
    }

    #[test]
    fn sets_have_the_size_of_their_standards() {
        assert_eq!(size(gb2312()), 6763);
        assert_eq!(size(gb2312_common()), 3755);
        assert_eq!(size(big5_common()), 5401);
    }

    #[test]
    fn members() {
        assert!(gb2312().has('医') && gb2312().has('乾') && !gb2312().has('醫'));
        assert!(big5_common().has('醫') && !big5_common().has('医'));
        assert!(!gb2312().has('\u{20000}'));
    }

    #[test]
    fn bytes_of_characters() {
        assert_eq!(gbk_pair('中'), Some([0xD6, 0xD0]));
        assert_eq!(gbk_pair('，'), Some([0xA3, 0xAC]));
        assert_eq!((gbk_pair('a'), gbk_pair('\u{FFFD}'), gbk_pair('\u{1F600}')), (None, None, None));
        for byte in 0x80..=0xFF {
            let character = windows_1252(byte).unwrap_or(char::from(byte));
            assert_eq!(latin_byte(character), Some(byte));
        }
        assert_eq!((latin_byte('a'), latin_byte('中'), latin_byte('ł')), (None, None, None));
    }
}
