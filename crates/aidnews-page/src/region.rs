//! Finds the stretch of lines that holds the article.
//!
//! Every line has a weight: prose is worth its length, chrome costs. The article is the stretch with the best sum,
//! with a bonus for beginning right after a source line and for ending right before what closes articles. Prose after
//! the head of a list of other articles, or after the readers' comments begin, is worth less until a new head of an
//! article is seen. All of this is one pass over the lines.

use std::ops::Range;

use crate::flat::Flat;
use crate::html::tag::Tag;
use crate::kind::{Judged, Kind};
use crate::shape::End;

/// Returns the lines of the article; empty where no line is worth anything.
pub(crate) fn find(flat: &Flat<'_>, lines: &[Judged]) -> Range<usize> {
    let mut weights = weigh(flat, lines, false);
    let mut best = best_run(lines, &weights);
    if best.is_empty() {
        // Some pages hide their article until a script shows it.
        weights = weigh(flat, lines, true);
        best = best_run(lines, &weights);
    }
    best.start = with_preamble(flat, lines, best.start);
    if flat.nodes.len() > 1 { fit_to_box(flat, lines, &weights, best) } else { best }
}

fn weigh(flat: &Flat<'_>, lines: &[Judged], hidden: bool) -> Vec<f32> {
    let mut zone = Zone::default();
    let mut shorts = 0;
    let mut weights = Vec::with_capacity(lines.len());
    for (index, judged) in lines.iter().enumerate() {
        zone.enter(judged);
        shorts = if matches!(judged.kind, Kind::Short | Kind::Entry) { shorts + 1 } else { 0 };
        let mut weight = zone.weigh(line_weight(judged, shorts));
        let line = &flat.lines[index];
        let role = flat.nodes[line.node as usize].role;
        let linked = f64::from(line.linked) / (line.range.len().max(1) as f64);
        if role.hidden && !hidden {
            weight = weight.min(-0.05);
        } else if role.comment {
            weight = if weight > 0.0 { weight * 0.2 } else { weight };
        } else if role.chrome {
            weight = if weight > 0.0 { weight * 0.4 } else { weight };
        }
        if linked > 0.6 {
            weight = weight.min(-0.8);
        } else if line.tag == Tag::Item && judged.kind != Kind::Prose {
            weight -= 0.2;
        }
        weights.push(weight);
    }
    weights
}

/// Whether what is read stands in a list of other articles or among comments.
#[derive(Default)]
struct Zone {
    other: bool,
}

impl Zone {
    fn enter(&mut self, judged: &Judged) {
        match judged.kind {
            Kind::Tail | Kind::Comment => self.other = true,
            Kind::Crumb => self.other = false,
            Kind::Fields if judged.labels > 0 && judged.shape.digits >= 8 => self.other = false,
            _ => {}
        }
    }

    fn weigh(&self, weight: f32) -> f32 {
        match (self.other, weight > 0.0) {
            (true, true) => weight * 0.35,
            (true, false) => weight * 1.5,
            _ => weight,
        }
    }
}

fn line_weight(judged: &Judged, shorts: u32) -> f32 {
    let content = judged.shape.content() as f32;
    match judged.kind {
        Kind::Prose if judged.shape.end == End::Going => 0.3,
        Kind::Prose => 0.4 + (content / 25.0).min(10.0),
        Kind::Short if shorts <= 2 => -0.2,
        Kind::Short => -0.5,
        Kind::Cut => (content / 60.0).min(3.0) - 0.8,
        Kind::Entry => -1.2,
        Kind::Fields => -2.0,
        Kind::Crumb => -4.0,
        Kind::Nav => -1.5,
        Kind::Tool => -0.3,
        Kind::Share => -0.8,
        Kind::Tail => -5.0,
        Kind::Comment => -6.0,
        Kind::Legal => -3.0,
        Kind::End => -4.0,
        Kind::Aside => -0.2,
        Kind::Caption | Kind::Image => -0.05,
        Kind::Junk => -0.3,
        Kind::Advert | Kind::Site => -1.0,
    }
}

/// Returns whether an article may begin right after a line of this kind.
fn opens(kind: Kind) -> bool {
    matches!(kind, Kind::Fields | Kind::Tool | Kind::Share | Kind::Aside | Kind::Crumb)
}

/// Returns whether an article may end right before a line of this kind.
fn closes(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Fields | Kind::Tail | Kind::Comment | Kind::End | Kind::Legal | Kind::Share | Kind::Tool
    )
}

