//! Features of an entity that show its role, gathered from all its mentions.

use super::cue::Scene;
use crate::entity::Entity;
use crate::model::{Features, note, set};
use crate::name::Name;
use crate::record::OrganizationKind as Kind;
use crate::vocabulary::{Hit, Vocabulary};

/// Provinces that mostly receive aid between provinces, by the first two digits of their code.
const WESTERN: [&str; 12] = ["15", "45", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65"];

/// Everything the features of roles and pairs are read from.
pub(crate) struct Stage<'a> {
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) text: &'a str,
    pub(crate) hits: &'a [Hit],
    pub(crate) names: &'a [Name],
    pub(crate) entities: &'a [Entity],
    pub(crate) scenes: &'a [Scene],
    pub(crate) site: Option<&'a str>,
}

/// Rank of a body: how large a place it serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    Small,
    County,
    City,
    Province,
}

impl Rank {
    fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::County => "county",
            Self::City => "city",
            Self::Province => "province",
        }
    }
}

/// Returns the rank of a body from its name and kind.
pub(crate) fn rank(entity: &Entity) -> Rank {
    let name = entity.name.as_str();
    let official = entity.official.as_deref().unwrap_or(name);
    if entity.kind == Kind::PrimaryCare || name.contains('镇') || name.contains('乡') || name.ends_with('村')
    {
        return Rank::Small;
    }
    if official.contains("大学")
        || official.contains("医学院")
        || name.contains('省')
        || name.contains("自治区")
    {
        return Rank::Province;
    }
    if entity.region.county.is_some() {
        return Rank::County;
    }
    match &entity.region.code {
        Some(code) if code.ends_with("0000") => Rank::Province,
        Some(_) => Rank::City,
        None if name.contains('县') => Rank::County,
        None => Rank::City,
    }
}

/// Returns the features of every entity.
pub(crate) fn features(stage: &Stage<'_>) -> Vec<Features> {
    let mut all: Vec<Features> = stage.entities.iter().map(|entity| own(stage, entity)).collect();
    for (number, scene) in stage.scenes.iter().enumerate() {
        for at in 0..scene.parties.len() {
            let around = scene.around(stage.vocabulary, stage.text, stage.hits, at);
            for entity in &scene.parties[at].entities {
                let kind = stage.entities[*entity].kind;
                for name in &around {
                    note(&mut all[*entity], name.clone());
                    note(&mut all[*entity], format!("{}:{name}", side(kind)));
                }
                if scene.in_title && scene.parties.len() > 1 {
                    note(&mut all[*entity], format!("{}:title:{}", side(kind), scene.order(at)));
                }
                if number < 4 {
                    note(&mut all[*entity], "early".to_owned());
                }
            }
        }
        pairs_of_scene(stage, scene, &mut all);
    }
    all
}

/// House, place or other: what a cue means depends on it.
fn side(kind: Kind) -> &'static str {
    match kind {
        Kind::Hospital | Kind::PrimaryCare | Kind::PublicHealth => "house",
        Kind::Place => "place",
        Kind::Team => "team",
        _ => "body",
    }
}

fn pairs_of_scene(stage: &Stage<'_>, scene: &Scene, all: &mut [Features]) {
    for second in 1..scene.parties.len().min(12) {
        for name in scene.between(stage.text, second - 1, second) {
            for entity in &scene.parties[second - 1].entities {
                note(&mut all[*entity], format!("first:{name}"));
            }
            for entity in &scene.parties[second].entities {
                note(&mut all[*entity], format!("second:{name}"));
            }
        }
    }
}

/// Features of an entity by itself and beside the others.
fn own(stage: &Stage<'_>, entity: &Entity) -> Features {
    let mut features = Features::new();
    let rank = rank(entity);
    let kind = format!("{:?}", entity.kind).to_lowercase();
    set(&mut features, &format!("kind={kind}"), 1.0);
    set(&mut features, &format!("kind={kind}&rank={}", rank.name()), 1.0);
    if entity.school {
        set(&mut features, "school", 1.0);
    }
    if let Some(code) = &entity.region.code {
        let west = WESTERN.contains(&code.get(..2).unwrap_or_default());
        set(&mut features, if west { "west" } else { "east" }, 1.0);
        set(&mut features, &format!("kind={kind}&{}", if west { "west" } else { "east" }), 1.0);
    }
    let mentions: usize = stage.entities.iter().map(|entity| entity.names.len()).sum();
    set(&mut features, "share", entity.names.len() as f64 / mentions.max(1) as f64);
    if entity.region.code.is_none() && entity.kind != Kind::Team && abroad(stage) {
        set(&mut features, &format!("{}:abroad", side(entity.kind)), 1.0);
    }
    if entity.names.len() == 1 {
        set(&mut features, "once", 1.0);
    }
    beside_others(stage, entity, rank, &mut features);
    if stage.site.is_some_and(|site| entity.forms.iter().any(|form| site.contains(form.as_str()))) {
        set(&mut features, "own_site", 1.0);
    }
    if entity.forms.iter().any(|form| ["援", "支援", "帮扶"].iter().any(|word| form.contains(word))) {
        set(&mut features, "aid_in_name", 1.0);
    }
    if entity.name.contains("指挥部") || entity.name.contains("工作组") || entity.name.contains("工作队")
    {
        set(&mut features, "command", 1.0);
    }
    features
}

/// Tells whether the article names a country: bodies without a region may lie there.
fn abroad(stage: &Stage<'_>) -> bool {
    stage.names.iter().any(|name| name.codes.iter().any(|code| code.len() == 2))
}

/// Is it lower or higher than the other houses, and is it of another province?
fn beside_others(stage: &Stage<'_>, entity: &Entity, own: Rank, features: &mut Features) {
    let houses =
        || stage.entities.iter().filter(|other| side(other.kind) == "house" && other.name != entity.name);
    let kind = side(entity.kind);
    if houses().next().is_none() {
        set(features, &format!("{kind}:alone"), 1.0);
        return;
    }
    let higher = houses().filter(|other| rank(other) > own).count();
    let lower = houses().filter(|other| rank(other) < own).count();
    let standing = match (higher > 0, lower > 0) {
        (true, false) => "lowest",
        (false, true) => "highest",
        (true, true) => "between",
        (false, false) => "level",
    };
    set(features, &format!("{kind}:standing={standing}"), 1.0);
    let province = entity.region.province.as_deref();
    let elsewhere = houses()
        .filter(|other| other.region.province.is_some() && other.region.province.as_deref() != province);
    if province.is_some() && elsewhere.count() > 0 {
        let west = features.contains_key("west");
        set(features, &format!("{kind}:cross_province&{}", if west { "west" } else { "east" }), 1.0);
    }
}
