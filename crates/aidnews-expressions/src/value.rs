//! The typed values that a scan returns, and how they print as ISO 8601 text.

use std::fmt;
use std::ops::Range;

use jiff::civil::Date;

/// How a number is hedged in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Approx {
    /// 约, 近, 将近, 左右, 上下: near the value, on either side.
    About,
    /// 余, 多, 超, 逾, 以上, 数十, 上百: the value and more.
    Over,
    /// 不足, 不到, 以下: less than the value.
    Under,
    /// 至少, 不少于: the value is a promised or required minimum.
    AtLeast,
}

impl Approx {
    /// Returns `about`, `over`, `under` or `at_least`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Over => "over",
            Self::Under => "under",
            Self::AtLeast => "at_least",
        }
    }
}

/// A number with what the text leaves open about it, in base units (1.8万 is 18000).
///
/// 89 has a `value` only; 3至5 has `min` and `max` and no `value`; 数十 has `min` 10 alone;
/// 300余万 has `value` 3000000 and `approx` [`Approx::Over`].
///
/// # Examples
///
/// ```
/// use aidnews_expressions::{Approx, Scanner, Value};
/// # fn main() -> Result<(), aidnews_expressions::LoadError> {
/// let scanner = Scanner::new()?;
/// let found: Vec<_> = scanner.scan("数十名医务人员", None).collect();
/// let Value::Count { quantity, counter } = &found[0].value else { panic!() };
/// assert_eq!((quantity.value, quantity.min, quantity.max), (None, Some(10.0), None));
/// assert_eq!((quantity.approx, *counter), (Some(Approx::Over), "名"));
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Quantity {
    /// The number, where the text gives one.
    pub value: Option<f64>,
    /// The lower end of a range, or the floor of 数十 and 上百.
    pub min: Option<f64>,
    /// The upper end of a range.
    pub max: Option<f64>,
    /// The hedge, if there is one.
    pub approx: Option<Approx>,
}

impl Quantity {
    /// Returns an unhedged number.
    pub fn exact(value: f64) -> Self {
        Self { value: Some(value), ..Self::default() }
    }

    /// Returns the range `min`..=`max`.
    pub fn between(min: f64, max: f64) -> Self {
        Self { min: Some(min), max: Some(max), ..Self::default() }
    }

    /// Returns the quantity with every number multiplied by `factor`.
    pub fn scaled(self, factor: f64) -> Self {
        // Tenths and hundredths divide, since 0.1 has no exact binary form.
        let inverse = (1.0 / factor).round();
        let divides = factor.abs() < 1.0 && (inverse * factor - 1.0).abs() < 1e-12;
        let times = |n: Option<f64>| n.map(|n| if divides { n / inverse } else { tidy(n * factor) });
        Self { value: times(self.value), min: times(self.min), max: times(self.max), approx: self.approx }
    }
}

/// Rounds away the last binary digits that a product of short decimals leaves (4.287 × 10⁸).
fn tidy(number: f64) -> f64 {
    let rounded = number.round();
    if (number - rounded).abs() < rounded.abs() * 1e-14 { rounded } else { number }
}

/// A calendar date of which some fields may be missing; prints as EDTF (`2021-06`, `--10-27`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct PartialDate {
    /// The year.
    pub year: Option<i16>,
    /// The month, 1 to 12.
    pub month: Option<i8>,
    /// The day of the month, 1 to 31.
    pub day: Option<i8>,
}

impl PartialDate {
    /// Returns the year alone.
    pub fn year(year: i16) -> Self {
        Self { year: Some(year), ..Self::default() }
    }

    /// Returns a month of a year.
    pub fn month(year: i16, month: i8) -> Self {
        Self { year: Some(year), month: Some(month), day: None }
    }

    /// Returns the full day as a jiff date; none where a field is missing or the day does not exist.
    pub fn to_date(self) -> Option<Date> {
        Date::new(self.year?, self.month?, self.day?).ok()
    }

    /// Tells whether the year is known.
    pub fn is_resolved(self) -> bool {
        self.year.is_some() && (self.month.is_some() || self.day.is_none())
    }

    /// Returns the first and the last day that the date covers; none where the year is missing.
    pub fn extent(self) -> Option<(Date, Date)> {
        let year = self.year?;
        match (self.month, self.day) {
            (None, _) => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
            (Some(month), None) => {
                let first = Date::new(year, month, 1).ok()?;
                Some((first, first.last_of_month()))
            }
            (Some(month), Some(day)) => {
                let date = Date::new(year, month, day).ok()?;
                Some((date, date))
            }
        }
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        Self { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()) }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.year, self.month, self.day) {
            (Some(year), None, _) => write!(f, "{year:04}"),
            (Some(year), Some(month), None) => write!(f, "{year:04}-{month:02}"),
            (Some(year), Some(month), Some(day)) => write!(f, "{year:04}-{month:02}-{day:02}"),
            (None, Some(month), None) => write!(f, "--{month:02}"),
            (None, Some(month), Some(day)) => write!(f, "--{month:02}-{day:02}"),
            (None, None, Some(day)) => write!(f, "---{day:02}"),
            (None, None, None) => f.write_str("XXXX"),
        }
    }
}

