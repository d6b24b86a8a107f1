//! Reads numbers with what they count: counts, money, percentages, multiples, ordinals, measures, plain numbers.
//!
//! Input is folded text and the place where a numeral starts, output a [`Found`], or how far the text can be
//! skipped where a numeral belongs to a name, a code or a telephone number.

use crate::amount::{self, Amount};
use crate::lexicon::{Lists, Tail, Unit};
use crate::line::Line;
use crate::numeral::{self, Form};
use crate::point::{get, is_han, range_mark, space, starts};
use crate::value::{Approx, Marks, MeasureKind, Quantity};

/// What a number turned out to be; spans in characters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Number,
    Percent { points: bool },
    Multiple { doubling: bool },
    Ordinal { counter: (usize, usize) },
    Money(Option<&'static str>),
    Count { counter: (usize, usize) },
    Measure { unit: (usize, usize), kind: MeasureKind },
}

/// A number as read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Found {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) core: (usize, usize),
    pub(crate) quantity: Quantity,
    pub(crate) kind: Kind,
    pub(crate) marks: Marks,
}

/// The outcome of reading at a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Outcome {
    Found(Found),
    /// No expression before this place.
    Skip(usize),
}

/// Reads the number that starts at `at`; `floor` is where the expression before it ended.
pub(crate) fn read(text: &Line, lists: &Lists, at: usize, floor: usize) -> Outcome {
    match get(text, at) {
        '第' => ordinal(text, lists, at),
        '翻' => doubling(text, at),
        c if numeral::is_numeral(c)
            || matches!(c, '数' | '几' | '上' | '成' | '好' | '半' | '.' | '-' | '负') =>
        {
            number(text, lists, at, floor)
        }
        _ => prefixed_money(text, lists, at),
    }
}

fn none(at: usize) -> Outcome {
    Outcome::Skip(at + 1)
}

/// 第九批, 第七; names such as 第七人民医院 are skipped.
fn ordinal(text: &Line, lists: &Lists, at: usize) -> Outcome {
    let Some(numeral) = text.numeral(space(text, at + 1), false) else { return none(at) };
    let Some(value) = numeral.whole().filter(|n| *n >= 0) else { return none(at) };
    if numeral.decimal || numeral.bare && value > 10 {
        return Outcome::Skip(numeral.end);
    }
    if let Some((end, Tail::Both | Tail::Ordinal)) = lists.tails.at(text, numeral.end) {
        return Outcome::Skip(end);
    }
    let mut end = numeral.end;
    let mut counter = (end, end);
    if let Some((unit_end, Unit::Counter | Unit::Rank)) = lists.units.at(text, end) {
        (counter, end) = ((end, unit_end), unit_end);
    } else if let Some((list_end, list_counter)) = ordinal_list(text, lists, end) {
        (counter, end) = (list_counter, list_end);
    }
    Outcome::Found(Found {
        start: at,
        end,
        core: (at, numeral.end),
        quantity: Quantity::exact(value as f64),
        kind: Kind::Ordinal { counter },
        marks: Marks::default(),
    })
}

/// Reads the rest of 第1、2批, 第三至五期; returns its end and the counter.
fn ordinal_list(text: &Line, lists: &Lists, at: usize) -> Option<(usize, (usize, usize))> {
    let mut end = at;
    for _ in 0..8 {
        if !matches!(get(text, end), '、' | '和' | '及' | '至' | '到' | '-' | '~') {
            return None;
        }
        let numeral = text.numeral(end + 1, false)?;
        numeral.whole()?;
        end = numeral.end;
        if let Some((unit_end, Unit::Counter | Unit::Rank)) = lists.units.at(text, end) {
            return Some((unit_end, (end, unit_end)));
        }
    }
    None
}

/// 翻一番, 翻了两番.
fn doubling(text: &Line, at: usize) -> Outcome {
    let next = at + 1 + usize::from(get(text, at + 1) == '了');
    let Some(numeral) = text.numeral(next, false) else { return none(at) };
    match numeral.quantity.value {
        Some(times) if get(text, numeral.end) == '番' && (0.0..=20.0).contains(&times) => {
            Outcome::Found(Found {
                start: at,
                end: numeral.end + 1,
                core: (next, numeral.end),
                quantity: Quantity::exact(2f64.powf(times)),
                kind: Kind::Multiple { doubling: true },
                marks: Marks::default(),
            })
        }
        _ => none(at),
    }
}

