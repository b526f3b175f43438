//! From an import and the bytes of its table to the rows that it wants.

use super::below::Below;
use super::column::Column;
use super::filter::Filter;
use super::format::Kind;
use super::formula::{Bound, header_of};
use super::import_fault::ImportFault;
use super::table::{Table, distinct};
use super::unknown_column::UnknownColumn;
use super::{Encoding, Fault, Foreign, Format, Next, Rows};
use crate::columns::ROWS_AT_A_TIME;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::syntax::tree::{Cell, Each, Import, ImportOption, Name};
use std::io::Read;

/// How often the progress is told, in rows.
const PROGRESS_STEP: usize = 1 << 14;

/// Reads what an import wants of its table.
///
/// `size` is the size of the content in bytes, where it is known; `progress` is told now and then how many bytes are read.
///
/// # Errors
/// What makes the table unusable for this import.
pub fn read(
    import: &Import,
    content: Box<dyn Read>,
    size: Option<u64>,
    progress: &mut dyn FnMut(u64),
) -> Result<Table, Vec<Diagnostic>> {
    let name = import.path.text.as_str();
    let (format, decimal) = format(import).map_err(|fault| vec![fault.diagnostic()])?;
    let place = import.path.span;
    if let Some(refused) = option_of_sheet(import, &format) {
        return Err(vec![refused]);
    }
    let mut rows = super::open(name, &format, content, size)
        .map_err(|fault| vec![option_of_text(import, &fault).unwrap_or_else(|| fault.diagnostic(name, place))])?;
    let (mut columns, wanted) = columns(import, &mut rows, decimal)?;
    if let Some(sign) = thousands(import) {
        columns.iter_mut().for_each(|column| column.part_thousands(sign));
    }
    let mut table = Table::new(name, rows.headers().to_vec(), columns);
    let filter = Filter::new(import, &table.columns);
    let mut is_at_end = false;
    let mut told = 0;
    while !is_at_end {
        if let Some(stretch) = rows.next_stretch() {
            table.add_stretch(stretch, &wanted);
        } else {
            match rows.next(&wanted).map_err(|fault| vec![fault.diagnostic(name, place)])? {
                Next::End => is_at_end = true,
                Next::Rejected(fault) => table.reject(fault),
                Next::Row(row) => table.add(&row),
            }
        }
        if is_at_end || table.open_rows() >= ROWS_AT_A_TIME {
            table.settle(&filter);
        }
        if table.total - told >= PROGRESS_STEP {
            if told == 0 {
                table.reserve(rows_to_come(&table, rows.bytes_read(), size));
            }
            told = table.total;
            progress(rows.bytes_read());
        }
    }
    progress(rows.bytes_read());
    table.encoding_doubt = rows.encoding_doubt().map(Box::new);
    for (column, place) in table.columns.iter_mut().zip(&wanted) {
        column.note_no_days(rows.no_days(*place));
    }
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_unstable_by_key(|column| wanted[*column]);
    table.finish(&order);
    Ok(table)
}

/// How many more rows will be kept if they go on as the first ones did.
fn rows_to_come(table: &Table, read: u64, size: Option<u64>) -> usize {
    let Some(rest) = size.and_then(|size| size.checked_sub(read)) else { return 0 };
    // A little more, so that the guess is seldom short.
    (table.rows() as f64 * rest as f64 / read.max(1) as f64 * 1.02) as usize
}

/// How the table is written, and the sign before its decimals.
fn format(import: &Import) -> Result<(Format, Option<char>), ImportFault> {
    let mut format = Format::default();
    let mut decimal = None;
    for (option, text) in &import.options {
        let refused = || ImportFault::Option { option: *option, text: text.text.clone(), span: text.span };
        let mut letters = text.text.chars();
        let letter = match (letters.next(), letters.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        };
        match option {
            ImportOption::Delimiter => format.delimiter = Some(letter.ok_or_else(refused)?),
            ImportOption::Decimal => {
                decimal = Some(letter.filter(|letter| matches!(letter, '.' | ',')).ok_or_else(refused)?);
            }
            ImportOption::Thousands => drop(letter.and_then(thousands_sign).ok_or_else(refused)?),
            ImportOption::Sheet => format.sheet = Some(text.text.clone()),
            ImportOption::Encoding => {
                let plain: String = text.text.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
                format.encoding = match plain.as_str() {
                    "utf8" => Encoding::Utf8,
                    "latin1" | "iso88591" => Encoding::Latin1,
                    "windows1252" | "cp1252" | "ansi" => Encoding::Windows1252,
                    _ => return Err(refused()),
                };
            }
        }
    }
    Ok((format, decimal))
}

/// The sign between the thousands of an import's numbers, where it names one.
fn thousands(import: &Import) -> Option<char> {
    let (_, text) = import.options.iter().find(|(option, _)| *option == ImportOption::Thousands)?;
    text.text.chars().next().and_then(thousands_sign)
}

/// A space for any space, an apostrophe for both of its forms.
fn thousands_sign(letter: char) -> Option<char> {
    match letter {
        '\'' | '’' => Some('\''),
        space if space.is_whitespace() => Some(' '),
        _ => None,
    }
}

/// What is to be said where `delimiter` lets a workbook be read as text.
fn option_of_text(import: &Import, fault: &Fault) -> Option<Diagnostic> {
    let is_workbook = Format::default().kind(&import.path.text) == Ok(Kind::Excel);
    let is_read_as_text = matches!(fault, Fault::NotText { found: Foreign::Zip }) && is_workbook;
    is_read_as_text.then(|| refused(import, ImportOption::Delimiter))?
}

