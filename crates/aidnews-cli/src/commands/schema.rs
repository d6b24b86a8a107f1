//! `aidnews schema`: the shape of the records, from the Rust types.

use std::io::{self, Write};

use aidnews::Record;
use aidnews::record::ErrorRecord;
use schemars::schema_for;

use crate::Ending;
use crate::args::SchemaOptions;

/// Prints the schema, indented.
pub(crate) fn run(options: &SchemaOptions) -> anyhow::Result<Ending> {
    let schema = if options.errors {
        schema_for!(ErrorRecord)
    } else {
        schema_for!(Record)
    };
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &schema)?;
    writeln!(out)?;
    Ok(Ending::Whole)
}
