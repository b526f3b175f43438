//! Workbooks as a spreadsheet program writes them, read as evidence: a sheet says what the same table says as text.
#![cfg(feature = "excel")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::path::{Path, PathBuf};
use symmachia::evidence::{RowValues, TableStatements};
use symmachia::loading::{MemoryReader, load};
use symmachia::model::{Options, resolve_with_tables};
use symmachia::render::{Look, diagnostics};

mod common;

/// Four accessions to the North Atlantic Treaty, the withdrawal of one from its command, and made-up figures.
const TEXT: &str = "state,code,signed,left,year,month,share,remark,counts\n\
    United States,2,1949-04-04,,1949,4,2.5,,1\n\
    France,220,1949-04-04,1966-07-01,1949,4,0.125,\"the command, not the treaty\",1\n\
    Greece,350,1952-02-18,1974-08-14,1952,,1000000,NA,0\n\
    \n\
    Spain,230,1982-05-30,,1982,5,-0.5, padded ,1\n";

/// The same with Excel's own dates, numbers and truth values, between a sheet of notes and two that hold no rows.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let notes = book.add_worksheet().set_name("Notes").unwrap();
    notes.write_string(0, 0, "Compiled by hand").unwrap();
    notes.write_string(4, 1, "see the codebook").unwrap();
    let sheet = book.add_worksheet().set_name("Members").unwrap();
    let (bold, day, percent) =
        (Format::new().set_bold(), Format::new().set_num_format("dd/mm/yyyy"), Format::new().set_num_format("0.0%"));
    for (line, row) in csv::ReaderBuilder::new().has_headers(false).from_reader(TEXT.as_bytes()).records().enumerate() {
        let row = row.unwrap();
        // The reader of text passes over the empty line; the sheet keeps it.
        let line = if line >= 4 { line as u32 + 1 } else { line as u32 };
        for (column, cell) in row.iter().enumerate() {
            let place = column as u16;
            if line == 0 {
                sheet.write_string_with_format(0, place, cell, &bold).unwrap();
            } else if cell.is_empty() {
                // An empty cell that has a format is in the file, and still empty.
                sheet.write_blank(line, place, &day).unwrap();
            } else if matches!(column, 2 | 3) {
                sheet
                    .write_datetime_with_format(line, place, ExcelDateTime::parse_from_str(cell).unwrap(), &day)
                    .unwrap();
            } else if column == 8 {
                sheet.write_boolean(line, place, cell == "1").unwrap();
            } else if let Ok(number) = cell.parse::<f64>() {
                sheet.write_number_with_format(line, place, number, &percent).unwrap();
            } else {
                sheet.write_string(line, place, cell).unwrap();
            }
        }
    }
    let codebook = book.add_worksheet().set_name("Codebook").unwrap();
    for (column, header) in
        ["state", "code", "signed", "left", "year", "month", "share", "remark", "counts"].iter().enumerate()
    {
        codebook.write_string(0, column as u16, *header).unwrap();
    }
    book.add_worksheet().set_name("Empty").unwrap();
    book.save_to_buffer().unwrap()
}

fn program(import: &str) -> String {
    format!(
        r#"
source s "The Example Table" until 1990
kind remark
predicate party(who: state)
predicate counted(who: state)
predicate remarked(who: state, what: remark)
predicate joined(who: state)
measure share(of: state)
import {import} as row [s] {{
    missing "NA"
    party(row.state) from row.signed until row.left or open
    counted(row.state) is row.counts = 1
    remarked(row.state, row.remark) where not missing(row.remark)
    joined(row.code by cow) from date(row.year, row.month)
    share(row.state) = row.share in row.year
}}
"#
    )
}

fn reader(import: &str) -> MemoryReader {
    MemoryReader::new().with("p.ally", program(import)).with("table.csv", TEXT).with("table.xlsx", workbook())
}

fn statements(import: &str) -> (Vec<String>, Vec<TableStatements>) {
    let loaded = load(&reader(import), &[PathBuf::from("p.ally")], &mut |_| {});
    assert!(!loaded.has_errors(), "{:?}", loaded.diagnostics);
    let resolved = resolve_with_tables(&loaded.texts, &loaded.files, loaded.tables.clone(), &Options::default());
    assert!(resolved.diagnostics.is_empty(), "{:?}", resolved.diagnostics);
    let names = resolved.program.individuals.iter().map(|one| one.name.clone()).collect();
    (names, resolved.program.table_statements)
}

fn said(import: &str) -> String {
    let checked = common::check(&reader(import), Path::new("p.ally"), &Options::default());
    diagnostics::text(&checked.diagnostics, &checked.texts, &Look::PLAIN)
}

#[test]
fn a_sheet_says_what_the_same_text_says() {
    let (names, of_text) = statements("\"table.csv\"");
    let (same_names, of_sheet) = statements("\"table.xlsx\" sheet \"Members\"");
    assert_eq!(names, same_names);
    assert_eq!((of_text.len(), of_sheet.len()), (5, 5));
    for (text, sheet) in of_text.iter().zip(&of_sheet) {
        let what = |one: &TableStatements| {
            let times: Vec<_> = (0..one.len())
                .map(|place| {
                    let time = one.time_of(place);
                    (time.earliest_start, time.latest_start, time.earliest_end, time.latest_end, time.open_end)
                })
                .collect();
            let values = match &one.values {
                RowValues::Numbers(numbers) => (0..one.len()).map(|place| numbers.at(place)).collect(),
                _ => Vec::new(),
            };
            let individuals: Vec<_> = (0..one.len()).map(|place| one.individuals_of(place).to_vec()).collect();
            let polarities: Vec<_> = (0..one.len()).map(|place| one.polarities.at(place)).collect();
            (individuals, polarities, times, values, (0..one.len()).map(|place| one.line_of(place)).collect::<Vec<_>>())
        };
        assert_eq!(what(text), what(sheet), "{:?}", text.pattern.target);
    }
    // The text is read as it should be, so that not both are wrong.
    assert_eq!(of_text.iter().map(TableStatements::len).collect::<Vec<_>>(), [4, 4, 2, 4, 4]);
    // Statements are in the order of those whom they name.
    let by_line = |one: &TableStatements| -> Vec<usize> {
        let mut places: Vec<usize> = (0..one.len()).collect();
        places.sort_by_key(|place| one.line_of(*place));
        places
    };
    let time = |one: &TableStatements, row: usize| one.time_of(by_line(one)[row]);
    assert_eq!(by_line(&of_text[0]).iter().map(|place| of_text[0].line_of(*place)).collect::<Vec<_>>(), [2, 3, 4, 6]);
    assert_eq!(time(&of_text[0], 1).latest_end.to_string(), "1966-07-01");
    assert_eq!(time(&of_text[3], 2).latest_start.to_string(), "1952-12-31");
    let shares: Vec<f64> = by_line(&of_text[4]).into_iter().map(|place| of_text[4].number_of(place)).collect();
    assert_eq!(shares, [2.5, 0.125, 1_000_000.0, -0.5]);
}

#[test]
fn sheets_that_are_not_meant_are_told() {
    insta::assert_snapshot!(
        [
            said("\"table.xlsx\" sheet \"members\""),
            said("\"table.xlsx\""),
            said("\"table.xlsx\" sheet \"Codebook\""),
            said("\"table.xlsx\" sheet \"Empty\""),
        ]
        .join("\n----\n")
    );
}
