use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::run::{ARTICLE, aidnews, records_in};

/// A page in GB18030, its record, and a count put into the record by hand: 3名专家.
fn traced(folder: &Path) -> (String, Value) {
    let page = folder.join("page.txt");
    let (bytes, _, _) = encoding_rs::GB18030.encode(ARTICLE);
    fs::write(&page, bytes).unwrap();
    let out = folder.join("records.jsonl");
    let run = aidnews(["extract".as_ref(), page.as_os_str(), "-o".as_ref(), out.as_os_str()]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let mut record = records_in(&out).remove(0);
    let text = record["article"]["text"].as_str().unwrap();
    let start = text[..text.find("3名专家").unwrap()].chars().count();
    record["id"] = json!("5f0c3a9be1d2447c");
    record["counts"] = json!([{"text": "3名专家", "start": start, "end": start + 4}]);
    fs::write(&out, format!("{record}\n")).unwrap();
    (out.to_str().unwrap().to_owned(), record)
}

#[test]
fn a_fact_leads_to_its_sentence_and_its_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let (records, _) = traced(folder.path());
    for id in ["5f0c3a9be1d2447c", "5f0c", "page.txt"] {
        let run = aidnews(["trace", &records, &format!("{id}/counts/0"), "--hex"]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let shown = String::from_utf8(run.stdout).unwrap();
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[0], "fact      /counts/0");
        assert!(lines[1].starts_with("sentence  10月27日上午，黄山市人民医院派出⟦3名专家⟧到"), "{shown}");
        let (before, _, _) = encoding_rs::GB18030.encode(ARTICLE.split("3名专家").next().unwrap());
        let place = format!("page.txt, bytes {}..{}", before.len(), before.len() + 7);
        assert!(lines[2].ends_with(&place), "{shown}");
        assert!(lines[3].contains("派出⟦3名专家⟧到"), "{shown}");
        assert!(lines[4].ends_with("  33 c3 fb d7 a8 bc d2"), "{shown}");
    }
}

#[test]
fn a_record_lists_its_facts() {
    let folder = tempfile::tempdir().unwrap();
    let (records, _) = traced(folder.path());
    let shown = String::from_utf8(aidnews(["trace", &records, "5f0c"]).stdout).unwrap();
    assert!(shown.contains("5f0c/counts/0\t3名专家\n"), "{shown}");
}

#[test]
fn a_source_that_has_changed_is_not_quoted() {
    let folder = tempfile::tempdir().unwrap();
    let (records, _) = traced(folder.path());
    fs::write(folder.path().join("page.txt"), ARTICLE.replace("专家", "行家")).unwrap();
    let run = aidnews(["trace", &records, "5f0c/counts/0"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("the file or aidnews has changed; extract it again"), "{}", run.stderr);
}

#[test]
fn addresses_that_lead_nowhere_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let (records, record) = traced(folder.path());
    let twice = folder.path().join("twice.jsonl");
    let mut second = record.clone();
    second["id"] = json!("5f0d");
    fs::write(&twice, format!("{record}\n{second}\n")).unwrap();
    for (file, id, wanted) in [
        (records.as_str(), "ffff", "has the id `ffff`"),
        (&records, "5f0c/counts/9", "no fact with a place at `/counts/9`"),
        (twice.to_str().unwrap(), "5f0", "2 records are meant by `5f0`"),
    ] {
        let run = aidnews(["trace", file, id]);
        assert_eq!(run.code, Some(2));
        assert!(run.stderr.contains(wanted), "{}", run.stderr);
    }
}
