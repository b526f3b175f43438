//! How fast tables are read, beside the crate csv alone.
//!
//! The table is one of dyads and years that is made up here, or the one at the path in `SYMMACHIA_TABLE`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fmt::Write;
use std::io::Cursor;
use std::sync::LazyLock;
use symmachia::tables::{Format, Next, open};

static TABLE: LazyLock<Vec<u8>> = LazyLock::new(|| match std::env::var_os("SYMMACHIA_TABLE") {
    Some(path) => std::fs::read(path).expect("the table at SYMMACHIA_TABLE"),
    None => made_up(),
});

fn main() {
    divan::main();
}

/// 600,000 rows like those of a table of trade.
fn made_up() -> Vec<u8> {
    let mut table = "ccode1,ccode2,year,flow1,flow2,smoothflow1,smoothflow2\n".to_owned();
    for number in 0..600_000_u32 {
        let (first, second, year) = (number / 6_000 * 9 + 2, number / 100 % 60 * 15 + 20, 1915 + number % 100);
        let flow = f64::from(number.wrapping_mul(2_654_435_761) >> 12) / 1000.0;
        writeln!(table, "{first},{second},{year},{flow},-9,{flow:.2},-9").unwrap();
    }
    table.into_bytes()
}

/// All cells of all rows, as a program sees them.
#[divan::bench]
fn tables() -> usize {
    let mut rows = open("table.csv", &Format::default(), Box::new(Cursor::new(&*TABLE)), None).unwrap();
    let columns: Vec<usize> = (0..rows.headers().len()).collect();
    let mut length = 0;
    while let Next::Row(row) = rows.next(&columns).unwrap() {
        length += (0..columns.len()).map(|n| row.cell(n).len()).sum::<usize>();
    }
    length
}

/// The bytes of all fields of all records.
#[divan::bench]
fn csv_alone() -> usize {
    let mut reader = csv::Reader::from_reader(Cursor::new(&*TABLE));
    let (mut record, mut length) = (csv::ByteRecord::new(), 0);
    while reader.read_byte_record(&mut record).unwrap() {
        length += record.iter().map(<[u8]>::len).sum::<usize>();
    }
    length
}

/// The text of all fields of all records.
#[divan::bench]
fn csv_alone_as_text() -> usize {
    let mut reader = csv::Reader::from_reader(Cursor::new(&*TABLE));
    let (mut record, mut length) = (csv::StringRecord::new(), 0);
    while reader.read_record(&mut record).unwrap() {
        length += record.iter().map(str::len).sum::<usize>();
    }
    length
}
