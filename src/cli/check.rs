//! `check`: looks for mistakes, and tests every `expect` and `claim`.

use super::answers::{self, Assertions};
use super::arguments::{CheckArguments, Denied, Format};
use super::progress::Progress;
use super::status::Status;
use super::terminal::Terminal;
use super::workspace::Workspace;
use serde::Serialize;
use symmachia::diagnostic::{Diagnostic, Severity};
use symmachia::engine::Engine;
use symmachia::evidence::TableStatements;
use symmachia::render::diagnostics;
use symmachia::render::words::counted;
use symmachia::syntax::tree::ItemKind;

/// Runs it.
pub fn run(arguments: &CheckArguments) -> Status {
    let terminal = Terminal::new(arguments.format);
    let mut progress = Progress::begin();
    let mut workspace = Workspace::open(&arguments.paths, &arguments.input, &mut progress);
    progress.stage("testing expectations and claims");
    let mut assertions = Assertions::default();
    if !workspace.has_errors() {
        match arguments.sources.changes(&workspace.program) {
            Ok(changes) => {
                let engine = Engine::new(&workspace.program).with_changes(changes);
                assertions = answers::assertions(&engine);
            }
            Err(problems) => workspace.diagnostics.extend(problems),
        }
    }
    workspace.diagnostics.append(&mut assertions.diagnostics);
    drop(progress);
    let summary = Summary::of(&workspace, &assertions);
    let remark = arguments.sources.remark().filter(|_| !workspace.has_errors());
    let problems = &workspace.diagnostics;
    let text = match arguments.format {
        Format::Json => json(&workspace, &summary),
        Format::Human | Format::Plain => {
            let mut text = diagnostics::text(problems, &workspace.texts, &terminal.output);
            if !text.is_empty() {
                text.push('\n');
            }
            text + &summary.sentence() + &remark.map_or(String::new(), |heard| format!("; {heard}")) + "\n"
        }
    };
    terminal.print(&text, status(problems, &assertions, &arguments.deny))
}

fn status(problems: &[Diagnostic], assertions: &Assertions, denied: &[Denied]) -> Status {
    let of_denied = |denied: &Denied| match denied {
        Denied::Claims => assertions.claims_fail > 0,
        Denied::Warnings => problems.iter().any(|problem| problem.severity == Severity::Warning),
    };
    let of_assertions =
        if assertions.expectations_fail > 0 || denied.iter().any(of_denied) { Status::Failed } else { Status::Well };
    Status::of(problems).max(of_assertions)
}

/// What was checked, in numbers.
#[derive(Debug, Default, Serialize)]
struct Summary {
    files: usize,
    facts: usize,
    /// Of the facts, those that rows of tables say.
    facts_of_tables: usize,
    rules: usize,
    errors: usize,
    warnings: usize,
    expectations_hold: usize,
    expectations_fail: usize,
    claims_borne_out: usize,
    claims_not_borne_out: usize,
}

impl Summary {
    fn of(workspace: &Workspace, assertions: &Assertions) -> Summary {
        let mut summary = Summary {
            files: workspace.files_read,
            expectations_hold: assertions.expectations_hold,
            expectations_fail: assertions.expectations_fail,
            claims_borne_out: assertions.claims_hold,
            claims_not_borne_out: assertions.claims_fail,
            ..Summary::default()
        };
        for item in workspace.files.iter().flat_map(|file| &file.items) {
            match item.kind {
                ItemKind::Fact(_) => summary.facts += 1,
                ItemKind::Rule(_) | ItemKind::DefinedMeasure(_) | ItemKind::Classification(_) => summary.rules += 1,
                _ => {}
            }
        }
        summary.facts_of_tables = workspace.program.table_statements.iter().map(TableStatements::len).sum();
        summary.facts += summary.facts_of_tables;
        for problem in diagnostics::in_order(&workspace.diagnostics, &workspace.texts) {
            match problem.severity {
                Severity::Error => summary.errors += 1,
                Severity::Warning => summary.warnings += 1,
                Severity::Failure | Severity::Note => {}
            }
        }
        summary
    }

    fn sentence(&self) -> String {
        let read = [(self.files, "file"), (self.facts, "fact"), (self.rules, "rule")]
            .map(|(number, noun)| match (noun, self.facts_of_tables) {
                ("fact", of_tables) if of_tables > 0 => format!("{} ({of_tables} from tables)", counted(number, noun)),
                _ => counted(number, noun),
            })
            .join(", ");
        let mut parts = Vec::new();
        if self.errors > 0 {
            parts.push(counted(self.errors, "error"));
        }
        if self.warnings > 0 {
            parts.push(counted(self.warnings, "warning"));
        }
        if self.errors > 0 {
            parts.push("nothing was evaluated".to_owned());
            return format!("{read}; {}", parts.join(", "));
        }
        parts.extend(self.assertions());
        format!("{read}; {}", parts.join(", "))
    }

    fn assertions(&self) -> Vec<String> {
        let verb = |number: usize, one: &str, many: &str| if number == 1 { one.to_owned() } else { many.to_owned() };
        let said =
            |number: usize, noun: &str, verb: String| (number > 0).then(|| format!("{} {verb}", counted(number, noun)));
        let mut parts: Vec<String> = [
            said(self.expectations_hold, "expectation", verb(self.expectations_hold, "holds", "hold")),
            said(self.expectations_fail, "expectation", verb(self.expectations_fail, "fails", "fail")),
            said(self.claims_borne_out, "claim", verb(self.claims_borne_out, "is borne out", "are borne out")),
            said(
                self.claims_not_borne_out,
                "claim",
                verb(self.claims_not_borne_out, "is not borne out", "are not borne out"),
            ),
        ]
        .into_iter()
        .flatten()
        .collect();
        if self.expectations_hold + self.expectations_fail == 0 {
            parts.push("no expectation to test".to_owned());
        }
        parts
    }
}

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    diagnostics: Vec<diagnostics::JsonDiagnostic>,
    summary: &'a Summary,
}

fn json(workspace: &Workspace, summary: &Summary) -> String {
    let report = Report {
        version: diagnostics::VERSION,
        diagnostics: diagnostics::json(&workspace.diagnostics, &workspace.texts),
        summary,
    };
    // Strings and numbers always serialise.
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}