/// $20, 人民币3.14, 港币两千九百六十元.
fn prefixed_money(text: &Line, lists: &Lists, at: usize) -> Outcome {
    let Some((name_end, code)) = lists.money.at(text, at) else { return none(at) };
    if at > 0 && text[at].is_ascii_alphabetic() && text[at - 1].is_ascii_alphanumeric() {
        return none(at);
    }
    let next = space(text, name_end);
    let (hedge_end, hedge) = inner_hedge(text, lists, next);
    let Some(amount) = amount::read(text, lists, hedge_end) else { return none(at) };
    if amount.bare && amount.quantity.approx.is_none() {
        return none(at);
    }
    let mut quantity = amount.quantity;
    quantity.approx = quantity.approx.or(hedge);
    let mut end = amount.end;
    let mut core_end = end;
    if let Some((unit_end, unit)) = lists.units.at(text, space(text, end)) {
        match unit {
            Unit::Money(_) => (end, core_end) = (unit_end, unit_end),
            _ if is_han(text[at]) && !text[at].is_ascii() => return none(at),
            _ => {}
        }
        if matches!(unit, Unit::Money(_)) {
            (end, quantity) = small_money(text, lists, end, quantity);
            core_end = end;
        }
    }
    if let Some((after, approx)) = amount::hedge_after(text, lists, end) {
        quantity.approx = quantity.approx.or(Some(approx));
        end = after;
    }
    Outcome::Found(Found {
        start: at,
        end,
        core: (at, core_end),
        quantity,
        kind: Kind::Money(Some(code)),
        marks: Marks::default(),
    })
}

/// A hedge between the currency and the number (人民币约300万元).
fn inner_hedge(text: &Line, lists: &Lists, at: usize) -> (usize, Option<Approx>) {
    for end in [at + 1, at + 2, at + 3] {
        if let Some((begin, hedge)) = lists.hedges_before.before(text, end.min(text.len()))
            && begin == at
            && (numeral::is_numeral(get(text, end)) || get(text, end) == '数')
        {
            return (end, Some(*hedge));
        }
    }
    (at, None)
}

/// Everything that starts with a numeral.
fn number(text: &Line, lists: &Lists, at: usize, floor: usize) -> Outcome {
    let c = get(text, at);
    let before = if at == 0 { '\0' } else { text[at - 1] };
    if c == '-' || c == '负' || starts(text, at, "零下") {
        return negative(text, lists, at, floor);
    }
    if (c.is_ascii_digit() || c == '.') && code_before(text, at) {
        return Outcome::Skip(code_end(text, at));
    }
    if let Some(outcome) = fraction(text, lists, at, floor) {
        return outcome;
    }
    let Some(amount) = amount::read(text, lists, at) else {
        return Outcome::Skip(numeral_run_end(text, at));
    };
    let next = get(text, amount.end);
    if c.is_ascii_digit() && !amount.range && code_after(text, lists, &amount) {
        return Outcome::Skip(code_end(text, amount.end));
    }
    let (start, hedge) = amount::hedge_before(text, lists, at, floor);
    let mut quantity = amount.quantity;
    if amount.form == Form::Vague && start < at && matches!(get(text, at), '上') {
        return Outcome::Skip(amount.end);
    }
    quantity.approx = match (quantity.approx, hedge) {
        (None, hedge) => hedge,
        (Some(Approx::Over), Some(Approx::AtLeast | Approx::Under)) => hedge,
        (own, _) => own,
    };
    if amount.form == Form::Digits && !amount.range && name_like(text, lists, &amount, before) {
        return Outcome::Skip(amount.end);
    }
    let mut found = Found {
        start,
        end: amount.end,
        core: (at, amount.numeral_end),
        quantity,
        kind: Kind::Number,
        marks: Marks {
            each: amount::each_before(text, start, floor),
            top: before == '前',
            ..Marks::default()
        },
    };
    if let Some(outcome) = percent(text, lists, &amount, &mut found) {
        return outcome;
    }
    if let Some(outcome) = coins(text, lists, &amount, &mut found) {
        return outcome;
    }
    if !matches!(next, '个')
        && tail_end(text, lists, amount.end).is_some()
        && !amount.range
        && quantity.approx.is_none()
    {
        let end = tail_end(text, lists, amount.end).unwrap_or(amount.end);
        let unit = lists.units.at(text, amount.end);
        if unit.is_none_or(|(unit_end, unit)| unit_end < end || matches!(unit, Unit::Stop | Unit::Loose)) {
            return Outcome::Skip(end);
        }
    }
    unit(text, lists, &amount, &mut found, before)
}

