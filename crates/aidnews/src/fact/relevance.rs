//! Whether an article reports medical aid, and why.
//!
//! In: an article taken apart. Out: a probability and the words that weighed most. An article needs a party that
//! gives, a party that receives and something medical between them; farm produce, schools and policies have one
//! or two of these.

use std::collections::BTreeMap;

use super::evidence::{Evidence, FactModels, Seen};
use super::programme;
use super::surroundings::Surroundings;
use crate::vocabulary::Sense;

/// Returns the probability that the article reports medical aid.
pub(crate) fn score(around: &Surroundings<'_>, models: &FactModels) -> f64 {
    if models.relevance.is_empty() {
        return 0.0;
    }
    let mut seen = Seen::default();
    describe(around, &mut seen);
    models.relevance.chance(&mut seen)
}

/// Notes what the article is about.
pub(crate) fn describe(around: &Surroundings<'_>, out: &mut impl Evidence) {
    for candidate in programme::candidates(around).iter().filter(|candidate| !candidate.cue) {
        out.see(&["programme=", &candidate.name]);
        if candidate.mentions.iter().any(|span| span.start < around.analysis.body) {
            out.see(&["title_programme"]);
        }
        out.see(&["programme"]);
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut classes: BTreeMap<String, usize> = BTreeMap::new();
    for word in around.words() {
        let in_title = word.start < around.analysis.body;
        around.classes(word, |class| {
            *classes.entry(class.to_owned()).or_default() += 1;
            if in_title {
                out.see(&["title=", class]);
            }
        });
        for sense in around.senses(word) {
            if let Sense::Cue(row) = sense {
                *counts.entry(around.vocabulary.cues[*row].class.as_str()).or_default() += 1;
            }
        }
        if !around.is_name(word) && in_title {
            out.see(&["title_word=", &around.text[word.start..word.end]]);
        }
    }
    for (class, count) in &counts {
        amount(&["cue.", class], *count, out);
    }
    let length = around.text.chars().count().max(1);
    for (class, count) in &classes {
        amount(&[class], *count * 1000 / length.max(300), out);
    }
    houses(around, out);
}

/// Notes a number of occurrences as steps.
fn amount(name: &[&str], count: usize, out: &mut impl Evidence) {
    let name = name.concat();
    for (least, step) in [(1, ">=1"), (2, ">=2"), (4, ">=4"), (8, ">=8"), (16, ">=16")] {
        if count >= least {
            out.see(&[&name, step]);
        }
    }
}

/// How many bodies of health care are named.
fn houses(around: &Surroundings<'_>, out: &mut impl Evidence) {
    use crate::record::OrganizationKind as Kind;
    let of = |wanted: &[Kind]| {
        around.analysis.entities.iter().filter(|entity| wanted.contains(&entity.kind)).count()
    };
    amount(&["houses"], of(&[Kind::Hospital, Kind::PrimaryCare, Kind::PublicHealth]), out);
    amount(&["teams"], of(&[Kind::Team]), out);
    amount(&["places"], of(&[Kind::Place]), out);
    amount(&["authorities"], of(&[Kind::Authority]), out);
}
