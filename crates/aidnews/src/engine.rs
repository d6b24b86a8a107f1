//! The fact engine: article in, fact lists of the record out.

use std::ops::Range;

use aidnews_compile::LexiconError;
use aidnews_expressions::{Expression, Scanner, Sources};
use aidnews_page::Page;
use jiff::civil::Date;

use crate::analysis::{Analysis, Input, own_house};
use crate::explain::{Explanation, PairReading, PartyReading, Reason, RemovedLine, TOLD, ValueReading};
use crate::fact::choice::{self, Chosen};
use crate::fact::company;
use crate::fact::evidence::FactModels;
use crate::fact::surroundings::Surroundings;
use crate::fact::{count, date, pair, person, programme, relevance, role, specialty};
use crate::model::{Features, Model};
use crate::record::{
    Count, DateFact, DateRole, Evidence, Mention, MentionPlace, Organization, Partnership, Person, Programme,
    Record, Specialty,
};
use crate::vocabulary::Vocabulary;

/// Lexicons and models, compiled.
#[derive(Debug)]
pub(crate) struct Engine {
    vocabulary: Vocabulary,
    role: Model,
    role_among: Model,
    pair: Model,
    facts: FactModels,
}

/// An article from this relevance on has facts.
const RELEVANT: f64 = 0.5;
/// How much the two sides of the aid count beside the words of the article, and what they add up to in an article
/// that is neither one nor the other. Any weight from 0.3 to 0.5 with 1.5 to 2 does about as well.
const SIDES_WEIGHT: f64 = 0.4;
const SIDES_USUAL: f64 = 1.75;

impl Engine {
    /// Compiles the built-in data and `more` lexicons, pairs of file name and text.
    pub(crate) fn new(more: &[(String, String)]) -> Result<Self, LexiconError> {
        Ok(Self {
            vocabulary: Vocabulary::new(more)?,
            role: model("role.tsv")?,
            role_among: model("role_among.tsv")?,
            pair: model("pair.tsv")?,
            facts: FactModels::new(aidnews_data::MODELS.iter().copied())?,
        })
    }

