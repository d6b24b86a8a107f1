//! Reads one date or time as written: 2021年10月27日上午, 今年6月, 上周三, 20日20时43分, 第三季度.
//!
//! Input is folded text, output a [`Point`] whose fields say what the words say; [`crate::resolve`] finds out which
//! day is meant. Reading is left to right, field by field from the year down, and never goes back further than one
//! field.

use crate::lexicon::{Edge, Feast, Lists, Offset, TimeWord};
use crate::line::Line;
use crate::numeral::{self, Form, Numeral};
use crate::value::{Clock, DayPart, TimeUnit};

/// A year as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum YearField {
    #[default]
    None,
    Given(i16),
    Away(Offset),
}

/// A month as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum MonthField {
    #[default]
    None,
    Given(i8),
    Away(Offset),
    /// Month of the lunar year and whether it is the leap month.
    Lunar(i8, bool),
}

/// A day, or a stretch of days smaller than a month, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum DayField {
    #[default]
    None,
    Given(i8),
    Away(Offset),
    Lunar(i8),
    /// A whole week, counted from the week of the reference.
    Week(i8),
    /// A weekday (1 to 7), in a week counted from the reference's or in any.
    Weekday(Option<i8>, i8),
    /// Saturday and Sunday of a week.
    Weekend(i8),
    Feast(Feast),
    /// 第二周, 最后一周 (-1).
    NthWeek(i8),
    /// 第一个周二, 最后一个星期一 (-1).
    NthWeekday(i8, i8),
    /// 第十天 of a year or a month.
    NthDay(i16),
}

/// A stretch inside a year, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stretch {
    Season(i8),
    Span((i8, i8), (i8, i8)),
    Half(i8),
    Quarter(i8),
    QuarterAway(i16),
    Century(i16),
    /// First year, and how many years.
    Decade(i16),
    First(i16, TimeUnit),
    Last(i16, TimeUnit),
}

/// A date or time as the words give it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Point {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) year: YearField,
    pub(crate) month: MonthField,
    pub(crate) day: DayField,
    pub(crate) stretch: Option<Stretch>,
    pub(crate) edge: Option<Edge>,
    pub(crate) part: Option<DayPart>,
    pub(crate) clock: Option<Clock>,
    pub(crate) clock_end: Option<Clock>,
    /// The last year, month or day of 1995-1997年, 1-9月, 21-23日.
    pub(crate) year_end: Option<i16>,
    pub(crate) month_end: Option<i8>,
    pub(crate) day_end: Option<i8>,
    /// Whether the text says 农历.
    pub(crate) lunar: bool,
    /// Whether it closes a range.
    pub(crate) joined: bool,
}

impl Point {
    /// Tells whether there is any date field, so that it is more than a time of day.
    pub(crate) fn has_date(&self) -> bool {
        self.year != YearField::None
            || self.has_month()
            || self.has_day()
            || self.stretch.is_some()
            || self.edge.is_some()
    }

    pub(crate) fn has_month(&self) -> bool {
        self.month != MonthField::None
    }

    pub(crate) fn has_day(&self) -> bool {
        self.day != DayField::None
    }

    pub(crate) fn has_time(&self) -> bool {
        self.part.is_some() || self.clock.is_some()
    }
}

pub(crate) fn get(text: &[char], at: usize) -> char {
    text.get(at).copied().unwrap_or('\0')
}

pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '〇')
}

/// Skips at most two spaces.
pub(crate) fn space(text: &[char], at: usize) -> usize {
    match (get(text, at), get(text, at + 1)) {
        (' ', ' ') => at + 2,
        (' ', _) => at + 1,
        _ => at,
    }
}

pub(crate) fn starts(text: &[char], at: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(i, c)| get(text, at + i) == c)
}

/// Returns one past a mark that joins the ends of a range, with the spaces around it.
pub(crate) fn range_mark(text: &[char], at: usize) -> Option<usize> {
    let at = space(text, at);
    let end = match get(text, at) {
        '-' if get(text, at + 1) == '-' => at + 2,
        '-' | '~' | '至' | '到' => at + 1,
        _ => return None,
    };
    Some(space(text, end))
}

/// A small whole number written in any way, as a field of a date.
fn field(text: &Line, at: usize, low: i64, high: i64) -> Option<(usize, i64, Numeral)> {
    let numeral = text.numeral(at, false)?;
    if numeral.decimal || numeral.grouped || numeral.big.is_some() || numeral.figures > 4 {
        return None;
    }
    // 两日 and 两月 are lengths, not the second.
    if get(text, at) == '两' && high <= 53 && numeral.end == at + 1 && get(text, numeral.end) != '点' {
        return None;
    }
    let pair = numeral.form == Form::Digits && numeral.quantity.min.is_some();
    let value = if pair { numeral.quantity.value? as i64 } else { numeral.whole()? };
    (low..=high).contains(&value).then_some((numeral.end, value, numeral))
}

/// Figures only, `width` of them.
fn figures(text: &Line, at: usize, width: std::ops::RangeInclusive<usize>) -> Option<(usize, i64)> {
    let mut end = at;
    let mut value = 0i64;
    while let Some(d) = get(text, end).to_digit(10) {
        value = value * 10 + i64::from(d);
        end += 1;
        if end - at > *width.end() {
            return None;
        }
    }
    (end - at >= *width.start()).then_some((end, value))
}

/// Tells whether a month and a day can exist together in some year.
pub(crate) fn valid(month: i64, day: i64) -> bool {
    (1..=12).contains(&month)
        && day >= 1
        && day <= [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][(month - 1) as usize]
}

