//! Reads how many: a numeral with 多, 余 or 几 after it, or two numerals that span a range.

use crate::lexicon::Lists;
use crate::line::Line;
use crate::numeral::{self, Form, Numeral};
use crate::point::{get, is_han, range_mark, space, starts};
use crate::value::{Approx, Quantity};

/// A number, hedged or not, before its counter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Amount {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// One past the numeral proper, before 多 and 余.
    pub(crate) numeral_end: usize,
    pub(crate) quantity: Quantity,
    pub(crate) form: Form,
    pub(crate) figures: u32,
    pub(crate) bare: bool,
    pub(crate) formal: bool,
    pub(crate) grouped: bool,
    pub(crate) decimal: bool,
    /// Whether it joins two numerals.
    pub(crate) range: bool,
}

/// Reads the amount that starts at `at`.
pub(crate) fn read(text: &Line, lists: &Lists, at: usize) -> Option<Amount> {
    read_with(text, lists, at, true)
}

/// Reads an amount; `point` tells whether 点 may be a decimal point.
pub(crate) fn read_with(text: &Line, lists: &Lists, at: usize, point: bool) -> Option<Amount> {
    let first = text.numeral(at, point)?;
    let mut out = single(text, lists, first);
    if out.quantity.approx.is_none() || out.quantity.min.is_none() {
        join(text, lists, &first, &mut out, point);
    }
    Some(out)
}

fn single(text: &Line, lists: &Lists, numeral: Numeral) -> Amount {
    let mut quantity = numeral.quantity;
    let mut end = numeral.end;
    if quantity.value.is_some() && quantity.min.is_some() {
        // 五六 is a pair of numbers here; years and names read it before.
        quantity.value = None;
    }
    let round = numeral.form != Form::Arabic || !numeral.decimal;
    if quantity.value.is_some() && quantity.approx.is_none() && round {
        let next = get(text, end);
        let counted =
            |at: usize| lists.units.at(text, at).is_some() || get(text, at) == '年' || get(text, at) == '天';
        if next == ' '
            && matches!(get(text, end + 1), '多' | '余')
            && text[end - 1].is_ascii_digit()
            && counted(space(text, end + 2))
        {
            quantity.approx = Some(Approx::Over);
            end += 2;
        }
        let over = match next {
            '多' => {
                !matches!(get(text, end + 1), '样' | '元' | '方' | '层' | '次' | '种')
                    || ends_in_unit(text, end)
            }
            '余' => {
                !matches!(get(text, end + 1), '下' | '额' | '量' | '热' | '生' | '年')
                    || ends_in_unit(text, end)
            }
            '几' => ends_in_unit(text, end),
            '来' => ends_in_ten(text, end) && counted(end + 1),
            '许' => false,
            _ => false,
        };
        if over {
            quantity.approx = Some(Approx::Over);
            end += 1;
        }
    }
    Amount {
        start: numeral.start,
        end,
        numeral_end: numeral.end,
        quantity,
        form: numeral.form,
        figures: numeral.figures,
        bare: numeral.bare,
        formal: numeral.formal,
        grouped: numeral.grouped,
        decimal: numeral.decimal,
        range: false,
    }
}

fn ends_in_unit(text: &Line, end: usize) -> bool {
    end > 0
        && (matches!(text[end - 1], '十' | '百' | '千' | '万' | '亿' | '佰' | '仟' | '拾' | '廿' | '卅')
            || text[end - 1].is_ascii_digit())
}

fn ends_in_ten(text: &Line, end: usize) -> bool {
    end > 0 && matches!(text[end - 1], '十' | '百' | '千' | '万' | '0' | '拾')
}

/// Joins `first` with a second numeral: 3至5, 85-90, 十八至三十万.
fn join(text: &Line, lists: &Lists, first: &Numeral, out: &mut Amount, point: bool) {
    let Some(mut low) = first.quantity.value else { return };
    let between = matches!(get(text, out.end), '和' | '与') && between_closes(text, out.end + 1);
    if get(text, out.end) == '、' && neighbours(text, first, out) {
        return;
    }
    let mark = if between { Some(out.end + 1) } else { range_mark(text, out.end) };
    let Some(second_at) = mark else { return };
    let dash = matches!(text[second_at - 1], '-') || matches!(get(text, out.end), '-');
    if first.quantity.approx.is_some() || first.bare {
        return;
    }
    let Some(second) = text.numeral(second_at, point) else { return };
    let Some(high) = second.quantity.value.filter(|_| second.quantity.min.is_none()) else { return };
    let next = get(text, second.end);
    if dash && (leading_zero(text, first) || leading_zero(text, &second) || next == '-') {
        return;
    }
    if second.bare && second.form != Form::Places {
        return;
    }
    if let Some((factor, coefficient)) = second.big
        && first.big.is_none()
        && low < coefficient
    {
        low *= factor;
    }
    if low >= high || next.is_ascii_alphabetic() && lists.units.at(text, second.end).is_none() && next != 'k'
    {
        return;
    }
    let upper = single(text, lists, second);
    out.quantity = Quantity::between(low, high);
    out.end = upper.end;
    out.numeral_end = second.end;
    out.range = true;
    out.form = if first.form == Form::Arabic { second.form } else { first.form };
}

