//! Prints for each file given how it was decoded, which script it was in, and what was repaired.
//!
//! `cargo run --release -p aidnews-text --example clean -- FILE...`; a single file's text follows its line.

use aidnews_text::{TextHint, TextReader};

fn main() -> Result<(), std::io::Error> {
    let reader = TextReader::new();
    let paths: Vec<String> = std::env::args().skip(1).collect();
    for path in &paths {
        let bytes = std::fs::read(path)?;
        let cleaned = reader.read(&bytes, &TextHint::default());
        let (encoding, conversion) = (&cleaned.encoding, cleaned.conversion);
        println!(
            "{path}\t{}\t{:?}\tmalformed {}\t{}\t{}\t{}\t{:?}\tmap {} bytes",
            encoding.name,
            encoding.decided_by,
            encoding.malformed,
            cleaned.format.as_str(),
            cleaned.script.as_str(),
            conversion.map_or("kept", |conversion| conversion.as_str()),
            cleaned.repairs,
            cleaned.origin.heap_bytes(),
        );
        if paths.len() == 1 {
            println!("{}", cleaned.text);
        }
    }
    Ok(())
}
