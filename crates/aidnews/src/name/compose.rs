//! Names of organisations: from the head to the left.

use super::{Lookup, Name, is_name_character};
use crate::record::OrganizationKind as Kind;
use crate::vocabulary::{HeadKind, Hit, Sense};

/// Characters that no name begins behind: function words and punctuation end a name's unknown piece.
const STOP_CHARACTERS: &str = "的在对向由到为是从等把将与和及跟被给赴往抵来去了着过有该各两某并且又也都还就称说让使其以之而或于所家名位个批期次";

/// What the search for a left border has found so far.
#[derive(Default)]
struct Left {
    start: usize,
    strong: bool,
    elided: bool,
    numbered: bool,
    codes: Vec<String>,
    place_len: usize,
    official: Option<String>,
    house: Option<(usize, usize)>,
    quoted: bool,
    /// The leftmost piece is a town or village.
    town: bool,
}

/// Finds all organisations, right to left, so that an outer name takes the names inside it along.
pub(super) fn organizations(lookup: &Lookup<'_>) -> Vec<Name> {
    let mut names = Vec::new();
    let mut limit = lookup.text.len();
    let mut at = lookup.hits.len();
    while at > 0 {
        let end = lookup.hits[at - 1].end;
        if end <= limit
            && let Some(name) = name_ending_at(lookup, end)
        {
            limit = name.start;
            names.push(name);
        }
        at = lookup.hits.partition_point(|hit| hit.end < end);
    }
    names.reverse();
    names
}

fn name_ending_at(lookup: &Lookup<'_>, end: usize) -> Option<Name> {
    let hits = lookup.ending_at(end);
    for hit in hits {
        for sense in lookup.vocabulary.senses(hit) {
            let found = match sense {
                Sense::Hospital(row) if !lookup.vocabulary.hospitals[*row].piece_only => {
                    proper_house(lookup, hit, *row)
                }
                Sense::Head(row) => headed(lookup, hit, *row),
                Sense::University(row) if !lookup.vocabulary.universities[*row].piece_only => {
                    university(lookup, hit, *row)
                }
                _ => None,
            };
            if found.is_some() {
                return found;
            }
        }
    }
    None
}

fn proper_house(lookup: &Lookup<'_>, hit: &Hit, row: usize) -> Option<Name> {
    let proper = &lookup.vocabulary.hospitals[row];
    let mut left = Left { start: hit.start, strong: true, ..Left::default() };
    compose(lookup, &mut left, proper.kind);
    extend_owner(lookup, &mut left, proper.kind);
    let official = (left.start == hit.start || proper.full.contains(&lookup.text[left.start..hit.end]))
        .then(|| proper.full.clone());
    let mut name = named(lookup, left, hit.end, proper.kind);
    if name.codes.is_empty() {
        name.codes.extend(proper.code.clone());
    }
    name.official = official;
    name.affiliate = is_listed_affiliate(lookup, name.start);
    Some(name)
}

fn university(lookup: &Lookup<'_>, hit: &Hit, row: usize) -> Option<Name> {
    let proper = &lookup.vocabulary.universities[row];
    let left =
        Left { start: hit.start, strong: true, official: Some(proper.full.clone()), ..Left::default() };
    let mut name = named(lookup, left, hit.end, Kind::University);
    name.codes.extend(proper.code.clone());
    Some(name)
}

fn headed(lookup: &Lookup<'_>, hit: &Hit, row: usize) -> Option<Name> {
    let head = &lookup.vocabulary.heads[row];
    let (kind, school) = match head.kind {
        HeadKind::Organization(kind) => (kind, false),
        HeadKind::School => (Kind::Place, true),
    };
    let school = school || kind == Kind::Place;
    let mut left = Left { start: hit.start, ..Left::default() };
    compose(lookup, &mut left, kind);
    if !left.strong {
        extend_unknown(lookup, &mut left, kind, head.full);
    }
    let listed = is_listed_affiliate(lookup, left.start);
    let complete = left.strong || listed || (left.elided && head.full) || (left.elided && is_care(kind));
    if !(complete || kind == Kind::Team && left.numbered) {
        return None;
    }
    let bare_number = left.numbered && !left.strong && !left.elided && kind != Kind::Team;
    if bare_number && !head.full {
        return None;
    }
    // A hospital's own team, clinic or party committee is a mention of the hospital; its branch is not.
    let branch = ["医院", "分院", "总院", "卫生院", "保健院"].iter().any(|end| head.surface.ends_with(end));
    if !branch
        && let Some((from, to)) = left.house
        && from == left.start
    {
        let mut name = name_ending_at(lookup, to)?;
        name.team_end = (kind == Kind::Team).then_some(hit.end);
        return Some(name);
    }
    let mut name = named(lookup, left, hit.end, kind);
    name.school = school;
    name.affiliate = listed && !name.distinct;
    name.distinct |= name.affiliate;
    Some(name)
}

