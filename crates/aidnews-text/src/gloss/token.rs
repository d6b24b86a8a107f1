//! What a line of a damaged page consists of, before it is known where its characters begin.

use std::ops::Range;

use super::cp936::{Cp936, Pair};
use super::reading::closed_syllable;
use super::script::Script;

/// The bytes behind a visible character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bytes {
    /// ASCII, or the single byte 80 that shows as €.
    One(u8),
    /// A lead and a trail byte.
    Two(Pair),
    /// `?` or U+FFFD: it may stand for a lost byte, or for itself.
    Query,
    /// A character that the code of the sites does not have.
    Foreign,
}

/// One visible character with what hangs on it.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) character: char,
    pub(super) bytes: Bytes,
    /// Where the token stands in the text, with its reading or remnant.
    pub(super) span: Range<usize>,
    /// The reading behind the character, without brackets: `guī` in 規(guī) and in `?guī)`.
    pub(super) reading: Option<Range<usize>>,
    /// The tag behind a `?` that swallowed its opening bracket: `/p>`.
    pub(super) remnant: Option<Range<usize>>,
}

impl Token {
    /// Returns the reading behind the character, without brackets.
    pub(super) fn reading<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.reading.clone().map(|span| &text[span])
    }

    /// Returns whether the token is a mark before which sites cut the text.
    pub(super) fn is_clause_mark(&self) -> bool {
        matches!(self.character, '，' | '。' | '；' | '？' | '！' | ',' | ';' | '?' | '!')
    }
}

/// Returns the tokens of `text[line]`.
pub(super) fn tokens(text: &str, line: Range<usize>) -> Vec<Token> {
    let (code, script) = (Cp936::get(), Script::get());
    let mut tokens = Vec::with_capacity(line.len() / 3);
    let mut at = line.start;
    while let Some(character) = text[at..line.end].chars().next() {
        let start = at;
        at += character.len_utf8();
        let bytes = bytes_of(character, code);
        let rest = &text.as_bytes()[at..line.end];
        let mut token = Token { character, bytes, span: start..at, reading: None, remnant: None };
        if bytes == Bytes::Query {
            if let Some(length) = closed_syllable(rest)
                && !script.with_reading(&text[at..at + length - 1]).is_empty()
            {
                token.reading = Some(at..at + length - 1);
                at += length;
            } else if let Some(length) = remnant(rest) {
                token.remnant = Some(at..at + length);
                at += length;
            }
        } else if rest.first() == Some(&b'(')
            && can_be_annotated(bytes)
            && let Some(length) = closed_syllable(&rest[1..])
        {
            token.reading = Some(at + 1..at + length);
            at += 1 + length;
        }
        token.span.end = at;
        tokens.push(token);
    }
    tokens
}

fn bytes_of(character: char, code: &Cp936) -> Bytes {
    match character {
        '?' | '\u{fffd}' => Bytes::Query,
        '€' => Bytes::One(0x80),
        '\0'..='\x7f' => Bytes::One(character as u8),
        _ => code.pair(character).map_or(Bytes::Foreign, Bytes::Two),
    }
}

fn can_be_annotated(bytes: Bytes) -> bool {
    match bytes {
        Bytes::One(byte) => (0x40..=0x80).contains(&byte),
        Bytes::Two(_) => true,
        Bytes::Query | Bytes::Foreign => false,
    }
}

/// Tags whose remnant is recognised behind a `?`.
const TAGS: [&str; 25] = [
    "a", "b", "br", "center", "dd", "div", "dl", "dt", "em", "font", "h1", "h2", "h3", "h4", "i", "img",
    "li", "p", "section", "span", "strong", "td", "tr", "u", "ul",
];

/// Remnants longer than this are text.
const LONGEST_REMNANT: usize = 200;

/// Returns the length of the rest of a tag at the start of `text`: 3 for `/p>`.
fn remnant(text: &[u8]) -> Option<usize> {
    let text = &text[..text.len().min(LONGEST_REMNANT)];
    let slash = usize::from(text.first() == Some(&b'/'));
    let name = text[slash..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    let name = str::from_utf8(&text[slash..slash + name]).ok().filter(|name| TAGS.contains(name))?;
    let rest = &text[slash + name.len()..];
    let attributes = match rest.first()? {
        b'>' => return Some(slash + name.len() + 1),
        b' ' | b'/' => rest.iter().take_while(|&&b| b != b'>' && b != b'<' && b < 0x80).count(),
        _ => return None,
    };
    (rest.get(attributes) == Some(&b'>')).then_some(slash + name.len() + attributes + 1)
}
