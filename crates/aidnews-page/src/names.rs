//! Names of people and of outlets, told from other words.

use std::collections::HashSet;
use std::sync::LazyLock;

use aidnews_compile::Lexicon;

struct Lists {
    never: HashSet<&'static str>,
    endings: Vec<&'static str>,
    no_outlet: HashSet<&'static str>,
    media: Vec<&'static str>,
    /// The last characters of `media`, a quick test before the list is gone through.
    media_ends: HashSet<char>,
    surnames: HashSet<&'static str>,
    verbs: Vec<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let text = include_str!("../lexicon/not_names.tsv");
    let lexicon = Lexicon::parse("not_names.tsv", text).expect("not_names.tsv is checked by tests");
    let media = Lexicon::parse("media.tsv", include_str!("../lexicon/media.tsv"))
        .expect("media.tsv is checked by tests");
    let surnames = Lexicon::parse("surnames.tsv", include_str!("../lexicon/surnames.tsv"))
        .expect("surnames.tsv is checked by tests");
    let verbs = Lexicon::parse("headline_verbs.tsv", include_str!("../lexicon/headline_verbs.tsv"))
        .expect("headline_verbs.tsv is checked by tests");
    Lists {
        verbs: verbs.entries().map(|entry| entry.surface()).collect(),
        never: lexicon.entries().filter_map(|entry| entry.surface().strip_prefix('=')).collect(),
        endings: lexicon.entries().filter_map(|entry| entry.surface().strip_prefix('~')).collect(),
        no_outlet: lexicon
            .entries()
            .map(|entry| entry.surface())
            .filter(|surface| !surface.starts_with(['=', '~']))
            .collect(),
        media_ends: media.entries().filter_map(|entry| entry.surface().chars().next_back()).collect(),
        media: media.entries().map(|entry| entry.surface()).collect(),
        surnames: surnames.entries().map(|entry| entry.surface()).collect(),
    }
});

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

/// Returns whether `text` may be a person's name: two to four Han characters, more where a dot joins two parts.
pub(crate) fn is_person(text: &str) -> bool {
    let count = text.chars().count();
    let dotted = text.contains(['·', '•', '・', '‧']);
    let letters = text.chars().all(|c| is_han(c) || matches!(c, '·' | '•' | '・' | '‧'));
    let fits = if dotted { (3..=14).contains(&count) } else { (2..=4).contains(&count) };
    let lists = &*LISTS;
    letters
        && fits
        && !lists.never.contains(text)
        && !(count > 2 && lists.endings.iter().any(|ending| text.ends_with(ending)))
        && !(count == 2 && lists.endings.iter().any(|ending| ending.chars().count() == 2 && text == *ending))
}

/// Returns the people named in `value`, the stretch after a label; what is no name ends the list once one was found.
pub(crate) fn people(value: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut single: Option<&str> = None;
    let separators = [
        ' ', '\u{3000}', '\u{a0}', '\t', '、', '，', ',', ';', '；', '/', '／', '&', '|', '｜', '：', ':',
        '【', '】', '[', ']', '(', ')', '（', '）', '。', '\u{2003}', '\u{2002}', '〔', '〕', '\n', '+',
        '丨',
    ];
    for token in value.split(separators).filter(|token| !token.is_empty()) {
        let token = token.split('_').next().unwrap_or(token).trim_matches(|c: char| !c.is_alphanumeric());
        let token = token.strip_suffix('等').unwrap_or(token);
        let alone = token.chars().count() == 1 && token.chars().all(is_han);
        if let Some(first) = single.take() {
            if alone {
                found.push(format!("{first}{token}"));
                continue;
            }
        } else if alone {
            single = Some(token);
            continue;
        }
        if is_person(token) {
            found.push(token.to_owned());
        } else if let Some((left, right)) =
            token.split_once('和').filter(|(left, right)| is_person(left) && is_person(right))
        {
            found.extend([left.to_owned(), right.to_owned()]);
        } else if !found.is_empty() && !token.is_empty() {
            break;
        }
    }
    let mut seen = HashSet::new();
    found.retain(|name| seen.insert(name.clone()));
    found
}

/// Returns whether `text` is a person's name that begins with a known surname.
fn has_surname(text: &str) -> bool {
    let surname = |len: usize| {
        text.char_indices().nth(len).is_some_and(|(end, _)| LISTS.surnames.contains(&text[..end]))
    };
    is_person(text) && (surname(1) || surname(2))
}

/// Returns the people of a signature without labels: 陈显建 刘燚, 县人民医院 王芳, 市中心医院李明.
///
/// Empty where anything in it is neither a name nor a house.
pub(crate) fn signed(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut alone: Option<&str> = None;
    for token in
        text.split([' ', '\u{3000}', '\u{a0}', '、', '，', ',', '/', '；']).filter(|token| !token.is_empty())
    {
        if let Some(first) = alone.take() {
            if token.chars().count() != 1 {
                return Vec::new();
            }
            found.push(format!("{first}{token}"));
        } else if token.chars().count() == 1 {
            alone = Some(token);
        } else if has_surname(token) && token.chars().count() <= 3 {
            found.push(token.to_owned());
        } else if let Some(person) = after_house(token) {
            found.push(person.to_owned());
        } else if !LISTS.endings.iter().any(|ending| token.ends_with(ending)) {
            return Vec::new();
        }
    }
    found
}

