//! A table of verdicts: a row for each case, a column for each criterion.

use super::Look;
use super::results::{Row, Table};
use super::verdicts::{colour, legend, sign};
use super::words::visible;
use crate::explain::Answer;
use crate::verdict::Verdict;
use comfy_table::presets::{ASCII_FULL_CONDENSED, UTF8_FULL_CONDENSED};
use comfy_table::{Cell, CellAlignment, Color, ContentArrangement};
use unicode_width::UnicodeWidthStr;

/// Draws the answers of criteria about the same cases, at one moment.
#[must_use]
pub fn verdicts(tables: &[&Table], look: &Look) -> String {
    let Some(first) = tables.first() else { return String::new() };
    if first.rows.is_empty() {
        let names: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
        return format!("{}: no cases\n", names.join(", "));
    }
    let names = column_names(tables);
    if tables.len() > MOST_NAMED && !fit(tables, &names, look) {
        // Values are words, which no sign stands for.
        let (with_verdicts, with_values): (Vec<&Table>, Vec<&Table>) =
            tables.iter().partition(|table| are_verdicts(table));
        let names: Vec<String> = with_verdicts.iter().map(|table| table.name.clone()).collect();
        if !names.is_empty() {
            let rest =
                if with_values.is_empty() { String::new() } else { "\n".to_owned() + &verdicts(&with_values, look) };
            return numbered(&with_verdicts, &names, look) + &rest;
        }
    }
    let mut drawing = drawing(look);
    let mut header = first.roles.clone();
    header.extend(names);
    drawing.set_header(header.iter().map(|text| Cell::new(visible(text))));
    for (index, row) in first.rows.iter().enumerate() {
        let mut cells: Vec<Cell> =
            row.individuals.iter().map(|individual| Cell::new(visible(&individual.label))).collect();
        cells.extend(tables.iter().map(|table| cell(&table.rows[index], look)));
        drawing.add_row(cells);
    }
    drawing.trim_fmt() + "\n"
}

/// More columns than this are numbered where they have no room.
const MOST_NAMED: usize = 3;

/// Whether a line has room for all columns as they are.
fn fit(tables: &[&Table], names: &[String], look: &Look) -> bool {
    let answer = |row: &Row| match row.spans.first() {
        // With its sign.
        Some((_, Answer::Verdict(verdict))) => verdict.name().width() + 2,
        Some((_, Answer::Value(value))) => visible(value).width(),
        None => 0,
    };
    let columns = tables
        .iter()
        .zip(names)
        .map(|(table, name)| table.rows.iter().map(answer).chain([name.width()]).max().unwrap_or(0) + 3);
    before(tables[0]) + columns.sum::<usize>() <= look.width
}

fn are_verdicts(table: &Table) -> bool {
    table.rows.iter().flat_map(|row| &row.spans).all(|(_, answer)| matches!(answer, Answer::Verdict(_)))
}

/// Columns by numbers, with signs for verdicts, and below whose number is which.
fn numbered(tables: &[&Table], names: &[String], look: &Look) -> String {
    let number = |(place, table): (usize, &&Table)| Table { name: format!("({})", place + 1), ..(*table).clone() };
    let numbered: Vec<Table> = tables.iter().enumerate().map(number).collect();
    let mut out = signs(&numbered.iter().collect::<Vec<_>>(), look) + "\n";
    for (table, name) in numbered.iter().zip(names) {
        out.push_str(&format!("{} {}\n", table.name, visible(name)));
    }
    out
}

/// The width of the columns of individuals.
fn before(table: &Table) -> usize {
    let width = |place: usize| {
        let named = table.rows.iter().filter_map(|row| row.individuals.get(place)).map(|one| one.label.as_str());
        named.chain(table.roles.get(place).map(String::as_str)).map(|text| visible(text).width()).max().unwrap_or(0)
    };
    // A cell has a blank on either side, and a rule.
    (0..table.roles.len()).map(|place| width(place) + 3).sum::<usize>() + 1
}

