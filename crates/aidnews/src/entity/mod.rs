//! Organisations of an article: all names that mean the same body, as one entity.
//!
//! In: the text and its [`Name`]s. Out: [`Entity`] values in order of first mention. Full names come first;
//! shorter forms join the one body they can stand for (市中心医院, 华西医院, 兰大一院); a form whose place is
//! left out and whose body is nowhere named in full is completed from the nearest place of its rank.

mod form;
mod region;

use std::collections::BTreeMap;

use crate::name::Name;
use crate::record::{OrganizationKind as Kind, Region};
use crate::vocabulary::Vocabulary;

/// A body named in the article.
#[derive(Debug, Clone)]
pub(crate) struct Entity {
    /// The fullest form in the article.
    pub(crate) name: String,
    /// All forms in order of first mention, `name` among them if it stands in the article.
    pub(crate) forms: Vec<String>,
    pub(crate) kind: Kind,
    pub(crate) school: bool,
    pub(crate) region: Region,
    /// Official name from the lexicons.
    pub(crate) official: Option<String>,
    /// Indexes of its names, in order; pronouns (该院) are not among them.
    pub(crate) names: Vec<usize>,
}

/// Groups `names` into entities. Quadratic in the number of distinct forms only, which `limit` bounds; the
/// forms beyond it become entities of their own.
pub(crate) fn group(vocabulary: &Vocabulary, text: &str, names: &[Name], site: Option<&str>) -> Vec<Entity> {
    let mut groups = Groups::default();
    let forms: Vec<String> = names.iter().map(|name| key_of(vocabulary, text, name)).collect();
    for index in full_first(names, &forms) {
        groups.place(names, &forms, index);
    }
    for (index, name) in names.iter().enumerate() {
        if name.elided {
            groups.place_elided(vocabulary, text, names, &forms, index, site);
        }
    }
    let completed = std::mem::take(&mut groups.completed);
    let mut entities: Vec<Entity> = groups
        .members
        .into_iter()
        .map(|(group, members)| entity(vocabulary, text, names, &forms, members, completed.get(&group)))
        .collect();
    entities.sort_by_key(|entity| entity.names[0]);
    entities
}

/// The most distinct forms of an article that are compared with each other.
const COMPARED_FORMS: usize = 400;

/// Indexes of the names to be grouped by form: not elided, longest first, then by position.
fn full_first(names: &[Name], forms: &[String]) -> Vec<usize> {
    let mut order: Vec<usize> =
        (0..names.len()).filter(|index| !names[*index].elided && names[*index].distinct).collect();
    order.sort_by_key(|index| (std::cmp::Reverse(forms[*index].chars().count()), *index));
    order
}

/// The form a name is compared by: its words; for a place, the full name of its last division.
fn key_of(vocabulary: &Vocabulary, text: &str, name: &Name) -> String {
    let form = name.form(text);
    if name.kind != Kind::Place || name.school {
        return form;
    }
    let full = match name.codes.as_slice() {
        [code] => vocabulary.by_code.get(code).map(|(full, _)| full.clone()),
        _ => None,
    };
    match full {
        Some(full) if full.starts_with(&form) || form.ends_with(&full) => full,
        _ => form,
    }
}

#[derive(Default)]
struct Groups {
    /// Group number to the indexes of its names.
    members: BTreeMap<usize, Vec<usize>>,
    /// Distinct form to its group.
    by_form: BTreeMap<String, usize>,
    /// Distinct forms in the order they were met, with a name that has the form.
    distinct: Vec<(usize, usize)>,
    /// Names of groups that stand in the article only with their place left out.
    completed: BTreeMap<usize, String>,
}

impl Groups {
    fn join(&mut self, group: usize, index: usize) {
        self.members.entry(group).or_default().push(index);
    }

