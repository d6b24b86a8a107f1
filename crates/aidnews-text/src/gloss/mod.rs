//! Repairs pages of clone sites: pinyin behind Traditional characters, 醫(yī)療, and short stretches of GBK text that
//! was read one byte off, 忠?guī)ьI(lǐng) for 忠帶領.
//!
//! In goes decoded text, out comes the text before the damage, still in the script of the page. The stretches are
//! computed back byte by byte (`lattice`); where a byte was lost a language model chooses (`choose`) and the
//! place is marked unless one candidate is far ahead. A text that is not of this kind (`gate`) comes back borrowed
//! and untouched. What this declines to do: shifted text without pinyin, other encodings read wrongly, conversion.

mod choose;
mod context;
mod cp936;
mod edit;
mod gate;
mod lattice;
mod model;
mod reading;
mod rewrite;
mod script;
mod symbol;
mod token;

use std::collections::BTreeMap;
use std::ops::Range;

pub use edit::{Class, Counts, Edit, Repaired, Restored};

use choose::{Written, written};
use context::Context;
use lattice::{Lattice, Step, Taken};
use rewrite::Rewriter;
use script::Script;
use token::{Bytes, Token, tokens};

/// A guess is learnt from in the second pass only with this margin, in nats; else it would confirm itself.
const LEARNT: f32 = 3.0;

/// A longer line is read in pieces, so that memory stays bounded.
const LONGEST_LINE: usize = 16 << 10;

/// The repair of pinyin-annotated, byte-shifted pages.
///
/// Making one costs nothing; its tables are made once per process, when the first page of this kind comes along.
///
/// # Examples
///
/// ```
/// use aidnews_text::gloss::GlossRepair;
///
/// let page = "縣(xiàn)醫(yī)療隊(duì)學(xué)習(xí)先進(jìn)經驗,院長王忠?guī)ьI(lǐng)團(tuán)隊(duì)赴對(duì)口支援醫(yī)院";
/// let repaired = GlossRepair::new().repair(page);
/// assert_eq!(repaired.text, "縣醫療隊學習先進經驗,院長王忠帶領團隊赴對口支援醫院");
/// assert_eq!((repaired.counts.annotations, repaired.counts.known), (10, 1));
/// let start = repaired.text.find("帶領").unwrap();
/// assert_eq!(&page[repaired.origin.locate(start..start + 6)], "?guī)ьI(lǐng)");
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct GlossRepair {
    _private: (),
}

impl GlossRepair {
    /// Returns the repair.
    pub fn new() -> GlossRepair {
        GlossRepair::default()
    }

    /// Returns the text before the damage, or `text` itself if it is not a page of this kind.
    ///
    /// One pass at the speed of `memchr` decides that most texts are not. Damaged pages take time linear in their
    /// length, most of it in their shifted stretches. Repair before anything deletes private-use or control
    /// characters, collapses `??` or converts the script: the damaged bytes hide in them.
    pub fn repair<'t>(&self, text: &'t str) -> Repaired<'t> {
        let is_annotated =
            gate::glosses(text).is_some_and(|glosses| gate::is_annotated(text, &glosses, Script::get()));
        if is_annotated { Document::new(text).repair() } else { Repaired::unchanged(text) }
    }
}

/// A page that is to be repaired.
struct Document<'t> {
    text: &'t str,
    html: bool,
    /// Whether private-use characters may have been deleted from it.
    deletions: bool,
}

/// What the first pass chose for a token, and by how much.
type FirstChoices = BTreeMap<usize, (char, f32)>;

impl<'t> Document<'t> {
    fn new(text: &'t str) -> Document<'t> {
        let private_use = text.chars().any(|c| ('\u{e000}'..='\u{f8ff}').contains(&c));
        Document { text, html: text.contains("</"), deletions: !private_use }
    }

    fn repair(&self) -> Repaired<'t> {
        let base = self.base_context();
        let mut first = base.clone();
        self.learn_beginnings(&mut first);
        let (second, choices) = self.first_pass(&first, base);
        self.second_pass(&second, &choices)
    }

    /// Iterates over the lines; in HTML a tag begins a line too.
    fn lines(&self) -> impl Iterator<Item = Range<usize>> {
        let mut start = 0;
        std::iter::from_fn(move || {
            (start < self.text.len()).then(|| {
                let line = start..self.line_end(start);
                start = line.end;
                line
            })
        })
    }

    fn line_end(&self, start: usize) -> usize {
        let bytes = &self.text.as_bytes()[start..];
        let first = usize::from(bytes[0] == b'<');
        let end = match (bytes[0], self.html) {
            (b'\n', _) => 1,
            (_, true) => memchr::memchr2(b'\n', b'<', &bytes[first..]).map_or(bytes.len(), |at| at + first),
            (_, false) => memchr::memchr(b'\n', bytes).unwrap_or(bytes.len()),
        };
        if end <= LONGEST_LINE { start + end } else { self.text.ceil_char_boundary(start + LONGEST_LINE) }
    }

    /// Returns the tokens of a line, or nothing if no byte of it can have been lost.
    fn damaged(&self, line: Range<usize>) -> Option<Vec<Token>> {
        let text = &self.text[line.clone()];
        let damaged = !text.is_ascii() && text.contains(['?', '\u{fffd}']);
        damaged.then(|| tokens(self.text, line))
    }

