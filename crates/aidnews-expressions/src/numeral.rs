//! Reads one numeral: 1.8万, 3千5百, 二〇二一, 壹拾贰, 四五百, 十几, 数十, 300余万.
//!
//! Input is folded text ([`crate::fold`]), output a [`Numeral`]; what stands around it (hedges, counters, 年) is
//! left to the caller. Every path moves forward, so a numeral costs O(its length); numerals of more
//! than 18 figures and numbers past 10³⁰ are declined.

use crate::value::{Approx, Quantity};

/// How a numeral is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// 120, 1.8, 4,565.
    Arabic,
    /// 十五, 三百: place value in characters.
    Places,
    /// 二〇二一, 九七: a string of digit characters.
    Digits,
    /// 3千5百, 1.8万: figures with unit characters.
    Mixed,
    /// 数十, 上百, 几百.
    Vague,
}

/// A numeral and the span `start..end` (characters) it covers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Numeral {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) quantity: Quantity,
    pub(crate) form: Form,
    /// Figures before the decimal point (Arabic) or digit characters in the string (Digits); 0 for others.
    pub(crate) figures: u32,
    /// Whether there is a decimal part.
    pub(crate) decimal: bool,
    /// Whether formal digits (壹贰叁) occur.
    pub(crate) formal: bool,
    /// Whether 点 was read as the decimal point.
    pub(crate) point: bool,
    /// The last ten-thousands unit read: (factor, the number before it).
    pub(crate) big: Option<(f64, f64)>,
    /// Whether it starts with a bare unit (百, 千, 万).
    pub(crate) bare: bool,
    /// Whether group commas were read.
    pub(crate) grouped: bool,
}

impl Numeral {
    /// Returns the plain whole number, where it is one.
    pub(crate) fn whole(&self) -> Option<i64> {
        let value = self.quantity.value?;
        (value.fract() == 0.0 && value.abs() < 9e15 && self.quantity.approx.is_none()).then_some(value as i64)
    }
}

/// Returns the value of a plain digit character.
pub(crate) fn digit(c: char) -> Option<u8> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return formal_digit(c),
    })
}

/// Returns the value of a digit in the forgery-proof script.
pub(crate) fn formal_digit(c: char) -> Option<u8> {
    Some(match c {
        '壹' => 1,
        '贰' => 2,
        '叁' => 3,
        '肆' => 4,
        '伍' => 5,
        '陆' => 6,
        '柒' => 7,
        '捌' => 8,
        '玖' => 9,
        _ => return None,
    })
}

/// Returns the exponent of a unit within a group of four digits.
fn small_unit(c: char) -> Option<u32> {
    Some(match c {
        '十' | '拾' => 1,
        '百' | '佰' => 2,
        '千' | '仟' => 3,
        _ => return None,
    })
}

/// Returns the exponent of a group unit.
fn big_unit(c: char) -> Option<u32> {
    Some(match c {
        '万' => 4,
        '亿' => 8,
        '兆' => 12,
        _ => return None,
    })
}

fn is_unit(c: char) -> bool {
    small_unit(c).is_some() || big_unit(c).is_some()
}

/// Tells whether `c` may stand in a numeral.
pub(crate) fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || digit(c).is_some() || is_unit(c) || matches!(c, '廿' | '卅')
}

/// Exact powers of ten.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

/// A decimal number `mantissa` × 10^`exponent`, exact.
#[derive(Debug, Clone, Copy, Default)]
struct Decimal {
    mantissa: i64,
    exponent: i32,
}

impl Decimal {
    fn whole(n: i64) -> Self {
        Self { mantissa: n, exponent: 0 }
    }

    fn shifted(self, by: u32) -> Self {
        Self { mantissa: self.mantissa, exponent: self.exponent + by as i32 }
    }

