//! `aidnews expressions`: dates, numbers, sums of money and counts of any text.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

use aidnews_expressions::{Export, ExportValue, Scanner, export};
use anyhow::Context;
use jiff::civil::{Date, DateTime};
use serde::Deserialize;
use serde_json::{Map, Number, Value, json};

use crate::Ending;
use crate::args::ExpressionsOptions;

/// A line of a suite of expressions.
#[derive(Debug, Deserialize)]
struct Case {
    id: Value,
    text: String,
    #[serde(default)]
    reference: Option<String>,
}

/// Prints one expression a line, or one case a line for a suite.
pub(crate) fn run(options: &ExpressionsOptions) -> anyhow::Result<Ending> {
    let scanner = Scanner::new()?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    match &options.jsonl {
        Some(path) => suite(&scanner, path, &mut out)?,
        None => {
            let text = text(&options.text)?;
            let reference = options.reference.as_deref().map(reference).transpose()?;
            let letters: Vec<char> = text.chars().collect();
            for (expression, found) in found(&scanner, &text, reference) {
                let words: String = letters[expression.start..expression.end].iter().collect();
                let mut line = found;
                line.insert("text".into(), words.into());
                writeln!(out, "{}", Value::Object(line))?;
            }
        }
    }
    out.flush()?;
    Ok(Ending::Whole)
}

fn text(argument: &str) -> anyhow::Result<String> {
    if argument != "-" {
        return Ok(argument.to_owned());
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
    Ok(aidnews_text::decode(&bytes, None).text.into_owned())
}

fn suite(scanner: &Scanner, path: &Path, out: &mut impl Write) -> anyhow::Result<()> {
    let file: Box<dyn BufRead> = if path.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        Box::new(BufReader::new(file))
    };
    for (at, line) in file.lines().enumerate() {
        let place = || format!("{} line {}", path.display(), at + 1);
        let line = line.with_context(place)?;
        if line.trim().is_empty() {
            continue;
        }
        let case: Case = serde_json::from_str(&line).with_context(place)?;
        let reference = case.reference.as_deref().map(reference).transpose().with_context(place)?;
        let found: Vec<Value> =
            found(scanner, &case.text, reference).map(|(_, found)| Value::Object(found)).collect();
        writeln!(out, "{}", json!({"id": case.id, "found": found}))?;
    }
    Ok(())
}

/// The day of a reference, which may have a time of day.
fn reference(text: &str) -> anyhow::Result<Date> {
    let day = text.parse::<DateTime>().map(DateTime::date).or_else(|_| text.parse::<Date>());
    day.with_context(|| format!("`{text}` is no reference date; write 2021-10-28 or 2021-10-28T09:30:00"))
}

fn found(
    scanner: &Scanner,
    text: &str,
    reference: Option<Date>,
) -> impl Iterator<Item = (Export, Map<String, Value>)> {
    let expressions: Vec<_> = scanner.scan(text, reference).collect();
    export(text, &expressions).into_iter().map(|expression| {
        let mut found = Map::new();
        found.insert("start".into(), expression.start.into());
        found.insert("end".into(), expression.end.into());
        found.insert("type".into(), expression.kind.into());
        found.insert("value".into(), value(&expression.value));
        (expression, found)
    })
}

/// Whole numbers are written without `.0`.
fn value(value: &ExportValue) -> Value {
    /// Up to here every whole number has an `f64` of its own.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value {
        ExportValue::Text(text) => text.as_str().into(),
        ExportValue::Number(number) if number.fract() == 0.0 && number.abs() <= EXACT => {
            (*number as i64).into()
        }
        ExportValue::Number(number) => Number::from_f64(*number).map_or(Value::Null, Value::Number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_may_have_a_time_of_day() {
        for text in ["2021-10-28", "2021-10-28T09:30:00", "2021-10-28 09:30"] {
            assert_eq!(reference(text).unwrap().to_string(), "2021-10-28", "{text}");
        }
        assert!(reference("28.10.2021").is_err());
    }

    #[test]
    fn numbers_are_written_as_people_write_them() {
        for (number, wanted) in [(105.0, "105"), (0.5, "0.5"), (1e300, "1e+300"), (-3.0, "-3")] {
            assert_eq!(value(&ExportValue::Number(number)).to_string(), wanted);
        }
        assert_eq!(value(&ExportValue::Number(f64::INFINITY)), Value::Null);
    }
}
