//! One criterion under each of its sources, as rivals.

use super::CompareError;
use super::error::Wanted;
use super::rivals::{Rival, single};
use crate::engine::Engine;
use crate::explain::cited_sources;
use crate::model::Program;
use crate::model::program::{SourceId, Target};

/// A criterion once for each source that says something on which it may depend; each hears that source, and what is said without one.
///
/// # Errors
/// Where no criterion, or more than one, is meant; where less than two sources bear on it.
pub fn by_source(engine: &Engine<'_>, words: &[String]) -> Result<Vec<Rival>, CompareError> {
    let program = engine.program();
    let rival = single(program, words, Wanted::Sources)?;
    let sources: Vec<SourceId> = cited_sources(program, engine.changes())
        .into_iter()
        .filter(|source| bears_on(program, rival.target(), *source))
        .collect();
    let named: Vec<String> = sources.iter().map(|source| program.source(*source).name.clone()).collect();
    if sources.len() < 2 {
        return Err(CompareError::FewerSources { criterion: rival.name, only: named.into_iter().next() });
    }
    let of_source = |(source, name): (SourceId, String)| Rival {
        relation: rival.relation,
        source: Some(source),
        name: format!("{} according to {name}", rival.name),
        short: name,
        label: program.source(source).citation.clone(),
    };
    Ok(sources.into_iter().zip(named).map(of_source).collect())
}

fn bears_on(program: &Program, target: Target, source: SourceId) -> bool {
    let reached = program.reached(&[target]);
    let may_matter = |target: Target| reached.contains(&target);
    let statements = program.statements.iter().map(|one| (one.target, &one.citations));
    let tables = program.table_statements.iter().map(|one| (one.pattern.target, &one.pattern.citations));
    let records = program.completeness.iter().map(|one| (one.target, &one.citations));
    statements
        .chain(tables)
        .chain(records)
        .any(|(target, citations)| may_matter(target) && citations.iter().any(|citation| citation.source == source))
}
