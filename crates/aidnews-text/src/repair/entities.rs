//! HTML entities left in plain text: `&nbsp;`, `&#23545;`, `&amp;mdash;`.
//!
//! Only complete entities with their semicolon are replaced. A no-break space becomes a space, since nothing else of the
//! layout is left. `&amp;` before the rest of an entity was escaped twice and is undone with it. Plain text that writes
//! *about* HTML loses its escapes: that is what this step is for, and why it can be switched off.

use std::sync::OnceLock;

use crate::rewrite::Rewriter;

const ENTITIES: &str = include_str!("../../lexicon/entities.tsv");
/// The longest name or number between `&` and `;`, in bytes.
const LONGEST: usize = 10;

/// Replaces entities; returns how many.
pub(super) fn run(writer: &mut Rewriter<'_>, text: &str) -> u64 {
    let mut count = 0;
    for start in memchr::memchr_iter(b'&', text.as_bytes()) {
        if start < writer.done() {
            continue;
        }
        if let Some((len, character)) = entity(&text[start..]) {
            writer.put(start..start + len, character);
            count += 1;
        }
    }
    count
}

/// Returns the length and the meaning of the entity at the start of `text`.
fn entity(text: &str) -> Option<(usize, char)> {
    let mut escapes = 0;
    // Twice escaped is common, more often is somebody's joke; each level is one look.
    while escapes < 4 && text[1 + 4 * escapes..].starts_with("amp;") {
        escapes += 1;
    }
    for skipped in (0..=escapes).rev() {
        let body = &text[1 + 4 * skipped..];
        if let Some((len, character)) = named(body) {
            return Some((1 + 4 * skipped + len, character));
        }
    }
    None
}

/// Reads what follows the `&`: returns its length with the semicolon, and the character.
fn named(body: &str) -> Option<(usize, char)> {
    let end = body.bytes().take(LONGEST + 1).position(|byte| byte == b';')?;
    let name = &body[..end];
    let character = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None => by_name(name)?,
    };
    Some((end + 1, if character == '\u{A0}' { ' ' } else { character }))
}

fn numbered(number: &str) -> Option<char> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) if digits(hex) => u32::from_str_radix(hex, 16).ok()?,
        None if digits(number) => number.parse().ok()?,
        _ => return None,
    };
    // Browsers read these as windows-1252; pages rely on it.
    if let Some(character) = u8::try_from(code).ok().filter(|byte| (0x80..0xA0).contains(byte)) {
        return crate::han::windows_1252(character);
    }
    char::from_u32(code)
        .filter(|character| !character.is_control() || matches!(character, '\n' | '\t' | '\r'))
}

fn by_name(name: &str) -> Option<char> {
    let names = names();
    let at = names.binary_search_by(|(listed, _)| (*listed).cmp(name)).ok()?;
    Some(names[at].1)
}

fn names() -> &'static [(&'static str, char)] {
    static NAMES: OnceLock<Vec<(&str, char)>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let lines = ENTITIES.lines().filter(|line| !line.starts_with('#'));
        let mut names: Vec<(&str, char)> = lines
            .filter_map(|line| {
                let (name, code) = line.split_once('\t')?;
                Some((name, char::from_u32(u32::from_str_radix(code, 16).ok()?)?))
            })
            .collect();
        names.sort_unstable();
        names
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases() {
        for (text, wanted) in [
            ("对口&nbsp;支援", "对口 支援"),
            ("&ldquo;组团式&rdquo;援藏&mdash;&mdash;纪实", "“组团式”援藏——纪实"),
            ("&#23545;&#x53E3;&#X53e3;", "对口口"),
            ("&amp;nbsp;&amp;amp;lt;", " <"),
            ("A&amp;B", "A&B"),
            (
                "AT&T; R&D; &nosuch; &; &#; &#x; &#xZZ; &#0; &#1114112; &#55296; &nbsp",
                "AT&T; R&D; &nosuch; &; &#; &#x; &#xZZ; &#0; &#1114112; &#55296; &nbsp",
            ),
            ("http://x.cn/?a=1&lt=2&copy=3", "http://x.cn/?a=1&lt=2&copy=3"),
            ("&#150;&#8226;&middot;", "–•·"),
            ("a && b &&lt;", "a && b &<"),
        ] {
            let mut writer = Rewriter::new(text);
            run(&mut writer, text);
            assert_eq!(writer.finish().0, wanted, "{text}");
        }
    }
}
