//! Runs the reviewed tables in `tests/cases/*.toml`.
//!
//! A case is a text and every expression that must be found in it, no more and no fewer, each written as
//! `span = meaning`; `not = true` marks a text in which nothing may be found. Unknown fields are errors.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use aidnews_expressions::{Approx, Expression, Quantity, Scanner, Value};
use jiff::civil::Date;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// The day on which the texts of the table were written.
    reference: Option<String>,
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    /// `span = meaning`, in the order of the text; missing in negative cases.
    #[serde(default)]
    found: Vec<String>,
    /// Whether the case says that there is nothing to find.
    #[serde(default)]
    not: bool,
    /// Why a reader might doubt the case.
    #[serde(default)]
    #[allow(dead_code, reason = "for the reader of the table")]
    why: String,
}

/// A quantity as the tables write it: `30 about`, `3..5`, `10.. over`.
fn amount(quantity: Quantity) -> String {
    let mut out = match (quantity.value, quantity.min, quantity.max) {
        (Some(value), ..) => value.to_string(),
        (None, min, max) => {
            let end = |n: Option<f64>| n.map_or(String::new(), |n| n.to_string());
            format!("{}..{}", end(min), end(max))
        }
    };
    if let Some(approx) = quantity.approx {
        out.push(' ');
        out.push_str(match approx {
            Approx::About => "about",
            Approx::Over => "over",
            Approx::Under => "under",
            Approx::AtLeast => "at_least",
        });
    }
    out
}

/// The meaning of an expression as the tables write it.
fn meaning(found: &Expression<'_>) -> String {
    match &found.value {
        Value::Date(_) | Value::Range(_) => {
            let mut out = found.iso_date().unwrap_or_else(|| "?".to_owned());
            if let Value::Date(date) = &found.value {
                if let Some(clock) = date.clock {
                    let _ = write!(out, " T{clock}");
                } else if let Some(part) = date.day_part {
                    let _ = write!(out, " {}", part.code());
                }
            }
            out
        }
        Value::Time(time) => match (time.clock, time.end, time.day_part) {
            (Some(clock), Some(end), _) => format!("T{clock}/T{end}"),
            (Some(clock), None, _) => format!("T{clock}"),
            (None, _, part) => format!("T{}", part.map_or("?", |part| part.code())),
        },
        Value::Duration(duration) => format!("{} {}", amount(duration.quantity), duration.iso()),
        Value::Recurrence(recurrence) => {
            let day = recurrence.weekday.map_or(String::new(), |day| format!(" day {day}"));
            format!("every {} {:?}{day}", recurrence.every.0, recurrence.every.1).to_lowercase()
        }
        Value::Number(quantity) => amount(*quantity),
        Value::Percent { quantity, points: false } => format!("{} %", amount(*quantity)),
        Value::Percent { quantity, points: true } => format!("{} points", amount(*quantity)),
        Value::Multiple { quantity, doubling } => {
            format!("{} {}", amount(*quantity), if *doubling { "fold" } else { "times" })
        }
        Value::Ordinal { value, .. } => format!("no. {value}"),
        Value::Money { quantity, currency } => format!("{} {}", amount(*quantity), currency.unwrap_or("?")),
        Value::Count { quantity, counter } => format!("{} {counter}", amount(*quantity)),
        Value::Measure { quantity, unit, .. } => format!("{} {unit}", amount(*quantity)),
    }
}

#[test]
fn tables_hold() {
    let scanner = Scanner::new().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (mut cases, mut negative, mut failures) = (0, 0, String::new());
    let mut texts = BTreeSet::new();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let table: Table =
            toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap_or_else(|e| panic!("{name}: {e}"));
        let reference: Option<Date> = table.reference.map(|day| day.parse().unwrap());
        for case in table.case {
            cases += 1;
            negative += usize::from(case.not);
            assert_eq!(
                case.not,
                case.found.is_empty(),
                "{name}: `{}`: `not` or `found`, not both",
                case.text
            );
            assert!(texts.insert((name.clone(), case.text.clone())), "{name}: `{}` stands twice", case.text);
            let got: Vec<String> = scanner
                .scan(&case.text, reference)
                .map(|found| format!("{} = {}", &case.text[found.span.clone()], meaning(&found)))
                .collect();
            if got != case.found {
                let _ =
                    writeln!(failures, "{name}: `{}`\n  want {:?}\n  got  {got:?}", case.text, case.found);
            }
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
    assert!(cases >= 400, "{cases} cases");
    assert!(3 * negative >= cases, "{negative} of {cases} cases are negative");
}
