//! Gold articles, as the tasks need them.

use std::fs;
use std::path::PathBuf;

use aidnews_eval::{GoldArticle, GoldEntity, fold};
use anyhow::Context as _;

/// Reads the articles of all `files`, in order, each with the path of its page (`raw/` beside the gold file).
pub(crate) fn read(files: &[PathBuf]) -> anyhow::Result<Vec<(GoldArticle, PathBuf)>> {
    let mut articles = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let place = || format!("{}:{}", file.display(), number + 1);
            let article: GoldArticle = serde_json::from_str(line).with_context(place)?;
            let page = file.with_file_name("raw").join(&article.file);
            articles.push((article, page));
        }
    }
    Ok(articles)
}

/// The body as the record holds it.
pub(crate) fn text(article: &GoldArticle) -> String {
    article.paragraphs.join("\n")
}

/// Tells whether one of `forms` names the gold entity.
pub(crate) fn names<'f>(gold: &GoldEntity, mut forms: impl Iterator<Item = &'f str>) -> bool {
    let known: Vec<String> = std::iter::once(&gold.name).chain(&gold.alt).map(|name| fold(name)).collect();
    forms.any(|form| known.contains(&fold(form)))
}
