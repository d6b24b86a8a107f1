//! Megabytes a second over the files of a folder, beside a readability engine and a plain parse:
//! `speed FOLDER [html|txt] [rounds]`. One thread; every file is read `rounds` times and the best round counts.

use std::time::Instant;

use aidnews_page::{Format, PageHint, PageReader};

fn best(rounds: usize, bytes: usize, mut run: impl FnMut()) -> f64 {
    let times = (0..rounds).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64()
    });
    bytes as f64 / 1e6 / times.fold(f64::INFINITY, f64::min)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("give a folder")?;
    let extension = arguments.next().unwrap_or("html".into());
    let rounds = arguments.next().and_then(|rounds| rounds.parse().ok()).unwrap_or(5);
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|found| found == extension.as_str()) {
            texts.push(String::from_utf8_lossy(&std::fs::read(path)?).into_owned());
        }
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    let start = Instant::now();
    let reader = PageReader::new();
    println!("start\t{:.2} ms", start.elapsed().as_secs_f64() * 1e3);
    let format = if extension == "html" { Format::Html } else { Format::Text };
    let hint = PageHint { format: Some(format), ..PageHint::default() };
    let ours = best(rounds, bytes, || {
        texts.iter().for_each(|text| drop(std::hint::black_box(reader.read(text, &hint))))
    });
    println!("aidnews-page\t{ours:.1} MB/s\t{} files, {bytes} bytes", texts.len());
    if extension == "html" {
        let readability = best(1, bytes, || {
            for text in &texts {
                let parsed = dom_smoothie::Readability::new(text.as_str(), None, None)
                    .and_then(|mut engine| engine.parse());
                let _ = std::hint::black_box(parsed);
            }
        });
        println!("dom_smoothie\t{readability:.1} MB/s");
        let parsed = best(1, bytes, || {
            texts.iter().for_each(|text| drop(std::hint::black_box(scraper::Html::parse_document(text))))
        });
        println!("scraper, parse only\t{parsed:.1} MB/s");
    }
    Ok(())
}
