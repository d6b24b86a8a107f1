//! Single characters that stand for others, or for nothing.
//!
//! One pass over the characters that the survey suspected, each kind a step of its own.

use std::ops::Range;
use std::sync::OnceLock;

use super::Step;
use super::survey::{Suspect, suspect};
use crate::convert::compatibility_character;
use crate::han::windows_1252;
use crate::rewrite::Rewriter;

const RADICALS: &str = include_str!("../../lexicon/radicals.tsv");

/// What becomes of a character.
enum Change {
    Into(char),
    Nothing,
}

/// Counts of the steps that did something.
pub(super) type StepCounts = Vec<(Step, u64)>;

/// Changes the characters of all `steps`; returns how many of each.
pub(super) fn run(writer: &mut Rewriter<'_>, text: &str, steps: &[Step]) -> StepCounts {
    let mut counts: StepCounts = Vec::new();
    let mut before = None;
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        let end = at + character.len_utf8();
        if let Some(step) = step(character)
            && steps.contains(&step)
            && let Some(change) = change(step, character, before, &text[end..])
        {
            apply(writer, at..end, change);
            match counts.iter_mut().find(|(counted, _)| *counted == step) {
                Some((_, count)) => *count += 1,
                None => counts.push((step, 1)),
            }
        }
        before = Some(character);
        at = end;
    }
    counts
}

fn apply(writer: &mut Rewriter<'_>, span: Range<usize>, change: Change) {
    match change {
        Change::Into(character) => writer.put(span, character),
        Change::Nothing => writer.replace(span, ""),
    }
}

/// Returns the step that is about a character.
fn step(character: char) -> Option<Step> {
    if character.is_ascii() {
        let control = character.is_ascii_control() && !matches!(character, '\t' | '\n' | '\r');
        return control.then_some(Step::Controls);
    }
    match suspect(character) {
        Suspect::Control => Some(Step::Controls),
        Suspect::PrivateUse => Some(Step::PrivateUse),
        Suspect::FullWidth => Some(Step::FullWidth),
        Suspect::Compatibility => Some(Step::Compatibility),
        Suspect::Radical => Some(Step::Radicals),
        Suspect::Space => Some(Step::Spaces),
        Suspect::ZeroWidth => Some(Step::ZeroWidth),
        Suspect::SoftHyphen => Some(Step::SoftHyphens),
        _ => is_wide_connector(character).then_some(Step::FullWidth),
    }
}

fn change(step: Step, character: char, before: Option<char>, rest: &str) -> Option<Change> {
    match step {
        Step::Controls => Some(control(character)),
        Step::PrivateUse => Some(private_use(character).map_or(Change::Nothing, Change::Into)),
        Step::FullWidth => full_width(character, before, rest).map(Change::Into),
        Step::Compatibility => compatibility_character(character).map(Change::Into),
        Step::Radicals => radical(character).map(Change::Into),
        Step::Spaces => Some(Change::Into(' ')),
        Step::ZeroWidth => is_idle(character, before, rest).then_some(Change::Nothing),
        Step::SoftHyphens => Some(Change::Nothing),
        _ => None,
    }
}

/// Line separators become line ends; C1 controls are what windows-1252 reads; the rest goes.
fn control(character: char) -> Change {
    match character {
        '\u{B}' | '\u{C}' | '\u{2028}' | '\u{2029}' => Change::Into('\n'),
        '\u{80}'..='\u{9F}' => {
            let byte = u8::try_from(u32::from(character)).unwrap_or_default();
            windows_1252(byte).map_or(Change::Nothing, Change::Into)
        }
        _ => Change::Nothing,
    }
}

/// Returns the character that GB18030 later gave to a private place, or the bullet of Word's symbol font.
fn private_use(character: char) -> Option<char> {
    let bytes: [u8; 2] = match u32::from(character) {
        0xE5E5 => return Some('\u{3000}'),
        0xF0B7 | 0xF06C | 0xF06E => return Some('•'),
        code @ 0xE78D..=0xE793 => pair(0xA6D9 + (code - 0xE78D)),
        code @ 0xE794..=0xE795 => pair(0xA6EC + (code - 0xE794)),
        0xE796 => pair(0xA6F3),
        code @ 0xE7C7..=0xE7C8 => pair(if code == 0xE7C7 { 0xA8BC } else { 0xA8BF }),
        code @ 0xE7E7..=0xE7F3 => pair(0xA989 + (code - 0xE7E7)),
        // The row jumps over 7F.
        code @ 0xE815..=0xE864 => pair(0xFE50 + (code - 0xE815) + u32::from(code >= 0xE844)),
        _ => return None,
    };
    let (text, _) = encoding_rs::GB18030.decode_without_bom_handling(&bytes);
    text.chars().next().filter(|&found| found != '\u{FFFD}' && suspect(found) != Suspect::PrivateUse)
}

fn pair(code: u32) -> [u8; 2] {
    [(code >> 8) as u8, code as u8]
}

