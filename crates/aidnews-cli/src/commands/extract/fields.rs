//! The keys a user wants.

use std::collections::BTreeMap;

use aidnews::Record;
use serde_json::{Map, Value};

/// The kept part of an object: its kept keys, with the kept part of what they hold. No keys: everything.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Fields(BTreeMap<String, Fields>);

impl Fields {
    /// Reads names such as `id`, `article.title`, `counts.value`.
    ///
    /// # Errors
    ///
    /// The first name that no record has, with those that there are in its place.
    pub(crate) fn parse(names: &[String]) -> anyhow::Result<Self> {
        let schema = schemars::schema_for!(Record).to_value();
        let mut fields = Self::default();
        for name in names {
            check(&schema, name)?;
            fields.add(name.split('.'));
        }
        Ok(fields)
    }

    /// A name inside an object that is kept whole anyway changes nothing.
    fn add<'n>(&mut self, mut path: impl Iterator<Item = &'n str>) {
        let Some(key) = path.next() else {
            self.0.clear();
            return;
        };
        match self.0.get_mut(key) {
            Some(known) if known.0.is_empty() => {}
            Some(known) => known.add(path),
            None => self.0.entry(key.to_owned()).or_default().add(path),
        }
    }

    /// Returns `value` with the kept keys only, in their order; lists item by item.
    pub(crate) fn keep(&self, value: Value) -> Value {
        match value {
            whole if self.0.is_empty() => whole,
            Value::Array(items) => items.into_iter().map(|item| self.keep(item)).collect(),
            Value::Object(members) => {
                let kept = members
                    .into_iter()
                    .filter_map(|(key, value)| self.0.get(&key).map(|fields| (key, fields.keep(value))));
                Value::Object(kept.collect::<Map<_, _>>())
            }
            plain => plain,
        }
    }
}

fn check(schema: &Value, name: &str) -> anyhow::Result<()> {
    let mut place = schema;
    for key in name.split('.') {
        let properties = properties(schema, place);
        match properties.and_then(|properties| properties.get(key)) {
            Some(found) => place = found,
            None => {
                let known: Vec<&str> =
                    properties.into_iter().flat_map(Map::keys).map(String::as_str).collect();
                let known =
                    if known.is_empty() { "it has no keys inside".to_owned() } else { known.join(", ") };
                anyhow::bail!("--fields: no key `{key}` in `{name}`; there are: {known}")
            }
        }
    }
    Ok(())
}

/// The keys of the objects that a part of a schema allows, through references and lists.
fn properties<'s>(schema: &'s Value, mut part: &'s Value) -> Option<&'s Map<String, Value>> {
    loop {
        if let Some(reference) = part.get("$ref").and_then(Value::as_str) {
            part = schema.pointer(reference.strip_prefix('#')?)?;
        } else if let Some(items) = part.get("items") {
            part = items;
        } else {
            return part.get("properties")?.as_object();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn kept(names: &[&str]) -> Value {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        Fields::parse(&names).unwrap().keep(json!({
            "id": "a", "article": {"title": "t", "text": "x"},
            "counts": [{"value": 1, "unit": "名"}, {"value": null, "unit": "台"}],
        }))
    }

    #[test]
    fn only_what_is_named_is_kept() {
        for (names, wanted) in [
            (&["id"][..], json!({"id": "a"})),
            (&["article.title"], json!({"article": {"title": "t"}})),
            (&["counts.unit", "id"], json!({"id": "a", "counts": [{"unit": "名"}, {"unit": "台"}]})),
            (&["article.title", "article"], json!({"article": {"title": "t", "text": "x"}})),
            (&["article", "article.title"], json!({"article": {"title": "t", "text": "x"}})),
        ] {
            assert_eq!(kept(names), wanted, "{names:?}");
        }
    }

    #[test]
    fn unknown_names_are_refused_with_those_that_there_are() {
        for (name, wanted) in [
            ("titel", "no key `titel` in `titel`; there are: schema, id, source,"),
            ("article.titel", "no key `titel` in `article.titel`; there are: title, published,"),
            ("supporters.region.town", "there are: code, province, city, county"),
            ("id.x", "it has no keys inside"),
        ] {
            let error = Fields::parse(&[name.to_owned()]).unwrap_err().to_string();
            assert!(error.contains(wanted), "{error}");
        }
    }
}
