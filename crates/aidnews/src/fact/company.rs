//! A second look at the roles: who stands beside whom, once the first look has an idea of everybody.

use super::cue::Scene;
use super::role::Stage;
use crate::model::{Features, note, set};

/// Returns the features of a first look with what the chances it gave say of the others: supporters stand before
/// recipients, members of a list share a role, and an article has both sides.
pub(crate) fn refine(stage: &Stage<'_>, first: &[Features], chances: &[[f64; 2]]) -> Vec<Features> {
    let mut all = first.to_vec();
    for (features, [giver, taker]) in all.iter_mut().zip(chances) {
        set(features, "first:giver", logit(*giver));
        set(features, "first:taker", logit(*taker));
    }
    for scene in stage.scenes {
        for at in 0..scene.parties.len() {
            let seen = company(scene, at, chances);
            for entity in &scene.parties[at].entities {
                for name in &seen {
                    note(&mut all[*entity], name.clone());
                }
                list(scene, at, *entity, chances, &mut all[*entity]);
            }
        }
    }
    for (entity, features) in all.iter_mut().enumerate() {
        for (role, name) in [(0, "givers"), (1, "takers")] {
            let others =
                (0..chances.len()).filter(|other| *other != entity && chances[*other][role] >= 0.5).count();
            set(features, &format!("other_{name}={}", others.min(3)), 1.0);
            let best = (0..chances.len()).all(|other| chances[other][role] <= chances[entity][role]);
            if best {
                set(features, &format!("best_of_{name}"), 1.0);
            }
        }
    }
    all
}

/// Log odds, scaled to the size of the other features.
fn logit(chance: f64) -> f64 {
    let chance = chance.clamp(0.01, 0.99);
    (chance / (1.0 - chance)).ln() / 2.0
}

fn level(chance: f64) -> &'static str {
    match chance {
        chance if chance >= 0.6 => "sure",
        chance if chance >= 0.3 => "maybe",
        _ => "no",
    }
}

/// Who stands before and behind the party in its sentence.
fn company(scene: &Scene, at: usize, chances: &[[f64; 2]]) -> Vec<String> {
    let best = |parties: &[super::cue::Party], role: usize| {
        let all = parties.iter().flat_map(|party| &party.entities);
        level(all.map(|entity| chances[*entity][role]).fold(0.0, f64::max))
    };
    let (before, behind) = (&scene.parties[..at], &scene.parties[at + 1..]);
    vec![
        format!("before:giver={}&taker={}", best(before, 0), best(before, 1)),
        format!("behind:giver={}&taker={}", best(behind, 0), best(behind, 1)),
        format!("before:giver={}&behind:taker={}", best(before, 0), best(behind, 1)),
        format!("before:taker={}&behind:giver={}", best(before, 1), best(behind, 0)),
    ]
}

/// What the other members of its list are.
fn list(scene: &Scene, at: usize, entity: usize, chances: &[[f64; 2]], features: &mut Features) {
    let members: Vec<usize> =
        scene.parties[at].entities.iter().copied().filter(|other| *other != entity).collect();
    if members.is_empty() {
        return;
    }
    for (role, name) in [(0, "giver"), (1, "taker")] {
        let mean = members.iter().map(|other| chances[*other][role]).sum::<f64>() / members.len() as f64;
        note(features, format!("list:{name}={}", level(mean)));
    }
}
