//! `explain`: why a case has its verdict, and what would change it.

use super::arguments::ExplainArguments;
use super::fault::Fault;
use super::progress::Progress;
use super::status::Status;
use super::terminal::Terminal;
use super::when::When;
use super::words::Words;
use super::workspace::Workspace;
use std::path::Path;
use symmachia::text::Texts;

/// Runs it.
pub fn run(arguments: &ExplainArguments) -> Status {
    let terminal = Terminal::new(arguments.format);
    let mut option_texts = Texts::new();
    let _when = match When::read(&arguments.time, &mut option_texts) {
        Ok(when) => when,
        Err(problems) => return terminal.report(&problems, &option_texts),
    };
    let words = Words::sort(&arguments.words, Path::exists);
    if let Some(fault) = question_fault(&words) {
        return terminal.report(&[fault.diagnostic()], &option_texts);
    }
    let mut progress = Progress::begin();
    let (workspace, _questions) = Workspace::open_words(&words, &arguments.input, &mut progress);
    drop(progress);
    terminal.report(&workspace.diagnostics, &workspace.texts)
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
