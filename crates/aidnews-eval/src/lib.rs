//! Scores aidnews records against gold annotations, field by field.
//!
//! Goes in: gold annotations and records, one JSON object a line. Comes out: precision, recall and F1 of every
//! field, micro-averaged over articles, with every item behind the figures. Names match after width, case and
//! punctuation are folded, on any name gold gives; dates match on their value, specialties after a table of
//! names that mean the same, counts on value and measure. Optional gold items are never counted against anybody.
//!
//! Records are read leniently ([`FoundRecord`]), so that other programs can be measured with the same rule.

mod alias;
mod body;
mod compare;
mod field;
mod fold;
mod found;
mod gold;
mod matching;
mod read;
mod report;
mod score;

pub use alias::Aliases;
pub use compare::Comparison;
pub use field::{Field, UnknownField};
pub use fold::fold;
pub use found::{
    FoundArticle, FoundCount, FoundDate, FoundEntity, FoundName, FoundPartnership, FoundRecord, FoundSource,
};
pub use gold::{GoldArticle, GoldCount, GoldDate, GoldEntity, GoldName, GoldPair, Mark};
pub use matching::{Outcome, Verdict};
pub use read::{ReadError, read_gold, read_records};
pub use report::{BodyScore, FieldScore, Report};
pub use score::{Scores, score, score_with};
