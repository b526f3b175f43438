//! Command lines that are not understood, and what may have been meant.

use super::super::status::Status;
use super::super::terminal::Terminal;
use super::super::when::When;
use super::super::words;
use super::{Arguments, TimeOptions};
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{Command, CommandFactory};
use std::path::Path;
use symmachia::text::Texts;

/// Options of other programs, and ours. `{}` is the value that was given, or the example behind the stroke.
const OPTIONS: &[(&[&str], &str)] = &[
    (&["--year", "--years", "--period", "--time", "--during", "--between", "--range", "--dates"], "--in {1990}"),
    (&["--date", "--day", "--at", "--when"], "--on {2014-01-12}"),
    (&["--yearly", "--annual", "--by-year", "--panel"], "--by year"),
    (&["-o", "--out", "--outfile", "--output-file", "--save", "--export", "--write"], "--output {panel.csv}"),
    (&["--csv"], "--format csv"),
    (&["--json"], "--format json"),
    (&["--jsonl", "--ndjson"], "--format jsonl"),
    (&["--markdown", "--md"], "--format markdown"),
    (&["--latex", "--tex"], "--format latex"),
    (&["--xlsx", "--excel"], "--output {panel.xlsx}"),
    (&["--plain", "--text", "--ascii"], "--format plain"),
    (&["--source", "--sources", "--according"], "--according-to {cst}"),
    (&["--exclude", "--omit", "--drop", "--ignore", "--no-source", "--without-source"], "--without {cst}"),
    (&["--code", "--ids", "--id", "--scheme"], "--codes {cow}"),
    (&["--param", "--parameter", "--define", "-D"], "--set {keen_trade=5%}"),
    (&["--suppose", "--what-if", "--fact", "--add"], "--assume {'party(russia, nato) from 2004'}"),
    (&["--met", "--only-met"], "--verdict met"),
    (&["--filter", "--keep", "--only"], "--verdict {met}"),
    (&["--spell", "--durations"], "--spells"),
    (&["--conditions", "--reasons"], "--with conditions"),
    (&["--columns", "--column", "--vars", "--variables"], "--with {conditions}"),
    (&["--werror", "--error-on-warnings"], "--deny warnings"),
    (&["--top", "--number", "-n"], "--limit {5}"),
];

/// Options for what is named without one.
const FILES: &[&str] = &["-f", "--file", "--files", "-i", "--input", "--data", "--evidence", "--rules", "--program"];
const CRITERIA: &[&str] = &["--criterion", "--criteria", "-c", "--over", "--case", "--cases", "--dyad", "--dyads"];

/// The beginning of a period; its end.
const FIRSTS: &[&str] = &["--from", "--since", "--start", "--begin", "--after"];
const LASTS: &[&str] = &["--to", "--until", "--till", "--end", "--before"];

/// Words that other programs have for what ours does.
const VERBS: &[(&[&str], &str)] = &[
    (&["run", "evaluate", "query", "show", "list", "panel", "answer", "solve", "verdicts"], "eval"),
    (&["validate", "lint", "test", "verify"], "check"),
    (&["why", "reason", "whynot"], "explain"),
    (&["sql"], "compile"),
    (&["libraries", "states"], "library"),
];

/// A command line that is not understood, or one that asks for help.
pub fn refused(mut error: Error) -> Status {
    let terminal = Terminal::drawn();
    let text = |error: &Error, colour: bool| {
        let text = error.render();
        if colour { text.ansi().to_string() } else { text.to_string() }
    };
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return terminal.print(&text(&error, terminal.output.colour), Status::Well);
    }
    let words: Vec<String> = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    if error.kind() == ErrorKind::UnknownArgument
        && let Some(options) = time_with_a_sign(&words)
    {
        let mut texts = Texts::new();
        if let Err(problems) = When::read(&options, &mut texts) {
            return terminal.report(&problems, &texts);
        }
    }
    let command = Arguments::command();
    let advice = match error.kind() {
        ErrorKind::UnknownArgument => of(&error, ContextKind::InvalidArg).and_then(|option| {
            // Nobody wants a file that is called `--csv`.
            error.remove(ContextKind::Suggested);
            instead_of_option(&command, &words, &option)
        }),
        ErrorKind::InvalidSubcommand => {
            of(&error, ContextKind::InvalidSubcommand).and_then(|word| instead_of_verb(&words, &word))
        }
        ErrorKind::InvalidValue => of(&error, ContextKind::InvalidValue).and_then(|value| instead_of_value(&value)),
        _ => None,
    };
    if let Some(advice) = advice {
        // The usage speaks of the option that looks alike.
        let stale = [
            ContextKind::SuggestedArg,
            ContextKind::SuggestedSubcommand,
            ContextKind::SuggestedValue,
            ContextKind::Usage,
        ];
        for kind in stale {
            error.remove(kind);
        }
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![StyledStr::from(advice)]));
    }
    terminal.complain(&text(&error, terminal.errors.colour));
    Status::Wrong
}

