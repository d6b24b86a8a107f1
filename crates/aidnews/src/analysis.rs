//! One article taken apart: names, entities, sentences, scenes. Every fact is read from this.

use std::ops::Range;

use crate::entity::{self, Entity};
use crate::fact::cue::{self, Scene, VerbMention};
use crate::fact::role::Stage;
use crate::name::{self, Name};
use crate::record::OrganizationKind as Kind;
use crate::sentence::sentences;
use crate::vocabulary::{Hit, Vocabulary};

/// Words that point back to a house: the one named last, or the one whose site this is.
const PRONOUNS: [(&str, bool); 10] = [
    ("该院", false),
    ("该中心", false),
    ("该站", false),
    ("该医院", false),
    ("该县医院", false),
    ("我院", true),
    ("本院", true),
    ("我中心", true),
    ("本中心", true),
    ("医院党委", true),
];

/// What an article is read from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Input<'a> {
    pub(crate) title: &'a str,
    pub(crate) text: &'a str,
    pub(crate) site: Option<&'a str>,
}

/// An article taken apart. Offsets are bytes of [`Analysis::text`]: the title, a line feed, the body.
#[derive(Debug)]
pub(crate) struct Analysis {
    pub(crate) text: String,
    /// Where the body begins in `text`.
    pub(crate) body: usize,
    pub(crate) hits: Vec<Hit>,
    pub(crate) names: Vec<Name>,
    pub(crate) entities: Vec<Entity>,
    pub(crate) sentences: Vec<Range<usize>>,
    pub(crate) scenes: Vec<Scene>,
    pub(crate) verbs: Vec<VerbMention>,
    pub(crate) site: Option<String>,
}

impl Analysis {
    /// Takes `input` apart. Linear in its length, but for the comparison of distinct names, which is bounded.
    pub(crate) fn new(vocabulary: &Vocabulary, input: &Input<'_>) -> Self {
        let text = format!("{}\n{}", input.title, input.text);
        let body = input.title.len() + 1;
        let hits = vocabulary.scan(&text);
        let mut names = name::find(vocabulary, &text, &hits);
        add_defined(&text, &mut names);
        let entities = entity::group(vocabulary, &text, &names, input.site);
        let sentences = sentences(&text);
        let verbs = cue::verbs(vocabulary, &hits, &names);
        let mentions = mentions(&text, &names, &entities, input.site);
        let scenes = cue::scenes(&text, &sentences, input.title.len(), &mentions, &verbs);
        let site = input.site.map(str::to_owned);
        Self {
            text,
            body,
            hits,
            names,
            entities,
            sentences,
            scenes,
            verbs,
            site,
        }
    }

    /// Returns what features are read from.
    pub(crate) fn stage<'a>(&'a self, vocabulary: &'a Vocabulary) -> Stage<'a> {
        Stage {
            vocabulary,
            text: &self.text,
            hits: &self.hits,
            names: &self.names,
            entities: &self.entities,
            scenes: &self.scenes,
            site: self.site.as_deref(),
        }
    }
}

/// Adds the short names that the article defines itself: 喀什地区第二人民医院（以下简称喀什二院）.
fn add_defined(text: &str, names: &mut Vec<Name>) {
    let mut more = Vec::new();
    for name in names.iter().filter(|name| name.kind != Kind::Place) {
        let Some(short) = defined_short(&text[name.end..]) else {
            continue;
        };
        for (at, _) in text.match_indices(short) {
            let end = at + short.len();
            let free =
                |other: &Name| other.end <= at || other.start >= end || other.start == at && other.end == end;
            if names.iter().chain(&more).all(free) && !more.iter().any(|other: &Name| other.start == at) {
                let official = Some(text[name.start..name.end].to_owned());
                more.push(Name {
                    start: at,
                    end,
                    official,
                    place_len: 0,
                    tail: None,
                    elided: false,
                    ..name.clone()
                });
            }
        }
    }
    names.retain(|name| {
        !more
            .iter()
            .any(|other| other.start == name.start && other.end == name.end)
    });
    names.extend(more);
    names.sort_by_key(|name| name.start);
}

fn defined_short(rest: &str) -> Option<&str> {
    let inside = rest.strip_prefix(['（', '('])?;
    let inside = &inside[..inside.find(['）', ')'])?];
    let at = inside.find("简称")? + "简称".len();
    let short = inside[at..].trim_matches(['“', '”', '：', ':', '"', '为', ' ']);
    (2..=12).contains(&short.chars().count()).then_some(short)
}

/// Returns all mentions with their entities, pronouns included, in order.
fn mentions(
    text: &str,
    names: &[Name],
    entities: &[Entity],
    site: Option<&str>,
) -> Vec<(Range<usize>, usize)> {
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    for (entity, body) in entities.iter().enumerate() {
        for index in &body.names {
            found.push((names[*index].start..names[*index].end, entity));
        }
    }
    found.sort_by_key(|(span, entity)| (span.start, *entity));
    let own = site.and_then(|site| own_house(entities, site));
    let mut pronouns = Vec::new();
    for (word, is_own) in PRONOUNS {
        for (at, _) in text.match_indices(word) {
            let before = || {
                let upto = found.partition_point(|(span, _)| span.start < at);
                found[..upto]
                    .iter()
                    .rev()
                    .take(12)
                    .map(|(_, entity)| *entity)
                    .find(|entity| is_house(&entities[*entity]))
            };
            if let Some(entity) = if is_own { own } else { before() } {
                pronouns.push((at..at + word.len(), entity));
            }
        }
    }
    pronouns.retain(|(span, _)| {
        found
            .iter()
            .all(|(other, _)| other.end <= span.start || other.start >= span.end)
    });
    found.extend(pronouns);
    found.sort_by_key(|(span, entity)| (span.start, *entity));
    found
}

fn own_house(entities: &[Entity], site: &str) -> Option<usize> {
    entities
        .iter()
        .position(|entity| is_house(entity) && entity.forms.iter().any(|form| site.contains(form.as_str())))
}

fn is_house(entity: &Entity) -> bool {
    matches!(
        entity.kind,
        Kind::Hospital | Kind::PrimaryCare | Kind::PublicHealth
    )
}