    /// Reads the facts of `page` into the lists of `record`. `removed` are the lines that are no part of the
    /// article.
    pub(crate) fn read<'l>(
        &self,
        page: &Page,
        removed: impl Iterator<Item = &'l str>,
        scanner: &Scanner,
        record: &mut Record,
    ) {
        let site = self.site(page, removed);
        let analysis = self.analysis(page, site.as_deref());
        let around = Surroundings::new(&self.vocabulary, &analysis);
        let (_, chances) = self.chances(&analysis);
        record.relevance = rounded(self.relevance(&around, &chances));
        if record.relevance < RELEVANT {
            return;
        }
        let points = CodePoints::new(&analysis);
        self.read_parties(&analysis, &chances, &points, record);
        self.read_values(&around, &points, page, scanner, record);
        finish_partnerships(record);
    }

    /// How likely the article reports medical aid: what its words say, and whether it has somebody who gives and
    /// somebody who gets.
    fn relevance(&self, around: &Surroundings<'_>, chances: &[[f64; 2]]) -> f64 {
        let logit = |chance: f64| {
            let chance = chance.clamp(0.02, 0.98);
            (chance / (1.0 - chance)).ln()
        };
        let best = |role: usize| chances.iter().map(|chance| chance[role]).fold(0.0, f64::max);
        let words = logit(relevance::score(around, &self.facts));
        let sum = words + SIDES_WEIGHT * (logit(best(0)) + logit(best(1))) - SIDES_USUAL;
        1.0 / (1.0 + (-sum).exp())
    }

    fn read_parties(
        &self,
        analysis: &Analysis,
        chances: &[[f64; 2]],
        points: &CodePoints<'_>,
        record: &mut Record,
    ) {
        let stage = analysis.stage(&self.vocabulary);
        let chosen = choice::choose(&stage, chances, &|features| self.pair.probability("pair", features));
        record.supporters = organizations(analysis, points, &chosen.supporters);
        record.recipients = organizations(analysis, points, &chosen.recipients);
        record.partnerships = partnerships(analysis, points, &chosen);
    }

    fn read_values(
        &self,
        around: &Surroundings<'_>,
        points: &CodePoints<'_>,
        page: &Page,
        scanner: &Scanner,
        record: &mut Record,
    ) {
        let analysis = points.analysis;
        let (expressions, published) = expressions(page, analysis, scanner);
        record.dates = date::find(around, &expressions, published, &self.facts)
            .into_iter()
            .filter(|found| found.span.start >= analysis.body)
            .map(|found| points.date(&found))
            .collect();
        record.counts = count::find(around, &expressions, &self.facts)
            .into_iter()
            .map(|found| points.count(found))
            .collect();
        record.specialties = specialty::find(around, &self.facts)
            .into_iter()
            .map(|found| Specialty {
                name: found.name,
                code: found.code,
                mentions: points.mentions(&found.mentions),
            })
            .collect();
        record.programmes = programme::find(around, &self.facts)
            .into_iter()
            .map(|found| Programme { name: found.name, mentions: points.mentions(&found.mentions) })
            .collect();
        record.people = person::find(around)
            .into_iter()
            .map(|found| Person {
                mentions: points.mentions(&found.mentions),
                name: found.name,
                title: found.title,
                organization: found.organization,
            })
            .collect();
    }

    fn analysis(&self, page: &Page, site: Option<&str>) -> Analysis {
        let title = page.title.as_deref().unwrap_or("");
        Analysis::new(&self.vocabulary, &Input { title, text: &page.text, site })
    }

    /// The house or the site that the page belongs to.
    fn site<'l>(&self, page: &Page, removed: impl Iterator<Item = &'l str>) -> Option<String> {
        own_house(&self.vocabulary, &page.text, removed).or_else(|| page.site.clone())
    }

    /// The features of every entity at second look and the chances they give: a first look is at each alone, the
    /// second at it among the others.
    fn chances(&self, analysis: &Analysis) -> (Vec<Features>, Vec<[f64; 2]>) {
        let look = |model: &Model, features: &[Features]| -> Vec<[f64; 2]> {
            features.iter().map(|features| ROLES.map(|answer| model.probability(answer, features))).collect()
        };
        let stage = analysis.stage(&self.vocabulary);
        let features = role::features(&stage);
        let first = look(&self.role, &features);
        let refined = company::refine(&stage, &features, &first);
        let chances = look(&self.role_among, &refined);
        (refined, chances)
    }

    /// Tells what spoke for and against the facts of `page`.
    pub(crate) fn explain<'l>(
        &self,
        page: &Page,
        removed: impl Iterator<Item = &'l str> + Clone,
        scanner: &Scanner,
    ) -> Explanation {
        let site = self.site(page, removed.clone());
        let analysis = self.analysis(page, site.as_deref());
        let around = Surroundings::new(&self.vocabulary, &analysis);
        let (features, chances) = self.chances(&analysis);
        let (parties, pairs) = self.explain_parties(&analysis, &features, &chances);
        let (expressions, published) = expressions(page, &analysis, scanner);
        let values = |found: Vec<(Range<usize>, f64)>, least: f64| {
            let reading = |(span, chance): (Range<usize>, f64)| ValueReading {
                text: analysis.text[span].to_owned(),
                chance: rounded(chance),
                taken: chance >= least,
            };
            found.into_iter().map(reading).collect()
        };
        let lines = page.removed.iter().zip(removed);
        Explanation {
            relevance: rounded(self.relevance(&around, &chances)),
            site,
            removed: lines
                .map(|(block, text)| RemovedLine {
                    reason: block.reason.as_str().to_owned(),
                    text: text.to_owned(),
                })
                .collect(),
            parties,
            pairs,
            counts: values(count::weighed(&around, &expressions, &self.facts), count::KEPT),
            dates: values(date::weighed(&around, &expressions, published, &self.facts), date::KEPT),
            specialties: values(specialty::weighed(&around, &self.facts), specialty::KEPT),
            programmes: values(programme::weighed(&around, &self.facts), programme::KEPT),
        }
    }

    fn explain_parties(
        &self,
        analysis: &Analysis,
        features: &[Features],
        chances: &[[f64; 2]],
    ) -> (Vec<PartyReading>, Vec<PairReading>) {
        let stage = analysis.stage(&self.vocabulary);
        let chosen = choice::choose(&stage, chances, &|features| self.pair.probability("pair", features));
        let reasons = |model: &Model, answer: &str, features: &Features| -> Vec<Reason> {
            let told = model.reasons(answer, features, TOLD).into_iter();
            told.map(|(feature, points)| Reason { feature, points: rounded(points) }).collect()
        };
        let party = |at: usize| PartyReading {
            name: analysis.entities[at].name.clone(),
            forms: analysis.entities[at].forms.clone(),
            kind: analysis.entities[at].kind,
            supporter: rounded(chances[at][0]),
            recipient: rounded(chances[at][1]),
            taken_as: match at {
                at if chosen.supporters.contains(&at) => "supporter",
                at if chosen.recipients.contains(&at) => "recipient",
                _ => "neither",
            },
            for_supporter: reasons(&self.role_among, ROLES[0], &features[at]),
            for_recipient: reasons(&self.role_among, ROLES[1], &features[at]),
        };
        let pair = |candidate: pair::PairCandidate| {
            let chance = self.pair.probability("pair", &candidate.features);
            PairReading {
                supporter: analysis.entities[candidate.supporter].name.clone(),
                recipient: analysis.entities[candidate.recipient].name.clone(),
                chance: rounded(chance),
                taken: chance >= choice::PAIR_THRESHOLD,
                because: reasons(&self.pair, "pair", &candidate.features),
            }
        };
        let pairs = pair::candidates(&stage, &chosen.supporters, &chosen.recipients);
        ((0..analysis.entities.len()).map(party).collect(), pairs.into_iter().map(pair).collect())
    }
}

