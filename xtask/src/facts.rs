//! Trains the finders of numbers, dates, fields, frameworks and relevance, and measures them.
//!
//! Cross-validation is by article: the models that read an article were trained without it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use aidnews::training::Workbench;
use aidnews::training::facts::{FactCandidate, FactCandidates, FactInput, FactWeights};
use aidnews_eval::{Aliases, Field, FoundRecord, GoldArticle, GoldCount, GoldDate, Scores, fold, score};
use aidnews_expressions::Scanner;
use anyhow::Context as _;

use crate::corpus;
use crate::logistic::{self, Example, Weights};

const FOLDS: usize = 5;
const FIELDS: [Field; 7] = [
    Field::Dates,
    Field::DateRoles,
    Field::Counts,
    Field::CountValues,
    Field::Specialties,
    Field::Programmes,
    Field::Relevance,
];

/// What of the two figures is printed, and of which articles the errors are.
pub(crate) struct Options<'o> {
    pub(crate) gold: &'o [PathBuf],
    /// Articles of which only figures are printed.
    pub(crate) blind: Option<&'o Path>,
    /// Where the weights go; nowhere without.
    pub(crate) model: Option<&'o Path>,
    /// Print the errors of this field, cross-validated.
    pub(crate) errors: Option<&'o str>,
    /// Other penalties than the ones in `TASKS`: `count.tsv=0.01`.
    pub(crate) penalties: &'o [String],
    /// Features left out: those whose names start so.
    pub(crate) without: &'o [String],
    /// Rounds of training.
    pub(crate) rounds: usize,
}

/// A model: its file, its answers, and the examples of each.
struct Task {
    file: &'static str,
    answers: &'static [&'static str],
    penalty: f64,
}

const TASKS: [Task; 7] = [
    Task { file: "count.tsv", answers: &["kept"], penalty: 0.004 },
    Task {
        file: "measure.tsv",
        answers: &[
            "experts",
            "trainees",
            "sessions",
            "patients",
            "surgeries",
            "consultations",
            "techniques",
            "units",
            "institutions",
            "funds",
            "goods",
            "research",
            "change",
            "duration",
            "other",
        ],
        penalty: 0.002,
    },
    Task { file: "date.tsv", answers: &["kept"], penalty: 0.01 },
    Task { file: "date_role.tsv", answers: &["event", "since", "period", "plan", "other"], penalty: 0.01 },
    Task { file: "specialty.tsv", answers: &["kept"], penalty: 0.02 },
    Task { file: "programme.tsv", answers: &["kept"], penalty: 0.02 },
    Task { file: "relevance.tsv", answers: &["relevant"], penalty: 0.01 },
];

/// One example of one task: the article it is from, its features, the right answer (none: none of them).
struct Labelled {
    article: usize,
    features: BTreeMap<String, f64>,
    answer: Option<String>,
}

/// Trains, measures and writes.
pub(crate) fn run(options: &Options<'_>) -> anyhow::Result<()> {
    let bench = Workbench::new()?;
    let scanner = Scanner::new().map_err(|cause| anyhow::anyhow!("{cause}"))?;
    let (gold, images) = articles(options.gold)?;
    let labelled = label_all(&bench, &scanner, &gold, &images).examples;
    let mut records = Vec::new();
    for fold_number in 0..FOLDS {
        let models = train(options, &labelled, |article| fold_of(article) != fold_number);
        let weights = FactWeights::parse(&models)?;
        for (_, article) in gold.iter().enumerate().filter(|(index, _)| fold_of(*index) == fold_number) {
            records.push(read(&bench, &scanner, article, &images, &weights)?);
        }
    }
    let validated = score(&gold, &records);
    print("cross-validated", &validated);
    if let Some(field) = options.errors {
        let field: Field = field.parse()?;
        for outcome in validated.outcomes.iter().filter(|outcome| outcome.field == field) {
            println!("{:?}\t{}\t{}", outcome.verdict, outcome.article, outcome.item);
        }
        return Ok(());
    }
    let models = train(options, &labelled, |_| true);
    let weights = FactWeights::parse(&models)?;
    print("fitted", &measure(&bench, &scanner, &gold, &images, &weights)?);
    if let Some(blind) = options.blind {
        let (unseen, images) = articles(&[blind.to_owned()])?;
        let left_out = label_all(&bench, &scanner, &unseen, &images).missed;
        println!("required counts without a candidate: {left_out}");
        print("blind", &measure(&bench, &scanner, &unseen, &images, &weights)?);
    }
    if let Some(folder) = options.model {
        for (file, text) in &models {
            fs::write(folder.join(file), text).with_context(|| file.clone())?;
        }
    }
    Ok(())
}

