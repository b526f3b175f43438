//! `library`: what is in the library, and what its files say.

use super::arguments::{Format, LibraryArguments};
use super::fault::Fault;
use super::status::Status;
use super::terminal::Terminal;
use symmachia::library::{Description, Library, describe};
use symmachia::render::library;
use symmachia::text::Texts;

/// Runs it.
pub fn run(arguments: &LibraryArguments) -> Status {
    let terminal = Terminal::new(arguments.format);
    let shipped = Library::SHIPPED;
    let Some(name) = &arguments.name else {
        let descriptions = descriptions(shipped);
        let text = match arguments.format {
            Format::Human | Format::Plain => library::list(&descriptions, &terminal.output),
            Format::Json => library::list_json(&descriptions),
        };
        return terminal.print(&text, Status::Well);
    };
    match shipped.find(name).or_else(|| shipped.find(without_ending(name))) {
        Some(file) => {
            let text = match arguments.format {
                Format::Human | Format::Plain => shipped.printed(file),
                Format::Json => library::file_json(&describe(file), &shipped.printed(file)),
            };
            terminal.print(&text, Status::Well)
        }
        None => {
            let (nearest, names) = (shipped.nearest(name), shipped.names());
            let problems = [Fault::NotInLibrary { name: name.clone(), nearest, names }.diagnostic()];
            terminal.report(&problems, &Texts::new())
        }
    }
}

/// The name that a file of the library has in a list, where it is given as complaints and folders have it: `library:states.ally`, `states.ally`.
fn without_ending(name: &str) -> &str {
    let name = name.strip_prefix(symmachia::library::PREFIX).unwrap_or(name);
    name.strip_suffix(".ally").unwrap_or(name)
}

/// By name.
fn descriptions(library: &Library) -> Vec<Description> {
    let mut descriptions: Vec<Description> = library.files().iter().map(describe).collect();
    descriptions.sort_by_key(|description| description.file.name());
    descriptions
}
