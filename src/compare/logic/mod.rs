//! Whether one criterion implies another whatever the evidence; else the smallest case that separates them.
//!
//! Asked of rules alone, over a few individuals without names, without time, and with evidence that is complete: each fact
//! holds or does not. Every number of individuals up to a bound is tried, so that a negative answer is one up to that bound. A SAT solver does
//! the search.
//!
//! ```text
//! gates.rs   propositions as clauses
//! ground.rs  criteria as propositions
//! ```

mod gates;
mod ground;

use super::{CompareError, Rival};
use crate::explain::as_written;
use crate::model::Program;
use crate::model::program::{IndividualId, KindId, RelationId, Target};
use crate::text::FileId;
use gates::Bit;
use ground::Ground;
use std::collections::BTreeSet;

/// How two criteria stand to each other by logic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logic {
    /// The two.
    pub rivals: [Rival; 2],
    /// The most individuals of a kind that were tried.
    pub individuals: usize,
    /// The smallest case in which both are met; nothing where there is none.
    pub both: Option<Separation>,
    /// The smallest case in which only the first is met.
    pub only_left: Option<Separation>,
    /// The smallest case in which only the second is met.
    pub only_right: Option<Separation>,
    /// The files that define them.
    pub files: Vec<FileId>,
    /// The predicates of which a record has to be complete.
    pub predicates: Vec<String>,
}

/// A case with its evidence, as the language writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Separation {
    /// The individuals without names that take part, by their kinds: `state state_1`.
    pub declarations: Vec<String>,
    /// What holds; everything else does not.
    pub facts: Vec<String>,
    /// The case: its first and second criterion at its individuals.
    pub case: [String; 2],
}

/// The declarations of individuals without names for every kind of which the rules name none, and for states.
#[must_use]
pub fn declarations(program: &Program, number: usize) -> Vec<String> {
    let kinds = program.kinds.iter().enumerate().filter(|(place, kind)| {
        let id = KindId(*place as u32);
        let is_built_in = [Program::NUMBER, Program::TEXT, Program::DATE].contains(&id);
        kind.root == id && !is_built_in && (id == Program::STATE || kind.members.is_empty())
    });
    kinds
        .flat_map(|(_, kind)| (1..=number).map(move |each| format!("{} {}", kind.name, unnamed(&kind.name, each))))
        .collect()
}

/// `state_1`
fn unnamed(kind: &str, number: usize) -> String {
    format!("{kind}_{number}")
}

/// How two criteria stand to each other, over a program of rules alone to which [`declarations`] for so many individuals were added.
///
/// # Errors
/// Where the program holds evidence, or a criterion is outside of what can be asked so.
pub fn logic(program: &Program, rivals: Vec<Rival>, individuals: usize) -> Result<Logic, CompareError> {
    let [left, right] = <[Rival; 2]>::try_from(rivals)
        .map_err(|rivals| CompareError::TwoWanted { names: rivals.into_iter().map(|rival| rival.name).collect() })?;
    if let Some(statement) = program.statements.first() {
        return Err(CompareError::RulesAlone { span: statement.span });
    }
    let mut logic = Logic {
        rivals: [left.clone(), right.clone()],
        individuals,
        both: None,
        only_left: None,
        only_right: None,
        files: Vec::new(),
        predicates: Vec::new(),
    };
    let roles = program.roles(left.target());
    let fewest =
        roles.iter().filter(|role| program.kind(role.kind).root == Program::STATE).count().clamp(1, individuals.max(1));
    let mut predicates = BTreeSet::new();
    let mut files = BTreeSet::new();
    for relation in [left.relation, right.relation] {
        collect(program, relation, &mut BTreeSet::new(), &mut predicates, &mut files);
    }
    logic.files = files.into_iter().collect();
    logic.predicates =
        predicates.into_iter().map(|relation| program.qualified_name(Target::Relation(relation))).collect();
    for number in fewest..=individuals {
        let mut ground = Ground::new(program, taking_part(program, number, individuals));
        let mut each = Vec::new();
        for tuple in tuples(program, &ground, &left, &right) {
            let applies = [ground.applies(left.relation, &tuple)?, ground.applies(right.relation, &tuple)?];
            let applies = ground.gates.and(&applies);
            let (one, other) = (ground.case(left.relation, &tuple)?, ground.case(right.relation, &tuple)?);
            each.push((tuple, applies, one, other));
        }
        for (wanted, sides) in [
            (&mut logic.both, (true, true)),
            (&mut logic.only_left, (true, false)),
            (&mut logic.only_right, (false, true)),
        ] {
            if wanted.is_none() {
                *wanted = separation(program, &mut ground, &each, sides, number, (&left, &right));
            }
        }
    }
    Ok(logic)
}

type Each = (Vec<IndividualId>, Bit, Bit, Bit);

