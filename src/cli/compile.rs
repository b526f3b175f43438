//! `compile`: the rules as SQL, for an engine that has the evidence.

use super::answers;
use super::arguments::{Format, InputOptions, Step, TimeOptions};
use super::fault::{Fault, PanelFault};
use super::output::{Output, refuse_program};
use super::progress::Progress;
use super::status::Status;
use super::terminal::Terminal;
use super::when::{When, Yearly};
use super::words::Words;
use super::workspace::Workspace;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use symmachia::diagnostic::{Diagnostic, did_you_mean};
use symmachia::explain;
use symmachia::model::Program;
use symmachia::model::program::Target;
use symmachia::panel;
use symmachia::sql::{self, Refusal, Request};
use symmachia::text::Texts;
use symmachia::time::Interval;

/// `compile`
#[derive(Debug, Args)]
pub struct CompileArguments {
    /// Criteria [default: all that a `cases` names], files, and folders [default: the current folder]
    #[arg(value_name = "CRITERION|FILE")]
    pub words: Vec<String>,

    /// Into what
    #[arg(long, ignore_case = true, value_name = "LANGUAGE", default_value = "sql", help_heading = "Output")]
    pub to: Language,

    /// The day of each year that is asked about: --on 07-01
    #[arg(long, value_name = "MM-DD", default_value = "12-31", help_heading = "Time")]
    pub on: String,

    /// The years: --in 1816..2016 [default: those of the evidence]
    #[arg(long = "in", value_name = "PERIOD", help_heading = "Time", allow_negative_numbers = true)]
    pub period: Option<String>,

    /// The rows of an imported file lie in a table of the database: --table trade.csv=flows
    #[arg(long, value_name = "FILE=TABLE", help_heading = "Input", value_parser = file_and_table)]
    pub table: Vec<(String, String)>,

    #[command(flatten)]
    pub input: InputOptions,

    /// Codes beside the names, by the schemes of the program's aliases: --codes cow,iso3
    #[arg(long, value_name = "SCHEME", help_heading = "Output", value_delimiter = ',')]
    pub codes: Vec<String>,

    /// Write it to a file
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,

    /// How to say what is wrong
    #[arg(long, ignore_case = true, value_name = "FORMAT", default_value_t, help_heading = "Output")]
    pub format: Format,
}

/// What `--to` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// Views that DuckDB runs
    Sql,
}

fn file_and_table(given: &str) -> Result<(String, String), String> {
    match given.split_once('=') {
        Some((file, table)) if !file.trim().is_empty() && !table.trim().is_empty() => {
            Ok((file.trim().to_owned(), table.trim().to_owned()))
        }
        _ => Err("a file of an import and a table: --table trade.csv=flows".to_owned()),
    }
}

/// Runs it.
pub fn run(arguments: &CompileArguments) -> Status {
    let Language::Sql = arguments.to;
    let terminal = Terminal::new(arguments.format);
    let mut option_texts = Texts::new();
    if let Some(fault) = arguments.output.as_deref().and_then(|file| refuse_program(file).err()) {
        return terminal.report(&[fault.diagnostic()], &option_texts);
    }
    let time = TimeOptions {
        on: Some(arguments.on.clone()),
        period: arguments.period.clone(),
        by: Some(Step::Year),
        all_days: false,
    };
    let when = match When::read(&time, &mut option_texts) {
        Ok(when) => when,
        Err(problems) => return terminal.report(&problems, &option_texts),
    };
    let words = Words::sort(&arguments.words, Path::exists);
    let mut progress = Progress::begin();
    let (mut workspace, names) = Workspace::open_words(&words, &arguments.input, &mut progress);
    workspace.protect_tables([arguments.output.as_ref()]);
    let targets = answers::targets_asked(&mut workspace, &names);
    drop(progress);
    if workspace.has_errors() {
        return terminal.report(&workspace.diagnostics, &workspace.texts);
    }
    match request(arguments, &workspace.program, &targets, &when).and_then(|request| {
        let compiled = sql::compile(&workspace.program, &workspace.files, &workspace.texts, &request);
        compiled.map_err(|refusals| refusals.iter().map(Refusal::diagnostic).collect())
    }) {
        Ok(text) => {
            let status = terminal.report(&workspace.diagnostics, &workspace.texts);
            let output = Output { file: arguments.output.clone(), format: Default::default() };
            output.print(&text, &terminal, status)
        }
        Err(problems) => {
            workspace.refuse(problems);
            terminal.report(&workspace.diagnostics, &workspace.texts)
        }
    }
}

fn request(
    arguments: &CompileArguments,
    program: &Program,
    targets: &[Target],
    when: &When,
) -> Result<Request, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let mut relations = Vec::new();
    for target in targets {
        match target {
            Target::Relation(id) => relations.push(*id),
            Target::Measure(_) => {
                let name = program.qualified_name(*target);
                problems.push(Refusal::NotACriterion { name }.diagnostic());
            }
        }
    }
    if targets.is_empty() {
        problems.push(Refusal::NothingAsked.diagnostic());
    }
    let refused = |refusal| PanelFault::Refused { refusal, place: None }.diagnostic();
    for scheme in &arguments.codes {
        let all = program.individuals.iter().flat_map(|individual| &individual.aliases);
        let mut schemes: Vec<String> = all.map(|(scheme, _)| scheme.clone()).collect();
        schemes.sort_unstable();
        schemes.dedup();
        if !schemes.contains(scheme) {
            let nearest = did_you_mean(scheme, schemes.iter().map(String::as_str)).map(str::to_owned);
            problems.push(refused(panel::Refusal::UnknownScheme { scheme: scheme.clone(), nearest, schemes }));
        }
    }
    let period = when.period.unwrap_or_else(|| natural_period(program, targets));
    if period == Interval::ALL {
        problems.push(refused(panel::Refusal::NoPeriod));
    }
    let Some(Yearly::On { month, day }) = when.yearly else {
        problems.push(Fault::AllDaysOfNoYear.diagnostic());
        return Err(problems);
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Request {
        relations,
        moments: sql::moments(period, month, day),
        tables: arguments.table.clone(),
        codes: arguments.codes.clone(),
    })
}

/// The periods of what a `cases` lists, else that of the evidence.
fn natural_period(program: &Program, targets: &[Target]) -> Interval {
    let listed = program.cases.iter().filter(|cases| targets.contains(&cases.target)).map(|cases| cases.period);
    let listed: Option<Vec<Interval>> = listed.collect();
    let hull =
        |one: Interval, two: Interval| Interval { first: one.first.min(two.first), last: one.last.max(two.last) };
    let listed = listed.and_then(|listed| listed.into_iter().reduce(hull));
    listed.unwrap_or_else(|| explain::natural_period(program))
}
