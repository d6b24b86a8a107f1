//! What a page says about its own encoding.

use super::DecidedBy;

/// How far into a page a declaration is looked for, in bytes.
const HEAD: usize = 4096;

/// Returns the encoding label that `<meta>` or an XML declaration at the head of `bytes` gives.
pub(super) fn declaration(bytes: &[u8]) -> Option<(String, DecidedBy)> {
    let head = &bytes[..bytes.len().min(HEAD)];
    xml(head)
        .map(|label| (label, DecidedBy::Xml))
        .or_else(|| meta(head).map(|label| (label, DecidedBy::Meta)))
}

fn xml(head: &[u8]) -> Option<String> {
    let at = head.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let rest = head[at..].strip_prefix(b"<?xml")?;
    let end = rest.iter().position(|&byte| byte == b'>')?;
    label_after(&rest[..end], b"encoding")
}

fn meta(head: &[u8]) -> Option<String> {
    let mut rest = head;
    while let Some(at) = find(rest, b"<meta") {
        rest = &rest[at + 5..];
        let end = rest.iter().position(|&byte| byte == b'>').unwrap_or(rest.len());
        if let Some(label) = label_after(&rest[..end], b"charset") {
            return Some(label);
        }
        rest = &rest[end..];
    }
    None
}

/// Returns the value of `name=value` in a tag, with or without quotes.
fn label_after(tag: &[u8], name: &[u8]) -> Option<String> {
    let mut rest = tag;
    while let Some(at) = find(rest, name) {
        rest = &rest[at + name.len()..];
        let value = rest.trim_ascii_start();
        if let Some(value) = value.strip_prefix(b"=") {
            let label: String = value
                .iter()
                .skip_while(|byte| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\''))
                .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.'))
                .map(|&byte| char::from(byte))
                .collect();
            return (!label.is_empty()).then_some(label);
        }
    }
    None
}

/// Finds `needle`, given in lower case, in `haystack` whatever its case.
fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut starts = memchr::memchr2_iter(first, first.to_ascii_uppercase(), haystack);
    let matches = |at: &usize| {
        haystack.get(*at..at + needle.len()).is_some_and(|found| found.eq_ignore_ascii_case(needle))
    };
    starts.find(matches)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_read() {
        for (page, label) in [
            ("<html><meta charset=\"GB2312\">", Some("GB2312")),
            ("<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset = gbk'>", Some("gbk")),
            ("<meta name=description content=charset><meta charset=big5>", Some("big5")),
            ("<?xml version=\"1.0\" encoding='UTF-8'?><a/>", Some("UTF-8")),
            ("charset=gbk", None),
            ("<meta charset=>", None),
            ("<meta", None),
        ] {
            assert_eq!(declaration(page.as_bytes()).map(|found| found.0).as_deref(), label, "{page}");
        }
    }
}
