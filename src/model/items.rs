//! The items of all files in an order of their own: by file name, then by place.

use super::error::DeclarationError;
use super::program::{Framework, FrameworkId};
use super::report::Report;
use super::variants;
use crate::syntax::tree::{self, Item, ItemKind};
use crate::text::Span;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// The definitions that a framework has from the one that it extends.
pub(super) type Inherited<'a> = Rc<[&'a Item]>;

/// The items of one file.
#[derive(Debug, Clone)]
pub(super) struct SortedFile<'a> {
    /// The framework to which its criteria belong.
    pub(super) framework: Option<FrameworkId>,
    pub(super) items: &'a [Item],
    /// What the framework has besides; these items stand in other files.
    pub(super) inherited: Inherited<'a>,
}

/// One item, and what its neighbours and its file say of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Located<'a> {
    pub(super) framework: Option<FrameworkId>,
    pub(super) item: &'a Item,
    /// The rule that it follows, where it does.
    pub(super) after_rule: Option<Span>,
    /// Whether the framework has it from another one.
    pub(super) is_inherited: bool,
}

/// Every item, in order; what a framework inherits comes after what is in its file.
pub(super) fn each<'a>(files: &[SortedFile<'a>]) -> impl Iterator<Item = Located<'a>> {
    files.iter().flat_map(|file| {
        let framework = file.framework;
        let inherited =
            file.inherited.iter().map(move |item| Located { framework, item, after_rule: None, is_inherited: true });
        let own = file.items.iter().enumerate().map(move |(index, item)| Located {
            framework,
            item,
            is_inherited: false,
            after_rule: index
                .checked_sub(1)
                .map(|before| &file.items[before])
                .filter(|before| matches!(before.kind, ItemKind::Rule(_)) && !before.indented)
                .map(|before| before.span),
        });
        own.chain(inherited)
    })
}

/// Sorts the files, and finds the framework of each.
pub(super) fn sort<'a>(files: &'a [tree::File], report: &mut Report) -> (Vec<SortedFile<'a>>, Vec<Framework>) {
    let mut order: Vec<&tree::File> = files.iter().collect();
    order.sort_by_key(|file| report.places().key(Span { file: file.file, start: 0, end: 0 }));
    let mut frameworks: Vec<Framework> = Vec::new();
    let mut names: Vec<Option<String>> = Vec::new();
    let mut extended: Vec<&tree::Framework> = Vec::new();
    let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
    for file in &order {
        let mut own: Option<&tree::Framework> = None;
        for item in &file.items {
            let ItemKind::Framework(framework) = &item.kind else { continue };
            if let Some(first) = own {
                report.add(DeclarationError::SecondFramework { span: framework.name.span, first: first.name.span });
                continue;
            }
            own = Some(framework);
            if let Some(first) = seen.get(framework.name.text.as_str()) {
                report.add(DeclarationError::Duplicate {
                    sort: "framework",
                    name: framework.name.text.clone(),
                    span: framework.name.span,
                    first: *first,
                });
                continue;
            }
            seen.insert(&framework.name.text, framework.name.span);
            extended.push(framework);
            frameworks.push(Framework {
                name: framework.name.text.clone(),
                label: framework.label.as_ref().map(|label| label.text.clone()),
                documentation: item.documentation.clone(),
                span: framework.name.span,
                extends: None,
            });
        }
        names.push(own.map(|framework| framework.name.text.clone()));
    }
    frameworks.sort_by(|one, two| one.name.cmp(&two.name));
    let id = |frameworks: &[Framework], name: &str| {
        let found = frameworks.binary_search_by(|framework| framework.name.as_str().cmp(name));
        found.ok().map(|at| FrameworkId(at as u32))
    };
    let mut sorted: Vec<SortedFile<'a>> = order
        .into_iter()
        .zip(names)
        .map(|(file, name)| SortedFile {
            framework: name.and_then(|name| id(&frameworks, &name)),
            items: &file.items,
            inherited: Inherited::default(),
        })
        .collect();
    let clauses: Vec<(FrameworkId, &tree::Name)> = extended
        .iter()
        .filter_map(|framework| Some((id(&frameworks, &framework.name.text)?, framework.extends.as_ref()?)))
        .collect();
    variants::inherit(&mut sorted, &clauses, &mut frameworks, report);
    (sorted, frameworks)
}
