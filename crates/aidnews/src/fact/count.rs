//! Numbers that measure the aid: which they are, what they measure, and who did it.
//!
//! In: the expressions of an article. Out: [`CountFact`]s. One model tells what measures the aid from ages,
//! baselines, plans and the sizes of houses, a second one names the measure; both see the words and characters
//! around the number, its counter, and what its sentence is about.

use std::ops::Range;

use aidnews_expressions::{Approx, Expression, MeasureKind, Quantity, Value};

use super::evidence::{Evidence, FactModels, Seen};
use super::surroundings::{Sides, Surroundings, Word, first, last, measure_name};
use crate::record::{Approximation, Measure};
use crate::vocabulary::{Sense, measure};

/// Least probability of a number that is reported.
pub(crate) const KEPT: f64 = 0.5;

/// A number that measures the aid; bytes of the analysed text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CountFact {
    /// The shortest stretch that shows number, unit and thing counted.
    pub(crate) span: Range<usize>,
    pub(crate) value: Option<f64>,
    pub(crate) min: Option<f64>,
    pub(crate) max: Option<f64>,
    pub(crate) unit: String,
    pub(crate) measure: Measure,
    pub(crate) approx: Option<Approximation>,
    /// Entity that did it.
    pub(crate) by: Option<usize>,
    pub(crate) period: Option<String>,
    pub(crate) confidence: f64,
}

/// A number that may measure the aid.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    /// Number and unit.
    pub(crate) span: Range<usize>,
    pub(crate) quantity: Quantity,
    pub(crate) unit: String,
    kind: Kind,
    flags: Vec<&'static str>,
    /// What belongs to it left and right.
    sides: Sides,
    /// Index of the number before it in the same sentence.
    before: Option<usize>,
    /// An earlier candidate of the body has the same amount and unit.
    repeat: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Count,
    Money,
    Percent,
    Multiple,
    Duration,
    Weight,
    Bare,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Multiple => "multiple",
            Self::Duration => "duration",
            Self::Weight => "weight",
            Self::Bare => "bare",
        }
    }
}

/// Returns the counts of the body, in order.
pub(crate) fn find(
    around: &Surroundings<'_>,
    expressions: &[Expression<'_>],
    models: &FactModels,
) -> Vec<CountFact> {
    if models.count.is_empty() {
        return Vec::new();
    }
    let all = candidates(around, expressions);
    let mut seen = Seen::default();
    let mut found: Vec<CountFact> = Vec::new();
    for index in 0..all.len() {
        seen.clear();
        describe(around, &all, index, &mut seen);
        let confidence = models.count.chance(&mut seen);
        if confidence < KEPT {
            continue;
        }
        let candidate = &all[index];
        let best = models.measure.best(&mut seen).and_then(|(name, _)| measure(name));
        let Some(best) = best else { continue };
        found.push(CountFact {
            span: stretch(around, candidate),
            value: candidate.quantity.value,
            min: candidate.quantity.min,
            max: candidate.quantity.max,
            unit: candidate.unit.clone(),
            measure: best,
            approx: candidate.quantity.approx.map(approximation),
            by: doer(around, candidate),
            period: period(around, candidate, expressions),
            confidence,
        });
    }
    found
}

/// Returns every number with its words and the chance that it measures the aid.
pub(crate) fn weighed(
    around: &Surroundings<'_>,
    expressions: &[Expression<'_>],
    models: &FactModels,
) -> Vec<(Range<usize>, f64)> {
    let all = candidates(around, expressions);
    let mut seen = Seen::default();
    let mut weigh = |index: usize| {
        seen.clear();
        describe(around, &all, index, &mut seen);
        (stretch(around, &all[index]), models.count.chance(&mut seen))
    };
    (0..all.len()).map(&mut weigh).collect()
}

/// Returns the numbers of the body that may measure the aid, in order.
pub(crate) fn candidates(around: &Surroundings<'_>, expressions: &[Expression<'_>]) -> Vec<Candidate> {
    let body = around.analysis.body;
    let mut found: Vec<Candidate> = Vec::new();
    for (number, expression) in expressions.iter().enumerate() {
        if expression.span.start < body {
            continue;
        }
        let Some((kind, quantity, unit)) = read(expression) else { continue };
        let after = number.checked_sub(1).map_or(0, |at| expressions[at].span.end);
        let before = expressions.get(number + 1).map_or(usize::MAX, |next| next.span.start);
        let sides = around.sides(&expression.span, after, before);
        let sentence = around.sentence(expression.span.start);
        let last = found.len().checked_sub(1).filter(|at| found[*at].span.start >= sentence.start);
        let amount = (quantity.value, quantity.min, quantity.max);
        let repeat = found.iter().rev().take(64).any(|other| {
            (other.quantity.value, other.quantity.min, other.quantity.max) == amount && other.unit == unit
        });
        found.push(Candidate {
            span: expression.span.clone(),
            quantity,
            unit: unit.to_owned(),
            kind,
            flags: flags(expression, inside_name(around, &expression.span)),
            sides,
            before: last,
            repeat,
        });
    }
    found
}

fn read<'t>(expression: &Expression<'t>) -> Option<(Kind, Quantity, &'t str)> {
    Some(match &expression.value {
        Value::Count { quantity, counter } => (Kind::Count, *quantity, *counter),
        Value::Money { quantity, .. } => (Kind::Money, *quantity, "元"),
        Value::Percent { quantity, .. } => (Kind::Percent, *quantity, "%"),
        // 翻一番 grows by a hundred per cent.
        Value::Multiple { quantity, doubling: true } => (Kind::Percent, growth(*quantity), "%"),
        Value::Multiple { quantity, .. } => (Kind::Multiple, *quantity, "倍"),
        Value::Measure { quantity, unit, kind: MeasureKind::Weight } => (Kind::Weight, *quantity, *unit),
        Value::Duration(duration) => (Kind::Duration, duration.quantity, duration.written),
        Value::Number(quantity) => (Kind::Bare, *quantity, ""),
        _ => return None,
    })
}

