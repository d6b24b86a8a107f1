//! The search for what was written: a beam over every way to read the bytes of a stretch.
//!
//! In an aligned state characters begin where they seem to. In a shifted state one byte is pending, the lead of the
//! next original character; what is seen are the trail of one character and the lead of the next. Aligned text has
//! one reading and is passed over; the search starts at a `?` and ends where one aligned state is left.

use super::context::Context;
use super::cp936::Cp936;
use super::model::{EDGE, Symbol};
use super::symbol::LOST;
use super::token::{Bytes, Token};

/// Costs in nats, as the damage model of clone sites gives them.
const LITERAL_QUERY: f32 = 2.0;
const LITERAL_READING: f32 = 24.0;
const START: f32 = 4.0;
const BOTH_LOST: f32 = 9.0;
const END_BY_CUT: f32 = 1.5;
const SWALLOWED: f32 = 6.5;
const DELETED_PAIR: f32 = 3.0;

/// In front of how many states a deleted pair is looked for, and how many characters before it are followed up.
const DELETED_STATES: usize = 6;
const DELETED_CANDIDATES: usize = 4;

/// The marks that begin with A3 and end a paragraph, by how often they do.
const LAST_MARKS: [(char, f32); 5] = [('！', 1.5), ('：', 2.5), ('？', 3.0), ('；', 3.0), ('）', 3.0)];

/// How many states are kept, how many of each phase at least, and how far behind the best.
const BEAM: usize = 80;
const EACH_PHASE: usize = 20;
const BEHIND: f32 = 60.0;

/// A trail byte that is not known.
const NO_TRAIL: u8 = 0;

/// The lead byte that waits for its trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Pending {
    /// Nothing waits: the state is aligned.
    Nothing,
    /// This byte.
    Byte(u8),
    /// A byte that was lost in a cut.
    Lost,
    /// The second byte of a deleted private-use pair that began with this one.
    Deleted(u8),
}

/// What became of a token on a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// It stays as it is, with its reading.
    Literal,
    /// Its character stays, its reading goes.
    Gloss,
    /// It was the start of a shifted stretch; what waits now, and whether a reading told it.
    Start(Pending),
    /// It gave a character its trail and the next one its lead.
    Inner(char),
    /// It gave a character its trail and ended the stretch.
    End(char),
    /// The same, and an ASCII character was lost with it.
    EndSwallowed(char),
    /// It gave a character its trail, and its second byte was an ASCII character of its own: `”D` seen as 盌.
    EndAscii(char),
    /// A cut moved the text up to a start by a reading: its `?` went with the trail of the character. What waits now.
    Restart(char, u8),
    /// It is one character that lost both bytes and kept its reading.
    Both(char),
    /// A clause mark that lost its trail before a tag.
    LastMark(char),
    /// A private-use pair was deleted in front of the token; the token is still to come.
    DeletedPair(char),
}

/// A step and the token it belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken {
    pub(super) token: usize,
    pub(super) step: Step,
}

/// The last two symbols and the trail byte of the last character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct History {
    before: Symbol,
    last: Symbol,
    trail: u8,
}

impl History {
    pub(super) const LINE_START: History = History { before: EDGE, last: EDGE, trail: NO_TRAIL };

    fn then(self, symbol: Symbol, trail: u8) -> History {
        History { before: self.last, last: symbol, trail }
    }
}

#[derive(Debug, Clone, Copy)]
struct State {
    pending: Pending,
    history: History,
    score: f32,
    node: u32,
}

/// A trail byte that a token gives to the pending lead.
struct Reached<'r> {
    trail: u8,
    /// The reading that the character must have, if the site put one behind it.
    reading: Option<&'r str>,
    step: fn(char) -> Step,
    /// What waits then.
    pending: Pending,
}

struct Node {
    previous: u32,
    taken: Taken,
}

const ROOT: u32 = u32::MAX;

/// The search over one line.
pub(super) struct Lattice<'a> {
    text: &'a str,
    tokens: &'a [Token],
    context: &'a Context,
    code: &'static Cp936,
    /// Whether private-use characters may have been deleted from the document.
    deletions: bool,
    nodes: Vec<Node>,
    next: Vec<State>,
}

