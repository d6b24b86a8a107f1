//! The inputs of a run, one after another.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Extensions that no page has. A folder of pages often holds its pictures, styles and lists too.
const NO_PAGES: [&str; 56] = [
    "7z", "avi", "bmp", "bz2", "css", "csv", "doc", "docx", "eot", "exe", "flv", "gif", "gz", "ico", "jar",
    "jpeg", "jpg", "js", "json", "jsonl", "log", "m4a", "map", "md", "mov", "mp3", "mp4", "ods", "odt",
    "otf", "pdf", "png", "ppt", "pptx", "py", "rar", "rs", "sqlite", "svg", "swf", "tar", "tif", "tiff",
    "toml", "tsv", "ttf", "wav", "webm", "webp", "woff", "woff2", "xls", "xlsx", "xz", "zip", "zst",
];

/// One input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Input {
    /// Standard input.
    Stdin,
    /// A file, or what is to be opened as one.
    File(PathBuf),
}

/// A file or folder that could not be looked at.
pub(crate) type Unreadable = (PathBuf, io::Error);

/// Files left out because of their extension: how many of each.
#[derive(Debug, Clone, Default)]
pub(crate) struct Skipped(Arc<Mutex<BTreeMap<String, usize>>>);

/// Iterates over inputs: what is named as it is named, folders through and through in order of names.
///
/// Only the listings of the folders on the way down are in memory. Links to files are followed, links to
/// folders only where they are named themselves, so a loop of links ends. Nothing that is neither file nor
/// folder is read out of a folder.
#[derive(Debug)]
pub(crate) struct Walk {
    named: std::vec::IntoIter<PathBuf>,
    folders: Vec<std::vec::IntoIter<PathBuf>>,
    skipped: Skipped,
}

impl Walk {
    /// Starts at the paths of a command line; `skipped` learns what is left out.
    pub(crate) fn new(named: Vec<PathBuf>, skipped: Skipped) -> Self {
        Self { named: named.into_iter(), folders: Vec::new(), skipped }
    }

    fn open(&mut self, folder: PathBuf) -> Option<Unreadable> {
        match list(&folder) {
            Ok(paths) => self.folders.push(paths.into_iter()),
            Err(error) => return Some((folder, error)),
        }
        None
    }

    /// What to do with a path found in a folder; `None` for a path that leads to no input.
    fn visit(&mut self, path: PathBuf) -> Option<Result<Input, Unreadable>> {
        let kind = match kind(&path) {
            Ok(kind) => kind,
            Err(error) => return Some(Err((path, error))),
        };
        if kind.is_dir() {
            return self.open(path).map(Err);
        }
        if !kind.is_file() {
            return None;
        }
        match extension_of_no_page(&path) {
            Some(extension) => {
                self.skipped.count(extension);
                None
            }
            None => Some(Ok(Input::File(path))),
        }
    }

    /// What to do with a path of the command line.
    fn visit_named(&mut self, path: PathBuf) -> Option<Result<Input, Unreadable>> {
        if path.as_os_str() == "-" {
            Some(Ok(Input::Stdin))
        } else if path.is_dir() {
            self.open(path).map(Err)
        } else {
            Some(Ok(Input::File(path)))
        }
    }
}

impl Iterator for Walk {
    type Item = Result<Input, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let found = match self.folders.last_mut() {
                Some(folder) => match folder.next() {
                    Some(path) => self.visit(path),
                    None => {
                        self.folders.pop();
                        None
                    }
                },
                None => {
                    let path = self.named.next()?;
                    self.visit_named(path)
                }
            };
            if found.is_some() {
                return found;
            }
        }
    }
}

impl Skipped {
    fn count(&self, extension: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(extension).or_default() += 1;
    }

    /// Returns how many files were left out, with their extensions, as a line for a person.
    pub(crate) fn summary(&self) -> Option<String> {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = counts.values().sum();
        let kinds: Vec<String> = counts.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
        (all > 0).then(|| format!("left out {all} files that are no pages: {}", kinds.join(", ")))
    }
}

/// The paths in a folder that are not hidden, by name.
fn list(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut names: Vec<OsString> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.file_name())).collect::<io::Result<_>>()?;
    names.retain(|name| !name.as_encoded_bytes().starts_with(b"."));
    names.sort_by(|a, b| a.as_encoded_bytes().cmp(b.as_encoded_bytes()));
    Ok(names.into_iter().map(|name| folder.join(name)).collect())
}

/// The type of a path, of its target where it is a link to a file.
fn kind(path: &Path) -> io::Result<FileType> {
    let kind = fs::symlink_metadata(path)?.file_type();
    if !kind.is_symlink() {
        return Ok(kind);
    }
    let target = fs::metadata(path)?.file_type();
    Ok(if target.is_dir() { kind } else { target })
}

fn extension_of_no_page(path: &Path) -> Option<String> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    NO_PAGES.binary_search(&extension.as_str()).is_ok().then_some(extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(named: &[&Path]) -> (Vec<String>, Option<String>) {
        let skipped = Skipped::default();
        let walk = Walk::new(named.iter().map(|path| path.to_path_buf()).collect(), skipped.clone());
        let shown = walk.map(|input| match input {
            Ok(Input::File(path)) => path.file_name().unwrap().to_string_lossy().into_owned(),
            Ok(Input::Stdin) => "-".to_owned(),
            Err((path, _)) => format!("! {}", path.file_name().unwrap().to_string_lossy()),
        });
        (shown.collect(), skipped.summary())
    }

    #[test]
    fn extensions_are_sorted() {
        assert!(NO_PAGES.is_sorted());
    }

    #[test]
    fn folders_are_read_through_in_order_of_names() {
        let folder = tempfile::tempdir().unwrap();
        for path in ["b/2.html", "b/1.txt", "b/x/9", "a.txt", "c.txt", ".hidden", "gold.jsonl", "p.PNG"] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let (seen, skipped) = walk(&[folder.path(), Path::new("-"), &folder.path().join("gold.jsonl")]);
        assert_eq!(seen, ["a.txt", "1.txt", "2.html", "9", "c.txt", "-", "gold.jsonl"]);
        assert_eq!(skipped.unwrap(), "left out 2 files that are no pages: 1 jsonl, 1 png");
    }

    #[cfg(unix)]
    #[test]
    fn links_to_files_are_followed_and_links_to_folders_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("page.txt"), "x").unwrap();
        std::os::unix::fs::symlink(at("page.txt"), at("same.txt")).unwrap();
        std::os::unix::fs::symlink(folder.path(), at("loop")).unwrap();
        std::os::unix::fs::symlink(at("nowhere"), at("dead.txt")).unwrap();
        let (seen, _) = walk(&[folder.path()]);
        assert_eq!(seen, ["! dead.txt", "page.txt", "same.txt"]);
    }
}
