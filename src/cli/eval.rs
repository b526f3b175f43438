//! `eval`: the verdicts of criteria over their cases.

use super::answers;
use super::arguments::{EvalArguments, ResultFormat};
use super::output::Output;
use super::panel;
use super::progress::Progress;
use super::status::Status;
use super::terminal::Terminal;
use super::when::When;
use super::words::Words;
use super::workspace::Workspace;
use std::path::Path;
use symmachia::engine::Engine;
use symmachia::model;
use symmachia::render::results::{self, Results, tidy};
use symmachia::render::words::counted;
use symmachia::text::Texts;

/// Runs it.
pub fn run(arguments: &EvalArguments) -> Status {
    let mut option_texts = Texts::new();
    let output = match Output::new(arguments.output.as_deref(), arguments.format) {
        Ok(output) => output,
        Err(fault) => return Terminal::drawn().report(&[fault.diagnostic()], &option_texts),
    };
    let terminal = Terminal::new(output.format.of_diagnostics());
    let is_panel = match panel::is_wanted(arguments, &output) {
        Ok(is_wanted) => is_wanted,
        Err(fault) => return terminal.report(&[fault.diagnostic()], &option_texts),
    };
    let when = match When::read(&arguments.time, &mut option_texts) {
        Ok(when) => when,
        Err(problems) => return terminal.report(&problems, &option_texts),
    };
    let words = Words::sort(&arguments.words, Path::exists);
    let mut progress = Progress::begin();
    let (mut workspace, criteria) = Workspace::open_words(&words, &arguments.input, &mut progress);
    let mut targets = Vec::new();
    for name in &criteria {
        let named = answers::targets_named(&workspace.program, name);
        if named.is_empty() && !workspace.has_errors() {
            workspace.diagnostics.extend(model::resolve_target(&workspace.program, name).err());
        }
        targets.extend(named);
    }
    if workspace.has_errors() {
        drop(progress);
        return terminal.report(&workspace.diagnostics, &workspace.texts);
    }
    if criteria.is_empty() {
        targets = answers::default_targets(&workspace.program);
    }
    if is_panel && !targets.is_empty() {
        let engine = Engine::new(&workspace.program);
        return panel::run(arguments, &workspace, engine, &targets, &when, &output, progress);
    }
    let for_people = matches!(output.format, ResultFormat::Human | ResultFormat::Plain);
    progress.stage("evaluating");
    let (results, left_out) = answers::results(&workspace.program, &targets, &when, for_people);
    drop(progress);
    let status = terminal.report(&workspace.diagnostics, &workspace.texts);
    let mut text = match output.format {
        ResultFormat::Human | ResultFormat::Plain => results::text(&results, &terminal.output),
        ResultFormat::Json => results::json(&results),
        _ => return table(&results, &output, &terminal, status),
    };
    if targets.is_empty() && for_people {
        text = "nothing to evaluate: there is no criterion (`ally(A, B) requires ...`)\n".to_owned();
    }
    if left_out > 0 {
        text.push_str(&format!(
            "\n{} of which nothing is known are left out; a `cases` lists those you want, and `--format csv` gives all\n",
            counted(left_out, "further case")
        ));
    }
    output.print(&text, &terminal, status)
}

/// Tidy rows.
fn table(results: &Results, output: &Output, terminal: &Terminal, status: Status) -> Status {
    match output.table(&tidy::columns(results), |sink| tidy::rows(results, sink)) {
        Ok(()) | Err(None) => status,
        Err(Some(fault)) => terminal.report(&[fault.diagnostic()], &Texts::new()).max(status),
    }
}
