//! What turns when something is changed: two versions of a program over the same cases, or each part of one program left out in turn.
//!
//! ```text
//! cases.rs       cases by their names, so that two programs can be asked about the same ones; where their answers differ
//! variations.rs  sources, facts, conditions and parameters, each changed alone
//! conditions.rs  the conditions of all criteria on which one builds, where they stand
//! each.rs        which verdicts each of these turns
//! items.rs       the items in which two versions differ
//! version.rs     a version of a program as texts and settings, and as it would be with one change undone
//! through.rs     the verdicts that two versions give differently, and the changes on which each of these hangs
//! together.rs    the smallest sets of changes that do together what none does alone
//! ```
//!
//! Nothing here computes a verdict of its own, and everything that is said to turn one has been tried.

mod cases;
mod conditions;
mod each;
mod items;
mod through;
mod together;
mod variations;
mod version;

pub use cases::{AskedCase, Turn, asked_cases, merged};
pub use each::{Robustness, Tried, each};
pub use items::{Item, ItemChange, changed_items};
pub use through::{ChangedVerdict, Difference, diff};
pub use variations::{Amount, Variation, Varied, variations};
pub use version::{Change, Version, VersionFile};
