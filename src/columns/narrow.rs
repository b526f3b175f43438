//! Whole numbers, in as few bytes as the largest of them needs.

use std::ops::Range;

/// A number for each row. While all are small, each takes a byte or two.
#[derive(Debug, Clone)]
pub enum Narrow {
    /// In one byte.
    One(Vec<u8>),
    /// In two.
    Two(Vec<u16>),
    /// In four.
    Four(Vec<u32>),
}

impl Default for Narrow {
    fn default() -> Self {
        Narrow::One(Vec::new())
    }
}

impl Narrow {
    /// Adds the number of a row.
    #[inline]
    pub fn push(&mut self, number: u32) {
        match self {
            Narrow::One(rows) if number <= u32::from(u8::MAX) => rows.push(number as u8),
            Narrow::Two(rows) if number <= u32::from(u16::MAX) => rows.push(number as u16),
            Narrow::Four(rows) => rows.push(number),
            _ => self.push_wider(number),
        }
    }

    /// Adds a number that needs more bytes.
    #[cold]
    fn push_wider(&mut self, number: u32) {
        self.widen();
        self.push(number);
    }

    /// Adds the numbers of some rows.
    pub fn extend(&mut self, numbers: &[u32]) {
        let largest = numbers.iter().copied().max().unwrap_or_default();
        loop {
            match self {
                Narrow::One(rows) if largest <= u32::from(u8::MAX) => {
                    return rows.extend(numbers.iter().map(|number| *number as u8));
                }
                Narrow::Two(rows) if largest <= u32::from(u16::MAX) => {
                    return rows.extend(numbers.iter().map(|number| *number as u16));
                }
                Narrow::Four(rows) => return rows.extend_from_slice(numbers),
                _ => self.widen(),
            }
        }
    }

