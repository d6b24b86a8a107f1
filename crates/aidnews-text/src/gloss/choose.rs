//! Which character was written where a byte was lost, and how sure that is.

use super::context::Context;
use super::cp936::Cp936;
use super::edit::Class;
use super::lattice::{Pending, Step, Taken, starts_private_use};
use super::symbol::{LOST, fold};
use super::token::{Bytes, Token};

/// How many candidates are weighed with words.
const WEIGHED: usize = 12;

/// How much the words around a candidate count beside its sequences of three.
const WORDS: f32 = 0.5;

/// What a bracket costs that has no partner.
const UNMATCHED: f32 = -4.0;

/// How many characters on each side a word may use.
const WINDOW: usize = 5;

/// The margin from which an open choice is trusted, in nats.
const TRUSTED: f32 = 5.0;

/// The worst mean over three characters that a restored stretch may have, in nats.
const IMPLAUSIBLE: f32 = -8.5;

/// A character of the restored line.
#[derive(Debug, Clone)]
pub(super) struct Written {
    /// Its place in the path.
    pub(super) taken: usize,
    pub(super) character: char,
    /// `None` where the character stands as it was seen.
    pub(super) class: Option<Class>,
    /// What could stand here, if not one character alone.
    pub(super) candidates: Vec<char>,
    /// How much better than the second candidate it is, in nats.
    pub(super) margin: f32,
}

impl Written {
    /// Takes the smaller margin of two passes; passes that disagree leave none.
    pub(super) fn agree(&mut self, before: Option<(char, f32)>) {
        match before {
            Some((character, margin)) if character == self.character => self.margin = self.margin.min(margin),
            _ => self.margin = 0.0,
        }
        self.judge();
    }

    /// Tells a choice that can be trusted from a guess.
    fn judge(&mut self) {
        if matches!(self.class, Some(Class::Open | Class::Uncertain)) {
            self.class = Some(if self.margin >= TRUSTED { Class::Open } else { Class::Uncertain });
        }
    }
}

/// Returns the characters of a line along a path, with the best candidate wherever bytes were lost.
pub(super) fn written(text: &str, tokens: &[Token], path: &[Taken], context: &Context) -> Vec<Written> {
    let mut line = unfold(text, tokens, path, context);
    let open: Vec<usize> = (0..line.len()).filter(|&at| line[at].candidates.len() > 1).collect();
    open.iter().for_each(|&at| weigh(&mut line, at, context));
    // Where two lost characters stand side by side, a second round sees the first one's choice.
    let near = |a: usize, b: usize| b - a <= WINDOW;
    for (nth, &at) in open.iter().enumerate() {
        let before = nth.checked_sub(1).is_some_and(|before| near(open[before], at));
        if before || open.get(nth + 1).is_some_and(|&after| near(at, after)) {
            weigh(&mut line, at, context);
        }
    }
    mark_implausible(&mut line, path, context);
    line
}

/// What is known of a byte.
enum Lead {
    Waits(Pending),
    OneOf(Vec<u8>),
}

impl Lead {
    fn allows(&self, lead: u8, code: &Cp936) -> bool {
        match self {
            Lead::Waits(pending) => pending.allows(lead, code),
            Lead::OneOf(leads) => leads.contains(&lead),
        }
    }

    fn is_seen(&self) -> bool {
        matches!(self, Lead::Waits(Pending::Byte(_)))
    }
}

/// Follows the path and notes for every character what its bytes leave open.
fn unfold(text: &str, tokens: &[Token], path: &[Taken], context: &Context) -> Vec<Written> {
    let code = Cp936::get();
    let mut line: Vec<Written> = Vec::with_capacity(path.len());
    let mut lead = Lead::Waits(Pending::Nothing);
    for (taken, &Taken { token: at, step }) in path.iter().enumerate() {
        let token = &tokens[at];
        let reading = token.reading(text);
        let mut write = |character, class, candidates| {
            line.push(Written { taken, character, class, candidates, margin: 0.0 });
        };
        match step {
            Step::Literal | Step::Gloss => write(token.character, None, Vec::new()),
            Step::Start(Pending::Byte(byte)) => {
                let trail = line
                    .last()
                    .and_then(|last| code.pair(full_width(last.character)))
                    .map_or(0, |pair| pair.1);
                lead = leads(trail, reading.unwrap_or_default(), byte, context);
            }
            Step::Start(pending) => lead = Lead::Waits(pending),
            Step::Inner(character) => {
                let (trail, next) = match token.bytes {
                    Bytes::Two(pair) => pair,
                    Bytes::One(byte) => (0xa3, byte + 0x80),
                    Bytes::Query | Bytes::Foreign => (0xa3, 0xbf),
                };
                let (class, candidates) = lost_lead(&lead, character, trail, None, context);
                write(character, Some(class), candidates);
                lead = Lead::Waits(Pending::Byte(next));
            }
            Step::End(character) => {
                let (class, candidates) = match (token.bytes, reading) {
                    (Bytes::One(trail), _) => lost_lead(&lead, character, trail, reading, context),
                    (_, Some(reading)) => open(character, torn(&lead, reading, context)),
                    (_, None) => open(character, lost_trail(&lead, character, context)),
                };
                write(character, Some(class), candidates);
            }
            Step::EndSwallowed(character) => {
                let (class, candidates) = open(character, lost_trail(&lead, character, context));
                write(character, Some(class), candidates);
                write(LOST, Some(Class::Swallowed), Vec::new());
            }
            Step::EndAscii(character) => {
                let (trail, ascii) = match token.bytes {
                    Bytes::Two(pair) => pair,
                    _ => continue,
                };
                let (class, candidates) = lost_lead(&lead, character, trail, None, context);
                write(character, Some(class), candidates);
                write(char::from(ascii), Some(Class::Known), Vec::new());
            }
            Step::Restart(character, next) => {
                let candidates = straddled(&lead, reading.unwrap_or_default(), next, context);
                let (class, candidates) = open(character, candidates);
                write(character, Some(class), candidates);
                lead = Lead::Waits(Pending::Byte(next));
            }
            Step::Both(character) => {
                let candidates = context.script.with_reading(reading.unwrap_or_default()).to_vec();
                let (class, candidates) = open(character, candidates);
                write(character, Some(class), candidates);
            }
            Step::LastMark(character) => write(character, Some(Class::LastMark), Vec::new()),
            Step::DeletedPair(character) => {
                let mut candidates = lost_trail(&lead, character, context);
                candidates.retain(|&c| code.pair(c).is_some_and(|pair| starts_private_use(pair.1)));
                write(character, Some(Class::DeletedPair), candidates);
                let trail = code.pair(character).map_or(0, |pair| pair.1);
                lead = Lead::Waits(Pending::Deleted(trail));
            }
        }
    }
    line
}