/// The answers of the models of roles.
const ROLES: [&str; 2] = ["supporter", "recipient"];

/// The expressions of the article with what resolves its dates, and its day of publication.
fn expressions<'t, 'p>(
    page: &'p Page,
    analysis: &'t Analysis,
    scanner: &Scanner,
) -> (Vec<Expression<'t>>, Option<&'p str>) {
    let published = page.published.as_deref().map(|moment| moment.get(..10).unwrap_or(moment));
    let images: Vec<Date> =
        page.image_dates.iter().filter_map(|(y, m, d)| Date::new(*y, *m, *d).ok()).collect();
    let day = published.and_then(|day| day.parse().ok());
    let sources = Sources { published: day, dateline: None, images: &images };
    (scanner.resolve(&analysis.text, &sources), published)
}

/// Reads a model of `aidnews-data`; one that is not there answers nothing.
fn model(file: &str) -> Result<Model, LexiconError> {
    let text = aidnews_data::MODELS.iter().find(|(name, _)| *name == file).map_or("", |(_, text)| text);
    Model::parse(file, text)
}

/// Byte offsets of an analysis as code points of the record's text or title.
struct CodePoints<'a> {
    analysis: &'a Analysis,
    /// Byte offset of every character of the whole text.
    starts: Vec<usize>,
    /// Code points of the title and its line feed.
    body: usize,
}

impl<'a> CodePoints<'a> {
    fn new(analysis: &'a Analysis) -> Self {
        let starts: Vec<usize> = analysis.text.char_indices().map(|(at, _)| at).collect();
        let body = starts.partition_point(|at| *at < analysis.body);
        Self { analysis, starts, body }
    }

    fn of(&self, byte: usize) -> usize {
        self.starts.partition_point(|at| *at < byte)
    }

    fn mention(&self, start: usize, end: usize) -> Mention {
        let (from, to) = (self.of(start), self.of(end));
        if start < self.analysis.body {
            return Mention { start: from, end: to, place: Some(MentionPlace::Title) };
        }
        Mention { start: from - self.body, end: to - self.body, place: None }
    }

    fn mentions(&self, spans: &[Range<usize>]) -> Vec<Mention> {
        spans.iter().map(|span| self.mention(span.start, span.end)).collect()
    }

    fn date(&self, found: &date::DateFact) -> DateFact {
        let words = self.evidence(found.span.start, found.span.end);
        DateFact {
            value: found.value.clone(),
            role: found.role,
            text: words.text,
            start: words.start,
            end: words.end,
            resolved_by: found.resolved_by.map(str::to_owned),
        }
    }

