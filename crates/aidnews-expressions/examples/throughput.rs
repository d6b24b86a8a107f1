//! Scans a file again and again and prints megabytes a second and expressions a megabyte.
//!
//! `cargo run --release -p aidnews-expressions --example throughput -- FILE`

use std::time::Instant;

use aidnews_expressions::Scanner;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name a text file")?;
    let text = std::fs::read_to_string(path)?;
    let start = Instant::now();
    let scanner = Scanner::new()?;
    let loading = start.elapsed();
    let rounds = (20_000_000 / text.len().max(1)).max(1);
    let start = Instant::now();
    let mut found = 0;
    for _ in 0..rounds {
        found += scanner.scan(&text, None).count();
    }
    let megabytes = (rounds * text.len()) as f64 / 1e6;
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{:.1} MB/s, {:.0} expressions a MB, loaded in {:.2} ms",
        megabytes / seconds,
        found as f64 / megabytes,
        loading.as_secs_f64() * 1e3
    );
    Ok(())
}