impl<'a> Lattice<'a> {
    pub(super) fn new(text: &'a str, tokens: &'a [Token], context: &'a Context, deletions: bool) -> Self {
        let code = Cp936::get();
        Lattice { text, tokens, context, code, deletions, nodes: Vec::new(), next: Vec::new() }
    }

    /// Returns what became of every token of the line, in order; `Err` tokens could not be explained.
    pub(super) fn read(&mut self) -> (Vec<Taken>, Vec<usize>) {
        let (mut path, mut failed) = (Vec::with_capacity(self.tokens.len()), Vec::new());
        let mut history = History::LINE_START;
        let mut at = 0;
        while at < self.tokens.len() {
            if self.tokens[at].bytes != Bytes::Query {
                path.push(Taken { token: at, step: self.aligned_step(at, history) });
                history = self.after_literal(history, at);
                at += 1;
                continue;
            }
            let (states, end) = self.search(at, history);
            match best_aligned(&states, |state| self.ending(state, end)) {
                Some(state) => {
                    self.trace(state.node, &mut path);
                    history = state.history;
                }
                None => {
                    for token in at..end {
                        path.push(Taken { token, step: self.aligned_step(token, history) });
                        history = self.after_literal(history, token);
                    }
                    failed.push(at);
                }
            }
            at = end;
        }
        (path, failed)
    }

    /// Searches from a `?` on and returns the states where the search ended, and the token after it.
    fn search(&mut self, start: usize, history: History) -> (Vec<State>, usize) {
        self.nodes.clear();
        let mut states = vec![State { pending: Pending::Nothing, history, score: 0.0, node: ROOT }];
        for at in start..self.tokens.len() {
            self.next.clear();
            for (rank, state) in states.iter().enumerate() {
                self.expand(*state, rank, at);
            }
            if self.next.is_empty() {
                return (Vec::new(), at + 1);
            }
            prune(&mut self.next);
            std::mem::swap(&mut states, &mut self.next);
            if let [only] = states[..]
                && only.pending == Pending::Nothing
            {
                return (states, at + 1);
            }
        }
        (states, self.tokens.len())
    }

    /// Returns the score of a state, with the end of the line if this is it.
    fn ending(&self, state: &State, end: usize) -> f32 {
        let History { before, last, .. } = state.history;
        let border = if end == self.tokens.len() { self.context.log(before, last, EDGE) } else { 0.0 };
        state.score + border
    }

    fn trace(&self, mut node: u32, path: &mut Vec<Taken>) {
        let from = path.len();
        while let Some(found) = self.nodes.get(node as usize) {
            path.push(found.taken);
            node = found.previous;
        }
        path[from..].reverse();
    }

    /// Returns what becomes of a token in aligned text.
    fn aligned_step(&self, at: usize, history: History) -> Step {
        let token = &self.tokens[at];
        let Some(reading) = token.reading(self.text) else {
            return Step::Literal;
        };
        let carrier = match token.bytes {
            Bytes::One(byte) => {
                self.code.character(history.trail.max(0x81), byte).filter(|_| history.trail > 0x80)
            }
            Bytes::Two(_) => Some(token.character),
            Bytes::Query | Bytes::Foreign => None,
        };
        let annotated = carrier.is_some_and(|c| self.context.script.annotates(c, reading));
        if annotated { Step::Gloss } else { Step::Literal }
    }

    fn after_literal(&self, history: History, at: usize) -> History {
        let token = &self.tokens[at];
        history.then(self.context.symbol(token.character), literal_trail(token))
    }

    fn expand(&mut self, state: State, rank: usize, at: usize) {
        if state.pending == Pending::Nothing {
            return self.expand_aligned(state, at);
        }
        let token = &self.tokens[at];
        if self.deletions
            && rank < DELETED_STATES
            && let Pending::Byte(lead) = state.pending
        {
            self.expand_deleted_pair(state, lead, at);
        }
        match token.bytes {
            Bytes::Two((trail, lead)) => self.expand_inner(state, trail, Pending::Byte(lead), at),
            Bytes::One(byte) => self.expand_ascii(state, byte, at),
            Bytes::Query => self.expand_query(state, at),
            Bytes::Foreign => {}
        }
    }

