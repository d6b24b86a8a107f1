use serde_json::json;

use crate::run::{aidnews, aidnews_with_input};

#[test]
fn every_expression_is_a_line_with_what_the_text_leaves_open() {
    let run = aidnews([
        "expressions",
        "10月27日投入830万元，近30名专家手术100余台，约3至5项",
        "--reference",
        "2021-10-28",
    ]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let lines = run.lines();
    let keys = |at: usize| (lines[at]["text"].as_str().unwrap(), lines[at]["type"].as_str().unwrap());
    assert_eq!(
        lines[0],
        json!({"start": 0, "end": 6, "text": "10月27日", "type": "date", "value": "2021-10-27", "resolved_by": "reference"})
    );
    assert_eq!(
        lines[1],
        json!({"start": 8, "end": 13, "text": "830万元", "type": "money", "value": 8300000, "currency": "CNY"})
    );
    assert_eq!(keys(2), ("近30名", "count"));
    assert_eq!((&lines[2]["approx"], &lines[2]["counter"]), (&json!("about"), &json!("名")));
    assert_eq!((keys(3), &lines[3]["approx"]), (("100余台", "count"), &json!("over")));
    assert_eq!(
        (&lines[4]["value"], &lines[4]["min"], &lines[4]["max"]),
        (&json!(null), &json!(3), &json!(5))
    );
}

#[test]
fn text_may_come_from_standard_input_in_any_encoding() {
    let (bytes, _, _) = encoding_rs::GB18030.encode("共投入资金，惠及群众89人次，举办讲座二十二期。");
    let run = aidnews_with_input(["expressions"], &bytes);
    let values: Vec<_> = run.lines().into_iter().map(|line| line["value"].clone()).collect();
    assert_eq!(values, [json!(89), json!(22)]);
}

#[test]
fn suites_are_answered_line_by_line() {
    let suite = "{\"id\": \"a\", \"text\": \"10月27日\", \"reference\": \"2021-10-28T08:00:00\", \"scope\": []}\n\n\
                 {\"id\": 7, \"text\": \"一带一路\", \"reference\": null}\n";
    let run = aidnews_with_input(["expressions", "--jsonl", "-"], suite.as_bytes());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(
        run.lines(),
        [
            json!({"id": "a", "found": [{"start": 0, "end": 6, "type": "date", "value": "2021-10-27"}]}),
            json!({"id": 7, "found": []}),
        ]
    );
}

#[test]
fn a_line_that_is_no_case_is_named() {
    let run = aidnews_with_input(["expressions", "--jsonl", "-"], b"{\"id\": 1, \"text\": \"\"}\n{}\n");
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("- line 2: missing field `id`"), "{}", run.stderr);
}
