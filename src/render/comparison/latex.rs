//! LaTeX, to be taken into a paper: tables with the rules of the package `booktabs`.

use super::blocks::{Block, Table, blocks};
use super::matrix;
use crate::compare::Comparison;
use crate::text::Texts;

/// The whole comparison; it needs `\usepackage{booktabs}`.
#[must_use]
pub fn latex(comparison: &Comparison, texts: &Texts) -> String {
    let mut out = "% needs \\usepackage{booktabs}\n".to_owned();
    for block in blocks(comparison, texts) {
        out.push('\n');
        match block {
            Block::Heading(depth, title) => {
                let command = ["section", "subsection", "paragraph"][depth.clamp(1, 3) - 1];
                out.push_str(&format!("\\{command}{{{}}}\n", escaped(&title)));
            }
            Block::Paragraph(text) => out.push_str(&format!("{}\n", escaped(&text))),
            Block::Table(table) => out.push_str(&tabulated(&table)),
            Block::Matrix => out.push_str(&tabulated(&matrix::tabulated(comparison))),
            Block::Items(items) => {
                out.push_str("\\begin{description}\n");
                for item in items {
                    out.push_str(&format!("\\item[{}]\n", escaped(&item.title)));
                    for line in item.lines {
                        let stop = if line.text.is_empty() { "" } else { ". " };
                        out.push_str(&format!("{}{stop}{}\n", escaped(&line.head), escaped(&line.text)));
                        if !line.places.is_empty() {
                            out.push_str(&format!("% {}\n", line.places.replace(['\n', '\r'], " ")));
                        }
                        out.push('\n');
                    }
                }
                out.push_str("\\end{description}\n");
            }
        }
    }
    out
}

/// A column that may hold much is a paragraph as wide as its share of the line.
fn tabulated(table: &Table) -> String {
    let longest = |place: usize| {
        let cells = table.rows.iter().chain([&table.header]).filter_map(|row| row.get(place));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let wide: Vec<bool> = (0..table.header.len()).map(|place| longest(place) > 30).collect();
    let number = wide.iter().filter(|wide| **wide).count().max(1);
    let narrow: usize = (0..wide.len()).filter(|place| !wide[*place]).map(longest).sum();
    // About ninety letters fill a line.
    let share = (0.9 - narrow as f64 / 90.0).max(0.3) / number as f64;
    let columns: String = wide
        .iter()
        .enumerate()
        .map(|(place, wide)| match (table.numbers.contains(&place), wide) {
            (true, _) => "r".to_owned(),
            (false, false) => "l".to_owned(),
            (false, true) => format!("p{{{share:.2}\\linewidth}}"),
        })
        .collect();
    let row =
        |cells: &[String]| format!("{} \\\\\n", cells.iter().map(|cell| escaped(cell)).collect::<Vec<_>>().join(" & "));
    let mut out = format!(
        "\\begin{{table}}[htbp]\n\\centering\n\\caption{{{}}}\n\\begin{{tabular}}{{{columns}}}\n\\toprule\n",
        escaped(&table.caption)
    );
    out.push_str(&row(&table.header));
    out.push_str("\\midrule\n");
    for cells in &table.rows {
        out.push_str(&row(cells));
    }
    out.push_str("\\bottomrule\n\\end{tabular}\n\\end{table}\n");
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\u{201c}' => out.push_str("``"),
            '\u{201d}' => out.push_str("''"),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.extend(['\\', letter]),
            '\n' | '\r' => out.push(' '),
            _ => out.push(letter),
        }
    }
    out
}
