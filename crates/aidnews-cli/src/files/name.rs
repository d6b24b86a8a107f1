//! Paths as text, without loss.
//!
//! Nearly every path is its own name. Bytes that are no UTF-8 are written `\xHH`; so that the name leads back to
//! one path only, a backslash that is followed by `x` and two hexadecimal digits is written `\x5C` as well.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Returns the name of a path.
#[cfg(unix)]
pub(crate) fn shown(path: &Path) -> String {
    use std::os::unix::ffi::OsStrExt;
    let mut name = String::new();
    for chunk in path.as_os_str().as_bytes().utf8_chunks() {
        for (at, letter) in chunk.valid().char_indices() {
            if letter == '\\' && escape(&chunk.valid().as_bytes()[at..]).is_some() {
                name.push_str("\\x5C");
            } else {
                name.push(letter);
            }
        }
        for byte in chunk.invalid() {
            name.push_str(&format!("\\x{byte:02X}"));
        }
    }
    name
}

/// Returns the path that has this name.
#[cfg(unix)]
pub(crate) fn path_of_name(name: &str) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        if let Some(byte) = escape(rest) {
            bytes.push(byte);
            rest = &rest[4..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    PathBuf::from(OsString::from_vec(bytes))
}

/// The byte that a leading `\xHH` stands for.
#[cfg(unix)]
fn escape(text: &[u8]) -> Option<u8> {
    let [b'\\', b'x', high, low, ..] = text else {
        return None;
    };
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
}

/// Returns the name of a path.
#[cfg(not(unix))]
pub(crate) fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Returns the path that has this name.
#[cfg(not(unix))]
pub(crate) fn path_of_name(name: &str) -> PathBuf {
    PathBuf::from(OsString::from(name))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    #[test]
    fn every_path_has_one_name_and_every_name_leads_back() {
        for (bytes, name) in [
            ("新闻/a b.html".as_bytes(), "新闻/a b.html"),
            (b"\xd0\xc2\xce\xc5.txt", "\\xD0\\xC2\\xCE\\xC5.txt"),
            (b"a\\b", "a\\b"),
            (b"a\\xD0", "a\\x5CxD0"),
            (b"\\\xff", "\\\\xFF"),
            (b"\\x5\xff", "\\x5\\xFF"),
            ("半\u{65b0}".as_bytes().split_last().unwrap().1, "半\\xE6\\x96"),
        ] {
            let path = Path::new(OsStr::from_bytes(bytes));
            assert_eq!(shown(path), name);
            assert_eq!(path_of_name(name), path, "{name}");
        }
    }
}