/// Returns one past what makes a plain numeral a name (医院, 国道).
fn tail_end(text: &Line, lists: &Lists, at: usize) -> Option<usize> {
    let (end, tail) = lists.tails.at(text, at)?;
    (*tail != Tail::Ordinal).then_some(end)
}

/// Reads the unit after an amount and finishes the expression.
fn unit(text: &Line, lists: &Lists, amount: &Amount, found: &mut Found, before: char) -> Outcome {
    let next = space(text, amount.end);
    let latin = get(text, next).is_ascii_alphabetic();
    match lists.units.at(text, next) {
        Some((end, Unit::Money(_))) if pieces(text, amount, end) => {
            found.kind = Kind::Count { counter: (next, end) };
            found.end = end;
            finish(text, lists, found)
        }
        Some((end, Unit::Money(code))) => money(text, lists, amount, found, end, code),
        Some((end, Unit::Counter))
            if !(amount.bare
                && amount.quantity.approx.is_none()
                && found.quantity.approx.is_none()
                && !counted_bare(text, amount)) =>
        {
            let plain = amount.end - amount.start == 1
                && get(text, amount.start) == '一'
                && found.quantity.approx.is_none();
            found.marks.plain_one = plain;
            let end = composite_counter(text, lists, end);
            found.kind = Kind::Count { counter: (next, end) };
            found.end = end;
            second_amount(text, lists, found, (next, end));
            finish(text, lists, found)
        }
        Some((end, Unit::Rank)) => {
            // 十九届, 2018级: a place in an order even without 第.
            let Some(value) = found.quantity.value.filter(|_| found.quantity.approx.is_none()) else {
                return Outcome::Skip(end);
            };
            found.quantity = Quantity::exact(value);
            found.kind = Kind::Ordinal { counter: (next, end) };
            found.end = end;
            Outcome::Found(*found)
        }
        Some((end, Unit::Loose)) if amount.form != Form::Digits && loosely_counted(text, amount, found) => {
            found.kind = Kind::Count { counter: (next, end) };
            found.end = end;
            finish(text, lists, found)
        }
        Some((end, Unit::Measure(kind))) if !amount.bare || found.quantity.approx.is_some() => {
            if latin && get(text, end).is_ascii_alphanumeric() {
                return Outcome::Skip(code_end(text, end));
            }
            found.kind = Kind::Measure { unit: (next, end), kind: *kind };
            found.end = end;
            second_amount(text, lists, found, (next, end));
            finish(text, lists, found)
        }
        _ => plain(text, lists, amount, found, before),
    }
}

/// 百名专家 and 千人 count; 百姓 and 万物 do not reach this place.
fn counted_bare(text: &Line, amount: &Amount) -> bool {
    matches!(
        get(text, amount.end),
        '名' | '人'
            | '家'
            | '场'
            | '位'
            | '例'
            | '台'
            | '户'
            | '余'
            | '张'
            | '支'
            | '个'
            | '所'
            | '件'
            | '份'
            | '册'
    )
}

/// 80师生, 近200村民: nouns count after two figures or a hedge.
fn loosely_counted(text: &Line, amount: &Amount, found: &Found) -> bool {
    let large = amount.quantity.value.is_some_and(|value| value >= 10.0);
    (large || found.quantity.approx.is_some()) && !amount.bare
        || amount.quantity.value.is_some_and(|v| v >= 2.0)
            && amount.form == Form::Places
            && matches!(get(text, amount.end), '大')
}

