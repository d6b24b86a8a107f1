//! The map of a well-formed stretch in a legacy encoding: which bytes each character came from.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, ISO_2022_JP, SHIFT_JIS, UTF_16BE, UTF_16LE};

use crate::origin::OriginBuilder;

/// Says to `map` how the well-formed `bytes` became `text`.
pub(super) fn map_units(encoding: &'static Encoding, bytes: &[u8], text: &str, map: &mut OriginBuilder) {
    if encoding == ISO_2022_JP {
        return map.replace(bytes.len(), text.len());
    }
    let out = text.as_bytes();
    let (mut read, mut written) = (0, 0);
    let mut run = (0, 1, 1);
    while read < bytes.len() && written < out.len() {
        let input = source_len(encoding, &bytes[read..]).min(bytes.len() - read);
        let output = output_len(encoding, &bytes[read..read + input], &out[written..]);
        if (input, output) == (run.1, run.2) {
            run.0 += 1;
        } else {
            map.units(run.0, run.1, run.2);
            run = (1, input, output);
        }
        read += input;
        written += output;
    }
    map.units(run.0, run.1, run.2);
    // Nothing is left unless an encoding breaks the rules above; then the rest is one unit.
    map.replace(bytes.len() - read, out.len() - written);
}

/// Returns how many bytes the character at the start of `bytes` takes.
fn source_len(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    let lead = bytes[0];
    if encoding == UTF_16LE || encoding == UTF_16BE {
        let high = if encoding == UTF_16LE { bytes.get(1).copied().unwrap_or(0) } else { lead };
        return if (0xD8..0xDC).contains(&high) { 4 } else { 2 };
    }
    if lead < 0x80 {
        return 1;
    }
    if encoding == GB18030 || encoding == GBK {
        return match bytes.get(1) {
            _ if lead == 0x80 => 1,
            Some(0x30..=0x39) => 4,
            _ => 2,
        };
    }
    if encoding == SHIFT_JIS {
        return if matches!(lead, 0x80 | 0xA0..=0xDF) { 1 } else { 2 };
    }
    if encoding == EUC_JP {
        return if lead == 0x8F { 3 } else { 2 };
    }
    if encoding == BIG5 || encoding == EUC_KR { 2 } else { 1 }
}

/// Returns how many bytes of `out` the character `source` became.
fn output_len(encoding: &'static Encoding, source: &[u8], out: &[u8]) -> usize {
    let first = utf8_len(out[0]);
    // Four pairs of Big5 with HKSCS are a letter and a combining mark.
    let two = encoding == BIG5 && matches!(source, [0x88, 0x62 | 0x64 | 0xA3 | 0xA5]);
    match out.get(first) {
        Some(&second) if two => first + utf8_len(second),
        _ => first,
    }
}

fn utf8_len(lead: u8) -> usize {
    match lead {
        0..0x80 => 1,
        0x80..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}
