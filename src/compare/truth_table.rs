//! The conditions of a criterion over its cases: what qualitative comparative analysis begins with.

use super::bench::Bench;
use super::cases::{self, Asked, Moment};
use super::error::Wanted;
use super::rivals::{Rival, single};
use super::{CompareError, Spell};
use crate::engine::{Engine, Frame};
use crate::explain::conditions_of;
use crate::model::Program;
use crate::model::condition::{
    Argument, ComparisonOperator, Condition, ConditionKind, ExpressionKind, Quantifier, Wording,
};
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
    let conditions = each_once(conditions);
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

/// What stands twice in a rule, as an atom of the same individuals, is one column.
fn each_once<'a>(conditions: Vec<(&'a Rule, &'a Condition)>) -> Vec<(&'a Rule, &'a Condition)> {
    let mut once: Vec<(&Rule, &Condition)> = Vec::new();
    for (rule, condition) in conditions {
        let is_same = |(known_rule, known): &(&Rule, &Condition)| match (&known.kind, &condition.kind) {
            (ConditionKind::Atom(one), ConditionKind::Atom(other)) => {
                std::ptr::eq(*known_rule, rule) && one.relation == other.relation && one.arguments == other.arguments
            }
            _ => false,
        };
        if !once.iter().any(is_same) {
            once.push((rule, condition));
        }
    }
    once
}

fn day_in(days: Interval, month: u8, day: u8) -> Day {
    let year = days.last.year();
    Day::from_parts(year, month, day)
        .or_else(|| Day::from_parts(year, month, day.saturating_sub(1)))
        .filter(|day| days.contains(*day))
        .unwrap_or(days.last)
}

/// Each a different one: of two that are alike by name each is told by its individuals, `sovereign_A` and `sovereign_B`; else they are numbered.
fn names(program: &Program, conditions: &[(&Rule, &Condition)]) -> Vec<String> {
    let plain: Vec<Option<String>> =
        conditions.iter().map(|(rule, condition)| name(program, rule, condition, false)).collect();
    let is_single = |name: &Option<String>| plain.iter().filter(|other| *other == name).count() == 1;
    // The columns that are there besides.
    let mut names: Vec<String> = vec!["case".to_owned(), "OUT".to_owned()];
    for (place, (rule, condition)) in conditions.iter().enumerate() {
        let told = match &plain[place] {
            Some(_) if !is_single(&plain[place]) => name(program, rule, condition, true),
            name => name.clone(),
        };
        let name = told.unwrap_or_else(|| format!("condition_{}", place + 1));
        let number = |number: usize| if number == 1 { name.clone() } else { format!("{name}_{number}") };
        let free = (1..).map(number).find(|candidate| !names.contains(candidate));
        names.extend(free);
    }
    names.split_off(2)
}

fn name(program: &Program, rule: &Rule, condition: &Condition, with_individuals: bool) -> Option<String> {
    let inner = |condition: &Condition| name(program, rule, condition, with_individuals);
    let of_one = |one: Argument| match one {
        Argument::Individual(individual) => Some(program.individual(individual).name.clone()),
        Argument::Variable(slot) => rule.variables.get(slot).map(|variable| variable.name.clone()),
    };
    let told = |name: &str, arguments: &[Argument]| {
        let individuals = arguments.iter().filter_map(|one| of_one(*one)).filter(|_| with_individuals);
        std::iter::once(name.to_owned()).chain(individuals).collect::<Vec<_>>().join("_")
    };
    let name = match &condition.kind {
        ConditionKind::Atom(atom) => told(&program.relation(atom.relation).name, &atom.arguments),
        ConditionKind::Not(of) => format!("not_{}", inner(of)?),
        ConditionKind::Shown(of) => inner(of)?,
        ConditionKind::Ever(of) => format!("ever_{}", inner(of)?),
        ConditionKind::Always(of) => format!("always_{}", inner(of)?),
        ConditionKind::And(conditions, Wording::BothWays) => format!("mutually_{}", inner(conditions.first()?)?),
        ConditionKind::Or(conditions, Wording::BothWays) => format!("either_way_{}", inner(conditions.first()?)?),
        ConditionKind::Quantified { quantifier, body, .. } => {
            let word = if *quantifier == Quantifier::Every { "every" } else { "some" };
            format!("{word}_{}", inner(body)?)
        }
        ConditionKind::Comparison { left, operator, right, .. } => {
            let ExpressionKind::Measure(measure, arguments) = &left.kind else { return None };
            let sign = match operator {
                ComparisonOperator::Equal => "is",
                ComparisonOperator::NotEqual => "is_not",
                ComparisonOperator::Less => "below",
                ComparisonOperator::LessOrEqual => "at_most",
                ComparisonOperator::Greater => "above",
                ComparisonOperator::GreaterOrEqual => "at_least",
            };
            let limit = match &right.kind {
                ExpressionKind::Argument(one) => of_one(*one)?,
                ExpressionKind::Parameter(parameter) => program.parameter(*parameter).name.clone(),
                ExpressionKind::Number(number) => number.to_string(),
                ExpressionKind::Measure(measure, _) => program.measure(*measure).name.clone(),
                _ => return None,
            };
            format!("{}_{sign}_{limit}", told(&program.measure(*measure).name, arguments))
        }
        _ => return None,
    };
    // R takes letters, figures, dots and underscores.
    Some(name.chars().map(|letter| if letter.is_alphanumeric() || letter == '.' { letter } else { '_' }).collect())
}
