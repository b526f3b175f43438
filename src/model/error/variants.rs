//! Mistakes in frameworks that extend others.

use super::error;
use crate::diagnostic::Diagnostic;
use crate::model::Mistake;
use crate::text::Span;

#[derive(Debug)]
pub(in crate::model) enum VariantError {
    /// Frameworks extend one another in a circle: each `extends` of it, with the framework to which it leads.
    Circle { steps: Vec<(String, Span)> },
    /// A plain definition of what is inherited.
    PlainRedefinition { name: String, span: Span, original: Span, extended: String, extends: Span },
    /// `redefine` of what the extended framework has not.
    RedefinesNothing { name: String, span: Span, extended: String, near: Option<String> },
    /// `redefine` where nothing is extended; `framework` is the name of the framework, where there is one.
    RedefineOutside { name: String, span: Span, framework: Option<Span> },
    /// Two redefinitions that cannot stand together.
    RedefinedTwice { name: String, span: Span, first: Span },
}

impl Mistake for VariantError {
    fn into_diagnostic(self) -> Diagnostic {
        match self {
            Self::Circle { steps } => circle(&steps),
            Self::PlainRedefinition { name, span, original, extended, extends } => error(
                "symmachia::model::plain_redefinition",
                format!("this framework has a `{name}` already, from `{extended}`"),
            )
            .at(span, "defined anew")
            .at(extends, "everything there is taken over")
            .at(original, "defined here first")
            .help(format!(
                "to replace it, write `redefine` before each rule of the new definition: `redefine {name}(…) …`; \
                 to have both, give this one another name"
            )),
            Self::RedefinesNothing { name, span, extended, near } => {
                error("symmachia::model::redefines_nothing", format!("`{extended}` has no `{name}` to redefine"))
                    .at(span, "")
                    .help(match near {
                        Some(near) => format!("did you mean `{near}`? a new criterion is written without `redefine`"),
                        None => "a new criterion is written without `redefine`".to_owned(),
                    })
            }
            Self::RedefineOutside { name, span, framework } => {
                let diagnostic = error(
                    "symmachia::model::redefine_outside",
                    format!("there is nothing here that `redefine {name}` could replace"),
                )
                .at(span, "only a framework that extends another one redefines");
                match framework {
                    Some(framework) => diagnostic.at(framework, "this one extends none").help(
                        "write after the framework's name which one it extends: `extends …`; or leave out `redefine`",
                    ),
                    None => diagnostic.help("begin the file with `framework … extends …`, or leave out `redefine`"),
                }
            }
            Self::RedefinedTwice { name, span, first } => error(
                "symmachia::model::redefined_twice",
                format!("`{name}` is redefined twice"),
            )
            .at(span, "a second definition")
            .at(first, "the first one")
            .help("join the two conditions with `and`; or, where each suffices alone, write both with `redefine … if`"),
        }
    }
}

fn circle(steps: &[(String, Span)]) -> Diagnostic {
    let names: Vec<&str> = steps.iter().map(|(name, _)| name.as_str()).collect();
    let first = names.last().copied().unwrap_or_default();
    let message = match names.as_slice() {
        [only] => format!("the framework `{only}` extends itself"),
        names => {
            let chain: Vec<String> = std::iter::once(&first).chain(names).map(|name| format!("`{name}`")).collect();
            format!("frameworks extend one another in a circle: {}", chain.join(" → "))
        }
    };
    steps
        .iter()
        .enumerate()
        .fold(error("symmachia::model::extends_circle", message), |diagnostic, (index, (name, span))| {
            let text = match index {
                _ if names.len() == 1 => "itself".to_owned(),
                0 => format!("`{first}` extends `{name}`"),
                _ if index + 1 == names.len() => format!("which extends `{name}` again"),
                _ => format!("which extends `{name}`"),
            };
            diagnostic.at(*span, text)
        })
        .help("one of them has to stand on its own: take its `extends` away")
}