/// Returns the wide form of an ASCII character, whose bytes it had before a later hand.
fn full_width(character: char) -> char {
    match character {
        '\x21'..='\x7e' => char::from_u32(character as u32 + 0xfee0).unwrap_or(character),
        _ => character,
    }
}

/// Returns the leads that a reading behind a lost byte leaves: those that make an annotated character with `trail`.
fn leads(trail: u8, reading: &str, chosen: u8, context: &Context) -> Lead {
    let code = Cp936::get();
    let pairs = context.script.with_reading(reading).iter().filter_map(|&c| code.pair(c));
    let leads: Vec<u8> = pairs.filter(|pair| pair.0 == trail && pair.1 >= 0x81).map(|pair| pair.1).collect();
    if leads.len() > 1 { Lead::OneOf(leads) } else { Lead::Waits(Pending::Byte(chosen)) }
}

/// Returns the candidates of a character whose trail was seen.
fn lost_lead(
    lead: &Lead,
    chosen: char,
    trail: u8,
    reading: Option<&str>,
    context: &Context,
) -> (Class, Vec<char>) {
    if lead.is_seen() {
        return (Class::Known, Vec::new());
    }
    let code = Cp936::get();
    let fits = |c: &char| {
        code.pair(*c).is_some_and(|pair| lead.allows(pair.0, code))
            && reading.is_none_or(|reading| context.script.annotates(*c, reading))
    };
    let candidates = context.script.with_trail(trail).iter().copied().filter(fits).collect();
    if matches!(lead, Lead::Waits(Pending::Deleted(_))) {
        return (Class::DeletedPair, candidates);
    }
    open(chosen, candidates)
}

/// Returns the candidates of a character whose trail was lost and whose reading stayed.
fn torn(lead: &Lead, reading: &str, context: &Context) -> Vec<char> {
    let code = Cp936::get();
    let fits = |c: &char| code.pair(*c).is_some_and(|pair| lead.allows(pair.0, code));
    context.script.with_reading(reading).iter().copied().filter(fits).collect()
}

/// Returns the candidates of a character whose trail makes an annotated character with the lead that waits next.
fn straddled(lead: &Lead, reading: &str, next: u8, context: &Context) -> Vec<char> {
    let Lead::Waits(Pending::Byte(lead)) = lead else {
        return Vec::new();
    };
    let code = Cp936::get();
    let pairs = context.script.with_reading(reading).iter().filter_map(|&c| code.pair(c));
    pairs.filter(|pair| pair.1 == next).filter_map(|pair| code.character(*lead, pair.0)).collect()
}

/// Returns the candidates of a character whose trail was lost.
fn lost_trail(lead: &Lead, chosen: char, context: &Context) -> Vec<char> {
    let (code, script) = (Cp936::get(), context.script);
    let cut_off = |c: &char| code.pair(*c).is_some_and(|pair| pair.1 >= 0x81);
    match lead {
        Lead::Waits(Pending::Byte(lead)) => script.with_lead(*lead).iter().copied().filter(cut_off).collect(),
        Lead::OneOf(leads) => {
            leads.iter().flat_map(|&lead| script.with_lead(lead)).copied().filter(cut_off).collect()
        }
        // Both bytes lost: the trail is the first byte of the mark that followed.
        Lead::Waits(_) => {
            let trail = code.pair(chosen).map_or(0, |pair| pair.1);
            script.with_trail(trail).to_vec()
        }
    }
}

