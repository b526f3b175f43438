//! Individuals that are named and not declared.

use super::error::{NewIndividual, Refused};
use super::individuals::IndividualDraft;
use super::meant::{Called, Callings, Meant};
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

fn called(draft: &IndividualDraft) -> Called<'_> {
    Called {
        name: &draft.name,
        label: draft.label.as_ref().map(|(label, _)| label.as_str()),
        codes: draft.aliases.iter().map(|(scheme, code, _)| (scheme.as_str(), code.as_str())).collect(),
    }
}

impl Resolver<'_> {
    /// Doubts new individuals whose names are near known ones, or are codes or labels of known ones; under `--strict` refuses all that
    /// are not declared, and always those of whom only an assumption speaks.
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
            let called: Vec<Called<'_>> = known.iter().map(|index| called(&drafts[*index])).collect();
            let callings = Callings::new(&called);
            let declared = SlipIndex::new(known.iter().map(|index| drafts[*index].name.as_str()));
            let asked = new.iter().any(|index| !drafts[*index].in_evidence);
            let recorded = new.iter().filter(|index| asked && drafts[**index].in_evidence);
            let recorded = SlipIndex::new(recorded.map(|index| drafts[*index].name.as_str()));
            let mut in_tables: BTreeMap<(u32, u32), NewInTable> = BTreeMap::new();
            for index in new {
                let draft = &drafts[index];
                let by_name = |name: &str| vec![Meant { name: name.to_owned(), by: None }];
                let of_evidence = || if draft.in_evidence { None } else { recorded.find(&draft.name).map(by_name) };
                // Of those in tables the imports have told whoever is called otherwise.
                let otherwise = if draft.in_tables { None } else { callings.find(&draft.name) };
                let longer =
                    || if draft.in_tables { None } else { callings.find_longer(&draft.name).map(|one| vec![one]) };
                let meant = otherwise
                    .or_else(|| declared.find(&draft.name).map(by_name))
                    .or_else(longer)
                    .or_else(of_evidence)
                    .unwrap_or_default();
                let Some(span) = draft.span else { continue };
                let first = meant.first().and_then(|meant| {
                    self.individuals.find(draft.root, &meant.name).and_then(|known| self.individuals.get(known).span)
                });
                let kind = draft.kinds.first().copied().unwrap_or(draft.root);
                let why = match (draft.is_given, self.options.strict) {
                    (false, _) => Refused::Assumed,
                    (true, true) => Refused::Strict,
                    (true, false) => Refused::No,
                };
                if why == Refused::Strict && draft.in_tables && meant.is_empty() {
                    // Once for a column, and not for each of many names.
                    let new = NewInTable { kind, span, names: Vec::new() };
                    in_tables.entry((span.file.0, span.start)).or_insert(new).names.push(draft.name.clone());
                } else if why != Refused::No || !meant.is_empty() {
                    self.report.add(NewIndividual {
                        name: draft.name.clone(),
                        kind: self.kinds.name(kind).to_owned(),
                        meant,
                        span,
                        first,
                        count: draft.mentions,
                        why,
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
