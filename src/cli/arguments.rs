//! What may be written after `symmachia`.

use super::compile::CompileArguments;
mod formats;
mod options;
mod refusals;

pub use formats::{ComparisonFormat, ComparisonTable, DiffFormat, Format, NextFormat, ResultFormat, UndeterminedAs};
pub use options::{InputOptions, MomentOptions, Step, TimeOptions};
pub use refusals::refused;

use super::panel_options::PanelOptions;
use super::sources::SourceOptions;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use symmachia::diagnostic::did_you_mean;
use symmachia::diff::Varied;

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
                            symmachia eval ally --on 2014-01-12 --format csv examples/central_asia/ > verdicts.csv\n  \
                            symmachia eval ally --by source --on 2014-01-12 examples/central_asia/\n  \
                            symmachia eval de_jure_alliance.ally --by year --in 1992..2014 --codes cow \\\n      \
                            --with conditions,deciding --output panel.csv --codebook panel.md examples/central_asia/\n  \
                            symmachia eval de_jure_alliance.ally --spells --verdict met --output spells.xlsx examples/central_asia/")]
    Eval(EvalArguments),
    /// Say why a case has its verdict, and what would change it
    #[command(after_help = "Examples:\n  symmachia explain 'ally(russia, kazakhstan)' examples/central_asia/\n  \
                            symmachia explain 'ally(russia, kazakhstan)' --on 2014-01-12 examples/central_asia/\n  \
                            symmachia explain 'ally(a, b)' --assume 'guarantees(a, b) from 1992' sketch.ally")]
    Explain(ExplainArguments),
    /// Say which missing evidence to look up first
    #[command(after_help = "Examples:\n  symmachia next examples/central_asia/\n  \
                            symmachia next true_alliance.ally --on 2014-01-12 examples/central_asia/\n  \
                            symmachia next ally --in 1992..2014 --limit 3 --format csv examples/central_asia/")]
    Next(NextArguments),
    /// Say which verdicts turn between two versions, under other settings, or when each part is left out in turn
    #[command(after_help = "Examples:\n  symmachia diff old.ally new.ally\n  \
                            symmachia diff ally drafts/first drafts/second --with evidence/\n  \
                            symmachia diff examples/central_asia/ --without rcaa\n  \
                            symmachia diff sketch.ally --set keen_trade=5% --assume 'party(russia, nato) from 2004'\n  \
                            symmachia diff --each source,fact ally --on 2014-01-12 examples/central_asia/\n  \
                            symmachia diff --each parameter --by 20% ally sketch.ally --format latex")]
    Diff(DiffArguments),
    /// Set rival frameworks or criteria against one another over the same evidence
    #[command(after_help = "Examples:\n  symmachia compare de_jure_alliance true_alliance examples/central_asia/\n  \
                            symmachia compare ally --on 2014-01-12 examples/central_asia/\n  \
                            symmachia compare true_alliance --truth-table --on 2014-01-12 examples/central_asia/ > table.csv\n  \
                            symmachia compare epimachia symmachia rules/greek_alliances.ally --logic")]
    Compare(CompareArguments),
    /// Write the rules as SQL, for an engine that has more evidence than fits into memory
    #[command(
        after_help = "Examples:\n  symmachia compile ally --to sql --in 1991..2014 sketch.ally --output ally.sql\n  \
                            symmachia compile ally --to sql --on 07-01 --in 1816..2016 --codes cow --table trade.csv=flows rules.ally\n\n\
                            Run it in DuckDB: .read ally.sql, and then: select * from ally where verdict = 'met'"
    )]
    Compile(CompileArguments),
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

impl Verb {
    /// The verb that a word may be a slip of the pen for.
    pub fn nearest(word: &str) -> Option<String> {
        let command = Arguments::command();
        let verbs: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        did_you_mean(word, verbs).map(str::to_owned)
    }
}

/// `check`
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Files, and folders that are read whole [default: the current folder]
    #[arg(value_name = "FILE")]
    pub paths: Vec<PathBuf>,

    #[command(flatten)]
    pub input: InputOptions,

    #[command(flatten)]
    pub sources: SourceOptions,

    /// What fails the check besides mistakes and expectations
    #[arg(long, ignore_case = true, value_name = "WHAT", help_heading = "Strictness")]
    pub deny: Vec<Denied>,

    /// How to say it
    #[arg(long, ignore_case = true, value_name = "FORMAT", default_value_t, help_heading = "Output")]
    pub format: Format,
}

/// `eval`
#[derive(Debug, Args)]
pub struct EvalArguments {
    /// Criteria or cases such as `ally(russia, belarus)` [default: all that a `cases` names], files, and folders [default: the current folder]
    #[arg(value_name = "CRITERION|FILE")]
    pub words: Vec<String>,

    #[command(flatten)]
    pub time: TimeOptions,

    #[command(flatten)]
    pub input: InputOptions,

    #[command(flatten)]
    pub sources: SourceOptions,

    #[command(flatten)]
    pub panel: PanelOptions,

    /// How to say it [default: human, or by the ending of `--output`]
    #[arg(long, ignore_case = true, value_name = "FORMAT", help_heading = "Output")]
    pub format: Option<ResultFormat>,

    /// Write the result to a file: --output panel.csv
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,
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

    #[command(flatten)]
    pub sources: SourceOptions,

