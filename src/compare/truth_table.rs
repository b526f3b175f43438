//! The conditions of a criterion over its cases: what qualitative comparative analysis begins with.

use super::bench::Bench;
use super::cases::{self, Asked, Moment};
use super::error::Wanted;
use super::rivals::{Rival, single};
use super::{CompareError, Spell};
use crate::engine::{Engine, Frame};
use crate::explain::conditions_of;
use crate::model::Program;
use crate::model::condition::{Condition, ConditionKind, Quantifier, Wording};
use crate::model::program::{Rule, Target};
use crate::time::{Day, Interval};
use crate::verdict::Verdict;

/// A criterion's conditions, case by case.
#[derive(Debug, Clone)]
pub struct TruthTable {
    /// The criterion.
    pub rival: Rival,
    /// The names of the roles.
    pub roles: Vec<String>,
    /// A name for each condition: that of its criterion or predicate, where it has one.
    pub conditions: Vec<String>,
    /// A row a case, or a case and year.
    pub rows: Vec<TruthRow>,
    /// Whether rows are years of cases.
    pub is_yearly: bool,
}

/// A case, with its conditions and its outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TruthRow {
    /// The names of its individuals.
    pub names: Vec<String>,
    /// As it stands on this day.
    pub day: Day,
    /// One for each condition.
    pub conditions: Vec<Verdict>,
    /// The verdict of the criterion.
    pub outcome: Verdict,
}

/// The truth table of the one criterion that is named: on a day; year by year, each as it stands on the last day (or on the day asked about);
/// of a period, as it stands on its last day. Cases that do not arise are left out.
///
/// # Errors
/// Where no criterion, or more than one, is meant.
pub fn truth_table(engine: &Engine<'_>, words: &[String], asked: Asked) -> Result<TruthTable, CompareError> {
    let program = engine.program();
    let rival = single(program, words, Wanted::TruthTable)?;
    let relation = program.relation(rival.relation);
    let rules: Vec<&Rule> = relation.rules.iter().map(|rule| program.rule(*rule)).collect();
    let conditions: Vec<(&Rule, &Condition)> =
        rules.iter().flat_map(|rule| conditions_of(rule).into_iter().map(|condition| (*rule, condition))).collect();
    // A criterion is compared with itself, for its cases.
    let common = cases::common(&Bench::new(engine, &[]), &[rival.clone(), rival.clone()], asked)?;
    let is_yearly = matches!(common.moment, Moment::Years(_));
    let mut rows = Vec::new();
    for case in &common.cases {
        let spells: Vec<&Spell> =
            if is_yearly { case.spells.iter().collect() } else { case.spells.last().into_iter().collect() };
        for spell in spells {
            let day = match asked.yearly {
                Some(crate::explain::Yearly::On(month, day)) => day_in(spell.days, month, day),
                _ => spell.days.last,
            };
            let outcome = engine.case(rival.relation, &case.individuals).at(day).verdict();
            if outcome == Verdict::NotApplicable {
                continue;
            }
            let domain = engine.domain(Target::Relation(rival.relation), &case.individuals);
            let verdict = |(rule, condition): &(&Rule, &Condition)| {
                let mut frame = Frame::new(rule.variables.len(), &case.individuals, domain.clone());
                engine.condition(condition, &mut frame).at(day).verdict()
            };
            rows.push(TruthRow {
                names: case.names.clone(),
                day,
                conditions: conditions.iter().map(verdict).collect(),
                outcome,
            });
        }
    }
    let roles = relation.roles.iter().map(|role| role.name.clone()).collect();
    let conditions = names(program, &conditions);
    Ok(TruthTable { rival, roles, conditions, rows, is_yearly })
}

fn day_in(days: Interval, month: u8, day: u8) -> Day {
    let year = days.last.year();
    Day::from_parts(year, month, day)
        .or_else(|| Day::from_parts(year, month, day.saturating_sub(1)))
        .filter(|day| days.contains(*day))
        .unwrap_or(days.last)
}

/// Each a different one: a second `pressure` is `pressure_2`.
fn names(program: &Program, conditions: &[(&Rule, &Condition)]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (place, (_, condition)) in conditions.iter().enumerate() {
        let name = name(program, condition).unwrap_or_else(|| format!("condition_{}", place + 1));
        let number = |number: usize| if number == 1 { name.clone() } else { format!("{name}_{number}") };
        let free = (1..).map(number).find(|candidate| !names.contains(candidate));
        names.extend(free);
    }
    names
}

fn name(program: &Program, condition: &Condition) -> Option<String> {
    match &condition.kind {
        ConditionKind::Atom(atom) => Some(program.relation(atom.relation).name.clone()),
        ConditionKind::Not(inner) => name(program, inner).map(|name| format!("not_{name}")),
        ConditionKind::Shown(inner) => name(program, inner),
        ConditionKind::And(conditions, Wording::BothWays) => {
            conditions.first().and_then(|first| name(program, first)).map(|name| format!("mutually_{name}"))
        }
        ConditionKind::Or(conditions, Wording::BothWays) => {
            conditions.first().and_then(|first| name(program, first)).map(|name| format!("either_way_{name}"))
        }
        ConditionKind::Quantified { quantifier, body, .. } => {
            let word = if *quantifier == Quantifier::Every { "every" } else { "some" };
            name(program, body).map(|name| format!("{word}_{name}"))
        }
        _ => None,
    }
}
