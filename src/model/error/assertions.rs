//! Mistakes in `expect`, `claim`, `cases` and questions.

use super::{did_you_mean, error};
use crate::diagnostic::Diagnostic;
use crate::model::Mistake;
use crate::model::meant::Meant;
use crate::text::Span;

#[derive(Debug)]
pub(in crate::model) enum AssertionError {
    /// A reason that is neither a name nor an atom of individuals.
    ReasonForm { span: Span },
    /// Cases of something that has none.
    CasesOf { name: String, noun: &'static str, span: Span, declared: Span },
    /// Something else than individuals and kinds in a list of cases.
    CasesForm { span: Span },
}

impl Mistake for AssertionError {
    fn into_diagnostic(self) -> Diagnostic {
        match self {
            Self::ReasonForm { span } => {
                error("symmachia::model::reason_form", "a reason is a name, or a name with individuals")
                    .at(span, "")
                    .help("write `failing no_pressure`, or `failing no_pressure(russia, kazakhstan)`")
            }
            Self::CasesOf { name, noun, span, declared } => {
                error("symmachia::model::cases_form", format!("`{name}` is a {noun}, and has no cases"))
                    .at(span, "")
                    .at(declared, "defined here")
            }
            Self::CasesForm { span } => {
                error("symmachia::model::cases_form", "cases are individuals, kinds, or sets of them")
                    .at(span, "")
                    .help("write `cases ally over russia, stans`, or `cases ally over state, state`")
            }
        }
    }
}

/// A question that cannot be put to a program.
#[derive(Debug)]
pub(in crate::model) enum QuestionError {
    /// No atom of individuals.
    Form {
        span: Option<Span>,
        example: Option<String>,
    },
    /// Nothing is called so; without a place where it came from the command line.
    Unknown {
        name: String,
        span: Option<Span>,
        near: Option<String>,
        /// Those of the framework that is called so.
        criteria: Vec<String>,
    },
    /// Several frameworks have it.
    Ambiguous {
        name: String,
        span: Option<Span>,
        candidates: Vec<String>,
    },
    Arity {
        name: String,
        count: usize,
        arity: usize,
        signature: String,
        span: Span,
    },
    /// No such individual in the kind.
    UnknownIndividual {
        name: String,
        kind: String,
        span: Span,
        meant: Vec<Meant>,
    },
    /// A capital letter at the beginning of an individual.
    Variable {
        name: String,
        kind: String,
        span: Span,
        meant: Vec<Meant>,
    },
    /// An individual in the place of a criterion.
    Individual {
        name: String,
        kind: String,
        span: Option<Span>,
        /// A question about it.
        example: Option<String>,
    },
    /// `_`, where one case is asked about.
    ManyCases {
        span: Span,
    },
    /// `United States` without quotation marks.
    ManyWords {
        many: String,
        /// The question as it is to be written.
        meant: String,
        span: Span,
    },
}

impl Mistake for QuestionError {
    fn into_diagnostic(self) -> Diagnostic {
        let at = |diagnostic: Diagnostic, span: Option<Span>| match span {
            Some(span) => diagnostic.at(span, ""),
            None => diagnostic,
        };
        match self {
            Self::Form { span, example } => {
                let diagnostic =
                    at(error("symmachia::model::question_form", "a question is a name with individuals"), span);
                diagnostic.help(match example {
                    Some(example) => format!("write, say, `{example}`"),
                    None => "write `ally(russia, kazakhstan)`, or `framework.ally(russia, kazakhstan)`".to_owned(),
                })
            }
            Self::Individual { name, kind, span, example } => {
                let message = format!("`{name}` is a {kind}, and a criterion had to stand here");
                let diagnostic = at(error("symmachia::model::unknown_criterion", message), span);
                match example {
                    Some(example) => diagnostic.help(format!("`eval '{example}'` gives its verdicts")),
                    None => diagnostic,
                }
            }
            Self::Unknown { name, span, criteria, .. } if !criteria.is_empty() => at(
                error("symmachia::model::unknown_criterion", format!("`{name}` is a framework, and no criterion")),
                span,
            )
            .help(format!("name a criterion of it: {}", criteria.join(", "))),
            Self::Unknown { name, span, near, .. } => did_you_mean(
                at(error("symmachia::model::unknown_criterion", format!("nothing is called `{name}`")), span),
                near.as_deref(),
                "no rule defines it, and no fact or declaration speaks of it",
            ),
            Self::Ambiguous { name, span, candidates } => {
                let names: Vec<String> = candidates.iter().map(|name| format!("`{name}`")).collect();
                at(error("symmachia::model::ambiguous_name", format!("`{name}` may be {}", names.join(" or "))), span)
                    .help("write the framework before the name")
            }
            Self::Arity { name, count, arity, signature, span } => error(
                "symmachia::model::arity",
                format!(
                    "`{name}` takes {}, and {count} {} given",
                    super::counted(arity, "argument"),
                    if count == 1 { "is" } else { "are" }
                ),
            )
            .at(span, "")
            .help(format!("its roles are `{signature}`")),
            Self::UnknownIndividual { name, kind, span, meant } => {
                let message = format!("there is no {kind} `{name}`");
                let diagnostic = error("symmachia::model::unknown_individual", message).at(span, "");
                match who_is_meant(&meant) {
                    Some(help) => diagnostic.help(help),
                    None => diagnostic,
                }
            }
            Self::Variable { name, kind, span, meant } => {
                let message =
                    format!("`{name}` begins with a capital, as variables do, and a {kind} had to stand here");
                error("symmachia::model::question_form", message).at(span, "no name").help(
                    who_is_meant(&meant).unwrap_or_else(|| {
                        format!("names begin with a small letter; with `eval`, `_` stands for every {kind}")
                    }),
                )
            }
            Self::ManyCases { span } => {
                error("symmachia::model::question_form", "`_` stands for many cases, and one is explained at a time")
                    .at(span, "name one of them")
                    .help("`eval` takes `_` and gives the verdicts of all; then explain one that stands out")
            }
            Self::ManyWords { many, meant, span } => {
                error("symmachia::model::question_form", format!("`{many}` are several words, and a name is one"))
                    .at(span, "")
                    .help(format!("did you mean `{meant}`?"))
            }
        }
    }
}

/// ``did you mean `united_states` (iso3:USA)?``
pub(super) fn who_is_meant(meant: &[Meant]) -> Option<String> {
    let one = |meant: &Meant| match &meant.by {
        Some(by) => format!("`{}` ({by})", meant.name),
        None => format!("`{}`", meant.name),
    };
    let all: Vec<String> = meant.iter().map(one).collect();
    (!all.is_empty()).then(|| format!("did you mean {}?", all.join(" or ")))
}
