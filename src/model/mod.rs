//! From trees to a resolved program.
pub mod condition;
pub mod program;

pub use program::Program;
