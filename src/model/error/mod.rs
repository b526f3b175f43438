//! What can be wrong with a program's names, kinds, rules and assertions. All wording is here.
//!
//! Each enum carries data and puts itself into words; nothing else in the model writes sentences.

mod assertions;
mod declarations;
mod expressions;
mod kinds;
mod names;
mod newcomers;
mod recursion;
mod rules;
mod time;
mod variants;

pub(super) use assertions::{AssertionError, QuestionError};
pub(super) use declarations::DeclarationError;
pub(super) use expressions::ExpressionError;
pub(super) use kinds::KindError;
pub(super) use names::NameError;
pub(super) use newcomers::{NewIndividual, Refused};
pub(super) use recursion::{RecursionError, Step};
pub(super) use rules::RuleError;
pub(super) use time::TimeError;
pub(super) use variants::VariantError;

use crate::diagnostic::{Diagnostic, Severity};

/// The codes of this phase; each has a page in the manual.
pub const CODES: &[&str] = &[
    "symmachia::model::always_met",
    "symmachia::model::ambiguous_name",
    "symmachia::model::arity",
    "symmachia::model::bare_name",
    "symmachia::model::built_in_kind",
    "symmachia::model::cases_form",
    "symmachia::model::count_number",
    "symmachia::model::cycle_through_negation",
    "symmachia::model::different_glosses",
    "symmachia::model::different_labels",
    "symmachia::model::different_lives",
    "symmachia::model::duplicate_definition",
    "symmachia::model::duplicate_member",
    "symmachia::model::duplicate_role",
    "symmachia::model::empty_window",
    "symmachia::model::end_before_start",
    "symmachia::model::extends_circle",
    "symmachia::model::flag_on_bridge",
    "symmachia::model::gloss_without_role",
    "symmachia::model::head_argument",
    "symmachia::model::incomparable",
    "symmachia::model::individual_of_other_kind",
    "symmachia::model::kind_as_individual",
    "symmachia::model::kind_circle",
    "symmachia::model::kind_conflict",
    "symmachia::model::level_of_no_kind",
    "symmachia::model::near_individual",
    "symmachia::model::near_predicate",
    "symmachia::model::never_met",
    "symmachia::model::no_certain_day",
    "symmachia::model::no_pair",
    "symmachia::model::no_such_day",
    "symmachia::model::no_such_year",
    "symmachia::model::not_a_condition",
    "symmachia::model::not_a_number",
    "symmachia::model::not_a_parameter",
    "symmachia::model::not_in_part",
    "symmachia::model::not_ordered",
    "symmachia::model::ordered_part",
    "symmachia::model::overlapping_times",
    "symmachia::model::parameter_with_arguments",
    "symmachia::model::permitted_and_counted",
    "symmachia::model::plain_redefinition",
    "symmachia::model::predicate_defined",
    "symmachia::model::question_form",
    "symmachia::model::reason_form",
    "symmachia::model::recursion_through_time",
    "symmachia::model::redefine_outside",
    "symmachia::model::redefined_twice",
    "symmachia::model::redefines_nothing",
    "symmachia::model::requires_beside_if",
    "symmachia::model::role_of_no_kind",
    "symmachia::model::second_framework",
    "symmachia::model::second_requires",
    "symmachia::model::shadowed_variable",
    "symmachia::model::shared_alias",
    "symmachia::model::symmetric_without_pair",
    "symmachia::model::undeclared_individual",
    "symmachia::model::undeclared_predicate",
    "symmachia::model::unknown_criterion",
    "symmachia::model::unknown_framework",
    "symmachia::model::unknown_gloss_role",
    "symmachia::model::unknown_individual",
    "symmachia::model::unknown_kind",
    "symmachia::model::unknown_measure",
    "symmachia::model::unknown_parameter",
    "symmachia::model::unsafe_variable",
    "symmachia::model::unused_variable",
    "symmachia::model::wildcard",
    "symmachia::model::window_length",
    "symmachia::model::word_for_number",
    "symmachia::model::wrong_constant",
];

fn error(code: &'static str, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, Severity::Error, message)
}

fn warning(code: &'static str, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, Severity::Warning, message)
}

/// Advice with the nearest name, or other advice where none is near.
fn did_you_mean(diagnostic: Diagnostic, near: Option<&str>, otherwise: &str) -> Diagnostic {
    match near {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None if otherwise.is_empty() => diagnostic,
        None => diagnostic.help(otherwise),
    }
}

/// `a`, `b` and `c`
fn list(words: &[String]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}

/// `a state`, `an event`
fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} `{noun}`")
}

/// `no argument`, `1 argument`, `2 arguments`
fn counted(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}"),
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}
