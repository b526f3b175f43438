//! Kinds: declared, built in, and those that classifications make.

use super::error::{DeclarationError, KindError};
use super::items::{self, SortedFile};
use super::near::nearest;
use super::program::{FrameworkId, KindId, Program};
use super::report::Report;
use crate::syntax::tree::{ItemKind, KindDeclaration, Members, Name};
use crate::text::Span;
use rustc_hash::{FxHashMap, FxHashSet};

/// A kind before its members are known.
#[derive(Debug, Clone)]
pub(super) struct KindDraft<'a> {
    pub(super) name: String,
    pub(super) span: Option<Span>,
    pub(super) documentation: &'a [String],
    pub(super) parent: Option<KindId>,
    pub(super) root: KindId,
    pub(super) open: bool,
    /// What stands after `=`.
    pub(super) members: Option<&'a Members>,
    /// The framework of the classification that makes it.
    pub(super) framework: Option<FrameworkId>,
    /// The levels of the classification that makes it, the lowest first.
    pub(super) levels: Option<Vec<&'a Name>>,
}

impl KindDraft<'_> {
    /// Whether only the members that are listed are members.
    pub(super) fn is_closed(&self) -> bool {
        self.levels.is_some() || (self.members.is_some() && !self.open)
    }

    pub(super) fn is_ordered(&self) -> bool {
        self.levels.is_some() || self.members.is_some_and(|members| members.ordered)
    }
}

/// The kinds of a program.
#[derive(Debug, Default)]
pub(super) struct Kinds<'a> {
    pub(super) drafts: Vec<KindDraft<'a>>,
    by_name: FxHashMap<String, Vec<KindId>>,
    /// For each kind, those all of whose members are its members, itself included.
    pub(super) parts: Vec<FxHashSet<KindId>>,
}

/// The kinds that need no declaration, in the order of their ids.
const BUILT_IN: [&str; 4] = ["state", "number", "text", "date"];

/// Whether the members of a kind are values and not individuals.
pub(super) fn holds_values(kind: KindId) -> bool {
    [Program::NUMBER, Program::TEXT, Program::DATE].contains(&kind)
}

impl<'a> Kinds<'a> {
    /// Finds all kinds, their parents and their roots.
    pub(super) fn collect(files: &[SortedFile<'a>], report: &mut Report) -> Self {
        let mut drafts: Vec<KindDraft<'a>> = BUILT_IN
            .into_iter()
            .enumerate()
            .map(|(index, name)| KindDraft {
                name: name.to_owned(),
                span: None,
                documentation: &[],
                parent: None,
                root: KindId(index as u32),
                open: index != Program::STATE.index(),
                members: None,
                framework: None,
                levels: None,
            })
            .collect();
        let mut declared = declared(files, report);
        declared.sort_by(|one, two| (&one.name, one.framework).cmp(&(&two.name, two.framework)));
        drafts.append(&mut declared);
        let mut kinds = Kinds { drafts, ..Kinds::default() };
        for (index, draft) in kinds.drafts.iter_mut().enumerate() {
            draft.root = KindId(index as u32);
            kinds.by_name.entry(draft.name.clone()).or_default().push(KindId(index as u32));
        }
        kinds.find_parents(files, report);
        kinds.find_parts();
        kinds
    }

    pub(super) fn get(&self, kind: KindId) -> &KindDraft<'a> {
        &self.drafts[kind.index()]
    }

    pub(super) fn root(&self, kind: KindId) -> KindId {
        self.drafts[kind.index()].root
    }

