//! Every shipped lexicon is whole: it parses, its cells hold what their columns promise, and its references lead
//! somewhere. Messages name the file and the line.

use std::collections::BTreeSet;

use aidnews_compile::{Entry, Lexicon};
use aidnews_data::LEXICONS;
use aidnews_text::Conversion;

/// Simplified names that OpenCC would change all the same: 乾 is read qián in them.
const KEPT: [&str; 3] = ["乾县", "乾安", "乾安县"];

/// The frameworks of the annotation guide.
const PROGRAMMES: &str = "对口支援 对口帮扶 东西部协作 组团式帮扶 援藏 援疆 援青 援外 医联体 医共体 专科联盟 托管 柔性援助 健康扶贫 \
                          乡村振兴帮扶 抗疫支援 救灾支援 义诊 捐赠 定点帮扶 城乡对口支援 巡回医疗";

const MEASURES: &str = "experts trainees sessions patients surgeries consultations techniques units institutions funds goods \
                        research change duration other";

/// What cells may hold: file, column, values; a cell may list several with `|`. An empty cell is one of the values
/// only where the list has `-`.
const VALUES: [(&str, &str, &str); 22] = [
    ("aid_verb.tsv", "frame", "give go get with host neutral"),
    ("aid_verb.tsv", "also", "give go get with host neutral -"),
    ("aid_verb.tsv", "strength", "strong medium weak"),
    ("country.tsv", "form", "country city"),
    ("country.tsv", "recipient", "y -"),
    ("division.tsv", "level", "province prefecture county"),
    ("division.tsv", "risk", "word border -"),
    ("division.tsv", "status", "full short former corps informal"),
    ("division_code.tsv", "level", "province prefecture county"),
    ("hospital_short.tsv", "form", "full alias"),
    ("hospital_short.tsv", "kind", "hospital public_health primary_care"),
    ("hospital_short.tsv", "risk", "context -"),
    ("institution_type.tsv", "strength", "full weak"),
    (
        "institution_type.tsv",
        "kind",
        "hospital primary_care public_health authority university company charity team place school other",
    ),
    ("measured_noun.tsv", "measure", MEASURES),
    ("measured_unit.tsv", "measure", MEASURES),
    ("measuring_verb.tsv", "measure", MEASURES),
    ("organization.tsv", "kind", "authority charity company public_health other"),
    ("programme.tsv", "canonical", PROGRAMMES),
    ("programme_cue.tsv", "canonical", PROGRAMMES),
    ("specialty.tsv", "form", "科 中心 field"),
    ("university.tsv", "form", "full short"),
];

/// Cells that name entries of other columns: file and column, then file and column of what they name.
const REFERENCES: [(&str, &str, &str, &str); 8] = [
    ("division.tsv", "code", "division_code.tsv", "code"),
    ("division.tsv", "parent", "division_code.tsv", "code"),
    ("division_code.tsv", "parent", "division_code.tsv", "code"),
    ("region_abbreviation.tsv", "code", "division_code.tsv", "code"),
    ("university.tsv", "code", "division_code.tsv", "code"),
    ("university.tsv", "full", "university.tsv", "surface"),
    ("hospital_short.tsv", "code", "division_code.tsv", "code"),
    ("hospital_short.tsv", "full", "hospital_short.tsv", "surface"),
];

fn lexicon(file: &str) -> Lexicon<'static> {
    let (_, text) =
        LEXICONS.iter().find(|(name, _)| *name == file).unwrap_or_else(|| panic!("no file {file}"));
    Lexicon::parse(file, text).unwrap_or_else(|error| panic!("{error}"))
}

/// The items of a cell that may hold several.
fn items<'t>(entry: &Entry<'_, 't>, column: &str) -> impl Iterator<Item = &'t str> {
    entry.cell(column).split('|').filter(|item| !item.is_empty())
}

#[test]
fn every_file_parses_and_says_where_it_is_from() {
    for (file, _) in LEXICONS {
        let lexicon = lexicon(file);
        for header in ["source", "licence"] {
            assert!(lexicon.header(header).is_some_and(|value| !value.is_empty()), "{file}: no `#{header}`");
        }
        assert_eq!(
            file.strip_suffix(".tsv"),
            Some(lexicon.kind()),
            "{file}: the kind is not the file's name"
        );
        assert!(lexicon.entries().next().is_some(), "{file}: no entries");
    }
}

#[test]
fn surfaces_are_simplified_and_without_blanks() {
    for (file, _) in LEXICONS {
        for entry in lexicon(file).entries() {
            let (surface, line) = (entry.surface(), entry.line());
            assert!(!surface.contains(char::is_whitespace), "{file}:{line}: a blank in `{surface}`");
            assert!(!surface.contains('…'), "{file}:{line}: `{surface}` is a pattern, not a surface");
            if !KEPT.contains(&surface) {
                let simplified = Conversion::T2s.convert(surface).text;
                assert_eq!(simplified, surface, "{file}:{line}: not Simplified");
            }
        }
    }
}

