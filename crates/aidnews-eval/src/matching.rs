//! One-to-one matching of found items to gold items.

use crate::Field;

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// A gold item that was found.
    Hit,
    /// A gold item that was not.
    Missed,
    /// A found item that is in no gold.
    False,
}

impl Verdict {
    /// Returns `hit`, `missed` or `false`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::Missed => "missed",
            Self::False => "false",
        }
    }
}

/// One scored item of one article.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Outcome {
    /// The field.
    pub field: Field,
    /// Id of the gold article.
    pub article: String,
    /// What became of it.
    pub verdict: Verdict,
    /// The item: gold's words for a hit or a miss, the record's for a false find.
    pub item: String,
}

/// An item of gold, ready to be matched.
pub(crate) struct Wanted<T> {
    pub(crate) key: T,
    pub(crate) optional: bool,
    pub(crate) shown: String,
}

/// An item of a record, ready to be matched.
pub(crate) struct Found<T> {
    pub(crate) key: T,
    pub(crate) shown: String,
}

/// Matches each found item to the first free gold item that is the same, and reports every item that counts.
///
/// An optional gold item absorbs what matches it and nothing else; it is never reported.
pub(crate) fn match_items<G, F>(
    wanted: &[Wanted<G>],
    found: &[Found<F>],
    same: impl Fn(&G, &F) -> bool,
    mut report: impl FnMut(Verdict, &str),
) {
    let mut free: Vec<bool> = wanted.iter().map(|item| !item.optional).collect();
    for item in found {
        let hit = (0..wanted.len()).find(|at| free[*at] && same(&wanted[*at].key, &item.key));
        if let Some(at) = hit {
            free[at] = false;
            report(Verdict::Hit, &wanted[at].shown);
        } else if !wanted.iter().any(|gold| gold.optional && same(&gold.key, &item.key)) {
            report(Verdict::False, &item.shown);
        }
    }
    for (gold, _) in wanted.iter().zip(&free).filter(|(_, free)| **free) {
        report(Verdict::Missed, &gold.shown);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdicts(wanted: &[(&'static str, bool)], found: &[&'static str]) -> Vec<(Verdict, String)> {
        let wanted: Vec<_> = wanted
            .iter()
            .map(|(key, optional)| Wanted { key: *key, optional: *optional, shown: (*key).to_owned() })
            .collect();
        let found: Vec<_> = found.iter().map(|key| Found { key: *key, shown: (*key).to_owned() }).collect();
        let mut out = Vec::new();
        match_items(&wanted, &found, |a, b| a == b, |verdict, item| out.push((verdict, item.to_owned())));
        out
    }

    #[test]
    fn a_gold_item_is_found_once_and_a_second_find_is_false() {
        use Verdict::{False, Hit, Missed};
        type Case = (&'static [(&'static str, bool)], &'static [&'static str], &'static [Verdict]);
        let table: [Case; 6] = [
            (&[("甲", false)], &["甲"], &[Hit]),
            (&[("甲", false)], &["甲", "甲"], &[Hit, False]),
            (&[("甲", false), ("甲", false)], &["甲"], &[Hit, Missed]),
            (&[("甲", true)], &["甲", "甲"], &[]),
            (&[("甲", true), ("甲", false)], &["甲", "甲"], &[Hit]),
            (&[("甲", false), ("乙", true)], &["丙"], &[False, Missed]),
        ];
        for (wanted, found, expected) in table {
            let seen: Vec<Verdict> =
                verdicts(wanted, found).into_iter().map(|(verdict, _)| verdict).collect();
            assert_eq!(seen, expected, "{wanted:?} {found:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_required_item_is_hit_or_missed(
            wanted in proptest::collection::vec((0..4usize, proptest::bool::ANY), 0..8),
            found in proptest::collection::vec(0..4usize, 0..8),
        ) {
            const NAMES: [&str; 4] = ["甲", "乙", "丙", "丁"];
            let wanted: Vec<_> = wanted.into_iter().map(|(name, optional)| (NAMES[name], optional)).collect();
            let found: Vec<_> = found.into_iter().map(|name| NAMES[name]).collect();
            let seen = verdicts(&wanted, &found);
            let count = |verdict| seen.iter().filter(|(seen, _)| *seen == verdict).count();
            let required = wanted.iter().filter(|(_, optional)| !optional).count();
            let absorbed = found.iter().filter(|name| wanted.contains(&(**name, true))).count();
            proptest::prop_assert_eq!(count(Verdict::Hit) + count(Verdict::Missed), required);
            proptest::prop_assert!(count(Verdict::Hit) + count(Verdict::False) <= found.len());
            proptest::prop_assert!(count(Verdict::Hit) + count(Verdict::False) + absorbed >= found.len());
        }
    }
}
