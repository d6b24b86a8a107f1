//! The way from text to article.

use std::ops::Range;

use crate::byline::Credits;
use crate::date::{self, Stamp};
use crate::flat::Flat;
use crate::kind::{Judge, Judged, Kind};
use crate::page::{Page, Reason, Removed};
use crate::title::{self, Title};
use crate::{Format, assemble, dump, html, names, region, trim};

/// What is known of a page beforehand.
#[derive(Debug, Clone, Copy, Default)]
pub struct PageHint<'h> {
    /// The format; detected where it is not given.
    pub format: Option<Format>,
    /// The address the page came from; the page's own word goes before it.
    pub url: Option<&'h str>,
}

/// Reads pages. Cheap to share between threads.
///
/// # Examples
///
/// ```
/// use aidnews_page::{PageHint, PageReader};
/// let html = "<title>甲医院支援乙医院_某网</title><h1>甲医院支援乙医院</h1><p>昨日，甲医院专家抵达乙医院，开展为期一年的帮扶。</p>";
/// let page = PageReader::new().read(html, &PageHint::default());
/// assert_eq!(page.title.as_deref(), Some("甲医院支援乙医院"));
/// assert_eq!(page.text, "昨日，甲医院专家抵达乙医院，开展为期一年的帮扶。");
/// let source = page.origin.locate(0..6);
/// assert_eq!(&html[source], "昨日");
/// ```
#[derive(Debug, Clone, Default)]
pub struct PageReader {
    _private: (),
}

/// How many lines before and after the article may hold its fields.
const NEAR: usize = 14;

impl PageReader {
    /// Returns a reader with the built-in phrases.
    pub fn new() -> PageReader {
        crate::words::Words::get();
        PageReader::default()
    }

    /// Reads `text` as one page. Never fails: a page without an article gives an empty text.
    ///
    /// Linear in `text`; nothing recurses.
    pub fn read(&self, text: &str, hint: &PageHint<'_>) -> Page {
        let format = hint.format.unwrap_or_else(|| Format::detect(text));
        let flat = match format {
            Format::Html => html::flatten(text),
            _ => dump::flatten(text),
        };
        let mut judge = Judge::default();
        let lines: Vec<Judged> = (0..flat.lines.len())
            .map(|index| judge.judge(flat.line(index)))
            .collect();
        Reading {
            input: text,
            flat: &flat,
            lines: &lines,
            hint,
        }
        .page(format)
    }
}

/// One page on its way.
struct Reading<'r, 't> {
    input: &'t str,
    flat: &'r Flat<'t>,
    lines: &'r [Judged],
    hint: &'r PageHint<'r>,
}

impl Reading<'_, '_> {
    fn page(&self, format: Format) -> Page {
        let mut region = region::find(self.flat, self.lines);
        let title = title::find(self.flat, self.lines, &region);
        if title.lines.end > region.start && title.lines.end <= region.end {
            region.start = title.lines.end.min(region.end);
        }
        let mut credits = self.credits(&region, &title);
        let published = self.published(&region, &title);
        let headline = title.text.clone().unwrap_or_default();
        let cut = trim::cut(
            self.flat,
            self.lines,
            &region,
            &title.lines,
            &headline,
            &mut credits,
        );
        if let Some(first) = cut.kept.first() {
            credits.read_dateline(&self.flat.text[first.range.clone()]);
        }
        let paragraphs: Vec<Range<usize>> = cut.kept.iter().map(|kept| kept.range.clone()).collect();
        let (text, origin) = assemble::assemble(self.flat, &paragraphs, self.input.len());
        let site = self.site();
        if credits.editors.is_empty() {
            credits.editors = std::mem::take(&mut credits.reviewers);
        }
        Page {
            format,
            title_span: (!title.lines.is_empty())
                .then(|| self.flat.input(&self.flat.lines[title.lines.start].range))
                .or(self.flat.head.title_span.clone().filter(|_| title.text.is_some())),
            title: title.text.clone(),
            published,
            outlet: credits.outlet.or(credits.house),
            site,
            url: self.url(),
            authors: credits.authors,
            editors: credits.editors,
            image_dates: self.image_dates(&region),
            removed: self.removed(&region, &title, cut.removed),
            text,
            origin,
        }
    }

    /// Returns the lines just before the article that may hold its fields.
    fn header(&self, region: &Range<usize>, title: &Title) -> Range<usize> {
        let start = if title.lines.is_empty() || title.lines.start > region.start {
            region.start.saturating_sub(NEAR)
        } else {
            title.lines.start.saturating_sub(2)
        };
        start..region.start
    }

