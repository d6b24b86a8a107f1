//! Damages clean text as clone sites do: Traditional forms, readings put in byte by byte, a wrong decoder, cuts.
//!
//! The tables are made here again and not taken from the crate, so that a slip in the crate's shows.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use pinyin::ToPinyin;

/// A byte and the character of the clean text it belongs to; `None` for a byte that was put in.
type Traced = (u8, Option<usize>);

/// A visible character and the clean characters its bytes belong to.
type Seen = (char, [Option<usize>; 2]);

/// The clause marks before which sites cut.
const MARKS: [[u8; 2]; 5] = [[0xa1, 0xa3], [0xa3, 0xac], [0xa3, 0xbb], [0xa3, 0xbf], [0xa3, 0xa1]];

/// What became of a character of the clean text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It stands in the damaged text as it was.
    Intact,
    /// Its bytes are both visible, in two characters.
    Split,
    /// At least one byte is gone.
    Lost,
    /// An ASCII character that went with the trail byte before it: nothing can bring it back.
    Swallowed,
}

/// A damaged text and the truth about it.
pub(crate) struct Damaged {
    pub(crate) text: String,
    /// The clean text in Traditional characters, with ASCII punctuation where step N makes it so.
    pub(crate) truth: String,
    /// The fate of each character of `truth`.
    pub(crate) fates: Vec<Fate>,
}

/// A clone site: what it annotates, and how reliably it cuts.
pub(crate) struct Site {
    tables: &'static Tables,
    annotated: BTreeMap<[u8; 2], String>,
    cuts: f64,
    random: Random,
}

/// What all sites have in common.
struct Tables {
    code: BTreeMap<[u8; 2], char>,
    pairs: BTreeMap<char, [u8; 2]>,
    forms: BTreeMap<char, char>,
    /// The common Traditional forms that have a reading.
    common: BTreeMap<char, String>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let code = old_cp936();
    let mut pairs = BTreeMap::new();
    for (&pair, &character) in &code {
        pairs.entry(character).or_insert(pair);
    }
    let forms = site_forms();
    let common = forms.iter().filter(|(s, t)| s != t && is_common(pairs[*s]));
    let common = common.filter_map(|(_, &t)| Some((t, reading(t)?))).collect();
    Tables { code, pairs, forms, common }
});

/// SplitMix64.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// Returns a number from 0 to 1.
    pub(crate) fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

impl Site {
    /// Returns a site whose list is a random 20 to 60 % of the common Traditional forms.
    pub(crate) fn random(seed: u64, cuts: f64) -> Site {
        let mut random = Random(seed);
        let share = 0.2 + 0.4 * random.share();
        let common = TABLES.common.iter().filter(|_| random.share() < share);
        let list = common.map(|(form, reading)| (*form, reading.clone())).collect();
        let mut site = Site::annotating(&list, cuts, seed);
        site.random = random;
        site
    }

    /// Returns a site with this list of characters and readings.
    pub(crate) fn annotating(list: &BTreeMap<char, String>, cuts: f64, seed: u64) -> Site {
        let pairs = &TABLES.pairs;
        let annotated = list.iter().filter_map(|(c, reading)| Some((*pairs.get(c)?, reading.clone())));
        Site { tables: &TABLES, annotated: annotated.collect(), cuts, random: Random(seed) }
    }

    /// Damages clean Simplified text, line by line; characters the code does not have are left out.
    pub(crate) fn damage(&mut self, clean: &str) -> Damaged {
        let mut damaged = Damaged { text: String::new(), truth: String::new(), fates: Vec::new() };
        for line in clean.split_inclusive('\n') {
            let end = if line.ends_with('\n') { "\n" } else { "" };
            let line: Vec<char> = self.traditional(line.trim_end_matches('\n')).chars().collect();
            let seen = self.damage_line(&line);
            damaged.fates.extend(fates(&line, &seen));
            damaged.fates.extend(end.chars().map(|_| Fate::Intact));
            damaged.text.extend(seen.iter().map(|seen| half_width(seen.0)));
            damaged.text.push_str(end);
            damaged.truth.extend(line.iter().map(|&c| half_width(c)));
            damaged.truth.push_str(end);
        }
        damaged
    }

    /// Step S, without the characters that the code does not have.
    pub(crate) fn traditional(&self, clean: &str) -> String {
        let known = |c: &char| c.is_ascii() || self.tables.pairs.contains_key(c);
        clean.chars().map(|c| *self.tables.forms.get(&c).unwrap_or(&c)).filter(known).collect()
    }

    /// Steps P and X over one line of Traditional text.
    pub(crate) fn damage_line(&mut self, line: &[char]) -> Vec<Seen> {
        let clean: Vec<(char, [Option<usize>; 2])> =
            line.iter().enumerate().map(|(at, &c)| (c, [Some(at); 2])).collect();
        let annotated = self.annotate(&self.encode(&clean));
        let seen = self.decode(&annotated);
        if self.cuts <= 0.0 {
            return seen;
        }
        let bytes = self.encode(&seen);
        let mut pieces = Vec::new();
        let mut start = 0;
        for at in 1..bytes.len().saturating_sub(1) {
            let marked = MARKS.contains(&[bytes[at].0, bytes[at + 1].0]);
            if marked && (self.cuts >= 1.0 || self.random.share() < self.cuts) {
                pieces.push(&bytes[start..at]);
                start = at;
            }
        }
        pieces.push(&bytes[start..]);
        pieces.into_iter().flat_map(|piece| self.decode(piece)).collect()
    }

