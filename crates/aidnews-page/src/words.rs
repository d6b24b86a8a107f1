//! The phrases of page chrome and the labels of source lines, found by one automaton.

use std::ops::Range;
use std::sync::LazyLock;

use aidnews_compile::Lexicon;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

/// What a phrase of `lexicon/phrases.tsv` says about the line it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// A menu entry.
    Nav,
    /// A button: print, font size, like, expand.
    Tool,
    Share,
    /// Heads a list of other articles.
    Tail,
    /// Heads the readers' comments.
    Comment,
    /// Copyright, disclaimer, registration number.
    Legal,
    /// Says that the article is over: 上一篇, 正文已结束.
    End,
    /// Heads a summary or an original title.
    Aside,
    Caption,
    /// 当前位置 and its like.
    Crumb,
    Advert,
}

/// What a label of `lexicon/labels.tsv` introduces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Source,
    Author,
    /// Who handed the article in: seldom a person.
    Supply,
    Photo,
    Editor,
    Review,
    Date,
    /// Page views and other things that are of no use.
    Count,
}

/// A phrase or label found in a line; the range is bytes of that line.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    pub(crate) range: Range<usize>,
    pub(crate) role: Option<Role>,
    pub(crate) field: Option<Field>,
}

pub(crate) struct Words {
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    meanings: Vec<(Option<Role>, Option<Field>)>,
}

static WORDS: LazyLock<Words> = LazyLock::new(Words::build);

impl Words {
    /// Returns the words compiled into the crate; built once.
    pub(crate) fn get() -> &'static Words {
        &WORDS
    }

    fn build() -> Words {
        let phrases = Lexicon::parse("phrases.tsv", include_str!("../lexicon/phrases.tsv"))
            .expect("phrases.tsv is checked by tests");
        let labels = Lexicon::parse("labels.tsv", include_str!("../lexicon/labels.tsv"))
            .expect("labels.tsv is checked by tests");
        let mut all: Vec<(&str, Option<Role>, Option<Field>)> =
            phrases.entries().map(|entry| (entry.surface(), role(entry.cell("role")), None)).collect();
        all.extend(labels.entries().map(|entry| (entry.surface(), None, field(entry.cell("field")))));
        all.sort_by_key(|entry| entry.0);
        let mut surfaces: Vec<&str> = Vec::new();
        let mut meanings: Vec<(Option<Role>, Option<Field>)> = Vec::new();
        for (surface, role, field) in all {
            if surfaces.last() == Some(&surface) {
                // A surface of both lists: the sort keeps them together.
                let last = meanings.len() - 1;
                meanings[last] = (meanings[last].0.or(role), meanings[last].1.or(field));
            } else {
                surfaces.push(surface);
                meanings.push((role, field));
            }
        }
        let patterns = surfaces.iter().zip(0u32..);
        let builder = CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest);
        let automaton =
            builder.build_with_values(patterns).expect("the lists are far below the automaton's limits");
        Words { automaton, meanings }
    }

    /// Puts the words of `line` into `hits`, left to right without overlaps, the longest first.
    pub(crate) fn find(&self, line: &str, hits: &mut Vec<Hit>) {
        hits.clear();
        for found in self.automaton.leftmost_find_iter(line) {
            let (role, field) = self.meanings[found.value() as usize];
            hits.push(Hit { range: found.start()..found.end(), role, field });
        }
    }
}

fn role(name: &str) -> Option<Role> {
    Some(match name {
        "nav" => Role::Nav,
        "tool" => Role::Tool,
        "share" => Role::Share,
        "tail" => Role::Tail,
        "comment" => Role::Comment,
        "legal" => Role::Legal,
        "end" => Role::End,
        "aside" => Role::Aside,
        "caption" => Role::Caption,
        "crumb" => Role::Crumb,
        "advert" => Role::Advert,
        _ => return None,
    })
}

fn field(name: &str) -> Option<Field> {
    Some(match name {
        "source" => Field::Source,
        "author" => Field::Author,
        "supply" => Field::Supply,
        "photo" => Field::Photo,
        "editor" => Field::Editor,
        "review" => Field::Review,
        "date" => Field::Date,
        "count" => Field::Count,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_has_a_known_meaning() {
        for (file, text, column) in [
            ("phrases.tsv", include_str!("../lexicon/phrases.tsv"), "role"),
            ("labels.tsv", include_str!("../lexicon/labels.tsv"), "field"),
        ] {
            let lexicon = Lexicon::parse(file, text).unwrap();
            for entry in lexicon.entries() {
                let cell = entry.cell(column);
                assert!(
                    role(cell).is_some() || field(cell).is_some(),
                    "{file}:{}: unknown {column} `{cell}`",
                    entry.line()
                );
            }
        }
    }

    #[test]
    fn longest_word_wins() {
        let mut hits = Vec::new();
        Words::get().find("信息来源：新华社 责任编辑：李四", &mut hits);
        let fields: Vec<_> = hits.iter().filter_map(|hit| hit.field).collect();
        assert_eq!(fields, [Field::Source, Field::Editor]);
    }
}
