//! Logistic regression: deterministic, with L2 regularisation.

use std::collections::BTreeMap;

/// One example: its features, and whether the answer is yes.
#[derive(Debug, Clone)]
pub(crate) struct Example {
    pub(crate) features: BTreeMap<String, f64>,
    pub(crate) answer: bool,
    /// How much the example counts.
    pub(crate) weight: f64,
}

/// Weights by feature; `bias` is one of them.
pub(crate) type Weights = BTreeMap<String, f64>;

/// Fits weights by full-batch gradient descent with momentum; `penalty` is the L2 factor an example.
pub(crate) fn fit(examples: &[&Example], penalty: f64, rounds: usize) -> Weights {
    let mut index: BTreeMap<&str, usize> = BTreeMap::from([("bias", 0)]);
    for example in examples {
        for name in example.features.keys() {
            let next = index.len();
            index.entry(name).or_insert(next);
        }
    }
    let rows: Vec<Vec<(usize, f64)>> = examples
        .iter()
        .map(|example| {
            let bias = std::iter::once((0, 1.0));
            bias.chain(example.features.iter().map(|(name, value)| (index[name.as_str()], *value))).collect()
        })
        .collect();
    // Each feature takes a step of its own size (Adagrad): rare features are not drowned by common ones.
    let mut weights = vec![0.0; index.len()];
    let mut squares = vec![1e-6; index.len()];
    let total: f64 = examples.iter().map(|example| example.weight).sum();
    for _ in 0..rounds {
        let mut gradient: Vec<f64> = weights.iter().map(|weight| penalty * weight).collect();
        gradient[0] = 0.0;
        for (row, example) in rows.iter().zip(examples) {
            let sum: f64 = row.iter().map(|(column, value)| weights[*column] * value).sum();
            let error = 1.0 / (1.0 + (-sum).exp()) - f64::from(u8::from(example.answer));
            for (column, value) in row {
                gradient[*column] += error * value * example.weight / total;
            }
        }
        for ((weight, square), slope) in weights.iter_mut().zip(&mut squares).zip(&gradient) {
            *square += slope * slope;
            *weight -= 0.3 * slope / square.sqrt();
        }
    }
    index.into_iter().map(|(name, column)| (name.to_owned(), weights[column])).collect()
}

/// Returns the probability of a yes.
pub(crate) fn probability(weights: &Weights, features: &BTreeMap<String, f64>) -> f64 {
    let weight = |name: &str| weights.get(name).copied().unwrap_or(0.0);
    let sum: f64 = weight("bias") + features.iter().map(|(name, value)| weight(name) * value).sum::<f64>();
    1.0 / (1.0 + (-sum).exp())
}
