//! Framework words that the article uses for the aid it reports.
//!
//! In: the variants of the programme lexicon in an article. Out: [`ProgrammeFact`]s with canonical names. Some
//! words (捐赠, 义诊, 乡村振兴) often name something else than the reported aid, or background; a model decides.

use std::collections::BTreeMap;
use std::ops::Range;

use super::evidence::{Evidence, FactModels, Seen};
use super::surroundings::Surroundings;
use crate::vocabulary::{Hit, Sense};

/// Least probability of a programme that is reported.
pub(crate) const KEPT: f64 = 0.5;

/// A framework of the aid; bytes of the analysed text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ProgrammeFact {
    /// Canonical name.
    pub(crate) name: String,
    pub(crate) mentions: Vec<Range<usize>>,
    pub(crate) confidence: f64,
}

/// A framework with its mentions.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) name: String,
    pub(crate) mentions: Vec<Range<usize>>,
    /// Named by meaning only, never by the word.
    pub(crate) cue: bool,
}

/// Returns the frameworks of the aid, in order of first mention.
pub(crate) fn find(around: &Surroundings<'_>, models: &FactModels) -> Vec<ProgrammeFact> {
    if models.programme.is_empty() {
        return Vec::new();
    }
    let mut seen = Seen::default();
    let mut found = Vec::new();
    for candidate in candidates(around) {
        seen.clear();
        describe(around, &candidate, &mut seen);
        let confidence = models.programme.chance(&mut seen);
        if confidence >= KEPT {
            found.push(ProgrammeFact { name: candidate.name, mentions: candidate.mentions, confidence });
        }
    }
    found
}

/// Returns the first mention of every framework with the chance that it belongs to the aid.
pub(crate) fn weighed(around: &Surroundings<'_>, models: &FactModels) -> Vec<(Range<usize>, f64)> {
    let mut seen = Seen::default();
    let mut weigh = |candidate: Candidate| {
        seen.clear();
        describe(around, &candidate, &mut seen);
        (candidate.mentions[0].clone(), models.programme.chance(&mut seen))
    };
    candidates(around).into_iter().map(&mut weigh).collect()
}

/// Returns the frameworks that are named at all, in order of first mention.
pub(crate) fn candidates(around: &Surroundings<'_>) -> Vec<Candidate> {
    let mut hits: Vec<(Hit, usize)> = Vec::new();
    for hit in &around.analysis.hits {
        let row = around.vocabulary.senses(hit).iter().find_map(|sense| match sense {
            Sense::Programme(row) => Some(*row),
            _ => None,
        });
        if let Some(row) = row {
            hits.push((*hit, row));
        }
    }
    hits.sort_by_key(|(hit, _)| (hit.start, std::cmp::Reverse(hit.end)));
    let mut found: Vec<Candidate> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut end = 0;
    for (hit, row) in hits {
        if hit.start < end {
            continue;
        }
        end = hit.end;
        let programme = &around.vocabulary.programmes[row];
        for name in &programme.canonical {
            let place = *places.entry(name.as_str()).or_insert_with(|| {
                found.push(Candidate { name: name.clone(), mentions: Vec::new(), cue: true });
                found.len() - 1
            });
            found[place].mentions.push(hit.start..hit.end);
            found[place].cue &= programme.cue;
        }
    }
    found
}

/// Notes what speaks for and against a framework, from its first mentions.
pub(crate) fn describe(around: &Surroundings<'_>, candidate: &Candidate, out: &mut impl Evidence) {
    let name = candidate.name.as_str();
    let number = match candidate.mentions.len() {
        1 => "1",
        2 => "2",
        3..=5 => "few",
        _ => "many",
    };
    out.see(&["name=", name]);
    if candidate.cue {
        out.see(&["cue"]);
        out.see(&["cue&name=", name]);
        out.see(&["cue&mentions=", number]);
    }
    out.see(&["mentions=", number]);
    out.see(&["name&mentions=", name, "·", number]);
    for span in candidate.mentions.iter().take(6) {
        let place = around.place(span.start);
        let place = if place == "title" || place == "first" { place } else { "body" };
        out.see(&["place=", place]);
        out.see(&["name&place=", name, "·", place]);
        let surface = &around.text[span.clone()];
        out.see(&["surface=", surface]);
        let sides = around.sides(span, 0, usize::MAX);
        around.describe(&sides, name, out);
        if inside_name(around, span) {
            out.see(&["in_name"]);
            out.see(&["name&in_name=", name]);
        }
        let sentence = around.sentence(span.start);
        for word in around.words_in(&sentence).iter().take(24) {
            around.classes(word, |class| out.see(&["s=", class]));
        }
    }
}

fn inside_name(around: &Surroundings<'_>, span: &Range<usize>) -> bool {
    let names = &around.analysis.names;
    let next = names.partition_point(|name| name.end <= span.start);
    names.get(next).is_some_and(|name| name.start < span.end && span.start < name.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::surroundings::tests::apart;

    #[test]
    fn variants_lead_to_canonical_names() {
        for (text, wanted) in [
            ("沪滇协作结硕果。", vec!["东西部协作"]),
            ("援贝宁医疗队出征。", vec!["援外"]),
            ("“组团式”援藏医疗队。", vec!["组团式帮扶", "援藏"]),
            ("一场普通的会议。", vec![]),
        ] {
            let found = apart(&[], text, |around| {
                candidates(around).into_iter().map(|candidate| candidate.name).collect::<Vec<_>>()
            });
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn one_line_adds_a_programme() {
        let line = "#kind\tprogramme\n#columns\tsurface\tcanonical\n#source\ttest\n银龄行动\t对口支援\n";
        let found = apart(&[("own.tsv".to_owned(), line.to_owned())], "银龄行动启动。", |around| {
            candidates(around).into_iter().map(|candidate| candidate.name).collect::<Vec<_>>()
        });
        assert_eq!(found, ["对口支援"]);
    }
}
