//! How likely a character is after two others, and how likely a word is: the table that the build script (`model/train.rs`) made.
//!
//! The table lies in the program and is used in place, so it costs nothing to load.

use super::symbol::{BORDER, MAGIC, fingerprint, fold};

static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gloss.model"));

/// The number of a symbol of the model.
pub(super) type Symbol = u16;

/// The number of the symbol around lines.
pub(super) const EDGE: Symbol = 1;

/// What a word that is not in the list costs, before the cost of each of its characters.
const UNKNOWN_WORD: f32 = 12.0;

/// The longest word looked up, in characters.
const LONGEST_WORD: usize = 6;

/// A column of the table.
#[derive(Clone, Copy)]
struct Column(&'static [u8]);

impl Column {
    fn short(self, index: usize) -> u16 {
        self.0.get(2 * index..2 * index + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
    }

    fn long(self, index: usize) -> u32 {
        self.0.get(4 * index..4 * index + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
    }

    /// Returns the natural logarithm that stands at `index` as a cost.
    fn log(self, index: usize) -> f32 {
        -f32::from(self.short(index)) / 1024.0
    }

    /// Finds `value` among the sorted numbers `from..to`.
    fn find(self, from: usize, to: usize, value: u16) -> Option<usize> {
        let (mut low, mut high) = (from, to);
        while low < high {
            let middle = low.midpoint(high);
            if self.short(middle) < value { low = middle + 1 } else { high = middle }
        }
        (low < to && self.short(low) == value).then_some(low)
    }
}

/// The language model.
pub(super) struct Model {
    /// From code unit to symbol; 0 is unknown.
    symbols: Vec<Symbol>,
    single: Column,
    single_leave: Column,
    first_pair: Column,
    pair: Column,
    pair_cost: Column,
    pair_leave: Column,
    first_triple: Column,
    triple: Column,
    triple_cost: Column,
    check: Column,
    word_cost: Column,
    slots: usize,
}

impl Model {
    /// Opens the table and spreads its symbols over the code points: some 20 µs.
    pub(super) fn open() -> Model {
        let head = Column(TABLE);
        debug_assert_eq!(head.long(0), MAGIC);
        let [count, pairs, triples, slots] = [1, 2, 3, 4].map(|at| head.long(at) as usize);
        let mut rest = &TABLE[24..];
        let mut column = |bytes: usize| {
            let (column, after) = rest.split_at(bytes.min(rest.len()));
            rest = after;
            Column(column)
        };
        let names = column(2 * count);
        let mut symbols = vec![0; 0x1_0000];
        (0..count).for_each(|id| symbols[usize::from(names.short(id))] = id as u16);
        debug_assert_eq!(symbols[BORDER as usize], EDGE);
        Model {
            symbols,
            single: column(2 * count),
            single_leave: column(2 * count),
            first_pair: column(4 * (count + 1)),
            pair: column(2 * pairs),
            pair_cost: column(2 * pairs),
            pair_leave: column(2 * pairs),
            first_triple: column(4 * (pairs + 1)),
            triple: column(2 * triples),
            triple_cost: column(2 * triples),
            check: column(4 * slots),
            word_cost: column(2 * slots),
            slots,
        }
    }

    /// Returns the symbol of a Simplified character.
    pub(super) fn symbol(&self, simplified: char) -> Symbol {
        self.symbols.get(fold(simplified) as usize).copied().unwrap_or(0)
    }

    /// Returns ln P(`c` | `a` `b`).
    pub(super) fn log(&self, a: Symbol, b: Symbol, c: Symbol) -> f32 {
        let Some(context) = self.pair_at(a, b) else {
            return self.log_after(b, c);
        };
        let (from, to) = (self.first_triple.long(context), self.first_triple.long(context + 1));
        match self.triple.find(from as usize, to as usize, c) {
            Some(at) => self.triple_cost.log(at),
            None => self.pair_leave.log(context) + self.log_after(b, c),
        }
    }

    /// Returns ln P(`c` | `b`).
    fn log_after(&self, b: Symbol, c: Symbol) -> f32 {
        match self.pair_at(b, c) {
            Some(at) => self.pair_cost.log(at),
            None => self.single_leave.log(usize::from(b)) + self.single.log(usize::from(c)),
        }
    }

    fn pair_at(&self, a: Symbol, b: Symbol) -> Option<usize> {
        let a = usize::from(a);
        let (from, to) = (self.first_pair.long(a), self.first_pair.long(a + 1));
        self.pair.find(from as usize, to as usize, b)
    }

    /// Returns ln P of a word of folded Simplified characters, if the list has it.
    fn word(&self, word: &[char]) -> Option<f32> {
        let hash = fingerprint(word.iter().map(|&c| c as u16));
        let check = (hash >> 32) as u32 | 1;
        let mut slot = hash as usize & (self.slots - 1);
        loop {
            match self.check.long(slot) {
                0 => return None,
                found if found == check => return Some(self.word_cost.log(slot)),
                _ => slot = (slot + 1) & (self.slots - 1),
            }
        }
    }

    /// Returns ln P of a character that is no word of the list: marks and digits are as frequent as in running text.
    fn alone(&self, character: char) -> f32 {
        let is_han = ('\u{3400}'..='\u{9fff}').contains(&character);
        if is_han { -UNKNOWN_WORD } else { self.single.log(usize::from(self.symbol(character))) }
    }

    /// Returns ln P of the best way to cut `window` (folded, Simplified) into words.
    pub(super) fn segmentation(&self, window: &[char]) -> f32 {
        let mut best = vec![f32::NEG_INFINITY; window.len() + 1];
        best[0] = 0.0;
        for start in 0..window.len() {
            for end in start + 1..=window.len().min(start + LONGEST_WORD) {
                let word = self.word(&window[start..end]);
                let log = match word {
                    Some(log) => log,
                    None if end == start + 1 => self.alone(window[start]),
                    None => continue,
                };
                best[end] = best[end].max(best[start] + log);
            }
        }
        best[window.len()]
    }
}
