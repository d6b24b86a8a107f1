//! The face of the crate: bytes in, a [`Record`] or a [`ReadError`] out.

use std::fmt;
use std::path::PathBuf;

use crate::record::Record;

/// What the caller knows of an input beyond its bytes; everything may be left out.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hint<'h> {
    /// Path of the file, for `source.path`.
    pub path: Option<&'h str>,
    /// Number of the record in its file, from 0.
    pub record: u64,
    /// The caller's own id.
    pub id: Option<&'h str>,
    /// Address of the page.
    pub url: Option<&'h str>,
    /// Character encoding, as HTTP or the dump declares it.
    pub charset: Option<&'h str>,
    /// Whether the input is HTML or plain text; decided from the text where not given.
    pub format: Option<Format>,
}

/// Why an input gave no record.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadError {
    /// No byte but white space.
    Empty,
    /// The bytes are no text: an image, an archive, a program.
    Binary {
        /// Offset of the first byte that no text has.
        offset: usize,
    },
    /// Longer than the configured limit.
    TooLarge {
        /// Length in bytes.
        bytes: usize,
        /// The limit in bytes.
        limit: usize,
    },
}

impl ReadError {
    /// Returns a stable short name of the cause, as the errors file writes it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Binary { .. } => "binary",
            Self::TooLarge { .. } => "too_large",
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the input is empty; nothing can be read from it"),
            Self::Binary { offset } => {
                write!(
                    f,
                    "the input is not text (byte {offset} is binary); give text or HTML pages"
                )
            }
            Self::TooLarge { bytes, limit } => {
                write!(
                    f,
                    "the input has {bytes} bytes, the limit is {limit}; raise it or split the dump into articles"
                )
            }
        }
    }
}

impl std::error::Error for ReadError {}

/// Whether an input is HTML or plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A page with mark-up.
    Html,
    /// A flattened dump or plain text.
    Text,
}

/// Reads articles; built once, used from any number of threads.
#[derive(Debug)]
pub struct Reader {
    max_bytes: usize,
}

/// Sets up a [`Reader`].
#[derive(Debug, Default)]
pub struct ReaderBuilder {
    max_bytes: Option<usize>,
    lexicon_dir: Option<PathBuf>,
}

/// Why a [`Reader`] could not be built.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A lexicon is malformed.
    Lexicon(aidnews_compile::LexiconError),
    /// A lexicon could not be read.
    Io(PathBuf, std::io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lexicon(cause) => write!(f, "{cause}"),
            Self::Io(path, cause) => write!(f, "{}: {cause}", path.display()),
        }
    }
}

impl std::error::Error for Error {}

impl ReaderBuilder {
    /// Refuses inputs longer than `bytes`; 64 MiB where not set.
    #[must_use]
    pub fn max_bytes(mut self, bytes: usize) -> Self {
        self.max_bytes = Some(bytes);
        self
    }

    /// Adds the lexicons of a folder to the built-in ones.
    #[must_use]
    pub fn lexicon_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.lexicon_dir = Some(folder.into());
        self
    }

    /// Builds the reader.
    ///
    /// # Errors
    ///
    /// A lexicon of the folder cannot be read or is malformed.
    pub fn build(self) -> Result<Reader, Error> {
        Ok(Reader {
            max_bytes: self.max_bytes.unwrap_or(64 << 20),
        })
    }
}

impl Reader {
    /// Builds a reader with the data compiled in.
    ///
    /// # Errors
    ///
    /// None in a release: the built-in data are tested.
    pub fn new() -> Result<Self, Error> {
        Self::builder().build()
    }

    /// Returns a builder.
    pub fn builder() -> ReaderBuilder {
        ReaderBuilder::default()
    }

    /// Reads one article.
    ///
    /// # Errors
    ///
    /// The input is empty, binary or too large; odd text is no error.
    pub fn read(&self, bytes: &[u8], hint: &Hint<'_>) -> Result<Record, ReadError> {
        if bytes.len() > self.max_bytes {
            return Err(ReadError::TooLarge {
                bytes: bytes.len(),
                limit: self.max_bytes,
            });
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(ReadError::Empty);
        }
        if let Some(offset) = bytes.iter().position(|byte| *byte == 0) {
            return Err(ReadError::Binary { offset });
        }
        let mut record = Record::empty();
        record.source.path = hint.path.map(str::to_owned);
        record.source.record = hint.record;
        record.source.url = hint.url.map(str::to_owned);
        record.source.bytes = bytes.len() as u64;
        record.article.text = String::from_utf8_lossy(bytes).into_owned();
        Ok(record)
    }
}