/// Draws the answers of many criteria: a sign for each, and below what the signs mean. Columns for which there is no room beside the others go
/// into a further table.
#[must_use]
pub fn signs(tables: &[&Table], look: &Look) -> String {
    let Some(first) = tables.first() else { return String::new() };
    let each = tables.iter().map(|table| table.name.width() + 3).max().unwrap_or(1);
    let columns = (look.width.saturating_sub(before(first)) / each).max(1);
    let mut out = String::new();
    for part in tables.chunks(columns) {
        let mut drawing = drawing(look);
        let header = first.roles.iter().chain(part.iter().map(|table| &table.name));
        drawing.set_header(header.map(|text| Cell::new(visible(text))));
        for (index, row) in first.rows.iter().enumerate() {
            let mut cells: Vec<Cell> =
                row.individuals.iter().map(|individual| Cell::new(visible(&individual.label))).collect();
            cells.extend(part.iter().map(|table| {
                let verdict = verdict(&table.rows[index]);
                let cell = Cell::new(sign(verdict, look.drawn)).set_alignment(CellAlignment::Center);
                match colour(verdict).filter(|_| look.colour) {
                    Some(colour) => cell.fg(terminal_colour(colour)),
                    None => cell,
                }
            }));
            drawing.add_row(cells);
        }
        out.push_str(&(drawing.trim_fmt() + "\n"));
    }
    let mut occurring: Vec<Verdict> = tables.iter().flat_map(|table| table.rows.iter().map(verdict)).collect();
    occurring.sort_unstable();
    occurring.dedup();
    format!("{out}{}\n", legend(&occurring, look))
}

fn verdict(row: &Row) -> Verdict {
    match row.spans.first() {
        Some((_, Answer::Verdict(verdict))) => *verdict,
        _ => Verdict::NotApplicable,
    }
}

fn drawing(look: &Look) -> comfy_table::Table {
    let mut drawing = comfy_table::Table::new();
    drawing
        .load_style(if look.drawn { UTF8_FULL_CONDENSED } else { ASCII_FULL_CONDENSED })
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(look.width).unwrap_or(u16::MAX));
    // What is a terminal is for the command line to find out.
    if look.colour {
        drawing.enforce_styling();
    } else {
        drawing.force_no_tty();
    }
    drawing
}

/// Where all are the same criterion of several frameworks, the frameworks tell them apart.
fn column_names(tables: &[&Table]) -> Vec<String> {
    let parts: Option<Vec<(&str, &str)>> = tables.iter().map(|table| table.name.split_once('.')).collect();
    match parts {
        Some(parts) if parts.len() > 1 && parts.iter().all(|(_, name)| *name == parts[0].1) => {
            parts.into_iter().map(|(framework, _)| framework.to_owned()).collect()
        }
        _ => tables.iter().map(|table| table.name.clone()).collect(),
    }
}

fn cell(row: &Row, look: &Look) -> Cell {
    match row.spans.first().map_or(&Answer::Verdict(Verdict::NotApplicable), |(_, answer)| answer) {
        Answer::Value(value) => Cell::new(visible(value)),
        Answer::Verdict(verdict) => {
            let cell = Cell::new(format!("{} {verdict}", sign(*verdict, look.drawn)).trim());
            match colour(*verdict).filter(|_| look.colour) {
                Some(colour) => cell.fg(terminal_colour(colour)),
                None => cell,
            }
        }
    }
}

fn terminal_colour(colour: anstyle::AnsiColor) -> Color {
    match colour {
        anstyle::AnsiColor::Cyan => Color::DarkCyan,
        anstyle::AnsiColor::Red => Color::DarkRed,
        anstyle::AnsiColor::Yellow => Color::DarkYellow,
        anstyle::AnsiColor::Magenta => Color::DarkMagenta,
        _ => Color::Reset,
    }
}
