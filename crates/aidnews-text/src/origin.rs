//! Where every byte of a text came from: a sparse, monotone map from an output text to its input.
//!
//! A stage that changes text builds one while it writes ([`OriginBuilder`]); maps of stages that follow each other
//! [compose](Origin::compose). The map is a list of runs. A run is a number of equal units, each unit a stretch of
//! input that became a stretch of output as a whole: bytes copied are units of 1 → 1, GBK decoded to UTF-8 is one run
//! of 2 → 3 for as long as Chinese goes on, a removed gloss is a unit of n → 0. Unchanged text costs nothing.
//!
//! What it declines to do: say anything finer than a unit. A range that cuts a unit is answered with the whole unit.

use std::ops::Range;

/// A map between the bytes of a text and the bytes it was made from.
///
/// All positions are byte offsets. Both directions are monotone: a range further right never maps further left.
/// Lookups are O(log runs). Ranges beyond the text are clamped to it, so no call panics.
///
/// # Examples
///
/// ```
/// use aidnews_text::OriginBuilder;
/// // "進(jìn)行" -> "進行": the reading and its brackets (6 bytes) were removed.
/// let mut builder = OriginBuilder::new();
/// builder.copy(3);
/// builder.delete(6);
/// builder.copy(3);
/// let origin = builder.finish();
/// assert_eq!(origin.locate(3..6), 9..12); // 行
/// assert_eq!(origin.locate(0..6), 0..12); // 進行, with what stood between
/// assert_eq!(origin.project(3..9), 3..3); // the gloss left nothing
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// Empty for an identity of any length; otherwise gapless on both sides and merged.
    runs: Vec<Units>,
    input_len: usize,
    output_len: usize,
}

/// The start of a run of equal units; it ends where the next one starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Units {
    input: usize,
    output: usize,
    input_unit: usize,
    output_unit: usize,
}

/// A stretch of an [`Origin`]: `input` became `output`, unit by unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Bytes of the input.
    pub input: Range<usize>,
    /// Bytes of the output.
    pub output: Range<usize>,
    /// Bytes of input in one unit; 0 in an insertion.
    pub input_unit: usize,
    /// Bytes of output in one unit; 0 in a deletion.
    pub output_unit: usize,
}

impl Run {
    /// Returns whether the bytes stand in the output as they stood in the input.
    pub fn is_copy(&self) -> bool {
        self.input_unit == 1 && self.output_unit == 1
    }
}

/// One side of the map, so that both directions share one search.
#[derive(Clone, Copy)]
enum Side {
    Input,
    Output,
}

impl Units {
    fn start(&self, side: Side) -> usize {
        match side {
            Side::Input => self.input,
            Side::Output => self.output,
        }
    }

    fn unit(&self, side: Side) -> usize {
        match side {
            Side::Input => self.input_unit,
            Side::Output => self.output_unit,
        }
    }
}

impl Side {
    fn other(self) -> Side {
        match self {
            Side::Input => Side::Output,
            Side::Output => Side::Input,
        }
    }
}

impl Origin {
    /// Returns the map of a text of `len` bytes that nothing has changed.
    pub fn identity(len: usize) -> Origin {
        Origin { runs: Vec::new(), input_len: len, output_len: len }
    }

    /// Returns whether output and input are the same bytes.
    pub fn is_identity(&self) -> bool {
        self.runs.is_empty()
    }

    /// Returns the length of the input in bytes.
    pub fn input_len(&self) -> usize {
        self.input_len
    }

    /// Returns the length of the output in bytes.
    pub fn output_len(&self) -> usize {
        self.output_len
    }

    /// Returns the bytes of the input that the bytes `output` came from.
    ///
    /// What was deleted just before or just after the range is left out; what was deleted inside it is covered. Text
    /// that was inserted maps to the empty range where it was put in, and so does an empty range.
    pub fn locate(&self, output: Range<usize>) -> Range<usize> {
        self.across(output, Side::Output)
    }

    /// Returns the bytes of the output that the bytes `input` became; the inverse of [`Origin::locate`].
    ///
    /// Bytes that were deleted map to the empty range where they stood.
    pub fn project(&self, input: Range<usize>) -> Range<usize> {
        self.across(input, Side::Input)
    }

