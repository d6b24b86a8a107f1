//! The record: what one article says, one JSON object, as `aidnews schema` describes it.
//!
//! Offsets (`start`, `end`) count Unicode code points in `article.text`, end exclusive, so that
//! `text[start:end]` in Python is the quoted stretch; [`Record::quote`] and [`Record::byte_range`] do the same
//! in Rust. Lists are in order of first mention; absent is `null` or `[]`, never a missing key.

use std::collections::BTreeMap;
use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The value of [`Record::schema`] this version writes.
pub const SCHEMA: &str = "aidnews/1";

/// What one article says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Name and version of the record's shape.
    pub schema: String,
    /// The caller's own id, else a hash of the decoded input (16 hexadecimal digits).
    pub id: String,
    /// Where the article came from.
    pub source: Source,
    /// What was done to its text on the way.
    pub origin: OriginReport,
    /// The article itself.
    pub article: Article,
    /// How likely the article reports medical aid, 0 to 1; 0.5 and more is a yes.
    pub relevance: f64,
    /// Who gives the aid.
    pub supporters: Vec<Organization>,
    /// Who receives the aid.
    pub recipients: Vec<Organization>,
    /// Which supporter helps which recipient.
    pub partnerships: Vec<Partnership>,
    /// The framework words used for the aid.
    pub programmes: Vec<Programme>,
    /// Dates tied to the aid or to the reported events.
    pub dates: Vec<DateFact>,
    /// Clinical fields the article ties to the aid.
    pub specialties: Vec<Specialty>,
    /// Numbers that measure the aid.
    pub counts: Vec<Count>,
    /// People named with an office.
    pub people: Vec<Person>,
    /// Id of the record this one repeats.
    pub duplicate_of: Option<String>,
}

/// Where an article came from.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Path of the file; null for standard input and for bytes in memory.
    pub path: Option<String>,
    /// Number of the record in its file, from 0.
    pub record: u64,
    /// Address of the page, where the caller knows it.
    pub url: Option<String>,
    /// `html` or `text`.
    pub format: String,
    /// Length of the input in bytes.
    pub bytes: u64,
}

/// What decode, repair, conversion and the page stage did.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OriginReport {
    /// Encoding the bytes were read as, by its WHATWG name in lower case.
    pub encoding: String,
    /// `simplified`, `traditional`, `taiwan`, `hongkong` or `none`: what was converted from.
    pub script: String,
    /// Repairs by kind, with how often each was made; kinds that did nothing are left out.
    pub repairs: BTreeMap<String, u64>,
    /// What the page stage cut.
    pub removed: Removed,
}

/// How much of the page was cut as no part of the article.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Removed {
    /// Lines or blocks.
    pub lines: u64,
    /// Code points.
    pub chars: u64,
}

/// The article without its page.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// Headline, without site or column name; a second line is joined with ——.
    pub title: Option<String>,
    /// Publication date `YYYY-MM-DD` of this page.
    pub published: Option<String>,
    /// The source the page names (来源), or the paper of the dateline.
    pub outlet: Option<String>,
    /// Name of the site that shows the page.
    pub site: Option<String>,
    /// The page's own address, as the page gives it.
    pub url: Option<String>,
    /// Names in the byline.
    pub authors: Vec<String>,
    /// Names of editors.
    pub editors: Vec<String>,
    /// The body in Simplified characters, paragraphs separated by one line feed.
    pub text: String,
}

/// A stretch of `article.text` in code points, or of the title where `in` says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mention {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// `title` for a mention in the title; not written for the text.
    #[serde(rename = "in", default, skip_serializing_if = "Option::is_none")]
    pub place: Option<MentionPlace>,
}

/// Where a mention stands when it is not in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MentionPlace {
    /// In `article.title`.
    Title,
}

/// A stretch of `article.text` with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words.
    pub text: String,
}

