//! `eval`: the verdicts of criteria over their cases.

use super::arguments::EvalArguments;
use super::progress::Progress;
use super::status::Status;
use super::terminal::Terminal;
use super::when::When;
use super::words::Words;
use super::workspace::Workspace;
use std::path::Path;
use symmachia::text::Texts;

/// Runs it.
pub fn run(arguments: &EvalArguments) -> Status {
    let terminal = Terminal::new(arguments.format.of_diagnostics());
    let mut option_texts = Texts::new();
    let _when = match When::read(&arguments.time, &mut option_texts) {
        Ok(when) => when,
        Err(problems) => return terminal.report(&problems, &option_texts),
    };
    let words = Words::sort(&arguments.words, Path::exists);
    let mut progress = Progress::begin();
    let (workspace, _criteria) = Workspace::open_words(&words, &arguments.input, &mut progress);
    drop(progress);
    terminal.report(&workspace.diagnostics, &workspace.texts)
}
