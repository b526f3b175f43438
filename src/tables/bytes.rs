//! The bytes that are handed in: counted, and let expand within limits.

use super::error::Fault;
use flate2::bufread::MultiGzDecoder;
use std::cell::Cell;
use std::io::{self, BufReader, Cursor, ErrorKind, Read};
use std::rc::Rc;

/// Compressed content may expand to this many bytes whatever its own size is.
pub(super) const EXPANDED: u64 = 256 << 20;
/// Beyond that, it may expand to this many times its own size.
pub(super) const TIMES: u64 = 200;

/// How many bytes are read, known also to whoever does not hold the reader.
pub(super) type Count = Rc<Cell<u64>>;

/// Counts what is read through it.
pub(super) struct Counted<R> {
    inner: R,
    count: Count,
}

impl<R> Counted<R> {
    pub(super) fn new(inner: R) -> (Self, Count) {
        let count = Count::default();
        (Counted { inner, count: Rc::clone(&count) }, count)
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.set(self.count.get() + read as u64);
        Ok(read)
    }
}

/// The first bytes, fewer only where there are no more, and a reader of all.
pub(super) fn peek<R: Read>(mut content: R, wanted: usize) -> Result<(Vec<u8>, impl Read), Fault> {
    let mut head = Vec::with_capacity(wanted);
    content.by_ref().take(wanted as u64).read_to_end(&mut head)?;
    Ok((head.clone(), Cursor::new(head).chain(content)))
}

/// What gzip content holds.
pub(super) struct Expanded<R: Read> {
    inner: MultiGzDecoder<BufReader<R>>,
    /// Size of the content where it is known, and what is read of it.
    size: u64,
    compressed: Count,
    expanded: u64,
}

impl<R: Read> Expanded<R> {
    pub(super) fn new(inner: R, compressed: Count, size: Option<u64>) -> Self {
        let inner = MultiGzDecoder::new(BufReader::with_capacity(1 << 16, inner));
        Expanded { inner, size: size.unwrap_or(0), compressed, expanded: 0 }
    }
}

impl<R: Read> Read for Expanded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.expanded += read as u64;
        let size = self.size.max(self.compressed.get());
        if self.expanded > EXPANDED && self.expanded / TIMES > size {
            return Err(io::Error::other(ExpandsTooFar));
        }
        Ok(read)
    }
}

/// Carried through the errors of reading.
#[derive(Debug, thiserror::Error)]
#[error("it expands too far")]
struct ExpandsTooFar;

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        match error.get_ref() {
            Some(inner) if inner.is::<ExpandsTooFar>() => Fault::ExpandsTooFar,
            _ if error.kind() == ErrorKind::UnexpectedEof => {
                Fault::Unreadable { reason: "it ends in the middle; was it downloaded whole?".to_owned() }
            }
            // The only reader that finds mistakes in what it reads is that of gzip.
            _ if matches!(error.kind(), ErrorKind::InvalidData | ErrorKind::InvalidInput) => {
                Fault::Unreadable { reason: "what is compressed in it is damaged; was it downloaded whole?".to_owned() }
            }
            _ => Fault::Unreadable { reason: error.to_string() },
        }
    }
}
