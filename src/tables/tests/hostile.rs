//! Content that no scholar writes, or that was cut off, damaged or named wrongly.

use super::*;
use flate2::{Compression, write::GzEncoder};
use std::io::Write;

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// The fault at which the reading ends.
fn fault(rows: Result<Rows, Fault>) -> Fault {
    match rows {
        Ok(mut rows) => all(&mut rows).unwrap_err(),
        Err(fault) => fault,
    }
}

#[test]
fn gzip_is_expanded_whatever_the_name_says() {
    // Two files one behind the other are one content.
    let packed = [gzip(b"a,b\n1,2\n"), gzip(b"3,4\n")].concat();
    for name in ["t.csv.gz", "t.csv"] {
        let mut rows = with(&Format::default(), name, &packed).unwrap();
        assert_eq!(all(&mut rows).unwrap().0, [row(2, &["1", "2"]), row(3, &["3", "4"])]);
        assert_eq!(rows.bytes_read(), packed.len() as u64);
    }
    assert_eq!(fault(with(&Format::default(), "t.csv.gz", b"a,b\n")), Fault::NotGzip);
    assert_eq!(fault(with(&Format::default(), "t.csv.gz", b"")), Fault::Empty);
    assert_eq!(fault(with(&Format::default(), "t.csv.gz", &gzip(b""))), Fault::Empty);
    let cut = fault(with(&Format::default(), "t.csv.gz", &packed[..packed.len() - 12]));
    assert_eq!(cut, Fault::Unreadable { reason: "it ends in the middle; was it downloaded whole?".to_owned() });
    let mut damaged = packed;
    damaged[14] ^= 0xFF;
    assert!(matches!(fault(with(&Format::default(), "t.csv.gz", &damaged)), Fault::Unreadable { .. }));
}

#[test]
fn gzip_does_not_expand_without_end() {
    let mut encoder = GzEncoder::new(b"".to_vec(), Compression::best());
    encoder.write_all(b"a,b\n").unwrap();
    let rows = b"1,2\n".repeat(1 << 18);
    for _ in 0..300 {
        encoder.write_all(&rows).unwrap();
    }
    let packed = encoder.finish().unwrap();
    assert!(packed.len() < 300 * rows.len() / 200, "the case is not one: {} bytes", packed.len());
    let mut rows = with(&Format::default(), "t.csv.gz", &packed).unwrap();
    let mut count = 0_u64;
    let fault = loop {
        match rows.next(&[0]) {
            Ok(_) => count += 1,
            Err(fault) => break fault,
        }
    };
    assert_eq!(fault, Fault::ExpandsTooFar);
    assert!(count * 4 + 4 > (255 << 20), "{count}");
}

/// The same bytes again and again, and how many were handed out.
struct Endless(&'static [u8], std::rc::Rc<std::cell::Cell<usize>>);

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.0.take(buffer.len() as u64).read(buffer)?;
        self.1.set(self.1.get() + read);
        Ok(read)
    }
}

#[test]
fn a_record_without_end_is_given_up() {
    for (start, again, expected) in [
        (&b"a,b\n1,2\n3,\"x"[..], &b"4,5\n"[..], Fault::RecordTooLong { line: 3 }),
        (b"a,b\n1,2\n", b"x", Fault::RecordTooLong { line: 3 }),
        (b"", b"xxxxx", Fault::RecordTooLong { line: 1 }),
        (b"a,b\n1,2\n\n", b",", Fault::TooManyColumns { line: 4 }),
        (b"a,b\n", b"\"\",", Fault::TooManyColumns { line: 2 }),
    ] {
        let count = std::rc::Rc::default();
        let content = start.chain(Endless(again, std::rc::Rc::clone(&count)));
        assert_eq!(fault(open("t.csv", &Format::default(), Box::new(content), None)), expected);
        assert!(count.get() < 17 << 20, "{} bytes were read", count.get());
    }
}

#[test]
fn as_many_columns_as_excel_has_are_read() {
    let table = |columns: usize| format!("x{}\n1{}\n", ",x".repeat(columns - 1), ",2".repeat(columns - 1));
    assert_eq!(cells(table(16_384).as_bytes())[0].1.len(), 16_384);
    assert_eq!(fault(csv(table(16_385).as_bytes())), Fault::TooManyColumns { line: 1 });
}

#[test]
fn a_quotation_that_nothing_closes_is_told() {
    assert_eq!(fault(csv(b"a,b\n1,2\n\n3,\"4\n5,6\n")), Fault::UnclosedQuotation { line: 4 });
    assert_eq!(fault(csv(b"a,\"b\n1,2")), Fault::UnclosedQuotation { line: 1 });
    // A mark in the middle of a field is a letter like others.
    assert_eq!(cells(b"a,b\n5\"1,x\"\n"), [row(2, &["5\"1", "x\""])]);
}

#[test]
fn what_is_no_text_is_told() {
    let not_text = |found| Fault::NotText { found };
    assert_eq!(fault(csv(b"")), Fault::Empty);
    assert_eq!(fault(csv(b"\xEF\xBB\xBF")), Fault::NoHeader);
    assert_eq!(fault(csv(b" , \n\n,\n")), Fault::NoHeader);
    assert_eq!(fault(csv(b"\xFF\xFEa\0,\0")), Fault::Utf16);
    assert_eq!(fault(csv(b"a\0,\0b\0")), Fault::Utf16);
    assert_eq!(fault(csv(b"\0a\0,\0b")), Fault::Utf16);
    assert!(matches!(fault(csv(b"\0\0\0\0")), Fault::UndecodableHeader { column: 0, byte: 0, .. }));
    assert_eq!(fault(csv(b"PK\x03\x04....")), not_text(Foreign::Zip));
    assert_eq!(fault(csv(b"\xD0\xCF\x11\xE0....")), not_text(Foreign::OldExcel));
    assert_eq!(fault(csv(b"%PDF-1.7")), not_text(Foreign::Pdf));
    assert_eq!(fault(csv(b"PAR1....")), not_text(Foreign::Parquet));
    assert!(matches!(fault(csv(b"abc,d\0e\n")), Fault::UndecodableHeader { column: 1, byte: 0, .. }));
}

/// Fails after the first line.
struct Failing(bool);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if std::mem::replace(&mut self.0, true) {
            return Err(std::io::Error::new(std::io::ErrorKind::TimedOut, "the disk is gone"));
        }
        (&b"a,b\n1,2\n"[..]).read(buffer)
    }
}

#[test]
fn what_the_disk_says_is_told() {
    let reason = "the disk is gone".to_owned();
    let rows = open("t.csv", &Format::default(), Box::new(Failing(false)), None);
    assert_eq!(fault(rows), Fault::Unreadable { reason });
}
