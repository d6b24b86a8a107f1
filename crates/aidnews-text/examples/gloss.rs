//! Repairs a pinyin-annotated page: the text goes to standard output, what was done to standard error.

use std::error::Error;
use std::{env, fs};

use aidnews_text::gloss::{Class, GlossRepair};

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).ok_or("usage: gloss FILE")?;
    let text = fs::read_to_string(&path).map_err(|cause| format!("{path}: {cause}"))?;
    let repaired = GlossRepair::new().repair(&text);
    print!("{}", repaired.text);
    eprintln!("{:?}", repaired.counts);
    for edit in repaired.edits.iter().filter(|edit| edit.class != Class::Annotation) {
        let (candidates, margin) = (edit.candidates(), edit.margin());
        eprintln!("{} -> {}\t{}\t{candidates}\t{margin:.1}", edit.old, edit.new, edit.class.as_str());
    }
    Ok(())
}
