//! Records of whole articles: their shape, their offsets, their way back to the source.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use aidnews::{Hint, Reader, Record};
use aidnews_tests::{shared, workspace};
use jsonschema::Validator;
use serde_json::Value;

/// The corpus, and the sets of pages beside the repository where they are.
fn pages() -> Vec<PathBuf> {
    let corpus = workspace().join("corpus/articles/raw");
    let sets = ["seeds/raw", "aidnews-dev/raw", "aidnews-dev2/raw", "html-dev/pages"];
    let folders = sets.iter().filter_map(|set| shared(&format!("data/{set}"))).chain([corpus]);
    let mut pages: Vec<PathBuf> = folders
        .flat_map(|folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()))
        .filter(|path| path.is_file())
        .collect();
    pages.sort();
    assert!(pages.len() >= 40, "the corpus has only {} pages", pages.len());
    pages
}

fn each_record(mut look: impl FnMut(&str, &[u8], &Reader, &Record)) {
    let reader = Reader::new().unwrap();
    for page in pages() {
        let bytes = fs::read(&page).unwrap();
        let name = page.display().to_string();
        let record = reader.read(&bytes, &Hint { path: Some(&name), ..Hint::default() });
        look(&name, &bytes, &reader, &record.unwrap_or_else(|error| panic!("{name}: {error}")));
    }
}

fn schema() -> Value {
    let path = workspace().join("crates/aidnews/schema/aidnews-1.schema.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn every_record_fits_the_schema_and_comes_back_the_same() {
    let schema: Validator = jsonschema::validator_for(&schema()).unwrap();
    each_record(|name, _, _, record| {
        let value = serde_json::to_value(record).unwrap();
        let problems: Vec<String> =
            schema.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(problems.is_empty(), "{name}: {problems:#?}");
        assert_eq!(serde_json::from_value::<Record>(value).unwrap(), *record, "{name}");
    });
}

#[test]
fn every_place_lies_in_the_text_and_holds_its_words() {
    each_record(|name, _, _, record| {
        let text: Vec<char> = record.article.text.chars().collect();
        let title: Vec<char> = record.article.title.as_deref().unwrap_or("").chars().collect();
        let mut open = vec![serde_json::to_value(record).unwrap()];
        while let Some(part) = open.pop() {
            if let (Some(start), Some(end)) = (part["start"].as_u64(), part["end"].as_u64()) {
                let of = if part["in"] == "title" { &title } else { &text };
                let words = of.get(start as usize..end as usize);
                let words: String =
                    words.unwrap_or_else(|| panic!("{name}: {part} leaves the text")).iter().collect();
                assert!(!words.is_empty(), "{name}: {part} is empty");
                if let Some(quoted) = part["text"].as_str() {
                    assert_eq!(quoted, words, "{name}");
                }
            }
            match part {
                Value::Array(items) => open.extend(items),
                Value::Object(members) => open.extend(members.into_iter().map(|(_, member)| member)),
                _ => {}
            }
        }
    });
}

#[test]
fn lists_name_nothing_twice_and_point_at_each_other() {
    each_record(|name, _, _, record| {
        let supporters: Vec<&str> = record.supporters.iter().map(|entity| entity.name.as_str()).collect();
        let recipients: Vec<&str> = record.recipients.iter().map(|entity| entity.name.as_str()).collect();
        let programmes: Vec<&str> = record.programmes.iter().map(|entity| entity.name.as_str()).collect();
        let specialties: Vec<&str> = record.specialties.iter().map(|entity| entity.name.as_str()).collect();
        for list in [&supporters, &recipients, &programmes, &specialties] {
            let unique: BTreeSet<&&str> = list.iter().collect();
            assert_eq!(unique.len(), list.len(), "{name}: {list:?}");
        }
        for pair in &record.partnerships {
            assert!(supporters.contains(&pair.supporter.as_str()), "{name}: {}", pair.supporter);
            assert!(recipients.contains(&pair.recipient.as_str()), "{name}: {}", pair.recipient);
            for programme in &pair.programmes {
                assert!(programmes.contains(&programme.as_str()), "{name}: {programme}");
            }
            for specialty in &pair.specialties {
                assert!(specialties.contains(&specialty.as_str()), "{name}: {specialty}");
            }
        }
    });
}

/// Pages that nothing had to be done to keep their characters, so each must lead back to itself.
#[test]
fn every_character_leads_back_to_the_source() {
    let mut compared = 0;
    each_record(|name, bytes, reader, record| {
        let (_, origin) = reader.read_with_origin(bytes, &Hint::default()).unwrap();
        let untouched = record.origin.script == "simplified"
            && record.origin.encoding == "utf-8"
            && record.origin.repairs.is_empty()
            && record.source.format == "text";
        for (start, letter) in record.article.text.char_indices() {
            let source = origin.locate(start..start + letter.len_utf8());
            assert!(source.start <= source.end && source.end <= bytes.len(), "{name}: {source:?}");
            if untouched && letter.is_alphanumeric() {
                let found = String::from_utf8_lossy(&bytes[source.clone()]);
                assert_eq!(found, letter.to_string(), "{name}: bytes {source:?}");
                compared += 1;
            }
        }
    });
    assert!(compared > 10_000, "only {compared} characters were compared");
}

/// The description of the record and the schema name the same keys.
#[test]
fn the_described_record_has_the_keys_of_the_schema() {
    let Some(page) = shared("design/record.md") else { return };
    let page = fs::read_to_string(page).unwrap();
    let example = page.split("```json\n").nth(1).unwrap().split("\n```").next().unwrap();
    let example: Value = serde_json::from_str(example).unwrap();
    let schema = schema();
    let mut open = vec![(String::new(), &example, &schema)];
    while let Some((place, value, part)) = open.pop() {
        let part = match part["$ref"].as_str() {
            Some(reference) => schema.pointer(&reference[1..]).unwrap(),
            None => part,
        };
        match value {
            Value::Array(items) => {
                open.extend(items.iter().map(|item| (format!("{place}[]"), item, &part["items"])));
            }
            Value::Object(members) if place == ".origin.repairs" => assert!(!members.is_empty()),
            Value::Object(members) if !members.is_empty() => {
                let described: BTreeSet<&String> = members.keys().collect();
                let required = part["required"].as_array().unwrap_or_else(|| panic!("{place}: {part:#}"));
                let known: BTreeSet<String> =
                    required.iter().map(|key| key.as_str().unwrap().to_owned()).collect();
                assert_eq!(described, known.iter().collect(), "{place}");
                let inside = members
                    .iter()
                    .map(|(key, value)| (format!("{place}.{key}"), value, &part["properties"][key]));
                open.extend(inside);
            }
            _ => {}
        }
    }
}
