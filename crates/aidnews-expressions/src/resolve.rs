//! Finds the day that a date means, from a reference and from the dates before it.
//!
//! What is written is never overruled. A missing year is the one that brings a month or a feast nearest to the
//! reference, the past being preferred; a missing month is the month of the date before it, or the reference's.
//! Without anything to go by the value stays partial.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::calendar;
use crate::lexicon::{Edge, Feast, Offset};
use crate::point::{DayField, MonthField, Point, Stretch, YearField};
use crate::temporal::{Length, Temporal, Way};
use crate::value::{
    DateRange, DateValue, DurationValue, PartialDate, ResolvedBy, TimeUnit, TimeValue, Value,
};

/// What unresolved fields are taken from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context {
    pub(crate) reference: Option<Date>,
    /// What the reference is.
    pub(crate) by: ResolvedBy,
    /// The date before this one, anywhere before it in the text.
    pub(crate) last: Option<PartialDate>,
    /// The last date with a day in the same paragraph.
    pub(crate) day: Option<PartialDate>,
    /// The last date with its own year in the same sentence.
    pub(crate) sentence: Option<PartialDate>,
}

/// The fields of one point while they are being found.
struct Draft {
    date: PartialDate,
    extent: Option<(Date, Date)>,
    within: bool,
    by: ResolvedBy,
    relative: bool,
    lunar: bool,
}

/// Resolves one point; none where its days cannot exist (31 June of a year that is known).
pub(crate) fn point(point: &Point, context: &Context) -> Option<DateValue> {
    let draft = draft(point, context)?;
    Some(DateValue {
        date: draft.date,
        extent: draft.extent,
        within: draft.within,
        day_part: point.part,
        clock: point.clock,
        clock_end: point.clock_end,
        relative: draft.relative,
        lunar: draft.lunar,
        resolved_by: draft.by,
    })
}

fn draft(point: &Point, context: &Context) -> Option<Draft> {
    let mut out = Draft {
        date: PartialDate::default(),
        extent: None,
        within: false,
        by: ResolvedBy::Text,
        relative: false,
        lunar: point.lunar,
    };
    year(point, context, &mut out);
    month(point, context, &mut out)?;
    if let Some(stretch) = point.stretch {
        stretch_days(stretch, point, context, &mut out)?;
        return Some(out);
    }
    day(point, context, &mut out)?;
    if let Some(edge) = point.edge {
        edge_days(edge, &mut out);
    }
    if let (Some(month), Some(day)) = (out.date.month, out.date.day) {
        if !crate::point::valid(i64::from(month), i64::from(day)) {
            return None;
        }
        if let Some(year) = out.date.year {
            Date::new(year, month, day).ok()?;
        }
    }
    if !out.date.is_resolved() && out.extent.is_none() && !(point.edge.is_some() && out.date.year.is_some()) {
        out.by = ResolvedBy::Nothing;
    }
    Some(out)
}

impl Draft {
    /// Notes that a field came from `by`; text gives way to anything else.
    fn owes(&mut self, by: ResolvedBy) {
        if self.by == ResolvedBy::Text {
            self.by = by;
        }
    }
}

fn year(point: &Point, context: &Context, out: &mut Draft) {
    match point.year {
        YearField::None => {}
        YearField::Given(year) => out.date.year = Some(year),
        YearField::Away(Offset::Reference(away)) => {
            out.relative = true;
            if let Some(reference) = context.reference {
                out.date.year = Some(reference.year() + away);
                out.owes(context.by);
            }
        }
        YearField::Away(offset) => {
            out.relative = true;
            let shift = match offset {
                Offset::Next => 1,
                Offset::Previous => -1,
                _ => 0,
            };
            if let Some(year) = context.last.and_then(|date| date.year) {
                out.date.year = Some(year + shift);
                out.owes(ResolvedBy::Context);
            } else if let Some(reference) = context.reference {
                out.date.year = Some(reference.year() + shift);
                out.owes(context.by);
            }
        }
    }
}

/// Returns year and month, `by` months later.
fn shifted(year: i16, month: i8, by: i16) -> (i16, i8) {
    let months = year * 12 + i16::from(month) - 1 + by;
    (months.div_euclid(12), (months.rem_euclid(12) + 1) as i8)
}

