//! The kinds of roles, once everything has been said of them.

use super::error::KindError;
use super::kinds::holds_values;
use super::names::Sort;
use super::program::{KindId, Program, Target};
use super::resolver::Resolver;
use super::targets::RoleKind;

impl Resolver<'_> {
    /// Gives the roles that nothing fixed the kind that they have by default, and reports those that have none.
    pub(super) fn settle_roles(&mut self) {
        for node in std::mem::take(&mut self.number_nodes) {
            if self.inference.kind(node).is_none() {
                let _ = self.inference.assign(node, Program::NUMBER, self.origin);
            }
        }
        let mut relations: Vec<usize> = (0..self.relations.len()).collect();
        relations.sort_by_key(|index| self.names.symbols[self.relations[*index].symbol].sort == Sort::Sketch);
        let drafts = relations
            .iter()
            .map(|index| &self.relations[*index])
            .chain(&self.measures)
            .flat_map(|draft| draft.roles.iter().take(2))
            .filter_map(|role| match role.kind {
                RoleKind::Sought(node) => Some((node, role.span)),
                _ => None,
            });
        for (node, span) in drafts {
            if self.inference.kind(node).is_none() {
                let _ = self.inference.assign(node, Program::STATE, span);
            }
        }
        let mut unknown = Vec::new();
        for draft in self.relations.iter().chain(&self.measures) {
            for (index, role) in draft.roles.iter().enumerate() {
                if let RoleKind::Sought(node) = role.kind
                    && self.inference.kind(node).is_none()
                    && !self.inference.is_poisoned(node)
                {
                    unknown.push((draft.symbol, index, role.span, node));
                }
            }
        }
        let mut reported = Vec::new();
        for (symbol, index, span, node) in unknown {
            let node = self.inference.representative(node);
            if reported.contains(&node) {
                continue;
            }
            reported.push(node);
            let sort = self.names.symbols[symbol].sort;
            let roles = self.roles_as_declared(symbol);
            self.report.add(KindError::RoleOfNoKind {
                name: self.names.symbols[symbol].name.clone(),
                is_sketch: sort == Sort::Sketch,
                index,
                roles,
                span,
            });
        }
        for node in reported {
            self.inference.poison(node);
        }
    }

    /// Roles in the form of a declaration, with `…` for kinds that are unknown.
    fn roles_as_declared(&mut self, symbol: usize) -> Vec<(String, Option<String>)> {
        let Some(target) = self.names.symbols[symbol].referent.target() else { return Vec::new() };
        let roles = self.target(target).roles.clone();
        roles
            .into_iter()
            .map(|role| {
                let kind = self.kind_of(role.kind).map(|kind| self.kinds.name(kind).to_owned());
                (role.name, kind)
            })
            .collect()
    }

    /// The kind of a role, once it is known.
    pub(super) fn kind_of(&mut self, kind: RoleKind) -> Option<KindId> {
        match kind {
            RoleKind::Fixed(kind) => Some(kind),
            RoleKind::Sought(node) => self.inference.kind(node).filter(|_| !self.inference.is_poisoned(node)),
            RoleKind::Unknown => None,
        }
    }

    /// The first two roles of one kind, of individuals.
    pub(super) fn pair_of(&mut self, target: Target) -> Option<(usize, usize)> {
        let roles: Vec<RoleKind> = self.target(target).roles.iter().map(|role| role.kind).collect();
        let kinds: Vec<Option<KindId>> = roles.into_iter().map(|kind| self.kind_of(kind)).collect();
        (0..kinds.len())
            .flat_map(|one| (one + 1..kinds.len()).map(move |two| (one, two)))
            .find(|(one, two)| kinds[*one].is_some_and(|kind| !holds_values(kind)) && kinds[*one] == kinds[*two])
    }
}
