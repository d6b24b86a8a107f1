//! Puts dates together: ranges, 以来 and 之前, durations, 三年来, 每周三.

use crate::amount::{self, Amount};
use crate::lexicon::{Lists, Offset, TimeWord};
use crate::line::Line;
use crate::numeral;
use crate::point::{self, DayField, MonthField, Point, Stretch, YearField, get, range_mark, space, starts};
use crate::value::{Approx, Clock, Marks, Quantity, Recurrence, TimeUnit};

/// Which way a rolling span or a counted date lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// 三年来, 近五年.
    Back,
    /// 未来两年, 17天内.
    Ahead,
    /// 三天前.
    Ago,
    /// 七年后.
    Later,
}

/// A length of time as written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Length {
    pub(crate) quantity: Quantity,
    pub(crate) unit: TimeUnit,
    /// The unit as written (characters).
    pub(crate) written: (usize, usize),
    pub(crate) rest: Vec<(f64, TimeUnit)>,
}

/// What the words say, not yet resolved.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Temporal {
    Point(Point),
    Range { start: Option<Point>, end: Option<Point>, exclusive: bool },
    Length(Length),
    Rolling(Length, Way),
    Set(Recurrence),
}

/// An expression of time: spans in characters.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) core: (usize, usize),
    pub(crate) value: Temporal,
    pub(crate) marks: Marks,
}

/// Reads the expression of time that starts at `at`; none where there is none. `floor` is where the expression
/// before it ended.
pub(crate) fn read(text: &Line, lists: &Lists, at: usize, floor: usize) -> Option<Found> {
    if let Some(found) = recurrence(text, lists, at) {
        return Some(found);
    }
    if let Some(found) = rolling_prefix(text, lists, at) {
        return Some(found);
    }
    let dated = point::read(text, lists, at).map(|point| periods(text, lists, point, floor));
    if dated.is_none() && digits_or_half(get(text, at)) {
        return length_found(text, lists, at, floor);
    }
    dated
}

fn digits_or_half(c: char) -> bool {
    numeral::is_numeral(c) || matches!(c, '半' | '数' | '几' | '上' | '.')
}

/// Extends a point to a range or to an open period, and notes the words around it.
fn periods(text: &Line, lists: &Lists, first: Point, floor: usize) -> Found {
    let mut end = first.end;
    let mut second = None;
    let bare_start = if get(text, end) == '起' { end + 1 } else { end };
    for mark in [range_mark(text, end), range_mark(text, bare_start)].into_iter().flatten() {
        if let Some(point) = second_point(text, lists, &first, mark) {
            (end, second) = (point.end, Some(point));
            break;
        }
    }
    if second.is_none()
        && let Some((point, last)) = paired(text, lists, &first)
    {
        (end, second) = (last, Some(point));
    }
    let mut found = Found {
        start: first.start,
        end,
        core: (first.start, end),
        value: match second {
            Some(last) => Temporal::Range { start: Some(first), end: Some(last), exclusive: false },
            None => Temporal::Point(first),
        },
        marks: Marks::default(),
    };
    surroundings(text, &mut found, floor);
    if first.has_date() {
        open_ends(text, lists, &mut found);
    }
    found
}

/// Reads the second end of a range and drops what cannot be one.
fn second_point(text: &Line, lists: &Lists, first: &Point, at: usize) -> Option<Point> {
    if let Some(point) = point::read_joined(text, lists, at, true) {
        let years = point.year != YearField::None && first.year != YearField::None;
        let days = point.has_day() || point.has_month();
        let fits = years
            || point.has_date()
                && first.has_date()
                && (days || point.stretch.is_some() || point.edge.is_some() || point.year != YearField::None)
            || !point.has_date() && point.clock.is_some() && first.clock.is_some()
            || !point.has_date() && point.part.is_some() && first.has_day() && first.has_time()
            || point.has_date() && point.has_time() && first.has_time();
        if fits
            && !(first.has_day()
                && point.has_month()
                && !point.has_day()
                && point.edge.is_none()
                && first.year == YearField::None)
        {
            return Some(point);
        }
        return None;
    }
    // 11:00-17 does not occur; 9日0时至18时三刻 and 9:00-11:30 do.
    if first.clock.is_some()
        && let Some((end, clock, None)) = point::clock(text, at, true)
    {
        return Some(Point { start: at, end, clock: Some(clock), ..Point::default() });
    }
    None
}

