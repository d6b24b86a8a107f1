//! Places where characters are lost for good: U+FFFD, and 锟斤拷, which is what two of them become in GBK.
//!
//! Nothing is changed; the places are marked.

use std::ops::Range;

/// What two U+FFFD read as GBK look like; longer stretches repeat it.
const KUN_JIN_KAO: [char; 3] = ['锟', '斤', '拷'];

/// Returns the stretches of lost characters, neighbours as one.
pub(super) fn places(text: &str) -> Vec<Range<usize>> {
    let mut places: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(['\u{FFFD}', '锟']) {
        let start = at + found;
        at = start + len(&text[start..]);
        let is_lost = at > start + '锟'.len_utf8() || text[start..].starts_with('\u{FFFD}');
        if is_lost {
            places.push(start..at);
        }
    }
    places
}

/// Returns the length of the stretch of lost characters at the start of `text`.
fn len(text: &str) -> usize {
    let mut phase = 0;
    let mut end = 0;
    for (at, character) in text.char_indices() {
        if character == '\u{FFFD}' {
            phase = 0;
        } else if character == KUN_JIN_KAO[phase] {
            phase = (phase + 1) % 3;
        } else {
            break;
        }
        end = at + character.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn cases() {
        for (text, found) in [
            ("新闻锟斤拷锟斤拷报", vec!["锟斤拷锟斤拷"]),
            ("医\u{FFFD}\u{FFFD}院\u{FFFD}", vec!["\u{FFFD}\u{FFFD}", "\u{FFFD}"]),
            ("锟铻剑", vec![]),
            ("锟斤", vec!["锟斤"]),
            ("斤拷", vec![]),
        ] {
            let stretches: Vec<&str> = places(text).into_iter().map(|place| &text[place]).collect();
            assert_eq!(stretches, found, "{text}");
        }
    }
}
