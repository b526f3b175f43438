//! Mistakes in preferences between sources.

use super::error;
use crate::diagnostic::Diagnostic;
use crate::model::Mistake;
use crate::text::Span;

#[derive(Debug)]
pub(crate) enum PreferenceError {
    /// Each is preferred over the next, and the last over the first: preferred, set aside, the place that says so.
    Circle { steps: Vec<(String, String, Span)> },
}

impl Mistake for PreferenceError {
    fn into_diagnostic(self) -> Diagnostic {
        match self {
            Self::Circle { steps } => {
                let said: Vec<String> = match steps.as_slice() {
                    [(name, _, _)] => vec![format!("`{name}` is preferred over itself")],
                    steps => steps
                        .iter()
                        .enumerate()
                        .map(|(index, (preferred, over, _))| match index {
                            0 => format!("`{preferred}` is preferred over `{over}`"),
                            _ => format!("`{preferred}` over `{over}`"),
                        })
                        .collect(),
                };
                let (last, before) =
                    said.split_last().map_or((String::new(), &[][..]), |(last, before)| (last.clone(), before));
                let message = if before.is_empty() {
                    last
                } else {
                    format!("{}, and {last}, of the same on the same days", before.join(", "))
                };
                let help = if steps.len() == 1 {
                    "name the source that is to be set aside after `over`"
                } else {
                    "take one of them away, or say after `for` and `from` where each of them holds"
                };
                steps
                    .iter()
                    .enumerate()
                    .fold(error("symmachia::evidence::preference_circle", message), |diagnostic, (index, step)| {
                        let text = match index {
                            _ if steps.len() == 1 => "",
                            0 => "one says this",
                            _ => "and the other way round",
                        };
                        let text = if steps.len() > 2 { "a step of the circle" } else { text };
                        diagnostic.at(step.2, text)
                    })
                    .help(help)
            }
        }
    }
}
