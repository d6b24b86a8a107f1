//! Which script a text is in, and which of Taiwan's or Hong Kong's forms it uses.
//!
//! A character counts as Traditional if OpenCC simplifies it and GB2312 does not have it (醫, but not 乾, which Simplified
//! text uses too), and as Simplified if OpenCC makes it from another one and Big5's first level does not have it (医,
//! but not 后). The majority decides. Taiwan and Hong Kong are told by words and forms of their own, listed with
//! weights in `lexicon/regions.tsv`.
//!
//! It fails where a text has none of these: a Traditional text of a few words is just `Traditional`.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::tables;
use crate::han::{HanSet, big5_common, gb2312};

const REGIONS: &str = include_str!("../../lexicon/regions.tsv");
/// How much of a text is searched for regional words, in bytes.
const SAMPLE: usize = 256 * 1024;
/// How much more one region must weigh than the other.
const LEAD: i64 = 2;

/// The script of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Script {
    /// No Chinese characters.
    #[default]
    None,
    /// Simplified, or nothing that would tell.
    Simplified,
    /// Traditional, of no particular region.
    Traditional,
    /// Traditional with the forms or words of Taiwan.
    Taiwan,
    /// Traditional with the forms or words of Hong Kong.
    HongKong,
}

impl Script {
    /// Returns the name records use: `none`, `simplified`, `traditional`, `taiwan` or `hongkong`.
    pub fn as_str(self) -> &'static str {
        match self {
            Script::None => "none",
            Script::Simplified => "simplified",
            Script::Traditional => "traditional",
            Script::Taiwan => "taiwan",
            Script::HongKong => "hongkong",
        }
    }

    /// Returns the script of `text`.
    ///
    /// One pass over the text; in Traditional text a second one over its first 256 KiB for regional words.
    ///
    /// # Examples
    ///
    /// ```
    /// use aidnews_text::Script;
    /// assert_eq!(Script::of("對口支援醫療隊"), Script::Traditional);
    /// assert_eq!(Script::of("臺北榮民總醫院隨著健保署推動遠距醫療"), Script::Taiwan);
    /// assert_eq!(Script::of("醫管局表示，瑪麗醫院將隨着計劃推展"), Script::HongKong);
    /// assert_eq!(Script::of("对口支援医疗队"), Script::Simplified);
    /// assert_eq!(Script::of("hello"), Script::None);
    /// ```
    pub fn of(text: &str) -> Script {
        let tally = Tally::of(text);
        if tally.is_traditional() {
            region(text)
        } else if tally.han {
            Script::Simplified
        } else {
            Script::None
        }
    }
}

/// How many characters of a text speak for which script.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Whether there is any Chinese character.
    pub(crate) han: bool,
    pub(crate) traditional: u64,
    pub(crate) simplified: u64,
}

impl Tally {
    /// Counts in one pass.
    pub(crate) fn of(text: &str) -> Tally {
        let kinds = Tally::kinds();
        let mut counts = [0u64; 4];
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&lead) = bytes.get(at) {
            at += match lead {
                0..0x80 => 1,
                0xE4..=0xE9 => {
                    if let [_, second, third, ..] = bytes[at..] {
                        let code = usize::from(lead & 0x0F) << 12
                            | usize::from(second & 0x3F) << 6
                            | usize::from(third & 0x3F);
                        counts[usize::from(kinds[code] & 3)] += 1;
                    }
                    3
                }
                0x80..0xE0 => 2,
                0xE0..0xF0 => 3,
                _ => 4,
            };
        }
        let [_, neutral, traditional, simplified] = counts;
        Tally { han: neutral + traditional + simplified > 0, traditional, simplified }
    }

    /// For each character of the basic plane: 0 not Chinese, 1 in both scripts, 2 Traditional, 3 Simplified.
    pub(crate) fn kinds() -> &'static [u8; 0x10000] {
        static KINDS: OnceLock<Box<[u8; 0x10000]>> = OnceLock::new();
        KINDS.get_or_init(|| {
            let mut kinds = Box::new([0u8; 0x10000]);
            kinds[0x4E00..=0x9FFF].fill(1);
            let (gb2312, big5) = (gb2312(), big5_common());
            let mut simplified = HanSet::default();
            for (key, value) in tables::characters() {
                if key != value {
                    simplified.insert(value);
                    if !gb2312.has(key) && kinds.get(key as usize) == Some(&1) {
                        kinds[key as usize] = 2;
                    }
                }
            }
            for code in 0x4E00..=0x9FFF {
                let character = char::from_u32(code).unwrap_or_default();
                if kinds[code as usize] == 1 && simplified.has(character) && !big5.has(character) {
                    kinds[code as usize] = 3;
                }
            }
            kinds
        })
    }

    /// Returns whether most of what tells the scripts apart is Traditional.
    pub(crate) fn is_traditional(&self) -> bool {
        self.traditional > self.simplified
    }
}

/// Decides between the regions for Traditional text.
pub(crate) fn region(text: &str) -> Script {
    let regions = Regions::get();
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let (mut taiwan, mut hong_kong) = (0, 0);
    for found in regions.words.find_iter(&text[..end]) {
        let (word_taiwan, word_hong_kong) = regions.weights[found.pattern().as_usize()];
        taiwan += word_taiwan;
        hong_kong += word_hong_kong;
    }
    if taiwan >= hong_kong + LEAD {
        Script::Taiwan
    } else if hong_kong >= taiwan + LEAD {
        Script::HongKong
    } else {
        Script::Traditional
    }
}

/// The words and forms that tell the regions apart.
struct Regions {
    words: AhoCorasick,
    /// For each word what it weighs for Taiwan and for Hong Kong.
    weights: Vec<(i64, i64)>,
}

impl Regions {
    fn get() -> &'static Regions {
        static REGIONS_READ: OnceLock<Regions> = OnceLock::new();
        REGIONS_READ.get_or_init(|| {
            let lexicon = aidnews_compile::Lexicon::parse("regions.tsv", REGIONS);
            // The file is compiled in and a test reads it.
            let lexicon = lexicon.expect("the built-in list of regional words is well-formed");
            let weight = |cell: &str| cell.parse().unwrap_or(0);
            let weights =
                lexicon.entries().map(|entry| (weight(entry.cell("taiwan")), weight(entry.cell("hongkong"))));
            let weights = weights.collect();
            let words = AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(lexicon.entries().map(|entry| entry.surface()))
                .expect("a few hundred short words fit an automaton");
            Regions { words, weights }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_majority_decides() {
        for (text, script) in [
            ("對口支援", Script::Traditional),
            ("对口支援", Script::Simplified),
            ("医院", Script::Simplified),
            ("人民", Script::Simplified),
            ("乾隆年间瞭望塔", Script::Simplified),
            ("2021 COVID-19", Script::None),
            ("ひらがな", Script::None),
            ("臺灣衛生福利部表示，醫師隨著計畫前往偏鄉", Script::Taiwan),
            ("香港醫院管理局表示，醫生隨着計劃前往內地", Script::HongKong),
        ] {
            assert_eq!(Script::of(text), script, "{text}");
        }
    }

    #[test]
    fn the_list_of_regional_words_is_well_formed() {
        let lexicon = aidnews_compile::Lexicon::parse("regions.tsv", REGIONS).unwrap();
        for entry in lexicon.entries() {
            let weights = [entry.cell("taiwan"), entry.cell("hongkong")];
            assert!(weights.iter().all(|cell| cell.is_empty() || cell.parse::<i64>().is_ok()));
            assert!(weights.iter().any(|cell| !cell.is_empty()), "line {} weighs nothing", entry.line());
        }
    }
}
