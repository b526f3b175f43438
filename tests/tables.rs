//! What is said of tables that cannot be used, in whole or in part: every code, each from content that brings it about.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use symmachia::diagnostic::Diagnostic;
use symmachia::render::{Look, diagnostics};
use symmachia::tables::{self, Encoding, Fault, Format, Next, RowFault, open};
use symmachia::text::{Span, Texts};

/// A program that imports a table.
struct Import {
    texts: Texts,
    found: Vec<Diagnostic>,
}

impl Import {
    fn new() -> Self {
        Import { texts: Texts::new(), found: Vec::new() }
    }

    /// The place of a table's name in a program that imports it.
    fn place(&mut self, name: &str) -> Span {
        let text = format!("import \"{name}\" as row {{\n");
        let file = self.texts.add("members.ally", text);
        Span::new(file, 7, 9 + name.len())
    }

    fn fault(&mut self, name: &str, fault: &Fault) {
        let place = self.place(name);
        self.found.push(fault.diagnostic(name, place));
    }

    /// Reads all columns, and says what is wrong: with the table, or with the first row that has each mistake.
    fn read(&mut self, name: &str, format: &Format, content: impl Read + 'static) {
        let mut rows = match open(name, format, Box::new(content), None) {
            Ok(rows) => rows,
            Err(fault) => return self.fault(name, &fault),
        };
        for fault in rows.duplicate_headers() {
            self.fault(name, &fault);
        }
        let columns: Vec<usize> = (0..rows.headers().len()).collect();
        let mut faults: Vec<(RowFault, usize)> = Vec::new();
        loop {
            match rows.next(&columns) {
                Ok(Next::Row(_)) => {}
                Ok(Next::End) => break,
                Ok(Next::Rejected(fault)) => match faults.iter_mut().find(|(first, _)| first.what == fault.what) {
                    Some((_, count)) => *count += 1,
                    None => faults.push((fault, 1)),
                },
                Err(fault) => return self.fault(name, &fault),
            }
        }
        for (fault, count) in faults {
            let place = self.place(name);
            self.found.push(fault.diagnostic(name, rows.headers(), count, place));
        }
    }

    fn text(&mut self, name: &str, content: &[u8]) {
        self.read(name, &Format::default(), Cursor::new(content.to_vec()));
    }

    /// As a terminal shows it.
    fn shown(&self) -> String {
        diagnostics::text(&self.found, &self.texts, &Look::PLAIN)
    }
}

fn all() -> Import {
    let mut import = Import::new();
    import.text("members.dta", b"");
    import.text("members", b"");
    let delimiter = Format { delimiter: Some('→'), ..Format::default() };
    import.read("members.txt", &delimiter, Cursor::new(b"a"));
    let sheet = Format { sheet: Some("Members".to_owned()), ..Format::default() };
    import.read("members.csv", &sheet, Cursor::new(b"a"));
    import.text("members.csv", b"");
    import.text("members.csv", b"\n,\n");
    import.text("members.csv", b"state,\xC9tat\n");
    import.text("members.csv", b"state,from,state\n");
    import.text("members.csv", ",".repeat(20_000).as_bytes());
    import.read("members.csv", &Format::default(), Cursor::new(b"state\n\"").chain(std::io::repeat(b'x')));
    import.text("members.csv", b"state,from\n2,1992\n\"20,1992\n");
    import.text("members.csv", b"\xFF\xFEs\0");
    import.text("members.csv", b"PK\x03\x04");
    import.text("members.tab", b"\xD0\xCF\x11\xE0");
    import.text("members.csv.gz", b"state\n2\n");
    import.text("members.csv.gz", b"\x1F\x8B\x08\0\0");
    import.text("members.csv", b"state,from\n2\n20\n30,1992\n");
    import.text("members.csv", b"state,from\n2,\"1992\n20,1992\n30,\"1992\n");
    import.text("members.csv", b"state,name\n437,C\xF4te d'Ivoire\n");
    import.text("members.csv", b"state,name\n437,\x96\n438,\x96\n");
    import.text("members.csv", b"state,name\n437,\0\n");
    let windows = Format { encoding: Encoding::Windows1252, ..Format::default() };
    import.read("members.csv", &windows, Cursor::new(b"state,name\n437,\x81\n"));
    // These are brought about in src/tables/tests; here is only what is said.
    for fault in [
        Fault::ExpandsTooFar,
        Fault::ExcelLeftOut,
        Fault::NotExcel { reason: "a workbook in the older form of Excel, or one with a password".to_owned() },
        Fault::NoSuchSheet {
            wanted: Some("members".to_owned()),
            sheets: vec!["Members".to_owned(), "Notes".to_owned()],
        },
        Fault::NoSuchSheet { wanted: None, sheets: Vec::new() },
        Fault::OptionOfText { option: "delimiter \";\"".to_owned() },
    ] {
        import.fault("members.xlsx", &fault);
    }
    import
}

#[test]
fn faults_say_what_they_said() {
    insta::assert_snapshot!(all().shown());
}

#[test]
fn every_code_is_shown() {
    let shown: BTreeSet<&str> = all().found.iter().map(|diagnostic| diagnostic.code).collect();
    let codes: BTreeSet<&str> = tables::CODES.iter().copied().collect();
    assert_eq!(shown, codes);
    assert!(tables::CODES.is_sorted());
}
