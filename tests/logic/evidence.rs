//! Evidence made at random for rules that are known, and the atoms of which it can speak.

use super::support;
use std::collections::BTreeMap;
use symmachia::compare;
use symmachia::model::Program;
use symmachia::model::program::{RelationId, Target};

/// Choices, one after the other, that a number decides.
pub(super) struct Choices(pub(super) u64);

impl Choices {
    pub(super) fn below(&mut self, number: usize) -> usize {
        // Steele, Lea and Flood's SplitMix64: any number may be the first.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % number.max(1) as u64) as usize
    }

    pub(super) fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }
}

/// The atoms of the predicates, as the language writes them.
pub(super) fn atoms(program: &Program) -> Vec<String> {
    named_atoms(program, |_| true)
}

fn named_atoms(program: &Program, is_meant: impl Fn(RelationId) -> bool) -> Vec<String> {
    let mut atoms = Vec::new();
    for relation in support::relations(program).filter(|id| !program.relation(*id).is_criterion && is_meant(*id)) {
        let target = Target::Relation(relation);
        for tuple in support::tuples(program, target) {
            let is_named = tuple.iter().all(|id| !program.individual(*id).is_unnamed);
            if is_named && !program.pairs_with_itself(target, &tuple) {
                atoms.push(symmachia::explain::as_written(program, target, &tuple));
            }
        }
    }
    atoms
}

pub(super) fn complete(program: &Program) -> Vec<String> {
    let predicates = support::relations(program).filter(|id| !program.relation(*id).is_criterion);
    predicates.map(|id| format!("complete {}", program.qualified_name(Target::Relation(id)))).collect()
}

/// Some individuals of each kind, of the so many that logic was asked about.
pub(super) fn some_individuals(bare: &Program, most: usize, choices: &mut Choices) -> Vec<String> {
    let mut by_kind: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for declaration in compare::declarations(bare, most) {
        let kind = declaration.split(' ').next().unwrap_or_default().to_owned();
        by_kind.entry(kind).or_default().push(declaration);
    }
    by_kind
        .into_values()
        .flat_map(|all| {
            let number = choices.below(all.len() + 1);
            all.into_iter().take(number)
        })
        .collect()
}

/// Facts with dates. Complete evidence says of each day what holds and that all else does not; other evidence leaves gaps and contradicts itself.
pub(super) fn evidence(program: &Program, is_complete: bool, choices: &mut Choices) -> Vec<String> {
    let mut items = if is_complete { complete(program) } else { Vec::new() };
    let dense = [10, 30, 60][choices.below(3)];
    // Against what a bridge says for, a fact is but another voice: filled, such a gap is a contradiction.
    let may_be_against = named_atoms(program, |relation| program.relation(relation).rules.is_empty());
    for atom in atoms(program) {
        if !choices.percent(dense) {
            continue;
        }
        let first = 1 + choices.below(8);
        let last = first + choices.below(6);
        let time = match choices.below(3) {
            0 => String::new(),
            1 => format!(" from 1900-01-{first:02}"),
            _ => format!(" from 1900-01-{first:02} until 1900-01-{last:02}"),
        };
        // A statement against is a second voice, and the atom may be contested.
        let has_no_bridge = may_be_against.contains(&atom);
        let against = !is_complete && has_no_bridge && choices.percent(40);
        items.push(format!("{}{atom}{time}", if against { "not " } else { "" }));
        if !is_complete && has_no_bridge && choices.percent(15) {
            items.push(format!("{}{atom} on 1900-01-{last:02}", if against { "" } else { "not " }));
        }
    }
    items
}
