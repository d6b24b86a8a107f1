//! The face of the crate: bytes in, a [`Record`] or a [`ReadError`] out.

use std::fmt;
use std::path::PathBuf;

use aidnews_expressions::Scanner;
use aidnews_page::{Page, PageHint, PageReader};
use aidnews_text::{Cleaned, Format, Origin, TextHint, TextReader};

use crate::engine::Engine;
use crate::explain::Explanation;
use crate::record::{Article, OriginReport, Record, Removed, Source};

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
                write!(f, "the input is not text (byte {offset} is binary); give text or HTML pages")
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

/// Reads articles; built once, used from any number of threads.
///
/// # Examples
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use aidnews::{Hint, Reader};
/// let reader = Reader::new()?;
/// let page = "医疗队抵达汶川\n2021-09-15 14:12 来源：川北健康网\n9月9日，南充市中心医院选派12名专家赴\
///     汶川县人民医院开展对口支援工作，为期一年。半天里，专家组义诊群众160余人次，捐赠便携式超声仪2台。";
/// let record = reader.read(page.as_bytes(), &Hint::default())?;
/// let partnership = &record.partnerships[0];
/// assert_eq!(partnership.supporter, "南充市中心医院");
/// assert_eq!(partnership.recipient, "汶川县人民医院");
/// # Ok(()) }
/// ```
#[derive(Debug)]
pub struct Reader {
    max_bytes: usize,
    text: TextReader,
    page: PageReader,
    scanner: Scanner,
    engine: Engine,
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
    /// A word list of the expressions is malformed.
    Expressions(String),
    /// A lexicon could not be read.
    Io(PathBuf, std::io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lexicon(cause) => write!(f, "{cause}"),
            Self::Expressions(cause) => write!(f, "{cause}"),
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
        let mut more = Vec::new();
        for path in self.lexicon_dir.iter().flat_map(|folder| tables(folder)) {
            let text = std::fs::read_to_string(&path).map_err(|cause| Error::Io(path.clone(), cause))?;
            more.push((path.display().to_string(), text));
        }
        Ok(Reader {
            max_bytes: self.max_bytes.unwrap_or(64 << 20),
            text: TextReader::new(),
            page: PageReader::new(),
            scanner: Scanner::new().map_err(|cause| Error::Expressions(cause.to_string()))?,
            engine: Engine::new(&more).map_err(Error::Lexicon)?,
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
        self.read_with_origin(bytes, hint).map(|(record, _)| record)
    }

    /// Reads one article, and returns with its record the map from bytes of `article.text` to bytes of the input.
    ///
    /// # Errors
    ///
    /// As [`Reader::read`].
    pub fn read_with_origin(&self, bytes: &[u8], hint: &Hint<'_>) -> Result<(Record, Origin), ReadError> {
        self.check(bytes)?;
        let (cleaned, page) = self.page(bytes, hint);
        let mut record = Record::empty();
        record.id = hint.id.map_or_else(|| hash(&cleaned.text), str::to_owned);
        record.source = source(bytes, hint, cleaned.format);
        record.origin = origin_report(&cleaned, &page);
        let origin = page.origin.compose(&cleaned.origin);
        let removed = page.removed.iter().map(|block| &cleaned.text[block.span.clone()]);
        self.engine.read(&page, removed, &self.scanner, &mut record);
        record.article = article(page, hint.url);
        Ok((record, origin))
    }

    /// Tells why one article is read as it is: every candidate with what spoke for and against it.
    ///
    /// # Errors
    ///
    /// As [`Reader::read`].
    pub fn explain(&self, bytes: &[u8], hint: &Hint<'_>) -> Result<Explanation, ReadError> {
        self.check(bytes)?;
        let (cleaned, page) = self.page(bytes, hint);
        let removed = page.removed.iter().map(|block| &cleaned.text[block.span.clone()]);
        Ok(self.engine.explain(&page, removed, &self.scanner))
    }

    /// Decodes, repairs and converts `bytes`, and finds the article in them.
    fn page<'b>(&self, bytes: &'b [u8], hint: &Hint<'_>) -> (Cleaned<'b>, Page) {
        let text_hint = TextHint { charset: hint.charset, format: hint.format };
        let cleaned = self.text.read(bytes, &text_hint);
        let page_hint = PageHint { format: Some(cleaned.format), url: hint.url, ..PageHint::default() };
        let page = self.page.read(&cleaned.text, &page_hint);
        (cleaned, page)
    }

    fn check(&self, bytes: &[u8]) -> Result<(), ReadError> {
        if bytes.len() > self.max_bytes {
            return Err(ReadError::TooLarge { bytes: bytes.len(), limit: self.max_bytes });
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(ReadError::Empty);
        }
        match binary_at(bytes) {
            Some(offset) => Err(ReadError::Binary { offset }),
            None => Ok(()),
        }
    }
}

/// Bytes that no text holds, of which a page may still have a stray one.
fn is_binary(byte: u8) -> bool {
    matches!(byte, 0..=8 | 14..=26 | 28..=31)
}

/// Returns the first byte that is no text where more than one byte in a hundred of the beginning is none.
///
/// UTF-16 is text in spite of its zeros: it is known by its mark or by zeros on one side only.
fn binary_at(bytes: &[u8]) -> Option<usize> {
    let head = &bytes[..bytes.len().min(8192)];
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) || is_utf16(head) {
        return None;
    }
    let odd = head.iter().filter(|byte| is_binary(**byte)).count();
    (odd * 100 > head.len()).then(|| head.iter().position(|byte| is_binary(*byte)).unwrap_or(0))
}

fn is_utf16(head: &[u8]) -> bool {
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // Chinese text has zeros only beside its ASCII characters, always on the same side.
    even + odd > 0 && even.min(odd) == 0 && std::str::from_utf8(head).is_err()
}

fn source(bytes: &[u8], hint: &Hint<'_>, format: Format) -> Source {
    Source {
        path: hint.path.map(str::to_owned),
        record: hint.record,
        url: hint.url.map(str::to_owned),
        format: if format == Format::Html { "html" } else { "text" }.to_owned(),
        bytes: bytes.len() as u64,
    }
}

fn origin_report(cleaned: &Cleaned<'_>, page: &Page) -> OriginReport {
    let chars =
        page.removed.iter().map(|block| cleaned.text[block.span.clone()].chars().count() as u64).sum();
    OriginReport {
        encoding: cleaned.encoding.name.clone(),
        script: cleaned.script.as_str().to_owned(),
        repairs: cleaned.repairs.iter().map(|(step, count)| ((*step).to_owned(), *count)).collect(),
        removed: Removed { lines: page.removed.len() as u64, chars },
    }
}

fn article(page: Page, url: Option<&str>) -> Article {
    Article {
        title: page.title,
        published: page.published.map(|moment| moment.chars().take(10).collect()),
        outlet: page.outlet,
        site: page.site,
        url: page.url.or_else(|| url.map(str::to_owned)),
        authors: page.authors,
        editors: page.editors,
        text: page.text,
    }
}

/// A stable id: the XXH3 hash of the decoded input, 64 bits.
fn hash(text: &str) -> String {
    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(text.as_bytes()))
}

/// The tables of a folder, by name.
fn tables(folder: &std::path::Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    found.retain(|path| path.extension().is_some_and(|ending| ending == "tsv"));
    found.sort();
    found
}
