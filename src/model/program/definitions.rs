//! Relations, measures and their rules.

use super::{FrameworkId, Gloss, IndividualId, KindId, RelationId, RuleId};
use crate::model::condition::{Condition, Expression};
use crate::text::Span;

/// A role of a relation or measure.
#[derive(Debug, Clone)]
pub struct Role {
    /// Its name; in a criterion the head's variable.
    pub name: String,
    /// Its kind; perhaps a part of another.
    pub kind: KindId,
}

/// What a predicate and a criterion have in common: roles, and atoms that are met or not.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Its name.
    pub name: String,
    /// The framework it belongs to; predicates and shared criteria have none.
    pub framework: Option<FrameworkId>,
    /// A predicate takes facts; a criterion is defined by its rules alone.
    pub is_criterion: bool,
    /// Where it is declared, or first used.
    pub span: Span,
    /// From `##`; for a criterion, that of its first rule that has any.
    pub documentation: Vec<String>,
    /// In order.
    pub roles: Vec<Role>,
    /// For a predicate, that it holds both ways in the first two roles of one kind, which are these.
    /// For a criterion, that its answers are checked to be so.
    pub symmetric: Option<(usize, usize)>,
    /// A state may be paired with itself.
    pub reflexive: bool,
    /// How explanations speak of it.
    pub gloss: Option<Gloss>,
    /// Its rules: for a predicate bridges (all `if`), for a criterion its definition. By place.
    pub rules: Vec<RuleId>,
    /// Place in [`Program::recursive_components`], where it depends on itself.
    pub component: Option<usize>,
}

/// A number, or a member of an ordered kind, over time.
#[derive(Debug, Clone)]
pub struct Measure {
    /// Its name.
    pub name: String,
    /// The framework it belongs to; recorded measures have none.
    pub framework: Option<FrameworkId>,
    /// Where it is declared.
    pub span: Span,
    /// From `##`.
    pub documentation: Vec<String>,
    /// In order.
    pub roles: Vec<Role>,
    /// Has the same value both ways in these two roles.
    pub symmetric: Option<(usize, usize)>,
    /// A state may be paired with itself.
    pub reflexive: bool,
    /// How explanations speak of it.
    pub gloss: Option<Gloss>,
    /// `"million USD"`
    pub unit: Option<String>,
    /// The ordered kind of its values, where they are no numbers. A classification has one of its own.
    pub levels: Option<KindId>,
    /// Where its values come from.
    pub definition: MeasureDefinition,
}

/// Where a measure's values come from.
#[derive(Debug, Clone)]
pub enum MeasureDefinition {
    /// From facts.
    Recorded,
    /// From an expression.
    Defined {
        /// The head's variables come first, one for each role.
        variables: Vec<Variable>,
        /// Elsewhere it has no value.
        applies_where: Option<Condition>,
        /// The value.
        value: Expression,
    },
    /// From the first case that is met.
    Classification {
        /// The head's variables come first, one for each role.
        variables: Vec<Variable>,
        /// Elsewhere it has no value.
        applies_where: Option<Condition>,
        /// The highest level first.
        cases: Vec<(IndividualId, Condition)>,
        /// The lowest level.
        otherwise: IndividualId,
    },
}

/// A variable of a rule, in a slot of its own.
#[derive(Debug, Clone)]
pub struct Variable {
    /// As written; `_` for a wildcard.
    pub name: String,
    /// What it ranges over.
    pub kind: KindId,
    /// Where it first stands.
    pub span: Span,
}

/// How a rule bears on its head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleForm {
    /// Necessary and sufficient.
    Requires,
    /// Sufficient.
    If,
    /// Necessary.
    OnlyIf,
}

/// What the head of a rule with `if` demands of its arguments besides their kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// A constant stands in this place.
    Is(usize, IndividualId),
    /// The same variable stands in both places.
    Same(usize, usize),
}

/// A rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// What it defines, or bears on.
    pub relation: RelationId,
    /// How.
    pub form: RuleForm,
    /// The head's arguments come first, one slot for each role; body variables follow.
    pub variables: Vec<Variable>,
    /// Where one of these fails, the rule says nothing of the case.
    pub guards: Vec<Guard>,
    /// Elsewhere the case is not applicable (by this rule).
    pub applies_where: Option<Condition>,
    /// The condition.
    pub body: Condition,
    /// Never counted, reported where recorded.
    pub permits: Vec<Condition>,
    /// From `##`.
    pub documentation: Vec<String>,
    /// The whole rule.
    pub span: Span,
    /// The head.
    pub head_span: Span,
    /// `requires`, `if` or `only if`
    pub form_span: Span,
}
