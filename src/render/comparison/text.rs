//! On a terminal, or narrated.

use super::blocks::{Block, Item, Table, blocks};
use super::matrix;
use crate::compare::Comparison;
use crate::render::Look;
use crate::render::words::{ascii_signs, visible, wrapping};
use crate::text::Texts;
use comfy_table::presets::{ASCII_FULL_CONDENSED, UTF8_FULL_CONDENSED};
use comfy_table::{Cell, CellAlignment, ContentArrangement};

/// The whole comparison.
#[must_use]
pub fn text(comparison: &Comparison, texts: &Texts, look: &Look) -> String {
    let mut out = String::new();
    for block in blocks(comparison, texts) {
        if !out.is_empty() {
            out.push('\n');
        }
        match block {
            Block::Heading(depth, title) => out.push_str(&heading(depth, &title, look)),
            Block::Paragraph(text) => out.push_str(&wrapped(&text, "", "", look)),
            Block::Table(table) => out.push_str(&drawn(&table, look)),
            Block::Matrix => out.push_str(&matrix::drawn(comparison, look)),
            Block::Items(items) => {
                let items: Vec<String> = items.iter().map(|each| item(each, look)).collect();
                out.push_str(&items.join("\n"));
            }
        }
    }
    if look.drawn { out } else { ascii_signs(&out).replace(['\u{201c}', '\u{201d}'], "\"") }
}

fn heading(depth: usize, title: &str, look: &Look) -> String {
    let title = visible(title);
    let width = unicode_width::UnicodeWidthStr::width(title.as_ref()).min(look.width);
    match (depth, look.drawn) {
        (1, true) => format!("{title}\n{}\n", "═".repeat(width)),
        (1, false) => format!("{title}\n{}\n", "=".repeat(width)),
        (2, true) => format!("{title}\n{}\n", "─".repeat(width)),
        (2, false) => format!("{title}\n{}\n", "-".repeat(width)),
        _ => format!("{title}:\n"),
    }
}

fn wrapped(text: &str, first: &str, further: &str, look: &Look) -> String {
    let options = wrapping(look.width.clamp(40, 100)).initial_indent(first).subsequent_indent(further);
    textwrap::fill(&visible(text), options) + "\n"
}

fn item(item: &Item, look: &Look) -> String {
    let mut out = wrapped(&item.title, "  ", "    ", look);
    for line in &item.lines {
        out.push_str(&wrapped(&line.head, "    ", "      ", look));
        if !line.text.is_empty() {
            out.push_str(&wrapped(&line.text, "      ", "      ", look));
        }
        if !line.places.is_empty() {
            out.push_str(&wrapped(&format!("[{}]", line.places), "      ", "       ", look));
        }
    }
    out
}

fn drawn(table: &Table, look: &Look) -> String {
    let mut drawing = comfy_table::Table::new();
    drawing
        .load_style(if look.drawn { UTF8_FULL_CONDENSED } else { ASCII_FULL_CONDENSED })
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(look.width).unwrap_or(u16::MAX))
        .force_no_tty();
    drawing.set_header(table.header.iter().map(|text| Cell::new(visible(text))));
    for row in &table.rows {
        drawing.add_row(row.iter().enumerate().map(|(place, text)| {
            let cell = Cell::new(visible(text));
            if table.numbers.contains(&place) { cell.set_alignment(CellAlignment::Right) } else { cell }
        }));
    }
    drawing.trim_fmt() + "\n"
}
