//! What imports say of the kinds of roles that nobody declared, as facts do.

use crate::model::inference::NodeId;
use crate::model::items;
use crate::model::names::{Lookup, Sort};
use crate::model::program::KindId;
use crate::model::resolver::Resolver;
use crate::model::scope::{Constant, constant_of};
use crate::model::targets::RoleKind;
use crate::syntax::tree::{FactTemplate, ItemKind, TemplateArgument, TemplateArgumentKind, TermKind};
use crate::tables::{Bound, Table, header_of};
use crate::text::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Places that are filled from one column, or by codes of one scheme: those whom they mean are of one kind, where nothing says otherwise.
#[derive(Debug, PartialEq, Eq, Hash, Clone, Copy)]
enum Filled<'a> {
    Scheme(&'a str),
    /// By the place of the import, and the column.
    Column(Span, &'a str),
}

/// What is known of such places.
#[derive(Debug, Default)]
struct Together {
    fixed: Vec<KindId>,
    sought: Vec<(NodeId, Span)>,
}

/// An argument of a template, once for each value of its variable.
struct Place<'a> {
    role: RoleKind,
    argument: &'a TemplateArgument,
    bound: Option<Bound<'a>>,
    import: Span,
}

impl<'a> Resolver<'a> {
    /// What the schemes, columns and constants of imports say of the roles whose kinds are sought.
    pub(in crate::model) fn constrain_by_imports(&mut self) {
        let mut order: Vec<Filled<'a>> = Vec::new();
        let mut filled: FxHashMap<Filled<'a>, Together> = FxHashMap::default();
        for Place { role, argument, bound, import } in self.import_places() {
            match &argument.kind {
                TemplateArgumentKind::Cell { cell, scheme, .. } => {
                    let by = match scheme {
                        Some(scheme) => Filled::Scheme(&scheme.text),
                        None => Filled::Column(import, header_of(cell, bound)),
                    };
                    let together = filled.entry(by).or_insert_with(|| {
                        order.push(by);
                        Together::default()
                    });
                    match role {
                        RoleKind::Fixed(kind) => together.fixed.push(self.kinds.root(kind)),
                        RoleKind::Sought(node) => together.sought.push((node, argument.span)),
                        RoleKind::Unknown => {}
                    }
                }
                TemplateArgumentKind::Term(term) => {
                    let RoleKind::Sought(node) = role else { continue };
                    let constant = match &term.kind {
                        TermKind::Variable(name) => bound.and_then(|bound| value(bound, name)),
                        _ => constant_of(term),
                    };
                    if let Some(constant) = constant {
                        self.constrain_constant(&constant, argument.span, node);
                    }
                }
            }
        }
        for by in order {
            let together = filled.remove(&by).unwrap_or_default();
            self.constrain_together(by, &together);
        }
    }

    fn constrain_together(&mut self, by: Filled<'a>, together: &Together) {
        let Some(((first, _), others)) = together.sought.split_first() else { return };
        let declared = match by {
            Filled::Scheme(scheme) => self.kinds_with_scheme(scheme),
            Filled::Column(..) => Vec::new(),
        };
        let mut kinds = if declared.is_empty() { together.fixed.clone() } else { declared };
        kinds.sort_unstable();
        kinds.dedup();
        match kinds.as_slice() {
            [] => {
                for (other, span) in others {
                    if let Err(conflict) = self.inference.join(*first, *other) {
                        self.report_conflict(self.texts.slice(*span).to_owned(), conflict, *span);
                        self.inference.poison(*other);
                    }
                }
            }
            [kind] => {
                for (node, span) in &together.sought {
                    self.assign_from_table(*node, *kind, *span);
                }
            }
            _ => {}
        }
    }

