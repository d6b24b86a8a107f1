//! The rules by which a record is right.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::body::overlap;
use crate::found::{FoundCount, FoundDate, FoundEntity, FoundName, FoundRecord};
use crate::gold::{GoldArticle, GoldCount, GoldDate, GoldEntity, GoldName};
use crate::matching::{Found, Outcome, Verdict, Wanted, match_items};
use crate::{Aliases, Field, Report, fold};

/// Kinds of recipients that the field [`Field::Hospitals`] looks at.
const HEALTH: [&str; 3] = ["hospital", "primary_care", "public_health"];

/// Characters of an ISO date.
const DAY: usize = 10;

/// Body F1 from which an article counts as whole.
const WHOLE: f64 = 0.98;

/// What scoring gives: the figures, and the items behind them.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    /// The figures.
    pub report: Report,
    /// Every scored item, by article in gold order, then by field.
    pub outcomes: Vec<Outcome>,
    /// Body F1 (0 to 1) of every article, in gold order.
    pub bodies: Vec<(String, f64)>,
}

/// Scores `records` against `gold` with the built-in names of specialties.
///
/// A record belongs to the article whose `file` is the last part of its path, else to the one whose `id` is its
/// id. An article without a record scores as if the record were empty; records without an article are not
/// looked at. Linear in the texts, quadratic in the facts of one article.
///
/// # Examples
///
/// ```
/// # fn main() -> Result<(), aidnews_eval::ReadError> {
/// let gold = r#"{"id": "a", "file": "a.txt", "relevant": true, "title": "义诊", "published": null,
///     "outlet": null, "paragraphs": ["……"], "supporters": [{"name": "市医院", "alt": ["市一院"]}], "recipients": [],
///     "pairs": [], "programmes": [], "dates": [], "specialties": [], "counts": []}"#.replace('\n', " ");
/// let record = r#"{"id": "a", "supporters": [{"name": "市一院", "kind": "hospital"}]}"#;
/// let scores = aidnews_eval::score(
///     &aidnews_eval::read_gold(gold.as_bytes())?,
///     &aidnews_eval::read_records(record.as_bytes())?,
/// );
/// assert_eq!(scores.report.fields["supporters"].f1, 100.0);
/// # Ok(()) }
/// ```
pub fn score(gold: &[GoldArticle], records: &[FoundRecord]) -> Scores {
    score_with(gold, records, &Aliases::built_in())
}

/// Scores like [`score`] with the caller's own names of specialties.
pub fn score_with(gold: &[GoldArticle], records: &[FoundRecord], aliases: &Aliases) -> Scores {
    let index = index(records);
    let empty = FoundRecord::default();
    let mut scorer = Scorer { aliases, article: "", outcomes: Vec::new(), bodies: Vec::new() };
    let mut sums = [0.0; 3];
    for article in gold {
        let at = index.get(base_name(&article.file)).or_else(|| index.get(article.id.as_str()));
        let record = at.map_or(&empty, |at| &records[*at]);
        scorer.article = &article.id;
        scorer.facts(article, record);
        scorer.head(article, record);
        let body = overlap(&article.paragraphs.concat(), &record.article.text);
        for (sum, figure) in sums.iter_mut().zip([body.precision, body.recall, body.f1]) {
            *sum += figure;
        }
        scorer.body(body.f1);
    }
    let report = Report::new(gold.len(), &scorer.outcomes, sums);
    Scores { report, outcomes: scorer.outcomes, bodies: scorer.bodies }
}

/// Where each file name and id leads. A later record of the same file replaces an earlier one; an id never
/// replaces anything.
fn index(records: &[FoundRecord]) -> HashMap<&str, usize> {
    let mut index = HashMap::new();
    for (at, record) in records.iter().enumerate() {
        if let Some(path) = record.source.path.as_deref().filter(|path| !path.is_empty()) {
            index.insert(base_name(path), at);
        }
        if !record.id.is_empty() {
            index.entry(record.id.as_str()).or_insert(at);
        }
    }
    index
}

fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

struct Scorer<'s> {
    aliases: &'s Aliases,
    article: &'s str,
    outcomes: Vec<Outcome>,
    bodies: Vec<(String, f64)>,
}

