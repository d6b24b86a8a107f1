//! Dates, numbers, sums of money and counts in written Chinese, as typed values.
//!
//! In goes text, Simplified or Traditional; out come [`Expression`]s: where they stand, what they mean, and what
//! was left open. The scanner is written by hand over characters and word lists (`lexicon/*.tsv`), in linear time.
//! It declines what only looks like a number: 第七人民医院, 一带一路, 5G, COVID-19, 〔2019〕121号.
//!
//! # Examples
//!
//! ```
//! use aidnews_expressions::{Scanner, Value};
//! use jiff::civil::date;
//! # fn main() -> Result<(), aidnews_expressions::LoadError> {
//! let scanner = Scanner::new()?;
//! let text = "今年6月，医疗队近30名专家开展手术100多台。";
//! let found: Vec<_> = scanner.scan(text, Some(date(2021, 10, 28))).collect();
//! assert_eq!(found[0].iso_date().as_deref(), Some("2021-06"));
//! let Value::Count { quantity, counter } = &found[1].value else { panic!() };
//! assert_eq!((quantity.value, *counter), (Some(30.0), "名"));
//! assert_eq!(&text[found[2].span.clone()], "100多台");
//! # Ok(()) }
//! ```

mod amount;
mod article;
mod calendar;
mod export;
mod fold;
mod lexicon;
mod line;
mod numeral;
mod point;
mod quantity;
mod resolve;
mod scan;
mod temporal;
mod value;
mod words;

pub use export::{Export, ExportValue, export};
pub use lexicon::LoadError;
pub use scan::{Expressions, Scanner, Sources};
pub use value::{
    Approx, Clock, DateRange, DateValue, DayPart, DurationValue, Expression, Marks, MeasureKind, PartialDate,
    Quantity, Recurrence, ResolvedBy, TimeUnit, TimeValue, Value,
};
