//! Character references: `&nbsp;`, `&#12345;`, `&#x4e2d;`.

use std::sync::LazyLock;

use aidnews_compile::Lexicon;

/// (name, characters, may stand without a semicolon), sorted by name.
type Entities = Vec<(&'static str, String, bool)>;

static ENTITIES: LazyLock<Entities> = LazyLock::new(|| {
    let text = include_str!("../../lexicon/entities.tsv");
    // The file is compiled in and a test parses it, so this cannot fail in a build that passed.
    let lexicon = Lexicon::parse("entities.tsv", text).expect("entities.tsv is checked by tests");
    let decode = |codes: &str| {
        codes.split(' ').filter_map(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?)).collect()
    };
    lexicon
        .entries()
        .map(|entry| (entry.surface(), decode(entry.cell("codes")), !entry.cell("bare").is_empty()))
        .collect()
});

/// Reads the character reference at the start of `text` (which starts with `&`): its length in bytes and what it means.
///
/// `None` where the `&` stands for itself.
pub(crate) fn reference(text: &str) -> Option<(usize, String)> {
    let body = text.strip_prefix('&')?;
    match body.strip_prefix('#') {
        Some(number) => numeric(number).map(|(len, c)| (len + 2, c.to_string())),
        None => named(body).map(|(len, value)| (len + 1, value)),
    }
}

/// Returns `text` with its character references decoded.
pub(crate) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (len, value) = reference(&rest[at..]).unwrap_or((1, "&".to_owned()));
        out.push_str(&value);
        rest = &rest[at + len..];
    }
    out.push_str(rest);
    out
}

fn numeric(text: &str) -> Option<(usize, char)> {
    let (radix, prefix) = if text.starts_with(['x', 'X']) { (16, 1) } else { (10, 0) };
    let digits = text[prefix..].bytes().take_while(|b| (*b as char).is_digit(radix)).take(8).count();
    let value = u32::from_str_radix(text.get(prefix..prefix + digits)?, radix).ok()?;
    let len = prefix + digits + usize::from(text[prefix + digits..].starts_with(';'));
    Some((len, windows_1252(value)?))
}

/// Numbers between 128 and 159 mean Windows-1252 characters, as in all browsers.
fn windows_1252(value: u32) -> Option<char> {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match value {
        0 => Some('\u{fffd}'),
        0x80..=0x9f => HIGH.chars().nth(value as usize - 0x80),
        _ => char::from_u32(value),
    }
}

fn named(text: &str) -> Option<(usize, String)> {
    let len = text.bytes().take_while(u8::is_ascii_alphanumeric).take(32).count();
    let find = |name: &str| ENTITIES.binary_search_by(|entry| entry.0.cmp(name)).ok().map(|at| &ENTITIES[at]);
    let name = &text[..len];
    if text[len..].starts_with(';')
        && let Some(entry) = find(name)
    {
        return Some((len + 1, entry.1.clone()));
    }
    // `&nbsp文`, `&nbsp&nbsp`: the longest prefix that may stand bare.
    (2..=len.min(6))
        .rev()
        .find_map(|len| find(&text[..len]).filter(|entry| entry.2).map(|entry| (len, entry.1.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        for (text, wanted) in [
            ("&nbsp;", Some((6, "\u{a0}"))),
            ("&nbsp文", Some((5, "\u{a0}"))),
            ("&ldquo;好", Some((7, "“"))),
            ("&#20013;", Some((8, "中"))),
            ("&#x4E2D国", Some((7, "中"))),
            ("&#151;", Some((6, "—"))),
            ("&amp;nbsp;", Some((5, "&"))),
            ("&copy=1", Some((5, "©"))),
            ("&unknown;", None),
            ("& ", None),
            ("&#xD800;", None),
            ("&#", None),
        ] {
            assert_eq!(
                reference(text),
                wanted.map(|(len, value): (usize, &str)| (len, value.to_owned())),
                "{text}"
            );
        }
    }
}
