//! Trains the models of roles and pairs, and says how well they do on articles they were not trained on.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use aidnews::training::{PartyCandidate, Workbench};
use aidnews_eval::{FoundEntity, FoundPartnership, FoundRecord, GoldArticle, GoldEntity, GoldPair, score};
use anyhow::Context as _;

use crate::corpus;
use crate::logistic::{Example, Weights, fit, probability};

/// Parts of the corpus of which each is once left out.
const FOLDS: usize = 5;
/// How strongly weights are held near zero, and for how long they are fitted.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct Tuning {
    /// L2 penalty of the weights of roles.
    #[arg(long, default_value_t = 0.002)]
    role_penalty: f64,
    /// L2 penalty of the weights of pairs.
    #[arg(long, default_value_t = 0.002)]
    pair_penalty: f64,
    /// Rounds of gradient descent.
    #[arg(long, default_value_t = 200)]
    rounds: usize,
}

const ROLES: [&str; 2] = ["supporter", "recipient"];

/// An article with its candidates and the examples they make.
struct Case {
    gold: GoldArticle,
    title: String,
    text: String,
    site: Option<String>,
    parties: Vec<PartyCandidate>,
    roles: [Vec<Example>; 2],
    pairs: Vec<Example>,
}

/// The weights of all models trained here.
struct Models {
    roles: [Weights; 2],
    among: [Weights; 2],
    pairs: Weights,
}

/// Trains on `gold`, prints cross-validated and fitted figures, writes the weights to the folder `model`.
/// Articles of the files in `blind` are only scored.
pub(crate) fn run(
    gold: &[PathBuf],
    blind: &[PathBuf],
    model: &Path,
    errors: bool,
    tuning: Tuning,
) -> anyhow::Result<()> {
    let bench = Workbench::new()?;
    let cases = prepare(&bench, corpus::read(gold)?);
    let mut held_out = Vec::new();
    for part in 0..FOLDS {
        let training: Vec<&Case> =
            cases.iter().enumerate().filter(|(at, _)| at % FOLDS != part).map(|(_, case)| case).collect();
        let models = train(&bench, &training, tuning);
        for case in cases.iter().skip(part).step_by(FOLDS) {
            if errors {
                list_chances(&models, case);
            }
            held_out.push(predict(&bench, &models, case));
        }
    }
    report("cross-validated", &cases, &held_out);
    if errors {
        list_errors(&cases, &held_out);
    }
    let all: Vec<&Case> = cases.iter().collect();
    let models = train(&bench, &all, tuning);
    let fitted: Vec<FoundRecord> = cases.iter().map(|case| predict(&bench, &models, case)).collect();
    report("fitted", &cases, &fitted);
    if !blind.is_empty() {
        let unseen = prepare(&bench, corpus::read(blind)?);
        let found: Vec<FoundRecord> = unseen.iter().map(|case| predict(&bench, &models, case)).collect();
        report("blind", &unseen, &found);
    }
    write(&model.join("role.tsv"), "role", &ROLES, &[&models.roles[0], &models.roles[1]])?;
    write(&model.join("role_among.tsv"), "role_among", &ROLES, &[&models.among[0], &models.among[1]])?;
    write(&model.join("pair.tsv"), "pair", &["pair"], &[&models.pairs])
}

fn prepare(bench: &Workbench, articles: Vec<(GoldArticle, PathBuf)>) -> Vec<Case> {
    let site = |page: &Path| fs::read(page).ok().and_then(|bytes| bench.own_house(&bytes));
    articles.into_iter().map(|(gold, page)| case(bench, gold, site(&page))).collect()
}

fn case(bench: &Workbench, gold: GoldArticle, site: Option<String>) -> Case {
    let (title, text) = (gold.title.clone().unwrap_or_default(), corpus::text(&gold));
    let parties = bench.parties(&title, &text, site.as_deref());
    let roles = [examples(&parties, &gold.supporters), examples(&parties, &gold.recipients)];
    let pairs = pair_examples(bench, &gold, &title, &text, site.as_deref(), &parties);
    Case { gold, title, text, site, parties, roles, pairs }
}

fn matching<'g>(party: &PartyCandidate, gold: &'g [GoldEntity]) -> Option<&'g GoldEntity> {
    let forms = || std::iter::once(party.name.as_str()).chain(party.forms.iter().map(String::as_str));
    gold.iter().find(|entity| corpus::names(entity, forms()))
}

