//! Every code has a page and a case that shows it; every example of a page does what the page says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::Path;
use symmachia::pages::{self, PAGES};
use symmachia::render::{Look, diagnostics};

mod common;

fn all_codes() -> BTreeSet<&'static str> {
    common::codes().into_iter().collect()
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let pages: BTreeSet<&str> =
        PAGES.iter().map(|page| page.code).filter(|code| !code.starts_with(common::CLI)).collect();
    let codes = all_codes();
    let without_page: Vec<_> = codes.difference(&pages).collect();
    let without_code: Vec<_> = pages.difference(&codes).collect();
    assert!(without_page.is_empty(), "no page in docs/errors for {without_page:#?}");
    assert!(without_code.is_empty(), "a page for what is no code: {without_code:#?}");
}

#[test]
fn pages_are_sorted_and_each_is_listed() {
    assert!(PAGES.is_sorted_by(|left, right| left.code < right.code), "sort the list in src/pages.rs");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/errors");
    for phase in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        for page in std::fs::read_dir(&phase).unwrap().map(|entry| entry.unwrap().path()) {
            let part = |path: &Path| path.file_stem().unwrap().to_string_lossy().into_owned();
            let code = format!("symmachia::{}::{}", part(&phase), part(&page));
            assert!(PAGES.iter().any(|page| page.code == code), "{} is not in src/pages.rs", page.display());
        }
    }
}

#[test]
fn pages_have_a_heading_a_meaning_and_a_remedy() {
    for page in PAGES {
        assert!(page.text.starts_with(&format!("# {}\n\n", page.code)), "{}: heading", page.code);
        assert!(page.title().len() > 10, "{}: meaning", page.code);
        assert!(page.text.contains("## What to do\n"), "{}: remedy", page.code);
        let has_example = common::examples(page.text).iter().any(|example| !example.is_mended);
        let needs_none = [
            "symmachia::cli::",
            "symmachia::compare::",
            "symmachia::sql::",
            common::TABLE,
            "symmachia::read::",
            "symmachia::model::question_form",
        ];
        let is_about_text = !needs_none.iter().any(|start| page.code.starts_with(start));
        assert!(has_example || !is_about_text, "{}: an example that shows it", page.code);
    }
}

#[test]
fn examples_show_the_code_and_mended_ones_do_not() {
    let mut complaints = Vec::new();
    for page in PAGES {
        for example in common::examples(page.text) {
            let checked = common::check_text(&example.text, &example.options);
            let shows = checked.codes().contains(&page.code);
            if shows == example.is_mended || (example.is_mended && checked.has_errors()) {
                let found = diagnostics::text(&checked.diagnostics, &checked.texts, &Look::PLAIN);
                complaints.push(format!("{}:\n{}\n{found}", page.code, example.text));
            }
        }
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn a_part_of_a_code_will_do() {
    assert_eq!(pages::find("missing_use").map(|page| page.code), Ok("symmachia::read::missing_use"));
    assert_eq!(pages::find("read::missing_use").map(|page| page.code), Ok("symmachia::read::missing_use"));
    assert_eq!(pages::find("symmachia::read::missing_uses"), Err(Some("symmachia::read::missing_use")));
    assert_eq!(pages::find("something quite different"), Err(None));
}
