//! The words of the lexicons in an article, its clauses, and what stands around a stretch of it.
//!
//! In: an article taken apart. Out: for any stretch, features that name the characters and words to its left and
//! right within its clause. Every finder of facts reads its evidence here.

use std::ops::Range;

use super::evidence::Evidence;
use crate::analysis::Analysis;
use crate::record::{Measure, OrganizationKind};
use crate::vocabulary::{Hit, Sense, Vocabulary};

/// A word of the lexicons, or a name; words do not overlap.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    pub(crate) start: usize,
    pub(crate) end: usize,
    what: What,
}

#[derive(Debug, Clone, Copy)]
enum What {
    Name(OrganizationKind),
    Hit(Hit),
}

/// An article with its words and clauses, built once for all finders.
pub(crate) struct Surroundings<'a> {
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) analysis: &'a Analysis,
    pub(crate) text: &'a str,
    words: Vec<Word>,
    /// Stops of clauses: where they begin and end.
    stops: Vec<(usize, usize)>,
    /// Where the paragraphs of the body begin.
    paragraphs: Vec<usize>,
}

/// The stretch of text on one side that belongs to a thing: no further than the clause and the neighbour.
#[derive(Debug, Clone)]
pub(crate) struct Sides {
    pub(crate) left: Range<usize>,
    pub(crate) right: Range<usize>,
}

/// Name of a measure in features and in models.
pub(crate) fn measure_name(measure: Measure) -> &'static str {
    match measure {
        Measure::Experts => "experts",
        Measure::Trainees => "trainees",
        Measure::Sessions => "sessions",
        Measure::Patients => "patients",
        Measure::Surgeries => "surgeries",
        Measure::Consultations => "consultations",
        Measure::Techniques => "techniques",
        Measure::Units => "units",
        Measure::Institutions => "institutions",
        Measure::Funds => "funds",
        Measure::Goods => "goods",
        Measure::Research => "research",
        Measure::Change => "change",
        Measure::Duration => "duration",
        Measure::Other => "other",
    }
}

fn kind_name(kind: OrganizationKind) -> &'static str {
    match kind {
        OrganizationKind::Hospital | OrganizationKind::PrimaryCare | OrganizationKind::PublicHealth => {
            "house"
        }
        OrganizationKind::Authority => "authority",
        OrganizationKind::Team => "team",
        OrganizationKind::University => "university",
        OrganizationKind::Company => "company",
        OrganizationKind::Charity => "charity",
        OrganizationKind::Place => "place",
        OrganizationKind::Other => "other",
    }
}

impl<'a> Surroundings<'a> {
    /// Gathers words and stops. O(text + hits log hits).
    pub(crate) fn new(vocabulary: &'a Vocabulary, analysis: &'a Analysis) -> Self {
        let text = analysis.text.as_str();
        let mut words: Vec<Word> = Vec::with_capacity(analysis.hits.len() / 4);
        let mut all: Vec<Word> = analysis
            .names
            .iter()
            .map(|name| Word { start: name.start, end: name.end, what: What::Name(name.kind) })
            .collect();
        let worthy = |hit: &&Hit| {
            !starts_in_counter(text, hit.start)
                && vocabulary.senses(hit).iter().any(|sense| class(vocabulary, sense).is_some())
        };
        all.extend(analysis.hits.iter().filter(worthy).map(|hit| Word {
            start: hit.start,
            end: hit.end,
            what: What::Hit(*hit),
        }));
        all.sort_by_key(|word| (word.start, std::cmp::Reverse(word.end), matches!(word.what, What::Hit(_))));
        for word in all {
            if words.last().is_none_or(|last| last.end <= word.start) {
                words.push(word);
            }
        }
        let stops = stops(text);
        let body = analysis.body;
        let paragraphs = std::iter::once(body)
            .chain(text[body..].match_indices('\n').map(|(at, _)| body + at + 1))
            .collect();
        Self { vocabulary, analysis, text, words, stops, paragraphs }
    }

    /// Returns the clause around a stretch.
    pub(crate) fn clause(&self, span: &Range<usize>) -> Range<usize> {
        let next = self.stops.partition_point(|(start, _)| *start < span.end);
        let last = self.stops.partition_point(|(_, end)| *end <= span.start);
        let from = if last == 0 { 0 } else { self.stops[last - 1].1 };
        let to = self.stops.get(next).map_or(self.text.len(), |(start, _)| *start);
        from..to.max(span.end)
    }

    /// Returns the sentence around a stretch.
    pub(crate) fn sentence(&self, at: usize) -> Range<usize> {
        let sentences = &self.analysis.sentences;
        let index = sentences.partition_point(|range| range.end <= at);
        sentences.get(index).cloned().unwrap_or(at..self.text.len())
    }

