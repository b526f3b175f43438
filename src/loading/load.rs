//! Reads the files that were named, and those which they use.

use super::circle::circles;
use super::copies::Copies;
use super::error::Error;
use super::nearest::{Nearest, files_in, nearest, nearest_file, programs_in};
use super::origin::{Identity, Origin, joined, neighbour};
use super::path::{folder_of, is_address, is_program, is_readable_table, is_table, show};
use super::reader::{PathKind, Reader};
use super::sketch::sketch;
use super::tables::WaitingTable;
use crate::diagnostic::Diagnostic;
use crate::syntax::tree::{self, ItemKind};
use crate::tables::Tables;
use crate::text::{FileId, Span, Texts};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// What was read.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The texts, those named first; also those that could not be parsed.
    pub texts: Texts,
    /// Their trees. Items that could not be parsed are missing from them.
    pub files: Vec<tree::File>,
    /// What the imports want of their tables.
    pub tables: Tables,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

impl Loaded {
    /// Whether anything makes the input unusable.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// How far the reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes parsed.
    pub done: u64,
    /// Bytes of all files known so far.
    pub total: u64,
}

/// Reads and parses the files at some paths, of folders all programs in them, and every file that they use.
///
/// Each file is read once, whatever paths lead to it; a file with the text of one of the library is that one. The texts of the files that
/// were named come first.
///
/// Large tables are read by as many threads as there are processors.
pub fn load(reader: &dyn Reader, paths: &[PathBuf], progress: &mut dyn FnMut(Progress)) -> Loaded {
    load_by(reader, paths, None, progress)
}

/// The same, with tables read by so many threads, however large they are. What is read does not hang on their number.
pub fn load_by(
    reader: &dyn Reader,
    paths: &[PathBuf],
    threads: Option<NonZeroUsize>,
    progress: &mut dyn FnMut(Progress),
) -> Loaded {
    let mut loader = Loader {
        reader,
        progress,
        so_far: Progress { done: 0, total: 0 },
        known: BTreeMap::new(),
        uses: BTreeMap::new(),
        said: BTreeMap::new(),
        on_disk: BTreeSet::new(),
        from_library: BTreeSet::new(),
        queue: VecDeque::new(),
        empty: Vec::new(),
        imports: Vec::new(),
        loaded: Loaded::default(),
    };
    for path in paths {
        loader.named(path);
    }
    while let Some(waiting) = loader.queue.pop_front() {
        loader.process(&waiting);
    }
    loader.read_tables(threads);
    loader.finish()
}

/// What is to be said of a path that leads nowhere.
#[must_use]
pub fn missing(reader: &dyn Reader, path: &Path) -> Diagnostic {
    let address = path.to_string_lossy();
    if is_address(&address) {
        return Error::Address { address: address.into_owned(), said: None }.diagnostic();
    }
    let nearest = if is_table(path) { nearest_file(reader, path, is_table) } else { nearest(reader, path) };
    Error::MissingPath { path: show(path), nearest }.diagnostic()
}

/// A file that was read, and whose uses have not been followed yet from where it was read.
pub(super) struct Waiting {
    pub(super) file: FileId,
    pub(super) origin: Origin,
}

pub(super) struct Loader<'a> {
    pub(super) reader: &'a dyn Reader,
    pub(super) progress: &'a mut dyn FnMut(Progress),
    pub(super) so_far: Progress,
    /// What has been read, by its identity; none where it could not be.
    pub(super) known: BTreeMap<Identity, Option<FileId>>,
    uses: BTreeMap<FileId, Vec<(Span, FileId)>>,
    /// What each file that has been parsed says that it uses.
    said: BTreeMap<FileId, Vec<tree::Use>>,
    /// Files that have been read from the disk, whether or not they are in the library too.
    pub(super) on_disk: BTreeSet<FileId>,
    /// Files that have been read from the library, whether or not they are on the disk too.
    pub(super) from_library: BTreeSet<FileId>,
    pub(super) queue: VecDeque<Waiting>,
    pub(super) empty: Vec<FileId>,
    /// The tables that are still to be read.
    pub(super) imports: Vec<WaitingTable>,
    pub(super) loaded: Loaded,
}

