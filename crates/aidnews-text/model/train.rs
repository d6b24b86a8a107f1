//! Counts words and running text into the table that `src/gloss/model.rs` reads, when the crate is built.
//!
//! The model is a character trigram with interpolated Witten-Bell back-off over Simplified characters, and a table of
//! word probabilities. Its format, all little-endian, is a header of six `u32` (magic, symbols, pairs, triples, word
//! slots, characters of running text) and these columns one after the other:
//!
//! | column | type | per |
//! | --- | --- | --- |
//! | symbol | `u16` code unit | symbol |
//! | cost of the symbol, cost of backing off from it | `u16`, `u16` | symbol |
//! | first pair | `u32` | symbol, and one more |
//! | second symbol, cost, cost of backing off | `u16` × 3 | pair |
//! | first triple | `u32` | pair, and one more |
//! | third symbol, cost | `u16` × 2 | triple |
//! | fingerprint, cost | `u32`, `u16` | word slot |
//!
//! Costs are negative natural logarithms in steps of 1/1024.

use std::collections::BTreeMap;

use super::symbol::{BORDER, MAGIC, fingerprint, fold};

/// The symbol of characters that were never seen.
const UNKNOWN: char = '\0';

/// How much one occurrence of a word in the word list's own corpus weighs against one in running text.
const WORD_WEIGHT: f64 = 0.04;

/// What a sequence of running text weighs.
const TEXT_WEIGHT: f64 = 2.0;

/// The part that running text has in single symbols.
const TEXT_SHARE: f64 = 0.4;

/// What every word of the list weighs at least: it exists.
const WORD_FLOOR: f64 = 0.3;

type Sequence = [u16; 3];

/// Weighted counts of sequences of one, two and three symbols.
#[derive(Default)]
struct Counts {
    sequences: [Vec<(Sequence, f64)>; 3],
    /// How often the last one and two symbols of a word of the list were seen: what follows them is not known.
    ends: BTreeMap<Sequence, f64>,
}

/// Returns the table made from a word list (`word count …` a line) and running text (a paragraph a line).
pub(crate) fn train(words: &str, text: &str) -> Vec<u8> {
    let words: Vec<(&str, f64)> = words.lines().filter_map(entry).collect();
    let ids = number(&words, text);
    let mut counts = Counts::default();
    for (word, weight) in &words {
        counts.add_word(word, weight * WORD_WEIGHT + WORD_FLOOR, &ids);
    }
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    // Words know no marks, digits and borders; in single symbols running text has its say whatever its length.
    let in_words: f64 = counts.sequences[0].iter().map(|(_, weight)| weight).sum();
    let in_text: usize = lines().map(|line| line.chars().count() + 1).sum();
    let alone = in_words * TEXT_SHARE / (1.0 - TEXT_SHARE) / in_text.max(1) as f64;
    lines().for_each(|line| counts.add_line(line, [alone, TEXT_WEIGHT, TEXT_WEIGHT], &ids));
    let mut table = Vec::new();
    write_ngrams(&mut table, counts, &ids, &words, text);
    write_words(&mut table, &words);
    table
}

fn entry(line: &str) -> Option<(&str, f64)> {
    let mut cells = line.split_whitespace();
    let word = cells.next()?;
    let count: f64 = cells.next()?.parse().ok()?;
    word.chars().all(|c| (c as u32) < 0x1_0000).then_some((word, count))
}

/// Gives every symbol its number: 0 unknown, 1 border, then by code point.
fn number(words: &[(&str, f64)], text: &str) -> BTreeMap<char, u16> {
    let seen = words.iter().flat_map(|(word, _)| word.chars()).chain(text.chars());
    let mut symbols: Vec<char> = seen.map(fold).filter(|&c| (c as u32) < 0x1_0000).collect();
    symbols.sort_unstable();
    symbols.dedup();
    symbols.retain(|&c| c != UNKNOWN && c != BORDER);
    let first = [UNKNOWN, BORDER].into_iter().chain(symbols);
    first.enumerate().map(|(id, c)| (c, id as u16)).collect()
}

impl Counts {
    /// Counts the sequences of one word, of which nobody knows what stood before and after it.
    fn add_word(&mut self, word: &str, weight: f64, ids: &BTreeMap<char, u16>) {
        let word: Vec<u16> = word.chars().map(|c| symbol(c, ids)).collect();
        self.add(&word, 0, [weight; 3]);
        for length in 1..=word.len().min(2) {
            *self.ends.entry(sequence(&word[word.len() - length..])).or_default() += weight;
        }
    }

    /// Counts the sequences of one line with its borders.
    fn add_line(&mut self, line: &str, weights: [f64; 3], ids: &BTreeMap<char, u16>) {
        let mut symbols = vec![1, 1];
        symbols.extend(line.chars().map(|c| symbol(c, ids)));
        symbols.push(1);
        self.add(&symbols, 2, weights);
    }

    fn add(&mut self, symbols: &[u16], first: usize, weights: [f64; 3]) {
        for end in first..symbols.len() {
            for order in 0..3.min(end + 1) {
                self.sequences[order].push((sequence(&symbols[end - order..=end]), weights[order]));
            }
        }
    }
}

fn symbol(character: char, ids: &BTreeMap<char, u16>) -> u16 {
    ids.get(&fold(character)).copied().unwrap_or(0)
}

fn sequence(symbols: &[u16]) -> Sequence {
    let mut sequence = [0; 3];
    sequence[..symbols.len()].copy_from_slice(symbols);
    sequence
}

/// Sorts sequences and adds up the weights of equal ones.
fn merge(mut sequences: Vec<(Sequence, f64)>) -> Vec<(Sequence, f64)> {
    sequences.sort_by_key(|entry| entry.0);
    sequences.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    sequences
}

