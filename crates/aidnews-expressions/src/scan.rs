//! Walks over a text, line by line, and lets the readers try wherever a character may start an expression.

use std::ops::Range;

use jiff::civil::Date;

use crate::fold;
use crate::lexicon::{Lists, LoadError};
use crate::line::Line;
use crate::numeral;
use crate::point::{self, get};
use crate::quantity::{self, Kind, Outcome};
use crate::resolve::{self, Context};
use crate::temporal::{self, Temporal};
use crate::value::{Expression, Marks, PartialDate, Quantity, ResolvedBy, Value};

/// Finds dates, numbers, sums and counts in Chinese text.
///
/// Build it once (a few milliseconds) and share it: it is `Send + Sync` and scanning needs no lock.
///
/// # Examples
///
/// ```
/// use aidnews_expressions::Scanner;
/// # fn main() -> Result<(), aidnews_expressions::LoadError> {
/// let scanner = Scanner::new()?;
/// let text = "截至2021年9月10日，共接诊1.8万人次。";
/// let spans: Vec<&str> = scanner.scan(text, None).map(|e| &text[e.span]).collect();
/// assert_eq!(spans, ["截至2021年9月10日", "1.8万人次"]);
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct Scanner {
    lists: Lists,
}

/// Where the dates of an article may be taken from; see [`Scanner::resolve`].
#[derive(Debug, Clone, Default)]
pub struct Sources<'d> {
    /// The publication date of the page.
    pub published: Option<Date>,
    /// The date of the dateline, if the caller knows it.
    pub dateline: Option<Date>,
    /// Dates read from image file names, in page order.
    pub images: &'d [Date],
}

/// One expression before it is resolved, with spans in bytes.
#[derive(Debug, Clone)]
pub(crate) struct Raw {
    pub(crate) span: Range<usize>,
    pub(crate) core: Range<usize>,
    pub(crate) unit: Range<usize>,
    pub(crate) what: What,
    pub(crate) marks: Marks,
    /// The number of the paragraph and of the sentence in the text.
    pub(crate) paragraph: u32,
    pub(crate) sentence: u32,
}

/// What a [`Raw`] expression is.
#[derive(Debug, Clone)]
pub(crate) enum What {
    Time(Temporal),
    Number(Quantity, Kind),
}

impl Scanner {
    /// Parses the word lists that are compiled in.
    ///
    /// # Errors
    ///
    /// A word list breaks its form; cannot happen with the lists as shipped, which a test loads.
    pub fn new() -> Result<Self, LoadError> {
        Ok(Self { lists: Lists::load()? })
    }

    /// Iterates over the expressions of `text`, left to right, without overlaps.
    ///
    /// `reference` is the day on which the text was written; without it 去年 and 3月5日 stay partial. Dates also
    /// resolve each other (同年, 次日, 10日上午). Spans are bytes of `text`. One pass, O(n); memory is that of the
    /// longest line.
    pub fn scan<'t>(&self, text: &'t str, reference: Option<Date>) -> Expressions<'_, 't> {
        Expressions {
            raws: Raws::new(&self.lists, text),
            text,
            memory: Memory { reference, by: ResolvedBy::Reference, ..Memory::default() },
        }
    }

    /// Returns the expressions of an article, its dates resolved from the first source that is known: publication
    /// date, dateline, a full date in the text, a date from an image file name.
    ///
    /// A date told as background (自2016年, 成立于1951年) never resolves others; see [`crate::ResolvedBy`] for how
    /// each value says what it was resolved by.
    pub fn resolve<'t>(&self, text: &'t str, sources: &Sources<'_>) -> Vec<Expression<'t>> {
        let raws: Vec<Raw> = Raws::new(&self.lists, text).collect();
        let (reference, by) = crate::article::reference(text, &raws, sources);
        let mut memory = Memory { reference, by, ..Memory::default() };
        raws.into_iter().filter_map(|raw| memory.settle(text, raw)).collect()
    }
}

/// The iterator of [`Scanner::scan`].
#[derive(Debug)]
pub struct Expressions<'s, 't> {
    raws: Raws<'s, 't>,
    text: &'t str,
    memory: Memory,
}

impl<'t> Iterator for Expressions<'_, 't> {
    type Item = Expression<'t>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let raw = self.raws.next()?;
            if let Some(found) = self.memory.settle(self.text, raw) {
                return Some(found);
            }
        }
    }
}

