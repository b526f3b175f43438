//! Evidence: dated, sourced statements, and statements of completeness.
//!
//! ```text
//! tuple.rs       the individuals of an atom
//! statement.rs   what one sentence says
//! table_statements.rs  what the rows of tables say, column by column
//! table_draft.rs    the same, on their way to be sorted
//! packed.rs      a value for each row of a table
//! row_times.rs   when the rows of a table hold
//! order.rs       rows in the order of their individuals
//! rows.rs        the atoms of a relation, sorted, and what is said of each
//! layout.rs      from statements to those rows
//! record.rs      what all of them say of one atom; record/coverage.rs where it is complete
//! occasions.rs   what they say of some day without saying of which
//! preference.rs  which of two sources is heard where they say opposite things
//! changes.rs     the evidence as it would be, with something taken away or found
//! error.rs       mistakes in evidence, and their wording
//! ```
mod changes;
pub mod error;
mod layout;
mod occasions;
mod order;
mod packed;
mod preference;
mod record;
mod row_times;
mod rows;
mod statement;
mod table_draft;
mod table_statements;
mod tuple;

pub use changes::{Changes, Finding, Pattern};
pub use occasions::Occasion;
pub use packed::Packed;
pub use preference::{Preference, SetAside, Unheard};
pub use record::{AtomDays, Record, StatementDays, atoms_of};
pub use row_times::{RowTime, RowTimes};
pub use rows::{Entries, Entry, TableAtoms, TableRows};
pub use statement::{
    Citation, CompleteArgument, Completeness, Polarity, Statement, StatementArgument, StatementId, StatementTime,
    StatementValue,
};
pub use table_draft::{DraftRow, DraftRows, TableDraft};
pub use table_statements::{RowValues, TableRow, TableStatements};
pub use tuple::{MOST_PACKED, Tuple, packed, put_in_order};
