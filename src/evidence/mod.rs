//! Evidence: dated, sourced statements, and statements of completeness.
pub mod error;
mod statement;

pub use statement::{
    Citation, CompleteArgument, Completeness, Polarity, Statement, StatementArgument, StatementId, StatementTime,
    StatementValue,
};
