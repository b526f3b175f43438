//! The items of all files in an order of their own: by file name, then by place.

use super::error::DeclarationError;
use super::program::{Framework, FrameworkId};
use super::report::Report;
use crate::syntax::tree::{self, Item, ItemKind};
use crate::text::Span;
use rustc_hash::FxHashMap;

/// The items of one file.
#[derive(Debug, Clone, Copy)]
pub(super) struct SortedFile<'a> {
    /// The framework to which its criteria belong.
    pub(super) framework: Option<FrameworkId>,
    pub(super) items: &'a [Item],
}

/// One item, and what its neighbours and its file say of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Located<'a> {
    pub(super) framework: Option<FrameworkId>,
    pub(super) item: &'a Item,
    /// The rule that it follows, where it does.
    pub(super) after_rule: Option<Span>,
}

/// Every item, in order.
pub(super) fn each<'a>(files: &[SortedFile<'a>]) -> impl Iterator<Item = Located<'a>> {
    files.iter().copied().flat_map(|file| {
        file.items.iter().enumerate().map(move |(index, item)| Located {
            framework: file.framework,
            item,
            after_rule: index
                .checked_sub(1)
                .map(|before| &file.items[before])
                .filter(|before| matches!(before.kind, ItemKind::Rule(_)) && !before.indented)
                .map(|before| before.span),
        })
    })
}

/// Sorts the files, and finds the framework of each.
pub(super) fn sort<'a>(files: &'a [tree::File], report: &mut Report) -> (Vec<SortedFile<'a>>, Vec<Framework>) {
    let mut order: Vec<&tree::File> = files.iter().collect();
    order.sort_by_key(|file| report.places().key(Span { file: file.file, start: 0, end: 0 }));
    let mut frameworks: Vec<Framework> = Vec::new();
    let mut names: Vec<Option<String>> = Vec::new();
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
            frameworks.push(Framework {
                name: framework.name.text.clone(),
                label: framework.label.as_ref().map(|label| label.text.clone()),
                documentation: item.documentation.clone(),
                span: framework.name.span,
            });
        }
        names.push(own.map(|framework| framework.name.text.clone()));
    }
    frameworks.sort_by(|one, two| one.name.cmp(&two.name));
    let sorted = order
        .into_iter()
        .zip(names)
        .map(|(file, name)| SortedFile {
            framework: name.and_then(|name| {
                frameworks.binary_search_by(|framework| framework.name.cmp(&name)).ok().map(|at| FrameworkId(at as u32))
            }),
            items: &file.items,
        })
        .collect();
    (sorted, frameworks)
}
