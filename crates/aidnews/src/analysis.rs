//! One article taken apart: names, entities, sentences, scenes. Every fact is read from this.

use std::ops::Range;

use crate::entity::{self, Entity};
use crate::fact::cue::{self, Scene};
use crate::fact::role::Stage;
use crate::name::{self, Name};
use crate::record::OrganizationKind as Kind;
use crate::sentence::sentences;
use crate::vocabulary::{Hit, Vocabulary};

/// Words that point back to the house named last.
const PRONOUNS: [&str; 5] = ["该院", "该中心", "该站", "该医院", "该县医院"];

/// Words by which the house that owns the site means itself.
const OWN: [&str; 4] = ["我院", "本院", "我中心", "本中心"];

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
        add_own(vocabulary, &text, input.site, &mut names);
        let entities = entity::group(vocabulary, &text, &names, input.site);
        let sentences = sentences(&text);
        let verbs = cue::verbs(vocabulary, &hits, &names);
        let mentions = mentions(&text, &names, &entities);
        let scenes = cue::scenes(&text, &sentences, input.title.len(), &mentions, &verbs);
        let site = input.site.map(str::to_owned);
        Self { text, body, hits, names, entities, sentences, scenes, site }
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
                    form_start: at,
                    official,
                    place_len: 0,
                    tail: None,
                    elided: false,
                    ..name.clone()
                });
            }
        }
    }
    names.retain(|name| !more.iter().any(|other| other.start == name.start && other.end == name.end));
    names.extend(more);
    names.sort_by_key(|name| name.start);
}

/// Reads 我院 as the house that owns the site.
fn add_own(vocabulary: &Vocabulary, text: &str, site: Option<&str>, names: &mut Vec<Name>) {
    let Some(house) = site.and_then(|site| house_in(vocabulary, site)) else { return };
    let mut more = Vec::new();
    for word in OWN {
        for (start, _) in text.match_indices(word) {
            let end = start + word.len();
            // The words of the text give nothing to the name; all of it stands in front of them.
            let lead = Some(house.1.clone());
            more.push(Name {
                start,
                end,
                form_start: end,
                place_len: 0,
                lead,
                elided: false,
                tail: None,
                ..house.0.clone()
            });
        }
    }
    more.retain(|own| names.iter().all(|name| name.end <= own.start || name.start >= own.end));
    names.extend(more);
    names.sort_by_key(|name| name.start);
}

/// Returns the first house named in `words`, with its form.
pub(crate) fn house_in(vocabulary: &Vocabulary, words: &str) -> Option<(Name, String)> {
    let found = name::find(vocabulary, words, &vocabulary.scan(words));
    let house = |name: &Name| matches!(name.kind, Kind::Hospital | Kind::PrimaryCare | Kind::PublicHealth);
    let name = found.into_iter().find(|name| house(name) && !name.elided && name.tail.is_none())?;
    let form = name.form(words);
    Some((name, form))
}

/// Returns the house whose site the page is, from the lines that are no part of the article: the one named most
/// often in them, the first of several. None where the article does not speak of itself.
pub(crate) fn own_house<'l>(
    vocabulary: &Vocabulary,
    text: &str,
    lines: impl Iterator<Item = &'l str>,
) -> Option<String> {
    if !OWN.iter().any(|word| text.contains(word)) {
        return None;
    }
    let mut times: Vec<(String, usize)> = Vec::new();
    for line in lines.filter(|line| line.chars().count() <= 40).take(CHROME_LINES) {
        let Some((_, form)) = house_in(vocabulary, line) else { continue };
        // A menu or a footer names the house alone or first; a teaser names it in a sentence.
        let weight = if line.trim().starts_with(form.as_str()) { 2 } else { 1 };
        match times.iter_mut().find(|(known, _)| *known == form) {
            Some((_, count)) => *count += weight,
            None => times.push((form, weight)),
        }
    }
    let most = times.iter().map(|(_, count)| *count).max()?;
    times.into_iter().find(|(_, count)| *count == most).map(|(form, _)| form)
}

/// How many lines around the article are searched for the site's own house.
const CHROME_LINES: usize = 60;

fn defined_short(rest: &str) -> Option<&str> {
    let inside = rest.strip_prefix(['（', '('])?;
    let inside = &inside[..inside.find(['）', ')'])?];
    let at = inside.find("简称")? + "简称".len();
    let short = inside[at..].trim_matches(['“', '”', '：', ':', '"', '为', ' ']);
    (2..=12).contains(&short.chars().count()).then_some(short)
}

/// Returns all mentions with their entities, pronouns included, in order.
fn mentions(text: &str, names: &[Name], entities: &[Entity]) -> Vec<(Range<usize>, usize)> {
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    for (entity, body) in entities.iter().enumerate() {
        for index in &body.names {
            found.push((names[*index].start..names[*index].end, entity));
        }
    }
    found.sort_by_key(|(span, entity)| (span.start, *entity));
    let mut pronouns = Vec::new();
    for word in PRONOUNS {
        for (at, _) in text.match_indices(word) {
            let upto = found.partition_point(|(span, _)| span.start < at);
            let mut before = found[..upto].iter().rev().take(12).map(|(_, entity)| *entity);
            if let Some(entity) = before.find(|entity| is_house(&entities[*entity])) {
                pronouns.push((at..at + word.len(), entity));
            }
        }
    }
    pronouns.retain(|(span, _)| {
        found.iter().all(|(other, _)| other.end <= span.start || other.start >= span.end)
    });
    found.extend(pronouns);
    found.sort_by_key(|(span, entity)| (span.start, *entity));
    found
}

fn is_house(entity: &Entity) -> bool {
    matches!(entity.kind, Kind::Hospital | Kind::PrimaryCare | Kind::PublicHealth)
}
