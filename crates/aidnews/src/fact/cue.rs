//! What stands around the mentions of the parties: the evidence for roles and partnerships.
//!
//! In: sentences with the parties named in them and the lexicon hits between. Out: readable features, such as
//! `right=give` (the next verb behind the party gives) or `between=对·give` (what stands between two parties).

use std::ops::Range;

use crate::name::Name;
use crate::vocabulary::{Frame, Hit, Sense, Vocabulary};

/// Words before a party that show its part in the clause.
const PREPOSITIONS: [&str; 24] = [
    "对", "向", "为", "给", "与", "和", "由", "在", "到", "赴", "从", "受", "被", "让", "把", "将", "以",
    "往", "来自", "同", "随", "等", "是", "即",
];

/// A party in a sentence: one entity, or several in a list (甲医院、乙医院和丙医院).
#[derive(Debug, Clone)]
pub(crate) struct Party {
    /// Entities in order.
    pub(crate) entities: Vec<usize>,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// A sentence with its parties and the verbs around them.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    pub(crate) range: Range<usize>,
    pub(crate) in_title: bool,
    pub(crate) parties: Vec<Party>,
    pub(crate) verbs: Vec<VerbMention>,
}

/// A verb of aid in a sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct VerbMention {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) frame: Frame,
    /// Row of the verb in the vocabulary.
    pub(crate) row: usize,
}

/// Returns the verbs of `hits` that are in no name, leftmost-longest, in order.
pub(crate) fn verbs(vocabulary: &Vocabulary, hits: &[Hit], names: &[Name]) -> Vec<VerbMention> {
    let mut found: Vec<VerbMention> = Vec::new();
    let mut name = names.iter().peekable();
    for hit in hits {
        let row = vocabulary.senses(hit).iter().find_map(|sense| match sense {
            Sense::Verb(row) => Some(*row),
            _ => None,
        });
        let Some(row) = row else { continue };
        while name.next_if(|name| name.end <= hit.start).is_some() {}
        // Hits come by end: an earlier, longer name may already have been passed, so look one back as well.
        if name.peek().is_some_and(|name| name.start < hit.end && hit.start < name.end) {
            continue;
        }
        while found.last().is_some_and(|last| last.start >= hit.start) {
            found.pop();
        }
        if found.last().is_none_or(|last| last.end <= hit.start) {
            let frame = vocabulary.verbs[row].frame;
            found.push(VerbMention { start: hit.start, end: hit.end, frame, row });
        }
    }
    found
}

/// Gathers, sentence by sentence, the parties (`mentions`: range and entity, in order) and verbs.
pub(crate) fn scenes(
    text: &str,
    sentences: &[Range<usize>],
    title_end: usize,
    mentions: &[(Range<usize>, usize)],
    verbs: &[VerbMention],
) -> Vec<Scene> {
    let mut scenes = Vec::with_capacity(sentences.len());
    let (mut mention, mut verb) = (0, 0);
    for range in sentences {
        let mut parties: Vec<Party> = Vec::new();
        while let Some((span, entity)) = mentions.get(mention).filter(|(span, _)| span.start < range.end) {
            mention += 1;
            // A mention inside the one before it adds nothing.
            if parties.last().is_some_and(|party| span.start < party.end) {
                continue;
            }
            match parties.last_mut() {
                Some(party) if is_list(&text[party.end..span.start]) => {
                    party.entities.push(*entity);
                    party.end = span.end;
                }
                _ => parties.push(Party { entities: vec![*entity], start: span.start, end: span.end }),
            }
        }
        let from = verb;
        while verbs.get(verb).is_some_and(|found| found.start < range.end) {
            verb += 1;
        }
        let in_title = range.end <= title_end;
        scenes.push(Scene { range: range.clone(), in_title, parties, verbs: verbs[from..verb].to_vec() });
    }
    scenes
}

fn is_list(between: &str) -> bool {
    matches!(between, "、" | "和" | "与" | "及" | "以及" | "、以及" | "和与" | "/" | "，以及" | ",以及")
}

