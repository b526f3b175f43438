//! `explain`: why a case has its verdict, and what would change it.

use super::arguments::{ExplainArguments, Format};
use super::fault::Fault;
use super::progress::Progress;
use super::status::Status;
use super::terminal::Terminal;
use super::when::When;
use super::words::Words;
use super::workspace::Workspace;
use std::path::Path;
use symmachia::diagnostic::Diagnostic;
use symmachia::engine::Engine;
use symmachia::explain::{self, Request};
use symmachia::model;
use symmachia::model::program::Question;
use symmachia::render::explanation;
use symmachia::syntax;
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
        return terminal.report(&[fault.diagnostic()], &option_texts);
    }
    let mut progress = Progress::begin();
    let (mut workspace, questions) = Workspace::open_words(&words, &arguments.input, &mut progress);
    if workspace.has_errors() {
        drop(progress);
        return terminal.report(&workspace.diagnostics, &workspace.texts);
    }
    let question = match question(&mut workspace, &questions) {
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

fn question(workspace: &mut Workspace, questions: &[String]) -> Result<Question, Vec<Diagnostic>> {
    let file = workspace.texts.add("question", questions.join(" "));
    let condition = syntax::parse_condition(&workspace.texts, file)?;
    model::resolve_question(&workspace.program, &workspace.texts, &condition)
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