/// Reads dates written with figures and marks: 2021-09-12, 2021/9, 20240307, 09-01, 6·30.
fn numeric(text: &Line, at: usize, joined: bool) -> Option<Point> {
    let before = if at == 0 { '\0' } else { text[at - 1] };
    if before.is_ascii_alphanumeric()
        || matches!(before, '.' | '/' | '_' | '·' | '$' | '¥')
        || before == '-' && !joined
    {
        return None;
    }
    let (end, first) = figures(text, at, 1..=8)?;
    let width = end - at;
    let mark = get(text, end);
    let full = |end, year: i64, month: i64, day: i64| {
        let sound = (1000..=2999).contains(&year) && valid(month, day) && !get(text, end).is_ascii_digit();
        sound.then(|| Point {
            start: at,
            end,
            year: YearField::Given(year as i16),
            month: MonthField::Given(month as i8),
            day: DayField::Given(day as i8),
            ..Point::default()
        })
    };
    if width == 8 {
        let plain = !mark.is_ascii_alphanumeric() && !matches!(mark, '.' | '-' | '%' | '元');
        let sound = plain && (1900..=2099).contains(&(first / 10000));
        return sound.then(|| full(end, first / 10000, first / 100 % 100, first % 100))?;
    }
    if width == 4 && matches!(mark, '-' | '/' | '.' | ' ' | '·') {
        let spaced = mark == ' ';
        let (second_end, month) = figures(text, end + 1, if spaced { 2..=2 } else { 1..=2 })?;
        let second_mark = get(text, second_end);
        let alike = second_mark == mark || !spaced && matches!((mark, second_mark), ('.', '-') | ('-', '.'));
        if alike
            && let Some((third_end, day)) = figures(text, second_end + 1, if spaced { 2..=2 } else { 1..=2 })
        {
            let more = matches!(get(text, third_end), '.' | '/') && get(text, third_end + 1).is_ascii_digit();
            if let Some(point) = full(third_end, first, month, day).filter(|_| !more) {
                return Some(point);
            }
        }
        let month_only = (matches!(mark, '-' | '/') && second_end - end == 3
            || mark == '.' && !is_han(second_mark) && !matches!(second_mark, '%' | '‰'))
            && valid(month, 1);
        let range = mark == '.'
            && second_mark == '-'
            && figures(text, second_end + 1, 4..=4).is_some_and(|(end, _)| get(text, end) == '.');
        let ends = range
            || !second_mark.is_ascii_alphanumeric() && !matches!(second_mark, '-' | '/' | '年' | '.' | '月');
        if month_only && ends && (1900..=2099).contains(&first) {
            let (year, month) = (YearField::Given(first as i16), MonthField::Given(month as i8));
            return Some(Point { start: at, end: second_end, year, month, ..Point::default() });
        }
        return None;
    }
    if width <= 2 && matches!(mark, '-' | '/' | '·') {
        let (last, day) = figures(text, end + 1, 1..=2)?;
        let after = get(text, last);
        if after.is_ascii_alphanumeric()
            || matches!(after, '-' | '/' | '·' | '.' | '%' | ':')
            || !valid(first, day)
        {
            return None;
        }
        if is_han(after) && !matches!(after, '至' | '到' | '上' | '下' | '晚' | '早' | '日') && mark != '·'
        {
            return None;
        }
        let sure = match mark {
            '-' => width == 2 && last - end == 3 && (joined || get(text, at) == '0'),
            '/' => first >= day,
            _ => true,
        };
        let (month, day) = (MonthField::Given(first as i8), DayField::Given(day as i8));
        return sure.then_some(Point { start: at, end: last, month, day, ..Point::default() });
    }
    None
}

/// Reads the point that starts at `at`.
pub(crate) fn read(text: &Line, lists: &Lists, at: usize) -> Option<Point> {
    read_joined(text, lists, at, false)
}

/// Reads a point; `joined` where it closes a range, so that a dash stands before it and 号 after it is a day.
pub(crate) fn read_joined(text: &Line, lists: &Lists, at: usize, joined: bool) -> Option<Point> {
    let mut point = match numeric(text, at, joined) {
        Some(point) => point,
        None => {
            let mut point = Point { start: at, end: at, joined, ..Point::default() };
            calendar(text, lists, &mut point);
            point
        }
    };
    time_of_day(text, lists, &mut point);
    (point.end > at && (point.has_date() || point.has_time())).then_some(point)
}

/// Reads 昨（廿九）日, 今(5)日: a day word split around its number.
fn split_day(text: &Line, point: &mut Point) -> bool {
    let away = match get(text, point.end) {
        '昨' => -1,
        '今' => 0,
        '明' => 1,
        '前' => -2,
        _ => return false,
    };
    if get(text, point.end + 1) != '(' {
        return false;
    }
    let Some((end, ..)) = field(text, point.end + 2, 1, 31) else { return false };
    let closed = get(text, end) == ')' && matches!(get(text, end + 1), '日' | '天');
    if closed {
        (point.day, point.end) = (DayField::Away(Offset::Reference(away)), end + 2);
    }
    closed
}

