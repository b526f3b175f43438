//! Where the rows of tables lie.

use crate::sql::names::{self, quoted};
use crate::sql::{Refusal, Request};
use crate::syntax::tree::{File, Import, ImportOption, ItemKind};

/// The files that imports read, as the program names them.
pub(in crate::sql) fn files_read(files: &[File]) -> Vec<String> {
    let items = files.iter().flat_map(|file| &file.items);
    let mut read: Vec<String> = items
        .filter_map(|item| match &item.kind {
            ItemKind::Import(import) => Some(import.path.text.clone()),
            _ => None,
        })
        .collect();
    read.sort_unstable();
    read.dedup();
    read
}

/// Whether a file is one of them: by its path or by its name alone.
pub(in crate::sql) fn is_read(read: &[String], given: &str) -> bool {
    read.iter().any(|path| is_path(path, given))
}

fn is_path(path: &str, given: &str) -> bool {
    path == given || path.rsplit(['/', '\\']).next() == Some(given)
}

/// From what a table is read.
pub(super) fn of(import: &Import, file: &str, request: &Request) -> Result<String, Refusal> {
    let path = import.path.text.as_str();
    if let Some((_, table)) = request.tables.iter().find(|(given, _)| is_path(path, given)) {
        return Ok(table.split('.').map(quoted).collect::<Vec<_>>().join("."));
    }
    let lower = path.to_lowercase();
    let inner = lower.strip_suffix(".gz").unwrap_or(&lower);
    let mut delimiter = if inner.ends_with(".tsv") || inner.ends_with(".tab") { "\t" } else { "," }.to_owned();
    let refused = |form: &str| Err(Refusal::Import { form: form.to_owned(), span: import.path.span });
    for (option, given) in &import.options {
        match option {
            ImportOption::Delimiter => delimiter.clone_from(&given.text),
            ImportOption::Sheet => return refused("a sheet of a workbook"),
            ImportOption::Thousands => return refused("a file with separators between thousands of its own"),
            ImportOption::Encoding | ImportOption::Decimal => {
                return refused("a file with an encoding or a decimal sign of its own");
            }
        }
    }
    if inner.ends_with(".xlsx") || inner.ends_with(".xlsm") {
        return refused("a workbook of Excel");
    }
    let folder = file.rsplit_once(['/', '\\']).map(|(folder, _)| format!("{folder}/"));
    let is_absolute = path.starts_with('/') || path.contains(':');
    let path = folder.filter(|_| !is_absolute).unwrap_or_default() + path;
    let delimiter = if delimiter == "\t" { "chr(9)".to_owned() } else { names::text(&delimiter) };
    Ok(format!(
        "read_csv({}, all_varchar = true, header = true, delim = {delimiter}, quote = '\"', escape = '\"')",
        names::text(&path)
    ))
}
