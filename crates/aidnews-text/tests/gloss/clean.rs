//! Text that must come back as it is, byte for byte and borrowed.

use std::borrow::Cow;

use aidnews_text::gloss::GlossRepair;

use crate::measure::articles;
use crate::simulate::{Site, half_width};
use crate::workspace;

fn is_untouched(text: &str) {
    let repaired = GlossRepair::new().repair(text);
    assert!(matches!(repaired.text, Cow::Borrowed(_)), "changed: {:?}", repaired.edits);
    assert!(repaired.edits.is_empty() && repaired.origin.is_identity());
}

#[test]
fn news_in_either_script_and_width() {
    let site = Site::random(1, 1.0);
    let mut articles = articles(&workspace().join("corpus/articles/gold.jsonl"), |_| true);
    articles.extend(crate::measure::articles(&workspace().join("corpus/blind/gold.jsonl"), |_| true));
    for article in articles {
        let traditional = site.traditional(&article);
        is_untouched(&traditional);
        is_untouched(&traditional.chars().map(half_width).collect::<String>());
        is_untouched(&article.chars().map(half_width).collect::<String>());
        is_untouched(&article);
    }
}

#[test]
fn text_with_real_readings_and_question_marks() {
    let primer = "人(rén)口(kǒu)手(shǒu)大(dà)小(xiǎo)山(shān)水(shuǐ)日(rì)月(yuè)";
    let traditional_primer = "馬(mǎ)牛羊 馬車 馬上 龍(lóng)虎 龍頭 龍年 魚(yú)蟲 魚肉 魚水 鳥(niǎo)獸 鳥巢 鳥語 \
                              門(mén)窗 門口 門前 風(fēng)雨 風雲 風景 雲(yún)朵 雲雨";
    let texts = [
        "",
        "(",
        "?",
        "龜茲(qiū cí)古國,埇(yǒng)橋區,亳(bó)州,歙(shè)縣,黟(yī)縣,盱(xū)眙(yí)",
        primer,
        traditional_primer,
        "真的嗎??是的?!為什麼?那(哪)裡?",
        "let x = a ? b(c) : d(e); f(g)(h)(i)(j)(k)(l)",
        "東京(とうきょう)、大阪(おおさか)、京都(きょうと)",
        "མི་དམངས་སྨན་ཁང་། 西藏(བོད།)人民醫院",
    ];
    texts.into_iter().for_each(is_untouched);
}

/// The gate counts, so one page may hold both: what is no reading of its character stays.
#[test]
fn other_brackets_of_a_damaged_page_stay() {
    let page = "醫(yī)療隊(duì)員進(jìn)駐縣(xiàn)醫(yī)院開(kāi)展診(zhěn)療,帶(dài)教團(tuán)隊(duì)\n\
                埇(yǒng)橋區人民醫(yī)院(ICU)的王(某)醫(yī)生?是的(yes)!";
    let repaired = GlossRepair::new().repair(page);
    let expected = "醫療隊員進駐縣醫院開展診療,帶教團隊\n埇(yǒng)橋區人民醫院(ICU)的王(某)醫生?是的(yes)!";
    assert_eq!(repaired.text, expected);
    assert_eq!((repaired.counts.annotations, repaired.counts.unrepaired()), (12, 0));
}
