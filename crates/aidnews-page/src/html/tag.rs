//! What an element means for reading: does it break lines, is its content shown, is it a box.

/// The kinds of elements the reader distinguishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tag {
    Root,
    /// A box that may hold others: div, section, td, ul, …
    Box,
    Article,
    Main,
    Paragraph,
    /// h1 to h6.
    Heading(u8),
    Item,
    /// nav, aside, header, footer, form: seldom holds an article.
    Aside,
    Caption,
    Quote,
    Link,
    Inline,
    /// br, hr: breaks the line and holds nothing.
    Break,
    /// img, input, …: holds nothing and breaks nothing.
    Void,
    Image,
    Meta,
    /// Content is never read as mark-up: script, style, …
    Raw,
    Title,
    /// Content is mark-up but not shown as text: select, svg, …
    Silent,
}

impl Tag {
    /// Returns the kind of the element called `name`, in any case; unknown names are inline, as in browsers.
    pub(crate) fn of(name: &str) -> Tag {
        let mut buffer = [0; 12];
        let Some(lower) = buffer.get_mut(..name.len()) else {
            return Tag::Inline;
        };
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        match &*lower {
            b"p" => Tag::Paragraph,
            b"div" | b"section" | b"td" | b"th" | b"ul" | b"ol" | b"dl" | b"table" | b"tbody" | b"thead"
            | b"tfoot" | b"tr" | b"center" | b"body" | b"html" | b"fieldset" | b"figure" | b"details"
            | b"address" | b"head" => Tag::Box,
            b"article" => Tag::Article,
            b"main" => Tag::Main,
            b"h1" => Tag::Heading(1),
            b"h2" => Tag::Heading(2),
            b"h3" => Tag::Heading(3),
            b"h4" => Tag::Heading(4),
            b"h5" => Tag::Heading(5),
            b"h6" => Tag::Heading(6),
            b"li" | b"dt" | b"dd" => Tag::Item,
            b"nav" | b"aside" | b"footer" | b"header" | b"form" | b"menu" | b"dialog" => Tag::Aside,
            b"figcaption" | b"caption" => Tag::Caption,
            b"blockquote" | b"pre" => Tag::Quote,
            b"a" => Tag::Link,
            b"br" | b"hr" => Tag::Break,
            b"img" | b"mip-img" | b"amp-img" => Tag::Image,
            b"input" | b"area" | b"wbr" | b"source" | b"col" | b"embed" | b"param" | b"track" | b"link"
            | b"base" => Tag::Void,
            b"meta" => Tag::Meta,
            b"script" | b"style" | b"textarea" | b"xmp" | b"iframe" | b"noembed" | b"noframes"
            | b"noscript" | b"plaintext" => Tag::Raw,
            b"title" => Tag::Title,
            b"select" | b"svg" | b"canvas" | b"object" | b"template" | b"audio" | b"video" | b"button"
            | b"math" => Tag::Silent,
            _ => Tag::Inline,
        }
    }

    /// Returns whether the element ends the line before and after it.
    pub(crate) fn is_block(self) -> bool {
        !matches!(
            self,
            Tag::Link
                | Tag::Inline
                | Tag::Void
                | Tag::Image
                | Tag::Meta
                | Tag::Raw
                | Tag::Silent
                | Tag::Title
        )
    }

    /// Returns whether the element can have content.
    pub(crate) fn holds_content(self) -> bool {
        !matches!(self, Tag::Break | Tag::Void | Tag::Image | Tag::Meta | Tag::Raw | Tag::Title)
    }
}
