//! What may have been meant by a path that does not exist.

use super::path::{folder_of, is_program, normalise, relative, show};
use super::reader::{PathKind, Reader};
use crate::diagnostic::did_you_mean;
use std::path::{Component, Path, PathBuf};

/// What is there instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nearest {
    /// A path whose name differs by a slip of the pen.
    Path(String),
    /// Nothing like it: the folder, and the names of programs (and folders) in it.
    Folder(String, Vec<String>),
    /// The folder itself does not exist.
    NoFolder(String),
}

impl Nearest {
    /// With the path as a `use` in this folder would write it.
    pub(super) fn seen_from(self, folder: &Path) -> Nearest {
        match self {
            Nearest::Path(path) => Nearest::Path(relative(folder, Path::new(&path))),
            other => other,
        }
    }
}

/// Looks for what is nearest to the path of a program that does not exist.
pub(super) fn nearest(reader: &dyn Reader, missing: &Path) -> Nearest {
    nearest_file(reader, missing, is_program)
}

/// Looks for the file of a sort that is nearest to a path that does not exist.
pub(super) fn nearest_file(reader: &dyn Reader, missing: &Path, is_sought: fn(&Path) -> bool) -> Nearest {
    let missing = normalise(missing);
    let mut known = PathBuf::new();
    for part in missing.components() {
        let here = known.join(part);
        if !matches!(part, Component::Normal(_)) || reader.kind(&here).is_some() {
            known = here;
            continue;
        }
        let folder = if known.as_os_str().is_empty() { PathBuf::from(".") } else { known.clone() };
        let word = part.as_os_str().to_string_lossy().into_owned();
        let is_last = here == missing;
        let mut names: Vec<String> = reader
            .list(&folder)
            .unwrap_or_default()
            .into_iter()
            .filter(|entry| entry.is_folder || (is_last && is_sought(Path::new(&entry.name))))
            .filter(|entry| !entry.name.starts_with('.'))
            .map(|entry| if entry.is_folder { format!("{}/", entry.name) } else { entry.name })
            .collect();
        names.sort();
        let with_extension = format!("{word}.ally");
        if is_last && names.contains(&with_extension) {
            return Nearest::Path(show(&known.join(with_extension)));
        }
        if let Some(name) = did_you_mean(&word, names.iter().map(|name| name.trim_end_matches('/'))) {
            let rest = missing.strip_prefix(&here).unwrap_or(Path::new(""));
            let guess = known.join(name).join(rest);
            return Nearest::Path(show(&guess));
        }
        return if is_last { Nearest::Folder(show(&folder), names) } else { Nearest::NoFolder(show(&here)) };
    }
    Nearest::Folder(show(folder_of(&missing)), Vec::new())
}

/// The programs directly in a folder, for a `use` that names the folder.
pub(super) fn programs_in(reader: &dyn Reader, folder: &Path) -> Vec<String> {
    files_in(reader, folder, is_program)
}

/// The files of a sort directly in a folder.
pub(super) fn files_in(reader: &dyn Reader, folder: &Path, is_sought: fn(&Path) -> bool) -> Vec<String> {
    let mut names: Vec<String> = reader
        .list(folder)
        .unwrap_or_default()
        .into_iter()
        .filter(|entry| !entry.is_folder && is_sought(Path::new(&entry.name)))
        .filter(|entry| matches!(reader.kind(&folder.join(&entry.name)), Some(PathKind::File(_))))
        .map(|entry| entry.name)
        .collect();
    names.sort();
    names
}
