//! Where errors go: each to the errors file, and the first of them to standard error.

use std::fs;
use std::path::{Path, PathBuf};

use aidnews::record::ErrorRecord;
use anyhow::Context;
use indicatif::ProgressBar;

use crate::args::ExtractOptions;
use crate::files::{Output, say};

/// Errors shown to a person where a file holds them all.
const SHOWN: u64 = 10;

/// The errors of a run. A file the user named is always written; one beside the output only where there are
/// errors, and one left there by an earlier run is removed where there are none.
pub(crate) struct ErrorsFile {
    path: Option<PathBuf>,
    file: Option<Output>,
    count: u64,
}

impl ErrorsFile {
    /// Decides where errors go.
    pub(crate) fn open(options: &ExtractOptions) -> anyhow::Result<Self> {
        let output = options.output.as_deref().filter(|path| is_replaceable(path));
        let Some(named) = &options.errors_file else {
            return Ok(Self { path: output.map(beside), file: None, count: 0 });
        };
        anyhow::ensure!(
            options.output.as_ref() != Some(named),
            "--errors-file and --output name the same file; name two"
        );
        Ok(Self { path: Some(named.clone()), file: Some(Output::create(named)?), count: 0 })
    }

    /// Writes an error.
    pub(crate) fn put(&mut self, error: &ErrorRecord, progress: &ProgressBar) -> anyhow::Result<()> {
        self.count += 1;
        if self.path.is_none() || self.count <= SHOWN {
            let name = error.source.path.as_deref().unwrap_or("standard input");
            progress.suspend(|| say(&format!("error: {name}: {}", error.error.message)));
        }
        let Some(path) = &self.path else { return Ok(()) };
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(Output::create(path)?),
        };
        let mut line = serde_json::to_vec(error)?;
        line.push(b'\n');
        file.put(&line)
    }

    /// Puts the errors file in its place; returns the number of errors.
    pub(crate) fn finish(self) -> anyhow::Result<u64> {
        match (self.path, self.file) {
            (Some(path), Some(file)) => {
                file.finish()?;
                if self.count > SHOWN {
                    say(&format!("… and {} more errors; all are in {}", self.count - SHOWN, path.display()));
                } else if self.count > 0 {
                    say(&format!("errors are in {}", path.display()));
                }
            }
            (Some(path), None) if path.is_file() => {
                fs::remove_file(&path)
                    .with_context(|| format!("cannot remove the old {}", path.display()))?;
            }
            _ => {}
        }
        Ok(self.count)
    }
}

/// Whether a path is a file, or may become one; nothing is put beside a device.
fn is_replaceable(path: &Path) -> bool {
    path.as_os_str() != "-" && fs::metadata(path).map_or(true, |about| about.is_file())
}

/// `records.jsonl` → `records.errors.jsonl`, `records` → `records.errors.jsonl`.
fn beside(output: &Path) -> PathBuf {
    let plain = output.extension().is_some_and(|extension| extension == "jsonl" || extension == "json");
    let mut name = if plain { output.with_extension("") } else { output.to_owned() }.into_os_string();
    name.push(".errors.jsonl");
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_errors_file_stands_beside_the_output() {
        for (output, wanted) in [
            ("a/records.jsonl", "a/records.errors.jsonl"),
            ("records", "records.errors.jsonl"),
            ("r.2024", "r.2024.errors.jsonl"),
            ("r.json", "r.errors.jsonl"),
        ] {
            assert_eq!(beside(Path::new(output)), Path::new(wanted));
        }
    }
}
