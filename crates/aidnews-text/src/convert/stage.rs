//! One conversion stage: OpenCC dictionary texts compiled to a table indexed by code point.
//!
//! A stage is a group of dictionaries in order. At each place the first dictionary that has a key there wins, even with
//! a shorter key than a later one; inside a dictionary the longest key wins. Most characters start no key, and one bit
//! each says so: unchanged stretches are passed over without a look-up.

use std::borrow::Cow;
use std::ops::Range;

use super::ids;
use crate::origin::Origin;
use crate::rewrite::Rewriter;

/// Code points of one page of the index.
const PAGE: usize = 256;

/// A stage, ready to run.
#[derive(Debug)]
pub(super) struct Stage {
    /// One bit for each code point of the basic plane at which the walk has to stop.
    stops: Box<[u64]>,
    /// Where the page of a code point begins in `slots`; page 0 is all empty.
    pages: Box<[u16]>,
    /// For each code point 0 or one more than the place of its action.
    slots: Vec<u16>,
    actions: Vec<Action>,
    phrases: Vec<Phrase>,
    /// Whether any key starts with an ASCII character (BMW集團 does).
    ascii_keys: bool,
}

/// What happens at one character.
#[derive(Debug, Default, Clone)]
struct Action {
    /// What the character alone becomes; `None` leaves it.
    value: Option<&'static str>,
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
            stops: vec![0; 0x10000 / 64].into(),
            pages: vec![0; 0x110000 / PAGE].into(),
            slots: vec![0; PAGE],
            actions: Vec::new(),
            phrases: Vec::new(),
            ascii_keys: entries.first().is_some_and(|entry| entry.0.is_ascii()),
        };
        for same_start in entries.chunk_by(|a, b| a.0 == b.0) {
            stage.add(same_start);
        }
        for operator in '\u{2FF0}'..='\u{2FFF}' {
            stage.stop_at(operator);
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
            } else {
                // The character alone always matches, so nothing after it can.
                single = true;
                action.value = (value != key).then_some(value);
                break;
            }
        }
        action.phrases = first..self.phrases.len() as u32;
        if action.value.is_none() && action.phrases.is_empty() && single {
            return;
        }
        self.actions.push(action);
        let slot = self.actions.len() as u16;
        let code = start as usize;
        if self.pages[code / PAGE] == 0 {
            self.pages[code / PAGE] = (self.slots.len() / PAGE) as u16;
            self.slots.resize(self.slots.len() + PAGE, 0);
        }
        let at = self.pages[code / PAGE] as usize * PAGE + code % PAGE;
        self.slots[at] = slot;
        self.stop_at(start);
    }

    fn stop_at(&mut self, character: char) {
        if let Some(word) = self.stops.get_mut(character as usize / 64) {
            *word |= 1 << (character as usize % 64);
        }
    }

    /// Returns what the character alone becomes, or `None` where it stays.
    pub(super) fn character(&self, character: char) -> Option<&'static str> {
        self.action(character).and_then(|action| action.value)
    }

    fn action(&self, character: char) -> Option<&Action> {
        let code = character as usize;
        let slot = self.slots[self.pages[code / PAGE] as usize * PAGE + code % PAGE];
        self.actions.get((slot as usize).wrapping_sub(1))
    }

    /// Returns the first place at or after `at` where a key could start, or the end of the text.
    #[inline]
    fn next_stop(&self, text: &str, mut at: usize) -> usize {
        let bytes = text.as_bytes();
        let stops: &[u64; 1024] =
            (&*self.stops).try_into().expect("there is a bit for each of 65,536 characters");
        while at < bytes.len() {
            let lead = bytes[at];
            if lead < 0x80 {
                if self.ascii_keys && stops[usize::from(lead) / 64] >> (lead % 64) & 1 == 1 {
                    return at;
                }
                at += 1;
                continue;
            }
            let (code, len) = match (lead, &bytes[at..]) {
                (0xE0..0xF0, &[_, second, third, ..]) => {
                    let high = (u32::from(lead) & 0x0F) << 12 | (u32::from(second) & 0x3F) << 6;
                    (high | u32::from(third) & 0x3F, 3)
                }
                (0x80..0xE0, &[_, second, ..]) => {
                    ((u32::from(lead) & 0x1F) << 6 | u32::from(second) & 0x3F, 2)
                }
                _ => {
                    let character = text[at..].chars().next().unwrap_or_default();
                    if self.action(character).is_some() {
                        return at;
                    }
                    at += character.len_utf8();
                    continue;
                }
            };
            if stops[(code >> 6) as usize & 1023] >> (code & 63) & 1 == 1 {
                return at;
            }
            at += len;
        }
        at
    }

    /// Returns what stands at `at`, a stop, looking no further than `end`.
    #[inline]
    fn match_at(&self, text: &str, at: usize, end: usize) -> Match {
        let rest = &text[at..end];
        let character = rest.chars().next().unwrap_or_default();
        let len = character.len_utf8();
        let Some(action) = self.action(character) else {
            let len = ids::sequence_len(rest).max(len);
            return Match { len, value: None, listed: false };
        };
        if action.seconds != 0
            && let Some(found) = self.phrase(action, rest, len)
        {
            let value = (found.key != found.value).then_some(found.value);
            return Match { len: found.key.len(), value, listed: true };
        }
        Match { len, value: action.value, listed: action.value.is_some() }
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
        let mut walk = Walk { stage: self, text, cuts, at: 0 };
        while let Some((start, found)) = walk.next_change() {
            writer.replace(start..start + found.len, found.value.unwrap_or_default());
        }
        writer.finish()
    }
}

fn second_bit(last_byte: u8) -> u64 {
    1 << (last_byte & 63)
}

/// The changes of a text, one after the other.
struct Walk<'s, 't> {
    stage: &'s Stage,
    text: &'t str,
    cuts: &'s [usize],
    at: usize,
}

impl Walk<'_, '_> {
    #[inline]
    fn next_change(&mut self) -> Option<(usize, Match)> {
        loop {
            let at = self.stage.next_stop(self.text, self.at);
            if at >= self.text.len() {
                return None;
            }
            let end = self.next_cut(at);
            let found = self.stage.match_at(self.text, at, end);
            self.at = at + found.len;
            if found.value.is_some() {
                return Some((at, found));
            }
        }
    }

    fn next_cut(&mut self, at: usize) -> usize {
        while let [cut, rest @ ..] = self.cuts {
            if *cut > at {
                return *cut;
            }
            self.cuts = rest;
        }
        self.text.len()
    }
}
