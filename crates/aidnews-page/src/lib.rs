//! The article and nothing but the article, from Chinese HTML pages and from flattened dumps.
//!
//! Text goes in (decoded, repaired, Simplified where wanted); a [`Page`] comes out: headline, date of publication,
//! outlet, authors, editors, the paragraphs of the article, an [`Origin`] from every byte of
//! them to the input, and a list of everything that was left out, with the reason.
//!
//! Both kinds of input take one way: HTML is flattened to lines that remember their boxes, links and classes; a dump
//! has its lines already. One classifier with Chinese phrases (`lexicon/`) judges every line, and the article is the
//! stretch of lines with the best sum of weights, with holes.
//!
//! ```
//! use aidnews_page::{PageHint, PageReader};
//!
//! let dump = "首页 > 新闻 > 正文\n两院签订帮扶协议\n2021-10-28 来源：甲地日报 作者：李明\n\
//!             10月27日上午，甲医院与乙医院签订对口帮扶协议，双方将在学科建设等方面合作。\n责任编辑：王芳\n相关阅读\n丙医院开诊\n";
//! let page = PageReader::new().read(dump, &PageHint::default());
//! assert_eq!(page.title.as_deref(), Some("两院签订帮扶协议"));
//! assert_eq!(page.published.as_deref(), Some("2021-10-28"));
//! assert_eq!(page.outlet.as_deref(), Some("甲地日报"));
//! assert_eq!((page.authors, page.editors), (vec!["李明".to_owned()], vec!["王芳".to_owned()]));
//! assert!(page.text.starts_with("10月27日上午") && page.text.ends_with("合作。"));
//! ```
#![warn(missing_docs)]

mod assemble;
mod byline;
mod date;
mod dump;
mod flat;
mod head;
mod html;
mod kind;
mod memory;
mod names;
mod page;
mod reader;
mod region;
mod shape;
mod title;
mod trim;
mod words;

pub use aidnews_text::{Format, Origin};
pub use memory::SiteMemory;
pub use page::{Page, Reason, Removed};
pub use reader::{PageHint, PageReader};
