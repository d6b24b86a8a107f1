//! The names of the steps.

use std::fmt;
use std::str::FromStr;

/// One kind of repair; each can be switched off by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// HTML entities left in plain text: `&nbsp;`, `&#23545;`. Never in HTML, where they mean something.
    Entities,
    /// UTF-8 read as Latin-1 or windows-1252, once or twice: æ–°é—».
    Utf8AsLatin,
    /// GBK read as Latin-1 or windows-1252: ÐÂÎÅ.
    GbkAsLatin,
    /// UTF-8 read as GBK: 鏂伴椈. Characters that lost a byte become U+FFFD.
    Utf8AsGbk,
    /// Pinyin with tones behind Traditional characters, and the GBK bytes it shifted ([`crate::gloss`]).
    Glosses,
    /// Pinyin without tones behind characters: 相關(guan)於(yu).
    Toneless,
    /// Private-use characters: those GB18030 has given a place since are replaced, others removed.
    PrivateUse,
    /// Full-width letters and digits, and what connects them: ２０２１．５. Chinese punctuation stays.
    FullWidth,
    /// Compatibility ideographs: U+F9B5 for 例.
    Compatibility,
    /// Kangxi and CJK radicals in place of characters: ⼈⺠.
    Radicals,
    /// No-break spaces and spaces of unusual width. The ideographic space stays.
    Spaces,
    /// Zero-width characters, byte order marks inside the text, direction marks; not where a script needs them.
    ZeroWidth,
    /// Soft hyphens.
    SoftHyphens,
    /// Control characters beside tabs and line ends.
    Controls,
    /// Characters lost for good, U+FFFD and 锟斤拷: marked, never changed.
    Lost,
}

impl Step {
    /// All steps in the order in which they run.
    ///
    /// Whatever reads characters as bytes comes before whatever removes characters: the damaged bytes hide in
    /// private-use and control characters.
    pub const ALL: [Step; 15] = [
        Step::Entities,
        Step::Utf8AsLatin,
        Step::GbkAsLatin,
        Step::Utf8AsGbk,
        Step::Glosses,
        Step::Toneless,
        Step::PrivateUse,
        Step::FullWidth,
        Step::Compatibility,
        Step::Radicals,
        Step::Spaces,
        Step::ZeroWidth,
        Step::SoftHyphens,
        Step::Controls,
        Step::Lost,
    ];

    /// Returns the name by which the step is switched on and off, and counted in records.
    ///
    /// [`Step::Glosses`] counts as `annotations`, `realigned` and `unrepaired` instead.
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Entities => "entities",
            Step::Utf8AsLatin => "utf8_as_latin",
            Step::GbkAsLatin => "gbk_as_latin",
            Step::Utf8AsGbk => "utf8_as_gbk",
            Step::Glosses => "glosses",
            Step::Toneless => "toneless",
            Step::PrivateUse => "private_use",
            Step::FullWidth => "full_width",
            Step::Compatibility => "compatibility",
            Step::Radicals => "radicals",
            Step::Spaces => "spaces",
            Step::ZeroWidth => "zero_width",
            Step::SoftHyphens => "soft_hyphens",
            Step::Controls => "controls",
            Step::Lost => "lost",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A name that is none of a repair step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownStep(String);

impl fmt::Display for UnknownStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no repair called `{}`; use one of", self.0)?;
        Step::ALL.iter().try_for_each(|step| write!(f, " {step}"))
    }
}

impl std::error::Error for UnknownStep {}

impl FromStr for Step {
    type Err = UnknownStep;

    fn from_str(name: &str) -> Result<Step, UnknownStep> {
        Step::ALL.into_iter().find(|step| step.as_str() == name).ok_or_else(|| UnknownStep(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_steps() {
        for step in Step::ALL {
            assert_eq!(step.as_str().parse(), Ok(step));
        }
        assert!(Step::ALL.is_sorted());
        assert!("gloss".parse::<Step>().unwrap_err().to_string().contains("entities utf8_as_latin"));
    }
}
