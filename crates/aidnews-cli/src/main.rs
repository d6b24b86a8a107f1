//! The command `aidnews`: dumps of pages in, records out.
//!
//! Standard output is data, standard error is talk; a closed pipe is success. Each command is a module.

mod args;
mod commands;
mod files;
mod in_order;

use std::io;
use std::process::ExitCode;

use args::{Args, Command};
use clap::Parser;

/// How a run ended, where it did end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Everything was read.
    Whole,
    /// Some inputs gave an error instead of a record.
    Partial,
}

fn main() -> ExitCode {
    match run(Args::parse().command) {
        Ok(Ending::Whole) => ExitCode::SUCCESS,
        Ok(Ending::Partial) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            files::say(&format!("error: {error:#}"));
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> anyhow::Result<Ending> {
    match command {
        Command::Extract(options) => commands::extract::run(&options),
        Command::Clean(options) => commands::clean::run(&options),
        Command::Expressions(options) => commands::expressions::run(&options),
        Command::Trace(options) => commands::trace::run(&options),
        Command::Eval(options) => commands::eval::run(&options),
        Command::Schema(options) => commands::schema::run(&options),
        Command::Completions(options) => commands::manual::completions(&options),
        Command::Man(options) => commands::manual::man(&options),
    }
}

/// Whoever reads our output has seen enough: no failure of ours.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io_error = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json_error = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io_error.or(json_error) == Some(io::ErrorKind::BrokenPipe)
    })
}
