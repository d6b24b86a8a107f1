//! Small linear models with readable features.
//!
//! In: a TSV of weights from `aidnews-data/model`, one feature a line, one column an answer. Out: the probability
//! of each answer for a bag of features. The weights are trained by `cargo xtask train` and reviewed as text.

use std::collections::{BTreeMap, HashMap};

use aidnews_compile::{Lexicon, LexiconError};

/// A bag of features: name to value.
pub type Features = BTreeMap<String, f64>;

/// Linear weights for one or more answers.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    answers: Vec<String>,
    /// Only ever looked up, so that its order never shows.
    weights: HashMap<String, Vec<f64>>,
}

impl Model {
    /// Reads the weights in `text`, the content of the model file called `file`.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Self, LexiconError> {
        let table = Lexicon::parse(file, text)?;
        let answers: Vec<String> = table.columns()[1..].iter().map(|name| (*name).to_owned()).collect();
        let weights = table
            .entries()
            .map(|entry| {
                let row = answers.iter().map(|answer| entry.cell(answer).parse().unwrap_or(0.0)).collect();
                (entry.surface().to_owned(), row)
            })
            .collect();
        Ok(Self { answers, weights })
    }

    /// Returns the probability of `answer`.
    pub(crate) fn probability(&self, answer: &str, features: &Features) -> f64 {
        let Some(column) = self.answers.iter().position(|name| name == answer) else {
            return 0.0;
        };
        let weight = |feature: &str| self.weights.get(feature).map_or(0.0, |row| row[column]);
        let sum: f64 =
            weight("bias") + features.iter().map(|(name, value)| weight(name) * value).sum::<f64>();
        1.0 / (1.0 + (-sum).exp())
    }

    /// Returns the features that moved the chance of `answer` most, strongest first, with what each added.
    pub(crate) fn reasons(&self, answer: &str, features: &Features, most: usize) -> Vec<(String, f64)> {
        let Some(column) = self.answers.iter().position(|name| name == answer) else { return Vec::new() };
        let weight = |feature: &str| self.weights.get(feature).map_or(0.0, |row| row[column]);
        let mut all: Vec<(String, f64)> =
            features.iter().map(|(name, value)| (name.clone(), weight(name) * value)).collect();
        all.retain(|(_, points)| points.abs() >= 0.01);
        all.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
        all.truncate(most);
        all
    }
}

/// Adds one occurrence of a feature; the second and third weigh less than the first, so that a long article
/// does not outweigh what it says.
pub(crate) fn note(features: &mut Features, name: String) {
    let value = features.entry(name).or_insert(0.0);
    *value += (1.0 - *value) * 0.6;
}

/// Sets a feature to a value.
pub(crate) fn set(features: &mut Features, name: &str, value: f64) {
    features.insert(name.to_owned(), value);
}