impl Loader<'_> {
    pub(super) fn report(&mut self, error: &Error) {
        self.loaded.diagnostics.push(error.diagnostic());
    }

    /// A path from the command line.
    fn named(&mut self, path: &Path) {
        match self.reader.kind(path) {
            Some(PathKind::File(_) | PathKind::Other(_)) => {
                self.read(path, None);
            }
            Some(PathKind::Folder) => {
                let mut programs = Vec::new();
                self.programs_below(path, &mut BTreeSet::new(), &mut programs);
                if programs.is_empty() {
                    let table = files_in(self.reader, path, is_readable_table).into_iter().next();
                    let sketch = table.map(|table| sketch(self.reader, &path.join(table)));
                    self.report(&Error::NoProgramsInFolder { path: show(path), sketch });
                }
                for program in programs {
                    self.read(&program, None);
                }
            }
            None => self.loaded.diagnostics.push(missing(self.reader, path)),
        }
    }

    /// All programs in a folder and the folders in it, in the order of names.
    fn programs_below(&mut self, folder: &Path, visited: &mut BTreeSet<PathBuf>, programs: &mut Vec<PathBuf>) {
        // A link may lead back up.
        if !visited.insert(self.reader.identity(folder)) {
            return;
        }
        let mut entries = match self.reader.list(folder) {
            Ok(entries) => entries,
            Err(reason) => {
                return self.report(&Error::Unreadable { path: show(folder), reason: reason.to_string(), place: None });
            }
        };
        entries.sort();
        for entry in entries.iter().filter(|entry| !entry.name.starts_with('.')) {
            let path = if folder == Path::new(".") { PathBuf::from(&entry.name) } else { folder.join(&entry.name) };
            if entry.is_folder {
                self.programs_below(&path, visited, programs);
            } else if is_program(&path) {
                programs.push(path);
            }
        }
    }

    /// Parses a file where that has not been done, and follows what it uses.
    fn process(&mut self, waiting: &Waiting) {
        if !self.said.contains_key(&waiting.file) {
            self.parse(waiting.file);
            if let Origin::Disk(path) = &waiting.origin {
                self.note_tables(folder_of(path));
            }
        }
        for used in self.said.get(&waiting.file).cloned().unwrap_or_default() {
            if let Some(target) = self.target(&waiting.origin, &used) {
                self.uses.entry(waiting.file).or_default().push((used.path.span, target));
            }
        }
    }

    fn parse(&mut self, file: FileId) {
        let parsed = {
            let Loader { progress, so_far, loaded, .. } = self;
            let before = so_far.done;
            let total = so_far.total;
            let parsed = crate::syntax::parse(&loaded.texts, file, &mut |bytes| {
                progress(Progress { done: before + bytes as u64, total });
            });
            so_far.done += loaded.texts.get(file).content.len() as u64;
            progress(*so_far);
            parsed
        };
        if parsed.tree.items.is_empty() && parsed.diagnostics.is_empty() {
            self.empty.push(file);
        }
        self.loaded.diagnostics.extend(parsed.diagnostics);
        let uses = parsed.tree.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Use(used) => Some(used.clone()),
            _ => None,
        });
        self.said.insert(file, uses.collect());
        self.loaded.files.push(parsed.tree);
    }

    /// The file to which a `use` leads, by name or by path.
    fn target(&mut self, origin: &Origin, used: &tree::Use) -> Option<FileId> {
        if used.is_of_library() {
            return self.named_in_library(&used.path);
        }
        match origin {
            Origin::Disk(path) => self.used(folder_of(path), &used.path),
            Origin::Library(file) => match neighbour(self.reader.files_that_come_along(), file, &used.path.text) {
                Ok(found) => Some(self.read_from_library(found)),
                Err(path) => {
                    let nearest = Nearest::Folder(
                        crate::library::PREFIX.to_owned(),
                        self.reader.files_that_come_along().files().iter().map(|file| file.path.to_owned()).collect(),
                    );
                    self.report(&Error::MissingUse { place: used.path.span, path, nearest, in_library: None });
                    None
                }
            },
        }
    }

    fn named_in_library(&mut self, name: &tree::Quoted) -> Option<FileId> {
        let library = self.reader.files_that_come_along();
        if let Some(found) = library.find(&name.text) {
            return Some(self.read_from_library(found));
        }
        let (nearest, names) = (library.nearest(&name.text), library.names());
        self.report(&Error::NotInLibrary { place: name.span, name: name.text.clone(), nearest, names });
        None
    }

    /// The file to which a `use` leads.
    fn used(&mut self, folder: &Path, path: &tree::Quoted) -> Option<FileId> {
        let place = path.span;
        if path.text.trim().is_empty() {
            self.report(&Error::EmptyPath { place, word: "use" });
            return None;
        }
        let target = joined(folder, &path.text);
        match self.reader.kind(&target) {
            Some(PathKind::File(_) | PathKind::Other(_)) => self.read(&target, Some(place)),
            Some(PathKind::Folder) => {
                let programs = programs_in(self.reader, &target);
                self.report(&Error::UseOfFolder { place, path: show(&target), programs });
                None
            }
            None if is_address(&path.text) => {
                self.report(&Error::Address { address: path.text.clone(), said: Some((place, "use")) });
                None
            }
            None => {
                let nearest = nearest(self.reader, &target).seen_from(folder);
                let name = path.text.strip_suffix(".ally").unwrap_or(&path.text);
                let in_library = self.reader.files_that_come_along().find(name).map(|file| file.name());
                self.report(&Error::MissingUse { place, path: show(&target), nearest, in_library });
                None
            }
        }
    }

    fn finish(mut self) -> Loaded {
        for circle in circles(&self.uses) {
            let steps =
                circle.into_iter().map(|(place, file)| (place, self.loaded.texts.get(file).name.clone())).collect();
            self.report(&Error::CircularUse { steps });
        }
        let copies = Copies {
            texts: &self.loaded.texts,
            files: &self.loaded.files,
            uses: &self.uses,
            on_disk: &self.on_disk,
            from_library: &self.from_library,
        };
        for error in copies.errors() {
            self.report(&error);
        }
        let empty = std::mem::take(&mut self.empty);
        let path_of = |loaded: &Loaded, file: FileId| loaded.texts.get(file).name.clone();
        if !self.loaded.has_errors() && empty.len() == self.loaded.files.len() {
            let paths = empty.iter().map(|file| path_of(&self.loaded, *file)).collect();
            self.report(&Error::NothingGiven { paths });
        } else {
            for file in empty {
                let path = path_of(&self.loaded, file);
                self.report(&Error::EmptyFile { path, place: Span::new(file, 0, 0) });
            }
        }
        self.loaded
    }
}
