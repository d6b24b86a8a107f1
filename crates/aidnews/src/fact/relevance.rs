//! Whether an article reports medical aid, and why.
//!
//! In: an article taken apart. Out: a probability and the words that weighed most. An article needs a party that
//! gives, a party that receives and something medical between them; farm produce, schools and policies have one
//! or two of these.

use std::collections::{BTreeMap, BTreeSet};

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
        out.see(&["programme"]);
        if candidate.mentions.iter().any(|span| span.start < around.analysis.body) {
            out.see(&["title_programme"]);
        }
    }
    let mut classes: BTreeMap<String, usize> = BTreeMap::new();
    for word in around.words() {
        around.classes(word, |class| {
            if !class.contains('.') {
                match classes.get_mut(class) {
                    Some(count) => *count += 1,
                    None => {
                        classes.insert(class.to_owned(), 1);
                    }
                }
            }
        });
    }
    let length = around.text.chars().count().max(1);
    for (class, count) in &classes {
        amount(&[class], *count * 1000 / length.max(300), out);
    }
    cues(around, out);
    houses(around, out);
    opening(around, out);
}

/// What the cues of the lexicon say, each distinct one once.
fn cues(around: &Surroundings<'_>, out: &mut impl Evidence) {
    let mut distinct: BTreeMap<usize, bool> = BTreeMap::new();
    for hit in &around.analysis.hits {
        for sense in around.vocabulary.senses(hit) {
            if let Sense::Cue(row) = sense {
                *distinct.entry(*row).or_default() |= hit.start < around.analysis.body;
            }
        }
    }
    let (mut aid, mut against) = (0, 0);
    for (row, in_title) in distinct {
        let cue = &around.vocabulary.cues[row];
        let weight = if in_title { 2 * cue.weight } else { cue.weight };
        if weight > 0 {
            aid += weight;
        } else {
            against -= weight;
        }
    }
    steps("aid", aid, out);
    steps("against", against, out);
    let balance = aid - 2 * against;
    let place = [-8, -4, 0, 4, 8, 16].iter().filter(|least| balance >= **least).count();
    out.see(&["balance=", ["lost", "--", "-", "+", "++", "+++", "won"][place]]);
}

fn steps(name: &str, sum: i32, out: &mut impl Evidence) {
    for (least, step) in [(1, ">=1"), (3, ">=3"), (6, ">=6"), (10, ">=10"), (16, ">=16"), (24, ">=24")] {
        if sum >= least {
            out.see(&["sum.", name, step]);
        }
    }
}

/// What title and first paragraph say: a report of aid says there who helps whom.
fn opening(around: &Surroundings<'_>, out: &mut impl Evidence) {
    let body = around.analysis.body;
    let end = around.text[body..].find('\n').map_or(around.text.len(), |at| body + at);
    let (mut aid, mut against) = (0, 0);
    let mut rows = BTreeSet::new();
    for hit in around.analysis.hits.iter().take_while(|hit| hit.end <= end) {
        for sense in around.vocabulary.senses(hit) {
            match sense {
                Sense::Cue(row) if rows.insert(*row) => {
                    let weight = around.vocabulary.cues[*row].weight;
                    aid += weight.max(0);
                    against += (-weight).max(0);
                }
                Sense::Programme(row) if !around.vocabulary.programmes[*row].cue => {
                    out.see(&["open.programme"]);
                }
                _ => {}
            }
        }
    }
    steps("open.aid", aid, out);
    steps("open.against", against, out);
    let balance = ["--", "-", "0", "+", "++"][((aid - 2 * against + 7) / 4).clamp(0, 4) as usize];
    out.see(&["open.balance=", balance]);
    let scenes = around.analysis.scenes.iter().take_while(|scene| scene.range.end <= end);
    let (mut bodies, mut met) = (BTreeSet::new(), false);
    for scene in scenes {
        bodies.extend(scene.parties.iter().flat_map(|party| party.entities.iter().copied()));
        if scene.parties.len() < 2 {
            continue;
        }
        for verb in scene.verbs.iter().filter(|verb| verb.start >= scene.parties[0].end) {
            met = true;
            out.see(&["open.meet=", verb.frame.name()]);
        }
    }
    if !met {
        out.see(&["open.nobody_meets"]);
    }
    amount(&["open.bodies"], bodies.len(), out);
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
