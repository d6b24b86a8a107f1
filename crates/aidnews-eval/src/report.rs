//! The figures of a run: as numbers, as a table, as JSON.

use std::collections::BTreeMap;
use std::fmt;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::Field;
use crate::matching::{Outcome, Verdict};

/// The figures of a run, in percent, rounded to two decimals; micro-averaged over articles.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Number of gold articles.
    pub articles: usize,
    /// Figures of the fields that hold lists, by the field's name.
    #[serde(serialize_with = "in_report_order")]
    pub fields: BTreeMap<&'static str, FieldScore>,
    /// Share of articles with the right title.
    pub title: f64,
    /// Share of articles with the right publication date.
    pub published: f64,
    /// Share of articles with the right outlet.
    pub outlet: f64,
    /// Share of articles rightly judged to report aid or not.
    pub relevance: f64,
    /// Share of right roles among dates with the right value.
    pub date_roles: f64,
    /// Figures of the text.
    pub body: BodyScore,
    /// Mean F1 of [`Field::FACTS`].
    pub facts_f1: f64,
}

/// Precision, recall and F1 of a field, and the counts behind them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct FieldScore {
    /// Precision; 100 where nothing was found.
    pub p: f64,
    /// Recall; 100 where nothing was to be found.
    pub r: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
    /// Gold items found.
    pub tp: usize,
    /// Items found that are in no gold.
    pub fp: usize,
    /// Gold items missed.
    pub r#fn: usize,
}

/// Mean figures of the text over articles.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BodyScore {
    /// Mean precision.
    pub p: f64,
    /// Mean recall.
    pub r: f64,
    /// Mean F1.
    pub f1: f64,
    /// Share of articles with F1 of 98 and more.
    pub articles_at_98: f64,
}

impl Report {
    /// Sums up the outcomes of a run over `articles` articles; `body` holds the sums of body precision, recall
    /// and F1 over them.
    pub(crate) fn new(articles: usize, outcomes: &[Outcome], body: [f64; 3]) -> Self {
        let count = |field: Field, verdict: Verdict| {
            outcomes.iter().filter(|outcome| outcome.field == field && outcome.verdict == verdict).count()
        };
        let list = |field| {
            let counts = [Verdict::Hit, Verdict::False, Verdict::Missed].map(|verdict| count(field, verdict));
            FieldScore::new(counts)
        };
        let fields: BTreeMap<_, _> = Field::LISTS.map(|field| (field.as_str(), list(field))).into();
        let share = |field, of: usize| percent(count(field, Verdict::Hit) as f64 / of.max(1) as f64);
        let roles = count(Field::DateRoles, Verdict::Hit) + count(Field::DateRoles, Verdict::Missed);
        let mean = |sum: f64| round2(100.0 * sum / articles.max(1) as f64);
        let facts = Field::FACTS.iter().map(|field| fields[field.as_str()].f1);
        Self {
            articles,
            title: share(Field::Title, articles),
            published: share(Field::Published, articles),
            outlet: share(Field::Outlet, articles),
            relevance: share(Field::Relevance, articles),
            date_roles: share(Field::DateRoles, roles),
            body: BodyScore {
                p: mean(body[0]),
                r: mean(body[1]),
                f1: mean(body[2]),
                articles_at_98: share(Field::Body, articles),
            },
            facts_f1: round2(facts.sum::<f64>() / Field::FACTS.len() as f64),
            fields,
        }
    }
}

impl FieldScore {
    fn new([tp, fp, r#fn]: [usize; 3]) -> Self {
        let ratio = |part: usize, whole: usize| {
            if whole > 0 { part as f64 / whole as f64 } else { 1.0 }
        };
        let (p, r) = (ratio(tp, tp + fp), ratio(tp, tp + r#fn));
        let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        Self { p: percent(p), r: percent(r), f1: percent(f1), tp, fp, r#fn }
    }
}

/// The table a person reads.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:14}{:>8}{:>8}{:>8}{:>6}{:>6}{:>6}", "field", "P", "R", "F1", "tp", "fp", "fn")?;
        for field in Field::LISTS {
            let FieldScore { p, r, f1, tp, fp, r#fn } = self.fields[field.as_str()];
            writeln!(f, "{field:14}{p:8.2}{r:8.2}{f1:8.2}{tp:6}{fp:6}{:6}", r#fn)?;
        }
        let BodyScore { p, r, f1, articles_at_98 } = self.body;
        let whole = format!("   at F1>=98: {articles_at_98}% of {} articles", self.articles);
        writeln!(f, "{:14}{p:8.2}{r:8.2}{f1:8.2}{whole}", "body")?;
        writeln!(
            f,
            "title {}  published {}  outlet {}  relevance {}  date roles {}  facts F1 {}",
            self.title, self.published, self.outlet, self.relevance, self.date_roles, self.facts_f1
        )
    }
}

fn in_report_order<S: Serializer>(
    fields: &BTreeMap<&'static str, FieldScore>,
    to: S,
) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(Some(fields.len()))?;
    for field in Field::LISTS {
        map.serialize_entry(field.as_str(), &fields[field.as_str()])?;
    }
    map.end()
}

fn percent(share: f64) -> f64 {
    round2(100.0 * share)
}

fn round2(figure: f64) -> f64 {
    round(figure, 2)
}

pub(crate) fn round6(figure: f64) -> f64 {
    round(figure, 6)
}

/// Rounds the exact value of `figure`, as the reference scorer's language does; `(figure * 100).round() / 100`
/// would first round the product.
fn round(figure: f64, decimals: usize) -> f64 {
    format!("{figure:.decimals$}").parse().unwrap_or(figure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_looks_at_the_exact_value_and_ties_go_to_even() {
        for (figure, wanted) in
            [(2.675, 2.67), (1.005, 1.0), (12.125, 12.12), (12.375, 12.38), (0.125, 0.12), (99.995, 100.0)]
        {
            assert_eq!(round2(figure), wanted, "{figure}");
        }
    }

    #[test]
    fn nothing_found_of_nothing_is_perfect() {
        let score = FieldScore::new([0, 0, 0]);
        assert_eq!((score.p, score.r, score.f1), (100.0, 100.0, 100.0));
        let score = FieldScore::new([0, 0, 3]);
        assert_eq!((score.p, score.r, score.f1), (100.0, 0.0, 0.0));
    }
}