/// What kind of body an organisation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrganizationKind {
    /// 医院, 方舱医院, 医学中心.
    Hospital,
    /// 卫生院, 社区卫生服务中心, 村卫生室.
    PrimaryCare,
    /// 疾控中心, 妇幼保健院.
    PublicHealth,
    /// 卫健委, 政府.
    Authority,
    /// 医疗队, 工作组.
    Team,
    /// 大学.
    University,
    /// 公司, 集团.
    Company,
    /// 基金会, 慈善总会, 红十字会.
    Charity,
    /// A county, village, school or other place whose people are served.
    Place,
    /// None of these.
    Other,
}

/// A party to the aid; all its forms in the article are one organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Organization {
    /// The fullest form in the article, completed where a form needs its neighbour.
    pub name: String,
    /// Its other forms.
    pub aliases: Vec<String>,
    /// What kind of body it is.
    pub kind: OrganizationKind,
    /// Where it is, as far as names tell.
    pub region: Region,
    /// Where it is named.
    pub mentions: Vec<Mention>,
}

/// An administrative division, by names and by the six-digit code of the national standard GB/T 2260.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Six-digit code of the smallest division known.
    pub code: Option<String>,
    /// Province, autonomous region, municipality, or special region.
    pub province: Option<String>,
    /// Prefecture-level division.
    pub city: Option<String>,
    /// County-level division.
    pub county: Option<String>,
}

/// One supporter helping one recipient.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Partnership {
    /// Name of an organisation in `supporters`.
    pub supporter: String,
    /// Name of an organisation in `recipients`.
    pub recipient: String,
    /// Names of the programmes this partnership stands in.
    pub programmes: Vec<String>,
    /// When it began (ISO 8601, at the precision given).
    pub since: Option<String>,
    /// Names of the specialties it covers.
    pub specialties: Vec<String>,
    /// 0 to 1.
    pub confidence: f64,
    /// The words it was read from.
    pub evidence: Vec<Evidence>,
}

/// A framework word for the aid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// Canonical name (对口支援, 援藏 …).
    pub name: String,
    /// Where it is named.
    pub mentions: Vec<Mention>,
}

/// What a date is to the aid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateRole {
    /// What the article reports.
    Event,
    /// Start of a partnership, agreement or posting.
    Since,
    /// Span over which counts were reached.
    Period,
    /// Lies ahead.
    Plan,
    /// Told as background.
    Other,
}

/// A date tied to the aid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DateFact {
    /// ISO 8601 at the precision given; ranges with `/`, open ends with `..`, unknown years as `--10-27`.
    pub value: String,
    /// What the date is to the aid.
    pub role: DateRole,
    /// The words.
    pub text: String,
    /// First code point of the words.
    pub start: usize,
    /// One past their last code point.
    pub end: usize,
    /// What gave the missing year, month or day; null where nothing was missing or nothing was found.
    pub resolved_by: Option<String>,
}

/// A clinical field tied to the aid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Specialty {
    /// The form in the article.
    pub name: String,
    /// Code in the national catalogue of clinical departments.
    pub code: Option<String>,
    /// Where it is named.
    pub mentions: Vec<Mention>,
}

/// What a count measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// People who give aid.
    Experts,
    /// Local people trained.
    Trainees,
    /// Trainings, lectures, ward rounds, clinics held.
    Sessions,
    /// People treated, examined, visited, helped.
    Patients,
    /// Operations.
    Surgeries,
    /// Consultations, on the spot or remote.
    Consultations,
    /// New techniques, services or projects introduced.
    Techniques,
    /// Departments, centres, bases, beds built or supported.
    Units,
    /// Hospitals, counties, villages taking part.
    Institutions,
    /// Money.
    Funds,
    /// Equipment, drugs, vehicles, materials.
    Goods,
    /// Research projects, papers, patents.
    Research,
    /// Relative growth or decline.
    Change,
    /// How long people served or the aid lasted.
    Duration,
    /// None of these.
    Other,
}

/// How a number is qualified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Approximation {
    /// 约, 近, 左右.
    About,
    /// 余, 多, 超, 以上.
    Over,
    /// 不足.
    Under,
    /// 至少.
    AtLeast,
}

