//! Mistakes in kinds and individuals.

use super::{did_you_mean, error, list, with_article};
use crate::diagnostic::Diagnostic;
use crate::model::Mistake;
use crate::text::Span;

#[derive(Debug)]
pub(in crate::model) enum KindError {
    /// A kind that nobody declared.
    Unknown { name: String, span: Span, near: Option<String> },
    /// A part of `number`, `text` or `date`.
    PartOfValues { parent: String, span: Span },
    /// An ordered kind as a part of another.
    OrderedPart { name: String, parent: String, span: Span },
    /// A kind that is a part of itself.
    Circle { steps: Vec<(String, Span)> },
    /// A declaration of a kind that is built in.
    BuiltIn { name: String, span: Span },
    /// An individual of `number`, `text` or `date` is declared.
    NotDeclarable { kind: String, span: Span },
    /// A member that is listed twice.
    DuplicateMember { kind: String, member: String, span: Span, first: Span, classification: bool },
    /// A kind that lists its members has no such member.
    UnknownIndividual {
        name: String,
        kind: String,
        span: Span,
        near: Option<String>,
        members: Vec<String>,
        declared: Option<Span>,
    },
    /// A measure's values are of a kind without order.
    NotOrdered { kind: String, span: Span },
    /// A parameter's levels are of a kind without order.
    ParameterNotOrdered { name: String, kind: String, span: Span, holds_values: bool },
    /// A parameter that is set to a word, and no kind is named; those that have such a level.
    LevelOfNoKind { name: String, level: String, kinds: Vec<String>, span: Span },
    /// Something would have to be of two kinds.
    Conflict { what: String, wanted: String, span: Span, has: String, first: Span },
    /// Nothing says of what kind a role is.
    RoleOfNoKind { name: String, is_sketch: bool, index: usize, roles: Vec<(String, Option<String>)>, span: Span },
    /// Nothing says of what kind a variable is.
    VariableOfNoKind { name: String, span: Span },
    /// A number, text or date where something else is expected, or the other way round.
    WrongConstant { what: String, noun: &'static str, kind: String, members: Vec<String>, span: Span },
    /// An individual that is not in the part that is expected.
    NotInPart { name: String, is: Vec<String>, kind: String, closed: bool, span: Span, first: Option<Span> },
    /// An individual that is declared of another kind.
    OtherKind { name: String, is: String, kind: String, span: Span, first: Option<Span> },
    /// A kind's name where an individual is expected.
    KindAsIndividual { name: String, span: Span },
    /// A set names a kind of other things.
    SetOfOtherKind { name: String, is: String, kind: String, span: Span, is_wider: bool },
}

impl Mistake for KindError {
    fn repetition(&self) -> Option<String> {
        match self {
            Self::Unknown { name, .. } | Self::KindAsIndividual { name, .. } => Some(name.clone()),
            Self::UnknownIndividual { name, kind, .. }
            | Self::NotInPart { name, kind, .. }
            | Self::OtherKind { name, kind, .. }
            | Self::SetOfOtherKind { name, kind, .. } => Some(format!("{name} {kind}")),
            Self::WrongConstant { what, kind, .. } => Some(format!("{what} {kind}")),
            _ => None,
        }
    }

