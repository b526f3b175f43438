//! How targets fit one another: which are about the same cases, and what else can be said of a case.

use crate::model::Program;
use crate::model::program::{KindId, Target};

/// The outermost kinds of the roles.
fn roots(program: &Program, target: Target) -> Vec<KindId> {
    program.roles(target).iter().map(|role| program.kind(role.kind).root).collect()
}

/// Whether two targets are about cases of the same kinds.
#[must_use]
pub fn same_cases(program: &Program, one: Target, two: Target) -> bool {
    roots(program, one) == roots(program, two)
}

/// The two roles that make a pair: those in which it is declared symmetric, or the first two of one kind.
#[must_use]
pub fn pair(program: &Program, target: Target) -> Option<(usize, usize)> {
    let roots = roots(program, target);
    let of_one_kind = || {
        let two = |one: usize| (one + 1..roots.len()).find(|two| roots[*two] == roots[one]);
        (0..roots.len()).find_map(|one| two(one).map(|two| (one, two)))
    };
    symmetric(program, target).or_else(of_one_kind)
}

/// The roles in which a target is declared symmetric.
#[must_use]
pub fn symmetric(program: &Program, target: Target) -> Option<(usize, usize)> {
    match target {
        Target::Relation(id) => program.relation(id).symmetric,
        Target::Measure(id) => program.measure(id).symmetric,
    }
}

/// In which places of a head the arguments of a target stand, in their order: once where it fits as a bare name does
/// in a rule, and for a target of one role once for each role of that kind. Nothing where it does not fit, or in several ways.
#[must_use]
pub fn applications(program: &Program, target: Target, head: Target) -> Vec<Vec<usize>> {
    let (roots, head_roots) = (roots(program, target), roots(program, head));
    if roots == head_roots {
        return vec![(0..roots.len()).collect()];
    }
    let mut found = Vec::new();
    embed(&roots, &head_roots, &mut Vec::new(), &mut found);
    if roots.len() == 1 || found.len() == 1 { found } else { Vec::new() }
}

fn embed(roots: &[KindId], head: &[KindId], places: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
    let Some(wanted) = roots.get(places.len()) else {
        found.push(places.clone());
        return;
    };
    let from = places.last().map_or(0, |last| last + 1);
    for place in (from..head.len()).filter(|place| head[*place] == *wanted) {
        places.push(place);
        embed(roots, head, places, found);
        places.pop();
    }
}

/// `trade(state, state)`
#[must_use]
pub fn signature(program: &Program, target: Target) -> String {
    let kinds: Vec<&str> = program.roles(target).iter().map(|role| program.kind(role.kind).name.as_str()).collect();
    format!("{}({})", program.qualified_name(target), kinds.join(", "))
}
