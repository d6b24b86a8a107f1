//! Who gives, who gets, who helps whom: the choice among the candidates.

use super::pair::{self, PairCandidate};
use super::role::Stage;
use crate::model::Features;

/// From this chance on a role is taken.
const ROLE_THRESHOLD: f64 = 0.4;
/// The least chance of the only body of a side.
const LAST_THRESHOLD: f64 = 0.15;
/// From this chance on a pair is taken.
pub(crate) const PAIR_THRESHOLD: f64 = 0.4;

/// What was chosen; numbers are indexes of entities.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chosen {
    pub(crate) supporters: Vec<usize>,
    pub(crate) recipients: Vec<usize>,
    pub(crate) pairs: Vec<PairCandidate>,
    /// The chance of each pair, in the order of `pairs`.
    pub(crate) confidence: Vec<f64>,
}

/// Chooses from the chances of every entity to be supporter and recipient.
pub(crate) fn choose(
    stage: &Stage<'_>,
    chances: &[[f64; 2]],
    pair_model: &dyn Fn(&Features) -> f64,
) -> Chosen {
    let mut chosen = Chosen::default();
    for (entity, [giver, taker]) in chances.iter().enumerate() {
        if *giver >= ROLE_THRESHOLD && giver >= taker {
            chosen.supporters.push(entity);
        } else if *taker >= ROLE_THRESHOLD {
            chosen.recipients.push(entity);
        }
    }
    // Aid has two sides: where one is certain, the likeliest body of the other side is taken from a lower chance.
    if chosen.recipients.is_empty() && !chosen.supporters.is_empty() {
        chosen.recipients.extend(likeliest(chances, 1, &chosen.supporters));
    }
    if chosen.supporters.is_empty() && !chosen.recipients.is_empty() {
        chosen.supporters.extend(likeliest(chances, 0, &chosen.recipients));
    }
    let candidates = pair::candidates(stage, &chosen.supporters, &chosen.recipients);
    for candidate in candidates {
        let chance = pair_model(&candidate.features);
        if chance >= PAIR_THRESHOLD {
            chosen.pairs.push(candidate);
            chosen.confidence.push(chance);
        }
    }
    chosen
}

/// The body with the best chance of `role` that is not among `taken`.
fn likeliest(chances: &[[f64; 2]], role: usize, taken: &[usize]) -> Option<usize> {
    let open = (0..chances.len())
        .filter(|entity| !taken.contains(entity) && chances[*entity][role] >= LAST_THRESHOLD);
    open.max_by(|a, b| chances[*a][role].total_cmp(&chances[*b][role]).then(b.cmp(a)))
}
