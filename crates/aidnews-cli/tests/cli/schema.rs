use serde_json::Value;

use crate::run::{aidnews, schema_path};

#[test]
fn the_checked_in_schema_is_that_of_the_types() {
    let run = aidnews(["schema"]);
    assert_eq!(run.code, Some(0));
    let checked_in = std::fs::read(schema_path()).unwrap();
    assert!(
        run.stdout == checked_in,
        "the types and {} differ; look at the difference, then run `aidnews schema > {0}`",
        schema_path().display()
    );
}

#[test]
fn every_key_of_a_record_is_required_and_no_other_is_allowed() {
    let run = aidnews(["schema"]);
    let schema: Value = serde_json::from_slice(&run.stdout).unwrap();
    let required = schema["required"].as_array().unwrap();
    assert_eq!(required.len(), schema["properties"].as_object().unwrap().len());
    assert_eq!(schema["additionalProperties"], false);
}

#[test]
fn the_schema_of_errors_is_another() {
    let schema: Value = serde_json::from_slice(&aidnews(["schema", "--errors"]).stdout).unwrap();
    assert_eq!(schema["title"], "ErrorRecord");
}
