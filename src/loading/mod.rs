//! From paths to texts and trees.
//!
//! ```text
//! reader.rs  what loading needs of a disk; the command line hands it a real one, tests one in memory
//! path.rs    how paths are joined and shown
//! origin.rs  the disk and the library, and when a file of the one is a file of the other
//! load.rs    goes through the files that were named, and those which they use
//! reading.rs from a path to a text
//! circle.rs  files that use one another in a circle
//! copies.rs  copies of files of the library that were changed
//! nearest.rs what may have been meant by a path that does not exist
//! sketch.rs  the smallest program that imports a table
//! error.rs   what can go wrong; how it is said is in error/wording.rs
//! ```

mod circle;
mod copies;
mod error;
mod load;
mod nearest;
mod origin;
mod path;
mod reader;
mod reading;
mod sketch;
mod tables;

pub use error::{CODES, Error};
pub use load::{Loaded, Progress, load, load_by, missing};
pub use path::is_table;
pub use reader::{Entry, MemoryReader, PathKind, Reader};
pub use sketch::Sketch;