/// Reads a bracket after the counter: 台（套）, 个（市、区）.
fn composite_counter(text: &Line, lists: &Lists, end: usize) -> usize {
    if get(text, end) != '(' {
        return end;
    }
    let mut at = end + 1;
    while at < end + 12 {
        let Some((next, _)) =
            lists.units.at(text, at).filter(|(_, unit)| matches!(unit, Unit::Counter | Unit::Loose))
        else {
            return end;
        };
        match get(text, next) {
            ')' => return next + 1,
            '、' | '/' | '，' | ',' => at = next + 1,
            _ => return end,
        }
    }
    end
}

/// 3名至5名, 85%至90%: the same unit on both numbers.
fn second_amount(text: &Line, lists: &Lists, found: &mut Found, unit: (usize, usize)) {
    let Some(low) =
        found.quantity.value.filter(|_| found.quantity.approx.is_none() || found.start < found.core.0)
    else {
        return;
    };
    if text[unit.0..unit.1].is_empty() {
        return;
    }
    let Some(at) = range_mark(text, found.end) else { return };
    let Some(second) = amount::read(text, lists, at) else { return };
    let Some(high) = second.quantity.value.filter(|high| *high > low && !second.bare) else { return };
    let written = &text[unit.0..unit.1];
    let next = space(text, second.end);
    if text.get(next..next + written.len()) == Some(written)
        && lists.units.at(text, next).is_none_or(|(end, _)| end == next + written.len())
    {
        found.quantity = Quantity { approx: found.quantity.approx, ..Quantity::between(low, high) };
        found.end = next + written.len();
        found.core.1 = second.numeral_end;
        if let Kind::Count { counter } | Kind::Measure { unit: counter, .. } = &mut found.kind {
            *counter = (next, next + written.len());
        }
    }
}

/// Adds 余 after the counter, 以上, 左右.
fn finish(text: &Line, lists: &Lists, found: &mut Found) -> Outcome {
    let end = found.end;
    if matches!(get(text, end), '多' | '余')
        && found.quantity.value.is_some()
        && found.quantity.approx.is_none()
    {
        let next = get(text, end + 1);
        if !is_han(next) || matches!(found.kind, Kind::Money(_)) && !matches!(next, '次' | '个' | '种') {
            found.quantity.approx = Some(Approx::Over);
            found.end = end + 1;
        }
    }
    if let Some((after, approx)) = amount::hedge_after(text, lists, found.end) {
        if found.quantity.approx.is_none() {
            found.quantity.approx = Some(approx);
        }
        found.end = after;
    }
    Outcome::Found(*found)
}

/// Reads what follows a currency: 角 and 分, a second sum, 人民币 after 元.
fn money(
    text: &Line,
    lists: &Lists,
    amount: &Amount,
    found: &mut Found,
    end: usize,
    code: &'static str,
) -> Outcome {
    if amount.bare && found.quantity.approx.is_none() && !matches!(get(text, amount.end), '元') {
        return Outcome::Skip(end);
    }
    let mut code = code;
    (found.end, found.quantity) = small_money(text, lists, end, found.quantity);
    // 五元三毛; 8亿元（人民币）.
    if get(text, found.end) == '('
        && let Some((name, code_in)) = lists.money.at(text, found.end + 1)
        && get(text, name) == ')'
    {
        (code, found.end) = (code_in, name + 1);
    }
    found.core.1 = found.end;
    if amount.range {
        found.core.1 = found.end;
    } else if let Some(low) =
        found.quantity.value.filter(|_| found.quantity.approx.is_none() || found.start < found.core.0)
        && let Some(at) = range_mark(text, found.end)
        && let Some(second) = amount::read(text, lists, at)
        && let Some(high) = second.quantity.value.filter(|high| *high > low)
        && let Some((last, Unit::Money(_))) = lists.units.at(text, space(text, second.end))
    {
        found.quantity = Quantity { approx: found.quantity.approx, ..Quantity::between(low, high) };
        (found.end, found.core.1) = (last, last);
    }
    found.kind = Kind::Money(Some(code));
    finish(text, lists, found)
}

