//! How many gold parties are found as names at all: the ceiling of everything behind.

use std::path::PathBuf;

use aidnews::training::Workbench;

use crate::corpus;

/// Prints the entities of a text.
pub(crate) fn show(text: &str) -> anyhow::Result<()> {
    for party in Workbench::new()?.parties("", text, None) {
        println!("{:?}\t{}\t{:?}", party.kind, party.name, party.forms);
    }
    Ok(())
}

/// Prints missed parties, or all entities of one article.
pub(crate) fn run(gold: &[PathBuf], id: Option<&str>) -> anyhow::Result<()> {
    let bench = Workbench::new()?;
    let (mut found, mut missed) = (0, 0);
    for (article, page) in corpus::read(gold)? {
        if id.is_some_and(|id| id != article.id) {
            continue;
        }
        let site = std::fs::read(&page).ok().and_then(|bytes| bench.own_house(&bytes));
        let title = article.title.clone().unwrap_or_default();
        let parties = bench.parties(&title, &corpus::text(&article), site.as_deref());
        if id.is_some() {
            for party in &parties {
                println!("{:?}\t{}\t{:?}", party.kind, party.name, party.forms);
            }
        }
        for entity in article.supporters.iter().chain(&article.recipients).filter(|entity| !entity.optional) {
            let hit = parties.iter().any(|party| corpus::names(entity, std::iter::once(party.name.as_str())));
            if hit {
                found += 1;
            } else {
                missed += 1;
                let inside =
                    parties.iter().any(|party| corpus::names(entity, party.forms.iter().map(String::as_str)));
                println!(
                    "{}\t{}\t{:?}\t{}",
                    article.id,
                    entity.name,
                    entity.kind,
                    if inside { "as a form" } else { "missed" }
                );
            }
        }
    }
    println!("found {found}, missed {missed}");
    Ok(())
}