    fn plus(self, other: Self) -> Option<Self> {
        if self.mantissa == 0 {
            return Some(other);
        }
        if other.mantissa == 0 {
            return Some(self);
        }
        let exponent = self.exponent.min(other.exponent);
        let lift = |d: Self| {
            let gap = u32::try_from(d.exponent - exponent).ok()?;
            d.mantissa.checked_mul(10i64.checked_pow(gap)?)
        };
        Some(Self { mantissa: lift(self)?.checked_add(lift(other)?)?, exponent })
    }

    fn to_f64(self) -> f64 {
        let mut mantissa = self.mantissa;
        let mut exponent = self.exponent;
        while exponent < 0 && mantissa % 10 == 0 && mantissa != 0 {
            mantissa /= 10;
            exponent += 1;
        }
        let power = POWERS
            .get(exponent.unsigned_abs() as usize)
            .copied()
            .unwrap_or_else(|| 10f64.powi(exponent.abs()));
        if exponent >= 0 { mantissa as f64 * power } else { mantissa as f64 / power }
    }
}

/// The sums of a numeral under construction.
#[derive(Default)]
struct Sums {
    /// Complete groups above 亿 and 兆.
    high: Decimal,
    /// Complete 万 groups.
    wan: Decimal,
    /// The open group.
    section: Decimal,
    /// The number waiting for a unit.
    current: Option<Decimal>,
    /// The second number of 四五 waiting for the same unit.
    upper: Option<Decimal>,
    /// The exponent of the last unit.
    last: Option<u32>,
    /// The exponent of the last small unit of the open group.
    last_small: u32,
    /// The spread that a pair adds to the sum (四五百: 100).
    spread: Decimal,
}

impl Sums {
    fn total(&self) -> Option<Decimal> {
        self.high.plus(self.wan)?.plus(self.section)?.plus(self.current.unwrap_or_default())
    }

    fn small(&mut self, exponent: u32) -> Option<()> {
        let number = self.current.take().unwrap_or(Decimal::whole(1));
        self.section = self.section.plus(number.shifted(exponent))?;
        if let Some(upper) = self.upper.take() {
            self.spread = Decimal::whole(upper.mantissa - number.mantissa).shifted(exponent);
        }
        (self.last, self.last_small) = (Some(exponent), exponent);
        Some(())
    }

    fn big(&mut self, exponent: u32) -> Option<()> {
        if let (Some(low), Some(high)) = (self.current, self.upper.take()) {
            self.spread = Decimal::whole(high.mantissa - low.mantissa);
        }
        let group = self.section.plus(self.current.take().unwrap_or_default())?;
        self.section = Decimal::default();
        self.spread = self.spread.shifted(exponent);
        if exponent == 4 {
            if group.mantissa == 0 {
                self.high = self.high.shifted(4);
                self.wan = self.wan.shifted(4);
            } else {
                self.wan = self.wan.plus(group.shifted(4))?;
            }
        } else {
            let below = self.wan.plus(group)?;
            self.wan = Decimal::default();
            self.high = if below.mantissa == 0 {
                self.high.shifted(exponent)
            } else {
                self.high.plus(below.shifted(exponent))?
            };
        }
        (self.last, self.last_small) = (Some(exponent), 9);
        Some(())
    }
}

/// Reads the numeral that starts at `at`, the longest reading; none where no numeral starts there.
///
/// 点 is read as a decimal point only if `point` is set, since 三点 is a time.
pub(crate) fn read(text: &[char], at: usize, point: bool) -> Option<Numeral> {
    vague(text, at).or_else(|| plain(text, at, point))
}

fn get(text: &[char], at: usize) -> char {
    text.get(at).copied().unwrap_or('\0')
}

/// 数十, 数百万, 几百, 上千, 成千, 好几十万.
fn vague(text: &[char], at: usize) -> Option<Numeral> {
    let lead = get(text, at);
    let two = lead == '好' && get(text, at + 1) == '几';
    let floor = match lead {
        '数' | '几' => true,
        '上' | '成' => false,
        _ if two => true,
        _ => return None,
    };
    let mut end = at + 1 + usize::from(two);
    let mut value = Decimal::whole(1);
    let mut first = true;
    loop {
        let c = get(text, end);
        let Some(exponent) = small_unit(c).or_else(|| big_unit(c)) else { break };
        if first && !floor && exponent < 2 {
            return None;
        }
        value = value.shifted(exponent);
        if value.exponent > 16 {
            return None;
        }
        first = false;
        end += 1;
    }
    if first {
        return None;
    }
    let quantity = Quantity { min: Some(value.to_f64()), approx: Some(Approx::Over), ..Quantity::default() };
    Some(Numeral { start: at, end, quantity, form: Form::Vague, ..EMPTY })
}

