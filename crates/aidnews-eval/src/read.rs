//! Gold files and record files: one JSON object a line.

use std::fmt;
use std::io::{self, BufRead};

use serde::de::DeserializeOwned;

use crate::found::FoundRecord;
use crate::gold::GoldArticle;

/// Why a gold file or a record file could not be read.
#[derive(Debug)]
pub struct ReadError {
    line: usize,
    cause: Cause,
}

#[derive(Debug)]
enum Cause {
    Io(io::Error),
    Json(serde_json::Error),
}

impl ReadError {
    /// Returns the number of the line, from 1.
    pub fn line(&self) -> usize {
        self.line
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.cause {
            Cause::Io(_) => write!(f, "line {}: cannot be read", self.line),
            Cause::Json(_) => write!(f, "line {}: not the JSON object expected here", self.line),
        }
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.cause {
            Cause::Io(error) => Some(error),
            Cause::Json(error) => Some(error),
        }
    }
}

/// Reads gold annotations, one JSON object a line; blank lines are skipped, unknown keys ignored.
///
/// # Errors
///
/// The first line that cannot be read or is no annotation.
pub fn read_gold(from: impl BufRead) -> Result<Vec<GoldArticle>, ReadError> {
    read_lines(from)
}

/// Reads records, one JSON object a line; blank lines are skipped, unknown keys ignored, missing keys empty.
///
/// # Errors
///
/// The first line that cannot be read or is no record.
pub fn read_records(from: impl BufRead) -> Result<Vec<FoundRecord>, ReadError> {
    read_lines(from)
}

fn read_lines<T: DeserializeOwned>(from: impl BufRead) -> Result<Vec<T>, ReadError> {
    let mut items = Vec::new();
    for (at, line) in from.lines().enumerate() {
        let fail = |cause| ReadError { line: at + 1, cause };
        let line = line.map_err(|error| fail(Cause::Io(error)))?;
        if !line.trim().is_empty() {
            items.push(serde_json::from_str(&line).map_err(|error| fail(Cause::Json(error)))?);
        }
    }
    Ok(items)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::error::Error;

    #[test]
    fn errors_name_the_line_and_the_cause() {
        let error = read_records("{}\n\n{\"id\": [1]}\n".as_bytes()).unwrap_err();
        assert_eq!(error.line(), 3);
        assert!(error.source().unwrap().to_string().contains("invalid type"), "{error}");
    }

    #[test]
    fn records_of_other_programs_may_leave_keys_out_or_null() {
        let text = r#"{"id": "a", "article": {"text": null, "authors": ["王"]}, "counts": null, "programmes": ["援藏", {"name": "援疆"}], "more": 1}"#;
        let records = read_records(text.as_bytes()).unwrap();
        let names: Vec<&str> = records[0].programmes.iter().map(|name| name.name()).collect();
        assert_eq!(names, ["援藏", "援疆"]);
    }

    #[test]
    fn gold_must_have_every_key_that_is_scored() {
        assert!(read_gold(r#"{"id": "a"}"#.as_bytes()).is_err());
    }
}
