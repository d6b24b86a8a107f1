//! How much of damaged text comes back: the figures of the accuracy table.

use std::fmt;
use std::path::Path;

use aidnews_text::gloss::{Class, GlossRepair, Repaired};

use crate::simulate::{Damaged, Fate, Site};

/// Sums over many damaged articles.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    pub(crate) articles: usize,
    pub(crate) recognised: usize,
    pub(crate) perfect: usize,
    pub(crate) characters: usize,
    pub(crate) damaged: Share,
    pub(crate) split: Share,
    pub(crate) open: Share,
    pub(crate) automatic: Share,
    pub(crate) swallowed: usize,
    pub(crate) lost_elsewhere: usize,
    pub(crate) faults: Vec<String>,
}

/// So many of so many.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Share {
    pub(crate) good: usize,
    pub(crate) all: usize,
}

impl Share {
    fn add(&mut self, good: bool) {
        self.good += usize::from(good);
        self.all += 1;
    }

    pub(crate) fn value(self) -> f64 {
        if self.all == 0 { 1.0 } else { self.good as f64 / self.all as f64 }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2} % ({} of {})", 100.0 * self.value(), self.good, self.all)
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "articles                    {} with {} characters", self.articles, self.characters)?;
        writeln!(f, "recognised                  {}", self.recognised)?;
        writeln!(f, "damaged restored            {}", self.damaged)?;
        writeln!(f, "both bytes seen             {}", self.split)?;
        writeln!(f, "open, trusted, right        {}", self.open)?;
        writeln!(f, "rebuilt without a mark      {}", self.automatic)?;
        writeln!(f, "ASCII swallowed             {}", self.swallowed)?;
        writeln!(f, "intact characters lost      {}", self.lost_elsewhere)?;
        write!(f, "perfect up to marks         {} of {}", self.perfect, self.articles)
    }
}

/// Damages every article `rounds` times, each time by another site, and adds up what comes back.
pub(crate) fn measure(articles: &[String], rounds: u64, cuts: f64) -> Figures {
    let mut figures = Figures::default();
    let repair = GlossRepair::new();
    for round in 0..rounds {
        for (number, article) in articles.iter().enumerate() {
            let mut site = Site::random(round * 10_007 + number as u64, cuts);
            let damaged = site.damage(article);
            figures.add(&damaged, &repair.repair(&damaged.text));
        }
    }
    figures
}

impl Figures {
    pub(crate) fn add(&mut self, damaged: &Damaged, repaired: &Repaired) {
        let truth: Vec<char> = damaged.truth.chars().collect();
        let output: Vec<char> = repaired.text.chars().map(crate::simulate::half_width).collect();
        let partner = align(&truth, &output);
        let mut right = vec![false; output.len()];
        for (at, found) in partner.iter().enumerate() {
            if let Some(found) = found {
                right[*found] = truth[at] == output[*found];
            }
        }
        self.articles += 1;
        self.characters += truth.len();
        self.recognised += usize::from(repaired.counts.annotations > 0);
        for (at, fate) in damaged.fates.iter().enumerate() {
            let restored = partner[at].is_some_and(|found| output[found] == truth[at]);
            match fate {
                Fate::Intact => self.lost_elsewhere += usize::from(!restored),
                Fate::Split => {
                    self.split.add(restored);
                    if !restored {
                        let line: String =
                            truth[at.saturating_sub(5)..truth.len().min(at + 6)].iter().collect();
                        let number = truth[..at].iter().filter(|&&c| c == '\n').count();
                        let seen = damaged.text.lines().nth(number).unwrap_or_default();
                        self.faults.push(format!("split {} in {line}\nLINE {seen}", truth[at]));
                    }
                }
                Fate::Lost => {}
                Fate::Swallowed => self.swallowed += 1,
            }
            if matches!(fate, Fate::Split | Fate::Lost) {
                self.damaged.add(restored);
            }
        }
        let mut excused = vec![false; output.len()];
        for edit in &repaired.edits {
            let start = repaired.text[..edit.output.start].chars().count();
            for (offset, restored) in edit.characters.iter().enumerate() {
                if restored.character != char::REPLACEMENT_CHARACTER {
                    self.automatic.add(!restored.class.is_marked());
                }
                if restored.class == Class::Open {
                    self.open.add(right[start + offset]);
                }
            }
            if !edit.characters.is_empty() && (0..edit.characters.len()).any(|offset| !right[start + offset])
            {
                let wanted = partner.iter().enumerate();
                let wanted = wanted
                    .filter(|(_, p)| p.is_some_and(|p| p >= start && p < start + edit.characters.len()));
                let wanted: String = wanted.map(|(at, _)| truth[at]).collect();
                let (old, new, class) = (&edit.old, &edit.new, edit.class.as_str());
                let before: String = output[start.saturating_sub(6)..start].iter().collect();
                let end = start + edit.characters.len();
                let after: String = output[end..output.len().min(end + 4)].iter().collect();
                let margin = edit.margin();
                self.faults
                    .push(format!("{old} -> {before}[{new}]{after} ({class} {margin:.1}), was {wanted}"));
            }
            if edit.class.is_marked() {
                excused[start..start + edit.new.chars().count()].fill(true);
            }
        }
        let perfect = (0..output.len()).all(|at| right[at] || excused[at])
            && damaged
                .fates
                .iter()
                .enumerate()
                .all(|(at, fate)| *fate != Fate::Intact || partner[at].is_some());
        self.perfect += usize::from(perfect);
    }
}

