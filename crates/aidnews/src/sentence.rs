//! Sentences of a text.
//!
//! In: text whose paragraphs end in line feeds. Out: byte ranges that together cover the text but for the line
//! feeds. A sentence ends at 。！？； and their ASCII forms where no digit follows, with the closing quotes and
//! brackets behind it, and at every line feed.

use std::ops::Range;

/// Returns the sentences of `text` in order. O(text).
pub(crate) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let mut end = at + c.len_utf8();
        match c {
            '\n' => end = at,
            '。' | '！' | '？' | '；' | '!' | '?' | ';' => {
                while let Some((next, _)) =
                    characters.next_if(|(_, c)| matches!(c, '”' | '’' | '」' | '）' | ')' | '"'))
                {
                    end = next + text[next..].chars().next().map_or(0, char::len_utf8);
                }
            }
            _ => continue,
        }
        if end > start {
            found.push(start..end);
        }
        start = if c == '\n' { at + 1 } else { end };
    }
    if start < text.len() {
        found.push(start..text.len());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn ends_and_quotes() {
        for (text, wanted) in [
            ("甲到了。乙没来！", vec!["甲到了。", "乙没来！"]),
            ("他说：“好。”走了。", vec!["他说：“好。”", "走了。"]),
            ("小标题\n正文。", vec!["小标题", "正文。"]),
            ("没有句号", vec!["没有句号"]),
            ("\n\n", vec![]),
        ] {
            let found: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }
}
