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
        Some(match other_than_a_file(metadata.file_type()) {
            _ if metadata.is_dir() => PathKind::Folder,
            Some(what) if !is_open_already(path) => PathKind::Other(what),
            _ => PathKind::File(metadata.len()),
        })
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

/// Standard input, and what a shell has opened for the program (`<(…)`): reading it does not wait for somebody to open the other end.
fn is_open_already(path: &Path) -> bool {
    path == Path::new("/dev/stdin") || path.starts_with("/dev/fd") || path.starts_with("/proc/self/fd")
}

/// What it is, where it is no file and no folder.
#[cfg(unix)]
fn other_than_a_file(kind: std::fs::FileType) -> Option<&'static str> {
    use std::os::unix::fs::FileTypeExt;
    match kind {
        _ if kind.is_fifo() => Some("a named pipe"),
        _ if kind.is_socket() => Some("a socket"),
        _ if kind.is_char_device() || kind.is_block_device() => Some("a device"),
        _ => None,
    }
}

#[cfg(not(unix))]
fn other_than_a_file(_kind: std::fs::FileType) -> Option<&'static str> {
    None
}
