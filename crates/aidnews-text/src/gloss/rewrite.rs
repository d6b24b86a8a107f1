//! Writes the repaired text, its origin and its list of edits.

use std::borrow::Cow;
use std::ops::Range;

use super::choose::Written;
use super::edit::{Class, Counts, Edit, Repaired, Restored};
use super::lattice::{Step, Taken};
use super::token::Token;
use crate::OriginBuilder;

/// The writer of one document.
pub(super) struct Rewriter<'t> {
    text: &'t str,
    html: bool,
    output: String,
    origin: OriginBuilder,
    counts: Counts,
    edits: Vec<Edit>,
    /// How much of the input has been written.
    done: usize,
}

impl<'t> Rewriter<'t> {
    pub(super) fn new(text: &'t str, html: bool) -> Rewriter<'t> {
        Rewriter {
            text,
            html,
            output: String::with_capacity(text.len()),
            origin: OriginBuilder::new(),
            counts: Counts::default(),
            edits: Vec::new(),
            done: 0,
        }
    }

    /// Copies the input up to `end`.
    pub(super) fn copy_to(&mut self, end: usize) {
        self.output.push_str(&self.text[self.done..end]);
        self.origin.copy(end - self.done);
        self.done = end;
    }

    /// Removes a reading with its brackets.
    pub(super) fn remove_annotation(&mut self, span: Range<usize>) {
        self.replace(span, String::new(), Class::Annotation, Vec::new());
    }

    /// Writes a line along its path.
    pub(super) fn line(&mut self, tokens: &[Token], path: &[Taken], written: &[Written], failed: &[usize]) {
        let mut at = 0;
        while at < path.len() {
            let token = &tokens[path[at].token];
            match path[at].step {
                Step::Literal => {
                    let unexplained = token.character == '?' && token.reading.is_some();
                    if unexplained || failed.contains(&path[at].token) {
                        self.mark(token.span.clone());
                    }
                    at += 1;
                }
                Step::Gloss => {
                    self.remove_annotation(token.span.start + token.character.len_utf8()..token.span.end);
                    at += 1;
                }
                _ => {
                    let end = stretch_end(path, at);
                    self.stretch(tokens, path, written, at..end);
                    at = end;
                }
            }
        }
    }

    /// Marks a place that stays as it is.
    fn mark(&mut self, span: Range<usize>) {
        self.copy_to(span.start);
        let start = self.output.len();
        self.copy_to(span.end);
        let old = &self.text[span.clone()];
        self.record(span, start, old.to_owned(), Class::Unrepaired, Vec::new());
    }

    fn stretch(&mut self, tokens: &[Token], path: &[Taken], written: &[Written], steps: Range<usize>) {
        let (first, last) = (&tokens[path[steps.start].token], &tokens[path[steps.end - 1].token]);
        let from = written.partition_point(|w| w.taken < steps.start);
        let to = written.partition_point(|w| w.taken < steps.end);
        let mut new: String = written[from..to].iter().map(|w| w.character).collect();
        if let Some(remnant) = last.remnant.clone() {
            new.push_str(&self.remnant(remnant));
        }
        let characters: Vec<Restored> = written[from..to].iter().map(restored).collect();
        let class = characters.iter().map(|restored| restored.class).max().unwrap_or(Class::Known);
        self.replace(first.span.start..last.span.end, new, class, characters);
    }

    /// Returns what becomes of a tag that lost its opening bracket: the tag, or in plain text a line break if it made
    /// one.
    fn remnant(&self, span: Range<usize>) -> Cow<'static, str> {
        let remnant = &self.text[span.clone()];
        if self.html {
            return Cow::Owned(format!("<{remnant}"));
        }
        let inline = ["a", "b", "i", "u", "em", "font", "img", "span", "strong"];
        let name = remnant.trim_start_matches('/').split(['>', ' ', '/']).next().unwrap_or_default();
        let at_end = self.text[span.end..].chars().next().is_none_or(|c| c == '\n' || c == '\r');
        Cow::Borrowed(if at_end || inline.contains(&name) { "" } else { "\n" })
    }

    fn replace(&mut self, span: Range<usize>, new: String, class: Class, characters: Vec<Restored>) {
        self.copy_to(span.start);
        let start = self.output.len();
        self.output.push_str(&new);
        self.origin.replace(span.len(), new.len());
        self.done = span.end;
        self.record(span, start, new, class, characters);
    }

    fn record(
        &mut self,
        source: Range<usize>,
        start: usize,
        new: String,
        class: Class,
        characters: Vec<Restored>,
    ) {
        self.counts.add(class);
        let old = self.text[source.clone()].to_owned();
        let output = start..start + new.len();
        self.edits.push(Edit { source, output, old, new, class, characters });
    }

    pub(super) fn finish(mut self) -> Repaired<'t> {
        self.copy_to(self.text.len());
        if self.edits.is_empty() {
            return Repaired::unchanged(self.text);
        }
        Repaired {
            text: Cow::Owned(self.output),
            origin: self.origin.finish(),
            counts: self.counts,
            edits: self.edits,
        }
    }
}

/// Returns the end of the stretch that begins with the step at `start`.
fn stretch_end(path: &[Taken], start: usize) -> usize {
    let ends = |taken: &Taken| {
        matches!(
            taken.step,
            Step::End(_) | Step::EndSwallowed(_) | Step::EndAscii(_) | Step::Both(_) | Step::LastMark(_)
        )
    };
    path[start..].iter().position(ends).map_or(path.len(), |at| start + at + 1)
}

fn restored(written: &Written) -> Restored {
    let open = written.candidates.len() > 1;
    Restored {
        character: written.character,
        class: written.class.unwrap_or(Class::Known),
        candidates: written.candidates.len().max(1),
        margin: if open { written.margin } else { f32::INFINITY },
    }
}
