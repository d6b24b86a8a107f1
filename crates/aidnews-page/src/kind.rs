//! What a line is, judged by itself: prose, a heading, or one of the many kinds of chrome.

use crate::byline;
use crate::date::{self, Stamp};
use crate::names;
use crate::shape::{End, Shape};
use crate::words::{Field, Hit, Role, Words};

/// The kinds of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Sentences.
    Prose,
    /// A few words without a stop: a heading, or a link.
    Short,
    /// Ends in dots: the start of another article.
    Cut,
    /// Source, date, authors, editors.
    Fields,
    /// 当前位置 and breadcrumbs.
    Crumb,
    Nav,
    Tool,
    Share,
    Tail,
    Comment,
    Legal,
    End,
    Aside,
    Caption,
    /// The name of an image file, or a place holder for an image.
    Image,
    /// Numbers, weekdays, signs, addresses.
    Junk,
    Advert,
    /// Stands on other pages of the site as well.
    Site,
    /// An entry of a list of links: a bullet or a date and a headline.
    Entry,
}

/// A line with what is known of it.
#[derive(Debug, Clone)]
pub(crate) struct Judged {
    pub(crate) kind: Kind,
    pub(crate) shape: Shape,
    /// How many labels a line of fields has.
    pub(crate) labels: u8,
}

impl Judged {
    /// Returns whether the line is a label that waits for its value on the next line: 来源：
    pub(crate) fn waits(&self) -> bool {
        self.kind == Kind::Fields
            && self.labels == 1
            && self.shape.content() <= 6
            && self.shape.end == End::Going
    }
}

/// Lines longer than this are only looked at near both ends when phrases are searched; in bytes.
const LONG: usize = 360;
const HEAD: usize = 96;
const FOOT: usize = 180;

/// Judges lines; holds buffers so that a page costs few allocations.
#[derive(Default)]
pub(crate) struct Judge {
    hits: Vec<Hit>,
}

impl Judge {
    /// Judges one trimmed, non-empty line.
    pub(crate) fn judge(&mut self, line: &str) -> Judged {
        let shape = Shape::of(line);
        let kind = self.kind(line, &shape);
        let labels = if kind == Kind::Fields { self.labels(line) } else { 0 };
        Judged { kind, shape, labels }
    }

    /// Counts the labels of the line that was just judged, those of page views left out.
    fn labels(&self, line: &str) -> u8 {
        let useful = |hit: &&Hit| hit.field != Some(Field::Count) && byline::introduces(line, hit);
        if line.len() > LONG {
            0
        } else {
            u8::try_from(self.hits.iter().filter(useful).count()).unwrap_or(u8::MAX)
        }
    }

    fn kind(&mut self, line: &str, shape: &Shape) -> Kind {
        let content = shape.content();
        if content == 0
            || is_weekdays(line, shape)
            || (shape.han == 0 && line.starts_with("http") && !line.contains(' '))
        {
            return Kind::Junk;
        }
        if is_image(line) {
            return Kind::Image;
        }
        self.hits.clear();
        if shape.han == 0 && (shape.letters == 0 || (shape.letters <= 4 && shape.digits == 0)) {
            return if date::dates(line).is_empty() { Kind::Junk } else { Kind::Fields };
        }
        if line.len() > LONG {
            return self.long(line, shape);
        }
        Words::get().find(line, &mut self.hits);
        let short = Known::new(line, shape, &self.hits);
        short.kind()
    }

    /// A long line is prose unless its head or its foot says otherwise.
    fn long(&mut self, line: &str, shape: &Shape) -> Kind {
        let head_end = line.ceil_char_boundary(HEAD);
        Words::get().find(&line[..head_end], &mut self.hits);
        let lead = lead(line);
        let first = self.hits.iter().find(|hit| hit.range.start == lead).and_then(|hit| hit.role);
        match first {
            Some(Role::Legal) => return Kind::Legal,
            Some(Role::Aside) if labelled(line, &self.hits, lead) => return Kind::Aside,
            Some(Role::Crumb) => return Kind::Crumb,
            _ => {}
        }
        let sparse = shape.stops + shape.commas < shape.content() / 60;
        if sparse && (shape.gaps + shape.bars) * 12 > shape.content() {
            return Kind::Nav;
        }
        let foot = line.floor_char_boundary(line.len() - FOOT);
        let mut legal = self.hits.iter().filter(|hit| hit.role == Some(Role::Legal)).count();
        Words::get().find(&line[foot..], &mut self.hits);
        legal += self.hits.iter().filter(|hit| hit.role == Some(Role::Legal)).count();
        if legal >= 2 { Kind::Legal } else { Kind::Prose }
    }
}

