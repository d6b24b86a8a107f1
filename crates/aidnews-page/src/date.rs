//! Dates as pages print them: 2021-10-28 09:30, 2021年10月28日, 10-28.

use std::ops::Range;

/// A date found in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Bytes of the line, time of day included.
    pub(crate) range: Range<usize>,
    pub(crate) year: Option<i16>,
    pub(crate) month: i8,
    pub(crate) day: i8,
    pub(crate) time: Option<(i8, i8, Option<i8>)>,
    /// Written with 年 or 月.
    pub(crate) han: bool,
}

impl Stamp {
    /// Returns the date in ISO 8601, with the time of day where the page gives it; `None` without a year.
    pub(crate) fn iso(&self) -> Option<String> {
        let day = format!("{:04}-{:02}-{:02}", self.year?, self.month, self.day);
        Some(match self.time {
            Some((hour, minute, Some(second))) => format!("{day}T{hour:02}:{minute:02}:{second:02}"),
            Some((hour, minute, None)) => format!("{day}T{hour:02}:{minute:02}"),
            None => day,
        })
    }
}

/// Finds the dates of `line` from left to right. Linear.
pub(crate) fn dates(line: &str) -> Vec<Stamp> {
    let mut found = Vec::new();
    let bytes = line.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        match stamp(line, at) {
            Some(stamp) => {
                at = stamp.range.end;
                found.push(stamp);
            }
            None => at += bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count(),
        }
    }
    found
}

struct Reader<'l> {
    line: &'l str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.line[self.at..]
    }

    /// Reads a number of `least` to `most` digits.
    fn number(&mut self, least: usize, most: usize) -> Option<i16> {
        let len = self.rest().bytes().take(most).take_while(u8::is_ascii_digit).count();
        let value = (len >= least).then(|| self.rest()[..len].parse().ok()).flatten()?;
        self.at += len;
        Some(value)
    }

    fn eat(&mut self, marks: &[char]) -> Option<char> {
        let c = self.rest().chars().next().filter(|c| marks.contains(c))?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn blanks(&mut self) {
        while self.eat(&[' ', '\u{a0}', '\u{3000}']).is_some() {}
    }
}

fn stamp(line: &str, start: usize) -> Option<Stamp> {
    full(line, start).or_else(|| two_digit_year(line, start)).or_else(|| short(line, start))
}

fn full(line: &str, start: usize) -> Option<Stamp> {
    let mut reader = Reader { line, at: start };
    let year = reader.number(4, 4)?;
    reader.blanks();
    let mark = reader.eat(&['-', '/', '.', '年', '－'])?;
    reader.blanks();
    let month = reader.number(1, 2)?;
    reader.blanks();
    reader.eat(if mark == '年' { &['月'] } else { &['-', '/', '.', '月', '－'] })?;
    reader.blanks();
    let day = reader.number(1, 2)?;
    reader.eat(&['日', '号']);
    if !(1990..=2100).contains(&year) {
        return None;
    }
    finish(reader, start, Some(year), month, day, mark == '年')
}

/// Reads 18-03-08, two digits each.
fn two_digit_year(line: &str, start: usize) -> Option<Stamp> {
    let before = line[..start].chars().next_back();
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/')) {
        return None;
    }
    let mut reader = Reader { line, at: start };
    let year = reader.number(2, 2)?;
    let mark = reader.eat(&['-', '/'])?;
    let month = reader.number(2, 2)?;
    reader.eat(&[mark])?;
    let day = reader.number(2, 2)?;
    let next = reader.rest().chars().next();
    let over = next.is_some_and(|c| matches!(c, '-' | '/'));
    (!over && (10..=40).contains(&year))
        .then(|| finish(reader, start, Some(2000 + year), month, day, false))
        .flatten()
}

/// Reads 10-28, 10/28 or 10月28日.
fn short(line: &str, start: usize) -> Option<Stamp> {
    let before = line[..start].chars().next_back();
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/' | '年')) {
        return None;
    }
    let mut reader = Reader { line, at: start };
    let month = reader.number(1, 2)?;
    let mark = reader.eat(&['-', '/', '月'])?;
    let day = reader.number(1, 2)?;
    let closed = reader.eat(&['日', '号']).is_some();
    let next = reader.rest().chars().next();
    if mark != '月'
        && (reader.at - start != 5
            || next.is_some_and(|c| matches!(c, '-' | '/' | '.' | '%' | '年' | '月' | '名' | '个' | '例')))
    {
        return None;
    }
    (mark != '月' || closed).then(|| finish(reader, start, None, month, day, mark == '月')).flatten()
}

