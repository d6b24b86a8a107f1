//! What the words of class and id attributes say about a box.

use std::collections::HashMap;
use std::sync::LazyLock;

use aidnews_compile::Lexicon;

use crate::flat::Role;

static WORDS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lexicon = Lexicon::parse("classes.tsv", include_str!("../../lexicon/classes.tsv"))
        .expect("classes.tsv is checked by tests");
    lexicon.entries().map(|entry| (entry.surface(), entry.cell("role"))).collect()
});

/// Adds what the words of `attribute` (a class or an id) say to `role`.
///
/// Words end at anything but letters and where a capital follows a small letter: `rm_relevant`, `artTitle`.
pub(crate) fn read(attribute: &str, role: &mut Role) {
    role.hidden |= attribute.split_ascii_whitespace().any(|word| matches!(WORDS.get(word), Some(&"hidden")));
    let mut word = [0u8; 16];
    let mut len = 0;
    let mut small = false;
    for byte in attribute.bytes().chain([b' ']) {
        let letter = byte.is_ascii_alphabetic();
        if !letter || (small && byte.is_ascii_uppercase()) {
            if (2..=16).contains(&len) {
                note(&word[..len], role);
            }
            len = 0;
        }
        if letter {
            if len < 16 {
                word[len] = byte.to_ascii_lowercase();
            }
            len += 1;
        }
        small = byte.is_ascii_lowercase();
    }
}

fn note(word: &[u8], role: &mut Role) {
    let known = std::str::from_utf8(word).ok().and_then(|word| WORDS.get(word));
    match known.copied() {
        Some("chrome") => role.chrome = true,
        Some("comment") => role.comment = true,
        Some("caption") => role.caption = true,
        Some("summary") => role.summary = true,
        Some("title") => role.title = true,
        Some("meta") => role.meta = true,
        Some("body") => role.body = true,
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_compound_names() {
        let mut role = Role::default();
        read("rm_relevant box-1", &mut role);
        assert!(role.chrome && !role.title);
        read("artTitle", &mut role);
        assert!(role.title);
        let mut none = Role::default();
        read("shareholder navigate", &mut none);
        assert_eq!(none, Role::default());
    }
}
