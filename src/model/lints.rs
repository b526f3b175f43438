//! What is sound, and perhaps not meant.

use super::condition::{Argument, Atom, Condition, ConditionKind, Expression, ExpressionKind};
use super::error::RuleError;
use super::program::{IndividualId, Program, RelationId, Rule};
use super::report::Report;
use crate::evidence::error::EvidenceError;
use crate::evidence::{Statement, StatementTime};
use crate::text::{FileId, Span};
use crate::time::{Day, Interval, IntervalSet, Period};
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

/// Doubts what a resolved program says.
pub(super) fn check(program: &Program, report: &mut Report) {
    check_permits(program, report);
    check_lives(program, report);
    check_lives_of_rows(program, report);
}

/// What a framework permits and also counts, be it by way of other criteria.
fn check_permits(program: &Program, report: &mut Report) {
    for rule in program.rules.iter().filter(|rule| !rule.permits.is_empty()) {
        let framework = program.relation(rule.relation).framework;
        let own = program.rules.iter().filter(|other| program.relation(other.relation).framework == framework);
        let mut permitted = Vec::new();
        for permit in &rule.permits {
            atoms(permit, &mut |atom| permitted.push(atom.clone()));
        }
        let mut seen: FxHashSet<RelationId> = FxHashSet::default();
        let mut waiting: Vec<&Rule> = own.collect();
        let mut counted: BTreeMap<usize, Span> = BTreeMap::new();
        while let Some(rule) = waiting.pop() {
            for part in rule.applies_where.iter().chain([&rule.body]) {
                atoms(part, &mut |atom| {
                    for (index, permit) in permitted.iter().enumerate() {
                        if is_same(permit, atom) {
                            let earlier = |known: &Span| report.places().key(*known) <= report.places().key(atom.span);
                            if !counted.get(&index).is_some_and(earlier) {
                                counted.insert(index, atom.span);
                            }
                        }
                    }
                    let relation = program.relation(atom.relation);
                    if relation.is_criterion && seen.insert(atom.relation) {
                        waiting.extend(relation.rules.iter().map(|id| program.rule(*id)));
                    }
                });
            }
        }
        for (index, span) in counted {
            report.add(RuleError::PermittedAndCounted {
                name: program.relation(permitted[index].relation).name.clone(),
                permitted: permitted[index].span,
                counted: span,
            });
        }
    }
}

/// Whether two atoms may speak of the same: no two constants differ.
fn is_same(one: &Atom, two: &Atom) -> bool {
    one.relation == two.relation
        && one.arguments.iter().zip(&two.arguments).all(|pair| match pair {
            (Argument::Individual(one), Argument::Individual(two)) => one == two,
            _ => true,
        })
}

/// Each atom of a condition.
fn atoms(condition: &Condition, see: &mut impl FnMut(&Atom)) {
    match &condition.kind {
        ConditionKind::Atom(atom) => see(atom),
        ConditionKind::Not(inner)
        | ConditionKind::Shown(inner)
        | ConditionKind::Ever(inner)
        | ConditionKind::Always(inner)
        | ConditionKind::Within(inner, _)
        | ConditionKind::Throughout(inner, _) => atoms(inner, see),
        ConditionKind::And(all, _) | ConditionKind::Or(all, _) | ConditionKind::Counted { conditions: all, .. } => {
            for inner in all {
                atoms(inner, see);
            }
        }
        ConditionKind::Whenever { then, given } => {
            atoms(then, see);
            atoms(given, see);
        }
        ConditionKind::Quantified { among, body, .. } => {
            if let Some(among) = among {
                atoms(among, see);
            }
            atoms(body, see);
        }
        ConditionKind::Comparison { left, right, .. } => {
            expression_atoms(left, see);
            expression_atoms(right, see);
        }
        ConditionKind::Moment { .. } => {}
    }
}

fn expression_atoms(expression: &Expression, see: &mut impl FnMut(&Atom)) {
    match &expression.kind {
        ExpressionKind::Number(_)
        | ExpressionKind::Parameter(_)
        | ExpressionKind::Argument(_)
        | ExpressionKind::Measure(..) => {}
        ExpressionKind::Indicator(atom) => see(atom),
        ExpressionKind::Negation(inner) => expression_atoms(inner, see),
        ExpressionKind::Arithmetic { left, right, .. } => {
            expression_atoms(left, see);
            expression_atoms(right, see);
        }
        ExpressionKind::Count { among, .. } => {
            if let Some(among) = among {
                atoms(among, see);
            }
        }
        ExpressionKind::Aggregate { value, among, .. } => {
            expression_atoms(value, see);
            if let Some(among) = among {
                atoms(among, see);
            }
        }
    }
}