/// The dates met so far, which later ones may lean on.
#[derive(Debug)]
struct Memory {
    reference: Option<Date>,
    by: ResolvedBy,
    last: Option<PartialDate>,
    day: Option<(u32, PartialDate)>,
    sentence: Option<(u32, PartialDate)>,
}

impl Default for Memory {
    fn default() -> Self {
        Self { reference: None, by: ResolvedBy::Reference, last: None, day: None, sentence: None }
    }
}

impl Memory {
    fn settle<'t>(&mut self, text: &'t str, raw: Raw) -> Option<Expression<'t>> {
        let written = text.get(raw.unit.clone()).unwrap_or("");
        let value = match raw.what {
            What::Number(quantity, kind) => number_value(quantity, kind, written),
            What::Time(ref temporal) => {
                let context = Context {
                    reference: self.reference,
                    by: self.by,
                    last: self.last,
                    day: self.day.filter(|(paragraph, _)| *paragraph == raw.paragraph).map(|(_, date)| date),
                    sentence: self
                        .sentence
                        .filter(|(sentence, _)| *sentence == raw.sentence)
                        .map(|(_, date)| date),
                };
                let value = resolve::value(temporal, &context, written)?;
                self.remember(&value, &raw);
                value
            }
        };
        Some(Expression { span: raw.span, core: raw.core, value, marks: raw.marks })
    }

    fn remember(&mut self, value: &Value<'_>, raw: &Raw) {
        let date = match value {
            Value::Date(date) => *date,
            Value::Range(range) if !range.rolling => match range.end.or(range.start) {
                Some(date) => date,
                None => return,
            },
            _ => return,
        };
        if date.resolved_by == ResolvedBy::Nothing && date.date.month.is_none() {
            return;
        }
        if date.date.year.is_some() {
            self.last = Some(date.date);
            self.sentence = Some((raw.sentence, date.date));
        }
        if date.date.day.is_some() {
            self.day = Some((raw.paragraph, date.date));
        }
    }
}

fn number_value<'t>(quantity: Quantity, kind: Kind, written: &'t str) -> Value<'t> {
    match kind {
        Kind::Number => Value::Number(quantity),
        Kind::Percent { points } => Value::Percent { quantity, points },
        Kind::Multiple { doubling } => Value::Multiple { quantity, doubling },
        Kind::Ordinal { .. } => {
            Value::Ordinal { value: quantity.value.map_or(0, |value| value as i64), counter: written }
        }
        Kind::Money(currency) => Value::Money { quantity, currency },
        Kind::Count { .. } => Value::Count { quantity, counter: written },
        Kind::Measure { kind, .. } => Value::Measure { quantity, unit: written, kind },
    }
}

/// Iterates over unresolved expressions.
#[derive(Debug)]
pub(crate) struct Raws<'s, 't> {
    lists: &'s Lists,
    text: &'t str,
    /// Where the next line starts, in bytes.
    next_line: usize,
    /// The line being read: folded characters, their classes, and their places in bytes (one more than characters).
    letters: Line,
    places: Vec<u32>,
    classes: Vec<u8>,
    line: usize,
    at: usize,
    floor: usize,
    paragraph: u32,
    sentence: u32,
    sentence_at: usize,
}

/// The classes at which reading is tried.
const OPENERS: u8 = fold::NUMERAL | fold::TIME | fold::MONEY | fold::LEAD | fold::ADDRESS;

/// Lines longer than this many bytes are read in pieces, so that memory stays bounded.
const PIECE: usize = 1 << 22;

impl<'s, 't> Raws<'s, 't> {
    pub(crate) fn new(lists: &'s Lists, text: &'t str) -> Self {
        Self {
            lists,
            text,
            next_line: 0,
            letters: Line::default(),
            places: Vec::new(),
            classes: Vec::new(),
            line: 0,
            at: 0,
            floor: 0,
            paragraph: 0,
            sentence: 0,
            sentence_at: 0,
        }
    }

