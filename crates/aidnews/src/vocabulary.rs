//! All lexicons in one automaton: what the text is scanned with, once.
//!
//! In: the lexicons of `aidnews-data` and those of a user. Out: [`Hit`]s, every occurrence of every surface,
//! overlapping, in order of their end. What a surface means is a list of [`Sense`]s, a kind and a row each.

use std::collections::{BTreeMap, BTreeSet};

use aidnews_compile::{Lexicon, LexiconError};
use daachorse::CharwiseDoubleArrayAhoCorasick;

use crate::record::{Measure, OrganizationKind};

/// What a surface is, with the row of its table where there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sense {
    /// Row of [`Vocabulary::divisions`].
    Division(usize),
    /// One-character name of a region (粤, 黔).
    RegionAbbreviation,
    /// Row of [`Vocabulary::countries`].
    Country(usize),
    /// Row of [`Vocabulary::heads`].
    Head(usize),
    /// Row of [`Vocabulary::universities`].
    University(usize),
    /// Row of [`Vocabulary::hospitals`].
    Hospital(usize),
    /// Row of [`Vocabulary::parts`].
    Part(usize),
    /// Row of [`Vocabulary::verbs`].
    Verb(usize),
    /// Row of [`Vocabulary::programmes`].
    Programme(usize),
    /// Row of [`Vocabulary::specialties`].
    Specialty(usize),
    /// Noun that is counted, and the measure it gives.
    Noun(Measure),
    /// Verb that tells what a number measures.
    MeasuringVerb(Measure),
    /// Office or professional title.
    Title,
    /// Cue for or against relevance, row of [`Vocabulary::cues`].
    Cue(usize),
}

/// One occurrence of a surface; bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    surface: u32,
}

/// A division's surface: which divisions it may mean.
#[derive(Debug, Clone)]
pub(crate) struct DivisionName {
    pub(crate) codes: Vec<String>,
    /// The surface is also an ordinary word: it is a place only with help.
    pub(crate) risky: bool,
    /// The surface lacks its 省, 市, 县, 区 …
    pub(crate) short: bool,
}

/// Rank of a division.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Level {
    Province,
    Prefecture,
    County,
}

/// The head of an institution's name (人民医院, 卫生院, 医疗队 …).
#[derive(Debug, Clone)]
pub(crate) struct Head {
    pub(crate) surface: String,
    pub(crate) kind: HeadKind,
    /// Makes a name with no more than a place before it.
    pub(crate) full: bool,
}

/// What a head makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeadKind {
    /// An organisation of the record.
    Organization(OrganizationKind),
    /// A school; an organisation only as a place that is helped.
    School,
}

/// A university, or a hospital with a name of its own.
#[derive(Debug, Clone)]
pub(crate) struct Proper {
    pub(crate) full: String,
    pub(crate) code: Option<String>,
    pub(crate) kind: OrganizationKind,
    /// A short form that is a piece of names only (南医大 in 南医大二附院).
    pub(crate) piece_only: bool,
}

/// How a piece of names, or a word that ends them, is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Part {
    /// Stands inside names of houses (人民, 附属, 第一).
    pub(crate) house: bool,
    /// Stands inside names of teams (援, 支援, 国家级).
    pub(crate) team: bool,
    /// Makes a name by itself, as a place does (中国, 解放军).
    pub(crate) owner: bool,
    /// Rank that stands for an elided place (市, 县, 省).
    pub(crate) elided: bool,
    /// Makes the head after it a common noun (基层, 各级, 三甲).
    pub(crate) generic: bool,
    /// No name reaches over it to the left (到, 的, 前往).
    pub(crate) stop: bool,
}

/// Who gives and who gets, seen from a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Frame {
    Give,
    Go,
    Get,
    With,
    Host,
    Neutral,
}

