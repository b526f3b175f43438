//! Relations and measures before their kinds are known: roles from declarations, from heads, from use.

use super::error::{DeclarationError, KindError, RuleError};
use super::inference::NodeId;
use super::items::{self, Located};
use super::kinds::holds_values;
use super::names::{Referent, Sort};
use super::program::{KindId, Target};
use super::resolver::Resolver;
use crate::syntax::tree::{Gloss, Head, ItemKind, MeasureValues, Role, TermKind};
use crate::text::Span;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// What is known of a role's kind.
#[derive(Debug, Clone, Copy)]
pub(super) enum RoleKind {
    /// Declared.
    Fixed(KindId),
    /// To be found from use.
    Sought(NodeId),
    /// Its declaration was wrong and has been reported.
    Unknown,
}

/// A role before its kind is known.
#[derive(Debug, Clone)]
pub(super) struct RoleDraft {
    pub(super) name: String,
    pub(super) kind: RoleKind,
    /// Where its kind is declared, or where it is first used.
    pub(super) span: Span,
}

/// A relation or measure before the kinds of its roles are known.
#[derive(Debug, Clone)]
pub(super) struct TargetDraft<'a> {
    pub(super) symbol: usize,
    pub(super) roles: Vec<RoleDraft>,
    pub(super) span: Span,
    pub(super) documentation: Vec<String>,
    /// The place of the name that is said to be symmetric.
    pub(super) symmetric: Option<Span>,
    pub(super) reflexive: bool,
    /// With the names that it may use for the roles.
    pub(super) gloss: Option<(&'a Gloss, Vec<String>)>,
    pub(super) unit: Option<String>,
    pub(super) levels: Option<KindId>,
}

impl TargetDraft<'_> {
    fn new(symbol: usize, span: Span) -> Self {
        TargetDraft {
            symbol,
            roles: Vec::new(),
            span,
            documentation: Vec::new(),
            symmetric: None,
            reflexive: false,
            gloss: None,
            unit: None,
            levels: None,
        }
    }
}

/// What a head says of its roles.
struct HeadRoles<'a> {
    located: Located<'a>,
    head: &'a Head,
    symmetric: bool,
    reflexive: bool,
}

impl<'a> Resolver<'a> {
    /// Makes the relations and measures, with what declarations and heads say of their roles.
    pub(super) fn collect_targets(&mut self) {
        let placeholder = || TargetDraft::new(0, Span::new(crate::text::FileId(0), 0, 0));
        self.relations = (0..self.names.relation_count).map(|_| placeholder()).collect();
        self.measures = (0..self.names.measure_count).map(|_| placeholder()).collect();
        let mut heads: BTreeMap<usize, Vec<HeadRoles<'a>>> = BTreeMap::new();
        let files = self.files.clone();
        for located in items::each(&files) {
            match &located.item.kind {
                ItemKind::Predicate(predicate) => {
                    let Some(symbol) = self.declared_symbol(&predicate.name.text, predicate.name.span) else {
                        continue;
                    };
                    let mut draft = TargetDraft::new(symbol, predicate.name.span);
                    draft.roles = self.declared_roles(&predicate.roles);
                    draft.symmetric = predicate.symmetric.then_some(predicate.name.span);
                    draft.reflexive = predicate.reflexive;
                    draft.documentation.clone_from(&located.item.documentation);
                    draft.gloss = predicate.gloss.as_ref().map(|gloss| (gloss, role_names(&draft.roles)));
                    self.set_target(draft);
                }
                ItemKind::Measure(measure) => {
                    let Some(symbol) = self.declared_symbol(&measure.name.text, measure.name.span) else { continue };
                    let mut draft = TargetDraft::new(symbol, measure.name.span);
                    draft.roles = self.declared_roles(&measure.roles);
                    draft.symmetric = measure.symmetric.then_some(measure.name.span);
                    draft.reflexive = measure.reflexive;
                    draft.documentation.clone_from(&located.item.documentation);
                    draft.gloss = measure.gloss.as_ref().map(|gloss| (gloss, role_names(&draft.roles)));
                    match &measure.values {
                        Some(MeasureValues::Unit(unit)) => draft.unit = Some(unit.text.clone()),
                        Some(MeasureValues::Kind(name)) => {
                            let kind = self.kinds.expect(name, None, &mut self.report);
                            draft.levels = kind.filter(|kind| self.check_ordered(*kind, name.span));
                        }
                        None => {}
                    }
                    self.set_target(draft);
                }
                ItemKind::Rule(rule) => {
                    if let Some(symbol) = self.names.of_head(located.framework, &rule.head.name.text)
                        && self.names.symbols[symbol].sort == Sort::Criterion
                    {
                        let (symmetric, reflexive) = (rule.symmetric, rule.reflexive);
                        let roles = HeadRoles { located, head: &rule.head, symmetric, reflexive };
                        heads.entry(symbol).or_default().push(roles);
                    }
                }
                ItemKind::DefinedMeasure(measure) => self.defined_target(located, &measure.head, &mut heads),
                ItemKind::Classification(classification) => {
                    self.defined_target(located, &classification.head, &mut heads);
                }
                _ => {}
            }
        }
        for (symbol, heads) in heads {
            let draft = self.target_of_heads(symbol, &heads);
            self.set_target(draft);
        }
        self.sketch_targets();
    }

