//! What a maintainer of aidnews runs: `cargo run --release -p xtask -- train`.

mod corpus;
mod facts;
mod logistic;
mod names;
mod train;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// Maintainer's tasks.
#[derive(Parser)]
struct Task {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Trains the models on gold articles and writes their weights as text.
    Train {
        /// Files of gold articles.
        #[arg(default_value = "corpus/articles/gold.jsonl")]
        gold: Vec<PathBuf>,
        /// Files of gold articles to score with the trained models, never to train on.
        #[arg(long, default_value = "corpus/blind/gold.jsonl")]
        blind: Vec<PathBuf>,
        /// Print the errors of the cross-validation.
        #[arg(long)]
        errors: bool,
        #[command(flatten)]
        tuning: train::Tuning,
        /// Where the weights go.
        #[arg(long, default_value = "crates/aidnews-data/model")]
        model: PathBuf,
    },
    /// Trains and measures the finders of numbers, dates, fields, frameworks and relevance.
    TrainFacts {
        /// Files of gold articles.
        #[arg(default_value = "corpus/articles/gold.jsonl")]
        gold: Vec<PathBuf>,
        /// Articles of which only figures are printed.
        #[arg(long)]
        blind: Option<PathBuf>,
        /// Where the weights go; nowhere without.
        #[arg(long)]
        model: Option<PathBuf>,
        /// Print the cross-validated errors of a field.
        #[arg(long)]
        errors: Option<String>,
        /// Another penalty for a model: `count.tsv=0.01`.
        #[arg(long)]
        penalty: Vec<String>,
        /// Leave out the features whose names start so.
        #[arg(long)]
        without: Vec<String>,
        /// Rounds of training.
        #[arg(long, default_value_t = 150)]
        rounds: usize,
    },
    /// Lists the parties of gold articles that no name in the text is found for.
    Names {
        /// Files of gold articles.
        #[arg(default_value = "corpus/articles/gold.jsonl")]
        gold: Vec<PathBuf>,
        /// Print all entities of the article with this id.
        #[arg(long)]
        id: Option<String>,
        /// Print all entities of this text instead.
        #[arg(long)]
        text: Option<String>,
    },
}

fn main() -> anyhow::Result<()> {
    match Task::parse().command {
        Command::Train { gold, blind, errors, tuning, model } => {
            train::run(&gold, &blind, &model, errors, tuning)
        }
        Command::TrainFacts { gold, blind, model, errors, penalty, without, rounds } => {
            facts::run(&facts::Options {
                gold: &gold,
                blind: blind.as_deref(),
                model: model.as_deref(),
                errors: errors.as_deref(),
                penalties: &penalty,
                without: &without,
                rounds,
            })
        }
        Command::Names { text: Some(text), .. } => names::show(&text),
        Command::Names { gold, id, .. } => names::run(&gold, id.as_deref()),
    }
}
