//! Which kind of input a text is. (Stands in for the text crate's own until that is there.)

/// The two kinds of input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Mark-up.
    Html,
    /// A page flattened to lines of plain text.
    Text,
}

impl Format {
    /// Returns the format of `text`, judged by the tags near its start.
    pub fn detect(text: &str) -> Format {
        let head = &text[..text.floor_char_boundary(4_000)];
        let lower = head.to_ascii_lowercase();
        let known = [
            "<!doctype html",
            "<html",
            "<head",
            "<body",
            "<div",
            "<p>",
            "<p ",
            "<section",
            "<article",
            "<table",
            "<meta",
        ];
        if known.iter().any(|tag| lower.contains(tag)) {
            Format::Html
        } else {
            Format::Text
        }
    }
}
