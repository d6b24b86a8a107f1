//! The simulator against an earlier one in Python, where that is at hand.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::measure::articles;
use crate::simulate::{Site, reading};
use crate::workspace;

/// Reads lines of `reading TAB character …`, a blank line, and then text; writes the text damaged with all cuts.
const DRIVER: &str = r#"
import sys, types
stub = types.ModuleType("pypinyin"); stub.pinyin = None; stub.Style = None
sys.modules["pypinyin"] = stub
sys.path.insert(0, sys.argv[1])
import sim
head, text = sys.stdin.buffer.read().decode().split("\n\n", 1)
sim._pc.update(line.split("\t") for line in head.split("\n"))
sys.stdout.buffer.write(sim.simulate(text, set(sim._pc), 1.0).encode())
"#;

#[test]
fn both_simulators_agree() {
    let tools = workspace().join("../shared/tools/scramble");
    let texts = articles(&workspace().join("corpus/articles/gold.jsonl"), |_| true);
    if !tools.join("sim.py").exists() || Command::new("python3").arg("--version").output().is_err() {
        eprintln!("skipped: no other simulator here");
        return;
    }
    let listed = "醫隊員進縣開診帶團領聯學習對專師術設備協議為個們來時間會長國數據規雜經兒優準線網";
    let list: BTreeMap<char, String> = listed.chars().filter_map(|c| Some((c, reading(c)?))).collect();
    let mut site = Site::annotating(&list, 1.0, 0);
    let clean = site.traditional(&texts.join("\n"));
    let ours: Vec<String> = clean.lines().map(|line| visible(&mut site, line)).collect();
    let theirs = run(&tools, &list, &clean);
    let theirs: Vec<&str> = theirs.lines().collect();
    assert_eq!(ours.len(), theirs.len());
    for (ours, theirs) in ours.iter().zip(theirs) {
        assert_eq!(ours, theirs);
    }
}

fn visible(site: &mut Site, line: &str) -> String {
    let line: Vec<char> = line.chars().collect();
    site.damage_line(&line).into_iter().map(|seen| seen.0).collect()
}

fn run(tools: &Path, list: &BTreeMap<char, String>, clean: &str) -> String {
    let mut python = Command::new("python3")
        .args(["-c", DRIVER])
        .arg(tools)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 starts");
    let head: Vec<String> = list.iter().map(|(c, reading)| format!("{c}\t{reading}")).collect();
    let input = format!("{}\n\n{clean}", head.join("\n"));
    python.stdin.take().expect("piped").write_all(input.as_bytes()).expect("python3 reads");
    let output = python.wait_with_output().expect("python3 ends");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("UTF-8")
}