/// Reads the fields from the year down to the day.
fn calendar(text: &Line, lists: &Lists, point: &mut Point) {
    if split_day(text, point) {
        return;
    }
    if (starts(text, point.end, "农历") || starts(text, point.end, "阴历"))
        && lunar_follows(text, point.end + 2)
    {
        point.lunar = true;
        point.end += 2;
    }
    year(text, lists, point);
    if point.stretch.is_some() {
        after_edge(text, lists, point);
        return;
    }
    if point.year_end.is_some() {
        return;
    }
    let from = point.end;
    let mut next = space(text, from);
    if point.year != YearField::None && get(text, next) == '的' {
        next += 1;
    }
    if (starts(text, next, "农历") || starts(text, next, "阴历")) && lunar_follows(text, next + 2) {
        point.lunar = true;
        next += 2;
    }
    let dated = point.year != YearField::None;
    point.end = next;
    month(text, lists, point);
    if point.end == next {
        point.end = from;
    }
    if point.stretch.is_some() {
        after_edge(text, lists, point);
        return;
    }
    if point.month_end.is_some() {
        return;
    }
    let from = point.end;
    day(text, lists, point, dated);
    if !point.has_day() && !point.has_month() && point.stretch.is_none() && point.edge.is_none() && dated {
        point.end = point.end.max(from);
    }
}

fn lunar_follows(text: &Line, at: usize) -> bool {
    let c = get(text, at);
    numeral::is_numeral(c) || matches!(c, '正' | '腊' | '冬' | '闰')
}

/// Reads 2021年, 二〇二一年, 15年3月, 民国110年, 今年, 20世纪80年代.
fn year(text: &Line, lists: &Lists, point: &mut Point) {
    let at = point.end;
    if let Some((end, &TimeWord::Year(offset))) = lists.times.at(text, at)
        && !matches!(get(text, end), '龄' | '级' | '轻' | '代')
    {
        point.year = YearField::Away(offset);
        point.end = end;
        return;
    }
    let mut start = at;
    let mut shift = 0;
    for (word, by) in [("公元", 0), ("西元", 0), ("民国", 1911), ("本世纪", 0), ("上世纪", 0)] {
        if starts(text, at, word) {
            let length = word.chars().count();
            if length == 3 {
                let first = if word == "本世纪" { 2000 } else { 1900 };
                decade_or_century(text, point, at + length, first);
                return;
            }
            (start, shift) = (at + length, by);
            break;
        }
    }
    let Some((end, value, numeral)) = field(text, start, 0, 2999) else { return };
    let next = space(text, end);
    if starts(text, next, "世纪") && (1..=30).contains(&value) && start == at {
        decade_or_century(text, point, next + 2, (value as i16 - 1) * 100);
        return;
    }
    if starts(text, next, "年代") && start == at && value % 10 == 0 && numeral.quantity.min.is_none() {
        let first = match value {
            1000..=2999 => value as i16,
            20..=90 => 1900 + value as i16,
            10 => 2010,
            _ => return,
        };
        (point.stretch, point.end) = (Some(Stretch::Decade(first)), next + 2);
        return;
    }
    let written_year = match numeral.form {
        Form::Arabic => numeral.figures == 4 && value >= 1000,
        Form::Digits => numeral.figures == 4 && value >= 1000,
        Form::Places => (1900..=2999).contains(&value) && value % 100 != 0,
        _ => false,
    };
    if get(text, next) == '年' && !year_word(text, next) {
        if shift > 0 {
            if (1..=200).contains(&value) {
                (point.year, point.end) = (YearField::Given(value as i16 + shift), next + 1);
            }
            return;
        }
        let two = match numeral.form {
            Form::Arabic if numeral.figures == 2 => value < 10 || short_year_follows(text, next + 1),
            _ if republican(text, &numeral, value, next) => {
                (point.year, point.end) = (YearField::Given(value as i16 + 1911), next + 1);
                return;
            }
            Form::Digits => {
                numeral.figures == 2 && (numeral.quantity.min.is_none() || short_year_follows(text, next + 1))
            }
            _ => false,
        };
        if written_year || start > at && value >= 1 {
            (point.year, point.end) = (YearField::Given(value as i16), next + 1);
        } else if two {
            let year = if value < 50 { 2000 + value } else { 1900 + value };
            (point.year, point.end) = (YearField::Given(year as i16), next + 1);
        }
        if point.end > at && get(text, point.end) == '度' {
            point.end += 1;
        }
        return;
    }
    // 2021/22年度: a school or budget year.
    if written_year && get(text, end) == '/' && get(text, end + 3) == '年' {
        if let Some((last, short)) = figures(text, end + 1, 2..=2)
            && short == (value + 1) % 100
        {
            (point.year, point.year_end) = (YearField::Given(value as i16), Some(value as i16 + 1));
            point.end = last + 1 + usize::from(get(text, last + 1) == '度');
        }
        return;
    }
    // 1995-1997年, 2016到2018.
    if written_year && let Some(second) = range_mark(text, end) {
        let Some((last, high, other)) = field(text, second, 1000, 2999) else { return };
        if other.form != numeral.form || high <= value || get(text, last).is_ascii_alphanumeric() {
            return;
        }
        let next = space(text, last);
        if get(text, next) == '年' && !year_word(text, next) {
            point.end = next + 1;
            if get(text, point.end) == '度' {
                point.end += 1;
            }
        } else if value >= 1900 && high <= 2100 && plain_years(text, at, last) {
            point.end = last;
        } else {
            return;
        }
        (point.year, point.year_end) = (YearField::Given(value as i16), Some(high as i16));
    }
}

/// 114年1月 counts from 1912: three figures before 年 and a month are a year of the Republic, as Taiwan writes them.
fn republican(text: &Line, numeral: &Numeral, value: i64, at: usize) -> bool {
    numeral.figures == 3 && (90..=199).contains(&value) && short_year_follows(text, at + 1)
}