    /// Gives each number more bytes, and leaves as much room for rows as there was.
    fn widen(&mut self) {
        *self = match self {
            Narrow::One(rows) => Narrow::Two(widened(rows)),
            Narrow::Two(rows) => Narrow::Four(widened(rows)),
            Narrow::Four(rows) => Narrow::Four(std::mem::take(rows)),
        };
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Narrow::One(rows) => rows.len(),
            Narrow::Two(rows) => rows.len(),
            Narrow::Four(rows) => rows.len(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of a row.
    #[must_use]
    #[inline]
    pub fn at(&self, row: usize) -> u32 {
        match self {
            Narrow::One(rows) => u32::from(rows[row]),
            Narrow::Two(rows) => u32::from(rows[row]),
            Narrow::Four(rows) => rows[row],
        }
    }

    /// The number of the last row.
    #[must_use]
    pub fn last(&self) -> Option<u32> {
        self.len().checked_sub(1).map(|row| self.at(row))
    }

    /// Makes room for so many more rows.
    pub fn reserve(&mut self, rows: usize) {
        match self {
            Narrow::One(known) => known.reserve(rows),
            Narrow::Two(known) => known.reserve(rows),
            Narrow::Four(known) => known.reserve(rows),
        }
    }

    /// Hands out the number of each row, in order.
    #[inline]
    pub fn each(&self, mut use_it: impl FnMut(usize, u32)) {
        match self {
            Narrow::One(rows) => rows.iter().enumerate().for_each(|(row, number)| use_it(row, u32::from(*number))),
            Narrow::Two(rows) => rows.iter().enumerate().for_each(|(row, number)| use_it(row, u32::from(*number))),
            Narrow::Four(rows) => rows.iter().enumerate().for_each(|(row, number)| use_it(row, *number)),
        }
    }

    /// Hands out the numbers of rows that follow one another.
    #[inline]
    pub fn each_in(&self, rows: Range<usize>, mut use_it: impl FnMut(u32)) {
        match self {
            Narrow::One(all) => all[rows].iter().for_each(|number| use_it(u32::from(*number))),
            Narrow::Two(all) => all[rows].iter().for_each(|number| use_it(u32::from(*number))),
            Narrow::Four(all) => all[rows].iter().for_each(|number| use_it(*number)),
        }
    }

    /// Hands out the numbers of rows that follow one another, each with something that is kept for its row.
    #[inline]
    pub fn each_beside<T>(&self, rows: Range<usize>, kept: &mut [T], mut use_it: impl FnMut(&mut T, u32)) {
        match self {
            Narrow::One(all) => kept.iter_mut().zip(&all[rows]).for_each(|(kept, one)| use_it(kept, u32::from(*one))),
            Narrow::Two(all) => kept.iter_mut().zip(&all[rows]).for_each(|(kept, one)| use_it(kept, u32::from(*one))),
            Narrow::Four(all) => kept.iter_mut().zip(&all[rows]).for_each(|(kept, one)| use_it(kept, *one)),
        }
    }

    /// Adds to what is kept for each of some rows that follow one another what a table has at its number.
    #[inline]
    pub fn add_of_each(&self, rows: Range<usize>, table: &[u32], sums: &mut [u32]) {
        match (self, table.first_chunk::<256>()) {
            // No number of one byte is looked for behind the table's end.
            (Narrow::One(all), Some(table)) => {
                let of_rows = sums.iter_mut().zip(&all[rows]);
                of_rows.for_each(|(sum, number)| *sum = sum.wrapping_add(table[usize::from(*number)]));
            }
            _ => self.each_beside(rows, sums, |sum, number| *sum = sum.wrapping_add(table[number as usize])),
        }
    }

    /// Each number turned into another one that needs no more bytes.
    pub fn turn(&mut self, turned: &[u32]) {
        match self {
            Narrow::One(rows) => rows.iter_mut().for_each(|number| *number = turned[usize::from(*number)] as u8),
            Narrow::Two(rows) => rows.iter_mut().for_each(|number| *number = turned[usize::from(*number)] as u16),
            Narrow::Four(rows) => rows.iter_mut().for_each(|number| *number = turned[*number as usize]),
        }
    }

    /// Of some rows, in the order in which they are given: the rows in another order, or some of them.
    #[must_use]
    pub fn of(&self, order: &[u32]) -> Narrow {
        match self {
            Narrow::One(rows) => Narrow::One(reordered(rows, order)),
            Narrow::Two(rows) => Narrow::Two(reordered(rows, order)),
            Narrow::Four(rows) => Narrow::Four(reordered(rows, order)),
        }
    }

    /// Keeps the rows of which it is said.
    pub fn retain(&mut self, is_kept: &[bool]) {
        match self {
            Narrow::One(rows) => retain(rows, is_kept),
            Narrow::Two(rows) => retain(rows, is_kept),
            Narrow::Four(rows) => retain(rows, is_kept),
        }
    }
}

fn reordered<T: Copy>(values: &[T], order: &[u32]) -> Vec<T> {
    order.iter().map(|place| values[*place as usize]).collect()
}

fn widened<S: Copy, T: From<S>>(rows: &Vec<S>) -> Vec<T> {
    let mut wider = Vec::with_capacity(rows.capacity().max(rows.len() + 1));
    wider.extend(rows.iter().map(|number| T::from(*number)));
    wider
}

/// Keeps the values of which it is said.
fn retain<T>(values: &mut Vec<T>, is_kept: &[bool]) {
    let mut kept = is_kept.iter();
    values.retain(|_| kept.next().copied().unwrap_or(true));
}

#[cfg(test)]
mod tests {
    use super::Narrow;

    #[test]
    fn numbers_are_those_that_were_pushed_however_many_bytes_they_need() {
        let mut numbers = Narrow::default();
        numbers.reserve(10);
        let pushed: Vec<u32> = (0..70_000).map(|number| if number % 3 == 0 { 5 } else { number }).collect();
        for (place, number) in pushed.iter().enumerate() {
            numbers.push(*number);
            assert_eq!(numbers.at(place / 2), pushed[place / 2]);
        }
        assert!(pushed.iter().enumerate().all(|(place, number)| numbers.at(place) == *number));
        let mut extended = Narrow::default();
        pushed.chunks(1_000).for_each(|some| extended.extend(some));
        assert!(pushed.iter().enumerate().all(|(place, number)| extended.at(place) == *number));
        for wide in [1, 200, 300, 70_000] {
            let mut numbers = Narrow::default();
            (0..100).for_each(|number| numbers.push(number % wide + wide / 2));
            let mut beside = [1; 20];
            numbers.each_beside(60..80, &mut beside, |kept, number| *kept += number);
            assert!((60..80).zip(beside).all(|(place, kept)| kept == 1 + numbers.at(place)));
            let table: Vec<u32> = (0..300_000).map(|number| 3 * number).collect();
            numbers.add_of_each(60..80, &table[..(2 * wide).max(256) as usize], &mut beside);
            assert!((60..80).zip(beside).all(|(place, kept)| kept == 1 + 4 * numbers.at(place)));
        }
        let is_kept: Vec<bool> = (0..pushed.len()).map(|place| place % 2 == 1).collect();
        numbers.retain(&is_kept);
        assert!((0..pushed.len() / 2).all(|place| numbers.at(place) == pushed[2 * place + 1]));
    }
}
