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
        self.0
            .get(character as usize / 64)
            .is_some_and(|word| word >> (character as usize % 64) & 1 == 1)
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
}
