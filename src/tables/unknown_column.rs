//! A column that an import names and the table does not have: what may be meant.

use super::import_fault::{some, written};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Span;

/// So many names are told one by one.
const FEW: usize = 3;

/// A column that the table does not have.
#[derive(Debug, Clone, PartialEq)]
pub struct UnknownColumn {
    /// The table.
    pub table: String,
    /// The column.
    pub header: String,
    /// One that is nearly called so.
    pub near: Option<Box<str>>,
    /// All that there are.
    pub headers: Box<[String]>,
    /// The sign that seems to stand between the fields, where the header was read as one.
    pub delimiter: Option<char>,
    /// Other sheets of the workbook, where the first was read without being named and has none of the columns.
    pub sheets: Box<[String]>,
    /// Whether the header is one column and rows below it have more.
    pub is_title: bool,
    /// The line below that holds most of the wanted names.
    pub header_line: Option<u32>,
    /// The variable that stands for the column, or is a part of its name.
    pub variable: Option<Box<str>>,
    /// Where it is a part: its values, with the columns that are called so.
    pub parts: Box<[(String, String)]>,
    /// The name of a row.
    pub row: Box<str>,
    /// The name of the column.
    pub span: Span,
}

impl UnknownColumn {
    /// In words.
    pub(super) fn diagnostic(&self) -> Diagnostic {
        let header = &self.header;
        let label = match &self.variable {
            Some(variable) if self.parts.is_empty() => format!("`{variable}` stands here for `{}`", written(header)),
            _ => String::new(),
        };
        let message = format!("`{}` has no column `{header}`", self.table);
        Diagnostic::new("symmachia::table::unknown_column", Severity::Error, message)
            .at(self.span, label)
            .help(self.help())
    }

    /// What to do.
    fn help(&self) -> String {
        let UnknownColumn { near, headers, delimiter, sheets, is_title, header_line, variable, parts, row, .. } = self;
        if let Some(line) = header_line {
            return format!(
                "the first line that says something has to name the columns, and here line {line} does: take away from the table what \
                 stands above it"
            );
        }
        if let (Some(variable), [_, ..]) = (variable, &parts[..]) {
            let each = |(value, column): &(String, String)| format!("with `{value}` and `{row}.{}`", written(column));
            let mut all: Vec<String> = parts.iter().take(FEW).map(each).collect();
            if parts.len() > all.len() {
                all.push("…".to_owned());
            }
            return format!(
                "`{variable}` is replaced only where it is the whole name, as in `{row}.{variable}`; write the fact once for each: {}",
                all.join(", ")
            );
        }
        if let Some(delimiter) = delimiter {
            let sign = if *delimiter == '\t' { "\\t".to_owned() } else { delimiter.to_string() };
            return format!(
                "its header is one column to the program; is `{sign}` what stands between the fields? write \
                 `delimiter \"{sign}\"` after the name of the table"
            );
        }
        if !sheets.is_empty() {
            let sheets: Vec<String> = sheets.iter().map(|sheet| format!("`sheet \"{sheet}\"`")).collect();
            return format!(
                "the first sheet was read, which has {}; for another one write {} after the name of the table",
                some(headers),
                sheets.join(" or ")
            );
        }
        match near {
            Some(near) => format!("did you mean `{}`?", written(near)),
            None if *is_title => format!(
                "its first line is one column, {}, and others have several: is it a title? take it away, since the first line has \
                 to name the columns",
                some(headers)
            ),
            None => format!("it has {}", some(headers)),
        }
    }
}