/// Reads 3日和4日, 2007年与2009年间: consecutive days, or a pair closed by 间.
fn paired(text: &Line, lists: &Lists, first: &Point) -> Option<(Point, usize)> {
    let at = first.end;
    if !matches!(get(text, at), '和' | '与' | '、' | '及')
        || first.day_end.is_some()
        || first.month_end.is_some()
    {
        return None;
    }
    if first.start > 0 && text[first.start - 1] == '、' {
        return None;
    }
    let second = point::read(text, lists, at + 1)?;
    if second.month_end.is_some() || second.day_end.is_some() {
        return None;
    }
    let end = second.end;
    for close in ["之间", "期间", "间"] {
        if starts(text, end, close) && first.has_date() && second.has_date() {
            return Some((second, end + close.chars().count()));
        }
    }
    if first.has_time() || second.has_time() || second.year != YearField::None {
        return None;
    }
    let next_day = match (first.day, second.day) {
        (DayField::Given(a), DayField::Given(b)) => b == a + 1 && !second.has_month(),
        _ => false,
    };
    let listed = get(text, end) == '、' && point::read(text, lists, end + 1).is_some();
    (next_day && !listed && second.edge.is_none() && first.edge.is_none()).then_some((second, end))
}

/// Notes 自, 截至 before and 以来, 起, 前, 后 after, without changing the span.
fn surroundings(text: &Line, found: &mut Found, floor: usize) {
    let mut before = &text[floor.min(found.start)..found.start];
    while before.last() == Some(&' ') {
        before = &before[..before.len() - 1];
    }
    let edge = floor.min(found.start) + before.len();
    let ends = |word: &str| {
        let length = word.chars().count();
        before.len() >= length && word.chars().zip(&before[before.len() - length..]).all(|(a, b)| a == *b)
    };
    found.marks.from = ends("自") || ends("从") || ends("自从");
    if found.marks.from {
        later_marks(text, found);
    } else if matches!(&found.value, Temporal::Point(point) if point.year != YearField::None) {
        found.marks.since = soon_since(text, found.end);
    }
    for word in ["截至", "截止", "截止到", "截至到", "截止至"] {
        if ends(word) {
            found.marks.until = true;
            found.start = found.start.min(edge - word.chars().count());
        }
    }
}

/// 2015年成立以来, 去年9月抵达以来: a short verb stands between.
fn soon_since(text: &Line, end: usize) -> bool {
    (end..end + 8).take_while(|at| point::is_han(get(text, *at))).any(|at| starts(text, at, "以来"))
}

/// Looks along the clause that 自 opens for 以来 or 起 (自2021年11月启动帮扶以来).
fn later_marks(text: &Line, found: &mut Found) {
    for at in found.end..(found.end + 40).min(text.len()) {
        match text[at] {
            '，' | ',' | '。' | '；' | ';' | '\n' | '!' | '?' => break,
            '以' if get(text, at + 1) == '来' => {
                found.marks.since = true;
                break;
            }
            '起' if matches!(get(text, at + 1), '，' | ',' | '。' | '、' | '至' | '\0') => {
                found.marks.onward = true;
                break;
            }
            _ => {}
        }
    }
}

const BEFORE: [&str; 8] = ["及以前", "或之前", "及之前", "之前", "以前", "或以前", "前", "止"];
const AFTER: [&str; 6] = ["及以后", "或之后", "及之后", "之后", "以后", "后"];