/// The folded names of an organisation.
type Names = BTreeSet<String>;

impl Scorer<'_> {
    fn facts(&mut self, gold: &GoldArticle, record: &FoundRecord) {
        self.entities(Field::Supporters, wanted_entities(&gold.supporters), &record.supporters);
        self.entities(Field::Recipients, wanted_entities(&gold.recipients), &record.recipients);
        self.hospitals(gold, record);
        self.pairs(gold, record);
        self.names(Field::Programmes, &gold.programmes, &record.programmes);
        self.specialties(gold, record);
        self.dates(gold, record);
        self.counts(gold, record);
        self.names(Field::Authors, &gold.authors, &record.article.authors);
        self.names(Field::Editors, &gold.editors, &record.article.editors);
    }

    fn note(&mut self, field: Field, verdict: Verdict, item: &str) {
        self.outcomes.push(Outcome {
            field,
            article: self.article.to_owned(),
            verdict,
            item: item.to_owned(),
        });
    }

    fn compare<G, F>(
        &mut self,
        field: Field,
        wanted: &[Wanted<G>],
        found: &[Found<F>],
        same: impl Fn(&G, &F) -> bool,
    ) {
        match_items(wanted, found, same, |verdict, item| self.note(field, verdict, item));
    }

    fn entities<'f>(
        &mut self,
        field: Field,
        wanted: Vec<Wanted<Names>>,
        found: impl IntoIterator<Item = &'f FoundEntity>,
    ) {
        let found: Vec<_> = found.into_iter().map(|entity| found_name(&entity.name)).collect();
        self.compare(field, &wanted, &found, Names::contains);
    }

    fn hospitals(&mut self, gold: &GoldArticle, record: &FoundRecord) {
        let health = |kind: &Option<String>| kind.as_deref().is_some_and(|kind| HEALTH.contains(&kind));
        let mut wanted = wanted_entities(&gold.recipients);
        for (item, entity) in wanted.iter_mut().zip(&gold.recipients) {
            item.optional |= !health(&entity.kind);
        }
        let found = record.recipients.iter().filter(|entity| health(&entity.kind));
        self.entities(Field::Hospitals, wanted, found);
    }

    /// A pair that is in no gold is let go where one of its sides is optional: whoever may leave out a party
    /// may also name it.
    fn pairs(&mut self, gold: &GoldArticle, record: &FoundRecord) {
        let wanted: Vec<Wanted<(Names, Names)>> = gold
            .pairs
            .iter()
            .map(|pair| {
                let (supporter, recipient) = pair.names();
                let key = (all_names(&gold.supporters, supporter), all_names(&gold.recipients, recipient));
                Wanted { key, optional: pair.optional(), shown: shown_pair(supporter, recipient) }
            })
            .collect();
        let parties = gold.supporters.iter().chain(&gold.recipients);
        let loose: Names = parties.filter(|entity| entity.optional).flat_map(names_of).collect();
        let same = |wanted: &(Names, Names), found: &(String, String)| {
            wanted.0.contains(&found.0) && wanted.1.contains(&found.1)
        };
        let found: Vec<Found<(String, String)>> = record
            .partnerships
            .iter()
            .map(|pair| Found {
                key: (fold(&pair.supporter), fold(&pair.recipient)),
                shown: shown_pair(&pair.supporter, &pair.recipient),
            })
            .filter(|pair| {
                let (supporter, recipient) = &pair.key;
                wanted.iter().any(|gold| same(&gold.key, &pair.key))
                    || !(loose.contains(supporter) || loose.contains(recipient))
            })
            .collect();
        self.compare(Field::Pairs, &wanted, &found, same);
    }

    fn names(&mut self, field: Field, gold: &[GoldName], found: &[FoundName]) {
        let gold: Vec<GoldEntity> = gold.iter().map(GoldName::entity).collect();
        let found: Vec<_> = found.iter().map(|name| found_name(name.name())).collect();
        self.compare(field, &wanted_entities(&gold), &found, Names::contains);
    }

    fn specialties(&mut self, gold: &GoldArticle, record: &FoundRecord) {
        let canonical = |name: &str| self.aliases.canonical(name);
        let wanted: Vec<Wanted<Names>> = gold
            .specialties
            .iter()
            .map(|entity| Wanted {
                key: spellings(entity).map(canonical).collect(),
                optional: entity.optional,
                shown: entity.name.clone(),
            })
            .collect();
        let found: Vec<Found<String>> = record
            .specialties
            .iter()
            .map(|entity| Found { key: canonical(entity.name()), shown: entity.name().to_owned() })
            .collect();
        self.compare(Field::Specialties, &wanted, &found, Names::contains);
    }

    fn dates(&mut self, gold: &GoldArticle, record: &FoundRecord) {
        let wanted: Vec<Wanted<&GoldDate>> = first_by(&gold.dates, |date| &date.value)
            .into_iter()
            .map(|date| Wanted {
                key: date,
                optional: date.optional,
                shown: shown_date(&date.value, &date.text),
            })
            .collect();
        let found: Vec<Found<&FoundDate>> = first_by(&record.dates, |date| &date.value)
            .into_iter()
            .map(|date| Found {
                key: date,
                shown: shown_date(date.value.as_deref().unwrap_or("null"), &date.text),
            })
            .collect();
        self.compare(Field::Dates, &wanted, &found, |gold, found| same_date(gold, found));
        for Found { key: date, shown } in &found {
            let hit = gold.dates.iter().find(|gold| same_date(gold, date)).filter(|gold| !gold.optional);
            if let Some(hit) = hit {
                self.single(
                    Field::DateRoles,
                    hit.role == date.role,
                    shown,
                    &shown_text(date.role.as_deref()),
                );
            }
        }
    }

    fn counts(&mut self, gold: &GoldArticle, record: &FoundRecord) {
        let wanted: Vec<Wanted<&GoldCount>> = gold
            .counts
            .iter()
            .map(|count| {
                let amount = [count.value, count.min, count.max];
                let shown = shown_count(&count.text, amount, Some(&count.measure));
                Wanted { key: count, optional: count.optional, shown }
            })
            .collect();
        let found: Vec<Found<&FoundCount>> = record
            .counts
            .iter()
            .map(|count| {
                let amount = [count.value, count.min, count.max];
                Found { key: count, shown: shown_count(&count.text, amount, count.measure.as_deref()) }
            })
            .collect();
        let same_value = |gold: &&GoldCount, found: &&FoundCount| {
            amount(gold.value, gold.min, gold.max) == amount(found.value, found.min, found.max)
        };
        self.compare(Field::Counts, &wanted, &found, |gold, found| {
            same_value(gold, found) && Some(&gold.measure) == found.measure.as_ref()
        });
        self.compare(Field::CountValues, &wanted, &found, same_value);
    }

    fn head(&mut self, gold: &GoldArticle, record: &FoundRecord) {
        let article = &record.article;
        for (field, wanted, found) in
            [(Field::Title, &gold.title, &article.title), (Field::Outlet, &gold.outlet, &article.outlet)]
        {
            let right = folded(wanted) == folded(found);
            self.single(field, right, &shown_text(wanted.as_deref()), &shown_text(found.as_deref()));
        }
        let day: String = article.published.as_deref().unwrap_or("").chars().take(DAY).collect();
        let wanted = gold.published.as_deref();
        self.single(
            Field::Published,
            day == wanted.unwrap_or(""),
            &shown_text(wanted),
            &shown_text(article.published.as_deref()),
        );
        let guess = record.relevance >= 0.5;
        self.single(
            Field::Relevance,
            guess == gold.relevant,
            &gold.relevant.to_string(),
            &record.relevance.to_string(),
        );
    }

    /// A single value is a hit or a miss; a miss says what was there instead.
    fn single(&mut self, field: Field, right: bool, wanted: &str, found: &str) {
        if right {
            self.note(field, Verdict::Hit, wanted);
        } else {
            self.note(field, Verdict::Missed, &format!("{wanted}, found {found}"));
        }
    }

    fn body(&mut self, f1: f64) {
        self.bodies.push((self.article.to_owned(), f1));
        let verdict = if f1 >= WHOLE { Verdict::Hit } else { Verdict::Missed };
        self.note(Field::Body, verdict, &format!("F1 {:.2}", 100.0 * f1));
    }
}

