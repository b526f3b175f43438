//! The rules of the house: who may import whom, and who may touch the world.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

/// Each room of the library, and the rooms that it may import. What is missing here may import nothing.
const ROOMS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("time", &[]),
    ("verdict", &[]),
    ("columns", &[]),
    ("diagnostic", &["text"]),
    ("pages", &["diagnostic"]),
    ("tables", &["columns", "diagnostic", "syntax", "text", "time"]),
    ("syntax", &["diagnostic", "text", "verdict"]),
    ("library", &["diagnostic", "syntax", "text"]),
    ("loading", &["diagnostic", "library", "syntax", "tables", "text"]),
    ("evidence", &["columns", "diagnostic", "model", "syntax", "text", "time", "verdict"]),
    ("model", &["columns", "diagnostic", "evidence", "syntax", "tables", "text", "time", "verdict"]),
    ("engine", &["columns", "evidence", "model", "text", "time", "verdict"]),
    ("explain", &["diagnostic", "engine", "evidence", "model", "text", "time", "verdict"]),
    ("diff", &["diagnostic", "engine", "evidence", "explain", "model", "syntax", "tables", "text", "time"]),
    ("next", &["engine", "evidence", "explain", "model", "time", "verdict"]),
    (
        "render",
        &["compare", "diagnostic", "diff", "explain", "library", "model", "next", "sheet", "text", "time", "verdict"],
    ),
    ("sheet", &[]),
    ("sql", &["diagnostic", "evidence", "model", "syntax", "tables", "text", "time"]),
    ("panel", &["diagnostic", "engine", "evidence", "explain", "model", "sheet", "text", "time", "verdict"]),
    ("compare", &["diagnostic", "engine", "explain", "model", "text", "time", "verdict"]),
];

/// Only the command line may do any of this.
const WORLDLY: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "stdout",
    "stdin",
    "stderr",
    "println!",
    "print!",
    "eprintln!",
    "eprint!",
    "dbg!",
    "SystemTime",
    "Instant",
    "anstream",
    "terminal_size",
];

struct Line {
    path: String,
    number: usize,
    text: String,
}

impl Line {
    /// As compilers name a place.
    fn complaint(&self, why: &str) -> String {
        format!("{}:{}: {why}\n    {}", self.path, self.number, self.text.trim())
    }
}

/// The lines of a file without comments and without the tests at its end.
fn lines(path: &Path) -> Vec<Line> {
    let content = std::fs::read_to_string(path).unwrap();
    let shown = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().display().to_string();
    let of_tests = ["#[cfg(test)]\nmod tests {", "#[cfg(test)]\r\nmod tests {"];
    let end = of_tests.iter().filter_map(|mark| content.find(mark)).min().unwrap_or(content.len());
    content[..end]
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(index, line)| Line { path: shown.clone(), number: index + 1, text: line.to_owned() })
        .collect()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "tests" {
            files.extend(files_below(&path));
        } else if name.ends_with(".rs") && name != "tests.rs" {
            files.push(path);
        }
    }
    files
}

/// The room of a file: its folder in `src`, or its own name.
fn room_of(path: &Path) -> String {
    let path = path.strip_prefix(source()).unwrap();
    path.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The rooms that a line imports, also in the middle of a path and in `crate::{a, b}`.
fn imported(line: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for rest in line.split("crate::").skip(1) {
        let list = match rest.strip_prefix('{') {
            Some(group) => group.split('}').next().unwrap_or_default(),
            None => rest,
        };
        for item in list.split(',') {
            let name: String =
                item.trim().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
            rooms.push(name);
            if !rest.starts_with('{') {
                break;
            }
        }
    }
    rooms
}

fn library() -> Vec<(String, Vec<Line>)> {
    files_below(&source())
        .iter()
        .map(|path| (room_of(path), lines(path)))
        .filter(|(room, _)| !["cli", "main", "lib"].contains(&room.as_str()))
        .collect()
}

#[test]
fn each_room_imports_only_what_it_may() {
    let mut complaints = Vec::new();
    for (room, lines) in library() {
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            complaints.push(format!("src/{room}: not in the list of rooms"));
            continue;
        };
        for line in &lines {
            for import in imported(&line.text) {
                let is_room = ROOMS.iter().any(|(name, _)| *name == import) || import == "cli";
                if is_room && import != room && !allowed.contains(&import.as_str()) {
                    complaints.push(line.complaint(&format!("`{room}` may not import `{import}`")));
                }
            }
        }
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn the_library_does_not_touch_the_world() {
    let mut complaints = Vec::new();
    for (_, lines) in library() {
        for line in &lines {
            for word in WORLDLY.iter().filter(|word| has_word(&line.text, word)) {
                complaints.push(line.complaint(&format!("only src/cli may use `{word}`")));
            }
        }
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

/// Whether a word stands in a line by itself, so that `println!` is not found in `eprintln!`.
fn has_word(line: &str, word: &str) -> bool {
    let is_part = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    line.match_indices(word)
        .any(|(at, _)| !is_part(line[..at].chars().next_back()) && !is_part(line[at + word.len()..].chars().next()))
}

#[test]
fn the_binary_knows_the_library_only_as_its_users_do() {
    let mut complaints = Vec::new();
    for path in files_below(&source().join("cli")).into_iter().chain([source().join("main.rs")]) {
        for line in lines(&path) {
            if line.text.contains("crate::") {
                complaints.push(line.complaint("src/cli imports `symmachia::…` or `super::…`"));
            }
        }
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn imports_are_found_in_every_form() {
    assert_eq!(imported("use crate::{text::Span, time};"), ["text", "time"]);
    assert_eq!(imported("    crate::engine::Engine::new(crate::model::program())"), ["engine", "model"]);
    assert!(has_word("    std::println!()", "println!") && !has_word("eprintln!()", "println!"));
}
