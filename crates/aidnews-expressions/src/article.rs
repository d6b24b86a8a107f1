//! Chooses what the dates of a whole article are resolved from.

use jiff::civil::Date;

use crate::point::{DayField, MonthField, Point, YearField};
use crate::scan::{Raw, Sources, What};
use crate::temporal::Temporal;
use crate::value::ResolvedBy;

/// Returns the reference date and what it is.
pub(crate) fn reference(text: &str, raws: &[Raw], sources: &Sources<'_>) -> (Option<Date>, ResolvedBy) {
    if let Some(date) = sources.published {
        return (Some(date), ResolvedBy::Reference);
    }
    if let Some(date) = sources.dateline.or_else(|| dateline(text, raws)) {
        return (Some(date), ResolvedBy::Dateline);
    }
    if let Some(date) = full_date(text, raws) {
        return (Some(date), ResolvedBy::Context);
    }
    match sources.images.iter().max() {
        Some(date) => (Some(*date), ResolvedBy::Image),
        None => (None, ResolvedBy::Nothing),
    }
}

/// The day of a point that gives year, month and day.
fn full(point: &Point) -> Option<Date> {
    match (point.year, point.month, point.day) {
        (YearField::Given(year), MonthField::Given(month), DayField::Given(day)) => {
            Date::new(year, month, day).ok()
        }
        _ => None,
    }
}

fn full_day(raw: &Raw) -> Option<Date> {
    match &raw.what {
        What::Time(Temporal::Point(point)) => full(point),
        What::Time(Temporal::Range { start: Some(start), end: Some(_), .. }) => full(start),
        _ => None,
    }
}

/// Finds 新华社北京2021年9月15日电, 本报讯（2021年9月15日…） in the first lines.
fn dateline(text: &str, raws: &[Raw]) -> Option<Date> {
    raws.iter().take_while(|raw| raw.paragraph <= 4).find_map(|raw| {
        let after = text[raw.span.end..].trim_start();
        let marked = after.starts_with('电')
            || after.starts_with('讯')
            || after.starts_with('電')
            || after.starts_with('訊');
        marked.then(|| full_day(raw))?
    })
}

/// Words around a full date that make it background: a founding, a start, a birth.
const BACKGROUND: [&str; 12] =
    ["成立", "始建", "建院", "创建", "创办", "生于", "出生", "创立", "组建", "建于", "自", "从"];

/// Returns the first full date of the text that is no background.
fn full_date(text: &str, raws: &[Raw]) -> Option<Date> {
    raws.iter().find_map(|raw| {
        let date = full_day(raw)?;
        let background = raw.marks.from || raw.marks.since || raw.marks.onward || near(text, raw);
        (!background).then_some(date)
    })
}

fn near(text: &str, raw: &Raw) -> bool {
    let before: String =
        text[..raw.span.start].chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = text[raw.span.end..].chars().take(6).collect();
    let within = |part: &str, words: &[&str]| words.iter().any(|word| part.contains(word));
    within(&before, &BACKGROUND[..10])
        || within(&after, &BACKGROUND[..10])
        || before.ends_with('自')
        || before.ends_with('从')
}