    fn expand_aligned(&mut self, state: State, at: usize) {
        let token = &self.tokens[at];
        let (symbol, trail) = (self.context.symbol(token.character), literal_trail(token));
        let History { before, last, trail: previous } = state.history;
        let fit = self.context.log(before, last, symbol) + self.context.oddness(token.character, false);
        let step = self.aligned_step(at, state.history);
        let strange = match (token.bytes, &token.reading, step) {
            (Bytes::Query, Some(_), _) => LITERAL_READING,
            (Bytes::Query, None, _) => LITERAL_QUERY,
            (_, Some(_), Step::Literal) => LITERAL_READING,
            _ => 0.0,
        };
        self.push(state, at, step, Pending::Nothing, state.history.then(symbol, trail), fit - strange);
        if token.bytes != Bytes::Query {
            return;
        }
        let Some(reading) = token.reading(self.text) else {
            let cut = self.tokens.get(at + 1).is_some_and(Token::is_clause_mark);
            if cut {
                self.push(state, at, Step::Start(Pending::Lost), Pending::Lost, state.history, -START);
            }
            return;
        };
        for &character in self.context.script.with_reading(reading) {
            let list = self.context.against_list(character, Some(reading));
            let (lead, trail) = self.code.pair(character).unwrap_or_default();
            if lead == previous && previous != NO_TRAIL && trail >= 0x81 {
                let pending = Pending::Byte(trail);
                self.push(state, at, Step::Start(pending), pending, state.history, list - START);
            }
            self.emit(state, at, Step::Both(character), character, Pending::Nothing, list - BOTH_LOST);
        }
    }

    /// A two-byte token in shifted text: the trail of one character and the lead of the next.
    fn expand_inner(&mut self, state: State, trail: u8, pending: Pending, at: usize) {
        let token = &self.tokens[at];
        if let Some(reading) = token.reading(self.text)
            && !self.context.script.annotates(token.character, reading)
        {
            return;
        }
        let reached = match pending {
            Pending::Byte(0..0x80) => {
                Reached { trail, reading: None, step: Step::EndAscii, pending: Pending::Nothing }
            }
            _ => Reached { trail, reading: None, step: Step::Inner, pending },
        };
        self.complete(state, at, &reached);
    }

    fn expand_ascii(&mut self, state: State, byte: u8, at: usize) {
        let reading = self.tokens[at].reading(self.text);
        if (0x40..=0x80).contains(&byte) && byte != 0x7f {
            let reached = Reached { trail: byte, reading, step: Step::End, pending: Pending::Nothing };
            self.complete(state, at, &reached);
        }
        if (0x21..=0x7e).contains(&byte) && reading.is_none() {
            self.expand_inner(state, 0xa3, Pending::Byte(byte + 0x80), at);
        }
    }

    fn expand_query(&mut self, state: State, at: usize) {
        let token = &self.tokens[at];
        if let Some(reading) = token.reading(self.text) {
            return self.expand_torn_reading(state, reading, at);
        }
        let next = self.tokens.get(at + 1);
        let at_end = token.remnant.is_some() || next.is_none();
        if at_end && state.pending == Pending::Byte(0xa3) {
            for (mark, cost) in LAST_MARKS {
                self.emit(state, at, Step::LastMark(mark), mark, Pending::Nothing, -cost);
            }
        } else if at_end || next.is_some_and(Token::is_clause_mark) {
            self.expand_lost_trail(state, at, END_BY_CUT, Step::End);
        } else {
            self.expand_lost_trail(state, at, SWALLOWED, Step::EndSwallowed);
        }
        // The mark itself, made ASCII later.
        if token.character == '?' {
            self.expand_inner(state, 0xa3, Pending::Byte(0xbf), at);
        }
    }

