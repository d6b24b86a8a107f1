//! The whole way from bytes to clean Simplified text.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::convert::{Conversion, Converter, Made, Script, ScriptChoice};
use crate::decode::{EncodingReport, decode};
use crate::format::Format;
use crate::origin::Origin;
use crate::repair::{Mark, Repair, Repaired, Step};

/// What the caller knows about some bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct TextHint<'h> {
    /// The encoding the sender names, for example from an HTTP header.
    pub charset: Option<&'h str>,
    /// The form of the text; detected where it is not known.
    pub format: Option<Format>,
}

/// Reads bytes as clean text: decodes, repairs, converts to Simplified.
///
/// A reader costs nothing to make; tables are built once per process when a text first needs them. It can be shared
/// between threads.
///
/// # Examples
///
/// ```
/// use aidnews_text::{ScriptChoice, TextHint, TextReader, repair::Step};
/// let reader = TextReader::builder().script(ScriptChoice::Keep).without(Step::Glosses).build();
/// let cleaned = reader.read("對口支援".as_bytes(), &TextHint::default());
/// assert_eq!(cleaned.text, "對口支援");
/// assert_eq!(cleaned.script.as_str(), "traditional");
/// ```
#[derive(Debug, Clone, Default)]
pub struct TextReader {
    repair: Repair,
    converter: Converter,
}

/// Sets up a [`TextReader`].
#[derive(Debug, Clone)]
pub struct TextReaderBuilder {
    steps: Vec<Step>,
    script: ScriptChoice,
}

/// A text after decoding, repair and conversion.
#[derive(Debug, Clone)]
pub struct Cleaned<'a> {
    /// The text; borrowed from the bytes if they are clean UTF-8 in Simplified Chinese.
    pub text: Cow<'a, str>,
    /// The map from `text` to the bytes.
    pub origin: Origin,
    /// Whether the text is HTML.
    pub format: Format,
    /// How the bytes were decoded.
    pub encoding: EncodingReport,
    /// The script the text was in.
    pub script: Script,
    /// The conversion that brought it to Simplified, if one was needed.
    pub conversion: Option<Conversion>,
    /// What was repaired, how often; what did nothing is left out.
    pub repairs: BTreeMap<&'static str, u64>,
    /// Places of `text` that need a second look, with the bytes of the source they came from.
    pub marks: Vec<Mark>,
}

impl TextReader {
    /// Returns a reader with every repair on, which converts what is Traditional.
    pub fn new() -> TextReader {
        TextReader::default()
    }

    /// Returns a builder to switch repairs off or to choose the conversion.
    pub fn builder() -> TextReaderBuilder {
        TextReaderBuilder { steps: Step::ALL.to_vec(), script: ScriptChoice::Auto }
    }

    /// Reads `bytes`; never fails. Linear in their number.
    pub fn read<'a>(&self, bytes: &'a [u8], hint: &TextHint<'_>) -> Cleaned<'a> {
        let decoded = decode(bytes, hint.charset);
        let format = hint.format.unwrap_or_else(|| Format::detect(&decoded.text));
        let (text, (repaired, repairs, mut marks, tally)) = pass(decoded.text, |text| {
            let Repaired { text, origin, counts, marks, tally } = self.repair.repair(text, format);
            (text, (origin, counts, marks, tally))
        });
        let (text, (converted, script, conversion)) = pass(text, |text| {
            let Made { converted, script, conversion } = self.converter.convert_counted(text, &tally);
            (converted.text, (converted.origin, script, conversion))
        });
        for mark in &mut marks {
            mark.source = decoded.origin.locate(mark.source.clone());
            mark.text = converted.project(mark.text.clone());
        }
        let origin = converted.compose(&repaired.compose(&decoded.origin));
        Cleaned { text, origin, format, encoding: decoded.encoding, script, conversion, repairs, marks }
    }
}

/// Runs a stage on a text that may be borrowed from the bytes, and keeps the borrow where nothing changes.
fn pass<'a, T>(
    text: Cow<'a, str>,
    stage: impl for<'t> FnOnce(&'t str) -> (Cow<'t, str>, T),
) -> (Cow<'a, str>, T) {
    match text {
        Cow::Borrowed(text) => stage(text),
        Cow::Owned(text) => {
            let (changed, rest) = match stage(&text) {
                (Cow::Borrowed(_), rest) => (None, rest),
                (Cow::Owned(changed), rest) => (Some(changed), rest),
            };
            (Cow::Owned(changed.unwrap_or(text)), rest)
        }
    }
}

impl TextReaderBuilder {
    /// Switches a repair off.
    pub fn without(mut self, step: Step) -> TextReaderBuilder {
        self.steps.retain(|kept| *kept != step);
        self
    }

    /// Runs these repairs and no others.
    pub fn only(mut self, steps: &[Step]) -> TextReaderBuilder {
        self.steps = steps.to_vec();
        self
    }

    /// Says what to do with Traditional text.
    pub fn script(mut self, choice: ScriptChoice) -> TextReaderBuilder {
        self.script = choice;
        self
    }

    /// Returns the reader.
    pub fn build(self) -> TextReader {
        TextReader { repair: Repair::new(&self.steps), converter: Converter::new(self.script) }
    }
}
