//! Copies of files of the library that were changed, and are read beside what they are copies of.

use super::circle::Edge;
use super::error::Error;
use crate::syntax::tree::{self, ItemKind};
use crate::text::{FileId, Span, Texts};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What was read, seen as copies and originals.
pub(super) struct Copies<'l> {
    /// The texts.
    pub texts: &'l Texts,
    /// Their trees.
    pub files: &'l [tree::File],
    /// The `use` lines, by the file that has them.
    pub uses: &'l BTreeMap<FileId, Vec<Edge>>,
    /// What was read from the disk.
    pub on_disk: &'l BTreeSet<FileId>,
    /// What was read from the library.
    pub from_library: &'l BTreeSet<FileId>,
}

impl Copies<'_> {
    /// One error for each file of the library that is read beside a changed copy of it.
    ///
    /// A changed copy has the name of the framework; where there is no framework, the name of the file and half of its lines.
    pub(super) fn errors(&self) -> Vec<Error> {
        let originals = self.files.iter().filter(|file| !self.on_disk.contains(&file.file));
        let of_the_library = originals.filter(|file| self.from_library.contains(&file.file));
        let copy_of = |original: &tree::File| {
            let mut others = self.files.iter().filter(|file| !self.from_library.contains(&file.file));
            others.find(|file| self.on_disk.contains(&file.file) && self.is_copy(file, original))
        };
        of_the_library
            .filter_map(|original| copy_of(original).map(|copy| (copy.file, original.file)))
            .map(|(copy, original)| Error::ChangedCopy {
                copy: self.texts.get(copy).name.clone(),
                original: self.texts.get(original).name.clone(),
                original_used: self.use_of(original),
                copy_used: self.use_of(copy),
            })
            .collect()
    }

    fn is_copy(&self, copy: &tree::File, original: &tree::File) -> bool {
        match (framework(copy), framework(original)) {
            (Some(copy), Some(original)) => copy == original,
            (None, None) => {
                let name =
                    |file: &tree::File| Path::new(&self.texts.get(file.file).name).file_name().map(ToOwned::to_owned);
                let bare = |name: std::ffi::OsString| name.to_string_lossy().replace(crate::library::PREFIX, "");
                name(copy).map(bare) == name(original).map(bare) && self.share_half(copy.file, original.file)
            }
            _ => false,
        }
    }

    /// Whether half of the lines of the original stand in the copy too.
    fn share_half(&self, copy: FileId, original: FileId) -> bool {
        let lines = |file: FileId| -> BTreeSet<&str> {
            self.texts.get(file).content.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
        };
        let (copied, own) = (lines(copy), lines(original));
        own.intersection(&copied).count() * 2 >= own.len()
    }

    /// The first `use` that leads to a file.
    fn use_of(&self, file: FileId) -> Option<Span> {
        self.uses.values().flatten().find(|(_, target)| *target == file).map(|(place, _)| *place)
    }
}

fn framework(file: &tree::File) -> Option<&str> {
    file.items.iter().find_map(|item| match &item.kind {
        ItemKind::Framework(framework) => Some(framework.name.text.as_str()),
        _ => None,
    })
}
