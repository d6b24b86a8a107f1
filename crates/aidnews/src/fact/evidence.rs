//! What speaks for and against a fact: features that are written out for training and only summed when reading.
//!
//! A feature is present or absent. Training wants its name; reading an article wants speed, so there a feature is
//! the hash of its name and finding its weights allocates nothing.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use aidnews_compile::{Lexicon, LexiconError};

use crate::model::Features;

/// Takes features, as the parts of their names.
pub(crate) trait Evidence {
    /// Notes the feature whose name is `parts` joined.
    fn see(&mut self, parts: &[&str]);
}

impl Evidence for Features {
    fn see(&mut self, parts: &[&str]) {
        self.insert(parts.concat(), 1.0);
    }
}

/// Features as hashes of their names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    keys: Vec<u64>,
}

impl Evidence for Seen {
    fn see(&mut self, parts: &[&str]) {
        let mut key = START;
        for part in parts {
            key = extend(key, part);
        }
        self.keys.push(key);
    }
}

impl Seen {
    /// Forgets all features and keeps the room they took.
    pub(crate) fn clear(&mut self) {
        self.keys.clear();
    }
}

const START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a.
fn extend(mut key: u64, part: &str) -> u64 {
    for byte in part.bytes() {
        key = (key ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    key
}

/// Keys are hashes already.
#[derive(Debug, Clone, Default)]
struct Plain(u64);

impl Hasher for Plain {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// Linear weights of features for one or more answers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weights {
    answers: Vec<String>,
    bias: Vec<f64>,
    rows: HashMap<u64, Box<[f64]>, BuildHasherDefault<Plain>>,
}

impl Weights {
    /// Reads the weights in `text`, the content of the model file called `file`.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Self, LexiconError> {
        let table = Lexicon::parse(file, text)?;
        let answers: Vec<String> = table.columns()[1..].iter().map(|name| (*name).to_owned()).collect();
        let mut bias = vec![0.0; answers.len()];
        let mut rows = HashMap::default();
        for entry in table.entries() {
            let row: Box<[f64]> =
                answers.iter().map(|answer| entry.cell(answer).parse().unwrap_or(0.0)).collect();
            if entry.surface() == "bias" {
                bias = row.into_vec();
            } else {
                rows.insert(extend(START, entry.surface()), row);
            }
        }
        Ok(Self { answers, bias, rows })
    }

    /// Tells whether there are no weights.
    pub(crate) fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }

    /// Returns the probability of every answer, each against all others, in the order of the answers.
    pub(crate) fn probabilities(&self, seen: &mut Seen) -> Vec<f64> {
        seen.keys.sort_unstable();
        seen.keys.dedup();
        let mut sums = self.bias.clone();
        for row in seen.keys.iter().filter_map(|key| self.rows.get(key)) {
            for (sum, weight) in sums.iter_mut().zip(row) {
                *sum += weight;
            }
        }
        sums.into_iter().map(|sum| 1.0 / (1.0 + (-sum).exp())).collect()
    }

    /// Returns the probability of the first answer; 0 without weights.
    pub(crate) fn chance(&self, seen: &mut Seen) -> f64 {
        self.probabilities(seen).first().copied().unwrap_or(0.0)
    }

    /// Returns the likeliest answer, the first of equal ones.
    pub(crate) fn best(&self, seen: &mut Seen) -> Option<(&str, f64)> {
        let chances = self.probabilities(seen);
        let best = (0..chances.len()).rev().max_by(|a, b| chances[*a].total_cmp(&chances[*b]))?;
        Some((&self.answers[best], chances[best]))
    }
}

/// The weights that the finders of facts use.
#[derive(Debug, Clone, Default)]
pub(crate) struct FactModels {
    /// Does the number measure the aid?
    pub(crate) count: Weights,
    /// What does it measure?
    pub(crate) measure: Weights,
    /// Is the date tied to the aid?
    pub(crate) date: Weights,
    /// What is it to the aid?
    pub(crate) date_role: Weights,
    /// Is the field tied to the aid?
    pub(crate) specialty: Weights,
    /// Is the framework word used for the aid?
    pub(crate) programme: Weights,
    /// Is the article about medical aid?
    pub(crate) relevance: Weights,
}

impl FactModels {
    /// Reads the models among `files`, pairs of name and text; what is not there has no weights.
    pub(crate) fn new<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Result<Self, LexiconError> {
        let mut models = Self::default();
        for (file, text) in files {
            let place = match file {
                "count.tsv" => &mut models.count,
                "measure.tsv" => &mut models.measure,
                "date.tsv" => &mut models.date,
                "date_role.tsv" => &mut models.date_role,
                "specialty.tsv" => &mut models.specialty,
                "programme.tsv" => &mut models.programme,
                "relevance.tsv" => &mut models.relevance,
                _ => continue,
            };
            *place = Weights::parse(file, text)?;
        }
        Ok(models)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_counts_once_however_its_name_is_cut() {
        let text = "#kind\tmodel\n#columns\tfeature\tkept\n#source\ttest\nbias\t-1\nu=名\t2\n";
        let weights = Weights::parse("test.tsv", text).unwrap();
        let mut seen = Seen::default();
        assert!(weights.chance(&mut seen) < 0.5);
        seen.see(&["u=", "名"]);
        seen.see(&["u=名"]);
        let expected = 1.0 / (1.0 + (-1.0f64).exp());
        assert!((weights.chance(&mut seen) - expected).abs() < 1e-12);
    }
}
