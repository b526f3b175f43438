//! A value for each row, in as few bytes as the rows need.

use crate::columns::{Narrow, ROWS_AT_A_TIME, Shared, at_a_time};
use rustc_hash::FxHashMap;
use std::hash::Hash;
use std::ops::Range;

/// With more different values than this each row has its own.
const FEW: usize = 1 << 16;

/// A value for each row. While few are different, each is kept once and a row has its number.
#[derive(Debug, Clone)]
pub enum Packed<T> {
    /// Every row has the same.
    Same(T, usize),
    /// The different values, and of each row which it has.
    Few {
        /// Values by their numbers; none is there that no row has.
        values: Vec<T>,
        /// Of each row.
        rows: Shared,
        /// What adding rows needs.
        known: Known<T>,
    },
    /// Of each row.
    Each(Vec<T>),
}

/// The numbers of values, while rows are added.
#[derive(Debug, Clone)]
pub struct Known<T> {
    numbers: FxHashMap<T, u32>,
    /// The value of the row before, and its number.
    last: Option<(T, u32)>,
}

impl<T> Default for Known<T> {
    fn default() -> Self {
        Known { numbers: FxHashMap::default(), last: None }
    }
}

impl<T> Default for Packed<T> {
    fn default() -> Self {
        Packed::Few { values: Vec::new(), rows: Shared::default(), known: Known::default() }
    }
}

impl<T: Copy + Eq + Hash> Packed<T> {
    /// Rows that have the value of a number. None may be there that no row has, but the same one may be there twice.
    #[must_use]
    pub fn of_numbers(values: Vec<T>, rows: Shared) -> Packed<T> {
        match values.first() {
            Some(first) if values.iter().all(|value| value == first) => Packed::Same(*first, rows.len()),
            _ if values.len() > FEW => {
                let mut each = Vec::with_capacity(rows.len());
                rows.each(|_, number| each.push(values[number as usize]));
                Packed::Each(each)
            }
            _ => Packed::Few { values, rows, known: Known::default() },
        }
    }

    /// Each row's own.
    #[must_use]
    pub fn of_each(values: Vec<T>) -> Packed<T> {
        match values.first() {
            Some(first) if values.iter().all(|value| value == first) => Packed::Same(*first, values.len()),
            _ => Packed::Each(values),
        }
    }

    /// The value of a row.
    #[must_use]
    #[inline]
    pub fn at(&self, row: usize) -> T {
        match self {
            Packed::Same(value, _) => *value,
            Packed::Few { values, rows, .. } => values[rows.at(row) as usize],
            Packed::Each(values) => values[row],
        }
    }

    /// Hands out the value of each row, in order.
    #[inline]
    pub fn each(&self, mut use_it: impl FnMut(usize, T)) {
        match self {
            Packed::Same(value, rows) => (0..*rows).for_each(|row| use_it(row, *value)),
            Packed::Few { values, rows, .. } => rows.each(|row, number| use_it(row, values[number as usize])),
            Packed::Each(values) => values.iter().enumerate().for_each(|(row, value)| use_it(row, *value)),
        }
    }

    /// Hands out the values of rows that follow one another.
    #[inline]
    pub fn each_in(&self, rows: Range<usize>, mut use_it: impl FnMut(T)) {
        match self {
            Packed::Same(value, _) => rows.for_each(|_| use_it(*value)),
            Packed::Few { values, rows: numbers, .. } => {
                numbers.each_in(rows, |number| use_it(values[number as usize]));
            }
            Packed::Each(values) => values[rows].iter().for_each(|value| use_it(*value)),
        }
    }

    /// Hands out the values of rows that follow one another, each with something that is kept for its row.
    #[inline]
    pub fn each_beside<K>(&self, rows: Range<usize>, kept: &mut [K], mut use_it: impl FnMut(&mut K, T)) {
        match self {
            Packed::Same(value, _) => kept.iter_mut().take(rows.len()).for_each(|kept| use_it(kept, *value)),
            Packed::Few { values, rows: numbers, .. } => {
                numbers.each_beside(rows, kept, |kept, number| use_it(kept, values[number as usize]));
            }
            Packed::Each(values) => {
                kept.iter_mut().zip(&values[rows]).for_each(|(kept, value)| use_it(kept, *value));
            }
        }
    }

    /// Whether some row has the same value in both.
    #[must_use]
    pub fn meets(&self, other: &Packed<T>) -> bool {
        let mut values = Vec::with_capacity(ROWS_AT_A_TIME);
        let all = self.len().min(other.len());
        at_a_time(all).any(|rows| {
            values.clear();
            self.each_in(rows.clone(), |value| values.push(value));
            let mut is_met = false;
            other.each_beside(rows, &mut values, |own, value| is_met |= *own == value);
            is_met
        })
    }

    /// Adds the value of a row. `rows` are so many as will come, if that is known.
    #[inline]
    pub fn push(&mut self, value: T, rows_to_come: usize) {
        match self {
            Packed::Same(same, rows) if *same == value => *rows += 1,
            Packed::Few { rows, known: Known { last: Some((last, number)), .. }, .. } if *last == value => {
                rows.own().push(*number);
            }
            Packed::Each(values) => values.push(value),
            _ => self.push_other(value, rows_to_come),
        }
    }