/// The case with the fewest facts in which the two are met or not as is wanted.
fn separation(
    program: &Program,
    ground: &mut Ground<'_>,
    each: &[Each],
    (met_left, met_right): (bool, bool),
    number: usize,
    (left, right): (&Rival, &Rival),
) -> Option<Separation> {
    let sided = |bit: Bit, met: bool| if met { bit } else { bit.negated() };
    let cases: Vec<Bit> = each
        .iter()
        .map(|(_, applies, one, other)| ground.gates.and(&[*applies, sided(*one, met_left), sided(*other, met_right)]))
        .collect();
    let some = ground.gates.or(&cases);
    let facts: Vec<Bit> = ground.facts.values().copied().collect();
    let asked: Vec<Bit> = facts.iter().chain(&cases).copied().collect();
    let mut values = ground.gates.values(&[some], &asked)?;
    let count = |values: &[bool]| values[..facts.len()].iter().filter(|holds| **holds).count();
    let most = count(&values);
    let counters = ground.gates.counters(&facts, most);
    for fewer in 0..most {
        if let Some(found) = ground.gates.values(&[some, counters[fewer + 1].negated()], &asked) {
            values = found;
            break;
        }
    }
    let place = values[facts.len()..].iter().position(|holds| *holds)?;
    let individuals = &each[place].0;
    let holding: Vec<_> = ground.facts.keys().zip(&values).filter(|(_, holds)| **holds).map(|(fact, _)| fact).collect();
    let named: BTreeSet<IndividualId> =
        holding.iter().flat_map(|(_, tuple)| tuple).chain(individuals).copied().collect();
    let matters = |individual: IndividualId| named.contains(&individual) || ground.is_asked_about(individual);
    Some(Separation {
        declarations: declarations_up_to(program, number, matters),
        facts: holding
            .iter()
            .map(|(relation, tuple)| as_written(program, Target::Relation(*relation), tuple))
            .collect(),
        case: [as_written(program, left.target(), individuals), as_written(program, right.target(), individuals)],
    })
}

/// Whether an individual is one of those without names, and which.
fn number_of(program: &Program, individual: IndividualId) -> Option<usize> {
    let individual = program.individual(individual);
    let kind = &program.kind(individual.kind).name;
    individual.name.strip_prefix(kind.as_str())?.strip_prefix('_')?.parse().ok()
}

fn declarations_up_to(program: &Program, number: usize, matters: impl Fn(IndividualId) -> bool) -> Vec<String> {
    let of = |(place, individual): (usize, &crate::model::program::Individual)| {
        let id = IndividualId(place as u32);
        let each = number_of(program, id).filter(|each| *each <= number && matters(id))?;
        Some((individual.kind, each, format!("{} {}", program.kind(individual.kind).name, individual.name)))
    };
    let mut all: Vec<_> = program.individuals.iter().enumerate().filter_map(of).collect();
    all.sort();
    all.into_iter().map(|(_, _, text)| text).collect()
}

/// The individuals that the rules name, and so many without names.
fn taking_part(program: &Program, number: usize, most: usize) -> BTreeSet<IndividualId> {
    let all = (0..program.individuals.len() as u32).map(IndividualId);
    let takes_part = |id: &IndividualId| {
        let is_spare = number_of(program, *id).is_some_and(|each| each > number && each <= most);
        !is_spare && !program.individual(*id).is_unnamed
    };
    all.filter(takes_part).collect()
}

/// The cases that may differ from one another: those without names are alike, so that the first comes first.
fn tuples(program: &Program, ground: &Ground<'_>, left: &Rival, right: &Rival) -> Vec<Vec<IndividualId>> {
    let mut tuples: Vec<Vec<IndividualId>> = vec![Vec::new()];
    for (role, other) in program.roles(left.target()).iter().zip(program.roles(right.target())) {
        let members: Vec<IndividualId> =
            ground.members(role.kind).into_iter().filter(|one| program.is_member(*one, other.kind)).collect();
        let mut longer = Vec::new();
        for tuple in &tuples {
            for member in &members {
                let first_unused = |kind| {
                    let used = tuple.iter().filter(|id| program.individual(**id).kind == kind);
                    used.filter_map(|id| number_of(program, *id)).max().unwrap_or(0) + 1
                };
                let is_next = number_of(program, *member)
                    .is_none_or(|number| number <= first_unused(program.individual(*member).kind));
                if is_next {
                    longer.push(tuple.iter().copied().chain([*member]).collect());
                }
            }
        }
        tuples = longer;
    }
    tuples
}

/// The predicates on which a criterion rests, and the files of the rules on the way.
fn collect(
    program: &Program,
    relation: RelationId,
    seen: &mut BTreeSet<RelationId>,
    predicates: &mut BTreeSet<RelationId>,
    files: &mut BTreeSet<FileId>,
) {
    if !seen.insert(relation) {
        return;
    }
    let definition = program.relation(relation);
    files.insert(definition.span.file);
    if !definition.is_criterion {
        predicates.insert(relation);
    }
    for rule in definition.rules.iter().map(|rule| program.rule(*rule)) {
        let mut named = BTreeSet::new();
        for condition in rule.applies_where.iter().chain([&rule.body]) {
            condition.add_relations(&mut named);
        }
        for relation in named {
            collect(program, relation, seen, predicates, files);
        }
    }
}