/// Tells whether two bare years (2021-2025) stand free of units, so that they can be years.
fn plain_years(text: &Line, at: usize, end: usize) -> bool {
    let before = if at == 0 { '\0' } else { text[at - 1] };
    let after = get(text, end);
    !before.is_ascii_alphanumeric()
        && !matches!(before, '-' | '.' | '/' | '$' | '¥')
        && !matches!(
            after,
            '-' | '.'
                | '/'
                | '%'
                | '元'
                | '名'
                | '人'
                | '个'
                | '例'
                | '米'
                | '万'
                | '亿'
                | '余'
                | '多'
                | '台'
                | '号'
        )
}

/// Tells whether 年 at `at` belongs to another word: 年级, 年龄, 年代.
fn year_word(text: &Line, at: usize) -> bool {
    matches!(get(text, at + 1), '级' | '龄' | '代' | '薪' | '产' | '轻' | '限' | '制' | '期')
}

fn short_year_follows(text: &Line, at: usize) -> bool {
    let at = space(text, at);
    if get(text, at) == '第' {
        return true;
    }
    let Some((end, value, _)) = field(text, at, 1, 12) else {
        return matches!(get(text, at), '春' | '夏' | '秋' | '冬' | '端' | '腊' | '正')
            && !starts(text, at, "春秋");
    };
    let end = space(text, end);
    (1..=12).contains(&value) && get(text, end) == '月' || starts(text, end, "季度")
}

fn decade_or_century(text: &Line, point: &mut Point, end: usize, first: i16) {
    point.end = end;
    point.stretch = Some(Stretch::Century(first));
    if let Some((end, value, _)) = field(text, end, 10, 90)
        && value % 10 == 0
        && starts(text, end, "年代")
    {
        (point.stretch, point.end) = (Some(Stretch::Decade(first + value as i16)), end + 2);
    }
}

/// Reads 初, 末期, 年底 after a stretch or a year.
fn after_edge(text: &Line, lists: &Lists, point: &mut Point) {
    if let Some((end, &TimeWord::AnyEdge(edge))) = lists.times.at(text, point.end)
        && edge_ends(text, end)
    {
        (point.edge, point.end) = (Some(edge), end);
    }
}

/// Tells whether 初 opens a lunar day (初一, 初十) rather than the start of a month (3月初一批专家).
fn first_days(text: &Line, lists: &Lists, at: usize) -> bool {
    get(text, at) == '初'
        && field(text, at + 1, 1, 10).is_some_and(|(end, ..)| lists.units.at(text, end).is_none())
}

/// Tells whether a one-letter 初, 中, 内 stands alone (and is not 初步, 中国, 内科).
fn edge_ends(text: &Line, end: usize) -> bool {
    match text[end - 1] {
        '初' => !matches!(get(text, end), '步' | '次' | '级' | '心' | '中' | '诊' | '始'),
        '中' => !matches!(
            get(text, end),
            '国' | '心' | '医' | '央' | '学' | '共' | '华' | '东' | '药' | '西' | '标' | '级' | '旬' | '山'
        ),
        '内' => !matches!(get(text, end), '科' | '蒙' | '部' | '分' | '镜' | '地' | '容'),
        '末' | '底' => !matches!(get(text, end), '梢' | '端' | '座'),
        _ => true,
    }
}

/// Reads 6月, 六月份, 上个月, 腊月, 第三季度, 上半年, 年底.
fn month(text: &Line, lists: &Lists, point: &mut Point) {
    let at = point.end;
    let dated = point.year != YearField::None;
    if let Some((end, &word)) = lists.times.at(text, at) {
        match word {
            TimeWord::Month(offset) => (point.month, point.end) = (MonthField::Away(offset), end),
            TimeWord::Half(half) => (point.stretch, point.end) = (Some(Stretch::Half(half)), end),
            TimeWord::Quarter(away) => (point.stretch, point.end) = (Some(Stretch::QuarterAway(away)), end),
            TimeWord::Season(season) if (dated || end > at + 1) && season_stands(text, at, end) => {
                (point.stretch, point.end) = (Some(Stretch::Season(season)), end);
            }
            TimeWord::Span(first, last) => {
                (point.stretch, point.end) = (Some(Stretch::Span(first, last)), end)
            }
            TimeWord::YearEdge(edge) => {
                (point.edge, point.end) = (Some(edge), end);
                if !dated {
                    point.year = YearField::Away(Offset::Reference(0));
                }
            }
            TimeWord::AnyEdge(edge) if dated && edge_ends(text, end) => {
                (point.edge, point.end) = (Some(edge), end)
            }
            _ => {}
        }
        if point.end > at {
            return;
        }
    }
    let c = get(text, at);
    let lunar_month = match c {
        '正' => Some(1),
        '冬' => Some(11),
        '腊' => Some(12),
        _ => None,
    };
    if let Some(month) = lunar_month {
        if get(text, at + 1) == '月' {
            (point.month, point.end, point.lunar) = (MonthField::Lunar(month, false), at + 2, true);
        }
        return;
    }
    let (number_at, leap, ordinal) = match c {
        '闰' => (at + 1, true, false),
        '第' => (at + 1, false, true),
        _ => (at, false, false),
    };
    if starts(text, at, "前") || starts(text, at, "最后") || starts(text, at, "头") {
        if dated {
            first_or_last(text, point, at);
        }
        return;
    }
    let Some((end, value, numeral)) = field(text, number_at, 1, 53) else { return };
    let next = space(text, end);
    let has_month =
        get(text, next) == '月' && !matches!(get(text, next + 1), '嫂' | '饼' | '经' | '子' | '亮' | '光');
    if has_month && (1..=12).contains(&value) && !ordinal && numeral.quantity.min.is_none() && !numeral.bare {
        point.month = if point.lunar || leap {
            point.lunar = true;
            MonthField::Lunar(value as i8, leap)
        } else {
            MonthField::Given(value as i8)
        };
        point.end = next + 1 + usize::from(get(text, next + 1) == '份');
        return;
    }
    let quarter = if starts(text, next, "季度") {
        Some(next + 2)
    } else if ordinal && starts(text, next, "个季度") {
        Some(next + 3)
    } else {
        None
    };
    if let Some(end) = quarter {
        if (1..=4).contains(&value) {
            (point.stretch, point.end) = (Some(Stretch::Quarter(value as i8)), end);
        }
        return;
    }
    if dated && starts(text, next, "个月") && (1..=12).contains(&value) && ordinal {
        (point.month, point.end) = (MonthField::Given(value as i8), next + 2);
        return;
    }
    if dated && ordinal && get(text, next) == '周' && !starts(text, next, "周年") {
        (point.day, point.end) = (DayField::NthWeek(value as i8), next + 1);
        return;
    }
    if dated && ordinal && get(text, next) == '天' {
        (point.day, point.end) = (DayField::NthDay(value as i16), next + 1);
        return;
    }
    // 7-8月, 1至9月份.
    if !ordinal
        && !leap
        && numeral.form != Form::Mixed
        && (1..=12).contains(&value)
        && let Some(second) = range_mark(text, end)
        && let Some((last, high, _)) = field(text, second, 1, 12)
    {
        let next = space(text, last);
        if get(text, next) == '月' && high != value {
            (point.month, point.month_end) = (MonthField::Given(value as i8), Some(high as i8));
            point.end = next + 1 + usize::from(get(text, next + 1) == '份');
            if get(text, point.end).is_ascii_digit() {
                // 3-4月5日 is no range of months.
                (point.month, point.month_end, point.end) = (MonthField::None, None, at);
            }
        }
    }
}

