//! One conversion stage: OpenCC dictionary texts compiled to a table indexed by code point.
//!
//! A stage is a group of dictionaries in order. At each place the first dictionary that has a key there wins, even with
//! a shorter key than a later one; inside a dictionary the longest key wins. Most characters start no key, and one flag
//! each says so: unchanged stretches are passed over without a look-up.

use std::borrow::Cow;
use std::ops::Range;

use super::ids;
use crate::origin::Origin;
use crate::rewrite::Rewriter;

/// Code points of the basic plane.
const PLANE: usize = 0x10000;

/// The walk always stops at the character: it becomes another one, or begins a description sequence.
const STOP: u8 = 1;
/// The character begins longer keys only; the walk stops there if the next character can go on.
const FIRST: u8 = 2;
/// The character is the second of a key that begins with one of [`FIRST`].
const SECOND: u8 = 4;

/// A stage, ready to run.
#[derive(Debug)]
pub(super) struct Stage {
    /// What the walk does at each character of the basic plane.
    flags: Box<[u8; PLANE]>,
    /// What a character becomes if it begins no longer key and its new form is as long, as for nearly all; else 0.
    exchanges: Box<[u16; PLANE]>,
    /// For each character of the basic plane 0 or one more than the place of its action.
    slots: Box<[u16; PLANE]>,
    /// The same for the planes beyond, in order.
    beyond: Vec<(char, u16)>,
    actions: Vec<Action>,
    phrases: Vec<Phrase>,
    /// Whether any key has an ASCII character (BMW集團 does).
    ascii_keys: bool,
}

/// What happens at one character.
#[derive(Debug, Default, Clone)]
struct Action {
    /// What the character alone becomes; `None` leaves it.
    value: Option<&'static str>,
    /// The same as a character, if it is one of the same length: nearly always.
    exchange: Option<char>,
    /// Longer keys that start with the character, in the order in which they win.
    phrases: Range<u32>,
    /// One bit for each second character (by its last byte) of these keys, to turn away most places at once.
    seconds: u64,
}

#[derive(Debug, Clone)]
struct Phrase {
    key: &'static str,
    value: &'static str,
}

/// A key found in the text.
struct Match {
    len: usize,
    /// `None` leaves the key as it is.
    value: Option<&'static str>,
    /// The value as a character, if that is all that changes.
    exchange: Option<char>,
    /// Whether a dictionary has it, or only the rule for description sequences.
    listed: bool,
}

/// A dictionary: keys and their first values.
pub(super) type Dictionary = Vec<(&'static str, &'static str)>;

impl Stage {
    /// Compiles the dictionaries of a group, the one that wins first.
    pub(super) fn new(group: &[Dictionary]) -> Stage {
        let mut entries: Vec<(char, usize, &'static str, &'static str)> = Vec::new();
        for (rank, dictionary) in group.iter().enumerate() {
            let keyed =
                dictionary.iter().filter_map(|(key, value)| Some((key.chars().next()?, rank, *key, *value)));
            entries.extend(keyed);
        }
        // The first entry of equal keys stays first: the sort is stable.
        entries.sort_by(|a, b| (a.0, a.1, b.2.len()).cmp(&(b.0, b.1, a.2.len())));
        let mut stage = Stage {
            flags: Box::new([0; PLANE]),
            exchanges: Box::new([0; PLANE]),
            slots: Box::new([0; PLANE]),
            beyond: Vec::new(),
            actions: Vec::new(),
            phrases: Vec::new(),
            ascii_keys: entries.iter().any(|entry| !entry.2.bytes().all(|byte| byte >= 0x80)),
        };
        for same_start in entries.chunk_by(|a, b| a.0 == b.0) {
            stage.add(same_start);
        }
        for operator in '\u{2FF0}'..='\u{2FFF}' {
            stage.flag(operator, STOP);
        }
        stage
    }

