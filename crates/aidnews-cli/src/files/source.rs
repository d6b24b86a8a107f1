//! The bytes of an input, or why there are none.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::Input;

/// Why an input gave no record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// Stable short name of the cause.
    pub(crate) kind: String,
    /// The cause and what to do.
    pub(crate) message: String,
    /// Length of the input as far as it is known.
    pub(crate) bytes: u64,
}

impl Trouble {
    /// A file or folder that could not be opened, listed or read.
    pub(crate) fn from_io(error: &io::Error, what: &str) -> Self {
        let (kind, advice) = match error.kind() {
            io::ErrorKind::NotFound => ("not_found", "there is no such file or folder; check the path"),
            io::ErrorKind::PermissionDenied => {
                ("no_permission", "permission denied; grant read rights to it")
            }
            io::ErrorKind::IsADirectory => ("io", "it became a folder; run again"),
            _ => ("io", ""),
        };
        let message = if advice.is_empty() {
            format!("cannot {what}: {error}; see that the disk is there and run again")
        } else {
            format!("cannot {what}: {advice}")
        };
        Self { kind: kind.to_owned(), message, bytes: 0 }
    }

    fn too_large(bytes: u64, known: bool, limit: usize) -> Self {
        let more = if known { "" } else { "more than " };
        let shown = if known { bytes } else { limit as u64 };
        let message = format!(
            "the input has {more}{shown} bytes, the limit is {limit}; raise --max-bytes or split the dump into articles"
        );
        Self { kind: "too_large".to_owned(), message, bytes }
    }
}

/// Reads an input whole, if it has no more than `limit` bytes; never holds more than `limit` and one.
pub(crate) fn load(input: &Input, limit: usize) -> Result<Vec<u8>, Trouble> {
    match input {
        Input::Stdin => drain(io::stdin().lock(), 0, limit),
        Input::File(path) => load_file(path, limit),
    }
}

fn load_file(path: &Path, limit: usize) -> Result<Vec<u8>, Trouble> {
    let unopened = |error: io::Error| Trouble::from_io(&error, "open the file");
    let file = File::open(path).map_err(unopened)?;
    let about = file.metadata().map_err(unopened)?;
    if about.is_file() && about.len() > limit as u64 {
        return Err(Trouble::too_large(about.len(), true, limit));
    }
    drain(file, about.len(), limit)
}

fn drain(from: impl Read, expected: u64, limit: usize) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0).min(limit) + 1);
    from.take(limit as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Trouble::from_io(&error, "read the input"))?;
    if bytes.len() > limit {
        return Err(Trouble::too_large(bytes.len() as u64, false, limit));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_cut_off_at_the_limit() {
        assert_eq!(drain("abc".as_bytes(), 0, 3).unwrap(), b"abc");
        let trouble = drain(io::repeat(b'a'), 0, 1000).unwrap_err();
        assert_eq!((trouble.kind.as_str(), trouble.bytes), ("too_large", 1001));
        assert!(trouble.message.starts_with("the input has more than 1000 bytes, the limit is 1000"));
    }
}
