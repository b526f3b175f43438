//! What may be written after `symmachia`.

use super::status::Status;
use super::terminal::Terminal;
use super::words;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// What `symmachia` says alone.
pub const FIRST_STEPS: &str = "\
symmachia: criteria of alliance, dated evidence, and verdicts that explain themselves

Begin with a file of rules and evidence, say sketch.ally:

    ally(A, B) requires mutual_defense and no_pressure
    mutual_defense(russia, kazakhstan)
    not no_pressure(russia, kazakhstan)

    symmachia check sketch.ally                                is anything wrong with it?
    symmachia eval sketch.ally                                 who meets which criterion, and when?
    symmachia explain 'ally(russia, kazakhstan)' sketch.ally   why?

`symmachia --help` lists the commands, `symmachia check --help` tells more about one.
";

/// Criteria of alliance, dated evidence, and verdicts that explain themselves.
#[derive(Debug, Parser)]
#[command(name = "symmachia", version, max_term_width = 100)]
#[command(after_help = "First command: symmachia check FILE…\n\nExit status: 0 all is well; 1 an `expect` fails, \
                        or a claim with `--deny claims`; 2 the input or the command line is wrong.")]
pub struct Arguments {
    /// Tell more about a code of a diagnostic (as `explain-code` does)
    #[arg(long, value_name = "CODE", num_args = 0..=1)]
    pub explain: Option<Option<String>>,

    /// What to do.
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Look for mistakes, and test every `expect` and `claim`
    #[command(after_help = "Example: symmachia check rules/ examples/central_asia/")]
    Check(CheckArguments),
    /// Give the verdicts of criteria over their cases
    #[command(after_help = "Examples:\n  symmachia eval examples/central_asia/\n  \
                            symmachia eval ally --in 1991..2014 examples/central_asia/\n  \
                            symmachia eval ally --on 2014-01-12 --format csv examples/central_asia/ > verdicts.csv")]
    Eval(EvalArguments),
    /// Say why a case has its verdict, and what would change it
    #[command(after_help = "Examples:\n  symmachia explain 'ally(russia, kazakhstan)' examples/central_asia/\n  \
                            symmachia explain 'ally(russia, kazakhstan)' --on 2014-01-12 examples/central_asia/\n  \
                            symmachia explain 'ally(a, b)' --assume 'guarantees(a, b) from 1992' sketch.ally")]
    Explain(ExplainArguments),
    /// Tell more about a code of a diagnostic; alone, list all codes
    #[command(after_help = "Example: symmachia explain-code symmachia::read::missing_use")]
    ExplainCode {
        /// The code, or its last part
        code: Option<String>,
    },
    /// List the files that come with the program; with a name, print one
    #[command(after_help = "Examples:\n  symmachia library\n  symmachia library vocabulary\n\n\
                            A program reads one of them with: use library \"vocabulary\"")]
    Library(LibraryArguments),
}

/// `check`
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Files, and folders that are read whole [default: the current folder]
    #[arg(value_name = "FILE")]
    pub paths: Vec<PathBuf>,

    #[command(flatten)]
    pub input: InputOptions,

    /// What fails the check besides mistakes and expectations
    #[arg(long, value_name = "WHAT", help_heading = "Strictness")]
    pub deny: Vec<Denied>,

    /// How to say it
    #[arg(long, value_name = "FORMAT", default_value_t, help_heading = "Output")]
    pub format: Format,
}

/// `eval`
#[derive(Debug, Args)]
pub struct EvalArguments {
    /// Criteria [default: all that a `cases` names], files, and folders [default: the current folder]
    #[arg(value_name = "CRITERION|FILE")]
    pub words: Vec<String>,

    #[command(flatten)]
    pub time: TimeOptions,

    #[command(flatten)]
    pub input: InputOptions,

    /// How to say it
    #[arg(long, value_name = "FORMAT", default_value_t, help_heading = "Output")]
    pub format: ResultFormat,
}