const EMPTY: Numeral = Numeral {
    start: 0,
    end: 0,
    quantity: Quantity { value: None, min: None, max: None, approx: None },
    form: Form::Places,
    figures: 0,
    decimal: false,
    formal: false,
    point: false,
    big: None,
    bare: false,
    grouped: false,
};

/// A run of Arabic figures with group commas and a decimal part.
struct Figures {
    end: usize,
    value: Decimal,
    whole_figures: u32,
    decimal: bool,
    grouped: bool,
    leading_zero: bool,
}

fn figures(text: &[char], at: usize) -> Option<Figures> {
    let mut end = at;
    let mut mantissa: i64 = 0;
    let mut count = 0u32;
    let mut grouped = false;
    loop {
        let c = get(text, end);
        if let Some(d) = c.to_digit(10) {
            mantissa = mantissa.checked_mul(10)?.checked_add(i64::from(d))?;
            count += 1;
            if count > 18 {
                return None;
            }
            end += 1;
        } else if matches!(c, ',' | '，')
            && count > 0
            && (grouped || count <= 3)
            && group_of_three(text, end + 1)
        {
            grouped = true;
            end += 1;
            for _ in 0..3 {
                mantissa = mantissa.checked_mul(10)?.checked_add(i64::from(get(text, end).to_digit(10)?))?;
                count += 1;
                end += 1;
            }
            if count > 18 {
                return None;
            }
            if get(text, end) != ',' {
                break;
            }
        } else {
            break;
        }
    }
    let mut exponent = 0;
    let dot = get(text, end) == '.' && get(text, end + 1).is_ascii_digit();
    if count == 0 && !dot {
        return None;
    }
    if dot {
        end += 1;
        while let Some(d) = get(text, end).to_digit(10) {
            mantissa = mantissa.checked_mul(10)?.checked_add(i64::from(d))?;
            exponent -= 1;
            if exponent < -15 {
                return None;
            }
            end += 1;
        }
    }
    let leading_zero = get(text, at) == '0' && count > 1;
    let value = Decimal { mantissa, exponent };
    Some(Figures { end, value, whole_figures: count, decimal: dot, grouped, leading_zero })
}

fn group_of_three(text: &[char], at: usize) -> bool {
    (at..at + 3).all(|i| get(text, i).is_ascii_digit()) && !get(text, at + 3).is_ascii_digit()
}