/// A short line and the words found in it.
struct Known<'a> {
    line: &'a str,
    shape: &'a Shape,
    hits: &'a [Hit],
    /// Where the first character stands that is no bracket or bullet.
    lead: usize,
    content: u32,
}

impl<'a> Known<'a> {
    fn new(line: &'a str, shape: &'a Shape, hits: &'a [Hit]) -> Self {
        Self { line, shape, hits, lead: lead(line), content: shape.content() }
    }

    fn kind(&self) -> Kind {
        let first = self.hits.iter().find(|hit| hit.range.start == self.lead);
        let role = first.and_then(|hit| hit.role);
        if role == Some(Role::Crumb) || self.is_trail() {
            return Kind::Crumb;
        }
        // 原标题：… may hold anything, so it is looked at before the words after it.
        if role == Some(Role::Aside) && labelled(self.line, self.hits, self.lead) {
            return Kind::Aside;
        }
        let follows = || {
            self.line[first.map_or(0, |hit| hit.range.end)..]
                .chars()
                .next()
                .is_some_and(|c| !c.is_alphanumeric())
        };
        if role == Some(Role::Advert) && follows() {
            return Kind::Advert;
        }
        if let Some(kind) = self.legal(role) {
            return kind;
        }
        if role == Some(Role::Caption) && self.content <= 60 && self.shape.stops <= 1 {
            return Kind::Caption;
        }
        let dates = date::dates(self.line);
        if self.is_fields(&dates) {
            return Kind::Fields;
        }
        if let Some(kind) = self.heads_a_list(first) {
            return kind;
        }
        if let Some(kind) = self.covered() {
            return kind;
        }
        if role == Some(Role::End) && self.content <= 60 {
            return Kind::End;
        }
        if self.is_caption(role) {
            return Kind::Caption;
        }
        self.by_shape(&dates)
    }

    /// Breadcrumbs without a label: 首页 > 新闻 > 正文.
    fn is_trail(&self) -> bool {
        if self.shape.stops > 0 || self.content > 50 || self.shape.bars == 0 {
            return false;
        }
        let arrows = self.line.matches(['>', '»', '›']).count();
        let ends = self.line.ends_with("正文");
        let trail = arrows > 0
            || self.line.contains('→')
            || self.line.contains(" / ")
            || (ends && self.line.contains('/'));
        let home = || ends || self.line.contains("首页") || self.line.contains("主页");
        arrows >= 2 || trail && (home() || (self.content <= 14 && self.shape.commas == 0))
    }

    fn legal(&self, role: Option<Role>) -> Option<Kind> {
        let hits = self.hits.iter().filter(|hit| hit.role == Some(Role::Legal)).count();
        let short = self.content <= 40 || self.shape.stops == 0;
        (hits >= 2 || (hits == 1 && (short || role == Some(Role::Legal)))).then_some(Kind::Legal)
    }

    /// A line of labelled fields, or a date with a name or two.
    fn is_fields(&self, dates: &[Stamp]) -> bool {
        let enders = self.shape.stops > 0 && self.shape.end == End::Stop;
        if self.content > 110 || enders || (self.shape.stops > 0 && self.content > 30) || self.is_credited() {
            return false;
        }
        let labels: Vec<&Hit> = self.hits.iter().filter(|hit| byline::introduces(self.line, hit)).collect();
        let useful: Vec<&&Hit> = labels.iter().filter(|hit| hit.field != Some(Field::Count)).collect();
        let full = dates.iter().filter(|stamp| stamp.year.is_some()).count();
        let labelled = match useful[..] {
            [] => false,
            [only] => {
                let at_lead = only.range.start <= self.lead + 3;
                let house =
                    names::is_media(self.line[..only.range.start].trim_matches(['（', '(', '【', ' ']));
                self.content <= 60 && (full > 0 || at_lead || house || self.content <= 24)
            }
            _ => true,
        };
        labelled || self.is_dated(dates, !labels.is_empty())
    }