/// Finds the run with the best sum of weights and bonuses; linear.
fn best_run(lines: &[Judged], weights: &[f32]) -> Range<usize> {
    let mut best = (0.0, 0..0);
    let mut open: Option<(f32, usize)> = None;
    let mut sum = 0.0;
    for (index, weight) in weights.iter().enumerate() {
        let bonus = match index.checked_sub(1).map(|before| lines[before].kind) {
            Some(Kind::Fields) => 2.5,
            Some(kind) if opens(kind) => 1.0,
            _ => 0.0,
        };
        let candidate = bonus - sum;
        if open.is_none_or(|(value, _)| candidate > value) {
            open = Some((candidate, index));
        }
        sum += weight;
        let bonus = match lines.get(index + 1) {
            Some(next) if closes(next.kind) => 1.0,
            _ => 0.0,
        };
        if let Some((value, start)) = open
            && sum + value + bonus > best.0 + 1e-6
            && is_body(lines[index].kind)
        {
            best = (sum + value + bonus, start..index + 1);
        }
    }
    let mut range = best.1;
    while range.start < range.end && !is_body(lines[range.start].kind) {
        range.start += 1;
    }
    // A bonus alone is no article.
    if range.clone().any(|index| weights[index] > 0.0) { range } else { 0..0 }
}

/// Takes in the bracket before a law or a decision: （2007年6月29日…会议通过）.
fn with_preamble(flat: &Flat<'_>, lines: &[Judged], start: usize) -> usize {
    let Some(before) = start.checked_sub(1) else { return start };
    let line = flat.line(before);
    let bracket = line.starts_with(['（', '(']) && line.ends_with(['）', ')']);
    let act = ["通过", "公布", "发布", "施行", "批准", "印发"].iter().any(|word| line.contains(word));
    if bracket && act && lines[before].kind == Kind::Short && lines[before].shape.digits >= 3 {
        before
    } else {
        start
    }
}

/// Returns whether a line of this kind may belong to the article's text.
pub(crate) fn is_body(kind: Kind) -> bool {
    matches!(kind, Kind::Prose | Kind::Short | Kind::Cut | Kind::Entry)
}

/// Fits a run of lines to the box of the page that holds most of its prose.
fn fit_to_box(flat: &Flat<'_>, lines: &[Judged], weights: &[f32], run: Range<usize>) -> Range<usize> {
    if run.is_empty() {
        return run;
    }
    let total: f32 = run.clone().map(|index| weights[index].max(0.0)).sum();
    let mut holder = deepest_holder(flat, weights, &run, total);
    // A paragraph alone is no box: its neighbours belong to the article as well.
    while !matches!(
        flat.nodes[holder as usize].tag,
        Tag::Box | Tag::Article | Tag::Main | Tag::Root | Tag::Aside
    ) {
        holder = flat.nodes[holder as usize].parent;
    }
    let inside = |index: &usize| flat.inside(flat.lines[*index].node, holder);
    let mut fitted = run.clone();
    while fitted.start < fitted.end && !inside(&fitted.start) {
        fitted.start += 1;
    }
    while fitted.end > fitted.start && !inside(&(fitted.end - 1)) {
        fitted.end -= 1;
    }
    let joins = |index: usize| {
        inside(&index)
            && matches!(lines[index].kind, Kind::Prose | Kind::Short | Kind::Caption | Kind::Image)
            && f64::from(flat.lines[index].linked) < 0.5 * flat.lines[index].range.len() as f64
    };
    while fitted.start > 0 && joins(fitted.start - 1) {
        fitted.start -= 1;
    }
    while fitted.end < lines.len() && joins(fitted.end) {
        fitted.end += 1;
    }
    fitted
}

/// Returns the deepest box that holds nearly all the weight of `run`.
fn deepest_holder(flat: &Flat<'_>, weights: &[f32], run: &Range<usize>, total: f32) -> u32 {
    // Boxes come before what they hold, so one pass from the last to the first sums every subtree.
    let mut sums = vec![0.0f32; flat.nodes.len()];
    for index in run.clone() {
        sums[flat.lines[index].node as usize] += weights[index].max(0.0);
    }
    for node in (1..flat.nodes.len()).rev() {
        let sum = sums[node];
        sums[flat.nodes[node].parent as usize] += sum;
    }
    let mut best = (0, 0);
    for (index, node) in flat.nodes.iter().enumerate() {
        if sums[index] >= total * 0.85 && node.depth >= best.1 {
            best = (u32::try_from(index).unwrap_or(0), node.depth);
        }
    }
    best.0
}
