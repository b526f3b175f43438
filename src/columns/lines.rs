//! Lines of a file, one for each row of its table.

/// The line of each row. Rows mostly stand on lines that follow one another, of which only the first is kept.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    /// Where lines stop following one another: a row, and its line.
    runs: Vec<(u32, u32)>,
    rows: u32,
}

impl Lines {
    /// Adds the line of the next row.
    #[inline]
    pub fn push(&mut self, line: u32) {
        let follows = self.runs.last().is_some_and(|(row, first)| first.wrapping_add(self.rows - row) == line);
        if !follows {
            self.runs.push((self.rows, line));
        }
        self.rows += 1;
    }

    /// Adds the lines of the next rows, each of which is behind the one before.
    pub fn extend(&mut self, lines: &[u32]) {
        debug_assert!(lines.is_sorted_by(|one, next| one < next));
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
        if (last - first) as usize + 1 == lines.len() {
            self.push(*first);
            self.rows += last - first;
        } else {
            lines.iter().for_each(|line| self.push(*line));
        }
    }

    /// How many rows there are.
    #[must_use]
    #[inline]
    pub fn len(&self) -> usize {
        self.rows as usize
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The line of a row.
    #[must_use]
    #[inline]
    pub fn at(&self, row: usize) -> u32 {
        let row = row as u32;
        let (first, line) = self.runs[self.runs.partition_point(|(first, _)| *first <= row) - 1];
        line + (row - first)
    }

    /// The line of the last row.
    #[must_use]
    pub fn last(&self) -> Option<u32> {
        let (first, line) = self.runs.last()?;
        Some(line + (self.rows - 1 - first))
    }

    /// The lines of all rows, in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        let ends = self.runs.iter().skip(1).map(|(row, _)| *row).chain([self.rows]);
        self.runs.iter().zip(ends).flat_map(|((row, line), end)| *line..*line + (end - row))
    }

    /// Of some rows, in order.
    #[must_use]
    pub fn of(&self, rows: impl Iterator<Item = usize>) -> Lines {
        let mut lines = Lines::default();
        rows.for_each(|row| lines.push(self.at(row)));
        lines
    }

    /// Keeps the rows of which it is said.
    pub fn retain(&mut self, is_kept: &[bool]) {
        let mut kept = Lines::default();
        self.iter().zip(is_kept).filter(|(_, is_kept)| **is_kept).for_each(|(line, _)| kept.push(line));
        *self = kept;
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn rows_have_the_lines_that_were_pushed() {
        for pushed in [vec![], vec![2, 3, 4, 5], vec![2, 4, 5, 9, 10, 11, 3, 12], vec![7, 7, 8]] {
            let mut lines = Lines::default();
            pushed.iter().for_each(|line| lines.push(*line));
            assert_eq!(
                (lines.len(), lines.is_empty(), lines.last()),
                (pushed.len(), pushed.is_empty(), pushed.last().copied())
            );
            assert_eq!(lines.iter().collect::<Vec<_>>(), pushed);
            assert!(pushed.iter().enumerate().all(|(row, line)| lines.at(row) == *line));
            let mut extended = Lines::default();
            let rising = pushed.chunk_by(|one, next| one < next);
            rising.flat_map(|lines| lines.chunks(3)).for_each(|lines| extended.extend(lines));
            assert_eq!(extended.iter().collect::<Vec<_>>(), pushed);
            let every_other: Vec<u32> = pushed.iter().copied().step_by(2).collect();
            assert_eq!(lines.of((0..pushed.len()).step_by(2)).iter().collect::<Vec<_>>(), every_other);
            let is_kept: Vec<bool> = (0..pushed.len()).map(|row| row % 2 == 0).collect();
            lines.retain(&is_kept);
            assert_eq!(lines.iter().collect::<Vec<_>>(), every_other);
        }
    }
}