fn month(point: &Point, context: &Context, out: &mut Draft) -> Option<()> {
    match point.month {
        MonthField::None => {}
        MonthField::Given(month) => {
            out.date.month = Some(month);
            if point.year == YearField::None {
                missing_year(month, point, context, out);
            }
        }
        MonthField::Away(offset) => {
            out.relative = true;
            let (base, by, shift) = match offset {
                Offset::Reference(away) => {
                    (context.reference.map(|d| (d.year(), d.month())), context.by, away)
                }
                _ => {
                    let shift = match offset {
                        Offset::Next => 1,
                        Offset::Previous => -1,
                        _ => 0,
                    };
                    let last = context.last.and_then(|d| Some((d.year?, d.month?)));
                    match last {
                        Some(last) => (Some(last), ResolvedBy::Context, shift),
                        None => (context.reference.map(|d| (d.year(), d.month())), context.by, shift),
                    }
                }
            };
            if let Some((year, month)) = base {
                let (year, month) = shifted(year, month, shift);
                (out.date.year, out.date.month) = (Some(year), Some(month));
                out.owes(by);
            }
        }
        MonthField::Lunar(month, leap) => lunar_month(month, leap, point, context, out)?,
    }
    Some(())
}

/// Finds the year of a month that has none.
fn missing_year(month: i8, point: &Point, context: &Context, out: &mut Draft) {
    if let Some(PartialDate { year: Some(year), month: Some(last), .. }) = context.sentence
        && month >= last
    {
        out.date.year = Some(year);
        out.owes(ResolvedBy::Context);
        return;
    }
    let Some(reference) = context.reference else { return };
    let day = match point.day {
        DayField::Given(day) => day,
        _ => 15,
    };
    let leap_day = month == 2 && day == 29;
    let candidates = (-4..=4i16).filter_map(|away| {
        let year = reference.year() + away;
        if leap_day {
            return Date::new(year, 2, 29).ok();
        }
        (away.abs() <= 1).then(|| Date::new(year, month, day.min(28)).ok())?
    });
    if let Some(best) = candidates.min_by_key(|date| distance(reference, *date)) {
        out.date.year = Some(best.year());
        out.owes(context.by);
    }
}

/// How far a day is from the reference, days ahead counting more than days past.
fn distance(reference: Date, day: Date) -> i64 {
    let days = i64::from((day - reference).get_days());
    if days > 0 { days * 5 / 2 } else { -days }
}

fn lunar_month(month: i8, leap: bool, point: &Point, context: &Context, out: &mut Draft) -> Option<()> {
    let day = match point.day {
        DayField::Lunar(day) => Some(day),
        _ => None,
    };
    let span = |year: i16| -> Option<(Date, Date)> {
        let first = calendar::lunar(year, month, 1, leap)?;
        match day {
            Some(day) => calendar::lunar(year, month, day, leap).map(|date| (date, date)),
            None => Some((
                first,
                first
                    .checked_add(i64::from(calendar::lunar_month_length(year, month, leap)? - 1).days())
                    .ok()?,
            )),
        }
    };
    let found = match (out.date.year, context.reference) {
        (Some(year), _) => span(year),
        (None, Some(reference)) => {
            out.owes(context.by);
            (-2..=1)
                .filter_map(|away| span(reference.year() + away))
                .min_by_key(|(first, _)| distance(reference, *first))
        }
        (None, None) => {
            out.by = ResolvedBy::Nothing;
            return Some(());
        }
    };
    let (first, last) = found?;
    out.date = if first == last { first.into() } else { PartialDate::month(first.year(), first.month()) };
    if first != last {
        out.extent = Some((first, last));
    }
    Some(())
}

