//! Dates that are tied to the aid or to the reported events, and what they are to them.
//!
//! In: the expressions of an article, resolved. Out: [`DateFact`]s. One model tells tied dates from background
//! (foundings, births, honours), a second one names the role.

use std::collections::BTreeSet;
use std::ops::Range;

use aidnews_expressions::{Expression, ResolvedBy, Value};

use super::evidence::{Evidence, FactModels, Seen};
use super::surroundings::{Sides, Surroundings, first};
use crate::record::DateRole;

/// Least probability of a date that is reported.
pub(crate) const KEPT: f64 = 0.5;

/// A date tied to the aid; bytes of the analysed text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DateFact {
    pub(crate) span: Range<usize>,
    pub(crate) value: String,
    pub(crate) role: DateRole,
    pub(crate) resolved_by: Option<&'static str>,
    pub(crate) confidence: f64,
}

/// A date that may be tied to the aid.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) span: Range<usize>,
    pub(crate) value: String,
    shape: &'static str,
    flags: Vec<&'static str>,
    resolved_by: ResolvedBy,
    sides: Sides,
    number: usize,
    repeat: bool,
    /// Where it lies from the publication date.
    lies: &'static str,
}

/// Returns the dates, in order, each value once. `published` is the ISO date of the page.
pub(crate) fn find(
    around: &Surroundings<'_>,
    expressions: &[Expression<'_>],
    published: Option<&str>,
    models: &FactModels,
) -> Vec<DateFact> {
    if models.date.is_empty() {
        return Vec::new();
    }
    let mut seen = Seen::default();
    let mut found: Vec<DateFact> = Vec::new();
    let mut told = BTreeSet::new();
    for candidate in candidates(around, expressions, published) {
        seen.clear();
        describe(around, &candidate, &mut seen);
        let confidence = models.date.chance(&mut seen);
        if confidence < KEPT || !told.insert(candidate.value.clone()) {
            continue;
        }
        let role = models.date_role.best(&mut seen).map_or(DateRole::Event, |(name, _)| role(name));
        found.push(DateFact {
            span: candidate.span,
            value: candidate.value,
            role,
            resolved_by: source(candidate.resolved_by),
            confidence,
        });
    }
    found
}

/// Name of a role in models.
pub(crate) fn role_name(role: DateRole) -> &'static str {
    match role {
        DateRole::Event => "event",
        DateRole::Since => "since",
        DateRole::Period => "period",
        DateRole::Plan => "plan",
        DateRole::Other => "other",
    }
}

fn role(name: &str) -> DateRole {
    [DateRole::Event, DateRole::Since, DateRole::Period, DateRole::Plan]
        .into_iter()
        .find(|role| role_name(*role) == name)
        .unwrap_or(DateRole::Other)
}

fn source(by: ResolvedBy) -> Option<&'static str> {
    Some(match by {
        ResolvedBy::Reference => "publication date",
        ResolvedBy::Dateline => "dateline",
        ResolvedBy::Context => "another date in the text",
        ResolvedBy::Image => "image file name",
        ResolvedBy::Text | ResolvedBy::Nothing => return None,
    })
}

/// Returns every date with the chance that it is tied to the aid.
pub(crate) fn weighed(
    around: &Surroundings<'_>,
    expressions: &[Expression<'_>],
    published: Option<&str>,
    models: &FactModels,
) -> Vec<(Range<usize>, f64)> {
    let mut seen = Seen::default();
    let mut weigh = |candidate: Candidate| {
        seen.clear();
        describe(around, &candidate, &mut seen);
        (candidate.span, models.date.chance(&mut seen))
    };
    candidates(around, expressions, published).into_iter().map(&mut weigh).collect()
}

/// Returns all dates and periods of title and body.
pub(crate) fn candidates(
    around: &Surroundings<'_>,
    expressions: &[Expression<'_>],
    published: Option<&str>,
) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut values = BTreeSet::new();
    for (number, expression) in expressions.iter().enumerate() {
        let Some(value) = expression.iso_date() else { continue };
        let Some((shape, flags, resolved_by)) = read(expression, &value) else { continue };
        let after = number.checked_sub(1).map_or(0, |at| expressions[at].span.end);
        let before = expressions.get(number + 1).map_or(usize::MAX, |next| next.span.start);
        let repeat = !values.insert(value.clone());
        found.push(Candidate {
            span: expression.span.clone(),
            lies: lies(&value, published),
            shape,
            flags,
            resolved_by,
            sides: around.sides(&expression.span, after, before),
            number: found.len(),
            repeat,
            value,
        });
    }
    found
}

fn read(expression: &Expression<'_>, value: &str) -> Option<(&'static str, Vec<&'static str>, ResolvedBy)> {
    let marks = expression.marks;
    let mut flags: Vec<&'static str> = [
        (marks.from, "from"),
        (marks.since, "since"),
        (marks.onward, "onward"),
        (marks.until, "until"),
        (marks.before, "before"),
        (marks.after, "after"),
        (marks.lookback, "lookback"),
    ]
    .into_iter()
    .filter_map(|(set, name)| set.then_some(name))
    .collect();
    Some(match &expression.value {
        Value::Date(date) => {
            for (set, name) in [
                (date.day_part.is_some(), "day_part"),
                (date.clock.is_some(), "clock"),
                (date.relative, "relative"),
                (date.within, "within"),
                (date.lunar, "lunar"),
            ] {
                if set {
                    flags.push(name);
                }
            }
            let shape = match (date.date.month, date.date.day) {
                _ if date.extent.is_some() && !date.within => "stretch",
                (_, Some(_)) => "day",
                (Some(_), None) => "month",
                (None, None) => "year",
            };
            (shape, flags, date.resolved_by)
        }
        Value::Range(range) => {
            for (set, name) in [(range.rolling, "rolling"), (range.exclusive, "exclusive")] {
                if set {
                    flags.push(name);
                }
            }
            let shape = match (range.start.is_some(), range.end.is_some()) {
                (true, false) => "open_end",
                (false, true) => "open_start",
                _ if value.len() >= 21 => "days",
                _ => "range",
            };
            let by = range.start.or(range.end).map_or(ResolvedBy::Text, |date| date.resolved_by);
            (shape, flags, by)
        }
        _ => return None,
    })
}

