//! GBK that someone read as Latin-1 or windows-1252: ÐÂÎÅ for 新闻.
//!
//! A stretch of accented letters and signs is turned back into bytes and read as GBK. It is taken if it has at least two
//! characters, nearly all of them common, and if the whole text has at least six such characters: single accented letters
//! of other languages never pass. Russian that was misread in this way gives rare characters and stays.

use crate::han::{gb2312_common, latin_byte};
use crate::rewrite::Rewriter;

/// Fewer characters in a stretch are left alone.
const FEWEST_IN_STRETCH: usize = 2;
/// Fewer characters in the whole text prove nothing.
const FEWEST_IN_TEXT: usize = 6;

/// Undoes the mistake; returns how many characters came back.
pub(super) fn run(writer: &mut Rewriter<'_>, text: &str) -> u64 {
    let characters: usize = stretches(text).map(|stretch| stretch.characters).sum();
    if characters < FEWEST_IN_TEXT {
        return 0;
    }
    for stretch in stretches(text) {
        let mut at = stretch.start;
        for character in stretch.text.chars() {
            let bytes = if character.is_ascii() { 1 } else { 2 };
            let len: usize = text[at..].chars().take(bytes).map(char::len_utf8).sum();
            writer.put(at..at + len, character);
            at += len;
        }
    }
    characters as u64
}

/// A stretch that reads well as GBK.
struct Stretch {
    start: usize,
    text: String,
    characters: usize,
}

fn stretches(text: &str) -> impl Iterator<Item = Stretch> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            // Lead bytes A1 to FE are U+00A1 to U+00FE, whose first byte in UTF-8 is C2 or C3.
            at += memchr::memchr2(0xC2, 0xC3, &text.as_bytes()[at..])?;
            let start = at;
            let bytes: Vec<u8> = text[start..].chars().map_while(latin_byte).collect();
            let len: usize = text[start..].chars().take(bytes.len()).map(char::len_utf8).sum();
            at = start + len.max(text[start..].chars().next().map_or(1, char::len_utf8));
            if let Some(stretch) = read(start, &bytes) {
                return Some(stretch);
            }
        }
        None
    })
}

fn read(start: usize, bytes: &[u8]) -> Option<Stretch> {
    if bytes.len() < 2 * FEWEST_IN_STRETCH || bytes.len() % 2 == 1 {
        return None;
    }
    let text = encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(bytes)?.into_owned();
    let characters = text.chars().count();
    // A stretch with a four-byte or a one-byte code would not be read back pair by pair.
    if characters * 2 != bytes.len() {
        return None;
    }
    let common = text.chars().filter(|&character| is_common(character)).count();
    (common * 10 >= characters * 9).then_some(Stretch { start, text, characters })
}

fn is_common(character: char) -> bool {
    gb2312_common().has(character)
        || matches!(character, '\u{3000}'..='\u{3011}' | '\u{FF01}'..='\u{FF5E}' | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoil(text: &str) -> String {
        let (bytes, _, _) = encoding_rs::GBK.encode(text);
        bytes.iter().map(|&byte| crate::han::windows_1252(byte).unwrap_or(char::from(byte))).collect()
    }

    fn mended(text: &str) -> (String, u64) {
        let mut writer = Rewriter::new(text);
        let count = run(&mut writer, text);
        (writer.finish().0.into_owned(), count)
    }

    #[test]
    fn the_mistake_is_undone() {
        let text = "新闻：广东省人民医院派出12名专家，对口支援“林芝市人民医院”。";
        assert_eq!(mended(&spoil(text)).0, text);
        let mixed = format!("标题 {} end", spoil("对口支援医疗队"));
        assert_eq!(mended(&mixed), ("标题 对口支援医疗队 end".to_owned(), 7));
    }

    #[test]
    fn other_languages_stay() {
        for text in [
            "Çağrı, São, créée, naïveté, Ãéàè",
            "Ïðèâåò, ìèð! Êàê äåëà ñåãîäíÿ?",
            "ÄÖÜäöüß ÄÖÜäöüß ÄÖÜäöüß",
            "þæöð íslenska áéíóúýþæö",
        ] {
            assert_eq!(mended(text), (text.to_owned(), 0));
        }
    }
}