/// Returns for each context of `length` symbols, in order, the weight of what follows it and what is left to others:
/// the number of kinds that follow, by Witten and Bell, and the weight of what was not seen.
fn contexts(
    counted: &[(Sequence, f64)],
    length: usize,
    ends: &BTreeMap<Sequence, f64>,
) -> BTreeMap<Sequence, (f64, f64)> {
    let mut contexts: BTreeMap<Sequence, (f64, f64)> = BTreeMap::new();
    for (symbols, weight) in counted {
        let entry = contexts.entry(sequence(&symbols[..length])).or_default();
        entry.0 += weight;
        entry.1 += 1.0;
    }
    for (context, entry) in &mut contexts {
        entry.1 += ends.get(context).copied().unwrap_or(0.0);
    }
    contexts
}

fn cost(probability: f64) -> u16 {
    (-probability.ln() * 1024.0).round().clamp(0.0, 65535.0) as u16
}

fn write_ngrams(
    table: &mut Vec<u8>,
    counts: Counts,
    ids: &BTreeMap<char, u16>,
    words: &[(&str, f64)],
    text: &str,
) {
    let [ones, twos, threes] = counts.sequences.map(merge);
    let symbols: BTreeMap<u16, char> = ids.iter().map(|(&c, &id)| (id, c)).collect();
    let mut singles: BTreeMap<u16, f64> = BTreeMap::new();
    for (sequence, weight) in &ones {
        singles.insert(sequence[0], *weight);
    }
    let (total, kinds) = (singles.values().sum::<f64>(), singles.len() as f64);
    // Symbols never seen share what Witten-Bell leaves, as if there were 8,000 of them and of all others.
    let single = |id: u16| {
        let seen = singles.get(&id).copied().unwrap_or(0.0);
        (seen + kinds / (8000.0 + kinds)) / (total + kinds)
    };
    let after_one = contexts(&twos, 1, &counts.ends);
    let after_two = contexts(&threes, 2, &counts.ends);
    let leave =
        |context: Option<&(f64, f64)>| context.map_or(1.0, |(weight, kinds)| kinds / (weight + kinds));
    let double = |a: u16, b: u16, weight: f64| {
        let context = after_one.get(&[a, 0, 0]).copied().unwrap_or((0.0, 1.0));
        (weight + context.1 * single(b)) / (context.0 + context.1)
    };

    // Every context of a triple is a pair, even the two borders before a line, which no line contains.
    let mut pairs: BTreeMap<(u16, u16), f64> = twos.iter().map(|(s, w)| ((s[0], s[1]), *w)).collect();
    for context in after_two.keys() {
        pairs.entry((context[0], context[1])).or_insert(0.0);
    }
    let pairs: Vec<((u16, u16), f64)> = pairs.into_iter().collect();
    let slots = (words.len() * 3 / 2).next_power_of_two();
    for number in [
        MAGIC,
        symbols.len() as u32,
        pairs.len() as u32,
        threes.len() as u32,
        slots as u32,
        text.chars().count() as u32,
    ] {
        table.extend(number.to_le_bytes());
    }
    symbols.values().for_each(|&c| table.extend((c as u16).to_le_bytes()));
    symbols.keys().for_each(|&id| table.extend(cost(single(id)).to_le_bytes()));
    symbols.keys().for_each(|&id| table.extend(cost(leave(after_one.get(&[id, 0, 0]))).to_le_bytes()));
    for id in 0..=symbols.len() as u32 {
        let first = pairs.partition_point(|((a, _), _)| u32::from(*a) < id);
        table.extend((first as u32).to_le_bytes());
    }
    pairs.iter().for_each(|((_, b), _)| table.extend(b.to_le_bytes()));
    pairs.iter().for_each(|((a, b), w)| table.extend(cost(double(*a, *b, *w)).to_le_bytes()));
    pairs.iter().for_each(|((a, b), _)| table.extend(cost(leave(after_two.get(&[*a, *b, 0]))).to_le_bytes()));
    let mut first = 0;
    for ((a, b), _) in &pairs {
        table.extend((first as u32).to_le_bytes());
        while threes.get(first).is_some_and(|(s, _)| (s[0], s[1]) == (*a, *b)) {
            first += 1;
        }
    }
    table.extend((first as u32).to_le_bytes());
    threes.iter().for_each(|(s, _)| table.extend(s[2].to_le_bytes()));
    let seen: BTreeMap<(u16, u16), f64> = pairs.iter().copied().collect();
    for (s, weight) in &threes {
        let context = after_two[&[s[0], s[1], 0]];
        let lower = double(s[1], s[2], seen.get(&(s[1], s[2])).copied().unwrap_or(0.0));
        table.extend(cost((weight + context.1 * lower) / (context.0 + context.1)).to_le_bytes());
    }
}

/// Writes the open hash table of words: the slot is the low half of the fingerprint, the check its high half.
fn write_words(table: &mut Vec<u8>, words: &[(&str, f64)]) {
    let total: f64 = words.iter().map(|(_, count)| count).sum();
    let size = (words.len() * 3 / 2).next_power_of_two();
    let mut slots = vec![(0_u32, 0_u16); size];
    for (word, count) in words {
        let hash = fingerprint(word.chars().map(|c| fold(c) as u16));
        let check = (hash >> 32) as u32 | 1;
        let mut slot = hash as usize & (size - 1);
        while slots[slot].0 != 0 && slots[slot].0 != check {
            slot = (slot + 1) & (size - 1);
        }
        slots[slot] = (check, cost(count.max(1.0) / total));
    }
    slots.iter().for_each(|slot| table.extend(slot.0.to_le_bytes()));
    slots.iter().for_each(|slot| table.extend(slot.1.to_le_bytes()));
}