    /// Adds the entries that start with one character, in the order in which they win.
    fn add(&mut self, entries: &[(char, usize, &'static str, &'static str)]) {
        let start = entries[0].0;
        let first = self.phrases.len() as u32;
        let mut action = Action::default();
        let mut single = false;
        for &(_, _, key, value) in entries {
            let tail = &key[start.len_utf8()..];
            if let Some(second) = tail.chars().next() {
                action.seconds |= second_bit(tail.as_bytes()[second.len_utf8() - 1]);
                self.phrases.push(Phrase { key, value });
                self.flag(second, SECOND);
            } else {
                // The character alone always matches, so nothing after it can.
                single = true;
                action.value = (value != key).then_some(value);
                action.exchange = action.value.and_then(only_character).filter(|_| value.len() == key.len());
                break;
            }
        }
        action.phrases = first..self.phrases.len() as u32;
        if action.value.is_none() && action.phrases.is_empty() && single {
            return;
        }
        let flag = if action.value.is_some() { STOP } else { FIRST };
        self.flag(start, flag);
        if action.phrases.is_empty()
            && let Some(exchange) = action.exchange.and_then(|to| u16::try_from(u32::from(to)).ok())
            && let Some(place) = self.exchanges.get_mut(start as usize)
        {
            *place = exchange;
        }
        self.actions.push(action);
        let slot = self.actions.len() as u16;
        match self.slots.get_mut(start as usize) {
            Some(place) => *place = slot,
            None => self.beyond.push((start, slot)),
        }
    }

    fn flag(&mut self, character: char, flag: u8) {
        if let Some(flags) = self.flags.get_mut(character as usize) {
            *flags |= flag;
        }
    }