/// `explain`
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// A case in quotation marks, files, and folders [default: the current folder]
    #[arg(value_name = "ATOM|FILE")]
    pub words: Vec<String>,

    #[command(flatten)]
    pub time: TimeOptions,

    #[command(flatten)]
    pub input: InputOptions,

    /// How many criteria deep
    #[arg(long, value_name = "NUMBER", default_value_t = 1, help_heading = "Output")]
    pub depth: usize,

    /// How to say it
    #[arg(long, value_name = "FORMAT", default_value_t, help_heading = "Output")]
    pub format: Format,
}

/// `library`
#[derive(Debug, Args)]
pub struct LibraryArguments {
    /// The file to print, by its name without ending [default: the list of all]
    #[arg(value_name = "NAME")]
    pub name: Option<String>,

    /// How to say it
    #[arg(long, value_name = "FORMAT", default_value_t, help_heading = "Output")]
    pub format: Format,
}

/// What is read besides the files, and how strictly.
#[derive(Debug, Clone, Default, Args)]
pub struct InputOptions {
    /// Evaluate as if this were recorded: --assume 'party(russia, nato) from 2004'
    #[arg(long, value_name = "FACT", help_heading = "Input")]
    pub assume: Vec<String>,

    /// Give a parameter another value: --set keen_trade=5%
    #[arg(long, value_name = "NAME=VALUE", help_heading = "Input")]
    pub set: Vec<String>,

    /// Want every predicate declared
    #[arg(long, help_heading = "Strictness")]
    pub strict: bool,
}

/// When.
#[derive(Debug, Clone, Default, Args)]
pub struct TimeOptions {
    /// On one day: --on 2014-01-12; with `--by year`, on that day of each: --on 01-12
    #[arg(long, value_name = "DAY", help_heading = "Time", conflicts_with = "all_days")]
    pub on: Option<String>,

    /// Within a period: --in 1991..2014
    #[arg(long = "in", value_name = "PERIOD", help_heading = "Time")]
    pub period: Option<String>,

    /// A verdict for each year: met where it is met on any day of it
    #[arg(long, value_name = "STEP", help_heading = "Time")]
    pub by: Option<Step>,

    /// With `--by year`: met where it is met on every day of the year
    #[arg(long, requires = "by", help_heading = "Time")]
    pub all_days: bool,
}

/// Steps of `--by`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Step {
    /// Year by year
    Year,
}

/// What `--deny` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Denied {
    /// Claims that are not borne out
    Claims,
    /// Warnings
    Warnings,
}

/// How something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// Drawn, in colours on a terminal
    #[default]
    Human,
    /// Narrated in ASCII, for screen readers and for keeping
    Plain,
    /// For programs
    Json,
}

/// How results are said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ResultFormat {
    /// Drawn, in colours on a terminal
    #[default]
    Human,
    /// Narrated in ASCII, for screen readers and for keeping
    Plain,
    /// For programs
    Json,
    /// For spreadsheets: a row for each case and span
    Csv,
}

impl ResultFormat {
    /// How diagnostics are said beside such results.
    pub fn of_diagnostics(self) -> Format {
        match self {
            ResultFormat::Human | ResultFormat::Csv => Format::Human,
            ResultFormat::Plain => Format::Plain,
            ResultFormat::Json => Format::Json,
        }
    }
}

macro_rules! display_as_value {
    ($($name:ident),*) => {$(
        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let value = self.to_possible_value();
                formatter.write_str(value.as_ref().map_or("", |value| value.get_name()))
            }
        }
    )*};
}
display_as_value!(Format, ResultFormat);

/// A command line that is not understood, or one that asks for help.
pub fn refused(error: &clap::Error) -> Status {
    let terminal = Terminal::drawn();
    let text = |colour: bool| {
        let text = error.render();
        if colour { text.ansi().to_string() } else { text.to_string() }
    };
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return terminal.print(&text(terminal.output.colour), Status::Well);
    }
    terminal.complain(&text(terminal.errors.colour));
    if let (ErrorKind::InvalidSubcommand, Some(ContextValue::String(word))) =
        (error.kind(), error.get(ContextKind::InvalidSubcommand))
        && words::is_path(word)
    {
        terminal.complain(&format!("\n  a command is missing: symmachia check {word}\n"));
    }
    Status::Wrong
}