    /// 浙江日报 2021-10-28 09:30, but not a headline with a date after it.
    fn is_dated(&self, dates: &[Stamp], labelled: bool) -> bool {
        let [stamp] = dates else { return false };
        if stamp.year.is_none() || self.shape.stops > 0 || self.content > 60 {
            return false;
        }
        let outside = [&self.line[..stamp.range.start], &self.line[stamp.range.end..]];
        let content: u32 = outside.iter().map(|part| Shape::of(part).content()).sum();
        let words = || {
            outside
                .iter()
                .flat_map(|part| part.split([' ', '\u{3000}', '\u{a0}', '|', '·', '/', ':', '：']))
                .filter(|word| !word.is_empty())
        };
        let edge = stamp.range.start == 0 || stamp.range.end == self.line.len();
        // A date alone in Chinese style may be the date under a letter.
        let signature = content == 0 && stamp.han && stamp.time.is_none();
        let words_brief = words().all(|word| word.chars().count() <= 6 || names::is_media(word));
        let brief = content <= 12 && !signature && (labelled || words_brief);
        let several = edge
            && words().count() <= 7
            && words().all(|word| word.chars().count() <= 8 || names::is_media(word));
        brief || several && !signature && (labelled || stamp.time.is_some() || words().count() >= 2)
    }

    /// 相关阅读, 网友评论（3）: the line is little more than the phrase.
    fn heads_a_list(&self, first: Option<&Hit>) -> Option<Kind> {
        let first = first.filter(|hit| matches!(hit.role, Some(Role::Tail | Role::Comment)))?;
        let rest = Shape::of(&self.line[first.range.end..]);
        let labelled = self.line[first.range.end..]
            .trim_start()
            .starts_with(['：', ':', '】', ']', '>', '|', '丨', '｜', '(', '（', '/']);
        let fits = rest.content() <= 5 || labelled;
        (fits && self.shape.stops == 0)
            .then(|| if first.role == Some(Role::Comment) { Kind::Comment } else { Kind::Tail })
    }

    /// Lines that consist of menu entries, buttons or share links.
    fn covered(&self) -> Option<Kind> {
        let last = self.hits.last().filter(|hit| {
            hit.range.len() >= 12
                && hit.range.end == self.line.trim_end_matches(['>', '»', ' ', '】', ']', '）', ')']).len()
        });
        if let Some(Role::Tool | Role::Share | Role::Advert) = last.and_then(|hit| hit.role)
            && self.shape.stops == 0
            && self.shape.gaps >= 1
        {
            return Some(Kind::Tool);
        }
        let mut covered = [0u32; 3];
        let mut tail = 0;
        for hit in self.hits {
            let content = Shape::of(&self.line[hit.range.clone()]).content();
            match hit.role {
                Some(Role::Nav) => covered[0] += content,
                Some(Role::Tool) => covered[1] += content,
                Some(Role::Share | Role::Advert) => covered[2] += content,
                Some(Role::Tail | Role::Comment | Role::End) => tail += content,
                _ => {}
            }
        }
        let total: u32 = covered.iter().sum::<u32>() + tail;
        let spread = (self.shape.gaps + self.shape.bars) * 5 >= self.content
            && self.shape.stops == 0
            && self.content >= 6;
        let words = total * 10
            >= (self.content - self.shape.digits.min(self.content)) * if spread { 4 } else { 6 }
            && total > 0;
        let pipes = self.shape.commas == 0
            && self.shape.stops == 0
            && self.line.matches(['|', '｜']).count() >= 2
            && self.line.split(['|', '｜']).all(|word| word.chars().count() <= 9);
        let menu = pipes || spread && self.shape.bars + self.shape.gaps >= 4 && self.shape.commas == 0;
        if !words && !menu {
            return self.plea();
        }
        let best =
            covered.iter().enumerate().max_by_key(|(at, value)| (**value, 3 - at)).map_or(0, |(at, _)| at);
        Some([Kind::Nav, Kind::Tool, Kind::Share][best])
    }

    /// 扫描下方二维码…: a short sentence that begins as a share bar does.
    fn plea(&self) -> Option<Kind> {
        let share = self.hits.iter().find(|hit| {
            hit.role == Some(Role::Share) && hit.range.start == self.lead && hit.range.len() >= 9
        })?;
        (self.content <= 30 && share.range.len() >= 9 && self.shape.end != End::Stop).then_some(Kind::Share)
    }

    /// 张三摄, 县医院供图: ends in the credit of a picture.
    fn is_credited(&self) -> bool {
        let bare = self.line.trim_end_matches(['。', '）', ')', '】', ']', ' ', '.']);
        let ends = |ending: &str| bare.ends_with(ending);
        let credited = ["摄", "供图", "/图", "/摄", "视频截图", "资料图"].iter().any(|ending| ends(ending));
        credited || (ends("提供") && self.line.contains('图'))
    }