fn day(point: &Point, context: &Context, out: &mut Draft) -> Option<()> {
    let reference = context.reference;
    match point.day {
        DayField::None | DayField::Lunar(_) => {}
        DayField::Given(day) => {
            out.date.day = Some(day);
            if point.month == MonthField::None {
                missing_month(day, context, out);
            }
        }
        DayField::Away(offset) => {
            out.relative = true;
            let (base, by, shift) = match offset {
                Offset::Reference(away) => (reference, context.by, away),
                _ => {
                    let shift = match offset {
                        Offset::Next => 1,
                        Offset::Previous => -1,
                        _ => 0,
                    };
                    let last = context.last.and_then(PartialDate::to_date);
                    match last {
                        Some(last) => (Some(last), ResolvedBy::Context, shift),
                        None => (reference, context.by, shift),
                    }
                }
            };
            if let Some(base) = base {
                out.date = base.checked_add(i64::from(shift).days()).ok()?.into();
                out.owes(by);
            }
        }
        DayField::Week(away) => {
            out.relative = true;
            if let Some(reference) = reference {
                let monday = monday(reference)?.checked_add((7 * i64::from(away)).days()).ok()?;
                stretch_between(out, monday, monday.checked_add(6.days()).ok()?);
                out.owes(context.by);
            }
        }
        DayField::Weekend(away) => {
            out.relative = true;
            if let Some(reference) = reference {
                let monday = monday(reference)?.checked_add((7 * i64::from(away)).days()).ok()?;
                stretch_between(out, monday.checked_add(5.days()).ok()?, monday.checked_add(6.days()).ok()?);
                out.owes(context.by);
            }
        }
        DayField::Weekday(away, weekday) => {
            out.relative = true;
            if let Some(reference) = reference {
                let mut found = monday(reference)?
                    .checked_add((7 * i64::from(away.unwrap_or(0)) + i64::from(weekday) - 1).days())
                    .ok()?;
                if away.is_none() && found > reference {
                    found = found.checked_add((-7i64).days()).ok()?;
                }
                out.date = found.into();
                out.owes(context.by);
            }
        }
        DayField::Feast(feast) => feast_day(feast, context, out)?,
        DayField::NthWeek(nth) => nth_week(nth, out)?,
        DayField::NthWeekday(nth, weekday) => {
            if let (Some(year), Some(month)) = (out.date.year, out.date.month) {
                out.date = calendar::nth_weekday(year, month, nth, weekday)?.into();
            }
        }
        DayField::NthDay(nth) => {
            if let Some(year) = out.date.year {
                let first = Date::new(year, out.date.month.unwrap_or(1), 1).ok()?;
                out.date = first.checked_add((i64::from(nth) - 1).days()).ok()?.into();
            }
        }
    }
    Some(())
}

fn missing_month(day: i8, context: &Context, out: &mut Draft) {
    if let Some(PartialDate { year, month: Some(month), .. }) = context.day {
        (out.date.year, out.date.month) = (year, Some(month));
        out.owes(ResolvedBy::Context);
        return;
    }
    let Some(reference) = context.reference else { return };
    let mut month = (reference.year(), reference.month());
    if day > reference.day() + 1 || Date::new(month.0, month.1, day).is_err() {
        month = shifted(month.0, month.1, -1);
        if Date::new(month.0, month.1, day).is_err() {
            month = shifted(month.0, month.1, -1);
        }
    }
    (out.date.year, out.date.month) = (Some(month.0), Some(month.1));
    out.owes(context.by);
}

fn monday(day: Date) -> Option<Date> {
    day.checked_add((-i64::from(day.weekday().to_monday_zero_offset())).days()).ok()
}

/// Makes the value a period of its own.
fn stretch_between(out: &mut Draft, first: Date, last: Date) {
    out.date = PartialDate::from(first);
    out.date.day = None;
    if first.month() != last.month() || first.year() != last.year() {
        out.date.month = (first.year() == last.year()).then_some(out.date.month).flatten();
    }
    out.extent = Some((first, last));
    out.within = false;
}

fn feast_day(feast: Feast, context: &Context, out: &mut Draft) -> Option<()> {
    let on = |year: i16| calendar::feast(feast, year);
    if let Some(year) = out.date.year {
        out.date = on(year)?.into();
        return Some(());
    }
    if let Feast::Solar(month, day) = feast {
        (out.date.month, out.date.day) = (Some(month), Some(day));
    }
    let Some(reference) = context.reference else {
        out.by = ResolvedBy::Nothing;
        return Some(());
    };
    let best = (-1..=1)
        .filter_map(|away| on(reference.year() + away))
        .min_by_key(|day| distance(reference, *day))?;
    out.date = best.into();
    out.owes(context.by);
    Some(())
}

fn nth_week(nth: i8, out: &mut Draft) -> Option<()> {
    let Some(year) = out.date.year else { return Some(()) };
    let (_, last) = out.date.extent()?;
    let start = if nth > 0 {
        let month = out.date.month.unwrap_or(1);
        calendar::nth_weekday(year, month, 1, 1)?.checked_add((7 * (i64::from(nth) - 1)).days()).ok()?
    } else {
        let monday = monday(last)?;
        if monday.checked_add(6.days()).ok()? > last {
            monday.checked_add((-7i64).days()).ok()?
        } else {
            monday
        }
    };
    stretch_between(out, start, start.checked_add(6.days()).ok()?);
    Some(())
}