/// Returns the name at the end of 市中心医院李明.
fn after_house(token: &str) -> Option<&str> {
    let houses = [
        "医院",
        "卫生院",
        "中心",
        "委员会",
        "卫健委",
        "卫健局",
        "卫生局",
        "大学",
        "学院",
        "科",
        "办",
        "局",
        "报",
        "网",
        "台",
        "社",
    ];
    let at = houses.iter().filter_map(|house| token.rfind(house).map(|at| at + house.len())).max()?;
    let person = &token[at..];
    (has_surname(person) && person.chars().count() <= 3).then_some(person)
}

/// Returns `value` as the name of an outlet; `None` where it means the page's own house or nothing.
pub(crate) fn outlet(value: &str) -> Option<String> {
    let value = value.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '：' | ':'
                    | '|'
                    | '｜'
                    | '丨'
                    | '【'
                    | '】'
                    | '['
                    | ']'
                    | '（'
                    | '）'
                    | '('
                    | ')'
                    | '《'
                    | '》'
                    | '“'
                    | '”'
                    | '。'
                    | ','
                    | '，'
                    | '-'
                    | '—'
                    | '/'
                    | '·'
                    | '>'
                    | '"'
            )
    });
    let letters = value.chars().filter(|c| c.is_alphanumeric()).count();
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let lists = &*LISTS;
    let sane = (2..=40).contains(&letters)
        && digits * 2 < letters
        && !value.starts_with("http")
        && !value.contains(['。', '？', '！']);
    (sane && !lists.no_outlet.contains(value)).then(|| value.to_owned())
}

/// Returns whether `text` ends as the names of papers, stations and sites do.
pub(crate) fn is_media(text: &str) -> bool {
    let count = text.chars().count();
    (3..=18).contains(&count)
        && text.chars().next_back().is_some_and(|last| LISTS.media_ends.contains(&last))
        && LISTS.media.iter().any(|ending| text.ends_with(ending) && text.len() > ending.len())
        && !LISTS.no_outlet.contains(text)
}

/// Returns whether `text` ends as the names of sites in page titles do.
pub(crate) fn is_site(text: &str) -> bool {
    const ENDINGS: [&str; 16] = [
        "网",
        "委员会",
        "政府",
        "医院",
        "大学",
        "学院",
        "局",
        "厅",
        "频道",
        "门户",
        "中心",
        "协会",
        "基金会",
        "站",
        "号",
        "平台",
    ];
    is_media(text) || (text.chars().count() >= 3 && ENDINGS.iter().any(|ending| text.ends_with(ending)))
}

/// Returns whether `line` is no more than the name of a site, a paper or an institution, with a column or two.
pub(crate) fn is_house(line: &str) -> bool {
    let mut words = line
        .split([' ', '\u{3000}', '-', '_', '|', '·', '>', '/', '－', '—', '｜', '丨'])
        .filter(|word| !word.is_empty());
    let Some(first) = words.next() else { return false };
    let count = first.chars().count();
    let named = is_media(first) || (count >= 4 && is_site(first)) || first.ends_with("网");
    if !named || count > 16 {
        return false;
    }
    let verb = || LISTS.verbs.iter().any(|verb| first.contains(verb));
    let quoted = line.contains(['“', '”', '：', ':', '！', '？', '，', '《']);
    !quoted
        && !verb()
        && words.all(|word| {
            word.chars().count() <= 6 || is_media(word) || word.chars().any(|c| c.is_ascii_digit())
        })
}

/// Returns the length of the longest prefix of `text` that ends as the name of an outlet does, in bytes.
pub(crate) fn media_prefix(text: &str) -> Option<usize> {
    text.char_indices().map(|(at, c)| at + c.len_utf8()).take(16).filter(|end| is_media(&text[..*end])).last()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_after_labels() {
        for (value, wanted) in [
            ("骆一鸣 卢小舟", vec!["骆一鸣", "卢小舟"]),
            ("倪佳禾、葛雨桐", vec!["倪佳禾", "葛雨桐"]),
            ("杨倩_NF4425", vec!["杨倩"]),
            ("李 军", vec!["李军"]),
            ("宣传部 夏云帆", vec!["夏云帆"]),
            ("宣传统战科", vec![]),
            ("国内", vec![]),
            ("买买提·艾力", vec!["买买提·艾力"]),
            ("王芳和李明", vec!["王芳", "李明"]),
        ] {
            assert_eq!(people(value), wanted, "{value}");
        }
    }

    #[test]
    fn outlets() {
        for (value, wanted) in [
            ("新华网", Some("新华网")),
            ("【南方杂志】", Some("南方杂志")),
            ("本站原创", None),
            ("2021", None),
            ("", None),
        ] {
            assert_eq!(outlet(value).as_deref(), wanted, "{value}");
        }
        assert!(is_media("浦江晚讯") && !is_media("冯晓岚"));
    }
}
