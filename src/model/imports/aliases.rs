//! Who has which code and which label, and what is known of those whom tables bring in.

use super::newcomers::NamedInTable;
use crate::model::individuals::Individuals;
use crate::model::program::{IndividualId, KindId, OTHER_NAME};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::collections::BTreeSet;

/// Those who have a code.
pub(super) type Holders = SmallVec<[IndividualId; 1]>;

/// Who has which code, and which label.
#[derive(Default)]
pub(super) struct AliasIndex {
    pub(super) holders: FxHashMap<(KindId, String, String), Holders>,
    /// Schemes that declarations use, by kind.
    pub(super) declared: FxHashSet<(KindId, String)>,
    /// By label, or another name, in small letters; none where several of a kind have it.
    pub(super) labels: FxHashMap<(KindId, String), Option<IndividualId>>,
    /// How many individuals there are without tables, and of each outermost kind how many of them are declared.
    pub(super) known_before: usize,
    members: FxHashMap<KindId, usize>,
    /// Whom imports name, as far as somebody is new.
    pub(super) named: Vec<NamedInTable>,
    /// Those whom a cell with `or new` brings in, and the schemes of such cells.
    pub(super) by_right: FxHashSet<IndividualId>,
    pub(super) schemes_by_right: FxHashSet<(KindId, String)>,
}

impl AliasIndex {
    pub(super) fn new(individuals: &Individuals) -> Self {
        let mut index = AliasIndex { known_before: individuals.drafts.len(), ..AliasIndex::default() };
        for (place, draft) in individuals.drafts.iter().enumerate() {
            if draft.declared {
                *index.members.entry(draft.root).or_default() += 1;
            }
            let others = draft.aliases.iter().filter(|(scheme, ..)| scheme == OTHER_NAME).map(|(_, name, _)| name);
            for name in draft.label.iter().map(|(label, _)| label).chain(others) {
                let individual = Some(IndividualId(place as u32));
                let only = index.labels.entry((draft.root, name.to_lowercase())).or_insert(individual);
                *only = only.filter(|only| Some(*only) == individual);
            }
            for (scheme, code, _) in &draft.aliases {
                index.declared.insert((draft.root, scheme.clone()));
                index.add(draft.root, scheme, code, IndividualId(place as u32));
            }
        }
        index
    }

    pub(super) fn add(&mut self, root: KindId, scheme: &str, code: &str, individual: IndividualId) {
        let holders = self.holders.entry((root, scheme.to_owned(), code.to_owned())).or_default();
        if !holders.contains(&individual) {
            holders.push(individual);
        }
    }

    /// Who has a code: `002` and `2` are one, and so are `usa` and `USA`.
    pub(super) fn find(&self, root: KindId, scheme: &str, code: &str, number: Option<f64>) -> Option<&Holders> {
        let plain = number.filter(|number| number.fract() == 0.0).map(|number| format!("{number:.0}"));
        let upper = code.to_uppercase();
        let spellings = [Some(code), plain.as_deref(), Some(upper.as_str())];
        let of = |code: &str| self.holders.get(&(root, scheme.to_owned(), code.to_owned()));
        spellings.into_iter().flatten().find_map(of)
    }

    /// How many of an outermost kind are declared.
    pub(super) fn members(&self, root: KindId) -> usize {
        self.members.get(&root).copied().unwrap_or_default()
    }

    /// The schemes that declarations of a kind use, in order.
    pub(super) fn declared_schemes(&self, root: KindId) -> Vec<&str> {
        let of_kind = self.declared.iter().filter(|(kind, _)| *kind == root);
        let mut schemes: Vec<&str> = of_kind.map(|(_, scheme)| scheme.as_str()).collect();
        schemes.sort_unstable();
        schemes
    }

    /// The kinds of which some who are declared have codes of a scheme, in order.
    pub(super) fn kinds_with(&self, scheme: &str) -> Vec<KindId> {
        let of_scheme = self.declared.iter().filter(|(_, of)| of == scheme);
        let mut kinds: Vec<KindId> = of_scheme.map(|(kind, _)| *kind).collect();
        kinds.sort_unstable();
        kinds
    }

    /// The schemes by which somebody of a kind has a code, in order.
    pub(super) fn schemes(&self, root: KindId) -> BTreeSet<&str> {
        self.holders.keys().filter(|(kind, ..)| *kind == root).map(|(_, scheme, _)| scheme.as_str()).collect()
    }
}
