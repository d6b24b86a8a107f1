use std::fmt;
use std::str::FromStr;

/// A field that is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Who gives the aid.
    Supporters,
    /// Who receives it.
    Recipients,
    /// The recipients that are health institutions.
    Hospitals,
    /// Who helps whom.
    Pairs,
    /// Framework words.
    Programmes,
    /// Dates, by value.
    Dates,
    /// Clinical fields, by the alias table.
    Specialties,
    /// Counts, by value and measure.
    Counts,
    /// Counts, by value alone.
    CountValues,
    /// Names in the byline.
    Authors,
    /// Names of editors.
    Editors,
    /// Headline.
    Title,
    /// Publication date.
    Published,
    /// The source it names.
    Outlet,
    /// Whether the article reports medical aid.
    Relevance,
    /// Roles of the dates whose value is right.
    DateRoles,
    /// The text.
    Body,
}

impl Field {
    /// Fields that hold lists: they have precision, recall and F1. In the order of the report.
    pub const LISTS: [Self; 11] = [
        Self::Supporters,
        Self::Recipients,
        Self::Hospitals,
        Self::Pairs,
        Self::Programmes,
        Self::Dates,
        Self::Specialties,
        Self::Counts,
        Self::CountValues,
        Self::Authors,
        Self::Editors,
    ];

    /// Fields that are right or wrong.
    pub const SINGLE: [Self; 5] =
        [Self::Title, Self::Published, Self::Outlet, Self::Relevance, Self::DateRoles];

    /// The fields whose mean F1 is the figure “facts F1”.
    pub const FACTS: [Self; 6] =
        [Self::Supporters, Self::Hospitals, Self::Pairs, Self::Dates, Self::Specialties, Self::Counts];

    /// Returns every field, in the order of the report.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::LISTS.into_iter().chain(Self::SINGLE).chain([Self::Body])
    }

    /// Returns the field's name as reports and `--fields` write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Supporters => "supporters",
            Self::Recipients => "recipients",
            Self::Hospitals => "hospitals",
            Self::Pairs => "pairs",
            Self::Programmes => "programmes",
            Self::Dates => "dates",
            Self::Specialties => "specialties",
            Self::Counts => "counts",
            Self::CountValues => "count_values",
            Self::Authors => "authors",
            Self::Editors => "editors",
            Self::Title => "title",
            Self::Published => "published",
            Self::Outlet => "outlet",
            Self::Relevance => "relevance",
            Self::DateRoles => "date_roles",
            Self::Body => "body",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A name that is no field's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownField(String);

impl fmt::Display for UnknownField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known: Vec<&str> = Field::all().map(Field::as_str).collect();
        write!(f, "no field is called `{}`; there are {}", self.0, known.join(", "))
    }
}

impl std::error::Error for UnknownField {}

impl FromStr for Field {
    type Err = UnknownField;

    fn from_str(name: &str) -> Result<Self, UnknownField> {
        Self::all().find(|field| field.as_str() == name).ok_or_else(|| UnknownField(name.to_owned()))
    }
}
