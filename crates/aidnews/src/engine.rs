//! The fact engine: article in, fact lists of the record out.

use aidnews_compile::LexiconError;
use aidnews_expressions::Scanner;
use aidnews_page::Page;

use crate::analysis::{Analysis, Input, own_house};
use crate::fact::choice::{self, Chosen};
use crate::fact::role;
use crate::model::Model;
use crate::record::{Evidence, Mention, MentionPlace, Organization, Partnership, Record};
use crate::vocabulary::Vocabulary;

/// Lexicons and models, compiled.
#[derive(Debug)]
pub(crate) struct Engine {
    vocabulary: Vocabulary,
    role: Model,
    pair: Model,
}

impl Engine {
    /// Compiles the built-in data and `more` lexicons, pairs of file name and text.
    pub(crate) fn new(more: &[(String, String)]) -> Result<Self, LexiconError> {
        Ok(Self { vocabulary: Vocabulary::new(more)?, role: model("role.tsv")?, pair: model("pair.tsv")? })
    }

    /// Reads the facts of `page` into the lists of `record`. `removed` are the lines that are no part of the
    /// article.
    pub(crate) fn read<'l>(
        &self,
        page: &Page,
        removed: impl Iterator<Item = &'l str>,
        _scanner: &Scanner,
        record: &mut Record,
    ) {
        let site = self.site(page, removed);
        let title = page.title.as_deref().unwrap_or("");
        let analysis =
            Analysis::new(&self.vocabulary, &Input { title, text: &page.text, site: site.as_deref() });
        let chances = self.chances(&analysis);
        let stage = analysis.stage(&self.vocabulary);
        let chosen = choice::choose(&stage, &chances, &|features| self.pair.probability("pair", features));
        let points = CodePoints::new(&analysis);
        record.supporters = organizations(&analysis, &points, &chosen.supporters);
        record.recipients = organizations(&analysis, &points, &chosen.recipients);
        record.partnerships = partnerships(&analysis, &points, &chosen);
        record.relevance =
            if chosen.supporters.is_empty() || chosen.recipients.is_empty() { 0.2 } else { 0.8 };
    }

    /// The house or the site that the page belongs to.
    fn site<'l>(&self, page: &Page, removed: impl Iterator<Item = &'l str>) -> Option<String> {
        own_house(&self.vocabulary, &page.text, removed).or_else(|| page.site.clone())
    }

    fn chances(&self, analysis: &Analysis) -> Vec<[f64; 2]> {
        let features = role::features(&analysis.stage(&self.vocabulary));
        let chance = |answer: &str, features| self.role.probability(answer, features);
        features
            .iter()
            .map(|features| [chance("supporter", features), chance("recipient", features)])
            .collect()
    }
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

    fn evidence(&self, start: usize, end: usize) -> Evidence {
        let mention = self.mention(start, end);
        Evidence { start: mention.start, end: mention.end, text: self.analysis.text[start..end].to_owned() }
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
            confidence: (confidence * 100.0).round() / 100.0,
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
