//! From a path, on the disk or in the library, to a text that waits for its uses to be followed.

use super::error::Error;
use super::load::{Loader, Waiting};
use super::origin::{Identity, Origin};
use super::path::{file_name, is_readable_table, is_table, show};
use super::reader::PathKind;
use super::sketch::sketch;
use crate::library::LibraryFile;
use crate::text::{FileId, Span};
use std::path::Path;

/// Spans count bytes in 32 bits.
const LARGEST: u64 = u32::MAX as u64;

impl Loader<'_> {
    /// Reads a file, unless it was read before, and puts it in the queue.
    pub(super) fn read(&mut self, path: &Path, place: Option<Span>) -> Option<FileId> {
        let identity = Identity::Disk(self.reader.identity(path));
        if let Some(known) = self.known.get(&identity) {
            return *known;
        }
        let file = match self.text_of(path, place) {
            Ok(content) => Some(self.add_from_disk(path, content)),
            Err(error) => {
                self.report(&error);
                None
            }
        };
        self.known.insert(identity, file);
        file
    }

    /// Adds what was read from the disk, unless it is a copy of what was read already.
    fn add_from_disk(&mut self, path: &Path, content: String) -> FileId {
        let origin = Origin::Disk(path.to_owned());
        let original = self.reader.files_that_come_along().copied_in(&content);
        let copied = original.map(|file| Identity::Library(file.path));
        let known = copied.as_ref().and_then(|identity| self.known.get(identity).copied().flatten());
        let file = match known {
            Some(file) => {
                // A path of the user's own says more than the name of the library.
                if !self.on_disk.contains(&file) {
                    self.loaded.texts.rename(file, origin.shown());
                }
                // A copy that was printed names what it uses of the library.
                let origin = match original {
                    Some(original) if !original.is_text(&content) => Origin::Library(original),
                    _ => origin,
                };
                self.queue.push_back(Waiting { file, origin });
                file
            }
            None => self.add(origin, content),
        };
        if let Some(identity) = copied {
            self.known.insert(identity, Some(file));
        }
        self.on_disk.insert(file);
        file
    }

    /// Reads a file of the library, unless it was read before, and puts it in the queue.
    pub(super) fn read_from_library(&mut self, found: &'static LibraryFile) -> FileId {
        let identity = Identity::Library(found.path);
        let origin = Origin::Library(found);
        match self.known.get(&identity).copied().flatten() {
            Some(file) => {
                // A copy on the disk has uses of its own.
                let is_new = self.from_library.insert(file);
                if is_new {
                    self.queue.push_back(Waiting { file, origin });
                }
                file
            }
            None => {
                let file = self.add(origin, found.text.to_owned());
                self.from_library.insert(file);
                self.known.insert(identity, Some(file));
                file
            }
        }
    }

    fn add(&mut self, origin: Origin, content: String) -> FileId {
        let file = self.loaded.texts.add(origin.shown(), content);
        self.so_far.total += self.loaded.texts.get(file).content.len() as u64;
        self.queue.push_back(Waiting { file, origin });
        file
    }

    fn text_of(&mut self, path: &Path, place: Option<Span>) -> Result<String, Error> {
        const OTHERS: &[&str] = &["pdf", "doc", "docx", "zip", "gz", "html", "json"];
        if is_table(path) {
            let (is_readable, mut sketch) = (is_readable_table(path), sketch(self.reader, path));
            if !is_readable {
                sketch.text = sketch.text.replace(&file_name(path), &file_name(&path.with_extension("csv")));
            }
            return Err(Error::TableAsProgram { path: show(path), place, is_readable, sketch });
        }
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if OTHERS.contains(&extension.as_str()) {
            return Err(Error::NotAProgram { path: show(path), place });
        }
        match self.reader.kind(path) {
            Some(PathKind::File(bytes)) if bytes >= LARGEST => {
                return Err(Error::TooLarge { path: show(path), bytes, place });
            }
            // To read a pipe to which nobody writes would never end.
            Some(PathKind::Other(what)) => {
                return Err(Error::NotAFile { path: show(path), what, is_table: false, place });
            }
            _ => {}
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
}
