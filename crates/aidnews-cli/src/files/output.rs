//! Where records go.

use std::fs;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use tempfile::NamedTempFile;

/// Standard output, or a file that appears under its name when it is complete.
pub(crate) enum Output {
    /// Standard output; `true` where a person watches.
    Stdout(BufWriter<StdoutLock<'static>>, bool),
    /// A temporary file beside `target`, which it replaces at the end.
    Whole { file: BufWriter<NamedTempFile>, target: PathBuf },
    /// A pipe or device, which cannot be replaced.
    Direct { file: BufWriter<fs::File>, target: PathBuf },
}

impl Output {
    /// Opens the file at `path`, or standard output for none and for `-`.
    pub(crate) fn open(path: Option<&Path>) -> anyhow::Result<Self> {
        match path.filter(|path| path.as_os_str() != "-") {
            None => {
                let stdout = io::stdout();
                let watched = stdout.is_terminal();
                Ok(Self::Stdout(BufWriter::with_capacity(1 << 16, stdout.lock()), watched))
            }
            Some(path) => Self::create(path),
        }
    }

    /// Opens a file.
    pub(crate) fn create(path: &Path) -> anyhow::Result<Self> {
        // A link stays; what it leads to is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let cannot = || format!("cannot write {}", path.display());
        match fs::metadata(&target) {
            Ok(about) if about.is_dir() => anyhow::bail!("{}: it is a folder; name a file", cannot()),
            Ok(about) if !about.is_file() => {
                let file = fs::OpenOptions::new().write(true).open(&target).with_context(cannot)?;
                Ok(Self::Direct { file: BufWriter::new(file), target })
            }
            _ => {
                let file = BufWriter::new(temporary(&target).with_context(cannot)?);
                Ok(Self::Whole { file, target })
            }
        }
    }

    /// Returns whether this is standard output.
    pub(crate) fn is_stdout(&self) -> bool {
        matches!(self, Self::Stdout(..))
    }

    /// Writes a piece, which a person who watches sees at once.
    pub(crate) fn put(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        self.write_all(bytes).and_then(|()| if self.is_watched() { self.flush() } else { Ok(()) })?;
        Ok(())
    }

    /// Writes what is left and puts the file in its place.
    pub(crate) fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::Stdout(mut stdout, _) => stdout.flush()?,
            Self::Direct { mut file, target } => {
                file.flush().with_context(|| format!("cannot write {}", target.display()))?;
            }
            Self::Whole { file, target } => {
                let cannot = || format!("cannot write {}", target.display());
                let file = file.into_inner().map_err(io::IntoInnerError::into_error).with_context(cannot)?;
                file.persist(&target).with_context(cannot)?;
            }
        }
        Ok(())
    }

    fn is_watched(&self) -> bool {
        matches!(self, Self::Stdout(_, true))
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(stdout, _) => stdout.write(bytes),
            Self::Whole { file, .. } => file.write(bytes),
            Self::Direct { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(stdout, _) => stdout.flush(),
            Self::Whole { file, .. } => file.flush(),
            Self::Direct { file, .. } => file.flush(),
        }
    }
}

/// A hidden file beside `target`, removed where the run ends early.
fn temporary(target: &Path) -> io::Result<NamedTempFile> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".aidnews-").suffix(".part");
    #[cfg(unix)]
    let rights = std::os::unix::fs::PermissionsExt::from_mode(0o666); // less the user's umask, as for any new file
    #[cfg(unix)]
    builder.permissions(rights);
    builder.tempfile_in(folder)
}
