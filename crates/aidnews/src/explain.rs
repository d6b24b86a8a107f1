//! Why an article was read as it was: what spoke for each fact and for each that was not taken.

use schemars::JsonSchema;
use serde::Serialize;

use crate::record::OrganizationKind;

/// What spoke for and against the facts of one article, winners and losers.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Explanation {
    /// How likely the article reports medical aid; below 0.5 it has no facts.
    pub relevance: f64,
    /// The site or the house that 我院 stands for.
    pub site: Option<String>,
    /// Lines of the page that are no part of the article, in order.
    pub removed: Vec<RemovedLine>,
    /// Every body named in the article.
    pub parties: Vec<PartyReading>,
    /// Every pair of a supporter and a recipient.
    pub pairs: Vec<PairReading>,
    /// Every number that could measure the aid.
    pub counts: Vec<ValueReading>,
    /// Every date.
    pub dates: Vec<ValueReading>,
    /// Every clinical field.
    pub specialties: Vec<ValueReading>,
    /// Every framework word.
    pub programmes: Vec<ValueReading>,
}

/// A line that was cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RemovedLine {
    /// Stable name of the reason.
    pub reason: String,
    /// The line.
    pub text: String,
}

/// A body and the roles it could have.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PartyReading {
    /// Its fullest form.
    pub name: String,
    /// All its forms.
    pub forms: Vec<String>,
    /// What kind of body it is.
    pub kind: OrganizationKind,
    /// Chance that it gives aid.
    pub supporter: f64,
    /// Chance that it gets aid.
    pub recipient: f64,
    /// `supporter`, `recipient` or `neither`.
    pub taken_as: &'static str,
    /// The features that moved the chance of a supporter most: positive for, negative against.
    pub for_supporter: Vec<Reason>,
    /// The same for a recipient.
    pub for_recipient: Vec<Reason>,
}

/// A supporter and a recipient.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PairReading {
    /// Name of the supporter.
    pub supporter: String,
    /// Name of the recipient.
    pub recipient: String,
    /// Chance that the one helps the other.
    pub chance: f64,
    /// Whether it became a partnership.
    pub taken: bool,
    /// The features that moved the chance most.
    pub because: Vec<Reason>,
}

/// A number, date, field or framework word.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ValueReading {
    /// The words.
    pub text: String,
    /// Chance that it is a fact about the aid.
    pub chance: f64,
    /// Whether it became one.
    pub taken: bool,
}

/// A feature of a model and what it added to the log odds.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Reason {
    /// The feature's name.
    pub feature: String,
    /// What it added.
    pub points: f64,
}

/// How many features are told of each decision.
pub(crate) const TOLD: usize = 8;
