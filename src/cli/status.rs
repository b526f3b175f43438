//! Exit status.

use std::process::ExitCode;
use symmachia::diagnostic::{Diagnostic, Severity};

/// How a command ends; later ones are worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// All is well.
    Well,
    /// An `expect` fails, or a claim where claims are denied.
    Failed,
    /// The input or the command line is wrong.
    Wrong,
}

impl Status {
    /// What the worst of some diagnostics amounts to.
    pub fn of(diagnostics: &[Diagnostic]) -> Status {
        diagnostics
            .iter()
            .map(|diagnostic| match diagnostic.severity {
                Severity::Error => Status::Wrong,
                Severity::Failure => Status::Failed,
                Severity::Warning | Severity::Note => Status::Well,
            })
            .max()
            .unwrap_or(Status::Well)
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        ExitCode::from(match status {
            Status::Well => 0,
            Status::Failed => 1,
            Status::Wrong => 2,
        })
    }
}