/// Reads gold articles, each with the dates that the image names of its page give.
fn articles(files: &[PathBuf]) -> anyhow::Result<(Vec<GoldArticle>, Images)> {
    let mut images = Images::new();
    let mut gold = Vec::new();
    for (article, page) in corpus::read(files)? {
        let bytes = fs::read(&page).with_context(|| page.display().to_string())?;
        images.insert(article.id.clone(), image_dates(&String::from_utf8_lossy(&bytes)));
        gold.push(article);
    }
    Ok((gold, images))
}

type Images = BTreeMap<String, Vec<String>>;

/// Dates such as 20211028 in words that end like image files.
fn image_dates(page: &str) -> Vec<String> {
    let separated = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '(' | ')' | '<' | '>');
    let images = page.split(separated).filter(|word| {
        let word = word.to_ascii_lowercase();
        [".jpg", ".jpeg", ".png", ".gif", ".webp"].iter().any(|ending| word.ends_with(ending))
    });
    images
        .filter_map(|word| {
            let digits: String = word.chars().filter(|c| !matches!(c, '-' | '/' | '_')).collect();
            let at = digits.find("20")?;
            let day = digits.get(at..at + 8).filter(|day| day.bytes().all(|byte| byte.is_ascii_digit()))?;
            Some(format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]))
        })
        .collect()
}

fn measure(
    bench: &Workbench,
    scanner: &Scanner,
    gold: &[GoldArticle],
    images: &Images,
    weights: &FactWeights,
) -> anyhow::Result<Scores> {
    let started = std::time::Instant::now();
    let records: Result<Vec<_>, _> =
        gold.iter().map(|article| read(bench, scanner, article, images, weights)).collect();
    println!("{:.0} µs an article", started.elapsed().as_micros() as f64 / gold.len().max(1) as f64);
    Ok(score(gold, &records?))
}

fn fold_of(article: usize) -> usize {
    article % FOLDS
}

fn print(title: &str, scores: &Scores) {
    println!("{title}");
    let report = serde_json::to_value(&scores.report).unwrap_or_default();
    for field in FIELDS {
        let name = field.as_str();
        match report["fields"].get(name) {
            Some(row) => println!(
                "  {name:14} P {} R {} F1 {}  tp {} fp {} fn {}",
                row["p"], row["r"], row["f1"], row["tp"], row["fp"], row["fn"]
            ),
            None => println!("  {name:14} {}", report[name]),
        }
    }
}

fn read(
    bench: &Workbench,
    scanner: &Scanner,
    article: &GoldArticle,
    images: &Images,
    weights: &FactWeights,
) -> anyhow::Result<FoundRecord> {
    let text = corpus::text(article);
    let mut record = bench.facts(scanner, &input(article, &text, &images[&article.id]), weights);
    record["id"] = serde_json::Value::String(article.id.clone());
    Ok(serde_json::from_value(record)?)
}

fn input<'a>(article: &'a GoldArticle, text: &'a str, images: &'a [String]) -> FactInput<'a> {
    let title = article.title.as_deref().unwrap_or_default();
    FactInput { title, text, published: article.published.as_deref(), images }
}

/// Examples of every model, and how many required counts have no candidate.
struct Examples {
    examples: BTreeMap<&'static str, Vec<Labelled>>,
    missed: usize,
}

