//! Who has a code that nobody has in its scheme: by another scheme, or by name.

use super::aliases::AliasIndex;
use crate::model::program::{IndividualId, KindId};
use crate::model::resolver::Resolver;
use crate::tables::{Elsewhere, HolderElsewhere};

/// So many are told.
const MOST: usize = 2;

impl Resolver<'_> {
    /// Those who have a code of one scheme in others, or are called so, those first who have it in most.
    pub(super) fn elsewhere(
        &self,
        root: KindId,
        scheme: &str,
        code: &str,
        number: Option<f64>,
        index: &AliasIndex,
    ) -> Option<Box<Elsewhere>> {
        let mut found: Vec<(IndividualId, Vec<String>)> = Vec::new();
        for other in index.declared_schemes(root).into_iter().filter(|other| *other != scheme) {
            for holder in index.find(root, other, code, number).into_iter().flatten() {
                match found.iter_mut().find(|(known, _)| known == holder) {
                    Some((_, schemes)) => schemes.push(other.to_owned()),
                    None => found.push((*holder, vec![other.to_owned()])),
                }
            }
        }
        found.sort_by_key(|(_, schemes)| std::cmp::Reverse(schemes.len()));
        // Whoever a table brought in is called by its code, which tells nothing.
        let by_name = self.by_name_or_label(root, code, index).filter(|named| named.index() < index.known_before);
        if let Some(named) = by_name.filter(|named| found.iter().all(|(known, _)| known != named)) {
            found.push((named, Vec::new()));
        }
        found.truncate(MOST);
        let told = found.into_iter().map(|(individual, schemes)| {
            let individual = self.individuals.get(individual);
            let own = individual.aliases.iter().filter(|(of, ..)| of == scheme).map(|(_, code, _)| code.clone());
            HolderElsewhere { name: individual.name.clone(), schemes, own: own.collect() }
        });
        let holders: Vec<HolderElsewhere> = told.collect();
        (!holders.is_empty()).then(|| Box::new(Elsewhere { holders, is_alone: false }))
    }
}
