//! The headline: which line it is, and what of it counts.

use std::ops::Range;

use crate::flat::Flat;
use crate::html::tag::Tag;
use crate::kind::{Judged, Kind};
use crate::names;
use crate::shape::{End, Shape};

/// How far before the article its headline may stand, in lines.
const REACH: usize = 40;
/// How much of the article is compared with a headline, in bytes.
const SAMPLE: usize = 9_000;

/// The headline of a page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Title {
    pub(crate) text: Option<String>,
    /// The lines that hold it.
    pub(crate) lines: Range<usize>,
}

/// Finds the headline of the article that stands in the lines `region`.
pub(crate) fn find(flat: &Flat<'_>, lines: &[Judged], region: &Range<usize>) -> Title {
    let head = flat.head.title.as_deref().map(squeeze).unwrap_or_default();
    let sample = Pairs::of_lines(flat, region);
    let first = region.start.saturating_sub(REACH);
    let last = (region.start + 3).min(region.end.max(region.start + 1)).min(lines.len());
    let mut best: Option<(f32, usize)> = None;
    for index in first..last {
        if let Some(score) = score(flat, lines, region, index, &head, &sample)
            && best.is_none_or(|(value, _)| score > value)
        {
            best = Some((score, index));
        }
    }
    match best {
        Some((score, index)) if score > 1.0 => {
            let first = first_of_pair(flat, lines, index);
            joined(flat, lines, region, first, first < index, &head, &sample)
        }
        _ => Title { text: from_head(flat), lines: 0..0 },
    }
}

fn score(
    flat: &Flat<'_>,
    lines: &[Judged],
    region: &Range<usize>,
    index: usize,
    head: &str,
    sample: &Pairs,
) -> Option<f32> {
    let judged = &lines[index];
    let line = flat.line(index);
    let content = judged.shape.content();
    let squeezed = squeeze(line);
    let in_head = squeezed.chars().count() >= 5 && head.contains(squeezed.as_str());
    let mut score = match judged.kind {
        Kind::Short => 0.5,
        Kind::Prose | Kind::Cut if content <= 60 => 0.0,
        Kind::Entry => -0.5,
        Kind::Nav | Kind::Crumb | Kind::Caption | Kind::Fields | Kind::Legal | Kind::Aside if in_head => 0.0,
        _ => return None,
    };
    if index >= region.start {
        // A sentence in the article is no headline, whatever it shares with the rest.
        if line.ends_with('。') {
            return None;
        }
        score -= 1.0;
    }
    score += match content {
        0..=4 => -4.0,
        5..=7 => 0.0,
        8..=50 => 1.0,
        51..=70 => 0.0,
        _ => -3.0,
    };
    score += 4.0 * sample.share(line);
    score -= 0.08 * index.abs_diff(region.start) as f32;
    // Headlines stand before the first paragraph.
    if (region.start..index)
        .any(|before| lines[before].shape.content() > 30 && lines[before].kind == Kind::Prose)
    {
        return None;
    }
    if names::is_house(line) && !in_head {
        score -= 4.0;
    }
    if is_item(line) {
        score -= 3.0;
    }
    if is_second(line) {
        score -= 5.0;
    }
    if judged.shape.end == End::Stop && line.trim_end().ends_with('。') {
        score -= 2.0;
    }
    let near = |step: usize| lines.get(index + step).is_some_and(|next| next.kind == Kind::Fields);
    score += if near(1) {
        2.0
    } else if near(2) {
        1.0
    } else {
        0.0
    };
    score += f32::from(u8::from(index > 0 && matches!(lines[index - 1].kind, Kind::Crumb | Kind::Fields)));
    if in_head {
        score += 2.0 + 3.0 * (squeezed.chars().count() as f32 / head.chars().count().max(1) as f32).min(1.0);
    } else if repeated(flat, index, &squeezed) {
        score += 1.5;
    }
    let meta = &flat.lines[index];
    score += match meta.tag {
        Tag::Heading(1) => 2.5,
        Tag::Heading(2) => 1.5,
        Tag::Heading(_) => 0.5,
        _ => 0.0,
    };
    let role = flat.nodes[meta.node as usize].role;
    score += if role.title { 1.0 } else { 0.0 } - if role.hidden { 1.5 } else { 0.0 };
    Some(score)
}

