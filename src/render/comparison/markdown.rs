//! Markdown, with tables as GitHub and pandoc read them.

use super::blocks::{Block, Table, blocks};
use super::matrix;
use crate::compare::Comparison;
use crate::text::Texts;

/// The whole comparison.
#[must_use]
pub fn markdown(comparison: &Comparison, texts: &Texts) -> String {
    let mut out = String::new();
    for block in blocks(comparison, texts) {
        if !out.is_empty() {
            out.push('\n');
        }
        match block {
            Block::Heading(depth, title) => out.push_str(&format!("{} {}\n", "#".repeat(depth), escaped(&title))),
            Block::Paragraph(text) => out.push_str(&format!("{}\n", escaped(&text))),
            Block::Table(table) => out.push_str(&tabulated(&table)),
            Block::Matrix => {
                out.push_str(&tabulated(&matrix::tabulated(comparison)));
                if let Some(signs) = matrix::signs(comparison) {
                    out.push_str(&format!("\n{}\n", escaped(&signs)));
                }
            }
            Block::Items(items) => {
                for item in items {
                    out.push_str(&format!("- **{}**\n", escaped(&item.title)));
                    for line in item.lines {
                        out.push_str(&format!("  - {}\n", escaped(&line.head)));
                        if !line.text.is_empty() {
                            out.push_str(&format!("\n    {}\n", escaped(&line.text)));
                        }
                        if !line.places.is_empty() {
                            out.push_str(&format!("    \\[{}\\]\n", escaped(&line.places)));
                        }
                    }
                }
            }
        }
    }
    out
}

fn tabulated(table: &Table) -> String {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let escape = |cells: &Vec<String>| cells.iter().map(|cell| escaped(cell).replace('|', "\\|")).collect();
    let mut out = row(escape(&table.header));
    let rule = |place| if table.numbers.contains(&place) { "---:" } else { "---" };
    out.push_str(&row((0..table.header.len()).map(|place| rule(place).to_owned()).collect()));
    for cells in &table.rows {
        out.push_str(&row(escape(cells)));
    }
    out
}

/// Signs that Markdown would take for its own; lines stay lines.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '#' => out.extend(['\\', letter]),
            '\n' | '\r' => out.push(' '),
            _ => out.push(letter),
        }
    }
    out
}
