//! Undoes what copying, crawling and wrong guesses of encodings did to a text, step by step.
//!
//! In: decoded text. Out: the text without the damage, borrowed where there is none, with a map to the input and a count
//! for each step. Clean text, also with code, addresses, Japanese or Tibetan names, passes byte for byte.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::format::Format;
use crate::gloss::GlossRepair;
use crate::origin::Origin;

/// One kind of repair; each can be switched off by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Pinyin behind Traditional characters and the bytes it shifted ([`crate::gloss`]).
    Glosses,
}

impl Step {
    /// All steps in the order in which they run.
    pub const ALL: [Step; 1] = [Step::Glosses];

    /// Returns the name by which the step is switched on and off.
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Glosses => "glosses",
        }
    }
}

/// A place that needs a second look: what stands there is a guess, or could not be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The place in the text, in bytes.
    pub text: Range<usize>,
    /// The place in the input of the repair (in [`crate::Cleaned`]: of the source), in bytes.
    pub source: Range<usize>,
    /// Why: `uncertain`, `swallowed`, `lost` …
    pub why: &'static str,
}

/// A text after repair.
#[derive(Debug, Clone)]
pub struct Repaired<'t> {
    /// The text; borrowed if nothing was changed.
    pub text: Cow<'t, str>,
    /// The map from `text` to the input.
    pub origin: Origin,
    /// What was done, how often.
    pub counts: BTreeMap<&'static str, u64>,
    /// Places that need a second look.
    pub marks: Vec<Mark>,
}

/// Repairs texts.
#[derive(Debug, Clone)]
pub struct Repair {
    steps: Vec<Step>,
}

impl Default for Repair {
    fn default() -> Repair {
        Repair {
            steps: Step::ALL.to_vec(),
        }
    }
}

impl Repair {
    /// Returns a repair with these steps; they run in their own order.
    pub fn new(steps: &[Step]) -> Repair {
        let mut steps = steps.to_vec();
        steps.sort();
        steps.dedup();
        Repair { steps }
    }

    /// Repairs `text`, which is of form `format`.
    pub fn repair<'t>(&self, text: &'t str, _format: Format) -> Repaired<'t> {
        let mut state = Repaired {
            text: Cow::Borrowed(text),
            origin: Origin::identity(text.len()),
            counts: BTreeMap::new(),
            marks: Vec::new(),
        };
        if self.steps.contains(&Step::Glosses) {
            let glosses = GlossRepair::new().repair(text);
            for (name, count) in [
                ("annotations", glosses.counts.annotations),
                ("realigned", glosses.counts.realigned()),
                ("unrepaired", glosses.counts.unrepaired()),
            ] {
                if count > 0 {
                    state.counts.insert(name, count);
                }
            }
            state.marks = glosses
                .marks()
                .map(|edit| Mark {
                    text: edit.output.clone(),
                    source: edit.source.clone(),
                    why: edit.class.as_str(),
                })
                .collect();
            state.text = glosses.text;
            state.origin = glosses.origin;
        }
        state
    }
}
