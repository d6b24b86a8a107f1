//! The repair of clone-site pages, tested with a simulator that damages clean text as the sites do.

mod clean;
mod differential;
mod measure;
mod properties;
mod simulate;

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use aidnews_text::gloss::GlossRepair;

use measure::{articles, measure};
use simulate::Site;

const SEED: &str = "../shared/data/seeds/raw/002_5e6c1cf1b796a4b6.txt";

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Articles that the model has never seen come back as well as they should.
#[test]
fn unseen_articles_come_back() {
    let articles = articles(&workspace().join("corpus/blind/gold.jsonl"), |_| true);
    let figures = measure(&articles, 1, 0.9);
    let share = |good: usize| good as f64 / figures.articles.max(1) as f64;
    assert_eq!(figures.recognised, figures.articles);
    assert_eq!(figures.lost_elsewhere, 0, "intact characters were changed");
    assert!(figures.split.value() >= 0.999, "{figures}");
    assert!(figures.damaged.value() >= 0.97, "{figures}");
    assert!(figures.open.value() >= 0.98, "{figures}");
    assert!(figures.automatic.value() >= 0.90, "{figures}");
    assert!(share(figures.perfect) >= 0.86, "{figures}");
}

/// Prints the accuracy table; run with `--release -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn accuracy_table() {
    let shared = workspace().join("../shared/data");
    let sets = [
        ("corpus (learnt from)", articles(&workspace().join("corpus/articles/gold.jsonl"), |_| true)),
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

/// Prints what the first and later repairs of damaged articles cost, and what clean text costs.
#[test]
#[ignore = "a measurement"]
fn time_table() {
    let articles = articles(&workspace().join("corpus/articles/gold.jsonl"), |_| true);
    let damaged: Vec<String> =
        (0..).zip(&articles).map(|(n, a)| Site::random(n, 0.9).damage(a).text).collect();
    let repair = GlossRepair::new();
    println!("first article    {:?}", mean_of(1, || repair.repair(&damaged[0])));
    let mut times: Vec<_> =
        damaged.iter().map(|text| (mean_of(50, || repair.repair(text)), text.chars().count())).collect();
    times.sort_unstable();
    println!("median article   {:?}, worst {:?}", times[times.len() / 2], times[times.len() - 1]);
    let clean = articles.join("\n").repeat(1000);
    assert!(matches!(repair.repair(&clean).text, Cow::Borrowed(_)));
    let time = mean_of(3, || repair.repair(&clean));
    println!("clean text       {:.2} GB/s", clean.len() as f64 / time.as_secs_f64() / 1e9);
    if let Ok(seed) = std::fs::read_to_string(workspace().join(SEED)) {
        let time = mean_of(50, || repair.repair(&seed));
        println!("seed article     {time:?} of {} characters", seed.chars().count());
    }
}

/// Returns the mean time of some runs; clocks of the processor's time may be too coarse for one.
fn mean_of<T>(runs: u32, run: impl Fn() -> T) -> Duration {
    let start = processor_time();
    (0..runs).for_each(|_| drop(std::hint::black_box(run())));
    (processor_time() - start) / runs
}

/// Returns the time this thread has had of the processor; on Linux, where the machine may be busy with other things.
fn processor_time() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let linux = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = linux.and_then(|line| line.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}
