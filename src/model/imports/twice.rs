//! Imports that say once more what another one says of the same table.

use super::items::{self, SortedFile};
use crate::model::resolver::Resolver;
use crate::syntax::tree::{Import, ItemKind};
use crate::tables::ImportFault;
use crate::text::{Span, Texts};
use rustc_hash::FxHashMap;
use std::path::{Component, Path, PathBuf};

/// An import, and which of its templates another one has already.
struct Again<'a> {
    import: &'a Import,
    /// The first import that has one of them.
    first: &'a Import,
    /// The places of both, in order.
    templates: Vec<(Span, Span)>,
}

impl<'a> Resolver<'a> {
    /// Doubts templates that stand twice, with all that they hang on, over one table.
    pub(super) fn doubt_repeated_imports(&mut self, files: &[SortedFile<'a>]) {
        let mut seen: FxHashMap<(PathBuf, String, String), (&'a Import, Span)> = FxHashMap::default();
        let mut repeated: Vec<Again<'a>> = Vec::new();
        for located in items::each(files).filter(|located| !located.is_inherited) {
            let ItemKind::Import(import) = &located.item.kind else { continue };
            // What cannot be read has worse to tell.
            if self.tables.of(located.item.span).is_none_or(|table| table.is_unusable()) {
                continue;
            }
            let table = path_of(import, self.texts);
            let shared = shared_words(import, self.texts);
            let mut again: Option<Again<'a>> = None;
            for template in &import.templates {
                let key = (table.clone(), shared.clone(), words(template.span, self.texts));
                match seen.get(&key) {
                    Some((first, span)) => again
                        .get_or_insert(Again { import, first, templates: Vec::new() })
                        .templates
                        .push((template.span, *span)),
                    None => drop(seen.insert(key, (import, template.span))),
                }
            }
            repeated.extend(again);
        }
        for Again { import, first, templates } in repeated {
            let Some(one) = templates.first().copied() else { continue };
            let is_whole = templates.len() == import.templates.len() && !std::ptr::eq(import, first);
            let (span, first) = if is_whole { (import.path.span, first.path.span) } else { one };
            let table = import.path.text.clone();
            self.report.add(ImportFault::Twice { table, is_whole, others: templates.len() - 1, span, first });
        }
    }
}

/// Where the table lies, whatever the file from which it is named.
fn path_of(import: &Import, texts: &Texts) -> PathBuf {
    let file = Path::new(&texts.get(import.path.span.file).name);
    let mut path = PathBuf::new();
    for part in file.parent().unwrap_or(Path::new("")).join(&import.path.text).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(path.components().next_back(), Some(Component::Normal(_))) => {
                path.pop();
            }
            _ => path.push(part),
        }
    }
    path
}

/// What all templates of an import hang on.
fn shared_words(import: &Import, texts: &Texts) -> String {
    let written = |span: Option<Span>| span.map(|span| words(span, texts));
    let options: Vec<_> = import.options.iter().map(|(option, text)| (option, &text.text)).collect();
    let missing: Vec<_> = import
        .missing
        .iter()
        .map(|missing| (&missing.codes, missing.columns.iter().map(|cell| &cell.column.text).collect::<Vec<_>>()))
        .collect();
    let sources: Vec<_> = import
        .citations
        .iter()
        .map(|citation| (&citation.source.text, citation.locator.as_ref().map(|locator| &locator.text)))
        .collect();
    let spell = written(import.spell.as_ref().map(|spell| spell.span));
    let among = written(import.among.as_ref().map(|among| among.span));
    format!("{options:?} {missing:?} {sources:?} {spell:?} {among:?} {}", import.row.text)
}

/// A part of a program without what only sets it out.
fn words(span: Span, texts: &Texts) -> String {
    texts.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
}
