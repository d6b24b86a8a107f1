//! Candidates and results of the finders of numbers, dates, fields, frameworks and relevance.

use aidnews_expressions::{Expression, Scanner, Sources};

use super::Workbench;
use crate::Error;
use crate::analysis::{Analysis, Input};
use crate::fact::evidence::FactModels;
use crate::fact::surroundings::{Surroundings, measure_name};
use crate::fact::{count, date, programme, relevance, specialty};
use crate::model::Features;

/// Something that may be a fact, with what speaks for it.
#[derive(Debug, Clone)]
pub struct FactCandidate {
    /// Value of a date, name of a field or framework; empty for a number.
    pub name: String,
    /// Low and high end of a number.
    pub amount: (Option<f64>, Option<f64>),
    /// Bytes of the body; none in the title.
    pub start: Option<usize>,
    /// One past the last byte.
    pub end: usize,
    /// The words.
    pub text: String,
    /// What speaks for it.
    pub features: Features,
}

/// All candidates of an article.
#[derive(Debug, Clone, Default)]
pub struct FactCandidates {
    /// Numbers.
    pub counts: Vec<FactCandidate>,
    /// Dates.
    pub dates: Vec<FactCandidate>,
    /// Clinical fields.
    pub specialties: Vec<FactCandidate>,
    /// Frameworks.
    pub programmes: Vec<FactCandidate>,
    /// What the article is about.
    pub relevance: Features,
}

/// An article as these finders need it.
#[derive(Debug, Clone, Copy)]
pub struct FactInput<'a> {
    /// Headline.
    pub title: &'a str,
    /// Body.
    pub text: &'a str,
    /// ISO date of the page.
    pub published: Option<&'a str>,
    /// ISO dates from image file names.
    pub images: &'a [String],
}

impl Workbench {
    /// Returns the candidates of an article.
    pub fn fact_candidates(&self, scanner: &Scanner, input: &FactInput<'_>) -> FactCandidates {
        let analysis = self.take_apart(input);
        let around = Surroundings::new(&self.vocabulary, &analysis);
        let expressions = resolve(scanner, &analysis.text, input);
        let locate = |span: &std::ops::Range<usize>| {
            (
                span.start.checked_sub(analysis.body),
                span.end.saturating_sub(analysis.body),
                analysis.text[span.clone()].to_owned(),
            )
        };
        let mut all = FactCandidates::default();
        let counts = count::candidates(&around, &expressions);
        for (index, candidate) in counts.iter().enumerate() {
            let mut features = Features::new();
            count::describe(&around, &counts, index, &mut features);
            let (start, end, text) = locate(&candidate.span);
            let quantity = candidate.quantity;
            let amount =
                quantity.value.map_or((quantity.min, quantity.max), |value| (Some(value), Some(value)));
            all.counts.push(FactCandidate { name: String::new(), amount, start, end, text, features });
        }
        for candidate in date::candidates(&around, &expressions, input.published) {
            let mut features = Features::new();
            date::describe(&around, &candidate, &mut features);
            let (start, end, text) = locate(&candidate.span);
            let name = candidate.value;
            all.dates.push(FactCandidate { name, amount: (None, None), start, end, text, features });
        }
        for candidate in specialty::candidates(&around) {
            let mut features = Features::new();
            specialty::describe(&around, &candidate, &mut features);
            let (start, end, text) = locate(&candidate.mentions[0]);
            let name = candidate.canonical;
            all.specialties.push(FactCandidate { name, amount: (None, None), start, end, text, features });
        }
        for candidate in programme::candidates(&around) {
            let mut features = Features::new();
            programme::describe(&around, &candidate, &mut features);
            let (start, end, text) = locate(&candidate.mentions[0]);
            let name = candidate.name;
            all.programmes.push(FactCandidate { name, amount: (None, None), start, end, text, features });
        }
        relevance::describe(&around, &mut all.relevance);
        all
    }

    /// Returns the fact lists that models give, as a record has them.
    pub fn facts(&self, scanner: &Scanner, input: &FactInput<'_>, models: &FactWeights) -> serde_json::Value {
        let analysis = self.take_apart(input);
        let around = Surroundings::new(&self.vocabulary, &analysis);
        let expressions = resolve(scanner, &analysis.text, input);
        let models = &models.0;
        let relevance = relevance::score(&around, models);
        if relevance < 0.5 {
            return serde_json::json!({"relevance": relevance});
        }
        let counts: Vec<_> = count::find(&around, &expressions, models)
            .into_iter()
            .map(|fact| {
                serde_json::json!({"value": fact.value, "min": fact.min, "max": fact.max, "unit": fact.unit,
                    "measure": measure_name(fact.measure), "text": &analysis.text[fact.span]})
            })
            .collect();
        let dates: Vec<_> = date::find(&around, &expressions, input.published, models)
            .into_iter()
            .map(|fact| {
                serde_json::json!({"value": fact.value, "role": date::role_name(fact.role),
                    "text": &analysis.text[fact.span]})
            })
            .collect();
        let specialties: Vec<_> = specialty::find(&around, models)
            .into_iter()
            .map(|fact| serde_json::json!({"name": fact.name}))
            .collect();
        let programmes: Vec<_> = programme::find(&around, models)
            .into_iter()
            .map(|fact| serde_json::json!({"name": fact.name}))
            .collect();
        serde_json::json!({"relevance": relevance, "counts": counts, "dates": dates, "specialties": specialties,
            "programmes": programmes})
    }

    fn take_apart(&self, input: &FactInput<'_>) -> Analysis {
        Analysis::new(&self.vocabulary, &Input { title: input.title, text: input.text, site: None })
    }
}

/// Models under training.
#[derive(Debug)]
pub struct FactWeights(FactModels);

impl FactWeights {
    /// Reads models, pairs of file name and text.
    ///
    /// # Errors
    ///
    /// A model is malformed.
    pub fn parse(files: &[(String, String)]) -> Result<Self, Error> {
        let files = files.iter().map(|(file, text)| (file.as_str(), text.as_str()));
        FactModels::new(files).map(Self).map_err(Error::Lexicon)
    }
}

fn resolve<'t>(scanner: &Scanner, text: &'t str, input: &FactInput<'_>) -> Vec<Expression<'t>> {
    let published = input.published.and_then(|day| day.get(..10)?.parse().ok());
    let images: Vec<_> = input.images.iter().filter_map(|day| day.parse().ok()).collect();
    scanner.resolve(text, &Sources { published, images: &images, ..Sources::default() })
}