    fn credits(&self, region: &Range<usize>, title: &Title) -> Credits {
        let mut credits = Credits::default();
        let header = self.header(region, title);
        for index in header.clone() {
            match self.lines[index].kind {
                Kind::Fields => credits.read_line(self.flat.line(index)),
                Kind::Short if !title.lines.contains(&index) && index > header.start => {
                    if credits.house.is_none() && names::is_media(self.flat.line(index)) {
                        credits.house = names::outlet(self.flat.line(index));
                    }
                }
                _ => {}
            }
        }
        for index in region.clone() {
            if self.lines[index].kind == Kind::Fields {
                credits.read_line(self.flat.line(index));
            }
        }
        for index in region.end..self.lines.len().min(region.end + NEAR) {
            match self.lines[index].kind {
                Kind::Fields => credits.read_line(self.flat.line(index)),
                Kind::Tail | Kind::Comment => break,
                _ => {}
            }
        }
        credits
    }

    fn published(&self, region: &Range<usize>, title: &Title) -> Option<String> {
        let head = self.flat.head.published(self.input);
        let header = self.dates(self.header(region, title));
        let full = header.iter().find(|stamp| stamp.year.is_some());
        if let Some(stamp) = full {
            return stamp.iso();
        }
        if let Some(stamp) = &head {
            return stamp.iso();
        }
        let footer = self.dates(region.end..self.lines.len().min(region.end + NEAR));
        if let Some(stamp) = footer.iter().find(|stamp| stamp.year.is_some()) {
            return stamp.iso();
        }
        self.masthead(region, header.first())
    }

    fn dates(&self, lines: Range<usize>) -> Vec<Stamp> {
        let fields = lines.filter(|index| self.lines[*index].kind == Kind::Fields);
        fields
            .flat_map(|index| date::dates(self.flat.line(index)))
            .collect()
    }

    /// The date of a paper's issue: 河州日报 2025年09月03日 星期三, near the top.
    fn masthead(&self, region: &Range<usize>, short: Option<&Stamp>) -> Option<String> {
        let near = region.start.saturating_sub(12)..region.start;
        let found = near
            .rev()
            .filter(|index| self.flat.line(*index).len() <= 150)
            .find_map(|index| {
                let line = self.flat.line(index);
                let stamp = date::dates(line).into_iter().find(|stamp| stamp.year.is_some())?;
                let weekday = line.contains("星期") || line.contains('版');
                let agrees = short.is_some_and(|short| (short.month, short.day) == (stamp.month, stamp.day));
                (weekday || agrees).then_some(stamp)
            });
        found.and_then(|stamp| stamp.iso())
    }

    fn site(&self) -> Option<String> {
        self.flat.head.meta("og:site_name").and_then(names::outlet)
    }

    fn url(&self) -> Option<String> {
        let head = &self.flat.head;
        let own = head
            .canonical
            .clone()
            .or_else(|| head.meta("og:url").map(str::to_owned))
            .filter(|url| url.starts_with("http"));
        let line = || {
            (0..self.lines.len().min(12))
                .map(|index| self.flat.line(index))
                .find(|line| line.starts_with("http") && !line.contains(' ') && line.len() > 20)
                .map(str::to_owned)
        };
        own.or_else(line).or_else(|| self.hint.url.map(str::to_owned))
    }

    fn image_dates(&self, region: &Range<usize>) -> Vec<(i16, i8, i8)> {
        if region.is_empty() {
            return Vec::new();
        }
        let text = self.flat.lines[region.start].range.start..self.flat.lines[region.end - 1].range.end;
        let images = self
            .flat
            .images
            .iter()
            .filter(|image| text.contains(&image.at))
            .map(|image| &self.input[image.source.clone()]);
        let names = region
            .clone()
            .filter(|index| self.lines[*index].kind == Kind::Image)
            .map(|index| self.flat.line(index));
        images.chain(names).filter_map(date::in_file_name).collect()
    }

    fn removed(
        &self,
        region: &Range<usize>,
        title: &Title,
        inside: Vec<(Range<usize>, Reason)>,
    ) -> Vec<Removed> {
        let outside = (0..self.lines.len())
            .filter(|index| !region.contains(index))
            .map(|index| {
                let reason = if title.lines.contains(&index) {
                    Reason::Title
                } else {
                    trim::of_kind(self.lines[index].kind).unwrap_or(Reason::Outside)
                };
                (self.flat.lines[index].range.clone(), reason)
            });
        let mut all: Vec<Removed> = outside
            .chain(inside)
            .map(|(range, reason)| Removed {
                span: self.flat.input(&range),
                reason,
            })
            .collect();
        all.sort_by_key(|removed| (removed.span.start, removed.span.end));
        all
    }
}
