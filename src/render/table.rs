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
    let mut drawing = drawing(look);
    let mut header = first.roles.clone();
    header.extend(column_names(tables));
    drawing.set_header(header.iter().map(|text| Cell::new(visible(text))));
    for (index, row) in first.rows.iter().enumerate() {
        let mut cells: Vec<Cell> =
            row.individuals.iter().map(|individual| Cell::new(visible(&individual.label))).collect();
        cells.extend(tables.iter().map(|table| cell(&table.rows[index], look)));
        drawing.add_row(cells);
    }
    drawing.trim_fmt() + "\n"
}

/// Draws the answers of many criteria: a sign for each, and below what the signs mean. Columns for which there is no room beside the others go
/// into a further table.
#[must_use]
pub fn signs(tables: &[&Table], look: &Look) -> String {
    let Some(first) = tables.first() else { return String::new() };
    let width = |place: usize| {
        let named = first.rows.iter().filter_map(|row| row.individuals.get(place)).map(|one| one.label.as_str());
        named.chain(first.roles.get(place).map(String::as_str)).map(|text| visible(text).width()).max().unwrap_or(0)
    };
    // A cell has a blank on either side, and a rule.
    let before: usize = (0..first.roles.len()).map(|place| width(place) + 3).sum::<usize>() + 1;
    let each = tables.iter().map(|table| table.name.width() + 3).max().unwrap_or(1);
    let columns = (look.width.saturating_sub(before) / each).max(1);
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
