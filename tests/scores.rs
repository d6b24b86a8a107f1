//! Our scorer and the reference scorer give the same figures for the same files.
//!
//! The reference lies beside the repository and needs Python; where either is missing, nothing is compared.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use aidnews::{Hint, Reader};
use aidnews_eval::{read_gold, read_records, score};
use aidnews_tests::shared;
use serde_json::{Value, json};

/// The figures of the reference scorer.
fn reference(gold: &Path, records: &Path) -> Option<Value> {
    let scorer = shared("tools/score_facts.py")?;
    let output = Command::new("python3").arg(scorer).arg("--json").args([gold, records]).output().ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// Compares every figure; returns whether there was a reference to compare with.
fn compare(gold: &Path, records: &Path) -> bool {
    let Some(theirs) = reference(gold, records) else { return false };
    let open = |path: &Path| std::io::BufReader::new(fs::File::open(path).unwrap());
    let scores = score(&read_gold(open(gold)).unwrap(), &read_records(open(records)).unwrap());
    let ours = serde_json::to_value(&scores.report).unwrap();
    for (key, figure) in theirs.as_object().unwrap() {
        assert_eq!(&ours[key], figure, "{key} of {}", gold.display());
    }
    assert_eq!(ours.as_object().unwrap().len(), theirs.as_object().unwrap().len());
    true
}

fn write_lines(path: PathBuf, lines: impl IntoIterator<Item = Value>) -> PathBuf {
    let text: String = lines.into_iter().map(|line| format!("{line}\n")).collect();
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn real_records_score_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let reader = Reader::new().unwrap();
    for set in ["seeds", "aidnews-dev", "aidnews-dev2"] {
        let Some(data) = shared(&format!("data/{set}")) else { return };
        let mut pages: Vec<PathBuf> =
            fs::read_dir(data.join("raw")).unwrap().map(|entry| entry.unwrap().path()).collect();
        pages.sort();
        let records = pages.iter().map(|page| {
            let hint = Hint { path: page.to_str(), ..Hint::default() };
            serde_json::to_value(reader.read(&fs::read(page).unwrap(), &hint).unwrap()).unwrap()
        });
        let records = write_lines(folder.path().join(set), records);
        compare(&data.join("gold.jsonl"), &records);
    }
}

#[test]
fn records_made_to_mislead_score_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let names = Names::new();
    for seed in 1..=6 {
        let mut chance = Chance(seed);
        let (gold, records): (Vec<Value>, Vec<Value>) = (0..60)
            .map(|number| (names.gold(&mut chance, number), names.record(&mut chance, number)))
            .unzip();
        // Some articles have no record, some have two, some records have no article.
        let records = records.into_iter().flat_map(|record| {
            let times = [1, 1, 1, 2, 0][chance.below(5)];
            std::iter::repeat_n(record, times)
        });
        let records: Vec<Value> = records.chain([json!({"id": "nobody"}), json!({})]).collect();
        let gold = write_lines(folder.path().join(format!("gold{seed}")), gold);
        let records = write_lines(folder.path().join(format!("records{seed}")), records);
        compare(&gold, &records);
    }
}

/// A small generator of numbers; the same numbers every time (xorshift64*).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit
    }

    fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn pick<'p, T>(&mut self, from: &'p [T]) -> &'p T {
        &from[self.below(from.len())]
    }

    fn list<T>(&mut self, most: usize, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let length = self.below(most + 1);
        (0..length).map(|_| make(self)).collect()
    }
}

/// Names that differ in width, case and punctuation, or fold to nothing.
const PARTIES: [&str; 16] = [
    "市第一医院",
    "市第一医院 ",
    "市第１医院",
    "市第1医院",
    "（市）第1医院",
    "ＣＣＴＶ基金会",
    "cctv基金会",
    "省人民医院",
    "省人民医院（总院）",
    "县医院",
    "——",
    "",
    "བོད་ལྗོངས",
    "བདལངས",
    "①院",
    "1院",
];
const VALUES: [&str; 12] = [
    "2021",
    "2021-10",
    "2021-10-28",
    "2021/..",
    "2021/2023",
    "2018/..",
    "2018",
    "2018/2021-05",
    "--10-27",
    "../2021",
    "",
    "2021-10-28/2021-10-29",
];
const MEASURES: [&str; 4] = ["experts", "patients", "funds", "change"];
const KINDS: [&str; 5] = ["hospital", "primary_care", "public_health", "place", "other"];
const ROLES: [&str; 3] = ["event", "since", "period"];
const TITLES: [&str; 6] = ["甲院支援乙院", "甲院 支援乙院！", "甲院支援丙院", "", "ＡＢ", "ab"];
const BODIES: [&str; 8] = [
    "",
    "甲",
    "甲乙丙",
    "甲乙丙丁",
    "甲 乙丙\u{a0}丁戊\u{1f}己",
    "ＡＢＣＤ１２３",
    "abcd123abcd123abcd",
    "甲乙丙丁甲乙丙丁甲乙丙丁戊",
];
const NUMBERS: [f64; 9] = [0.0, 1.0, 3.0, 0.1, 0.300_000_000_1, 18000.0, 8_300_000.0, 0.000_000_4, 1e16];

/// Names of specialties with all that the table of the reference knows.
struct Names {
    specialties: Vec<String>,
}

