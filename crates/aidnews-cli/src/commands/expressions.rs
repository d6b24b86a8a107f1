//! `aidnews expressions`: dates, numbers, sums of money and counts of any text.

mod plain;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

use aidnews_expressions::{Scanner, export};
use anyhow::Context;
use jiff::civil::{Date, DateTime};
use serde::Deserialize;
use serde_json::{Value, json};

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
            for line in plain::lines(&scanner, &text, reference) {
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
        writeln!(out, "{}", json!({"id": case.id, "found": found(scanner, &case.text, reference)}))?;
    }
    Ok(())
}

/// The day of a reference, which may have a time of day.
fn reference(text: &str) -> anyhow::Result<Date> {
    let day = text.parse::<DateTime>().map(DateTime::date).or_else(|_| text.parse::<Date>());
    day.with_context(|| format!("`{text}` is no reference date; write 2021-10-28 or 2021-10-28T09:30:00"))
}

fn found(scanner: &Scanner, text: &str, reference: Option<Date>) -> Vec<Value> {
    let expressions: Vec<_> = scanner.scan(text, reference).collect();
    let exports = export(text, &expressions).into_iter();
    exports
        .map(|found| {
            let value = plain::json(&found.value);
            json!({"start": found.start, "end": found.end, "type": found.kind, "value": value})
        })
        .collect()
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
}
