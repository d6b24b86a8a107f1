//! Which encoding bytes are in.
//!
//! A declaration is believed unless another encoding reads the bytes clearly better. How well an encoding reads them is
//! measured on a sample: malformed sequences, and the share of characters that are common in Chinese text. Big5 read as
//! GBK is well-formed nearly everywhere, but its characters are rare ones; that is what the second measure sees. It
//! fails on texts of a few characters, where the declaration, then chardetng's guess, stands.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};

use super::{DecidedBy, declared};
use crate::han::{big5_common, gb2312_common};

/// How many bytes are looked at to decide.
const SAMPLE: usize = 16 * 1024;
/// How many of them the detector sees.
const DETECTED: usize = 4 * 1024;
/// ASCII stretches longer than this are mark-up and are left out of the sample.
const LONGEST_ASCII: usize = 16;
/// A score from which on nothing better is looked for, in parts of a thousand.
const GOOD: i64 = 900;
/// By how many parts of a thousand another encoding must read better to overrule a declaration.
const OVERRULE_MARGIN: i64 = 200;

/// The encoding of some bytes.
pub(super) struct Choice {
    pub(super) encoding: &'static Encoding,
    pub(super) decided_by: DecidedBy,
    /// Bytes of the byte order mark.
    pub(super) mark_len: usize,
    pub(super) overruled: Option<String>,
}

impl Choice {
    fn new(encoding: &'static Encoding, decided_by: DecidedBy) -> Choice {
        Choice { encoding, decided_by, mark_len: 0, overruled: None }
    }
}

/// Decides the encoding of `bytes`.
pub(super) fn choose(bytes: &[u8], hint: Option<&str>) -> Choice {
    let mark = Encoding::for_bom(bytes);
    let claims = claims(bytes, hint);
    let mut choice = match mark {
        Some((encoding, mark_len)) => Choice { mark_len, ..Choice::new(encoding, DecidedBy::Mark) },
        None => choose_without_mark(bytes, &claims),
    };
    // The strongest claim that was not followed is the one that was overruled.
    let first = claims.first().filter(|claim| claim.encoding != choice.encoding);
    choice.overruled = first.filter(|claim| !harmless(claim, bytes)).map(|claim| claim.label.clone());
    choice
}

/// What someone says the encoding is.
struct Claim {
    label: String,
    encoding: &'static Encoding,
    by: DecidedBy,
}

fn claims(bytes: &[u8], hint: Option<&str>) -> Vec<Claim> {
    let hint = hint.map(|label| (label.to_owned(), DecidedBy::Hint));
    hint.into_iter()
        .chain(declared::declaration(bytes))
        .filter_map(|(label, by)| Some(Claim { encoding: named(&label, by)?, label, by }))
        .collect()
}

/// Returns the encoding a label means, with every GB label read as GB18030.
fn named(label: &str, by: DecidedBy) -> Option<&'static Encoding> {
    let encoding =
        Encoding::for_label(label.trim().as_bytes()).filter(|encoding| *encoding != REPLACEMENT)?;
    if encoding == GBK {
        return Some(GB18030);
    }
    // A declaration that can be read byte by byte is not in UTF-16, whatever it says.
    let wide = encoding == UTF_16LE || encoding == UTF_16BE;
    Some(if wide && by != DecidedBy::Hint { UTF_8 } else { encoding })
}

/// Returns whether not following `claim` changes nothing, because the text is ASCII.
fn harmless(claim: &Claim, bytes: &[u8]) -> bool {
    let wide = claim.encoding == UTF_16LE || claim.encoding == UTF_16BE;
    !wide && bytes.is_ascii()
}

fn choose_without_mark(bytes: &[u8], claims: &[Claim]) -> Choice {
    if let Some(encoding) = wide(bytes) {
        let claim = claims.iter().find(|claim| claim.encoding == encoding);
        return Choice::new(encoding, claim.map_or(DecidedBy::Detected, |claim| claim.by));
    }
    if simdutf8::basic::from_utf8(bytes).is_ok() && (claims.is_empty() || surely_utf8(bytes, claims)) {
        let claim = claims.iter().find(|claim| claim.encoding == UTF_8);
        return Choice::new(UTF_8, claim.map_or(DecidedBy::Valid, |claim| claim.by));
    }
    judge(&sample(bytes), claims)
}

