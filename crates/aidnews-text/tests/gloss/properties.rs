//! What must hold for every page, damaged in whatever way.

use std::collections::BTreeMap;

use aidnews_text::gloss::{Class, GlossRepair, Repaired};
use proptest::prelude::*;

use crate::simulate::{Site, half_width, reading};

/// The sum of the edits leads from the input to the output and back, and the origin says the same.
fn edits_tell_all(input: &str, repaired: &Repaired) {
    let (mut forth, mut back) = (String::new(), String::new());
    let (mut at_input, mut at_output) = (0, 0);
    for edit in &repaired.edits {
        assert_eq!(&input[edit.source.clone()], edit.old);
        assert_eq!(&repaired.text[edit.output.clone()], edit.new);
        forth.push_str(&input[at_input..edit.source.start]);
        forth.push_str(&edit.new);
        back.push_str(&repaired.text[at_output..edit.output.start]);
        back.push_str(&edit.old);
        (at_input, at_output) = (edit.source.end, edit.output.end);
        if !edit.new.is_empty() && edit.class != Class::Unrepaired {
            assert_eq!(repaired.origin.locate(edit.output.clone()), edit.source);
        }
    }
    forth.push_str(&input[at_input..]);
    back.push_str(&repaired.text[at_output..]);
    assert_eq!((forth.as_str(), back.as_str()), (&*repaired.text, input));
    assert_eq!(
        (repaired.origin.input_len(), repaired.origin.output_len()),
        (input.len(), repaired.text.len())
    );
}

/// Nothing is changed in silence, and only what carried a reading or a `?`.
fn only_damage_is_touched(repaired: &Repaired) {
    for edit in &repaired.edits {
        assert!(edit.old.contains(['?', '\u{fffd}', '(']), "{edit:?}");
        let least = edit.characters.iter().map(|restored| restored.class).max();
        assert!(least.is_none_or(|class| class <= edit.class), "{edit:?}");
        if edit.class == Class::Annotation {
            assert!(edit.new.is_empty() && edit.old.starts_with('(') && edit.old.ends_with(')'), "{edit:?}");
        }
        for restored in &edit.characters {
            assert!(
                restored.class != Class::Open || (restored.margin >= 5.0 && restored.candidates > 1),
                "{edit:?}"
            );
        }
    }
    let marked = repaired.marks().count() as u64;
    assert_eq!(repaired.counts.unrepaired(), marked);
    let counts = repaired.counts;
    let all = counts.annotations + counts.realigned() + counts.unrepaired();
    assert_eq!(all, repaired.edits.len() as u64);
}

fn check(input: &str) {
    let repair = GlossRepair::new();
    let repaired = repair.repair(input);
    edits_tell_all(input, &repaired);
    only_damage_is_touched(&repaired);
    let again = repair.repair(&repaired.text);
    assert_eq!(again.text, repaired.text, "a second repair changes more");
    assert_eq!(repair.repair(input).edits, repaired.edits, "not deterministic");
}

/// Running text of the kinds that stand on news pages; Simplified, to be damaged.
fn sentence() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[医院专家队员帮扶对县区设备协议签约远程会诊门诊手术临床学习进修带教团队领导陈赵阳东]{2,9}",
        2 => "[，。；？！、：“”（）《》]",
        1 => "[0-9]{1,4}",
        1 => "[A-Za-z ]{1,6}",
        1 => Just("病；".to_owned()),
        1 => Just("。”“".to_owned()),
    ];
    prop::collection::vec(piece, 4..30).prop_map(|pieces| pieces.concat())
}

