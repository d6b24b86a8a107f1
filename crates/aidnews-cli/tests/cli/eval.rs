use std::fs;

use serde_json::{Value, json};

use crate::run::{aidnews, lines_in};

fn gold() -> Value {
    json!({
        "id": "a", "file": "a.txt", "relevant": true, "title": "甲院支援乙院", "published": "2021-10-28",
        "outlet": null, "authors": [], "editors": [], "paragraphs": ["甲院专家到乙院义诊。"],
        "supporters": [{"name": "甲院", "alt": ["甲医院"]}], "recipients": [{"name": "乙院", "kind": "hospital"}],
        "pairs": [["甲院", "乙院"]], "programmes": ["义诊"], "dates": [], "specialties": [], "counts": [],
    })
}

fn record(supporter: &str) -> Value {
    json!({
        "id": "x", "source": {"path": "raw/a.txt"}, "relevance": 0.9,
        "article": {"title": "甲院支援乙院", "published": "2021-10-28T09:00", "text": "甲院专家到乙院义诊。"},
        "supporters": [{"name": supporter}],
    })
}

struct Files {
    folder: tempfile::TempDir,
}

impl Files {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in [("gold", gold()), ("now", record("甲医院")), ("before", record("丙院"))]
        {
            fs::write(folder.path().join(name), format!("{content}\n")).unwrap();
        }
        Self { folder }
    }

    fn eval(&self, more: &[&str]) -> String {
        let at = |name: &str| self.folder.path().join(name).to_str().unwrap().to_owned();
        let more = more.iter().map(|word| if *word == "before" { at(word) } else { (*word).to_owned() });
        let run = aidnews(["eval".to_owned(), at("gold"), at("now")].into_iter().chain(more));
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        String::from_utf8(run.stdout).unwrap()
    }
}

#[test]
fn the_table_shows_figures_and_what_is_behind_them() {
    let table = Files::new().eval(&[]);
    assert!(table.contains("\nsupporters      100.00  100.00  100.00     1     0     0\n"), "{table}");
    assert!(table.contains("\nrecipients      100.00    0.00    0.00     0     0     1\n"), "{table}");
    assert!(
        table.contains("\nbody            100.00  100.00  100.00   at F1>=98: 100% of 1 articles\n"),
        "{table}"
    );
    assert!(table.ends_with("relevance 100  date roles 0  facts F1 66.67\n"), "{table}");
}

#[test]
fn errors_are_named_field_by_field() {
    let table = Files::new().eval(&["--errors", "5", "--fields", "pairs,recipients"]);
    let errors: Vec<&str> = table.lines().filter(|line| line.starts_with("  ")).collect();
    assert_eq!(errors, ["  recipients\tmissed\ta\t乙院", "  pairs\tmissed\ta\t甲院 → 乙院"]);
}

#[test]
fn changes_since_an_earlier_run_are_named() {
    let table = Files::new().eval(&["--baseline", "before"]);
    assert!(
        table.ends_with(
            "gained\tsupporters\ta\t甲院\ngained\tsupporters\ta\t丙院\tfalse find gone\nlost 0, gained 2\n"
        ),
        "{table}"
    );
}

#[test]
fn json_has_the_same_figures() {
    let scores: Value =
        serde_json::from_str(&Files::new().eval(&["--json", "--errors", "1", "--baseline", "before"]))
            .unwrap();
    assert_eq!(
        scores["fields"]["supporters"],
        json!({"p": 100.0, "r": 100.0, "f1": 100.0, "tp": 1, "fp": 0, "fn": 0})
    );
    assert_eq!(scores["errors"][0]["item"], "乙院");
    assert_eq!(scores["changes"]["gained"].as_array().unwrap().len(), 2);
}

#[test]
fn lines_that_are_no_annotations_are_named() {
    let files = Files::new();
    let gold = files.folder.path().join("gold");
    fs::write(&gold, "{\"id\": \"a\"}\n").unwrap();
    let run = aidnews(["eval".as_ref(), gold.as_os_str(), gold.as_os_str()]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr.contains("gold: line 1: not the JSON object expected here: missing field `file`"),
        "{}",
        run.stderr
    );
    assert_eq!(lines_in(&gold).len(), 1);
}
