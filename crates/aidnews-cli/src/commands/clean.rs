//! `aidnews clean`: decode, repair and convert alone; the article alone.

use std::io::{self, Write};

use aidnews_page::{Page, PageHint, PageReader};
use aidnews_text::repair::Step;
use aidnews_text::{Cleaned, DecidedBy, Origin, ScriptChoice, TextHint, TextReader};
use anyhow::Context;
use serde_json::{Value, json};

use crate::Ending;
use crate::args::CleanOptions;
use crate::files::{Input, Skipped, Trouble, Walk, load, say, shown};

/// Prints the text of every input, or what was done to it.
pub(crate) fn run(options: &CleanOptions) -> anyhow::Result<Ending> {
    let texts = text_reader(options)?;
    let pages = options.article.then(PageReader::new);
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut ending = Ending::Whole;
    for input in Walk::new(options.inputs.clone(), Skipped::default()) {
        let (name, bytes) = match input {
            Ok(input) => (name(&input), load(&input, options.max_bytes)),
            Err((path, error)) => (shown(&path), Err(Trouble::from_io(&error, "read it"))),
        };
        match bytes {
            Ok(bytes) => {
                let cleaned = texts.read(&bytes, &TextHint::default());
                let page = pages.as_ref().map(|pages| pages.read(&cleaned.text, &PageHint::default()));
                write(&mut out, options, &name, &cleaned, page.as_ref())?;
            }
            Err(trouble) => {
                say(&format!("error: {name}: {}", trouble.message));
                ending = Ending::Partial;
            }
        }
    }
    out.flush()?;
    Ok(ending)
}

fn text_reader(options: &CleanOptions) -> anyhow::Result<TextReader> {
    let script = match options.to_simplified.as_deref() {
        _ if options.keep_script => ScriptChoice::Keep,
        None | Some("auto") => ScriptChoice::Auto,
        Some(name) => ScriptChoice::Forced(name.parse()?),
    };
    let mut builder = TextReader::builder().script(script);
    for name in &options.without {
        let step = Step::ALL.into_iter().find(|step| step.as_str() == name);
        let known = || Step::ALL.map(|step| step.as_str()).join(", ");
        builder = builder
            .without(step.with_context(|| format!("no repair is called `{name}`; there are {}", known()))?);
    }
    Ok(builder.build())
}

fn name(input: &Input) -> String {
    match input {
        Input::Stdin => "standard input".to_owned(),
        Input::File(path) => shown(path),
    }
}

fn write(
    out: &mut impl Write,
    options: &CleanOptions,
    name: &str,
    cleaned: &Cleaned<'_>,
    page: Option<&Page>,
) -> anyhow::Result<()> {
    let text = page.map_or(cleaned.text.as_ref(), |page| page.text.as_str());
    if options.report {
        serde_json::to_writer(&mut *out, &report(name, cleaned, page))?;
        writeln!(out)?;
        return Ok(());
    }
    out.write_all(text.as_bytes())?;
    if !text.is_empty() && !text.ends_with('\n') {
        writeln!(out)?;
    }
    Ok(())
}

/// What was done, where, how often. Places are bytes: of the source, and of `text`.
fn report(name: &str, cleaned: &Cleaned<'_>, page: Option<&Page>) -> Value {
    let encoding = &cleaned.encoding;
    let malformed_at = encoding.malformed_at.iter().map(|place| [place.start, place.end]);
    let marks = cleaned.marks.iter().map(|mark| {
        json!({"why": mark.why, "source": [mark.source.start, mark.source.end], "text": [mark.text.start, mark.text.end]})
    });
    let mut report = json!({
        "path": name,
        "encoding": {
            "name": encoding.name, "decided_by": decided_by(encoding.decided_by),
            "malformed": encoding.malformed, "malformed_at": malformed_at.collect::<Vec<_>>(),
            "overruled": encoding.overruled,
        },
        "script": cleaned.script.as_str(),
        "conversion": cleaned.conversion.map(|conversion| conversion.as_str()),
        "repairs": cleaned.repairs,
        "marks": marks.collect::<Vec<_>>(),
        "resized": resized(&cleaned.origin),
        "text": cleaned.text,
    });
    if let Some(page) = page {
        report["article"] = json!({
            "title": page.title, "published": page.published, "outlet": page.outlet, "site": page.site,
            "url": page.url, "authors": page.authors, "editors": page.editors, "text": page.text,
        });
        report["removed"] = page
            .removed
            .iter()
            .map(|removed| {
                let source = cleaned.origin.locate(removed.span.clone());
                json!({
                    "reason": removed.reason.as_str(), "source": [source.start, source.end],
                    "text": cleaned.text.get(removed.span.clone()),
                })
            })
            .collect();
    }
    report
}

/// Stretches of the source that have another length in the text, as `[source start, end, text start, end]`.
fn resized(origin: &Origin) -> Vec<[usize; 4]> {
    let changed = origin.runs().filter(|run| !run.is_copy());
    changed.map(|run| [run.input.start, run.input.end, run.output.start, run.output.end]).collect()
}

fn decided_by(by: DecidedBy) -> &'static str {
    match by {
        DecidedBy::Mark => "byte order mark",
        DecidedBy::Hint => "hint",
        DecidedBy::Meta => "meta element",
        DecidedBy::Xml => "xml declaration",
        DecidedBy::Valid => "valid utf-8",
        DecidedBy::Detected => "detection",
    }
}
