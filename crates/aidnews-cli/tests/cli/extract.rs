use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::run::{ARTICLE, aidnews, aidnews_with_input, lines_in, records_in, texts};

/// A folder of pages, some in a folder below.
fn pages(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("m")).unwrap();
    for number in 0..count {
        let name = if number % 2 == 0 { format!("{number:03}.txt") } else { format!("m/{number:03}.html") };
        let text = ARTICLE.replace("120人次", &format!("{}人次", 100 + number));
        let text = if number % 2 == 0 { text } else { format!("<p>{}</p>", text.replace('\n', "</p><p>")) };
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn arguments<'a>(more: &[&'a str], folder: &'a Path) -> Vec<&'a str> {
    ["extract", folder.to_str().unwrap()].into_iter().chain(more.iter().copied()).collect()
}

#[test]
fn files_folders_and_standard_input_come_in_the_order_given() {
    let folder = pages(4);
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let inputs = ["extract".to_owned(), at("m"), "-".to_owned(), at("002.txt"), at("")];
    let run = aidnews_with_input(inputs, ARTICLE.as_bytes());
    assert_eq!((run.code, run.summary()), (Some(0), "read 8, records 8, errors 0"), "{}", run.stderr);
    let paths = texts(&run.records(), "/source/path");
    let names: Vec<&str> = paths.iter().map(|path| path.rsplit('/').next().unwrap()).collect();
    assert_eq!(names, ["001.html", "003.html", "", "002.txt", "000.txt", "002.txt", "001.html", "003.html"]);
}

#[test]
fn the_same_bytes_come_out_for_any_number_of_threads() {
    let folder = pages(40);
    fs::write(folder.path().join("007.txt"), "").unwrap();
    let runs = ["1", "2", "5"].map(|jobs| {
        let out = folder.path().join(format!("out{jobs}.jsonl"));
        let run = aidnews(arguments(&["--jobs", jobs, "-o", out.to_str().unwrap()], folder.path()));
        assert_eq!((run.code, run.summary()), (Some(1), "read 41, records 40, errors 1"), "{}", run.stderr);
        assert_eq!(records_in(&out).len(), 40);
        (fs::read(&out).unwrap(), fs::read(out.with_extension("errors.jsonl")).unwrap())
    });
    assert!(runs[0] == runs[1] && runs[1] == runs[2]);
}

#[test]
fn the_output_appears_when_it_is_complete_and_keeps_no_old_errors() {
    let folder = pages(2);
    let out = folder.path().join("records.jsonl");
    let errors = folder.path().join("records.errors.jsonl");
    fs::write(&out, "old").unwrap();
    let empty = folder.path().join("empty.txt");
    fs::write(&empty, "").unwrap();
    let extract = || aidnews(arguments(&["-o", out.to_str().unwrap()], folder.path()));

    let run = extract();
    assert_eq!(run.code, Some(1));
    assert_eq!(run.stdout, b"");
    assert_eq!((records_in(&out).len(), lines_in(&errors).len()), (2, 1));
    fs::remove_file(empty).unwrap();
    assert_eq!(extract().code, Some(0));
    assert!(!errors.exists(), "the errors of an earlier run are still there");
    let hidden = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let hidden: Vec<_> = hidden.filter(|name| name.to_str().unwrap().starts_with('.')).collect();
    assert_eq!(hidden, Vec::<std::ffi::OsString>::new());
}

#[test]
fn errors_go_where_the_user_says() {
    let folder = tempfile::tempdir().unwrap();
    let (out, errors) = (folder.path().join("o.jsonl"), folder.path().join("e.jsonl"));
    let run = aidnews([
        "extract".as_ref(),
        "no such file".as_ref(),
        "-o".as_ref(),
        out.as_os_str(),
        "--errors-file".as_ref(),
        errors.as_os_str(),
    ]);
    assert_eq!((run.code, run.summary()), (Some(1), "read 1, records 0, errors 1"));
    let lines = lines_in(&errors);
    assert_eq!(texts(&lines, "/error/kind"), ["not_found"]);
    assert_eq!(texts(&lines, "/source/path"), ["no such file"]);
    assert_eq!(fs::read(out).unwrap(), b"");
}

#[test]
fn files_that_are_no_pages_are_left_out_of_folders_and_named() {
    let folder = pages(1);
    fs::write(folder.path().join("gold.jsonl"), "{}").unwrap();
    fs::write(folder.path().join(".hidden"), "x").unwrap();
    let run = aidnews(arguments(&[], folder.path()));
    assert_eq!(run.summary(), "read 1, records 1, errors 0");
    assert!(run.stderr.starts_with("left out 1 files that are no pages: 1 jsonl\n"), "{}", run.stderr);
}

#[test]
fn only_the_keys_asked_for_are_written() {
    let run = aidnews_with_input(["extract", "-", "--fields", "article.title,counts.value,schema"], b"x");
    let keys: Vec<String> = run.lines()[0].as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, ["schema", "article", "counts"]);
    assert_eq!(run.lines()[0]["article"].as_object().unwrap().len(), 1);
}

#[test]
fn pretty_records_are_the_same_records() {
    let plain = aidnews_with_input(["extract", "-"], ARTICLE.as_bytes());
    let pretty = aidnews_with_input(["extract", "-", "--pretty"], ARTICLE.as_bytes());
    assert!(pretty.stdout.starts_with(b"{\n  \"schema\": \"aidnews/1\""));
    let pretty: Value = serde_json::from_slice(&pretty.stdout).unwrap();
    assert_eq!(plain.records(), [pretty]);
}

#[test]
fn tokens_lie_in_the_text() {
    let run = aidnews_with_input(["extract", "-", "--tokens"], ARTICLE.as_bytes());
    let record = &run.lines()[0];
    let text: Vec<char> = record["article"]["text"].as_str().unwrap().chars().collect();
    let tokens = record["tokens"].as_array().unwrap();
    assert!(tokens.len() > 10, "{tokens:?}");
    for token in tokens {
        let place = |key: &str| token[key].as_u64().unwrap() as usize;
        let words: String = text[place("start")..place("end")].iter().collect();
        assert_eq!(token["text"], words.as_str());
    }
}

#[test]
fn an_explanation_names_what_was_cut_and_what_was_weighed() {
    let run = aidnews_with_input(["extract", "-", "--explain"], ARTICLE.as_bytes());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let explanation = &run.lines()[0]["explanation"];
    let removed = explanation["removed"].as_array().unwrap();
    assert!(removed.iter().any(|line| line["text"].as_str().unwrap().contains("责任编辑")), "{removed:?}");
    let names: Vec<&str> = explanation["parties"]
        .as_array()
        .unwrap()
        .iter()
        .map(|party| party["name"].as_str().unwrap())
        .collect();
    assert!(names.contains(&"措美县人民医院"), "{names:?}");
}