/// 春 and 秋 alone are half of 春秋; 春节 is a feast.
fn season_stands(text: &Line, at: usize, end: usize) -> bool {
    end > at + 1
        || !matches!(get(text, end), '节' | '秋' | '运' | '晚' | '耕' | '联' | '令' | '奥' | '至' | '分')
}

/// 前五个月, 最后4个月, 前10天, 前2周 of a year or a month.
fn first_or_last(text: &Line, point: &mut Point, at: usize) {
    let (number_at, last) = if starts(text, at, "最后") { (at + 2, true) } else { (at + 1, false) };
    let Some((end, value, _)) = field(text, space(text, number_at), 1, 99) else { return };
    let next = space(text, end);
    let (unit, end) = if starts(text, next, "个月") {
        (TimeUnit::Month, next + 2)
    } else if starts(text, next, "个季度") || starts(text, next, "季度") {
        let length = if get(text, next) == '个' { 3 } else { 2 };
        let stretch = if last {
            Stretch::Last(3 * value as i16, TimeUnit::Month)
        } else {
            Stretch::First(3 * value as i16, TimeUnit::Month)
        };
        (point.stretch, point.end) = (Some(stretch), next + length);
        return;
    } else if get(text, next) == '周' {
        (TimeUnit::Week, next + 1)
    } else if get(text, next) == '天' {
        (TimeUnit::Day, next + 1)
    } else {
        return;
    };
    let stretch = if last { Stretch::Last(value as i16, unit) } else { Stretch::First(value as i16, unit) };
    (point.stretch, point.end) = (Some(stretch), end);
}

fn weekday(c: char) -> Option<i8> {
    Some(match c {
        '一' | '1' => 1,
        '二' | '2' => 2,
        '三' | '3' => 3,
        '四' | '4' => 4,
        '五' | '5' => 5,
        '六' | '6' => 6,
        '日' | '天' | '7' => 7,
        _ => return None,
    })
}

/// Returns one past 周, 星期, 礼拜.
fn week_word(text: &Line, at: usize) -> Option<usize> {
    if starts(text, at, "星期") || starts(text, at, "礼拜") {
        Some(at + 2)
    } else {
        (get(text, at) == '周').then_some(at + 1)
    }
}

