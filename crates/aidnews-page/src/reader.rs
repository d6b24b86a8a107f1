//! The way from text to article.

use std::borrow::Cow;
use std::ops::Range;

use crate::byline::{self, Credits};
use crate::date::{self, Stamp};
use crate::flat::Flat;
use crate::html::tag::Tag;
use crate::kind::{Judge, Judged, Kind};
use crate::memory::SiteMemory;
use crate::page::{Page, Reason, Removed};
use crate::title::{self, Title};
use crate::words::Field;
use crate::{Format, assemble, dump, html, names, region, trim};

/// What is known of a page beforehand.
#[derive(Debug, Clone, Copy, Default)]
pub struct PageHint<'h> {
    /// The format; detected where it is not given.
    pub format: Option<Format>,
    /// The address the page came from; the page's own word goes before it.
    pub url: Option<&'h str>,
    /// What is known of the site; its repeated lines are left out.
    pub memory: Option<&'h SiteMemory>,
}

/// Reads pages. Cheap to share between threads.
///
/// # Examples
///
/// ```
/// use aidnews_page::{PageHint, PageReader};
/// let html = "<html><title>甲医院支援乙医院_某网</title><h1>甲医院支援乙医院</h1><p>昨日，甲医院专家抵达乙医院，开展为期一年的帮扶。</p>";
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
        let mut lines: Vec<Judged> =
            (0..flat.lines.len()).map(|index| judge.judge(flat.line(index))).collect();
        captions(&flat, &mut lines);
        if let Some(memory) = hint.memory {
            known(&flat, &mut lines, memory);
        }
        values(&mut lines);
        Reading { input: text, flat: &flat, lines: &lines, hint }.page(format)
    }
}

/// Calls a short text that follows an image in one box its caption.
fn captions(flat: &Flat<'_>, lines: &mut [Judged]) {
    for image in &flat.images {
        let index = flat.lines.partition_point(|line| line.range.end <= image.at);
        let Some(line) = flat.lines.get(index) else { return };
        let here = line.range.start == image.at && line.node == image.node;
        let small =
            lines[index].shape.content() <= 45 && matches!(lines[index].kind, Kind::Short | Kind::Prose);
        if here && small && !matches!(line.tag, Tag::Heading(_)) {
            lines[index].kind = Kind::Caption;
        }
    }
}

/// Marks the lines that the site's memory knows.
fn known(flat: &Flat<'_>, lines: &mut [Judged], memory: &SiteMemory) {
    for (index, judged) in lines.iter_mut().enumerate() {
        if region::is_body(judged.kind) && memory.knows(flat.line(index)) {
            judged.kind = Kind::Site;
        }
    }
}

