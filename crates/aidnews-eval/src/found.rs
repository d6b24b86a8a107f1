//! Records as far as they are scored. Other programs' records may leave keys out; a missing key is an empty one.

use serde::{Deserialize, Deserializer};

/// The scored part of a record.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct FoundRecord {
    /// Id of the record.
    #[serde(deserialize_with = "or_default")]
    pub id: String,
    /// Where the article came from.
    #[serde(deserialize_with = "or_default")]
    pub source: FoundSource,
    /// The article.
    #[serde(deserialize_with = "or_default")]
    pub article: FoundArticle,
    /// How likely it reports medical aid.
    #[serde(deserialize_with = "or_default")]
    pub relevance: f64,
    /// Who gives the aid.
    #[serde(deserialize_with = "or_default")]
    pub supporters: Vec<FoundEntity>,
    /// Who receives it.
    #[serde(deserialize_with = "or_default")]
    pub recipients: Vec<FoundEntity>,
    /// Who helps whom.
    #[serde(deserialize_with = "or_default")]
    pub partnerships: Vec<FoundPartnership>,
    /// Framework words.
    #[serde(deserialize_with = "or_default")]
    pub programmes: Vec<FoundName>,
    /// Dates tied to the aid.
    #[serde(deserialize_with = "or_default")]
    pub dates: Vec<FoundDate>,
    /// Clinical fields tied to the aid.
    #[serde(deserialize_with = "or_default")]
    pub specialties: Vec<FoundName>,
    /// Numbers that measure the aid.
    #[serde(deserialize_with = "or_default")]
    pub counts: Vec<FoundCount>,
}

/// Where a record came from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct FoundSource {
    /// Path of the file.
    pub path: Option<String>,
}

/// The article of a record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct FoundArticle {
    /// Headline.
    pub title: Option<String>,
    /// Publication date; what follows its tenth character is not compared.
    pub published: Option<String>,
    /// The source it names.
    pub outlet: Option<String>,
    /// Names in the byline.
    #[serde(deserialize_with = "or_default")]
    pub authors: Vec<FoundName>,
    /// Names of editors.
    #[serde(deserialize_with = "or_default")]
    pub editors: Vec<FoundName>,
    /// The body.
    #[serde(deserialize_with = "or_default")]
    pub text: String,
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct FoundEntity {
    /// Its name.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// What kind of body it is.
    pub kind: Option<String>,
}

/// A name, alone or in an object.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum FoundName {
    /// Just the name.
    Plain(String),
    /// An object with a name.
    Named {
        /// The name.
        #[serde(default, deserialize_with = "or_default")]
        name: String,
    },
}

/// A supporter and a recipient.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FoundPartnership {
    /// Who gives.
    pub supporter: String,
    /// Who receives.
    pub recipient: String,
}

/// A date.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct FoundDate {
    /// ISO 8601 at the precision given.
    pub value: Option<String>,
    /// What it is to the aid.
    pub role: Option<String>,
    /// The words.
    #[serde(deserialize_with = "or_default")]
    pub text: String,
}

/// A number that measures the aid.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct FoundCount {
    /// The number in base units.
    pub value: Option<f64>,
    /// Lower end of a range.
    pub min: Option<f64>,
    /// Upper end of a range.
    pub max: Option<f64>,
    /// What it measures.
    pub measure: Option<String>,
    /// The words.
    #[serde(deserialize_with = "or_default")]
    pub text: String,
}

impl FoundName {
    /// Returns the name.
    pub fn name(&self) -> &str {
        let (Self::Plain(name) | Self::Named { name }) = self;
        name
    }
}

/// Reads `null` as the default.
pub(crate) fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    from: D,
) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(from)?.unwrap_or_default())
}
