//! `eval`: the verdicts of criteria over their cases.

use super::answers;
use super::arguments::{EvalArguments, ResultFormat, Step};
use super::fault::Fault;
use super::output::Output;
use super::outside_record;
use super::panel;
use super::progress::Progress;
use super::sources;
use super::status::Status;
use super::terminal::Terminal;
use super::when::When;
use super::words::Words;
use super::workspace::Workspace;
use std::path::Path;
use symmachia::engine::Engine;
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
    workspace.protect_tables([arguments.output.as_ref(), arguments.panel.codebook.as_ref()]);
    let targets = answers::targets_asked(&mut workspace, &criteria);
    if workspace.has_errors() {
        drop(progress);
        return terminal.report(&workspace.diagnostics, &workspace.texts);
    }
    workspace.diagnostics.extend(outside_record::note(&workspace.program, &arguments.time, &when));
    let for_people = matches!(output.format, ResultFormat::Human | ResultFormat::Plain);
    let changes = match arguments.sources.changes(&workspace.program) {
        Ok(changes) => changes,
        Err(problems) => {
            drop(progress);
            return terminal.report(&problems, &workspace.texts);
        }
    };
    let engine = Engine::new(&workspace.program).with_changes(changes);
    if is_panel && !targets.is_empty() {
        return panel::run(arguments, &workspace, engine, &targets, &when, &output, progress);
    }
    progress.stage("evaluating");
    let remark = arguments.sources.remark().filter(|_| for_people).map(|heard| format!("\n{heard}\n"));
    if arguments.time.by == Some(Step::Source) && !targets.is_empty() {
        if !matches!(output.format, ResultFormat::Human | ResultFormat::Plain | ResultFormat::Json | ResultFormat::Csv)
        {
            let fault = Fault::FormatOfSources { format: output.format.to_string() };
            drop(progress);
            return terminal.report(&[fault.diagnostic()], &workspace.texts);
        }
        let (results, left_out) = sources::by_source(&engine, &targets, &when, for_people);
        drop(progress);
        let status = terminal.report(&workspace.diagnostics, &workspace.texts);
        let text = sources::text(&results, output.format, &terminal.output);
        let text = text + &left_out_in_words(left_out) + &remark.unwrap_or_default();
        return output.print(&text, &terminal, status);
    }
    let (results, left_out) = answers::results(&engine, &targets, &when, for_people);
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
    text.push_str(&left_out_in_words(left_out));
    text.push_str(&remark.unwrap_or_default());
    output.print(&text, &terminal, status)
}

/// Tidy rows.
fn table(results: &Results, output: &Output, terminal: &Terminal, status: Status) -> Status {
    match output.table(&tidy::columns(results), |sink| tidy::rows(results, sink)) {
        Ok(()) | Err(None) => status,
        Err(Some(fault)) => terminal.report(&[fault.diagnostic()], &Texts::new()).max(status),
    }
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
