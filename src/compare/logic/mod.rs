//! Whether one criterion implies another whatever the evidence; else the smallest case that separates them.
//!
//! Asked of rules alone, over a few individuals without names, without time, and with evidence that is complete: each fact
//! holds or does not. Of each kind there may be any number of individuals up to a bound, so that a negative answer is one up to that bound. A SAT solver does
//! the search.
//!
//! ```text
//! gates.rs   propositions as clauses
//! ground.rs  criteria as propositions
//! levels.rs  levels of classifications, likewise
//! ```

mod gates;
mod ground;
mod levels;

use super::{CompareError, Rival};
use crate::explain::as_written;
use crate::model::Program;
use crate::model::program::{IndividualId, KindId, Target};
use crate::text::FileId;
use gates::Bit;
use ground::Ground;
use std::collections::{BTreeMap, BTreeSet};

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
    /// The values of parameters that were asked for, as `name=value`: without them a case may come out otherwise.
    pub settings: Vec<String>,
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
pub fn logic(
    program: &Program,
    rivals: Vec<Rival>,
    individuals: usize,
    settings: &[String],
) -> Result<Logic, CompareError> {
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
        settings: settings.to_vec(),
    };
    // Also what they rest on through levels of a classification.
    let reached = program.reached(&[left.relation, right.relation].map(Target::Relation));
    let file = |target: &Target| match target {
        Target::Relation(relation) => program.relation(*relation).span.file,
        Target::Measure(measure) => program.measure(*measure).span.file,
    };
    let files: BTreeSet<FileId> = reached.iter().map(file).collect();
    logic.files = files.into_iter().collect();
    let is_predicate =
        |target: &&Target| matches!(target, Target::Relation(relation) if !program.relation(*relation).is_criterion);
    logic.predicates = reached.iter().filter(is_predicate).map(|target| program.qualified_name(*target)).collect();
    let mut ground = Ground::new(program, &without_names(program, individuals));
    let mut each = Vec::new();
    for tuple in tuples(program, &ground, &left, &right) {
        let applies = [ground.applies(left.relation, &tuple)?, ground.applies(right.relation, &tuple)?];
        let applies = ground.gates.and(&applies);
        let (one, other) = (ground.case(left.relation, &tuple)?, ground.case(right.relation, &tuple)?);
        each.push((tuple, applies, one, other));
    }
    let mut found = |sides| separation(program, &mut ground, &each, sides, (&left, &right));
    logic.both = found((true, true));
    logic.only_left = found((true, false));
    logic.only_right = found((false, true));
    Ok(logic)
}

type Each = (Vec<IndividualId>, Bit, Bit, Bit);

/// Of the cases in which the two are met or not as is wanted one with the fewest individuals, and of these one with the fewest facts.
fn separation(
    program: &Program,
    ground: &mut Ground<'_>,
    each: &[Each],
    (met_left, met_right): (bool, bool),
    (left, right): (&Rival, &Rival),
) -> Option<Separation> {
    let sided = |bit: Bit, met: bool| if met { bit } else { bit.negated() };
    let cases: Vec<Bit> = each
        .iter()
        .map(|(_, applies, one, other)| ground.gates.and(&[*applies, sided(*one, met_left), sided(*other, met_right)]))
        .collect();
    let some = ground.gates.or(&cases);
    let present: Vec<Bit> = ground.present.values().copied().collect();
    let facts: Vec<Bit> = ground.facts.values().copied().collect();
    let few = ground.gates.fewest(&[some], &present)?;
    let fewest = ground.gates.fewest(&[some, few], &facts)?;
    let asked: Vec<Bit> = present.iter().chain(&facts).chain(&cases).copied().collect();
    let values = ground.gates.values(&[some, few, fewest], &asked)?;
    let (are_present, rest) = values.split_at(present.len());
    let (hold, cases) = rest.split_at(facts.len());
    let individuals = &each[cases.iter().position(|holds| *holds)?].0;
    let there = ground.present.keys().zip(are_present).filter(|(_, is)| **is).map(|(individual, _)| *individual);
    let holding = ground.facts.keys().zip(hold).filter(|(_, holds)| **holds).map(|(fact, _)| fact);
    Some(Separation {
        declarations: declared(program, there),
        facts: holding.map(|(relation, tuple)| as_written(program, Target::Relation(*relation), tuple)).collect(),
        case: [as_written(program, left.target(), individuals), as_written(program, right.target(), individuals)],
    })
}

/// Whether an individual is one of those without names, and which.
fn number_of(program: &Program, individual: IndividualId) -> Option<usize> {
    let individual = program.individual(individual);
    let kind = &program.kind(individual.kind).name;
    individual.name.strip_prefix(kind.as_str())?.strip_prefix('_')?.parse().ok()
}

fn declared(program: &Program, individuals: impl Iterator<Item = IndividualId>) -> Vec<String> {
    let of = |id: IndividualId| {
        let individual = program.individual(id);
        (individual.kind, number_of(program, id), format!("{} {}", program.kind(individual.kind).name, individual.name))
    };
    let mut all: Vec<_> = individuals.map(of).collect();
    all.sort();
    all.into_iter().map(|(_, _, text)| text).collect()
}

/// The individuals without names that [`declarations`] added, a list for each kind.
fn without_names(program: &Program, most: usize) -> Vec<Vec<IndividualId>> {
    let mut by_kind: BTreeMap<KindId, Vec<(usize, IndividualId)>> = BTreeMap::new();
    for id in (0..program.individuals.len() as u32).map(IndividualId) {
        if let Some(number) = number_of(program, id).filter(|number| *number <= most) {
            by_kind.entry(program.individual(id).kind).or_default().push((number, id));
        }
    }
    by_kind
        .into_values()
        .map(|mut alike| {
            alike.sort_unstable();
            alike.into_iter().map(|(_, id)| id).collect()
        })
        .collect()
}

/// The cases that may differ from one another: those without names are alike, so that the first comes first.
fn tuples(program: &Program, ground: &Ground<'_>, left: &Rival, right: &Rival) -> Vec<Vec<IndividualId>> {
    let mut tuples: Vec<Vec<IndividualId>> = vec![Vec::new()];
    for (role, other) in program.roles(left.target()).iter().zip(program.roles(right.target())) {
        let members: Vec<IndividualId> =
            ground.members(role.kind).iter().copied().filter(|one| program.is_member(*one, other.kind)).collect();
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
