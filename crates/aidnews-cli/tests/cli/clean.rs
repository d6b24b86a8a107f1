use serde_json::json;

use crate::run::{ARTICLE, aidnews, aidnews_with_input};

fn clean(arguments: &[&str], input: &[u8]) -> String {
    let run = aidnews_with_input([&["clean", "-"], arguments].concat(), input);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    String::from_utf8(run.stdout).unwrap()
}

#[test]
fn traditional_text_becomes_simplified_unless_it_is_to_stay() {
    for (arguments, wanted) in [
        (&[][..], "县医院派出医疗队\n"),
        (&["--to-simplified"], "县医院派出医疗队\n"),
        (&["--to-simplified=t2s"], "县医院派出医疗队\n"),
        (&["--keep-script"], "縣醫院派出醫療隊\n"),
    ] {
        assert_eq!(clean(arguments, "縣醫院派出醫療隊".as_bytes()), wanted, "{arguments:?}");
    }
}

#[test]
fn the_article_stands_alone() {
    let article = clean(&["--article"], ARTICLE.as_bytes());
    assert!(article.contains("派出3名专家") && !article.contains("责任编辑"), "{article}");
}

#[test]
fn the_report_says_what_was_done_and_where() {
    let (bytes, _, _) = encoding_rs::GB18030.encode(ARTICLE);
    let report: serde_json::Value = serde_json::from_str(&clean(&["--report", "--article"], &bytes)).unwrap();
    assert_eq!(report["encoding"]["name"], "gb18030");
    assert_eq!(report["encoding"]["malformed"], 0);
    assert_eq!(report["path"], "standard input");
    let removed = report["removed"].as_array().unwrap();
    let editor = removed.iter().find(|block| block["text"].as_str().unwrap().contains("责任编辑")).unwrap();
    let place = |at: usize| editor["source"][at].as_u64().unwrap() as usize;
    let (line, _, _) = encoding_rs::GB18030.decode(&bytes[place(0)..place(1)]);
    assert!(line.contains("责任编辑：王芳"), "{line}");
    assert_eq!(report["marks"], json!([]));
}

#[test]
fn a_missing_input_does_not_stop_the_others() {
    let run = aidnews_with_input(["clean", "no such file", "-"], "新闻".as_bytes());
    assert_eq!((run.code, run.stdout.as_slice()), (Some(1), "新闻\n".as_bytes()));
    assert!(
        run.stderr.starts_with("error: no such file: cannot open the file: there is no such"),
        "{}",
        run.stderr
    );
    assert_eq!(aidnews(["clean", "no such file"]).code, Some(1));
}