fn edge_days(edge: Edge, out: &mut Draft) {
    let Some(year) = out.date.year else { return };
    let (from, to) = match (out.date.month, edge) {
        (None, Edge::Early) => ((1, 1), (1, 31)),
        (None, Edge::Mid) => ((5, 1), (8, 31)),
        (None, Edge::Late) => ((12, 1), (12, 31)),
        (None, _) => return,
        (Some(month), edge) => {
            let end = Date::new(year, month, 1).map_or(28, |d| d.days_in_month());
            let (a, b) = match edge {
                Edge::Early | Edge::Tenth(1) => (1, 10),
                Edge::Mid | Edge::Tenth(2) => (11, 20),
                Edge::Late | Edge::Tenth(_) => (21, end),
                Edge::HalfMonth(1) => (1, 15),
                Edge::HalfMonth(_) => (16, end),
                Edge::All => return,
            };
            ((month, a), (month, b))
        }
    };
    if let (Ok(first), Ok(last)) = (Date::new(year, from.0, from.1), Date::new(year, to.0, to.1)) {
        (out.extent, out.within) = (Some((first, last)), true);
    }
}

fn stretch_days(stretch: Stretch, point: &Point, context: &Context, out: &mut Draft) -> Option<()> {
    let long = |first: i16, years: i16| {
        Some((Date::new(first, 1, 1).ok()?, Date::new(first + years - 1, 12, 31).ok()?))
    };
    match stretch {
        Stretch::Century(first) => {
            out.extent = long(first, 100);
            return out.extent.map(|_| ());
        }
        Stretch::Decade(first) => {
            out.extent = long(first, 10);
            return out.extent.map(|_| ());
        }
        _ => {}
    }
    if out.date.year.is_none() {
        out.relative = true;
        let Some(reference) = context.reference else {
            out.by = ResolvedBy::Nothing;
            return Some(());
        };
        out.date.year = context.sentence.and_then(|d| d.year).or(Some(reference.year()));
        out.owes(context.by);
    }
    let year = out.date.year?;
    let months = |first: i8, count: i8| {
        let from = Date::new(year, first, 1).ok()?;
        let (last_year, last_month) = shifted(year, first, i16::from(count) - 1);
        Some((from, Date::new(last_year, last_month, 1).ok()?.last_of_month()))
    };
    let extent = match stretch {
        Stretch::Half(half) => months(if half == 1 { 1 } else { 7 }, 6)?,
        Stretch::Quarter(quarter) => months(3 * quarter - 2, 3)?,
        Stretch::QuarterAway(away) => {
            let reference = context.reference?;
            let first = (i16::from(reference.month()) - 1) / 3 * 3;
            let (year, month) = shifted(reference.year(), 1, first + 3 * away);
            let from = Date::new(year, month, 1).ok()?;
            let (last_year, last_month) = shifted(year, month, 2);
            out.date = PartialDate::year(year);
            (from, Date::new(last_year, last_month, 1).ok()?.last_of_month())
        }
        Stretch::Season(season) => {
            out.within = true;
            months(3 * season, 3)?
        }
        Stretch::Span(first, last) => {
            (Date::new(year, first.0, first.1).ok()?, Date::new(year, last.0, last.1).ok()?)
        }
        Stretch::First(count, unit) => first_part(out, count, unit)?,
        Stretch::Last(count, unit) => last_part(out, count, unit)?,
        Stretch::Century(_) | Stretch::Decade(_) => return None,
    };
    out.extent = Some(extent);
    if point.edge.is_some() {
        out.within = true;
    }
    Some(())
}

fn first_part(out: &Draft, count: i16, unit: TimeUnit) -> Option<(Date, Date)> {
    let (first, _) = out.date.extent()?;
    let count = i64::from(count);
    Some(match unit {
        TimeUnit::Month => (first, first.checked_add(count.months()).ok()?.checked_add((-1i64).days()).ok()?),
        TimeUnit::Week => {
            let monday = calendar::nth_weekday(first.year(), first.month(), 1, 1)?;
            (monday, monday.checked_add((7 * count - 1).days()).ok()?)
        }
        _ => (first, first.checked_add((count - 1).days()).ok()?),
    })
}

