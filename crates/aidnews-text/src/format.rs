//! Whether a text is HTML.

/// How far into a text mark-up is looked for, in bytes.
const HEAD: usize = 64 * 1024;

/// The form of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// A page or a fragment of HTML: tags and entities mean something.
    Html,
    /// Plain text: anything that looks like a tag or an entity was left behind by someone.
    Text,
}

/// Names of elements that only stand at the top of a page.
const PAGE_TAGS: [&str; 4] = ["!doctype html", "html", "head", "body"];
/// Names of elements that pages are made of.
const CONTENT_TAGS: [&str; 17] = [
    "a", "article", "br", "div", "font", "h1", "h2", "img", "li", "meta", "p", "script", "section", "span",
    "strong", "table", "td",
];
/// A text with fewer content tags is plain text with something left in it.
const FEWEST_TAGS: usize = 3;

impl Format {
    /// Returns the form of `text`, from tags in its first 64 KiB.
    ///
    /// A tag of a page's frame decides; else three content tags do, if one of them stands within each 2,000 bytes on
    /// average. A dump with a forgotten `<br>` is plain text.
    ///
    /// # Examples
    ///
    /// ```
    /// use aidnews_text::Format;
    /// assert_eq!(Format::detect("<!DOCTYPE html><title>新闻</title>"), Format::Html);
    /// assert_eq!(Format::detect("<p>一</p><p>二</p><p>三</p>"), Format::Html);
    /// assert_eq!(Format::detect("第一段<br>第二段 a<b"), Format::Text);
    /// ```
    pub fn detect(text: &str) -> Format {
        let head = &text.as_bytes()[..text.len().min(HEAD)];
        let mut content = 0;
        for start in memchr::memchr_iter(b'<', head) {
            let tag = &head[start + 1..];
            if PAGE_TAGS.iter().any(|name| names(tag, name)) {
                return Format::Html;
            }
            content += usize::from(CONTENT_TAGS.iter().any(|name| names(tag, name)));
        }
        let dense = content >= FEWEST_TAGS && content * 2000 >= head.len();
        if dense { Format::Html } else { Format::Text }
    }

    /// Returns the name records use: `html` or `text`.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Html => "html",
            Format::Text => "text",
        }
    }
}

/// Returns whether a tag, given without its `<`, has this name.
fn names(tag: &[u8], name: &str) -> bool {
    let Some((found, rest)) = tag.split_at_checked(name.len()) else {
        return false;
    };
    found.eq_ignore_ascii_case(name.as_bytes())
        && matches!(rest.first(), Some(b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r'))
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn forms() {
        for (text, format) in [
            ("", Format::Text),
            ("<html lang=zh>", Format::Html),
            ("<HEAD>", Format::Html),
            ("<?xml version='1.0'?><div><p>新闻</p><br/></div>", Format::Html),
            ("<div><a href=x>", Format::Text),
            ("新闻 <来源> <<通知>> a < b", Format::Text),
            ("对口支援</p>", Format::Text),
        ] {
            assert_eq!(Format::detect(text), format, "{text}");
        }
    }

    #[test]
    fn sparse_leftovers_do_not_make_a_page() {
        let text = format!("{}<br>{0}<br>{0}<br>", "新闻".repeat(2000));
        assert_eq!(Format::detect(&text), Format::Text);
    }
}
