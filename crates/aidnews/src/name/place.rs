//! Places: divisions, and the towns and villages behind or without them.

use super::compose::known_piece_ends;
use super::{Lookup, Name, is_name_character};
use crate::record::OrganizationKind as Kind;
use crate::vocabulary::{Hit, Sense};

/// What towns and villages end with.
const SMALL: [&str; 6] = ["街道", "社区", "镇", "乡", "村", "苏木"];

/// Characters no name of a town contains. Shorter than the list for houses: 六家子镇 and 小水乡 are towns.
const FUNCTION_CHARACTERS: &str =
    "的在对向由到为是从等将与和及跟被给赴往抵去了着有并又也还就称让使其以之而或于该各每";

/// Tells whether a word of two characters or more ends at `at` that no town's name begins behind: a verb, an
/// office or a function word. Nouns may be part of it (哈达铺镇).
fn long_word_ends(lookup: &Lookup<'_>, at: usize) -> bool {
    let vocabulary = lookup.vocabulary;
    lookup.ending_at(at).iter().filter(|hit| hit.len() > 3).any(|hit| {
        vocabulary.senses(hit).iter().any(|sense| match sense {
            Sense::Part(row) => vocabulary.parts[*row].stop,
            Sense::Verb(_) | Sense::Title | Sense::MeasuringVerb(_) => true,
            _ => false,
        })
    })
}

const NUMERALS: [char; 14] =
    ['一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '0', '多', '几'];

/// Words that end like a small place and are none.
const COMMON: [&str; 18] = [
    "农村", "乡村", "全村", "各村", "全乡", "全镇", "各乡", "各镇", "该村", "该乡", "该镇", "本村", "城镇",
    "乡镇", "下乡", "城乡", "家乡", "驻村",
];

/// Returns the rank of a small place that a head of an institution begins with (镇 of 镇卫生院).
pub(crate) fn small_rank(surface: &str) -> Option<&'static str> {
    SMALL.into_iter().find(|suffix| surface.starts_with(suffix) && surface.len() > suffix.len())
}

/// Returns where the town or village begins whose name ends at byte `end`, division not included; none where
/// no town ends there or where its beginning is not certain.
pub(super) fn town_before(lookup: &Lookup<'_>, end: usize) -> Option<usize> {
    let before = &lookup.text[..end];
    let suffix = SMALL.iter().chain(&["街"]).find(|suffix| before.ends_with(**suffix))?;
    if COMMON.iter().any(|word| before.ends_with(word)) {
        return None;
    }
    let mut at = end - suffix.len();
    // 三家社区卫生服务中心 counts houses and names no town.
    if lookup.text[..at].strip_suffix('家').is_some_and(|rest| rest.ends_with(NUMERALS)) {
        return None;
    }
    for taken in 0..=5 {
        let border =
            lookup.before(at).is_none_or(|c| !is_name_character(c) || FUNCTION_CHARACTERS.contains(c))
                || taken > 0 && SMALL.iter().any(|suffix| lookup.text[..at].ends_with(suffix));
        if border || known_piece_ends(lookup, at) || long_word_ends(lookup, at) {
            return (taken > 0).then_some(at);
        }
        at -= lookup.before(at).map_or(0, char::len_utf8);
    }
    None
}

/// Adds the places that stand outside the names found so far; keeps the order.
pub(super) fn add_places(lookup: &Lookup<'_>, names: &mut Vec<Name>) {
    let mut places: Vec<Name> = Vec::new();
    let mut taken = 0;
    let mut covered = names.iter().peekable();
    for (start, end, codes) in divisions(lookup) {
        while covered.next_if(|name| name.end <= start).is_some() {}
        let inside = covered.peek().is_some_and(|name| name.start < end);
        if start < taken || inside {
            continue;
        }
        let room = covered.peek().map_or(lookup.text.len(), |name| name.start);
        let whole = with_small_places(lookup, end, room);
        taken = whole;
        match places.last_mut() {
            // 四川省 and 壤塘县 side by side are one place.
            Some(before) if before.end == start => {
                before.end = whole;
                before.form_start = start;
                before.codes = codes;
            }
            _ => places.push(place(start, whole, codes)),
        }
    }
    names.extend(places);
    names.sort_by_key(|name| name.start);
    add_towns(lookup, names);
}

/// Adds towns and villages that stand without their county (走进麦通村).
fn add_towns(lookup: &Lookup<'_>, names: &mut Vec<Name>) {
    let mut towns = Vec::new();
    for (at, c) in lookup.text.char_indices().filter(|(_, c)| matches!(c, '村' | '镇' | '乡' | '道')) {
        let end = at + c.len_utf8();
        let compound = lookup.text[end..]
            .starts_with(['民', '级', '里', '委', '医', '干', '道', '户', '卫', '中', '两', '亲', '间']);
        if compound {
            continue;
        }
        let Some(start) = town_before(lookup, end) else {
            continue;
        };
        let free = |name: &Name| name.end <= start || name.start >= end;
        let near = names.partition_point(|name| name.start < start);
        if names[near.saturating_sub(1)..names.len().min(near + 2)].iter().all(free) {
            towns.push(place(start, end, Vec::new()));
        }
    }
    names.extend(towns);
    names.sort_by_key(|name| name.start);
}

fn place(start: usize, end: usize, codes: Vec<String>) -> Name {
    Name {
        start,
        end,
        form_start: start,
        kind: Kind::Place,
        school: false,
        elided: false,
        distinct: true,
        codes,
        place_len: end - start,
        official: None,
        tail: None,
        affiliate: false,
        lead: None,
        team_end: None,
    }
}

/// Divisions and countries of the text, the longest at each place, in order.
fn divisions(lookup: &Lookup<'_>) -> Vec<(usize, usize, Vec<String>)> {
    let mut found: Vec<(usize, usize, Vec<String>)> = Vec::new();
    for hit in lookup.hits {
        let Some(codes) = division_codes(lookup, hit) else {
            continue;
        };
        while found.last().is_some_and(|(start, _, _)| *start >= hit.start) {
            found.pop();
        }
        if found.last().is_none_or(|(_, end, _)| *end <= hit.start) {
            found.push((hit.start, hit.end, codes));
        }
    }
    found
}

fn division_codes(lookup: &Lookup<'_>, hit: &Hit) -> Option<Vec<String>> {
    lookup.vocabulary.senses(hit).iter().find_map(|sense| match sense {
        Sense::Division(row) => {
            let division = &lookup.vocabulary.divisions[*row];
            (!division.risky).then(|| division.codes.clone())
        }
        Sense::Country(row) => Some(vec![lookup.vocabulary.countries[*row].clone()]),
        _ => None,
    })
}

/// Extends a division over the town and village behind it: 汶川县 + 威州镇 + 麦通村.
fn with_small_places(lookup: &Lookup<'_>, end: usize, room: usize) -> usize {
    let mut whole = end;
    for _ in 0..3 {
        let rest = &lookup.text[whole..room];
        let ends = rest.char_indices().take(6).map(|(at, c)| whole + at + c.len_utf8());
        let ranked = |at: &usize| SMALL.iter().any(|suffix| lookup.text[whole..*at].ends_with(suffix));
        let mut towns = ends.filter(ranked).filter(|at| town_before(lookup, *at) == Some(whole));
        match towns.next() {
            Some(at) => whole = at,
            None => break,
        }
    }
    whole
}
