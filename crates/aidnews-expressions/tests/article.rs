//! Which date resolves which in a whole article.

use aidnews_expressions::{Expression, ResolvedBy, Scanner, Sources, Value};
use jiff::civil::{Date, date};

fn dates(text: &str, sources: &Sources<'_>) -> Vec<(String, ResolvedBy)> {
    let resolved = |found: Expression<'_>| match &found.value {
        Value::Date(value) => Some((found.iso_date()?, value.resolved_by)),
        Value::Range(value) => Some((found.iso_date()?, value.start.or(value.end)?.resolved_by)),
        _ => None,
    };
    Scanner::new().unwrap().resolve(text, sources).into_iter().filter_map(resolved).collect()
}

fn expect(text: &str, sources: &Sources<'_>, wanted: &[(&str, ResolvedBy)]) {
    let wanted: Vec<_> = wanted.iter().map(|(iso, by)| ((*iso).to_owned(), *by)).collect();
    assert_eq!(dates(text, sources), wanted, "{text}");
}

fn published(day: Date) -> Sources<'static> {
    Sources { published: Some(day), ..Sources::default() }
}

#[test]
fn the_publication_date_comes_first() {
    let text = "10月27日上午，座谈会召开。今年6月，双方签约。";
    expect(
        text,
        &published(date(2021, 10, 28)),
        &[("2021-10-27", ResolvedBy::Reference), ("2021-06", ResolvedBy::Reference)],
    );
    expect("12月30日，医疗队返回。", &published(date(2020, 1, 5)), &[("2019-12-30", ResolvedBy::Reference)]);
}

#[test]
fn a_dateline_comes_next() {
    let text = "新华社拉萨2019年8月2日电 7月31日，五位医生踏上归途。";
    expect(
        text,
        &Sources::default(),
        &[("2019-08-02", ResolvedBy::Text), ("2019-07-31", ResolvedBy::Dateline)],
    );
}

#[test]
fn another_full_date_of_the_text_helps() {
    let text = "2024年5月28日，捐赠仪式举行。设备5月20日已送达。";
    expect(
        text,
        &Sources::default(),
        &[("2024-05-28", ResolvedBy::Text), ("2024-05-20", ResolvedBy::Context)],
    );
}

#[test]
fn image_dates_come_last() {
    let images = [date(2021, 10, 27), date(2021, 10, 28)];
    let sources = Sources { images: &images, ..Sources::default() };
    expect("10月27日上午，会议召开。", &sources, &[("2021-10-27", ResolvedBy::Image)]);
}

#[test]
fn background_resolves_nothing() {
    let text = "医院始建于1951年8月1日。10月27日，专家组到来。自2016年起帮扶。";
    expect(
        text,
        &Sources::default(),
        &[("1951-08-01", ResolvedBy::Text), ("--10-27", ResolvedBy::Nothing), ("2016/..", ResolvedBy::Text)],
    );
}

#[test]
fn dates_lean_on_the_one_before() {
    let text = "2022年9月9日至10日，专家组来院。10日上午，教学查房。次日返程。同年12月挂牌，次年3月验收。";
    expect(
        text,
        &published(date(2024, 1, 20)),
        &[
            ("2022-09-09/2022-09-10", ResolvedBy::Text),
            ("2022-09-10", ResolvedBy::Context),
            ("2022-09-11", ResolvedBy::Context),
            ("2022-12", ResolvedBy::Context),
            ("2023-03", ResolvedBy::Context),
        ],
    );
}
