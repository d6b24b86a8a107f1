//! Prints who helps whom in the pages named on the command line.

use std::{env, fs};

use aidnews::{Hint, Reader};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let reader = Reader::new()?;
    for path in env::args().skip(1) {
        let bytes = fs::read(&path)?;
        match reader.read(&bytes, &Hint { path: Some(&path), ..Hint::default() }) {
            Ok(record) => {
                for partnership in &record.partnerships {
                    println!("{path}\t{}\t{}", partnership.supporter, partnership.recipient);
                }
            }
            Err(error) => eprintln!("{path}: {error}"),
        }
    }
    Ok(())
}
