//! Gold annotations: what careful readers found in an article.

use serde::{Deserialize, Serialize};

use crate::found::or_default;

/// One annotated article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoldArticle {
    /// Id of the article.
    pub id: String,
    /// Name of its file; a record with this file name belongs to it.
    pub file: String,
    /// Whether it reports medical aid.
    pub relevant: bool,
    /// Headline.
    pub title: Option<String>,
    /// Publication date `YYYY-MM-DD`.
    pub published: Option<String>,
    /// The source it names.
    pub outlet: Option<String>,
    /// Names in the byline.
    #[serde(default, deserialize_with = "or_default")]
    pub authors: Vec<GoldName>,
    /// Names of editors.
    #[serde(default, deserialize_with = "or_default")]
    pub editors: Vec<GoldName>,
    /// The body.
    pub paragraphs: Vec<String>,
    /// Who gives the aid.
    pub supporters: Vec<GoldEntity>,
    /// Who receives it.
    pub recipients: Vec<GoldEntity>,
    /// Who helps whom.
    pub pairs: Vec<GoldPair>,
    /// Framework words.
    pub programmes: Vec<GoldName>,
    /// Dates tied to the aid.
    pub dates: Vec<GoldDate>,
    /// Clinical fields tied to the aid.
    pub specialties: Vec<GoldEntity>,
    /// Numbers that measure the aid.
    pub counts: Vec<GoldCount>,
}

/// An organisation or a specialty.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GoldEntity {
    /// Its fullest name.
    pub name: String,
    /// Other names that count as right.
    #[serde(default, deserialize_with = "or_default")]
    pub alt: Vec<String>,
    /// What kind of body it is.
    #[serde(default, deserialize_with = "or_default")]
    pub kind: Option<String>,
    /// Whether careful readers would argue about it; then it is scored neither way.
    #[serde(default, deserialize_with = "or_default")]
    pub optional: bool,
}

/// A name, alone or with a mark.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum GoldName {
    /// Just the name.
    Plain(String),
    /// A name with alternatives or marked optional.
    Marked(GoldEntity),
}

/// A supporter and a recipient by their names, perhaps marked optional.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum GoldPair {
    /// Supporter and recipient.
    Plain(String, String),
    /// Supporter, recipient, mark.
    Marked(String, String, Mark),
}

/// What an annotator adds to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mark {
    /// Whether the item is scored neither way.
    #[serde(default, deserialize_with = "or_default")]
    pub optional: bool,
}

/// A date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoldDate {
    /// ISO 8601 at the precision given.
    pub value: String,
    /// Other values that count as right.
    #[serde(default, deserialize_with = "or_default")]
    pub alt: Vec<String>,
    /// `event`, `since`, `period`, `plan` or `other`.
    pub role: Option<String>,
    /// The words.
    #[serde(default, deserialize_with = "or_default")]
    pub text: String,
    /// Whether it is scored neither way.
    #[serde(default, deserialize_with = "or_default")]
    pub optional: bool,
}

/// A number that measures the aid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoldCount {
    /// The number in base units.
    #[serde(default, deserialize_with = "or_default")]
    pub value: Option<f64>,
    /// Lower end of a range.
    #[serde(default, deserialize_with = "or_default")]
    pub min: Option<f64>,
    /// Upper end of a range.
    #[serde(default, deserialize_with = "or_default")]
    pub max: Option<f64>,
    /// The unit as written.
    #[serde(default, deserialize_with = "or_default")]
    pub unit: Option<String>,
    /// What it measures.
    pub measure: String,
    /// `about`, `over`, `under` or `at_least`.
    #[serde(default, deserialize_with = "or_default")]
    pub approx: Option<String>,
    /// The words.
    #[serde(default, deserialize_with = "or_default")]
    pub text: String,
    /// Whether it is scored neither way.
    #[serde(default, deserialize_with = "or_default")]
    pub optional: bool,
}

impl GoldName {
    /// Returns the name as an entity.
    pub(crate) fn entity(&self) -> GoldEntity {
        match self {
            Self::Plain(name) => GoldEntity { name: name.clone(), ..GoldEntity::default() },
            Self::Marked(entity) => entity.clone(),
        }
    }
}

impl GoldPair {
    /// Returns the names of supporter and recipient.
    pub fn names(&self) -> (&str, &str) {
        let (Self::Plain(supporter, recipient) | Self::Marked(supporter, recipient, _)) = self;
        (supporter, recipient)
    }

    /// Returns whether the pair is scored neither way.
    pub fn optional(&self) -> bool {
        matches!(self, Self::Marked(_, _, Mark { optional: true }))
    }
}
