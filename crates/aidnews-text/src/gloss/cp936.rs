//! The two-byte code of clone sites: GBK as cp936 had it before GB18030 moved characters about.

use std::sync::OnceLock;

/// A lead byte and a trail byte.
pub(super) type Pair = (u8, u8);

const LEADS: std::ops::RangeInclusive<u8> = 0x81..=0xfe;

/// Both directions of the code.
pub(super) struct Cp936 {
    /// From `lead << 8 | trail` to a code unit; 0 where there is no character.
    characters: Vec<u16>,
    /// From code unit to pair; 0 where there is none.
    pairs: Vec<u16>,
}

impl Cp936 {
    /// Returns the code, made on first use in some 300 µs.
    pub(super) fn get() -> &'static Cp936 {
        static CODE: OnceLock<Cp936> = OnceLock::new();
        CODE.get_or_init(Cp936::new)
    }

    fn new() -> Cp936 {
        let mut code = Cp936 { characters: vec![0; 0x1_0000], pairs: vec![0; 0x1_0000] };
        let pairs: Vec<Pair> = LEADS.flat_map(|lead| (0x40..=0xfe).map(move |trail| (lead, trail))).collect();
        for (lead, trail) in pairs.into_iter().filter(|pair| pair.1 != 0x7f) {
            let character = moved(lead, trail).or_else(|| standard(lead, trail));
            if let Some(unit) = character {
                let pair = u16::from_be_bytes([lead, trail]);
                code.characters[usize::from(pair)] = unit;
                let known = &mut code.pairs[usize::from(unit)];
                if *known == 0 {
                    *known = pair;
                }
            }
        }
        code
    }

    /// Returns the pair that encodes `character`.
    pub(super) fn pair(&self, character: char) -> Option<Pair> {
        let pair = self.pairs.get(character as usize).copied().unwrap_or(0).to_be_bytes();
        (pair[0] != 0).then_some((pair[0], pair[1]))
    }

    /// Returns the character that a pair encodes.
    pub(super) fn character(&self, lead: u8, trail: u8) -> Option<char> {
        let unit = self.characters[usize::from(u16::from_be_bytes([lead, trail]))];
        char::from_u32(u32::from(unit)).filter(|_| unit != 0)
    }
}

/// Returns the private-use character of the pairs that GB18030 gave to others later.
fn moved(lead: u8, trail: u8) -> Option<u16> {
    let pair = u16::from_be_bytes([lead, trail]);
    match pair {
        0xfe50..=0xfea0 => Some(0xe815 + (pair - 0xfe50) - u16::from(trail > 0x7f)),
        0xa989..=0xa995 => Some(0xe7e7 + (pair - 0xa989)),
        0xa8bc => Some(0xe7c7),
        0xa8bf => Some(0xe7c8),
        0xa6d9..=0xa6df => Some(0xe78d + (pair - 0xa6d9)),
        0xa6ec..=0xa6ed => Some(0xe794 + (pair - 0xa6ec)),
        0xa6f3 => Some(0xe796),
        _ => None,
    }
}

fn standard(lead: u8, trail: u8) -> Option<u16> {
    let bytes = [lead, trail];
    let text = encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(&bytes)?;
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) => u16::try_from(character as u32).ok(),
        _ => None,
    }
}
