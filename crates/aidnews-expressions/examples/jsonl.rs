//! Reads lines `{"id","text","reference"}` and prints `{"id","found":[{"start","end","type","value"}]}`.
//!
//! `cargo run -p aidnews-expressions --example jsonl < cases.jsonl`

use std::io::{self, BufRead, Write};

use aidnews_expressions::{ExportValue, Scanner, export};
use jiff::civil::Date;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let scanner = Scanner::new()?;
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let record: Value = serde_json::from_str(&line?)?;
        let text = record["text"].as_str().unwrap_or_default();
        let reference: Option<Date> =
            record["reference"].as_str().and_then(|at| at.get(..10)).and_then(|day| day.parse().ok());
        let found: Vec<_> = scanner.scan(text, reference).collect();
        let found: Vec<Value> = export(text, &found)
            .into_iter()
            .map(|item| {
                let value = match item.value {
                    ExportValue::Number(number) => json!(number),
                    ExportValue::Text(text) => json!(text),
                };
                json!({"start": item.start, "end": item.end, "type": item.kind, "value": value})
            })
            .collect();
        writeln!(out, "{}", json!({"id": record["id"], "found": found}))?;
    }
    Ok(())
}
