//! Folds characters before anything is compared: full-width forms to ASCII, Traditional to Simplified, the many
//! dashes to `-`; and files each character under what it may start.

use crate::words::Words;

/// May start a numeral.
pub(crate) const NUMERAL: u8 = 1;
/// May start a date word (今, 上, 春).
pub(crate) const TIME: u8 = 2;
/// May start a sum of money ($, 人民币).
pub(crate) const MONEY: u8 = 4;
/// 第, 每, 数, 几, 半 and other leads.
pub(crate) const LEAD: u8 = 8;
/// May start a web address.
pub(crate) const ADDRESS: u8 = 16;

/// May follow a numeral in an expression: counters, 年, %, 多, marks.
pub(crate) const AFTER: u8 = 32;
/// May follow a numeral in a date or a length of time.
pub(crate) const AFTER_TIME: u8 = 64;

/// Reading is tried here; set when a line is loaded.
pub(crate) const OPEN: u8 = 128;

/// The pairs of characters that open an expression where the first is no numeral (今年, 上周, 近三, $5).
///
/// A Bloom filter with one hash: it never denies a pair that was added.
#[derive(Debug, Clone)]
pub(crate) struct Pairs {
    bits: Box<[u64; 1024]>,
}

impl Pairs {
    /// Returns the empty set.
    pub(crate) fn new() -> Self {
        Self { bits: Box::new([0; 1024]) }
    }

    #[inline]
    fn place(first: char, second: char) -> (usize, u64) {
        let mixed = (u32::from(first).wrapping_mul(0x9E37_79B1))
            .wrapping_add(u32::from(second).wrapping_mul(0x85EB_CA6B));
        let bit = (mixed >> 16) as usize;
        (bit >> 6, 1 << (bit & 63))
    }

    /// Adds a pair.
    pub(crate) fn add(&mut self, first: char, second: char) {
        let (at, bit) = Self::place(first, second);
        self.bits[at] |= bit;
    }

    /// Tells whether the pair may have been added.
    #[inline]
    pub(crate) fn has(&self, first: char, second: char) -> bool {
        let (at, bit) = Self::place(first, second);
        self.bits[at] & bit != 0
    }
}

/// One table entry a character of the basic plane.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    table: Box<[(u16, u8)]>,
}

impl Folder {
    /// Builds the table from (from, to) pairs.
    pub(crate) fn new(pairs: impl Iterator<Item = (char, char)>) -> Self {
        let mut table: Vec<(u16, u8)> = (0..=u16::MAX).map(|c| (c, 0)).collect();
        for c in 0xFF01..=0xFF5Eu16 {
            table[usize::from(c)].0 = c - 0xFEE0;
        }
        // The full-width comma separates clauses far more often than thousands; the numeral reader decides.
        table[0xFF0C].0 = 0xFF0C;
        table[0x3000].0 = 0x20;
        table[0xA0].0 = 0x20;
        for (from, to) in pairs {
            if let (Ok(from), Ok(to)) = (u16::try_from(u32::from(from)), u16::try_from(u32::from(to))) {
                table[usize::from(from)].0 = to;
            }
        }
        Self { table: table.into() }
    }

    /// Marks what `c` and every character that folds to it may start.
    pub(crate) fn mark(&mut self, c: char, class: u8) {
        let Ok(c) = u16::try_from(u32::from(c)) else { return };
        self.table[usize::from(c)].1 |= class;
    }

    /// Marks the first characters of `words`.
    pub(crate) fn mark_firsts<T>(&mut self, words: &Words<T>, class: u8) {
        for word in words.surfaces() {
            self.mark(word[0], class);
        }
    }

    /// Hands the classes of folded characters on to all that fold to them.
    pub(crate) fn settle(&mut self) {
        for at in 0..self.table.len() {
            let to = usize::from(self.table[at].0);
            self.table[at].1 |= self.table[to].1;
        }
    }

    /// Returns the folded character and its class.
    #[inline]
    pub(crate) fn fold(&self, c: char) -> (char, u8) {
        match self.table.get(c as usize) {
            Some(&(folded, class)) => (char::from_u32(u32::from(folded)).unwrap_or(c), class),
            None => (c, 0),
        }
    }
}
