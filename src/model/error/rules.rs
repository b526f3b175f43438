//! Mistakes in rules and conditions.

use super::{counted, error, list, warning};
use crate::diagnostic::Diagnostic;
use crate::model::Mistake;
use crate::model::quantify::UnsafePlace;
use crate::syntax::tree::RuleForm;
use crate::text::Span;

#[derive(Debug)]
pub(in crate::model) enum RuleError {
    /// Heads of one criterion with different numbers of arguments.
    HeadArity {
        name: String,
        span: Span,
        count: usize,
        first: Span,
        first_count: usize,
    },
    /// `_` where a variable is needed.
    WildcardInExpression {
        span: Span,
    },
    WildcardInHead {
        span: Span,
    },
    /// The head's arguments are of other kinds.
    BareNameKinds {
        name: String,
        variable: String,
        has: String,
        wanted: String,
        signature: String,
        span: Span,
        declared: Span,
    },
    /// The head has more arguments or fewer.
    BareNameArity {
        name: String,
        arity: usize,
        head: Vec<String>,
        signature: String,
        span: Span,
        declared: Span,
    },
    /// There is no head whose arguments a name could take.
    BareWithoutHead {
        name: String,
        signature: String,
        span: Span,
    },
    /// `mutually` or `either way` without two to exchange; with the name and its signature.
    NoPair {
        word: &'static str,
        name: Option<(String, String)>,
        span: Span,
    },
    ShadowedVariable {
        name: String,
        span: Span,
        first: Span,
    },
    UnusedVariable {
        name: String,
        span: Span,
    },
    Arity {
        name: String,
        count: usize,
        arity: usize,
        signature: String,
        span: Span,
        declared: Span,
    },
    EmptyWindow {
        span: Span,
        parameter: Option<Span>,
    },
    /// A window's length is no whole number.
    WindowLength {
        value: f64,
        units: &'static str,
        span: Span,
        parameter: Option<Span>,
    },
    /// N is no whole number.
    CountNumber {
        value: f64,
        span: Span,
        parameter: Option<Span>,
    },
    NeverMet {
        number: u32,
        of: usize,
        span: Span,
        parameter: Option<Span>,
    },
    AlwaysMet {
        number: u32,
        of: usize,
        span: Span,
        parameter: Option<Span>,
    },
    /// A variable that no positive atom binds.
    UnsafeVariable {
        name: String,
        kind: Option<String>,
        span: Span,
        place: UnsafePlace,
    },
    /// `requires` or `only if` about a predicate.
    PredicateDefined {
        name: String,
        form: RuleForm,
        span: Span,
        declared: Span,
    },
    /// `symmetric`, `reflexive` or a gloss with a bridge.
    FlagOnBridge {
        name: String,
        word: Option<&'static str>,
        span: Span,
        declared: Span,
    },
    SecondRequires {
        name: String,
        span: Span,
        first: Span,
    },
    RequiresBesideIf {
        name: String,
        span: Span,
        requires: Span,
    },
    /// A constant or a repeated variable in a head that defines.
    HeadArgument {
        what: String,
        span: Span,
        first: Option<Span>,
    },
    SymmetricWithoutPair {
        name: String,
        signature: String,
        span: Span,
    },
    /// A framework permits what it counts.
    PermittedAndCounted {
        name: String,
        permitted: Span,
        counted: Span,
    },
}

