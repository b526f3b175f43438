//! Atoms in the words of their authors.

use crate::evidence::{Citation, Statement, StatementArgument};
use crate::model::Program;
use crate::model::program::{Gloss, GlossPart, IndividualId, Role, Target};

/// Whether a sentence says that an atom holds or that it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// It holds.
    Positive,
    /// It does not.
    Negative,
}

/// A sentence about an atom, from its gloss; from its name where it has none.
#[must_use]
pub fn sentence(program: &Program, target: Target, individuals: &[IndividualId], sense: Sense) -> String {
    sentence_with(program, target, individuals, sense, None)
}

/// The same, where one role may be told of in other words.
#[must_use]
pub(super) fn sentence_with(
    program: &Program,
    target: Target,
    individuals: &[IndividualId],
    sense: Sense,
    instead: Option<(usize, &str)>,
) -> String {
    let (roles, gloss) = match target {
        Target::Relation(id) => (&program.relation(id).roles, &program.relation(id).gloss),
        Target::Measure(id) => (&program.measure(id).roles, &program.measure(id).gloss),
    };
    let told: Vec<&str> = individuals
        .iter()
        .enumerate()
        .map(|(at, id)| instead.filter(|(role, _)| *role == at).map_or_else(|| name(program, *id), |(_, words)| words))
        .collect();
    let fill = |parts: &[GlossPart]| {
        let mut text = String::new();
        for part in parts {
            match part {
                GlossPart::Words(words) => text.push_str(words),
                GlossPart::Role(role) => {
                    // "the {treaty}" takes no article where it is any of several.
                    if instead.is_some_and(|(other, _)| other == *role) && text.to_lowercase().ends_with("the ") {
                        text.truncate(text.len() - "the ".len());
                    }
                    text.push_str(told.get(*role).copied().unwrap_or_default());
                }
            }
        }
        text
    };
    let formal = || format!("{}({})", program.qualified_name(target), told.join(", "));
    match (gloss, sense) {
        (Some(gloss), Sense::Positive) => of_whom(gloss, roles, &told, fill(&gloss.positive)),
        (Some(Gloss { negative: Some(negative), .. }), Sense::Negative) => fill(negative),
        (Some(gloss), Sense::Negative) => {
            format!("it is not so that {}", of_whom(gloss, roles, &told, fill(&gloss.positive)))
        }
        (None, Sense::Positive) => formal(),
        (None, Sense::Negative) => format!("not {}", formal()),
    }
}

/// A gloss that names nobody ("each guarantees the other's security") is said with its individuals before it.
fn of_whom(gloss: &Gloss, roles: &[Role], told: &[&str], text: String) -> String {
    let names_somebody = gloss.positive.iter().any(|part| matches!(part, GlossPart::Role(_)));
    if names_somebody || roles.is_empty() {
        return text;
    }
    format!("{}: {text}", listed(told, "and"))
}

/// `ally(Russia, Kazakhstan)`
#[must_use]
pub fn formal(program: &Program, target: Target, individuals: &[IndividualId]) -> String {
    let names: Vec<&str> = individuals.iter().map(|id| name(program, *id)).collect();
    format!("{}({})", program.qualified_name(target), names.join(", "))
}

/// The fact as one would write it: `pressure(russia, kazakhstan, economic)`.
#[must_use]
pub fn as_written(program: &Program, target: Target, individuals: &[IndividualId]) -> String {
    let names: Vec<String> = individuals.iter().map(|id| individual_as_written(program, *id)).collect();
    format!("{}({})", program.qualified_name(target), names.join(", "))
}

/// An individual as one would write it: `kazakhstan`, `"Burkina Faso"`.
#[must_use]
pub fn individual_as_written(program: &Program, individual: IndividualId) -> String {
    let individual = program.individual(individual);
    match individual.kind {
        // A date in quotation marks would be a text.
        Program::DATE | Program::NUMBER => individual.name.clone(),
        Program::TEXT => format!("\"{}\"", individual.name),
        _ => written(&individual.name),
    }
}

fn written(name: &str) -> String {
    let plain = name.starts_with(|first: char| first.is_lowercase())
        && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    if plain || name.parse::<f64>().is_ok() { name.to_owned() } else { format!("\"{name}\"") }
}

/// How a reader is told of an individual.
#[must_use]
pub fn name(program: &Program, individual: IndividualId) -> &str {
    let individual = program.individual(individual);
    if individual.is_unnamed { "one that is not named" } else { individual.display() }
}

/// `a`, `a and b`, `a, b and c`
#[must_use]
pub fn listed(words: &[impl AsRef<str>], joint: &str) -> String {
    match words {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {joint} {}", first.join(", "), last.as_ref())
        }
    }
}

/// A source and the place in it: `Treaty on Collective Security, Art. 4`.
#[must_use]
pub fn citation(program: &Program, citation: &Citation) -> String {
    let source = program.source(citation.source);
    let work = source.citation.as_deref().unwrap_or(&source.name);
    match &citation.locator {
        Some(locator) => format!("{work}, {locator}"),
        None => work.to_owned(),
    }
}

/// All citations of a statement.
#[must_use]
pub fn citations(program: &Program, statement: &Statement) -> String {
    let cited = statement.citations.iter().map(|one| citation(program, one));
    let cited = cited.collect::<Vec<_>>().join("; ");
    match &statement.row {
        Some(row) if cited.is_empty() => row.to_string(),
        Some(row) => format!("{cited}, {row}"),
        None => cited,
    }
}

/// `said of the stans`, where a statement was made of a whole kind or of several at once. Sets of states are what
/// a reader wants to know of; other sets are named only where no states are.
#[must_use]
pub fn said_of(program: &Program, statement: &Statement) -> Option<String> {
    let sets = || statement.arguments.iter().filter(|argument| argument.is_set && argument.individuals.len() > 1);
    let of_states = |argument: &&StatementArgument| {
        argument.individuals.first().is_some_and(|first| program.individual(*first).kind == Program::STATE)
    };
    let has_states = sets().any(|argument| of_states(&argument));
    let mut several: Vec<String> = sets()
        .filter(|argument| !has_states || of_states(argument))
        .map(|argument| match argument.set_kind {
            Some(kind) => format!("the {}", program.kind(kind).name.replace('_', " ")),
            None => {
                let names: Vec<&str> = argument.individuals.iter().map(|id| name(program, *id)).collect();
                listed(&names, "and")
            }
        })
        .collect();
    several.dedup();
    (!several.is_empty()).then(|| format!("said of {}", listed(&several, "and")))
}

/// How a reader is told of an individual within a sentence of ours: a treaty's title takes an article, a state's name none.
#[must_use]
pub fn name_in_sentence(program: &Program, individual: IndividualId) -> String {
    let one = program.individual(individual);
    let has_article =
        ["the ", "The ", "a ", "A ", "an ", "An "].iter().any(|article| one.display().starts_with(article));
    // `alliance 3150`, which only a code names.
    let is_numbered = one.display().strip_suffix(&one.name).is_some_and(|kind| kind.ends_with(' '));
    if one.label.is_some() && one.kind != Program::STATE && !has_article && !is_numbered {
        format!("the {}", one.display())
    } else {
        name(program, individual).to_owned()
    }
}
