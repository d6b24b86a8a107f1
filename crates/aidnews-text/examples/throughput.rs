//! Prints how fast each stage is, in MB/s of input, on the files and folders given.
//!
//! `cargo run --release -p aidnews-text --example throughput -- corpus/articles`
//!
//! The texts are repeated to 32 MB a run; the best of several runs counts, in CPU time where the system tells it, so
//! that other jobs matter less. `tests/speed.py` measures OpenCC on the same texts.

use std::path::Path;
use std::time::Instant;

use aidnews_text::repair::Repair;
use aidnews_text::{Conversion, Format, Script, TextHint, TextReader, decode};

const SIZE: usize = 32 << 20;
const RUNS: usize = 3;

fn main() {
    let mut files = Vec::new();
    std::env::args().skip(1).for_each(|path| collect(Path::new(&path), &mut files));
    let texts: Vec<String> = files.into_iter().filter_map(|bytes| String::from_utf8(bytes).ok()).collect();
    for (name, wanted) in [("Simplified", Script::Simplified), ("Traditional", Script::Traditional)] {
        let texts: Vec<&str> =
            texts.iter().map(String::as_str).filter(|text| of_script(text, wanted)).collect();
        if !texts.is_empty() {
            measure(name, &texts);
        }
    }
}

fn of_script(text: &str, wanted: Script) -> bool {
    let simplified = matches!(Script::of(text), Script::Simplified | Script::None);
    simplified == (wanted == Script::Simplified)
}

fn measure(name: &str, texts: &[&str]) {
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    let rounds = (SIZE / bytes).max(1);
    println!("{name}: {} texts, {bytes} bytes, {rounds} times", texts.len());
    let reader = TextReader::new();
    let repair = Repair::default();
    let run = |label: &str, stage: &dyn Fn(&str) -> usize| {
        let mut best = f64::MAX;
        for _ in 0..RUNS {
            let clock = Clock::start();
            let mut sum = 0;
            for _ in 0..rounds {
                sum += texts.iter().map(|text| stage(text)).sum::<usize>();
            }
            std::hint::black_box(sum);
            best = best.min(clock.seconds());
        }
        let speed = (bytes * rounds) as f64 / best / 1e6;
        println!("  {label:34} {speed:8.0} MB/s");
    };
    run("decode UTF-8", &|text| decode(text.as_bytes(), None).text.len());
    let repaired: &dyn Fn(&str) -> usize = &|text| repair.repair(text, Format::Text).text.len();
    run("repair", repaired);
    for conversion in Conversion::ALL {
        run(&format!("convert {conversion}"), &|text| conversion.convert(text).text.len());
    }
    run("decode + repair + convert", &|text| reader.read(text.as_bytes(), &TextHint::default()).text.len());
    let gbk: Vec<Vec<u8>> =
        texts.iter().map(|text| encoding_rs::GB18030.encode(text).0.into_owned()).collect();
    let clock = Clock::start();
    let sum: usize = (0..rounds).flat_map(|_| &gbk).map(|bytes| decode(bytes, Some("gbk")).text.len()).sum();
    println!("  {:34} {:8.0} MB/s of text", "decode GB18030", sum as f64 / clock.seconds() / 1e6);
}

/// Seconds of CPU time of this program, or of the wall where the system does not say.
struct Clock {
    cpu: Option<f64>,
    wall: Instant,
}

impl Clock {
    fn start() -> Clock {
        Clock { cpu: cpu_seconds(), wall: Instant::now() }
    }

    fn seconds(&self) -> f64 {
        match (self.cpu, cpu_seconds()) {
            (Some(start), Some(end)) => (end - start).max(0.005),
            _ => self.wall.elapsed().as_secs_f64(),
        }
    }
}

/// Reads user and system time, which Linux counts in hundredths of a second.
fn cpu_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = text.rsplit_once(')')?.1.split_whitespace().skip(11);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((user + system) / 100.0)
}

fn collect(path: &Path, files: &mut Vec<Vec<u8>>) {
    if let Ok(folder) = std::fs::read_dir(path) {
        let mut entries: Vec<_> = folder.flatten().map(|entry| entry.path()).collect();
        entries.sort();
        entries.iter().for_each(|entry| collect(entry, files));
    } else if let Ok(bytes) = std::fs::read(path) {
        files.push(bytes);
    }
}
