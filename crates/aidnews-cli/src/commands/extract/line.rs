//! A record as it is written: whole or some of its keys, in one line or indented, with what was asked for besides.

use aidnews::{Hint, Reader, Record};
use serde::Serialize;
use serde_json::{Value, json};

use super::fields::Fields;
use super::tokens::Tokens;
use crate::args::ExtractOptions;
use crate::files::Trouble;

/// Makes lines as the options ask.
pub(crate) struct LineWriter {
    fields: Option<Fields>,
    tokens: Option<Tokens>,
    explain: bool,
    pretty: bool,
}

impl LineWriter {
    /// Checks the options; loads what they need.
    pub(crate) fn new(options: &ExtractOptions) -> anyhow::Result<Self> {
        let fields = if options.fields.is_empty() { None } else { Some(Fields::parse(&options.fields)?) };
        Ok(Self {
            fields,
            tokens: options.tokens.then(Tokens::load),
            explain: options.explain,
            pretty: options.pretty,
        })
    }

    /// Reads one input and returns its line, with the line feed.
    pub(crate) fn line(&self, reader: &Reader, bytes: &[u8], hint: &Hint<'_>) -> Result<Vec<u8>, Trouble> {
        let record = reader.read(bytes, hint).map_err(unreadable)?;
        if self.fields.is_none() && self.tokens.is_none() && !self.explain {
            return self.written(&record);
        }
        let mut value = self.value(&record)?;
        if self.explain {
            value["explanation"] = json!(reader.explain(bytes, hint).map_err(unreadable)?);
        }
        self.written(&value)
    }

    fn value(&self, record: &Record) -> Result<Value, Trouble> {
        let mut value = serde_json::to_value(record).map_err(unwritable)?;
        if let Some(fields) = &self.fields {
            value = fields.keep(value);
        }
        if let Some(tokens) = &self.tokens {
            value["tokens"] = json!(tokens.of(&record.article.text));
        }
        Ok(value)
    }

    fn written(&self, value: &impl Serialize) -> Result<Vec<u8>, Trouble> {
        let mut line = if self.pretty { serde_json::to_vec_pretty(value) } else { serde_json::to_vec(value) }
            .map_err(unwritable)?;
        line.push(b'\n');
        Ok(line)
    }
}

fn unreadable(error: aidnews::ReadError) -> Trouble {
    Trouble { kind: error.kind().to_owned(), message: error.to_string(), bytes: 0 }
}

fn unwritable(error: serde_json::Error) -> Trouble {
    Trouble {
        kind: "internal".to_owned(),
        message: format!("the record cannot be written: {error}"),
        bytes: 0,
    }
}