/// One example a party; what careful readers would argue about counts for nothing.
fn examples(parties: &[PartyCandidate], gold: &[GoldEntity]) -> Vec<Example> {
    let example = |party: &PartyCandidate| {
        let hit = matching(party, gold);
        let weight = if hit.is_some_and(|entity| entity.optional) { 0.0 } else { 1.0 };
        Example { features: party.features.clone(), answer: hit.is_some(), weight }
    };
    parties.iter().map(example).collect()
}

fn pair_examples(
    bench: &Workbench,
    gold: &GoldArticle,
    title: &str,
    text: &str,
    site: Option<&str>,
    parties: &[PartyCandidate],
) -> Vec<Example> {
    let side = |entities: &[GoldEntity]| -> Vec<usize> {
        let all = parties.iter().enumerate();
        all.filter(|(_, party)| matching(party, entities).is_some_and(|entity| !entity.optional))
            .map(|(at, _)| at)
            .collect()
    };
    let (givers, takers) = (side(&gold.supporters), side(&gold.recipients));
    let named = |at: usize, name: &str, entities: &[GoldEntity]| {
        let forms = || parties[at].forms.iter().chain(std::iter::once(&parties[at].name)).map(String::as_str);
        entities
            .iter()
            .any(|entity| corpus::names(entity, std::iter::once(name)) && corpus::names(entity, forms()))
    };
    let found = bench.pairs(title, text, site, &givers, &takers);
    let example = |(giver, taker, features)| {
        let stated = gold.pairs.iter().find(|pair| {
            let (GoldPair::Plain(from, to) | GoldPair::Marked(from, to, _)) = pair;
            named(giver, from, &gold.supporters) && named(taker, to, &gold.recipients)
        });
        let optional = matches!(stated, Some(GoldPair::Marked(_, _, mark)) if mark.optional);
        Example { features, answer: stated.is_some(), weight: if optional { 0.0 } else { 1.0 } }
    };
    found.into_iter().map(example).collect()
}

fn train(bench: &Workbench, cases: &[&Case], tuning: Tuning) -> Models {
    let all: Vec<&Example> =
        cases.iter().flat_map(|case| &case.pairs).filter(|example| example.weight > 0.0).collect();
    Models {
        roles: first_look(cases, tuning),
        among: second_look(bench, cases, tuning),
        pairs: fit(&all, tuning.pair_penalty, tuning.rounds),
    }
}

fn first_look(cases: &[&Case], tuning: Tuning) -> [Weights; 2] {
    [0, 1].map(|role| {
        let examples = cases.iter().flat_map(|case| &case.roles[role]).filter(|example| example.weight > 0.0);
        fit(&examples.collect::<Vec<_>>(), tuning.role_penalty, tuning.rounds)
    })
}

/// Trains the second look on the chances that a first look gives to articles it was not trained on.
fn second_look(bench: &Workbench, cases: &[&Case], tuning: Tuning) -> [Weights; 2] {
    let mut examples: [Vec<Example>; 2] = [Vec::new(), Vec::new()];
    for part in 0..FOLDS {
        let rest: Vec<&Case> =
            cases.iter().enumerate().filter(|(at, _)| at % FOLDS != part).map(|(_, case)| *case).collect();
        let looks = first_look(&rest, tuning);
        for case in cases.iter().skip(part).step_by(FOLDS) {
            let refined = bench.refine(&case.title, &case.text, case.site.as_deref(), &chances(&looks, case));
            for (role, own) in examples.iter_mut().enumerate() {
                let pairs = refined.iter().zip(&case.roles[role]);
                own.extend(
                    pairs
                        .map(|(features, example)| Example { features: features.clone(), ..example.clone() }),
                );
            }
        }
    }
    examples.map(|examples| {
        let counted: Vec<&Example> = examples.iter().filter(|example| example.weight > 0.0).collect();
        fit(&counted, tuning.role_penalty, tuning.rounds)
    })
}

/// The chances of a case's parties at first look.
fn chances(looks: &[Weights; 2], case: &Case) -> Vec<[f64; 2]> {
    let chance = |party: &PartyCandidate| [0, 1].map(|role| probability(&looks[role], &party.features));
    case.parties.iter().map(chance).collect()
}