fn growth(factor: Quantity) -> Quantity {
    let percent = |factor: Option<f64>| factor.map(|factor| (factor - 1.0) * 100.0);
    Quantity { value: percent(factor.value), min: percent(factor.min), max: percent(factor.max), ..factor }
}

fn flags(expression: &Expression<'_>, in_name: bool) -> Vec<&'static str> {
    let marks = expression.marks;
    [
        (marks.plain_one, "plain_one"),
        (marks.each, "each"),
        (marks.from, "from"),
        (marks.before, "before"),
        (marks.after, "after"),
        (marks.lookback, "lookback"),
        (marks.since, "since"),
        (in_name, "in_name"),
        (matches!(expression.value, Value::Percent { points: true, .. }), "points"),
    ]
    .into_iter()
    .filter_map(|(set, name)| set.then_some(name))
    .collect()
}

fn inside_name(around: &Surroundings<'_>, span: &Range<usize>) -> bool {
    let names = &around.analysis.names;
    let next = names.partition_point(|name| name.end <= span.start);
    names.get(next).is_some_and(|name| name.start < span.start && span.end <= name.end)
}

/// Notes what speaks for and against candidate `index` of `all`.
pub(crate) fn describe(around: &Surroundings<'_>, all: &[Candidate], index: usize, out: &mut impl Evidence) {
    let candidate = &all[index];
    let unit = if candidate.unit.is_empty() { "-" } else { candidate.unit.as_str() };
    out.see(&["u=", unit]);
    out.see(&["k=", candidate.kind.name()]);
    let class = around.vocabulary.counters.get(unit).map_or(unit, String::as_str);
    out.see(&["uc=", class]);
    out.see(&["uc&size=", class, "·", size(&candidate.quantity)]);
    out.see(&["size=", size(&candidate.quantity)]);
    out.see(&["u&size=", unit, "·", size(&candidate.quantity)]);
    for flag in &candidate.flags {
        out.see(&["f=", flag]);
    }
    match candidate.quantity.approx {
        Some(Approx::About) => out.see(&["about"]),
        Some(Approx::Over) => out.see(&["over"]),
        Some(Approx::Under) => out.see(&["under"]),
        Some(Approx::AtLeast) => out.see(&["at_least"]),
        None => {}
    }
    if candidate.repeat {
        out.see(&["repeat"]);
        out.see(&["repeat&u=", unit]);
    }
    out.see(&["place=", around.place(candidate.span.start)]);
    around.describe(&candidate.sides, class, out);
    clause(around, candidate, class, out);
    sentence(around, candidate, class, out);
    neighbour(around, all, candidate, unit, out);
}

fn size(quantity: &Quantity) -> &'static str {
    let Some(value) = quantity.value else { return if quantity.max.is_some() { "range" } else { "open" } };
    match value {
        1.0 => "1",
        2.0 => "2",
        v if v < 10.0 => "few",
        v if v < 100.0 => "tens",
        v if v < 1000.0 => "hundreds",
        v if v < 100_000.0 => "thousands",
        _ => "many",
    }
}

