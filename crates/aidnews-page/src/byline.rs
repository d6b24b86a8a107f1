//! Source, authors and editors: read from field lines, from brackets that close an article, and from datelines.

use crate::date;
use crate::names;
use crate::words::{Field, Hit, Words};

/// The longest line that is read as fields, in bytes.
const LONGEST: usize = 2_000;

/// What field lines and bylines say.
#[derive(Debug, Clone, Default)]
pub(crate) struct Credits {
    pub(crate) outlet: Option<String>,
    /// An outlet named without a label, weaker than one with.
    pub(crate) house: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) editors: Vec<String>,
    /// 审核 and their like: editors where no others are named.
    pub(crate) reviewers: Vec<String>,
}

impl Credits {
    /// Reads a line of labelled fields.
    pub(crate) fn read_line(&mut self, line: &str) {
        // A line of fields is short; what is longer is something else, however it looks.
        if line.len() > LONGEST {
            return;
        }
        let labels = labels(line);
        for (index, hit) in labels.iter().enumerate() {
            let end = labels.get(index + 1).map_or(line.len(), |next| next.range.start);
            let value = &line[hit.range.end..end];
            // 采写：南都记者 李明: what stands right before a label is the house of its people.
            let houses = labels.get(index + 1).is_some_and(|next| next.field == Some(Field::Author))
                && value.ends_with(char::is_alphanumeric)
                && !value.contains(' ');
            let beside = hit.field == Some(Field::Photo)
                && line[hit.range.clone()] == *"图"
                && labels.iter().any(|other| other.field == Some(Field::Author));
            if !houses || hit.field != Some(Field::Author) {
                self.read_field(if beside { Some(Field::Author) } else { hit.field }, value);
            }
        }
        let head = labels.first().map_or(line.len(), |hit| hit.range.start);
        self.read_unlabelled(&line[..head]);
        let stamps = date::dates(line);
        for (index, stamp) in stamps.iter().enumerate() {
            let label = labels.iter().map(|hit| hit.range.start).find(|start| *start >= stamp.range.end);
            let next = stamps.get(index + 1).map_or(line.len(), |next| next.range.start);
            self.read_unlabelled(&line[stamp.range.end..label.unwrap_or(line.len()).min(next)]);
        }
    }

    fn read_field(&mut self, field: Option<Field>, value: &str) {
        let value = &value[..date::dates(value).first().map_or(value.len(), |stamp| stamp.range.start)];
        match field {
            Some(Field::Source) => {
                let value = value.trim_start_matches(|c: char| {
                    c.is_whitespace() || matches!(c, '：' | ':' | '】' | ']' | '|' | '｜' | '丨' | '于')
                });
                let word = value.split([' ', '\u{3000}', '\u{a0}', '\t', '|', '｜']).next().unwrap_or("");
                // A closing line that says the same more exactly wins: 某杂志, then 某杂志健康频道.
                let found = names::outlet(word);
                if self
                    .outlet
                    .as_ref()
                    .is_none_or(|known| found.as_ref().is_some_and(|found| found.starts_with(known.as_str())))
                {
                    self.outlet = found.or(self.outlet.take());
                }
            }
            Some(Field::Author) => add(&mut self.authors, names::people(value)),
            Some(Field::Editor) => add(&mut self.editors, names::people(value)),
            Some(Field::Review) => add(&mut self.reviewers, names::people(value)),
            _ => {}
        }
    }

    /// Reads what stands beside a date without a label: 浦江晚讯, 石佳/中国青年报.
    fn read_unlabelled(&mut self, value: &str) {
        for token in value.split([' ', '\u{3000}', '\u{a0}', '|', '｜', '/', '—', '丨']) {
            let token = token.trim_matches(|c: char| !c.is_alphanumeric());
            if self.house.is_none() && names::is_media(token) {
                self.house = names::outlet(token);
            }
        }
    }

