//! Frameworks that extend others: which definitions they have from those, and which they replace.
//!
//! What is inherited is not copied but read again, as an item of the framework that extends: so every name in it is
//! looked up from there, and a criterion that is redefined is the one to which the inherited ones refer.

use super::error::{NameError, VariantError};
use super::items::{Inherited, SortedFile};
use super::near::nearest;
use super::program::{Framework, FrameworkId};
use super::report::Report;
use crate::syntax::tree::{Head, Item, ItemKind, Name};
use crate::text::Span;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

/// The head of an item that defines something of a framework.
fn head(item: &Item) -> Option<&Head> {
    match &item.kind {
        ItemKind::Rule(rule) => Some(&rule.head),
        ItemKind::DefinedMeasure(measure) => Some(&measure.head),
        ItemKind::Classification(classification) => Some(&classification.head),
        _ => None,
    }
}

/// The frameworks that extend others.
struct Variants<'a> {
    /// By framework: the one that it extends, and the place that says so.
    extends: BTreeMap<FrameworkId, (FrameworkId, Span)>,
    /// Frameworks whose `extends` is wrong, which has been reported.
    broken: FxHashSet<FrameworkId>,
    /// By framework: the items of its own that define something of it.
    own: BTreeMap<FrameworkId, Vec<&'a Item>>,
}

