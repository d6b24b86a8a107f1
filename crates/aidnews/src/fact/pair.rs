//! Features of a supporter and a recipient that show whether the one helps the other.

use super::role::{Stage, rank};
use crate::model::{Features, note, set};

/// A candidate partnership with what speaks for it.
#[derive(Debug, Clone)]
pub(crate) struct PairCandidate {
    pub(crate) supporter: usize,
    pub(crate) recipient: usize,
    pub(crate) features: Features,
    /// The first sentences that name both, by number.
    pub(crate) scenes: Vec<usize>,
}

/// Returns a candidate for every supporter and recipient, `supporters` × `recipients`.
pub(crate) fn candidates(
    stage: &Stage<'_>,
    supporters: &[usize],
    recipients: &[usize],
) -> Vec<PairCandidate> {
    let mut found = Vec::new();
    for supporter in supporters {
        for recipient in recipients {
            if supporter == recipient {
                continue;
            }
            let mut features = Features::new();
            counts(supporters.len(), recipients.len(), &mut features);
            kinds(stage, *supporter, *recipient, &mut features);
            let scenes = together(stage, *supporter, *recipient, &mut features);
            found.push(PairCandidate { supporter: *supporter, recipient: *recipient, features, scenes });
        }
    }
    found
}

fn counts(supporters: usize, recipients: usize, features: &mut Features) {
    let class = |count: usize| match count {
        1 => "one",
        2 | 3 => "few",
        _ => "many",
    };
    set(features, &format!("sides={}·{}", class(supporters), class(recipients)), 1.0);
}

fn kinds(stage: &Stage<'_>, supporter: usize, recipient: usize, features: &mut Features) {
    let (giver, taker) = (&stage.entities[supporter], &stage.entities[recipient]);
    set(features, &format!("kinds={:?}·{:?}", giver.kind, taker.kind).to_lowercase(), 1.0);
    if rank(giver) <= rank(taker) {
        set(features, "not_higher", 1.0);
    }
    let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
    if same(&giver.region.city, &taker.region.city) {
        set(features, "same_city", 1.0);
    } else if same(&giver.region.province, &taker.region.province) {
        set(features, "same_province", 1.0);
    }
}

/// Notes the sentences that name both, and the paragraphs and order they stand in.
fn together(stage: &Stage<'_>, supporter: usize, recipient: usize, features: &mut Features) -> Vec<usize> {
    let mut scenes = Vec::new();
    let mut last_recipient: Option<usize> = None;
    let mut last_supporter: Option<usize> = None;
    for (number, scene) in stage.scenes.iter().enumerate() {
        let at = |entity: usize| scene.parties.iter().position(|party| party.entities.contains(&entity));
        let (giver, taker) = (at(supporter), at(recipient));
        if let (Some(giver), Some(taker)) = (giver, taker) {
            scenes.push(number);
            note(features, "together".to_owned());
            if scene.in_title {
                note(features, "together_in_title".to_owned());
            }
            let names = if giver == taker {
                vec!["same_list".to_owned()]
            } else if giver < taker {
                scene.between(stage.text, giver, taker)
            } else {
                scene
                    .between(stage.text, taker, giver)
                    .into_iter()
                    .map(|name| format!("back:{name}"))
                    .collect()
            };
            for name in names {
                note(features, name);
            }
        } else {
            let neighbour = |last: Option<usize>| last.is_some_and(|last| number - last == 1);
            if taker.is_some() && neighbour(last_supporter) || giver.is_some() && neighbour(last_recipient) {
                note(features, "neighbours".to_owned());
            }
        }
        if taker.is_some() {
            last_recipient = Some(number);
        }
        if giver.is_some() {
            last_supporter = Some(number);
        }
    }
    if scenes.is_empty() {
        set(features, "apart", 1.0);
    }
    scenes
}
