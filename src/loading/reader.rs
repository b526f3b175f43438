//! What loading needs of a disk.

use super::path;
use crate::library::Library;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// What a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathKind {
    /// A file, and its size in bytes.
    File(u64),
    /// A folder.
    Folder,
    /// What is neither and may have no end: a named pipe, a device. In words, with the article.
    Other(&'static str),
}

/// A name in a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The name, without the folder.
    pub name: String,
    /// Whether it is a folder.
    pub is_folder: bool,
}

/// The disk, or what stands for it. Several threads may read from it.
pub trait Reader: Sync {
    /// What is at a path; none where nothing is.
    fn kind(&self, path: &Path) -> Option<PathKind>;

    /// The bytes of a file.
    ///
    /// # Errors
    /// Where the file cannot be read.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// The bytes of a file, one after another; perhaps read by another thread.
    ///
    /// # Errors
    /// Where the file cannot be opened.
    fn open(&self, path: &Path) -> io::Result<Box<dyn io::Read + Send>> {
        Ok(Box::new(io::Cursor::new(self.read(path)?)))
    }

    /// What is in a folder, in any order.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    fn list(&self, path: &Path) -> io::Result<Vec<Entry>>;

    /// The same for all paths that lead to one file.
    fn identity(&self, path: &Path) -> PathBuf;

    /// What `use library` finds: the library that comes with the program, unless another is handed out.
    fn files_that_come_along(&self) -> &Library {
        Library::SHIPPED
    }
}

/// Files in memory, for tests and for callers without a disk. Paths are relative.
#[derive(Debug, Clone, Default)]
pub struct MemoryReader {
    files: BTreeMap<PathBuf, Vec<u8>>,
    other_library: Option<Library>,
}

impl MemoryReader {
    /// Nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    #[must_use]
    pub fn with(mut self, path: impl AsRef<Path>, content: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path::normalise(path.as_ref()), content.into());
        self
    }

    /// Hands out another library than the one that comes with the program.
    #[must_use]
    pub fn with_library(mut self, library: Library) -> Self {
        self.other_library = Some(library);
        self
    }
}

impl Reader for MemoryReader {
    fn kind(&self, path: &Path) -> Option<PathKind> {
        let path = path::normalise(path);
        match self.files.get(&path) {
            Some(content) => Some(PathKind::File(content.len() as u64)),
            None => (path == Path::new(".") || self.files.keys().any(|file| file.starts_with(&path)))
                .then_some(PathKind::Folder),
        }
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.files.get(&path::normalise(path)).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn list(&self, path: &Path) -> io::Result<Vec<Entry>> {
        let folder = path::normalise(path);
        let folder = if folder == Path::new(".") { PathBuf::new() } else { folder };
        let mut entries: Vec<Entry> = self
            .files
            .keys()
            .filter_map(|file| {
                let mut rest = file.strip_prefix(&folder).ok()?.components();
                let name = rest.next()?.as_os_str().to_string_lossy().into_owned();
                Some(Entry { name, is_folder: rest.next().is_some() })
            })
            .collect();
        entries.dedup();
        Ok(entries)
    }

    fn identity(&self, path: &Path) -> PathBuf {
        path::normalise(path)
    }

    fn files_that_come_along(&self) -> &Library {
        self.other_library.as_ref().unwrap_or(Library::SHIPPED)
    }
}
