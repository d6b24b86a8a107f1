//! People named with an office or a professional title.
//!
//! In: titles, surnames and names of bodies in an article. Out: [`PersonFact`]s. A title is followed by a name
//! (院长佟志海) or follows one (骨科韩崇礼主任医师); where the name ends is decided by what may follow a name and
//! by how often the longer and the shorter reading occur.

use std::ops::Range;

use super::surroundings::{Surroundings, first};
use crate::vocabulary::Sense;

/// A person with title and organisation; bytes of the analysed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PersonFact {
    pub(crate) name: String,
    pub(crate) title: Option<String>,
    pub(crate) organization: Option<String>,
    pub(crate) mentions: Vec<Range<usize>>,
}

/// Characters that seldom end a given name and often begin what follows one.
const FOLLOWERS: &str = "在说表介率带等一和与对向到出主从及为作就也还是的任告指强认代则又将把被给让用有去来回接正已却便都以不看听讲问想写做走站坐受参同";

/// Returns the people of the article, in order of first mention. O(words), and O(text) a person for mentions.
pub(crate) fn find(around: &Surroundings<'_>) -> Vec<PersonFact> {
    let mut found: Vec<PersonFact> = Vec::new();
    let titles = titles(around);
    let mut at = 0;
    while at < titles.len() && found.len() < MOST {
        // 党委书记、院长 is one office in two parts.
        let mut last = at;
        while last + 1 < titles.len() && joins(&around.text[titles[last].end..titles[last + 1].start]) {
            last += 1;
        }
        let office = titles[at].start..titles[last].end;
        at = last + 1;
        if let Some(name) = after(around, office.end) {
            add(around, &mut found, office, name);
        }
    }
    for person in &mut found {
        person.mentions =
            around.text.match_indices(&person.name).map(|(at, name)| at..at + name.len()).collect();
    }
    found
}

/// More people than this are a list of names, not people of the story.
const MOST: usize = 64;

/// The longest titles, without overlaps.
fn titles(around: &Surroundings<'_>) -> Vec<Range<usize>> {
    let hits = around.analysis.hits.iter();
    let mut found: Vec<Range<usize>> = hits
        .filter(|hit| around.vocabulary.senses(hit).iter().any(|sense| matches!(sense, Sense::Title)))
        .map(|hit| hit.start..hit.end)
        .collect();
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    found.retain(|range| {
        let free = range.start >= end;
        if free {
            end = range.end;
        }
        free
    });
    found
}

fn joins(between: &str) -> bool {
    matches!(between, "" | "、" | "兼" | "," | "，")
}

/// Reads a name at byte `at`: a surname and one or two more characters.
fn after(around: &Surroundings<'_>, at: usize) -> Option<Range<usize>> {
    let rest = &around.text[at..];
    let surname = [2, 1]
        .into_iter()
        .map(|count| first(rest, count))
        .find(|surname| around.vocabulary.surnames.contains(*surname))?;
    let given: Vec<char> = rest[surname.len()..].chars().take(3).collect();
    let ideograph = |index: usize| given.get(index).is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
    if !ideograph(0) || "在说表的和与是将已也为对向".contains(given[0]) {
        return None;
    }
    let short = at..at + surname.len() + given[0].len_utf8();
    if !ideograph(1) {
        return Some(short);
    }
    let long = at..short.end + given[1].len_utf8();
    Some(if FOLLOWERS.contains(given[1]) || starts_word(around, short.end) { short } else { long })
}

/// Tells whether a word of the lexicons of two or more characters begins here.
fn starts_word(around: &Surroundings<'_>, at: usize) -> bool {
    let words = around.words();
    let index = words.partition_point(|word| word.start < at);
    words.get(index).is_some_and(|word| word.start == at && word.end > at + 3)
}

fn add(around: &Surroundings<'_>, found: &mut Vec<PersonFact>, office: Range<usize>, name: Range<usize>) {
    let written = &around.text[name];
    if found.iter().any(|person| person.name == written) {
        return;
    }
    found.push(PersonFact {
        name: written.to_owned(),
        title: Some(around.text[office.clone()].to_owned()),
        organization: organization(around, office.start),
        mentions: Vec::new(),
    });
}

/// The body named right before the office, a department between them allowed.
fn organization(around: &Surroundings<'_>, office: usize) -> Option<String> {
    let names = &around.analysis.names;
    let index = names.partition_point(|name| name.end <= office);
    let name = names[..index].last()?;
    let between = &around.text[name.end..office];
    let plain = between.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) || c == '、');
    (plain && between.chars().count() <= 10).then(|| around.text[name.start..name.end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::surroundings::tests::apart;

    #[test]
    fn names_follow_offices() {
        for (text, wanted) in [
            ("院长佟志海在致辞中介绍。", vec![("佟志海", "院长")]),
            ("党委书记、院长王强说。", vec![("王强", "党委书记、院长")]),
            ("副主任医师欧阳明看完片子。", vec![("欧阳明", "副主任医师")]),
            ("院长在会上讲话。", vec![]),
        ] {
            let found = apart(&[], text, |around| {
                find(around)
                    .into_iter()
                    .map(|person| (person.name, person.title.unwrap()))
                    .collect::<Vec<_>>()
            });
            let wanted: Vec<(String, String)> =
                wanted.into_iter().map(|(name, title)| (name.to_owned(), title.to_owned())).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }
}
