//! Sources, facts, conditions and parameters, each changed alone.

use super::conditions::{Place, conditions, drop_all};
use crate::evidence::{Changes, Polarity, Statement, StatementId};
use crate::explain::{self, cited_sources};
use crate::model::Program;
use crate::model::program::{KindId, ParameterId, SourceId, Target};
use crate::text::Span;

/// Sorts of things that are varied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Varied {
    /// A source is not heard.
    Source,
    /// A statement is left out; its days are then open.
    Fact,
    /// A condition is left out of the list in which it stands.
    Condition,
    /// A parameter has another value.
    Parameter,
}

impl Varied {
    /// `source`, `fact`, `condition`, `parameter`
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Varied::Source => "source",
            Varied::Fact => "fact",
            Varied::Condition => "condition",
            Varied::Parameter => "parameter",
        }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub struct Variation {
    /// What sort of thing.
    pub varied: Varied,
    /// The name of a source or parameter; the atom of a fact that a row of a table gives. Other facts, and conditions, are told by their words.
    pub name: Option<String>,
    /// Its place.
    pub place: Span,
    /// The part of it by which it is told: of a fact, as far as its time.
    pub told_by: Span,
    /// The row of a table that gives a fact: `atop.csv:1234`.
    pub row: Option<String>,
    /// Of a parameter: its value, and the one that is tried.
    pub values: Option<(Amount, Amount)>,
    /// How it is made.
    pub(super) how: How,
}

impl Variation {
    /// The program as this change makes it; nothing where it is the evidence that changes.
    #[must_use]
    pub fn program(&self, base: &Program) -> Option<Program> {
        matches!(self.how, How::Dropped(..) | How::Set(..)).then(|| self.how.program(base))
    }
}

/// A value of a parameter.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(untagged)]
pub enum Amount {
    /// A number.
    Number(f64),
    /// A level of an ordered kind.
    Level(String),
}

/// How a change is made.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum How {
    Unheard(SourceId),
    LeftOut(StatementId),
    /// The condition that stands at these places.
    Dropped(Vec<Place>),
    Set(ParameterId, f64),
}

/// All changes of some sorts that may turn verdicts of some targets. Parameters are varied by a share of their values, and
/// whole numbers, such as those that count conditions, stay whole and are varied by one at least.
#[must_use]
pub fn variations(
    program: &Program,
    changes: &Changes,
    targets: &[Target],
    sorts: &[Varied],
    by: f64,
) -> Vec<Variation> {
    sorts
        .iter()
        .flat_map(|sort| match sort {
            Varied::Source => sources(program, changes),
            Varied::Fact => facts(program, targets),
            Varied::Condition => conditions(program, targets),
            Varied::Parameter => parameters(program, by),
        })
        .collect()
}

fn sources(program: &Program, changes: &Changes) -> Vec<Variation> {
    cited_sources(program, changes)
        .into_iter()
        .map(|id| {
            let source = program.source(id);
            let (name, place) = (Some(source.name.clone()), source.span);
            Variation {
                varied: Varied::Source,
                name,
                place,
                told_by: place,
                row: None,
                values: None,
                how: How::Unheard(id),
            }
        })
        .collect()
}

fn facts(program: &Program, targets: &[Target]) -> Vec<Variation> {
    let reached = program.reached(targets);
    let may_matter = |target: Target| reached.contains(&target);
    let total = program.statements.len() + program.table_statements.iter().map(|table| table.len()).sum::<usize>();
    (0..total as u32)
        .map(|at| (StatementId(at), program.statement(StatementId(at))))
        .filter(|(_, statement)| may_matter(statement.target))
        .map(|(id, statement)| Variation {
            varied: Varied::Fact,
            name: statement.row.is_some().then(|| atom(program, &statement)),
            row: statement.row.as_ref().map(ToString::to_string),
            place: statement.span,
            told_by: Span { end: statement.atom_span.end, ..statement.span },
            values: None,
            how: How::LeftOut(id),
        })
        .collect()
}

/// `not party(russia, pact)`
fn atom(program: &Program, statement: &Statement) -> String {
    let individuals: Vec<_> =
        statement.arguments.iter().filter_map(|argument| argument.individuals.first().copied()).collect();
    let word = match statement.polarity {
        Polarity::For => "",
        Polarity::Against => "not ",
        Polarity::Unknown => "unknown ",
    };
    format!("{word}{}", explain::as_written(program, statement.target, &individuals))
}

fn parameters(program: &Program, by: f64) -> Vec<Variation> {
    let mut found = Vec::new();
    for (at, parameter) in program.parameters.iter().enumerate() {
        let id = ParameterId(at as u32);
        let amount = |value: f64| match parameter.levels.and_then(|kind| program.level(kind, value)) {
            Some(level) => Amount::Level(program.individual(level).name.clone()),
            None => Amount::Number(value),
        };
        let others = match parameter.levels {
            Some(kind) => levels_besides(program, kind, parameter.value),
            // What counts something cannot be less than nothing, and a window has at least one day.
            None => numbers_around(parameter.value, by, if parameter.is_length { 1.0 } else { 0.0 }),
        };
        found.extend(others.into_iter().map(|other| Variation {
            varied: Varied::Parameter,
            name: Some(parameter.name.clone()),
            place: parameter.span,
            told_by: parameter.span,
            row: None,
            values: Some((amount(parameter.value), amount(other))),
            how: How::Set(id, other),
        }));
    }
    found
}

/// The ranks of all other levels, the lowest first.
fn levels_besides(program: &Program, kind: KindId, rank: f64) -> Vec<f64> {
    let count = program.kind(kind).order.as_ref().map_or(0, Vec::len);
    (0..count).map(|other| other as f64).filter(|other| *other != rank).collect()
}

fn numbers_around(value: f64, by: f64, smallest: f64) -> Vec<f64> {
    let step = value.abs() * by;
    let step = if value.fract() == 0.0 { step.round().max(1.0) } else { step };
    let may_be = |other: &f64| step > 0.0 && (*other >= smallest || value < smallest);
    [value - step, value + step].into_iter().filter(may_be).collect()
}

impl How {
    /// The evidence as changed, where it is the evidence that changes.
    pub fn changes(&self, base: &Changes) -> Option<Changes> {
        let mut changes = base.clone();
        match self {
            How::Unheard(source) => changes.sources.insert(*source),
            How::LeftOut(statement) => changes.statements.insert(*statement),
            How::Dropped(..) | How::Set(..) => return None,
        };
        Some(changes)
    }

    /// The program as changed.
    pub fn program(&self, base: &Program) -> Program {
        let mut program = base.clone();
        match self {
            How::Dropped(places) => drop_all(&mut program, places),
            How::Set(parameter, value) => program.parameters[parameter.index()].value = *value,
            How::Unheard(_) | How::LeftOut(_) => {}
        }
        program
    }
}
