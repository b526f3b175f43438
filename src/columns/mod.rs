//! Columns of numbers, in little memory: what tables and the statements that they make are kept in.

mod lines;
mod narrow;
mod ones;
mod shared;

pub use lines::Lines;
pub use narrow::Narrow;
pub use ones::Ones;
pub use shared::Shared;