    pub(super) fn name(&self, kind: KindId) -> &str {
        &self.drafts[kind.index()].name
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = KindId> + use<> {
        (0..self.drafts.len() as u32).map(KindId)
    }

    /// The kind of a name, as seen from a framework: the kinds that classifications make are known by
    /// their own framework first.
    pub(super) fn find(&self, name: &str, framework: Option<FrameworkId>) -> Option<KindId> {
        let found = self.by_name.get(name)?;
        let at = |wanted: Option<FrameworkId>| {
            found.iter().copied().find(|kind| self.drafts[kind.index()].framework == wanted)
        };
        let only = match found.as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        at(framework).or_else(|| at(None)).or(only)
    }

    /// The kind of a name, or a diagnostic.
    pub(super) fn expect(&self, name: &Name, framework: Option<FrameworkId>, report: &mut Report) -> Option<KindId> {
        let found = self.find(&name.text, framework);
        if found.is_none() {
            report.add(KindError::Unknown {
                name: name.text.clone(),
                span: name.span,
                near: nearest(&name.text, self.by_name.keys().map(String::as_str)),
            });
        }
        found
    }

    fn find_parents(&mut self, files: &[SortedFile<'a>], report: &mut Report) {
        for located in items::each(files) {
            let ItemKind::Kind(declaration) = &located.item.kind else { continue };
            let Some(parent_name) = &declaration.parent else { continue };
            let Some(kind) = self.declared_at(declaration) else { continue };
            let Some(parent) = self.expect(parent_name, None, report) else { continue };
            if holds_values(parent) {
                report.add(KindError::PartOfValues { parent: parent_name.text.clone(), span: parent_name.span });
                continue;
            }
            if self.drafts[kind.index()].is_ordered() {
                report.add(KindError::OrderedPart {
                    name: declaration.name.text.clone(),
                    parent: parent_name.text.clone(),
                    span: parent_name.span,
                });
                continue;
            }
            let circle = self.ancestors(parent).find(|ancestor| *ancestor == kind).is_some();
            if circle {
                let mut steps = vec![(declaration.name.text.clone(), declaration.name.span)];
                let above = self.ancestors(parent).take_while(|ancestor| *ancestor != kind);
                steps.extend(above.filter_map(|ancestor| {
                    let draft = self.get(ancestor);
                    Some((draft.name.clone(), draft.span?))
                }));
                report.add(KindError::Circle { steps });
                continue;
            }
            self.drafts[kind.index()].parent = Some(parent);
        }
        for kind in self.ids() {
            let root = self.ancestors(kind).last().unwrap_or(kind);
            self.drafts[kind.index()].root = root;
        }
    }

    fn declared_at(&self, declaration: &KindDeclaration) -> Option<KindId> {
        self.by_name
            .get(&declaration.name.text)?
            .iter()
            .copied()
            .find(|kind| self.drafts[kind.index()].span == Some(declaration.name.span))
    }

    /// A kind, the one it is a part of, and so on.
    pub(super) fn ancestors(&self, kind: KindId) -> impl Iterator<Item = KindId> + '_ {
        std::iter::successors(Some(kind), |kind| self.drafts[kind.index()].parent)
    }

    /// The kinds that a kind names among its members.
    pub(super) fn included(&self, kind: KindId) -> impl Iterator<Item = (KindId, &'a Name)> + '_ {
        let root = self.root(kind);
        let names = self.drafts[kind.index()].members.filter(|members| !members.ordered).map(|members| &members.names);
        names.into_iter().flatten().filter_map(move |name| {
            let included = self.find(&name.text, None)?;
            (included != kind && self.root(included) == root && !name.quoted).then_some((included, name))
        })
    }

    fn find_parts(&mut self) {
        let mut below: Vec<Vec<KindId>> = vec![Vec::new(); self.drafts.len()];
        for kind in self.ids() {
            if let Some(parent) = self.get(kind).parent {
                below[parent.index()].push(kind);
            }
            below[kind.index()].extend(self.included(kind).map(|(included, _)| included));
        }
        self.parts = self
            .ids()
            .map(|kind| {
                let mut reached = FxHashSet::from_iter([kind]);
                let mut waiting = vec![kind];
                while let Some(next) = waiting.pop() {
                    waiting.extend(below[next.index()].iter().copied().filter(|part| reached.insert(*part)));
                }
                reached
            })
            .collect();
    }

    /// Whether a kind has an unnamed member: because it is open, because a part of it is, or because it
    /// is a part, of members that nobody listed, of one that is.
    pub(super) fn has_unnamed(&self, kind: KindId) -> bool {
        let holds_open = self.parts[kind.index()].iter().any(|part| self.get(*part).open);
        let within_open =
            || self.ancestors(kind).take_while(|above| !self.get(*above).is_closed()).any(|above| self.get(above).open);
        holds_open || within_open()
    }
}

fn declared<'a>(files: &[SortedFile<'a>], report: &mut Report) -> Vec<KindDraft<'a>> {
    let mut drafts: Vec<KindDraft<'a>> = Vec::new();
    let mut seen: FxHashMap<(Option<FrameworkId>, &str), Span> = FxHashMap::default();
    let mut classifications = Vec::new();
    for located in items::each(files) {
        match &located.item.kind {
            ItemKind::Kind(declaration) => {
                let name = &declaration.name;
                if BUILT_IN.contains(&name.text.as_str()) {
                    report.add(KindError::BuiltIn { name: name.text.clone(), span: name.span });
                    continue;
                }
                if let Some(first) = seen.insert((None, &name.text), name.span) {
                    report.add(DeclarationError::Duplicate {
                        sort: "kind",
                        name: name.text.clone(),
                        span: name.span,
                        first,
                    });
                    seen.insert((None, &name.text), first);
                    continue;
                }
                drafts.push(KindDraft {
                    name: name.text.clone(),
                    span: Some(name.span),
                    documentation: &located.item.documentation,
                    parent: None,
                    root: Program::STATE,
                    open: declaration.open,
                    members: declaration.members.as_ref(),
                    framework: None,
                    levels: None,
                });
            }
            ItemKind::Classification(classification) => classifications.push((located, classification)),
            _ => {}
        }
    }
    for (located, classification) in classifications {
        let name = &classification.head.name;
        let first =
            seen.get(&(None, name.text.as_str())).or_else(|| seen.get(&(located.framework, name.text.as_str())));
        if let Some(first) = first {
            report.add(DeclarationError::Duplicate {
                sort: "classification",
                name: name.text.clone(),
                span: name.span,
                first: *first,
            });
            continue;
        }
        seen.insert((located.framework, &name.text), name.span);
        let mut levels: Vec<&Name> = vec![&classification.otherwise];
        levels.extend(classification.cases.iter().rev().map(|case| &case.level));
        drafts.push(KindDraft {
            name: name.text.clone(),
            span: Some(name.span),
            documentation: &located.item.documentation,
            parent: None,
            root: Program::STATE,
            open: false,
            members: None,
            framework: located.framework,
            levels: Some(levels),
        });
    }
    drafts
}
