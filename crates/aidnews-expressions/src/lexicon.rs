//! The word lists of the crate, parsed once.

use aidnews_compile::{Lexicon, LexiconError};

use crate::fold::{self, Folder, Pairs};
use crate::numeral;
use crate::value::{Approx, DayPart, MeasureKind};
use crate::words::Words;

/// What follows a numeral.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Unit {
    /// A counter.
    Counter,
    /// A noun that is counted only by larger or hedged numbers (80师生).
    Loose,
    /// Looks like a counter and is none.
    Stop,
    /// A counter of places in an order (届, 年级).
    Rank,
    /// A unit of measure.
    Measure(MeasureKind),
    /// A currency.
    Money(&'static str),
}

/// How far a date word lies from where it counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Offset {
    /// From the reference date.
    Reference(i16),
    /// The same as the date before it.
    Same,
    /// The one after the date before it.
    Next,
    /// The one before the date before it.
    Previous,
}

/// The part of a year, month or decade that a word picks out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    Early,
    Mid,
    Late,
    All,
    /// 上旬, 中旬, 下旬.
    Tenth(i8),
    /// 上半月, 下半月.
    HalfMonth(i8),
}

/// A date word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeWord {
    Year(Offset),
    Month(Offset),
    Day(Offset, Option<DayPart>),
    Part(DayPart),
    Season(i8),
    Span((i8, i8), (i8, i8)),
    Half(i8),
    Quarter(i16),
    YearEdge(Edge),
    MonthEdge(Edge),
    AnyEdge(Edge),
    Workday,
}

/// How the day of a feast is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Feast {
    Solar(i8, i8),
    Lunar(i8, i8),
    Nth(i8, i8, i8),
    Term(u8, bool),
    Eve,
    Easter,
}

/// All lists, ready for look-up.
#[derive(Debug, Clone)]
pub(crate) struct Lists {
    pub(crate) folder: Folder,
    pub(crate) units: Words<Unit>,
    pub(crate) pairs: Pairs,
    /// Currency names before a number.
    pub(crate) money: Words<&'static str>,
    pub(crate) hedges_before: Words<Approx>,
    pub(crate) hedges_after: Words<Approx>,
    /// By the first numeral character: what stands before it, and whether it is a name.
    pub(crate) traps: Words<Trap>,
    /// The first two characters of the traps, and the last before and the first of those that start earlier.
    pub(crate) trap_pairs: Pairs,
    pub(crate) tails: Words<Tail>,
    /// Words whose last character opens no date word (马上, 不同).
    pub(crate) lookalikes: Words<()>,
    /// Words whose last character is no hedge (靠近, 签约).
    pub(crate) hedge_lookalikes: Words<()>,
    pub(crate) times: Words<TimeWord>,
    pub(crate) feasts: Words<Feast>,
}

/// A word with a numeral in it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Trap {
    /// The characters before the numeral, last first.
    pub(crate) before: Box<[char]>,
    /// Whether it is a name; otherwise the numeral counts after all.
    pub(crate) name: bool,
}

/// What a numeral must be for the word after it to make it a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tail {
    /// Any numeral, with 第 or without (第七人民医院, 三〇二医院).
    Both,
    /// A plain numeral (318国道).
    Number,
    /// A numeral after 第 (第一书记).
    Ordinal,
}

/// What is wrong with a word list: the file, the line and the cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError {
    message: String,
}

impl std::fmt::Display for LoadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for LoadError {}

impl From<LexiconError> for LoadError {
    fn from(error: LexiconError) -> Self {
        Self { message: error.to_string() }
    }
}

fn bad(lexicon: &Lexicon<'_>, line: usize, surface: &str, what: &str) -> LoadError {
    LoadError { message: format!("{}:{line}: `{surface}`: {what}", lexicon.file()) }
}

type Rows<T> = Vec<(String, T)>;

/// Reads the rows of one list with `read`, which says what is wrong with a row.
fn rows<T>(
    file: &str,
    text: &'static str,
    mut read: impl FnMut(&aidnews_compile::Entry<'_, 'static>) -> Result<T, String>,
) -> Result<Rows<T>, LoadError> {
    let lexicon = Lexicon::parse(file, text)?;
    let mut out = Vec::new();
    for entry in lexicon.entries() {
        let value = read(&entry).map_err(|what| bad(&lexicon, entry.line(), entry.surface(), &what))?;
        out.push((entry.surface().to_owned(), value));
    }
    Ok(out)
}