    fn into_diagnostic(self) -> Diagnostic {
        match self {
            Self::Unknown { name, span, near } => did_you_mean(
                error("symmachia::model::unknown_kind", format!("there is no kind `{name}`")).at(span, ""),
                near.as_deref(),
                &format!("kinds are always declared: `kind {name}`, or `kind {name} = a, b, c`"),
            ),
            Self::PartOfValues { parent, span } => {
                error("symmachia::model::built_in_kind", format!("no kind can be a part of `{parent}`"))
                    .at(span, "")
                    .help("`number`, `text` and `date` are kinds of roles only")
            }
            Self::OrderedPart { name, parent, span } => error(
                "symmachia::model::ordered_part",
                format!("`{name}` is ordered, and so cannot be a part of `{parent}`"),
            )
            .at(span, "")
            .help("leave out `in`, or join the members with commas"),
            Self::Circle { steps } => {
                let name = steps.first().map(|(name, _)| name.clone()).unwrap_or_default();
                let mut diagnostic =
                    error("symmachia::model::kind_circle", format!("the kind `{name}` is a part of itself"));
                for (index, (name, span)) in steps.iter().enumerate() {
                    let next = &steps[(index + 1) % steps.len()].0;
                    diagnostic = diagnostic.at(*span, format!("`{name}` is a part of `{next}`"));
                }
                diagnostic.help("leave out one `in`")
            }
            Self::BuiltIn { name, span } => {
                error("symmachia::model::built_in_kind", format!("the kind `{name}` is built in")).at(span, "").help(
                    if name == "state" {
                        "leave out the declaration; `kind x in state = …` declares a part of it".to_owned()
                    } else {
                        "leave out the declaration, or choose another name".to_owned()
                    },
                )
            }
            Self::NotDeclarable { kind, span } => {
                error("symmachia::model::built_in_kind", format!("members of `{kind}` are not declared"))
                    .at(span, "")
                    .help("they are written where they are needed")
            }
            Self::DuplicateMember { kind, member, span, first, classification } => {
                let message = if classification {
                    format!("`{member}` is reached in two ways in `{kind}`")
                } else {
                    format!("`{member}` is listed twice in `{kind}`")
                };
                error("symmachia::model::duplicate_member", message)
                    .at(span, "again")
                    .at(first, "first here")
                    .help(if classification { "join the two conditions with `or`" } else { "remove one of the two" })
            }
            Self::UnknownIndividual { name, kind, span, near, members, declared } => {
                let shown = members.iter().take(8).cloned().collect::<Vec<_>>();
                let more = if members.len() > shown.len() { ", among others" } else { "" };
                let mut diagnostic =
                    error("symmachia::model::unknown_individual", format!("`{kind}` has no member `{name}`"))
                        .at(span, "");
                if let Some(declared) = declared {
                    diagnostic = diagnostic.at(declared, "lists its members here");
                }
                did_you_mean(diagnostic, near.as_deref(), &format!("its members are {}{more}", list(&shown)))
            }
            Self::NotOrdered { kind, span } => {
                error("symmachia::model::not_ordered", format!("the kind `{kind}` is not ordered"))
                    .at(span, "values of a measure have an order")
                    .help(format!(
                        "declare it with its members from the lowest to the highest: `kind {kind} = low < high`"
                    ))
            }
            Self::ParameterNotOrdered { name, kind, span, holds_values } => {
                let diagnostic = error("symmachia::model::not_ordered", format!("the kind `{kind}` is not ordered"))
                    .at(span, "a parameter is a number, or a level of an ordered kind");
                if holds_values {
                    diagnostic.help(format!("of a number no kind is named: `parameter {name} = …`"))
                } else {
                    diagnostic.help(format!(
                        "an ordered kind has its members from the lowest to the highest: `kind {kind} = low < high`"
                    ))
                }
            }
            Self::LevelOfNoKind { name, level, kinds, span } => {
                let message = match kinds.as_slice() {
                    [] => format!("`{level}` is no number, and no level of an ordered kind"),
                    _ => format!("nothing says of which kind the level `{level}` is"),
                };
                let diagnostic = error("symmachia::model::level_of_no_kind", message).at(span, "");
                match kinds.as_slice() {
                    [] => diagnostic.help(format!(
                        "a parameter is a number, or a level of an ordered kind, which it names: `kind level = low < high` and \
                         `parameter {name} in level = high`"
                    )),
                    [kind] => diagnostic.help(format!("name it: `parameter {name} in {kind} = {level}`")),
                    kinds => diagnostic.help(format!(
                        "name it: `parameter {name} in {} = {level}`; {} have such a level",
                        kinds[0],
                        list(kinds)
                    )),
                }
            }
            Self::Conflict { what, wanted, span, has, first } => error(
                "symmachia::model::kind_conflict",
                format!("`{what}` cannot be {} and {}", with_article(&has), with_article(&wanted)),
            )
            .at(span, format!("{} here", with_article(&wanted)))
            .at(first, format!("{} here", with_article(&has)))
            .help("look for arguments in the wrong order, or for one name that stands for two things"),
            Self::RoleOfNoKind { name, is_sketch, index, roles, span } => {
                let place = match index {
                    0 => "first".to_owned(),
                    1 => "second".to_owned(),
                    2 => "third".to_owned(),
                    3 => "fourth".to_owned(),
                    _ => format!("{}th", index + 1),
                };
                let roles: Vec<String> = roles
                    .into_iter()
                    .map(|(role, kind)| format!("{role}: {}", kind.unwrap_or_else(|| "…".to_owned())))
                    .collect();
                let roles = roles.join(", ");
                error(
                    "symmachia::model::role_of_no_kind",
                    format!("nothing says of what kind the {place} argument of `{name}` is"),
                )
                .at(span, "")
                .help(if is_sketch {
                    format!("declare it, with kinds for the dots: `predicate {name}({roles})`")
                } else {
                    format!("write the kind in the head, for the dots: `{name}({roles})`")
                })
            }
            Self::VariableOfNoKind { name, span } => {
                error("symmachia::model::role_of_no_kind", format!("nothing says of what kind `{name}` is"))
                    .at(span, "")
                    .help(format!("say what it ranges over: `for some {name} in …: …`"))
            }
            Self::WrongConstant { what, noun, kind, members, span } => {
                let diagnostic = error(
                    "symmachia::model::wrong_constant",
                    format!("`{what}` is a {noun}, and {} is expected here", with_article(&kind)),
                )
                .at(span, "");
                match (noun, kind.as_str()) {
                    _ if !members.is_empty() => diagnostic.help(format!("its members are {}", list(&members))),
                    (_, "date") => diagnostic.help("write a year, a month or a day: `1999`, `1999-04`, `1999-04-02`"),
                    (_, "number") => diagnostic.help("write a number without quotation marks"),
                    (_, "text") => diagnostic.help("put a text in quotation marks"),
                    ("number" | "date", _) => {
                        diagnostic.help(format!("an individual called so is put in quotation marks: `\"{what}\"`"))
                    }
                    _ => diagnostic,
                }
            }
            Self::NotInPart { name, is, kind, closed, span, first } => {
                let mut diagnostic = error(
                    "symmachia::model::not_in_part",
                    format!("`{name}` is in {}, and not in `{kind}`, which is expected here", list(&is)),
                )
                .at(span, "");
                if let Some(first) = first {
                    diagnostic = diagnostic.at(first, "declared here");
                }
                diagnostic.help(if closed {
                    format!("add it to the members of `{kind}` if it belongs there")
                } else {
                    format!("declare `{kind} {name}` if it belongs there")
                })
            }
            Self::OtherKind { name, is, kind, span, first } => {
                let mut diagnostic = error(
                    "symmachia::model::individual_of_other_kind",
                    format!("`{name}` is {}, and {} is expected here", with_article(&is), with_article(&kind)),
                )
                .at(span, "");
                if let Some(first) = first {
                    diagnostic = diagnostic.at(first, "declared here");
                }
                diagnostic.help(format!(
                    "look for arguments in the wrong order; if there is {} of this name too, declare it: `{kind} {name}`",
                    with_article(&kind)
                ))
            }
            Self::KindAsIndividual { name, span } => error(
                "symmachia::model::kind_as_individual",
                format!("`{name}` is a kind, and an individual is expected here"),
            )
            .at(span, "")
            .help(format!(
                "`{{{name}}}` in a fact stands for each of its members; a rule says `for every X in {name}: …`"
            )),
            Self::SetOfOtherKind { name, is, kind, span, is_wider } => error(
                "symmachia::model::individual_of_other_kind",
                format!("the members of `{name}` are of the kind `{is}`, and `{kind}` is expected here"),
            )
            .at(span, "")
            .help(if name == is && !is_wider {
                format!(
                    "if its members are of the kind `{kind}`, declare `kind {name} in {kind} = …`; else look for arguments in the wrong \
                     order"
                )
            } else {
                "look for arguments in the wrong order".to_owned()
            }),
        }
    }
}
