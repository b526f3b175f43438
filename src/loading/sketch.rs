//! The smallest program that imports a table, for whoever names the table where a program is wanted.

use super::path::{file_name, show};
use super::reader::{PathKind, Reader};
use crate::tables::{self, Format};
use std::path::Path;

/// What a program is called that imports this table, and what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// The file of the program, beside the table.
    pub file: String,
    /// Its text.
    pub text: String,
}

/// Names of columns that hold codes of the Correlates of War project.
const COW_CODES: &[&str] = &["ccode", "cowcode", "state", "statenum"];
const YEARS: &[&str] = &["year", "yr", "styear", "startyear", "start_year"];
/// Endings of the names of two columns that hold the two states of a pair.
const PAIRS: &[(&str, &str)] = &[("1", "2"), ("a", "b"), ("_from", "_to")];

/// A program for this table, with columns of it where it can be read.
pub(super) fn sketch(reader: &dyn Reader, path: &Path) -> Sketch {
    let name = file_name(path);
    let headers = headers(reader, path).unwrap_or_default();
    let plain = |words: &[&str]| headers.iter().find(|header| words.contains(&header.to_lowercase().as_str()));
    let pair = pair(&headers).unwrap_or(("state1", "state2"));
    let is_cow = COW_CODES.contains(&stem(pair.0).to_lowercase().as_str()) && pair.0 != "state1";
    let (library, by) = if is_cow { ("use library \"states\"\n", " by cow") } else { ("", "") };
    let year = match plain(YEARS) {
        Some(year) => format!(" in row.{}", column(year)),
        None if headers.is_empty() => " in row.year".to_owned(),
        None => String::new(),
    };
    let [one, two] = [pair.0, pair.1].map(column);
    Sketch {
        file: show(&path.with_file_name(beside(&name))),
        text: format!("{library}import \"{name}\" as row {{\n    allied(row.{one}{by}, row.{two}{by}){year}\n}}"),
    }
}

/// `trade.ally` for `trade.csv.gz`.
fn beside(table: &str) -> String {
    let stem = table.split('.').find(|part| !part.is_empty()).unwrap_or("table");
    format!("{stem}.ally")
}

fn headers(reader: &dyn Reader, path: &Path) -> Option<Vec<String>> {
    let Some(PathKind::File(bytes)) = reader.kind(path) else { return None };
    let content = reader.open(path).ok()?;
    let rows = tables::open(&path.to_string_lossy(), &Format::default(), content, Some(bytes)).ok()?;
    Some(rows.headers().iter().filter(|header| !header.is_empty()).cloned().collect())
}

/// The columns of the two of a pair: those whose names go together, else the first two that are no years.
fn pair(headers: &[String]) -> Option<(&str, &str)> {
    let other = |one: &str| {
        let (first, second) = PAIRS.iter().find(|(first, _)| one.to_lowercase().ends_with(first))?;
        let stem = &one[..one.len() - first.len()];
        headers.iter().find(|header| header.to_lowercase() == format!("{stem}{second}").to_lowercase())
    };
    let together = headers.iter().find_map(|one| Some((one.as_str(), other(one)?.as_str())));
    let mut others = headers.iter().filter(|header| !YEARS.contains(&header.to_lowercase().as_str()));
    together.or_else(|| Some((others.next()?.as_str(), others.next()?.as_str())))
}

fn stem(header: &str) -> &str {
    let ending = PAIRS.iter().find(|(first, _)| header.to_lowercase().ends_with(first));
    ending.map_or(header, |(first, _)| header[..header.len() - first.len()].trim_end_matches('_'))
}

/// A column as an import names it: in quotation marks where it is no word of the language.
fn column(header: &str) -> String {
    let is_word = header.starts_with(|first: char| first.is_ascii_alphabetic())
        && header.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if is_word { header.to_owned() } else { format!("\"{}\"", header.replace('\\', "\\\\").replace('"', "\\\"")) }
}
