//! Writes one record a file of a folder, with the article's fields only: `records FOLDER > records.jsonl`.

use std::io::Write;

use aidnews_page::{PageHint, PageReader};
use aidnews_text::{TextHint, TextReader};
use serde_json::json;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("give a folder")?;
    let wanted = std::env::args().nth(2);
    let mut paths: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    let text_reader = TextReader::new();
    let reader = PageReader::new();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in paths {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        if wanted.as_deref().is_some_and(|wanted| wanted != extension) {
            continue;
        }
        let bytes = std::fs::read(&path)?;
        let cleaned = text_reader.read(&bytes, &TextHint::default());
        let text = &cleaned.text;
        let start = std::time::Instant::now();
        let page = reader.read(text, &PageHint::default());
        let ms = start.elapsed().as_secs_f64() * 1000.0;
        let removed: Vec<_> = page
            .removed
            .iter()
            .map(|removed| json!([removed.reason.as_str(), &text[removed.span.clone()]]))
            .collect();
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let record = json!({
            "id": name, "source": {"path": path}, "ms": ms, "title": page.title, "published": page.published, "text": page.text,
            "article": {"title": page.title, "published": page.published, "outlet": page.outlet, "site": page.site, "url": page.url,
                "authors": page.authors, "editors": page.editors, "text": page.text},
            "images": page.image_dates, "removed": removed,
        });
        writeln!(out, "{record}")?;
    }
    Ok(())
}
