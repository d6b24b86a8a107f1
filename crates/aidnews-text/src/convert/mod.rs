//! Traditional → Simplified exactly as OpenCC 1.4.2 converts, with a map back to the input.
//!
//! In: any text. Out: the text after one of OpenCC's conversions, borrowed where nothing changes. The tables are OpenCC's
//! own, the engine is not: one table per stage indexed by code point, unchanged stretches copied in one piece.
//!
//! What it declines to do: the other direction, and text that contains U+0000 in segmented conversions, where OpenCC
//! loses what follows and this crate does not.

mod ids;
mod script;
mod stage;
mod tables;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use crate::origin::{Origin, OriginBuilder};
pub use script::Script;
pub(crate) use script::Tally;
use stage::Stage;
pub(crate) use stage::is_ascii_block;

/// The version of OpenCC whose tables are built in.
pub const OPENCC_VERSION: &str = "1.4.2";

/// One of OpenCC's conversions to Simplified Chinese.
///
/// # Examples
///
/// ```
/// use aidnews_text::Conversion;
/// assert_eq!(Conversion::T2s.convert("對口幫扶醫院").text, "对口帮扶医院");
/// assert_eq!(Conversion::Tw2s.convert("隨著合作深入").text, "随着合作深入");
/// assert_eq!(Conversion::Tw2sp.convert("資訊軟體").text, "信息软件");
/// assert_eq!("hk2s".parse(), Ok(Conversion::Hk2s));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Conversion {
    /// From OpenCC's standard of Traditional characters. Safe on Simplified text.
    T2s,
    /// From the forms used in Taiwan. Spoils Simplified text (显著 becomes 显着).
    Tw2s,
    /// From the forms used in Hong Kong.
    Hk2s,
    /// From the forms and words used in Taiwan, with the mainland's words put for Taiwan's.
    Tw2sp,
}

/// A text after conversion.
#[derive(Debug, Clone)]
pub struct Converted<'t> {
    /// The text; borrowed where the conversion changes nothing.
    pub text: Cow<'t, str>,
    /// The map from `text` to the text that was converted. Characters replaced by characters of the same length
    /// count as copied.
    pub origin: Origin,
}

impl Conversion {
    /// All conversions.
    pub const ALL: [Conversion; 4] = [Conversion::T2s, Conversion::Tw2s, Conversion::Hk2s, Conversion::Tw2sp];

    /// Returns OpenCC's name of the conversion.
    pub fn as_str(self) -> &'static str {
        match self {
            Conversion::T2s => "t2s",
            Conversion::Tw2s => "tw2s",
            Conversion::Hk2s => "hk2s",
            Conversion::Tw2sp => "tw2sp",
        }
    }

    /// Returns the text OpenCC would return, with the map to `text`.
    ///
    /// Linear in the bytes of `text`. The first call of a conversion compiles its tables, in about a millisecond.
    pub fn convert(self, text: &str) -> Converted<'_> {
        let mut state = Converted { text: Cow::Borrowed(text), origin: Origin::identity(text.len()) };
        if has_compatibility(text.as_bytes()) {
            state.apply(tables::compatibility(), &[]);
        }
        if let Some(forms) = self.forms() {
            let cuts = tables::segments().cuts(&state.text);
            let cuts = state.apply(forms, &cuts);
            state.apply(tables::simplify(), &cuts);
        } else {
            state.apply(tables::simplify(), &[]);
        }
        state
    }

    /// Returns the stage before the last, which brings regional forms to OpenCC's standard.
    fn forms(self) -> Option<&'static Stage> {
        match self {
            Conversion::T2s => None,
            Conversion::Tw2s => Some(tables::taiwan_forms()),
            Conversion::Hk2s => Some(tables::hong_kong_forms()),
            Conversion::Tw2sp => Some(tables::taiwan_words()),
        }
    }
}

