//! `aidnews trace`: from a fact to its sentence and to the bytes of the source it came from.

mod address;
mod view;

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::ops::Range;
use std::path::Path;

use aidnews::{Hint, Reader};
use aidnews_page::{PageHint, PageReader};
use aidnews_text::{Origin, TextHint, TextReader};
use anyhow::Context;
use serde_json::Value;

use crate::Ending;
use crate::args::TraceOptions;
use crate::files::{Input, load, path_of_name};
use address::{Address, Span, facts, spans};
use view::View;

/// Prints the facts of a record, or where one of them comes from.
pub(crate) fn run(options: &TraceOptions) -> anyhow::Result<Ending> {
    let address = Address::parse(&options.id);
    let record = find(&options.records, &address)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    if address.fact.is_none() && !options.all {
        for (pointer, words) in facts(&record) {
            writeln!(out, "{}{pointer}\t{words}", address.record)?;
        }
        out.flush()?;
        return Ok(Ending::Whole);
    }
    let spans = spans(&record, address.fact.as_deref().unwrap_or(""));
    anyhow::ensure!(
        !spans.is_empty(),
        "the record has no fact with a place at `{}`; `aidnews trace {} {}` lists them",
        address.fact.as_deref().unwrap_or("/"),
        options.records.display(),
        address.record
    );
    let source = Source::read(&record, options)?;
    let view = View { color: io::stdout().is_terminal() };
    for span in spans {
        source.show(&mut out, &view, &span, options.hex)?;
    }
    out.flush()?;
    Ok(Ending::Whole)
}

/// The record with this id, with an id that begins so, or of a file of this name; one only.
fn find(path: &Path, address: &Address) -> anyhow::Result<Value> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut found: Option<Value> = None;
    let mut others = 0;
    for (at, line) in BufReader::new(file).lines().enumerate() {
        let place = || format!("{} line {}", path.display(), at + 1);
        let line = line.with_context(place)?;
        if line.trim().is_empty() {
            continue;
        }
        let record: Value = serde_json::from_str(&line).with_context(place).context(
            "records are one JSON object a line, as `aidnews extract` writes them without --pretty",
        )?;
        if record["id"].as_str() == Some(address.record.as_str()) {
            return Ok(record);
        }
        if address.leads_to(&record) {
            others += usize::from(found.is_some());
            found.get_or_insert(record);
        }
    }
    anyhow::ensure!(
        others == 0,
        "{} records are meant by `{}`; give more of the id",
        others + 1,
        address.record
    );
    found.with_context(|| format!("no record in {} has the id `{}`", path.display(), address.record))
}

/// A source read again: its bytes, its article, and the way from one to the other.
struct Source {
    name: String,
    bytes: Vec<u8>,
    /// From bytes of the article's text to `bytes`.
    origin: Origin,
    text: String,
    title: String,
    encoding: String,
}

impl Source {
    fn read(record: &Value, options: &TraceOptions) -> anyhow::Result<Self> {
        let path = match (&options.source, record["source"]["path"].as_str()) {
            (Some(path), _) => path.clone(),
            (None, Some(name)) => path_of_name(name),
            (None, None) => anyhow::bail!("the record names no file; give it with --source"),
        };
        let name = path.display().to_string();
        let bytes = load(&Input::File(path), usize::MAX - 1)
            .map_err(|trouble| anyhow::anyhow!("{name}: {}", trouble.message))?;
        let reader = Reader::builder().max_bytes(usize::MAX).build()?;
        let (again, origin) =
            reader.read_with_origin(&bytes, &Hint::default()).with_context(|| name.clone())?;
        let text = record["article"]["text"].as_str().context("the record has no article.text")?;
        anyhow::ensure!(
            again.article.text == text,
            "{name} gives another article than the one in the record: the file or aidnews has changed; extract it again"
        );
        let title = again.article.title.unwrap_or_default();
        Ok(Self { name, origin, text: again.article.text, title, encoding: again.origin.encoding, bytes })
    }

    /// Where the title, or its first line, stands in the bytes; not every title stands there as such.
    fn title_bytes(&self) -> Option<Range<usize>> {
        let cleaned = TextReader::new().read(&self.bytes, &TextHint::default());
        let page = PageReader::new().read(&cleaned.text, &PageHint::default());
        page.title_span.map(|span| cleaned.origin.locate(span))
    }

    fn show(&self, out: &mut impl Write, view: &View, span: &Span, hex: bool) -> anyhow::Result<()> {
        writeln!(out, "fact      {}", span.pointer)?;
        let bytes = if span.in_title {
            let words = view::bytes_of(&self.title, span.start..span.end);
            writeln!(out, "title     {}", view.marked(&self.title, words))?;
            self.title_bytes()
        } else {
            let words = view::bytes_of(&self.text, span.start..span.end);
            let sentence = view::sentence(&self.text, words.clone());
            let inside = words.start - sentence.start..words.end - sentence.start;
            writeln!(out, "sentence  {}", view.marked(&self.text[sentence], inside))?;
            Some(self.origin.locate(words))
        };
        let Some(bytes) = bytes else {
            writeln!(out, "source    {}: the title stands nowhere in it as such\n", self.name)?;
            return Ok(());
        };
        writeln!(out, "source    {}, bytes {}..{}", self.name, bytes.start, bytes.end)?;
        writeln!(out, "          {}", view.source(&self.bytes, bytes.clone(), &self.encoding))?;
        if hex {
            for line in view::hex(&self.bytes, bytes) {
                writeln!(out, "          {line}")?;
            }
        }
        writeln!(out)?;
        Ok(())
    }
}
