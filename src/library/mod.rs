//! The library: the files of `rules/`, which every copy of the program carries with it.
//!
//! ```text
//! mod.rs       the files, and how they are found by name
//! describe.rs  what a file of it is, and what it says of itself
//! ```
//!
//! `use library "vocabulary"` reads one. The list is written by `build.rs`, so that a new file in `rules/` needs no other change.

mod describe;

pub use describe::{Description, Sort, describe};

use crate::diagnostic::did_you_mean;

/// What stands before the path of a file of the library where a text is named: `library:states.ally`.
pub const PREFIX: &str = "library:";

/// A file of the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LibraryFile {
    /// Its path within the library, with `/` between the parts: `vocabulary.ally`.
    pub path: &'static str,
    /// What it says.
    pub text: &'static str,
}

impl LibraryFile {
    /// The name by which `use library` finds it: without folder and ending.
    #[must_use]
    pub fn name(&self) -> &'static str {
        stem(self.path)
    }

    /// How it is named in complaints and explanations: `library:vocabulary.ally`.
    #[must_use]
    pub fn shown(&self) -> String {
        format!("{PREFIX}{}", self.path)
    }

    /// Whether a text is this file. How its lines end does not matter, nor does a byte order mark.
    #[must_use]
    pub fn is_text(&self, text: &str) -> bool {
        says_the_same(text, self.text)
    }
}

/// Files that are found by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Library {
    files: &'static [LibraryFile],
}

impl Library {
    /// The library that comes with the program.
    pub const SHIPPED: &'static Library = &Library::new(include!(concat!(env!("OUT_DIR"), "/library.rs")));

    /// A library of these files. No two may have the same name.
    #[must_use]
    pub const fn new(files: &'static [LibraryFile]) -> Library {
        Library { files }
    }

    /// All files, in the order of their paths.
    #[must_use]
    pub fn files(&self) -> &'static [LibraryFile] {
        self.files
    }

    /// The names of all files, in alphabetical order.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        let mut names: Vec<&str> = self.files.iter().map(LibraryFile::name).collect();
        names.sort_unstable();
        names
    }

    /// The file of a name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&'static LibraryFile> {
        self.files.iter().find(|file| file.name() == name)
    }

    /// The file at a path within the library.
    #[must_use]
    pub fn at(&self, path: &str) -> Option<&'static LibraryFile> {
        self.files.iter().find(|file| file.path == path)
    }

    /// The file that a text is a copy of, as it is or as it is [printed](Library::printed).
    #[must_use]
    pub fn copied_in(&self, text: &str) -> Option<&'static LibraryFile> {
        let is_printed = text.contains("use library ");
        self.files.iter().find(|file| file.is_text(text) || (is_printed && says_the_same(text, &self.printed(file))))
    }

    /// A file as it is given away: what it uses of its neighbours it uses by name, so that it can be read wherever it lies.
    #[must_use]
    pub fn printed(&self, file: &LibraryFile) -> String {
        let mut printed = String::with_capacity(file.text.len());
        for line in file.text.split_inclusive('\n') {
            let named = line.strip_prefix("use \"").and_then(|rest| {
                let (path, after) = rest.split_once('"')?;
                let neighbour = self.files.iter().find(|other| other.name() == stem(path))?;
                Some(format!("use library \"{}\"{after}", neighbour.name()))
            });
            printed.push_str(named.as_deref().unwrap_or(line));
        }
        printed
    }

    /// The name that may have been meant by one that is not there: written with folder or ending, or with a slip of the pen.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Option<&'static str> {
        let bare = stem(name.trim());
        let names = self.names();
        let exact = names.iter().find(|known| known.eq_ignore_ascii_case(bare)).copied();
        exact.or_else(|| did_you_mean(bare, names))
    }
}

/// How lines end does not matter, nor does a byte order mark.
fn says_the_same(one: &str, other: &str) -> bool {
    one.trim_start_matches('\u{feff}').lines().eq(other.trim_start_matches('\u{feff}').lines())
}

/// Without folder and ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".ally").unwrap_or(name)
}