/// Reads the words that open or close a period: 以来, 起, 之前, 之后, 期间.
fn open_ends(text: &Line, lists: &Lists, found: &mut Found) {
    let end = found.end;
    let timed = matches!(&found.value, Temporal::Point(point) if point.has_time());
    let mut next = end;
    if starts(text, next, "年底") {
        return;
    }
    if let Temporal::Range { .. } = found.value {
        for word in ["期间", "之间", "间", "止"] {
            if starts(text, next, word)
                && !(word == "间" && matches!(get(text, next + 1), '断' | '隔' | '接'))
            {
                next += word.chars().count();
                break;
            }
        }
        if found.marks.from || get(text, next - 1) != '止' {
            found.end = next;
        }
        return;
    }
    let Temporal::Point(point) = found.value else { return };
    let from = Temporal::Range { start: Some(point), end: None, exclusive: false };
    if starts(text, next, "以来") {
        found.marks.since = true;
        (found.end, found.value) = (next + 2, from);
        return;
    }
    if starts(text, next, "开始") || get(text, next) == '起' && onward(get(text, next + 1)) {
        found.marks.onward = true;
        if !timed {
            found.end = next + if get(text, next) == '起' { 1 } else { 2 };
            found.value = from;
            if starts(text, found.end, "开始") {
                found.end += 2;
            }
        }
        return;
    }
    let until = |point| Temporal::Range { start: None, end: Some(point), exclusive: true };
    if let Some(word) = BEFORE.iter().find(|word| starts(text, next, word)) {
        let length = word.chars().count();
        let stands = length > 1 || *word == "止" || before_stands(text, lists, next + 1);
        if stands && !timed {
            found.marks.before = true;
            found.end = next + length;
            let inclusive = length == 3 || *word == "止";
            found.value = until(point);
            if inclusive && let Temporal::Range { exclusive, .. } = &mut found.value {
                *exclusive = false;
            }
        } else if stands {
            found.marks.before = true;
        }
        return;
    }
    if let Some(word) = AFTER.iter().find(|word| starts(text, next, word)) {
        let length = word.chars().count();
        let stands = length > 1
            || !matches!(
                get(text, next + 1),
                '续' | '来' | '期' | '备' | '勤' | '方' | '天' | '年' | '者' | '的'
            );
        if stands {
            found.marks.after = true;
            if !timed && length > 1 && point.year != YearField::None {
                found.end = next + length;
                found.value = Temporal::Range { start: Some(point), end: None, exclusive: length == 2 };
                // 2010年之后2018年之前.
                if let Some(last) = point::read(text, lists, found.end)
                    && let Some(word) =
                        BEFORE.iter().find(|word| starts(text, last.end, word) && word.len() > 3)
                {
                    found.end = last.end + word.chars().count();
                    found.value = Temporal::Range { start: Some(point), end: Some(last), exclusive: true };
                }
            }
        }
        return;
    }
    if found.marks.until && !timed {
        found.value = Temporal::Range { start: None, end: Some(point), exclusive: false };
    }
    if get(text, end) == '内'
        && point.year != YearField::None
        && !point.has_month()
        && !matches!(get(text, end + 1), '科' | '蒙' | '镜' | '地')
    {
        found.end = end + 1;
    }
}

fn onward(next: char) -> bool {
    !matches!(
        next,
        '来' | '草'
            | '码'
            | '点'
            | '到'
            | '因'
            | '伏'
            | '飞'
            | '步'
            | '立'
            | '义'
            | '诉'
            | '跑'
            | '航'
            | '身'
            | '源'
            | '搏'
    )
}

/// 前 closes a period unless a numeral or a noun follows (2021年前三季度, 3日前往).
fn before_stands(text: &Line, lists: &Lists, at: usize) -> bool {
    let c = get(text, at);
    if matches!(
        c,
        '往' | '来'
            | '去'
            | '后'
            | '期'
            | '夕'
            | '列'
            | '身'
            | '沿'
            | '台'
            | '方'
            | '半'
            | '端'
            | '线'
            | '任'
            | '述'
            | '行'
            | '不'
            | '进'
            | '一'
    ) {
        return false;
    }
    if numeral::is_numeral(c) {
        // 2021年前20名, but 6月底前200人到岗.
        return amount::read(text, lists, at).is_none();
    }
    true
}