/// Joins 四、五名 and 七、八十人: two neighbouring digits with a mark between.
fn neighbours(text: &Line, first: &Numeral, out: &mut Amount) -> bool {
    let Some(second) = text.numeral(out.end + 1, false) else { return false };
    let (Some(low), Some(high)) = (first.quantity.value, second.quantity.value) else { return false };
    let digit = numeral::digit(get(text, first.start)).filter(|_| first.end == first.start + 1);
    let leading = numeral::digit(get(text, second.start));
    let (Some(digit), Some(leading)) = (digit, leading) else { return false };
    if leading != digit + 1 || second.end - second.start > 2 {
        return false;
    }
    let scale = high / f64::from(leading);
    if ![1.0, 10.0, 100.0, 1000.0, 10000.0].contains(&scale) {
        return false;
    }
    out.quantity = Quantity::between(low * scale, high);
    (out.end, out.numeral_end, out.range) = (second.end, second.end, true);
    true
}

/// Tells whether the numeral at `at` is followed by 间 or 之间, at once or after a short counter.
fn between_closes(text: &Line, at: usize) -> bool {
    let Some(numeral) = text.numeral(at, false) else { return false };
    (0..=2).any(|gap| {
        let end = numeral.end + gap;
        get(text, end) == '间' && !is_han(get(text, end + 1)) || starts(text, end, "之间")
    })
}

fn leading_zero(text: &Line, numeral: &Numeral) -> bool {
    get(text, numeral.start) == '0' && get(text, numeral.start + 1).is_ascii_digit()
}

/// Reads the hedge that ends before `at`, not before `floor`; returns where it starts.
pub(crate) fn hedge_before(text: &Line, lists: &Lists, at: usize, floor: usize) -> (usize, Option<Approx>) {
    let mut start = at;
    let mut approx = None;
    // 至少约 and 共约 stack; the nearest hedge counts, 至少 wins.
    for _ in 0..2 {
        let from = if start > floor && text[start - 1] == ' ' { start - 1 } else { start };
        match lists.hedges_before.before(&text[floor.min(from)..from], from - floor.min(from)) {
            Some((begin, hedge)) => {
                let begin = begin + floor.min(from);
                if !hedge_stands(text, lists, begin, start, floor) {
                    break;
                }
                start = begin;
                approx = match (approx, *hedge) {
                    (None, hedge) => Some(hedge),
                    (kept, _) => kept,
                };
            }
            None => break,
        }
    }
    (start, approx)
}

/// Weeds out hedge characters that end another word: 靠近, 签约, 通过; and 过 before small numbers (有过一例).
fn hedge_stands(text: &Line, lists: &Lists, begin: usize, end: usize, floor: usize) -> bool {
    if end - begin > 1 {
        return true;
    }
    let other_word = lists.hedge_lookalikes.before(text, begin + 1).is_some_and(|(start, ())| start >= floor);
    let large = matches!(get(text, end), '百' | '千' | '万' | '亿' | '半')
        || get(text, end).is_ascii_digit() && get(text, end + 1).is_ascii_digit();
    !other_word && (text[begin] != '过' || large)
}

/// Reads 以上, 左右, 以内 after a counter; returns one past it.
pub(crate) fn hedge_after(text: &Line, lists: &Lists, at: usize) -> Option<(usize, Approx)> {
    let (end, approx) = lists.hedges_after.at(text, space(text, at))?;
    let next = get(text, end);
    (!matches!((text[end - 1], next), ('内', '科' | '镜' | '部') | ('下', '简' | '称')))
        .then_some((end, *approx))
}

/// Tells whether 每 or 各 stands before the number.
pub(crate) fn each_before(text: &Line, at: usize, floor: usize) -> bool {
    at > floor && matches!(text[at - 1], '每' | '各' | '均')
}