fn last_part(out: &Draft, count: i16, unit: TimeUnit) -> Option<(Date, Date)> {
    let (_, last) = out.date.extent()?;
    let count = i64::from(count);
    let after = last.checked_add(1.days()).ok()?;
    let first = match unit {
        TimeUnit::Month => after.checked_add((-count).months()).ok()?,
        TimeUnit::Week => after.checked_add((-7 * count).days()).ok()?,
        _ => after.checked_add((-count).days()).ok()?,
    };
    Some((first, last))
}

/// Resolves the end of a range; fields that it leaves out are the start's.
fn range_end(end: &Point, start: &Point, first: &DateValue, context: &Context) -> Option<DateValue> {
    let mut end = *end;
    if end.part.is_none()
        && !end.has_date()
        && let (Some(clock), Some(open)) = (end.clock, first.clock)
    {
        // 下午1点到3点: the part of the day carries over.
        let moved = crate::point::afternoon(clock, first.day_part);
        if moved > open {
            end.clock = Some(moved);
        }
    }
    let mut inner = Context { last: Some(first.date), day: Some(first.date), ..*context };
    if !end.has_date() {
        let mut out = *first;
        (out.day_part, out.clock, out.clock_end) = (end.part, end.clock, end.clock_end);
        return Some(out);
    }
    if end.year == YearField::None {
        match (end.month, first.date.month) {
            (MonthField::Given(month), low) => {
                end.year = match first.date.year {
                    Some(year) => YearField::Given(year + i16::from(low.is_some_and(|low| month < low))),
                    None => YearField::None,
                };
                if first.date.year.is_none() {
                    inner.reference = None;
                }
            }
            (MonthField::None, _)
                if matches!(end.day, DayField::Feast(_))
                    || end.stretch.is_some() && start.year != YearField::None =>
            {
                end.year = first.date.year.map_or(YearField::None, YearField::Given);
            }
            (MonthField::None, _) if matches!(end.day, DayField::Given(_)) && first.date.month.is_none() => {
                inner.reference = None;
                inner.day = None;
            }
            _ => {}
        }
    }
    if let (DayField::Weekday(_, from), DayField::Weekday(None, to)) = (start.day, end.day)
        && let Some(day) = first.date.to_date()
    {
        // 周一至周五: in the same week.
        let gap = i64::from((to - from).rem_euclid(7));
        let mut value = *first;
        value.date = day.checked_add(gap.days()).ok()?.into();
        (value.day_part, value.clock, value.clock_end) = (end.part, end.clock, end.clock_end);
        return Some(value);
    }
    if start.lunar && matches!(end.day, DayField::Given(_)) {
        inner.day = Some(first.date);
    }
    let mut value = self::point(&end, &inner)?;
    if value.resolved_by == ResolvedBy::Context || end.year != YearField::None {
        value.resolved_by = first.resolved_by;
    }
    Some(value)
}

/// Turns what the words say into a value; none where no such day exists.
pub(crate) fn value<'t>(found: &Temporal, context: &Context, written: &'t str) -> Option<Value<'t>> {
    Some(match found {
        Temporal::Point(point) => point_value(point, context)?,
        Temporal::Range { start: Some(start), end: Some(end), exclusive } => {
            if !start.has_date() && !end.has_date() {
                return time_range(start, end);
            }
            let (first, last) = if start.has_date() {
                let first = self::point(start, context)?;
                (first, range_end(end, start, &first, context)?)
            } else {
                // 13:20~次日05:40: the start is on the day of the reference.
                let today = Point { day: DayField::Away(Offset::Same), ..*start };
                let first = self::point(&today, context)?;
                (first, range_end(end, start, &first, context)?)
            };
            if let (Some((a, _)), Some((_, b))) = (first.days(), last.days())
                && a > b
            {
                return Some(Value::Date(first));
            }
            Value::Range(DateRange {
                start: Some(first),
                end: Some(last),
                rolling: false,
                exclusive: *exclusive,
            })
        }
        Temporal::Range { start, end, exclusive } => {
            let start = match start {
                Some(start) => Some(self::point(start, context)?),
                None => None,
            };
            let end = match end {
                Some(end) => Some(self::point(end, context)?),
                None => None,
            };
            Value::Range(DateRange { start, end, rolling: false, exclusive: *exclusive })
        }
        Temporal::Length(length) => Value::Duration(duration(length, written)),
        Temporal::Rolling(length, way) => match rolling(length, *way, context) {
            Some(value) => value,
            None => Value::Duration(duration(length, written)),
        },
        Temporal::Set(recurrence) => Value::Recurrence(recurrence.clone()),
    })
}

