//! Lists the files of `lexicon/` and `model/`, so that adding one never touches code.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    let mut code = String::new();
    for (folder, name) in [("lexicon", "LEXICONS"), ("model", "MODELS")] {
        println!("cargo::rerun-if-changed={folder}");
        writeln!(code, "/// Name and text of every file of `{folder}/`, by name.")
            .expect("a string takes it");
        writeln!(code, "pub const {name}: &[(&str, &str)] = &[").expect("a string takes it");
        for path in tables(&root.join(folder)) {
            let file = path.file_name().expect("a listed file has a name").to_string_lossy();
            writeln!(code, "    ({file:?}, include_str!({path:?})),").expect("a string takes it");
        }
        writeln!(code, "];").expect("a string takes it");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("files.rs");
    fs::write(out, code).expect("OUT_DIR can be written");
}

fn tables(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    found.retain(|path| path.extension().is_some_and(|ending| ending == "tsv"));
    found.sort();
    found
}
