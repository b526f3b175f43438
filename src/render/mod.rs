//! How things look: a value in, a string out.
//!
//! ```text
//! look.rs       for whom: width, colours, drawn or narrated
//! words.rs      counted nouns, clipped lines, harmless characters
//! excerpt.rs    the lines of the texts that are shown, as miette wants them
//! snippet.rs    labelled lines alone, for explanations
//! explanation.rs  why a case stands as it does
//! diagnostics/  what is wrong: for eyes, for ears, for machines
//! library.rs    what is in the library
//! verdicts.rs   a sign and a colour for each verdict
//! timeline/     bars over a period
//! table.rs      verdicts at a moment
//! comparison/   rivals set against one another
//! results/      answers over many cases, for people and for machines
//! by_source.rs  the same under each source alone
//! sheet/        tables for other programs, row by row
//! codebook.rs   what the columns of a panel mean
//! ```

pub mod by_source;
pub mod codebook;
pub mod comparison;
pub mod diagnostics;
mod excerpt;
pub mod explanation;
pub mod library;
mod look;
pub mod results;
pub mod sheet;
pub mod snippet;
pub mod table;
pub mod timeline;
pub mod verdicts;
pub mod words;

pub use look::Look;