    fn count(&self, found: count::CountFact) -> Count {
        let words = self.evidence(found.span.start, found.span.end);
        Count {
            value: found.value,
            min: found.min,
            max: found.max,
            unit: found.unit,
            measure: found.measure,
            approx: found.approx,
            text: words.text,
            start: words.start,
            end: words.end,
            period: found.period,
            by: found.by.map(|entity| self.analysis.entities[entity].name.clone()),
            confidence: rounded(found.confidence),
        }
    }

    fn evidence(&self, start: usize, end: usize) -> Evidence {
        let mention = self.mention(start, end);
        Evidence { start: mention.start, end: mention.end, text: self.analysis.text[start..end].to_owned() }
    }
}

fn rounded(chance: f64) -> f64 {
    (chance * 100.0).round() / 100.0
}

/// Gives each partnership what its own sentences say: programmes, fields and the date it began.
fn finish_partnerships(record: &mut Record) {
    for partnership in &mut record.partnerships {
        let inside = |start: usize, end: usize| {
            partnership.evidence.iter().any(|words| words.start <= start && end <= words.end)
        };
        let named = |mentions: &[Mention]| {
            mentions.iter().any(|mention| mention.place.is_none() && inside(mention.start, mention.end))
        };
        partnership.programmes =
            record.programmes.iter().filter(|one| named(&one.mentions)).map(|one| one.name.clone()).collect();
        partnership.specialties = record
            .specialties
            .iter()
            .filter(|one| named(&one.mentions))
            .map(|one| one.name.clone())
            .collect();
        partnership.since = record
            .dates
            .iter()
            .find(|date| date.role == DateRole::Since && inside(date.start, date.end))
            .map(|date| date.value.trim_end_matches("/..").to_owned());
    }
}

fn organizations(analysis: &Analysis, points: &CodePoints<'_>, chosen: &[usize]) -> Vec<Organization> {
    let mut found: Vec<Organization> = Vec::new();
    for entity in chosen.iter().map(|at| &analysis.entities[*at]) {
        if found.iter().any(|other| other.name == entity.name) {
            continue;
        }
        found.push(Organization {
            name: entity.name.clone(),
            aliases: entity.forms.iter().filter(|form| **form != entity.name).cloned().collect(),
            kind: entity.kind,
            region: entity.region.clone(),
            mentions: entity
                .names
                .iter()
                .map(|at| points.mention(analysis.names[*at].start, analysis.names[*at].end))
                .collect(),
        });
    }
    found
}

fn partnerships(analysis: &Analysis, points: &CodePoints<'_>, chosen: &Chosen) -> Vec<Partnership> {
    let mut found: Vec<Partnership> = Vec::new();
    for (pair, confidence) in chosen.pairs.iter().zip(&chosen.confidence) {
        let (supporter, recipient) =
            (&analysis.entities[pair.supporter].name, &analysis.entities[pair.recipient].name);
        if found.iter().any(|other| other.supporter == *supporter && other.recipient == *recipient) {
            continue;
        }
        found.push(Partnership {
            supporter: supporter.clone(),
            recipient: recipient.clone(),
            programmes: Vec::new(),
            since: None,
            specialties: Vec::new(),
            confidence: rounded(*confidence),
            evidence: evidence(analysis, points, pair.supporter, pair.recipient, &pair.scenes),
        });
    }
    found
}

/// The first sentences of the body that name both; where none does, the first sentence of each.
fn evidence(
    analysis: &Analysis,
    points: &CodePoints<'_>,
    supporter: usize,
    recipient: usize,
    scenes: &[usize],
) -> Vec<Evidence> {
    let body = |scene: &usize| !analysis.scenes[*scene].in_title;
    let mut chosen: Vec<usize> = scenes.iter().copied().filter(body).take(2).collect();
    if chosen.is_empty() {
        for entity in [supporter, recipient] {
            let names = |scene: &usize| {
                analysis.scenes[*scene].parties.iter().any(|party| party.entities.contains(&entity))
            };
            chosen.extend((0..analysis.scenes.len()).filter(body).find(names));
        }
        chosen.sort_unstable();
        chosen.dedup();
    }
    chosen
        .iter()
        .map(|scene| points.evidence(analysis.scenes[*scene].range.start, analysis.scenes[*scene].range.end))
        .collect()
}
