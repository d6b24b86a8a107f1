//! How stretches of text and of bytes are shown.

use std::ops::Range;

/// Bytes of a line of the hexadecimal view.
const ROW: usize = 16;

/// Source bytes shown before and after a stretch.
const AROUND: usize = 60;

/// Ends of sentences.
const ENDS: [char; 7] = ['。', '！', '？', '；', '!', '?', '\n'];

/// What may close a sentence after its end.
const CLOSERS: [char; 7] = ['”', '’', '」', '』', '）', '"', ')'];

/// A way to show things: with colour for a person at a terminal, with brackets elsewhere.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View {
    pub(crate) color: bool,
}

impl View {
    /// Returns a line of `text` with the bytes `inside` highlighted; control characters are spelt out.
    pub(crate) fn marked(&self, text: &str, inside: Range<usize>) -> String {
        let (open, close) = if self.color { ("\x1b[1;7m", "\x1b[0m") } else { ("⟦", "⟧") };
        let (before, words, after) = (&text[..inside.start], &text[inside.clone()], &text[inside.end..]);
        format!("{}{open}{}{close}{}", visible(before), visible(words), visible(after))
    }

    /// Returns the bytes of a source with some before and after, read in its encoding.
    pub(crate) fn source(&self, bytes: &[u8], inside: Range<usize>, encoding: &str) -> String {
        let start = inside.start.saturating_sub(AROUND);
        let end = (inside.end + AROUND).min(bytes.len());
        let read = |part: &[u8]| aidnews_text::decode(part, Some(encoding)).text.into_owned();
        let before = read(&bytes[start..inside.start]);
        let after = read(&bytes[inside.end..end]);
        let words = read(&bytes[inside]);
        // The window cuts through characters at its own ends.
        let before = before.trim_start_matches('\u{fffd}');
        let after = after.trim_end_matches('\u{fffd}');
        self.marked(&format!("{before}{words}{after}"), before.len()..before.len() + words.len())
    }
}

/// A text without anything that moves a cursor or changes a terminal.
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' => out.push('⏎'),
            '\r' => {}
            '\t' => out.push(' '),
            _ if letter.is_control() => out.extend(letter.escape_unicode()),
            _ => out.push(letter),
        }
    }
    out
}

/// The bytes of a range of code points; what lies beyond the text is cut.
pub(crate) fn bytes_of(text: &str, points: Range<usize>) -> Range<usize> {
    let byte = |at: usize| text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte);
    let start = byte(points.start);
    start..byte(points.end).max(start)
}

/// The bytes of the sentence, or sentences, around some words.
pub(crate) fn sentence(text: &str, words: Range<usize>) -> Range<usize> {
    let before = &text[..words.start];
    let mut start = before.rfind(ENDS).map_or(0, |at| at + char_at(before, at).len_utf8());
    while text[start..words.start].starts_with(CLOSERS) {
        start += char_at(text, start).len_utf8();
    }
    let after = &text[words.end..];
    let closed = text[words.clone()].trim_end_matches(CLOSERS).ends_with(ENDS);
    if closed {
        return start..words.end;
    }
    let mut end = match after.find(ENDS) {
        Some(at) if char_at(after, at) == '\n' => return start..words.end + at,
        Some(at) => words.end + at + char_at(after, at).len_utf8(),
        None => return start..text.len(),
    };
    while text[end..].starts_with(CLOSERS) {
        end += char_at(text, end).len_utf8();
    }
    start..end
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or('\0')
}

/// Lines of offset and bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8], inside: Range<usize>) -> impl Iterator<Item = String> + '_ {
    let start = inside.start;
    bytes[inside].chunks(ROW).enumerate().map(move |(row, chunk)| {
        let digits: Vec<String> = chunk.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{:08x}  {}", start + row * ROW, digits.join(" "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_with_its_closing_marks() {
        let text = "他说：“好。”专家来了！派出3名专家；任期一年\n又一段。";
        for (words, wanted) in [
            ("说", "他说：“好。”"),
            ("专家来", "专家来了！"),
            ("3名", "派出3名专家；"),
            ("一年", "任期一年"),
            ("又", "又一段。"),
            ("来了！派出", "专家来了！派出3名专家；"),
            ("又一段。", "又一段。"),
        ] {
            let start = text.find(words).unwrap();
            assert_eq!(&text[sentence(text, start..start + words.len())], wanted, "{words}");
        }
    }

    #[test]
    fn nothing_reaches_the_terminal_that_could_steer_it() {
        let view = View { color: false };
        assert_eq!(view.marked("a\x1b[2Jb\tc\n", 1..2), "a⟦\\u{1b}⟧[2Jb c⏎");
    }

    #[test]
    fn a_source_is_shown_in_its_encoding() {
        let (bytes, _, _) = encoding_rs::GB18030.encode("医疗队派出3名专家支援");
        let view = View { color: false };
        assert_eq!(view.source(&bytes, 10..15, "gb18030"), "医疗队派出⟦3名专⟧家支援");
    }

    #[test]
    fn hex_lines_begin_with_their_offset() {
        let lines: Vec<String> = hex(b"0123456789abcdefgh", 1..18).collect();
        assert_eq!(lines, ["00000001  31 32 33 34 35 36 37 38 39 61 62 63 64 65 66 67", "00000011  68"]);
    }
}