/// Returns whether valid UTF-8 under claims of something else is more than an accident.
///
/// A three-byte sequence in GBK or Big5 text would be one and a half characters; one of them is evidence enough unless
/// the text is tiny. Sequences of two bytes are pairs in those encodings too and prove nothing.
fn surely_utf8(bytes: &[u8], claims: &[Claim]) -> bool {
    bytes.is_ascii() || claims[0].encoding == UTF_8 || bytes.iter().any(|&byte| byte >= 0xE0)
}

/// Recognises UTF-16 without a byte order mark by its zero bytes and by the rows of Chinese text.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.len() < 4 || bytes.len() % 2 == 1 || memchr::memchr(0, sample).is_none() {
        return None;
    }
    let zeros = sample.iter().filter(|&&byte| byte == 0).count();
    let usual = |high: u8| matches!(high, 0x00 | 0x20 | 0x30 | 0x4E..=0x9F | 0xFF);
    let share = |from: usize| sample.iter().skip(from).step_by(2).filter(|&&high| usual(high)).count();
    let (low_first, high_first) = (share(1), share(0));
    let units = sample.len() / 2;
    if zeros * 100 < units {
        return None;
    }
    match (low_first * 20 >= units * 19, high_first * 20 >= units * 19) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        // Text that is nearly all ASCII fits both ways; the zeros tell.
        (true, true) => {
            let odd_zeros = sample.iter().skip(1).step_by(2).filter(|&&byte| byte == 0).count();
            if odd_zeros * 2 > zeros { Some(UTF_16LE) } else { Some(UTF_16BE) }
        }
        (false, false) => None,
    }
}

/// Returns up to [`SAMPLE`] bytes of `bytes` from the first non-ASCII byte on, without long ASCII stretches.
fn sample(bytes: &[u8]) -> Vec<u8> {
    let mut sample = Vec::with_capacity(SAMPLE.min(bytes.len()));
    let mut rest = bytes;
    while sample.len() < SAMPLE {
        let Some(start) = rest.iter().position(|byte| !byte.is_ascii()) else {
            break;
        };
        rest = &rest[start..];
        let mut end = 0;
        let mut ascii = 0;
        while end < rest.len() && ascii <= LONGEST_ASCII && sample.len() + end < SAMPLE {
            ascii = if rest[end].is_ascii() { ascii + 1 } else { 0 };
            end += 1;
        }
        sample.extend_from_slice(&rest[..end]);
        // The cut can only fall into ASCII, and a trail byte may look like ASCII: a space keeps pairs apart.
        sample.push(b' ');
        rest = &rest[end..];
    }
    sample
}

fn judge(sample: &[u8], claims: &[Claim]) -> Choice {
    if let Some(claim) = claims.first()
        && score(claim.encoding, sample) >= GOOD
    {
        return Choice::new(claim.encoding, claim.by);
    }
    let guess = detect(sample);
    if claims.is_empty() && score(guess, sample) >= GOOD {
        return Choice::new(guess, DecidedBy::Detected);
    }
    let scored = |encoding: &'static Encoding| (score(encoding, sample), encoding);
    let best = [guess, UTF_8, GB18030, BIG5].into_iter().map(scored).reduce(|best, next| {
        // On equal terms the earlier stands: chardetng knows more languages than the score.
        if next.0 > best.0 { next } else { best }
    });
    let (best_score, best) = best.unwrap_or((0, guess));
    for claim in claims {
        if score(claim.encoding, sample) + OVERRULE_MARGIN >= best_score {
            return Choice::new(claim.encoding, claim.by);
        }
    }
    Choice::new(
        if best_score > score(guess, sample) + OVERRULE_MARGIN { best } else { guess },
        DecidedBy::Detected,
    )
}

/// Asks chardetng, with up to [`DETECTED`] bytes: its cost is that of some twenty decoders.
fn detect(sample: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&sample[..sample.len().min(DETECTED)], sample.len() <= DETECTED);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Allow);
    if guess == GBK { GB18030 } else { guess }
}

