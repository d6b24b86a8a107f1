//! Ideographic description sequences (⿰木目): OpenCC passes them untouched, so they must be recognised as it does.

/// Deepest nesting OpenCC follows.
const MAX_DEPTH: usize = 16;
/// Most code points OpenCC takes into one sequence.
const MAX_CODE_POINTS: usize = 64;

/// Returns the length in bytes of the description sequence `text` begins with, 0 where it begins with none.
///
/// A sequence that is cut short, too deep or too long is none. Constant cost: at most 64 characters are read.
pub(super) fn sequence_len(text: &str) -> usize {
    // Operands still missing on each open level; the operator itself is the one operand of the outermost level.
    let mut missing = [0u8; MAX_DEPTH + 1];
    missing[0] = 1;
    let mut depth = 0;
    for (count, (at, character)) in text.char_indices().enumerate() {
        if count >= MAX_CODE_POINTS {
            return 0;
        }
        missing[depth] -= 1;
        let arity = arity(character);
        if arity > 0 {
            depth += 1;
            if depth >= MAX_DEPTH {
                return 0;
            }
            missing[depth] = arity;
        } else if count == 0 {
            return 0;
        }
        while missing[depth] == 0 {
            if depth == 0 {
                return at + character.len_utf8();
            }
            depth -= 1;
        }
    }
    0
}

/// Returns the number of operands of a description operator, 0 for any other character.
///
/// U+31EF is an operand for OpenCC 1.4, although Unicode 15.1 made it an operator.
fn arity(character: char) -> u8 {
    match character {
        '\u{2FFE}' | '\u{2FFF}' => 1,
        '\u{2FF2}' | '\u{2FF3}' => 3,
        '\u{2FF0}'..='\u{2FFD}' => 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::sequence_len;

    #[test]
    fn sequences_are_measured() {
        for (text, characters) in [
            ("⿰木目國", 3),
            ("⿰⿱日月國後", 5),
            ("⿲彳中亍x", 4),
            ("⿾國", 2),
            ("⿰國", 0),
            ("國國", 0),
            ("", 0),
        ] {
            let wanted: usize = text.chars().take(characters).map(char::len_utf8).sum();
            assert_eq!(sequence_len(text), wanted, "{text}");
        }
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |levels: usize| format!("{}國", "⿾".repeat(levels));
        assert_eq!(sequence_len(&nested(15)), 16 * 3);
        assert_eq!(sequence_len(&nested(16)), 0);
    }
}
