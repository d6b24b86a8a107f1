//! The organisations and places of short texts, as a table.

use aidnews::record::OrganizationKind;
use aidnews::training::Workbench;

fn kind(kind: OrganizationKind) -> String {
    let value = serde_json::to_value(kind).expect("a kind is a plain name");
    value.as_str().expect("a kind is a plain name").to_owned()
}

#[test]
fn names_of_short_texts() {
    let bench = Workbench::new().expect("the built-in lexicons are whole");
    let mut wrong = Vec::new();
    let table = include_str!("cases/names.tsv");
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let (text, wanted) = line.split_once('\t').expect("a case has a text and its names");
        let parties = bench.parties("", text, None);
        let found: Vec<String> =
            parties.iter().map(|party| format!("{} {}", kind(party.kind), party.name)).collect();
        if found.join("|") != wanted {
            wrong.push(format!("{text}\n  wanted {wanted}\n  found  {}", found.join("|")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
