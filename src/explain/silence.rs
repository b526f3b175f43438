//! Silence about many, said once.

use super::texts::{self, Sense};
use super::trail::Step;
use crate::engine::Engine;
use crate::model::program::IndividualId;

/// `never recorded, where the record is complete: Corva is a party to any of 8 treaties`. Nothing where more than one role differs.
pub(super) fn of_any(
    engine: &Engine<'_>,
    first: &Step,
    all: &[&[IndividualId]],
    asked: crate::time::Day,
) -> Option<String> {
    let program = engine.program();
    let roles = program.roles(first.target);
    let differs = |role: &usize| all.iter().any(|individuals| individuals[*role] != first.individuals[*role]);
    let mut differing = (0..roles.len()).filter(differs);
    let (role, None) = (differing.next()?, differing.next()) else { return None };
    let named = all.iter().filter(|individuals| !program.individual(individuals[role]).is_unnamed).count();
    let kind = program.kind(roles[role].kind).name.replace('_', " ");
    let whoever = match (named, all.len() - named) {
        (0, _) => return None,
        (1, _) => format!("any {kind}"),
        (_, 0) => format!("any of {named} {}", plural(&kind)),
        _ => format!("any of {named} {} or one that is not named", plural(&kind)),
    };
    let sentence =
        texts::sentence_with(program, first.target, &first.individuals, Sense::Positive, Some((role, &whoever)));
    let day = if first.day == asked { String::new() } else { format!(" (on {})", first.day) };
    Some(format!("never recorded, where the record is complete: {sentence}{day}"))
}

/// `treaties`. Many a kind has a name that is a plural already.
pub(super) fn plural(noun: &str) -> String {
    if let Some(stem) = noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        return format!("{stem}ies");
    }
    match noun.strip_suffix("is") {
        Some(stem) => format!("{stem}es"),
        None if ["ss", "us", "x", "ch", "sh"].iter().any(|end| noun.ends_with(end)) => format!("{noun}es"),
        None if noun.ends_with('s') => noun.to_owned(),
        None => format!("{noun}s"),
    }
}
