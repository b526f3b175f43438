//! Sources, parameters, frameworks, and the sentences of glosses.

use super::{FrameworkId, KindId};
use crate::text::Span;

/// A source of evidence.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// How it is cited.
    pub citation: Option<String>,
    /// Last day of which it can speak.
    pub horizon: Option<crate::time::Day>,
    /// From `##`.
    pub documentation: Vec<String>,
    /// Where it is declared; where it is first used, in a sketch.
    pub span: Span,
}

/// A named number, or level of an ordered kind, that a reader may vary.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its value in this run; of a level its rank.
    pub value: f64,
    /// The ordered kind of its levels, where it is no number.
    pub levels: Option<KindId>,
    /// Whether it is the length of a window.
    pub is_length: bool,
    /// From `##`.
    pub documentation: Vec<String>,
    /// Where it is declared.
    pub span: Span,
}

/// The criteria of one file.
#[derive(Debug, Clone)]
pub struct Framework {
    /// Its name.
    pub name: String,
    /// How a reader is told of it.
    pub label: Option<String>,
    /// From `##`.
    pub documentation: Vec<String>,
    /// Where it is declared.
    pub span: Span,
    /// The framework of which it has all that it does not redefine.
    pub extends: Option<FrameworkId>,
}

/// Sentences that speak of an atom.
#[derive(Debug, Clone, PartialEq)]
pub struct Gloss {
    /// Where it is so.
    pub positive: Vec<GlossPart>,
    /// Where it is not so, where the author has said how.
    pub negative: Option<Vec<GlossPart>>,
}

/// A part of a gloss.
#[derive(Debug, Clone, PartialEq)]
pub enum GlossPart {
    /// Words.
    Words(String),
    /// The individual in this role.
    Role(usize),
}
