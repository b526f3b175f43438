//! The tree of a file: what was written, with its places, before anything is resolved.
//!
//! Nothing here knows what a name means. Every node carries the [`Span`] of the
//! words it was made from, so that any later phase can point at them.
//!
//! ```text
//! items.rs       declarations and rules
//! conditions.rs  conditions and expressions
//! evidence.rs    facts, completeness, preferences between sources, expectations and claims, cases
//! import.rs      tables that are read as evidence
//! time.rs        stretches of time and dates
//! ```

mod conditions;
mod evidence;
mod import;
mod items;
mod time;

pub use conditions::*;
pub use evidence::*;
pub use import::*;
pub use items::*;
pub use time::*;
