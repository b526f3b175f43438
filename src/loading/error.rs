//! What can go wrong between a path and a text, as data.

mod wording;

use super::nearest::Nearest;
use super::sketch::Sketch;
use crate::text::Span;

/// The codes of this phase.
pub const CODES: &[&str] = &[
    "symmachia::read::changed_copy",
    "symmachia::read::circular_use",
    "symmachia::read::empty_file",
    "symmachia::read::missing_path",
    "symmachia::read::missing_table",
    "symmachia::read::missing_use",
    "symmachia::read::no_programs_in_folder",
    "symmachia::read::not_a_file",
    "symmachia::read::not_a_program",
    "symmachia::read::not_in_library",
    "symmachia::read::not_utf8",
    "symmachia::read::nothing_given",
    "symmachia::read::too_large",
    "symmachia::read::unreadable",
    "symmachia::read::use_of_folder",
    "symmachia::read::web_address",
];

/// A mistake in what was given to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// A path on the command line leads nowhere.
    MissingPath {
        /// As given.
        path: String,
        /// What is there instead.
        nearest: Nearest,
    },
    /// An address on the web, or one of a file, in the place of a path.
    Address {
        /// As given.
        address: String,
        /// The place of the path, and the word before it; none on the command line.
        said: Option<(Span, &'static str)>,
    },
    /// A `use` leads nowhere.
    MissingUse {
        /// The path within the quotation marks.
        place: Span,
        /// Where it leads.
        path: String,
        /// What is there instead.
        nearest: Nearest,
        /// The name of a file of the library that is called so.
        in_library: Option<&'static str>,
    },
    /// An `import` that names a folder.
    TableIsFolder {
        /// The path in the `import`.
        place: Span,
        /// The folder.
        path: String,
        /// What in it may be tables.
        tables: Vec<String>,
    },
    /// An `import` leads nowhere, or to a folder.
    MissingTable {
        /// The path within the quotation marks.
        place: Span,
        /// Where it leads.
        path: String,
        /// What is there instead.
        nearest: Nearest,
    },
    /// A pipe or a device in the place of a file.
    NotAFile {
        /// Where it is.
        path: String,
        /// What it is, with the article.
        what: &'static str,
        /// Whether a table was wanted.
        is_table: bool,
        /// The path in the `use` or `import`; none on the command line.
        place: Option<Span>,
    },
    /// `use ""`, `import ""`
    EmptyPath {
        /// The path within the quotation marks.
        place: Span,
        /// The word before it.
        word: &'static str,
    },
    /// A `use` leads to a folder.
    UseOfFolder {
        /// The path.
        place: Span,
        /// Where it leads.
        path: String,
        /// The programs in the folder.
        programs: Vec<String>,
    },
    /// `use library "…"` names a file that the library does not have.
    NotInLibrary {
        /// The name, within the quotation marks.
        place: Span,
        /// What was wanted.
        name: String,
        /// What may have been meant.
        nearest: Option<&'static str>,
        /// What there is.
        names: Vec<&'static str>,
    },
    /// A file of the library is read, and so is a copy of it that was changed.
    ChangedCopy {
        /// The copy.
        copy: String,
        /// What it is a copy of.
        original: String,
        /// The first `use` that leads to the file of the library.
        original_used: Option<Span>,
        /// The first `use` that leads to the copy; none where it was named.
        copy_used: Option<Span>,
    },
    /// Files use one another in a circle: each `use` of it, with the name of the file to which it leads.
    CircularUse {
        /// In order.
        steps: Vec<(Span, String)>,
    },
    /// A folder without a program in it.
    NoProgramsInFolder {
        /// The folder.
        path: String,
        /// The smallest program that imports its first table; none where it has no table.
        sketch: Option<Sketch>,
    },
    /// A picture, or another file that cannot be a program.
    NotAProgram {
        /// The file.
        path: String,
        /// The `use` that led to it.
        place: Option<Span>,
    },
    /// A table in the place of a program.
    TableAsProgram {
        /// The table.
        path: String,
        /// The `use` that led to it.
        place: Option<Span>,
        /// Whether an import reads it as it is.
        is_readable: bool,
        /// The smallest program that imports it.
        sketch: Sketch,
    },
    /// Bytes that are no UTF-8.
    NotUtf8 {
        /// The file.
        path: String,
        /// The place of the first such byte.
        place: Span,
        /// Its offset in the file.
        offset: usize,
        /// Its value.
        byte: u8,
        /// The encoding, where the file says.
        is_utf16: bool,
    },
    /// A file of 4 GiB or more.
    TooLarge {
        /// The file.
        path: String,
        /// Its size.
        bytes: u64,
        /// The `use` that led to it.
        place: Option<Span>,
    },
    /// The system refuses to hand it out.
    Unreadable {
        /// The file or folder.
        path: String,
        /// What the system says.
        reason: String,
        /// The `use` that led to it.
        place: Option<Span>,
    },
    /// A file that says nothing.
    EmptyFile {
        /// The file.
        path: String,
        /// Its beginning.
        place: Span,
    },
    /// No file says anything.
    NothingGiven {
        /// The files.
        paths: Vec<String>,
    },
}