    fn encode(&self, text: &[Seen]) -> Vec<Traced> {
        let mut bytes = Vec::new();
        for &(character, from) in text {
            match (character, self.tables.pairs.get(&character)) {
                ('\0'..='\x7f', _) => bytes.push((character as u8, from[0])),
                ('€', _) => bytes.push((0x80, from[0])),
                (_, Some(pair)) => bytes.extend([(pair[0], from[0]), (pair[1], from[1])]),
                _ => bytes.push((b'?', None)),
            }
        }
        bytes
    }

    /// Step P: a reading behind every pair of bytes that is on the list.
    fn annotate(&self, bytes: &[Traced]) -> Vec<Traced> {
        let mut out = Vec::new();
        for (at, &byte) in bytes.iter().enumerate() {
            out.push(byte);
            let pair = at.checked_sub(1).map(|before| [bytes[before].0, byte.0]);
            if let Some(reading) = pair.and_then(|pair| self.annotated.get(&pair)) {
                let gloss: Vec<Seen> = format!("({reading})").chars().map(|c| (c, [None; 2])).collect();
                out.extend(self.encode(&gloss));
            }
        }
        out
    }

    /// The decoder: a lead byte takes the next byte with it, whatever it is.
    fn decode(&self, bytes: &[Traced]) -> Vec<Seen> {
        let mut seen = Vec::new();
        let mut at = 0;
        while let Some(&(byte, from)) = bytes.get(at) {
            at += 1;
            match (byte, bytes.get(at)) {
                (0..=0x7f, _) => seen.push((char::from(byte), [from, None])),
                (0x80, _) => seen.push(('€', [from, None])),
                (0xff, _) | (_, None) => seen.push(('?', [None; 2])),
                (_, Some(&(trail, trail_from))) => {
                    at += 1;
                    seen.push(match self.tables.code.get(&[byte, trail]) {
                        Some(&character) => (character, [from, trail_from]),
                        None => ('?', [None; 2]),
                    });
                }
            }
        }
        seen
    }
}

/// Whether GB2312 has the character among its common ones.
fn is_common(pair: [u8; 2]) -> bool {
    (0xb0..0xd8).contains(&pair[0]) && pair[1] >= 0xa1
}

/// Returns the one reading a site has for a character.
pub(crate) fn reading(character: char) -> Option<String> {
    character.to_pinyin().map(|reading| reading.with_tone().to_owned())
}

fn site_forms() -> BTreeMap<char, char> {
    let table = include_str!("../../model/forms.tsv").lines().filter(|line| !line.starts_with('#'));
    let first = |cell: &str| cell.chars().next().expect("no cell is empty");
    let rows = table.map(|line| line.split('\t').collect::<Vec<_>>());
    rows.filter(|row| row[2] == "site").map(|row| (first(row[1]), first(row[0]))).collect()
}

/// Returns the two-byte code with the private-use characters it had before GB18030.
fn old_cp936() -> BTreeMap<[u8; 2], char> {
    let mut code = BTreeMap::new();
    for pair in (0x8140..=0xfefe_u16).map(u16::to_be_bytes) {
        if pair[1] < 0x40 || pair[1] == 0x7f || pair[1] == 0xff {
            continue;
        }
        let (text, bad) = encoding_rs::GBK.decode_without_bom_handling(&pair);
        let mut characters = text.chars();
        if let (Some(character), None, false) = (characters.next(), characters.next(), bad) {
            code.insert(pair, character);
        }
    }
    let mut move_to = |from: u16, to: u16, mut private: u32| {
        for pair in (from..=to).map(u16::to_be_bytes).filter(|pair| pair[1] != 0x7f) {
            code.insert(pair, char::from_u32(private).expect("private use"));
            private += 1;
        }
    };
    move_to(0xfe50, 0xfea0, 0xe815);
    move_to(0xa989, 0xa995, 0xe7e7);
    move_to(0xa8bc, 0xa8bc, 0xe7c7);
    move_to(0xa8bf, 0xa8bf, 0xe7c8);
    move_to(0xa6d9, 0xa6df, 0xe78d);
    move_to(0xa6ec, 0xa6ed, 0xe794);
    move_to(0xa6f3, 0xa6f3, 0xe796);
    code
}

fn fates(line: &[char], seen: &[Seen]) -> Vec<Fate> {
    let mut bytes = vec![0; line.len()];
    let mut whole = vec![false; line.len()];
    for (_, from) in seen {
        from.iter().flatten().for_each(|&at| bytes[at] += 1);
        if let [Some(lead), Some(trail)] = *from
            && lead == trail
        {
            whole[lead] = true;
        }
    }
    let needed = |c: char| if c.is_ascii() || c == '€' { 1 } else { 2 };
    let fate = |at: usize| match (whole[at] || needed(line[at]) == 1, bytes[at] == needed(line[at])) {
        (true, true) => Fate::Intact,
        (_, true) => Fate::Split,
        _ if line[at].is_ascii() => Fate::Swallowed,
        _ => Fate::Lost,
    };
    (0..line.len()).map(fate).collect()
}

/// Step N: full-width ASCII becomes ASCII.
pub(crate) fn half_width(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0).expect("ASCII"),
        _ => character,
    }
}