    /// Reads a short line between headline and article: 石佳/中国青年报, 上游新闻·重庆晨报; returns whether it was one.
    pub(crate) fn read_house_line(&mut self, line: &str) -> bool {
        let line = line.trim();
        if names::is_media(line) {
            self.house = self.house.take().or_else(|| names::outlet(line));
            return true;
        }
        let Some((person, media)) = line.split_once(['/', '／', '|', '｜']) else { return false };
        let pair = names::is_person(person.trim()) && names::is_media(media.trim());
        if pair {
            add(&mut self.authors, vec![person.trim().to_owned()]);
            self.house = self.house.take().or_else(|| names::outlet(media.trim()));
        }
        pair
    }

    /// Reads a closing bracket without labels: names, with or without their house; returns whether it was one.
    pub(crate) fn read_bare_bracket(&mut self, inside: &str) -> bool {
        let people = names::signed(inside);
        let found = !people.is_empty();
        add(&mut self.authors, people);
        found
    }

    /// Reads only the editors of a line far from the article.
    pub(crate) fn read_editors(&mut self, line: &str) {
        let mut read = Credits::default();
        read.read_line(line);
        add(&mut self.editors, read.editors);
    }

    /// 版权归【某网】或原作者【陈显建 刘燚】所有
    pub(crate) fn read_rights(&mut self, line: &str) {
        let after = |mark: &str| {
            line.find(mark).and_then(|at| line[at + mark.len()..].split_once('】')).map(|(value, _)| value)
        };
        if let Some(house) = after("版权归【").or_else(|| after("版权属【")) {
            self.house = self.house.take().or_else(|| names::outlet(house));
        }
        if let Some(people) = after("作者【") {
            add(&mut self.authors, names::people(people));
        }
    }

    /// Reads a bracket that holds nothing but a byline; returns whether it was one.
    pub(crate) fn read_bracket(&mut self, inside: &str) -> bool {
        let labels = labels(inside);
        let mut read = Credits::default();
        read.read_line(inside);
        let people = read.authors.len() + read.editors.len() + read.reviewers.len();
        let bound = inside.chars().count() <= 60 && !inside.contains(['。', '；']);
        if !bound || labels.is_empty() || (people == 0 && read.outlet.is_none()) {
            return false;
        }
        add(&mut self.authors, read.authors);
        add(&mut self.editors, read.editors);
        add(&mut self.reviewers, read.reviewers);
        self.outlet = self.outlet.take().or(read.outlet);
        true
    }

    /// Reads the dateline at the start of a paragraph: 新华社北京2月29日电（记者 李明）, 浙江日报讯, 某报记者王芳报道.
    pub(crate) fn read_dateline(&mut self, paragraph: &str) {
        let head = &paragraph[..paragraph.floor_char_boundary(210)];
        let head = head.trim_start_matches(['（', '(', '【', '[', '〔', '《', ' ', '\u{3000}']);
        let sentence = head.find('。').unwrap_or(head.len());
        let head = &head[..sentence];
        let open = head.find(['（', '(', '〔']);
        let wire = ["讯", "电", "消息"]
            .iter()
            .filter_map(|word| head.find(word).map(|at| (at, word.len())))
            .filter(|(at, _)| *at <= 75)
            .min();
        if let Some((at, len)) = wire {
            self.read_house(&head[..at]);
            let rest = head[at + len..].trim_start();
            if rest.starts_with(['（', '(', '〔']) {
                self.read_wire_bracket(rest);
                return;
            }
        }
        if let Some(open) = open.filter(|open| *open <= 120) {
            let before = &head[..open];
            if self.house.is_none() && names::is_media(before) {
                self.house = names::outlet(before);
            }
            let inside = &head[open..];
            let close = inside.find(['）', ')', '〕']).unwrap_or(inside.len());
            let inside = inside[..close].trim_start_matches(['（', '(', '〔']);
            if labels(inside).iter().any(|hit| hit.field == Some(Field::Author)) {
                self.read_authors(inside);
                return;
            }
        }
        self.read_plain(head);
    }

