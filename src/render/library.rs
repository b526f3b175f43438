//! What is in the library.

use super::Look;
use super::words::wrapping;
use crate::library::{Description, Sort};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

/// The version of the documents below; it changes when a field changes its meaning or goes.
pub const VERSION: u32 = 1;

/// A line for each file: its name, what it is, and what it says of itself.
#[must_use]
pub fn list(descriptions: &[Description], look: &Look) -> String {
    let width = look.width.max(40);
    if !look.drawn {
        let told = descriptions.iter().map(|description| {
            let line = format!("{} ({}): {}", description.file.name(), description.sort.word(), description.title);
            textwrap::fill(&line, wrapping(width).subsequent_indent("    ")) + "\n"
        });
        return told.collect();
    }
    let widest = |word: fn(&Description) -> &'static str| {
        descriptions.iter().map(|description| word(description).width()).max().unwrap_or(0)
    };
    let names = widest(|description| description.file.name());
    let sorts = widest(|description| description.sort.word());
    let indent = " ".repeat(names + sorts + 4);
    let told = descriptions.iter().map(|description| {
        let (name, sort) = (description.file.name(), description.sort.word());
        let first = format!("{name:names$}  {sort:sorts$}  ");
        let options = wrapping(width).initial_indent(&first).subsequent_indent(&indent);
        textwrap::fill(&description.title, options).trim_end().to_owned() + "\n"
    });
    told.collect()
}

#[derive(Serialize)]
struct List<'a> {
    version: u32,
    files: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    file: String,
    sort: Sort,
    title: &'a str,
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    #[serde(flatten)]
    entry: Entry<'a>,
    text: &'a str,
}

fn entry(description: &Description) -> Entry<'_> {
    Entry {
        name: description.file.name(),
        file: description.file.shown(),
        sort: description.sort,
        title: &description.title,
    }
}

/// The list as a document.
#[must_use]
pub fn list_json(descriptions: &[Description]) -> String {
    document(&List { version: VERSION, files: descriptions.iter().map(entry).collect() })
}

/// A file with its text, as it is given away, as a document.
#[must_use]
pub fn file_json(description: &Description, text: &str) -> String {
    document(&Document { version: VERSION, entry: entry(description), text })
}

fn document(value: &impl Serialize) -> String {
    // Strings and numbers can always be written.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