impl Lists {
    /// Parses the lists that are compiled in.
    pub(crate) fn load() -> Result<Self, LoadError> {
        let folds = rows("fold.tsv", include_str!("../lexicon/fold.tsv"), |entry| {
            let mut from = entry.surface().chars();
            let mut to = entry.cell("folded").chars();
            match (from.next(), to.next(), from.next().or(to.next())) {
                (Some(from), Some(to), None) => Ok((from, to)),
                _ => Err("one character in each cell expected".to_owned()),
            }
        })?;
        let mut folder = Folder::new(folds.into_iter().map(|(_, pair)| pair));
        let mut units = rows("units.tsv", include_str!("../lexicon/units.tsv"), unit)?;
        let currencies = rows("currencies.tsv", include_str!("../lexicon/currencies.tsv"), currency)?;
        let mut money: Rows<&'static str> = Vec::new();
        for (name, (code, before, after)) in currencies {
            if before {
                money.push((name.clone(), code));
            }
            if after {
                units.push((name, Unit::Money(code)));
            }
        }
        let hedges = rows("hedges.tsv", include_str!("../lexicon/hedges.tsv"), hedge)?;
        let side = |before: bool| {
            hedges.iter().filter(move |(_, h)| h.1 == before).map(|(word, h)| (word.clone(), h.0))
        };
        let traps = rows("traps.tsv", include_str!("../lexicon/traps.tsv"), trap)?;
        let mut trap_pairs = Pairs::new();
        for (word, (at, _)) in &traps {
            let mut after = word[*at..].chars();
            match (word[..*at].chars().next_back(), after.next(), after.next()) {
                (None, Some(first), second) => trap_pairs.add(first, second.unwrap_or('\0')),
                (Some(before), Some(first), _) => trap_pairs.add(before, first),
                _ => {}
            }
        }
        let traps = traps.into_iter().map(|(word, (at, name))| {
            let before: Box<[char]> = word[..at].chars().rev().collect();
            (word[at..].to_owned(), Trap { before, name })
        });
        let tails =
            rows("tails.tsv", include_str!("../lexicon/tails.tsv"), |entry| match entry.cell("after") {
                "both" => Ok(Tail::Both),
                "number" => Ok(Tail::Number),
                "ordinal" => Ok(Tail::Ordinal),
                other => Err(format!("`{other}` is none of `both`, `number`, `ordinal`")),
            })?;
        let times = rows("times.tsv", include_str!("../lexicon/times.tsv"), |entry| {
            time_word(entry.cell("code")).ok_or_else(|| format!("no such code: `{}`", entry.cell("code")))
        })?;
        let feasts = rows("feasts.tsv", include_str!("../lexicon/feasts.tsv"), |entry| {
            feast(entry.cell("rule")).ok_or_else(|| format!("no such rule: `{}`", entry.cell("rule")))
        })?;
        let lookalikes = rows("lookalikes.tsv", include_str!("../lexicon/lookalikes.tsv"), |_| Ok(()))?;
        let hedge_lookalikes =
            rows("hedge_lookalikes.tsv", include_str!("../lexicon/hedge_lookalikes.tsv"), |_| Ok(()))?;
        let lists_money = Words::new(money, false);
        let times = Words::new(times, false);
        let feasts = Words::new(feasts, false);
        let units = Words::new(units, false);
        let hedges_after = Words::new(side(false), false);
        let pairs = opening_pairs(&times, &feasts, &lists_money);
        let numerals = (0..=0xFFFFu32).filter_map(char::from_u32).filter(|c| numeral::is_numeral(*c));
        for c in numerals {
            folder.mark(c, fold::NUMERAL);
        }
        folder.mark_firsts(&lists_money, fold::MONEY);
        folder.mark_firsts(&times, fold::TIME);
        folder.mark_firsts(&feasts, fold::TIME);
        folder.mark_firsts(&units, fold::AFTER);
        folder.mark_firsts(&hedges_after, fold::AFTER);
        for (chars, class) in [
            ("上下本这周星礼近过未每公西农阴民最正腊冬闰前接往此当", fold::TIME),
            ("第数几半成上好-.负翻", fold::LEAD),
            ("/w@", fold::ADDRESS),
            (AFTER_TIME, fold::AFTER | fold::AFTER_TIME),
            ("%‰百成倍又角毛分番", fold::AFTER),
        ] {
            for c in chars.chars() {
                folder.mark(c, class);
            }
        }
        folder.settle();
        Ok(Self {
            folder,
            units,
            pairs,
            money: lists_money,
            hedges_before: Words::new(side(true), true),
            hedges_after,
            traps: Words::new(traps, false),
            trap_pairs,
            tails: Words::new(tails, false),
            lookalikes: Words::new(lookalikes, true),
            hedge_lookalikes: Words::new(hedge_lookalikes, true),
            times,
            feasts,
        })
    }
}