    /// 浦江晚讯记者江思齐、通讯员祁梦6月17日报道
    fn read_plain(&mut self, head: &str) {
        let Some(first) = labels(head).into_iter().find(|hit| hit.field == Some(Field::Author)) else {
            return;
        };
        if first.range.start > 60 {
            return;
        }
        let end = ["报道", "报导", "）", ")", "日讯", "日电"]
            .iter()
            .filter_map(|mark| head[first.range.end..].find(mark))
            .min();
        let Some(end) = end.filter(|end| *end <= 90) else {
            return;
        };
        if self.house.is_none() && names::is_media(&head[..first.range.start]) {
            self.house = names::outlet(&head[..first.range.start]);
        }
        self.read_authors(&head[first.range.start..first.range.end + end]);
    }

    fn read_wire_bracket(&mut self, rest: &str) {
        let inside = rest.trim_start_matches(['（', '(', '〔']);
        let close = inside.find(['）', ')', '〕']).unwrap_or(0);
        let inside = &inside[..close];
        if labels(inside).is_empty() {
            // 电（冯勇）: names alone.
            let people = names::people(inside);
            if inside.chars().count() <= 16 {
                add(&mut self.authors, people);
            }
        } else {
            self.read_authors(inside);
        }
    }

    fn read_authors(&mut self, text: &str) {
        let mut read = Credits::default();
        let cut = date::dates(text).first().map_or(text.len(), |stamp| stamp.range.start);
        read.read_line(&text[..cut]);
        add(&mut self.authors, read.authors);
    }

    fn read_house(&mut self, before: &str) {
        if self.house.is_some() {
            return;
        }
        let cut = date::dates(before).first().map_or(before.len(), |stamp| stamp.range.start);
        let name = before[..cut].trim();
        if let Some(len) = names::media_prefix(name) {
            self.house = names::outlet(&name[..len]);
        } else if cut < before.len() || names::is_media(name) {
            self.house = Some(name).filter(|name| names::is_media(name)).and_then(names::outlet);
        }
    }
}

fn add(list: &mut Vec<String>, names: Vec<String>) {
    for name in names {
        if !list.contains(&name) {
            list.push(name);
        }
    }
}

/// Returns the labels of `text` that introduce a value, left to right.
pub(crate) fn labels(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    Words::get().find(text, &mut hits);
    hits.retain(|hit| introduces(text, hit));
    hits
}

/// Returns whether the word `hit` stands in `text` as labels do: before a colon, or at the start of a word and before
/// a blank; 记者 and its like also right before a name.
pub(crate) fn introduces(text: &str, hit: &Hit) -> bool {
    let Some(field) = hit.field else { return false };
    let (before, rest) = (&text[..hit.range.start], &text[hit.range.end..]);
    if before.ends_with(['“', '"', '‘', '「', '\'']) || before.ends_with("注明") || before.ends_with("标注")
    {
        return false;
    }
    let begins = before.chars().next_back().is_none_or(|c| !c.is_alphanumeric() || c.is_ascii_digit());
    let word = &text[hit.range.clone()];
    let plain_date = matches!(word, "时间" | "日期" | "发布" | "更新");
    let colon = word.ends_with('：') || rest.starts_with(['：', ':', '】', ']', '︱', '┃']);
    let slash = rest.starts_with(['/', '／', '|', '｜', '丨']);
    let blank = rest.starts_with([' ', '\u{3000}', '\u{a0}']);
    let house = field == Field::Author && names::is_media(before);
    let glued = match field {
        Field::Author => (begins || house) && starts_with_name(rest),
        Field::Date => begins && rest.starts_with(|c: char| c.is_ascii_digit()),
        Field::Source => begins && text.contains('|') && rest.starts_with(char::is_alphanumeric),
        Field::Supply => rest.trim_end_matches(['）', ')', '】']).is_empty(),
        _ => false,
    };
    (colon && (begins || !plain_date)) || (begins && (slash || blank)) || (house && blank) || glued
}

/// Returns whether `text` starts with something that may be a name: two to four Han characters, then none.
fn starts_with_name(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let word = &text[..end];
    names::is_person(word)
        || (word.chars().count() <= 12 && (word.contains("通讯员") || word.contains("记者")))
}
