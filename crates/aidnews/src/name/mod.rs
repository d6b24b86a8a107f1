//! Finds the names of organisations and places in a text, with their borders.
//!
//! In: the text and its lexicon hits. Out: [`Name`]s in order, without overlaps. A name is read from its head
//! (人民医院, 卫生院, 医疗队) to the left for as long as pieces of names stand there; what no lexicon knows is
//! taken as part of the name only up to a word that no name reaches over.

mod compose;
mod place;

pub(crate) use place::small_rank;

use crate::record::OrganizationKind;
use crate::vocabulary::{Hit, Vocabulary};

/// A name in the text; bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Where the words begin that name it: behind the containers of a place (四川省 of 四川省壤塘县).
    pub(crate) form_start: usize,
    pub(crate) kind: OrganizationKind,
    /// Stands for a school; counts as an organisation only where it is helped.
    pub(crate) school: bool,
    /// Starts with a rank that stands for an elided place (市人民医院).
    pub(crate) elided: bool,
    /// Has a piece that tells it from others of its kind; a bare 医疗队 has none.
    pub(crate) distinct: bool,
    /// Codes of the division at its start.
    pub(crate) codes: Vec<String>,
    /// Length in bytes of the division's piece at its start, 0 without one.
    pub(crate) place_len: usize,
    /// Official name, where the lexicon of well-known hospitals or universities has it.
    pub(crate) official: Option<String>,
    /// The name is completed from a list (和政县、临夏县人民医院): what to append to its words.
    pub(crate) tail: Option<String>,
    /// One of a list of affiliates whose university stands only with the first.
    pub(crate) affiliate: bool,
    /// What to put before its words (the university of a listed affiliate).
    pub(crate) lead: Option<String>,
    /// For a hospital's own team (华西医院医疗队): where the words of the team end.
    pub(crate) team_end: Option<usize>,
}

impl Name {
    /// Returns the words of the name as they would stand in full.
    pub(crate) fn form(&self, text: &str) -> String {
        let words = &text[self.form_start..self.end];
        let (lead, tail) = (self.lead.as_deref().unwrap_or(""), self.tail.as_deref().unwrap_or(""));
        format!("{lead}{words}{tail}")
    }
}

/// Finds all names in `text`; `hits` are its lexicon hits in order of their end.
///
/// Every head looks back over a bounded stretch, so the whole is linear in the text.
pub(crate) fn find(vocabulary: &Vocabulary, text: &str, hits: &[Hit]) -> Vec<Name> {
    let lookup = Lookup { vocabulary, text, hits };
    let mut names = compose::organizations(&lookup);
    place::add_places(&lookup, &mut names);
    complete_lists(text, &mut names);
    complete_counted(&lookup, &mut names);
    complete_affiliates(text, &mut names);
    names
}

/// Gives the places of 南钢街道、塘山镇两家社区卫生服务中心 the head that is counted behind them.
fn complete_counted(lookup: &Lookup<'_>, names: &mut [Name]) {
    for last in (1..names.len()).rev() {
        if names[last].kind != OrganizationKind::Place || names[last].school {
            continue;
        }
        let rest = &lookup.text[names[last].end..];
        let number = rest.trim_start_matches(|c: char| "一二两三四五六七八九十0123456789".contains(c));
        let Some(counted) = number.strip_prefix('家').filter(|_| number.len() < rest.len()) else {
            continue;
        };
        let head_at = lookup.text.len() - counted.len();
        let Some((kind, end)) = head_starting_at(lookup, head_at) else { continue };
        let tail = lookup.text[head_at..end].to_owned();
        let mut next = last;
        loop {
            names[next].kind = kind;
            names[next].tail = Some(tail.clone());
            names[next].place_len = names[next].end - names[next].start;
            let listed = next > 0
                && names[next - 1].kind == OrganizationKind::Place
                && matches!(&lookup.text[names[next - 1].end..names[next].start], "、" | "和" | "及" | "与");
            if !listed {
                break;
            }
            next -= 1;
        }
    }
}

