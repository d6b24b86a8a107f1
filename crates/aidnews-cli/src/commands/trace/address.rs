//! Which record, which fact.

use serde_json::Value;

/// `ID` or `ID/counts/3`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    /// The id, the start of it, or the name of the file.
    pub(crate) record: String,
    /// A JSON pointer into the record.
    pub(crate) fact: Option<String>,
}

/// A stretch of the article's text or title, in code points, and the part of the record that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) pointer: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) in_title: bool,
}

impl Address {
    /// Reads an address; it cannot be wrong, only lead nowhere.
    pub(crate) fn parse(text: &str) -> Self {
        match text.split_once('/') {
            Some((record, fact)) if !fact.is_empty() => {
                Self { record: record.to_owned(), fact: Some(format!("/{fact}")) }
            }
            _ => Self { record: text.trim_end_matches('/').to_owned(), fact: None },
        }
    }

    /// Returns whether a record's id begins with the address, or its file is called so.
    pub(crate) fn leads_to(&self, record: &Value) -> bool {
        let begins = record["id"].as_str().is_some_and(|id| id.starts_with(&self.record));
        let path = record["source"]["path"].as_str().unwrap_or("");
        !self.record.is_empty() && (begins || path.rsplit('/').next() == Some(self.record.as_str()))
    }
}

/// The facts of a record that have a place: where they are in it, and in what words.
pub(crate) fn facts(record: &Value) -> Vec<(String, String)> {
    let members = record.as_object().into_iter().flatten();
    let lists = members.filter_map(|(key, value)| value.as_array().map(|items| (key, items)));
    lists
        .flat_map(|(key, items)| {
            items.iter().enumerate().map(move |(at, item)| (format!("/{key}/{at}"), words(item)))
        })
        .filter(|(pointer, _)| !spans(record, pointer).is_empty())
        .collect()
}

/// What a person calls a fact: its words, its name, or its two parties.
fn words(fact: &Value) -> String {
    let text = |key: &str| fact[key].as_str();
    match (text("supporter"), text("recipient")) {
        (Some(supporter), Some(recipient)) => format!("{supporter} → {recipient}"),
        _ => text("text").or(text("name")).unwrap_or("").to_owned(),
    }
}

/// Every stretch named by the part of `record` at `pointer`, in the order of the record.
pub(crate) fn spans(record: &Value, pointer: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Vec<(String, &Value)> =
        record.pointer(pointer).map(|part| (pointer.to_owned(), part)).into_iter().collect();
    while let Some((pointer, part)) = open.pop() {
        if let (Some(start), Some(end)) = (place(part, "start"), place(part, "end")) {
            let in_title = part["in"] == "title";
            found.push(Span { pointer: pointer.clone(), start, end, in_title });
        }
        let children: Vec<(String, &Value)> = match part {
            Value::Array(items) => {
                items.iter().enumerate().map(|(at, item)| (format!("{pointer}/{at}"), item)).collect()
            }
            Value::Object(members) => {
                members.iter().map(|(key, value)| (format!("{pointer}/{key}"), value)).collect()
            }
            _ => Vec::new(),
        };
        open.extend(children.into_iter().rev());
    }
    found
}

fn place(part: &Value, key: &str) -> Option<usize> {
    usize::try_from(part.get(key)?.as_u64()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_address_is_a_record_and_perhaps_a_fact() {
        for (text, record, fact) in
            [("5f0c", "5f0c", None), ("5f0c/counts/3", "5f0c", Some("/counts/3")), ("a.txt/", "a.txt", None)]
        {
            let address = Address::parse(text);
            assert_eq!((address.record.as_str(), address.fact.as_deref()), (record, fact));
        }
    }

    #[test]
    fn every_place_below_a_pointer_is_found_in_order() {
        let record = json!({
            "supporters": [{"name": "甲", "mentions": [{"start": 1, "end": 2}, {"start": 0, "end": 1, "in": "title"}]}],
            "counts": [{"text": "3名", "start": 5, "end": 7}],
            "specialties": [{"name": "眼科", "mentions": []}],
        });
        let all: Vec<_> = spans(&record, "").into_iter().map(|span| (span.pointer, span.in_title)).collect();
        assert_eq!(
            all,
            [
                ("/supporters/0/mentions/0".to_owned(), false),
                ("/supporters/0/mentions/1".to_owned(), true),
                ("/counts/0".to_owned(), false)
            ]
        );
        assert_eq!(
            facts(&record),
            [("/supporters/0".into(), "甲".into()), ("/counts/0".into(), "3名".into())]
        );
        assert_eq!(spans(&record, "/dates/0"), []);
    }
}