/// One candidate is no choice.
fn open(chosen: char, mut candidates: Vec<char>) -> (Class, Vec<char>) {
    if !candidates.contains(&chosen) {
        candidates.push(chosen);
    }
    candidates.sort_unstable();
    candidates.dedup();
    if candidates.len() > 1 { (Class::Open, candidates) } else { (Class::Known, Vec::new()) }
}

/// Puts the best candidate in its place and notes its margin.
fn weigh(line: &mut [Written], at: usize, context: &Context) {
    let candidates = std::mem::take(&mut line[at].candidates);
    let mut scored: Vec<(f32, char)> =
        candidates.iter().map(|&c| (sequences(line, at, c, context), c)).collect();
    sort(&mut scored);
    scored.truncate(WEIGHED);
    let mut window = folded_window(line, at, context);
    for (score, character) in &mut scored {
        window.1[window.0] = fold(context.script.simplified(*character));
        *score += WORDS * context.model.segmentation(&window.1);
    }
    sort(&mut scored);
    let place = &mut line[at];
    place.candidates = candidates;
    if let Some(&(best, character)) = scored.first() {
        place.character = character;
        place.margin = scored.get(1).map_or(f32::INFINITY, |second| best - second.0);
    }
    place.judge();
}

fn sort(scored: &mut [(f32, char)]) {
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
}

/// Returns the logarithm of the three sequences of three that contain the place, with `character` in it.
fn sequences(line: &[Written], at: usize, character: char, context: &Context) -> f32 {
    let symbol = |offset: isize| {
        let place = at.checked_add_signed(offset).and_then(|place| line.get(place));
        place.map_or(super::model::EDGE, |w| context.symbol(w.character))
    };
    let own = context.symbol(character);
    let bracket = if is_unmatched(line, at, character) { UNMATCHED } else { 0.0 };
    let odd = context.oddness(character, true) + context.habit(character) + bracket;
    let [a, b, d, e] = [-2, -1, 1, 2].map(symbol);
    odd + context.log(a, b, own) + context.log(b, own, d) + context.log(own, d, e)
}

/// Brackets and quotes that come in pairs.
const BRACKETS: [(char, char); 8] = [
    ('“', '”'),
    ('‘', '’'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('【', '】'),
    ('〈', '〉'),
    ('（', '）'),
];

/// Returns whether `character` closes what is not open at `at`, or opens what is.
fn is_unmatched(line: &[Written], at: usize, character: char) -> bool {
    let Some((open, close)) = BRACKETS.iter().find(|pair| character == pair.0 || character == pair.1) else {
        return false;
    };
    // Full-width brackets may be ASCII by now.
    let same = |c: char, bracket: char| c == bracket || (bracket >= '\u{ff01}' && fold(c) == fold(bracket));
    let mut before = line[..at].iter().rev().map(|w| w.character);
    let last = before.find(|&c| same(c, *open) || same(c, *close));
    last.is_some_and(|c| same(c, *open)) != (character == *close)
}

/// Returns the characters around a place as words see them, and where the place is among them.
fn folded_window(line: &[Written], at: usize, context: &Context) -> (usize, Vec<char>) {
    let (from, to) = (at.saturating_sub(WINDOW), line.len().min(at + WINDOW + 1));
    let fold = |w: &Written| fold(context.script.simplified(w.character));
    (at - from, line[from..to].iter().map(fold).collect())
}

/// Marks every restored stretch that reads like nothing.
fn mark_implausible(line: &mut [Written], path: &[Taken], context: &Context) {
    let symbols: Vec<_> = line.iter().map(|w| context.symbol(w.character)).collect();
    let log = |at: usize| {
        let [a, b] =
            [2, 1].map(|back| at.checked_sub(back).map_or(super::model::EDGE, |place| symbols[place]));
        context.log(a, b, symbols[at]) + context.oddness(line[at].character, false)
    };
    let mut doubtful = Vec::new();
    let mut start = 0;
    while start < line.len() {
        if line[start].class.is_none() {
            start += 1;
            continue;
        }
        let same = |at: usize| line[at].class.is_some() && (at == start || !opens(path, line, at));
        let end = (start..line.len()).take_while(|&at| same(at)).last().map_or(start + 1, |last| last + 1);
        // A stretch of one or two characters is judged with what follows it.
        let judged = line.len().min(end.max(start + 3));
        let logs: Vec<f32> = (start..judged).map(log).collect();
        let worst = logs
            .windows(3.min(logs.len()))
            .map(|w| w.iter().sum::<f32>() / w.len() as f32)
            .fold(0.0, f32::min);
        if worst < IMPLAUSIBLE {
            doubtful.push(start..end);
        }
        start = end;
    }
    for range in doubtful {
        line[range].iter_mut().for_each(|w| w.class = Some(Class::Implausible));
    }
}

/// Returns whether a new stretch begins with the character at `at`.
fn opens(path: &[Taken], line: &[Written], at: usize) -> bool {
    let taken = line[at].taken;
    matches!(path[taken].step, Step::Both(_)) || (taken > 0 && matches!(path[taken - 1].step, Step::Start(_)))
}