    /// Adds a value that is not that of the row before.
    fn push_other(&mut self, value: T, rows_to_come: usize) {
        match self {
            Packed::Same(same, count) => {
                let mut rows = Narrow::default();
                rows.reserve(rows_to_come.max(*count + 1));
                (0..*count).for_each(|_| rows.push(0));
                let known = Known { numbers: FxHashMap::from_iter([(*same, 0)]), last: None };
                *self = Packed::Few { values: vec![*same], rows: rows.into(), known };
                self.push_other(value, rows_to_come);
            }
            Packed::Few { values, .. } if values.is_empty() => *self = Packed::Same(value, 1),
            Packed::Few { values, rows, known } => {
                let next = values.len() as u32;
                let number = *known.numbers.entry(value).or_insert(next);
                if number == next {
                    values.push(value);
                }
                known.last = Some((value, number));
                rows.own().push(number);
                if values.len() > FEW {
                    self.spread(rows_to_come);
                }
            }
            Packed::Each(values) => values.push(value),
        }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Packed::Same(_, rows) => *rows,
            Packed::Few { rows, .. } => rows.len(),
            Packed::Each(values) => values.len(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Gives each row a value of its own.
    fn spread(&mut self, rows_to_come: usize) {
        if !matches!(self, Packed::Each(_)) {
            let mut values = Vec::with_capacity(self.len().max(rows_to_come));
            self.each(|_, value| values.push(value));
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

    /// All values that rows have, some perhaps more than once; in no order that means anything.
    #[must_use]
    pub fn values(&self) -> &[T] {
        match self {
            Packed::Same(value, _) => std::slice::from_ref(value),
            Packed::Few { values, .. } | Packed::Each(values) => values,
        }
    }

    /// Each value turned into another.
    pub fn turn(&mut self, turned: impl Fn(T) -> T) {
        let values = match self {
            Packed::Same(value, _) => std::slice::from_mut(value),
            Packed::Few { values, .. } | Packed::Each(values) => values,
        };
        values.iter_mut().for_each(|value| *value = turned(*value));
    }

    /// Puts the different values in order, if each is kept once, and there are at most so many; none is added after that.
    pub(super) fn order_values(&mut self, most: usize)
    where
        T: Ord,
    {
        let Packed::Few { values, rows, known } = self else { return };
        if values.len() > most {
            return;
        }
        *known = Known::default();
        let mut ordered = values.clone();
        ordered.sort_unstable();
        ordered.dedup();
        let place = |value: &T| ordered.binary_search(value).unwrap_or_default() as u32;
        let places: Vec<u32> = values.iter().map(place).collect();
        rows.own().turn(&places);
        *values = ordered;
    }

    /// The rows in another order, none of which is given where they stay in theirs; none is added after that.
    pub(super) fn finish(&mut self, order: Option<&[u32]>) {
        match self {
            Packed::Same(..) => {}
            Packed::Few { rows, known, .. } => {
                *known = Known::default();
                if let Some(order) = order {
                    *rows = rows.of(order).into();
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
    use super::{Narrow, Packed};

    /// Rows in another order have their values, and one may be given another.
    fn may_be_reordered(mut packed: Packed<u64>, values: &[u64]) {
        assert_eq!(packed.len(), values.len());
        packed.each(|row, value| assert_eq!(value, values[row]));
        packed.order_values(300);
        let mut some = Vec::new();
        packed.each_in(7..500, |value| some.push(value));
        assert_eq!(some, values[7..500]);
        if let Packed::Few { values: different, .. } = &packed {
            assert_eq!(different.is_sorted_by(|one, other| one < other), different.len() <= 300);
        }
        assert!((0..values.len()).all(|row| packed.at(row) == values[row]));
        assert!(packed.values().iter().all(|value| values.contains(value)));
        let mut others: Vec<u64> = values.iter().map(|value| value + 1).collect();
        assert!(!packed.meets(&Packed::Each(others.clone())));
        others.pop();
        others.extend(values.last());
        assert!(packed.meets(&Packed::Each(others)));
        let order: Vec<u32> = (0..values.len() as u32).rev().collect();
        packed.finish(Some(&order));
        packed.set(5, 1);
        let expected = |row: usize| if row == 5 { 1 } else { values[values.len() - 1 - row] };
        assert!((0..values.len()).all(|row| packed.at(row) == expected(row)));
        packed.turn(|value| value + 1);
        assert!((0..values.len()).all(|row| packed.at(row) == expected(row) + 1));
    }

    #[test]
    fn rows_have_the_values_that_were_given_however_many_differ() {
        for different in [1, 3, 300, 66_000] {
            let values: Vec<u64> = (0..67_000).map(|row| row % different * 7).collect();
            let mut packed = Packed::default();
            assert!(packed.is_empty());
            values.iter().for_each(|value| packed.push(*value, values.len()));
            may_be_reordered(packed, &values);
            let mut numbers = Narrow::default();
            (0..67_000).for_each(|row| numbers.push(row % different as u32));
            may_be_reordered(
                Packed::of_numbers((0..different).map(|number| number * 7).collect(), numbers.into()),
                &values,
            );
        }
    }
}