    /// How many criteria deep
    #[arg(long, value_name = "NUMBER", default_value_t = 1, help_heading = "Output")]
    pub depth: usize,

    /// How to say it
    #[arg(long, ignore_case = true, value_name = "FORMAT", default_value_t, help_heading = "Output")]
    pub format: Format,
}

/// `next`
#[derive(Debug, Args)]
pub struct NextArguments {
    /// Criteria [default: all that a `cases` names], files, and folders [default: the current folder]
    #[arg(value_name = "CRITERION|FILE")]
    pub words: Vec<String>,

    #[command(flatten)]
    pub moment: MomentOptions,

    #[command(flatten)]
    pub input: InputOptions,

    #[command(flatten)]
    pub sources: SourceOptions,

    /// Show so many questions [default: 10 of them to a person, all to a program]
    #[arg(long, value_name = "NUMBER", help_heading = "Output")]
    pub limit: Option<usize>,

    /// How to say it
    #[arg(long, ignore_case = true, value_name = "FORMAT", default_value_t, help_heading = "Output")]
    pub format: NextFormat,
}

/// `diff`
#[derive(Debug, Args)]
pub struct DiffArguments {
    /// Criteria [default: all that a `cases` names], and two files or folders: the old version and the new one; one input where settings are given
    #[arg(value_name = "CRITERION|FILE")]
    pub words: Vec<String>,

    /// Instead of two versions: leave each source, fact or condition out in turn, or vary each parameter
    #[arg(long, ignore_case = true, value_name = "WHAT,…", value_delimiter = ',', help_heading = "Robustness")]
    pub each: Vec<EachOf>,

    /// With `--each parameter`: vary parameters by this share of their values [default: 10%]
    #[arg(long, value_name = "SHARE", requires = "each", help_heading = "Robustness")]
    pub by: Option<String>,

    /// Files and folders that belong to both versions, after the two
    #[arg(long, value_name = "FILE", num_args = 1.., help_heading = "Input",
          conflicts_with_all = ["each", "assume", "set", "without", "according_to"])]
    pub with: Vec<PathBuf>,

    #[command(flatten)]
    pub moment: MomentOptions,

    #[command(flatten)]
    pub input: InputOptions,

    #[command(flatten)]
    pub sources: SourceOptions,

    /// How to say it
    #[arg(long, ignore_case = true, value_name = "FORMAT", default_value_t, help_heading = "Output")]
    pub format: DiffFormat,
}

/// What `--each` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EachOf {
    /// Each source is left out
    Source,
    /// Each fact is left out, and its days are open
    Fact,
    /// Each condition of the criterion, and of those on which it builds, is dropped
    Condition,
    /// Each parameter is made smaller, and larger
    Parameter,
}

impl EachOf {
    /// What is varied.
    pub fn varied(self) -> Varied {
        match self {
            EachOf::Source => Varied::Source,
            EachOf::Fact => Varied::Fact,
            EachOf::Condition => Varied::Condition,
            EachOf::Parameter => Varied::Parameter,
        }
    }
}

/// `library`
#[derive(Debug, Args)]
pub struct LibraryArguments {
    /// The file to print, by its name without ending [default: the list of all]
    #[arg(value_name = "NAME")]
    pub name: Option<String>,

    /// How to say it
    #[arg(long, ignore_case = true, value_name = "FORMAT", default_value_t, help_heading = "Output")]
    pub format: Format,
}

/// `compare`
#[derive(Debug, Args)]
pub struct CompareArguments {
    /// Frameworks and criteria, two or more [default: all frameworks], files, and folders [default: the current folder]
    #[arg(value_name = "CRITERION|FILE")]
    pub words: Vec<String>,

    #[command(flatten)]
    pub time: TimeOptions,

    #[command(flatten)]
    pub input: InputOptions,

    #[command(flatten)]
    pub sources: SourceOptions,

    /// Whether an undetermined verdict is a category of its own in the statistics, or a missing rating
    #[arg(long, ignore_case = true, value_name = "HOW", default_value_t, help_heading = "Statistics")]
    pub undetermined: UndeterminedAs,

    /// Ask of two criteria, by their rules alone, whether one implies the other whatever the evidence; else show the smallest case
    /// that separates them
    #[arg(long, help_heading = "Logic",
          conflicts_with_all = ["undetermined", "truth_table", "according_to", "without", "on", "period", "by"])]
    pub logic: bool,

    /// With `--logic`: try up to so many individuals of each kind
    #[arg(long, value_name = "NUMBER", default_value_t = 3, requires = "logic", help_heading = "Logic",
          value_parser = clap::value_parser!(u8).range(1..=8))]
    pub individuals: u8,

    /// Give the conditions of one criterion case by case instead, as CSV for qualitative comparative analysis
    #[arg(long, help_heading = "Output", conflicts_with_all = ["undetermined", "format"])]
    pub truth_table: bool,

    /// With `--format csv`: which table
    #[arg(long, ignore_case = true, value_name = "TABLE", help_heading = "Output", conflicts_with_all = ["truth_table", "logic"])]
    pub table: Option<ComparisonTable>,

    /// How to say it
    #[arg(long, ignore_case = true, value_name = "FORMAT", default_value_t, help_heading = "Output")]
    pub format: ComparisonFormat,
}

/// What `--deny` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Denied {
    /// Claims that are not borne out
    Claims,
    /// Warnings
    Warnings,
}