    /// Learns the lines in which nothing was lost, and the list of the site.
    fn base_context(&self) -> Context {
        let mut context = Context::new();
        let (mut listed, mut bare) = (Vec::new(), Vec::new());
        for line in self.lines() {
            let damaged = self.damaged(line.clone());
            let is_damaged = damaged.is_some();
            let tokens = damaged.unwrap_or_else(|| tokens(self.text, line));
            for token in &tokens {
                match token.reading(self.text) {
                    Some(reading) if context.script.annotates(token.character, reading) => {
                        listed.push((token.character, reading.to_owned()));
                    }
                    None if !is_damaged && context.script.is_traditional(token.character) => {
                        bare.push(token.character)
                    }
                    _ => {}
                }
            }
            if !is_damaged {
                context.learn(tokens.iter().map(|token| Some(token.character)));
            }
        }
        context.note_list(listed, bare);
        context
    }

    /// Learns damaged lines up to where the damage begins.
    fn learn_beginnings(&self, context: &mut Context) {
        for tokens in self.lines().filter_map(|line| self.damaged(line)) {
            let intact = tokens.iter().take_while(|token| token.bytes != Bytes::Query);
            context.learn(intact.map(|token| Some(token.character)));
        }
    }

    /// Reads the damaged lines once, and returns `base` with all that became certain.
    fn first_pass(&self, first: &Context, mut base: Context) -> (Context, FirstChoices) {
        let mut choices = FirstChoices::new();
        for tokens in self.lines().filter_map(|line| self.damaged(line)) {
            let line = self.read(&tokens, first);
            base.learn(line.written.iter().map(certain));
            for written in line.written.iter().filter(|written| written.candidates.len() > 1) {
                let choice = (written.character, written.margin);
                choices.insert(place(&tokens, &line.path, written), choice);
            }
        }
        (base, choices)
    }

    fn second_pass(&self, second: &Context, choices: &FirstChoices) -> Repaired<'t> {
        let mut output = Rewriter::new(self.text, self.html);
        for line in self.lines() {
            match self.damaged(line.clone()) {
                Some(tokens) => self.write_damaged(&mut output, &tokens, second, choices),
                None => self.write_annotated(&mut output, line),
            }
        }
        output.finish()
    }

    fn write_damaged(
        &self,
        output: &mut Rewriter,
        tokens: &[Token],
        second: &Context,
        choices: &FirstChoices,
    ) {
        let mut line = self.read(tokens, second);
        for written in line.written.iter_mut().filter(|written| written.candidates.len() > 1) {
            let before = choices.get(&place(tokens, &line.path, written)).copied();
            written.agree(before);
        }
        output.line(tokens, &line.path, &line.written, &line.failed);
    }

    /// Reads a damaged line; with deleted private-use characters only if it makes no sense without.
    fn read(&self, tokens: &[Token], context: &Context) -> Line {
        let line = self.read_with(tokens, context, false);
        if !self.deletions || line.doubts(tokens) == 0 {
            return line;
        }
        let other = self.read_with(tokens, context, true);
        if other.doubts(tokens) < line.doubts(tokens) { other } else { line }
    }

    fn read_with(&self, tokens: &[Token], context: &Context, deletions: bool) -> Line {
        let (path, failed) = Lattice::new(self.text, tokens, context, deletions).read();
        let written = written(self.text, tokens, &path, context);
        Line { path, failed, written }
    }

    /// Removes the readings of a line in which nothing was lost.
    fn write_annotated(&self, output: &mut Rewriter, line: Range<usize>) {
        if memchr::memchr(b'(', self.text[line.clone()].as_bytes()).is_none() {
            return;
        }
        let tokens = tokens(self.text, line);
        let context = Context::new();
        let (path, _) = Lattice::new(self.text, &tokens, &context, false).read();
        output.line(&tokens, &path, &[], &[]);
    }
}

/// A damaged line, read.
struct Line {
    path: Vec<Taken>,
    /// Tokens from which on nothing could be explained.
    failed: Vec<usize>,
    written: Vec<Written>,
}

impl Line {
    /// Returns the number of places that make no sense.
    fn doubts(&self, tokens: &[Token]) -> usize {
        let unread = |taken: &&Taken| {
            let token = &tokens[taken.token];
            taken.step == Step::Literal && token.bytes == Bytes::Query && token.reading.is_some()
        };
        let implausible = |written: &&Written| written.class == Some(Class::Implausible);
        self.failed.len()
            + self.path.iter().filter(unread).count()
            + self.written.iter().filter(implausible).count()
    }
}

/// Returns the character if the document may learn from it.
fn certain(written: &Written) -> Option<char> {
    match written.class {
        None | Some(Class::Known) => Some(written.character),
        Some(Class::Open | Class::Uncertain) if written.margin >= LEARNT => Some(written.character),
        _ => None,
    }
}

/// Returns where in the text the token stands that gave a character.
fn place(tokens: &[Token], path: &[Taken], written: &Written) -> usize {
    tokens[path[written.taken].token].span.start
}