impl Names {
    fn new() -> Self {
        let table =
            shared("data/specialties.tsv").map_or(String::new(), |path| fs::read_to_string(path).unwrap());
        let rows = table.lines().filter(|line| !line.starts_with('#'));
        let cells = rows.flat_map(|row| row.split(['\t', '|']).map(str::to_owned).collect::<Vec<_>>());
        let more = ["眼科", "牙科", "骨 科", "ＩＣＵ", "no such field", ""].map(str::to_owned);
        Self { specialties: cells.chain(more).collect() }
    }

    fn maybe(chance: &mut Chance, from: &[&str]) -> Value {
        if chance.one_in(4) { Value::Null } else { json!(chance.pick(from)) }
    }

    fn entity(chance: &mut Chance) -> Value {
        json!({
            "name": chance.pick(&PARTIES), "alt": chance.list(2, |chance| *chance.pick(&PARTIES)),
            "kind": chance.pick(&KINDS), "optional": chance.one_in(4),
        })
    }

    fn name(chance: &mut Chance) -> Value {
        let name = *chance.pick(&PARTIES);
        match chance.below(4) {
            0 => json!({"name": name, "optional": true}),
            1 => json!({"name": name, "alt": [chance.pick(&PARTIES)]}),
            _ => json!(name),
        }
    }

    fn pair(chance: &mut Chance) -> Value {
        let (from, to) = (*chance.pick(&PARTIES), *chance.pick(&PARTIES));
        if chance.one_in(4) { json!([from, to, {"optional": chance.one_in(2)}]) } else { json!([from, to]) }
    }

    fn amount(chance: &mut Chance) -> Value {
        let number = |chance: &mut Chance| match chance.below(3) {
            0 => Value::Null,
            _ => json!(chance.pick(&NUMBERS)),
        };
        let mut count = json!({"value": number(chance), "measure": chance.pick(&MEASURES), "text": "x"});
        if chance.one_in(2) {
            count["min"] = number(chance);
            count["max"] = number(chance);
        }
        count
    }

    fn date(chance: &mut Chance) -> Value {
        json!({"value": chance.pick(&VALUES), "role": chance.pick(&ROLES), "text": "x"})
    }

    fn optional(chance: &mut Chance, mut item: Value) -> Value {
        if chance.one_in(3) {
            item["optional"] = json!(chance.one_in(2));
        }
        item
    }

    fn gold(&self, chance: &mut Chance, number: usize) -> Value {
        json!({
            "id": format!("g{number}"), "file": format!("g{number}.txt"), "relevant": chance.one_in(2),
            "title": Self::maybe(chance, &TITLES), "published": Self::maybe(chance, &["2021-10-28", "2021-10"]),
            "outlet": Self::maybe(chance, &PARTIES), "authors": chance.list(2, Self::name),
            "editors": chance.list(2, Self::name),
            "paragraphs": chance.list(3, |chance| *chance.pick(&BODIES)),
            "supporters": chance.list(4, Self::entity), "recipients": chance.list(4, Self::entity),
            "pairs": chance.list(4, Self::pair), "programmes": chance.list(3, Self::name),
            "dates": chance.list(5, |chance| {
                let mut date = Self::date(chance);
                if chance.one_in(3) { date["alt"] = json!([chance.pick(&VALUES)]); }
                Self::optional(chance, date)
            }),
            "specialties": chance.list(5, |chance| {
                let mut specialty = json!({"name": chance.pick(&self.specialties)});
                if chance.one_in(4) { specialty["alt"] = json!([chance.pick(&self.specialties)]); }
                Self::optional(chance, specialty)
            }),
            "counts": chance.list(5, |chance| {
                let count = Self::amount(chance);
                Self::optional(chance, count)
            }),
        })
    }

    fn record(&self, chance: &mut Chance, number: usize) -> Value {
        let mut record = json!({
            "relevance": chance.pick(&[0.0, 0.49, 0.5, 1.0]),
            "article": {
                "title": Self::maybe(chance, &TITLES),
                "published": Self::maybe(chance, &["2021-10-28T09:30", "2021-10-28", "2021-10"]),
                "outlet": Self::maybe(chance, &PARTIES), "authors": chance.list(2, |chance| *chance.pick(&PARTIES)),
                "editors": chance.list(2, |chance| json!({"name": chance.pick(&PARTIES)})),
                "text": chance.list(3, |chance| *chance.pick(&BODIES)).join("\n"),
            },
            "supporters": chance.list(4, Self::entity), "recipients": chance.list(4, Self::entity),
            "partnerships": chance.list(4, |chance| json!({"supporter": chance.pick(&PARTIES), "recipient": chance.pick(&PARTIES)})),
            "programmes": chance.list(3, |chance| json!({"name": chance.pick(&PARTIES)})),
            "dates": chance.list(5, |chance| {
                let mut date = Self::date(chance);
                if chance.one_in(8) { date["value"] = Value::Null; }
                date
            }),
            "specialties": chance.list(5, |chance| json!({"name": chance.pick(&self.specialties)})),
            "counts": chance.list(5, Self::amount),
        });
        // Found by file, by id, by the id of another article, or by what looks like neither.
        match chance.below(4) {
            0 => record["id"] = json!(format!("g{number}")),
            1 => record["source"] = json!({"path": format!("raw/g{number}.txt")}),
            2 => {
                record["id"] = json!(format!("g{}", number + 1));
                record["source"] = json!({"path": format!("g{number}.txt")});
            }
            _ => record["id"] = json!(format!("g{number}.txt")),
        }
        if chance.one_in(6) {
            let keys: Vec<String> = record.as_object().unwrap().keys().cloned().collect();
            let key = chance.pick(&keys).clone();
            record[key] = Value::Null;
        }
        record
    }
}