    /// Where the kind of a column is still sought: the one of which those are known to be whose names stand in it.
    pub(in crate::model) fn constrain_by_cells(&mut self) {
        let mut found: BTreeMap<u32, (NodeId, Span, Vec<KindId>)> = BTreeMap::new();
        for Place { role, argument, bound, import } in self.import_places() {
            let (RoleKind::Sought(node), TemplateArgumentKind::Cell { cell, scheme: None, .. }) =
                (role, &argument.kind)
            else {
                continue;
            };
            if self.inference.kind(node).is_some() || self.inference.is_poisoned(node) {
                continue;
            }
            let Some(table) = self.tables.of(import) else { continue };
            let kinds = self.kinds_named_in(table, header_of(cell, bound));
            let node = self.inference.representative(node);
            found.entry(node.0).or_insert_with(|| (node, argument.span, Vec::new())).2.extend(kinds);
        }
        for (node, span, mut kinds) in found.into_values() {
            kinds.sort_unstable();
            kinds.dedup();
            if let [kind] = kinds.as_slice() {
                self.assign_from_table(node, *kind, span);
            }
        }
    }

    fn assign_from_table(&mut self, node: NodeId, kind: KindId, span: Span) {
        if let Err(conflict) = self.inference.assign(node, kind, span) {
            self.report_conflict(self.texts.slice(span).to_owned(), conflict, span);
            self.inference.poison(node);
        }
    }

    /// The arguments of all templates about predicates and measures that take so many.
    fn import_places(&self) -> Vec<Place<'a>> {
        let mut places = Vec::new();
        for located in items::each(&self.files) {
            let ItemKind::Import(import) = &located.item.kind else { continue };
            for template in &import.templates {
                let Lookup::Found(symbol) = self.names.look_up(&template.name, located.framework) else { continue };
                let symbol = &self.names.symbols[symbol];
                if !matches!(symbol.sort, Sort::Predicate | Sort::Sketch | Sort::Measure) {
                    continue;
                }
                let Some(target) = symbol.referent.target() else { continue };
                let roles = &self.target(target).roles;
                if roles.len() != template.arguments.len() {
                    continue;
                }
                for bound in bounds(template) {
                    let each = roles.iter().zip(&template.arguments);
                    places.extend(each.map(|(role, argument)| Place {
                        role: role.kind,
                        argument,
                        bound,
                        import: located.item.span,
                    }));
                }
            }
        }
        places
    }

    /// The outermost kinds of those who are declared with a code of a scheme.
    fn kinds_with_scheme(&self, scheme: &str) -> Vec<KindId> {
        let has = |aliases: &[(String, String, Span)]| aliases.iter().any(|(of, _, _)| of == scheme);
        self.individuals.drafts.iter().filter(|draft| has(&draft.aliases)).map(|draft| draft.root).collect()
    }

    /// The outermost kinds that are known of the names in a column. A name that is known of several kinds says nothing.
    fn kinds_named_in(&self, table: &Table, header: &str) -> Vec<KindId> {
        let Some(column) = table.column(header).map(|place| &table.columns[place]) else { return Vec::new() };
        let texts = (0..column.symbols() as u32).filter(|symbol| !column.is_missing(*symbol));
        let texts: FxHashSet<&str> = texts.map(|symbol| column.text(symbol)).collect();
        let labelled = self.individuals.drafts.iter().filter_map(|draft| {
            let (label, _) = draft.label.as_ref()?;
            texts.contains(label.as_str()).then_some(draft.root)
        });
        let labelled: Vec<KindId> = labelled.collect();
        let known = self.known_kinds(texts).into_values().filter(|kinds| kinds.len() == 1);
        known.flatten().chain(labelled).collect()
    }
}

fn bounds(template: &FactTemplate) -> Vec<Option<Bound<'_>>> {
    match &template.each {
        None => vec![None],
        Some(each) => (0..each.values.len()).map(|value| Some(Bound { each, value })).collect(),
    }
}

/// What a variable of `for K in {…}` stands for: a name, or a number of a range.
fn value(bound: Bound<'_>, variable: &str) -> Option<Constant> {
    let text = bound.text(variable)?;
    Some(match text.parse() {
        Ok(number) if !bound.each.values[bound.value].quoted => Constant::Number(number),
        _ => Constant::Quoted(text.to_owned()),
    })
}