    /// Returns the words that lie within a stretch.
    pub(crate) fn words_in(&self, range: &Range<usize>) -> &[Word] {
        let from = self.words.partition_point(|word| word.start < range.start);
        let to = self.words.partition_point(|word| word.end <= range.end);
        &self.words[from..to.max(from)]
    }

    /// Returns all words in order.
    pub(crate) fn words(&self) -> &[Word] {
        &self.words
    }

    /// Calls `each` with the class of every sense of a word.
    pub(crate) fn classes(&self, word: &Word, mut each: impl FnMut(&str)) {
        match &word.what {
            What::Name(kind) => each(kind_name(*kind)),
            What::Hit(hit) => {
                for sense in self.vocabulary.senses(hit) {
                    if let Some(class) = class(self.vocabulary, sense) {
                        each(class);
                    }
                }
            }
        }
    }

    /// Returns the senses of a word; none for a name.
    pub(crate) fn senses(&self, word: &Word) -> &'a [Sense] {
        match &word.what {
            What::Name(_) => &[],
            What::Hit(hit) => self.vocabulary.senses(hit),
        }
    }

    /// Tells whether a word is a name.
    pub(crate) fn is_name(&self, word: &Word) -> bool {
        matches!(word.what, What::Name(_))
    }

    /// Returns what belongs to `span` left and right: within its clause, after byte `after` and before `before`.
    pub(crate) fn sides(&self, span: &Range<usize>, after: usize, before: usize) -> Sides {
        let clause = self.clause(span);
        let from = clause.start.max(after).min(span.start);
        let to = clause.end.min(before).max(span.end);
        Sides { left: from..span.start, right: span.end..to }
    }

    /// Returns whether the stretch stands in the first or the last paragraph of the body, in the title, or between.
    pub(crate) fn place(&self, at: usize) -> &'static str {
        let body = self.analysis.body;
        match self.paragraphs.partition_point(|start| *start <= at) {
            _ if at < body => "title",
            1 => "first",
            number if number == self.paragraphs.len() => "last",
            2 => "second",
            _ => "middle",
        }
    }

    /// Notes characters and words on both sides of a stretch; `unit` is crossed with the nearest of them.
    pub(crate) fn describe(&self, sides: &Sides, unit: &str, out: &mut impl Evidence) {
        for (name, count) in [("l1=", 1), ("l2=", 2)] {
            out.see(&[name, last(&self.text[sides.left.clone()], count)]);
        }
        for (name, count) in [("r1=", 1), ("r2=", 2)] {
            out.see(&[name, first(&self.text[sides.right.clone()], count)]);
        }
        out.see(&["u&l2=", unit, "·", last(&self.text[sides.left.clone()], 2)]);
        out.see(&["u&r2=", unit, "·", first(&self.text[sides.right.clone()], 2)]);
        let right = self.phrase(&sides.right);
        for (name, count) in [("t1=", 1), ("t2=", 2)] {
            out.see(&[name, last(&self.text[right.clone()], count)]);
        }
        out.see(&["u&t2=", unit, "·", last(&self.text[right.clone()], 2)]);
        self.words_left(sides, unit, out);
        self.words_right(sides, &right, unit, out);
    }

    /// The part of the right side before an enumeration comma, at most sixteen characters.
    pub(crate) fn phrase(&self, right: &Range<usize>) -> Range<usize> {
        let text = &self.text[right.clone()];
        let end = text
            .char_indices()
            .enumerate()
            .find(|(number, (_, c))| *number == 16 || matches!(c, '、' | '（' | '(' | '“'))
            .map_or(text.len(), |(_, (at, _))| at);
        right.start..right.start + end
    }

    fn words_left(&self, sides: &Sides, unit: &str, out: &mut impl Evidence) {
        let words = self.words_in(&sides.left);
        for (number, word) in words.iter().rev().take(3).enumerate() {
            let near = number == 0;
            let close = near && word.end == sides.left.end;
            if !self.is_name(word) {
                out.see(&["lw=", &self.text[word.start..word.end]]);
            }
            self.classes(word, |class| {
                out.see(&["lc=", class]);
                if near {
                    out.see(&["lc0=", class]);
                    out.see(&["u&lc0=", unit, "·", class]);
                }
                if close {
                    out.see(&["lc!=", class]);
                }
            });
        }
        if words.is_empty() {
            out.see(&["lc0=none"]);
        }
    }

    fn words_right(&self, sides: &Sides, phrase: &Range<usize>, unit: &str, out: &mut impl Evidence) {
        let words = self.words_in(phrase);
        for (number, word) in words.iter().take(3).enumerate() {
            if !self.is_name(word) {
                out.see(&["rw=", &self.text[word.start..word.end]]);
            }
            self.classes(word, |class| {
                out.see(&["rc=", class]);
                if number == 0 {
                    out.see(&["rc0=", class]);
                    out.see(&["u&rc0=", unit, "·", class]);
                }
            });
        }
        match words.last() {
            Some(word) if word.end == phrase.end => {
                self.classes(word, |class| out.see(&["head=", class]));
            }
            Some(_) => out.see(&["head=open"]),
            None if sides.right.is_empty() => out.see(&["head=nothing"]),
            None => out.see(&["head=unknown"]),
        }
    }
}

