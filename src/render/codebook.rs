//! What the columns of a panel mean, in Markdown.

use super::sheet::markdown_escaped as escaped;
use super::words::grouped;
use crate::text::{Span, Texts};
use std::fmt::Write as _;

/// A codebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codebook {
    /// What the panel is called: the name of its file.
    pub title: String,
    /// What a row is, how many there are, and over which time: a sentence each.
    pub about: Vec<String>,
    /// Its columns.
    pub columns: Vec<Entry>,
    /// The criteria that it gives, and those on which they build.
    pub criteria: Vec<Definition>,
    /// The sources, as they are cited, each with the last day of which it can speak.
    pub sources: Vec<String>,
    /// Name and version of the program that wrote it.
    pub program: String,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Its name in full, where it was cut or cleaned.
    pub full: Option<String>,
    /// What it means.
    pub meaning: String,
    /// The author's words that it is about.
    pub span: Option<Span>,
    /// Its values, with how often each is there.
    pub values: Vec<(String, Option<usize>)>,
}

/// A criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Its name, with that of its framework.
    pub name: String,
    /// What its author says of it.
    pub documentation: Vec<String>,
    /// Its rules.
    pub rules: Vec<Span>,
}

/// The codebook as a page.
#[must_use]
pub fn markdown(codebook: &Codebook, texts: &Texts) -> String {
    let mut page = format!("# Codebook of {}\n\n", escaped(&codebook.title));
    for sentence in &codebook.about {
        let _ = writeln!(page, "- {sentence}");
    }
    page.push_str("\n## Columns\n");
    for entry in &codebook.columns {
        let _ = writeln!(page, "\n### {}\n", escaped(&entry.name));
        if let Some(full) = &entry.full {
            let _ = writeln!(page, "In full: {}\n", code(full));
        }
        let place = entry.span.map(|span| format!(" (`{}`)", place(texts, span))).unwrap_or_default();
        let _ = writeln!(page, "{}{place}.", sentence(&entry.meaning));
        if !entry.values.is_empty() {
            page.push_str("\n| value | rows |\n| --- | ---: |\n");
            for (value, count) in &entry.values {
                let count = count.map(grouped).unwrap_or_default();
                let _ = writeln!(page, "| {} | {count} |", escaped(value));
            }
        }
    }
    if !codebook.criteria.is_empty() {
        page.push_str("\n## Criteria\n");
    }
    for definition in &codebook.criteria {
        let _ = writeln!(page, "\n### {}\n", escaped(&definition.name));
        if !definition.documentation.is_empty() {
            let _ = writeln!(page, "{}\n", definition.documentation.join("\n"));
        }
        for rule in &definition.rules {
            let text = texts.slice(*rule).trim_end();
            let fence = fence(text);
            let _ = writeln!(page, "`{}`\n\n{fence}ally\n{text}\n{fence}\n", place(texts, *rule));
        }
        page.truncate(page.trim_end().len());
        page.push('\n');
    }
    page.push_str("\n## Sources\n\n");
    if codebook.sources.is_empty() {
        page.push_str("None is named.\n");
    }
    for source in &codebook.sources {
        let _ = writeln!(page, "- {}", escaped(source));
    }
    let _ = writeln!(page, "\nWritten by {}.", codebook.program);
    page
}

fn place(texts: &Texts, span: Span) -> String {
    format!("{}:{}", texts.get(span.file).name, texts.line_and_column(span).0)
}

/// A longer fence than any in the text.
fn fence(text: &str) -> String {
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    "`".repeat((longest + 1).max(3))
}

fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// With a capital, unless it begins with a name.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