/// Tells whether the name beginning at `start` is one of a list whose university stands only once:
/// 浙江大学医学院附属第二医院、附属儿童医院.
fn is_listed_affiliate(lookup: &Lookup<'_>, start: usize) -> bool {
    let before = &lookup.text[..start];
    let listed = before.ends_with(['、', '和', '与', '及']);
    let words = &lookup.text[start..];
    let affiliated =
        words.starts_with("附属") || words.starts_with('第') && words.chars().take(4).any(|c| c == '附');
    listed && affiliated
}

fn named(lookup: &Lookup<'_>, left: Left, end: usize, kind: Kind) -> Name {
    debug_assert!(lookup.text.is_char_boundary(left.start));
    Name {
        start: left.start,
        end,
        form_start: left.start,
        kind,
        school: false,
        elided: left.elided && !left.strong,
        distinct: left.strong || left.numbered,
        codes: left.codes,
        place_len: left.place_len,
        official: left.official,
        tail: None,
        affiliate: false,
        lead: None,
        team_end: None,
    }
}

fn is_care(kind: Kind) -> bool {
    matches!(kind, Kind::Hospital | Kind::PrimaryCare | Kind::PublicHealth | Kind::Authority)
}

/// Takes known pieces of names to the left of `left.start`, as many as stand there.
fn compose(lookup: &Lookup<'_>, left: &mut Left, kind: Kind) {
    // A name has few pieces; the bound keeps a text made of nothing but pieces linear.
    for _ in 0..12 {
        let taken = take_town(lookup, left, kind)
            || take_piece(lookup, left, kind)
            || take_ordinal(lookup, left)
            || take_wrapped(lookup, left, kind);
        if !taken {
            return;
        }
        if left.elided {
            return;
        }
    }
}

/// Takes a town or village that no lexicon lists: 方塌镇, 麦通村, 五里界街.
fn take_town(lookup: &Lookup<'_>, left: &mut Left, kind: Kind) -> bool {
    if matches!(kind, Kind::Team | Kind::Company) || left.place_len > 0 || left.strong && !left.town {
        return false;
    }
    let Some(start) = super::place::town_before(lookup, left.start) else {
        return false;
    };
    left.start = start;
    left.strong = true;
    left.town = true;
    left.codes.clear();
    true
}

fn take_piece(lookup: &Lookup<'_>, left: &mut Left, kind: Kind) -> bool {
    let pos = left.start;
    for hit in lookup.ending_at(pos) {
        for sense in lookup.vocabulary.senses(hit) {
            if take_sense(lookup, left, kind, hit, *sense) {
                return true;
            }
        }
    }
    false
}

fn take_sense(lookup: &Lookup<'_>, left: &mut Left, kind: Kind, hit: &Hit, sense: Sense) -> bool {
    let vocabulary = lookup.vocabulary;
    match sense {
        Sense::Division(row) => {
            let division = &vocabulary.divisions[row];
            // A place before a place is taken only as its container; 喀什 (short) before 上海市 is another word.
            if division.risky && lookup.text[hit.start..].starts_with(['和', '在', '与']) {
                return false;
            }
            if kind != Kind::Team
                && left.place_len > 0
                && division.short
                && left.codes.first().is_some_and(|code| !contains(&division.codes, code))
            {
                return false;
            }
            if left.place_len == 0 {
                left.codes = division.codes.clone();
            }
            left.place_len += hit.len();
            left.strong = true;
        }
        Sense::University(row) => {
            left.codes = vocabulary.universities[row].code.iter().cloned().collect();
            left.strong = true;
            left.place_len = 0;
        }
        Sense::Hospital(_) => {
            left.house = Some((hit.start, hit.end));
            left.strong = true;
            left.place_len = 0;
        }
        Sense::Country(_) => left.strong = true,
        Sense::Head(row) => {
            let head = &vocabulary.heads[row];
            let house = matches!(
                head.kind,
                HeadKind::Organization(Kind::Hospital | Kind::PrimaryCare | Kind::PublicHealth)
            );
            // 温州市中心医院壤塘县人民医院 without a mark between them are two names.
            if house && kind != Kind::Team && left.place_len > 0 && ends_with_rank(lookup.text, left) {
                return false;
            }
            let place = matches!(head.kind, HeadKind::Organization(Kind::Place) | HeadKind::School);
            if hit.len() <= 3
                || place
                || kind != Kind::Team && head.kind == HeadKind::Organization(Kind::Team)
            {
                return false;
            }
            if house {
                left.house = None;
                let mut inner = Left { start: hit.start, ..Left::default() };
                compose(lookup, &mut inner, Kind::Hospital);
                if !(inner.strong || inner.elided) {
                    return false;
                }
                left.house = Some((inner.start, hit.end));
                left.strong |= inner.strong;
                left.elided = inner.elided;
                left.codes = inner.codes;
                left.place_len = inner.place_len;
                left.start = inner.start;
                return true;
            }
            left.place_len = 0;
        }
        Sense::Programme(_) if kind == Kind::Team => {}
        // 援甘, 援马: a one-character name after the verb of teams.
        Sense::RegionAbbreviation
            if kind == Kind::Team && lookup.text[..hit.start].ends_with(['援', '驻', '赴']) =>
        {
            left.strong = true;
        }
        Sense::Part(row) => match vocabulary.parts[row] {
            part if part.owner => left.strong = true,
            part if part.elided && left.place_len == 0 && !left.strong && is_care(kind) => {
                if generic_before(lookup, hit.start) {
                    return false;
                }
                left.elided = true;
            }
            part if part.house && kind != Kind::Team => {}
            part if part.team && kind == Kind::Team => {}
            _ => return false,
        },
        _ => return false,
    }
    left.start = hit.start;
    true
}

