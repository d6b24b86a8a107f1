//! Chooses, line by line, what of the article's stretch is text of the article.

use std::collections::HashSet;
use std::ops::Range;

use crate::byline::{self, Credits};
use crate::flat::Flat;
use crate::kind::{Judged, Kind};
use crate::memory;
use crate::page::Reason;
use crate::shape::{End, Shape};
use crate::words::Field;

/// What is kept of a stretch of lines, and why the rest is not.
#[derive(Debug, Default)]
pub(crate) struct Cut {
    /// Bytes of the flat text, one range a paragraph.
    pub(crate) kept: Vec<Range<usize>>,
    pub(crate) removed: Vec<(Range<usize>, Reason)>,
}

/// Cuts holes into `region`; names found in brackets that are cut go to `credits`.
pub(crate) fn cut(
    flat: &Flat<'_>,
    lines: &[Judged],
    region: &Range<usize>,
    title: &Range<usize>,
    headline: &str,
    credits: &mut Credits,
) -> Cut {
    let mut cut = Cut::default();
    let mut seen: HashSet<u64> = HashSet::new();
    let titles = title.clone().map(|index| flat.line(index)).chain([headline]);
    let titles: Vec<u64> = titles.filter(|line| Shape::of(line).content() >= 5).map(memory::hash).collect();
    let opening = openings(flat, lines, region);
    // Where all of the article is hidden, a script shows it.
    let shown = region.clone().any(|index| {
        lines[index].kind == Kind::Prose && !flat.nodes[flat.lines[index].node as usize].role.hidden
    });
    let last = region
        .clone()
        .rev()
        .find(|index| reason(flat, lines, *index, shown).is_none())
        .map_or(0, |index| index + 1);
    let mut begun = false;
    for index in region.clone() {
        let line = &flat.lines[index];
        let text = flat.line(index);
        let reason = if title.contains(&index) {
            Some(Reason::Title)
        } else if !begun && lines[index].kind == Kind::Short && credits.read_house_line(text) {
            Some(Reason::Fields)
        } else {
            reason(flat, lines, index, shown)
                .or_else(|| opening.contains(&index).then_some(Reason::Summary))
                .or_else(|| repeats(text, &lines[index].shape, &titles, &mut seen))
        };
        if let Some(reason) = reason {
            cut.removed.push((line.range.clone(), reason));
            continue;
        }
        let range = without_bracket(text, index + 1 == last, credits);
        if range.is_empty() {
            cut.removed.push((line.range.clone(), Reason::Byline));
            continue;
        }
        begun = true;
        let kept = line.range.start + range.start..line.range.start + range.end;
        if kept.end < line.range.end {
            cut.removed.push((kept.end..line.range.end, Reason::Byline));
        }
        cut.kept.push(kept);
    }
    cut
}

/// Returns why the line is no text of the article, judged by its kind and its box.
fn reason(flat: &Flat<'_>, lines: &[Judged], index: usize, shown: bool) -> Option<Reason> {
    let line = &flat.lines[index];
    let role = flat.nodes[line.node as usize].role;
    let shape = &lines[index].shape;
    if let Some(reason) = of_kind(lines[index].kind) {
        return Some(reason);
    }
    if f64::from(line.linked) > 0.6 * line.range.len() as f64 && shape.end != End::Stop {
        return Some(Reason::Related);
    }
    let small = shape.content() <= 60;
    match () {
        () if role.hidden && shown => Some(Reason::Hidden),
        () if role.comment => Some(Reason::Comment),
        () if role.caption && small => Some(Reason::Caption),
        () if role.summary && index < lines.len() && small => Some(Reason::Summary),
        () => None,
    }
}

/// Returns the reason to leave out a line of this kind; `None` for text.
pub(crate) fn of_kind(kind: Kind) -> Option<Reason> {
    Some(match kind {
        Kind::Prose | Kind::Short | Kind::Cut | Kind::Entry => return None,
        Kind::Fields => Reason::Fields,
        Kind::Crumb | Kind::Nav => Reason::Navigation,
        Kind::Tool => Reason::Tool,
        Kind::Share => Reason::Share,
        Kind::Tail | Kind::End => Reason::Related,
        Kind::Comment => Reason::Comment,
        Kind::Legal => Reason::Legal,
        Kind::Aside => Reason::Summary,
        Kind::Caption => Reason::Caption,
        Kind::Image => Reason::Image,
        Kind::Junk => Reason::Widget,
        Kind::Advert => Reason::Advert,
        Kind::Site => Reason::Site,
    })
}

/// Returns a reason where the line repeats the headline or an earlier paragraph.
fn repeats(text: &str, shape: &Shape, titles: &[u64], seen: &mut HashSet<u64>) -> Option<Reason> {
    let hash = memory::hash(text);
    if titles.contains(&hash) {
        return Some(Reason::Title);
    }
    (shape.content() >= 12 && !seen.insert(hash)).then_some(Reason::Repeat)
}

/// Returns those of the first lines that later paragraphs repeat word for word: summaries.
fn openings(flat: &Flat<'_>, lines: &[Judged], region: &Range<usize>) -> Vec<usize> {
    let first = region.clone().take(3).filter(|index| matches!(lines[*index].kind, Kind::Prose | Kind::Cut));
    first
        .filter(|index| {
            let bare = flat.line(*index).trim_end_matches(['。', '.', '…', '！', ' ']);
            let known = bare.chars().count() >= 15;
            known
                && (*index + 1..region.end).any(|later| {
                    flat.lines[later].range.len() > flat.lines[*index].range.len()
                        && memchr::memmem::find(flat.line(later).as_bytes(), bare.as_bytes()).is_some()
                })
        })
        .collect()
}

/// Returns the part of a paragraph before a closing bracket that only holds bylines; empty if that is all there is.
fn without_bracket(text: &str, last: bool, credits: &mut Credits) -> Range<usize> {
    let trimmed = text.trim_end();
    let Some(close) = trimmed.chars().next_back().filter(|c| matches!(c, '）' | ')' | '〕' | '】' | ']'))
    else {
        return 0..text.len();
    };
    let open = match close {
        '）' | ')' => trimmed.rfind(['（', '(']),
        '〕' => trimmed.rfind('〔'),
        _ => trimmed.rfind(['【', '[']),
    };
    let Some(open) = open.filter(|open| trimmed.len() - open <= 240) else {
        return 0..text.len();
    };
    let inside = &trimmed[open..trimmed.len() - close.len_utf8()];
    let inside = inside.trim_start_matches(['（', '(', '〔', '【', '[']);
    let labelled = byline::labels(inside)
        .first()
        .is_some_and(|hit| hit.range.start <= 24 && !matches!(hit.field, Some(Field::Count | Field::Date)));
    let cut = Shape::of(inside).stops == 0
        && (labelled && credits.read_bracket(inside) || last && credits.read_bare_bracket(inside));
    if cut {
        return 0..trimmed[..open].trim_end().len();
    }
    0..text.len()
}