/// Reads units of duration; returns the end, the unit and how many units one is (季度 is 3 months).
fn time_unit(text: &Line, at: usize) -> Option<(usize, TimeUnit, f64)> {
    let c = get(text, at);
    let individual = c == '个';
    let at_unit = if individual { at + 1 } else { at };
    let next = get(text, at_unit + 1);
    let then = |length: usize, unit, factor| Some((at_unit + length, unit, factor));
    if individual && matches!(get(text, at_unit), '多' | '余') {
        let (end, unit, factor) = time_unit(text, at_unit + 1)
            .or_else(|| (get(text, at_unit + 1) == '月').then_some((at_unit + 2, TimeUnit::Month, 1.0)))?;
        return Some((end, unit, factor));
    }
    match get(text, at_unit) {
        '年' if !individual
            && !matches!(
                next,
                '级' | '代' | '度' | '制' | '龄' | '会' | '糕' | '薪' | '产' | '轻' | '迈' | '青' | '夜'
            ) =>
        {
            if next == '头' && get(text, at_unit + 2) != '上' {
                then(2, TimeUnit::Year, 1.0)
            } else {
                then(1, TimeUnit::Year, 1.0)
            }
        }
        '周' if starts(text, at_unit, "周年") && !individual => then(2, TimeUnit::Year, 1.0),
        '载' if !individual => then(1, TimeUnit::Year, 1.0),
        '月' if individual => then(1, TimeUnit::Month, 1.0),
        '季' if next == '度' && individual => then(2, TimeUnit::Month, 3.0),
        '周' if !individual && !matches!(next, '岁' | '期' | '刊' | '报' | '边' | '围' | '末' | '转') => {
            then(1, TimeUnit::Week, 1.0)
        }
        '星' if next == '期' => then(2, TimeUnit::Week, 1.0),
        '礼' if next == '拜' => then(2, TimeUnit::Week, 1.0),
        '工' if starts(text, at_unit, "工作日") => then(3, TimeUnit::Day, 1.0),
        '天' if !individual
            && !matches!(
                next,
                '津' | '河' | '然' | '使' | '空' | '山' | '台' | '水' | '门' | '峨' | '地'
            ) =>
        {
            then(1, TimeUnit::Day, 1.0)
        }
        '日' if at > 0 && matches!(text[at - 1], '两' | '数') => then(1, TimeUnit::Day, 1.0),
        '昼' | '日' if !individual && next == '夜' => then(2, TimeUnit::Day, 1.0),
        '小' if next == '时' => then(2, TimeUnit::Hour, 1.0),
        '钟' if next == '头' => then(2, TimeUnit::Hour, 1.0),
        '钟' if individual => then(1, TimeUnit::Hour, 1.0),
        '刻' if next == '钟' && !individual => then(2, TimeUnit::Minute, 15.0),
        '分' if next == '钟' && !individual => then(2, TimeUnit::Minute, 1.0),
        '分' if !individual && seconds_follow(text, at_unit + 1) => then(1, TimeUnit::Minute, 1.0),
        '秒' if !individual => then(if next == '钟' { 2 } else { 1 }, TimeUnit::Second, 1.0),
        _ => None,
    }
}

/// 分 is a length where seconds follow: 27分7秒, 十五分零三秒.
fn seconds_follow(text: &Line, at: usize) -> bool {
    let at = at + usize::from(get(text, at) == '零');
    text.numeral(at, false).is_some_and(|numeral| get(text, numeral.end) == '秒')
}

