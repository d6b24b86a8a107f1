//! What the language model sees of a character and of a word; shared with the build script that makes its table.

/// The first word of the table; changes with its format.
pub(crate) const MAGIC: u32 = 0x676c_6f31;

/// The symbol before the first and after the last character of a line.
pub(crate) const BORDER: char = '\n';

/// Stands in a repaired text for an ASCII character that was swallowed: mostly a digit.
pub(crate) const LOST: char = char::REPLACEMENT_CHARACTER;

/// Returns the symbol that stands for `character` in the model.
///
/// Width, digits, Latin letters, the kinds of quotes and 著 for 着 are folded: they say nothing about the characters beside them.
pub(crate) fn fold(character: char) -> char {
    let character = match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0).unwrap_or(character),
        '\u{3000}' => ' ',
        _ => character,
    };
    match character {
        '0'..='9' | LOST => '0',
        'a'..='z' | 'A'..='Z' => 'a',
        '著' => '着',
        '「' | '『' | '‘' => '“',
        '」' | '』' | '’' => '”',
        _ => character,
    }
}

/// Returns the fingerprint of a word: FNV-1a over its UTF-16 code units, never 0.
pub(crate) fn fingerprint(word: impl Iterator<Item = u16>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for unit in word {
        hash = (hash ^ u64::from(unit)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash ^ (hash >> 29)
}
