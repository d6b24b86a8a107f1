//! Where an organisation is, and the place an elided name leaves out.

use std::collections::BTreeMap;

use crate::name::Name;
use crate::record::{OrganizationKind as Kind, Region};
use crate::vocabulary::{Level, Vocabulary};

/// Chooses the region of an entity among the divisions its names may mean.
///
/// A name of several divisions (鼓楼区) means the one whose province or city the article names elsewhere.
pub(crate) fn resolve<'n>(
    vocabulary: &Vocabulary,
    codes: impl Iterator<Item = &'n [String]>,
    names: &[Name],
) -> Region {
    let lists: Vec<&[String]> = codes.collect();
    let Some(candidates) = lists.iter().min_by_key(|list| list.len()) else {
        return Region::default();
    };
    let code = match candidates {
        [code] => code,
        several => {
            let around = surrounding(names);
            let best = several.iter().max_by_key(|code| {
                let at =
                    |length: usize| around.get(code.get(..length).unwrap_or_default()).copied().unwrap_or(0);
                (at(4), at(2), std::cmp::Reverse((*code).clone()))
            });
            match best {
                Some(code) => code,
                None => return Region::default(),
            }
        }
    };
    if code.len() != 6 {
        return Region::default();
    }
    let [province, city, county] = vocabulary.chain(code);
    Region { code: Some(code.clone()), province, city, county }
}

/// How often the article's unambiguous names lie in each province (two digits) and city (four digits).
fn surrounding(names: &[Name]) -> BTreeMap<&str, usize> {
    let mut around = BTreeMap::new();
    for name in names {
        if let [code] = name.codes.as_slice() {
            for length in [2, 4] {
                if let Some(prefix) = code.get(..length)
                    && !prefix.ends_with("00")
                {
                    *around.entry(prefix).or_insert(0) += 1;
                }
            }
        }
    }
    around
}

/// Completes the elided name `names[index]` (市人民医院) from the nearest place of its rank, before it if there
/// is one, else from the site's name, else after it.
pub(super) fn complete(
    vocabulary: &Vocabulary,
    text: &str,
    names: &[Name],
    index: usize,
    site: Option<&str>,
) -> Option<String> {
    let form = names[index].form(text);
    let rank = form.chars().next()?;
    if let Some(suffix) = crate::name::small_rank(&form) {
        let town = |name: &&Name| name.kind == Kind::Place && text[..name.end].ends_with(suffix);
        let place =
            names[..index].iter().rev().find(town).or_else(|| names[index + 1..].iter().find(town))?;
        return Some(format!("{}{}", place.form(text), form.strip_prefix(suffix)?));
    }
    let rest = form.strip_prefix(rank)?;
    let fits = |code: &String| {
        let (full, level) = vocabulary.by_code.get(code)?;
        let ranked = match rank {
            '省' => *level == Level::Province,
            '市' => full.ends_with('市') && *level != Level::Province || is_municipality(full),
            _ => full.ends_with(rank) || rank == '县' && full.ends_with("自治县"),
        };
        ranked.then(|| full.clone())
    };
    let of_name = |name: &Name| match name.codes.as_slice() {
        [code] => fits(code).or_else(|| container(code, rank).and_then(|code| fits(&code))),
        _ => None,
    };
    let before = names[..index].iter().rev().find_map(of_name);
    let from_site = || {
        let site = site?;
        let all = vocabulary
            .by_code
            .values()
            .filter(|(full, _)| site.contains(full.as_str()) && full.ends_with(rank));
        all.map(|(full, _)| full.clone()).max_by_key(|full| full.len())
    };
    let place = before.or_else(from_site).or_else(|| names[index + 1..].iter().find_map(of_name))?;
    Some(format!("{place}{rest}"))
}

fn is_municipality(full: &str) -> bool {
    matches!(full, "北京市" | "上海市" | "天津市" | "重庆市")
}

/// The province or city that contains a division, where the rank asks for it.
fn container(code: &str, rank: char) -> Option<String> {
    match rank {
        '省' => Some(format!("{}0000", code.get(..2)?)),
        '市' | '州' => Some(format!("{}00", code.get(..4)?)),
        _ => None,
    }
}
