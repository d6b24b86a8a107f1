//! How well a character fits behind two others in this document: the model mixed with the document's own text.

use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

use super::model::{EDGE, Model, Symbol};
use super::script::{Script, Use};

/// The part of the model in the mixture; the rest is the document's.
const MODEL_PART: f32 = 0.75;

/// What a character outside the alphabet of clean text costs when its bytes were seen, and when it was guessed.
const ODD_SEEN: f32 = -3.0;
const ODD_GUESSED: f32 = -6.0;

/// What a form costs for which sites write another one: 鍾 for 鐘.
const UNUSUAL: f32 = -2.0;

/// What it costs to contradict the list of characters that the site annotates.
const AGAINST_LIST: f32 = -8.0;

/// What a kind of quotes gains that the document uses elsewhere.
const HABIT: f32 = 2.0;

/// Spreads the bits of small keys; the keys are packed symbols, no outsider chooses their order in memory.
#[derive(Default, Clone)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(u64::from(byte)));
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = (self.0.rotate_left(5) ^ key).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 ^= self.0 >> 32;
    }
}

/// What one document says about the text that is missing in it.
#[derive(Clone)]
pub(super) struct Context {
    pub(super) script: &'static Script,
    pub(super) model: &'static Model,
    sequences: HashMap<u64, u32, BuildHasherDefault<Spread>>,
    /// The quotes that the document uses.
    quotes: BTreeSet<char>,
    /// Annotated characters and their readings, by code point.
    listed: Vec<(char, String)>,
    /// Traditional characters that stand without annotation, by code point.
    bare: Vec<char>,
}

impl Context {
    /// Returns the context of a document of which nothing has been read.
    pub(super) fn new() -> Context {
        static MODEL: OnceLock<Model> = OnceLock::new();
        Context {
            script: Script::get(),
            model: MODEL.get_or_init(Model::open),
            sequences: HashMap::default(),
            quotes: BTreeSet::new(),
            listed: Vec::new(),
            bare: Vec::new(),
        }
    }

    /// Returns the symbol of a Traditional character.
    pub(super) fn symbol(&self, character: char) -> Symbol {
        self.model.symbol(self.script.simplified(character))
    }

    /// Counts a stretch of text that is certain; `None` stands for a character that is not.
    pub(super) fn learn(&mut self, line: impl Iterator<Item = Option<char>>) {
        let mut before: [Option<Symbol>; 2] = [Some(EDGE), Some(EDGE)];
        for character in line {
            let symbol = character.map(|c| self.symbol(c));
            self.quotes.extend(character.filter(|c| "“”‘’「」『』".contains(*c)));
            if let Some(c) = symbol {
                self.count(key(&[c]));
                if let Some(b) = before[1] {
                    self.count(key(&[b, c]));
                    if let Some(a) = before[0] {
                        self.count(key(&[a, b, c]));
                    }
                }
            }
            before = [before[1], symbol];
        }
    }

    fn count(&mut self, key: u64) {
        *self.sequences.entry(key).or_insert(0) += 1;
    }

    /// Notes which characters the site annotates, with what, and which Traditional characters it does not.
    pub(super) fn note_list(&mut self, mut listed: Vec<(char, String)>, mut bare: Vec<char>) {
        listed.sort_unstable();
        listed.dedup();
        bare.sort_unstable();
        bare.dedup();
        bare.retain(|c| listed.binary_search_by_key(c, |entry| entry.0).is_err());
        (self.listed, self.bare) = (listed, bare);
    }

    fn seen(&self, key: u64) -> f32 {
        self.sequences.get(&key).map_or(0.0, |&count| count as f32)
    }

    /// Returns ln P(`c` | `a` `b`) in this document.
    pub(super) fn log(&self, a: Symbol, b: Symbol, c: Symbol) -> f32 {
        let model = self.model.log(a, b, c);
        let pair = self.seen(key(&[b, c]));
        if pair == 0.0 {
            return model + MODEL_PART.ln();
        }
        let mut own = 0.5 * pair / self.seen(key(&[b])).max(pair);
        let triple = self.seen(key(&[a, b, c]));
        if triple > 0.0 {
            own += 0.5 * triple / self.seen(key(&[a, b])).max(triple);
        }
        (MODEL_PART * model.exp() + (1.0 - MODEL_PART) * own).ln()
    }

    /// Returns what a character costs that sites do not write.
    pub(super) fn oddness(&self, character: char, guessed: bool) -> f32 {
        match self.script.usage(character) {
            _ if character.is_ascii() => 0.0,
            Use::Expected => 0.0,
            Use::Possible => UNUSUAL,
            Use::None if guessed => ODD_GUESSED,
            Use::None => ODD_SEEN,
        }
    }

    /// Returns the gain of a mark that the intact part of the document uses, over its like that it does not: 」 over ”.
    pub(super) fn habit(&self, character: char) -> f32 {
        if self.quotes.contains(&character) { HABIT } else { 0.0 }
    }

    /// Returns what it costs that `character` carries this reading, or none, on a site with this list.
    pub(super) fn against_list(&self, character: char, reading: Option<&str>) -> f32 {
        let entry = self.listed.binary_search_by_key(&character, |entry| entry.0);
        let fits = match (reading, entry) {
            (Some(reading), Ok(_)) => {
                self.listed.binary_search_by(|e| (e.0, e.1.as_str()).cmp(&(character, reading))).is_ok()
            }
            (Some(_), Err(_)) => self.bare.binary_search(&character).is_err(),
            (None, Ok(_)) => false,
            (None, Err(_)) => true,
        };
        if fits { 0.0 } else { AGAINST_LIST }
    }
}

fn key(symbols: &[Symbol]) -> u64 {
    symbols.iter().fold(1, |key, &symbol| key << 16 | u64::from(symbol))
}