/// Letters and digits always; what connects numbers only between them, since Chinese punctuation is wide by right.
fn full_width(character: char, before: Option<char>, rest: &str) -> Option<char> {
    let narrow = |wide: char| char::from_u32(u32::from(wide) - 0xFEE0);
    if suspect(character) == Suspect::FullWidth {
        return narrow(character);
    }
    let is_wide = |neighbour: char| suspect(neighbour) == Suspect::FullWidth;
    let inside = before.is_some_and(is_wide) && rest.chars().next().is_some_and(is_wide);
    let percent = character == '％' && before.is_some_and(|before| ('０'..='９').contains(&before));
    if inside || percent { narrow(character) } else { None }
}

/// Returns whether a character connects the parts of a number, a date or an address.
fn is_wide_connector(character: char) -> bool {
    matches!(character, '．' | '－' | '／' | '％' | '＋' | '＠' | '＿' | '＆' | '＃')
}

fn radical(character: char) -> Option<char> {
    static TABLE: OnceLock<Vec<(char, char)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        // The file is compiled in and sorted, which a test checks.
        let entries = RADICALS.lines().filter(|line| !line.starts_with('#'));
        let mut pairs: Vec<(char, char)> = entries
            .filter_map(|line| {
                let (radical, character) = line.split_once('\t')?;
                Some((radical.chars().next()?, character.chars().next()?))
            })
            .collect();
        pairs.sort_unstable();
        pairs
    });
    let at = table.binary_search_by_key(&character, |pair| pair.0).ok()?;
    Some(table[at].1)
}

/// Returns whether a character without width does nothing where it stands.
///
/// Joiners shape emoji and the scripts of India, Iran, Tibet and Mongolia; direction marks serve Arabic and Hebrew.
/// Beside Chinese, Latin letters, digits and punctuation they are litter. Tags spell flags after an emoji.
fn is_idle(character: char, before: Option<char>, rest: &str) -> bool {
    let after = rest.chars().next();
    let shaped = |neighbour: Option<char>| {
        neighbour.is_some_and(|neighbour| {
            matches!(neighbour, '\u{590}'..='\u{10FF}' | '\u{1780}'..='\u{18AF}' | '\u{FB1D}'..='\u{FEFC}'
                | '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}' | '\u{E0020}'..='\u{E007F}')
        })
    };
    match character {
        '\u{200B}' | '\u{FEFF}' | '\u{2060}' | '\u{FFF9}'..='\u{FFFC}' => true,
        _ => !shaped(before) && !shaped(after),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        let mut writer = Rewriter::new(text);
        run(&mut writer, text, &Step::ALL);
        writer.finish().0.into_owned()
    }

    #[test]
    fn cases() {
        for (text, wanted, why) in [
            ("２０２１年Ａ组ｂ", "2021年A组b", "letters and digits"),
            ("对口，支援。（１）：“Ｘ”！？；", "对口，支援。（1）：“X”！？；", "Chinese punctuation stays"),
            ("３．５％，２０２１－０５－０１", "3.5%，2021-05-01", "connectors between wide digits"),
            ("一．对口－支援／％", "一．对口－支援／％", "connectors elsewhere stay"),
            ("⼈⺠医院", "人民医院", "radicals"),
            ("\u{F9B5}年\u{2F800}", "例年丽", "compatibility ideographs"),
            ("\u{FA0E}", "\u{FA0E}", "a unified ideograph in the compatibility block"),
            ("对\u{200b}口\u{feff}支\u{200d}援\u{200e}", "对口支援", "zero width"),
            ("👨\u{200d}⚕\u{fe0f} 👩\u{200d}👧", "👨\u{200d}⚕\u{fe0f} 👩\u{200d}👧", "joined emoji"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم", "Persian"),
            ("医\u{ad}院", "医院", "soft hyphen"),
            ("医\u{0}院\u{1b}\u{7f}\u{1}", "医院", "controls"),
            ("一\u{b}二\u{c}三\u{2028}四", "一\n二\n三\n四", "other line ends"),
            ("\u{93}引\u{94}\u{85}\u{81}", "“引”…", "C1 as windows-1252"),
            ("医\u{a0}院\u{2003}", "医 院 ", "spaces"),
            ("对\u{3000}口", "对\u{3000}口", "the ideographic space belongs to Chinese layout"),
            (
                "\u{e5e5}\u{e7c7}\u{e815}\u{e843}\u{e844}\u{e863}\u{e864}",
                "　ḿ⺁龹䜣䶮龻",
                "places of GB18030",
            ),
            ("\u{f0b7}项\u{e601}目\u{f8ff}", "•项目", "bullets and icons"),
            ("a\tb\r\nc", "a\tb\r\nc", "tabs and line ends"),
        ] {
            assert_eq!(mended(text), wanted, "{why}");
        }
    }

    #[test]
    fn the_list_of_radicals_is_well_formed() {
        let lexicon = aidnews_compile::Lexicon::parse("radicals.tsv", RADICALS).unwrap();
        assert_eq!(lexicon.entries().count(), 328);
        assert!(lexicon.entries().all(|entry| entry.surface() != entry.cell("character")));
    }
}
