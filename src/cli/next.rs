//! `next`: which missing evidence to look up first.

use super::answers;
use super::arguments::{NextArguments, NextFormat};
use super::fault::Fault;
use super::outside_record;
use super::progress::Progress;
use super::status::Status;
use super::terminal::Terminal;
use super::when::When;
use super::words::Words;
use super::workspace::Workspace;
use std::path::Path;
use symmachia::engine::Engine;
use symmachia::model::Program;
use symmachia::model::program::Target;
use symmachia::next;
use symmachia::render::next::{self as shown, Asked};
use symmachia::text::Texts;

/// Questions that are shown to a person who does not say how many.
const SHOWN: usize = 10;

/// Runs it.
pub fn run(arguments: &NextArguments) -> Status {
    let terminal = Terminal::new(arguments.format.of_diagnostics());
    let mut option_texts = Texts::new();
    let when = match When::read(&arguments.moment.time(), &mut option_texts) {
        Ok(when) => when,
        Err(problems) => return terminal.report(&problems, &option_texts),
    };
    let words = Words::sort(&arguments.words, Path::exists);
    let mut progress = Progress::begin();
    let (mut workspace, names) = Workspace::open_words(&words, &arguments.input, &mut progress);
    let targets = answers::targets_asked(&mut workspace, &names);
    let not_criteria: Vec<&Target> = targets.iter().filter(|target| matches!(target, Target::Measure(_))).collect();
    if let Some(measure) = not_criteria.first()
        && !workspace.has_errors()
        && (!names.is_empty() || not_criteria.len() == targets.len())
    {
        let name = workspace.program.qualified_name(**measure);
        workspace.refuse([Fault::CriterionWanted { name }.diagnostic()]);
    }
    if workspace.has_errors() {
        drop(progress);
        return terminal.report(&workspace.diagnostics, &workspace.texts);
    }
    let changes = match arguments.sources.changes(&workspace.program) {
        Ok(changes) => changes,
        Err(problems) => {
            drop(progress);
            return terminal.report(&problems, &workspace.texts);
        }
    };
    workspace.diagnostics.extend(outside_record::note(&workspace.program, &arguments.moment.time(), &when));
    let targets: Vec<Target> = targets.into_iter().filter(|target| matches!(target, Target::Relation(_))).collect();
    if targets.is_empty() {
        drop(progress);
        let status = terminal.report(&workspace.diagnostics, &workspace.texts);
        return terminal.print("nothing to look up: there is no criterion (`ally(A, B) requires ...`)\n", status);
    }
    let engine = Engine::new(&workspace.program).with_changes(changes);
    let (cases, extent) = answers::cases_asked(&workspace.program, &targets, &when);
    progress.stage("looking for open questions");
    let ranking = next::rank(&engine, &cases, &mut |done, most| progress.share("trying open questions", done, most));
    drop(progress);
    let for_people = matches!(arguments.format, NextFormat::Human | NextFormat::Plain);
    let limit = arguments.limit.unwrap_or(if for_people { SHOWN } else { usize::MAX });
    let criteria = targets.iter().map(|target| signature(&workspace.program, *target)).collect();
    let asked = Asked { criteria, extent, ranking: &ranking, limit };
    let status = terminal.report(&workspace.diagnostics, &workspace.texts);
    let text = match arguments.format {
        NextFormat::Human | NextFormat::Plain => {
            let remark = arguments.sources.remark().map_or(String::new(), |heard| format!("\n{heard}\n"));
            shown::text(&asked, &terminal.output) + &remark
        }
        NextFormat::Csv => shown::csv(&asked),
        NextFormat::Json => shown::json(&asked),
    };
    terminal.print(&text, status)
}

/// `ally(A, B)`
pub fn signature(program: &Program, target: Target) -> String {
    let roles: Vec<&str> = program.roles(target).iter().map(|role| role.name.as_str()).collect();
    format!("{}({})", program.qualified_name(target), roles.join(", "))
}
