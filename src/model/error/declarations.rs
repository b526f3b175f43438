//! Mistakes in declarations.

use super::{error, list, warning};
use crate::diagnostic::Diagnostic;
use crate::model::Mistake;
use crate::text::Span;

#[derive(Debug)]
pub(in crate::model) enum DeclarationError {
    /// A second `framework` in one file.
    SecondFramework { span: Span, first: Span },
    /// A second thing of one name.
    Duplicate { sort: &'static str, name: String, span: Span, first: Span },
    /// An individual with two labels.
    DifferentLabels { name: String, span: Span, first: Span },
    /// An individual with two lives.
    DifferentLives { name: String, span: Span, first: Span },
    /// Two individuals that exist at one time and share an alias.
    SharedAlias { alias: String, span: Span, first: Span, individuals: [String; 2] },
    /// Two roles of one name.
    DuplicateRole { name: String, span: Span, first: Span },
    /// Two glosses for one criterion.
    DifferentGlosses { name: String, span: Span, first: Span },
    /// A gloss speaks of a role that there is not.
    UnknownGlossRole { name: String, roles: Vec<String>, span: Span },
    /// No sentence of a gloss speaks of some of the roles.
    GlossWithoutRole { names: Vec<String>, span: Span },
}

impl Mistake for DeclarationError {
    fn into_diagnostic(self) -> Diagnostic {
        match self {
            Self::SecondFramework { span, first } => {
                error("symmachia::model::second_framework", "a file has one framework")
                    .at(span, "a second one")
                    .at(first, "the first one")
                    .help("put the criteria of each framework in a file of their own")
            }
            Self::Duplicate { sort, name, span, first } => {
                let diagnostic = error("symmachia::model::duplicate_definition", format!("`{name}` is defined twice"))
                    .at(span, format!("defined again as a {sort}"))
                    .at(first, "first defined here");
                match sort {
                    "framework" => {
                        diagnostic.help("a framework is the criteria of one file: give the second another name")
                    }
                    _ => diagnostic.help("remove one of the two, or give it another name"),
                }
            }
            Self::DifferentLabels { name, span, first } => {
                error("symmachia::model::different_labels", format!("`{name}` has two labels"))
                    .at(span, "another label")
                    .at(first, "first label")
                    .help("keep one of the two")
            }
            Self::DifferentLives { name, span, first } => {
                error("symmachia::model::different_lives", format!("`{name}` is declared with two different lives"))
                    .at(span, "another life")
                    .at(first, "first life")
                    .help(
                        "a life of several stretches is written in one declaration, `from D until D, from D until D`; \
                         two individuals need two names, and may share an alias where their lives do not overlap",
                    )
            }
            Self::SharedAlias { alias, span, first, individuals: [one, two] } => error(
                "symmachia::model::shared_alias",
                format!("`{one}` and `{two}` share the alias `{alias}` and exist at the same time"),
            )
            .at(span, "shared by this one")
            .at(first, "first given here")
            .help("the date chooses between individuals of one alias: their lives must not overlap"),
            Self::DuplicateRole { name, span, first } => {
                error("symmachia::model::duplicate_role", format!("two roles are called `{name}`"))
                    .at(span, "again")
                    .at(first, "first here")
                    .help("give each role a name of its own")
            }
            Self::DifferentGlosses { name, span, first } => {
                error("symmachia::model::different_glosses", format!("`{name}` has two glosses"))
                    .at(span, "another gloss")
                    .at(first, "first gloss")
                    .help("one rule of a criterion carries the gloss for all of them")
            }
            Self::GlossWithoutRole { names, span } => {
                let braced: Vec<String> = names.iter().map(|name| format!("`{{{name}}}`")).collect();
                let (them, all) = match braced.as_slice() {
                    [first @ .., last] if !first.is_empty() => ("them", format!("{} and {last}", first.join(", "))),
                    _ => ("it", braced.concat()),
                };
                warning("symmachia::model::gloss_without_role", format!("the gloss leaves out {all}"))
                    .at(span, "")
                    .help(format!(
                        "cases that differ in {them} alone would be told in the same words: put {all} into the sentence"
                    ))
            }
            Self::UnknownGlossRole { name, roles, span } => error(
                "symmachia::model::unknown_gloss_role",
                format!("the gloss speaks of `{{{name}}}`, which is no role"),
            )
            .at(span, "")
            .help(format!("the roles are {}", list(&roles))),
        }
    }
}
