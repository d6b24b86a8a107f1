//! Inputs that give no record, or nearly none: each is named with its cause, and the batch goes on.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::run::{ARTICLE, Run, aidnews, aidnews_with_input, lines_in, records_in, texts};

/// Longer than a debug build on a busy machine needs, shorter than anything that is not linear.
const PATIENCE: Duration = Duration::from_secs(60);

fn extract(folder: &Path, inputs: &[&Path]) -> (Run, Vec<serde_json::Value>, Vec<serde_json::Value>) {
    let out = folder.join("records.jsonl");
    let mut arguments = vec!["extract".as_ref(), "-o".as_ref(), out.as_os_str()];
    arguments.extend(inputs.iter().map(|input| input.as_os_str()));
    let start = Instant::now();
    let run = aidnews(arguments);
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
    let errors = out.with_extension("errors.jsonl");
    let errors = if errors.exists() { lines_in(&errors) } else { Vec::new() };
    (run, records_in(&out), errors)
}

#[test]
fn the_batch_goes_on_and_every_error_names_path_and_cause() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.txt"), ARTICLE).unwrap();
    fs::write(at("b-empty.txt"), "").unwrap();
    fs::write(at("c-blank.html"), " \r\n\t\n").unwrap();
    fs::write(at("d-picture.html"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x04\0\0\0\x03\0\x08\x06\0\0\0")
        .unwrap();
    // Nothing of it is written or read: the size alone is too much.
    File::create(at("e-large.txt")).unwrap().set_len(200 << 20).unwrap();
    fs::write(at("f.txt"), ARTICLE).unwrap();

    let (run, records, errors) = extract(folder.path(), &[folder.path(), &at("g-missing.txt"), &at("a.txt")]);
    assert_eq!((run.code, run.summary()), (Some(1), "read 8, records 3, errors 5"), "{}", run.stderr);
    assert_eq!(records.len(), 3);
    assert_eq!(texts(&errors, "/error/kind"), ["empty", "empty", "binary", "too_large", "not_found"]);
    for (error, name) in errors.iter().zip(["b-empty.txt", "c-blank", "d-picture", "e-large", "g-missing"]) {
        let path = error["source"]["path"].as_str().unwrap();
        assert!(path.contains(name), "{path}");
        let message = error["error"]["message"].as_str().unwrap();
        assert!(run.stderr.contains(&format!("error: {path}: {message}")), "{}", run.stderr);
    }
    assert_eq!(errors[3]["source"]["bytes"], 200 << 20);
    assert!(texts(&errors, "/error/message")[3].contains("--max-bytes"), "{errors:?}");
}

#[test]
fn bytes_that_are_damaged_text_are_read_as_text() {
    let folder = tempfile::tempdir().unwrap();
    let cut = folder.path().join("cut.txt");
    let mut bytes = ARTICLE.trim_end().as_bytes().to_vec();
    bytes.pop();
    fs::write(&cut, bytes).unwrap();
    let (run, records, _) = extract(folder.path(), &[&cut]);
    assert_eq!((run.code, records.len()), (Some(0), 1));
    assert!(texts(&records, "/article/text")[0].contains("对口支援"));
}

#[test]
fn nul_bytes_between_characters_give_a_record_or_an_error_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let nul = folder.path().join("nul.txt");
    fs::write(&nul, ARTICLE.replacen("对口支援", "对口\0支援", 1)).unwrap();
    let (run, records, errors) = extract(folder.path(), &[&nul]);
    assert_eq!(records.len() + errors.len(), 1, "{}", run.stderr);
    for error in errors {
        assert_eq!(error["error"]["kind"], "binary");
        let offset = ARTICLE.find("支援").unwrap();
        assert!(error["error"]["message"].as_str().unwrap().contains(&offset.to_string()), "{error}");
    }
}

#[test]
fn a_page_nested_a_hundred_thousand_deep_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("deep.html");
    let page = format!(
        "<html><body>{}{}{}</body></html>",
        "<div>".repeat(100_000),
        ARTICLE.replace('\n', "<p>"),
        "</div>".repeat(100_000)
    );
    fs::write(&deep, page).unwrap();
    let (run, records, _) = extract(folder.path(), &[&deep]);
    assert_eq!((run.code, records.len()), (Some(0), 1), "{}", run.stderr);
    assert!(texts(&records, "/article/text")[0].contains("黄山市人民医院派出3名专家"), "{records:?}");
}

#[test]
fn a_line_of_megabytes_takes_time_in_proportion() {
    let folder = tempfile::tempdir().unwrap();
    let long = folder.path().join("long.txt");
    let sentence = "10月27日上午，黄山市人民医院派出3名专家到措美县人民医院开展对口支援工作。";
    fs::write(&long, sentence.repeat((2 << 20) / sentence.len())).unwrap();
    let (run, records, errors) = extract(folder.path(), &[&long]);
    assert_eq!(records.len() + errors.len(), 1, "{}", run.stderr);
}

#[test]
fn a_stream_without_end_is_cut_off_at_the_limit() {
    let input = "新".repeat(1 << 20);
    let run = aidnews_with_input(["extract", "-", "--max-bytes", "1000000"], input.as_bytes());
    assert_eq!((run.code, run.summary()), (Some(1), "read 1, records 0, errors 1"));
    assert!(
        run.stderr.starts_with("error: standard input: the input has more than 1000000 bytes"),
        "{}",
        run.stderr
    );
}

#[cfg(unix)]
#[test]
fn a_name_that_is_no_utf8_is_written_so_that_it_leads_back() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let name = folder.path().join(std::ffi::OsStr::from_bytes(b"\xd0\xc2\xce\xc5.txt"));
    if fs::write(&name, ARTICLE).is_err() {
        return; // a file system that takes no such names
    }
    let (run, records, _) = extract(folder.path(), &[folder.path()]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(texts(&records, "/source/path")[0].ends_with("/\\xD0\\xC2\\xCE\\xC5.txt"));
}

#[cfg(unix)]
#[test]
fn a_folder_without_rights_is_an_error_and_the_rest_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::write(folder.path().join("open.txt"), ARTICLE).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let is_root = fs::read_dir(&closed).is_ok();
    let (run, records, errors) = extract(folder.path(), &[folder.path()]);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(records.len(), 1);
    if !is_root {
        assert_eq!((run.code, run.summary()), (Some(1), "read 2, records 1, errors 1"));
        assert_eq!(texts(&errors, "/error/kind"), ["no_permission"]);
        assert!(texts(&errors, "/source/path")[0].ends_with("closed"));
    }
}
