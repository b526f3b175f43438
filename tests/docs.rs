//! Every example in the manual is a program that runs, and every output in it is one that the program gives.
//!
//! ```text
//! ```ally                    a whole program: no errors, no warnings, every expectation holds
//! ```ally,error=CODE         a program with this mistake; likewise `warning=`
//! ```ally file=name.ally     a file, which later examples of the page may use
//! ```ally add=name.ally      more of it
//! ```csv file=name.csv       a table, which later examples of the page may import
//! ```console                 `$ symmachia …` and what it says, in a folder with these files, `rules` and `examples`
//! ```
//!
//! `SYMMACHIA_DOCS=rewrite cargo test --test docs` puts the real output in the place of what is written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};
use symmachia::diagnostic::{Diagnostic, Severity};
use symmachia::engine::Engine;
use symmachia::loading::{self, MemoryReader};
use symmachia::{explain, model};

/// A fenced block.
#[derive(Debug, Clone)]
struct Block {
    /// `ally`, `console` or something else.
    language: String,
    /// `file=name.ally` and the like.
    attributes: Vec<(String, String)>,
    /// Line of the fence, from 1.
    line: usize,
    /// The lines between the fences: the first, and the one after the last, from 0.
    lines: (usize, usize),
    text: String,
}

impl Block {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

fn blocks(page: &str) -> Vec<Block> {
    let lines: Vec<&str> = page.lines().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let Some(info) = lines[at].strip_prefix("```").filter(|info| !info.is_empty()) else {
            at += 1;
            continue;
        };
        let end = (at + 1..lines.len()).find(|index| lines[*index] == "```").expect("a fence is closed");
        let mut words = info.split([',', ' ']).filter(|word| !word.is_empty());
        let language = words.next().unwrap_or_default().to_owned();
        let attributes = words
            .map(|word| {
                let (key, value) = word.split_once('=').unwrap_or((word, ""));
                (key.to_owned(), value.to_owned())
            })
            .collect();
        let text = lines[at + 1..end].iter().fold(String::new(), |text, line| text + line + "\n");
        found.push(Block { language, attributes, line: at + 1, lines: (at + 1, end), text });
        at = end + 1;
    }
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The README, and the manual without the pages of the codes.
fn pages() -> Vec<PathBuf> {
    fn walk(folder: &Path, pages: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if path.file_name().unwrap() != "errors" {
                    walk(&path, pages);
                }
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    let mut pages = vec![root().join("README.md")];
    walk(&root().join("docs"), &mut pages);
    for example in fs::read_dir(root().join("examples")).unwrap() {
        let page = example.unwrap().path().join("README.md");
        if page.exists() {
            pages.push(page);
        }
    }
    pages.sort();
    pages
}

fn name(page: &Path) -> String {
    page.strip_prefix(root()).unwrap_or(page).display().to_string()
}

/// The files of a page so far.
#[derive(Debug, Default, Clone)]
struct Files(Vec<(String, String)>);

impl Files {
    /// A program by itself, beside the tables of the page.
    fn with_example(&self, text: &str) -> Files {
        let tables = self.0.iter().filter(|(name, _)| !name.ends_with(".ally")).cloned();
        Files(tables.chain([("example.ally".to_owned(), text.to_owned())]).collect())
    }

    fn take(&mut self, block: &Block) -> Option<String> {
        if let Some(name) = block.attribute("file") {
            self.0.retain(|(known, _)| known != name);
            self.0.push((name.to_owned(), block.text.clone()));
            return Some(name.to_owned());
        }
        let name = block.attribute("add")?;
        let file = self.0.iter_mut().find(|(known, _)| known == name).expect("a file to add to");
        file.1.push('\n');
        file.1.push_str(&block.text);
        Some(name.to_owned())
    }
}

/// What is to be said of a program: mistakes, warnings, expectations that fail; and how many expectations there are.
fn check(files: &Files, name: &str) -> (Vec<Diagnostic>, usize) {
    let reader = files.0.iter().fold(MemoryReader::new(), |reader, (name, text)| reader.with(name, text.as_str()));
    let loaded = loading::load(&reader, &[PathBuf::from(name)], &mut |_| {});
    let mut diagnostics = loaded.diagnostics.clone();
    if loaded.has_errors() {
        return (diagnostics, 0);
    }
    let resolution =
        model::resolve_with_tables(&loaded.texts, &loaded.files, loaded.tables.clone(), &model::Options::default());
    diagnostics.extend(resolution.diagnostics.iter().cloned());
    if diagnostics.iter().any(Diagnostic::is_error) {
        return (diagnostics, 0);
    }
    let engine = Engine::new(&resolution.program);
    let outcomes = explain::check(&engine);
    diagnostics.extend(outcomes.iter().filter_map(explain::Outcome::diagnostic));
    diagnostics.extend(explain::check_symmetry(&engine));
    let expectations = outcomes.iter().filter(|outcome| outcome.assertion.claim.is_none()).count();
    (diagnostics, expectations)
}

#[test]
fn examples_are_programs_that_hold() {
    let mut complaints = String::new();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        let mut files = Files::default();
        for block in blocks(&text).iter().filter(|block| matches!(block.language.as_str(), "ally" | "csv")) {
            if block.language == "csv" {
                files.take(block);
                continue;
            }
            let place = format!("{}:{}", name(&page), block.line);
            let (diagnostics, expectations) = match files.take(block) {
                Some(name) => {
                    let checked = check(&files, &name);
                    (checked.0, checked.1.max(1))
                }
                None => check(&files.with_example(&block.text), "example.ally"),
            };
            let wanted = block.attribute("error").or(block.attribute("warning"));
            let mut found = diagnostics.iter().filter(|found| found.severity != Severity::Note);
            if let Some(code) = wanted {
                if !found.any(|found| found.code == code) {
                    let codes: Vec<&str> = diagnostics.iter().map(|found| found.code).collect();
                    writeln!(complaints, "{place}: wants {code}, has {codes:?}").unwrap();
                }
                continue;
            }
            for found in found {
                let where_ = found.labels.first().map(|label| {
                    let text = label.span.start as usize..label.span.end as usize;
                    format!(" `{}` {}", block.text.get(text).unwrap_or(""), label.text)
                });
                let where_ = where_.unwrap_or_default();
                writeln!(complaints, "{place}: {} {}{where_}", found.code, found.message).unwrap();
            }
            let in_reference = name(&page).starts_with("docs/reference");
            if in_reference && expectations == 0 && !diagnostics.iter().any(Diagnostic::is_error) {
                writeln!(complaints, "{place}: expects nothing").unwrap();
            }
        }
    }
    assert!(complaints.is_empty(), "\n{complaints}");
}

/// Words as a shell would read them: single quotation marks, and a backslash at the end of a line.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut quoted, mut begun) = (String::new(), false, false);
    for sign in command.chars() {
        match sign {
            '\'' => (quoted, begun) = (!quoted, true),
            ' ' if !quoted => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            sign => {
                word.push(sign);
                begun = true;
            }
        }
    }
    if begun {
        words.push(word);
    }
    words
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// What a command says; none for a command that is not ours.
fn output(command: &str, folder: &Path) -> Option<String> {
    let arguments = command
        .strip_prefix("symmachia")
        .or_else(|| command.strip_prefix("cargo run --release -- "))
        .or_else(|| command.strip_prefix("cargo run --release --quiet -- "))?;
    let run = assert_cmd::Command::cargo_bin("symmachia")
        .unwrap()
        .args(words(arguments))
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env_remove("COLUMNS")
        .output()
        .unwrap();
    let text = [run.stdout, run.stderr].concat();
    let text = String::from_utf8(text).unwrap();
    Some(text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end().to_owned())
}

/// A block of commands with their output.
fn played(block: &Block, files: &Files) -> String {
    let folder = tempfile::tempdir().unwrap();
    for part in ["rules", "examples"] {
        copy(&root().join(part), &folder.path().join(part));
    }
    for (name, text) in &files.0 {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let mut played = String::new();
    let mut lines = block.text.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(first) = line.strip_prefix("$ ") else {
            played.push_str(line);
            played.push('\n');
            continue;
        };
        let mut command = first.to_owned();
        played.push_str(line);
        played.push('\n');
        while let Some(more) = command.strip_suffix('\\') {
            let next = lines.next().expect("a line after a backslash");
            played.push_str(next);
            played.push('\n');
            command = format!("{more}{}", next.trim_start());
        }
        let Some(said) = output(&command, folder.path()) else { continue };
        assert!(!said.lines().any(|line| line.starts_with("```")), "`{command}` says what ends its own block");
        while lines.peek().is_some_and(|next| !next.starts_with("$ ")) {
            lines.next();
        }
        if !said.is_empty() {
            played.push_str(&said);
            played.push('\n');
        }
        if lines.peek().is_some() {
            played.push('\n');
        }
    }
    played
}

#[test]
fn outputs_are_what_the_program_says() {
    let rewrite = env::var("SYMMACHIA_DOCS").is_ok_and(|value| value == "rewrite");
    let mut complaints = String::new();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let mut files = Files::default();
        let mut replacements = Vec::new();
        for block in blocks(&text) {
            match block.language.as_str() {
                "ally" | "csv" => {
                    files.take(&block);
                }
                "console" => {
                    let played = played(&block, &files);
                    if played != block.text {
                        writeln!(complaints, "{}:{}: says now\n{played}", name(&page), block.line).unwrap();
                        replacements.push((block.lines, played));
                    }
                }
                _ => {}
            }
        }
        if rewrite && !replacements.is_empty() {
            for ((first, end), played) in replacements.into_iter().rev() {
                lines.splice(first..end, played.lines().map(str::to_owned));
            }
            fs::write(&page, lines.join("\n") + "\n").unwrap();
        }
    }
    assert!(rewrite || complaints.is_empty(), "\n{complaints}");
}

#[test]
fn links_lead_somewhere() {
    let mut complaints = String::new();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.starts_with("http") {
                continue;
            }
            let (path, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { page.clone() } else { page.parent().unwrap().join(path) };
            if !target.exists() {
                writeln!(complaints, "{}: {link}", name(&page)).unwrap();
            } else if !heading.is_empty() && !headings(&fs::read_to_string(&target).unwrap()).contains(&heading.into())
            {
                writeln!(complaints, "{}: no heading {link}", name(&page)).unwrap();
            }
        }
    }
    assert!(complaints.is_empty(), "\n{complaints}");
}

/// Headings as they are linked to.
fn headings(text: &str) -> Vec<String> {
    text.lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| {
            line.trim_start_matches('#')
                .trim()
                .to_lowercase()
                .chars()
                .filter_map(|sign| match sign {
                    ' ' => Some('-'),
                    sign if sign.is_alphanumeric() || sign == '-' || sign == '_' => Some(sign),
                    _ => None,
                })
                .collect()
        })
        .collect()
}