impl Frame {
    /// Returns the frame's name in feature names.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Give => "give",
            Self::Go => "go",
            Self::Get => "get",
            Self::With => "with",
            Self::Host => "host",
            Self::Neutral => "neutral",
        }
    }
}

/// A verb or nominal word of aid.
#[derive(Debug, Clone)]
pub(crate) struct Verb {
    pub(crate) surface: String,
    pub(crate) frame: Frame,
    pub(crate) strong: bool,
}

/// A clinical field as newspapers name it.
#[derive(Debug, Clone)]
pub(crate) struct SpecialtyName {
    pub(crate) surface: String,
    pub(crate) canonical: String,
    pub(crate) code: Option<String>,
    /// A bare field word (呼吸, 重症) that needs a context.
    pub(crate) needs_context: bool,
}

/// A variant of one or more frameworks of aid.
#[derive(Debug, Clone)]
pub(crate) struct Programme {
    pub(crate) canonical: Vec<String>,
    /// Names the framework by meaning only: it needs help from its surroundings.
    pub(crate) cue: bool,
}

/// A word for or against the article being about medical aid.
#[derive(Debug, Clone)]
pub(crate) struct Cue {
    /// How much it speaks for medical aid; below 0, against.
    pub(crate) weight: i32,
}

/// The lexicons, compiled.
pub(crate) struct Vocabulary {
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    senses: Vec<Vec<Sense>>,
    pub(crate) divisions: Vec<DivisionName>,
    pub(crate) countries: Vec<String>,
    pub(crate) heads: Vec<Head>,
    pub(crate) universities: Vec<Proper>,
    pub(crate) hospitals: Vec<Proper>,
    pub(crate) parts: Vec<Part>,
    pub(crate) verbs: Vec<Verb>,
    pub(crate) programmes: Vec<Programme>,
    pub(crate) specialties: Vec<SpecialtyName>,
    pub(crate) cues: Vec<Cue>,
    /// What counters count (person, place, thing), by counter.
    pub(crate) counters: BTreeMap<String, String>,
    /// Family names.
    pub(crate) surnames: BTreeSet<String>,
    /// Full names and ranks of divisions by code.
    pub(crate) by_code: BTreeMap<String, (String, Level)>,
}

impl std::fmt::Debug for Vocabulary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Vocabulary({} surfaces)", self.senses.len())
    }
}

impl Hit {
    /// Length in bytes.
    pub(crate) fn len(&self) -> usize {
        self.end - self.start
    }
}

impl Vocabulary {
    /// Compiles the built-in lexicons and `more`, pairs of file name and text.
    pub(crate) fn new(more: &[(String, String)]) -> Result<Self, LexiconError> {
        let mut builder = Builder::default();
        for (file, text) in aidnews_data::LEXICONS {
            builder.add(file, text)?;
        }
        for (file, text) in more {
            builder.add(file, text)?;
        }
        Ok(builder.finish())
    }

    /// Returns every occurrence of every surface in `text`, by end, then longest first. O(text + hits).
    pub(crate) fn scan(&self, text: &str) -> Vec<Hit> {
        let hit = |found: daachorse::Match<u32>| Hit {
            start: found.start(),
            end: found.end(),
            surface: found.value(),
        };
        self.automaton.find_overlapping_iter(text).map(hit).collect()
    }

    /// Returns what the hit's surface may be.
    pub(crate) fn senses(&self, hit: &Hit) -> &[Sense] {
        &self.senses[hit.surface as usize]
    }

    /// Returns the names of the divisions that contain the one with `code`: province, city, county.
    pub(crate) fn chain(&self, code: &str) -> [Option<String>; 3] {
        let name = |length: usize, pad: &str| {
            let key = format!("{}{pad}", code.get(..length)?);
            self.by_code.get(&key).map(|(full, _)| full.clone())
        };
        let county =
            (code.get(4..6) != Some("00")).then(|| self.by_code.get(code).map(|(full, _)| full.clone()));
        let city = (code.get(2..4) != Some("00")).then(|| name(4, "00"));
        [name(2, "0000"), city.flatten(), county.flatten()]
    }
}

