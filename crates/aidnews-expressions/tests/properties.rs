//! Invariants that hold for any text.

use std::sync::LazyLock;

use aidnews_expressions::{Scanner, Sources, export};
use jiff::civil::date;
use proptest::prelude::*;

static SCANNER: LazyLock<Scanner> = LazyLock::new(|| Scanner::new().unwrap());

/// The characters that expressions are made of, so that random texts come near them.
const LETTERS: &str = "0123456789０１.,，:：-—~/%％ ()（）〇零一二三四五六七八九十百千万亿两壹贰拾廿几数半多余来近约超过上下\
    前后今去明昨本同次每周星期日天月年季度时点分秒号第初底末中内至到和与、自从起止以来之间名人次台例元块角个位家岁米\
    成倍番分之又负春节八月国庆农历正腊闰民國萬兩個點。；\n“”〔〕$￥w@ABk";

fn text() -> impl Strategy<Value = String> {
    let letters: Vec<char> = LETTERS.chars().collect();
    proptest::collection::vec(proptest::sample::select(letters), 0..60)
        .prop_map(|all| all.into_iter().collect())
}

/// Spans lie on character boundaries, in order, without overlap, and cores lie inside them.
fn check(text: &str) -> Result<(), TestCaseError> {
    let reference = Some(date(2024, 2, 29));
    let found: Vec<_> = SCANNER.scan(text, reference).collect();
    let mut floor = 0;
    for item in &found {
        prop_assert!(item.span.start >= floor, "{:?} after {floor}", item.span);
        prop_assert!(item.span.start < item.span.end);
        prop_assert!(text.get(item.span.clone()).is_some());
        prop_assert!(text.get(item.core.clone()).is_some());
        prop_assert!(item.span.start <= item.core.start && item.core.end <= item.span.end, "{item:?}");
        if let Some(quantity) = item.quantity() {
            let finite =
                [quantity.value, quantity.min, quantity.max].into_iter().flatten().all(f64::is_finite);
            prop_assert!(finite, "{item:?}");
            if let (Some(min), Some(max)) = (quantity.min, quantity.max) {
                prop_assert!(min <= max, "{item:?}");
            }
        }
        floor = item.span.end;
    }
    let again: Vec<_> = SCANNER.scan(text, reference).collect();
    prop_assert_eq!(&found, &again);
    prop_assert!(export(text, &found).len() <= found.len());
    SCANNER.resolve(text, &Sources::default());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_near_expressions(text in text()) {
        check(&text)?;
    }

    #[test]
    fn any_text_at_all(text in ".{0,80}") {
        check(&text)?;
    }

    #[test]
    fn any_bytes_read_as_text(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        check(&String::from_utf8_lossy(&bytes))?;
    }

    #[test]
    fn every_day_reads_back(year in 1900i16..2100, month in 1i8..=12, day in 1i8..=28) {
        for text in [format!("{year}年{month}月{day}日"), format!("{year}-{month:02}-{day:02}"), format!("{year}/{month}/{day}")] {
            let found: Vec<_> = SCANNER.scan(&text, None).collect();
            prop_assert_eq!(found.len(), 1, "{}", text);
            prop_assert_eq!(found[0].iso_date(), Some(date(year, month, day).to_string()));
        }
    }

    #[test]
    fn every_count_reads_back(number in 2u32..10_000_000) {
        let text = format!("共{number}名");
        let found: Vec<_> = SCANNER.scan(&text, None).collect();
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(found[0].quantity().and_then(|q| q.value), Some(f64::from(number)));
    }
}

/// Texts that make careless scanners slow: a long one may cost a little more a byte than a short one, not a lot.
#[test]
fn long_repetitions_stay_linear() {
    for unit in [
        "1",
        "一",
        "万",
        "十",
        "一万",
        "1,234",
        "第",
        "上",
        "近",
        "每",
        "自2019年",
        "1-",
        "3至",
        "(1",
        "www.",
        "半",
        "几",
        "年月日",
        "一千零",
        "1.",
        "初",
        "、一",
    ] {
        let time = |count: usize| {
            let text = unit.repeat(count);
            (0..3)
                .map(|_| {
                    let start = std::time::Instant::now();
                    let found = SCANNER.scan(&text, None).count();
                    assert!(found <= text.len());
                    start.elapsed().as_secs_f64()
                })
                .fold(f64::INFINITY, f64::min)
        };
        let (short, long) = (time(2_000).max(1e-4), time(40_000));
        assert!(long / short < 400.0, "{unit}: {short} s, then {long} s for 20 times the text");
    }
}

#[test]
fn a_million_figures_are_nobodys_number() {
    let text = "7".repeat(1_000_000);
    assert_eq!(SCANNER.scan(&text, None).count(), 0);
}
