//! What the models are trained on: the candidates of an article with their features.
//!
//! For `cargo xtask train` and for `explain`; no part of the stable interface.

pub mod facts;

use crate::Error;
use crate::analysis::{Analysis, Input, own_house};
use crate::fact::{choice, company, pair, role};
pub use crate::model::Features;
use crate::vocabulary::Vocabulary;

/// A body that may be a party to the aid.
#[derive(Debug, Clone)]
pub struct PartyCandidate {
    /// Its fullest form.
    pub name: String,
    /// Its other forms.
    pub forms: Vec<String>,
    /// Its kind, as the record writes it.
    pub kind: crate::record::OrganizationKind,
    /// What speaks for its role.
    pub features: Features,
}

/// Takes articles apart for training.
#[derive(Debug)]
pub struct Workbench {
    vocabulary: Vocabulary,
}

impl Workbench {
    /// Builds a workbench with the lexicons compiled in.
    ///
    /// # Errors
    ///
    /// A lexicon is malformed.
    pub fn new() -> Result<Self, Error> {
        Ok(Self { vocabulary: Vocabulary::new(&[]).map_err(Error::Lexicon)? })
    }

    /// Returns the house whose site a page is, as the engine reads it.
    pub fn own_house(&self, bytes: &[u8]) -> Option<String> {
        let cleaned = aidnews_text::TextReader::new().read(bytes, &aidnews_text::TextHint::default());
        let hint = aidnews_page::PageHint { format: Some(cleaned.format), ..Default::default() };
        let page = aidnews_page::PageReader::new().read(&cleaned.text, &hint);
        let removed = page.removed.iter().map(|block| &cleaned.text[block.span.clone()]);
        own_house(&self.vocabulary, &page.text, removed).or(page.site.clone())
    }

    /// Returns the parties of an article.
    pub fn parties(&self, title: &str, text: &str, site: Option<&str>) -> Vec<PartyCandidate> {
        let analysis = Analysis::new(&self.vocabulary, &Input { title, text, site });
        let features = role::features(&analysis.stage(&self.vocabulary));
        let entities = analysis.entities.into_iter().zip(features);
        entities
            .map(|(entity, features)| PartyCandidate {
                name: entity.name,
                forms: entity.forms,
                kind: entity.kind,
                features,
            })
            .collect()
    }

    /// Returns the features of a second look at the parties, from the chances that the first look gave them.
    pub fn refine(&self, title: &str, text: &str, site: Option<&str>, chances: &[[f64; 2]]) -> Vec<Features> {
        let analysis = Analysis::new(&self.vocabulary, &Input { title, text, site });
        let stage = analysis.stage(&self.vocabulary);
        company::refine(&stage, &role::features(&stage), chances)
    }

    /// Returns the features of every pair of the parties numbered in `supporters` and `recipients`.
    pub fn pairs(
        &self,
        title: &str,
        text: &str,
        site: Option<&str>,
        supporters: &[usize],
        recipients: &[usize],
    ) -> Vec<(usize, usize, Features)> {
        let analysis = Analysis::new(&self.vocabulary, &Input { title, text, site });
        let found = pair::candidates(&analysis.stage(&self.vocabulary), supporters, recipients);
        found.into_iter().map(|pair| (pair.supporter, pair.recipient, pair.features)).collect()
    }

    /// Chooses as the engine does, from the chances of each party to be supporter and recipient and a model of
    /// pairs.
    pub fn choose(
        &self,
        title: &str,
        text: &str,
        site: Option<&str>,
        chances: &[[f64; 2]],
        pair_model: &dyn Fn(&Features) -> f64,
    ) -> Choice {
        let analysis = Analysis::new(&self.vocabulary, &Input { title, text, site });
        let chosen = choice::choose(&analysis.stage(&self.vocabulary), chances, pair_model);
        Choice {
            supporters: chosen.supporters,
            recipients: chosen.recipients,
            pairs: chosen.pairs.into_iter().map(|pair| (pair.supporter, pair.recipient)).collect(),
        }
    }
}

/// Parties by number: who gives, who gets, and who helps whom.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Supporters.
    pub supporters: Vec<usize>,
    /// Recipients.
    pub recipients: Vec<usize>,
    /// Supporter and recipient.
    pub pairs: Vec<(usize, usize)>,
}