/// Prints the chances of every party, with gold's view of it.
fn list_chances(models: &Models, case: &Case) {
    for (at, party) in case.parties.iter().enumerate() {
        let view = |role: usize| match (case.roles[role][at].answer, case.roles[role][at].weight > 0.0) {
            (true, true) => "yes",
            (true, false) => "may",
            _ => "no",
        };
        let chance = |role: usize| probability(&models.roles[role], &party.features);
        let strongest = |role: usize| {
            let weights = &models.roles[role];
            let mut all: Vec<(f64, &str)> = party
                .features
                .iter()
                .map(|(name, value)| (weights.get(name).unwrap_or(&0.0) * value, name.as_str()))
                .collect();
            all.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
            all.iter().take(6).map(|(sum, name)| format!("{name}:{sum:.2}")).collect::<Vec<_>>().join(" ")
        };
        let wrong = |role: usize| (chance(role) >= 0.5) != (view(role) == "yes") && view(role) != "may";
        for (role, name) in ROLES.iter().enumerate().filter(|(role, _)| wrong(*role)) {
            println!(
                "{}\t{name}\t{}\t{:.2}\t{}\t{}",
                case.gold.id,
                view(role),
                chance(role),
                party.name,
                strongest(role)
            );
        }
    }
}

/// Chooses as the engine does, with the probabilities of `models`.
fn predict(bench: &Workbench, models: &Models, case: &Case) -> FoundRecord {
    let first = chances(&models.roles, case);
    let refined = bench.refine(&case.title, &case.text, case.site.as_deref(), &first);
    let chances: Vec<[f64; 2]> = refined
        .iter()
        .map(|features| [0, 1].map(|role| probability(&models.among[role], features)))
        .collect();
    let choice = bench.choose(&case.title, &case.text, case.site.as_deref(), &chances, &|features| {
        probability(&models.pairs, features)
    });
    let entity = |at: usize| FoundEntity {
        name: case.parties[at].name.clone(),
        kind: serde_json::to_value(case.parties[at].kind)
            .ok()
            .and_then(|kind| kind.as_str().map(str::to_owned)),
    };
    FoundRecord {
        id: case.gold.id.clone(),
        supporters: choice.supporters.iter().map(|at| entity(*at)).collect(),
        recipients: choice.recipients.iter().map(|at| entity(*at)).collect(),
        partnerships: choice
            .pairs
            .iter()
            .map(|(from, to)| FoundPartnership {
                supporter: case.parties[*from].name.clone(),
                recipient: case.parties[*to].name.clone(),
            })
            .collect(),
        ..FoundRecord::default()
    }
}

fn report(what: &str, cases: &[Case], records: &[FoundRecord]) {
    let gold: Vec<GoldArticle> = cases.iter().map(|case| case.gold.clone()).collect();
    let report = score(&gold, records).report;
    println!("{what}, {} articles", cases.len());
    for field in ["supporters", "recipients", "hospitals", "pairs"] {
        let row = &report.fields[field];
        println!("  {field:12} P {:6.2}  R {:6.2}  F1 {:6.2}", row.p, row.r, row.f1);
    }
}

/// Prints what was missed and what was wrongly found, field by field.
fn list_errors(cases: &[Case], records: &[FoundRecord]) {
    let gold: Vec<GoldArticle> = cases.iter().map(|case| case.gold.clone()).collect();
    for outcome in score(&gold, records).outcomes {
        let field = outcome.field.as_str();
        if matches!(field, "supporters" | "recipients" | "pairs")
            && outcome.verdict != aidnews_eval::Verdict::Hit
        {
            println!("{field}\t{:?}\t{}\t{}", outcome.verdict, outcome.article, outcome.item);
        }
    }
}

/// Writes weights as a table, sorted, without those that round to nothing.
fn write(path: &Path, kind: &str, answers: &[&str], weights: &[&Weights]) -> anyhow::Result<()> {
    let mut text = format!("#kind\tmodel_{kind}\n#columns\tfeature\t{}\n", answers.join("\t"));
    text.push_str("#source\ttrained by `cargo run --release -p xtask -- train` on corpus/articles\n");
    let names: std::collections::BTreeSet<&String> = weights.iter().flat_map(|table| table.keys()).collect();
    for name in names {
        let cells: Vec<String> = weights
            .iter()
            .map(|table| format!("{:.3}", table.get(name).copied().unwrap_or(0.0) + 0.0))
            .collect();
        if cells.iter().any(|cell| cell.trim_start_matches('-') != "0.000") {
            writeln!(text, "{name}\t{}", cells.join("\t"))?;
        }
    }
    fs::write(path, text).with_context(|| path.display().to_string())
}