/// How far a file's facts reach beyond lives.
struct Outside {
    first: EvidenceError,
    count: usize,
}

/// One warning for each file whose facts reach beyond the lives of those of whom they speak.
fn check_lives(program: &Program, report: &mut Report) {
    let mut files: BTreeMap<FileId, Outside> = BTreeMap::new();
    for statement in &program.statements {
        let Some((individual, wholly)) = outside_life(program, statement) else { continue };
        let known = program.individual(individual);
        files.entry(statement.span.file).and_modify(|outside| outside.count += 1).or_insert_with(|| Outside {
            first: EvidenceError::OutsideLife {
                name: known.name.clone(),
                span: statement.span,
                life: known.span,
                count: 1,
                wholly,
            },
            count: 1,
        });
    }
    for outside in files.into_values() {
        let mut first = outside.first;
        if let EvidenceError::OutsideLife { count, .. } = &mut first {
            *count = outside.count;
        }
        report.add(first);
    }
}

/// One warning for each template of a table whose rows do.
fn check_lives_of_rows(program: &Program, report: &mut Report) {
    for table in &program.table_statements {
        let mut first: Option<(u32, IndividualId, bool)> = None;
        let mut count = 0;
        for atom in 0..table.atom_count() {
            let lives = table.atom(atom).iter().map(|one| (*one, &program.individual(*one).life));
            let lives: Vec<_> = lives.filter(|(_, life)| !life.is_all()).collect();
            if lives.is_empty() {
                continue;
            }
            for place in table.places(atom) {
                let time = table.time_of(place);
                let beyond = |(one, life): &(IndividualId, &IntervalSet)| Some((*one, beyond(&time, life)?));
                if let Some((one, wholly)) = lives.iter().find_map(beyond) {
                    count += 1;
                    let line = table.line_of(place);
                    if first.is_none_or(|(known, ..)| line < known) {
                        first = Some((line, one, wholly));
                    }
                }
            }
        }
        if let Some((line, individual, wholly)) = first {
            let known = program.individual(individual);
            report.add(EvidenceError::RowsOutsideLife {
                table: table.table.clone(),
                count,
                line,
                name: known.name.clone(),
                span: table.pattern.span,
                life: known.span,
                wholly,
            });
        }
    }
}

/// The first individual of a statement beyond whose life a written date of it reaches.
fn outside_life(program: &Program, statement: &Statement) -> Option<(IndividualId, bool)> {
    let roles = program.roles(statement.target);
    for time in statement.times.iter().filter(|time| time.span.is_some()) {
        for argument in statement.arguments.iter().take(roles.len()) {
            for id in &argument.individuals {
                let life = &program.individual(*id).life;
                if life.is_all() {
                    continue;
                }
                if let Some(wholly) = beyond(time, life) {
                    return Some((*id, wholly));
                }
            }
        }
    }
    None
}

/// Whether a time that is written reaches beyond a life, and whether no day of it lies within.
fn beyond(time: &StatementTime, life: &IntervalSet) -> Option<bool> {
    let written = time.span.and_then(|_| Interval::new(time.earliest_start, time.latest_end))?;
    // Most lie within one stretch of a life.
    if life.interval_at(written.first).is_some_and(|stretch| stretch.last >= written.last) {
        return None;
    }
    if life.iter().all(|stretch| stretch.last < written.first || written.last < stretch.first) {
        return Some(true);
    }
    let start = time.earliest_start > Day::FIRST && !begins_within(time.earliest_start, life);
    let end = !time.open_end && !ends_within(time.latest_end, life);
    (start || end).then_some(false)
}

/// Whether a life holds the day, or begins in the year or month that begins with it: a bare year
/// reaches as far as it has to.
fn begins_within(day: Day, life: &IntervalSet) -> bool {
    life.contains(day)
        || coarse(day, |period| period.first).is_some_and(|period| {
            life.iter().any(|interval| period.first <= interval.first && interval.first <= period.last)
        })
}

fn ends_within(day: Day, life: &IntervalSet) -> bool {
    life.contains(day)
        || coarse(day, |period| period.last).is_some_and(|period| {
            life.iter().any(|interval| period.first <= interval.last && interval.last <= period.last)
        })
}

/// The longest of year and month of which the day is the given end.
fn coarse(day: Day, end: impl Fn(Period) -> Day) -> Option<Period> {
    let date = day.date();
    let month = u8::try_from(date.month()).ok();
    [Period::from_parts(date.year(), None, None), Period::from_parts(date.year(), month, None)]
        .into_iter()
        .flatten()
        .find(|period| end(*period) == day)
}