fn wanted_entities(gold: &[GoldEntity]) -> Vec<Wanted<Names>> {
    let wanted = |entity: &GoldEntity| Wanted {
        key: names_of(entity).collect(),
        optional: entity.optional,
        shown: entity.name.clone(),
    };
    gold.iter().map(wanted).collect()
}

fn found_name(name: &str) -> Found<String> {
    Found { key: fold(name), shown: name.to_owned() }
}

fn spellings(entity: &GoldEntity) -> impl Iterator<Item = &str> {
    std::iter::once(entity.name.as_str()).chain(entity.alt.iter().map(String::as_str))
}

fn names_of(entity: &GoldEntity) -> impl Iterator<Item = String> {
    spellings(entity).filter(|name| !name.is_empty()).map(fold)
}

/// All names of the gold organisation called `name`, or just that name where none is.
fn all_names(entities: &[GoldEntity], name: &str) -> Names {
    let name = fold(name);
    let known = entities.iter().map(|entity| names_of(entity).collect::<Names>());
    known.into_iter().find(|names| names.contains(&name)).unwrap_or_else(|| Names::from([name]))
}

fn folded(name: &Option<String>) -> String {
    fold(name.as_deref().unwrap_or(""))
}

/// The first item of each key, in order.
fn first_by<T, K: Ord>(items: &[T], key: impl Fn(&T) -> &K) -> Vec<&T> {
    let mut seen = BTreeMap::new();
    items.iter().filter(|item| seen.insert(key(item), ()).is_none()).collect()
}

