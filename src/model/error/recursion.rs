//! Circles of relations that have no meaning.

use super::error;
use crate::diagnostic::Diagnostic;
use crate::model::Mistake;
use crate::text::Span;

/// One step of a circle.
#[derive(Debug)]
pub(in crate::model) struct Step {
    /// What depends.
    pub(in crate::model) from: String,
    /// On what.
    pub(in crate::model) to: String,
    /// Where it says so.
    pub(in crate::model) span: Span,
    /// The form in which it does, where that is not monotone.
    pub(in crate::model) through: Option<&'static str>,
}

#[derive(Debug)]
pub(in crate::model) enum RecursionError {
    /// Through something that is not monotone.
    Negation { steps: Vec<Step> },
    /// Through a time form.
    Time { steps: Vec<Step> },
}

impl Mistake for RecursionError {
    fn into_diagnostic(self) -> Diagnostic {
        let (code, steps, help) = match self {
            Self::Negation { steps } => (
                "symmachia::model::cycle_through_negation",
                steps,
                "break the circle at one of these places; what a condition denies, counts or measures must be settled before it",
            ),
            Self::Time { steps } => (
                "symmachia::model::recursion_through_time",
                steps,
                "break the circle at one of these places; what a condition asks of other days must be settled before it",
            ),
        };
        let first = steps.first();
        let name = first.map(|step| step.from.clone()).unwrap_or_default();
        let through = first.and_then(|step| step.through).unwrap_or("itself");
        let mut diagnostic = error(code, format!("`{name}` depends on itself through {through}"));
        for step in &steps {
            let how = step.through.map(|through| format!(" through {through}")).unwrap_or_default();
            diagnostic = diagnostic.at(step.span, format!("`{}` depends on `{}`{how}", step.from, step.to));
        }
        diagnostic.help(help)
    }
}