/// A page that passes the gate whatever stands behind these words.
const ANNOTATED: &str =
    "醫(yī)療隊(duì)員進(jìn)駐縣(xiàn)醫(yī)院開(kāi)展診(zhěn)療,帶(dài)教團(tuán)隊(duì)\n";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn damaged_sentences(lines in prop::collection::vec(sentence(), 1..6), seed in any::<u64>(), cuts in 0.0..=1.0) {
        let damaged = Site::random(seed, cuts).damage(&lines.join("\n"));
        check(&format!("{ANNOTATED}{}", damaged.text));
    }

    /// Not even a text that no site could have made breaks anything.
    #[test]
    fn arbitrary_garbage(lines in prop::collection::vec("[?？()�a-zāéǐù<>/p0-9，。！“”ьㄔ└≈€\u{e1a9}\u{e848}醫進帶領专科病恩😀]{0,60}", 0..5)) {
        check(&format!("{ANNOTATED}{}", lines.join("\n")));
    }

    /// Text without the marks of a clone site comes back as it is, borrowed.
    #[test]
    fn other_text_is_untouched(text in "[?() \n<>/p0-9a-z，。！“”醫進帶領专科病恩]{0,200}") {
        let repaired = GlossRepair::new().repair(&text);
        prop_assert!(repaired.edits.is_empty() && repaired.text == text.as_str());
    }
}

/// What was put back, damaged again by the same site, is what was seen; a wrong guess of a lost byte is no exception.
#[test]
fn restored_text_can_be_damaged_again() {
    let clean = "陈领队带着专家团队来到县医院，开展远程会诊；设备、协议都已齐备。当地群众说：“医疗队来了，看病不用愁！”\n\
                 一个专科门诊，两名进修医师，三台手术。省里的专家为当地医护人员讲课，还义诊了两天。\n";
    let mut compared = 0;
    for seed in 0..300 {
        let mut site = Site::random(seed, 1.0);
        let damaged = site.damage(&clean.repeat(4));
        let repaired = GlossRepair::new().repair(&damaged.text);
        if repaired.marks().next().is_some() {
            continue;
        }
        for (line, seen) in repaired.text.lines().zip(damaged.text.lines()) {
            let full_width: Vec<char> = line.chars().map(full_width).collect();
            let again: String =
                site.damage_line(&full_width).into_iter().map(|seen| half_width(seen.0)).collect();
            assert_eq!(again, seen);
            compared += 1;
        }
    }
    assert!(compared > 500, "only {compared} lines could be compared");
}

/// The clean text has its punctuation in full width.
fn full_width(character: char) -> char {
    match character {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '!' => '！',
        '?' => '？',
        _ => character,
    }
}

/// The whole way in HTML: tags stay, and a tag that lost its bracket gets it back.
#[test]
fn html_keeps_its_tags() {
    let list: BTreeMap<char, String> =
        "醫隊員進縣開診帶團領聯學習".chars().filter_map(|c| Some((c, reading(c)?))).collect();
    let mut site = Site::annotating(&list, 1.0, 0);
    let page = "<p>醫療隊員進駐縣醫院開展診療</p><p>帶教團隊赴縣裏學習</p><p>隊員帶領團隊進縣</p>";
    let line: Vec<char> = page.chars().collect();
    let damaged: String = site.damage_line(&line).into_iter().map(|seen| seen.0).collect();
    assert!(damaged.contains("(yī)"));
    let repaired = GlossRepair::new().repair(&damaged);
    assert_eq!(repaired.text, page);
}

/// A `?` that swallowed the bracket of a tag gives it back in HTML; plain text has no use for the tag.
#[test]
fn tags_that_lost_their_bracket() {
    let damaged = |rest: &str| format!("{ANNOTATED}{rest}");
    let html = damaged("<p>院長王忠?guī)?/p><p>到縣(xiàn)</p>");
    let repaired = GlossRepair::new().repair(&html);
    assert!(repaired.text.ends_with("</p><p>到縣</p>"), "{}", repaired.text);
    assert_eq!(repaired.marks().count(), 1, "{:?}", repaired.edits.last());
    let text = damaged("院長王忠?guī)?/p>");
    let repaired = GlossRepair::new().repair(&text);
    assert!(!repaired.text.contains("/p>") && repaired.counts.unrepaired() == 1, "{}", repaired.text);
}