#[test]
fn cells_hold_what_their_columns_allow() {
    for (file, column, values) in VALUES {
        let values: BTreeSet<&str> = values.split_whitespace().collect();
        let lexicon = lexicon(file);
        assert!(lexicon.columns().contains(&column), "{file}: no column `{column}`");
        for entry in lexicon.entries() {
            let filled = items(&entry, column).next().is_some();
            assert!(filled || values.contains("-"), "{file}:{}: `{column}` is empty", entry.line());
            for item in items(&entry, column) {
                assert!(values.contains(item), "{file}:{}: `{item}` is no {column}", entry.line());
            }
        }
    }
}

#[test]
fn references_lead_somewhere() {
    for (file, column, target, key) in REFERENCES {
        let (from, to) = (lexicon(file), lexicon(target));
        assert!(from.columns().contains(&column), "{file}: no column `{column}`");
        let known: BTreeSet<&str> = to.entries().map(|entry| entry.cell(key)).collect();
        for entry in from.entries() {
            for item in items(&entry, column) {
                assert!(
                    known.contains(item),
                    "{file}:{}: {column} `{item}` is not in {target}",
                    entry.line()
                );
            }
        }
    }
}

#[test]
fn codes_of_departments_have_the_form_of_the_catalogue() {
    let part = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    for entry in lexicon("specialty.tsv").entries() {
        let code = entry.cell("code");
        assert!(
            code.is_empty() || code.split('.').all(part),
            "specialty.tsv:{}: code `{code}`",
            entry.line()
        );
    }
}

#[test]
fn divisions_know_their_provinces() {
    for entry in lexicon("division_code.tsv").entries() {
        let (code, parent) = (entry.cell("code"), entry.cell("parent"));
        assert_eq!(code.len(), 6, "division_code.tsv:{}: code `{code}`", entry.line());
        assert_eq!(
            parent.is_empty(),
            entry.cell("level") == "province",
            "division_code.tsv:{}",
            entry.line()
        );
        assert!(
            parent.is_empty() || parent[..2] == code[..2],
            "division_code.tsv:{}: parent `{parent}`",
            entry.line()
        );
    }
}

/// Names that aid news lives on; each stands for a class of surfaces.
#[test]
fn well_known_names_are_there() {
    for (file, surface, column, wanted, class) in [
        ("division.tsv", "壤塘", "full", "壤塘县", "a county without its 县"),
        ("division.tsv", "阿坝州", "code", "513200", "an autonomous prefecture in short"),
        ("division.tsv", "双江县", "full", "双江拉祜族佤族布朗族傣族自治县", "an autonomous county in short"),
        ("division.tsv", "积石山县", "code", "622927", "one of many peoples"),
        ("division.tsv", "达孜县", "code", "540104", "a county that became a district"),
        ("division.tsv", "那曲地区", "code", "540600", "a prefecture that became a city"),
        ("division.tsv", "鼓楼区", "ambiguous", "4", "a district of four cities"),
        ("division.tsv", "安康", "risk", "word", "a city that is an ordinary word"),
        ("division.tsv", "合作", "risk", "word", "a city that is an ordinary word"),
        ("division.tsv", "第一师", "code", "659002", "a division of the corps and its city"),
        ("division.tsv", "花莲县", "parent", "710000", "a county of Taiwan"),
        ("region_abbreviation.tsv", "黔", "code", "520000", "a province in one character"),
        ("university.tsv", "重医", "full", "重庆医科大学", "a university in short"),
        (
            "hospital_short.tsv",
            "湘雅二医院",
            "full",
            "中南大学湘雅二医院",
            "a hospital with a name of its own",
        ),
        ("hospital_short.tsv", "广医五院", "full", "广州医科大学附属第五医院", "a composed short name"),
        ("institution_type.tsv", "蒙医院", "kind", "hospital", "ethnic medicine"),
        ("institution_type.tsv", "荣民总医院", "kind", "hospital", "Taiwan"),
        ("institution_type.tsv", "社康中心", "kind", "primary_care", "Shenzhen"),
        ("specialty.tsv", "神内", "code", "03.03", "a department in two characters"),
        ("specialty.tsv", "藏医科", "code", "51.02", "ethnic medicine"),
        ("specialty.tsv", "重症", "form", "field", "a field word"),
        ("programme.tsv", "组团式援藏", "canonical", "组团式帮扶|援藏", "two frameworks in one word"),
        ("programme.tsv", "沪滇协作", "canonical", "东西部协作", "a pair of regions"),
        ("programme.tsv", "援贝宁", "canonical", "援外", "a country"),
        ("country.tsv", "圭亚那", "code", "GY", "a country with a Chinese team"),
        ("aid_verb.tsv", "赴", "frame", "go", "the giver goes"),
        ("aid_verb.tsv", "的支持下", "frame", "get", "the giver stands before it"),
        ("aid_verb.tsv", "来我院", "frame", "host", "the writer receives"),
        ("measured_noun.tsv", "呼吸机", "measure", "goods", "a device"),
        ("measured_noun.tsv", "本地医师", "measure", "trainees", "local staff"),
        ("measuring_verb.tsv", "接诊", "measure", "patients", "a verb"),
    ] {
        let lexicon = lexicon(file);
        let entry = lexicon.entries().find(|entry| entry.surface() == surface);
        let entry = entry.unwrap_or_else(|| panic!("{file}: no `{surface}` ({class})"));
        assert_eq!(entry.cell(column), wanted, "{file}: {column} of `{surface}` ({class})");
    }
}