/// What is to be said of `encoding` for a workbook.
fn option_of_sheet(import: &Import, format: &Format) -> Option<Diagnostic> {
    let is_workbook = format.kind(&import.path.text) == Ok(Kind::Excel);
    is_workbook.then(|| refused(import, ImportOption::Encoding))?
}

fn refused(import: &Import, option: ImportOption) -> Option<Diagnostic> {
    let word = if option == ImportOption::Encoding { "encoding" } else { "delimiter" };
    let (_, value) = import.options.iter().find(|(one, _)| *one == option)?;
    let written = format!("{word} \"{}\"", value.text.escape_debug());
    Some(Fault::OptionOfText { option: written }.diagnostic(&import.path.text, value.span))
}

/// A column that an import names: its header, the name as written, and the variable that stands for parts of a table's headers.
struct Named<'t> {
    header: &'t str,
    cell: &'t Cell,
    each: Option<&'t Each>,
}

/// The columns that an import names, and their places in the table.
fn columns(
    import: &Import,
    rows: &mut Rows,
    decimal: Option<char>,
) -> Result<(Vec<Column>, Vec<usize>), Vec<Diagnostic>> {
    let mut named: Vec<Named<'_>> = Vec::new();
    each_header(import, &mut |header, cell, each| named.push(Named { header, cell, each }));
    let name = import.path.text.as_str();
    let names = distinct(named.iter().map(|one| one.header));
    let of = |header: &str| named.iter().find(|one| one.header == header);
    let is_missing = |header: &&&str| !rows.headers().iter().any(|one| one == **header);
    let missing: Vec<&str> = names.iter().filter(is_missing).copied().collect();
    if !missing.is_empty() {
        // What hides all columns is told once: a title above the header, a wrong delimiter, the wrong sheet.
        let are_all = missing.len() == names.len();
        let below = if are_all { rows.look_below(&names) } else { Below::default() };
        let is_wrong_sheet = are_all && !rows.other_sheets().is_empty() && below.header.is_none();
        let is_title = rows.headers().len() == 1 && below.widest > 1;
        let is_hidden = is_wrong_sheet || is_title || below.header.is_some() || rows.likely_delimiter().is_some();
        let told = missing.iter().take(if is_hidden { 1 } else { missing.len() }).filter_map(|header| of(header));
        return Err(told.map(|one| unknown_column(rows, import, one, below, is_wrong_sheet)).collect());
    }
    let (mut wanted, mut columns, mut faults) = (Vec::new(), Vec::new(), Vec::new());
    let duplicates = rows.duplicate_headers();
    for header in names {
        let Some(place) = rows.headers().iter().position(|one| one == header) else { continue };
        let is_it = |fault: &&Fault| matches!(fault, Fault::DuplicateHeader { header: twice, .. } if twice == header);
        if let Some(twice) = duplicates.iter().find(is_it) {
            faults.push(twice.diagnostic(name, of(header).map_or(import.path.span, |one| one.cell.column.span)));
        }
        let codes = import
            .missing
            .iter()
            .filter(|missing| {
                missing.columns.is_empty() || missing.columns.iter().any(|cell| cell.column.text == header)
            })
            .flat_map(|missing| missing.codes.iter().cloned())
            .collect();
        wanted.push(place);
        columns.push(Column::new(header, codes, decimal));
    }
    if faults.is_empty() { Ok((columns, wanted)) } else { Err(faults) }
}

fn unknown_column(rows: &Rows, import: &Import, named: &Named<'_>, below: Below, is_wrong_sheet: bool) -> Diagnostic {
    let Named { header, cell, each } = *named;
    let headers: Vec<&str> = rows.headers().iter().map(String::as_str).collect();
    let other_case = headers.iter().find(|one| one.eq_ignore_ascii_case(header));
    let near = other_case.copied().or_else(|| did_you_mean(header, headers.iter().copied()));
    // `row.ip_K`, where the columns are `ip_a` and `ip_b`.
    let parts = each.into_iter().filter(|_| !cell.column.quoted).flat_map(|each| {
        let column = |value: &Name| (value.text.clone(), cell.column.text.replace(&each.variable.text, &value.text));
        each.values.iter().map(column).filter(|(_, column)| headers.contains(&column.as_str()) && column != header)
    });
    let parts: Vec<(String, String)> = parts.collect();
    let variable = each.filter(|each| each.variable.text == cell.column.text || !parts.is_empty());
    let unknown = UnknownColumn {
        table: import.path.text.clone(),
        header: header.to_owned(),
        near: near.map(Into::into),
        delimiter: rows.likely_delimiter().filter(|_| !is_wrong_sheet),
        sheets: if is_wrong_sheet { rows.other_sheets().into() } else { Box::default() },
        is_title: headers.len() == 1 && below.widest > 1,
        headers: headers.into_iter().map(str::to_owned).collect(),
        header_line: below.header,
        variable: variable.map(|each| each.variable.text.as_str().into()),
        parts: parts.into(),
        row: import.row.text.as_str().into(),
        span: cell.column.span,
    };
    ImportFault::UnknownColumn(Box::new(unknown)).diagnostic()
}

/// Every header that an import names, a variable of `for K in {…}` as each of its values.
fn each_header<'t>(import: &'t Import, use_it: &mut dyn FnMut(&'t str, &'t Cell, Option<&'t Each>)) {
    import.each_shared_cell(&mut |cell| use_it(&cell.column.text, cell, None));
    for template in &import.templates {
        let bounds: Vec<Option<Bound<'t>>> = match &template.each {
            None => vec![None],
            Some(each) => (0..each.values.len()).map(|value| Some(Bound { each, value })).collect(),
        };
        for bound in bounds {
            template.each_cell(&mut |cell| use_it(header_of(cell, bound), cell, template.each.as_ref()));
        }
    }
}