    fn is_caption(&self, role: Option<Role>) -> bool {
        if self.content > 90 {
            return false;
        }
        let marked = role == Some(Role::Caption) && (self.content <= 60 || self.shape.stops <= 1);
        let arrow = self.line.starts_with(['▲', '△', '▼', '↑']);
        let credited = self.is_credited();
        let place_holder = self.line.starts_with("[图")
            || self.line.starts_with("【图")
            || self.line.starts_with("（图")
            || self.line.starts_with("(图");
        marked
            || (arrow && self.content <= 60)
            || (credited && self.content <= 70)
            || place_holder && self.content <= 60
            || self.line.contains("发（") && self.line.ends_with("供图）")
    }

    fn by_shape(&self, dates: &[Stamp]) -> Kind {
        if self.shape.end == End::Cut {
            return Kind::Cut;
        }
        let sentence = self.shape.end == End::Stop && self.content >= 6;
        let sentences = self.shape.stops >= 1 && self.content >= 60;
        let listing = self.content >= 40 && self.shape.commas >= 2;
        let going = self.shape.end == End::Going && self.content >= 2 && self.shape.bars == 0;
        if sentence || sentences || listing || going {
            return Kind::Prose;
        }
        let bullet =
            self.line.starts_with(['·', '•', '▪', '■', '◆', '●', '▲', '※', '#', '>', '»', '@', '☆', '★']);
        let edge = dates.first().is_some_and(|stamp| {
            !stamp.han && (stamp.range.start == 0 || stamp.range.end == self.line.len())
        });
        if bullet || edge { Kind::Entry } else { Kind::Short }
    }
}

/// Returns where the first character of `line` stands that is no bracket, bullet or blank.
fn lead(line: &str) -> usize {
    let open = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '【' | '['
                    | '（'
                    | '('
                    | '〔'
                    | '「'
                    | '『'
                    | '《'
                    | '·'
                    | '•'
                    | '■'
                    | '◆'
                    | '●'
                    | '▪'
                    | '>'
                    | '»'
                    | '※'
                    | '▌'
                    | '|'
                    | '*'
                    | '—'
                    | '-'
                    | '+'
                    | '▼'
                    | '/'
                    | '“'
                    | '★'
                    | '☆'
                    | '◎'
                    | '○'
                    | '◇'
            )
    };
    line.find(|c| !open(c)).unwrap_or(0)
}

/// Returns whether the phrase at `lead` is followed by a colon or a bracket, or is the whole line.
fn labelled(line: &str, hits: &[Hit], lead: usize) -> bool {
    hits.iter().find(|hit| hit.range.start == lead).is_some_and(|hit| {
        let rest = line[hit.range.end..].trim_start();
        rest.is_empty()
            || rest.starts_with(['：', ':', '】', ']', '《', '|', '｜', '丨', '〉', '>'])
            || line[..hit.range.end].ends_with(['：', ':', '】'])
    })
}

fn is_weekdays(line: &str, shape: &Shape) -> bool {
    let named = shape.han >= 5
        && shape.han <= 14
        && line.chars().all(|c| c.is_whitespace() || "日一二三四五六周星期".contains(c));
    // « 2025年02月 »
    let month = shape.han <= 2
        && shape.digits <= 6
        && shape.digits >= 1
        && line.contains(['«', '»', '‹', '›', '<', '>']);
    named || month
}

/// Returns whether the line is the name of an image file or a place holder such as [图片].
fn is_image(line: &str) -> bool {
    if line.len() > 200 {
        return false;
    }
    let bare = line.trim_matches(['[', ']', '【', '】', '(', ')', '（', '）', ' ']);
    if matches!(
        bare,
        "图片"
            | "图"
            | "点击查看大图"
            | "点击看大图"
            | "点击图片查看大图"
            | "查看大图"
            | "点击查看原图"
            | "点击看清晰大图"
            | "视频"
            | "配图"
            | "图片加载中"
            | "image"
            | "img"
            | "Image"
    ) {
        return true;
    }
    if !bare.ends_with(|c: char| c.is_ascii_alphabetic()) {
        return false;
    }
    let lower = bare.get(bare.len().saturating_sub(5)..).unwrap_or(bare).to_ascii_lowercase();
    let named =
        [".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp"].iter().any(|ending| lower.ends_with(ending));
    named && !line.contains(['。', '，'])
}
