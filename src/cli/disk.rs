//! The disk, for loading. `-` is standard input.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use symmachia::loading::{Entry, PathKind, Reader};

/// The disk of the machine.
pub struct Disk;

const STANDARD_INPUT: &str = "-";

impl Reader for Disk {
    fn kind(&self, path: &Path) -> Option<PathKind> {
        if path == Path::new(STANDARD_INPUT) {
            return Some(PathKind::File(0));
        }
        let metadata = std::fs::metadata(path).ok()?;
        Some(if metadata.is_dir() { PathKind::Folder } else { PathKind::File(metadata.len()) })
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        if path == Path::new(STANDARD_INPUT) {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes)?;
            return Ok(bytes);
        }
        std::fs::read(path)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Read + Send>> {
        if path == Path::new(STANDARD_INPUT) {
            return Ok(Box::new(io::stdin()));
        }
        Ok(Box::new(std::fs::File::open(path)?))
    }

    fn list(&self, path: &Path) -> io::Result<Vec<Entry>> {
        std::fs::read_dir(path)?
            .map(|entry| {
                let entry = entry?;
                // Follows links, which the entry's own type does not.
                let is_folder = std::fs::metadata(entry.path()).is_ok_and(|metadata| metadata.is_dir());
                Ok(Entry { name: entry.file_name().to_string_lossy().into_owned(), is_folder })
            })
            .collect()
    }

    fn identity(&self, path: &Path) -> PathBuf {
        std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
    }
}
