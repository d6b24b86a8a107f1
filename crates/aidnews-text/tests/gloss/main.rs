//! The repair of clone-site pages, tested with a simulator that damages clean text as the sites do.

mod measure;
mod simulate;

use std::path::{Path, PathBuf};

use measure::{articles, measure};

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Prints the accuracy table; run with `--release -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn accuracy_table() {
    let shared = workspace().join("../shared/data");
    let sets = [
        ("corpus c, d (trained on)", articles(&workspace().join("corpus/articles/gold.jsonl"), |id| id < "e" && id >= "c")),
        ("corpus a", articles(&workspace().join("corpus/articles/gold.jsonl"), |id| id < "c")),
        ("corpus blind", articles(&workspace().join("corpus/blind/gold.jsonl"), |_| true)),
        ("html-dev", articles(&shared.join("html-dev/gold.jsonl"), |_| true)),
        ("seeds", articles(&shared.join("seeds/gold.jsonl"), |_| true)),
    ];
    let rounds = std::env::var("ROUNDS").ok().and_then(|rounds| rounds.parse().ok());
    for (name, articles) in sets {
        if articles.is_empty() {
            continue;
        }
        let figures = measure(&articles, rounds.unwrap_or((240 / articles.len() as u64).max(1)), 0.9);
        println!("== {name}\n{figures}");
        if std::env::var_os("FAULTS").is_some() {
            figures.faults.iter().for_each(|fault| println!("   {fault}"));
        }
    }
}