/// What the clause says before the number, however far; and how the clause begins.
fn clause(around: &Surroundings<'_>, candidate: &Candidate, unit: &str, out: &mut impl Evidence) {
    let clause = around.clause(&candidate.span);
    let head = &around.text[clause.start..candidate.span.start.max(clause.start)];
    out.see(&["c1=", first(head, 1)]);
    out.see(&["c2=", first(head, 2)]);
    let thing = thing(around, candidate);
    verbs(around, &clause, candidate, thing, out);
    let mut nearest = true;
    for word in around.words_in(&(clause.start..candidate.span.start)).iter().rev().take(6) {
        let mut measuring = false;
        around.classes(word, |class| {
            if class.starts_with("v.") || class.starts_with("n.") {
                measuring = true;
                if nearest {
                    out.see(&["cm=", class]);
                    out.see(&["u&cm=", unit, "·", class]);
                }
            }
            out.see(&["cc=", class]);
        });
        if measuring {
            nearest = false;
        }
    }
    for word in around.words_in(&(candidate.span.end..clause.end)).iter().take(6) {
        around.classes(word, |class| out.see(&["ca=", class]));
        if !around.is_name(word) {
            out.see(&["caw=", &around.text[word.start..word.end]]);
        }
    }
}

/// Class of the noun that is counted: the last one right of the number, or the one right before it.
fn thing(around: &Surroundings<'_>, candidate: &Candidate) -> &'static str {
    let phrase = around.phrase(&candidate.sides.right);
    let right = around.words_in(&phrase).iter().rev().find_map(|word| noun(around, word));
    let left = || around.words_in(&candidate.sides.left).last().and_then(|word| noun(around, word));
    right.or_else(left).map_or("none", measure_name)
}

fn noun(around: &Surroundings<'_>, word: &Word) -> Option<Measure> {
    around.senses(word).iter().find_map(|sense| match sense {
        Sense::Noun(measure) => Some(*measure),
        _ => None,
    })
}

/// Words and numbers further off than this are not looked at: sentences may be endless.
const FAR: usize = 32;

/// Who does what to the thing counted: 培训医生200名, 22名村医接受培训, 选派医生3名.
fn verbs(
    around: &Surroundings<'_>,
    clause: &Range<usize>,
    candidate: &Candidate,
    thing: &str,
    out: &mut impl Evidence,
) {
    out.see(&["thing=", thing]);
    let unit = around.vocabulary.counters.get(&candidate.unit).unwrap_or(&candidate.unit);
    out.see(&["u&thing=", unit, "·", thing]);
    let before = around.words_in(&(clause.start..candidate.span.start));
    let after = around.words_in(&(candidate.span.end..clause.end));
    let acts =
        |class: &str| class.starts_with("v.") || matches!(class, "give" | "go" | "get" | "with" | "host");
    let mut note = |side: &str, word: &Word| -> bool {
        let mut found = false;
        around.classes(word, |class| {
            if acts(class) {
                found = true;
                out.see(&["thing&", side, "=", thing, "·", class]);
            }
        });
        if found && !around.is_name(word) {
            out.see(&["u&", side, "=", unit, "·", &around.text[word.start..word.end]]);
            out.see(&["thing&", side, "w=", thing, "·", &around.text[word.start..word.end]]);
        }
        found
    };
    let _ = before.iter().rev().take(FAR).find(|word| note("before", word));
    let _ = after.iter().take(FAR).find(|word| note("after", word));
}

/// What the sentence is about.
fn sentence(around: &Surroundings<'_>, candidate: &Candidate, unit: &str, out: &mut impl Evidence) {
    let range = around.sentence(candidate.span.start);
    let head = &around.text[range.start..candidate.span.start.max(range.start)];
    out.see(&["s2=", first(head, 2)]);
    if head.is_empty() {
        out.see(&["s=start"]);
    }
    for word in around.words_in(&(range.start..candidate.span.start)).iter().rev().take(24) {
        around.classes(word, |class| {
            out.see(&["sc=", class]);
            if class.starts_with("v.") {
                out.see(&["u&sc=", unit, "·", class]);
            }
        });
        if !around.is_name(word) {
            out.see(&["sw=", &around.text[word.start..word.end]]);
        }
    }
    for word in around.words_in(&(candidate.span.end..range.end)).iter().take(12) {
        around.classes(word, |class| out.see(&["sa=", class]));
    }
}

/// What the number before it counts: lists go on with the same thing (拉萨93名、那曲74名).
fn neighbour(
    around: &Surroundings<'_>,
    all: &[Candidate],
    candidate: &Candidate,
    unit: &str,
    out: &mut impl Evidence,
) {
    let Some(previous) = candidate.before.map(|at| &all[at]) else {
        out.see(&["p=none"]);
        return;
    };
    let same = previous.unit == candidate.unit;
    out.see(&["p.u=", &previous.unit, if same { "·same" } else { "·other" }]);
    let gap = &around.text[previous.span.end..candidate.span.start];
    let short = gap.chars().take(9).count() < 9;
    if same && short {
        out.see(&["p=list"]);
        let thing = around.phrase(&previous.sides.right);
        out.see(&["p.t2=", unit, "·", last(&around.text[thing.clone()], 2)]);
        for word in around.words_in(&thing).iter().chain(around.words_in(&previous.sides.left).last()) {
            around.classes(word, |class| out.see(&["p.c=", class]));
        }
    }
}

/// Extends number and unit to the thing counted, on the right or else on the left.
fn stretch(around: &Surroundings<'_>, candidate: &Candidate) -> Range<usize> {
    let span = candidate.span.clone();
    let phrase = around.phrase(&candidate.sides.right);
    let thing = |word: &&Word| {
        let nouns = |sense: &Sense| matches!(sense, Sense::Noun(_) | Sense::Title);
        around.senses(word).iter().any(nouns)
    };
    if let Some(word) = around.words_in(&phrase).iter().rev().find(thing) {
        return span.start..word.end;
    }
    // 开展手术 may be one word of the lexicons; the thing counted is the noun at its end.
    let hits = &around.analysis.hits;
    let from = hits.partition_point(|hit| hit.end < span.start);
    let ending = hits[from..].iter().take_while(|hit| hit.end == span.start);
    let noun = |sense: &Sense| matches!(sense, Sense::Noun(_));
    let nouns = ending.filter(|hit| {
        hit.start >= candidate.sides.left.start && around.vocabulary.senses(hit).iter().any(noun)
    });
    if let Some(start) = nouns.map(|hit| hit.start).min() {
        return start..span.end;
    }
    let left = around.words_in(&candidate.sides.left);
    if let Some(word) = left.last().filter(|word| word.end == span.start) {
        return word.start..span.end;
    }
    span
}

fn approximation(approx: Approx) -> Approximation {
    match approx {
        Approx::About => Approximation::About,
        Approx::Over => Approximation::Over,
        Approx::Under => Approximation::Under,
        Approx::AtLeast => Approximation::AtLeast,
    }
}

/// Returns the body named last before the number in its sentence.
fn doer(around: &Surroundings<'_>, candidate: &Candidate) -> Option<usize> {
    let sentence = around.sentence(candidate.span.start);
    let scenes = &around.analysis.scenes;
    let at = scenes.partition_point(|scene| scene.range.end <= sentence.start);
    let parties = &scenes.get(at)?.parties;
    let upto = parties.partition_point(|party| party.end <= candidate.span.start);
    let before = parties[..upto].last()?;
    before.entities.first().copied()
}

/// Returns the span over which the number was reached: a period named before it in its sentence.
fn period(
    around: &Surroundings<'_>,
    candidate: &Candidate,
    expressions: &[Expression<'_>],
) -> Option<String> {
    let sentence = around.sentence(candidate.span.start);
    let to = expressions.partition_point(|expression| expression.span.end <= candidate.span.start);
    let before = expressions[..to]
        .iter()
        .rev()
        .take(FAR)
        .take_while(|expression| expression.span.start >= sentence.start);
    before
        .filter(|expression| {
            let marks = expression.marks;
            matches!(expression.value, Value::Range(_)) || marks.since || marks.until || marks.lookback
        })
        .find_map(Expression::iso_date)
}

#[cfg(test)]
mod tests {
    use aidnews_expressions::Scanner;

    use super::*;
    use crate::fact::surroundings::tests::apart;

    #[test]
    fn stretches_show_number_unit_and_thing() {
        for (text, wanted) in [
            ("选派3名医生到岗。", "3名医生"),
            ("开展手术189例。", "手术189例"),
            ("捐赠资金830万元。", "资金830万元"),
        ] {
            let found = apart(&[], text, |around| {
                let expressions: Vec<_> = Scanner::new().unwrap().scan(around.text, None).collect();
                let all = candidates(around, &expressions);
                all.iter().map(|one| around.text[stretch(around, one)].to_owned()).collect::<Vec<_>>()
            });
            assert_eq!(found, [wanted], "{text}");
        }
    }

    #[test]
    fn a_doubling_is_a_growth_of_a_hundred_per_cent() {
        assert_eq!(growth(Quantity::exact(2.0)).value, Some(100.0));
    }
}