/// What supplied the fields that the words of a date leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ResolvedBy {
    /// The words say it all.
    Text,
    /// The reference date given to the scan, or the publication date of the article.
    Reference,
    /// The dateline of the article.
    Dateline,
    /// Another date in the text.
    Context,
    /// A date in an image file name.
    Image,
    /// Nothing: the value stays partial.
    Nothing,
}

impl ResolvedBy {
    /// Returns `text`, `reference`, `dateline`, `context`, `image` or `nothing`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Reference => "reference",
            Self::Dateline => "dateline",
            Self::Context => "context",
            Self::Image => "image",
            Self::Nothing => "nothing",
        }
    }
}

/// A part of the day without a clock time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayPart {
    /// 凌晨.
    BeforeDawn,
    /// 早上, 上午, 清晨.
    Morning,
    /// 中午.
    Noon,
    /// 下午, 午后.
    Afternoon,
    /// 傍晚, 晚上.
    Evening,
    /// 夜里, 深夜.
    Night,
    /// 白天.
    Daytime,
}

impl DayPart {
    /// Returns the two-letter code (`DM`, `MO`, `MI`, `AF`, `EV`, `NI`, `DT`).
    pub fn code(self) -> &'static str {
        match self {
            Self::BeforeDawn => "DM",
            Self::Morning => "MO",
            Self::Noon => "MI",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night => "NI",
            Self::Daytime => "DT",
        }
    }
}

/// A clock time, to the second; hour 24 is the end of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Clock {
    /// Hour, 0 to 24.
    pub hour: i8,
    /// Minute, 0 to 59.
    pub minute: i8,
    /// Second, 0 to 59.
    pub second: i8,
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}:{:02}", self.hour, self.minute, self.second)
    }
}

/// A date as the text means it.
///
/// `date` has the precision that a record wants: 2018年10月底 is `2018-10`. Where the words say more than a
/// day, month or year can (上周, 第三季度, 10月底), `extent` holds the first and the last day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DateValue {
    /// The calendar fields, resolved as far as they could be.
    pub date: PartialDate,
    /// First and last day, where the words mean a stretch other than one whole day, month or year.
    pub extent: Option<(Date, Date)>,
    /// Whether the stretch is part of `date` (10月底, 年初) rather than a period of its own (上周, 上半年).
    pub within: bool,
    /// The part of the day that follows the date (10日上午).
    pub day_part: Option<DayPart>,
    /// The clock time that follows the date (10日20时43分).
    pub clock: Option<Clock>,
    /// A second clock time that closes a stretch of the day (10日9时至11时).
    pub clock_end: Option<Clock>,
    /// Whether the words count from another date (今年, 昨天, 同年).
    pub relative: bool,
    /// Whether the date is told in the lunar calendar.
    pub lunar: bool,
    /// What supplied the missing fields.
    pub resolved_by: ResolvedBy,
}

impl DateValue {
    /// Returns a Gregorian date that the words give in full.
    pub fn plain(date: PartialDate) -> Self {
        Self {
            date,
            extent: None,
            within: false,
            day_part: None,
            clock: None,
            clock_end: None,
            relative: false,
            lunar: false,
            resolved_by: ResolvedBy::Text,
        }
    }

    /// Returns the first and the last day; none where the date is partial.
    pub fn days(&self) -> Option<(Date, Date)> {
        self.extent.or_else(|| self.date.extent())
    }

    /// Returns the ISO 8601 or EDTF text at the precision a record wants, without time of day.
    pub fn iso(&self) -> String {
        match self.extent {
            Some((first, last)) if !self.within => interval(first, last),
            _ => self.date.to_string(),
        }
    }
}

/// Prints an interval of days as briefly as whole months and years allow.
fn interval(first: Date, last: Date) -> String {
    let whole_months = first.day() == 1 && last == last.last_of_month();
    let (year, month) = ((first.year(), last.year()), (first.month(), last.month()));
    if first == last {
        return PartialDate::from(first).to_string();
    }
    if whole_months && month == (1, 12) {
        return if year.0 == year.1 {
            format!("{:04}", year.0)
        } else {
            format!("{:04}/{:04}", year.0, year.1)
        };
    }
    if whole_months && year.0 == year.1 && month.0 == month.1 {
        return PartialDate::month(year.0, month.0).to_string();
    }
    if whole_months {
        return format!("{}/{}", PartialDate::month(year.0, month.0), PartialDate::month(year.1, month.1));
    }
    format!("{}/{}", PartialDate::from(first), PartialDate::from(last))
}