/// Calls a short line after a label that waits for its value a field too.
fn values(lines: &mut [Judged]) {
    for index in 1..lines.len() {
        let small = lines[index].shape.content() <= 20
            && lines[index].shape.stops == 0
            && lines[index].kind != Kind::Fields;
        if small
            && lines[index - 1].waits()
            && matches!(lines[index].kind, Kind::Short | Kind::Junk | Kind::Nav | Kind::Tool)
        {
            lines[index].kind = Kind::Fields;
        }
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
        let cut = trim::cut(self.flat, self.lines, &region, &title.lines, &headline, &mut credits);
        if let Some(first) = cut.kept.first() {
            credits.read_dateline(&self.flat.text[first.clone()]);
        }
        let (text, origin) = assemble::assemble(self.flat, &cut.kept, self.input.len());
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
        let after = header.start.max(title.lines.end)..header.end;
        for index in after.clone().chain(header.start..after.start) {
            match self.lines[index].kind {
                Kind::Fields => credits.read_line(&self.fields(index)),
                Kind::Short if after.contains(&index) && !title.lines.is_empty() => {
                    credits.read_house_line(self.flat.line(index));
                }
                _ => {}
            }
        }
        for index in region.clone().filter(|index| self.lines[*index].kind == Kind::Fields) {
            credits.read_line(&self.fields(index));
        }
        self.closing_credits(region.end, &mut credits);
        credits
    }

    /// Reads the lines after the article: all fields near it, then only editors and owners of rights.
    fn closing_credits(&self, from: usize, credits: &mut Credits) {
        let mut near = true;
        for index in from..self.lines.len() {
            let line = &*self.fields(index);
            near &= index < from + NEAR && !matches!(self.lines[index].kind, Kind::Tail | Kind::Comment);
            match self.lines[index].kind {
                Kind::Fields if near => credits.read_line(line),
                Kind::Fields | Kind::Legal if credits.editors.is_empty() => credits.read_editors(line),
                _ => {}
            }
            if self.lines[index].kind == Kind::Legal {
                credits.read_rights(line);
            }
        }
    }

    fn published(&self, region: &Range<usize>, title: &Title) -> Option<String> {
        let header = self.header(region, title);
        let after = self.dates(header.start.max(title.lines.end)..header.end);
        let before = self.dates(header.start..header.start.max(title.lines.start.min(header.end)));
        let full = |stamps: &[Stamp]| stamps.iter().find(|stamp| stamp.year.is_some()).and_then(Stamp::iso);
        let footer = || self.dates(region.end..self.lines.len().min(region.end + NEAR));
        full(&after)
            .or_else(|| full(&before))
            .or_else(|| self.split_date(&header))
            .or_else(|| self.flat.head.published(self.input).and_then(|stamp| stamp.iso()))
            .or_else(|| full(&footer()))
            .or_else(|| self.masthead(region, after.first().or(before.first())))
    }

    /// A date over two lines: 2019, then 09/07.
    fn split_date(&self, header: &Range<usize>) -> Option<String> {
        header.clone().skip(1).find_map(|index| {
            let year: i16 =
                self.flat.line(index - 1).parse().ok().filter(|year| (1990..=2100).contains(year))?;
            let stamp = date::dates(self.flat.line(index))
                .into_iter()
                .next()
                .filter(|stamp| stamp.year.is_none() && stamp.range.start == 0)?;
            Stamp { year: Some(year), ..stamp }.iso()
        })
    }

    /// Returns the text of a line; a label that waits for its value gets the next line as well.
    fn fields(&self, index: usize) -> Cow<'_, str> {
        let line = self.flat.line(index);
        if self.lines[index].waits() && index + 1 < self.lines.len() {
            Cow::Owned(format!("{line}{}", self.flat.line(index + 1)))
        } else {
            Cow::Borrowed(line)
        }
    }

    /// Returns the dates in the field lines among `lines`, those after labels of other dates left out.
    fn dates(&self, lines: Range<usize>) -> Vec<Stamp> {
        let mut found = Vec::new();
        for index in lines.filter(|index| self.lines[*index].kind == Kind::Fields) {
            let line = &*self.fields(index);
            let labels = byline::labels(line);
            let other = |stamp: &Stamp| {
                let label = labels.iter().rfind(|hit| hit.range.end <= stamp.range.start);
                label.is_some_and(|hit| {
                    hit.field == Some(Field::Count) && line[hit.range.clone()].ends_with(['期', '间'])
                })
            };
            found.extend(date::dates(line).into_iter().filter(|stamp| !other(stamp)));
        }
        found
    }

    /// The date of a paper's issue: 河州日报 2025年09月03日 星期三, near the top.
    fn masthead(&self, region: &Range<usize>, short: Option<&Stamp>) -> Option<String> {
        let near = region.start.saturating_sub(12)..region.start;
        let found = near.rev().filter(|index| self.flat.line(*index).len() <= 150).find_map(|index| {
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
        let outside = (0..self.lines.len()).filter(|index| !region.contains(index)).map(|index| {
            let reason = if title.lines.contains(&index) {
                Reason::Title
            } else {
                trim::of_kind(self.lines[index].kind).unwrap_or(Reason::Outside)
            };
            (self.flat.lines[index].range.clone(), reason)
        });
        let mut all: Vec<Removed> = outside
            .chain(inside)
            .map(|(range, reason)| Removed { span: self.flat.input(&range), reason })
            .collect();
        all.sort_by_key(|removed| (removed.span.start, removed.span.end));
        all
    }
}
