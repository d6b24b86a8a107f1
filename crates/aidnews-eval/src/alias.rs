//! Names of specialties that mean the same.

use std::collections::HashMap;

use aidnews_compile::{Lexicon, LexiconError};

use crate::fold;

const BUILT_IN: &str = include_str!("../lexicon/specialty-names.tsv");

/// A table from the names of a specialty to one of them.
///
/// # Examples
///
/// ```
/// let aliases = aidnews_eval::Aliases::built_in();
/// assert_eq!(aliases.canonical("ICU"), aliases.canonical("重症医学科"));
/// assert_ne!(aliases.canonical("眼科"), aliases.canonical("牙科"));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Aliases {
    canonical: HashMap<String, String>,
}

impl Aliases {
    /// Returns the table that comes with the crate.
    pub fn built_in() -> Self {
        Self::parse("specialty-names.tsv", BUILT_IN).expect("a test parses this very text")
    }

    /// Reads a lexicon with the columns `name` and `aliases`, these separated by `|`; `file` names it in errors.
    ///
    /// # Errors
    ///
    /// The first line that is no lexicon line.
    pub fn parse(file: &str, text: &str) -> Result<Self, LexiconError> {
        let lexicon = Lexicon::parse(file, text)?;
        let mut canonical = HashMap::new();
        for entry in lexicon.entries() {
            let name = fold(entry.surface());
            for alias in entry.cell("aliases").split('|').filter(|alias| !alias.trim().is_empty()) {
                canonical.insert(fold(alias), name.clone());
            }
            canonical.insert(name.clone(), name);
        }
        Ok(Self { canonical })
    }

    /// Returns the folded name under which `name` is compared: its own where the table does not know it.
    pub fn canonical(&self, name: &str) -> String {
        let name = fold(name);
        self.canonical.get(&name).cloned().unwrap_or(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_table_is_well_formed_and_says_one_thing_of_a_name() {
        let lexicon = Lexicon::parse("specialty-names.tsv", BUILT_IN).unwrap();
        let mut owners: HashMap<String, &str> = HashMap::new();
        for entry in lexicon.entries() {
            let names = std::iter::once(entry.surface()).chain(entry.cell("aliases").split('|'));
            for name in names.filter(|name| !name.is_empty()) {
                let owner = owners.insert(fold(name), entry.surface());
                assert!(owner.is_none_or(|owner| owner == entry.surface()), "{name} stands in two lines");
            }
        }
        assert_eq!(Aliases::built_in().canonical.len(), owners.len());
    }
}