/// A period between two dates; a missing end is open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DateRange {
    /// The first date; none for “until …”.
    pub start: Option<DateValue>,
    /// The last date, closed; none for “since …”.
    pub end: Option<DateValue>,
    /// Whether it looks back or ahead from the reference (三年来, 近五年, 未来两年).
    pub rolling: bool,
    /// Whether the named end itself is left out (2018年之前, in the strict reading).
    pub exclusive: bool,
}

impl DateRange {
    /// Returns the ISO 8601 interval (`2021-09-09/2021-09-10`, `2022-07/..`).
    pub fn iso(&self) -> String {
        let first = self.start.map_or_else(|| "..".to_owned(), |date| head(&date, true));
        let last = self.end.map_or_else(|| "..".to_owned(), |date| head(&date, false));
        if first == last { first } else { format!("{first}/{last}") }
    }
}

/// The start or the end of a date that may itself be a stretch.
fn head(date: &DateValue, first: bool) -> String {
    match date.extent {
        Some((a, b)) if !date.within => PartialDate::from(if first { a } else { b }).to_string(),
        _ => date.date.to_string(),
    }
}

/// A time of day without a date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimeValue {
    /// The part of the day, where one is named.
    pub day_part: Option<DayPart>,
    /// The clock time.
    pub clock: Option<Clock>,
    /// The end of a stretch of time.
    pub end: Option<Clock>,
}

/// Units of a duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimeUnit {
    /// 年.
    Year,
    /// 个月.
    Month,
    /// 周, 星期.
    Week,
    /// 天, 日.
    Day,
    /// 小时.
    Hour,
    /// 分钟.
    Minute,
    /// 秒.
    Second,
}

impl TimeUnit {
    /// Returns the unit's letter in an ISO 8601 duration (minutes and months share `M`).
    pub fn letter(self) -> char {
        match self {
            Self::Year => 'Y',
            Self::Month | Self::Minute => 'M',
            Self::Week => 'W',
            Self::Day => 'D',
            Self::Hour => 'H',
            Self::Second => 'S',
        }
    }
}

/// A length of time: 13个小时, 一年半, 半年, 三至五年.
#[derive(Debug, Clone, PartialEq)]
pub struct DurationValue<'t> {
    /// The first and largest part: 1.5 for 一年半, 4 for 四年六个月.
    pub quantity: Quantity,
    /// The unit of `quantity`.
    pub unit: TimeUnit,
    /// The unit as the text writes it (个月, 年, 天).
    pub written: &'t str,
    /// Smaller parts that follow (六个月 in 四年六个月).
    pub rest: Vec<(f64, TimeUnit)>,
}

impl DurationValue<'_> {
    /// Returns the ISO 8601 duration, or the interval `P3Y/P7Y` of a range.
    pub fn iso(&self) -> String {
        let one = |n: f64| iso_duration(n, self.unit, &self.rest);
        match (self.quantity.value, self.quantity.min, self.quantity.max) {
            (Some(value), ..) => one(value),
            (None, Some(min), Some(max)) => format!("{}/{}", one(min), one(max)),
            (None, Some(min), None) => format!("{}/..", one(min)),
            (None, None, Some(max)) => format!("../{}", one(max)),
            _ => "P".to_owned(),
        }
    }
}

fn iso_duration(first: f64, unit: TimeUnit, rest: &[(f64, TimeUnit)]) -> String {
    let mut parts: Vec<(f64, TimeUnit)> =
        std::iter::once((first, unit)).chain(rest.iter().copied()).collect();
    parts.sort_by_key(|(_, unit)| *unit);
    let mut out = String::from("P");
    let mut clock = false;
    for (number, unit) in parts {
        if unit >= TimeUnit::Hour && !clock {
            out.push('T');
            clock = true;
        }
        out.push_str(&number.to_string());
        out.push(unit.letter());
    }
    out
}

/// Something that comes back: 每周三, 每季度, 每隔3天.
#[derive(Debug, Clone, PartialEq)]
pub struct Recurrence {
    /// How often, as a number of units.
    pub every: (f64, TimeUnit),
    /// ISO weekday, 1 (Monday) to 7, for 每周三.
    pub weekday: Option<i8>,
    /// The clock time, for 每天8点.
    pub clock: Option<Clock>,
}

