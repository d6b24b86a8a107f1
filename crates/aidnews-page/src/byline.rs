//! Source, authors and editors: read from field lines, from brackets that close an article, and from datelines.

use crate::date;
use crate::names;
use crate::words::{Field, Hit, Words};

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
        let labels = labels(line);
        for (index, hit) in labels.iter().enumerate() {
            let end = labels.get(index + 1).map_or(line.len(), |next| next.range.start);
            self.read_field(hit.field, &line[hit.range.end..end]);
        }
        let head = labels.first().map_or(line.len(), |hit| hit.range.start);
        self.read_unlabelled(&line[..head]);
        for stamp in date::dates(line) {
            let end = labels
                .iter()
                .map(|hit| hit.range.start)
                .find(|start| *start >= stamp.range.end)
                .unwrap_or(line.len());
            self.read_unlabelled(&line[stamp.range.end..end]);
        }
    }

    fn read_field(&mut self, field: Option<Field>, value: &str) {
        let value = &value[..date::dates(value)
            .first()
            .map_or(value.len(), |stamp| stamp.range.start)];
        match field {
            Some(Field::Source) if self.outlet.is_none() => {
                let value = value.trim_start_matches(|c: char| {
                    c.is_whitespace() || matches!(c, '：' | ':' | '】' | ']' | '|' | '｜' | '丨' | '于')
                });
                let word = value
                    .split([' ', '\u{3000}', '\u{a0}', '\t', '|', '｜'])
                    .next()
                    .unwrap_or("");
                self.outlet = names::outlet(word);
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
        let Some(first) = labels(head)
            .into_iter()
            .find(|hit| hit.field == Some(Field::Author))
        else {
            return;
        };
        if first.range.start > 60 {
            return;
        }
        let end = ["报道", "报导", "）", ")", "讯", "电"]
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
        let cut = date::dates(text)
            .first()
            .map_or(text.len(), |stamp| stamp.range.start);
        read.read_line(&text[..cut]);
        add(&mut self.authors, read.authors);
    }

    fn read_house(&mut self, before: &str) {
        if self.house.is_some() {
            return;
        }
        let cut = date::dates(before)
            .first()
            .map_or(before.len(), |stamp| stamp.range.start);
        let name = before[..cut].trim();
        if let Some(len) = names::media_prefix(name) {
            self.house = names::outlet(&name[..len]);
        } else if cut < before.len() || names::is_media(name) {
            self.house = Some(name)
                .filter(|name| names::is_media(name))
                .and_then(names::outlet);
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

/// Returns the labels of `text` that may introduce a value, left to right.
pub(crate) fn labels(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    Words::get().find(text, &mut hits);
    hits.retain(|hit| hit.field.is_some());
    hits
}
