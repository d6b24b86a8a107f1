//! Converts standard input to Simplified and writes it to standard output.
//!
//! `cargo run --release --example convert -- t2s < in.txt > out.txt`; the argument is one of t2s, tw2s, hk2s, tw2sp.

use std::io::{Read, Write};

use aidnews_text::Conversion;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let conversion: Conversion = std::env::args().nth(1).as_deref().unwrap_or("t2s").parse()?;
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    std::io::stdout().write_all(conversion.convert(&text).text.as_bytes())?;
    Ok(())
}