/// What may follow a numeral in a date, a time or a length of time.
const AFTER_TIME: &str =
    "年月日号世季点时周天个小分秒星礼刻昼多余来几载工钟半至到、和与及-~/.,:· )上下晚早凌中傍夜午清";

/// Collects the pairs of characters that open an expression without a numeral in front.
fn opening_pairs(times: &Words<TimeWord>, feasts: &Words<Feast>, money: &Words<&'static str>) -> Pairs {
    let mut pairs = Pairs::new();
    for word in times.surfaces().chain(feasts.surfaces()).chain(money.surfaces()) {
        if let [first, second, ..] = word {
            pairs.add(*first, *second);
        }
    }
    let openers = "上周 上星 上礼 上个 上上 上一 上月 下周 下星 下礼 下个 下下 下一 下月 本周 本星 本礼 本世 这周 这星 \
        这礼 这个 这一 当周 周末 星期 礼拜 最近 过去 未来 今后 接下 往后 此前 公元 西元 农历 阴历 民国 正月 腊月 冬月 闰月 \
        每年 每月 每季 每半 每周 每星 每礼 每天 每日 每小 每工 每个 每隔 每晚 每早 每夜 今( 昨( 明( 前( 好几 翻了 近的 上世";
    for pair in openers.split_whitespace() {
        let mut letters = pair.chars();
        if let (Some(first), Some(second)) = (letters.next(), letters.next()) {
            pairs.add(first, second);
        }
    }
    for c in (0..=0xFFFFu32).filter_map(char::from_u32).filter(|c| numeral::is_numeral(*c)) {
        for first in "近上下前后每第数几成早晚闰翻负-.周公西农阴民$¥€£₩฿₽₹".chars()
        {
            pairs.add(first, c);
        }
    }
    for (firsts, seconds) in [
        ("近前每第上下$¥€£", " "),
        ("近每闰过", "半数几正冬腊"),
        ("半", "年个天小月周星礼季分秒"),
        ("$¥€£", "数几"),
    ] {
        for first in firsts.chars() {
            for second in seconds.chars() {
                pairs.add(first, second);
            }
        }
    }
    for c in "一二三四五六日天".chars() {
        pairs.add('周', c);
    }
    pairs
}

fn unit(entry: &aidnews_compile::Entry<'_, 'static>) -> Result<Unit, String> {
    Ok(match entry.cell("kind") {
        "count" => Unit::Counter,
        "loose" => Unit::Loose,
        "stop" => Unit::Stop,
        "rank" => Unit::Rank,
        "age" => Unit::Measure(MeasureKind::Age),
        "length" => Unit::Measure(MeasureKind::Length),
        "weight" => Unit::Measure(MeasureKind::Weight),
        "area" => Unit::Measure(MeasureKind::Area),
        "volume" => Unit::Measure(MeasureKind::Volume),
        "temperature" => Unit::Measure(MeasureKind::Temperature),
        "other" => Unit::Measure(MeasureKind::Other),
        kind => return Err(format!("no such kind of unit: `{kind}`")),
    })
}

fn currency(entry: &aidnews_compile::Entry<'_, 'static>) -> Result<(&'static str, bool, bool), String> {
    let code = entry.cell("code");
    match entry.cell("place") {
        "before" => Ok((code, true, false)),
        "after" => Ok((code, false, true)),
        "both" => Ok((code, true, true)),
        place => Err(format!("`{place}` is none of `before`, `after`, `both`")),
    }
}

