//! Runs the binary and checks what it writes.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::Value;

/// An article that every version must read.
pub(crate) const ARTICLE: &str = "黄山市人民医院专家组赴措美县人民医院开展对口支援\n\
发布时间：2021-10-28　来源：山南日报　作者：李明\n\
10月27日上午，黄山市人民医院派出3名专家到措美县人民医院开展对口支援工作，当天义诊群众120人次。\n\
专家组将驻点半年，帮助该院建设消化内科，并培训当地医务人员40余名，开展新技术5项。\n\
责任编辑：王芳\n";

/// What a run gave.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
}

/// Runs `aidnews` with `arguments`.
pub(crate) fn aidnews<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Run {
    aidnews_with_input(arguments, b"")
}

/// Runs `aidnews` with `arguments` and `input` on standard input.
pub(crate) fn aidnews_with_input<A: AsRef<OsStr>>(
    arguments: impl IntoIterator<Item = A>,
    input: &[u8],
) -> Run {
    let mut child = command()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        scope.spawn(move || {
            // The command may stop reading early.
            let _ = stdin.write_all(input);
        });
        child.wait_with_output().unwrap()
    });
    Run {
        code: output.status.code(),
        stdout: output.stdout,
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The binary, not started yet.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aidnews"));
    command.env("COLUMNS", "100");
    command
}

impl Run {
    /// The lines of standard output as JSON.
    pub(crate) fn lines(&self) -> Vec<Value> {
        lines(std::str::from_utf8(&self.stdout).unwrap())
    }

    /// The records on standard output, each checked against the schema.
    pub(crate) fn records(&self) -> Vec<Value> {
        checked(self.lines())
    }

    /// The last line of standard error without the seconds: `read 5, records 5, errors 0`.
    pub(crate) fn summary(&self) -> &str {
        let line = self.stderr.lines().last().unwrap_or("");
        let (counts, seconds) =
            line.rsplit_once(", ").unwrap_or_else(|| panic!("no summary: {}", self.stderr));
        let figure = seconds.strip_suffix(" s").and_then(|figure| figure.split_once('.'));
        let (whole, tenths) = figure.unwrap_or_else(|| panic!("no seconds in `{line}`"));
        assert!(whole.parse::<u64>().is_ok() && tenths.len() == 1, "{line}");
        counts
    }
}

/// The records in a file, each checked against the schema.
pub(crate) fn records_in(path: &Path) -> Vec<Value> {
    checked(lines_in(path))
}

/// The lines of a file as JSON.
pub(crate) fn lines_in(path: &Path) -> Vec<Value> {
    lines(&std::fs::read_to_string(path).unwrap())
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn checked(records: Vec<Value>) -> Vec<Value> {
    static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
        let text = std::fs::read_to_string(schema_path()).unwrap();
        jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
    });
    for record in &records {
        let problems: Vec<String> =
            SCHEMA.iter_errors(record).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(problems.is_empty(), "{problems:#?}\n{record:#}");
    }
    records
}

/// The schema that is checked in.
pub(crate) fn schema_path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../aidnews/schema/aidnews-1.schema.json")
}

/// The value of a key of every line, as text.
pub(crate) fn texts(lines: &[Value], pointer: &str) -> Vec<String> {
    lines.iter().map(|line| line.pointer(pointer).and_then(Value::as_str).unwrap_or("").to_owned()).collect()
}