fn finish(
    mut reader: Reader<'_>,
    start: usize,
    year: Option<i16>,
    month: i16,
    day: i16,
    han: bool,
) -> Option<Stamp> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let mut end = reader.at;
    let time = clock(&mut reader);
    if time.is_some() {
        end = reader.at;
    }
    Some(Stamp { range: start..end, year, month, day, time, han })
}

/// Reads a time of day after a date, with whatever stands between: white space, T, a weekday.
fn clock(reader: &mut Reader<'_>) -> Option<(i8, i8, Option<i8>)> {
    reader.blanks();
    reader.eat(&['T', '|', '，', ',']);
    reader.blanks();
    if reader.eat(&['（', '(']).is_some() || reader.rest().starts_with("星期") {
        let close = reader.rest().char_indices().take(6).find(|(_, c)| matches!(c, '）' | ')' | ' '))?;
        reader.at += close.0 + close.1.len_utf8();
        reader.blanks();
    }
    let hour = reader.number(1, 2)?;
    reader.eat(&[':', '：', '时'])?;
    let minute = reader.number(2, 2)?;
    let second = if reader.eat(&[':', '：']).is_some() { reader.number(2, 2) } else { None };
    if hour > 23 || minute > 59 || second.is_some_and(|second| second > 59) {
        return None;
    }
    Some((
        i8::try_from(hour).ok()?,
        i8::try_from(minute).ok()?,
        second.and_then(|second| i8::try_from(second).ok()),
    ))
}

/// Reads a date of eight digits, or of four and four, from the address or name of an image file.
///
/// 微信图片_20211028104955.jpg, /upload/2022/0918/151344.jpg, /2021-10/28/a.jpg.
pub(crate) fn in_file_name(name: &str) -> Option<(i16, i8, i8)> {
    let file = name.rsplit('/').next().unwrap_or(name);
    eight_digits(file).or_else(|| {
        let digits: String =
            name.split(['?', '#']).next()?.chars().filter(|c| !matches!(c, '/' | '-' | '_')).collect();
        eight_digits(&digits)
    })
}

fn eight_digits(text: &str) -> Option<(i16, i8, i8)> {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(7)).take(400).find_map(|at| {
        let digits = text.get(at..at + 8).filter(|part| part.bytes().all(|b| b.is_ascii_digit()))?;
        if at > 0 && bytes[at - 1].is_ascii_digit() {
            return None;
        }
        let (year, month, day) =
            (digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?);
        ((1995..=2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day))
            .then_some((year, month, day))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_source_lines() {
        for (line, wanted) in [
            ("发布: 2021-09-15 14:12", "2021-09-15T14:12"),
            ("2025年05月09日 星期五 08:30", "2025-05-09T08:30"),
            ("2022年5月5日 （星期四） 17:42 资料来源", "2022-05-05T17:42"),
            ("时间:2019-09-3007:42", "2019-09-30T07:42"),
            ("2025/11/30 05:30", "2025-11-30T05:30"),
            ("2024.08.19 转载", "2024-08-19"),
            ("2019-09-07 13:43:45 来源", "2019-09-07T13:43:45"),
            ("2024年12月26日09:41 | 来源", "2024-12-26T09:41"),
        ] {
            assert_eq!(dates(line)[0].iso().unwrap(), wanted, "{line}");
        }
    }

    #[test]
    fn what_is_no_date() {
        for line in ["电话：0370-4112120", "5-10名", "第2021-13号", "版本 1.2.3", "比率 3/4", "99-13-45"]
        {
            assert_eq!(dates(line), [], "{line}");
        }
    }

    #[test]
    fn dates_in_file_names() {
        for (name, wanted) in [
            ("微信图片_20211028104955.jpg", Some((2021, 10, 28))),
            ("IMG_20150910_102233.jpg", Some((2015, 9, 10))),
            ("/upload/2022/0918/151344.jpg", Some((2022, 9, 18))),
            ("/pic/20250410/1.jpg", Some((2025, 4, 10))),
            ("DSC03235.JPG", None),
            ("/a/99999999.png", None),
        ] {
            assert_eq!(in_file_name(name), wanted, "{name}");
        }
    }
}
