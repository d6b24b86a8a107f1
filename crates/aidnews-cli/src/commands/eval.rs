//! `aidnews eval`: how right records are.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use aidnews_eval::{Comparison, Field, Outcome, ReadError, Scores, Verdict, read_gold, read_records, score};
use anyhow::Context;
use serde_json::{Value, json};

use crate::Ending;
use crate::args::EvalOptions;

/// Prints the figures, then errors and changes as far as they are asked for.
pub(crate) fn run(options: &EvalOptions) -> anyhow::Result<Ending> {
    let gold = read(&options.gold, |lines| read_gold(lines))?;
    let scores = score(&gold, &read(&options.records, |lines| read_records(lines))?);
    let comparison = match &options.baseline {
        Some(path) => {
            let before = score(&gold, &read(path, |lines| read_records(lines))?);
            Some(narrowed(Comparison::new(&before, &scores), &options.fields))
        }
        None => None,
    };
    let mut out = io::stdout().lock();
    if options.json {
        writeln!(out, "{}", as_json(options, &scores, comparison.as_ref())?)?;
    } else {
        write!(out, "{}", scores.report)?;
        for Outcome { field, article, verdict, item } in errors(options, &scores) {
            writeln!(out, "  {field}\t{}\t{article}\t{item}", verdict.as_str())?;
        }
        if let Some(comparison) = comparison {
            write!(out, "{comparison}")?;
        }
    }
    out.flush()?;
    Ok(Ending::Whole)
}

fn read<T>(
    path: &Path,
    parse: impl Fn(&mut dyn BufRead) -> Result<Vec<T>, ReadError>,
) -> anyhow::Result<Vec<T>> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    parse(&mut BufReader::new(file)).with_context(|| path.display().to_string())
}

fn wanted(field: Field, fields: &[Field]) -> bool {
    fields.is_empty() || fields.contains(&field)
}

/// The first `--errors` of each field, by field.
fn errors<'s>(options: &'s EvalOptions, scores: &'s Scores) -> impl Iterator<Item = &'s Outcome> {
    Field::all().filter(|field| wanted(*field, &options.fields)).flat_map(move |field| {
        let of_field = scores.outcomes.iter().filter(move |outcome| outcome.field == field);
        of_field.filter(|outcome| outcome.verdict != Verdict::Hit).take(options.errors)
    })
}

fn narrowed(mut comparison: Comparison, fields: &[Field]) -> Comparison {
    comparison.lost.retain(|outcome| wanted(outcome.field, fields));
    comparison.gained.retain(|outcome| wanted(outcome.field, fields));
    if !wanted(Field::Body, fields) {
        comparison.bodies.clear();
    }
    comparison
}

fn as_json(
    options: &EvalOptions,
    scores: &Scores,
    comparison: Option<&Comparison>,
) -> serde_json::Result<Value> {
    let mut value = serde_json::to_value(&scores.report)?;
    if options.errors > 0 {
        value["errors"] = errors(options, scores).map(outcome_json).collect();
    }
    if let Some(comparison) = comparison {
        let list = |outcomes: &[Outcome]| outcomes.iter().map(outcome_json).collect::<Value>();
        let bodies = comparison.bodies.iter();
        value["changes"] = json!({
            "lost": list(&comparison.lost),
            "gained": list(&comparison.gained),
            "bodies": bodies.map(|(article, before, after)| json!({"article": article, "before": before, "after": after})).collect::<Value>(),
        });
    }
    Ok(value)
}

fn outcome_json(outcome: &Outcome) -> Value {
    json!({
        "field": outcome.field.as_str(), "verdict": outcome.verdict.as_str(),
        "article": outcome.article, "item": outcome.item,
    })
}