/// Reads 三毛, 一角七分, 四分 after a sum of whole units.
fn small_money(text: &Line, lists: &Lists, end: usize, quantity: Quantity) -> (usize, Quantity) {
    let mut out = (end, quantity);
    let Some(mut value) = quantity.value.filter(|_| quantity.approx.is_none() || quantity.min.is_none())
    else {
        return out;
    };
    let mut at = end;
    let mut used = 0;
    while used < 2 {
        let linked = matches!(get(text, at), '又' | '零');
        let Some(amount) = amount::read(text, lists, if linked { at + 1 } else { at }) else { break };
        let Some(number) = amount.quantity.value.filter(|n| *n < 100.0 && !amount.bare && !amount.decimal)
        else {
            break;
        };
        let (length, factor) = match get(text, amount.end) {
            '角' | '毛' => (1, 0.1),
            '美' if get(text, amount.end + 1) == '分' => (2, 0.01),
            '分' if !matches!(get(text, amount.end + 1), '钟' | '之' | '别') => (1, 0.01),
            _ => break,
        };
        value += number * factor;
        at = amount.end + length;
        used += 1;
        out = (at, Quantity { value: Some((value * 100.0).round() / 100.0), ..quantity });
    }
    out
}

/// Sums below one yuan: 壹角, 肆角叁分, 五毛钱.
fn coins(text: &Line, lists: &Lists, amount: &Amount, found: &mut Found) -> Option<Outcome> {
    let mark = get(text, amount.end);
    let after = get(text, amount.end + 1);
    let coin = match mark {
        '角' => !is_han(after) || after == '钱' || numeral::is_numeral(after),
        '毛' => after == '钱' || !is_han(after) && !after.is_ascii_alphanumeric(),
        '分' => after == '钱',
        _ => false,
    };
    if !coin || amount.quantity.value.is_none_or(|value| value >= 100.0) {
        return None;
    }
    let factor = if mark == '分' { 0.01 } else { 0.1 };
    found.quantity = found.quantity.scaled(factor);
    let mut end = amount.end + 1 + usize::from(after == '钱');
    if mark == '角' && found.quantity.approx.is_none() {
        (end, found.quantity) = small_money(text, lists, end, found.quantity);
    }
    (found.end, found.core.1) = (end, end);
    found.kind = Kind::Money(Some("CNY"));
    Some(finish(text, lists, found))
}

/// 块 is money unless a noun follows a small number (一块蛋糕, 两块展板).
fn pieces(text: &Line, amount: &Amount, end: usize) -> bool {
    let next = get(text, end);
    let money = !is_han(next)
        || numeral::is_numeral(next)
        || matches!(next, '多' | '以' | '左' | '上' | '的' | '就' | '一');
    text[end - 1] == '块'
        && !money
        && amount.quantity.value.or(amount.quantity.max).is_some_and(|value| value < 100.0)
}

/// Percentages in all spellings.
fn percent(text: &Line, lists: &Lists, amount: &Amount, found: &mut Found) -> Option<Outcome> {
    let next = space(text, amount.end);
    let c = get(text, next);
    let scale = |found: &mut Found, factor: f64| found.quantity = found.quantity.scaled(factor);
    if c == '%' || c == '‰' {
        if c == '‰' {
            scale(found, 0.1);
        }
        found.end = next + 1;
        found.kind = Kind::Percent { points: false };
        found.core.1 = found.end;
        second_percent(text, lists, found, next);
        return Some(finish(text, lists, found));
    }
    for (word, points) in [("个百分点", true), ("百分点", true)] {
        if starts(text, next, word) {
            found.end = next + word.chars().count();
            found.core.1 = found.end;
            found.kind = Kind::Percent { points };
            return Some(finish(text, lists, found));
        }
    }
    if c == '成'
        && next == amount.end
        && amount.quantity.value.or(amount.quantity.max).is_some_and(|v| v <= 10.0)
        && share_stands(text, next)
    {
        found.end = next + 1;
        if get(text, found.end) == '半' {
            found.quantity.value = found.quantity.value.map(|n| n + 0.5);
            found.end += 1;
        } else if matches!(get(text, found.end), '多' | '余') {
            found.quantity.approx = Some(Approx::Over);
            found.end += 1;
        } else if let Some(tenth) =
            numeral::digit(get(text, found.end)).filter(|_| share_ends(text, lists, found.end + 1))
        {
            found.quantity.value = found.quantity.value.map(|n| n + f64::from(tenth) / 10.0);
            found.end += 1;
        }
        found.core.1 = found.end;
        scale(found, 10.0);
        found.kind = Kind::Percent { points: false };
        return Some(finish(text, lists, found));
    }
    if c == '倍' && next == amount.end {
        found.end = next + 1 + usize::from(matches!(get(text, next + 1), '多' | '余'));
        if found.end > next + 1 {
            found.quantity.approx = Some(Approx::Over);
        }
        found.kind = Kind::Multiple { doubling: false };
        return Some(finish(text, lists, found));
    }
    None
}