/// Reads the length of time that starts at `at`; returns its end, the numeral's end and the length.
pub(crate) fn length(text: &Line, lists: &Lists, at: usize) -> Option<(usize, usize, Length)> {
    if get(text, at) == '半' {
        let (end, unit, factor) = time_unit(text, at + 1)?;
        let quantity = Quantity::exact(0.5 * factor);
        return Some((end, at + 1, Length { quantity, unit, written: (at + 1, end), rest: Vec::new() }));
    }
    let mut amount = amount::read(text, lists, at)?;
    let from = space(text, amount.end);
    // 三个月半, 两年半, 一个半小时.
    let (mut half_end, mut half) = (from, false);
    if starts(text, from, "个半") {
        (half_end, half) = (from + 2, true);
    }
    let unit = if half {
        time_unit(text, half_end).or_else(|| individual_only(text, half_end)).filter(|u| u.1 != TimeUnit::Day)
    } else {
        time_unit(text, from)
    };
    let Some((mut end, unit, factor)) = unit else { return minutes_and_half(text, &amount, from) };
    let written_end = end;
    if amount.form == numeral::Form::Arabic
        && amount.figures >= 4
        && unit == TimeUnit::Year
        && amount.quantity.value.is_some_and(|v| v < 3000.0)
    {
        return None;
    }
    if amount.bare && amount.quantity.approx.is_none() {
        return None;
    }
    if text[from..end].iter().any(|c| matches!(c, '多' | '余')) && amount.quantity.value.is_some() {
        amount.quantity.approx = Some(Approx::Over);
    }
    if half {
        amount.quantity = plus_half(amount.quantity)?;
    } else if get(text, end) == '半'
        && !matches!(get(text, end + 1), '岁' | '数' | '径' | '导')
        && unit != TimeUnit::Day
    {
        amount.quantity = plus_half(amount.quantity)?;
        end += 1;
    } else if matches!(get(text, end), '多' | '余')
        && unit <= TimeUnit::Hour
        && amount.quantity.value.is_some()
        && over_ends(get(text, end + 1))
    {
        amount.quantity.approx = Some(Approx::Over);
        end += 1;
    }
    // 个多小时 is written 小时, 个半月 is 月.
    let mut written = (from, written_end);
    while matches!(text[written.0], '多' | '余' | '半')
        || text[written.0] == '个' && matches!(get(text, written.0 + 1), '多' | '余' | '半')
    {
        written.0 += 1;
    }
    let mut out = Length { quantity: amount.quantity.scaled(factor), unit, written, rest: Vec::new() };
    end = smaller_parts(text, lists, &mut out, end);
    Some((end, amount.end, out))
}

/// 多 after a unit ends the phrase: 一年多, 两天多 (but not 一年多次).
fn over_ends(next: char) -> bool {
    !matches!(
        next,
        '次' | '个'
            | '名'
            | '场'
            | '家'
            | '项'
            | '种'
            | '批'
            | '人'
            | '方'
            | '位'
            | '层'
            | '元'
            | '地'
            | '点'
            | '部'
    )
}

fn individual_only(text: &Line, at: usize) -> Option<(usize, TimeUnit, f64)> {
    match (get(text, at), get(text, at + 1)) {
        ('月', _) => Some((at + 1, TimeUnit::Month, 1.0)),
        ('钟', '头') => Some((at + 2, TimeUnit::Hour, 1.0)),
        ('钟', _) => Some((at + 1, TimeUnit::Hour, 1.0)),
        _ => None,
    }
}

fn plus_half(quantity: Quantity) -> Option<Quantity> {
    Some(Quantity { value: Some(quantity.value? + 0.5), ..quantity })
}

/// Reads 一分半钟, 一分半.
fn minutes_and_half(text: &Line, amount: &Amount, at: usize) -> Option<(usize, usize, Length)> {
    if !starts(text, at, "分半") {
        return None;
    }
    let end = at + 2 + usize::from(get(text, at + 2) == '钟');
    let quantity = plus_half(amount.quantity)?;
    Some((end, amount.end, Length { quantity, unit: TimeUnit::Minute, written: (at, end), rest: Vec::new() }))
}

