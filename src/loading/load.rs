//! Reads the files that were named, and those which they use.

use super::circle::circles;
use super::error::Error;
use super::nearest::{nearest, nearest_file, programs_in};
use super::path::{EXTENSION, folder_of, is_program, show};
use super::reader::{PathKind, Reader};
use crate::diagnostic::Diagnostic;
use crate::syntax::tree::{self, ItemKind};
use crate::tables::{self, Tables};
use crate::text::{FileId, Span, Texts};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

/// Spans count bytes in 32 bits.
const LARGEST: u64 = u32::MAX as u64;

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
/// Each file is read once, whatever paths lead to it. The texts of the files that were named come first.
pub fn load(reader: &dyn Reader, paths: &[PathBuf], progress: &mut dyn FnMut(Progress)) -> Loaded {
    let mut loader = Loader {
        reader,
        progress,
        so_far: Progress { done: 0, total: 0 },
        known: BTreeMap::new(),
        uses: BTreeMap::new(),
        queue: VecDeque::new(),
        empty: Vec::new(),
        loaded: Loaded::default(),
    };
    for path in paths {
        loader.named(path);
    }
    while let Some(waiting) = loader.queue.pop_front() {
        loader.parse(&waiting);
    }
    loader.finish()
}

/// What is to be said of a path that leads nowhere.
#[must_use]
pub fn missing(reader: &dyn Reader, path: &Path) -> Diagnostic {
    Error::MissingPath { path: show(path), nearest: nearest(reader, path) }.diagnostic()
}

/// A file that was read and is not parsed yet.
struct Waiting {
    file: FileId,
    path: PathBuf,
}

struct Loader<'a> {
    reader: &'a dyn Reader,
    progress: &'a mut dyn FnMut(Progress),
    so_far: Progress,
    /// What has been read, by its identity; none where it could not be.
    known: BTreeMap<PathBuf, Option<FileId>>,
    uses: BTreeMap<FileId, Vec<(Span, FileId)>>,
    queue: VecDeque<Waiting>,
    empty: Vec<FileId>,
    loaded: Loaded,
}

