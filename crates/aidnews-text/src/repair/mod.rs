//! Undoes what copying, crawling and wrong guesses of encodings did to a text, step by step.
//!
//! In: decoded text. Out: the text without the damage, borrowed where there is none, with a map to the input, a count
//! for each step and the places that stay doubtful. Clean text, also with code, addresses, Japanese or Tibetan names,
//! passes byte for byte. One pass over the text (`survey`) decides whether any step has work.
//!
//! What it declines to do: change Chinese punctuation or its width, collapse spaces or lines, correct spelling.

mod characters;
mod entities;
mod gbk_as_latin;
mod lost;
mod step;
mod survey;
mod toneless;
mod utf8_as_gbk;
mod utf8_as_latin;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

pub use step::{Step, UnknownStep};

use crate::convert::Tally;
use crate::decode::MAX_LOCATED;
use crate::format::Format;
use crate::gloss::GlossRepair;
use crate::origin::Origin;
use crate::rewrite::Rewriter;
use survey::{Survey, Suspect};

/// A place that needs a second look: what stands there is a guess, or could not be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The place in the text, in bytes.
    pub text: Range<usize>,
    /// The place in the input of the repair (in [`crate::Cleaned`]: of the source), in bytes.
    pub source: Range<usize>,
    /// Why: `lost`, or a class of [`crate::gloss::Class`] such as `uncertain`.
    pub why: &'static str,
}

/// A text after repair.
#[derive(Debug, Clone)]
pub struct Repaired<'t> {
    /// The text; borrowed if nothing was changed.
    pub text: Cow<'t, str>,
    /// The map from `text` to the input.
    pub origin: Origin,
    /// How often each step did something, by [`Step::as_str`]; the glosses' own counts are `annotations`, `realigned`
    /// and `unrepaired`. What did nothing is left out.
    pub counts: BTreeMap<&'static str, u64>,
    /// Places that need a second look, in order; of lost characters the first [`MAX_LOCATED`].
    pub marks: Vec<Mark>,
    /// How many characters of `text` speak for which script.
    pub(crate) tally: Tally,
}

/// Repairs texts.
///
/// # Examples
///
/// ```
/// use aidnews_text::Format;
/// use aidnews_text::repair::{Repair, Step};
/// let repaired = Repair::default().repair("æ–°é—»&nbsp;２０２１年⼈⺠医院", Format::Text);
/// assert_eq!(repaired.text, "新闻 2021年人民医院");
/// assert_eq!(repaired.counts["utf8_as_latin"], 2);
/// assert_eq!(repaired.origin.locate(0..3), 0.."æ–°".len());
///
/// let only_width = Repair::new(&[Step::FullWidth]);
/// assert_eq!(only_width.repair("⼈１", Format::Text).text, "⼈1");
/// ```
#[derive(Debug, Clone)]
pub struct Repair {
    steps: Vec<Step>,
}

impl Default for Repair {
    fn default() -> Repair {
        Repair { steps: Step::ALL.to_vec() }
    }
}

impl Repair {
    /// Returns a repair with these steps; they run in the order of [`Step::ALL`] whatever order they are given in.
    pub fn new(steps: &[Step]) -> Repair {
        let mut steps = steps.to_vec();
        steps.sort();
        steps.dedup();
        Repair { steps }
    }

    /// Repairs `text`, which is of form `format`; linear in its bytes.
    pub fn repair<'t>(&self, text: &'t str, format: Format) -> Repaired<'t> {
        let mut work = Work::new(text);
        if self.has(Step::Entities) && format == Format::Text {
            work.rewrite(Step::Entities, entities::run);
        }
        work.undo_wrong_encodings(&self.steps);
        if self.has(Step::Glosses) {
            work.remove_glosses();
        }
        if self.has(Step::Toneless) {
            work.rewrite(Step::Toneless, toneless::run);
        }
        work.replace_characters(&self.steps);
        if self.has(Step::Lost) {
            work.mark_lost();
        }
        work.finish()
    }

    fn has(&self, step: Step) -> bool {
        self.steps.contains(&step)
    }
}

