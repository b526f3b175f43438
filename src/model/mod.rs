//! From trees to a resolved program.
//!
//! ```text
//! resolver.rs     the steps in order
//! items.rs        the items of all files, by file name and place; variants.rs what frameworks have from others
//! kinds.rs        kinds, their parents and parts
//! individuals.rs  individuals, their lives and aliases
//! names.rs        predicates, criteria, measures, parameters, frameworks; uses.rs those that are only used
//! sources.rs      sources
//! parameters.rs   parameters: numbers and levels
//! targets.rs      relations and measures; roles.rs the kinds of their roles, inference.rs of those that nobody declared
//! rules.rs        rules; scope.rs their variables, lookup.rs the names in them, conditions.rs, counting.rs and
//!                 expressions.rs their bodies, quantify.rs `for some` around variables of the body alone
//! constants.rs    individuals, numbers, texts and dates by the kind that is expected; newcomers.rs those that are not
//!                 declared; types.rs what comparisons compare
//! evidence.rs     statements; completeness.rs and preferences.rs what is said of it; sets.rs members of all; assertions.rs expect, claim and cases; time.rs dates
//! imports/         rows of tables, as statements
//! finish.rs       ids in their final order; settle.rs the conditions with them
//! strata.rs       circles of relations; lints.rs what is sound and perhaps not meant
//! question.rs     questions about a resolved program; meant.rs who may be meant by a word that is nobody's name
//! error/          all wording
//! ```
mod assertions;
mod both_ways;
mod chain;
mod completeness;
pub mod condition;
mod conditions;
mod constants;
mod counting;
pub mod error;
mod evidence;
mod expressions;
mod finish;
mod glosses;
mod imports;
mod individuals;
mod inference;
mod items;
mod kinds;
mod lints;
mod lookup;
mod meant;
mod names;
mod near;
mod newcomers;
mod parameters;
mod preferences;
pub mod program;
mod quantify;
mod question;
mod reach;
mod report;
mod resolver;
mod roles;
mod rules;
mod scope;
mod sets;
mod settle;
mod sources;
mod strata;
mod targets;
#[cfg(test)]
mod tests;
mod time;
mod types;
mod uses;
mod variants;

pub use both_ways::{BothWays, exchanged};
pub use chain::{Chain, Step};
pub use program::Program;
pub use question::{question_in_many_words, resolve_cases, resolve_question, resolve_target};
pub(crate) use report::Mistake;
pub use resolver::{resolve, resolve_with_tables};

use crate::diagnostic::Diagnostic;
use crate::syntax::tree::ParameterValue;
use crate::text::Span;

/// What a run asks of resolution.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Values for parameters instead of those in the text.
    pub parameters: Vec<Setting>,
    /// Everything has to be declared.
    pub strict: bool,
}

/// A value for a parameter from outside of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// The parameter.
    pub name: String,
    /// Its value in this run.
    pub value: ParameterValue,
    /// Where it is written, in a text of the run.
    pub place: Option<Span>,
}

/// A program, and what is to be said of it.
#[derive(Debug, Clone)]
pub struct Resolution {
    /// Complete and sound where no diagnostic is an error.
    pub program: Program,
    /// By place.
    pub diagnostics: Vec<Diagnostic>,
}
