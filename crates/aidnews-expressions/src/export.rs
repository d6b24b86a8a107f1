//! Expressions in the plain form that suites and the command line print: type and value as text.

use jiff::civil::Date;

use crate::value::{DateRange, DateValue, Expression, Quantity, Recurrence, TimeUnit, TimeValue, Value};

/// One expression as a suite records it; offsets are in code points, the end exclusive.
#[derive(Debug, Clone, PartialEq)]
pub struct Export {
    /// Where it starts, in code points.
    pub start: usize,
    /// Where it ends, in code points.
    pub end: usize,
    /// `date`, `date_range`, `datetime`, `time`, `duration`, `set`, `number`, `percent`, `ordinal` or `money`.
    pub kind: &'static str,
    /// The value.
    pub value: ExportValue,
}

/// A value for JSON.
#[derive(Debug, Clone, PartialEq)]
pub enum ExportValue {
    /// A plain number.
    Number(f64),
    /// ISO 8601 text, a range `a..b`, an amount with its currency.
    Text(String),
}

/// Exports the expressions of `text`, which must be those that a scan of `text` found, in order.
///
/// # Examples
///
/// ```
/// use aidnews_expressions::{ExportValue, Scanner, export};
/// # fn main() -> Result<(), aidnews_expressions::LoadError> {
/// let text = "投入830万元";
/// let found: Vec<_> = Scanner::new()?.scan(text, None).collect();
/// let out = export(text, &found);
/// assert_eq!((out[0].start, out[0].end, out[0].kind), (2, 7, "money"));
/// assert_eq!(out[0].value, ExportValue::Text("8300000 CNY".into()));
/// # Ok(()) }
/// ```
pub fn export(text: &str, found: &[Expression<'_>]) -> Vec<Export> {
    let mut count = (0, 0);
    let mut points = |to: usize| {
        if to < count.0 {
            count = (0, 0);
        }
        count.1 += text[count.0..to].chars().count();
        count.0 = to;
        count.1
    };
    let mut out = Vec::new();
    for expression in found {
        let Some((kind, value)) = typed(expression) else { continue };
        let span = match expression.value {
            Value::Number(_)
            | Value::Count { .. }
            | Value::Measure { .. }
            | Value::Ordinal { .. }
            | Value::Money { .. } => &expression.core,
            _ => &expression.span,
        };
        let start = points(span.start);
        out.push(Export { start, end: points(span.end), kind, value });
    }
    out
}

fn typed(expression: &Expression<'_>) -> Option<(&'static str, ExportValue)> {
    let text = |kind, value: String| Some((kind, ExportValue::Text(value)));
    match &expression.value {
        Value::Number(quantity) | Value::Count { quantity, .. } | Value::Measure { quantity, .. } => {
            Some(("number", number(*quantity)))
        }
        Value::Multiple { quantity, .. } => Some(("number", number(*quantity))),
        Value::Percent { quantity, .. } => Some(("percent", number(*quantity))),
        Value::Ordinal { value, .. } => Some(("ordinal", ExportValue::Number(*value as f64))),
        Value::Money { quantity, currency } => {
            let amount = match number(*quantity) {
                ExportValue::Number(number) => number.to_string(),
                ExportValue::Text(text) => text,
            };
            text("money", format!("{amount} {}", currency.unwrap_or("")).trim_end().to_owned())
        }
        Value::Duration(duration) => text("duration", duration.iso()),
        Value::Recurrence(recurrence) => text("set", set(recurrence)),
        Value::Time(time) => text("time", time_text(time)),
        Value::Date(date) => date_text(date),
        Value::Range(range) => range_text(range),
    }
}

/// A number, or a range where one is all there is.
fn number(quantity: Quantity) -> ExportValue {
    let end = |n: Option<f64>| n.map_or(String::new(), |n| n.to_string());
    match quantity.value {
        Some(value) => ExportValue::Number(value),
        None => ExportValue::Text(format!("{}..{}", end(quantity.min), end(quantity.max))),
    }
}

fn set(recurrence: &Recurrence) -> String {
    let (every, unit) = recurrence.every;
    if let (Some(day), None) = (recurrence.weekday, recurrence.clock) {
        return format!("XXXX-WXX-{day}");
    }
    if let (Some(day), Some(clock)) = (recurrence.weekday, recurrence.clock) {
        return format!("XXXX-WXX-{day}T{:02}", clock.hour);
    }
    let clock = if unit >= TimeUnit::Hour { "T" } else { "" };
    format!("P{clock}{every}{}", unit.letter())
}

fn time_text(time: &TimeValue) -> String {
    match (time.clock, time.end, time.day_part) {
        (Some(clock), Some(end), _) => format!("T{clock}/T{end}"),
        (Some(clock), None, _) => format!("T{clock}"),
        (None, _, Some(part)) => format!("T{}", part.code()),
        (None, _, None) => "T".to_owned(),
    }
}

fn days_text(first: Date, last: Date) -> String {
    if first == last { first.to_string() } else { format!("{first}/{last}") }
}

fn moment(date: &DateValue) -> Option<String> {
    let day = date.date.to_date()?;
    Some(match (date.clock, date.day_part) {
        (Some(clock), _) => format!("{day}T{clock}"),
        (None, Some(part)) => format!("{day}T{}", part.code()),
        (None, None) => return None,
    })
}

fn date_text(date: &DateValue) -> Option<(&'static str, ExportValue)> {
    if let Some(start) = moment(date) {
        let text = match date.clock_end {
            Some(end) => format!("{start}/{}T{end}", date.date.to_date()?),
            None => start,
        };
        return Some(("datetime", ExportValue::Text(text)));
    }
    if date.clock.is_some() || date.day_part.is_some() {
        return Some(("datetime", ExportValue::Text(date.date.to_string())));
    }
    match date.days() {
        Some((first, last)) if date.extent.is_some() => {
            let kind = if first == last { "date" } else { "date_range" };
            Some((kind, ExportValue::Text(days_text(first, last))))
        }
        Some((first, last)) => {
            let kind = if first == last { "date" } else { "date_range" };
            Some((kind, ExportValue::Text(date.date.to_string())))
        }
        None => {
            let kind = if date.date.day.is_some() || date.date == Default::default() {
                "date"
            } else {
                "date_range"
            };
            Some((kind, ExportValue::Text(date.date.to_string())))
        }
    }
}

fn range_text(range: &DateRange) -> Option<(&'static str, ExportValue)> {
    if let (Some(start), Some(end)) = (&range.start, &range.end)
        && (start.clock.is_some() || end.clock.is_some())
    {
        let at = |date: &DateValue| moment(date).or_else(|| date.date.to_date().map(|d| d.to_string()));
        let text = match (at(start), at(end)) {
            (Some(start), Some(end)) => format!("{start}/{end}"),
            _ => range.iso(),
        };
        return Some(("datetime", ExportValue::Text(text)));
    }
    let edge = |date: &Option<DateValue>, first: bool| match date {
        None => Some("..".to_owned()),
        Some(date) => date.days().map(|(a, b)| if first { a } else { b }.to_string()),
    };
    let text = match (edge(&range.start, true), edge(&range.end, false)) {
        (Some(start), Some(end)) => format!("{start}/{end}"),
        _ => range.iso(),
    };
    Some(("date_range", ExportValue::Text(text)))
}
