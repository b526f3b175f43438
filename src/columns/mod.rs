//! Columns of numbers, in little memory: what tables and the statements that they make are kept in.

mod lines;
mod narrow;
mod ones;
mod shared;

pub use lines::Lines;
pub use narrow::Narrow;
pub use ones::Ones;
pub use shared::Shared;

use std::ops::Range;

/// So many rows are looked at together, one column after the other: what is kept for each of them stays at hand.
pub const ROWS_AT_A_TIME: usize = 1 << 10;

/// All rows in order, so many at a time.
pub fn at_a_time(rows: usize) -> impl Iterator<Item = Range<usize>> {
    (0..rows).step_by(ROWS_AT_A_TIME).map(move |first| first..rows.min(first + ROWS_AT_A_TIME))
}