/// 85%-90%.
fn second_percent(text: &Line, lists: &Lists, found: &mut Found, mark: usize) {
    let Some(low) = found.quantity.value else { return };
    let Some(at) = range_mark(text, found.end) else { return };
    let Some(second) = amount::read(text, lists, at) else { return };
    let Some(high) = second.quantity.value.filter(|high| *high > low) else { return };
    if get(text, second.end) == text[mark] {
        found.quantity = Quantity { approx: found.quantity.approx, ..Quantity::between(low, high) };
        (found.end, found.core.1) = (second.end + 1, second.end + 1);
    }
}

/// 八成五 ends where neither a numeral nor a counter follows.
fn share_ends(text: &Line, lists: &Lists, at: usize) -> bool {
    !numeral::is_numeral(get(text, at)) && lists.units.at(text, at).is_none()
}

/// 三成 is a share unless 成 opens 成立, 成员, 成为.
fn share_stands(text: &Line, at: usize) -> bool {
    !matches!(
        get(text, at + 1),
        '立' | '员'
            | '果'
            | '功'
            | '为'
            | '都'
            | '绩'
            | '熟'
            | '本'
            | '长'
            | '套'
            | '型'
            | '人'
            | '像'
            | '分'
            | '家'
            | '效'
            | '因'
            | '县'
    )
}

/// 百分之三, 五分之一, 3又一千分之23, 1/2.
fn fraction(text: &Line, lists: &Lists, at: usize, floor: usize) -> Option<Outcome> {
    let (start, hedge) = amount::hedge_before(text, lists, at, floor);
    let found = |end: usize, value: Quantity, kind: Kind| {
        let quantity = Quantity { approx: value.approx.or(hedge), ..value };
        let mut found = Found { start, end, core: (at, end), quantity, kind, marks: Marks::default() };
        Some(finish(text, lists, &mut found))
    };
    let percent = |end: usize, value: Quantity| found(end, value, Kind::Percent { points: false });
    // 百分之, 千分之, 万分之 without a number before it are percentages.
    for (word, factor) in [
        ("百分之", 1.0),
        ("千分之", 0.1),
        ("仟分之", 0.1),
        ("万分之", 0.01),
        ("百万分之", 1e-4),
        ("千万分之", 1e-5),
        ("亿分之", 1e-6),
        ("万万分之", 1e-6),
        ("百万万分之", 1e-8),
    ] {
        if starts(text, at, word) {
            let next = at + word.chars().count();
            if word == "百分之" && get(text, next) == '百' && !numeral::is_numeral(get(text, next + 1)) {
                return percent(next + 1, Quantity::exact(100.0));
            }
            let minus = matches!(get(text, next), '-' | '负');
            let amount = amount::read(text, lists, next + usize::from(minus))?;
            let sign = if minus { -1.0 } else { 1.0 };
            return percent(amount.end, amount.quantity.scaled(factor * sign));
        }
    }
    let first = text.numeral(at, false)?;
    let mut whole = 0.0;
    let mut denominator = first;
    if get(text, first.end) == '又' {
        let second = text.numeral(first.end + 1, false)?;
        if !starts(text, second.end, "分之") {
            return None;
        }
        (whole, denominator) = (first.quantity.value?, second);
    }
    if starts(text, denominator.end, "分之") {
        let next = denominator.end + 2;
        let minus = matches!(get(text, next), '-' | '负');
        let numerator = text.numeral(next + usize::from(minus), true)?;
        let bottom = denominator.quantity.value.filter(|n| *n != 0.0)?;
        let top = numerator.quantity.value?;
        return found(
            numerator.end,
            Quantity::exact(whole + if minus { -top } else { top } / bottom),
            Kind::Number,
        );
    }
    if get(text, first.end) == '/' && first.form == Form::Arabic && !first.decimal {
        let second = text.numeral(first.end + 1, false)?;
        let after = get(text, second.end);
        if second.form == Form::Arabic
            && !matches!(after, '/' | '.' | '-')
            && !after.is_ascii_alphanumeric()
            && !second.decimal
        {
            let bottom = second.quantity.value.filter(|n| *n != 0.0)?;
            return found(second.end, Quantity::exact(first.quantity.value? / bottom), Kind::Number);
        }
    }
    None
}

