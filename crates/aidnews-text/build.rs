//! Compiles what the crate reads as text in `model/` into the tables it uses in place.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

#[path = "src/gloss/symbol.rs"]
mod symbol;
#[path = "model/train.rs"]
mod train;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/gloss/symbol.rs");
    println!("cargo::rerun-if-changed=model");
    let read = |name: &str| fs::read_to_string(name).map_err(|cause| format!("{name}: {cause}"));
    let model = train::train(&read("model/words.txt")?, &read("model/news.txt")?);
    fs::write(Path::new(&env::var("OUT_DIR")?).join("gloss.model"), model)?;
    Ok(())
}