    fn set_target(&mut self, draft: TargetDraft<'a>) {
        match self.names.symbols[draft.symbol].referent {
            Referent::Relation(id) => self.relations[id.index()] = draft,
            Referent::Measure(id) => self.measures[id.index()] = draft,
            Referent::Parameter(_) => {}
        }
    }

    pub(super) fn target(&self, target: Target) -> &TargetDraft<'a> {
        match target {
            Target::Relation(id) => &self.relations[id.index()],
            Target::Measure(id) => &self.measures[id.index()],
        }
    }

    /// The symbol that a declaration made, unless another one came first.
    fn declared_symbol(&self, name: &str, span: Span) -> Option<usize> {
        self.names.at(None, name).filter(|symbol| self.names.symbols[*symbol].span == span)
    }

    fn check_ordered(&mut self, kind: KindId, span: Span) -> bool {
        let ordered = self.kinds.get(kind).is_ordered();
        if !ordered {
            let name = self.kinds.name(kind).to_owned();
            self.report.add(KindError::NotOrdered { kind: name, span });
        }
        ordered
    }

    fn declared_roles(&mut self, roles: &[Role]) -> Vec<RoleDraft> {
        let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
        let mut drafts = Vec::new();
        for role in roles {
            if let Some(first) = seen.insert(&role.name.text, role.name.span) {
                self.report.add(DeclarationError::DuplicateRole {
                    name: role.name.text.clone(),
                    span: role.name.span,
                    first,
                });
            }
            let kind = self.kinds.expect(&role.kind, None, &mut self.report);
            drafts.push(RoleDraft {
                name: role.name.text.clone(),
                kind: kind.map_or(RoleKind::Unknown, RoleKind::Fixed),
                span: role.kind.span,
            });
        }
        drafts
    }

    fn defined_target(
        &mut self,
        located: Located<'a>,
        head: &'a Head,
        heads: &mut BTreeMap<usize, Vec<HeadRoles<'a>>>,
    ) {
        let symbol = self.names.at(located.framework, &head.name.text);
        if let Some(symbol) = symbol.filter(|symbol| self.names.symbols[*symbol].span == head.name.span) {
            heads.entry(symbol).or_default().push(HeadRoles { located, head, symmetric: false, reflexive: false });
        }
    }

    /// The roles that all heads of a criterion agree on.
    fn target_of_heads(&mut self, symbol: usize, heads: &[HeadRoles<'a>]) -> TargetDraft<'a> {
        let Some(first) = heads.first() else {
            let span = self.names.symbols[symbol].span;
            return TargetDraft::new(symbol, span);
        };
        let mut draft = TargetDraft::new(symbol, first.head.span);
        let arity = first.head.arguments.len();
        let mut fitting: Vec<&HeadRoles<'a>> = Vec::new();
        for roles in heads {
            if roles.head.arguments.len() == arity {
                fitting.push(roles);
            } else {
                self.report.add(RuleError::HeadArity {
                    name: roles.head.name.text.clone(),
                    span: roles.head.span,
                    count: roles.head.arguments.len(),
                    first: first.head.span,
                    first_count: arity,
                });
            }
        }
        let names = canonical_names(&fitting, arity);
        for (index, name) in names.into_iter().enumerate() {
            let (kind, span) = self.head_role(&fitting, index).unwrap_or((RoleKind::Unknown, first.head.span));
            draft.roles.push(RoleDraft { name, kind, span });
        }
        for roles in &fitting {
            if roles.symmetric && draft.symmetric.is_none() {
                draft.symmetric = Some(roles.head.name.span);
            }
            draft.reflexive |= roles.reflexive;
            if draft.documentation.is_empty() {
                draft.documentation.clone_from(&roles.located.item.documentation);
            }
            let Some(gloss) = &roles.head.gloss else { continue };
            match &draft.gloss {
                None => draft.gloss = Some((gloss, head_names(roles.head))),
                Some((known, _)) if known.positive.text != gloss.positive.text => {
                    self.report.add(DeclarationError::DifferentGlosses {
                        name: roles.head.name.text.clone(),
                        span: gloss.positive.span,
                        first: known.positive.span,
                    });
                }
                Some(_) => {}
            }
        }
        if self.names.symbols[symbol].sort == Sort::Classification {
            draft.levels = self.kinds.find(&first.head.name.text, first.located.framework);
        }
        draft
    }

    /// What the annotations in one place of the heads say together.
    fn head_role(&mut self, heads: &[&HeadRoles<'a>], index: usize) -> Option<(RoleKind, Span)> {
        let mut annotated: Vec<(KindId, Span)> = Vec::new();
        for roles in heads {
            if let Some(name) = &roles.head.arguments[index].kind {
                annotated.push((self.kinds.expect(name, roles.located.framework, &mut self.report)?, name.span));
            }
        }
        let span = heads.first()?.head.arguments[index].term.span;
        let Some(&(mut common, first)) = annotated.first() else {
            return Some((RoleKind::Sought(self.inference.node()), span));
        };
        for (kind, place) in &annotated {
            if self.kinds.root(*kind) != self.kinds.root(common) {
                self.report.add(KindError::Conflict {
                    what: heads.first()?.head.name.text.clone(),
                    wanted: self.kinds.name(*kind).to_owned(),
                    span: *place,
                    has: self.kinds.name(common).to_owned(),
                    first,
                });
                return None;
            }
            let above: Vec<KindId> = self.kinds.ancestors(*kind).collect();
            common = self.kinds.ancestors(common).find(|ancestor| above.contains(ancestor)).unwrap_or(common);
        }
        if annotated.len() < heads.len() {
            common = self.kinds.root(common);
        }
        Some((RoleKind::Fixed(common), first))
    }

    fn sketch_targets(&mut self) {
        for at in 0..self.names.symbols.len() {
            let symbol = &self.names.symbols[at];
            let Some(sketch) = self.sketches.get(&symbol.name).filter(|_| symbol.sort == Sort::Sketch) else {
                continue;
            };
            let mut draft = TargetDraft::new(at, sketch.span);
            let (arity, span) = (sketch.arity, sketch.arity_span);
            draft.roles = (0..arity)
                .map(|index| RoleDraft {
                    name: letter_name(index),
                    kind: RoleKind::Sought(self.inference.node()),
                    span,
                })
                .collect();
            self.set_target(draft);
        }
    }

    /// Gives the roles that nothing fixed the kind that they have by default, and reports those that have none.
    pub(super) fn settle_roles(&mut self) {
        for node in std::mem::take(&mut self.number_nodes) {
            if self.inference.kind(node).is_none() {
                let _ = self.inference.assign(node, super::program::Program::NUMBER, self.origin);
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
                let _ = self.inference.assign(node, super::program::Program::STATE, span);
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

fn role_names(roles: &[RoleDraft]) -> Vec<String> {
    roles.iter().map(|role| role.name.clone()).collect()
}

/// The words by which a head's gloss may call its roles.
pub(super) fn head_names(head: &Head) -> Vec<String> {
    head.arguments
        .iter()
        .map(|argument| match &argument.term.kind {
            TermKind::Variable(name) => name.clone(),
            _ => String::new(),
        })
        .collect()
}

/// The variables that name a criterion's roles: of a head with a gloss, or else whichever comes first in the
/// alphabet, so that the order of rules does not matter.
fn canonical_names(heads: &[&HeadRoles<'_>], arity: usize) -> Vec<String> {
    let candidates = |glossed: bool| {
        heads
            .iter()
            .filter(|roles| !glossed || roles.head.gloss.is_some())
            .map(|roles| head_names(roles.head))
            .filter(|names| {
                names.iter().enumerate().all(|(index, name)| !name.is_empty() && !names[..index].contains(name))
            })
            .min()
    };
    candidates(true)
        .or_else(|| candidates(false))
        .unwrap_or_else(|| (0..arity).map(|index| letter_name(index).to_uppercase()).collect())
}

/// `a`, `b`, … for the roles of a predicate that nobody declared.
fn letter_name(index: usize) -> String {
    u8::try_from(index)
        .ok()
        .filter(|index| *index < 26)
        .map_or_else(|| format!("role_{}", index + 1), |index| char::from(b'a' + index).to_string())
}