impl<'t> Converted<'t> {
    fn unchanged(text: &'t str) -> Converted<'t> {
        Converted { text: Cow::Borrowed(text), origin: Origin::identity(text.len()) }
    }

    /// Runs a stage and returns where `cuts` stand afterwards.
    fn apply(&mut self, stage: &Stage, cuts: &[usize]) -> Vec<usize> {
        let (changed, origin) = match stage.run(&self.text, cuts) {
            (Cow::Borrowed(_), _) => return cuts.to_vec(),
            (Cow::Owned(changed), origin) => (changed, origin),
        };
        // A cut never stands inside a key, so it is the start of whatever follows it.
        let cuts = cuts.iter().map(|&cut| origin.project(cut..cut).start).collect();
        self.origin = origin.compose(&self.origin);
        self.text = Cow::Owned(changed);
        cuts
    }
}

/// Returns whether there is a compatibility ideograph (U+F900 to FAFF, U+2F800 to 2FA1F), or something close to one.
///
/// Written over pairs of bytes so that it can be vectorised.
fn has_compatibility(bytes: &[u8]) -> bool {
    let (blocks, following) = (bytes.chunks(4096), bytes.get(1..).unwrap_or_default().chunks(4096));
    blocks.zip(following).any(|(block, following)| {
        let pairs = block.iter().zip(following);
        pairs.fold(false, |found, (&first, &second)| {
            found | ((first == 0xEF) & (0xA4..=0xAB).contains(&second)) | ((first == 0xF0) & (second == 0xAF))
        })
    })
}

/// Returns the unified ideograph that a compatibility ideograph stands for, as OpenCC has it.
pub(crate) fn compatibility_character(character: char) -> Option<char> {
    tables::compatibility().character(character).and_then(|value| value.chars().next())
}

/// What a [`Converter`] does with Traditional text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ScriptChoice {
    /// Converts with the conversion of the region the text shows: `tw2s`, `hk2s` or `t2s`. Simplified text is left
    /// alone; of a mostly Simplified text the lines and the texts between tags that are mostly Traditional are converted
    /// with `t2s`.
    #[default]
    Auto,
    /// Leaves every text in its script.
    Keep,
    /// Converts every text with this conversion, exactly as OpenCC does.
    Forced(Conversion),
}

/// Converts to Simplified Chinese what is Traditional.
///
/// # Examples
///
/// ```
/// use aidnews_text::{Conversion, Converter, Script, ScriptChoice};
/// let converter = Converter::new(ScriptChoice::Auto);
/// let made = converter.convert("臺北榮民總醫院隨著健保署推動遠距醫療");
/// assert_eq!(made.converted.text, "台北荣民总医院随着健保署推动远距医疗");
/// assert_eq!((made.script, made.conversion), (Script::Taiwan, Some(Conversion::Tw2s)));
/// let made = converter.convert("效果显著，乾隆年间");
/// assert_eq!((made.script, made.conversion), (Script::Simplified, None));
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Converter {
    choice: ScriptChoice,
}

/// What a [`Converter`] made of a text.
#[derive(Debug, Clone)]
pub struct Made<'t> {
    /// The text and its map.
    pub converted: Converted<'t>,
    /// The script the text was in.
    pub script: Script,
    /// The conversion that was used, if any.
    pub conversion: Option<Conversion>,
}

impl Converter {
    /// Returns a converter that does what `choice` says.
    pub fn new(choice: ScriptChoice) -> Converter {
        Converter { choice }
    }