/// Tells whether a hit begins with the counter of a number: 名医 in 3名医生 is no word.
fn starts_in_counter(text: &str, start: usize) -> bool {
    let counter =
        text[start..].starts_with(['名', '位', '台', '场', '例', '个', '家', '项', '人', '支', '期']);
    counter && text[..start].ends_with(|c: char| c.is_ascii_digit() || NUMERALS.contains(c))
}

/// What a counter follows.
const NUMERALS: &str = "一二两三四五六七八九十百千万亿余多几数";

/// Returns the class of a sense, as features name it; none for what only names are made of.
fn class(vocabulary: &Vocabulary, sense: &Sense) -> Option<&'static str> {
    Some(match sense {
        Sense::Noun(measure) => noun_class(*measure),
        Sense::MeasuringVerb(measure) => verb_class(*measure),
        Sense::Verb(row) => vocabulary.verbs[*row].frame.name(),
        Sense::Programme(_) => "programme",
        Sense::Specialty(_) => "specialty",
        Sense::Title => "title",
        Sense::Cue(_) => "cue",
        Sense::Country(_) => "country",
        _ => return None,
    })
}

fn noun_class(measure: Measure) -> &'static str {
    match measure {
        Measure::Experts => "n.experts",
        Measure::Trainees => "n.trainees",
        Measure::Sessions => "n.sessions",
        Measure::Patients => "n.patients",
        Measure::Surgeries => "n.surgeries",
        Measure::Consultations => "n.consultations",
        Measure::Techniques => "n.techniques",
        Measure::Units => "n.units",
        Measure::Institutions => "n.institutions",
        Measure::Funds => "n.funds",
        Measure::Goods => "n.goods",
        Measure::Research => "n.research",
        Measure::Change => "n.change",
        Measure::Duration => "n.duration",
        Measure::Other => "n.other",
    }
}

fn verb_class(measure: Measure) -> &'static str {
    match measure {
        Measure::Experts => "v.experts",
        Measure::Trainees => "v.trainees",
        Measure::Sessions => "v.sessions",
        Measure::Patients => "v.patients",
        Measure::Surgeries => "v.surgeries",
        Measure::Consultations => "v.consultations",
        Measure::Techniques => "v.techniques",
        Measure::Units => "v.units",
        Measure::Institutions => "v.institutions",
        Measure::Funds => "v.funds",
        Measure::Goods => "v.goods",
        Measure::Research => "v.research",
        Measure::Change => "v.change",
        Measure::Duration => "v.duration",
        Measure::Other => "v.other",
    }
}

/// Returns where clauses stop: at commas, colons and ends of sentences and lines.
fn stops(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let stop = match c {
            '，' | '。' | '；' | '：' | '！' | '？' | '\n' | ';' | '!' | '?' => true,
            ',' | ':' => !(digit(at.checked_sub(1)) && digit(Some(end))),
            _ => false,
        };
        if stop {
            found.push((at, end));
        }
    }
    found
}

/// The last `count` characters.
pub(crate) fn last(text: &str, count: usize) -> &str {
    let start = text.char_indices().rev().nth(count - 1).map_or(0, |(at, _)| at);
    &text[start..]
}

/// The first `count` characters.
pub(crate) fn first(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::analysis::Input;

    /// Takes a text apart with the built-in lexicons and `more`.
    pub(crate) fn apart<R>(
        more: &[(String, String)],
        text: &str,
        look: impl FnOnce(&Surroundings<'_>) -> R,
    ) -> R {
        let vocabulary = Vocabulary::new(more).unwrap();
        let analysis = Analysis::new(&vocabulary, &Input { title: "", text, site: None });
        look(&Surroundings::new(&vocabulary, &analysis))
    }

    #[test]
    fn clauses_end_at_commas_but_not_inside_numbers() {
        apart(&[], "专家来了，接诊1,200人次；走了。", |around| {
            let at = around.text.find("200").unwrap();
            assert_eq!(&around.text[around.clause(&(at..at + 3))], "接诊1,200人次");
        });
    }

    #[test]
    fn words_do_not_overlap_and_lie_in_order() {
        apart(
            &[],
            "来自骨科、心内科的12名专家在凤台县人民医院义诊，接诊患者286人次。",
            |around| {
                assert!(around.words().len() > 4);
                assert!(around.words().windows(2).all(|pair| pair[0].end <= pair[1].start));
            },
        );
    }
}