    /// `?lián)` in shifted text: the trail went with the bracket, the reading says what it was.
    fn expand_torn_reading(&mut self, state: State, reading: &str, at: usize) {
        for &character in self.context.script.with_reading(reading) {
            let lead = self.code.pair(character).unwrap_or_default().0;
            if state.pending.allows(lead, self.code) {
                let list = self.context.against_list(character, Some(reading));
                self.emit(state, at, Step::End(character), character, Pending::Nothing, list);
            }
        }
        let Pending::Byte(lead) = state.pending else { return };
        for &straddling in self.context.script.with_reading(reading) {
            let (trail, next) = self.code.pair(straddling).unwrap_or_default();
            if next < 0x81 || trail < 0x81 {
                continue;
            }
            if let Some(character) = self.code.character(lead, trail) {
                let list = self.context.against_list(straddling, Some(reading));
                let list = list + self.context.against_list(character, None);
                let step = Step::Restart(character, next);
                self.emit(state, at, step, character, Pending::Byte(next), list - START - END_BY_CUT);
            }
        }
    }

    /// A `?` in shifted text that was the trail of a character.
    fn expand_lost_trail(&mut self, state: State, at: usize, cost: f32, step: fn(char) -> Step) {
        let script = self.context.script;
        match state.pending {
            Pending::Byte(lead) => {
                for &character in script.with_lead(lead) {
                    if self.code.pair(character).is_some_and(|(_, trail)| trail >= 0x81) {
                        let list = self.context.against_list(character, None);
                        self.emit(state, at, step(character), character, Pending::Nothing, list - cost);
                    }
                }
            }
            // Both bytes lost in two cuts: the trail was cut off before the mark whose first byte it seemed to be.
            Pending::Lost => {
                let mark = self.tokens.get(at + 1).filter(|token| token.is_clause_mark());
                if let Some(mark) = mark {
                    let trail = if mark.character == '。' { 0xa3 } else { 0xa1 };
                    for &character in script.with_trail(trail) {
                        let list = self.context.against_list(character, None);
                        self.emit(state, at, step(character), character, Pending::Nothing, list - cost);
                    }
                }
            }
            Pending::Deleted(_) | Pending::Nothing => {}
        }
    }

    /// A private-use pair between two tokens that a later hand has deleted.
    fn expand_deleted_pair(&mut self, state: State, lead: u8, at: usize) {
        let Bytes::Two((trail, next)) = self.tokens[at].bytes else {
            return;
        };
        let History { before, last, .. } = state.history;
        let fit = |c: char| {
            let list = self.context.against_list(c, None);
            (self.context.log(before, last, self.context.symbol(c)) + list, c)
        };
        let leads = self.context.script.with_lead(lead).iter().copied();
        let pairs = leads.filter(|&c| self.code.pair(c).is_some_and(|pair| starts_private_use(pair.1)));
        let mut fits: Vec<(f32, char)> = pairs.map(fit).collect();
        fits.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (gain, character) in fits.into_iter().take(DELETED_CANDIDATES) {
            let first = self.code.pair(character).map_or(NO_TRAIL, |pair| pair.1);
            let node = self.node(state, Taken { token: at, step: Step::DeletedPair(character) });
            let history = state.history.then(self.context.symbol(character), first);
            let score = state.score + gain - DELETED_PAIR;
            let middle = State { pending: Pending::Deleted(first), history, score, node };
            self.expand_inner(middle, trail, Pending::Byte(next), at);
        }
    }

    /// Gives the pending lead the trail that `reached` says.
    fn complete(&mut self, state: State, at: usize, reached: &Reached) {
        let (script, code) = (self.context.script, self.code);
        let carries = |c: char| reached.reading.is_none_or(|reading| script.annotates(c, reading));
        let mut take = |character: char| {
            let list = self.context.against_list(character, reached.reading);
            self.emit(state, at, (reached.step)(character), character, reached.pending, list);
        };
        match state.pending {
            Pending::Byte(lead) => {
                code.character(lead, reached.trail).filter(|&c| carries(c)).into_iter().for_each(&mut take);
            }
            lost => {
                let allowed = |c: &char| code.pair(*c).is_some_and(|pair| lost.allows(pair.0, code));
                let candidates = script.with_trail(reached.trail).iter().copied();
                candidates.filter(|c| allowed(c) && carries(*c)).for_each(&mut take);
            }
        }
    }

