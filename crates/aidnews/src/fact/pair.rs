//! Features of a supporter and a recipient that show whether the one helps the other.

use super::role::{Stage, rank};
use crate::model::{Features, note, set};
use crate::record::OrganizationKind as Kind;

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
        for recipient in recipients.iter().filter(|recipient| *recipient != supporter) {
            let mut features = Features::new();
            counts(supporters.len(), recipients.len(), &mut features);
            kinds(stage, *supporter, *recipient, &mut features);
            let scenes = together(stage, *supporter, *recipient, &mut features);
            found.push(PairCandidate { supporter: *supporter, recipient: *recipient, features, scenes });
        }
    }
    compare(stage, &mut found, recipients);
    found
}

/// Notes how each pair stands beside the others of its supporter and of its recipient.
fn compare(stage: &Stage<'_>, found: &mut [PairCandidate], recipients: &[usize]) {
    let met: Vec<(usize, usize, usize)> =
        found.iter().map(|pair| (pair.supporter, pair.recipient, pair.scenes.len())).collect();
    let most = |own: &dyn Fn(&(usize, usize, usize)) -> bool| {
        met.iter().filter(|pair| own(pair)).map(|pair| pair.2).max().unwrap_or(0)
    };
    let mentions = |entity: usize| stage.entities[entity].names.len();
    let main =
        recipients.iter().copied().max_by_key(|entity| (mentions(*entity), std::cmp::Reverse(*entity)));
    for pair in found {
        let own = pair.scenes.len();
        let of_supporter = most(&|other| other.0 == pair.supporter);
        let of_recipient = most(&|other| other.1 == pair.recipient);
        let standing = |most: usize| match (own, most) {
            (_, 0) => "nobody",
            (0, _) => "others",
            (own, most) if own == most => "best",
            _ => "less",
        };
        let (giver, taker) = (standing(of_supporter), standing(of_recipient));
        set(&mut pair.features, &format!("giver_meets={giver}"), 1.0);
        set(&mut pair.features, &format!("taker_meets={taker}"), 1.0);
        set(&mut pair.features, &format!("meets={giver}·{taker}"), 1.0);
        if main == Some(pair.recipient) {
            set(&mut pair.features, "main_recipient", 1.0);
            set(&mut pair.features, &format!("main_recipient&giver_meets={giver}"), 1.0);
        }
        let is_place = stage.entities[pair.recipient].kind == Kind::Place;
        if is_place {
            set(&mut pair.features, &format!("place&giver_meets={giver}"), 1.0);
        }
    }
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