fn hedge(entry: &aidnews_compile::Entry<'_, 'static>) -> Result<(Approx, bool), String> {
    let approx = match entry.cell("approx") {
        "about" => Approx::About,
        "over" => Approx::Over,
        "under" => Approx::Under,
        "at_least" => Approx::AtLeast,
        other => return Err(format!("no such hedge: `{other}`")),
    };
    match entry.cell("place") {
        "before" => Ok((approx, true)),
        "after" => Ok((approx, false)),
        other => Err(format!("`{other}` is neither `before` nor `after`")),
    }
}

fn trap(entry: &aidnews_compile::Entry<'_, 'static>) -> Result<(usize, bool), String> {
    let leads = |c: char| numeral::is_numeral(c) || matches!(c, '数' | '几' | '半' | '上' | '成');
    let at = entry
        .surface()
        .char_indices()
        .find(|(_, c)| leads(*c))
        .ok_or_else(|| "no numeral in it".to_owned())?
        .0;
    match entry.cell("kind") {
        "name" => Ok((at, true)),
        "keep" => Ok((at, false)),
        other => Err(format!("`{other}` is neither `name` nor `keep`")),
    }
}

fn offset(code: &str) -> Option<Offset> {
    Some(match code {
        "same" => Offset::Same,
        "next" => Offset::Next,
        "prev" => Offset::Previous,
        _ => Offset::Reference(code.parse().ok()?),
    })
}

fn day_part(code: &str) -> Option<DayPart> {
    use DayPart::{Afternoon, BeforeDawn, Daytime, Evening, Morning, Night, Noon};
    [BeforeDawn, Morning, Noon, Afternoon, Evening, Night, Daytime]
        .into_iter()
        .find(|part| part.code() == code)
}

fn edge(code: &str) -> Option<Edge> {
    Some(match code {
        "early" => Edge::Early,
        "mid" => Edge::Mid,
        "late" => Edge::Late,
        "all" => Edge::All,
        "h1" => Edge::HalfMonth(1),
        "h2" => Edge::HalfMonth(2),
        _ => Edge::Tenth(code.parse().ok().filter(|n| (1..=3).contains(n))?),
    })
}

fn month_day(code: &str) -> Option<(i8, i8)> {
    let (month, day) = code.split_once('-')?;
    Some((month.parse().ok()?, day.parse().ok()?))
}

fn time_word(code: &str) -> Option<TimeWord> {
    let (field, rest) = code.split_once(':')?;
    Some(match field {
        "year" => TimeWord::Year(offset(rest)?),
        "month" => TimeWord::Month(offset(rest)?),
        "day" => match rest.split_once(':') {
            Some((day, part)) => TimeWord::Day(offset(day)?, Some(day_part(part)?)),
            None => TimeWord::Day(offset(rest)?, None),
        },
        "part" => TimeWord::Part(day_part(rest)?),
        "season" => TimeWord::Season(rest.parse().ok()?),
        "half" => TimeWord::Half(rest.parse().ok()?),
        "quarter" => TimeWord::Quarter(rest.parse().ok()?),
        "span" => {
            let (first, last) = rest.split_once(':')?;
            TimeWord::Span(month_day(first)?, month_day(last)?)
        }
        "edge" => match rest.split_once(':') {
            Some(("year", code)) => TimeWord::YearEdge(edge(code)?),
            Some(("month", code)) => TimeWord::MonthEdge(edge(code)?),
            Some(_) => return None,
            None => TimeWord::AnyEdge(edge(rest)?),
        },
        "workday" => TimeWord::Workday,
        _ => return None,
    })
}

fn feast(rule: &str) -> Option<Feast> {
    let (kind, rest) = rule.split_once(':')?;
    let numbers: Vec<i8> = rest.split(':').filter_map(|n| n.parse().ok()).collect();
    Some(match (kind, numbers.as_slice()) {
        ("solar", _) => {
            let (month, day) = month_day(rest)?;
            Feast::Solar(month, day)
        }
        ("lunar", [month, day]) => Feast::Lunar(*month, *day),
        ("nth", [month, week, day]) => Feast::Nth(*month, *week, *day),
        ("term", [index]) => Feast::Term(u8::try_from(*index).ok()?, false),
        ("termdated", [index]) => Feast::Term(u8::try_from(*index).ok()?, true),
        ("eve", _) => Feast::Eve,
        ("easter", _) => Feast::Easter,
        _ => return None,
    })
}
