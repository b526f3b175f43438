//! Workbooks, put together part by part as Excel does.

use super::*;
use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

fn pack(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A workbook with two sheets; the first holds what is given within `sheetData`.
fn workbook(rows: &str) -> Vec<u8> {
    const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"";
    let sheet = |rows: &str| format!("<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>");
    let book = format!(
        "<workbook {MAIN} xmlns:r=\"{LINKS}\"><sheets><sheet name=\"Members\" sheetId=\"1\" r:id=\"a\"/>\
         <sheet name=\"Notes\" sheetId=\"2\" r:id=\"b\"/></sheets></workbook>"
    );
    let links = format!(
        "<Relationships {PACKAGE}><Relationship Id=\"a\" Type=\"{LINKS}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"b\" Type=\"{LINKS}/worksheet\" Target=\"worksheets/sheet2.xml\"/>\
         <Relationship Id=\"c\" Type=\"{LINKS}/sharedStrings\" Target=\"sharedStrings.xml\"/>\
         <Relationship Id=\"d\" Type=\"{LINKS}/styles\" Target=\"styles.xml\"/></Relationships>"
    );
    let start = format!(
        "<Relationships {PACKAGE}><Relationship Id=\"z\" Type=\"{LINKS}/officeDocument\" Target=\"xl/workbook.xml\"/>\
         </Relationships>"
    );
    let strings =
        format!("<sst {MAIN}><si><t>state</t></si><si><t xml:space=\"preserve\"> Côte d’Ivoire </t></si></sst>");
    // Format 14 is a day, 21 a time of day.
    let styles = format!(
        "<styleSheet {MAIN}><cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"21\"/></cellXfs>\
         </styleSheet>"
    );
    let notes = sheet("<row r=\"2\"><c r=\"B2\" t=\"inlineStr\"><is><t>note</t></is></c></row>");
    pack(&[
        ("_rels/.rels", start.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet(rows).as_bytes()),
        ("xl/worksheets/sheet2.xml", notes.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
    ])
}

fn xlsx(content: &[u8]) -> Result<Rows, Fault> {
    with(&Format::default(), "table.xlsx", content)
}

const HEADER: &str = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"str\"><v>from</v></c></row>";

#[test]
fn cells_are_what_a_scholar_would_type() {
    let value = |row: u32, cell: &str| format!("<row r=\"{row}\"><c r=\"A{row}\" {cell}</c></row>");
    let cases = [
        ("t=\"s\"><v>1</v>", "Côte d’Ivoire"),
        ("><v>365</v>", "365"),
        ("><v>-9</v>", "-9"),
        ("><v>1.67635</v>", "1.67635"),
        ("><v>1e15</v>", "1000000000000000"),
        ("s=\"1\"><v>33739</v>", "1992-05-15"),
        ("s=\"1\"><v>33739.75</v>", "1992-05-15"),
        ("s=\"2\"><v>0.5</v>", "0.5"),
        ("t=\"b\"><v>1</v>", "1"),
        ("t=\"b\"><v>0</v>", "0"),
        ("t=\"e\"><v>#N/A</v>", "#N/A"),
        ("t=\"d\"><v>1992-05-15T12:00:00</v>", "1992-05-15"),
        ("><f>1+1</f><v>2</v>", "2"),
        ("t=\"inlineStr\"><is><t>a &amp; b</t></is>", "a & b"),
    ];
    let rows: String = cases.iter().zip(2..).map(|((cell, _), row)| value(row, cell)).collect();
    let found = all(&mut xlsx(&workbook(&(HEADER.to_owned() + &rows))).unwrap()).unwrap().0;
    let expected: Vec<Cells> = cases.iter().zip(2..).map(|((_, text), line)| row(line, &[text, "", ""])).collect();
    assert_eq!(found, expected);
}

#[test]
fn rows_keep_their_numbers_and_blank_ones_are_passed_over() {
    let rows = "<row r=\"3\"><c r=\"A3\"><v>1</v></c><c r=\"C3\"><v>2</v></c><c r=\"XFD3\"><v>9</v></c></row>\
                <row r=\"4\"><c r=\"A4\" t=\"str\"><v> </v></c><c r=\"B4\"/></row><row r=\"5\"/>\
                <row r=\"1048576\"><c r=\"C1048576\"><v>3</v></c></row>";
    let mut table = xlsx(&workbook(&(HEADER.to_owned() + rows))).unwrap();
    assert_eq!(table.headers(), ["state", "", "from"].map(str::to_owned));
    assert_eq!(all(&mut table).unwrap().0, [row(3, &["1", "", "2"]), row(1_048_576, &["", "", "3"])]);
    let mut table = xlsx(&workbook(&(HEADER.to_owned() + rows))).unwrap();
    let Ok(Next::Row(row)) = table.next(&[2, 0, 2]) else { panic!("no row") };
    assert_eq!((row.line(), row.cell(0), row.cell(1), row.cell(2)), (3, "2", "1", "2"));
}

#[test]
fn sheets_are_found_by_name() {
    let book = workbook(HEADER);
    let sheet = |name: &str| {
        let format = Format { sheet: Some(name.to_owned()), ..Format::default() };
        with(&format, "table.xlsx", &book).map(|rows| rows.headers().to_vec())
    };
    assert_eq!(sheet("Notes"), Ok(vec![String::new(), "note".to_owned()]));
    let sheets = vec!["Members".to_owned(), "Notes".to_owned()];
    assert_eq!(sheet("notes"), Err(Fault::NoSuchSheet { wanted: Some("notes".to_owned()), sheets }));
}

#[test]
fn what_is_no_workbook_is_told() {
    let not_excel = |content: &[u8]| match xlsx(content) {
        Err(Fault::NotExcel { reason }) => reason,
        other => panic!("{other:?}"),
    };
    assert_eq!(xlsx(b"").unwrap_err(), Fault::Empty);
    assert_eq!(xlsx(&workbook("")).unwrap_err(), Fault::NoHeader);
    assert_eq!(not_excel(b"a,b\n1,2\n"), "not a workbook, by its first bytes");
    assert_eq!(not_excel(b"\xD0\xCF\x11\xE0...."), "a workbook in the older form of Excel, or one with a password");
    let cut_off = "it is damaged: its end is missing; was it saved or downloaded whole?";
    assert_eq!(not_excel(&workbook(HEADER)[..900]), cut_off);
    assert_eq!(not_excel(&pack(&[("a.txt", b"a")])), "it has no part `_rels/.rels`, which every workbook has");
    let unreadable = "it is damaged: what it says of its sheets or cells cannot be read";
    assert_eq!(not_excel(&workbook("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>")), unreadable);
    assert_eq!(not_excel(&workbook("<row r=\"1\"><c r=\"A1\"><v>7")), unreadable);
    let mut broken = workbook(HEADER);
    let middle = broken.len() / 3;
    broken[middle..middle + 40].fill(0xFF);
    assert_eq!(not_excel(&broken), "it is damaged: a part of it cannot be unpacked");
}

#[test]
fn a_workbook_does_not_unpack_without_end() {
    let zeros = vec![0; 101 << 20];
    assert_eq!(xlsx(&pack(&[("xl/workbook.xml", &zeros)])).unwrap_err(), Fault::ExpandsTooFar);
    // Neither does it in many parts.
    let parts: Vec<String> = (0..101).map(|number| format!("{number}.xml")).collect();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|name| (name.as_str(), &zeros[..1 << 20])).collect();
    assert_eq!(xlsx(&pack(&parts)).unwrap_err(), Fault::ExpandsTooFar);
}

/// calamine lays out memory for as many texts as the workbook says it has.
#[test]
fn a_workbook_that_tells_more_texts_than_it_has_is_refused() {
    let texts =
        |count: &str| pack(&[("xl/SharedStrings.xml", format!("<sst uniqueCount{count}><si/></sst>").as_bytes())]);
    let wrong = Fault::NotExcel { reason: "it is damaged: it tells a wrong number of texts".to_owned() };
    for count in ["=\"1000000000000\"", " = '99999999999999999999999999'", "=\"7\"\u{1b}", "=\"\0\""] {
        assert_eq!(xlsx(&texts(count)).unwrap_err(), wrong, "{count}");
    }
    assert_ne!(xlsx(&texts("=\"1\"")).unwrap_err(), wrong);
}

/// Whatever becomes of its bytes, reading a workbook ends with rows or with a fault.
#[test]
fn a_damaged_workbook_is_a_fault_and_no_more() {
    let value = |cell: &str| workbook(&format!("{HEADER}<row r=\"2\">{cell}</row>"));
    for cell in [
        "<c r=\"A2\" t=\"n\"><v>+1</v></c>",
        "<c r=\"A2\" t=\"n\"><v>1_000</v></c>",
        "<c r=\"A2\" t=\"n\"><v>infinity</v></c>",
        "<c r=\"A2\" s=\"1\"><v>1e300</v></c>",
        "<c r=\"A2\" s=\"99\"><v>NaN</v></c>",
        "<c r=\"A0\"><v>1</v></c>",
        "<c r=\"2\"><v>1</v></c>",
        "<c r=\"A\"><v>1</v></c>",
        "<c r=\"\"><v>1</v></c>",
        "<c r=\"A2\" t=\"d\"><v></v></c>",
    ] {
        if let Ok(mut rows) = xlsx(&value(cell)) {
            all(&mut rows).unwrap();
        }
    }
    let whole = workbook(HEADER);
    let mut state = 7_u32;
    let mut random = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    for _ in 0..3_000 {
        let mut bytes = whole.clone();
        for _ in 0..=random(3) {
            let at = random(bytes.len());
            bytes[at] = random(256) as u8;
        }
        if let Ok(mut rows) = xlsx(&bytes) {
            all(&mut rows).unwrap();
        }
    }
}