fn label_all(bench: &Workbench, scanner: &Scanner, gold: &[GoldArticle], images: &Images) -> Examples {
    let aliases = Aliases::built_in();
    let mut all: BTreeMap<&'static str, Vec<Labelled>> = BTreeMap::new();
    let mut unseen: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (number, article) in gold.iter().enumerate() {
        let text = corpus::text(article);
        let found = bench.fact_candidates(scanner, &input(article, &text, &images[&article.id]));
        let mut put = |file, features: &BTreeMap<String, f64>, answer: Option<&str>| {
            all.entry(file).or_default().push(Labelled {
                article: number,
                features: features.clone(),
                answer: answer.map(str::to_owned),
            });
        };
        let labels = count_labels(&found.counts, &article.counts, &text);
        for missed in labels.missed {
            unseen.entry("counts").or_default().push(format!("{}\t{missed}", article.id));
        }
        for (candidate, label) in found.counts.iter().zip(labels.of) {
            match label {
                Some((measure, optional)) => {
                    put("measure.tsv", &candidate.features, Some(&measure));
                    if !optional {
                        put("count.tsv", &candidate.features, Some("kept"));
                    }
                }
                None if candidate.start.is_some() => put("count.tsv", &candidate.features, None),
                None => {}
            }
        }
        for (candidate, label) in found.dates.iter().zip(date_labels(&found.dates, &article.dates, &text)) {
            match label {
                Label::Yes(role) => {
                    put("date.tsv", &candidate.features, Some("kept"));
                    put("date_role.tsv", &candidate.features, Some(&role));
                }
                Label::No => put("date.tsv", &candidate.features, None),
                Label::Open => {}
            }
        }
        for want in article.dates.iter().filter(|date| !date.optional) {
            if !found.dates.iter().any(|candidate| same_date(want, &candidate.name)) {
                let line = format!("{}\t{}\t{:?}", article.id, want.value, want.text);
                unseen.entry("dates").or_default().push(line);
            }
        }
        label_named(&found, article, &aliases, &mut put, &mut unseen);
        put("relevance.tsv", &found.relevance, article.relevant.then_some("relevant"));
    }
    let missed = unseen.get("counts").map_or(0, Vec::len);
    if std::env::var_os("AIDNEWS_UNSEEN").is_some() {
        for (field, lines) in unseen {
            for line in lines {
                println!("no candidate\t{field}\t{line}");
            }
        }
    }
    Examples { examples: all, missed }
}