/// The longest head of a house that starts at byte `at`, with its kind and end.
fn head_starting_at(lookup: &Lookup<'_>, at: usize) -> Option<(OrganizationKind, usize)> {
    use crate::vocabulary::{HeadKind, Sense};
    let from = lookup.hits.partition_point(|hit| hit.end <= at);
    let near = lookup.hits[from..].iter().take_while(|hit| hit.end <= at + 60).filter(|hit| hit.start == at);
    let kinds = near.filter_map(|hit| {
        lookup.vocabulary.senses(hit).iter().find_map(|sense| match sense {
            Sense::Head(row) => match lookup.vocabulary.heads[*row].kind {
                HeadKind::Organization(
                    kind @ (OrganizationKind::Hospital | OrganizationKind::PrimaryCare),
                ) => Some((kind, hit.end)),
                _ => None,
            },
            _ => None,
        })
    });
    kinds.max_by_key(|(_, end)| *end)
}

/// Gives the affiliates of a list the university that stands only with the first.
fn complete_affiliates(text: &str, names: &mut [Name]) {
    for index in 1..names.len() {
        if !names[index].affiliate {
            continue;
        }
        let before = names[index - 1].form(text);
        let cut = before.find("附属").map(|at| match before[..at].rfind('第') {
            Some(ordinal) if before[ordinal..at].chars().count() <= 3 => ordinal,
            _ => at,
        });
        names[index].lead = cut.filter(|at| *at > 0).map(|at| before[..at].to_owned());
        names[index].codes = names[index - 1].codes.clone();
    }
}

/// Text, hits and vocabulary together, with look-ups by the end of a hit.
pub(crate) struct Lookup<'a> {
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) text: &'a str,
    pub(crate) hits: &'a [Hit],
}

impl<'a> Lookup<'a> {
    /// Returns the hits that end at byte `end`, longest first.
    pub(crate) fn ending_at(&self, end: usize) -> &'a [Hit] {
        let from = self.hits.partition_point(|hit| hit.end < end);
        let to = self.hits.partition_point(|hit| hit.end <= end);
        &self.hits[from..to]
    }

    /// Returns the character before byte `at`.
    pub(crate) fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }
}

/// Tells whether `c` is an ideograph, a middle dot of foreign names, or a numeral zero.
pub(crate) fn is_name_character(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '·' | '〇' | '\u{20000}'..='\u{3134f}')
}

/// Gives the members of 和政县、临夏县、康乐县人民医院 the tail they share.
fn complete_lists(text: &str, names: &mut [Name]) {
    for last in (1..names.len()).rev() {
        let tail_from = names[last].start + names[last].place_len;
        let whole = names[last].place_len > 0
            && names[last].kind != OrganizationKind::Place
            && names[last].tail.is_none();
        if !whole || !text[..tail_from].ends_with(['县', '市', '区', '州', '旗', '镇', '乡', '道']) {
            continue;
        }
        let tail = text[tail_from..names[last].end].to_owned();
        let kind = names[last].kind;
        let rank = text[..tail_from].chars().next_back();
        let mut next = last;
        while next > 0 {
            let (before, after) = (&names[next - 1], &names[next]);
            let between = &text[before.end..after.start];
            let own = text[..before.end].chars().next_back();
            let town = |rank: Option<char>| rank.is_some_and(|c| matches!(c, '镇' | '乡' | '道'));
            let same_rank = own == rank || town(own) && town(rank);
            if before.kind != OrganizationKind::Place
                || !same_rank
                || !matches!(between, "、" | "和" | "及" | "与")
            {
                break;
            }
            next -= 1;
            names[next].kind = kind;
            names[next].tail = Some(tail.clone());
            names[next].place_len = names[next].end - names[next].start;
        }
    }
}