/// A number that measures the aid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// The number in base units (1.8万 is 18000); null for a range or an open end.
    pub value: Option<f64>,
    /// Lower end of a range.
    pub min: Option<f64>,
    /// Upper end of a range.
    pub max: Option<f64>,
    /// The unit as written; 元 for all money.
    pub unit: String,
    /// What it measures.
    pub measure: Measure,
    /// How the number is qualified.
    pub approx: Option<Approximation>,
    /// The shortest stretch that shows number, unit and thing counted.
    pub text: String,
    /// First code point of the stretch.
    pub start: usize,
    /// One past its last code point.
    pub end: usize,
    /// The time over which it was reached (ISO 8601).
    pub period: Option<String>,
    /// Name of the organisation that did it.
    pub by: Option<String>,
    /// 0 to 1.
    pub confidence: f64,
}

/// A person named with an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Office or professional title.
    pub title: Option<String>,
    /// The organisation, as named.
    pub organization: Option<String>,
    /// Where the person is named.
    pub mentions: Vec<Mention>,
}

/// A line of the errors file: an input that gave no record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ErrorRecord {
    /// Name and version of the record's shape.
    pub schema: String,
    /// Id of the input where one is known.
    pub id: Option<String>,
    /// Where the input is.
    pub source: Source,
    /// What went wrong.
    pub error: ErrorReport,
}

/// Why an input gave no record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ErrorReport {
    /// A stable short name of the cause.
    pub kind: String,
    /// The cause and what to do, for a person.
    pub message: String,
}

/// A fact and the words it was read from; see [`Record::facts`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact<'r> {
    /// Which list of the record it stands in.
    pub kind: FactKind,
    /// Its bytes of `article.text`.
    pub bytes: Range<usize>,
    /// The words.
    pub text: &'r str,
}

/// The lists of a record whose facts have a stretch of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FactKind {
    /// Evidence of a partnership.
    Partnership,
    /// A date.
    Date,
    /// A count.
    Count,
}

impl Record {
    /// Returns a record that says nothing.
    pub fn empty() -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            id: String::new(),
            source: Source::default(),
            origin: OriginReport::default(),
            article: Article::default(),
            relevance: 0.0,
            supporters: Vec::new(),
            recipients: Vec::new(),
            partnerships: Vec::new(),
            programmes: Vec::new(),
            dates: Vec::new(),
            specialties: Vec::new(),
            counts: Vec::new(),
            people: Vec::new(),
            duplicate_of: None,
        }
    }

    /// Iterates over the facts that were read from stretches of the text, in order of their kinds and of the record's
    /// lists, each with its bytes of `article.text`. O(text) once, then O(log text) a fact.
    ///
    /// # Examples
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let page = "医疗队抵达汶川\n9月9日，南充市中心医院选派12名专家赴汶川县人民医院开展对口支援工作，为期一年。";
    /// let record = aidnews::Reader::new()?.read(page.as_bytes(), &aidnews::Hint::default())?;
    /// for fact in record.facts() {
    ///     assert_eq!(&record.article.text[fact.bytes.clone()], fact.text);
    /// }
    /// # Ok(()) }
    /// ```
    pub fn facts(&self) -> impl Iterator<Item = Fact<'_>> {
        let text = self.article.text.as_str();
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let evidence = self.partnerships.iter().flat_map(|partnership| &partnership.evidence);
        let spans = evidence
            .map(|words| (FactKind::Partnership, words.start, words.end))
            .chain(self.dates.iter().map(|date| (FactKind::Date, date.start, date.end)))
            .chain(self.counts.iter().map(|count| (FactKind::Count, count.start, count.end)));
        spans.map(move |(kind, start, end)| {
            let byte = |at: usize| starts.get(at).copied().unwrap_or(text.len());
            let bytes = byte(start)..byte(end);
            Fact { kind, text: &text[bytes.clone()], bytes }
        })
    }

    /// Returns the bytes of `article.text` between two code point offsets. O(text).
    pub fn byte_range(&self, start: usize, end: usize) -> Range<usize> {
        let text = &self.article.text;
        let byte = |at: usize| text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte);
        byte(start)..byte(end)
    }

    /// Returns the words of `article.text` between two code point offsets. O(text).
    pub fn quote(&self, start: usize, end: usize) -> &str {
        &self.article.text[self.byte_range(start, end)]
    }
}