/// -3.8%, 负六点六, 零下 is read by the caller.
fn negative(text: &Line, lists: &Lists, at: usize, floor: usize) -> Outcome {
    let before = if at == 0 { '\0' } else { text[at - 1] };
    let mark = get(text, at);
    let from = at + 1 + usize::from(mark == '零');
    let next = get(text, from);
    let signed = match mark {
        '-' => {
            let joins = before.is_ascii_alphanumeric() || matches!(before, ')' | '-' | '+' | '.' | '/');
            !joins && !numeral::is_numeral(before) && next.is_ascii_digit()
        }
        '负' => numeral::is_numeral(next) && !matches!(before, '担' | '肩' | '自' | '胜' | '抱' | '辜'),
        _ => numeral::is_numeral(next),
    };
    if !signed {
        return none(at);
    }
    match number(text, lists, from, floor.max(from)) {
        Outcome::Found(mut found) if found.start == from => {
            let flip = |n: Option<f64>| n.map(|n| -n);
            found.quantity = Quantity {
                value: flip(found.quantity.value),
                min: flip(found.quantity.max),
                max: flip(found.quantity.min),
                approx: found.quantity.approx,
            };
            (found.start, found.core.0) = (at, at);
            Outcome::Found(found)
        }
        Outcome::Found(found) => Outcome::Found(found),
        Outcome::Skip(_) => none(at),
    }
}

/// Letters, a hyphen after letters or an underscore before figures make a code: COVID-19, B12, A2021.
fn code_before(text: &Line, at: usize) -> bool {
    let before = if at == 0 { '\0' } else { text[at - 1] };
    let earlier = if at < 2 { '\0' } else { text[at - 2] };
    before.is_ascii_alphabetic()
        || matches!(before, '_' | '#' | '+' | '=' | '&')
        || matches!(before, '-' | '.' | '/' | ':') && (earlier.is_ascii_alphanumeric())
        || before == '.' && earlier.is_ascii_digit()
}

/// Tells whether figures run on into letters, another group of figures or a telephone number.
fn code_after(text: &Line, lists: &Lists, amount: &Amount) -> bool {
    let next = get(text, amount.end);
    let then = get(text, amount.end + 1);
    if next == '+' && !numeral::is_numeral(then) {
        return true;
    }
    if next.is_ascii_alphabetic() {
        let unit = lists.units.at(text, amount.end);
        let whole = unit.is_some_and(|(end, _)| !get(text, end).is_ascii_alphanumeric());
        return !whole && (next != 'k' || then.is_ascii_alphanumeric());
    }
    if matches!(next, '-' | '.' | '/' | ':') && then.is_ascii_alphanumeric() {
        return true;
    }
    if matches!(next, '+') && then.is_ascii_alphanumeric() {
        return true;
    }
    let long = amount.form == Form::Arabic && !amount.grouped && amount.figures >= 10;
    let zero = amount.form == Form::Arabic && amount.figures >= 3 && get(text, amount.start) == '0';
    (long || zero)
        && lists.units.at(text, amount.end).is_none_or(|(_, unit)| *unit == Unit::Stop)
        && next != '%'
}

