//! `explain`: why a case has its verdict, and what would change it.

use super::answers;
use super::arguments::{ExplainArguments, Format};
use super::disk::Disk;
use super::fault::Fault;
use super::progress::Progress;
use super::status::Status;
use super::terminal::Terminal;
use super::when::When;
use super::words::Words;
use super::workspace::Workspace;
use std::path::Path;
use symmachia::engine::Engine;
use symmachia::explain::{self, Request};
use symmachia::loading;
use symmachia::render::explanation;
use symmachia::text::Texts;
use symmachia::time::Interval;

/// Runs it.
pub fn run(arguments: &ExplainArguments) -> Status {
    let terminal = Terminal::new(arguments.format);
    let mut option_texts = Texts::new();
    let when = match When::read(&arguments.time, &mut option_texts) {
        Ok(when) => when,
        Err(problems) => return terminal.report(&problems, &option_texts),
    };
    let words = Words::sort(&arguments.words, Path::exists);
    if let Some(fault) = question_fault(&words) {
        // `explain 'ally(a, b)' sketch`, where there is a `sketch.ally`
        let missing = words.without_ending.first().filter(|_| words.questions.len() > 1);
        let missing = missing.map(|word| loading::missing(&Disk, Path::new(word)));
        return terminal.report(&[missing.unwrap_or_else(|| fault.diagnostic())], &option_texts);
    }
    let mut progress = Progress::begin();
    let (mut workspace, questions) = Workspace::open_words(&words, &arguments.input, &mut progress);
    if workspace.has_errors() {
        drop(progress);
        return terminal.report(&workspace.diagnostics, &workspace.texts);
    }
    let question = match answers::question_named(&mut workspace, &questions.join(" ")) {
        Ok(question) => question,
        Err(problems) => {
            drop(progress);
            return terminal.report(&problems, &workspace.texts);
        }
    };
    let period = match (when.day, when.period) {
        (Some(day), _) => Interval { first: day, last: day },
        (None, Some(period)) => period,
        (None, None) => explain::period_of(&workspace.program, question.target, &question.individuals),
    };
    let changes = match arguments.sources.changes(&workspace.program) {
        Ok(changes) => changes,
        Err(problems) => {
            drop(progress);
            return terminal.report(&problems, &workspace.texts);
        }
    };
    let engine = Engine::new(&workspace.program).with_changes(changes);
    progress.stage("explaining");
    let explanation = explain::explain(&engine, &question, Request { period, depth: arguments.depth });
    drop(progress);
    let status = terminal.report(&workspace.diagnostics, &workspace.texts);
    let text = match arguments.format {
        Format::Human | Format::Plain => {
            let remark = arguments.sources.remark().map_or(String::new(), |heard| format!("  {heard}\n"));
            explanation::text(&explanation, &workspace.texts, &terminal.output) + &remark
        }
        Format::Json => explanation::json(&explanation, &workspace.texts),
    };
    terminal.print(&text, status)
}

/// One case is explained at a time.
fn question_fault(words: &Words) -> Option<Fault> {
    match words.questions.as_slice() {
        [] => Some(Fault::QuestionWanted { meant: None }),
        [_] => None,
        // `explain ally russia kazakhstan`
        [name, individuals @ ..] if !words.questions.iter().any(|word| word.contains('(')) => {
            Some(Fault::QuestionWanted { meant: Some(format!("{name}({})", individuals.join(", "))) })
        }
        questions => Some(Fault::SeveralQuestions { questions: questions.to_vec() }),
    }
}