    /// Chains two maps: `self` leads from c to b, `inner` from b to a, the result from c to a.
    ///
    /// Where units of the two maps overlap without sharing borders they become one unit. Linear in the runs of both.
    /// Maps whose lengths do not meet (`self.input_len() != inner.output_len()`) come from different texts; the
    /// shorter middle decides and the rest becomes one unit.
    pub fn compose(&self, inner: &Origin) -> Origin {
        if self.is_identity() && self.input_len == inner.output_len {
            return inner.clone();
        }
        if inner.is_identity() && self.input_len == inner.output_len {
            return self.clone();
        }
        Composer { outer: Cursor::new(self), inner: Cursor::new(inner), built: OriginBuilder::new() }.run()
    }

    /// Iterates over the stretches of the map from left to right, without gaps on either side.
    ///
    /// # Examples
    ///
    /// ```
    /// let origin = aidnews_text::Origin::identity(4);
    /// assert!(origin.runs().all(|run| run.is_copy() && run.input == (0..4)));
    /// ```
    pub fn runs(&self) -> impl Iterator<Item = Run> + '_ {
        let whole = self.runs.is_empty() && self.output_len > 0;
        let identity = whole.then_some(Run {
            input: 0..self.input_len,
            output: 0..self.output_len,
            input_unit: 1,
            output_unit: 1,
        });
        identity.into_iter().chain(self.runs.iter().enumerate().map(|(index, units)| Run {
            input: units.input..self.end(index, Side::Input),
            output: units.output..self.end(index, Side::Output),
            input_unit: units.input_unit,
            output_unit: units.output_unit,
        }))
    }

    /// Returns the bytes of memory the map holds beside its own few words.
    pub fn heap_bytes(&self) -> usize {
        self.runs.capacity() * size_of::<Units>()
    }

    fn len(&self, side: Side) -> usize {
        match side {
            Side::Input => self.input_len,
            Side::Output => self.output_len,
        }
    }

    fn end(&self, index: usize, side: Side) -> usize {
        self.runs.get(index + 1).map_or(self.len(side), |next| next.start(side))
    }

    fn across(&self, range: Range<usize>, from: Side) -> Range<usize> {
        let len = self.len(from);
        let start = range.start.min(len);
        let end = range.end.clamp(start, len);
        if self.runs.is_empty() {
            return start..end;
        }
        let left = self.unit_at(start, from).start;
        if start == end {
            return left..left;
        }
        left..self.unit_at(end - 1, from).end
    }

    /// Returns the other side of the unit that holds the byte `at`; past the end, the empty range at the end.
    fn unit_at(&self, at: usize, from: Side) -> Range<usize> {
        let to = from.other();
        if at >= self.len(from) {
            return self.len(to)..self.len(to);
        }
        // Runs that are empty on this side share their start with the run after them, so the last one that starts
        // at or before `at` is the one that holds it.
        let index = self.runs.partition_point(|units| units.start(from) <= at) - 1;
        let units = &self.runs[index];
        let nth = (at - units.start(from)) / units.unit(from).max(1);
        let start = units.start(to) + nth * units.unit(to);
        start..start + units.unit(to)
    }
}

/// Writes an [`Origin`] while a stage writes its output, from left to right.
///
/// # Examples
///
/// ```
/// use aidnews_text::OriginBuilder;
/// let mut builder = OriginBuilder::new();
/// builder.copy(4);
/// builder.replace(5, 1); // "&amp;" -> "&"
/// let origin = builder.finish();
/// assert_eq!((origin.input_len(), origin.output_len()), (9, 5));
/// assert_eq!(origin.locate(4..5), 4..9);
/// ```
#[derive(Debug, Clone, Default)]
pub struct OriginBuilder {
    runs: Vec<Units>,
    input: usize,
    output: usize,
}

impl OriginBuilder {
    /// Returns a builder at the start of both texts.
    pub fn new() -> OriginBuilder {
        OriginBuilder::default()
    }

    /// Says that the next `len` bytes were copied.
    ///
    /// A character that became another one of the same length may be called copied too: every range that respects
    /// characters is then answered exactly, and the map stays small.
    pub fn copy(&mut self, len: usize) {
        self.units(len, 1, 1);
    }

    /// Says that the next `input_len` bytes became the next `output_len` bytes as a whole.
    pub fn replace(&mut self, input_len: usize, output_len: usize) {
        self.units(1, input_len, output_len);
    }

    /// Says that the next `input_len` bytes left nothing.
    pub fn delete(&mut self, input_len: usize) {
        self.units(1, input_len, 0);
    }

    /// Says that the next `output_len` bytes came from nothing.
    pub fn insert(&mut self, output_len: usize) {
        self.units(1, 0, output_len);
    }

