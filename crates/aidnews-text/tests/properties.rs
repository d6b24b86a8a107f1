//! What holds for any input: no panic, maps that fit, clean text untouched.
//!
//! `PROPTEST_CASES=1000000 cargo test --release -p aidnews-text --test properties` is the long run; each property stands
//! for a fuzz target (decode, repair, convert, origin).

use std::borrow::Cow;
use std::time::Instant;

use aidnews_text::repair::Repair;
use aidnews_text::{Cleaned, Conversion, Converter, Format, ScriptChoice, TextHint, TextReader, decode};
use proptest::prelude::*;

/// Text of the kinds that matter: Chinese in both scripts, mark-up, damage of every kind, other scripts.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[\u{4e00}-\u{9fa5}]{1,6}",
        2 => prop::sample::select(vec![
            "對口支援", "隨著", "乾淨", "⿰木目國", "臺灣", "鏂伴椈", "æ–°é—»", "ÐÂÎÅ", "锟斤拷", "&nbsp;", "&#x5bf9;", "&amp;amp;",
            "醫(yī)療(liáo)", "忠?guī)ьI(lǐng)", "關(guan)於(yu)", "２０２１．５％", "⼈⺠", "\u{f900}", "\u{2f800}", "\u{e001}", "\u{200b}",
            "\u{feff}", "\u{ad}", "\u{fffd}", "<p>", "</p>", "👨\u{200d}⚕\u{fe0f}", "\r\n", "\u{0}", "\u{85}", "€", "(", "?",
        ]).prop_map(str::to_owned),
        1 => "[ -~]{0,8}",
        1 => "\\PC{0,4}",
        1 => any::<char>().prop_map(|character| character.to_string()),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Simplified text without anything to repair.
fn clean() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "广东省人民医院",
        "对口支援",
        "，",
        "。",
        "“组团式”",
        "（2021年）",
        "12名专家",
        "1.5万元",
        "CT、MRI",
        "https://x.cn/?a=1&b=2",
        "\n",
        "　　",
        "西藏·林芝",
        "བོད་ལྗོངས་",
        "カタカナ",
        "if (a < b) { x(1); }",
        "Café",
        "——",
        "……",
        "效果显著",
        "乾隆年间",
        "5℃",
        "3×5",
        "\t",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn check(cleaned: &Cleaned<'_>, source: &[u8]) -> Result<(), TestCaseError> {
    prop_assert_eq!(cleaned.origin.output_len(), cleaned.text.len());
    prop_assert_eq!(cleaned.origin.input_len(), source.len());
    let mut last = 0..0;
    for (at, character) in cleaned.text.char_indices() {
        let from = cleaned.origin.locate(at..at + character.len_utf8());
        prop_assert!(from.start >= last.start && from.end >= last.end && from.end <= source.len());
        // What is ASCII in the text and in the source is the same character, unless a stage replaced it.
        let back = cleaned.origin.project(from.clone());
        prop_assert!(from.is_empty() || back.start <= at && at < back.end);
        last = from;
    }
    for mark in &cleaned.marks {
        prop_assert!(cleaned.text.get(mark.text.clone()).is_some());
        prop_assert!(mark.source.end <= source.len());
    }
    Ok(())
}