/// `--in -433..-404`, which begins as options do.
fn time_with_a_sign(words: &[String]) -> Option<TimeOptions> {
    let mut options = TimeOptions::default();
    for pair in words.windows(2) {
        let [option, given] = pair else { continue };
        let is_signed =
            given.strip_prefix('-').is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
        match option.as_str() {
            "--in" if is_signed => options.period = Some(given.clone()),
            "--on" if is_signed => options.on = Some(given.clone()),
            _ => {}
        }
    }
    (options.on.is_some() || options.period.is_some()).then_some(options)
}

fn of(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        _ => None,
    }
}

/// What to write instead of an option that there is not.
fn instead_of_option(command: &Command, words: &[String], given: &str) -> Option<String> {
    let option = given.split('=').next().unwrap_or(given);
    let verb = words.iter().find_map(|word| command.find_subcommand(word));
    let name = verb.map_or("eval", Command::get_name);
    if FILES.contains(&option) {
        return Some(format!(
            "files and folders are named without an option: symmachia {name} rules.ally evidence.ally"
        ));
    }
    if CRITERIA.contains(&option) {
        return Some(format!(
            "what is asked is named without an option: symmachia {name} 'ally(russia, _)' sketch.ally"
        ));
    }
    let has = |option: &str| verb.is_some_and(|verb| takes(verb, option));
    let both_ends = FIRSTS.contains(&option) || (LASTS.contains(&option) && value_of_any(words, FIRSTS).is_some());
    if (both_ends || option == "--until") && has("--in") {
        let first = value_of_any(words, FIRSTS).unwrap_or("1990");
        let last = value_of_any(words, LASTS).unwrap_or("2000");
        return Some(format!("write `--in {first}..{last}`"));
    }
    let known = OPTIONS.iter().find(|(others, _)| others.contains(&option));
    if let Some((_, ours)) = known {
        let (ours_option, value) = ours.split_once(' ').unwrap_or((ours, ""));
        let filled = match value.strip_prefix('{').and_then(|value| value.strip_suffix('}')) {
            Some(example) => format!("{ours_option} {}", value_of(words, option).unwrap_or(example)),
            None => (*ours).to_owned(),
        };
        match verb {
            Some(verb) if takes(verb, ours_option) && is_possible(verb, ours_option, value) => {
                return Some(format!("write `{filled}`"));
            }
            _ => return elsewhere(command, name, ours_option, value),
        }
    }
    elsewhere(command, name, option, "")
}

/// That an option belongs to other verbs.
fn elsewhere(command: &Command, verb: &str, option: &str, value: &str) -> Option<String> {
    let others: Vec<String> = command
        .get_subcommands()
        .filter(|other| other.get_name() != verb && takes(other, option) && is_possible(other, option, value))
        .map(|other| format!("`{}`", other.get_name()))
        .collect();
    if option == "--output" {
        return Some(format!("`{verb}` writes to standard output, which the shell puts into a file: … > FILE"));
    }
    let what = if is_example(value) || value.is_empty() { option.to_owned() } else { format!("{option} {value}") };
    match others.as_slice() {
        [] => None,
        [only] => Some(format!("`{what}` is an option of {only}")),
        [first @ .., last] => Some(format!("`{what}` is an option of {} and {last}", first.join(", "))),
    }
}

fn is_example(value: &str) -> bool {
    value.starts_with('{')
}

/// Whether an option is one of a verb.
fn takes(verb: &Command, option: &str) -> bool {
    verb.get_arguments().any(|argument| argument.get_long().is_some_and(|long| option.strip_prefix("--") == Some(long)))
}