/// A text on its way through the steps.
struct Work<'t> {
    done: Repaired<'t>,
    survey: Survey,
}

impl<'t> Work<'t> {
    fn new(text: &'t str) -> Work<'t> {
        let survey = Survey::of(text);
        let done = Repaired {
            text: Cow::Borrowed(text),
            origin: Origin::identity(text.len()),
            counts: BTreeMap::new(),
            marks: Vec::new(),
            tally: Tally::default(),
        };
        Work { done, survey }
    }

    /// Runs a step that replaces stretches and counts them.
    fn rewrite(&mut self, step: Step, run: impl FnOnce(&mut Rewriter<'_>, &str) -> u64) {
        let mut writer = Rewriter::new(&self.done.text);
        let count = run(&mut writer, &self.done.text);
        if let (Cow::Owned(text), origin) = writer.finish() {
            self.count(step.as_str(), count);
            self.take(text, &origin);
        }
    }

    fn count(&mut self, name: &'static str, count: u64) {
        if count > 0 {
            *self.done.counts.entry(name).or_default() += count;
        }
    }

    /// Goes on with the text that a step made.
    fn take(&mut self, text: String, origin: &Origin) {
        for mark in &mut self.done.marks {
            mark.text = origin.project(mark.text.clone());
        }
        self.done.origin = origin.compose(&self.done.origin);
        self.survey = Survey::of(&text);
        self.done.text = Cow::Owned(text);
    }

    fn undo_wrong_encodings(&mut self, steps: &[Step]) {
        if steps.contains(&Step::Utf8AsLatin)
            && self.survey.has(Suspect::Latin)
            && let (Cow::Owned(text), origin, count) = utf8_as_latin::run(&self.done.text)
        {
            self.count(Step::Utf8AsLatin.as_str(), count);
            self.take(text, &origin);
        }
        if steps.contains(&Step::GbkAsLatin) && self.survey.has(Suspect::Latin) {
            self.rewrite(Step::GbkAsLatin, gbk_as_latin::run);
        }
        if steps.contains(&Step::Utf8AsGbk) && self.survey.has(Suspect::GbkOfUtf8) {
            self.rewrite(Step::Utf8AsGbk, |writer, text| {
                let counts = utf8_as_gbk::run(writer, text);
                counts.restored + counts.lost
            });
        }
    }

    fn remove_glosses(&mut self) {
        let repaired = GlossRepair::new().repair(&self.done.text);
        let counts = repaired.counts;
        let marks: Vec<Mark> = repaired
            .marks()
            .map(|edit| Mark {
                text: edit.output.clone(),
                source: self.done.origin.locate(edit.source.clone()),
                why: edit.class.as_str(),
            })
            .collect();
        if let Cow::Owned(text) = repaired.text {
            let origin = repaired.origin;
            self.take(text, &origin);
        }
        self.count("annotations", counts.annotations);
        self.count("realigned", counts.realigned());
        self.count("unrepaired", counts.unrepaired());
        self.done.marks.extend(marks);
    }

    fn replace_characters(&mut self, steps: &[Step]) {
        let suspects = [
            (Step::PrivateUse, Suspect::PrivateUse),
            (Step::FullWidth, Suspect::FullWidth),
            (Step::Compatibility, Suspect::Compatibility),
            (Step::Radicals, Suspect::Radical),
            (Step::Spaces, Suspect::Space),
            (Step::ZeroWidth, Suspect::ZeroWidth),
            (Step::SoftHyphens, Suspect::SoftHyphen),
        ];
        let has_work = |(step, suspect)| steps.contains(&step) && self.survey.has(suspect);
        let controls = steps.contains(&Step::Controls) && self.survey.has_controls();
        if !controls && !suspects.into_iter().any(has_work) {
            return;
        }
        let mut writer = Rewriter::new(&self.done.text);
        let counts = characters::run(&mut writer, &self.done.text, steps);
        if let (Cow::Owned(text), origin) = writer.finish() {
            self.take(text, &origin);
        }
        for (step, count) in counts {
            self.count(step.as_str(), count);
        }
    }

    fn mark_lost(&mut self) {
        if !self.survey.has(Suspect::Lost) {
            return;
        }
        let places = lost::places(&self.done.text);
        self.count(Step::Lost.as_str(), places.len() as u64);
        for place in places.into_iter().take(MAX_LOCATED) {
            let source = self.done.origin.locate(place.clone());
            self.done.marks.push(Mark { text: place, source, why: Step::Lost.as_str() });
        }
        self.done.marks.sort_by_key(|mark| (mark.text.start, mark.text.end));
    }

    fn finish(mut self) -> Repaired<'t> {
        self.done.tally = self.survey.tally();
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_text_is_borrowed() {
        for text in [
            "2021年5月，广东省人民医院（以下简称“省医”）派出12名专家，赴林芝市人民医院开展“组团式”援藏。",
            "臺北榮民總醫院與花蓮慈濟醫院簽訂合作協議，提供遠距醫療。",
            "if (a < b && c > d) { return &x; } // https://example.cn/?a=1&b=2#top",
            "བོད་ལྗོངས་ カタカナ ひらがな 한국어 Ελληνικά Русский Đà Nẵng Café",
            "气温-5°C～10°C，3×5±2，“……”——·",
        ] {
            let repaired = Repair::default().repair(text, Format::Text);
            assert!(matches!(repaired.text, Cow::Borrowed(_)), "{text} -> {}", repaired.text);
            assert!(repaired.counts.is_empty() && repaired.marks.is_empty() && repaired.origin.is_identity());
        }
    }

    #[test]
    fn entities_stay_in_html() {
        assert_eq!(
            Repair::default().repair("<p>&nbsp;A&amp;B</p>", Format::Html).text,
            "<p>&nbsp;A&amp;B</p>"
        );
    }

    #[test]
    fn each_step_can_be_switched_off() {
        for (step, text) in [
            (Step::Entities, "&amp;"),
            (Step::Utf8AsLatin, "æ–°é—»"),
            (Step::GbkAsLatin, "ÐÂÎÅÐÂÎÅÐÂÎÅ"),
            (Step::Utf8AsGbk, "鏂伴椈"),
            (Step::Toneless, "關(guan)於(yu)醫(yi)療(liao)隊(dui)會(hui)對(dui)口(kou)"),
            (Step::PrivateUse, "\u{e601}"),
            (Step::FullWidth, "１"),
            (Step::Compatibility, "\u{f9b5}"),
            (Step::Radicals, "⼈"),
            (Step::Spaces, "\u{a0}"),
            (Step::ZeroWidth, "\u{200b}"),
            (Step::SoftHyphens, "\u{ad}"),
            (Step::Controls, "\u{1}"),
            (Step::Lost, "锟斤拷"),
        ] {
            let with = Repair::default().repair(text, Format::Text);
            assert!(with.counts.contains_key(step.as_str()), "{step}: {:?}", with.counts);
            let steps: Vec<Step> = Step::ALL.into_iter().filter(|kept| *kept != step).collect();
            let without = Repair::new(&steps).repair(text, Format::Text);
            assert!(!without.counts.contains_key(step.as_str()), "{step}");
        }
    }

    #[test]
    fn lost_places_lead_to_the_input() {
        let text = "&nbsp;新闻锟斤拷报\u{fffd}";
        let repaired = Repair::default().repair(text, Format::Text);
        let marks: Vec<(&str, &str)> = repaired
            .marks
            .iter()
            .map(|mark| (&repaired.text[mark.text.clone()], &text[mark.source.clone()]))
            .collect();
        assert_eq!(marks, [("锟斤拷", "锟斤拷"), ("\u{fffd}", "\u{fffd}")]);
    }
}
