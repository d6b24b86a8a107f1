//! Clinical fields that the article ties to the aid.
//!
//! In: the fields named in an article, all forms of one field together. Out: [`SpecialtyFact`]s. A model tells the
//! fields of people sent, services given and departments built from the honours of a house and from patients'
//! routes through it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::evidence::{Evidence, FactModels, Seen};
use super::surroundings::{Surroundings, first, last};
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
    /// The list that each mention stands in (骨科、儿科和产科), or the mention alone.
    lists: Vec<Range<usize>>,
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
    let lists = lists(around, &mentions);
    for ((hit, row), list) in mentions.into_iter().zip(lists) {
        let specialty = &around.vocabulary.specialties[row];
        let canonical = specialty.canonical.as_str();
        let own = apart.contains(canonical) && !specialty.needs_context;
        let key = if own { specialty.surface.as_str() } else { canonical };
        let place = *places.entry(key).or_insert_with(|| {
            found.push(Candidate {
                canonical: canonical.to_owned(),
                rows: Vec::new(),
                mentions: Vec::new(),
                lists: Vec::new(),
            });
            found.len() - 1
        });
        found[place].rows.push(row);
        found[place].mentions.push(hit.start..hit.end);
        found[place].lists.push(list);
    }
    found
}

/// Returns for every mention the list of fields that it stands in.
fn lists(around: &Surroundings<'_>, mentions: &[(Hit, usize)]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::with_capacity(mentions.len());
    let mut from = 0;
    for at in 0..mentions.len() {
        let between = |next: &(Hit, usize)| &around.text[mentions[at].0.end..next.0.start];
        let goes_on = mentions
            .get(at + 1)
            .is_some_and(|next| matches!(between(next), "、" | "和" | "与" | "及" | "以及"));
        if !goes_on {
            let list = mentions[from].0.start..mentions[at].0.end;
            found.resize(at + 1, list);
            from = at + 1;
        }
    }
    found
}

/// Fields of which the article names two kinds (脊柱外科、手外科): there each form is a field of its own.
fn told_apart<'a>(around: &Surroundings<'a>, mentions: &[(Hit, usize)]) -> BTreeSet<&'a str> {
    let vocabulary = around.vocabulary;
    let mut forms: BTreeMap<&str, &str> = BTreeMap::new();
    let mut found = BTreeSet::new();
    for (_, row) in mentions {
        let specialty = &vocabulary.specialties[*row];
        let surface = specialty.surface.as_str();
        if !KINDS.iter().any(|kind| surface.ends_with(kind)) {
            continue;
        }
        let first = *forms.entry(specialty.canonical.as_str()).or_insert(surface);
        if !abbreviates(first, surface) && !abbreviates(surface, first) {
            found.insert(specialty.canonical.as_str());
        }
    }
    found
}

/// Departments that have kinds of their own.
const KINDS: [&str; 4] = ["外科", "骨科", "内科", "中心"];

/// Tells whether `short` has the first character of `long` and else only characters of it, in order.
fn abbreviates(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().next() == long.chars().next() && short.chars().all(|c| rest.any(|other| other == c))
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

/// The first form that is a department's, else the first form; a ward or clinic of it is cut (儿科病区: 儿科).
fn name(around: &Surroundings<'_>, candidate: &Candidate) -> String {
    let full = candidate.rows.iter().position(|row| !around.vocabulary.specialties[*row].needs_context);
    let span = candidate.mentions[full.unwrap_or(0)].clone();
    let written = &around.text[span.clone()];
    let core = WARDS.iter().find_map(|ward| written.strip_suffix(ward)).unwrap_or(written);
    let end = span.start + core.len();
    let hits = &around.analysis.hits;
    let from = hits.partition_point(|hit| hit.end < end);
    let known = hits[from..].iter().take_while(|hit| hit.end == end).any(|hit| {
        let field = |sense: &Sense| matches!(sense, Sense::Specialty(_));
        hit.start == span.start && around.vocabulary.senses(hit).iter().any(field)
    });
    if known { core.to_owned() } else { written.to_owned() }
}

const WARDS: [&str; 6] = ["病区", "病房", "门诊", "系统", "护理单元", "室"];

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
    for ((span, row), list) in candidate.mentions.iter().zip(&candidate.rows).zip(&candidate.lists).take(8) {
        mention(around, span, *row, out);
        if list.len() > span.len() {
            let sides = around.sides(list, 0, usize::MAX);
            out.see(&["list.r1=", first(&around.text[sides.right.clone()], 1)]);
            out.see(&["list.r2=", first(&around.text[sides.right.clone()], 2)]);
            out.see(&["list.r3=", first(&around.text[sides.right.clone()], 3)]);
            out.see(&["list.l2=", last(&around.text[sides.left.clone()], 2)]);
            for word in around.words_in(&sides.right).iter().take(2) {
                around.classes(word, |class| out.see(&["list.rc=", class]));
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::surroundings::tests::apart;

    fn fields(text: &str) -> Vec<String> {
        apart(&[], text, |around| {
            candidates(around).iter().map(|candidate| name(around, candidate)).collect()
        })
    }

    #[test]
    fn forms_of_one_field_are_one_field() {
        for (text, wanted) in [
            ("帮扶心内科，心血管内科主任到任。", vec!["心内科"]),
            ("来自脊柱外科、手外科的专家。", vec!["脊柱外科", "手外科"]),
            ("在儿科病区查房。", vec!["儿科"]),
            ("没有科室。", vec![]),
        ] {
            assert_eq!(fields(text), wanted, "{text}");
        }
    }
}