/// Scores how well an encoding reads a sample, in parts of a thousand: the share of common characters among those
/// beyond ASCII, less three for each malformed one.
fn score(encoding: &'static Encoding, sample: &[u8]) -> i64 {
    let (text, _) = encoding.decode_without_bom_handling(sample);
    let (mut common, mut bad, mut all) = (0i64, 0i64, 0i64);
    for character in text.chars().filter(|character| !character.is_ascii()) {
        all += 1;
        common += i64::from(is_common(character));
        bad += i64::from(character == '\u{FFFD}');
    }
    if all == 0 { 1000 } else { (common - 3 * bad) * 1000 / all }
}

/// Returns whether a character is common in Chinese text of either script: Chinese punctuation, GB2312's first level,
/// Big5's first level.
fn is_common(character: char) -> bool {
    match character {
        '\u{3001}'..='\u{3011}' | '\u{2014}'..='\u{2026}' | '·' | '\u{3000}' => true,
        '\u{FF01}'..='\u{FF5E}' => true,
        _ => gb2312_common().has(character) || big5_common().has(character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLIFIED: &str =
        "新疆生产建设兵团医院与广东省人民医院签订对口支援协议,将在人才培养、学科建设等方面开展合作。";
    const TRADITIONAL: &str = "臺北榮民總醫院與花蓮醫院簽訂合作協議，將在人才培訓、醫療技術等方面提供支援。";

    fn named_choice(bytes: &[u8], hint: Option<&str>) -> (&'static str, DecidedBy, Option<String>) {
        let choice = choose(bytes, hint);
        (choice.encoding.name(), choice.decided_by, choice.overruled)
    }

    #[test]
    fn undeclared_text_is_detected() {
        let gbk = |text| GBK.encode(text).0.into_owned();
        let big5 = |text| BIG5.encode(text).0.into_owned();
        for (bytes, name) in [
            (gbk(SIMPLIFIED), "gb18030"),
            (gbk(TRADITIONAL), "gb18030"),
            (big5(TRADITIONAL), "Big5"),
            (SIMPLIFIED.as_bytes().to_vec(), "UTF-8"),
            (SIMPLIFIED.encode_utf16().flat_map(u16::to_le_bytes).collect(), "UTF-16LE"),
            (SIMPLIFIED.encode_utf16().flat_map(u16::to_be_bytes).collect(), "UTF-16BE"),
        ] {
            assert_eq!(named_choice(&bytes, None).0, name);
        }
    }

    #[test]
    fn false_declarations_are_overruled() {
        let gbk = GBK.encode(SIMPLIFIED).0.into_owned();
        let big5 = BIG5.encode(TRADITIONAL).0.into_owned();
        let overruled = |label: &str| Some(label.to_owned());
        for (bytes, hint, name, by, over) in [
            (&gbk[..], "utf-8", "gb18030", DecidedBy::Detected, overruled("utf-8")),
            (&big5, "gbk", "Big5", DecidedBy::Detected, overruled("gbk")),
            (&gbk, "big5", "gb18030", DecidedBy::Detected, overruled("big5")),
            (SIMPLIFIED.as_bytes(), "gb2312", "UTF-8", DecidedBy::Valid, overruled("gb2312")),
            (&gbk, "iso-8859-1", "gb18030", DecidedBy::Detected, overruled("iso-8859-1")),
            (&gbk, "gb2312", "gb18030", DecidedBy::Hint, None),
            (&gbk, "no such label", "gb18030", DecidedBy::Detected, None),
        ] {
            assert_eq!(named_choice(bytes, Some(hint)), (name, by, over), "{hint}");
        }
    }

    #[test]
    fn a_few_bad_bytes_do_not_overrule() {
        let mut bytes = SIMPLIFIED.repeat(20).into_bytes();
        bytes.truncate(bytes.len() - 1);
        assert_eq!(named_choice(&bytes, Some("utf-8")), ("UTF-8", DecidedBy::Hint, None));
        assert_eq!(named_choice(&bytes, None).0, "UTF-8");
        let mut bytes = GBK.encode(&SIMPLIFIED.repeat(20)).0.into_owned();
        bytes.insert(101, 0xFF);
        assert_eq!(named_choice(&bytes, None).0, "gb18030");
    }

    #[test]
    fn the_sample_reaches_past_markup() {
        let page = format!("{}{}", "<div class='x'></div>".repeat(5000), SIMPLIFIED);
        let bytes = GBK.encode(&page).0.into_owned();
        assert_eq!(named_choice(&bytes, None).0, "gb18030");
        assert!(sample(&bytes).len() < 200);
    }
}
