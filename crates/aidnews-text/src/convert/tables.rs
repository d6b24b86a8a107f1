//! OpenCC's dictionary texts and the stages each conversion runs, as OpenCC's configurations say.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::stage::{Dictionary, Stage};

const COMPATIBILITY: &str = include_str!("../../lexicon/opencc/CJK_Compatibility_Ideographs.txt");
const TS_CHARACTERS: &str = include_str!("../../lexicon/opencc/TSCharacters.txt");
const TS_PHRASES: &str = include_str!("../../lexicon/opencc/TSPhrases.txt");
const TW_VARIANTS: &str = include_str!("../../lexicon/opencc/TWVariants.txt");
const TW_VARIANTS_REV_PHRASES: &str = include_str!("../../lexicon/opencc/TWVariantsRevPhrases.txt");
const TW_PHRASES_REV: &str = include_str!("../../lexicon/opencc/TWPhrasesRev.txt");
const HK_VARIANTS: &str = include_str!("../../lexicon/opencc/HKVariants.txt");
const HK_VARIANTS_REV_PHRASES: &str = include_str!("../../lexicon/opencc/HKVariantsRevPhrases.txt");

/// The stages, each compiled when it is first needed (about a millisecond together).
macro_rules! stage {
    ($(#[$doc:meta])* $name:ident, $group:expr) => {
        $(#[$doc])*
        pub(super) fn $name() -> &'static Stage {
            static STAGE: OnceLock<Stage> = OnceLock::new();
            STAGE.get_or_init(|| Stage::new(&$group))
        }
    };
}

stage!(
    /// Compatibility ideographs to the characters they stand for; runs before everything else.
    compatibility, [read(COMPATIBILITY)]
);
stage!(
    /// Traditional, OpenCC's own standard, to Simplified: the last stage of every conversion.
    simplify, [read(TS_PHRASES), rare_forms(TS_CHARACTERS), read(TS_CHARACTERS)]
);
stage!(
    /// The phrases by which `tw2s`, `hk2s` and `tw2sp` cut the text first.
    segments, [read(TS_PHRASES)]
);
stage!(
    /// Taiwan's forms to OpenCC's standard.
    taiwan_forms, [read(TW_VARIANTS_REV_PHRASES), reverse(TW_VARIANTS)]
);
stage!(
    /// Taiwan's words and forms to the mainland's words in OpenCC's standard.
    taiwan_words, [read(TW_PHRASES_REV), read(TW_VARIANTS_REV_PHRASES), reverse(TW_VARIANTS)]
);
stage!(
    /// Hong Kong's forms to OpenCC's standard.
    hong_kong_forms, [read(HK_VARIANTS_REV_PHRASES), reverse(HK_VARIANTS)]
);

/// Iterates over the Traditional characters and the Simplified ones they become, one by one.
pub(super) fn characters() -> impl Iterator<Item = (char, char)> {
    let single = |text: &'static str| {
        let mut characters = text.chars();
        characters.next().filter(|_| characters.next().is_none())
    };
    read(TS_CHARACTERS).into_iter().filter_map(move |(key, value)| Some((single(key)?, single(value)?)))
}

/// Iterates over key and values of the entry lines.
fn entries(text: &'static str) -> impl Iterator<Item = (&'static str, std::str::Split<'static, char>)> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (key, values) = line.split_once('\t')?;
        Some((key, values.split(' ')))
    })
}

/// Reads a dictionary; of several values the first is meant.
fn read(text: &'static str) -> Dictionary {
    entries(text).filter_map(|(key, mut values)| Some((key, values.next()?))).collect()
}

/// Reads OpenCC's table of rare simplified forms, which are kept beside the common ones under a remark.
///
/// Where the first value is the key itself the second is meant.
fn rare_forms(text: &'static str) -> Dictionary {
    let mut lines = text.lines();
    let mut rare = Dictionary::new();
    while let Some(line) = lines.next() {
        if line.starts_with("# @tofu-risk:")
            && let Some((key, values)) = lines.next().and_then(|entry| entry.split_once('\t'))
        {
            let mut values = values.split(' ');
            let value = values.next().filter(|first| *first != key).or_else(|| values.next());
            rare.extend(value.map(|value| (key, value)));
        }
    }
    rare
}

/// Reads a dictionary backwards: value to key, of several keys the first or the one a remark prefers.
fn reverse(text: &'static str) -> Dictionary {
    let mut reversed: BTreeMap<&str, &str> = BTreeMap::new();
    for (key, values) in entries(text) {
        for value in values {
            reversed.entry(value).or_insert(key);
        }
    }
    for preference in text.lines().filter_map(|line| line.strip_prefix("# @reverse-prefer:")) {
        let mut fields = preference.split_whitespace();
        if let Some(value) = fields.next() {
            reversed.insert(value, fields.next_back().unwrap_or(value));
        }
    }
    reversed.into_iter().collect()
}