impl Scene {
    /// Returns the features of the party with number `at` as seen from this sentence.
    pub(crate) fn around(&self, vocabulary: &Vocabulary, text: &str, hits: &[Hit], at: usize) -> Vec<String> {
        let party = &self.parties[at];
        let left_limit = if at > 0 { self.parties[at - 1].end } else { self.range.start };
        let right_limit = self.parties.get(at + 1).map_or(self.range.end, |next| next.start);
        let mut found = Vec::new();
        if let Some(preposition) = preposition(&text[left_limit..party.start]) {
            found.push(format!("prep={preposition}"));
            let right = self.verbs_in(party.end, right_limit).next();
            found
                .push(format!("prep={preposition}&right={}", right.map_or("none", |verb| verb.frame.name())));
        }
        match self.verbs_in(left_limit, party.start).last() {
            Some(verb) => {
                found.push(format!("left={}", verb.frame.name()));
                found.push(format!("leftw={}", vocabulary.verbs[verb.row].surface));
                if verb.end == party.start || text[verb.end..party.start].chars().count() <= 2 {
                    found.push(format!("close_left={}", verb.frame.name()));
                }
            }
            None => found.push("left=none".to_owned()),
        }
        match self.verbs_in(party.end, right_limit).next() {
            Some(verb) => {
                found.push(format!("right={}", verb.frame.name()));
                found.push(format!("rightw={}", vocabulary.verbs[verb.row].surface));
            }
            None => found.push("right=none".to_owned()),
        }
        found.push(format!("next={}", follower(vocabulary, text, hits, party.end)));
        found.push(format!("order={}", self.order(at)));
        if party.entities.len() > 1 {
            found.push("listed".to_owned());
        }
        if self.in_title {
            let titled: Vec<String> =
                found.iter().filter(|name| !name.contains('w')).map(|name| format!("title:{name}")).collect();
            found.extend(titled);
            found.push("title".to_owned());
        }
        found
    }

    pub(crate) fn order(&self, at: usize) -> &'static str {
        match (at, self.parties.len()) {
            (_, 1) => "only",
            (0, _) => "first",
            (at, all) if at + 1 == all => "last",
            _ => "middle",
        }
    }

    fn verbs_in(&self, from: usize, to: usize) -> impl DoubleEndedIterator<Item = &VerbMention> {
        self.verbs.iter().filter(move |verb| verb.start >= from && verb.end <= to)
    }

    /// Returns the features of the ordered pair of parties `first` and `second` of this sentence.
    pub(crate) fn between(&self, text: &str, first: usize, second: usize) -> Vec<String> {
        let (a, b) = (&self.parties[first], &self.parties[second]);
        let mut frames = String::new();
        for verb in self.verbs_in(a.end, b.start).take(3) {
            frames.push('.');
            frames.push_str(verb.frame.name());
        }
        let before_a = preposition(&text[self.range.start..a.start]).unwrap_or("");
        let before_b = preposition(&text[a.end..b.start]).unwrap_or("");
        let limit = self.parties.get(second + 1).map_or(self.range.end, |next| next.start);
        let after = self.verbs_in(b.end, limit).next().map_or("none", |verb| verb.frame.name());
        let near = if second == first + 1 { "next" } else { "far" };
        vec![
            format!("{near}:frames={frames}"),
            format!("{near}:prep={before_a}·{before_b}"),
            format!("{near}:prep={before_b}&after={after}"),
            format!("{near}:after={after}"),
        ]
    }
}

/// Returns the preposition that `before` ends with.
fn preposition(before: &str) -> Option<&'static str> {
    let bare = before.trim_end_matches(['“', '（', '(']);
    PREPOSITIONS.into_iter().filter(|word| bare.ends_with(word)).max_by_key(|word| word.len())
}

/// Returns the class of what follows at byte `at`.
fn follower(vocabulary: &Vocabulary, text: &str, hits: &[Hit], at: usize) -> String {
    let rest = &text[at..];
    let mut best: Option<(usize, String)> = None;
    // What starts here ends within a few characters: hits are ordered by end.
    let from = hits.partition_point(|hit| hit.end <= at);
    for hit in hits[from..].iter().take_while(|hit| hit.end <= at + 24).filter(|hit| hit.start == at) {
        let class = vocabulary.senses(hit).iter().find_map(|sense| match sense {
            Sense::Title => Some("office".to_owned()),
            Sense::Verb(row) => Some(vocabulary.verbs[*row].frame.name().to_owned()),
            Sense::Specialty(_) => Some("specialty".to_owned()),
            Sense::Noun(measure) => Some(format!("{measure:?}").to_lowercase()),
            Sense::Programme(_) => Some("programme".to_owned()),
            Sense::Head(_) => Some("head".to_owned()),
            _ => None,
        });
        if let Some(class) = class
            && best.as_ref().is_none_or(|(len, _)| hit.len() > *len)
        {
            best = Some((hit.len(), class));
        }
    }
    match best {
        Some((_, class)) => class,
        None => match rest.chars().next() {
            Some(c) if c.is_ascii_digit() => "number".to_owned(),
            Some(c) if "的、，。,：:”“（(）)".contains(c) => c.to_string(),
            Some(_) => "other".to_owned(),
            None => "end".to_owned(),
        },
    }
}
