//! Readings without tones behind characters: 相關(guan)於(yu), 會(hui)(hui).
//!
//! Some clone sites write them; no bytes are damaged. A reading is ASCII brackets around one syllable that the character
//! before them can have, perhaps doubled, perhaps with spaces. The text is touched only if it has at least eight of them
//! behind at least four different characters, and next to no other Latin words in brackets behind characters: a primer
//! that explains (guan) once, or names such as 协和(PUMCH), stay.

use pinyin::ToPinyinMulti;

use crate::rewrite::Rewriter;

/// Fewer readings prove nothing.
const FEWEST: usize = 8;
/// Nor do readings of fewer characters.
const FEWEST_CHARACTERS: usize = 4;
/// The longest syllable, zhuang.
const LONGEST: usize = 6;

/// Removes the readings; returns how many there were.
pub(super) fn run(writer: &mut Rewriter<'_>, text: &str) -> u64 {
    let brackets: Vec<Brackets> = brackets(text);
    let mut glossed: Vec<char> =
        brackets.iter().filter(|found| found.is_reading).map(|found| found.character).collect();
    let readings = glossed.len();
    glossed.sort_unstable();
    glossed.dedup();
    let others = brackets.len() - readings;
    if readings < FEWEST || glossed.len() < FEWEST_CHARACTERS || others * 10 > readings {
        return 0;
    }
    for found in brackets.iter().filter(|found| found.is_reading) {
        writer.replace(found.start..found.end, "");
    }
    readings as u64
}

/// A Latin word in ASCII brackets behind a Chinese character or behind such brackets.
struct Brackets {
    character: char,
    /// The bracket, or the spaces before it.
    start: usize,
    end: usize,
    is_reading: bool,
}

fn brackets(text: &str) -> Vec<Brackets> {
    let mut found: Vec<Brackets> = Vec::new();
    for open in memchr::memchr_iter(b'(', text.as_bytes()) {
        let word = word(&text.as_bytes()[open + 1..]);
        if word.is_empty() {
            continue;
        }
        let start = text[..open].trim_end_matches(' ').len().max(open.saturating_sub(2));
        let doubled = found.last().filter(|last| last.end == start).map(|last| last.character);
        let Some(character) = doubled.or_else(|| text[..start].chars().next_back()) else { continue };
        if !crate::han::is_unified(character) {
            continue;
        }
        let end = open + word.len() + 2;
        let is_reading = reads(character, word);
        // A doubled reading whose first half was none is none.
        let is_reading =
            is_reading && (doubled.is_none() || found.last().is_some_and(|last| last.is_reading));
        found.push(Brackets { character, start, end, is_reading });
    }
    found
}

/// Returns the ASCII letters up to a closing bracket at the start of `bytes`; empty if there is anything else.
fn word(bytes: &[u8]) -> &[u8] {
    let len = bytes.iter().take(20).take_while(|byte| byte.is_ascii_alphabetic()).count();
    if bytes.get(len) == Some(&b')') { &bytes[..len] } else { &[] }
}

/// Returns whether `character` can be read as `word`, tones aside.
fn reads(character: char, word: &[u8]) -> bool {
    let readings = character.to_pinyin_multi().into_iter().flatten();
    word.len() <= LONGEST && readings.map(pinyin::Pinyin::with_tone).any(|reading| is_toneless(reading, word))
}

fn is_toneless(reading: &str, word: &[u8]) -> bool {
    let mut letters = word.iter();
    let spelt = reading.chars().all(|letter| match (plain(letter), letters.next()) {
        // ü is written u or v where there are no accents.
        ('ü', Some(b'v' | b'u')) => true,
        (plain, Some(&found)) => char::from(found) == plain,
        (_, None) => false,
    });
    spelt && letters.next().is_none()
}

fn plain(letter: char) -> char {
    match letter {
        'ā' | 'á' | 'ǎ' | 'à' => 'a',
        'ē' | 'é' | 'ě' | 'è' => 'e',
        'ī' | 'í' | 'ǐ' | 'ì' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ò' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ù' => 'u',
        'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'ü',
        'ń' | 'ň' | 'ǹ' => 'n',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        let mut writer = Rewriter::new(text);
        run(&mut writer, text);
        writer.finish().0.into_owned()
    }

    #[test]
    fn readings_are_removed() {
        let text =
            "相關(guan)於(yu)醫(yi)療(liao)隊(dui)的會(hui)(hui)議 (yi)，對(dui)口綠(lv)色通道(dao)(CT)";
        assert_eq!(mended(text), "相關於醫療隊的會議，對口綠色通道(CT)");
    }

    #[test]
    fn a_few_readings_stay() {
        for text in [
            "龜茲(qiu)(ci)，單(shan)于(yu)",
            "醫(yi)醫(yi)醫(yi)醫(yi)醫(yi)醫(yi)醫(yi)醫(yi)醫(yi)",
            "關(guan)於(yu)醫(yi)療(liao)隊(dui)會(hui)對(dui)口(kou)協和(PUMCH)華西(WCH)中山(ZS)",
            "关(guan1)于(yu2)",
            "f(x) 函数(x)",
        ] {
            assert_eq!(mended(text), text);
        }
    }
}