/// Returns whether the line begins as the second line of a headline does.
fn is_second(line: &str) -> bool {
    line.starts_with(['—', '―', '─', '－', '–']) || line.starts_with("--")
}

/// Returns whether the line begins with the number of an item: 一、 （二） 3.
fn is_item(line: &str) -> bool {
    let bare = line.trim_start_matches(['（', '(', '第']);
    let number =
        bare.find(|c: char| !c.is_ascii_digit() && !"一二三四五六七八九十".contains(c)).unwrap_or(bare.len());
    number > 0 && bare[number..].starts_with(['、', '.', '．', '）', ')', '章', '条', '节'])
}

/// Returns the line of a headline pair that stands before `index`, where there is one.
fn first_of_pair(flat: &Flat<'_>, lines: &[Judged], index: usize) -> usize {
    let Some(before) = index.checked_sub(1) else { return index };
    let content = lines[before].shape.content();
    let above = before.checked_sub(1).map(|above| lines[above].kind);
    let headed = |at: usize| matches!(flat.lines[at].tag, Tag::Heading(1 | 2));
    let dump = above == Some(Kind::Crumb) && flat.nodes.len() == 1;
    let fields = lines.get(index + 1).is_some_and(|next| next.kind == Kind::Fields);
    let plain =
        lines[before].kind == Kind::Short && lines[index].kind == Kind::Short && (8..=32).contains(&content);
    let different = !squeeze(flat.line(before)).contains(&squeeze(flat.line(index)))
        && !names::is_house(flat.line(before))
        && !names::is_house(flat.line(index));
    if plain && fields && different && (dump || headed(before) && headed(index)) { before } else { index }
}

/// Returns whether the line stands a second time near the top of the page, alone or before the site's name.
fn repeated(flat: &Flat<'_>, index: usize, squeezed: &str) -> bool {
    let wanted = squeezed.chars().count() >= 8;
    wanted
        && (0..flat.lines.len().min(8))
            .any(|other| other != index && squeeze(flat.line(other)).starts_with(squeezed))
}

/// Joins the lines of a headline pair and cuts what is no part of it.
fn joined(
    flat: &Flat<'_>,
    lines: &[Judged],
    region: &Range<usize>,
    index: usize,
    pair: bool,
    head: &str,
    sample: &Pairs,
) -> Title {
    let first = clean(flat.line(index));
    let single = Title { text: Some(first.clone()), lines: index..index + 1 };
    if let Some(whole) = whole_in_head(flat, index, head) {
        return whole;
    }
    let next = index + 1;
    if next >= lines.len() || next > region.start + 1 {
        return single;
    }
    let line = flat.line(next);
    let dashed = is_second(line);
    let content = lines[next].shape.content();
    let plain = next < region.start
        && lines[next].kind == Kind::Short
        && (8..=40).contains(&content)
        && sample.share(line) >= 0.4
        && !names::is_house(line)
        && squeeze(line) != squeeze(flat.line(index))
        && flat.lines[next].linked == 0
        && lines
            .get(next + 1)
            .is_some_and(|after| matches!(after.kind, Kind::Fields | Kind::Tool | Kind::Image));
    let fits = (5..=60).contains(&content) && !line.ends_with('。');
    if !(dashed && fits || plain || (pair && !names::is_house(line))) {
        return single;
    }
    let second = line.trim_start_matches(['—', '―', '─', '－', '–', '-', ' ', '\u{3000}']);
    Title { text: Some(format!("{first}——{}", second.trim())), lines: index..next + 1 }
}

/// Where the page's `title` element goes on after the line and the next lines say the same, takes them as one headline.
fn whole_in_head(flat: &Flat<'_>, index: usize, head: &str) -> Option<Title> {
    let mut seen = squeeze(flat.line(index));
    if !head.starts_with(seen.as_str()) {
        return None;
    }
    let mut text = flat.line(index).to_owned();
    let mut end = index + 1;
    while end < flat.lines.len() && end < index + 4 {
        seen.push_str(&squeeze(flat.line(end)));
        if !head.starts_with(seen.as_str()) {
            break;
        }
        text.push_str(flat.line(end));
        end += 1;
    }
    (end > index + 1).then(|| Title { text: Some(clean(&text)), lines: index..end })
}