    fn place(&mut self, names: &[Name], forms: &[String], index: usize) {
        let form = &forms[index];
        if let Some(group) = self.by_form.get(form).copied() {
            return self.join(group, index);
        }
        let mut best: Vec<(u8, usize)> = Vec::new();
        for (other, group) in self.distinct.iter().take(COMPARED_FORMS) {
            let score = form::likeness(&names[index], form, &names[*other], &forms[*other]);
            if score > 0 && !best.contains(&(score, *group)) {
                best.push((score, *group));
            }
        }
        best.sort_unstable_by_key(|(score, group)| (std::cmp::Reverse(*score), *group));
        let group = match best.as_slice() {
            [(_, group)] => *group,
            [(first, group), (second, _), ..] if first > second => *group,
            _ => index,
        };
        self.by_form.insert(form.clone(), group);
        self.distinct.push((index, group));
        self.join(group, index);
    }

    /// Puts 市人民医院 to the nearest body before it that it can stand for, else after it, else on its own with
    /// its place completed.
    fn place_elided(
        &mut self,
        vocabulary: &Vocabulary,
        text: &str,
        names: &[Name],
        forms: &[String],
        index: usize,
        site: Option<&str>,
    ) {
        let form = &forms[index];
        let mut best: Option<(bool, usize, usize)> = None;
        for (other, group) in self.distinct.iter().take(COMPARED_FORMS) {
            if !form::stands_for(form, &names[index], &forms[*other], &names[*other]) {
                continue;
            }
            for member in &self.members[group] {
                let after = names[*member].start > names[index].start;
                let distance = names[*member].start.abs_diff(names[index].start);
                if best.is_none_or(|(best_after, best_distance, _)| {
                    (after, distance) < (best_after, best_distance)
                }) {
                    best = Some((after, distance, *group));
                }
            }
        }
        if let Some((_, _, group)) = best {
            return self.join(group, index);
        }
        let Some(completed) = region::complete(vocabulary, text, names, index, site) else {
            return;
        };
        let alike = self.by_form.iter().find(|(known, _)| form::same_house(&completed, known));
        let group = match alike {
            Some((known, group)) => {
                // 孙吴县医院 and 孙吴县人民医院 are one house; the longer form names it.
                if completed.len() > known.len() && self.completed.contains_key(group) {
                    self.completed.insert(*group, completed.clone());
                }
                *group
            }
            None => {
                self.completed.insert(index, completed.clone());
                self.by_form.insert(completed, index);
                index
            }
        };
        self.join(group, index);
    }
}

/// Returns the form a body is called by: of those that end its longest form and begin with a place or a school
/// (甘肃省定西市临洮县人民医院, 临洮县人民医院) the most frequent, the shortest where several are.
fn usual_form(names: &[Name], keys: &[String], whole: &[usize], longest: usize) -> String {
    let full = |index: &&usize| {
        let name = &names[**index];
        keys[longest].ends_with(keys[**index].as_str())
            && (!name.codes.is_empty() || keys[**index] == keys[longest])
    };
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for index in whole.iter().filter(full) {
        *times.entry(keys[*index].as_str()).or_insert(0) += 1;
    }
    let best = times.into_iter().max_by_key(|(form, times)| (*times, std::cmp::Reverse(form.len())));
    best.map_or_else(|| keys[longest].clone(), |(form, _)| form.to_owned())
}

fn entity(
    vocabulary: &Vocabulary,
    text: &str,
    names: &[Name],
    keys: &[String],
    mut members: Vec<usize>,
    completed: Option<&String>,
) -> Entity {
    members.sort_unstable();
    let mut forms: Vec<String> = Vec::new();
    for index in &members {
        let form = names[*index].form(text);
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    let whole: Vec<usize> = members.iter().copied().filter(|index| !names[*index].elided).collect();
    let longest =
        whole.iter().copied().max_by_key(|index| (keys[*index].chars().count(), std::cmp::Reverse(*index)));
    let first = longest.unwrap_or(members[0]);
    let name = match completed {
        Some(completed) => completed.clone(),
        None => usual_form(names, keys, &whole, first),
    };
    let codes: Vec<&Name> =
        members.iter().map(|index| &names[*index]).filter(|name| !name.codes.is_empty()).collect();
    let region = region::resolve(vocabulary, codes.iter().map(|name| name.codes.as_slice()), names);
    Entity {
        name,
        forms,
        kind: names[first].kind,
        school: names[first].school,
        region,
        official: members.iter().find_map(|index| names[*index].official.clone()),
        names: members,
    }
}
