//! What a repair hands back.

use std::borrow::Cow;
use std::ops::Range;

use crate::Origin;

/// Why a stretch of text was changed, or why it is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A reading behind an intact character was removed.
    Annotation,
    /// Both bytes of every character were seen, or only one character fits.
    Known,
    /// A byte was lost, and one candidate is better than all others by at least 5 nats.
    Open,
    /// A byte was lost and the choice is a guess. Marked.
    Uncertain,
    /// An ASCII character was lost with the trail byte; U+FFFD stands in its place. Marked.
    Swallowed,
    /// The mark at the end of a paragraph lost its trail byte. Marked.
    LastMark,
    /// A private-use character was deleted by a later hand, and two bytes with it. Marked.
    DeletedPair,
    /// All bytes fit, but what they give reads like nothing. Marked.
    Implausible,
    /// Damage that could not be explained; the text stays as it was. Marked.
    Unrepaired,
}

impl Class {
    /// Returns whether text of this class needs a second look.
    pub fn is_marked(self) -> bool {
        !matches!(self, Class::Annotation | Class::Known | Class::Open)
    }

    /// Returns the name in lower case, as records and reports write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Class::Annotation => "annotation",
            Class::Known => "known",
            Class::Open => "open",
            Class::Uncertain => "uncertain",
            Class::Swallowed => "swallowed",
            Class::LastMark => "last mark",
            Class::DeletedPair => "deleted pair",
            Class::Implausible => "implausible",
            Class::Unrepaired => "unrepaired",
        }
    }
}

/// A character that was put back.
#[derive(Debug, Clone, PartialEq)]
pub struct Restored {
    /// The character, in the script of the page.
    pub character: char,
    /// How it became known.
    pub class: Class,
    /// How many characters fit the bytes that were seen; 1 if there was no choice.
    pub candidates: usize,
    /// How much better it is than the second candidate, in nats; infinite if there was no choice.
    pub margin: f32,
}

/// One change of the text, or one place that is marked.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// The stretch in the input, in bytes.
    pub source: Range<usize>,
    /// The stretch in the output, in bytes.
    pub output: Range<usize>,
    /// What stood there.
    pub old: String,
    /// What stands there now.
    pub new: String,
    /// The least certain class of its characters.
    pub class: Class,
    /// The characters put back, in order; empty for a removed annotation.
    pub characters: Vec<Restored>,
}

impl Edit {
    /// Returns the number of candidates of the least certain character; 1 if there was no choice.
    pub fn candidates(&self) -> usize {
        self.characters.iter().map(|restored| restored.candidates).max().unwrap_or(1)
    }

    /// Returns the smallest margin of its characters in nats; infinite if there was no choice.
    pub fn margin(&self) -> f32 {
        self.characters.iter().map(|restored| restored.margin).fold(f32::INFINITY, f32::min)
    }
}

/// How much was done, in edits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Readings removed from behind intact characters.
    pub annotations: u64,
    /// Shifted stretches put back where every byte was known.
    pub known: u64,
    /// Shifted stretches put back with a choice that is trusted.
    pub open: u64,
    /// Shifted stretches put back with a guess or a loss in them.
    pub marked: u64,
    /// Places that could not be explained and stay as they were.
    pub failed: u64,
}

impl Counts {
    /// Returns the number of shifted stretches put back without a mark: `realigned` in a record.
    pub fn realigned(&self) -> u64 {
        self.known + self.open
    }

    /// Returns the number of places that need a second look: `unrepaired` in a record.
    pub fn unrepaired(&self) -> u64 {
        self.marked + self.failed
    }

    pub(super) fn add(&mut self, class: Class) {
        let count = match class {
            Class::Annotation => &mut self.annotations,
            Class::Known => &mut self.known,
            Class::Open => &mut self.open,
            Class::Unrepaired => &mut self.failed,
            _ => &mut self.marked,
        };
        *count += 1;
    }
}

/// The repaired text, the way back, and everything that was done.
#[derive(Debug, Clone)]
pub struct Repaired<'t> {
    /// The text in the script of the page; borrowed if nothing was changed.
    pub text: Cow<'t, str>,
    /// From `text` to the input.
    pub origin: Origin,
    /// How much was done.
    pub counts: Counts,
    /// What was done, in the order of the text.
    pub edits: Vec<Edit>,
}

impl<'t> Repaired<'t> {
    /// Returns a text that needs no repair.
    pub(super) fn unchanged(text: &'t str) -> Repaired<'t> {
        let origin = Origin::identity(text.len());
        Repaired { text: Cow::Borrowed(text), origin, counts: Counts::default(), edits: Vec::new() }
    }

    /// Iterates over the places that need a second look.
    pub fn marks(&self) -> impl Iterator<Item = &Edit> {
        self.edits.iter().filter(|edit| edit.class.is_marked())
    }
}
