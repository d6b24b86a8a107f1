//! What a line looks like before it is understood: counts of its characters.

/// Counts over one line, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Shape {
    /// Han characters.
    pub(crate) han: u32,
    pub(crate) digits: u32,
    /// Other letters.
    pub(crate) letters: u32,
    /// 。！？； and their like.
    pub(crate) stops: u32,
    /// ，、： and their like.
    pub(crate) commas: u32,
    /// | / > · and their like, which stand between menu entries.
    pub(crate) bars: u32,
    /// Runs of white space.
    pub(crate) gaps: u32,
    pub(crate) end: End,
}

/// How a line ends, closing quotes and brackets aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum End {
    #[default]
    Open,
    /// 。！？；
    Stop,
    /// … or ...
    Cut,
    /// ，、：——
    Going,
}

impl Shape {
    /// Measures `line`. Linear, one pass.
    pub(crate) fn of(line: &str) -> Shape {
        let mut shape = Shape::default();
        let mut blank = false;
        for c in line.chars() {
            let was_blank =
                std::mem::replace(&mut blank, !('\u{3001}'..='\u{ffff}').contains(&c) && c.is_whitespace());
            shape.count(c);
            shape.gaps += u32::from(blank && !was_blank);
        }
        shape.end = end_of(line);
        shape
    }

    // Han characters are most of what comes, so they are asked for first.
    #[inline]
    fn count(&mut self, c: char) {
        match c {
            '丨' => self.bars += 1,
            '\u{4e00}'..='\u{9fff}' => self.han += 1,
            'a'..='z' | 'A'..='Z' => self.letters += 1,
            '0'..='9' | '０'..='９' => self.digits += 1,
            '。' | '！' | '？' | '；' | '!' | '?' | ';' | '｡' => self.stops += 1,
            '，' | '、' | '：' | ',' | ':' => self.commas += 1,
            '|' | '｜' | '>' | '»' | '›' | '/' | '·' | '→' | '•' | '┊' => self.bars += 1,
            '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇' => {
                self.han += 1
            }
            '\0'..='\u{7f}' | '\u{2000}'..='\u{303f}' => {}
            _ if c.is_alphabetic() => self.letters += 1,
            _ => {}
        }
    }

    /// Returns the number of characters that carry meaning; a Latin word of five letters counts like two Han.
    pub(crate) fn content(&self) -> u32 {
        self.han + self.digits + (self.letters * 2).div_ceil(5)
    }
}

fn end_of(line: &str) -> End {
    let closers = ['”', '’', '"', '\'', '」', '』', '）', ')', '】', ']', '》', ' ', '\u{3000}', '\u{a0}'];
    let rest = line.trim_end_matches(closers);
    if rest.ends_with("...") || rest.ends_with('…') || rest.ends_with("。。。") {
        return End::Cut;
    }
    match rest.chars().next_back() {
        Some('。' | '！' | '？' | '；' | '!' | '?' | ';' | '｡') => End::Stop,
        Some('，' | '、' | '：' | ',' | ':' | '—') => End::Going,
        _ => End::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_lines() {
        for (line, wanted) in [
            ("会议结束。", End::Stop),
            ("他说：“要坚持。”", End::Stop),
            ("医院介绍了情况...", End::Cut),
            ("女士们、先生们：", End::Going),
            ("一、总体目标", End::Open),
            ("", End::Open),
        ] {
            assert_eq!(Shape::of(line).end, wanted, "{line}");
        }
    }

    #[test]
    fn counts() {
        let shape = Shape::of("首页 | 医院概况 | 2021年");
        assert_eq!((shape.han, shape.digits, shape.bars, shape.gaps), (7, 4, 2, 4));
    }
}