/// Whether a verb's option takes a value; one that is no example.
fn is_possible(verb: &Command, option: &str, value: &str) -> bool {
    let argument = verb.get_arguments().find(|argument| argument.get_long() == option.strip_prefix("--"));
    let values = argument.map(clap::Arg::get_possible_values).unwrap_or_default();
    value.is_empty() || is_example(value) || values.is_empty() || values.iter().any(|known| known.matches(value, true))
}

/// The word behind an option, or behind its `=`.
fn value_of<'w>(words: &'w [String], option: &str) -> Option<&'w str> {
    let at = words.iter().position(|word| word.split('=').next() == Some(option))?;
    match words[at].split_once('=') {
        Some((_, value)) => Some(value),
        None => words.get(at + 1).map(String::as_str).filter(|value| !value.starts_with('-')),
    }
}

fn value_of_any<'w>(words: &'w [String], options: &[&str]) -> Option<&'w str> {
    options.iter().find_map(|option| value_of(words, option))
}

/// What to write instead of a verb that there is not.
fn instead_of_verb(words: &[String], given: &str) -> Option<String> {
    let rest: Vec<&str> = words.iter().map(String::as_str).skip_while(|word| *word != given).skip(1).collect();
    let after = |words: &[&str]| words.iter().map(|word| format!(" {}", quoted(word))).collect::<String>();
    if let Some((_, verb)) = VERBS.iter().find(|(others, _)| others.contains(&given.to_lowercase().as_str())) {
        return Some(format!("write `symmachia {verb}{}`", after(&rest)));
    }
    if ["init", "new", "start", "begin"].contains(&given) {
        return Some("`symmachia` alone shows a first file, and how to begin with it".to_owned());
    }
    let with_ending = format!("{given}.ally");
    let is_file = !Path::new(given).exists() && Path::new(&with_ending).exists();
    let named = if is_file { with_ending.as_str() } else { given };
    let all: Vec<&str> = std::iter::once(named).chain(rest.iter().copied()).collect();
    let verb = match given {
        _ if given.contains('(') => "explain",
        _ if words::is_path(given) && rest.iter().all(|word| words::is_path(word)) => "check",
        _ if words::is_path(given) => "eval",
        _ if is_other_verb(given) => return None,
        _ if rest.iter().any(|word| words::is_path(word)) && super::Verb::nearest(given).is_none() => "eval",
        _ => return None,
    };
    Some(format!("a command is missing: `symmachia {verb}{}`", after(&all)))
}

/// Whether a word is what other programs do, and names no criterion that anybody would ask for.
fn is_other_verb(given: &str) -> bool {
    const OTHERS: &[&str] = &[
        "report",
        "fmt",
        "format",
        "doc",
        "docs",
        "lsp",
        "completions",
        "install",
        "update",
        "build",
        "version",
        "repl",
    ];
    OTHERS.contains(&given.to_lowercase().as_str())
}

/// A word as it is typed into a shell.
fn quoted(word: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_./,=:%".contains(letter);
    if word.chars().all(is_plain) { word.to_owned() } else { format!("'{word}'") }
}

/// What to write instead of a format or a step of another program.
fn instead_of_value(given: &str) -> Option<String> {
    let advice = match given.to_lowercase().as_str() {
        "dta" | "stata" | "r" | "rds" | "rdata" | "spss" | "sav" | "parquet" | "pandas" | "tsv" | "xls" => {
            "Stata, R and pandas read what `--format csv` writes"
        }
        "html" | "pdf" | "docx" | "word" => "other programs make such pages from `--format markdown`",
        "day" | "week" | "month" | "quarter" | "monthly" | "daily" => {
            "`--spells --format csv` gives the days on which anything changes"
        }
        "true" | "yes" | "ally" | "allied" | "1" => "where the criterion holds the verdict is `met`",
        "false" | "no" | "not" | "0" => "where the criterion fails the verdict is `not-met`",
        "unknown" | "missing" | "na" | "open" => "where nothing says either way the verdict is `undetermined`",
        "dyad" | "pair" | "state" | "country" | "case" | "dyad-year" | "yearly" | "annual" => {
            "`--by year` gives a verdict for each case and year"
        }
        _ => return None,
    };
    Some(advice.to_owned())
}