fn duration<'t>(length: &Length, written: &'t str) -> DurationValue<'t> {
    DurationValue { quantity: length.quantity, unit: length.unit, written, rest: length.rest.clone() }
}

fn point_value<'t>(point: &Point, context: &Context) -> Option<Value<'t>> {
    if !point.has_date() {
        return Some(Value::Time(TimeValue {
            day_part: point.part,
            clock: point.clock,
            end: point.clock_end,
        }));
    }
    let first = self::point(point, context)?;
    let mut last = first;
    if let Some(year) = point.year_end {
        last.date = PartialDate::year(year);
    } else if let Some(month) = point.month_end {
        last.date.month = Some(month);
        if month < first.date.month? {
            last.date.year = last.date.year.map(|year| year + 1);
        }
    } else if let Some(day) = point.day_end {
        last.date.day = Some(day);
        if day < first.date.day? {
            let (year, month) = shifted(last.date.year.unwrap_or(2000), last.date.month?, 1);
            last.date =
                PartialDate { year: last.date.year.map(|_| year), month: Some(month), day: Some(day) };
        }
        if last.date.is_resolved() {
            last.date.to_date()?;
        }
    } else {
        return Some(Value::Date(first));
    }
    Some(Value::Range(DateRange { start: Some(first), end: Some(last), rolling: false, exclusive: false }))
}

fn time_range<'t>(start: &Point, end: &Point) -> Option<Value<'t>> {
    let open = start.clock?;
    let mut close = end.clock?;
    if end.part.is_none() {
        let moved = crate::point::afternoon(close, start.part);
        if moved > open {
            close = moved;
        }
    }
    Some(Value::Time(TimeValue { day_part: start.part, clock: Some(open), end: Some(close) }))
}

/// Resolves 三年来, 未来两个月, 三天前, 七年后; none without a reference or with an open number.
fn rolling<'t>(length: &Length, way: Way, context: &Context) -> Option<Value<'t>> {
    let reference = context.reference?;
    let number = length.quantity.value?;
    let sign = if matches!(way, Way::Back | Way::Ago) { -1.0 } else { 1.0 };
    let far = moved(reference, number * sign, length.unit)?;
    let coarse = |date: Date| match length.unit {
        TimeUnit::Year if number >= 5.0 => PartialDate::year(date.year()),
        TimeUnit::Year | TimeUnit::Month => PartialDate::month(date.year(), date.month()),
        _ => PartialDate::from(date),
    };
    let value = |date: PartialDate, day: Date| {
        let mut value = DateValue::plain(date);
        (value.relative, value.resolved_by) = (true, context.by);
        if date.day.is_none() {
            (value.extent, value.within) = (Some((day, day)), true);
        }
        value
    };
    let period = |a: Date, b: Date| {
        let (start, end) = (value(coarse(a), a), value(coarse(b), b));
        Value::Range(DateRange { start: Some(start), end: Some(end), rolling: true, exclusive: false })
    };
    Some(match way {
        Way::Back => period(far, reference),
        Way::Ahead => period(reference, far),
        Way::Ago | Way::Later => {
            let date = match length.unit {
                TimeUnit::Year => PartialDate::year(far.year()),
                TimeUnit::Month => PartialDate::month(far.year(), far.month()),
                TimeUnit::Week | TimeUnit::Day => far.into(),
                _ => return None,
            };
            let mut value = DateValue::plain(date);
            (value.relative, value.resolved_by) = (true, context.by);
            Value::Date(value)
        }
    })
}

fn moved(from: Date, by: f64, unit: TimeUnit) -> Option<Date> {
    if by.abs() > 100_000.0 {
        return None;
    }
    let span = match unit {
        TimeUnit::Year => ((by * 12.0).round() as i64).months(),
        TimeUnit::Month => {
            let whole = by.trunc();
            let days = ((by - whole) * 30.0).round() as i64;
            return from.checked_add((whole as i64).months()).ok()?.checked_add(days.days()).ok();
        }
        TimeUnit::Week => ((by * 7.0).round() as i64).days(),
        TimeUnit::Day => (by.round() as i64).days(),
        _ => return None,
    };
    from.checked_add(span).ok()
}