/// Gives each file that holds a framework what the framework inherits. `clauses` are the frameworks' `extends`.
pub(super) fn inherit<'a>(
    files: &mut [SortedFile<'a>],
    clauses: &[(FrameworkId, &'a Name)],
    frameworks: &mut [Framework],
    report: &mut Report,
) {
    let predicates: FxHashSet<&str> = files
        .iter()
        .flat_map(|file| file.items)
        .filter_map(|item| match &item.kind {
            ItemKind::Predicate(predicate) => Some(predicate.name.text.as_str()),
            _ => None,
        })
        .collect();
    let mut variants = Variants { extends: BTreeMap::new(), broken: FxHashSet::default(), own: BTreeMap::new() };
    for file in files.iter() {
        for item in file.items {
            let Some(head) = head(item) else { continue };
            match file.framework {
                // A rule about a predicate adds evidence to it, and belongs to no framework.
                Some(framework) if !predicates.contains(head.name.text.as_str()) => {
                    variants.own.entry(framework).or_default().push(item);
                }
                _ => variants.check_outside(file.framework, head, clauses, frameworks, report),
            }
        }
    }
    variants.find_extended(clauses, frameworks, report);
    variants.break_circles(frameworks, report);
    for (framework, (extended, _)) in &variants.extends {
        frameworks[framework.index()].extends = Some(*extended);
    }
    let mut known: BTreeMap<FrameworkId, Inherited<'a>> = BTreeMap::new();
    for framework in (0..frameworks.len() as u32).map(FrameworkId) {
        let inherited = variants.inherited(framework, &mut known);
        variants.check_definitions(framework, &known, frameworks, report);
        // One file holds a framework; where two claim it, which is reported, the first has what is inherited.
        if let Some(file) = files.iter_mut().find(|file| file.framework == Some(framework)) {
            file.inherited = inherited;
        }
    }
}

impl<'a> Variants<'a> {
    fn find_extended(&mut self, clauses: &[(FrameworkId, &Name)], frameworks: &[Framework], report: &mut Report) {
        for (framework, name) in clauses {
            match frameworks.binary_search_by(|other| other.name.as_str().cmp(&name.text)) {
                Ok(at) => {
                    self.extends.insert(*framework, (FrameworkId(at as u32), name.span));
                }
                Err(_) => {
                    let others = frameworks.iter().map(|other| other.name.as_str());
                    let own = &frameworks[framework.index()].name;
                    report.add(NameError::UnknownFramework {
                        name: name.text.clone(),
                        span: name.span,
                        near: nearest(&name.text, others.filter(|other| other != own)),
                    });
                    self.broken.insert(*framework);
                }
            }
        }
    }

    /// Reports frameworks that extend one another in a circle, each circle once; they inherit nothing.
    fn break_circles(&mut self, frameworks: &[Framework], report: &mut Report) {
        let ids: Vec<FrameworkId> = self.extends.keys().copied().collect();
        for start in ids {
            let mut circle: Vec<(FrameworkId, Span)> = Vec::new();
            let mut at = start;
            while let Some((next, span)) = self.extends.get(&at) {
                circle.push((*next, *span));
                at = *next;
                if at == start || circle.len() > frameworks.len() {
                    break;
                }
            }
            if at != start || circle.is_empty() {
                continue;
            }
            for (framework, _) in &circle {
                self.extends.remove(framework);
                self.broken.insert(*framework);
            }
            let steps =
                circle.iter().map(|(next, span)| (frameworks[next.index()].name.clone(), *span)).collect::<Vec<_>>();
            report.add(VariantError::Circle { steps });
        }
    }

    /// What a framework has from the one that it extends, in the order of the text, the nearest first.
    fn inherited(&self, framework: FrameworkId, known: &mut BTreeMap<FrameworkId, Inherited<'a>>) -> Inherited<'a> {
        // Without circles, a chain is as long as there are frameworks at most; so no recursion is needed.
        let mut chain = vec![framework];
        while let Some(last) = chain.last()
            && let Some((extended, _)) = self.extends.get(last)
            && !known.contains_key(last)
        {
            chain.push(*extended);
        }
        while let Some(framework) = chain.pop() {
            if known.contains_key(&framework) {
                continue;
            }
            let replaced: FxHashSet<&str> = self.own_names(framework).map(|head| head.name.text.as_str()).collect();
            let inherited = match self.extends.get(&framework) {
                None => Inherited::default(),
                Some((extended, _)) => self
                    .all(*extended, known)
                    .filter(|item| head(item).is_some_and(|head| !replaced.contains(head.name.text.as_str())))
                    .collect(),
            };
            known.insert(framework, inherited);
        }
        known.get(&framework).cloned().unwrap_or_default()
    }

    fn own_names(&self, framework: FrameworkId) -> impl Iterator<Item = &'a Head> {
        self.own.get(&framework).into_iter().flatten().copied().filter_map(head)
    }

    /// All definitions of a framework, its own first.
    fn all<'k>(
        &'k self,
        framework: FrameworkId,
        known: &'k BTreeMap<FrameworkId, Inherited<'a>>,
    ) -> impl Iterator<Item = &'a Item> + 'k {
        let inherited = known.get(&framework).into_iter().flat_map(|inherited| inherited.iter());
        self.own.get(&framework).into_iter().flatten().chain(inherited).copied()
    }

    /// Whether each definition of a framework says `redefine` where it replaces another one, and only there.
    fn check_definitions(
        &self,
        framework: FrameworkId,
        known: &BTreeMap<FrameworkId, Inherited<'a>>,
        frameworks: &[Framework],
        report: &mut Report,
    ) {
        if self.broken.contains(&framework) {
            return;
        }
        let Some((extended, extends)) = self.extends.get(&framework) else {
            for head in self.own_names(framework) {
                if let Some(span) = head.redefines {
                    let framework = Some(frameworks[framework.index()].span);
                    report.add(VariantError::RedefineOutside { name: head.name.text.clone(), span, framework });
                }
            }
            return;
        };
        let inherited: Vec<&Head> = self.all(*extended, known).filter_map(head).collect();
        let extended_name = &frameworks[extended.index()].name;
        let mut told: FxHashSet<&str> = FxHashSet::default();
        for head in self.own_names(framework) {
            let name = head.name.text.as_str();
            let original = inherited.iter().find(|original| original.name.text == name);
            match (head.redefines, original) {
                (None, Some(original)) => {
                    // Of several rules the first is enough.
                    if told.insert(name) {
                        report.add(VariantError::PlainRedefinition {
                            name: name.to_owned(),
                            span: head.name.span,
                            original: original.name.span,
                            extended: extended_name.clone(),
                            extends: *extends,
                        });
                    }
                }
                (Some(_), None) => report.add(VariantError::RedefinesNothing {
                    name: name.to_owned(),
                    span: head.name.span,
                    extended: extended_name.clone(),
                    near: nearest(name, inherited.iter().map(|original| original.name.text.as_str())),
                }),
                (Some(_), Some(_)) | (None, None) => {}
            }
        }
    }

    /// A `redefine` where there is no framework, or of a predicate.
    fn check_outside(
        &self,
        framework: Option<FrameworkId>,
        head: &Head,
        clauses: &[(FrameworkId, &Name)],
        frameworks: &[Framework],
        report: &mut Report,
    ) {
        let Some(span) = head.redefines else { return };
        let name = head.name.text.clone();
        let clause = clauses.iter().find(|(own, _)| Some(*own) == framework);
        match clause {
            Some((_, extended)) => report.add(VariantError::RedefinesNothing {
                name,
                span: head.name.span,
                extended: extended.text.clone(),
                near: None,
            }),
            None => {
                let framework = framework.map(|framework| frameworks[framework.index()].span);
                report.add(VariantError::RedefineOutside { name, span, framework });
            }
        }
    }
}
