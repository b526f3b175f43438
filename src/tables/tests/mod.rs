//! What tables say, and what is said of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use std::io::Read;

#[cfg(feature = "excel")]
mod excel;
mod hostile;
mod stretches;

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
    let (mut read, mut faults) = (Vec::new(), Vec::new());
    loop {
        match rows.next(&columns)? {
            Next::Row(row) => read.push((row.line(), (0..row.len()).map(|n| row.cell(n).to_owned()).collect())),
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

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2_000))]
    /// Byte by byte no line lies in the buffer as a whole, and the automaton reads all of them.
    #[test]
    fn plain_lines_are_what_the_automaton_makes_of_them(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec!["1", "b", ",", ",", ",", "\n", "\n", "\r\n", "\r", "\"", "\"\"", " ", "é", "\0", "1,2\n", "1,2\r\n"]),
            0..24,
        ),
        windows in proptest::bool::ANY,
    ) {
        let content = format!("a,b\n{}", pieces.concat());
        let encoding = if windows { Encoding::Windows1252 } else { Encoding::Utf8 };
        let format = Format { encoding, ..Format::default() };
        let slow = Box::new(Slow(std::io::Cursor::new(content.clone().into_bytes())));
        let slowly = all(&mut open("t.csv", &format, slow, None).unwrap());
        proptest::prop_assert_eq!(all(&mut with(&format, "t.csv", content.as_bytes()).unwrap()), slowly);
    }
}

#[test]
fn only_wanted_columns_are_read_in_the_order_wanted() {
    let mut rows = csv(b"a,b,c\n1,\xFF,3\n").unwrap();
    let Ok(Next::Row(row)) = rows.next(&[2, 0, 2, 9]) else { panic!("no row") };
    assert_eq!((row.cell(0), row.cell(1), row.cell(2), row.cell(3), row.cell(4)), ("3", "1", "3", "", ""));
}

#[test]
fn the_name_tells_how_a_table_is_written() {
    let headers = |name: &str| with(&Format::default(), name, b"a,b\tc\n").map(|rows| rows.headers().len());
    assert_eq!(headers("x/y.CSV"), Ok(2));
    assert_eq!(headers("y.tsv"), Ok(2));
    assert_eq!(headers("y.b.tab"), Ok(2));
    for (name, ending) in [("y.dta", Some("dta")), ("folder.csv/y", None), ("y.xlsx.gz", Some("xlsx")), ("y", None)] {
        assert_eq!(headers(name), Err(Fault::UnknownFormat { ending: ending.map(str::to_owned) }), "{name}");
    }
    let semicolon = Format { delimiter: Some(';'), ..Format::default() };
    assert_eq!(with(&semicolon, "y.txt", b"a;b,c\n").unwrap().headers().len(), 2);
    for delimiter in ['\n', '"', '\0', 'é', '→'] {
        let format = Format { delimiter: Some(delimiter), ..Format::default() };
        assert_eq!(with(&format, "y.csv", b"a").unwrap_err(), Fault::Delimiter { delimiter });
    }
    assert_eq!(csv(b"a;b;c,d\n1;2;3,4\n").unwrap().likely_delimiter(), None);
    assert_eq!(csv(b"a;b;c\n").unwrap().likely_delimiter(), Some(';'));
    assert_eq!(csv(b"a\n").unwrap().likely_delimiter(), None);
}

#[test]
fn letters_are_read_in_their_encoding() {
    let table = b"pays,n\nC\xF4te d\x92Ivoire,\x96\n\x81,x\n";
    let read = |encoding| all(&mut with(&Format { encoding, ..Format::default() }, "t.csv", table).unwrap()).unwrap();
    assert_eq!(read(Encoding::Latin1).0, [row(2, &["C\u{f4}te d\u{92}Ivoire", "\u{96}"]), row(3, &["\u{81}", "x"])]);
    let undecodable = |line, byte, encoding| RowFault {
        line,
        what: Unusable::Undecodable { column: 0, byte, encoding, is_utf8: false },
    };
    let (rows, faults) = read(Encoding::Windows1252);
    assert_eq!(rows, [row(2, &["Côte d’Ivoire", "–"])]);
    assert_eq!(faults, [undecodable(3, 0x81, Encoding::Windows1252)]);
    let (rows, faults) = read(Encoding::Utf8);
    assert_eq!(rows, []);
    assert_eq!(faults, [undecodable(2, 0xF4, Encoding::Utf8), undecodable(3, 0x81, Encoding::Utf8)]);
    let header = csv(b"a,\xE9\n").unwrap_err();
    assert_eq!(header, Fault::UndecodableHeader { column: 1, byte: 0xE9, encoding: Encoding::Utf8 });
}

#[test]
fn a_row_that_cannot_be_used_does_not_end_the_reading() {
    let (rows, faults) = all(&mut csv(b"a,b\n1\n1,2,3\n\n4,\0\n,,,\n5,6\n7,\"8\n9\",\n").unwrap()).unwrap();
    assert_eq!(rows, [row(7, &["5", "6"])]);
    let ragged = |found, lines| Unusable::Ragged { found, wanted: 2, lines, ends_empty: lines > 1 };
    assert_eq!(
        faults,
        [
            RowFault { line: 2, what: ragged(1, 1) },
            RowFault { line: 3, what: ragged(3, 1) },
            RowFault { line: 5, what: Unusable::NullByte { column: 1 } },
            RowFault { line: 8, what: ragged(3, 2) },
        ]
    );
}

#[test]
fn equal_headers_are_told_and_no_fault_by_themselves() {
    let rows = csv(b"a,b,,a,,b,a\n").unwrap();
    let duplicate = |header: &str, first, second| Fault::DuplicateHeader { header: header.to_owned(), first, second };
    assert_eq!(rows.duplicate_headers(), [duplicate("a", 0, 3), duplicate("b", 1, 5), duplicate("a", 0, 6)]);
}

#[test]
fn the_last_line_needs_no_end_and_a_header_no_rows() {
    assert_eq!(cells(b"a,b\n1,"), [row(2, &["1", ""])]);
    assert_eq!(cells(b"a,b\n1,\"2\""), [row(2, &["1", "2"])]);
    assert_eq!(cells(b"a,b"), []);
    assert_eq!(cells(b"a\n\n\r\n \n"), []);
}
