//! `aidnews extract`: pages in, one record a line out, in input order.

mod errors;
mod fields;
mod line;
mod tokens;

use std::io::{self, IsTerminal};
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::available_parallelism;
use std::time::Instant;

use aidnews::record::{ErrorRecord, ErrorReport, SCHEMA, Source};
use aidnews::{Hint, Reader};
use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};

use crate::Ending;
use crate::args::ExtractOptions;
use crate::files::{Input, Output, Skipped, Trouble, Unreadable, Walk, load, shown};
use crate::in_order::in_order;
use errors::ErrorsFile;
use line::LineWriter;

/// Reads every input; an input gives a record or an error, never neither.
pub(crate) fn run(options: &ExtractOptions) -> anyhow::Result<Ending> {
    let start = Instant::now();
    let lines = LineWriter::new(options)?;
    let reader =
        Reader::builder().max_bytes(options.max_bytes).build().context("cannot set up the reader")?;
    let mut output = Output::open(options.output.as_deref())?;
    let mut errors = ErrorsFile::open(options)?;
    let skipped = Skipped::default();
    let progress = progress(options, &output);
    let walk = Walk::new(options.inputs.clone(), skipped.clone());
    let work = |input| read(&reader, &lines, input, options.max_bytes);
    let mut records = 0u64;
    in_order(walk, jobs(options), work, |result: Result<Vec<u8>, Box<ErrorRecord>>| {
        progress.inc(1);
        match result {
            Ok(line) => {
                records += 1;
                output.put(&line)
            }
            Err(error) => errors.put(&error, &progress),
        }
    })?;
    output.finish()?;
    progress.finish_and_clear();
    let failed = errors.finish()?;
    if let Some(summary) = skipped.summary() {
        crate::files::say(&summary);
    }
    let seconds = start.elapsed().as_secs_f64();
    crate::files::say(&format!(
        "read {}, records {records}, errors {failed}, {seconds:.1} s",
        records + failed
    ));
    Ok(if failed == 0 { Ending::Whole } else { Ending::Partial })
}

fn jobs(options: &ExtractOptions) -> usize {
    options.jobs.or_else(|| available_parallelism().ok()).map_or(1, NonZeroUsize::get)
}

/// A bar where a person watches standard error and the records do not pass by on the same screen.
fn progress(options: &ExtractOptions, output: &Output) -> ProgressBar {
    let records_pass_by = output.is_stdout() && io::stdout().is_terminal();
    if options.no_progress || records_pass_by || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let all = Walk::new(options.inputs.clone(), Skipped::default()).count();
    let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} {per_sec} {eta}");
    ProgressBar::new(all as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Makes the line of one input.
fn read(
    reader: &Reader,
    lines: &LineWriter,
    input: Result<Input, Unreadable>,
    limit: usize,
) -> Result<Vec<u8>, Box<ErrorRecord>> {
    let input = input
        .map_err(|(path, error)| error_record(Some(shown(&path)), Trouble::from_io(&error, "read it")))?;
    let path = match &input {
        Input::Stdin => None,
        Input::File(path) => Some(shown(path)),
    };
    let line = load(&input, limit).and_then(|bytes| {
        let hint = Hint { path: path.as_deref(), ..Hint::default() };
        // A panic is a defect of ours. It costs this record, not the batch.
        catch_unwind(AssertUnwindSafe(|| lines.line(reader, &bytes, &hint)))
            .unwrap_or_else(|panic| Err(defect(panic.as_ref())))
            .map_err(|trouble| Trouble { bytes: bytes.len() as u64, ..trouble })
    });
    line.map_err(|trouble| error_record(path, trouble))
}

fn defect(panic: &(dyn std::any::Any + Send)) -> Trouble {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message");
    let message = format!("aidnews itself failed on this input ({text}); please report it with the file");
    Trouble { kind: "internal".to_owned(), message, bytes: 0 }
}

fn error_record(path: Option<String>, trouble: Trouble) -> Box<ErrorRecord> {
    Box::new(ErrorRecord {
        schema: SCHEMA.to_owned(),
        id: None,
        source: Source { path, bytes: trouble.bytes, ..Source::default() },
        error: ErrorReport { kind: trouble.kind, message: trouble.message },
    })
}