/// Reads the parts that follow in 四年六个月, 一小时零十五秒, 8天20时, 6天5晚.
fn smaller_parts(text: &Line, lists: &Lists, out: &mut Length, mut end: usize) -> usize {
    let mut last = out.unit;
    while out.rest.len() < 4 && out.quantity.value.is_some() && out.quantity.approx.is_none() {
        let linked = matches!(get(text, end), '又' | '零' | '加');
        let at = space(text, if linked { end + 1 } else { end });
        if !numeral::is_numeral(get(text, at)) {
            break;
        }
        let Some(amount) = amount::read(text, lists, at) else { break };
        let Some(value) = amount.quantity.value.filter(|_| amount.quantity.approx.is_none()) else { break };
        let next = space(text, amount.end);
        let part = match get(text, next) {
            '时' if last == TimeUnit::Day && !matches!(get(text, next + 1), '间' | '期') => {
                Some((next + 1, TimeUnit::Hour, 1.0))
            }
            '分' if last == TimeUnit::Hour && get(text, next + 1) != '钟' => {
                Some((next + 1, TimeUnit::Minute, 1.0))
            }
            '晚' | '夜' if last == TimeUnit::Day => {
                end = next + 1;
                break;
            }
            _ => time_unit(text, next),
        };
        let Some((part_end, unit, factor)) = part else { break };
        let most = match unit {
            TimeUnit::Month => 11.0,
            TimeUnit::Hour => 23.0,
            TimeUnit::Minute | TimeUnit::Second => 59.0,
            _ => 366.0,
        };
        if unit <= last && !linked || unit == last || value > most {
            break;
        }
        out.rest.push((value * factor, unit));
        (last, end) = (unit, part_end);
    }
    end
}

/// Turns a length into an expression, looking at the words around it.
fn length_found(text: &Line, lists: &Lists, at: usize, floor: usize) -> Option<Found> {
    let (mut end, core_end, mut length) = length(text, lists, at)?;
    let mut marks = Marks::default();
    // 3至5年 is read by `amount`; 3年至5年, 3年以上7年以下 here.
    if length.rest.is_empty()
        && let Some(low) = length.quantity.value.filter(|_| length.quantity.approx.is_none())
    {
        let second = if starts(text, end, "以上") { Some(end + 2) } else { range_mark(text, end) };
        if let Some((last, _, upper)) = second.and_then(|at| self::length(text, lists, at))
            && upper.unit == length.unit
            && let Some(high) = upper.quantity.value.filter(|high| *high > low)
        {
            length.quantity = Quantity::between(low, high);
            end = if starts(text, last, "以下") { last + 2 } else { last };
        }
    }
    let (start, before) = amount::hedge_before(text, lists, at, floor);
    let mut found_start = start;
    if length.quantity.approx.is_none() {
        length.quantity.approx = before;
    }
    let way = way_after(text, end, &length);
    if let Some((way_end, way)) = way {
        if way == Way::Back {
            marks.lookback = true;
        }
        marks.after = way == Way::Later;
        marks.before = way == Way::Ago;
        return Some(Found {
            start: at,
            end: way_end,
            core: (at, end),
            value: Temporal::Rolling(length, way),
            marks,
        });
    }
    for word in ["里", "间", "中", "期间", "时间里", "时间内", "内"] {
        if starts(text, end, word) && !(word == "间" && get(text, end + 1) == '隔') {
            marks.lookback = word != "内";
        }
    }
    if let Some((after, approx)) = amount::hedge_after(text, lists, end) {
        length.quantity.approx = length.quantity.approx.or(Some(approx));
        end = after;
    }
    if before.is_none() {
        found_start = at;
    }
    marks.each = amount::each_before(text, found_start, floor);
    Some(Found { start: found_start, end, core: (at, core_end), value: Temporal::Length(length), marks })
}

