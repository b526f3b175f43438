//! Mistakes, one a file and named for the mistake, each with its whole diagnostic as a snapshot.
//!
//! A case is a file below `tests/ui`, or a folder with a `main.ally` that uses what lies beside it. A first line
//! `# check --strict --set name=5%` gives options. The examples of the pages in `docs/errors` are cases too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use symmachia::loading::{Entry, PathKind, Reader};
use symmachia::pages::PAGES;
use symmachia::render::{Look, diagnostics};

/// The folder of the cases, as the root of a disk.
struct Cases;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui")
}

impl Reader for Cases {
    fn kind(&self, path: &Path) -> Option<PathKind> {
        let metadata = std::fs::metadata(root().join(path)).ok()?;
        Some(if metadata.is_dir() { PathKind::Folder } else { PathKind::File(metadata.len()) })
    }

    fn read(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        std::fs::read(root().join(path))
    }

    fn list(&self, path: &Path) -> std::io::Result<Vec<Entry>> {
        std::fs::read_dir(root().join(path))?
            .map(|entry| {
                let entry = entry?;
                let is_folder = entry.file_type()?.is_dir();
                Ok(Entry { name: entry.file_name().to_string_lossy().into_owned(), is_folder })
            })
            .collect()
    }

    fn identity(&self, path: &Path) -> PathBuf {
        std::fs::canonicalize(root().join(path)).unwrap_or_else(|_| path.to_owned())
    }
}

/// The cases in a folder, relative to the root.
fn cases(folder: &Path) -> Vec<PathBuf> {
    let mut names: Vec<Entry> = Cases.list(folder).unwrap_or_default();
    names.sort();
    if names.iter().any(|entry| entry.name == "main.ally") {
        return vec![folder.join("main.ally")];
    }
    names
        .into_iter()
        .flat_map(|entry| {
            let path = if folder == Path::new(".") { PathBuf::from(&entry.name) } else { folder.join(&entry.name) };
            match (entry.is_folder, path.extension().is_some_and(|extension| extension == "ally")) {
                (true, _) => cases(&path),
                (false, true) => vec![path],
                (false, false) => Vec::new(),
            }
        })
        .collect()
}

fn check(case: &Path) -> common::Checked {
    let content = std::fs::read(root().join(case)).unwrap();
    let first_line = String::from_utf8_lossy(&content).lines().next().unwrap_or_default().to_owned();
    let words: Vec<String> = match first_line.strip_prefix("# check ") {
        Some(words) => words.split_whitespace().map(str::to_owned).collect(),
        None => Vec::new(),
    };
    common::check(&Cases, case, &common::options(&words))
}

fn rendered(checked: &common::Checked) -> String {
    let text = diagnostics::text(&checked.diagnostics, &checked.texts, &Look::PLAIN);
    if text.is_empty() { "nothing is wrong\n".to_owned() } else { text }
}

fn settings(path: &str, description: &str) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(path);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(description);
    settings
}

#[test]
fn cases_say_what_they_said() {
    let mut failures = Vec::new();
    for case in cases(Path::new(".")) {
        let name = match case.file_name() {
            Some(name) if name == "main.ally" => case.parent().unwrap().to_owned(),
            _ => case.with_extension(""),
        };
        let folder = Path::new("ui").join(name.parent().unwrap());
        let snapshot = name.file_name().unwrap().to_string_lossy().into_owned();
        let text = rendered(&check(&case));
        let compare = || {
            settings(&folder.display().to_string(), &case.display().to_string())
                .bind(|| insta::assert_snapshot!(snapshot.as_str(), text));
        };
        // All cases are told, and not only the first that differs.
        if std::panic::catch_unwind(compare).is_err() {
            failures.push(case);
        }
    }
    assert!(failures.is_empty(), "these cases say something else than before: {failures:#?}");
}

#[test]
fn examples_of_the_pages_say_what_they_said() {
    let mut failures = Vec::new();
    for page in PAGES {
        for (index, example) in common::examples(page.text).into_iter().filter(|example| !example.is_mended).enumerate()
        {
            let parts: Vec<&str> = page.code.split("::").collect();
            let number = if index == 0 { String::new() } else { format!("_{}", index + 1) };
            let text = rendered(&common::check_text(&example.text, &example.options));
            let compare = || {
                settings(&format!("ui/pages/{}", parts[1]), page.code)
                    .bind(|| insta::assert_snapshot!(format!("{}{number}", parts[2]), text));
            };
            if std::panic::catch_unwind(compare).is_err() {
                failures.push(page.code);
            }
        }
    }
    assert!(failures.is_empty(), "the examples of these pages say something else than before: {failures:#?}");
}

/// These need a disk, a size, another build or a question that no case has; `tests/loading.rs`, `tests/tables.rs` and `tests/cli.rs`
/// show them.
const SHOWN_ELSEWHERE: &[&str] = &[
    "symmachia::model::question_form",
    "symmachia::read::changed_copy",
    "symmachia::read::missing_path",
    "symmachia::read::no_programs_in_folder",
    "symmachia::read::not_a_file",
    "symmachia::read::not_a_program",
    "symmachia::read::not_utf8",
    "symmachia::read::too_large",
    "symmachia::read::unreadable",
    "symmachia::table::excel_left_out",
    "symmachia::table::expands_too_far",
    "symmachia::table::no_such_sheet",
    "symmachia::table::not_excel",
    "symmachia::table::record_too_long",
];

#[test]
fn every_code_is_shown_by_a_case() {
    let mut shown: BTreeSet<&str> = cases(Path::new(".")).iter().flat_map(|case| check(case).codes()).collect();
    for page in PAGES {
        for example in common::examples(page.text).iter().filter(|example| !example.is_mended) {
            shown.extend(common::codes_of(&example.text, &example.options));
        }
    }
    // `check` compares nothing: tests/compare.rs shows those.
    let other_phases = ["symmachia::compare::", "symmachia::sql::"];
    let is_elsewhere =
        |code: &&str| SHOWN_ELSEWHERE.contains(code) || other_phases.iter().any(|phase| code.starts_with(phase));
    let missing: Vec<&str> =
        common::codes().into_iter().filter(|code| !shown.contains(code) && !is_elsewhere(code)).collect();
    assert!(missing.is_empty(), "no case in tests/ui and no page shows {missing:#?}");
}
