//! `aidnews completions` and `aidnews man`.

use std::io::{self, Write};

use anyhow::Context;
use clap::CommandFactory;

use crate::Ending;
use crate::args::{Args, CompletionsOptions, ManOptions};

/// Prints the completions of a shell.
pub(crate) fn completions(options: &CompletionsOptions) -> anyhow::Result<Ending> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Args::command(), "aidnews", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(Ending::Whole)
}

/// Prints a manual page in roff.
pub(crate) fn man(options: &ManOptions) -> anyhow::Result<Ending> {
    let mut command = Args::command();
    command.build();
    let command = match &options.command {
        Some(name) => {
            let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
            let known = names.join(", ");
            let found = command.find_subcommand(name);
            found.with_context(|| format!("no command is called `{name}`; there are {known}"))?.clone()
        }
        None => command,
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    io::stdout().lock().write_all(&page)?;
    Ok(Ending::Whole)
}