/// Returns the place in `output` of every character of `truth`, along a shortest way from one to the other.
fn align(truth: &[char], output: &[char]) -> Vec<Option<usize>> {
    let mut partner = vec![None; truth.len()];
    let (mut a, mut b) = (0, 0);
    // Lines keep their breaks, so they can be aligned one by one as long as their number agrees.
    let (left, right): (Vec<&[char]>, Vec<&[char]>) =
        (truth.split(|&c| c == '\n').collect(), output.split(|&c| c == '\n').collect());
    if left.len() != right.len() {
        align_line(truth, output, 0, 0, &mut partner);
        return partner;
    }
    for (x, y) in left.into_iter().zip(right) {
        align_line(x, y, a, b, &mut partner);
        a += x.len() + 1;
        b += y.len() + 1;
        if a <= truth.len() {
            partner[a - 1] = Some(b - 1);
        }
    }
    partner
}

fn align_line(x: &[char], y: &[char], a: usize, b: usize, partner: &mut [Option<usize>]) {
    let width = y.len() + 1;
    if x.len() == y.len() {
        (0..x.len()).for_each(|at| partner[a + at] = Some(b + at));
        if x.iter().zip(y).filter(|(p, q)| p != q).count() <= 8 {
            return;
        }
    }
    let mut cost = vec![0_u32; (x.len() + 1) * width];
    for i in (0..=x.len()).rev() {
        for j in (0..=y.len()).rev() {
            cost[i * width + j] = match (i == x.len(), j == y.len()) {
                (true, _) => (y.len() - j) as u32,
                (_, true) => (x.len() - i) as u32,
                _ => {
                    let same = cost[(i + 1) * width + j + 1] + u32::from(x[i] != y[j]);
                    same.min(cost[(i + 1) * width + j] + 1).min(cost[i * width + j + 1] + 1)
                }
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < x.len() {
        let here = cost[i * width + j];
        if j < y.len() && here == cost[(i + 1) * width + j + 1] + u32::from(x[i] != y[j]) {
            partner[a + i] = Some(b + j);
            (i, j) = (i + 1, j + 1);
        } else if here == cost[(i + 1) * width + j] + 1 {
            partner[a + i] = None;
            i += 1;
        } else {
            j += 1;
        }
    }
}

/// Returns the articles of a gold file that hold plain Simplified text, as paragraphs joined by line breaks.
pub(crate) fn articles(path: &Path, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let Ok(file) = std::fs::read_to_string(path) else {
        return Vec::new();
    };
    let rows =
        file.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("gold is JSON"));
    let wanted = rows.filter(|row| row["id"].as_str().is_some_and(&wanted));
    wanted.map(|row| paragraphs(&row)).filter(|text| text.chars().count() > 100).collect()
}

fn paragraphs(row: &serde_json::Value) -> String {
    let title = row["title"].as_str().into_iter();
    let paragraphs =
        row["paragraphs"].as_array().into_iter().flatten().filter_map(|p| p.as_str().or(p["text"].as_str()));
    title.chain(paragraphs).collect::<Vec<_>>().join("\n")
}
