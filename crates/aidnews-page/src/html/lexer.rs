//! Splits HTML into tags and text with byte ranges, in one pass and without a tree.
//!
//! Follows the HTML standard where pages depend on it (raw text elements, quoted attribute values, bogus comments)
//! and recovers where a browser would lose the rest of the page: a quote that is never closed does not swallow
//! what follows. Every byte is looked at a bounded number of times.

use std::ops::Range;

use memchr::{memchr, memchr3, memmem};

/// One piece of mark-up; ranges are bytes of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    /// Character data, entities not yet decoded.
    Text(Range<usize>),
    /// A start tag: its name, the stretch that holds its attributes, and where the tag ends.
    Start { name: Range<usize>, attributes: Range<usize>, end: usize, self_closing: bool },
    /// An end tag.
    End { name: Range<usize> },
}

/// The tokens of one page, in order. Comments, declarations and processing instructions are skipped.
pub(crate) struct Lexer<'p> {
    page: &'p [u8],
    at: usize,
    /// No double (single) quote stands at or after this place; found out once.
    no_double: usize,
    no_single: usize,
    /// No `-->` stands at or after this place.
    no_comment_end: usize,
}

impl<'p> Lexer<'p> {
    pub(crate) fn new(page: &'p str) -> Self {
        Self {
            page: page.as_bytes(),
            at: 0,
            no_double: usize::MAX,
            no_single: usize::MAX,
            no_comment_end: usize::MAX,
        }
    }

    /// Skips to the end tag of the raw text element `name` (lower case) and returns the content's range.
    ///
    /// An element that is never closed ends the page, as in browsers.
    pub(crate) fn raw_text(&mut self, name: &str) -> Range<usize> {
        let start = self.at;
        let mut at = start;
        while let Some(hit) = memmem::find(&self.page[at..], b"</") {
            let close = at + hit;
            let rest = &self.page[close + 2..];
            let ends = rest.get(name.len()).is_none_or(|b| !b.is_ascii_alphanumeric());
            if rest.len() >= name.len() && rest[..name.len()].eq_ignore_ascii_case(name.as_bytes()) && ends {
                self.at = close;
                return start..close;
            }
            at = close + 2;
        }
        self.at = self.page.len();
        start..self.page.len()
    }

    fn skip_past(&mut self, from: usize, mark: &[u8]) {
        self.at =
            memmem::find(&self.page[from..], mark).map_or(self.page.len(), |hit| from + hit + mark.len());
    }

    /// Returns the place of the `>` that ends the tag whose name ends at `from`.
    fn tag_end(&mut self, from: usize) -> usize {
        let mut at = from;
        while let Some(hit) = memchr3(b'>', b'"', b'\'', &self.page[at..]) {
            let place = at + hit;
            let quote = self.page[place];
            if quote == b'>' {
                return place;
            }
            at = place + 1;
            let opens = self.page[from..place].iter().rev().find(|b| !b.is_ascii_whitespace()) == Some(&b'=');
            let nothing_left = if quote == b'"' { &mut self.no_double } else { &mut self.no_single };
            if opens && at < *nothing_left {
                match memchr(quote, &self.page[at..]) {
                    Some(close) => at += close + 1,
                    None => *nothing_left = at,
                }
            }
        }
        self.page.len()
    }

