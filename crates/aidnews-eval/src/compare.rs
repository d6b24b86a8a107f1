//! What changed between two runs over the same gold.

use std::collections::BTreeMap;
use std::fmt;

use crate::matching::{Outcome, Verdict};
use crate::{Field, Scores};

/// Change of an article's body F1 (0 to 1) that is worth a line.
const BODY_CHANGE: f64 = 0.0005;

/// What changed from an earlier run to a later one, item by item.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparison {
    /// Gold items that the earlier run had found and the later one misses, and new false finds.
    pub lost: Vec<Outcome>,
    /// Gold items newly found (verdict `hit`), and false finds that are gone (verdict `false`).
    pub gained: Vec<Outcome>,
    /// Articles whose body F1 changed: id, before, after.
    pub bodies: Vec<(String, f64, f64)>,
}

impl Comparison {
    /// Compares two runs over the same gold.
    pub fn new(before: &Scores, after: &Scores) -> Self {
        let (before_items, after_items) = (tally(before), tally(after));
        let more = |here: &Tally, there: &Tally, verdict: Verdict| -> Vec<Outcome> {
            let counts = here.iter().filter(|(key, _)| key.verdict == verdict);
            counts
                .flat_map(|(key, times)| {
                    let surplus = times.saturating_sub(there.get(key).copied().unwrap_or(0));
                    std::iter::repeat_n(key.clone(), surplus)
                })
                .collect()
        };
        let mut lost = more(&after_items, &before_items, Verdict::Missed);
        lost.extend(more(&after_items, &before_items, Verdict::False));
        let mut gained = more(&after_items, &before_items, Verdict::Hit);
        gained.extend(more(&before_items, &after_items, Verdict::False));
        let pairs = before.bodies.iter().zip(&after.bodies);
        let bodies = pairs
            .filter(|((_, before), (_, after))| (before - after).abs() >= BODY_CHANGE)
            .map(|((article, before), (_, after))| (article.clone(), *before, *after))
            .collect();
        Self { lost, gained, bodies }
    }

    /// Returns whether any gold item was lost, any false find added or any body made worse.
    pub fn is_worse(&self) -> bool {
        !self.lost.is_empty() || self.bodies.iter().any(|(_, before, after)| after < before)
    }
}

type Tally = BTreeMap<Outcome, usize>;

/// Outcomes with how often each came up. A single value that is wrong says what was found instead; that part is
/// cut, so that a value wrong in both runs, in two ways, is no change. Bodies are compared by their figures.
fn tally(scores: &Scores) -> Tally {
    let mut tally = Tally::new();
    for outcome in scores.outcomes.iter().filter(|outcome| outcome.field != Field::Body) {
        let mut key = outcome.clone();
        if Field::SINGLE.contains(&key.field)
            && let Some(end) = key.item.find(", found ")
        {
            key.item.truncate(end);
        }
        *tally.entry(key).or_default() += 1;
    }
    tally
}

/// One change a line: `lost` or `gained`, field, article, item, separated by tabs; a closing count.
impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (what, outcomes) in [("lost", &self.lost), ("gained", &self.gained)] {
            for outcome in outcomes {
                let how = match (what, outcome.verdict) {
                    ("lost", Verdict::False) => "new false find",
                    ("gained", Verdict::False) => "false find gone",
                    _ => "",
                };
                let Outcome { field, article, item, .. } = outcome;
                writeln!(f, "{}", format!("{what}\t{field}\t{article}\t{item}\t{how}").trim_end())?;
            }
        }
        for (article, before, after) in &self.bodies {
            let what = if after < before { "lost" } else { "gained" };
            writeln!(f, "{what}\tbody\t{article}\tF1 {:.2} -> {:.2}", 100.0 * before, 100.0 * after)?;
        }
        let worse = self.bodies.iter().filter(|(_, before, after)| after < before).count();
        let better = self.bodies.len() - worse;
        writeln!(f, "lost {}, gained {}", self.lost.len() + worse, self.gained.len() + better)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{read_gold, read_records, score};

    fn gold() -> String {
        serde_json::json!({
            "id": "a", "file": "a.txt", "relevant": true, "title": "甲", "published": null, "outlet": null,
            "paragraphs": ["一二三四五六"], "supporters": [{"name": "甲医院"}, {"name": "乙医院"}],
            "recipients": [], "pairs": [], "programmes": [], "dates": [], "specialties": [], "counts": [],
        })
        .to_string()
    }

    fn run(record: serde_json::Value) -> Scores {
        let gold = read_gold(gold().as_bytes()).unwrap();
        score(&gold, &read_records(record.to_string().as_bytes()).unwrap())
    }

    #[test]
    fn changes_are_named() {
        let before =
            run(serde_json::json!({"id": "a", "supporters": [{"name": "甲医院"}, {"name": "丙医院"}],
            "article": {"title": "乙", "text": "一二三四五六"}}));
        let after =
            run(serde_json::json!({"id": "a", "supporters": [{"name": "乙医院"}, {"name": "丁医院"}],
            "article": {"title": "丙", "text": "一二三四"}}));
        let comparison = Comparison::new(&before, &after);
        assert!(comparison.is_worse());
        let lines: Vec<String> = comparison.to_string().lines().map(str::to_owned).collect();
        assert_eq!(
            lines,
            [
                "lost\tsupporters\ta\t甲医院",
                "lost\tsupporters\ta\t丁医院\tnew false find",
                "gained\tsupporters\ta\t乙医院",
                "gained\tsupporters\ta\t丙医院\tfalse find gone",
                "lost\tbody\ta\tF1 100.00 -> 50.00",
                "lost 3, gained 2",
            ]
        );
    }

    #[test]
    fn equal_runs_have_no_changes() {
        let run = run(serde_json::json!({"id": "a"}));
        assert_eq!(Comparison::new(&run, &run), Comparison::default());
    }
}
