use std::fmt;

/// A lexicon file, parsed and checked; cells borrow from the file's text.
///
/// # Examples
///
/// ```
/// # fn main() -> Result<(), aidnews_compile::LexiconError> {
/// use aidnews_compile::Lexicon;
/// let text = "#kind\tunit\n#columns\tsurface\tmeasure\n#source\tours\n人次\tpatients\n台\tgoods\n";
/// let lexicon = Lexicon::parse("units.tsv", text)?;
/// assert_eq!(lexicon.kind(), "unit");
/// let first = lexicon.entries().next().unwrap();
/// assert_eq!((first.surface(), first.cell("measure")), ("人次", "patients"));
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct Lexicon<'t> {
    file: String,
    kind: &'t str,
    columns: Vec<&'t str>,
    headers: Vec<(&'t str, &'t str)>,
    rows: Vec<(usize, Vec<&'t str>)>,
}

/// One line of a [`Lexicon`].
#[derive(Debug, Clone, Copy)]
pub struct Entry<'l, 't> {
    columns: &'l [&'t str],
    cells: &'l [&'t str],
    line: usize,
}

/// What is wrong with a lexicon file: where, what was found, what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconError {
    file: String,
    line: usize,
    message: String,
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for LexiconError {}

impl<'t> Lexicon<'t> {
    /// Parses `text`, the content of the lexicon called `file` (used in messages only).
    ///
    /// # Errors
    ///
    /// The first line that breaks the form: a missing `#kind`, `#columns` or `#source`, more cells than columns,
    /// an empty surface, or an entry that is a repeat or out of order.
    pub fn parse(file: &str, text: &'t str) -> Result<Self, LexiconError> {
        let fail = |line: usize, message: String| LexiconError { file: file.to_owned(), line, message };
        let mut headers = Vec::new();
        let mut columns: Vec<&str> = Vec::new();
        let mut rows: Vec<(usize, Vec<&str>)> = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let number = index + 1;
            if line.is_empty() || line.starts_with("# ") || line == "#" {
                continue;
            }
            if let Some(header) = line.strip_prefix('#') {
                let (key, value) = header.split_once('\t').unwrap_or((header, ""));
                if key == "columns" {
                    columns = value.split('\t').collect();
                }
                headers.push((key, value));
                continue;
            }
            if columns.is_empty() {
                return Err(fail(number, "an entry before the `#columns` header".into()));
            }
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() > columns.len() {
                return Err(fail(number, format!("{} cells for {} columns", cells.len(), columns.len())));
            }
            if cells[0].is_empty() {
                return Err(fail(number, "the first cell is empty".into()));
            }
            if let Some((_, before)) = rows.last()
                && before[0] >= cells[0]
            {
                let what = if before[0] == cells[0] { "repeats" } else { "is out of order after" };
                return Err(fail(
                    number,
                    format!("`{}` {what} `{}`; entries are sorted by code point", cells[0], before[0]),
                ));
            }
            rows.push((number, cells));
        }
        let header = |key: &str| headers.iter().find(|(k, _)| *k == key).map(|(_, v)| *v);
        let kind = header("kind").ok_or_else(|| fail(1, "no `#kind` header".into()))?;
        if header("source").is_none() {
            return Err(fail(1, "no `#source` header".into()));
        }
        Ok(Self { file: file.to_owned(), kind, columns, headers, rows })
    }

    /// Returns the file's name as given to [`Lexicon::parse`].
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Returns what the entries are, from `#kind`.
    pub fn kind(&self) -> &'t str {
        self.kind
    }

    /// Returns the value of a header line such as `#source`.
    pub fn header(&self, key: &str) -> Option<&'t str> {
        self.headers.iter().find(|(k, _)| *k == key).map(|(_, v)| *v)
    }

    /// Returns the names of the columns.
    pub fn columns(&self) -> &[&'t str] {
        &self.columns
    }

    /// Iterates over the entries in file order.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_, 't>> {
        self.rows.iter().map(|(line, cells)| Entry { columns: &self.columns, cells, line: *line })
    }
}

impl<'t> Entry<'_, 't> {
    /// Returns the first cell.
    pub fn surface(&self) -> &'t str {
        self.cells[0]
    }

    /// Returns the cell of the column called `name`, empty where the line or the column is missing.
    pub fn cell(&self, name: &str) -> &'t str {
        let at = self.columns.iter().position(|column| *column == name);
        at.and_then(|at| self.cells.get(at)).copied().unwrap_or("")
    }

    /// Returns the line's number in the file, from 1.
    pub fn line(&self) -> usize {
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "#kind\tunit\n#columns\tsurface\tmeasure\n#source\tours\n";

    #[test]
    fn errors_name_file_line_and_cause() {
        for (body, wanted) in [
            ("台\tgoods\n人次\tpatients\n", "u.tsv:5: `人次` is out of order after `台`"),
            ("台\n台\n", "u.tsv:5: `台` repeats `台`"),
            ("台\tgoods\tmore\n", "u.tsv:4: 3 cells for 2 columns"),
            ("\tgoods\n", "u.tsv:4: the first cell is empty"),
        ] {
            let error = Lexicon::parse("u.tsv", &format!("{HEAD}{body}")).unwrap_err();
            assert!(error.to_string().starts_with(wanted), "{error}");
        }
    }

    #[test]
    fn missing_cells_are_empty() {
        let text = format!("{HEAD}台\n");
        let lexicon = Lexicon::parse("u.tsv", &text).unwrap();
        assert_eq!(lexicon.entries().next().unwrap().cell("measure"), "");
        assert_eq!(lexicon.entries().next().unwrap().cell("no such column"), "");
    }
}