    /// Converts `text`; linear, and without a copy where nothing changes.
    pub fn convert<'t>(&self, text: &'t str) -> Made<'t> {
        self.convert_counted(text, &Tally::of(text))
    }

    /// Converts `text`, whose characters were counted before.
    pub(crate) fn convert_counted<'t>(&self, text: &'t str, tally: &Tally) -> Made<'t> {
        let script = match tally {
            _ if tally.is_traditional() => script::region(text),
            Tally { han: true, .. } => Script::Simplified,
            _ => Script::None,
        };
        let conversion = match self.choice {
            ScriptChoice::Keep => None,
            ScriptChoice::Forced(conversion) => Some(conversion),
            ScriptChoice::Auto => fitting(script, tally),
        };
        let converted = match conversion {
            // Only an automatic choice brings a conversion to Simplified text.
            Some(conversion) if self.choice == ScriptChoice::Auto && script == Script::Simplified => {
                convert_stretches(conversion, text)
            }
            Some(conversion) => conversion.convert(text),
            None => Converted::unchanged(text),
        };
        let nothing_done = self.choice == ScriptChoice::Auto && matches!(converted.text, Cow::Borrowed(_));
        Made {
            converted,
            script,
            conversion: conversion.filter(|_| !nothing_done || script != Script::Simplified),
        }
    }
}

/// Converts the lines, and the texts between tags, that are mostly Traditional, and leaves the others alone.
fn convert_stretches(conversion: Conversion, text: &str) -> Converted<'_> {
    let mut output = String::new();
    let mut map = OriginBuilder::new();
    // Bytes of the input that are already in `output`; no key of a conversion has a line end or a bracket.
    let (mut done, mut at) = (0, 0);
    for stretch in text.split_inclusive(['\n', '<', '>']) {
        let (start, end) = (at, at + stretch.len());
        at = end;
        if !Tally::of(stretch).is_traditional() {
            continue;
        }
        let converted = conversion.convert(stretch);
        if let Cow::Owned(converted_text) = &converted.text {
            output.push_str(&text[done..start]);
            output.push_str(converted_text);
            map.copy(start - done);
            map.append(&converted.origin);
            done = end;
        }
    }
    if done == 0 {
        return Converted::unchanged(text);
    }
    output.push_str(&text[done..]);
    map.copy(text.len() - done);
    Converted { text: Cow::Owned(output), origin: map.finish() }
}

/// Returns the conversion for a text; none where no character is surely Traditional.
///
/// A text that is mostly Simplified is never converted by regional forms: they spoil 显著 and the like.
fn fitting(script: Script, tally: &Tally) -> Option<Conversion> {
    match script {
        Script::Taiwan => Some(Conversion::Tw2s),
        Script::HongKong => Some(Conversion::Hk2s),
        _ if tally.traditional > 0 => Some(Conversion::T2s),
        _ => None,
    }
}

impl fmt::Display for Conversion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A name that is none of OpenCC's conversions to Simplified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownConversion(String);

impl fmt::Display for UnknownConversion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no conversion called `{}`; use t2s, tw2s, hk2s or tw2sp", self.0)
    }
}

impl std::error::Error for UnknownConversion {}

impl FromStr for Conversion {
    type Err = UnknownConversion;

    fn from_str(name: &str) -> Result<Conversion, UnknownConversion> {
        Conversion::ALL
            .into_iter()
            .find(|conversion| conversion.as_str() == name)
            .ok_or_else(|| UnknownConversion(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_traditional_lines_of_a_simplified_text_change() {
        let text =
            "广东省人民医院与黄琨暐医师签约，效果显著。\n對口支援醫療隊\n<a>繁體</a>广东医疗队进藏，乾隆年间";
        let made = Converter::default().convert(text);
        let wanted =
            "广东省人民医院与黄琨暐医师签约，效果显著。\n对口支援医疗队\n<a>繁体</a>广东医疗队进藏，乾隆年间";
        assert_eq!(made.converted.text, wanted);
        assert_eq!((made.script, made.conversion), (Script::Simplified, Some(Conversion::T2s)));
        assert_eq!(made.converted.origin.locate(0..text.len()), 0..text.len());
    }

    #[test]
    fn simplified_text_with_a_rare_name_is_borrowed() {
        let made = Converter::default().convert("广东省人民医院与黄琨暐医师签约");
        assert!(matches!(made.converted.text, Cow::Borrowed(_)));
        assert_eq!((made.script, made.conversion), (Script::Simplified, None));
    }
}