    /// Returns what the character alone becomes, or `None` where it stays.
    pub(super) fn character(&self, character: char) -> Option<&'static str> {
        self.action(character).and_then(|action| action.value)
    }

    #[inline]
    fn action(&self, character: char) -> Option<&Action> {
        let slot = match self.slots.get(character as usize) {
            Some(slot) => *slot,
            None => self.beyond[self.beyond.binary_search_by_key(&character, |entry| entry.0).ok()?].1,
        };
        self.actions.get((slot as usize).wrapping_sub(1))
    }

    /// Returns the first place at or after `at` where a key could start, or the end of the text.
    #[inline]
    fn next_stop(&self, text: &str, mut at: usize) -> usize {
        let bytes = text.as_bytes();
        // The character before, if a key could have begun there.
        let mut before = at;
        let mut before_flags = 0;
        while let Some(&lead) = bytes.get(at) {
            let (flags, len) = match bytes.get(at..at + 3) {
                Some(&[0xE0..0xF0, second, third]) => {
                    let high = usize::from(lead & 0x0F) << 12 | usize::from(second & 0x3F) << 6;
                    (self.flags[high | usize::from(third & 0x3F)], 3)
                }
                _ => self.flags_at(text, at),
            };
            if flags & STOP | before_flags << 1 & flags & SECOND != 0 {
                return if before_flags << 1 & flags & SECOND != 0 { before } else { at };
            }
            before = at;
            before_flags = flags & FIRST;
            at += len;
        }
        at
    }

    /// Returns the flags and the length of a character outside the common range.
    #[inline]
    fn flags_at(&self, text: &str, at: usize) -> (u8, usize) {
        let lead = text.as_bytes()[at];
        if lead < 0x80 {
            let ascii = !self.ascii_keys && is_ascii_block(&text.as_bytes()[at..]);
            return if ascii { (0, 8) } else { (self.flags[usize::from(lead)], 1) };
        }
        let character = text[at..].chars().next().unwrap_or_default();
        let beyond = || if self.action(character).is_some() { STOP | SECOND } else { SECOND };
        (self.flags.get(character as usize).copied().unwrap_or_else(beyond), character.len_utf8())
    }

    /// Returns what stands at `at`, a stop, looking no further than `end`.
    #[inline]
    fn match_at(&self, text: &str, at: usize, end: usize) -> Match {
        let rest = &text[at..end];
        let character = rest.chars().next().unwrap_or_default();
        let len = character.len_utf8();
        let Some(action) = self.action(character) else {
            let len = ids::sequence_len(rest).max(len);
            return Match { len, value: None, exchange: None, listed: false };
        };
        if action.seconds != 0
            && let Some(found) = self.phrase(action, rest, len)
        {
            let value = (found.key != found.value).then_some(found.value);
            return Match { len: found.key.len(), value, exchange: None, listed: true };
        }
        Match { len, value: action.value, exchange: action.exchange, listed: action.value.is_some() }
    }

    fn phrase(&self, action: &Action, rest: &str, first_len: usize) -> Option<&Phrase> {
        let bytes = rest.as_bytes();
        let second_len = match bytes.get(first_len)? {
            0..0x80 => 1,
            0x80..0xE0 => 2,
            0xE0..0xF0 => 3,
            _ => 4,
        };
        if action.seconds & second_bit(*bytes.get(first_len + second_len - 1)?) == 0 {
            return None;
        }
        let phrases = &self.phrases[action.phrases.start as usize..action.phrases.end as usize];
        phrases.iter().find(|phrase| bytes.starts_with(phrase.key.as_bytes()))
    }

    /// Returns the places where keys of the stage cut `text`, in order: the start and the end of each key found.
    pub(super) fn cuts(&self, text: &str) -> Vec<usize> {
        let mut cuts = Vec::new();
        let mut at = self.next_stop(text, 0);
        while at < text.len() {
            let found = self.match_at(text, at, text.len());
            if found.listed {
                cuts.extend([at, at + found.len]);
            }
            at = self.next_stop(text, at + found.len);
        }
        cuts
    }

    /// Converts `text`. No key may cross one of `cuts`, which are ascending.
    pub(super) fn run<'t>(&self, text: &'t str, cuts: &[usize]) -> (Cow<'t, str>, Origin) {
        let mut writer = Rewriter::new(text);
        let mut cuts = Cuts { left: cuts, len: text.len() };
        let mut at = self.next_stop(text, 0);
        while at < text.len() {
            at += match self.exchange_at(text, at) {
                Some(character) => {
                    writer.exchange(at..at + 3, character);
                    3
                }
                None => self.change_at(text, at, cuts.next(at), &mut writer),
            };
            at = self.next_stop(text, at);
        }
        writer.finish()
    }

    /// Returns what the character of three bytes at `at` becomes, if that is all there is to it: the quick way.
    #[inline]
    fn exchange_at(&self, text: &str, at: usize) -> Option<char> {
        let &[lead @ 0xE0..0xF0, second, third] = text.as_bytes().get(at..at + 3)? else { return None };
        let high = usize::from(lead & 0x0F) << 12 | usize::from(second & 0x3F) << 6;
        match self.exchanges[high | usize::from(third & 0x3F)] {
            0 => None,
            code => char::from_u32(u32::from(code)),
        }
    }

    /// Changes what stands at `at`, if anything, and returns its length.
    fn change_at(&self, text: &str, at: usize, end: usize, writer: &mut Rewriter<'_>) -> usize {
        let found = self.match_at(text, at, end);
        let old = at..at + found.len;
        match (found.exchange, found.value) {
            (Some(character), _) => writer.exchange(old, character),
            (None, Some(value)) => writer.replace(old, value),
            (None, None) => {}
        }
        found.len
    }
}

/// Returns the character of a text that has just one.
fn only_character(text: &str) -> Option<char> {
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

fn second_bit(last_byte: u8) -> u64 {
    1 << (last_byte & 63)
}

/// Returns whether the first eight bytes are ASCII.
#[inline]
pub(crate) fn is_ascii_block(bytes: &[u8]) -> bool {
    bytes.first_chunk().is_some_and(|block: &[u8; 8]| u64::from_ne_bytes(*block) & 0x8080_8080_8080_8080 == 0)
}

/// The places no key may cross, from left to right.
struct Cuts<'c> {
    left: &'c [usize],
    len: usize,
}

impl Cuts<'_> {
    /// Returns the first cut after `at`, or the end of the text.
    fn next(&mut self, at: usize) -> usize {
        while let [cut, rest @ ..] = self.left {
            if *cut > at {
                return *cut;
            }
            self.left = rest;
        }
        self.len
    }
}