/// Returns the headline as the head of the page gives it, without the site's name.
fn from_head(flat: &Flat<'_>) -> Option<String> {
    let open_graph = flat.head.meta("og:title").or_else(|| flat.head.meta("articletitle"));
    let title = open_graph.map(str::to_owned).or_else(|| flat.head.title.clone())?;
    Some(clean(&without_site(title.trim()))).filter(|title| !title.is_empty())
}

/// Cuts `_健康_车城新闻网`, ` - 甬江时报网`, `--天山健康网` from the end of a page's title.
pub(crate) fn without_site(title: &str) -> String {
    let mut rest = title.trim();
    loop {
        let cut = ["_", " - ", "--", " – ", "|", "｜", "-"].iter().filter_map(|mark| {
            let (left, right) = rest.rsplit_once(mark)?;
            let (left, right) = (left.trim_end_matches(['_', '-', '|', ' ']), right.trim());
            let sure = !matches!(*mark, "-" | "|" | "｜") || names::is_site(right);
            (sure && Shape::of(left).content() >= 6 && Shape::of(right).content() <= 16).then_some(left)
        });
        match cut.min_by_key(|left| std::cmp::Reverse(left.len())) {
            Some(left) => rest = left,
            None => return rest.to_owned(),
        }
    }
}

/// Cuts 【…】 tags at the start and white space.
fn clean(line: &str) -> String {
    let mut rest = line.trim();
    while let Some(inside) = rest.strip_prefix('【') {
        match inside.split_once('】') {
            Some((_, after)) if Shape::of(after).content() >= 5 => rest = after.trim_start(),
            _ => break,
        }
    }
    let mut out = String::with_capacity(rest.len());
    for word in rest.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Returns `text` without white space.
pub(crate) fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !crate::dump::blank(*c)).collect()
}

/// The pairs of neighbouring Han characters of a text, as a set of hashes.
struct Pairs {
    bits: Vec<u64>,
}

impl Pairs {
    fn of_lines(flat: &Flat<'_>, region: &Range<usize>) -> Pairs {
        let mut pairs = Pairs { bits: vec![0; 1024] };
        let mut seen = 0;
        // A headline among the first lines must not be compared with itself, so only longer lines count.
        for index in region.clone().filter(|index| flat.lines[*index].range.len() > 180) {
            let line = flat.line(index);
            each_pair(line, |at| pairs.bits[at / 64] |= 1 << (at % 64));
            seen += line.len();
            if seen > SAMPLE {
                break;
            }
        }
        if seen == 0 {
            region
                .clone()
                .skip(1)
                .for_each(|index| each_pair(flat.line(index), |at| pairs.bits[at / 64] |= 1 << (at % 64)));
        }
        pairs
    }

    /// Returns the share of the pairs of `line` that are in the set.
    fn share(&self, line: &str) -> f32 {
        let (mut all, mut known) = (0u32, 0u32);
        each_pair(line, |at| {
            all += 1;
            known += u32::from(self.bits[at / 64] >> (at % 64) & 1 == 1);
        });
        if all == 0 { 0.0 } else { known as f32 / all as f32 }
    }
}

fn each_pair(line: &str, mut take: impl FnMut(usize)) {
    let mut before: Option<char> = None;
    for c in line.chars() {
        let this = Some(c).filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c) || c.is_alphanumeric());
        if let (Some(left), Some(right)) = (before, this) {
            let hash = (left as u32).wrapping_mul(0x9E37_79B1) ^ (right as u32).wrapping_mul(0x85EB_CA77);
            take((hash >> 16) as usize & 0xFFFF);
        }
        before = this;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn site_names_are_cut() {
        for (title, wanted) in [
            ("两院签约_健康_某某新闻网", "两院签约_健康"),
            ("六名专家飞抵比如 - 甲地时报网", "六名专家飞抵比如"),
            ("医生扎根于田十三年--某健康网", "医生扎根于田十三年"),
        ] {
            assert!(without_site(title).starts_with(&wanted[..12]), "{title}");
            assert!(!without_site(title).contains("网"), "{title}");
        }
    }

    #[test]
    fn tags_are_cut() {
        assert_eq!(clean("【患者心声】千里寻医  一包干牛肉"), "千里寻医 一包干牛肉");
        assert_eq!(clean("【公告】"), "【公告】");
    }
}
