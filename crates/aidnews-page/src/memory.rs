//! Lines that repeat on many pages of one site.

use std::collections::{BTreeMap, HashSet};

use crate::shape::Shape;
use crate::{Format, dump, html};

/// What the pages of one site have in common, learnt from the pages themselves.
///
/// A line that stands on several pages is chrome, however much it looks like prose: slogans, mission statements,
/// promotion. Nothing is learnt unless a caller asks for it: feed pages with [`SiteMemory::learn`], then hand the
/// memory to the reader in [`PageHint::memory`](crate::PageHint::memory).
///
/// Memory is bounded: at most `capacity` lines are remembered, 16 bytes each plus the tree around them. When it is
/// full, lines seen only once are forgotten, then those seen twice, and so on. The same pages in the same order give
/// the same memory.
///
/// # Examples
///
/// ```
/// use aidnews_page::{Format, PageHint, PageReader, SiteMemory};
/// let slogan = "本院坚持以病人为中心，全心全意为人民健康服务。";
/// let page = |day: u32| format!("医院要闻\n{day}日，甲医院第{day}批专家到乙县人民医院坐诊，接诊群众{day}0人次。\n{slogan}\n");
/// let mut memory = SiteMemory::new(10_000);
/// (1..=3).for_each(|day| memory.learn(&page(day), Format::Text));
/// let hint = PageHint { memory: Some(&memory), ..PageHint::default() };
/// assert!(!PageReader::new().read(&page(9), &hint).text.contains(slogan));
/// assert!(PageReader::new().read(&page(9), &PageHint::default()).text.contains(slogan));
/// ```
#[derive(Debug, Clone)]
pub struct SiteMemory {
    counts: BTreeMap<u64, u32>,
    capacity: usize,
    pages: u32,
    least: u32,
}

/// Lines with less than this, in characters, say too little to be remembered.
const BRIEF: u32 = 4;

impl SiteMemory {
    /// Returns an empty memory for at most `capacity` lines; a line counts as chrome from its third page on.
    pub fn new(capacity: usize) -> SiteMemory {
        SiteMemory { counts: BTreeMap::new(), capacity: capacity.max(1), pages: 0, least: 3 }
    }

    /// Sets on how many pages a line must stand to count as chrome; at least two.
    pub fn least_pages(mut self, least: u32) -> SiteMemory {
        self.least = least.max(2);
        self
    }

    /// Returns how many pages were learnt from.
    pub fn pages(&self) -> u32 {
        self.pages
    }

    /// Remembers the lines of a page; a line that stands on it twice counts once. Linear in `text`.
    pub fn learn(&mut self, text: &str, format: Format) {
        let flat = match format {
            Format::Html => html::flatten(text),
            Format::Text => dump::flatten(text),
        };
        self.pages = self.pages.saturating_add(1);
        let mut seen = HashSet::new();
        for index in 0..flat.lines.len() {
            let line = flat.line(index);
            if Shape::of(line).content() >= BRIEF && seen.insert(hash(line)) {
                self.count(hash(line));
            }
        }
    }

    fn count(&mut self, hash: u64) {
        if let Some(count) = self.counts.get_mut(&hash) {
            *count = count.saturating_add(1);
            return;
        }
        let mut rare = 1;
        while self.counts.len() >= self.capacity {
            self.counts.retain(|_, count| *count > rare);
            rare += 1;
        }
        self.counts.insert(hash, 1);
    }

    /// Returns whether `line` stands on enough pages of the site to be chrome.
    pub fn knows(&self, line: &str) -> bool {
        !self.counts.is_empty() && self.counts.get(&hash(line)).is_some_and(|count| *count >= self.least)
    }
}

/// FNV-1a over the characters that are no white space; the same on every machine and in every version.
pub(crate) fn hash(line: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for c in line.chars().filter(|c| !dump::blank(*c)) {
        hash = (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_bounded_and_keeps_what_repeats() {
        let mut memory = SiteMemory::new(100);
        for page in 0..200 {
            let own: String = (0..50).map(|line| format!("第{page}页的第{line}行各不相同\n")).collect();
            memory.learn(&format!("每一页都有的一行\n{own}"), Format::Text);
        }
        assert!(memory.counts.len() <= 100);
        assert!(memory.knows("每一页都有的一行"));
        assert!(!memory.knows("第7页的第7行各不相同"));
        assert_eq!(memory.pages(), 200);
    }

    #[test]
    fn a_line_counts_once_a_page() {
        let mut memory = SiteMemory::new(100);
        memory.learn("同一行文字\n同一行文字\n同一行文字\n", Format::Text);
        assert!(!memory.knows("同一行文字"));
    }
}
