//! The tables that files import.

use super::error::Error;
use super::load::{Loader, Progress};
use super::nearest::nearest_file;
use super::origin::joined;
use super::path::{is_program, show};
use super::reader::PathKind;
use crate::syntax::tree::{self, ItemKind};
use crate::tables;
use crate::text::Span;
use std::path::Path;

impl Loader<'_> {
    /// Reads the tables of the file that was parsed last.
    pub(super) fn read_tables(&mut self, folder: &Path) {
        let imports =
            self.loaded.files.last().into_iter().flat_map(|file| &file.items).filter_map(|item| match &item.kind {
                ItemKind::Import(import) => Some((import.clone(), item.span)),
                _ => None,
            });
        for (import, item) in imports.collect::<Vec<_>>() {
            self.read_table(folder, &import, item);
        }
    }

    /// Reads what an import wants of its table. The path is relative to the folder of the file that says it.
    fn read_table(&mut self, folder: &Path, import: &tree::Import, item: Span) {
        let place = import.path.span;
        let path = joined(folder, &import.path.text);
        let Some(PathKind::File(bytes)) = self.reader.kind(&path) else {
            let is_table = |path: &Path| !is_program(path);
            let nearest = nearest_file(self.reader, &path, is_table).seen_from(folder);
            return self.report(&Error::MissingTable { place, path: show(&path), nearest });
        };
        let content = match self.reader.open(&path) {
            Ok(content) => content,
            Err(reason) => {
                let reason = reason.to_string();
                return self.report(&Error::Unreadable { path: show(&path), reason, place: Some(place) });
            }
        };
        self.so_far.total += bytes;
        let Loader { progress, so_far, .. } = self;
        let before = so_far.done;
        let total = so_far.total;
        let read = tables::read(import, content, Some(bytes), &mut |done| {
            progress(Progress { done: before + done, total });
        });
        self.so_far.done += bytes;
        match read {
            Ok(table) => self.loaded.tables.insert(item, table.into()),
            Err(faults) => self.loaded.diagnostics.extend(faults),
        }
    }
}
