//! What can go wrong between a path and a text, in words.

use super::Error;
use crate::diagnostic::{Diagnostic, Severity};
use crate::loading::nearest::Nearest;
use crate::text::Span;

impl Error {
    /// As it is shown.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        match self {
            Error::MissingPath { path, nearest } => {
                let diagnostic = error("symmachia::read::missing_path", format!("`{path}` does not exist"));
                advise(diagnostic, nearest)
            }
            Error::Address { address, said } => address_for_path(address, *said),
            Error::MissingUse { place, path, nearest, in_library } => {
                let diagnostic = error("symmachia::read::missing_use", format!("`{path}` does not exist"))
                    .at(*place, "a path is relative to the file that says `use`");
                match in_library {
                    Some(name) => diagnostic.help(format!("the library has a file of this name: `use library \"{name}\"`")),
                    None => advise(diagnostic, nearest),
                }
            }
            Error::MissingTable { place, path, nearest } => {
                let diagnostic = error("symmachia::read::missing_table", format!("the table `{path}` does not exist"))
                    .at(*place, "a path is relative to the file that says `import`");
                advise(diagnostic, nearest)
            }
            Error::NotAFile { path, what, is_table, place } => {
                let message = format!("`{path}` is {what}, and the program reads files");
                let help = if *is_table {
                    "save as a file what comes from it, and import that"
                } else {
                    "save as a file what comes from it; or hand it in by standard input, which is named `-`"
                };
                maybe_at(error("symmachia::read::not_a_file", message), *place, "leads to it").help(help)
            }
            Error::EmptyPath { place, word } => {
                let (code, what) = match *word {
                    "import" => ("symmachia::read::missing_table", "table"),
                    _ => ("symmachia::read::missing_use", "file"),
                };
                error(code, format!("`{word} \"\"` names no {what}"))
                    .at(*place, "nothing stands between the quotation marks")
                    .help(format!("write there the path of the {what}, relative to the file that says `{word}`"))
            }
            Error::UseOfFolder { place, path, programs } => {
                folder(path, "use", programs, "name a file that ends in `.ally`").at(*place, "a folder")
            }
            Error::TableIsFolder { place, path, tables } => {
                folder(path, "import", tables, "name a table").at(*place, "a folder")
            }
            Error::NotInLibrary { place, name, nearest, names } => {
                let help = match nearest {
                    Some(nearest) => format!("did you mean `use library \"{nearest}\"`?"),
                    None => {
                        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
                        format!(
                            "the library has {}; `symmachia library` tells what each is\na file of your own is used by its path: `use \"FILE.ally\"`",
                            list(&names)
                        )
                    }
                };
                error("symmachia::read::not_in_library", format!("the library has no file `{name}`"))
                    .at(*place, "no name of the library")
                    .help(help)
            }
            Error::ChangedCopy { copy, original, original_used, copy_used } => {
                let message = format!("`{copy}` is a changed copy of `{original}`, and both are read");
                let diagnostic = error("symmachia::read::changed_copy", message);
                let diagnostic = maybe_at(diagnostic, *original_used, "leads to the file of the library");
                maybe_at(diagnostic, *copy_used, "leads to the copy")
                    .help("what the two have in common would be said twice; use the one or the other throughout, also in the files that use it")
            }
            Error::CircularUse { steps } => circular_use(steps),
            Error::NoProgramsInFolder { path, sketch } => {
                let folder = if path == "." { "the current folder".to_owned() } else { format!("`{path}`") };
                let message = format!("no file in {folder} ends in `.ally`");
                error("symmachia::read::no_programs_in_folder", message).help(match sketch {
                    Some(sketch) => format!(
                        "it holds tables, and a program imports them; the smallest, say `{}`, with the columns that you mean:\n{}",
                        sketch.file, sketch.text
                    ),
                    None => "name a folder with programs in it, or a program itself, whatever its ending; \
                             `symmachia` alone shows a first one"
                        .to_owned(),
                })
            }
            Error::NotAProgram { path, place } => maybe_at(
                error("symmachia::read::not_a_program", format!("`{path}` is no program of Symmachia")),
                *place,
                "leads to it",
            )
            .help("programs are plain text, and their names end in `.ally`"),
            Error::TableAsProgram { path, place, is_readable, sketch } => {
                let saved = if *is_readable { "" } else { "save it as CSV first; " };
                let message = format!("`{path}` is a table, and a program has to be named here");
                maybe_at(error("symmachia::read::not_a_program", message), *place, "leads to it").help(format!(
                    "{saved}a program imports a table; the smallest, say `{}`, with the columns that you mean:\n{}",
                    sketch.file, sketch.text
                ))
            }
            Error::NotUtf8 { path, place, offset, byte, is_utf16 } => {
                let (label, help) = if *is_utf16 {
                    ("the mark of UTF-16".to_owned(), "save it again as UTF-8; it is UTF-16 now".to_owned())
                } else {
                    let help = match windows_1252(*byte) {
                        Some(letter) => {
                            format!("save it again as UTF-8; if it is Windows-1252 now, the letter is `{letter}`")
                        }
                        None => "save it again as UTF-8".to_owned(),
                    };
                    (format!("byte 0x{byte:02X}, at offset {offset} of the file"), help)
                };
                error("symmachia::read::not_utf8", format!("`{path}` is not UTF-8")).at(*place, label).help(help)
            }
            Error::TooLarge { path, bytes, place } => maybe_at(
                error("symmachia::read::too_large", format!("`{path}` is larger than 4 GiB: {bytes} bytes")),
                *place,
                "leads to it",
            )
            .help("divide it into several files; a folder is read whole"),
            Error::Unreadable { path, reason, place } => maybe_at(
                error("symmachia::read::unreadable", format!("`{path}` cannot be read: {reason}")),
                *place,
                "leads to it",
            ),
            Error::EmptyFile { path, place } => Diagnostic::new(
                "symmachia::read::empty_file",
                Severity::Warning,
                format!("`{path}` holds no rule and no evidence"),
            )
            .at(*place, "")
            .help("was it saved?"),
            Error::NothingGiven { paths } => error(
                "symmachia::read::nothing_given",
                match paths.as_slice() {
                    [path] => format!("`{path}` holds no rule and no evidence"),
                    paths => format!("none of {} files holds a rule or evidence", paths.len()),
                },
            )
            .help("three lines are a program:\nally(A, B) requires mutual_defense and no_pressure\nmutual_defense(russia, kazakhstan)\nnot no_pressure(russia, kazakhstan)"),
        }
    }
}