    /// Says that `count` stretches follow, each of `input_unit` bytes that became `output_unit` bytes.
    pub fn units(&mut self, count: usize, input_unit: usize, output_unit: usize) {
        if count == 0 || (input_unit == 0 && output_unit == 0) {
            return;
        }
        self.start_run(count, input_unit, output_unit);
        self.input += count * input_unit;
        self.output += count * output_unit;
    }

    /// Says that what `origin` describes follows.
    pub fn append(&mut self, origin: &Origin) {
        for run in origin.runs() {
            let outputs = run.output.len().checked_div(run.output_unit);
            let inputs = run.input.len().checked_div(run.input_unit);
            self.units(outputs.or(inputs).unwrap_or(0), run.input_unit, run.output_unit);
        }
    }

    /// Returns the bytes of input and of output described so far.
    pub fn position(&self) -> (usize, usize) {
        (self.input, self.output)
    }

    /// Returns the map of all that was said.
    pub fn finish(mut self) -> Origin {
        if let [only] = self.runs[..]
            && (only.input_unit, only.output_unit) == (1, 1)
        {
            self.runs = Vec::new();
        }
        Origin { runs: self.runs, input_len: self.input, output_len: self.output }
    }

    fn start_run(&mut self, count: usize, input_unit: usize, output_unit: usize) {
        let Some(last) = self.runs.last_mut() else {
            return self.push(count, input_unit, output_unit);
        };
        let same = (last.input_unit, last.output_unit) == (input_unit, output_unit);
        if same && input_unit > 0 && output_unit > 0 {
            return;
        }
        // Neighbouring deletions are one deletion, neighbouring insertions one insertion.
        if last.output_unit == 0 && output_unit == 0 {
            last.input_unit += count * input_unit;
        } else if last.input_unit == 0 && input_unit == 0 {
            last.output_unit += count * output_unit;
        } else {
            self.push(count, input_unit, output_unit);
        }
    }

    fn push(&mut self, count: usize, input_unit: usize, output_unit: usize) {
        let one_sided = input_unit == 0 || output_unit == 0;
        let factor = if one_sided { count } else { 1 };
        self.runs.push(Units {
            input: self.input,
            output: self.output,
            input_unit: input_unit * factor,
            output_unit: output_unit * factor,
        });
    }
}

/// What is left of a map while two maps are composed.
struct Cursor<'o> {
    origin: &'o Origin,
    index: usize,
    /// Units of the run at `index` that are already used.
    used: usize,
}

/// The rest of a run: `count` units of `input` → `output` bytes.
#[derive(Clone, Copy)]
struct Rest {
    count: usize,
    input: usize,
    output: usize,
}

impl<'o> Cursor<'o> {
    fn new(origin: &'o Origin) -> Cursor<'o> {
        Cursor { origin, index: 0, used: 0 }
    }

    fn rest(&self) -> Option<Rest> {
        let origin = self.origin;
        if origin.runs.is_empty() {
            let count = origin.output_len - self.used;
            return (count > 0).then_some(Rest { count, input: 1, output: 1 });
        }
        let units = origin.runs.get(self.index)?;
        let count = match units.output_unit {
            0 => (origin.end(self.index, Side::Input) - units.input) / units.input_unit,
            unit => (origin.end(self.index, Side::Output) - units.output) / unit,
        };
        Some(Rest { count: count - self.used, input: units.input_unit, output: units.output_unit })
    }

    fn take(&mut self, count: usize) {
        let left = self.rest().map_or(0, |rest| rest.count);
        if count < left || self.origin.runs.is_empty() {
            self.used += count;
        } else {
            self.index += 1;
            self.used = 0;
        }
    }
}

/// Walks two maps along the text between them, which is the outer map's input and the inner map's output.
struct Composer<'o> {
    outer: Cursor<'o>,
    inner: Cursor<'o>,
    built: OriginBuilder,
}