/// Says how far a value lies from the publication date: compares ISO text by year, month and day.
fn lies(value: &str, published: Option<&str>) -> &'static str {
    let Some(published) = published else { return "unknown" };
    let start = value.split('/').next().unwrap_or(value);
    if start.starts_with('-') || start.starts_with('.') || published.len() < 10 {
        return "unknown";
    }
    let shared = start.len().min(10);
    let (Some(day), Some(known)) = (start.get(..shared), published.get(..shared)) else { return "unknown" };
    if day > known {
        return "ahead";
    }
    if day == known {
        return if shared == 10 { "same_day" } else { "same" };
    }
    let year = |text: &str| text.get(..4).and_then(|year| year.parse::<i32>().ok());
    let month = |text: &str| text.get(5..7).and_then(|month| month.parse::<i32>().ok());
    let (Some(then), Some(now)) = (year(start), year(published)) else { return "unknown" };
    let months = match (month(start), month(published)) {
        (Some(a), Some(b)) => (now - then) * 12 + b - a,
        _ => (now - then) * 12,
    };
    match months {
        0 => "this_month",
        1 => "last_month",
        2..=11 => "this_year",
        12..=35 => "few_years",
        36..=95 => "years",
        _ => "long_ago",
    }
}

/// Dates without any of these are feasts and relative days.
const NUMERALS: &str = "一二三四五六七八九十〇零两廿卅０１２３４５６７８９";

/// Notes what speaks for a date and its roles.
pub(crate) fn describe(around: &Surroundings<'_>, candidate: &Candidate, out: &mut impl Evidence) {
    let shape = candidate.shape;
    out.see(&["shape=", shape]);
    out.see(&["lies=", candidate.lies]);
    out.see(&["shape&lies=", shape, "·", candidate.lies]);
    for flag in &candidate.flags {
        out.see(&["f=", flag]);
        out.see(&["shape&f=", shape, "·", flag]);
    }
    out.see(&["by=", candidate.resolved_by.as_str()]);
    let place = around.place(candidate.span.start);
    out.see(&["place=", place]);
    out.see(&["shape&place=", shape, "·", place]);
    if candidate.repeat {
        out.see(&["repeat"]);
    }
    match candidate.number {
        0 => out.see(&["number=0"]),
        1 => out.see(&["number=1"]),
        _ => {}
    }
    if !around.text[candidate.span.clone()].contains(|c: char| c.is_ascii_digit() || NUMERALS.contains(c)) {
        out.see(&["no_numeral"]);
        out.see(&["no_numeral&shape=", shape]);
    }
    out.see(&["words=", first(&around.text[candidate.span.clone()], 2)]);
    around.describe(&candidate.sides, shape, out);
    sentence(around, candidate, out);
}

fn sentence(around: &Surroundings<'_>, candidate: &Candidate, out: &mut impl Evidence) {
    let range = around.sentence(candidate.span.start);
    if range.start == candidate.span.start {
        out.see(&["s=start"]);
        out.see(&["shape&start=", candidate.shape]);
    }
    let mut number = 0;
    for word in around.words_in(&(candidate.span.end..range.end)).iter().take(16) {
        around.classes(word, |class| out.see(&["sa=", class]));
        if !around.is_name(word) {
            let surface = &around.text[word.start..word.end];
            out.see(&["saw=", surface]);
            if number < 2 {
                out.see(&["near=", surface]);
            }
            number += 1;
        }
    }
    for word in around.words_in(&(range.start..candidate.span.start)).iter().rev().take(8) {
        around.classes(word, |class| out.see(&["sb=", class]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_from_publication() {
        for (value, wanted) in [
            ("2021-10-28", "same_day"),
            ("2021-10-27", "this_month"),
            ("2021-06", "this_year"),
            ("2021", "same"),
            ("2022-01", "ahead"),
            ("2018/..", "years"),
            ("1951", "long_ago"),
            ("--10-27", "unknown"),
        ] {
            assert_eq!(lies(value, Some("2021-10-28")), wanted, "{value}");
        }
        assert_eq!(lies("2021", None), "unknown");
    }
}
