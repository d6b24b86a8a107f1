//! What comes out: the article, where it came from, and what was left out.

use std::fmt;
use std::ops::Range;

use aidnews_text::Origin;

use crate::Format;

/// An article read from a page.
///
/// Every field is what the page says; `None` and empty lists mean that it does not say. Ranges are bytes of the text
/// that was given to [`PageReader::read`](crate::PageReader::read).
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// How the page was read.
    pub format: Format,
    /// The headline without site, column or 【…】 tag; the lines of a headline pair are joined by `——`.
    pub title: Option<String>,
    /// Where the headline stands in the input (its first line, where it has two).
    pub title_span: Option<Range<usize>>,
    /// The date of publication in ISO 8601, with the time of day where the page gives it.
    pub published: Option<String>,
    /// The source that the page names, or the paper of the dateline.
    pub outlet: Option<String>,
    /// The name of the site the page stands on.
    pub site: Option<String>,
    /// The page's address.
    pub url: Option<String>,
    /// Names in bylines.
    pub authors: Vec<String>,
    /// Names of editors and proof-readers.
    pub editors: Vec<String>,
    /// The paragraphs of the article, joined by `\n`. Empty where the page holds no article.
    pub text: String,
    /// From `text` to the input.
    pub origin: Origin,
    /// Year, month and day read from the names of the article's images, in their order.
    pub image_dates: Vec<(i16, i8, i8)>,
    /// What was left out of `text`, in the order of the input.
    pub removed: Vec<Removed>,
}

/// A line of the page that is not part of the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// Bytes of the input.
    pub span: Range<usize>,
    /// Why it was left out.
    pub reason: Reason,
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// Why a line was left out. The names that [`Reason::as_str`] returns stay the same between versions.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Reason {
            $($(#[$doc])* $name,)*
        }

        impl Reason {
            /// Every reason, in the order of their declaration.
            pub const ALL: &'static [Reason] = &[$(Reason::$name,)*];

            /// Returns the reason's stable name.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Reason::$name => $text,)*
                }
            }
        }
    };
}

reasons! {
    /// Stands outside the article's stretch of the page and says nothing else about itself.
    Outside = "outside",
    /// Menus and breadcrumbs.
    Navigation = "navigation",
    /// Buttons: print, font size, like.
    Tool = "tool",
    /// Share bars and QR codes.
    Share = "share",
    /// The headline itself.
    Title = "title",
    /// Date, source, authors, editors.
    Fields = "fields",
    /// Names in brackets that close the article.
    Byline = "byline",
    /// Summaries, editor's notes and original titles.
    Summary = "summary",
    /// Repeats what the article says elsewhere.
    Repeat = "repeat",
    /// Captions and picture credits.
    Caption = "caption",
    /// Names of image files.
    Image = "image",
    /// Other articles.
    Related = "related",
    /// Readers' comments.
    Comment = "comment",
    /// Copyright, disclaimers, registration numbers.
    Legal = "legal",
    /// Advertisements.
    Advert = "advert",
    /// Calendars, counters, signs.
    Widget = "widget",
    /// Not shown to a reader of the page.
    Hidden = "hidden",
    /// Repeats on other pages of the site.
    Site = "site",
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
