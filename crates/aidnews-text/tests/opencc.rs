//! OpenCC's own cases: every conversion of this crate gives what OpenCC 1.4.2 gives.

use aidnews_text::Conversion;

const CASES: &str = include_str!("cases/opencc.tsv");

fn cases() -> impl Iterator<Item = (&'static str, Conversion, String, String)> {
    let unescape = |cell: &str| cell.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\");
    CASES.lines().filter(|line| !line.starts_with('#')).map(move |line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, conversion, input, expected] = cells[..] else { panic!("four cells in `{line}`") };
        (id, conversion.parse().unwrap(), unescape(input), unescape(expected))
    })
}

#[test]
fn every_case_of_opencc_passes() {
    let mut counts = [0; 4];
    for (id, conversion, input, expected) in cases() {
        let converted = conversion.convert(&input);
        assert_eq!(converted.text, expected, "{id} {conversion}");
        assert_eq!(converted.origin.input_len(), input.len(), "{id}");
        assert_eq!(converted.origin.output_len(), expected.len(), "{id}");
        counts[conversion as usize] += 1;
    }
    assert_eq!(counts, [55, 32, 21, 54], "t2s, tw2s, hk2s, tw2sp");
}

#[test]
fn every_character_is_traced() {
    for (id, conversion, input, _) in cases() {
        let converted = conversion.convert(&input);
        let mut last = 0;
        for (at, character) in converted.text.char_indices() {
            let source = converted.origin.locate(at..at + character.len_utf8());
            assert!(input.get(source.clone()).is_some(), "{id}: {source:?} splits a character");
            assert!(source.start >= last || source.start <= last && source.end >= last, "{id}: not monotone");
            last = source.start;
        }
    }
}