/// Reads 27日, 初一, 中旬, 上周三, 昨天, 春节.
fn day(text: &Line, lists: &Lists, point: &mut Point, dated: bool) {
    let at = space(text, point.end);
    let monthly = point.has_month();
    if let Some((end, &word)) = lists.times.at(text, at) {
        match word {
            TimeWord::Day(offset, part) if !monthly && !dated => {
                (point.day, point.part, point.end) = (DayField::Away(offset), part, end);
                return;
            }
            TimeWord::MonthEdge(edge) if monthly || !dated => {
                (point.edge, point.end) = (Some(edge), end);
                if !monthly {
                    point.month = MonthField::Away(Offset::Reference(0));
                }
                return;
            }
            TimeWord::AnyEdge(edge) if monthly && edge_ends(text, end) && !first_days(text, lists, at) => {
                (point.edge, point.end) = (Some(edge), end);
                return;
            }
            _ => {}
        }
    }
    if !monthly && let Some((end, &feast)) = lists.feasts.at(text, at) {
        if !matches!(feast, Feast::Term(_, true)) || dated {
            (point.day, point.end) = (DayField::Feast(feast), end);
            if dated && matches!(feast, Feast::Lunar(..) | Feast::Eve) {
                point.lunar = true;
            }
        }
        return;
    }
    if !monthly && !dated && week(text, point, at) {
        return;
    }
    if monthly || dated {
        let at = if get(text, at) == '的' { at + 1 } else { at };
        if starts(text, at, "第") || starts(text, at, "最后一") {
            nth_in_month(text, point, at);
            return;
        }
        if starts(text, at, "前") || starts(text, at, "最后") {
            first_or_last(text, point, at);
            return;
        }
    }
    // 初一, 初十: days of the lunar month.
    if get(text, at) == '初' {
        if monthly && let Some((end, value, _)) = field(text, at + 1, 1, 10) {
            lunar_day(point, value as i8, end);
        }
        return;
    }
    if dated && !monthly {
        return;
    }
    if point.month == MonthField::None && !numeral::is_numeral(get(text, at)) {
        return;
    }
    let Some((end, value, numeral)) = field(text, at, 1, 31) else { return };
    if numeral.quantity.min.is_some() || numeral.bare && value > 10 {
        return;
    }
    let next = space(text, end);
    let mark = get(text, next);
    let possible = |value: i64| match point.month {
        MonthField::Given(month) => valid(i64::from(month), value),
        _ => true,
    };
    let day_mark = mark == '日'
        && !matches!(get(text, next + 1), '元' | '夜' | '均' | '圆' | '币' | '本' | '常' | '程' | '志')
        || mark == '号'
            && (monthly
                || point.joined
                || matches!(get(text, next + 1), '上' | '下' | '晚' | '早' | '凌')
                    && !starts(text, next + 1, "上线"));
    if day_mark {
        // An impossible day is kept, so that 6月31日 is declined as a whole later.
        (point.day, point.end) = (DayField::Given(value as i8), next + 1);
        if point.lunar {
            point.day = DayField::Lunar(value as i8);
        }
        return;
    }
    // 9月15，: 日 left out.
    if monthly
        && numeral.form == Form::Arabic
        && possible(value)
        && figures(text, at, 1..=2).is_some_and(|(e, _)| e == end)
    {
        let after = get(text, end);
        let open = after.is_ascii_alphanumeric()
            || matches!(after, '.' | '%' | '‰' | '-' | '~' | '/' | ':' | '+' | ' ')
            || after == '℃';
        if !is_han(after) && !open {
            (point.day, point.end) = (DayField::Given(value as i8), end);
            return;
        }
    }
    // 21-23日, 19到20日.
    if let Some(second) = range_mark(text, end)
        && let Some((last, high, _)) = field(text, second, 1, 31)
    {
        let next = space(text, last);
        if (get(text, next) == '日' || (monthly || point.joined) && get(text, next) == '号')
            && possible(high)
            && high != value
        {
            (point.day, point.day_end, point.end) =
                (DayField::Given(value as i8), Some(high as i8), next + 1);
            return;
        }
    }
    // 八月十五 without 日 is lunar; 廿 is lunar anywhere after a month.
    if monthly && numeral.form != Form::Arabic && value <= 30 {
        let counted = lists.units.at(text, end).is_some();
        if !counted || point.lunar || matches!(get(text, at), '廿' | '卅') {
            lunar_day(point, value as i8, end);
        }
    }
}

fn lunar_day(point: &mut Point, value: i8, end: usize) {
    if let MonthField::Given(month) = point.month {
        point.month = MonthField::Lunar(month, false);
    }
    if matches!(point.month, MonthField::Lunar(..)) {
        (point.day, point.end, point.lunar) = (DayField::Lunar(value), end, true);
    }
}

/// Reads 上周, 下下周三, 本周末, 周二, 星期天.
fn week(text: &Line, point: &mut Point, at: usize) -> bool {
    let mut next = at;
    let mut away: Option<i8> = None;
    loop {
        match get(text, next) {
            '上' if away.unwrap_or(-1) < 0 && next < at + 4 => away = Some(away.unwrap_or(0) - 1),
            '下' if away.unwrap_or(1) > 0 && next < at + 4 => away = Some(away.unwrap_or(0) + 1),
            '本' | '这' | '当' if away.is_none() => away = Some(0),
            _ => break,
        }
        next += 1;
    }
    if away.is_some() && get(text, next) == '一' && week_word(text, next + 1).is_some() {
        next += 1;
    }
    if away.is_some() && get(text, next) == '个' {
        next += 1;
    }
    let Some(mut end) = week_word(text, next) else {
        // 上上个月, 下下下周一: months as well.
        if away.is_some_and(|n| n != 0) && get(text, next) == '月' && get(text, next - 1) != '下' {
            (point.month, point.end) =
                (MonthField::Away(Offset::Reference(i16::from(away.unwrap_or(0)))), next + 1);
            let mut inner = *point;
            month_day_only(text, &mut inner);
            *point = inner;
            return true;
        }
        return false;
    };
    let bare_week = get(text, end - 1) == '周';
    if bare_week && starts(text, end, "星期") {
        end += 2;
    }
    let before = if at == 0 { '\0' } else { text[at - 1] };
    if away.is_none() && (numeral::is_numeral(before) || before == '每' || before == '个') {
        return false;
    }
    if get(text, end) == '末' {
        (point.day, point.end) = (DayField::Weekend(away.unwrap_or(0)), end + 1);
        return away.is_some();
    }
    if let Some(day) = weekday(get(text, end)) {
        let family = away.is_none()
            && bare_week
            && is_han(before)
            && matches!(get(text, end + 1), '鸣' | '明' | '平' | '华');
        let counted = away.is_none() && matches!(get(text, end + 1), '次' | '线' | '个' | '名');
        if !family && !counted && !get(text, end + 1).is_ascii_digit() {
            (point.day, point.end) = (DayField::Weekday(away, day), end + 1);
            return true;
        }
    }
    if let Some(away) = away
        && !matches!(get(text, end), '年' | '岁' | '围' | '边' | '期' | '刊')
    {
        (point.day, point.end) = (DayField::Week(away), end);
        return true;
    }
    false
}

