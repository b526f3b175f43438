//! `eval`: the verdicts of criteria over their cases.

use super::answers;
use super::arguments::{EvalArguments, ResultFormat, Step};
use super::progress::Progress;
use super::sources;
use super::status::Status;
use super::terminal::Terminal;
use super::when::When;
use super::words::Words;
use super::workspace::Workspace;
use std::path::Path;
use symmachia::engine::Engine;
use symmachia::model;
use symmachia::render::results;
use symmachia::render::words::counted;
use symmachia::text::Texts;

/// Runs it.
pub fn run(arguments: &EvalArguments) -> Status {
    let terminal = Terminal::new(arguments.format.of_diagnostics());
    let mut option_texts = Texts::new();
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
    let for_people = matches!(arguments.format, ResultFormat::Human | ResultFormat::Plain);
    progress.stage("evaluating");
    let changes = match arguments.sources.changes(&workspace.program) {
        Ok(changes) => changes,
        Err(problems) => {
            drop(progress);
            return terminal.report(&problems, &workspace.texts);
        }
    };
    let engine = Engine::new(&workspace.program).with_changes(changes);
    let remark = arguments.sources.remark().filter(|_| for_people).map(|heard| format!("\n{heard}\n"));
    if arguments.time.by == Some(Step::Source) && !targets.is_empty() {
        let (results, left_out) = sources::by_source(&engine, &targets, &when, for_people);
        drop(progress);
        let status = terminal.report(&workspace.diagnostics, &workspace.texts);
        let text = sources::text(&results, arguments.format, &terminal.output);
        return terminal.print(&(text + &left_out_in_words(left_out) + &remark.unwrap_or_default()), status);
    }
    let (results, left_out) = answers::results(&engine, &targets, &when, for_people);
    drop(progress);
    let status = terminal.report(&workspace.diagnostics, &workspace.texts);
    let mut text = match arguments.format {
        ResultFormat::Human | ResultFormat::Plain => results::text(&results, &terminal.output),
        ResultFormat::Json => results::json(&results),
        ResultFormat::Csv => results::csv(&results),
    };
    if targets.is_empty() && for_people {
        text = "nothing to evaluate: there is no criterion (`ally(A, B) requires ...`)\n".to_owned();
    }
    text.push_str(&left_out_in_words(left_out));
    text.push_str(&remark.unwrap_or_default());
    terminal.print(&text, status)
}

fn left_out_in_words(number: usize) -> String {
    if number == 0 {
        return String::new();
    }
    let cases = counted(number, "further case");
    format!(
        "\n{cases} of which nothing is known are left out; a `cases` lists those you want, and `--format csv` gives all\n"
    )
}
