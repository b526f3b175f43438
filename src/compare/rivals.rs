//! Which criterion a name on the command line means: `true_alliance`, `true_alliance.ally`, `ally`.

use super::CompareError;
use super::error::Wanted;
use crate::diagnostic::did_you_mean;
use crate::model::Program;
use crate::model::program::{FrameworkId, KindId, RelationId, SourceId, Target};

/// One of those that are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rival {
    /// The criterion, or predicate.
    pub relation: RelationId,
    /// The only source that it hears, where it does not hear all.
    pub source: Option<SourceId>,
    /// Its name, with that of its framework.
    pub name: String,
    /// Enough of it to tell it from the others: the framework alone, where all are one criterion of several.
    pub short: String,
    /// The label of its framework; the citation of its source.
    pub label: Option<String>,
}

impl Rival {
    /// A criterion, or predicate, under a name.
    #[must_use]
    pub fn new(relation: RelationId, name: String) -> Rival {
        Rival { relation, source: None, short: name.clone(), name, label: None }
    }

    /// As a target.
    #[must_use]
    pub fn target(&self) -> Target {
        Target::Relation(self.relation)
    }
}

/// The rivals that some words name; without words, the frameworks of the program. A name that several frameworks give to a
/// criterion stands for all of these.
///
/// # Errors
/// Where nothing is called so, a framework has no criterion or several that may be meant, there are less than two, or they
/// are about different kinds.
pub fn rivals(program: &Program, words: &[String]) -> Result<Vec<Rival>, CompareError> {
    let all_frameworks: Vec<String>;
    let words = if words.is_empty() {
        all_frameworks = program.frameworks.iter().map(|framework| framework.name.clone()).collect();
        &all_frameworks
    } else {
        words
    };
    let meant: Vec<Meant> = words.iter().map(|word| meant(program, word)).collect::<Result<_, _>>()?;
    let relations = settle(program, &meant)?;
    if relations.len() < 2 {
        return Err(CompareError::FewerThanTwo {
            only: relations.first().map(|relation| qualified(program, *relation)),
            frameworks: program.frameworks.iter().map(|framework| framework.name.clone()).collect(),
        });
    }
    let first = relations[0];
    if let Some(other) = relations.iter().find(|other| signature(program, **other) != signature(program, first)) {
        return Err(CompareError::DifferentRoles {
            left: described(program, first),
            right: described(program, *other),
            numbers: (program.relation(first).roles.len(), program.relation(*other).roles.len()),
        });
    }
    Ok(named(program, &relations))
}

/// The one criterion that a word names.
///
/// # Errors
/// As for [`rivals`]; and where several go by the name.
pub fn single(program: &Program, words: &[String], wanted: Wanted) -> Result<Rival, CompareError> {
    let meant: Vec<Meant> = words.iter().map(|word| meant(program, word)).collect::<Result<_, _>>()?;
    match settle(program, &meant)?.as_slice() {
        [only] => Ok(named(program, &[*only]).remove(0)),
        several => Err(CompareError::OneWanted {
            wanted,
            names: several.iter().map(|relation| qualified(program, *relation)).collect(),
        }),
    }
}

/// What a word may mean.
enum Meant {
    /// These, all of them.
    These(Vec<RelationId>),
    /// One of these: the outermost criteria of a framework.
    OneOf(FrameworkId, Vec<RelationId>),
}

fn meant(program: &Program, word: &str) -> Result<Meant, CompareError> {
    let relations = || (0..program.relations.len() as u32).map(RelationId);
    if let Some(place) = program.frameworks.iter().position(|framework| framework.name == word) {
        let framework = FrameworkId(place as u32);
        let candidates = outermost(program, framework);
        if candidates.is_empty() {
            return Err(CompareError::NoCriterion { framework: word.to_owned() });
        }
        return Ok(Meant::OneOf(framework, candidates));
    }
    let named: Vec<RelationId> =
        relations().filter(|id| qualified(program, *id) == word || program.relation(*id).name == word).collect();
    // Without a framework the one that all share comes first.
    if let Some(shared) = named.iter().find(|id| program.relation(**id).framework.is_none()) {
        return Ok(Meant::These(vec![*shared]));
    }
    if !named.is_empty() {
        return Ok(Meant::These(named));
    }
    let is_measure = |measure: &crate::model::program::Measure| {
        measure.name == word || word.rsplit_once('.').is_some_and(|(_, name)| name == measure.name)
    };
    if let Some(measure) = program.measures.iter().find(|measure| is_measure(measure)) {
        let order = measure.levels.and_then(|kind| program.kind(kind).order.as_ref());
        let level = order.and_then(|order| order.get(order.len() / 2));
        let value = level.map_or_else(|| "3".to_owned(), |level| program.individual(*level).name.clone());
        return Err(CompareError::NotACriterion { name: word.to_owned(), value });
    }
    let names: Vec<String> =
        relations().filter(|id| program.relation(*id).is_criterion).map(|id| qualified(program, id)).collect();
    let bare = relations().filter(|id| program.relation(*id).is_criterion).map(|id| program.relation(id).name.as_str());
    let frameworks = program.frameworks.iter().map(|framework| framework.name.as_str());
    let near = did_you_mean(word, frameworks.chain(names.iter().map(String::as_str)).chain(bare)).map(str::to_owned);
    Err(CompareError::UnknownRival {
        name: word.to_owned(),
        near,
        frameworks: program.frameworks.iter().map(|framework| framework.name.clone()).collect(),
    })
}