fn month_day_only(text: &Line, point: &mut Point) {
    let at = point.end;
    if let Some((end, value, _)) = field(text, at, 1, 31)
        && matches!(get(text, end), '日' | '号')
    {
        (point.day, point.end) = (DayField::Given(value as i8), end + 1);
    }
}

/// Reads 第一周, 第一个周二, 最后一个星期一, 第十天 after a month or a year.
fn nth_in_month(text: &Line, point: &mut Point, at: usize) {
    let (nth, next) = if starts(text, at, "最后一") {
        (-1, at + 3)
    } else {
        match field(text, at + 1, 1, 53) {
            Some((end, value, _)) => (value as i8, end),
            None => return,
        }
    };
    let next = space(text, next);
    let after = if get(text, next) == '个' { next + 1 } else { next };
    if get(text, next) == '天' && nth > 0 {
        (point.day, point.end) = (DayField::NthDay(i16::from(nth)), next + 1);
        return;
    }
    let Some(end) = week_word(text, after) else { return };
    if let Some(day) = weekday(get(text, end)) {
        (point.day, point.end) = (DayField::NthWeekday(nth, day), end + 1);
    } else if !matches!(get(text, end), '年' | '岁' | '期') {
        (point.day, point.end) = (DayField::NthWeek(nth), end);
    }
}

/// Reads the part of the day and the clock time that follow a date, or stand alone.
fn time_of_day(text: &Line, lists: &Lists, point: &mut Point) {
    if point.year_end.is_some() || point.month_end.is_some() || point.day_end.is_some() {
        return;
    }
    let daily = point.has_day();
    if point.has_date() && !daily {
        return;
    }
    let mut at = space(text, point.end);
    if daily {
        at = weekday_note(text, at);
        if get(text, at) == '-' && get(text, at + 3) == ':' {
            at += 1;
        }
        if get(text, at) == 'T' && get(text, at + 1).is_ascii_digit() {
            at += 1;
        }
        if get(text, at) == '的' {
            at += 1;
        }
    }
    let mut part = point.part;
    if let Some((end, &TimeWord::Part(word))) = lists.times.at(text, at) {
        let short = end == at + 1;
        let timed = short && clock(text, end, true).is_some();
        if (daily || !short || timed) && part_stands(text, end, short) {
            part = Some(word);
            (point.part, point.end) = (part, end);
            at = space(text, end);
        }
    }
    let prefixed = daily || part.is_some();
    if let Some((end, clock, last)) = clock(text, at, prefixed) {
        let fixed = afternoon(clock, part);
        point.clock = Some(fixed);
        point.clock_end = last.map(|last| afternoon(last, part));
        point.end = end;
    }
}

/// 早 and 晚 are hours only where a numeral, a mark or a verb follows; 早期 and 晚会 are other words.
fn part_stands(text: &Line, end: usize, short: bool) -> bool {
    let next = get(text, end);
    if short {
        return !matches!(
            next,
            '会' | '期'
                | '报'
                | '宴'
                | '餐'
                | '饭'
                | '已'
                | '在'
                | '就'
                | '于'
                | '间'
                | '礼'
                | '年'
                | '稻'
                | '癌'
                | '筛'
        );
    }
    !(text[end - 1] == '早' && matches!(next, '期'))
}

/// Skips （星期三）, (周五) when something of the time follows.
fn weekday_note(text: &Line, at: usize) -> usize {
    let (open, close) = (get(text, at), ')');
    if open != '(' {
        return at;
    }
    let Some(end) = week_word(text, at + 1) else { return at };
    if weekday(get(text, end)).is_some() && get(text, end + 1) == close { space(text, end + 2) } else { at }
}

/// Moves a clock hour into the named part of the day.
pub(crate) fn afternoon(clock: Clock, part: Option<DayPart>) -> Clock {
    let hour = match part {
        Some(DayPart::Afternoon | DayPart::Evening) if clock.hour < 12 => clock.hour + 12,
        Some(DayPart::Night) if (5..12).contains(&clock.hour) => clock.hour + 12,
        Some(DayPart::Evening) if clock.hour == 12 => 24,
        Some(DayPart::Night | DayPart::BeforeDawn) if clock.hour == 12 => 0,
        Some(DayPart::Noon) if (1..4).contains(&clock.hour) => clock.hour + 12,
        _ => clock.hour,
    };
    Clock { hour, ..clock }
}

