//! The lunar calendar from 1900 to 2100, solar terms and movable feasts.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::lexicon::Feast;

include!("lunar_table.rs");

/// Days from the lunar new year to the first of `month`, and that month's length.
fn month_offset(year: i16, month: i8, leap: bool) -> Option<(i64, i8)> {
    let info = *LUNAR_YEARS.get(usize::try_from(year - 1900).ok()?)?;
    let leap_month = (info & 0xF) as i8;
    if leap && leap_month != month || !(1..=12).contains(&month) {
        return None;
    }
    let length = |m: i8| if info & (0x10000 >> m) != 0 { 30 } else { 29 };
    let leap_length = if info & 0x10000 != 0 { 30 } else { 29 };
    let mut days: i64 = (1..month).map(|m| i64::from(length(m))).sum();
    if leap_month > 0 && leap_month < month {
        days += leap_length;
    }
    if leap {
        return Some((days + i64::from(length(month)), leap_length as i8));
    }
    Some((days, length(month)))
}

/// Returns the length of a lunar month in days.
pub(crate) fn lunar_month_length(year: i16, month: i8, leap: bool) -> Option<i8> {
    month_offset(year, month, leap).map(|(_, length)| length)
}

/// Returns the Gregorian day of a lunar date; none outside the table or where no such day exists.
pub(crate) fn lunar(year: i16, month: i8, day: i8, leap: bool) -> Option<Date> {
    let (offset, length) = month_offset(year, month, leap)?;
    if !(1..=length).contains(&day) {
        return None;
    }
    let mut days = offset + i64::from(day) - 1;
    for info in &LUNAR_YEARS[..usize::try_from(year - 1900).ok()?] {
        days += year_length(*info);
    }
    date(1900, 1, 31).checked_add(days.days()).ok()
}

fn year_length(info: u32) -> i64 {
    let months: i64 = (1..=12).map(|m| if info & (0x10000 >> m) != 0 { 30 } else { 29 }).sum();
    let leap = if info & 0xF == 0 {
        0
    } else if info & 0x10000 != 0 {
        30
    } else {
        29
    };
    months + leap
}

/// Returns the `nth` (from the end if negative) `weekday` (1 to 7) of a month.
pub(crate) fn nth_weekday(year: i16, month: i8, nth: i8, weekday: i8) -> Option<Date> {
    let first = Date::new(year, month, 1).ok()?;
    let from = if nth > 0 { first } else { first.last_of_month() };
    let gap = i64::from(weekday - 1) - i64::from(from.weekday().to_monday_zero_offset());
    let days = if nth > 0 {
        gap.rem_euclid(7) + 7 * (i64::from(nth) - 1)
    } else {
        -((-gap).rem_euclid(7)) + 7 * (i64::from(nth) + 1)
    };
    from.checked_add(days.days()).ok()
}

/// Returns the day of the solar term number `index` (0 is Lesser Cold in January); none outside 1900 to 2100.
pub(crate) fn solar_term(year: i16, index: u8) -> Option<Date> {
    let word = *TERM_YEARS.get(usize::try_from(year - 1900).ok()?)?;
    let later = (word >> (2 * u32::from(index)) & 3) as i8;
    Date::new(year, (index / 2 + 1) as i8, TERM_DAYS[usize::from(index)] + later).ok()
}

/// Returns Easter Sunday of the Gregorian calendar (Meeus's algorithm).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}

/// Returns the day of a feast in `year`; 除夕 is the eve that falls in that Gregorian year.
pub(crate) fn feast(feast: Feast, year: i16) -> Option<Date> {
    match feast {
        Feast::Solar(month, day) => Date::new(year, month, day).ok(),
        Feast::Lunar(month, day) => lunar(year, month, day, false),
        Feast::Nth(month, week, weekday) => nth_weekday(year, month, week, weekday),
        Feast::Term(index, _) => solar_term(year, index),
        Feast::Eve => lunar(year, 1, 1, false)?.checked_add((-1i64).days()).ok(),
        Feast::Easter => easter(year),
    }
}
