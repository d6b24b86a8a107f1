//! Which characters Traditional text of clone sites is made of, and what they are in Simplified script.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::cp936::Cp936;
use super::reading::{self, readings};

/// Traditional forms within GBK; `model/README.md` says where they come from.
const FORMS: &str = include_str!("../../model/forms.tsv");

/// How a character is used in clean Traditional text of clone sites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// It is not to be expected.
    None,
    /// It is a usual form, but sites write another one.
    Possible,
    /// It is what sites write.
    Expected,
}

/// The characters of clone sites and their indexes.
pub(super) struct Script {
    /// From code unit to the Simplified code unit; the same where the character is not Traditional-only.
    simplified: Vec<u16>,
    /// Which characters can be expected in clean Traditional text.
    uses: Vec<Use>,
    by_lead: [Vec<char>; 256],
    by_trail: [Vec<char>; 256],
    by_reading: BTreeMap<&'static str, Vec<char>>,
}

impl Script {
    /// Returns the tables, made on first use.
    pub(super) fn get() -> &'static Script {
        static SCRIPT: OnceLock<Script> = OnceLock::new();
        SCRIPT.get_or_init(Script::new)
    }

    fn new() -> Script {
        let mut script = Script {
            simplified: (0..=u16::MAX).collect(),
            uses: vec![Use::None; 0x1_0000],
            by_lead: [const { Vec::new() }; 256],
            by_trail: [const { Vec::new() }; 256],
            by_reading: BTreeMap::new(),
        };
        let in_use = script.read_forms();
        script.mark_plausible(&in_use);
        script.index();
        script
    }

    /// Reads the table of forms and returns those in use, their Simplified characters, and whether sites write them.
    fn read_forms(&mut self) -> Vec<(char, char, Use)> {
        let mut in_use = Vec::new();
        for line in FORMS.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t').map(|cell| (cell.chars().next(), cell));
            let (Some((Some(form), _)), Some((Some(simplified), _))) = (cells.next(), cells.next()) else {
                continue;
            };
            self.simplified[form as usize] = simplified as u16;
            match cells.next() {
                Some((_, "site")) => in_use.push((form, simplified, Use::Expected)),
                Some((_, "usual")) => in_use.push((form, simplified, Use::Possible)),
                _ => {}
            }
        }
        in_use
    }

    /// Plausible are the forms in use and what GB2312 has and step S leaves: 后 yes, 医 no.
    fn mark_plausible(&mut self, in_use: &[(char, char, Use)]) {
        let code = Cp936::get();
        for lead in 0xa1..=0xf7 {
            for trail in 0xa1..=0xfe {
                let symbol = matches!(lead, 0xa1 | 0xa3);
                if let Some(character) = code.character(lead, trail).filter(|_| symbol || lead >= 0xb0)
                    && !('\u{e000}'..='\u{f8ff}').contains(&character)
                {
                    self.uses[character as usize] = usage_of(character);
                }
            }
        }
        // A Simplified character with a form in use is gone, unless it is such a form itself, as 后 and 里 are.
        in_use.iter().for_each(|(_, simplified, _)| self.uses[*simplified as usize] = Use::None);
        in_use.iter().for_each(|(form, _, how)| self.uses[*form as usize] = *how);
    }

    fn index(&mut self) {
        let code = Cp936::get();
        for character in (0..=u16::MAX).filter_map(|unit| char::from_u32(u32::from(unit))) {
            let Some((lead, trail)) = code.pair(character).filter(|_| self.usage(character) != Use::None)
            else {
                continue;
            };
            self.by_lead[usize::from(lead)].push(character);
            self.by_trail[usize::from(trail)].push(character);
            if self.is_traditional(character) {
                let own = readings(character).chain(readings(self.simplified(character)));
                for reading in own {
                    let found = self.by_reading.entry(reading).or_default();
                    if found.last() != Some(&character) {
                        found.push(character);
                    }
                }
            }
        }
        self.by_reading.values_mut().for_each(|found| found.dedup());
    }

    /// Returns the Simplified form of a character.
    pub(super) fn simplified(&self, character: char) -> char {
        let unit = self.simplified.get(character as usize).copied();
        unit.and_then(|unit| char::from_u32(u32::from(unit))).unwrap_or(character)
    }

    /// Returns whether a character is written in Traditional text only.
    pub(super) fn is_traditional(&self, character: char) -> bool {
        self.simplified(character) != character
    }

    /// Returns how a character is used in clean Traditional text.
    pub(super) fn usage(&self, character: char) -> Use {
        self.uses.get(character as usize).copied().unwrap_or(Use::None)
    }

    /// Returns whether a character, or the Simplified form of it, can be read so.
    pub(super) fn reads(&self, character: char, reading: &str) -> bool {
        reading::reads(character, reading)
            || (self.is_traditional(character) && reading::reads(self.simplified(character), reading))
    }

    /// Returns whether a site would put this reading behind this character.
    pub(super) fn annotates(&self, character: char, reading: &str) -> bool {
        self.is_traditional(character) && self.reads(character, reading)
    }

    /// Returns the plausible characters with a lead byte, by code point.
    pub(super) fn with_lead(&self, lead: u8) -> &[char] {
        &self.by_lead[usize::from(lead)]
    }

    /// Returns the plausible characters with a trail byte, by code point.
    pub(super) fn with_trail(&self, trail: u8) -> &[char] {
        &self.by_trail[usize::from(trail)]
    }

    /// Returns the plausible Traditional-only characters with a reading, by code point.
    pub(super) fn with_reading(&self, reading: &str) -> &[char] {
        self.by_reading.get(reading).map_or(&[], Vec::as_slice)
    }
}

/// Returns how a character of GB2312 is used, whatever its forms.
fn usage_of(character: char) -> Use {
    match character {
        // Sites write digits and letters in ASCII and no wide spaces inside lines.
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '\u{3000}' => Use::None,
        '‘' | '’' | '『' | '』' => Use::Possible,
        _ => Use::Expected,
    }
}
