//! LaTeX, to be taken into a paper: tables with the rules of the package `booktabs`.

use super::blocks::{Block, Item, Table, blocks};
use super::matrix;
use crate::compare::Comparison;
use crate::render::sheet::{MOST_LINES, PaperColumns, latex_escaped, paper_sentence};
use crate::text::Texts;

/// The whole comparison; it needs `\usepackage{booktabs}`, and for tables of more than a page `\usepackage{longtable}`.
#[must_use]
pub fn latex(comparison: &Comparison, texts: &Texts) -> String {
    let mut out = String::new();
    for block in blocks(comparison, texts) {
        out.push('\n');
        match block {
            Block::Heading(depth, title) => {
                let command = ["section", "subsection", "paragraph"][depth.clamp(1, 3) - 1];
                out.push_str(&format!("\\{command}{{{}}}\n", latex_escaped(&title)));
            }
            // A name that cannot be divided may otherwise stand out into the margin.
            Block::Paragraph(text) => {
                out.push_str(&format!("\\begin{{sloppypar}}\n{}\n\\end{{sloppypar}}\n", paper_sentence(&text)));
            }
            Block::Table(table) => out.push_str(&tabulated(&table)),
            Block::Matrix => {
                out.push_str(&tabulated(&matrix::tabulated(comparison)));
                if let Some(signs) = matrix::signs(comparison) {
                    out.push_str(&format!("\n{}\n", paper_sentence(&signs)));
                }
            }
            Block::Items(items) => out.push_str(&described(&items)),
        }
    }
    let package = if out.contains("\\begin{longtable}") { "booktabs,longtable" } else { "booktabs" };
    format!("% needs \\usepackage{{{package}}}\n{out}")
}

fn described(items: &[Item]) -> String {
    let mut out = "\\begin{description}\n\\sloppy\n".to_owned();
    for item in items {
        out.push_str(&format!("\\item[{{{}}}]\\leavevmode\n\n", paper_sentence(&item.title)));
        for line in &item.lines {
            let stop = if line.text.is_empty() { "" } else { ". " };
            out.push_str(&format!("{}{stop}{}\n", paper_sentence(&line.head), paper_sentence(&line.text)));
            if !line.places.is_empty() {
                out.push_str(&format!("% {}\n", line.places.replace(['\n', '\r'], " ")));
            }
            out.push('\n');
        }
    }
    out + "\\end{description}\n"
}

fn tabulated(table: &Table) -> String {
    let columns = PaperColumns::of(&table.header, &table.rows, |place| table.numbers.contains(&place));
    let caption = latex_escaped(&table.caption);
    let head = format!("\\toprule\n{}\\midrule\n", columns.row(&table.header));
    let rows: String = table.rows.iter().map(|cells| columns.row(cells)).collect();
    let places = &columns.places;
    if columns.lines(&table.rows) > MOST_LINES {
        return format!(
            "\\begin{{longtable}}{{{places}}}\n\\caption{{{caption}}} \\tabularnewline\n{head}\\endfirsthead\n{head}\\endhead\n\
             {rows}\\bottomrule\n\\end{{longtable}}\n"
        );
    }
    format!(
        "\\begin{{table}}[htbp]\n\\centering\n\\caption{{{caption}}}\n\\medskip\n\\begin{{tabular}}{{{places}}}\n{head}{rows}\
         \\bottomrule\n\\end{{tabular}}\n\\end{{table}}\n"
    )
}
