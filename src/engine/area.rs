//! Pairs of individuals whose numbers lie close together, as places in a rectangle.

use crate::model::program::IndividualId;
use std::ops::RangeInclusive;

/// One number for two individuals or fewer.
#[inline]
pub(super) fn packed(individuals: &[IndividualId]) -> Option<u64> {
    match individuals {
        [] => Some(0),
        [one] => Some(u64::from(one.0)),
        [one, two] => Some(u64::from(one.0) << 32 | u64::from(two.0)),
        _ => None,
    }
}

/// All pairs with a first individual in one range and a second in another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    /// The first row and column, and how many there are.
    row: u32,
    rows: u64,
    column: u32,
    columns: u64,
}

impl Area {
    /// The smallest one that holds some packed pairs, of which there has to be one.
    pub fn around(pairs: impl Iterator<Item = u64>) -> Option<Area> {
        let mut ranges: Option<(RangeInclusive<u32>, RangeInclusive<u32>)> = None;
        for pair in pairs {
            let (row, column) = ((pair >> 32) as u32, pair as u32);
            let with = |range: RangeInclusive<u32>, one: u32| (*range.start()).min(one)..=(*range.end()).max(one);
            ranges = Some(match ranges {
                None => (row..=row, column..=column),
                Some((rows, columns)) => (with(rows, row), with(columns, column)),
            });
        }
        let (rows, columns) = ranges?;
        let length = |range: &RangeInclusive<u32>| u64::from(range.end() - range.start()) + 1;
        Some(Area { row: *rows.start(), rows: length(&rows), column: *columns.start(), columns: length(&columns) })
    }

    /// How many pairs it holds.
    pub fn size(&self) -> u64 {
        self.rows.saturating_mul(self.columns)
    }

    /// The place of a packed pair in it, row by row.
    #[inline]
    pub fn place(&self, pair: u64) -> Option<usize> {
        let row = u64::from(((pair >> 32) as u32).wrapping_sub(self.row));
        let column = u64::from((pair as u32).wrapping_sub(self.column));
        (row < self.rows && column < self.columns).then(|| (row * self.columns + column) as usize)
    }

    /// The packed pairs at both ends, around which it is the smallest.
    pub fn corners(&self) -> [u64; 2] {
        let (last_row, last_column) = (u64::from(self.row) + self.rows - 1, u64::from(self.column) + self.columns - 1);
        [u64::from(self.row) << 32 | u64::from(self.column), last_row << 32 | last_column]
    }

    /// The packed pair at a place.
    pub fn pair(&self, place: usize) -> u64 {
        let (row, column) = (place as u64 / self.columns, place as u64 % self.columns);
        (u64::from(self.row) + row) << 32 | (u64::from(self.column) + column)
    }
}