/// Equal values; where gold has an open end (`2018/..`) any span or date with that start.
fn same_date(gold: &GoldDate, found: &FoundDate) -> bool {
    let found = found.value.as_deref().unwrap_or("");
    let start = |value: &str| value.split('/').next().map(str::to_owned);
    std::iter::once(&gold.value)
        .chain(&gold.alt)
        .any(|wanted| wanted == found || wanted.ends_with("/..") && start(wanted) == start(found))
}

/// Lower and upper end of a count; a plain value is both.
fn amount(value: Option<f64>, min: Option<f64>, max: Option<f64>) -> (Option<f64>, Option<f64>) {
    let rounded = |end: Option<f64>| end.map(crate::report::round6);
    if value.is_some() { (rounded(value), rounded(value)) } else { (rounded(min), rounded(max)) }
}

fn shown_pair(supporter: &str, recipient: &str) -> String {
    format!("{supporter} → {recipient}")
}

fn shown_date(value: &str, text: &str) -> String {
    format!("{value} ({text})")
}

fn shown_count(text: &str, [value, min, max]: [Option<f64>; 3], measure: Option<&str>) -> String {
    let end = |end: Option<f64>| end.map_or(String::from(".."), |end| end.to_string());
    let amount = value.map_or_else(|| format!("{}–{}", end(min), end(max)), |value| value.to_string());
    format!("{text} = {amount} {}", measure.unwrap_or("null"))
}

fn shown_text(text: Option<&str>) -> String {
    text.map_or_else(|| "null".to_owned(), |text| format!("“{text}”"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_end_matches_whatever_starts_with_it() {
        let gold = |value: &str| GoldDate {
            value: value.into(),
            alt: vec!["2020".into()],
            role: None,
            text: String::new(),
            optional: false,
        };
        let found = |value: &str| FoundDate { value: Some(value.into()), ..FoundDate::default() };
        for (wanted, seen, same) in [
            ("2018/..", "2018", true),
            ("2018/..", "2018/2021-05", true),
            ("2018/..", "2018-05", false),
            ("2018", "2018/..", false),
            ("2018", "2020", true),
            ("../2018", "..", false),
        ] {
            assert_eq!(same_date(&gold(wanted), &found(seen)), same, "{wanted} {seen}");
        }
    }

    #[test]
    fn amounts_are_equal_to_six_decimals() {
        assert_eq!(amount(Some(0.1 + 0.2), None, Some(7.0)), amount(Some(0.3), None, None));
        assert_eq!(amount(None, Some(10.0), None), (Some(10.0), None));
        assert_ne!(amount(Some(10.0), None, None), amount(None, Some(10.0), None));
    }
}
