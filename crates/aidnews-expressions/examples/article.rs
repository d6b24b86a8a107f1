//! Reads lines `{"id","text","published","images"}` and prints every expression of each article, dates resolved.
//!
//! `cargo run -p aidnews-expressions --example article < articles.jsonl`

use std::io::{self, BufRead, Write};

use aidnews_expressions::{Scanner, Sources, Value as Meaning};
use jiff::civil::Date;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let scanner = Scanner::new()?;
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let record: Value = serde_json::from_str(&line?)?;
        let text = record["text"].as_str().unwrap_or_default();
        let published: Option<Date> = record["published"].as_str().and_then(|day| day.parse().ok());
        let images: Vec<Date> = record["images"]
            .as_array()
            .map(|days| days.iter().filter_map(|day| day.as_str()?.parse().ok()).collect())
            .unwrap_or_default();
        let found = scanner.resolve(text, &Sources { published, dateline: None, images: &images });
        for item in found {
            let kind = match &item.value {
                Meaning::Date(date) => format!("date {}", date.resolved_by.as_str()),
                Meaning::Range(_) => "range".to_owned(),
                Meaning::Time(_) => "time".to_owned(),
                Meaning::Duration(duration) => format!("duration {}", duration.written),
                Meaning::Recurrence(_) => "recurrence".to_owned(),
                Meaning::Number(_) => "number".to_owned(),
                Meaning::Percent { .. } => "percent".to_owned(),
                Meaning::Multiple { .. } => "multiple".to_owned(),
                Meaning::Ordinal { counter, .. } => format!("ordinal {counter}"),
                Meaning::Money { currency, .. } => format!("money {}", currency.unwrap_or("?")),
                Meaning::Count { counter, .. } => format!("count {counter}"),
                Meaning::Measure { unit, .. } => format!("measure {unit}"),
            };
            let quantity = item.quantity().map(|q| {
                json!({"value": q.value, "min": q.min, "max": q.max, "approx": q.approx.map(|a| a.as_str())})
            });
            let line = json!({
                "id": record["id"], "text": &text[item.span.clone()], "start": item.span.start, "kind": kind,
                "iso": item.iso_date(), "quantity": quantity, "marks": format!("{:?}", item.marks),
            });
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