    /// Adds a state that has written `character`.
    fn emit(&mut self, state: State, at: usize, step: Step, character: char, pending: Pending, gain: f32) {
        let symbol = self.context.symbol(character);
        let History { before, last, .. } = state.history;
        let guessed = !matches!(step, Step::Inner(_)) && self.tokens[at].bytes == Bytes::Query;
        let mut fit = self.context.log(before, last, symbol) + self.context.oddness(character, guessed);
        let trail = self.code.pair(character).map_or(NO_TRAIL, |pair| pair.1);
        let mut history = state.history.then(symbol, trail);
        if matches!(step, Step::EndSwallowed(_)) {
            history = history.then(self.context.symbol(LOST), NO_TRAIL);
        }
        if let (Step::EndAscii(_), Bytes::Two((_, ascii))) = (step, self.tokens[at].bytes) {
            let ascii = self.context.symbol(char::from(ascii));
            fit += self.context.log(last, symbol, ascii);
            history = history.then(ascii, NO_TRAIL);
        }
        self.push(state, at, step, pending, history, fit + gain);
    }

    fn push(&mut self, state: State, at: usize, step: Step, pending: Pending, history: History, gain: f32) {
        let node = self.node(state, Taken { token: at, step });
        self.next.push(State { pending, history, score: state.score + gain, node });
    }

    fn node(&mut self, state: State, taken: Taken) -> u32 {
        self.nodes.push(Node { previous: state.node, taken });
        (self.nodes.len() - 1) as u32
    }
}

impl Pending {
    /// Returns whether the byte that waits can be `lead`.
    pub(super) fn allows(self, lead: u8, code: &Cp936) -> bool {
        match self {
            Pending::Nothing => false,
            Pending::Byte(byte) => byte == lead,
            Pending::Lost => lead >= 0x81,
            Pending::Deleted(first) => {
                code.character(first, lead).is_some_and(|c| ('\u{e000}'..='\u{f8ff}').contains(&c))
            }
        }
    }
}

/// Returns whether private-use pairs begin with this byte.
pub(super) fn starts_private_use(byte: u8) -> bool {
    matches!(byte, 0xa1..=0xaf | 0xd7 | 0xf8..=0xfe)
}

/// Returns the trail byte a token has where it is read as it stands; ASCII was full-width before a later hand.
fn literal_trail(token: &Token) -> u8 {
    match token.bytes {
        Bytes::Two((_, trail)) => trail,
        Bytes::One(byte @ 0x21..=0x7e) => byte + 0x80,
        Bytes::Query if token.character == '?' => 0xbf,
        _ => NO_TRAIL,
    }
}

/// Keeps the best state of each kind, and of these the best [`BEAM`] and at least [`EACH_PHASE`] of either phase.
fn prune(states: &mut Vec<State>) {
    let key = |state: &State| (state.pending, state.history);
    let best = states.iter().map(|state| state.score).fold(f32::NEG_INFINITY, f32::max);
    states.retain(|state| state.score >= best - BEHIND);
    let better = |a: &State, b: &State| b.score.total_cmp(&a.score);
    states.sort_unstable_by(|a, b| key(a).cmp(&key(b)).then(better(a, b)).then(a.node.cmp(&b.node)));
    states.dedup_by_key(|state| key(state));
    states.sort_unstable_by(|a, b| better(a, b).then_with(|| key(a).cmp(&key(b))));
    let mut kept = [0_usize; 2];
    let mut rank = 0;
    states.retain(|state| {
        let phase = &mut kept[usize::from(state.pending != Pending::Nothing)];
        let keep = rank < BEAM || *phase < EACH_PHASE;
        rank += 1;
        *phase += usize::from(keep);
        keep
    });
}

/// Returns the best state in which nothing is pending.
fn best_aligned(states: &[State], score: impl Fn(&State) -> f32) -> Option<State> {
    let aligned = states.iter().filter(|state| state.pending == Pending::Nothing);
    aligned.copied().max_by(|a, b| score(a).total_cmp(&score(b)).then_with(|| b.history.cmp(&a.history)))
}