    /// Loads the next line; false at the end of the text.
    fn load(&mut self) -> bool {
        if self.next_line >= self.text.len() {
            return false;
        }
        let rest = &self.text[self.next_line..];
        let mut end = rest.find('\n').map_or(rest.len(), |at| at + 1);
        if end > PIECE {
            end = PIECE;
            while !rest.is_char_boundary(end) {
                end -= 1;
            }
        }
        self.line = self.next_line;
        self.next_line += end;
        self.letters.clear();
        self.places.clear();
        self.classes.clear();
        let room = end / 2;
        self.letters.reserve(room);
        self.places.reserve(room);
        self.classes.reserve(room);
        let mut wide = false;
        let mut held = ('\0', 0);
        for (place, c) in rest[..end].char_indices() {
            let (mut folded, class) = self.lists.folder.fold(c);
            // ４，５６５: the full-width comma groups only full-width figures.
            if wide && c == '，' {
                folded = ',';
            }
            wide = ('０'..='９').contains(&c);
            if held.1 & OPENERS != 0 && self.opens(held, folded, class) {
                let last = self.classes.len() - 1;
                self.classes[last] |= fold::OPEN;
            }
            self.letters.push(folded);
            self.classes.push(class);
            self.places.push(place as u32);
            held = (folded, class);
        }
        if held.1 & OPENERS != 0 && self.opens(held, '\0', 0) {
            let last = self.classes.len() - 1;
            self.classes[last] |= fold::OPEN;
        }
        self.places.push(end as u32);
        (self.at, self.floor, self.sentence_at) = (0, 0, 0);
        self.paragraph += 1;
        self.sentence += 1;
        true
    }

    /// Tells whether reading is tried at the last character loaded, which is `held` with its class, before `next`.
    #[inline]
    fn opens(&self, (letter, class): (char, u8), next: char, next_class: u8) -> bool {
        if class & fold::NUMERAL == 0 {
            return class & fold::ADDRESS != 0
                && matches!(next, '/' | 'w' | 'a'..='z' | 'A'..='Z' | '0'..='9')
                || self.lists.pairs.has(letter, next);
        }
        if letter.is_ascii() || class & fold::TIME != 0 {
            return true;
        }
        // A digit character in a word that no expression starts with (一定, 三农) is passed over, unless a longer
        // word with more numerals in it has to be passed over as a whole (一心一意).
        let idle = next_class & (fold::AFTER | fold::NUMERAL | fold::TIME) == 0
            && point::is_han(next)
            && !quantity::free(next);
        !idle || self.trap_opens(letter, next)
    }

    /// Tells whether a word with a numeral in it may start around `letter`, the last character loaded.
    fn trap_opens(&self, letter: char, next: char) -> bool {
        let before = self.letters.len().checked_sub(2).map_or('\0', |at| self.letters[at]);
        self.lists.trap_pairs.has(letter, next) || self.lists.trap_pairs.has(before, letter)
    }

    fn bytes(&self, span: (usize, usize)) -> Range<usize> {
        let at = |i: usize| self.line + self.places[i.min(self.places.len() - 1)] as usize;
        at(span.0)..at(span.1)
    }

    /// Counts the sentences that end before `at`.
    fn pass_sentences(&mut self, at: usize) {
        for c in &self.letters[self.sentence_at.min(at)..at] {
            if matches!(c, '。' | '!' | '?' | ';') {
                self.sentence += 1;
            }
        }
        self.sentence_at = self.sentence_at.max(at);
    }

    /// Tries to read at `self.at`, and moves on.
    fn step(&mut self) -> Option<Raw> {
        let at = self.at;
        let class = self.classes[at];
        self.at = at + 1;
        if class & fold::ADDRESS != 0
            && let Some(end) = address_end(&self.letters, at)
        {
            (self.at, self.floor) = (end, end);
            return None;
        }
        if class & (fold::NUMERAL | fold::LEAD) != 0
            && let Some(end) = self.trap(at)
        {
            self.at = end;
            return None;
        }
        if class & (fold::NUMERAL | fold::TIME | fold::LEAD) != 0
            && !mid_number(&self.letters, at)
            && self.timely(at, class)
            && !(class & fold::TIME != 0 && self.lookalike(at))
            && !(class & fold::NUMERAL == 0 && self.in_title(at))
            && let Some(found) = temporal::read(&self.letters, self.lists, at, self.floor)
            && found.end > at
        {
            self.pass_sentences(found.start);
            (self.at, self.floor) = (found.end, found.end);
            let unit = match &found.value {
                Temporal::Length(length) | Temporal::Rolling(length, _) => length.written,
                _ => (found.end, found.end),
            };
            return Some(Raw {
                span: self.bytes((found.start, found.end)),
                core: self.bytes(found.core),
                unit: self.bytes(unit),
                what: What::Time(found.value),
                marks: found.marks,
                paragraph: self.paragraph,
                sentence: self.sentence,
            });
        }
        if class & (fold::NUMERAL | fold::LEAD | fold::MONEY) == 0 {
            return None;
        }
        match quantity::read(&self.letters, self.lists, at, self.floor) {
            Outcome::Skip(end) => {
                self.at = end.max(at + 1);
                None
            }
            Outcome::Found(found) => {
                self.pass_sentences(found.start);
                (self.at, self.floor) = (found.end, found.end);
                let unit = match found.kind {
                    Kind::Count { counter } | Kind::Ordinal { counter } => counter,
                    Kind::Measure { unit, .. } => unit,
                    _ => (found.end, found.end),
                };
                Some(Raw {
                    span: self.bytes((found.start, found.end)),
                    core: self.bytes(found.core),
                    unit: self.bytes(unit),
                    what: What::Number(found.quantity, found.kind),
                    marks: found.marks,
                    paragraph: self.paragraph,
                    sentence: self.sentence,
                })
            }
        }
    }

