//! Individuals that are named and not declared.

use super::error::KindError;
use super::near::SlipIndex;
use super::program::KindId;
use super::resolver::Resolver;
use crate::tables::ImportFault;
use crate::text::Span;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Those whom a column of a table names and nothing declares.
struct NewInTable {
    kind: KindId,
    span: Span,
    names: Vec<String>,
}

impl Resolver<'_> {
    /// Doubts new individuals whose names are near known ones; under `--strict` refuses all that are not declared.
    pub(super) fn check_new_individuals(&mut self) {
        let mut by_root: FxHashMap<KindId, (Vec<usize>, Vec<usize>)> = FxHashMap::default();
        for (index, draft) in self.individuals.drafts.iter().enumerate() {
            if draft.value.is_some() || draft.is_told {
                continue;
            }
            let (known, new) = by_root.entry(draft.root).or_default();
            if draft.declared {
                known.push(index);
            } else {
                new.push(index);
            }
        }
        for (known, new) in by_root.into_values() {
            if new.is_empty() {
                continue;
            }
            let drafts = &self.individuals.drafts;
            let declared = SlipIndex::new(known.iter().map(|index| drafts[*index].name.as_str()));
            let asked = new.iter().any(|index| !drafts[*index].in_evidence);
            let recorded = new.iter().filter(|index| asked && drafts[**index].in_evidence);
            let recorded = SlipIndex::new(recorded.map(|index| drafts[*index].name.as_str()));
            let mut in_tables: BTreeMap<(u32, u32), NewInTable> = BTreeMap::new();
            for index in new {
                let draft = &drafts[index];
                let near = declared
                    .find(&draft.name)
                    .or_else(|| if draft.in_evidence { None } else { recorded.find(&draft.name) })
                    .map(str::to_owned);
                let Some(span) = draft.span else { continue };
                let first = near.as_ref().and_then(|near| {
                    self.individuals.find(draft.root, near).and_then(|known| self.individuals.get(known).span)
                });
                let kind = draft.kinds.first().copied().unwrap_or(draft.root);
                if self.options.strict && draft.in_tables && near.is_none() {
                    // Once for a column, and not for each of many names.
                    let new = NewInTable { kind, span, names: Vec::new() };
                    in_tables.entry((span.file.0, span.start)).or_insert(new).names.push(draft.name.clone());
                } else if self.options.strict || near.is_some() {
                    self.report.add(KindError::NewIndividual {
                        name: draft.name.clone(),
                        kind: self.kinds.name(kind).to_owned(),
                        near,
                        span,
                        first,
                        count: draft.mentions,
                        strict: self.options.strict,
                    });
                }
            }
            for NewInTable { kind, span, mut names } in in_tables.into_values() {
                names.sort_unstable();
                self.report.add(ImportFault::UndeclaredNames {
                    kind: self.kinds.name(kind).to_owned(),
                    cell: self.texts.slice(span).to_owned(),
                    names,
                    span,
                });
            }
        }
    }
}
