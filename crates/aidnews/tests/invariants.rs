//! What holds for every input.

use aidnews::{Hint, Reader, Record};
use proptest::prelude::*;

thread_local! {
    static READER: Reader = Reader::new().expect("the built-in lexicons are whole");
}

fn read(bytes: &[u8]) -> Option<Record> {
    READER.with(|reader| reader.read(bytes, &Hint::default()).ok())
}

/// Every quotation of the record stands in its text at the offsets given.
fn assert_quotations(record: &Record) {
    for words in record.partnerships.iter().flat_map(|partnership| &partnership.evidence) {
        assert_eq!(record.quote(words.start, words.end), words.text);
    }
    for date in &record.dates {
        assert_eq!(record.quote(date.start, date.end), date.text);
    }
    for count in &record.counts {
        assert_eq!(record.quote(count.start, count.end), count.text);
    }
}

/// Pieces that aid news is made of, to reach deep into the engine.
fn news() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "温州市中心医院",
        "壤塘县人民医院",
        "市人民医院",
        "该院",
        "我院",
        "第三批",
        "援藏医疗队",
        "对口支援",
        "赴",
        "向",
        "、",
        "和",
        "，",
        "。",
        "\n",
        "10月27日",
        "2021年",
        "以来",
        "12名专家",
        "830万元",
        "近30场次",
        "泌尿外科",
        "（",
        "）",
        "“",
        "”",
        "以下简称",
        "附属",
        "第一",
        "镇",
        "村",
        "县",
        "集团",
        "基金会",
        "捐赠",
        "义诊",
        "三家",
        "医院",
        "卫生院",
        "的",
        "<p>",
        "</p>",
        "&nbsp;",
    ]);
    prop::collection::vec(pieces, 0..80).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Some(record) = read(&bytes) {
            assert_quotations(&record);
        }
    }

    #[test]
    fn news_quotes_itself(text in news()) {
        if let Some(record) = read(text.as_bytes()) {
            assert_quotations(&record);
            for partnership in &record.partnerships {
                prop_assert!(record.supporters.iter().any(|body| body.name == partnership.supporter));
                prop_assert!(record.recipients.iter().any(|body| body.name == partnership.recipient));
            }
        }
    }

    #[test]
    fn reading_twice_gives_the_same(text in news()) {
        prop_assert_eq!(read(text.as_bytes()), read(text.as_bytes()));
    }
}

#[test]
fn origin_leads_to_the_source() {
    let page = "<html><body><h1>医疗队抵达汶川</h1><p>9月9日，南充市中心医院选派12名专家赴汶川县人民医院开展对口支援工作，为期一年，双方签订了协议。</p></body></html>";
    READER.with(|reader| {
        let (record, origin) = reader.read_with_origin(page.as_bytes(), &Hint::default()).expect("a page");
        let at = record.article.text.find("汶川县人民医院").expect("the recipient is named");
        let source = origin.locate(at..at + "汶川县人民医院".len());
        assert_eq!(&page[source], "汶川县人民医院");
    });
}