    /// Tells whether what follows the numeral at `at` can make it a date or a length of time.
    fn timely(&self, at: usize, class: u8) -> bool {
        if class & fold::NUMERAL == 0 || class & fold::TIME != 0 {
            return true;
        }
        let mut end = at;
        while end < self.classes.len() && end < at + 40 && self.classes[end] & fold::NUMERAL != 0 {
            end += 1;
        }
        match self.classes.get(end) {
            Some(class) => class & fold::AFTER_TIME != 0 || end - at == 8,
            None => end - at >= 8,
        }
    }

    /// Tells whether `at` lies in a 《title》, where 明日 and 春天 are no dates.
    fn in_title(&self, at: usize) -> bool {
        let near = &self.letters[at.saturating_sub(24)..at];
        near.iter().rev().find(|c| matches!(c, '《' | '》')) == Some(&'《')
    }

    /// Tells whether the character at `at` ends a word, so that it opens no date word (马上一年半).
    fn lookalike(&self, at: usize) -> bool {
        self.lists.lookalikes.before(&self.letters, at + 1).is_some_and(|(start, ())| start >= self.floor)
    }

    /// Returns the end of a name or phrase with a numeral at `at`.
    fn trap(&self, at: usize) -> Option<usize> {
        let letter = self.letters[at];
        let before = if at > 0 { self.letters[at - 1] } else { '\0' };
        let pairs = &self.lists.trap_pairs;
        if !pairs.has(letter, get(&self.letters, at + 1)) && !pairs.has(before, letter) {
            return None;
        }
        let mut best: Option<(usize, bool)> = None;
        for (end, trap) in self.lists.traps.all_at(&self.letters, at) {
            let head = &self.letters[self.floor.min(at)..at];
            let fits = head.len() >= trap.before.len()
                && trap.before.iter().zip(head.iter().rev()).all(|(a, b)| a == b);
            let better = match best {
                None => true,
                Some((known, _)) => end > known,
            };
            if fits && better {
                best = Some((end, trap.name));
            }
        }
        best.filter(|(_, name)| *name).map(|(end, _)| end)
    }
}

impl Iterator for Raws<'_, '_> {
    type Item = Raw;

    fn next(&mut self) -> Option<Raw> {
        loop {
            let rest = self.classes.get(self.at..).unwrap_or_default();
            match rest.iter().position(|class| class & fold::OPEN != 0) {
                Some(gap) => {
                    self.at += gap;
                    if let Some(raw) = self.step() {
                        return Some(raw);
                    }
                }
                None => {
                    if !self.load() {
                        return None;
                    }
                }
            }
        }
    }
}

/// Tells whether `at` lies inside a numeral whose start was declined.
fn mid_number(text: &[char], at: usize) -> bool {
    let c = get(text, at);
    at > 0 && c.is_ascii_digit() && text[at - 1].is_ascii_digit()
        || at > 0 && c == '.' && numeral::is_numeral(text[at - 1])
}

/// Returns one past the web or mail address around `at`.
fn address_end(text: &[char], at: usize) -> Option<usize> {
    let opens = match text[at] {
        '/' => at > 0 && text[at - 1] == ':' && get(text, at + 1) == '/',
        'w' => point::starts(text, at, "www."),
        '@' => at > 0 && text[at - 1].is_ascii_alphanumeric() && get(text, at + 1).is_ascii_alphanumeric(),
        _ => false,
    };
    if !opens {
        return None;
    }
    let mut end = at + 1;
    while get(text, end).is_ascii_graphic() {
        end += 1;
    }
    Some(end)
}
