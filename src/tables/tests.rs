//! What tables say, and what is said of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use std::io::Read;

/// The cells of one row, with its line.
type Cells = (u32, Vec<String>);

fn with(format: &Format, name: &str, content: &[u8]) -> Result<Rows, Fault> {
    open(name, format, Box::new(std::io::Cursor::new(content.to_vec())), Some(content.len() as u64))
}

fn csv(content: &[u8]) -> Result<Rows, Fault> {
    with(&Format::default(), "table.csv", content)
}

/// All rows with all columns, and the faults among them.
fn all(rows: &mut Rows) -> Result<(Vec<Cells>, Vec<RowFault>), Fault> {
    let columns: Vec<usize> = (0..rows.headers().len()).collect();
    let (mut read, mut faults, mut row) = (Vec::new(), Vec::new(), Row::new());
    loop {
        match rows.next(&columns, &mut row)? {
            Next::Row => read.push((row.line(), (0..row.len()).map(|n| row.cell(n).to_owned()).collect())),
            Next::Rejected(fault) => faults.push(fault),
            Next::End => return Ok((read, faults)),
        }
    }
}

fn cells(content: &[u8]) -> Vec<Cells> {
    let (cells, faults) = all(&mut csv(content).unwrap()).unwrap();
    assert_eq!(faults, []);
    cells
}

fn row(line: u32, cells: &[&str]) -> Cells {
    (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
}

#[test]
fn cells_are_trimmed_and_quotations_undone() {
    let table = b"a , \"b,c\"\n 1 ,\"x, \"\"y\"\"\"\n\t2,\xC2\xA0z\xC2\xA0\n";
    assert_eq!(csv(table).unwrap().headers(), ["a", "\"b", "c\""].map(str::to_owned));
    let table = b"a ,\"b,c\"\n 1 ,\"x, \"\"y\"\"\"\n\t2,\xC2\xA0z\xC2\xA0\n";
    assert_eq!(csv(table).unwrap().headers(), ["a", "b,c"].map(str::to_owned));
    assert_eq!(cells(table), [row(2, &["1", "x, \"y\""]), row(3, &["2", "z"])]);
}

#[test]
fn lines_are_counted_with_every_end_of_line() {
    for end in ["\n", "\r\n", "\r"] {
        let table = format!("{end}a,b{end}1,2{end}{end}3,\"x{end}y\"{end}5,6{end},{end} , {end}");
        let found = cells(table.as_bytes());
        let lines: Vec<u32> = found.iter().map(|(line, _)| *line).collect();
        // A carriage return within quotation marks is no end of a line that anything could count.
        let last = if end == "\r" { 6 } else { 7 };
        assert_eq!(lines, [3, 5, last], "{end:?}");
        assert_eq!(found[1].1[1], format!("x{end}y"));
    }
}

/// Hands out one byte at a time.
struct Slow(std::io::Cursor<Vec<u8>>);

impl Read for Slow {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = buffer.len().min(1);
        self.0.read(&mut buffer[..length])
    }
}

#[test]
fn it_does_not_matter_how_the_bytes_arrive() {
    let table = b"\xEF\xBB\xBFa,b\r\n1,\"x\r\ny\"\r\n\r\n2,\"\"\"\"\r\n3,4".to_vec();
    let slow = Box::new(Slow(std::io::Cursor::new(table.clone())));
    let mut rows = open("t.csv", &Format::default(), slow, None).unwrap();
    assert_eq!(rows.headers()[0], "a");
    let expected = vec![row(2, &["1", "x\r\ny"]), row(5, &["2", "\""]), row(6, &["3", "4"])];
    assert_eq!(all(&mut rows).unwrap(), (expected.clone(), vec![]));
    assert_eq!(rows.bytes_read(), table.len() as u64);
    assert_eq!(cells(&table), expected);
}

#[test]
fn only_wanted_columns_are_read_in_the_order_wanted() {
    let mut rows = csv(b"a,b,c\n1,\xFF,3\n").unwrap();
    let mut row = Row::new();
    assert_eq!(rows.next(&[2, 0, 2, 9], &mut row), Ok(Next::Row));
    assert_eq!((row.cell(0), row.cell(1), row.cell(2), row.cell(3), row.cell(4)), ("3", "1", "3", "", ""));
}
