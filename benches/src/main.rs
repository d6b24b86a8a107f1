//! Prints the speed of every stage and of the whole engine beside that of peers: one process, one core, the same
//! articles, rounds in turn, the median of the rounds. Trust the ratios; the machine's speed drifts.
//!
//! `cargo run --release -p aidnews-benches [ROUNDS]` from the top folder; the input is `corpus/articles/raw`.

use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use std::{env, fs, io};

use aidnews::{Format, Hint, Reader};
use aidnews_expressions::Scanner;
use aidnews_page::{PageHint, PageReader};
use aidnews_text::{TextHint, TextReader};

/// A contestant: what it is called and one pass over the input.
struct Contest<'a> {
    name: &'static str,
    bytes: usize,
    articles: usize,
    pass: Box<dyn Fn() + 'a>,
    times: Vec<Duration>,
}

fn main() -> io::Result<()> {
    let rounds: usize = env::args().nth(1).and_then(|word| word.parse().ok()).unwrap_or(9);
    let pages = read_pages("corpus/articles/raw")?;
    let start = Instant::now();
    let reader = Reader::new().map_err(io::Error::other)?;
    println!("Reader::new\t{:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    let start = Instant::now();
    let jieba = jieba_rs::Jieba::new();
    println!("jieba-rs new\t{:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    let text_reader = TextReader::new();
    let page_reader = PageReader::new();
    let scanner = Scanner::new().map_err(io::Error::other)?;
    let texts: Vec<String> =
        pages.iter().map(|page| text_reader.read(page, &TextHint::default()).text.into_owned()).collect();
    let html: Vec<&String> = texts.iter().filter(|text| Format::detect(text) == Format::Html).collect();
    let bodies: Vec<String> =
        texts.iter().map(|text| page_reader.read(text, &PageHint::default()).text).collect();
    let sum = |all: &[String]| all.iter().map(String::len).sum::<usize>();
    let raw: usize = pages.iter().map(Vec::len).sum();
    let html_bytes = html.iter().map(|text| text.len()).sum();
    let contest = |name, bytes, articles, pass| Contest { name, bytes, articles, pass, times: Vec::new() };
    let mut contests = vec![
        contest(
            "whole engine",
            raw,
            pages.len(),
            Box::new(|| each(&pages, |page| reader.read(page, &Hint::default()).is_ok())),
        ),
        contest(
            "text (decode, repair, convert)",
            raw,
            pages.len(),
            Box::new(|| each(&pages, |page| text_reader.read(page, &TextHint::default()).text.len())),
        ),
        contest(
            "page",
            sum(&texts),
            texts.len(),
            Box::new(|| each(&texts, |text| page_reader.read(text, &PageHint::default()).text.len())),
        ),
        contest(
            "page, HTML only",
            html_bytes,
            html.len(),
            Box::new(|| each(&html, |text| page_reader.read(text, &PageHint::default()).text.len())),
        ),
        contest(
            "peer: dom_smoothie, HTML only",
            html_bytes,
            html.len(),
            Box::new(|| each(&html, |text| smoothie(text))),
        ),
        contest(
            "expressions",
            sum(&bodies),
            bodies.len(),
            Box::new(|| each(&bodies, |body| scanner.scan(body, None).count())),
        ),
        contest(
            "peer: jieba-rs cut with HMM",
            sum(&bodies),
            bodies.len(),
            Box::new(|| each(&bodies, |body| jieba.cut(body, true).len())),
        ),
    ];
    for _ in 0..=rounds {
        for contest in &mut contests {
            let start = Instant::now();
            (contest.pass)();
            contest.times.push(start.elapsed());
        }
    }
    for contest in &mut contests {
        // The first round warms caches and counts for nothing.
        contest.times.remove(0);
        contest.times.sort_unstable();
        let seconds = contest.times[contest.times.len() / 2].as_secs_f64();
        let (rate, articles) = (contest.bytes as f64 / seconds / 1e6, contest.articles as f64 / seconds);
        println!("{}\t{rate:.1} MB/s\t{articles:.0} articles/s", contest.name);
    }
    Ok(())
}

fn each<T, R>(items: &[T], pass: impl Fn(&T) -> R) {
    for item in items {
        black_box(pass(item));
    }
}

fn smoothie(html: &str) -> usize {
    let reader = dom_smoothie::Readability::new(html, None, None);
    reader.and_then(|mut reader| reader.parse()).map_or(0, |article| article.text_content.len())
}

fn read_pages(folder: &str) -> io::Result<Vec<Vec<u8>>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    paths.iter().map(fs::read).collect()
}