/// Reads 20时43分, 9:30, 六点半, 七八点, 四到六点; `prefixed` where a date or a part of the day stands before it.
pub(crate) fn clock(text: &Line, at: usize, prefixed: bool) -> Option<(usize, Clock, Option<Clock>)> {
    let before = if at == 0 { '\0' } else { text[at - 1] };
    if let Some((end, clock)) = digital(text, at)
        && (prefixed
            || !before.is_ascii_alphanumeric() && !matches!(before, ':' | '.' | '-' | '/')
            || range_before(text, at))
    {
        return Some((end, clock, None));
    }
    let numeral = text.numeral(at, false)?;
    if numeral.decimal
        || numeral.big.is_some()
        || matches!(numeral.form, Form::Vague | Form::Mixed)
        || numeral.figures > 2
    {
        return None;
    }
    let mut end = numeral.end;
    let pair =
        numeral.form == Form::Digits && numeral.quantity.min.is_some() || numeral.quantity.value.is_none();
    let (hour, mut last) = if pair {
        (numeral.quantity.min? as i64, Some(numeral.quantity.max? as i64))
    } else {
        (numeral.whole()?, None)
    };
    if !prefixed && (before.is_ascii_alphanumeric() || before == '.' || before == '第') {
        return None;
    }
    // 四到六点, 9~11点.
    if last.is_none()
        && !matches!(get(text, end), '点' | '时')
        && let Some(second) = range_mark(text, end)
        && let Some((second_end, value, _)) = field(text, second, 0, 24)
        && get(text, second_end) == '点'
    {
        (last, end) = (Some(value), second_end);
    }
    if !(0..=24).contains(&hour) || last.is_some_and(|last| !(hour + 1..=24).contains(&last)) {
        return None;
    }
    let spaced = space(text, end);
    let mark = get(text, spaced);
    let hour_mark = mark == '时'
        && !matches!(get(text, spaced + 1), '间' | '期' | '代' | '候' | '常' | '段' | '任' | '值' | '空')
        || mark == '点'
            && !matches!(
                get(text, spaced + 1),
                '评' | '位' | '赞' | '名' | '击' | '燃' | '亮' | '滴' | '球' | '子'
            );
    if !hour_mark {
        return None;
    }
    end = spaced + 1;
    let mut minute = 0;
    let mut second = 0;
    let after = get(text, end);
    let sure = prefixed || mark == '时' || last.is_some();
    if after == '半' {
        (minute, end) = (30, end + 1);
    } else if matches!(after, '整' | '钟') {
        end += 1;
    } else if after == '多' && get(text, end + 1) == '钟' {
        end += 2;
    } else if let Some((quarter_end, quarter)) = quarter_past(text, end) {
        (minute, end) = (quarter * 15, quarter_end);
    } else if let Some((minute_end, value)) = minutes(text, end) {
        let minute_mark = space(text, minute_end);
        let marked =
            get(text, minute_mark) == '分' && !matches!(get(text, minute_mark + 1), '之' | '钟' | '别');
        if marked {
            (minute, end) = (value, minute_mark + 1);
            if let Some((second_end, value, _)) = field(text, space(text, end), 0, 59)
                && get(text, second_end) == '秒'
            {
                (second, end) = (value, second_end + 1);
            }
        } else if mark == '点' && prefixed {
            if !plain_minutes(text, end, minute_end) {
                return None;
            }
            (minute, end) = (value, minute_end);
        } else if mark == '点' && !tens(text, end, minute_end) {
            // 零点五, 10点五度: a decimal number.
            return None;
        } else if mark == '点' {
            (minute, end) = (value, minute_end);
        }
    } else if mark == '点' && !sure {
        let next = get(text, end);
        let joined = range_mark(text, end).is_some_and(|second| {
            field(text, second, 0, 24).is_some_and(|(end, ..)| matches!(get(text, end), '点' | '时' | ':'))
                || matches!(get(text, second), '凌' | '上' | '下' | '晚' | '早' | '中' | '次' | '明')
        });
        let free = !is_han(next)
            || matches!(
                next,
                '左' | '前' | '后' | '开' | '准' | '许' | '在' | '我' | '起' | '之' | '以' | '的'
            );
        let one = hour <= 3 && numeral.form != Form::Arabic;
        if !(joined || free && !one) || pair {
            return None;
        }
    }
    let make = |hour: i64| Clock { hour: hour as i8, minute: minute as i8, second: second as i8 };
    Some((end, make(hour), last.map(make)))
}

fn range_before(text: &Line, at: usize) -> bool {
    at >= 2 && matches!(text[at - 1], '-' | '~' | '至' | '到')
}

/// Minutes without 分 must be two digits or end the phrase: 9点20, 三点零五.
fn plain_minutes(text: &Line, at: usize, end: usize) -> bool {
    (end - at >= 2 || !is_han(get(text, end)))
        && !matches!(get(text, end), '名' | '个' | '台' | '例' | '人' | '位')
}

fn minutes(text: &Line, at: usize) -> Option<(usize, i64)> {
    let at = space(text, at);
    if matches!(get(text, at), '零' | '〇')
        && let Some(d) = numeral::digit(get(text, at + 1))
    {
        return Some((at + 2, i64::from(d)));
    }
    field(text, at, 0, 59).map(|(end, value, _)| (end, value))
}

/// 三点五十五 is a time, since no decimal has 十 in it.
fn tens(text: &Line, at: usize, end: usize) -> bool {
    text[at..end].contains(&'十') && !is_han(get(text, end))
}

fn quarter_past(text: &Line, at: usize) -> Option<(usize, i64)> {
    let (end, value, _) = field(text, at, 1, 3)?;
    (get(text, end) == '刻' && get(text, end + 1) != '钟').then_some((end + 1, value))
}

/// Reads 9:30, 18:07:42 (and 11:00时).
fn digital(text: &Line, at: usize) -> Option<(usize, Clock)> {
    let (end, hour) = figures(text, at, 1..=2)?;
    if get(text, end) != ':' || hour > 24 {
        return None;
    }
    let (mut end, minute) = figures(text, end + 1, 2..=2)?;
    if minute > 59 {
        return None;
    }
    let mut second = 0;
    if get(text, end) == ':' {
        let (last, value) = figures(text, end + 1, 2..=2)?;
        if value > 59 {
            return None;
        }
        (end, second) = (last, value);
    }
    if get(text, end).is_ascii_alphanumeric() && get(text, end) != 'Z' || get(text, end) == '%' {
        return None;
    }
    if matches!(get(text, end), '时') && !matches!(get(text, end + 1), '间' | '候') {
        end += 1;
    }
    Some((end, Clock { hour: hour as i8, minute: minute as i8, second: second as i8 }))
}
