//! Facts from an article: the only place that chooses.
//!
//! In: title and text in Simplified characters, and what the page said of itself. Out: the fact lists of the
//! record. Names become entities, every mention of an entity leaves readable features behind, small linear
//! models weigh them, and what wins is written down with the words it was read from.

pub(crate) mod choice;
pub(crate) mod company;
pub(crate) mod count;
pub(crate) mod cue;
pub(crate) mod date;
pub(crate) mod evidence;
pub(crate) mod pair;
pub(crate) mod person;
pub(crate) mod programme;
pub(crate) mod relevance;
pub(crate) mod role;
pub(crate) mod specialty;
pub(crate) mod surroundings;