/// 来, 以来 look back; 前 and 后 count from now; 内 looks ahead.
fn way_after(text: &Line, end: usize, length: &Length) -> Option<(usize, Way)> {
    let next = get(text, end + 1);
    for (word, way) in [
        ("以来", Way::Back),
        ("多来", Way::Back),
        ("间来", Way::Back),
        ("之后", Way::Later),
        ("以后", Way::Later),
        ("过后", Way::Later),
        ("之前", Way::Ago),
        ("以前", Way::Ago),
    ] {
        if starts(text, end, word) {
            return Some((end + 2, way));
        }
    }
    let long = length.unit <= TimeUnit::Day;
    match get(text, end) {
        '来' if long && !matches!(next, '到' | '自' | '院' | '了' | '访') => Some((end + 1, Way::Back)),
        '后' if long && !matches!(next, '续' | '期' | '备' | '勤') => Some((end + 1, Way::Later)),
        '前' if long && !matches!(next, '往' | '来' | '期' | '三' | '后') => Some((end + 1, Way::Ago)),
        '内' if long && !matches!(next, '科' | '镜' | '部') => Some((end + 1, Way::Ahead)),
        _ => None,
    }
}

const ROLLING: [(&str, Way); 16] = [
    ("近", Way::Back),
    ("最近", Way::Back),
    ("最近的", Way::Back),
    ("近的", Way::Back),
    ("过去", Way::Back),
    ("过去的", Way::Back),
    ("此前", Way::Back),
    ("上", Way::Back),
    ("前", Way::Back),
    ("未来", Way::Ahead),
    ("未来的", Way::Ahead),
    ("今后", Way::Ahead),
    ("接下来", Way::Ahead),
    ("接下来的", Way::Ahead),
    ("往后", Way::Ahead),
    ("下", Way::Ahead),
];

/// Reads 近三个月, 过去的一年, 未来5年内, 上2个月.
fn rolling_prefix(text: &Line, lists: &Lists, at: usize) -> Option<Found> {
    if !matches!(get(text, at), '近' | '最' | '过' | '此' | '上' | '前' | '未' | '今' | '接' | '往' | '下')
    {
        return None;
    }
    let mut best: Option<(usize, Way, bool)> = None;
    for (word, way) in ROLLING {
        if starts(text, at, word) {
            let length = word.chars().count();
            if best.is_none_or(|(end, ..)| end < at + length) {
                best = Some((at + length, way, matches!(word, "上" | "下" | "前")));
            }
        }
    }
    let (next, way, narrow) = best?;
    let (mut end, _, length) = length(text, lists, space(text, next))?;
    if length.unit > TimeUnit::Day || narrow && (length.quantity.value.is_none_or(|v| v < 2.0)) {
        return None;
    }
    // 近30天 may be a hedge on a number, as in 近30年; 近三年 looks back. A round number after 近 is a hedge.
    for word in ["来", "以来", "间", "内", "里", "中", "以内"] {
        if starts(text, end, word) && !(word == "来" && matches!(get(text, end + 1), '到' | '自')) {
            end += word.chars().count();
            break;
        }
    }
    if starts(text, at, "前") && length.unit == TimeUnit::Month && way == Way::Back {
        // 前10个月 are the first months of the year.
        let count = length.quantity.value.filter(|n| n.fract() == 0.0 && *n <= 12.0)? as i16;
        let year = YearField::Away(Offset::Reference(0));
        let stretch = Some(Stretch::First(count, TimeUnit::Month));
        let value = Temporal::Point(Point { start: at, end, year, stretch, ..Point::default() });
        return Some(Found { start: at, end, core: (at, end), value, marks: Marks::default() });
    }
    let marks = Marks { lookback: way == Way::Back, ..Marks::default() };
    Some(Found { start: at, end, core: (next, end), value: Temporal::Rolling(length, way), marks })
}

