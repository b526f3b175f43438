//! The small programs of `tests/ui`, each with one mistake.

use super::{resolved_files, said};
use crate::model::Options;
use std::collections::BTreeSet;

/// A first line such as `# check --strict --set needed=3` says how the program is checked.
fn options_of(text: &str) -> Options {
    let mut options = Options::default();
    let Some(line) = text.lines().next().and_then(|line| line.strip_prefix("# check ")) else { return options };
    let mut words = line.split_whitespace();
    while let Some(word) = words.next() {
        match word {
            "--strict" => options.strict = true,
            "--set" => {
                let (name, value) = words.next().and_then(|set| set.split_once('=')).expect("--set name=value");
                let value = value
                    .strip_suffix('%')
                    .map_or_else(|| value.parse(), |percent| percent.parse().map(|value: f64| value / 100.0));
                options.parameters.push((name.to_owned(), value.expect("a number")));
            }
            other => panic!("unknown option {other}"),
        }
    }
    options
}

#[test]
fn every_mistake_is_reported_and_every_code_has_one() {
    let mut seen = BTreeSet::new();
    let mut silent = Vec::new();
    for folder in ["model", "evidence"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui").join(folder);
        let mut entries: Vec<_> =
            std::fs::read_dir(&path).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        entries.sort();
        for entry in entries.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "ally")) {
            let text = std::fs::read_to_string(&entry).expect("a text");
            let name = entry.file_name().and_then(|name| name.to_str()).expect("a name");
            let used: Vec<(String, String)> = text
                .lines()
                .filter_map(|line| line.strip_prefix("use \"")?.strip_suffix('"'))
                .map(|used| (used.to_owned(), std::fs::read_to_string(path.join(used)).expect("a text")))
                .collect();
            let mut files: Vec<(&str, &str)> = used.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
            files.push((name, &text));
            let (texts, resolution) = resolved_files(&files, &options_of(&text));
            println!("== {folder}/{name}\n{}\n", said(&texts, &resolution));
            if resolution.diagnostics.is_empty() {
                silent.push(name.to_owned());
            }
            seen.extend(resolution.diagnostics.iter().map(|diagnostic| diagnostic.code));
        }
    }
    assert!(silent.is_empty(), "without a mistake: {silent:?}");
    let codes: BTreeSet<&str> =
        crate::model::error::CODES.iter().chain(crate::evidence::error::CODES).copied().collect();
    let unknown: Vec<_> = seen.difference(&codes).collect();
    assert!(unknown.is_empty(), "codes that are not listed: {unknown:?}");
    // A question is no part of a program.
    let unseen: Vec<_> = codes.difference(&seen).filter(|code| **code != "symmachia::model::question_form").collect();
    assert!(unseen.is_empty(), "codes without a program: {unseen:?}");
}