/// Tells whether the place at the left of a name ends in its rank (喀什市 yes, 左权 no).
fn ends_with_rank(text: &str, left: &Left) -> bool {
    text[left.start..left.start + left.place_len].ends_with(['省', '市', '县', '区', '州', '旗', '盟'])
}

fn contains(outer: &[String], inner: &str) -> bool {
    outer.iter().any(|code| inner.starts_with(code.trim_end_matches("00")))
}

/// Tells whether the word before byte `at` makes what follows a common noun: 各县医院, 三家县医院.
fn generic_before(lookup: &Lookup<'_>, at: usize) -> bool {
    let generic = |sense: &Sense| matches!(sense, Sense::Part(row) if lookup.vocabulary.parts[*row].generic);
    lookup.ending_at(at).iter().any(|hit| lookup.vocabulary.senses(hit).iter().any(generic))
        || lookup.before(at).is_some_and(|c| "各两家所个多些每全".contains(c))
}

/// Takes a number: 第七, 三〇二, 第33期.
fn take_ordinal(lookup: &Lookup<'_>, left: &mut Left) -> bool {
    let before = &lookup.text[..left.start];
    let counted = before.strip_suffix(['批', '期', '轮', '届']).unwrap_or(before);
    let digits = counted.trim_end_matches(|c: char| "〇零一二三四五六七八九十百0123456789首".contains(c));
    if digits.len() == counted.len() {
        return false;
    }
    let is_batch = counted.len() < before.len();
    let whole = digits.strip_suffix('第').unwrap_or(digits);
    // A batch needs 第 or 首; a number needs to stand inside a name, not to count it (两家, 3医院).
    if is_batch && whole.len() == digits.len() && !counted.ends_with('首') {
        return false;
    }
    if !is_batch && left.place_len > 0 {
        return false;
    }
    left.start = whole.len();
    left.numbered = true;
    true
}

/// Takes a quoted or bracketed piece: 第三批“组团式”援藏医疗队, 国家（四川）紧急医学救援队.
fn take_wrapped(lookup: &Lookup<'_>, left: &mut Left, kind: Kind) -> bool {
    if !matches!(kind, Kind::Team | Kind::Other | Kind::Hospital) || left.quoted {
        return false;
    }
    let before = &lookup.text[..left.start];
    let (open, short) = match before.chars().next_back() {
        Some('”') => ('“', kind == Kind::Team),
        Some('）') => ('（', true),
        Some(')') => ('(', true),
        _ => return false,
    };
    let Some(at) = before.rfind(open) else {
        return false;
    };
    if !short || before[at..].chars().count() > 8 {
        return false;
    }
    left.start = at;
    left.quoted = true;
    true
}

