//! Expressions for people: every value with what the text leaves open about it.

use aidnews_expressions::{Export, ExportValue, Expression, Quantity, ResolvedBy, Scanner, Value, export};
use jiff::civil::Date;
use serde_json::{Map, Value as Json};

/// An expression as a JSON object; keys that say nothing are left out.
pub(crate) type Line = Map<String, Json>;

/// Returns the expressions of `text`, in order.
pub(crate) fn lines(scanner: &Scanner, text: &str, reference: Option<Date>) -> Vec<Line> {
    let found: Vec<Expression<'_>> = scanner.scan(text, reference).collect();
    let points = Points::new(text);
    let mut exports = export(text, &found).into_iter().peekable();
    let line = |expression: &Expression<'_>| {
        let spans =
            [&expression.span, &expression.core].map(|span| (points.at(span.start), points.at(span.end)));
        let exported = exports.next_if(|exported| spans.contains(&(exported.start, exported.end)));
        let mut line = Line::new();
        line.insert("start".into(), spans[0].0.into());
        line.insert("end".into(), spans[0].1.into());
        line.insert("text".into(), text[expression.span.clone()].into());
        describe(&mut line, expression, exported);
        line
    };
    found.iter().map(line).collect()
}

/// From bytes to code points.
struct Points(Vec<usize>);

impl Points {
    fn new(text: &str) -> Self {
        Self(text.char_indices().map(|(byte, _)| byte).collect())
    }

    fn at(&self, byte: usize) -> usize {
        self.0.partition_point(|start| *start < byte)
    }
}

fn describe(line: &mut Line, expression: &Expression<'_>, exported: Option<Export>) {
    let (kind, value) = match &expression.value {
        Value::Date(_) => ("date", expression.iso_date().into()),
        Value::Range(_) => ("range", expression.iso_date().into()),
        Value::Time(_) => ("time", Json::Null),
        Value::Duration(_) => ("duration", Json::Null),
        Value::Recurrence(_) => ("recurrence", Json::Null),
        Value::Number(quantity) => ("number", amount(quantity.value)),
        Value::Percent { quantity, .. } => ("percent", amount(quantity.value)),
        Value::Multiple { quantity, .. } => ("multiple", amount(quantity.value)),
        Value::Ordinal { value, .. } => ("ordinal", (*value).into()),
        Value::Money { quantity, .. } => ("money", amount(quantity.value)),
        Value::Count { quantity, .. } => ("count", amount(quantity.value)),
        Value::Measure { quantity, .. } => ("measure", amount(quantity.value)),
    };
    let is_plain = matches!(expression.value, Value::Time(_) | Value::Duration(_) | Value::Recurrence(_));
    let written = exported.map(|exported| json(&exported.value)).filter(|_| is_plain);
    line.insert("type".into(), kind.into());
    line.insert("value".into(), written.unwrap_or(value));
    if let Some(quantity) = expression.quantity() {
        hedge(line, quantity);
    }
    match &expression.value {
        Value::Count { counter, .. } | Value::Ordinal { counter, .. } if !counter.is_empty() => {
            line.insert("counter".into(), (*counter).into());
        }
        Value::Measure { unit, .. } => {
            line.insert("unit".into(), (*unit).into());
        }
        Value::Money { currency: Some(currency), .. } => {
            line.insert("currency".into(), (*currency).into());
        }
        Value::Percent { points: true, .. } => {
            line.insert("points".into(), true.into());
        }
        Value::Date(date) if date.resolved_by != ResolvedBy::Text => {
            line.insert("resolved_by".into(), date.resolved_by.as_str().into());
        }
        _ => {}
    }
}

fn hedge(line: &mut Line, quantity: Quantity) {
    for (key, end) in [("min", quantity.min), ("max", quantity.max)] {
        if end.is_some() {
            line.insert(key.into(), amount(end));
        }
    }
    if let Some(approx) = quantity.approx {
        line.insert("approx".into(), approx.as_str().into());
    }
}

fn amount(number: Option<f64>) -> Json {
    number.map_or(Json::Null, |number| json(&ExportValue::Number(number)))
}

/// A value as JSON; whole numbers are written without `.0`.
pub(crate) fn json(value: &ExportValue) -> Json {
    /// Up to here every whole number has an `f64` of its own.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value {
        ExportValue::Text(text) => text.as_str().into(),
        ExportValue::Number(number) if number.fract() == 0.0 && number.abs() <= EXACT => {
            (*number as i64).into()
        }
        ExportValue::Number(number) => (*number).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_write_them() {
        for (number, wanted) in [(105.0, "105"), (0.5, "0.5"), (1e300, "1e+300"), (-3.0, "-3")] {
            assert_eq!(json(&ExportValue::Number(number)).to_string(), wanted);
        }
        assert_eq!(json(&ExportValue::Number(f64::INFINITY)), Json::Null);
    }

    #[test]
    fn code_points_are_counted_once() {
        let points = Points::new("a新b");
        assert_eq!([0, 1, 4, 5].map(|byte| points.at(byte)), [0, 1, 2, 3]);
    }
}