fn label_named(
    found: &FactCandidates,
    article: &GoldArticle,
    aliases: &Aliases,
    put: &mut impl FnMut(&'static str, &BTreeMap<String, f64>, Option<&str>),
    unseen: &mut BTreeMap<&'static str, Vec<String>>,
) {
    let canon = |name: &str| aliases.canonical(name);
    let mut hit = vec![false; article.specialties.len()];
    for candidate in &found.specialties {
        let mut names = [canon(&candidate.text), canon(&candidate.name)].into_iter();
        let own: Vec<String> = names.by_ref().collect();
        let gold = article.specialties.iter().position(|want| {
            std::iter::once(&want.name).chain(&want.alt).any(|name| own.contains(&canon(name)))
        });
        if let Some(at) = gold {
            hit[at] = true;
        }
        match gold.map(|at| article.specialties[at].optional) {
            Some(true) => {}
            Some(false) => put("specialty.tsv", &candidate.features, Some("kept")),
            None => put("specialty.tsv", &candidate.features, None),
        }
    }
    for (want, hit) in article.specialties.iter().zip(hit) {
        if !hit && !want.optional {
            unseen.entry("specialties").or_default().push(format!("{}\t{}", article.id, want.name));
        }
    }
    for candidate in &found.programmes {
        let want =
            article.programmes.iter().find(|want| fold(programme_name(want).0) == fold(&candidate.name));
        match want.map(|want| programme_name(want).1) {
            Some(true) => {}
            Some(false) => put("programme.tsv", &candidate.features, Some("kept")),
            None => put("programme.tsv", &candidate.features, None),
        }
    }
    for want in article.programmes.iter().filter(|want| !programme_name(want).1) {
        if !found.programmes.iter().any(|candidate| fold(&candidate.name) == fold(programme_name(want).0)) {
            unseen.entry("programmes").or_default().push(format!(
                "{}\t{}",
                article.id,
                programme_name(want).0
            ));
        }
    }
}

struct CountLabels {
    /// Measure and optional, for every candidate that is in gold.
    of: Vec<Option<(String, bool)>>,
    missed: Vec<String>,
}

fn count_labels(candidates: &[FactCandidate], gold: &[GoldCount], text: &str) -> CountLabels {
    let mut of: Vec<Option<(String, bool)>> = vec![None; candidates.len()];
    let mut missed = Vec::new();
    for pass in 0..2 {
        for want in gold {
            let amount = want.value.map_or((want.min, want.max), |value| (Some(value), Some(value)));
            let label = (want.measure.clone(), want.optional);
            let quote = want.text.as_str();
            let places: Vec<usize> = text.match_indices(quote).map(|(at, _)| at).collect();
            let near = |candidate: &FactCandidate| {
                candidate.start.is_some_and(|start| {
                    places.iter().any(|at| *at < candidate.end && start < at + quote.len())
                })
            };
            let fits = |index: &usize| {
                let candidate = &candidates[*index];
                of[*index].is_none()
                    && candidate.start.is_some()
                    && candidate.amount == amount
                    && (pass == 1 || near(candidate))
            };
            let taken = |of: &[Option<(String, bool)>]| {
                (0..candidates.len()).any(|index| {
                    of[index].as_ref() == Some(&label)
                        && candidates[index].amount == amount
                        && near(&candidates[index])
                })
            };
            if pass == 1 && taken(&of) {
                continue;
            }
            let found = (0..candidates.len()).find(fits);
            match found {
                Some(index) => of[index] = Some(label),
                None if pass == 1 && !want.optional => missed.push(format!("{amount:?}\t{quote}")),
                None => {}
            }
        }
    }
    CountLabels { of, missed }
}

enum Label {
    Yes(String),
    No,
    Open,
}

fn same_date(want: &GoldDate, value: &str) -> bool {
    let start = |text: &str| text.split('/').next().unwrap_or_default().to_owned();
    std::iter::once(&want.value)
        .chain(&want.alt)
        .any(|own| own == value || own.ends_with("/..") && start(own) == start(value))
}

fn date_labels(candidates: &[FactCandidate], gold: &[GoldDate], text: &str) -> Vec<Label> {
    candidates
        .iter()
        .map(|candidate| {
            let mut fits = gold.iter().filter(|want| same_date(want, &candidate.name)).peekable();
            let Some(first) = fits.peek().copied() else { return Label::No };
            let near = fits.find(|want| {
                let quote = want.text.as_str();
                candidate.start.is_some_and(|start| {
                    text.match_indices(quote).any(|(at, _)| at < candidate.end && start < at + quote.len())
                })
            });
            match near {
                Some(want) if !want.optional => Label::Yes(want.role.clone().unwrap_or_default()),
                _ => {
                    let _ = first;
                    Label::Open
                }
            }
        })
        .collect()
}

fn train(
    options: &Options<'_>,
    all: &BTreeMap<&'static str, Vec<Labelled>>,
    wanted: impl Fn(usize) -> bool,
) -> Vec<(String, String)> {
    let empty = Vec::new();
    TASKS
        .iter()
        .map(|task| {
            let examples = all.get(task.file).unwrap_or(&empty);
            let used: Vec<&Labelled> = examples.iter().filter(|example| wanted(example.article)).collect();
            (task.file.to_owned(), train_one(options, task, &used))
        })
        .collect()
}

/// Features that fewer examples show say nothing that carries over.
const LEAST: usize = 3;

fn train_one(options: &Options<'_>, task: &Task, used: &[&Labelled]) -> String {
    let own = options.penalties.iter().filter_map(|one| one.split_once('='));
    let own = own.filter(|(file, _)| *file == task.file).find_map(|(_, value)| value.parse().ok());
    let penalty = own.unwrap_or(task.penalty);
    let left_out = |name: &str| options.without.iter().any(|prefix| name.starts_with(prefix.as_str()));
    let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
    for name in used.iter().flat_map(|example| example.features.keys()) {
        *shown.entry(name).or_default() += 1;
    }
    let mut columns: Vec<Weights> = Vec::new();
    for answer in task.answers {
        let examples: Vec<Example> = used
            .iter()
            .map(|example| Example {
                features: example
                    .features
                    .iter()
                    .filter(|(name, _)| shown[name.as_str()] >= LEAST && !left_out(name))
                    .map(|(name, value)| (name.clone(), *value))
                    .collect(),
                answer: example.answer.as_deref() == Some(*answer),
                weight: 1.0,
            })
            .collect();
        columns.push(logistic::fit(&examples.iter().collect::<Vec<_>>(), penalty, options.rounds));
    }
    table(task, &columns)
}

fn table(task: &Task, columns: &[Weights]) -> String {
    let mut text = format!(
        "#kind\tmodel\n#columns\tfeature\t{}\n#source\ttrained by `cargo xtask train-facts` from corpus/articles\n",
        task.answers.join("\t")
    );
    let mut rows: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (number, column) in columns.iter().enumerate() {
        for (name, weight) in column {
            rows.entry(name).or_insert_with(|| vec![0.0; columns.len()])[number] = *weight;
        }
    }
    for (name, row) in rows {
        if name != "bias" && row.iter().all(|weight| weight.abs() < 0.02) || name.contains(['\t', '\n']) {
            continue;
        }
        let cells: Vec<String> = row.iter().map(|weight| format!("{weight:.2}")).collect();
        let _ = writeln!(text, "{name}\t{}", cells.join("\t"));
    }
    text
}

fn programme_name(gold: &aidnews_eval::GoldName) -> (&str, bool) {
    match gold {
        aidnews_eval::GoldName::Plain(name) => (name, false),
        aidnews_eval::GoldName::Marked(entity) => (&entity.name, entity.optional),
    }
}