/// Reads 每周三, 每季度, 每隔3天, 每天晚上8点.
fn recurrence(text: &Line, lists: &Lists, at: usize) -> Option<Found> {
    if get(text, at) != '每' {
        return None;
    }
    let mut next = space(text, at + 1);
    let apart = get(text, next) == '隔';
    if apart {
        next += 1;
    }
    let mut weekday = None;
    let individual = get(text, next) == '个';
    let unit_at = if individual { next + 1 } else { next };
    let (mut end, every) = if let Some((end, every, day)) = simple_period(text, unit_at, individual) {
        weekday = day;
        (end, every)
    } else {
        let (end, _, length) = length(text, lists, next)?;
        if !length.rest.is_empty() {
            return None;
        }
        (end, (length.quantity.value?, length.unit))
    };
    let mut clock: Option<Clock> = None;
    if every.1 <= TimeUnit::Day && !apart {
        if starts(text, end, "工作日") {
            end += 3;
        }
        if let Some((feast_end, _)) = lists.feasts.at(text, end).filter(|_| every.1 == TimeUnit::Year) {
            end = feast_end;
        } else if let Some((season_end, &TimeWord::Season(_))) = lists.times.at(text, end)
            && every.1 == TimeUnit::Year
            && season_end > end + 1
        {
            end = season_end;
        } else if let Some(point) = point::read(text, lists, end)
            && !point.has_date()
            && matches!(every.1, TimeUnit::Day | TimeUnit::Week)
        {
            (clock, end) = (point.clock, point.end);
        } else if let Some(point) = point::read(text, lists, end).filter(|p| p.year == YearField::None)
            && (every.1 == TimeUnit::Year
                && matches!(point.month, MonthField::Given(_))
                && point.clock.is_none()
                || every.1 == TimeUnit::Month
                    && matches!(point.day, DayField::Given(_))
                    && !point.has_month())
        {
            end = point.end;
        }
    }
    if end == unit_at && matches!(get(text, end), '晚' | '早' | '夜') {
        end += 1;
    }
    let value = Temporal::Set(Recurrence { every, weekday, clock });
    Some(Found { start: at, end, core: (at, end), value, marks: Marks::default() })
}

type Period = (usize, (f64, TimeUnit), Option<i8>);

fn simple_period(text: &Line, at: usize, individual: bool) -> Option<Period> {
    let week = |end: usize| {
        let day = match get(text, end) {
            '一' => 1,
            '二' => 2,
            '三' => 3,
            '四' => 4,
            '五' => 5,
            '六' => 6,
            '日' | '天' => 7,
            _ => 0,
        };
        let counted =
            matches!(get(text, end + 1), '次' | '个' | '名' | '天' | '场' | '期' | '例' | '台' | '位' | '人');
        if day > 0 && !counted {
            (end + 1, (1.0, TimeUnit::Week), Some(day))
        } else {
            (end, (1.0, TimeUnit::Week), None)
        }
    };
    let next = get(text, at + 1);
    Some(match get(text, at) {
        '年' if !individual && !matches!(next, '级' | '度') => (at + 1, (1.0, TimeUnit::Year), None),
        '年' if next == '度' => (at + 2, (1.0, TimeUnit::Year), None),
        '月' => (at + 1, (1.0, TimeUnit::Month), None),
        '季' if next == '度' => (at + 2, (3.0, TimeUnit::Month), None),
        '季' => (at + 1, (3.0, TimeUnit::Month), None),
        '半' if next == '年' => (at + 2, (6.0, TimeUnit::Month), None),
        '周' if !individual => week(at + 1),
        '星' if next == '期' => week(at + 2),
        '礼' if next == '拜' => week(at + 2),
        '天' if !individual => (at + 1, (1.0, TimeUnit::Day), None),
        '晚' | '早' | '夜' if !individual => (at, (1.0, TimeUnit::Day), None),
        '日' if !individual => (at + 1, (1.0, TimeUnit::Day), None),
        '小' if next == '时' => (at + 2, (1.0, TimeUnit::Hour), None),
        '工' if starts(text, at, "工作日") => (at + 3, (1.0, TimeUnit::Day), None),
        _ => return None,
    })
}