/// The criteria of a framework that its `cases` name; else those on which no other one builds.
fn outermost(program: &Program, framework: FrameworkId) -> Vec<RelationId> {
    let of_it: Vec<RelationId> = (0..program.relations.len() as u32)
        .map(RelationId)
        .filter(|id| program.relation(*id).framework == Some(framework) && program.relation(*id).is_criterion)
        .collect();
    let is_listed = |id: &RelationId| program.cases.iter().any(|cases| cases.target == Target::Relation(*id));
    let listed: Vec<RelationId> = of_it.iter().copied().filter(is_listed).collect();
    if !listed.is_empty() {
        return listed;
    }
    let used = program.used_relations();
    let outermost: Vec<RelationId> = of_it.iter().copied().filter(|id| !used.contains(id)).collect();
    if outermost.is_empty() { of_it } else { outermost }
}

/// Of several criteria of a framework the one is taken that is about the same as what the other words name.
fn settle(program: &Program, meant: &[Meant]) -> Result<Vec<RelationId>, CompareError> {
    let certain: Vec<RelationId> = meant
        .iter()
        .flat_map(|meant| match meant {
            Meant::These(these) => these.as_slice(),
            Meant::OneOf(_, candidates) if candidates.len() == 1 => candidates,
            Meant::OneOf(..) => &[],
        })
        .copied()
        .collect();
    let mut settled = Vec::new();
    for meant in meant {
        match meant {
            Meant::These(these) => settled.extend(these),
            Meant::OneOf(framework, candidates) => {
                let alike: Vec<RelationId> = candidates
                    .iter()
                    .copied()
                    .filter(|one| certain.iter().all(|other| signature(program, *one) == signature(program, *other)))
                    .collect();
                match (candidates.as_slice(), alike.as_slice()) {
                    ([only], _) | (_, [only]) => settled.push(*only),
                    _ => {
                        return Err(CompareError::SeveralCriteria {
                            framework: program.frameworks[framework.index()].name.clone(),
                            criteria: candidates.iter().map(|id| described(program, *id)).collect(),
                            example: qualified(program, candidates[0]),
                        });
                    }
                }
            }
        }
    }
    Ok(settled)
}

fn qualified(program: &Program, relation: RelationId) -> String {
    program.qualified_name(Target::Relation(relation))
}

/// The kinds of the roles; parts of a kind count as the kind.
fn signature(program: &Program, relation: RelationId) -> Vec<KindId> {
    program.relation(relation).roles.iter().map(|role| program.kind(role.kind).root).collect()
}

/// `true_alliance.ally(state, state)`
fn described(program: &Program, relation: RelationId) -> String {
    let kinds: Vec<&str> =
        program.relation(relation).roles.iter().map(|role| program.kind(role.kind).name.as_str()).collect();
    format!("{}({})", qualified(program, relation), kinds.join(", "))
}

fn named(program: &Program, relations: &[RelationId]) -> Vec<Rival> {
    let one_name = relations.iter().all(|id| program.relation(*id).name == program.relation(relations[0]).name);
    let all_framed = relations.iter().all(|id| program.relation(*id).framework.is_some());
    // Two criteria of one framework are told apart by their own names; one that is set beside itself needs none.
    let is_one = relations.iter().all(|id| *id == relations[0]);
    let one_frame =
        relations.iter().all(|id| program.relation(*id).framework == program.relation(relations[0]).framework);
    relations
        .iter()
        .map(|id| {
            let relation = program.relation(*id);
            let framework = relation.framework.map(|framework| &program.frameworks[framework.index()]);
            let name = qualified(program, *id);
            let short = match framework {
                Some(framework) if one_name && all_framed && (!one_frame || is_one) => framework.name.clone(),
                _ if one_frame => relation.name.clone(),
                _ => name.clone(),
            };
            Rival {
                relation: *id,
                source: None,
                name,
                short,
                label: framework.and_then(|framework| framework.label.clone()),
            }
        })
        .collect()
}