impl Loader<'_> {
    fn report(&mut self, error: &Error) {
        self.loaded.diagnostics.push(error.diagnostic());
    }

    /// A path from the command line.
    fn named(&mut self, path: &Path) {
        match self.reader.kind(path) {
            Some(PathKind::File(_)) => {
                self.read(path, None);
            }
            Some(PathKind::Folder) => {
                let mut programs = Vec::new();
                self.programs_below(path, &mut BTreeSet::new(), &mut programs);
                if programs.is_empty() {
                    self.report(&Error::NoProgramsInFolder { path: show(path) });
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

    /// Reads a file, unless it was read before, and puts it in the queue.
    fn read(&mut self, path: &Path, place: Option<Span>) -> Option<FileId> {
        let identity = self.reader.identity(path);
        if let Some(known) = self.known.get(&identity) {
            return *known;
        }
        let file = match self.text_of(path, place) {
            Ok(content) => {
                let file = self.loaded.texts.add(show(path), content);
                self.so_far.total += self.loaded.texts.get(file).content.len() as u64;
                self.queue.push_back(Waiting { file, path: path.to_owned() });
                Some(file)
            }
            Err(error) => {
                self.report(&error);
                None
            }
        };
        self.known.insert(identity, file);
        file
    }

    fn text_of(&mut self, path: &Path, place: Option<Span>) -> Result<String, Error> {
        const TABLES: &[&str] =
            &["csv", "tsv", "dta", "xls", "xlsx", "parquet", "pdf", "doc", "docx", "zip", "gz", "html", "json"];
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if extension != EXTENSION && TABLES.contains(&extension.as_str()) {
            return Err(Error::NotAProgram { path: show(path), place });
        }
        if let Some(PathKind::File(bytes)) = self.reader.kind(path)
            && bytes >= LARGEST
        {
            return Err(Error::TooLarge { path: show(path), bytes, place });
        }
        let bytes = self.reader.read(path).map_err(|reason| Error::Unreadable {
            path: show(path),
            reason: reason.to_string(),
            place,
        })?;
        // The size may have changed, and a pipe has none.
        if bytes.len() as u64 >= LARGEST {
            return Err(Error::TooLarge { path: show(path), bytes: bytes.len() as u64, place });
        }
        String::from_utf8(bytes).map_err(|error| self.not_utf8(path, &error))
    }

    fn not_utf8(&mut self, path: &Path, error: &std::string::FromUtf8Error) -> Error {
        let offset = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let is_utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
        // The text is kept for showing its line, as far as it can be read.
        let end = bytes[offset..].iter().take(200).position(|byte| *byte == b'\n').map_or(200, |length| length);
        let shown = &bytes[..(offset + end).min(bytes.len())];
        let mut content = String::from_utf8_lossy(shown).into_owned();
        let mut start = offset;
        if content.starts_with('\u{feff}') {
            content.drain(..'\u{feff}'.len_utf8());
            start = start.saturating_sub('\u{feff}'.len_utf8());
        }
        let file = self.loaded.texts.add(show(path), content);
        let place = Span::new(file, start, start + char::REPLACEMENT_CHARACTER.len_utf8());
        Error::NotUtf8 { path: show(path), place, offset, byte: bytes[offset], is_utf16 }
    }

    fn parse(&mut self, waiting: &Waiting) {
        let parsed = {
            let Loader { progress, so_far, loaded, .. } = self;
            let before = so_far.done;
            let total = so_far.total;
            let parsed = crate::syntax::parse(&loaded.texts, waiting.file, &mut |bytes| {
                progress(Progress { done: before + bytes as u64, total });
            });
            so_far.done += loaded.texts.get(waiting.file).content.len() as u64;
            progress(*so_far);
            parsed
        };
        if parsed.tree.items.is_empty() && parsed.diagnostics.is_empty() {
            self.empty.push(waiting.file);
        }
        self.loaded.diagnostics.extend(parsed.diagnostics);
        let folder = folder_of(&waiting.path).to_owned();
        for item in &parsed.tree.items {
            if let ItemKind::Import(import) = &item.kind {
                self.read_table(&folder, import, item.span);
            }
            let ItemKind::Use(used) = &item.kind else { continue };
            if let Some(place) = used.library {
                self.report(&Error::UseOfLibrary { place, name: used.path.text.clone() });
            } else if let Some(target) = self.used(&folder, &used.path) {
                self.uses.entry(waiting.file).or_default().push((used.path.span, target));
            }
        }
        self.loaded.files.push(parsed.tree);
    }

    /// Reads what an import wants of its table.
    fn read_table(&mut self, folder: &Path, import: &tree::Import, item: Span) {
        let place = import.path.span;
        let written = Path::new(&import.path.text);
        let path = if folder == Path::new(".") { written.to_owned() } else { folder.join(written) };
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
            Ok(table) => self.loaded.tables.insert(item, table),
            Err(faults) => self.loaded.diagnostics.extend(faults),
        }
    }

    /// The file to which a `use` leads.
    fn used(&mut self, folder: &Path, path: &tree::Quoted) -> Option<FileId> {
        let place = path.span;
        let target = if folder == Path::new(".") { PathBuf::from(&path.text) } else { folder.join(&path.text) };
        match self.reader.kind(&target) {
            Some(PathKind::File(_)) => self.read(&target, Some(place)),
            Some(PathKind::Folder) => {
                let programs = programs_in(self.reader, &target);
                self.report(&Error::UseOfFolder { place, path: show(&target), programs });
                None
            }
            None => {
                let nearest = nearest(self.reader, &target).seen_from(folder);
                self.report(&Error::MissingUse { place, path: show(&target), nearest });
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