fn error(code: &'static str, message: String) -> Diagnostic {
    Diagnostic::new(code, Severity::Error, message)
}

fn maybe_at(diagnostic: Diagnostic, place: Option<Span>, text: &str) -> Diagnostic {
    match place {
        Some(place) => diagnostic.at(place, text),
        None => diagnostic,
    }
}

fn address_for_path(address: &str, said: Option<(Span, &'static str)>) -> Diagnostic {
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    let written = |path: &str| match said {
        Some((_, word)) => format!("`{word} \"{path}\"`"),
        None => format!("`{path}`"),
    };
    let code = "symmachia::read::web_address";
    let (diagnostic, help) = if scheme.eq_ignore_ascii_case("file") {
        let message = format!("`{address}` is an address, and the program takes paths");
        (error(code, message), format!("write the path alone: {}", written(rest)))
    } else {
        let message = format!("`{address}` is an address on the web, and the program reads files only");
        let path = rest.split(['?', '#']).next().unwrap_or(rest);
        let name = path.split_once('/').and_then(|(_, path)| path.rsplit('/').next()).filter(|name| name.contains('.'));
        let help = match name {
            Some(name) => format!("download it first, and name the file: {}", written(name)),
            None => "download it first, and name the file".to_owned(),
        };
        (error(code, message), help)
    };
    maybe_at(diagnostic, said.map(|(place, _)| place), "no path").help(help)
}

fn circular_use(steps: &[(Span, String)]) -> Diagnostic {
    let diagnostic = match steps {
        [(place, name)] => {
            return error("symmachia::read::circular_use", format!("`{name}` uses itself"))
                .at(*place, "the file that says this")
                .help("take this line away");
        }
        steps => {
            let names: Vec<&str> = steps.iter().map(|(_, name)| name.as_str()).collect();
            let first = names.last().copied().unwrap_or_default();
            let chain: Vec<String> =
                std::iter::once(first).chain(names.iter().copied()).map(|name| format!("`{name}`")).collect();
            error("symmachia::read::circular_use", format!("files use one another in a circle: {}", chain.join(" → ")))
        }
    };
    let last = steps.len() - 1;
    steps
        .iter()
        .enumerate()
        .fold(diagnostic, |diagnostic, (index, (place, name))| {
            let text = match index {
                0 => format!("uses `{name}`"),
                _ if index == last => format!("which uses `{name}` again"),
                _ => format!("which uses `{name}`"),
            };
            diagnostic.at(*place, text)
        })
        .help("move what the files share into a file of its own, which uses none of them")
}

fn advise(diagnostic: Diagnostic, nearest: &Nearest) -> Diagnostic {
    match nearest {
        Nearest::Path(path) => diagnostic.help(format!("did you mean `{path}`?")),
        Nearest::Folder(folder, names) => {
            let folder = if folder == "." { "the current folder".to_owned() } else { format!("the folder `{folder}`") };
            let names = if names.is_empty() { "nothing that may be meant".to_owned() } else { list(names) };
            diagnostic.help(format!("{folder} holds {names}"))
        }
        Nearest::NoFolder(folder) => diagnostic.help(format!("there is no folder `{folder}`")),
    }
}

/// Names, as many as a reader takes in.
fn list(names: &[String]) -> String {
    const SHOWN: usize = 6;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// The letter that a byte stands for in the encoding that such files usually have.
fn windows_1252(byte: u8) -> Option<char> {
    match byte {
        0x8A => Some('Š'),
        0x8E => Some('Ž'),
        0x91 => Some('‘'),
        0x92 => Some('’'),
        0x93 => Some('“'),
        0x94 => Some('”'),
        0x96 => Some('–'),
        0x97 => Some('—'),
        0x9A => Some('š'),
        0x9E => Some('ž'),
        0xA0..=0xFF => Some(char::from(byte)),
        _ => None,
    }
}

/// A folder where a word takes a file, with what is in it.
fn folder(path: &str, word: &str, files: &[String], otherwise: &str) -> Diagnostic {
    let help = match files {
        [] => otherwise.to_owned(),
        files => format!("name one of its files: {}", list(files)),
    };
    error("symmachia::read::use_of_folder", format!("`{path}` is a folder, and `{word}` takes a file")).help(help)
}