/// What an [`Expression`] means.
///
/// A consumer that counts facts takes `Count`, `Money`, `Percent`, `Multiple` and `Duration`; `Measure` (ages,
/// distances, weights), `Ordinal`, `Time`, `Recurrence` and bare `Number` are told apart so that it can drop them.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'t> {
    /// A date, a month, a year or another calendar stretch.
    Date(DateValue),
    /// A period between dates.
    Range(DateRange),
    /// A time of day alone.
    Time(TimeValue),
    /// A length of time.
    Duration(DurationValue<'t>),
    /// A repetition.
    Recurrence(Recurrence),
    /// A number without a counter.
    Number(Quantity),
    /// Hundredths: 30 for 三成 and for 30%.
    Percent {
        /// The number of hundredths.
        quantity: Quantity,
        /// Whether it is a difference of percentages (百分点).
        points: bool,
    },
    /// 3倍 (3), 翻一番 (2), 翻两番 (4).
    Multiple {
        /// The factor as the words give it.
        quantity: Quantity,
        /// Whether the words are 翻…番, so that the growth is factor − 1.
        doubling: bool,
    },
    /// 第九批: a place in an order, not a count.
    Ordinal {
        /// The number.
        value: i64,
        /// The counter that follows, if any.
        counter: &'t str,
    },
    /// A sum of money in whole units of its currency.
    Money {
        /// The amount: 830万元 is 8300000.
        quantity: Quantity,
        /// ISO 4217 code; none where the text leaves it open (块 and 元 are CNY).
        currency: Option<&'static str>,
    },
    /// A number with a counter (89人次, 7位, 6台（套）).
    Count {
        /// The number.
        quantity: Quantity,
        /// The counter as written.
        counter: &'t str,
    },
    /// A number with a unit that measures (28岁, 2300公里, 36.5℃).
    Measure {
        /// The number, in the unit as written.
        quantity: Quantity,
        /// The unit as written.
        unit: &'t str,
        /// What it measures.
        kind: MeasureKind,
    },
}

/// What a unit of measure measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MeasureKind {
    /// 岁, 周岁.
    Age,
    /// 公里, 米.
    Length,
    /// 斤, 吨.
    Weight,
    /// 亩, 平方米.
    Area,
    /// 毫升, 立方米.
    Volume,
    /// ℃, 度.
    Temperature,
    /// Any other unit (kV, Hz, GB).
    Other,
}

/// Words around a date or a number that tell what part it plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// 自 or 从 stands before it.
    pub from: bool,
    /// 以来 follows, at once or later in the clause that 自 opens.
    pub since: bool,
    /// 起 or 开始 follows, at once or later in the clause that 自 opens.
    pub onward: bool,
    /// 截至, 截止 stands before it, or 止 follows.
    pub until: bool,
    /// 前, 之前, 以前 follows.
    pub before: bool,
    /// 后, 之后, 以后 follows.
    pub after: bool,
    /// A span that looks back from the reference (三年来, 近五年).
    pub lookback: bool,
    /// A plain 一个, 一名, 一位 that may only introduce a thing.
    pub plain_one: bool,
    /// 前 stands before the number, so that it ranks (前三名).
    pub top: bool,
    /// 每, 各 stands before the number (每人3000元, 各1名).
    pub each: bool,
}

/// One date, number, sum or count in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression<'t> {
    /// Where it stands, in bytes of the scanned text: hedges, numeral and counter, or the date with 以来, 截至.
    pub span: Range<usize>,
    /// The numeral alone, or the date without the words around it, in bytes.
    pub core: Range<usize>,
    /// What it means.
    pub value: Value<'t>,
    /// The words around it.
    pub marks: Marks,
}

impl Expression<'_> {
    /// Returns the quantity, for every value that has one.
    pub fn quantity(&self) -> Option<Quantity> {
        match &self.value {
            Value::Number(quantity)
            | Value::Percent { quantity, .. }
            | Value::Multiple { quantity, .. }
            | Value::Money { quantity, .. }
            | Value::Count { quantity, .. }
            | Value::Measure { quantity, .. } => Some(*quantity),
            Value::Duration(duration) => Some(duration.quantity),
            _ => None,
        }
    }

    /// Returns the ISO 8601 or EDTF text of a date or a period at the precision a record wants.
    ///
    /// A period without a start (截至10月底, 年底前) prints as the date that closes it; none where nothing is known.
    /// A date with `since` or `onward` marked is an open interval: 自2021年11月启动帮扶以来 is `2021-11/..`.
    pub fn iso_date(&self) -> Option<String> {
        match &self.value {
            Value::Date(date) if self.marks.since || (self.marks.from && self.marks.onward) => {
                Some(format!("{}/..", head(date, true)))
            }
            Value::Date(date) => {
                Some(date.iso()).filter(|_| date.date != PartialDate::default() || date.extent.is_some())
            }
            Value::Range(DateRange { start: None, end: Some(end), .. }) => Some(end.iso()),
            Value::Range(range) => Some(range.iso()),
            _ => None,
        }
    }
}
