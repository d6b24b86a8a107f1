//! Bytes → text: which encoding they are in, and what could not be read.
//!
//! In: any bytes, and what the sender or the page says about them. Out: text with a map to the bytes, and a report. In
//! this order: a byte order mark decides; text that is valid UTF-8 is UTF-8; a declaration (the caller's hint, `<meta>`,
//! an XML declaration) holds unless the bytes contradict it; else the encoding is detected on a sample taken past the
//! ASCII mark-up. GB2312 and GBK are read as GB18030, Big5 with HKSCS.
//!
//! What it declines to do: fail. Bytes that are malformed become U+FFFD, counted and located. Encodings with shift
//! states (ISO-2022-JP) are read, but their map is one unit.

mod declared;
mod judge;
mod units;

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::{DecoderResult, Encoding, UTF_8};

use crate::origin::{Origin, OriginBuilder};

/// How many malformed places are located; all are counted.
pub const MAX_LOCATED: usize = 1000;

/// How the encoding of a text was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DecidedBy {
    /// The bytes begin with a byte order mark.
    Mark,
    /// The caller's hint, for example from an HTTP header.
    Hint,
    /// A `<meta>` element of the page.
    Meta,
    /// The XML declaration of the page.
    Xml,
    /// The bytes are valid UTF-8 and nothing more need be known.
    Valid,
    /// The bytes were looked at.
    Detected,
}

/// What decoding did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodingReport {
    /// The encoding's name, lower case: `utf-8`, `gb18030`, `big5`, `utf-16le` …
    pub name: String,
    /// What decided it.
    pub decided_by: DecidedBy,
    /// How many malformed sequences became U+FFFD.
    pub malformed: u64,
    /// Where the first [`MAX_LOCATED`] of them stand, in bytes of the source.
    pub malformed_at: Vec<Range<usize>>,
    /// The declared label the bytes contradict, if one was overruled.
    pub overruled: Option<String>,
}

/// A text after decoding.
#[derive(Debug, Clone)]
pub struct Decoded<'a> {
    /// The text, without a byte order mark; borrowed where the bytes are UTF-8.
    pub text: Cow<'a, str>,
    /// The map from `text` to the bytes.
    pub origin: Origin,
    /// What was decided and what could not be read.
    pub encoding: EncodingReport,
}

/// Reads `bytes` as text; `charset` is what the sender says, for example the `charset` of an HTTP header.
///
/// Linear in the bytes; at most a few dozen kilobytes are looked at to decide the encoding. Valid UTF-8 is borrowed.
///
/// # Examples
///
/// ```
/// use aidnews_text::{DecidedBy, decode};
/// let bytes = b"<meta charset=gb2312><p>\xB6\xD4\xBF\xDA\xD6\xA7\xD4\xAE</p>";
/// let decoded = decode(bytes, None);
/// assert!(decoded.text.contains("对口支援"));
/// assert_eq!((decoded.encoding.name.as_str(), decoded.encoding.decided_by), ("gb18030", DecidedBy::Meta));
/// let at = decoded.text.find("支援").unwrap();
/// assert_eq!(decoded.origin.locate(at..at + 6), 28..32);
/// ```
pub fn decode<'a>(bytes: &'a [u8], charset: Option<&str>) -> Decoded<'a> {
    let choice = judge::choose(bytes, charset);
    let body = &bytes[choice.mark_len..];
    let mut map = OriginBuilder::new();
    map.delete(choice.mark_len);
    let mut damage = Damage { count: 0, places: Vec::new() };
    let text = if choice.encoding == UTF_8 {
        decode_utf8(body, choice.mark_len, &mut map, &mut damage)
    } else {
        Cow::Owned(decode_other(choice.encoding, body, choice.mark_len, &mut map, &mut damage))
    };
    let encoding = EncodingReport {
        name: choice.encoding.name().to_ascii_lowercase(),
        decided_by: choice.decided_by,
        malformed: damage.count,
        malformed_at: damage.places,
        overruled: choice.overruled,
    };
    Decoded { text, origin: map.finish(), encoding }
}

/// The malformed sequences of a text.
struct Damage {
    count: u64,
    places: Vec<Range<usize>>,
}

impl Damage {
    fn note(&mut self, at: usize, len: usize) {
        self.count += 1;
        if self.places.len() < MAX_LOCATED {
            self.places.push(at..at + len);
        }
    }
}

fn decode_utf8<'a>(
    body: &'a [u8],
    offset: usize,
    map: &mut OriginBuilder,
    damage: &mut Damage,
) -> Cow<'a, str> {
    if let Ok(text) = simdutf8::basic::from_utf8(body) {
        map.copy(text.len());
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(body.len() + 16);
    let mut at = offset;
    for chunk in body.utf8_chunks() {
        text.push_str(chunk.valid());
        map.copy(chunk.valid().len());
        at += chunk.valid().len();
        let bad = chunk.invalid().len();
        if bad > 0 {
            text.push('\u{FFFD}');
            map.replace(bad, 3);
            damage.note(at, bad);
            at += bad;
        }
    }
    Cow::Owned(text)
}

fn decode_other(
    encoding: &'static Encoding,
    body: &[u8],
    offset: usize,
    map: &mut OriginBuilder,
    damage: &mut Damage,
) -> String {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(body.len() + body.len() / 2 + 16);
    let mut read = 0;
    // Where the map has got to, in `body` and in `text`.
    let (mut mapped, mut written) = (0, 0);
    loop {
        let (result, consumed) = decoder.decode_to_string_without_replacement(&body[read..], &mut text, true);
        read += consumed;
        match result {
            DecoderResult::InputEmpty => {
                units::map_units(encoding, &body[mapped..], &text[written..], map);
                return text;
            }
            DecoderResult::OutputFull => text.reserve(body.len() - read + 64),
            DecoderResult::Malformed(bad, after) => {
                // The decoder may have read a little past the malformed bytes.
                let end = read - usize::from(after);
                let start = end - usize::from(bad);
                units::map_units(encoding, &body[mapped..start], &text[written..], map);
                damage.note(offset + start, usize::from(bad));
                text.push('\u{FFFD}');
                map.replace(usize::from(bad), 3);
                (mapped, written) = (end, text.len());
            }
        }
    }
}