    fn name_end(&self, from: usize) -> usize {
        let stop = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'>' | b'/' | b'<' | b'"' | b'\'' | b'=');
        self.page[from..].iter().position(stop).map_or(self.page.len(), |hit| from + hit)
    }

    /// Reads what starts with `<` at `self.at`; `None` where that is text or something to be skipped.
    fn markup(&mut self) -> Option<Token> {
        let open = self.at;
        match self.page.get(open + 1)? {
            b'a'..=b'z' | b'A'..=b'Z' => {
                let name_end = self.name_end(open + 1);
                let end = self.tag_end(name_end);
                let self_closing = end > name_end && self.page[end - 1] == b'/';
                self.at = (end + 1).min(self.page.len());
                Some(Token::Start {
                    name: open + 1..name_end,
                    attributes: name_end..end,
                    end: self.at,
                    self_closing,
                })
            }
            b'/' if self.page.get(open + 2).is_some_and(u8::is_ascii_alphabetic) => {
                let name_end = self.name_end(open + 2);
                self.skip_past(name_end, b">");
                Some(Token::End { name: open + 2..name_end })
            }
            b'!' => {
                if self.page[open..].starts_with(b"<!--") {
                    self.skip_comment(open);
                } else if self.page[open..].starts_with(b"<![CDATA[") {
                    self.skip_past(open, b"]]>");
                } else {
                    self.skip_past(open, b">");
                }
                None
            }
            b'/' | b'?' => {
                self.skip_past(open, b">");
                None
            }
            _ => None,
        }
    }

    /// Skips `<!-- … -->`; a comment that is never closed ends at its first `>`, so that it cannot hide a page.
    fn skip_comment(&mut self, open: usize) {
        let from = open + 4;
        if self.page[from..].starts_with(b">") {
            self.at = from + 1;
            return;
        }
        let from = open + 2;
        let found = if from < self.no_comment_end { memmem::find(&self.page[from..], b"-->") } else { None };
        match found {
            Some(hit) => self.at = from + hit + 3,
            None => {
                self.no_comment_end = self.no_comment_end.min(from);
                self.skip_past(from, b">");
            }
        }
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        while self.at < self.page.len() {
            let start = self.at;
            if self.page[start] == b'<' {
                if let Some(token) = self.markup() {
                    return Some(token);
                }
                if self.at > start {
                    continue;
                }
            }
            let from = start + 1;
            self.at = memchr(b'<', &self.page[from..]).map_or(self.page.len(), |hit| from + hit);
            return Some(Token::Text(start..self.at));
        }
        None
    }
}

/// Iterates over the attributes of a start tag as (name, raw value); names keep their case, values their entities.
pub(crate) fn attributes(stretch: &str) -> impl Iterator<Item = (&str, &str)> {
    let bytes = stretch.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let skip = |from: usize, test: fn(&u8) -> bool| {
            bytes[from..].iter().position(|b| !test(b)).map_or(bytes.len(), |hit| from + hit)
        };
        at = skip(at, |b| b.is_ascii_whitespace() || matches!(b, b'/' | b'"' | b'\''));
        if at >= bytes.len() {
            return None;
        }
        let name_start = at;
        // A leading `=` belongs to the name, as in the standard; it keeps this loop moving.
        at = skip(at + 1, |b| !b.is_ascii_whitespace() && !matches!(b, b'=' | b'/'));
        let name = stretch.get(name_start..at).unwrap_or("");
        let equals = skip(at, u8::is_ascii_whitespace);
        if bytes.get(equals) != Some(&b'=') {
            return Some((name, ""));
        }
        let start = skip(equals + 1, u8::is_ascii_whitespace);
        let (value, next) = match bytes.get(start) {
            Some(&quote @ (b'"' | b'\'')) => {
                let end = memchr(quote, &bytes[start + 1..]).map_or(bytes.len(), |hit| start + 1 + hit);
                (stretch.get(start + 1..end), (end + 1).min(bytes.len()))
            }
            _ => {
                let end = skip(start, |b| !b.is_ascii_whitespace());
                (stretch.get(start..end), end)
            }
        };
        at = next;
        Some((name, value.unwrap_or("")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(page: &str) -> Vec<String> {
        Lexer::new(page)
            .map(|token| match token {
                Token::Text(range) => page[range].to_owned(),
                Token::Start { name, .. } => format!("<{}>", &page[name]),
                Token::End { name } => format!("</{}>", &page[name]),
            })
            .collect()
    }

    #[test]
    fn tags_text_and_comments() {
        for (page, wanted) in [
            ("<p class=a>一</p>", vec!["<p>", "一", "</p>"]),
            ("a < b <i>c", vec!["a ", "< b ", "<i>", "c"]),
            ("x<!-- <p>y</p> -->z", vec!["x", "z"]),
            ("<a title='1>2' href=\"x\">链接</a>", vec!["<a>", "链接", "</a>"]),
            ("<a title=\"never closed>文<b>字</b>", vec!["<a>", "文", "<b>", "字", "</b>"]),
            ("<!DOCTYPE html><?xml ?>文", vec!["文"]),
            ("<", vec!["<"]),
            ("</>文", vec!["文"]),
        ] {
            assert_eq!(shown(page), wanted, "{page}");
        }
    }

    #[test]
    fn attributes_are_read_in_all_their_forms() {
        let read: Vec<_> = attributes(" class=\"a b\" id = 'c'  checked data-x=y>z =odd").collect();
        assert_eq!(read, [("class", "a b"), ("id", "c"), ("checked", ""), ("data-x", "y>z"), ("=odd", "")]);
    }
}
