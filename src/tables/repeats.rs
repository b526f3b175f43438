//! Rows that say what an earlier one says.

use super::column::{Column, Symbol};
use super::table::{Repeated, Table};
use std::cmp::Ordering;

/// Which rows to keep, and what is to be said of the others; none where no row repeats another.
///
/// Most tables are sorted by their first columns, and one look at each two neighbours shows that no row is there twice.
pub(super) fn find(table: &Table, order: &[usize]) -> Option<(Vec<bool>, Repeated)> {
    let sorted: Vec<&Column> = order.iter().map(|column| &table.columns[*column]).collect();
    if (1..table.rows()).all(|row| is_before(&sorted, row - 1, row)) {
        return None;
    }
    let mut buckets = Buckets::of(&table.hashes);
    let is_same =
        |one: u32, two: u32| table.columns.iter().all(|column| column.at(one as usize) == column.at(two as usize));
    let mut is_kept = vec![true; table.rows()];
    let mut repeated: Option<Repeated> = None;
    buckets.each_alike(|rows| {
        // Rows of one hash are almost always the same.
        let mut different: Vec<u32> = Vec::new();
        for row in rows.iter().map(|row| *row as u32) {
            let Some(of) = different.iter().find(|of| is_same(**of, row)) else {
                different.push(row);
                continue;
            };
            is_kept[row as usize] = false;
            let (line, of) = (table.lines.at(row as usize), table.lines.at(*of as usize));
            let found = repeated.get_or_insert(Repeated { line, of, count: 0 });
            found.count += 1;
            if line < found.line {
                (found.line, found.of) = (line, of);
            }
        }
    });
    repeated.map(|repeated| (is_kept, repeated))
}

/// A hash of the symbols of a row, of which the highest bits are as good as any.
pub(super) fn hash(row: &[Symbol]) -> u32 {
    let mixed =
        |hash: u64, symbol: &Symbol| (hash.rotate_left(23) ^ u64::from(*symbol)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (row.iter().fold(0, mixed) >> 32) as u32
}

/// The rows in buckets by the highest bits of their hashes, some four in each. Rows that are the same are in the same one.
struct Buckets {
    starts: Vec<u32>,
    /// Of each row its hash and, in the lower half, the row.
    rows: Vec<u64>,
}

impl Buckets {
    fn of(hashes: &[u32]) -> Buckets {
        let bits = ((hashes.len() / 4).max(2).ilog2() + 1).min(u32::BITS);
        let bucket = |hash: u32| (hash >> (u32::BITS - bits)) as usize;
        let mut starts = vec![0_u32; (1 << bits) + 1];
        for hash in hashes {
            starts[bucket(*hash)] += 1;
        }
        // Where each bucket ends; filling it from behind leaves where it begins.
        let mut end = 0;
        for start in &mut starts {
            end += *start;
            *start = end;
        }
        let mut rows = vec![0; hashes.len()];
        for (row, hash) in hashes.iter().enumerate().rev() {
            let at = &mut starts[bucket(*hash)];
            *at -= 1;
            rows[*at as usize] = u64::from(*hash) << 32 | row as u64;
        }
        Buckets { starts, rows }
    }

    /// Hands out several rows of one hash, in order.
    fn each_alike(&mut self, mut found: impl FnMut(&[u64])) {
        let hash = |row: &u64| row >> 32;
        for ends in self.starts.windows(2) {
            let rows = &mut self.rows[ends[0] as usize..ends[1] as usize];
            if rows.len() > 1 {
                rows.sort_unstable();
                let alike = rows.chunk_by(|one, other| hash(one) == hash(other)).filter(|alike| alike.len() > 1);
                alike.for_each(&mut found);
            }
        }
    }
}

/// Whether a row comes before another one in the order of its cells.
fn is_before(columns: &[&Column], row: usize, other: usize) -> bool {
    let orders = columns.iter().map(|column| compare(column, column.at(row), column.at(other)));
    orders.into_iter().find(|order| order.is_ne()) == Some(Ordering::Less)
}

/// Numbers by their size, then texts.
fn compare(column: &Column, one: Symbol, other: Symbol) -> Ordering {
    if one == other {
        return Ordering::Equal;
    }
    let by_text = || column.text(one).cmp(column.text(other));
    match (column.number(one), column.number(other)) {
        (Some(one), Some(other)) => one.total_cmp(&other).then_with(by_text),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => by_text(),
    }
}

#[cfg(test)]
mod tests {
    use crate::tables::column::Column;
    use crate::tables::table::Table;

    /// The lines that are kept, and the first that repeats another, with that one, and how many do.
    fn kept(rows: &[[&str; 2]]) -> (Vec<u32>, Option<(u32, u32, usize)>) {
        let headers = vec!["a".to_owned(), "b".to_owned()];
        let columns = headers.iter().map(|header| Column::new(header, Vec::new(), None)).collect();
        let mut table = Table::new("t.csv", headers, columns);
        let mut symbols = Vec::new();
        for (line, row) in (2..).zip(rows) {
            table.symbols(|column| row[column], &mut symbols);
            table.keep(&symbols, line);
        }
        table.finish(&[0, 1]);
        let repeated = table.repeated.map(|repeated| (repeated.line, repeated.of, repeated.count));
        let texts: Vec<&str> = (0..table.rows()).map(|row| table.columns[1].text(table.columns[1].at(row))).collect();
        assert_eq!(texts, table.lines.iter().map(|line| rows[line as usize - 2][1]).collect::<Vec<_>>());
        (table.lines.iter().collect(), repeated)
    }

    #[test]
    fn rows_are_kept_once() {
        let sorted = [["2", "x"], ["2", "y"], ["10", "x"], ["a", "x"], ["b", "x"]];
        assert_eq!(kept(&sorted), (vec![2, 3, 4, 5, 6], None));
        assert_eq!(kept(&[["10", "x"], ["2", "y"], ["3", "x"]]), (vec![2, 3, 4], None));
        assert_eq!(kept(&[["2", "x"], ["2", "x"], ["2", "x"]]), (vec![2], Some((3, 2, 2))));
        let mixed = [["3", "x"], ["2", "y"], ["2", "y"], ["3", "x"], ["02", "y"], ["3", "x"], ["2", "y"]];
        assert_eq!(kept(&mixed), (vec![2, 3, 6], Some((4, 3, 4))));
    }
}
