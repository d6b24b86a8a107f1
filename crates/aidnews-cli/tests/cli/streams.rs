//! Closed pipes, wrong use, unwritable output.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::run::{ARTICLE, aidnews, aidnews_with_input, command};

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..300 {
        std::fs::write(folder.path().join(format!("{number:03}.txt")), ARTICLE.repeat(3)).unwrap();
    }
    let mut child = command()
        .args(["extract", folder.path().to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut stdout = BufReader::with_capacity(64, child.stdout.take().unwrap());
    stdout.read_line(&mut line).unwrap();
    drop(stdout);
    let output = child.wait_with_output().unwrap();
    assert!(line.starts_with("{\"schema\""));
    assert_eq!(output.status.code(), Some(0));
    let talk = String::from_utf8(output.stderr).unwrap();
    assert!(!talk.contains("rror: ") && !talk.contains("panic"), "{talk}");
    assert!(!talk.contains("records 300"), "the pipe took everything: nothing was tested");
}

#[test]
fn a_pipe_gets_no_progress_bar_and_no_colour() {
    let run = aidnews_with_input(["extract", "-"], ARTICLE.as_bytes());
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    assert!(!run.stderr.contains('\x1b') && !run.stderr.contains('\r'));
}

#[test]
fn wrong_use_is_two_and_says_what_to_do() {
    for (arguments, wanted) in [
        (&["extract"][..], "<INPUT>..."),
        (&["extract", "x", "--no-such"], "--no-such"),
        (&["extract", "x", "--jobs", "0"], "--jobs"),
        (&["extract", "x", "--fields", "titel"], "there are: schema, id, source"),
        (&["extract", "x", "-o", "no/such/folder/r.jsonl"], "cannot write no/such/folder/r.jsonl"),
        (&["extract", "x", "-o", "src"], "it is a folder; name a file"),
        (&["extract", "x", "-o", "a", "--errors-file", "a"], "name two"),
        (&["eval", "no-gold", "no-records"], "cannot open no-gold"),
        (&["eval", "a", "b", "--fields", "titel"], "no field is called `titel`"),
        (&["clean", "x", "--without", "spelling"], "no repair is called `spelling`; there are"),
        (&["clean", "x", "--keep-script", "--to-simplified"], "cannot be used with"),
        (&["expressions", "x", "--reference", "soon"], "`soon` is no reference date"),
        (&["trace", "no-records", "id"], "cannot open no-records"),
        (&["man", "extrakt"], "no command is called `extrakt`"),
        (&["no-such-command"], "unrecognized subcommand"),
        (&[], "Usage:"),
    ] {
        let run = aidnews(arguments.iter().copied());
        assert_eq!(run.code, Some(2), "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains(wanted), "{arguments:?}: {}", run.stderr);
        assert_eq!(run.stdout, b"", "{arguments:?}");
    }
}
