//! Mistakes in names.

use super::{counted, did_you_mean, error, warning};
use crate::diagnostic::Diagnostic;
use crate::model::Mistake;
use crate::text::Span;

#[derive(Debug)]
pub(in crate::model) enum NameError {
    /// Under `--strict`, a predicate that is only used.
    UndeclaredPredicate { name: String, span: Span, near: Option<String>, arity: usize, uses: usize },
    /// A predicate that is only used, near another in name.
    NearPredicate { name: String, span: Span, near: String, known: Option<Span> },
    /// A measure, classification or parameter where a condition is expected.
    NotACondition {
        name: String,
        noun: &'static str,
        is_levels: bool,
        signature: Option<String>,
        span: Span,
        declared: Span,
    },
    /// Several frameworks have it.
    Ambiguous { name: String, span: Span, candidates: Vec<(String, Span)> },
    /// A framework that there is not.
    UnknownFramework { name: String, span: Span, near: Option<String> },
    /// Nothing is called so.
    UnknownCriterion { name: String, framework: Option<String>, is_shared: bool, near: Option<String>, span: Span },
    /// Something else where the number in a counting form must be a parameter.
    NotAParameter { name: String, noun: &'static str, span: Span, declared: Span },
    /// A parameter that there is not; without a place where it was set from outside.
    UnknownParameter { name: String, span: Option<Span>, near: Option<String>, known: Vec<String> },
    /// A parameter that is a number is set to a word.
    WordForNumber { name: String, word: String, span: Span, declared: Span },
    /// Nothing in an expression is called so.
    UnknownMeasure { name: String, has_arguments: bool, near: Option<String>, span: Span },
    /// A parameter with arguments.
    ParameterWithArguments { name: String, span: Span, declared: Span },
}

impl Mistake for NameError {
    fn repetition(&self) -> Option<String> {
        match self {
            Self::Ambiguous { name, .. }
            | Self::UnknownFramework { name, .. }
            | Self::UnknownParameter { name, .. }
            | Self::UnknownMeasure { name, .. } => Some(name.clone()),
            Self::UnknownCriterion { name, framework, .. } => Some(format!("{framework:?} {name}")),
            _ => None,
        }
    }

    fn into_diagnostic(self) -> Diagnostic {
        match self {
            Self::UndeclaredPredicate { name, span, near, arity, uses } => {
                let place =
                    if uses > 1 { format!("used here, and {} in all", counted(uses, "time")) } else { String::new() };
                let roles: Vec<String> =
                    (0..arity).map(|index| format!("{}: …", char::from(b'a' + (index % 26) as u8))).collect();
                let declaration = format!("declare it: `predicate {name}({})`", roles.join(", "));
                error("symmachia::model::undeclared_predicate", format!("the predicate `{name}` is not declared"))
                    .at(span, place)
                    .help(match near {
                        Some(near) => format!("did you mean `{near}`? if not, {declaration}"),
                        None => declaration,
                    })
            }
            Self::NearPredicate { name, span, near, known } => {
                let mut diagnostic = warning(
                    "symmachia::model::near_predicate",
                    format!("`{name}` is not declared, and near `{near}` in name"),
                )
                .at(span, "");
                if let Some(known) = known {
                    diagnostic = diagnostic.at(known, format!("`{near}` is known"));
                }
                diagnostic.help(format!("did you mean `{near}`? if not, declare `predicate {name}(…)`"))
            }
            Self::NotACondition { name, noun, is_levels, signature, span, declared } => {
                let words = signature.unwrap_or_else(|| name.clone());
                error(
                    "symmachia::model::not_a_condition",
                    format!("`{name}` is a {noun}, and a condition is expected here"),
                )
                .at(span, "")
                .at(declared, "defined here")
                .help(if is_levels {
                    format!("compare it with a level: `{words} >= …`")
                } else {
                    format!("compare it with a value: `{words} > …`")
                })
            }
            Self::Ambiguous { name, span, candidates } => {
                let names: Vec<String> = candidates.iter().map(|(name, _)| format!("`{name}`")).collect();
                let mut diagnostic =
                    error("symmachia::model::ambiguous_name", format!("`{name}` may be {}", names.join(" or ")))
                        .at(span, "");
                for (name, span) in candidates {
                    diagnostic = diagnostic.at(span, format!("`{name}`"));
                }
                diagnostic.help("write the framework before the name")
            }
            Self::UnknownFramework { name, span, near } => did_you_mean(
                error("symmachia::model::unknown_framework", format!("there is no framework `{name}`")).at(span, ""),
                near.as_deref(),
                "the framework's file may be missing: `use` it",
            ),
            Self::UnknownCriterion { name, framework, is_shared, near, span } => {
                let (message, otherwise) = match &framework {
                    Some(framework) if is_shared => (
                        format!("`{framework}` has no criterion `{name}`"),
                        format!("`{name}` belongs to no framework: write it alone"),
                    ),
                    Some(framework) => (format!("`{framework}` has no criterion `{name}`"), String::new()),
                    None => (
                        format!("nothing is called `{name}`"),
                        "no rule defines it, and no fact or declaration speaks of it".to_owned(),
                    ),
                };
                let near = near.filter(|_| !is_shared);
                did_you_mean(
                    error("symmachia::model::unknown_criterion", message).at(span, ""),
                    near.as_deref(),
                    &otherwise,
                )
            }
            Self::NotAParameter { name, noun, span, declared } => error(
                "symmachia::model::not_a_parameter",
                format!("`{name}` is a {noun}, and a number or a parameter is expected here"),
            )
            .at(span, "")
            .at(declared, "defined here"),
            Self::UnknownParameter { name, span, near, known } => {
                let mut diagnostic =
                    error("symmachia::model::unknown_parameter", format!("there is no parameter `{name}`"));
                if let Some(span) = span {
                    diagnostic = diagnostic.at(span, "");
                }
                let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
                let advice = match known.as_slice() {
                    [] => format!("declare it: `parameter {name} = …`"),
                    [only] => format!("there is {only}; another one is declared: `parameter {name} = …`"),
                    all => format!("there are {}; another one is declared: `parameter {name} = …`", all.join(", ")),
                };
                did_you_mean(diagnostic, near.as_deref(), &advice)
            }
            Self::WordForNumber { name, word, span, declared } => {
                let diagnostic = error(
                    "symmachia::model::word_for_number",
                    format!("the parameter `{name}` is a number, and `{word}` is none"),
                );
                let diagnostic = if span == declared { diagnostic } else { diagnostic.at(span, "") };
                diagnostic.at(declared, "declared as a number here")
            }
            Self::UnknownMeasure { name, has_arguments, near, span } => did_you_mean(
                error("symmachia::model::unknown_measure", format!("nothing with a value is called `{name}`"))
                    .at(span, ""),
                near.as_deref(),
                &if has_arguments {
                    format!("declare it, with a role for each argument: `measure {name}(…: state, …) in \"unit\"`")
                } else {
                    format!("declare it: `parameter {name} = …`, or `measure {name}(…: state, …: state) in \"unit\"`")
                },
            ),
            Self::ParameterWithArguments { name, span, declared } => error(
                "symmachia::model::parameter_with_arguments",
                format!("the parameter `{name}` takes no arguments"),
            )
            .at(span, "")
            .at(declared, "declared here")
            .help(format!("write `{name}` alone")),
        }
    }
}