proptest! {
    #[test]
    fn random_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300), charset in prop::sample::select(vec![
        None, Some("utf-8"), Some("gbk"), Some("big5"), Some("utf-16le"), Some("shift_jis"), Some("euc-jp"), Some("iso-2022-jp"),
        Some("euc-kr"), Some("windows-1252"), Some("nonsense"),
    ])) {
        let hint = TextHint { charset, ..TextHint::default() };
        check(&TextReader::new().read(&bytes, &hint), &bytes)?;
    }

    #[test]
    fn texts_in_every_encoding_are_traced(text in pieces(), label in prop::sample::select(vec!["gb18030", "big5", "euc-jp"])) {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        let bytes = encoding.encode(&text).0;
        let hint = TextHint { charset: Some(label), ..TextHint::default() };
        check(&TextReader::new().read(&bytes, &hint), &bytes)?;
        let decoded = decode(&bytes, Some(label));
        if decoded.encoding.name == label && decoded.encoding.malformed == 0 {
            for (at, character) in decoded.text.char_indices().filter(|(_, character)| character.is_ascii()) {
                let from = decoded.origin.locate(at..at + 1);
                prop_assert_eq!(&bytes[from], &[character as u8][..]);
            }
        }
    }

    #[test]
    fn half_characters_are_read(text in pieces(), cut in 0usize..200) {
        let bytes = &text.as_bytes()[..cut.min(text.len())];
        check(&TextReader::new().read(bytes, &TextHint { charset: Some("utf-8"), ..TextHint::default() }), bytes)?;
    }

    #[test]
    fn any_text_is_repaired(text in pieces()) {
        for format in [Format::Text, Format::Html] {
            let repaired = Repair::default().repair(&text, format);
            prop_assert_eq!(repaired.origin.output_len(), repaired.text.len());
            prop_assert_eq!(repaired.origin.input_len(), text.len());
            for run in repaired.origin.runs().filter(|run| run.input.len() == run.output.len() && run.is_copy()) {
                let (old, new) = (&text[run.input], &repaired.text[run.output]);
                prop_assert!(old.chars().map(char::len_utf8).eq(new.chars().map(char::len_utf8)));
            }
        }
    }

    #[test]
    fn any_text_is_converted(text in pieces()) {
        for conversion in Conversion::ALL {
            let converted = conversion.convert(&text);
            prop_assert_eq!(converted.origin.output_len(), converted.text.len());
            prop_assert_eq!(converted.origin.input_len(), text.len());
        }
        let kept = Converter::new(ScriptChoice::Keep).convert(&text).converted;
        prop_assert!(matches!(kept.text, Cow::Borrowed(_)));
    }

    #[test]
    fn simplified_text_converts_to_itself(text in pieces()) {
        let once = Conversion::T2s.convert(&text).text.into_owned();
        let made = Converter::default().convert(&once);
        if made.conversion.is_none() {
            prop_assert!(matches!(made.converted.text, Cow::Borrowed(_)));
        }
    }

    #[test]
    fn clean_text_is_borrowed(text in clean()) {
        let cleaned = TextReader::new().read(text.as_bytes(), &TextHint::default());
        prop_assert!(matches!(cleaned.text, Cow::Borrowed(_)), "{} -> {}", text, cleaned.text);
        prop_assert_eq!(&*cleaned.text, text.as_str());
        prop_assert!(cleaned.origin.is_identity() && cleaned.repairs.is_empty());
    }
}

/// Texts made to be slow take about twice as long when they are twice as long.
#[test]
fn hostile_texts_take_linear_time() {
    let hostile = [
        "&amp;amp;amp;amp;",
        "&#",
        "(",
        "關(guan)",
        "醫(yī)",
        "æ–",
        "ÐÂ",
        "鏂伴",
        "€鏂",
        "⿰⿱⿲",
        "乾乾乾",
        "锟",
        "\u{fffd}",
        "一目瞭",
        "<",
        "<meta charset",
        "\u{200d}",
        "？",
        "?",
        "２．",
    ];
    for piece in hostile {
        let time = |size: usize| {
            let text = piece.repeat(size / piece.len());
            let start = Instant::now();
            let cleaned = TextReader::new().read(text.as_bytes(), &TextHint::default());
            std::hint::black_box(cleaned.text.len());
            start.elapsed()
        };
        time(1 << 12);
        let long = time(1 << 19);
        // A quadratic stage would need minutes for half a megabyte; a slow machine needs no more than seconds.
        assert!(long.as_secs() < 30, "{piece}: {long:?}");
    }
}