/// Returns one past a code that goes through `at`.
fn code_end(text: &Line, at: usize) -> usize {
    let mut end = at;
    while matches!(get(text, end), '-' | '.' | '_' | '+' | '/' | ':' | '#' | '=' | '&' | '%' | '?')
        && get(text, end + 1).is_ascii_alphanumeric()
        || get(text, end).is_ascii_alphanumeric()
    {
        end += 1;
    }
    end.max(at + 1)
}

fn numeral_run_end(text: &Line, at: usize) -> usize {
    let mut end = at;
    while numeral::is_numeral(get(text, end)) && !matches!(get(text, end), '百' | '千' | '万' | '亿' | '十')
    {
        end += 1;
    }
    end.max(at + 1)
}

/// 三〇二, 八一: digit strings are names unless a counter makes 五六 a pair.
fn name_like(text: &Line, lists: &Lists, amount: &Amount, before: char) -> bool {
    let pair = amount.quantity.min.is_some();
    let counted =
        lists.units.at(text, amount.end).is_some_and(|(_, unit)| !matches!(unit, Unit::Stop | Unit::Loose));
    if pair {
        return !counted && !matches!(get(text, amount.end), '成' | '倍' | '%');
    }
    let quoted = matches!(before, '“' | '「' | '《' | '"' | '·' | '‘' | '『');
    let alone = !quoted && (!is_han(before) || before == '负') && !is_han(get(text, amount.end));
    !(alone || amount.formal && counted)
}

/// A number with nothing after it that it counts.
fn plain(text: &Line, lists: &Lists, amount: &Amount, found: &mut Found, before: char) -> Outcome {
    let next = get(text, amount.end);
    let skip = Outcome::Skip(amount.end.max(found.core.0 + 1));
    if lists.units.at(text, space(text, amount.end)).is_some_and(|(_, unit)| *unit == Unit::Stop)
        && amount.form != Form::Arabic
    {
        return skip;
    }
    if next == 'k' && amount.form == Form::Arabic {
        found.quantity = found.quantity.scaled(1000.0);
        (found.end, found.core.1) = (amount.end + 1, amount.end + 1);
        if let Some(at) = range_mark(text, found.end)
            && let Some(second) = amount::read(text, lists, at)
            && get(text, second.end) == 'k'
            && let (Some(low), Some(high)) = (found.quantity.value, second.quantity.value)
        {
            found.quantity = Quantity::between(low, high * 1000.0);
            (found.end, found.core.1) = (second.end + 1, second.end + 1);
        }
        return Outcome::Found(*found);
    }
    let sound = match amount.form {
        Form::Arabic | Form::Mixed => true,
        Form::Vague => found.quantity.approx.is_some() && amount.end - amount.start >= 2 && !is_han(next),
        Form::Digits => true,
        Form::Places => {
            let length = amount.end - amount.start;
            if amount.bare && found.quantity.approx.is_some() && !is_han(next) {
                true
            } else if amount.bare {
                // 十 alone is a number; 百, 千, 万 and 亿 need more.
                length >= 2
                    && (amount.numeral_end - amount.start >= 2 || found.quantity.approx.is_some())
                    && !is_han(next)
            } else if length == 1 {
                free(before) && (free(next)) && !amount.formal
                    || amount.formal && !is_han(before) && !is_han(next)
            } else {
                !amount.formal || !is_han(next) || length >= 3
            }
        }
    };
    if !sound || listed(text, amount) {
        return skip;
    }
    Outcome::Found(*found)
}

/// （一）, 二、 at the start of a line number a list.
fn listed(text: &Line, amount: &Amount) -> bool {
    let (before, next) =
        (if amount.start == 0 { '\n' } else { text[amount.start - 1] }, get(text, amount.end));
    amount.form == Form::Places && (before == '(' && next == ')' || amount.start == 0 && next == '、')
        || amount.form == Form::Arabic && amount.start == 0 && matches!(next, '、' | '.' | ')')
        || matches!((before, next), ('[', ']') | ('(', ')')) && numeral::is_numeral(get(text, amount.end + 1))
}

/// Characters beside which a single digit character is still a number.
pub(crate) fn free(c: char) -> bool {
    const BESIDE: &str = "是和与前的不这为比加减乘除到至负";
    !is_han(c) || BESIDE.contains(c)
}