/// Takes an unknown piece (惠民医院, 大别山区域医疗中心) up to a known piece, a stop word or a mark.
fn extend_unknown(lookup: &Lookup<'_>, left: &mut Left, kind: Kind, full: bool) {
    if left.elided || generic_before(lookup, left.start) {
        return;
    }
    if kind == Kind::Other {
        return;
    }
    let (most, unsounded) = match kind {
        Kind::Company | Kind::Charity => (12, 12),
        Kind::Authority => return,
        Kind::Team => (4, 4),
        _ => (12, 6),
    };
    let mut at = left.start;
    let mut foreign = true;
    for taken in 0..=most {
        if taken > 0 && known_piece_ends(lookup, at) {
            let mut further = Left { start: at, ..Left::default() };
            compose(lookup, &mut further, kind);
            if further.strong {
                left.start = further.start;
                left.strong = true;
                left.codes = further.codes;
                left.place_len = 0;
                return;
            }
        }
        let c = lookup.before(at).filter(|c| is_name_character(*c) && !STOP_CHARACTERS.contains(*c));
        let stopped =
            c.is_none() || taken > 0 && foreign && taken > 3 && !lookup.before(at).is_some_and(is_sound);
        if stopped || stops_kind(lookup, at, kind) {
            // Two characters are the least a name of its own has; a weak head wants it to be short, too.
            if taken >= 2 && (full || taken <= 4 || kind != Kind::Hospital || foreign) {
                left.start = at;
                left.strong = true;
            }
            return;
        }
        foreign &= lookup.before(at).is_some_and(is_sound);
        if taken >= unsounded && !foreign {
            return;
        }
        at -= c.map_or(0, char::len_utf8);
    }
}

/// Completes an owner's name before a well-known house (中国贵航 + 集团三〇二医院): a piece such as 集团 needs one.
fn extend_owner(lookup: &Lookup<'_>, left: &mut Left, kind: Kind) {
    if !lookup.text[left.start..].starts_with("集团") && !lookup.text[left.start..].starts_with("公司") {
        return;
    }
    let mut further = Left { start: left.start, ..Left::default() };
    extend_unknown(lookup, &mut further, kind, true);
    if further.strong {
        left.start = further.start;
        left.place_len = 0;
    } else {
        left.start += "集团".len();
    }
}

/// Tells whether `c` is one of the characters that foreign names are written with.
fn is_sound(c: char) -> bool {
    const SOUNDS: &str = "阿埃艾爱安昂奥巴白柏班邦贝本比彼宾波伯博布查达戴丹当德登迪蒂丁东杜顿多厄恩尔法凡菲芬佛弗夫福伏盖甘冈戈哥格贡古瓜圭哈海汉豪赫亨洪胡华怀惠霍基吉加贾简捷金津卡开坎康考科克肯库夸拉来莱兰郎劳勒雷黎里利林琳留卢鲁路伦罗洛马玛迈麦曼芒毛梅门蒙孟米密明摩莫墨默姆木穆那纳乃内尼宁纽农努诺欧帕派潘庞佩彭皮平珀普齐奇恰钱乔琼热仁日荣茹瑞若萨塞赛桑瑟森沙莎山尚舍申圣施什史舒斯斯丝苏索塔泰坦汤唐陶特腾提图托瓦万旺维韦威温翁沃乌武西希锡夏欣辛休雅亚延扬耶伊因英尤约赞泽扎詹章珍芝朱兹佐·丹昔";
    SOUNDS.contains(c)
}

/// Tells whether a word ends at `at` over which a name of this kind does not reach. Companies and charities are
/// named with any word but verbs of aid.
fn stops_kind(lookup: &Lookup<'_>, at: usize, kind: Kind) -> bool {
    if !matches!(kind, Kind::Company | Kind::Charity) {
        return stop_word_ends(lookup, at);
    }
    lookup.ending_at(at).iter().any(|hit| {
        lookup.vocabulary.senses(hit).iter().any(|sense| match sense {
            Sense::Part(row) => lookup.vocabulary.parts[*row].stop,
            Sense::Verb(row) => lookup.vocabulary.verbs[*row].strong && hit.len() > 3,
            _ => false,
        })
    })
}

pub(super) fn known_piece_ends(lookup: &Lookup<'_>, at: usize) -> bool {
    lookup.ending_at(at).iter().any(|hit| {
        lookup.vocabulary.senses(hit).iter().any(|sense| match sense {
            Sense::Division(row) => !lookup.vocabulary.divisions[*row].risky,
            Sense::Part(row) => lookup.vocabulary.parts[*row].owner,
            Sense::University(_) | Sense::Hospital(_) | Sense::Country(_) => true,
            _ => false,
        })
    })
}

pub(super) fn stop_word_ends(lookup: &Lookup<'_>, at: usize) -> bool {
    lookup.ending_at(at).iter().any(|hit| {
        lookup.vocabulary.senses(hit).iter().any(|sense| match sense {
            Sense::Part(row) => {
                let part = lookup.vocabulary.parts[*row];
                part.stop || part.generic && hit.len() > 3
            }

            Sense::Verb(_)
            | Sense::Title
            | Sense::MeasuringVerb(_)
            | Sense::Noun(_)
            | Sense::Programme(_) => true,
            Sense::Specialty(_) | Sense::Head(_) => hit.len() > 3,
            _ => false,
        })
    })
}