/// Reads everything but 数十 and its kind.
fn plain(text: &[char], at: usize, point: bool) -> Option<Numeral> {
    let mut sums = Sums::default();
    let mut out = Numeral { start: at, ..EMPTY };
    let mut end = at;
    let mut arabic = false;
    let mut units = false;
    let mut digits = 0u32;
    let mut over = false;
    let mut approx_pair: Option<(f64, f64)> = None;
    let mut linked = false;
    loop {
        let c = get(text, end);
        if c.is_ascii_digit() || (c == '.' && end == at && get(text, end + 1).is_ascii_digit()) {
            if sums.current.is_some() || over || (end > at && !units) {
                break;
            }
            let run = figures(text, end)?;
            if end == at {
                out.figures = run.whole_figures;
                out.grouped = run.grouped;
            } else if run.decimal || run.whole_figures > sums.last.unwrap_or(0) && !run.leading_zero {
                break;
            }
            arabic = true;
            out.decimal = run.decimal;
            let single = run.whole_figures == 1 && end > at && !run.decimal;
            end = run.end;
            let lone =
                single && !is_unit(get(text, end)) && !linked && sums.last.is_some_and(|last| last > 1);
            sums.current = Some(if lone { run.value.shifted(sums.last.unwrap_or(1) - 1) } else { run.value });
            continue;
        }
        if let Some(value) = digit(c) {
            if sums.current.is_some() || over {
                break;
            }
            let run_end = digit_run(text, end);
            let length = run_end - end;
            out.formal |= formal_digit(c).is_some();
            let next_unit = is_unit(get(text, run_end));
            if value == 0 && units && length >= 2 {
                // 一千零五: the zero only links; the digits after it count.
                if length == 2 {
                    let unit = digit(get(text, end + 1))?;
                    sums.current = Some(Decimal::whole(i64::from(unit)));
                    end = run_end;
                    if !is_unit(get(text, end)) {
                        break;
                    }
                    continue;
                }
                break;
            }
            if value == 0 && units && length == 1 {
                let after = get(text, end + 1);
                if is_unit(after) || after.is_ascii_digit() {
                    end += 1;
                    linked = true;
                    continue;
                }
                if after == '几' && big_unit(get(text, end + 2)).is_some() {
                    end += 1;
                    continue;
                }
                break;
            }
            if length == 1 {
                if next_unit {
                    if let Some(exponent) = small_unit(get(text, run_end))
                        && exponent >= sums.last_small
                        && sums.last_small != 0
                    {
                        break;
                    }
                    sums.current = Some(Decimal::whole(i64::from(value)));
                    end = run_end;
                    continue;
                }
                // A last digit after a unit: 两千三百五 is 2350, 十五 is 15.
                if let Some(last) = sums.last {
                    sums.current = Some(Decimal::whole(i64::from(value)).shifted(last - 1));
                } else {
                    sums.current = Some(Decimal::whole(i64::from(value)));
                    digits = 1;
                }
                end = run_end;
                continue;
            }
            let second = digit(get(text, end + 1)).unwrap_or(0);
            if length == 2 && pair(value, second, c) && (next_unit || units) {
                let (low, high) = (Decimal::whole(i64::from(value)), Decimal::whole(i64::from(second)));
                if next_unit {
                    if let Some(exponent) = small_unit(get(text, run_end))
                        && exponent >= sums.last_small
                        && sums.last_small != 0
                    {
                        break;
                    }
                    (sums.current, sums.upper) = (Some(low), Some(high));
                    end = run_end;
                    continue;
                }
                let shift = sums.last.unwrap_or(1) - 1;
                let base = sums.total()?;
                let (low, high) = (base.plus(low.shifted(shift))?, base.plus(high.shifted(shift))?);
                approx_pair = Some((low.to_f64(), high.to_f64()));
                end = run_end;
                break;
            }
            if units {
                break;
            }
            // A string of digits: 二〇二一, 三〇二, 九七.
            if length > 18 {
                return None;
            }
            let mut string: i64 = 0;
            for i in end..run_end {
                string = string * 10 + i64::from(digit(get(text, i))?);
            }
            sums.current = Some(Decimal::whole(string));
            digits = length as u32;
            end = run_end;
            if length == 2 && pair(value, second, c) {
                approx_pair = Some((f64::from(value), f64::from(second)));
            }
            // 一二三万 is nobody's number.
            if approx_pair.is_some() || next_unit {
                break;
            }
            continue;
        }
        if let Some(exponent) = small_unit(c) {
            let kilo = c == '千'
                && matches!(get(text, end + 1), '米' | '克' | '瓦' | '伏' | '帕' | '卡' | '赫' | '焦');
            if kilo && arabic && !units {
                break;
            }
            if over || out.point || sums.last_small != 0 && exponent >= sums.last_small {
                break;
            }
            if sums.current.is_none() && end == at {
                out.bare = exponent > 1;
            } else if sums.current.is_none() && exponent > 1 && get(text, end - 1) != '零' {
                break;
            }
            out.formal |= matches!(c, '拾' | '佰' | '仟');
            sums.small(exponent)?;
            units = true;
            end += 1;
            continue;
        }
        if matches!(c, '廿' | '卅') && !units && sums.current.is_none() {
            sums.section = Decimal::whole(if c == '廿' { 20 } else { 30 });
            (sums.last, sums.last_small, units) = (Some(1), 1, true);
            end += 1;
            continue;
        }
        if let Some(exponent) = big_unit(c) {
            if exponent == 12 && (end == at || matches!(get(text, end + 1), '瓦' | '赫' | '欧' | '字')) {
                break;
            }
            let coefficient = sums.section.plus(sums.current.unwrap_or_default())?;
            if end == at {
                out.bare = true;
                sums.current = Some(Decimal::whole(1));
            }
            out.big = Some((10f64.powi(exponent as i32), coefficient.to_f64()));
            sums.big(exponent)?;
            units = true;
            end += 1;
            // 万万万 is nobody's number.
            if sums.total()?.to_f64().abs() > 1e30
                || end - at > 2 && text[at..end].iter().all(|c| big_unit(*c).is_some())
            {
                return None;
            }
            continue;
        }
        // 三百多万, 二十几万, 300余万: more follows only if a group unit does.
        if matches!(c, '多' | '余' | '几' | '来') && (sums.current.is_some() || units) && !over {
            let then = get(text, end + 1);
            if big_unit(then).is_some() || (c == '几' && then == '千') {
                over = true;
                end += 1;
                continue;
            }
        }
        // 830 万元: spaces beside figures are typesetting.
        if c == ' ' && arabic && !units && !over {
            let then = get(text, end + 1);
            let lifted = matches!(then, '多' | '余') && big_unit(get(text, end + 2)).is_some();
            if big_unit(then).is_some() || lifted {
                end += 1;
                continue;
            }
        }
        if c == '点' && point && end > at && !over {
            let run_end = decimal_run(text, end + 1);
            let sound = sums.current.is_some() || units;
            if run_end > end + 1 && sound && !out.decimal {
                let mut value = sums.total()?;
                for i in end + 1..run_end {
                    let d = get(text, i).to_digit(10).or_else(|| digit(get(text, i)).map(u32::from))?;
                    value = value.plus(Decimal { mantissa: i64::from(d), exponent: -((i - end) as i32) })?;
                }
                sums = Sums { current: Some(value), ..Sums::default() };
                out.decimal = true;
                out.point = true;
                units = true;
                digits = 0;
                end = run_end;
                continue;
            }
        }
        break;
    }
    if end == at {
        return None;
    }
    out.end = end;
    out.form = match (arabic, units, digits) {
        (true, false, _) => Form::Arabic,
        (true, true, _) => Form::Mixed,
        (false, false, 2..) => Form::Digits,
        _ => Form::Places,
    };
    if out.form == Form::Digits {
        out.figures = digits;
    }
    let total = sums.total()?.to_f64();
    out.quantity = if let Some((low, high)) = approx_pair {
        if out.form == Form::Digits && out.figures == 2 {
            Quantity { value: Some(total), min: Some(low), max: Some(high), approx: None }
        } else {
            Quantity::between(low, high)
        }
    } else if sums.spread.mantissa != 0 {
        Quantity::between(total, sums.total()?.plus(sums.spread)?.to_f64())
    } else {
        Quantity { approx: over.then_some(Approx::Over), ..Quantity::exact(total) }
    };
    Some(out)
}

/// Two digits that name a span of numbers: 四五, 三五, 两三, 一两.
fn pair(low: u8, high: u8, first: char) -> bool {
    low > 0 && (high == low + 1 || (low, high) == (3, 5)) && !(low == 1 && first == '壹')
}

fn digit_run(text: &[char], at: usize) -> usize {
    let mut end = at;
    while digit(get(text, end)).is_some() {
        end += 1;
    }
    end
}

fn decimal_run(text: &[char], at: usize) -> usize {
    let mut end = at;
    while end - at < 20 && (digit(get(text, end)).is_some() || get(text, end).is_ascii_digit()) {
        end += 1;
    }
    end
}
