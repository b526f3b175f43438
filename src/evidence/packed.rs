//! A value for each row, in as few bytes as the rows need.

use crate::narrow::Narrow;
use rustc_hash::FxHashMap;
use std::hash::Hash;

/// With more different values than this each row has its own.
const FEW: usize = 1 << 16;

/// A value for each row. While few are different, each is kept once and a row has its number.
#[derive(Debug, Clone)]
pub enum Packed<T> {
    /// The different values, and of each row which it has.
    Few {
        /// Each once, in the order in which they came.
        distinct: Vec<T>,
        /// Of each row.
        rows: Narrow,
        /// The number of each value; empty once no row is added any more.
        numbers: FxHashMap<T, u32>,
        /// The value of the row before, and its number.
        last: Option<(T, u32)>,
    },
    /// Of each row.
    Each(Vec<T>),
}

impl<T> Default for Packed<T> {
    fn default() -> Self {
        Packed::Few { distinct: Vec::new(), rows: Narrow::default(), numbers: FxHashMap::default(), last: None }
    }
}

impl<T: Copy + Eq + Hash> Packed<T> {
    /// The value of a row.
    #[must_use]
    #[inline]
    pub fn at(&self, row: usize) -> T {
        match self {
            Packed::Few { distinct, rows, .. } => distinct[rows.at(row) as usize],
            Packed::Each(values) => values[row],
        }
    }

    /// Adds the value of a row. `rows` are so many as will come, if that is known.
    #[inline]
    pub fn push(&mut self, value: T, rows_to_come: usize) {
        match self {
            Packed::Few { rows, last: Some((last, number)), .. } if *last == value => rows.push(*number),
            Packed::Few { distinct, rows, numbers, last } => {
                let next = distinct.len() as u32;
                let number = *numbers.entry(value).or_insert(next);
                if number == next {
                    distinct.push(value);
                }
                *last = Some((value, number));
                rows.push(number);
                if distinct.len() > FEW {
                    self.spread(rows_to_come);
                }
            }
            Packed::Each(values) => values.push(value),
        }
    }

    /// Gives each row a value of its own.
    fn spread(&mut self, rows_to_come: usize) {
        if let Packed::Few { distinct, rows, .. } = self {
            let mut values = Vec::with_capacity(rows.len().max(rows_to_come));
            values.extend((0..rows.len()).map(|row| distinct[rows.at(row) as usize]));
            *self = Packed::Each(values);
        }
    }

    /// Gives a row another value.
    pub fn set(&mut self, row: usize, value: T) {
        self.spread(0);
        if let Packed::Each(values) = self {
            values[row] = value;
        }
    }

    /// All values, some perhaps more than once; in no order that means anything.
    pub fn values(&self) -> impl Iterator<Item = T> + '_ {
        let (Packed::Few { distinct: values, .. } | Packed::Each(values)) = self;
        values.iter().copied()
    }

    /// Each value turned into another.
    pub fn turn(&mut self, turned: impl Fn(T) -> T) {
        let (Packed::Few { distinct: values, .. } | Packed::Each(values)) = self;
        values.iter_mut().for_each(|value| *value = turned(*value));
    }

    /// The rows in another order, none of which is given where they stay in theirs; none is added after that.
    pub(super) fn finish(&mut self, order: Option<&[u32]>) {
        match self {
            Packed::Few { rows, numbers, .. } => {
                *numbers = FxHashMap::default();
                if let Some(order) = order {
                    rows.reorder(order);
                }
            }
            Packed::Each(values) => {
                if let Some(order) = order {
                    super::order::reorder(values, order);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Packed;

    #[test]
    fn rows_have_the_values_that_were_given_however_many_differ() {
        for different in [1, 3, 300, 66_000] {
            let values: Vec<u64> = (0..70_000).map(|row| row % different * 7).collect();
            let mut packed = Packed::default();
            values.iter().for_each(|value| packed.push(*value, values.len()));
            assert!((0..values.len()).all(|row| packed.at(row) == values[row]));
            let order: Vec<u32> = (0..values.len() as u32).rev().collect();
            packed.finish(Some(&order));
            packed.set(5, 1);
            assert!(
                (0..values.len())
                    .all(|row| packed.at(row) == if row == 5 { 1 } else { values[values.len() - 1 - row] })
            );
        }
    }
}
