use crate::run::aidnews;

const EXIT_CODES: &str = "\
Exit codes:
  0  everything was read; also where whoever reads the output closes it early
  1  some inputs gave an error instead of a record; the others were read
  2  wrong use, or the output could not be written
";

fn text(arguments: &[&str]) -> String {
    let run = aidnews(arguments);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    String::from_utf8(run.stdout).unwrap()
}

#[test]
fn help_tells_the_exit_codes() {
    for arguments in
        [&["--help"][..], &["-h"], &["extract", "--help"], &["extract", "-h"], &["clean", "--help"]]
    {
        assert!(text(arguments).ends_with(EXIT_CODES), "{arguments:?}");
    }
}

#[test]
fn help_names_every_command_and_every_option_says_what_it_does() {
    let help = text(&["--help"]);
    for command in ["extract", "clean", "expressions", "trace", "eval", "schema", "completions", "man"] {
        assert!(help.contains(&format!("\n  {command} ")), "{help}");
        let page = text(&[command, "--help"]);
        for line in page.lines().filter(|line| line.trim_start().starts_with("--")) {
            let told = line.split_whitespace().count() > 2 || page.contains(&format!("{line}\n          "));
            assert!(told, "{command}: `{line}` has no words");
        }
    }
}

#[test]
fn shells_get_completions_and_man_gets_pages() {
    for shell in ["bash", "zsh", "fish"] {
        assert!(text(&["completions", shell]).contains("extract"), "{shell}");
    }
    let page = text(&["man"]);
    assert!(page.contains(".TH aidnews 1") && page.contains("Exit codes"), "{page}");
    let page = text(&["man", "extract"]);
    assert!(page.contains("errors\\-file"), "{page}");
}
