//! What can be typed; help, completions and manual derive from it.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use aidnews_eval::Field;
use clap::{Args as Options, Parser, Subcommand, ValueHint};
use clap_complete::Shell;

const EXIT_CODES: &str = "\
Exit codes:
  0  everything was read; also where whoever reads the output closes it early
  1  some inputs gave an error instead of a record; the others were read
  2  wrong use, or the output could not be written";

/// Reads Chinese hospital-aid news: who helps whom, in what, since when, how much.
#[derive(Debug, Parser)]
#[command(name = "aidnews", version, about, after_help = EXIT_CODES, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Extract(ExtractOptions),
    Clean(CleanOptions),
    Expressions(ExpressionsOptions),
    Trace(TraceOptions),
    Eval(EvalOptions),
    Schema(SchemaOptions),
    Completions(CompletionsOptions),
    Man(ManOptions),
}

/// Read pages and write one record a line
///
/// Inputs are text or HTML files, folders (read through, in order of names) and `-` for standard input, in any
/// encoding and script. Records come in input order, whatever the number of threads. An input that gives no
/// record gives a line in the errors file, and the batch goes on. In folders, hidden files and files that cannot
/// be pages by their extension (images, JSON, archives …) are left out; a file named on the command line is
/// always read.
#[derive(Debug, Options)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct ExtractOptions {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "INPUT", value_hint = ValueHint::AnyPath)]
    pub(crate) inputs: Vec<PathBuf>,

    /// Write records here instead of standard output; the file appears when it is complete
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,

    /// Write errors here, one JSON object a line [default: beside the output, records.jsonl →
    /// records.errors.jsonl, where there are errors; only standard error where there is no output file]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) errors_file: Option<PathBuf>,

    /// Indent the records
    #[arg(long)]
    pub(crate) pretty: bool,

    /// Number of threads [default: one a core]
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,

    /// Keep only these keys, comma separated; a dot leads into objects and lists (article.title,
    /// counts.value)
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub(crate) fields: Vec<String>,

    /// Add a key `explanation`: every candidate fact with what spoke for and against it
    #[arg(long)]
    pub(crate) explain: bool,
    /// Add the words of the text, as jieba cuts them: "tokens", offsets in code points
    #[arg(long)]
    pub(crate) tokens: bool,

    /// Refuse inputs longer than this
    #[arg(long, value_name = "BYTES", default_value_t = 64 << 20)]
    pub(crate) max_bytes: usize,

    /// Show no progress bar
    #[arg(long)]
    pub(crate) no_progress: bool,
}

/// Print inputs decoded, repaired and in Simplified characters
///
/// Inputs are found as `extract` finds them. Texts follow each other as they are; with --report, one JSON object
/// an input says what was done, where and how often, and holds the text.
#[derive(Debug, Options)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct CleanOptions {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "INPUT", value_hint = ValueHint::AnyPath)]
    pub(crate) inputs: Vec<PathBuf>,

    /// Print the article alone, without its page
    #[arg(long)]
    pub(crate) article: bool,

    /// Leave Traditional characters
    #[arg(long, conflicts_with = "to_simplified")]
    pub(crate) keep_script: bool,

    /// Convert to Simplified characters: what is Traditional, as its region writes (auto, the default), or
    /// everything by one of OpenCC's configurations
    #[arg(long, value_name = "HOW", num_args = 0..=1, default_missing_value = "auto",
          value_parser = ["auto", "t2s", "tw2s", "hk2s", "tw2sp"], require_equals = true)]
    pub(crate) to_simplified: Option<String>,

    /// Switch repairs off, comma separated
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub(crate) without: Vec<String>,

    /// Print a JSON object an input: what was done, where, how often
    #[arg(long)]
    pub(crate) report: bool,

    /// Refuse inputs longer than this
    #[arg(long, value_name = "BYTES", default_value_t = 64 << 20)]
    pub(crate) max_bytes: usize,
}

/// Print the dates, numbers, sums of money and counts in a text
///
/// One JSON object an expression: start and end in code points, words, type, value, and what the text leaves open
/// about it. With --jsonl, lines {"id", "text", "reference"} come in and lines {"id", "found": [{"start", "end",
/// "type", "value"}]} go out, with the types and values of the suites this is measured with.
#[derive(Debug, Options)]
pub(crate) struct ExpressionsOptions {
    /// The text, or - for standard input
    #[arg(default_value = "-", conflicts_with = "jsonl")]
    pub(crate) text: String,

    /// The day the text was written, which resolves 昨天 and 10月27日
    #[arg(long, value_name = "DATE", conflicts_with = "jsonl")]
    pub(crate) reference: Option<String>,

    /// Read texts from this file, or from - for standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) jsonl: Option<PathBuf>,
}

/// Show the sentence and the source bytes behind a fact
///
/// With the id of a record alone, lists its facts and their addresses (ID/counts/3); with such an address, reads
/// the source again and shows each place the fact was read from.
#[derive(Debug, Options)]
pub(crate) struct TraceOptions {
    /// Records, one JSON object a line
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) records: PathBuf,

    /// Id of a record, the start of it, or the name of its file; with /LIST/NUMBER, a fact of it
    pub(crate) id: String,

    /// Show every fact of the record
    #[arg(long)]
    pub(crate) all: bool,

    /// Show the bytes in hexadecimal too
    #[arg(long)]
    pub(crate) hex: bool,

    /// Read the source here instead of where the record says
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) source: Option<PathBuf>,
}

/// Score records against gold annotations
///
/// Prints precision, recall and F1 of every field in percent, micro-averaged over articles. A record belongs to
/// the article whose file name its path ends in, else to the one with its id. Exits with 0 whatever the figures
/// are.
#[derive(Debug, Options)]
pub(crate) struct EvalOptions {
    /// Gold annotations, one JSON object a line
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) gold: PathBuf,

    /// Records, one JSON object a line
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) records: PathBuf,

    /// Print up to N misses and false finds a field
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) errors: usize,

    /// Print errors and changes of these fields only, comma separated
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub(crate) fields: Vec<Field>,

    /// Print one JSON object instead of the table
    #[arg(long)]
    pub(crate) json: bool,

    /// Compare with the records of an earlier run and name what was lost and gained
    #[arg(long, value_name = "RECORDS", value_hint = ValueHint::FilePath)]
    pub(crate) baseline: Option<PathBuf>,
}

/// Print the JSON Schema of the records
#[derive(Debug, Options)]
pub(crate) struct SchemaOptions {
    /// Print the schema of the errors file instead
    #[arg(long)]
    pub(crate) errors: bool,
}

/// Print completions for a shell
#[derive(Debug, Options)]
pub(crate) struct CompletionsOptions {
    /// The shell
    pub(crate) shell: Shell,
}

/// Print a manual page
#[derive(Debug, Options)]
pub(crate) struct ManOptions {
    /// Print the page of this command instead of the page of them all
    pub(crate) command: Option<String>,
}
