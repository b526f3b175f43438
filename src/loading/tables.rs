//! The tables that files import, read once all files are known: large ones by several threads.

use super::error::Error;
use super::load::{Loader, Progress};
use super::nearest::{files_in, nearest_file};
use super::origin::joined;
use super::path::{is_address, is_program, show};
use super::reader::{PathKind, Reader};
use crate::diagnostic::{Diagnostic, Label};
use crate::syntax::tree::{self, ItemKind};
use crate::tables::{self, Table};
use crate::text::Span;
use std::cmp::Reverse;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;

/// Tables of fewer bytes in all are read one after another.
const WORTH_THREADS: u64 = 4 << 20;
/// More are not read at once: each has its buffers.
const MOST_AT_ONCE: usize = 8;

/// A table that is still to be read.
pub(super) struct WaitingTable {
    import: Box<tree::Import>,
    /// The place of the whole import.
    item: Span,
    path: PathBuf,
    bytes: u64,
}

type Read = Result<Table, Vec<Diagnostic>>;

/// What the reading of a table tells.
enum Told {
    /// How many of its bytes are read.
    Progress(usize, u64),
    /// It is at its end.
    Done(usize, Box<Read>),
}

impl Loader<'_> {
    /// Notes the tables of the file that was parsed last.
    pub(super) fn note_tables(&mut self, folder: &Path) {
        let imports =
            self.loaded.files.last().into_iter().flat_map(|file| &file.items).filter_map(|item| match &item.kind {
                ItemKind::Import(import) => Some((import.clone(), item.span)),
                _ => None,
            });
        for (import, item) in imports.collect::<Vec<_>>() {
            self.note_table(folder, import, item);
        }
    }

    /// Notes what an import wants. The path is relative to the folder of the file that says it.
    fn note_table(&mut self, folder: &Path, import: Box<tree::Import>, item: Span) {
        let place = import.path.span;
        if import.path.text.trim().is_empty() {
            return self.report(&Error::EmptyPath { place, word: "import" });
        }
        let path = joined(folder, &import.path.text);
        let is_table = |path: &Path| !is_program(path);
        let bytes = match self.reader.kind(&path) {
            Some(PathKind::File(bytes)) => bytes,
            Some(PathKind::Folder) => {
                let tables = files_in(self.reader, &path, is_table);
                return self.report(&Error::TableIsFolder { place, path: show(&path), tables });
            }
            Some(PathKind::Other(what)) => {
                let path = show(&path);
                return self.report(&Error::NotAFile { path, what, is_table: true, place: Some(place) });
            }
            None if is_address(&import.path.text) => {
                let address = import.path.text.clone();
                return self.report(&Error::Address { address, said: Some((place, "import")) });
            }
            None => {
                let nearest = nearest_file(self.reader, &path, is_table).seen_from(folder);
                return self.report(&Error::MissingTable { place, path: show(&path), nearest });
            }
        };
        self.so_far.total += bytes;
        self.imports.push(WaitingTable { import, item, path, bytes });
    }

    /// Reads the tables that were noted. What comes of it does not hang on how many are read at once.
    pub(super) fn read_tables(&mut self, threads: Option<NonZeroUsize>) {
        let tables = std::mem::take(&mut self.imports);
        let bytes: u64 = tables.iter().map(|table| table.bytes).sum();
        let processors = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let fitting = || if bytes < WORTH_THREADS { NonZeroUsize::MIN } else { processors() };
        let at_once = threads.unwrap_or_else(fitting).get().min(MOST_AT_ONCE).min(tables.len());
        let read = if at_once > 1 { self.read_at_once(&tables, at_once) } else { self.read_in_turn(&tables) };
        for (table, read) in tables.iter().zip(read) {
            match read {
                Some(Ok(read)) => self.loaded.tables.insert(table.item, read.into()),
                Some(Err(faults)) => {
                    faults.into_iter().for_each(|fault| self.report_once(fault, table.import.path.span))
                }
                None => {}
            }
        }
    }

    /// Reports what is wrong with a table. What several imports of it find is told once, with all places; `place` is that of its name.
    fn report_once(&mut self, fault: Diagnostic, place: Span) {
        let is_same = |known: &&mut Diagnostic| {
            let text = |of: &Diagnostic| of.labels.first().map(|label| label.text.clone());
            known.message == fault.message && known.help == fault.help && text(known) == text(&fault)
        };
        let is_of_table = fault.labels.len() == 1 && fault.labels[0].span == place;
        match self.loaded.diagnostics.iter_mut().find(is_same).filter(|_| is_of_table) {
            Some(known) => known.labels.push(Label { span: place, text: "likewise".to_owned() }),
            None => self.loaded.diagnostics.push(fault),
        }
    }

    fn read_in_turn(&mut self, tables: &[WaitingTable]) -> Vec<Option<Read>> {
        let mut all = Vec::new();
        for table in tables {
            let Loader { reader, progress, so_far, .. } = self;
            let (before, total) = (so_far.done, so_far.total);
            all.push(Some(table.read(*reader, &mut |done| progress(Progress { done: before + done, total }))));
            self.so_far.done += table.bytes;
        }
        all
    }

    /// Reads tables on several threads, of which this is one.
    fn read_at_once(&mut self, tables: &[WaitingTable], at_once: usize) -> Vec<Option<Read>> {
        // The largest first, so that none is left alone at the end.
        let mut order: Vec<usize> = (0..tables.len()).collect();
        order.sort_by_key(|table| Reverse(tables[*table].bytes));
        let taken = AtomicUsize::new(0);
        let take = || order.get(taken.fetch_add(1, Ordering::Relaxed)).copied();
        let Loader { reader, progress, so_far, .. } = self;
        let (reader, before) = (*reader, so_far.done);
        let mut all: Vec<Option<Read>> = tables.iter().map(|_| None).collect();
        let mut done: Vec<u64> = vec![0; tables.len()];
        let mut hear = |told: Told| {
            match told {
                Told::Progress(table, bytes) => done[table] = bytes,
                Told::Done(table, read) => (all[table], done[table]) = (Some(*read), tables[table].bytes),
            }
            so_far.done = before + done.iter().sum::<u64>();
            progress(*so_far);
        };
        std::thread::scope(|scope| {
            let (tell, told) = channel();
            for tell in std::iter::repeat_n(tell, at_once - 1) {
                let take = &take;
                scope.spawn(move || {
                    // Nobody listens any more where the work was given up.
                    while let Some(number) = take() {
                        let read = tables[number].read(reader, &mut |bytes| {
                            let _ = tell.send(Told::Progress(number, bytes));
                        });
                        let _ = tell.send(Told::Done(number, Box::new(read)));
                    }
                });
            }
            while let Some(number) = take() {
                let read = tables[number].read(reader, &mut |bytes| {
                    told.try_iter().chain([Told::Progress(number, bytes)]).for_each(&mut hear);
                });
                hear(Told::Done(number, Box::new(read)));
            }
            told.iter().for_each(&mut hear);
        });
        all
    }
}

impl WaitingTable {
    fn read(&self, reader: &dyn Reader, progress: &mut dyn FnMut(u64)) -> Read {
        let content = reader.open(&self.path).map_err(|reason| {
            let (path, reason) = (show(&self.path), reason.to_string());
            vec![Error::Unreadable { path, reason, place: Some(self.import.path.span) }.diagnostic()]
        })?;
        tables::read(&self.import, content, Some(self.bytes), progress)
    }
}
