//! `compare`: rival frameworks set against one another over the same evidence.

use super::arguments::{
    CompareArguments, ComparisonFormat, ComparisonTable, InputOptions, Step, UndeterminedAs, refused,
};
use super::outside_record;
use super::progress::Progress;
use super::status::Status;
use super::terminal::Terminal;
use super::when::{When, Yearly};
use super::words::Words;
use super::workspace::Workspace;
use clap::error::ErrorKind;
use std::path::Path;
use symmachia::compare::{self, Asked, CompareError, Remark, Undetermined};
use symmachia::engine::Engine;
use symmachia::evidence::Changes;
use symmachia::explain;
use symmachia::render::comparison;
use symmachia::text::Texts;

/// Runs it.
pub fn run(arguments: &CompareArguments) -> Status {
    let terminal = Terminal::new(arguments.format.of_diagnostics());
    let mut option_texts = Texts::new();
    let when = match When::read(&arguments.time, &mut option_texts) {
        Ok(when) => when,
        Err(problems) => return terminal.report(&problems, &option_texts),
    };
    if arguments.truth_table && arguments.time.by == Some(Step::Source) {
        let message = "the argument '--by source' cannot be used with '--truth-table'\n";
        return refused(clap::Error::raw(ErrorKind::ArgumentConflict, message));
    }
    if arguments.table.is_some() && arguments.format != ComparisonFormat::Csv {
        let message = "the argument '--table' goes with '--format csv' only\n";
        return refused(clap::Error::raw(ErrorKind::ArgumentConflict, message));
    }
    let words = Words::sort(&arguments.words, Path::exists);
    let mut progress = Progress::begin();
    let (mut workspace, names) = Workspace::open_words(&words, &arguments.input, &mut progress);
    if workspace.has_errors() {
        drop(progress);
        return terminal.report(&workspace.diagnostics, &workspace.texts);
    }
    if arguments.logic {
        progress.stage("asking logic");
        let input = with_individuals(arguments, &workspace);
        (workspace, _) = Workspace::open_words(&words, &input, &mut progress);
    }
    let changes = match arguments.sources.changes(&workspace.program) {
        Ok(changes) => changes,
        Err(problems) => {
            drop(progress);
            return terminal.report(&problems, &workspace.texts);
        }
    };
    workspace.diagnostics.extend(outside_record::note(&workspace.program, &arguments.time, &when));
    progress.stage("comparing");
    let compared = text(arguments, &workspace, changes, &names, &when, &terminal);
    drop(progress);
    match compared {
        Ok((text, remarks)) => {
            workspace.diagnostics.extend(remarks.iter().map(Remark::diagnostic));
            let status = terminal.report(&workspace.diagnostics, &workspace.texts);
            terminal.print(&text, status)
        }
        Err(error) => {
            workspace.refuse([error.diagnostic()]);
            terminal.report(&workspace.diagnostics, &workspace.texts)
        }
    }
}

/// The same input, with individuals without names for the rules to speak of.
fn with_individuals(arguments: &CompareArguments, workspace: &Workspace) -> InputOptions {
    let mut input = arguments.input.clone();
    input.assume.extend(compare::declarations(&workspace.program, usize::from(arguments.individuals)));
    input
}

fn text(
    arguments: &CompareArguments,
    workspace: &Workspace,
    changes: Changes,
    names: &[String],
    when: &When,
    terminal: &Terminal,
) -> Result<(String, Vec<Remark>), CompareError> {
    let engine = Engine::new(&workspace.program).with_changes(changes);
    let asked = Asked {
        day: when.day,
        period: when.period,
        yearly: when.yearly.map(|yearly| match yearly {
            Yearly::AnyDay => explain::Yearly::AnyDay,
            Yearly::AllDays => explain::Yearly::AllDays,
            Yearly::On { month, day } => explain::Yearly::On(month, day),
        }),
    };
    if arguments.truth_table {
        let table = compare::truth_table(&engine, names, asked)?;
        return Ok((comparison::truth_table(&table), Vec::new()));
    }
    let rivals = match arguments.time.by {
        Some(Step::Source) => compare::by_source(&engine, names)?,
        _ => compare::rivals(&workspace.program, names)?,
    };
    if arguments.logic {
        let logic = {
            let individuals = usize::from(arguments.individuals);
            compare::logic(&workspace.program, rivals, individuals, &arguments.input.set)?
        };
        let text = match arguments.format {
            ComparisonFormat::Json => comparison::logic_json(&logic, &workspace.texts),
            _ => comparison::logic(&logic, &workspace.texts, &terminal.output),
        };
        return Ok((text, Vec::new()));
    }
    let undetermined = match arguments.undetermined {
        UndeterminedAs::Category => Undetermined::Category,
        UndeterminedAs::Missing => Undetermined::Missing,
    };
    let compared = compare::compare(&engine, rivals, asked, undetermined)?;
    let texts = &workspace.texts;
    let for_people = matches!(arguments.format, ComparisonFormat::Human | ComparisonFormat::Plain);
    let heard = arguments.sources.remark().filter(|_| for_people).map(|heard| format!("\n{heard}\n"));
    let text = match arguments.format {
        ComparisonFormat::Human | ComparisonFormat::Plain => comparison::text(&compared, texts, &terminal.output),
        ComparisonFormat::Markdown => comparison::markdown(&compared, texts),
        ComparisonFormat::Latex => comparison::latex(&compared, texts),
        ComparisonFormat::Csv => match arguments.table {
            None | Some(ComparisonTable::Verdicts) => comparison::csv(&compared),
            Some(ComparisonTable::Statistics) => comparison::statistics_csv(&compared),
            Some(ComparisonTable::Partings) => comparison::partings_csv(&compared, texts),
        },
        ComparisonFormat::Json => comparison::json(&compared, texts),
    };
    // Verdicts and partings hold no statistics that could be undefined.
    let has_statistics =
        arguments.format != ComparisonFormat::Csv || arguments.table == Some(ComparisonTable::Statistics);
    let remarks = if has_statistics { compared.remarks() } else { Vec::new() };
    Ok((text + &heard.unwrap_or_default(), remarks))
}