#[derive(Default)]
struct Builder {
    surfaces: BTreeMap<String, Vec<Sense>>,
    divisions: Vec<DivisionName>,
    countries: Vec<String>,
    heads: Vec<Head>,
    universities: Vec<Proper>,
    hospitals: Vec<Proper>,
    parts: Vec<Part>,
    verbs: Vec<Verb>,
    programmes: Vec<Programme>,
    specialties: Vec<SpecialtyName>,
    cues: Vec<Cue>,
    counters: BTreeMap<String, String>,
    surnames: BTreeSet<String>,
    by_code: BTreeMap<String, (String, Level)>,
}

fn list(cell: &str) -> Vec<String> {
    cell.split('|').filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

fn optional(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}

fn organization(cell: &str) -> OrganizationKind {
    use OrganizationKind as K;
    match cell {
        "hospital" => K::Hospital,
        "primary_care" => K::PrimaryCare,
        "public_health" => K::PublicHealth,
        "authority" => K::Authority,
        "team" => K::Team,
        "university" => K::University,
        "company" => K::Company,
        "charity" => K::Charity,
        "place" => K::Place,
        _ => K::Other,
    }
}

/// Returns the measure with the name `cell`.
pub(crate) fn measure(cell: &str) -> Option<Measure> {
    serde_json::from_value(serde_json::Value::String(cell.to_owned())).ok()
}

impl Builder {
    fn put(&mut self, surface: &str, sense: Sense) {
        self.surfaces.entry(surface.to_owned()).or_default().push(sense);
    }

    fn add(&mut self, file: &str, text: &str) -> Result<(), LexiconError> {
        let lexicon = Lexicon::parse(file, text)?;
        for entry in lexicon.entries() {
            let (surface, cell) = (entry.surface(), |name: &str| entry.cell(name));
            match lexicon.kind() {
                "division" => self.add_division(surface, &entry),
                "division_code" => {
                    let level = match cell("level") {
                        "province" => Level::Province,
                        "prefecture" => Level::Prefecture,
                        _ => Level::County,
                    };
                    self.by_code.insert(surface.to_owned(), (cell("name").to_owned(), level));
                }
                "region_abbreviation" => {
                    self.put(surface, Sense::RegionAbbreviation);
                }
                "country" => {
                    self.put(surface, Sense::Country(self.countries.len()));
                    self.countries.push(cell("code").to_owned());
                }
                // Towns and villages are read as places, with the words before them.
                "institution_type" if cell("kind") == "place" && surface.chars().count() <= 2 => {}
                "institution_type" => {
                    let kind = match cell("kind") {
                        "school" => HeadKind::School,
                        other => HeadKind::Organization(organization(other)),
                    };
                    self.put(surface, Sense::Head(self.heads.len()));
                    self.heads.push(Head {
                        surface: surface.to_owned(),
                        kind,
                        full: cell("strength") == "full",
                    });
                }
                "university" => {
                    self.put(surface, Sense::University(self.universities.len()));
                    let (full, code) = (cell("full").to_owned(), optional(cell("code")));
                    let piece_only = cell("form") == "short";
                    self.universities.push(Proper {
                        full,
                        code,
                        kind: OrganizationKind::University,
                        piece_only,
                    });
                }
                "hospital_short" => {
                    self.put(surface, Sense::Hospital(self.hospitals.len()));
                    let (full, code) = (cell("full").to_owned(), optional(cell("code")));
                    let kind = organization(cell("kind"));
                    let piece_only = !cell("ambiguous").is_empty() || !cell("risk").is_empty();
                    self.hospitals.push(Proper { full, code, kind, piece_only });
                }
                "name_part" => self.add_part(surface, cell("use")),
                "aid_verb" => {
                    let frame = match cell("frame") {
                        "give" => Frame::Give,
                        "go" => Frame::Go,
                        "get" => Frame::Get,
                        "with" => Frame::With,
                        "host" => Frame::Host,
                        _ => Frame::Neutral,
                    };
                    self.put(surface, Sense::Verb(self.verbs.len()));
                    self.verbs.push(Verb {
                        surface: surface.to_owned(),
                        frame,
                        strong: cell("strength") == "strong",
                    });
                }
                kind @ ("programme" | "programme_cue") => {
                    self.put(surface, Sense::Programme(self.programmes.len()));
                    self.programmes
                        .push(Programme { canonical: list(cell("canonical")), cue: kind != "programme" });
                }
                "counter" => {
                    self.counters.insert(surface.to_owned(), cell("class").to_owned());
                }
                "surname" => {
                    self.surnames.insert(surface.to_owned());
                }
                "specialty" => {
                    self.put(surface, Sense::Specialty(self.specialties.len()));
                    self.specialties.push(SpecialtyName {
                        surface: surface.to_owned(),
                        canonical: cell("canonical").to_owned(),
                        code: optional(cell("code")),
                        needs_context: cell("form") == "field",
                    });
                }
                "measured_noun" => {
                    if let Some(found) = measure(cell("measure")) {
                        self.put(surface, Sense::Noun(found));
                    }
                }
                "measuring_verb" => {
                    if let Some(found) = measure(cell("measure")) {
                        self.put(surface, Sense::MeasuringVerb(found));
                    }
                }
                "title" => self.put(surface, Sense::Title),
                "relevance" => {
                    self.put(surface, Sense::Cue(self.cues.len()));
                    self.cues.push(Cue { weight: cell("weight").parse().unwrap_or(0) });
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn add_division(&mut self, surface: &str, entry: &aidnews_compile::Entry<'_, '_>) {
        let level = match entry.cell("level") {
            "province" => Level::Province,
            "prefecture" => Level::Prefecture,
            _ => Level::County,
        };
        let full = entry.cell("full").to_owned();
        let codes = list(entry.cell("code"));
        if codes.len() == 1 && full == surface {
            self.by_code.insert(codes[0].clone(), (full.clone(), level));
        }
        self.put(surface, Sense::Division(self.divisions.len()));
        let risky = !entry.cell("risk").is_empty();
        let short = matches!(entry.cell("status"), "short" | "corps");
        self.divisions.push(DivisionName { codes, risky, short });
    }

    fn add_part(&mut self, surface: &str, usage: &str) {
        let used = |name: &str| usage.split('|').any(|item| item == name);
        let part = Part {
            house: used("house"),
            team: used("team"),
            owner: used("owner"),
            elided: used("elided"),
            generic: used("generic"),
            stop: used("stop"),
        };
        self.put(surface, Sense::Part(self.parts.len()));
        self.parts.push(part);
    }

    fn finish(self) -> Vocabulary {
        let (surfaces, senses): (Vec<String>, Vec<Vec<Sense>>) = self.surfaces.into_iter().unzip();
        let numbered = surfaces.iter().enumerate().map(|(number, surface)| (surface.as_str(), number as u32));
        // The only errors of the builder are an empty or repeated pattern (a map has none; cells are not empty)
        // and more than 2^32 states.
        let automaton =
            CharwiseDoubleArrayAhoCorasick::with_values(numbered).expect("surfaces are unique and not empty");
        Vocabulary {
            automaton,
            senses,
            divisions: self.divisions,
            countries: self.countries,
            heads: self.heads,
            universities: self.universities,
            hospitals: self.hospitals,
            parts: self.parts,
            verbs: self.verbs,
            programmes: self.programmes,
            specialties: self.specialties,
            cues: self.cues,
            counters: self.counters,
            surnames: self.surnames,
            by_code: self.by_code,
        }
    }
}