impl Mistake for RuleError {
    fn into_diagnostic(self) -> Diagnostic {
        match self {
            Self::HeadArity { name, span, count, first, first_count } => error(
                "symmachia::model::arity",
                format!("`{name}` has {} here and {} in another rule", counted(count, "argument"), first_count),
            )
            .at(span, counted(count, "argument"))
            .at(first, format!("{} here", counted(first_count, "argument")))
            .help("all rules for a criterion have heads of one form"),
            Self::WildcardInExpression { span } => error("symmachia::model::wildcard", "`_` cannot stand in a number")
                .at(span, "")
                .help("say over what it ranges: `sum of (m(X) over X in kind)`, or `for some X in kind: m(X) > …`"),
            Self::WildcardInHead { span } => {
                error("symmachia::model::wildcard", "`_` cannot stand in a head").at(span, "").help("write a variable")
            }
            Self::BareNameKinds { name, variable, has, wanted, signature, span, declared } => error(
                "symmachia::model::bare_name",
                format!(
                    "`{name}` cannot take the head's arguments: `{variable}` is a `{has}`, and it wants a `{wanted}`"
                ),
            )
            .at(span, "takes the head's arguments in order")
            .at(declared, format!("`{signature}`"))
            .help(format!("write out its arguments: `{signature}`")),
            Self::BareNameArity { name, arity, head, signature, span, declared } => {
                let help = match arity {
                    1 => {
                        let forms: Vec<String> = head.iter().map(|variable| format!("`{name}({variable})`")).collect();
                        format!("write {}", forms.join(" or "))
                    }
                    _ if arity > head.len() => {
                        let mut arguments = head.clone();
                        arguments.resize(arity, "…".to_owned());
                        format!("write `{name}({})`; its roles are `{signature}`", arguments.join(", "))
                    }
                    _ => format!("write out its arguments: `{signature}`"),
                };
                error(
                    "symmachia::model::bare_name",
                    format!(
                        "`{name}` cannot take the head's arguments: the head has {}, and it takes {arity}",
                        head.len()
                    ),
                )
                .at(span, "takes the head's arguments in order")
                .at(declared, format!("`{signature}`"))
                .help(help)
            }
            Self::BareWithoutHead { name, signature, span } => error(
                "symmachia::model::bare_name",
                format!("`{name}` has no arguments, and no head from which to take them"),
            )
            .at(span, "")
            .help(format!("write out its arguments: `{signature}`")),
            Self::NoPair { word, name, span } => {
                let diagnostic = match &name {
                    Some((name, _)) => {
                        error("symmachia::model::no_pair", format!("`{word} {name}` needs two of one kind to exchange"))
                    }
                    None => error("symmachia::model::no_pair", format!("`{word}` stands before a name")),
                };
                let joint = if word == "mutually" { "and" } else { "or" };
                let form = name.map_or_else(
                    || format!("write `{word} p`, or both directions: `… {joint} …`"),
                    |(name, signature)| {
                        format!(
                            "write out what is meant, as in `{name}(…) {joint} {name}(…)`; its roles are `{signature}`"
                        )
                    },
                );
                diagnostic.at(span, "").help(form)
            }
            Self::ShadowedVariable { name, span, first } => {
                error("symmachia::model::shadowed_variable", format!("`{name}` stands for two things"))
                    .at(span, "a quantifier's variable")
                    .at(first, "another one of this name")
                    .help("give the quantifier's variable a name of its own")
            }
            Self::UnusedVariable { name, span } => {
                warning("symmachia::model::unused_variable", format!("nothing is said of `{name}`"))
                    .at(span, "")
                    .help("use it in the condition, or leave out the quantifier")
            }
            Self::Arity { name, count, arity, signature, span, declared } => error(
                "symmachia::model::arity",
                format!(
                    "`{name}` takes {}, and {count} {} given",
                    counted(arity, "argument"),
                    if count == 1 { "is" } else { "are" }
                ),
            )
            .at(span, "")
            .at(declared, format!("`{signature}`")),
            Self::EmptyWindow { span, parameter } => {
                let diagnostic = error("symmachia::model::empty_window", "a window has at least one day").at(span, "");
                match parameter {
                    Some(parameter) => diagnostic.at(parameter, "is 0 in this run"),
                    None => diagnostic.help("for the day itself leave the window out"),
                }
            }
            Self::WindowLength { value, units, span, parameter } => {
                let diagnostic = error(
                    "symmachia::model::window_length",
                    format!("a window is a whole number of {units} long, and not `{value}`"),
                )
                .at(span, "");
                let diagnostic = match parameter {
                    Some(parameter) => diagnostic.at(parameter, format!("is {value} in this run")),
                    None => diagnostic,
                };
                match units {
                    "years" if value > 0.0 => {
                        diagnostic.help("count in months or days what is no whole number of years")
                    }
                    _ => diagnostic,
                }
            }
            Self::CountNumber { value, span, parameter } => {
                let diagnostic = error(
                    "symmachia::model::count_number",
                    format!("conditions are counted in whole numbers, and not `{value}`"),
                )
                .at(span, "");
                match parameter {
                    Some(parameter) => diagnostic.at(parameter, format!("is {value} in this run")),
                    None => diagnostic,
                }
            }
            Self::NeverMet { number, of, span, parameter } => {
                let diagnostic = warning(
                    "symmachia::model::never_met",
                    format!(
                        "this can never be met: {number} of {of} {}",
                        if of == 1 { "condition" } else { "conditions" }
                    ),
                )
                .at(span, "");
                match parameter {
                    Some(parameter) => diagnostic.at(parameter, format!("is {number} in this run")),
                    None => diagnostic,
                }
            }
            Self::AlwaysMet { number, of, span, parameter } => {
                let diagnostic = warning(
                    "symmachia::model::always_met",
                    format!(
                        "this is always met, whatever holds: there {} and the number is {number}",
                        if of == 1 { "is 1 condition".to_owned() } else { format!("are {of} conditions") }
                    ),
                )
                .at(span, "");
                match parameter {
                    Some(parameter) => diagnostic.at(parameter, format!("is {number} in this run")),
                    None => diagnostic,
                }
            }
            Self::UnsafeVariable { name, kind, span, place } => unsafe_variable(&name, kind, span, place),
            Self::PredicateDefined { name, form, span, declared } => {
                let word = if form == RuleForm::Requires { "requires" } else { "only if" };
                error(
                    "symmachia::model::predicate_defined",
                    format!("`{name}` is a predicate, of which facts speak: `{word}` cannot define it"),
                )
                .at(span, format!("`{word}` is for criteria"))
                .at(declared, "declared as a predicate here")
                .help("`if` adds evidence for it; for a criterion remove the declaration, or choose another name")
            }
            Self::FlagOnBridge { name, word, span, declared } => {
                let (what, form) = match word {
                    Some(word) => (format!("`{word}`"), format!("`{word} predicate {name}(…)`")),
                    None => ("the gloss".to_owned(), format!("`predicate {name}(…) \"…\" / \"…\"`")),
                };
                error(
                    "symmachia::model::flag_on_bridge",
                    format!("{what} stands in the declaration of the predicate `{name}`, not with a rule"),
                )
                .at(span, "")
                .at(declared, "declared here")
                .help(format!("write {form}"))
            }
            Self::SecondRequires { name, span, first } => {
                error("symmachia::model::second_requires", format!("`{name}` has two definitions"))
                    .at(span, "a second `requires`")
                    .at(first, "the first one")
                    .help("join the two with `and`; alternatives that each suffice are written with `if`")
            }
            Self::RequiresBesideIf { name, span, requires } => error(
                "symmachia::model::requires_beside_if",
                format!("`{name}` has `requires`, and nothing may stand beside it"),
            )
            .at(span, "this rule")
            .at(requires, "necessary and sufficient already")
            .help("write `if` instead of `requires` where it suffices, and `only if` where it is necessary"),
            Self::HeadArgument { what, span, first } => {
                let diagnostic = error(
                    "symmachia::model::head_argument",
                    format!("the head of a definition takes variables, each once, and not `{what}`"),
                )
                .at(span, "");
                match first {
                    Some(first) => diagnostic.at(first, "the same variable"),
                    None => diagnostic,
                }
                .help("with `if` a rule may speak of one individual, or of a repeated variable")
            }
            Self::SymmetricWithoutPair { name, signature, span } => error(
                "symmachia::model::symmetric_without_pair",
                format!("`{name}` cannot be symmetric: no two of its roles are of one kind"),
            )
            .at(span, format!("`{signature}`"))
            .help("leave out `symmetric`"),
            Self::PermittedAndCounted { name, permitted, counted } => warning(
                "symmachia::model::permitted_and_counted",
                format!("`{name}` is permitted, and is counted all the same"),
            )
            .at(permitted, "permitted here")
            .at(counted, "counted here")
            .help("what `permits` names is never counted: leave out one of the two"),
        }
    }
}

fn unsafe_variable(name: &str, kind: Option<String>, span: Span, place: UnsafePlace) -> Diagnostic {
    let kind = kind.unwrap_or_else(|| "…".to_owned());
    let some = format!("for some {name} in {kind}:");
    let every = format!("for every {name} in {kind}:");
    let (why, forms) = match place {
        UnsafePlace::Not(inner) => {
            ("stands only under `not`", vec![format!("not ({some} {inner})"), format!("{some} not {inner}")])
        }
        UnsafePlace::Whenever(then, given) => (
            "stands only to the right of `whenever`",
            vec![format!("{then} whenever ({some} {given})"), format!("{every} ({then} whenever {given})")],
        ),
        UnsafePlace::Other(inner) => (
            "stands only where a condition counts against",
            vec![format!("{some} {inner}"), format!("{every} {inner}")],
        ),
        UnsafePlace::Unbound(around) => {
            ("is bound by no atom", vec![format!("{some} {around}"), format!("{every} {around}")])
        }
    };
    error("symmachia::model::unsafe_variable", format!("`{name}` {why}: it may mean some or every one"))
        .at(span, "")
        .help(format!("say which: {}", list(&forms).replace("` and `", "` or `")))
}