impl Composer<'_> {
    fn run(mut self) -> Origin {
        loop {
            match (self.outer.rest(), self.inner.rest()) {
                (None, None) => return self.built.finish(),
                (_, Some(inner)) if inner.output == 0 => {
                    self.built.units(inner.count, inner.input, 0);
                    self.inner.take(inner.count);
                }
                (Some(outer), _) if outer.input == 0 => {
                    self.built.units(outer.count, 0, outer.output);
                    self.outer.take(outer.count);
                }
                (Some(outer), Some(inner)) => self.step(outer, inner),
                // Only maps of different texts end apart.
                (Some(outer), None) => {
                    self.built.insert(outer.count * outer.output);
                    self.outer.take(outer.count);
                }
                (None, Some(inner)) => {
                    self.built.delete(inner.count * inner.input);
                    self.inner.take(inner.count);
                }
            }
        }
    }

    /// Both maps are at the same place and neither side of it is empty.
    fn step(&mut self, outer: Rest, inner: Rest) {
        let copied_outer = (outer.input, outer.output) == (1, 1);
        let copied_inner = (inner.input, inner.output) == (1, 1);
        if outer.input == inner.output {
            let count = outer.count.min(inner.count);
            self.built.units(count, inner.input, outer.output);
            self.outer.take(count);
            self.inner.take(count);
        } else if copied_outer && outer.count >= inner.output {
            let count = inner.count.min(outer.count / inner.output);
            self.built.units(count, inner.input, inner.output);
            self.outer.take(count * inner.output);
            self.inner.take(count);
        } else if copied_inner && inner.count >= outer.input {
            let count = outer.count.min(inner.count / outer.input);
            self.built.units(count, outer.input, outer.output);
            self.outer.take(count);
            self.inner.take(count * outer.input);
        } else {
            self.join();
        }
    }

    /// Takes units from whichever map is behind until both stand at one border, and makes them one unit.
    fn join(&mut self) {
        let (mut outer_at, mut inner_at, mut input, mut output) = (0usize, 0usize, 0, 0);
        loop {
            let behind = if outer_at <= inner_at { &mut self.outer } else { &mut self.inner };
            let Some(rest) = behind.rest() else { break };
            let gap = outer_at.abs_diff(inner_at);
            let middle = if outer_at <= inner_at { rest.input } else { rest.output };
            // A long run is not walked unit by unit.
            let count = gap.checked_div(middle).map_or(rest.count, |units| units.clamp(1, rest.count));
            behind.take(count);
            if outer_at <= inner_at {
                outer_at += count * rest.input;
                output += count * rest.output;
            } else {
                inner_at += count * rest.output;
                input += count * rest.input;
            }
            if outer_at == inner_at && outer_at > 0 {
                break;
            }
        }
        self.built.replace(input, output);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// One thing said to a builder: (count, input bytes, output bytes) of equal units.
    fn said() -> impl Strategy<Value = Vec<(usize, usize, usize)>> {
        prop::collection::vec((1usize..5, 0usize..4, 0usize..4), 0..24)
    }

    fn build(said: &[(usize, usize, usize)]) -> Origin {
        let mut builder = OriginBuilder::new();
        for &(count, input, output) in said {
            builder.units(count, input, output);
        }
        builder.finish()
    }

    /// The slow, obvious map: for every output byte the input range of its unit.
    fn slow(said: &[(usize, usize, usize)]) -> Vec<Range<usize>> {
        let mut at = 0;
        let mut map = Vec::new();
        for &(count, input, output) in said {
            // A builder cannot tell deletions or insertions apart that follow each other, nor need it.
            for _ in 0..count {
                map.extend(std::iter::repeat_n(at..at + input, output));
                at += input;
            }
        }
        map
    }

    /// Says things whose output has exactly `len` bytes.
    fn fitted(said: &[(usize, usize, usize)], len: usize) -> Vec<(usize, usize, usize)> {
        let mut left = len;
        let mut fitted = Vec::new();
        for &(count, input, output) in said {
            let count = left.checked_div(output).map_or(count, |fits| count.min(fits));
            left -= count * output;
            fitted.push((count, input, output));
        }
        fitted.push((left, 1, 1));
        fitted
    }

    proptest! {
        #[test]
        fn locate_equals_the_slow_map(said in said()) {
            let (origin, slow) = (build(&said), slow(&said));
            prop_assert_eq!(origin.output_len(), slow.len());
            for start in 0..slow.len() {
                for end in start + 1..=slow.len() {
                    prop_assert_eq!(origin.locate(start..end), slow[start].start..slow[end - 1].end.max(slow[start].start));
                }
            }
        }

        #[test]
        fn both_directions_are_monotone(said in said()) {
            let origin = build(&said);
            for at in 1..origin.output_len() {
                let (left, right) = (origin.locate(at - 1..at), origin.locate(at..at + 1));
                prop_assert!(left.start <= right.start && left.end <= right.end);
            }
            for at in 1..origin.input_len() {
                let (left, right) = (origin.project(at - 1..at), origin.project(at..at + 1));
                prop_assert!(left.start <= right.start && left.end <= right.end);
            }
        }

        #[test]
        fn there_and_back_covers_the_range(said in said()) {
            let origin = build(&said);
            for start in 0..origin.output_len() {
                let range = start..start + 1;
                let there = origin.locate(range.clone());
                if !there.is_empty() {
                    let back = origin.project(there);
                    prop_assert!(back.start <= range.start && range.end <= back.end);
                }
            }
        }

        #[test]
        fn composed_maps_cover_what_two_lookups_find(outer in said(), inner in said()) {
            let outer = build(&outer);
            let inner = build(&fitted(&inner, outer.input_len()));
            let composed = outer.compose(&inner);
            prop_assert_eq!(composed.output_len(), outer.output_len());
            prop_assert_eq!(composed.input_len(), inner.input_len());
            for at in 0..outer.output_len() {
                let middle = outer.locate(at..at + 1);
                let once = composed.locate(at..at + 1);
                if !middle.is_empty() {
                    let twice = inner.locate(middle);
                    prop_assert!(once.start <= twice.start && twice.end <= once.end, "{once:?} {twice:?}");
                }
            }
        }

        #[test]
        fn an_appended_map_is_the_same(first in said(), second in said()) {
            let mut builder = OriginBuilder::new();
            builder.append(&build(&first));
            builder.append(&build(&second));
            let together: Vec<_> = first.iter().chain(&second).copied().collect();
            let (appended, together) = (builder.finish(), build(&together));
            prop_assert_eq!(appended.input_len(), together.input_len());
            for at in 0..together.output_len() {
                prop_assert_eq!(appended.locate(at..at + 1), together.locate(at..at + 1));
            }
        }

        #[test]
        fn an_identity_changes_no_map(said in said()) {
            let origin = build(&said);
            prop_assert_eq!(&origin.compose(&Origin::identity(origin.input_len())), &origin);
            prop_assert_eq!(&Origin::identity(origin.output_len()).compose(&origin), &origin);
        }

        #[test]
        fn runs_have_no_gaps(said in said()) {
            let origin = build(&said);
            let (mut input, mut output) = (0, 0);
            for run in origin.runs() {
                prop_assert_eq!((run.input.start, run.output.start), (input, output));
                (input, output) = (run.input.end, run.output.end);
            }
            prop_assert_eq!((input, output), (origin.input_len(), origin.output_len()));
        }

        #[test]
        fn no_range_panics(said in said(), start in 0usize..100, end in 0usize..100) {
            let origin = build(&said);
            for range in [origin.locate(start..end), origin.project(start..end)] {
                prop_assert!(range.start <= range.end);
            }
            let other = Origin::identity(end);
            prop_assert_eq!(origin.compose(&other).output_len(), origin.output_len());
        }
    }

    #[test]
    fn cases() {
        let mut builder = OriginBuilder::new();
        builder.copy(2);
        builder.delete(3);
        builder.delete(1);
        builder.units(2, 2, 3);
        builder.insert(2);
        builder.replace(5, 2);
        builder.copy(1);
        let origin = builder.finish();
        for (output, input, why) in [
            (0..2, 0..2, "copied"),
            (2..5, 6..8, "the deletion before is left out"),
            (1..5, 1..8, "the deletion between is covered"),
            (3..4, 6..8, "a cut unit counts whole"),
            (5..8, 8..10, "the second unit of a run"),
            (8..10, 10..10, "inserted text came from nowhere"),
            (10..11, 10..15, "half of a replacement"),
            (12..13, 15..16, "the last byte"),
            (2..2, 6..6, "an empty range stays empty"),
            (13..99, 16..16, "past the end"),
        ] {
            assert_eq!(origin.locate(output), input, "{why}");
        }
        assert_eq!(origin.project(2..6), 2..2, "deleted");
        assert_eq!(origin.project(3..7), 2..5, "from the middle of a deletion into a unit");
    }

    #[test]
    fn gbk_then_deletion_composes() {
        // GBK "ab" + three characters -> UTF-8 -> the middle character removed.
        let mut decode = OriginBuilder::new();
        decode.copy(2);
        decode.units(3, 2, 3);
        let mut repair = OriginBuilder::new();
        repair.copy(5);
        repair.delete(3);
        repair.copy(3);
        let origin = repair.finish().compose(&decode.finish());
        assert_eq!(origin.locate(2..5), 2..4);
        assert_eq!(origin.locate(5..8), 6..8);
        assert_eq!(origin.project(4..6), 5..5);
    }
}
