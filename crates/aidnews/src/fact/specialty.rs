//! Clinical fields that the article ties to the aid.
//!
//! In: the fields named in an article, all forms of one field together. Out: [`SpecialtyFact`]s. A model tells the
//! fields of people sent, services given and departments built from the honours of a house and from patients'
//! routes through it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::evidence::{Evidence, FactModels, Seen};
use super::surroundings::{Surroundings, first};
use crate::vocabulary::{Hit, Sense};

/// Least probability of a field that is reported.
pub(crate) const KEPT: f64 = 0.5;

/// A clinical field tied to the aid; bytes of the analysed text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SpecialtyFact {
    /// The form in the article.
    pub(crate) name: String,
    pub(crate) code: Option<String>,
    pub(crate) mentions: Vec<Range<usize>>,
    pub(crate) confidence: f64,
}

/// A field with its mentions.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) canonical: String,
    /// Rows of the vocabulary's specialties, a mention each.
    rows: Vec<usize>,
    pub(crate) mentions: Vec<Range<usize>>,
}

/// Returns the fields tied to the aid, in order of first mention.
pub(crate) fn find(around: &Surroundings<'_>, models: &FactModels) -> Vec<SpecialtyFact> {
    if models.specialty.is_empty() {
        return Vec::new();
    }
    let mut seen = Seen::default();
    let mut found = Vec::new();
    for candidate in candidates(around) {
        seen.clear();
        describe(around, &candidate, &mut seen);
        let confidence = models.specialty.chance(&mut seen);
        if confidence >= KEPT {
            found.push(SpecialtyFact {
                name: name(around, &candidate),
                code: around.vocabulary.specialties[candidate.rows[0]].code.clone(),
                mentions: candidate.mentions,
                confidence,
            });
        }
    }
    found
}

/// Returns the first mention of every field with the chance that it belongs to the aid.
pub(crate) fn weighed(around: &Surroundings<'_>, models: &FactModels) -> Vec<(Range<usize>, f64)> {
    let mut seen = Seen::default();
    let mut weigh = |candidate: Candidate| {
        seen.clear();
        describe(around, &candidate, &mut seen);
        (candidate.mentions[0].clone(), models.specialty.chance(&mut seen))
    };
    candidates(around).into_iter().map(&mut weigh).collect()
}

/// Returns the fields named outside the names of houses, in order of first mention.
pub(crate) fn candidates(around: &Surroundings<'_>) -> Vec<Candidate> {
    let mentions = mentions(around);
    let apart = told_apart(around, &mentions);
    let mut found: Vec<Candidate> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (hit, row) in mentions {
        let specialty = &around.vocabulary.specialties[row];
        let canonical = specialty.canonical.as_str();
        let own = apart.contains(canonical) && !specialty.needs_context;
        let key = if own { specialty.surface.as_str() } else { canonical };
        let place = *places.entry(key).or_insert_with(|| {
            found.push(Candidate { canonical: canonical.to_owned(), rows: Vec::new(), mentions: Vec::new() });
            found.len() - 1
        });
        found[place].rows.push(row);
        found[place].mentions.push(hit.start..hit.end);
    }
    found
}

/// Fields of which one sentence names two kinds (脊柱外科、手外科): there each form is a field of its own.
fn told_apart<'a>(around: &Surroundings<'a>, mentions: &[(Hit, usize)]) -> BTreeSet<&'a str> {
    let vocabulary = around.vocabulary;
    let mut found = BTreeSet::new();
    let mut end = 0;
    let mut named: BTreeMap<&str, &str> = BTreeMap::new();
    for (hit, row) in mentions {
        if hit.start >= end {
            end = around.sentence(hit.start).end;
            named.clear();
        }
        let specialty = &vocabulary.specialties[*row];
        if specialty.needs_context {
            continue;
        }
        let surface = specialty.surface.as_str();
        let first = *named.entry(specialty.canonical.as_str()).or_insert(surface);
        if !first.starts_with(surface) && !surface.starts_with(first) {
            found.insert(specialty.canonical.as_str());
        }
    }
    found
}

/// The longest fields, none inside a name.
fn mentions(around: &Surroundings<'_>) -> Vec<(Hit, usize)> {
    let mut hits: Vec<(Hit, usize)> = Vec::new();
    for hit in &around.analysis.hits {
        let row = around.vocabulary.senses(hit).iter().find_map(|sense| match sense {
            Sense::Specialty(row) => Some(*row),
            _ => None,
        });
        if let Some(row) = row {
            hits.push((*hit, row));
        }
    }
    hits.sort_by_key(|(hit, _)| (hit.start, std::cmp::Reverse(hit.end)));
    let names = &around.analysis.names;
    let mut end = 0;
    hits.retain(|(hit, _)| {
        let next = names.partition_point(|name| name.end <= hit.start);
        let named = names.get(next).is_some_and(|name| name.start < hit.end && hit.end <= name.end);
        let free = hit.start >= end && !named;
        if free {
            end = hit.end;
        }
        free
    });
    hits
}

/// The first form that is a department's, else the first form.
fn name(around: &Surroundings<'_>, candidate: &Candidate) -> String {
    let full = candidate.rows.iter().position(|row| !around.vocabulary.specialties[*row].needs_context);
    around.text[candidate.mentions[full.unwrap_or(0)].clone()].to_owned()
}

/// Notes what speaks for and against a field, from its first mentions.
pub(crate) fn describe(around: &Surroundings<'_>, candidate: &Candidate, out: &mut impl Evidence) {
    let number = match candidate.mentions.len() {
        1 => "1",
        2 => "2",
        3..=5 => "few",
        _ => "many",
    };
    out.see(&["mentions=", number]);
    out.see(&["canon=", &candidate.canonical]);
    if candidate.rows.iter().all(|row| around.vocabulary.specialties[*row].needs_context) {
        out.see(&["fields_only"]);
    }
    for (span, row) in candidate.mentions.iter().zip(&candidate.rows).take(8) {
        mention(around, span, *row, out);
    }
}

fn mention(around: &Surroundings<'_>, span: &Range<usize>, row: usize, out: &mut impl Evidence) {
    let specialty = &around.vocabulary.specialties[row];
    let form = if specialty.needs_context { "field" } else { "full" };
    out.see(&["form=", form]);
    let place = around.place(span.start);
    out.see(&["place=", place]);
    let sides = around.sides(span, 0, usize::MAX);
    around.describe(&sides, form, out);
    out.see(&["surface=", &specialty.surface]);
    let after = &around.text[span.end..];
    let listed = first(after, 1) == "、" || around.text[..span.start].ends_with('、');
    if listed {
        out.see(&["listed&form=", form]);
    }
    let sentence = around.sentence(span.start);
    let mut house = false;
    for word in around.words_in(&(sentence.start..span.start)).iter().rev().take(16) {
        around.classes(word, |class| {
            out.see(&["sb=", class]);
            house |= class == "house";
        });
        if !around.is_name(word) {
            out.see(&["sbw=", &around.text[word.start..word.end]]);
        }
    }
    if house {
        out.see(&["house_before"]);
    }
    for word in around.words_in(&(span.end..sentence.end)).iter().take(12) {
        around.classes(word, |class| out.see(&["sa=", class]));
        if !around.is_name(word) {
            out.see(&["saw=", &around.text[word.start..word.end]]);
        }
    }
}
