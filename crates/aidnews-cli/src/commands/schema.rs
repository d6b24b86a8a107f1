//! `aidnews schema`: the shape of the records, from the Rust types.

use std::io::{self, Write};

use aidnews::Record;
use aidnews::record::ErrorRecord;
use schemars::generate::SchemaSettings;

use crate::Ending;
use crate::args::SchemaOptions;

/// Prints the schema, indented.
pub(crate) fn run(options: &SchemaOptions) -> anyhow::Result<Ending> {
    // As written: a key that may be null is there all the same.
    let shapes = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let schema = if options.errors {
        shapes.into_root_schema_for::<ErrorRecord>()
    } else {
        shapes.into_root_schema_for::<Record>()
    };
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &schema)?;
    writeln!(out)?;
    Ok(Ending::Whole)
}
