//! Rows that say what an earlier one says.

use super::column::{Column, Symbol};
use super::table::{Repeated, Table};
use crate::columns::{ROWS_AT_A_TIME, at_a_time};
use std::cmp::Ordering;

/// For each row so many bits may show that no other one agrees with it.
const BITS_FOR_A_ROW: usize = 32;

/// Which rows to keep, and what is to be said of the others; none where no row repeats another.
///
/// Most tables are sorted by their first columns, and one look at each two neighbours shows that no row is there twice; in most others
/// no two rows agree in the columns that say of whom and when they speak.
pub(super) fn find(table: &Table, order: &[usize]) -> Option<(Vec<bool>, Repeated)> {
    let sorted: Vec<&Column> = order.iter().map(|column| &table.columns[*column]).collect();
    if (1..table.rows()).all(|row| is_before(&sorted, row - 1, row)) || are_different(&sorted, table.rows()) {
        return None;
    }
    let mut suspects = suspects(&hashes(table));
    suspects.sort_unstable();
    let symbols = |row: u32| table.columns.iter().map(move |column| column.at(row as usize));
    let mut is_kept = vec![true; table.rows()];
    let mut repeated: Option<Repeated> = None;
    for alike in suspects.chunk_by(|one, other| one >> 32 == other >> 32).filter(|alike| alike.len() > 1) {
        let mut rows: Vec<u32> = alike.iter().map(|row| *row as u32).collect();
        rows.sort_unstable_by(|one, two| symbols(*one).cmp(symbols(*two)).then(one.cmp(two)));
        for same in rows.chunk_by(|one, two| symbols(*one).eq(symbols(*two))) {
            let Some((of, others)) = same.split_first() else { continue };
            for row in others {
                is_kept[*row as usize] = false;
                let (line, of) = (table.lines.at(*row as usize), table.lines.at(*of as usize));
                let found = repeated.get_or_insert(Repeated { line, of, count: 0 });
                found.count += 1;
                if line < found.line {
                    (found.line, found.of) = (line, of);
                }
            }
        }
    }
    repeated.map(|repeated| (is_kept, repeated))
}

/// Whether it is seen at once that no two rows agree: in the first columns that have few combinations of texts, each combination has a
/// bit of its own.
fn are_different(columns: &[&Column], rows: usize) -> bool {
    let mut combinations = 1;
    let mut few: Vec<&Column> = Vec::new();
    for column in columns {
        match usize::checked_mul(combinations, column.symbols()).filter(|all| *all <= BITS_FOR_A_ROW * rows) {
            Some(all) if column.symbols() > 1 => {
                combinations = all;
                few.push(column);
            }
            _ => {}
        }
    }
    let mut seen = vec![0_u64; combinations.div_ceil(64)];
    let mut are_different = combinations >= rows;
    for some in at_a_time(rows) {
        if !are_different {
            break;
        }
        let mut places = [0_usize; ROWS_AT_A_TIME];
        for column in &few {
            let symbols = column.symbols();
            column.rows().each_beside(some.clone(), &mut places, |place, symbol| {
                *place = *place * symbols + symbol as usize;
            });
        }
        for place in &places[..some.len()] {
            let (word, bit) = (&mut seen[place / 64], 1 << (place % 64));
            are_different &= *word & bit == 0;
            *word |= bit;
        }
    }
    are_different
}

/// Of each row a hash of its symbols, of which the highest bits are as good as any.
fn hashes(table: &Table) -> Vec<u32> {
    let mut all = Vec::with_capacity(table.rows());
    for some in at_a_time(table.rows()) {
        let mut hashes = [0_u64; ROWS_AT_A_TIME];
        for column in &table.columns {
            column.rows().each_beside(some.clone(), &mut hashes, |hash, symbol| {
                *hash = (hash.rotate_left(23) ^ u64::from(symbol)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            });
        }
        all.extend(hashes[..some.len()].iter().map(|hash| (hash >> 32) as u32));
    }
    all
}

/// Whether two rows that follow one another are the same. The symbols come column by column.
pub(super) fn follow_one_another<'c>(rows: usize, columns: impl Iterator<Item = &'c [Symbol]>) -> bool {
    let mut are_same = vec![true; rows.saturating_sub(1)];
    for symbols in columns {
        let neighbours = symbols.iter().zip(symbols.iter().skip(1));
        are_same.iter_mut().zip(neighbours).for_each(|(same, (one, next))| *same &= one == next);
    }
    are_same.contains(&true)
}

/// The rows that may have the hash of another one, with the hash in the upper half: among them are all that have. A bit for each of
/// many more hashes than there are rows shows of most that they have none, without the rows being put in order.
fn suspects(hashes: &[u32]) -> Vec<u64> {
    let bits = (hashes.len() * BITS_FOR_A_ROW / 2).max(64).ilog2().min(u32::BITS);
    let place = |hash: u32| {
        let place = (u64::from(hash) >> (u32::BITS - bits)) as usize;
        (place / 64, 1_u64 << (place % 64))
    };
    let (mut seen, mut seen_again) = (vec![0_u64; 1 << (bits - 6)], vec![0_u64; 1 << (bits - 6)]);
    for (word, bit) in hashes.iter().map(|hash| place(*hash)) {
        seen_again[word] |= seen[word] & bit;
        seen[word] |= bit;
    }
    let is_suspect = |(_, hash): &(u64, &u32)| {
        let (word, bit) = place(**hash);
        seen_again[word] & bit != 0
    };
    (0..).zip(hashes).filter(is_suspect).map(|(row, hash)| u64::from(*hash) << 32 | row).collect()
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
    // Dates are in the order of their texts.
    if let (Some(one), Some(other)) = (column.date(one), column.date(other)) {
        return one.cmp(&other);
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
    use crate::tables::filter::Filter;
    use crate::tables::row::Written;
    use crate::tables::table::Table;

    /// The lines that are kept, and the first that repeats another, with that one, and how many do.
    fn kept(rows: &[[&str; 2]]) -> (Vec<u32>, Option<(u32, u32, usize)>) {
        let headers = vec!["a".to_owned(), "b".to_owned()];
        let columns = headers.iter().map(|header| Column::new(header, Vec::new(), None)).collect();
        let mut table = Table::new("t.csv", headers, columns);
        let mut cells = Written::default();
        for (line, row) in (2..).zip(rows) {
            cells.begin();
            row.iter().for_each(|cell| cells.push(cell));
            table.add(&cells.row(line));
            table.settle(&Filter::default());
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
        assert_eq!(kept(&[["3", "x"], ["2", "x"], ["2", "y"], ["3", "x"]]), (vec![2, 3, 4], Some((5, 2, 1))));
    }
}
