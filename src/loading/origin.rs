//! Where a text comes from: the disk or the library.

use super::path::{folder_of, normalise, show};
use crate::library::{Library, LibraryFile, PREFIX};
use std::path::{Path, PathBuf};

/// Where a text comes from, which decides what a `use` in it means.
#[derive(Debug, Clone)]
pub(super) enum Origin {
    /// The disk: the path as it was given.
    Disk(PathBuf),
    /// The library.
    Library(&'static LibraryFile),
}

/// What is the same for all ways that lead to one file.
///
/// A file of the disk whose text is that of a file of the library is that file: whoever reads a copy of the library from a folder and
/// also says `use library` has read each file once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Identity {
    /// What the disk says that it is.
    Disk(PathBuf),
    /// The path within the library.
    Library(&'static str),
}

/// The file of the library to which a `use` in another one leads, or the path at which there is none.
pub(super) fn neighbour(library: &Library, file: &LibraryFile, path: &str) -> Result<&'static LibraryFile, String> {
    let target = normalise(&folder_of(Path::new(file.path)).join(path));
    let parts: Vec<String> = target.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    let target = parts.join("/");
    library.at(&target).ok_or_else(|| format!("{PREFIX}{target}"))
}

/// How a path on the disk is put together from a folder and what stands in a `use`.
pub(super) fn joined(folder: &Path, path: &str) -> PathBuf {
    if folder == Path::new(".") { PathBuf::from(path) } else { folder.join(path) }
}

impl Origin {
    /// How a text from here is named.
    pub(super) fn shown(&self) -> String {
        match self {
            Origin::Disk(path) => show(path),
            Origin::Library(file) => file.shown(),
        }
    }
}
