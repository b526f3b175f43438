//! A table of verdicts: a row for each case, a column for each criterion.

use super::Look;
use super::results::{Row, Table};
use super::verdicts::{colour, sign};
use super::words::visible;
use crate::explain::Answer;
use crate::verdict::Verdict;
use comfy_table::presets::{ASCII_FULL_CONDENSED, UTF8_FULL_CONDENSED};
use comfy_table::{Cell, Color, ContentArrangement};

/// Draws the answers of criteria about the same cases, at one moment.
#[must_use]
pub fn verdicts(tables: &[&Table], look: &Look) -> String {
    let Some(first) = tables.first() else { return String::new() };
    if first.rows.is_empty() {
        let names: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
        return format!("{}: no cases\n", names.join(", "));
    }
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
