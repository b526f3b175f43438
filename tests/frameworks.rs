//! The catalogue of the frameworks, `docs/frameworks.md`, is what the files of the library say of themselves.
//!
//! `SYMMACHIA_DOCS=rewrite cargo test --test frameworks` writes it anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};
use symmachia::library::{Library, LibraryFile, Sort, describe};
use symmachia::loading::{MemoryReader, load};
use symmachia::model::program::{FrameworkId, Gloss, GlossPart, MeasureDefinition, Parameter, Role};
use symmachia::model::{Options, Program, resolve};
use symmachia::text::Span;

const OPENING: &str = "# The frameworks

What each framework of the [library](reference/library.md) counts as an alliance, who says so, and what is disputed in it; with its criteria and measures in the order of
its file. This page is made from the files in [`rules`](../rules) by `SYMMACHIA_DOCS=rewrite cargo test --test frameworks`: correct those.
";

fn program(file: &LibraryFile) -> Program {
    let reader = MemoryReader::new().with("one.ally", format!("use library \"{}\"\n", file.name()));
    let loaded = load(&reader, &[PathBuf::from("one.ally")], &mut |_| {});
    resolve(&loaded.texts, &loaded.files, &Options::default()).program
}

/// What is told of a criterion or a measure.
struct Entry<'p> {
    span: Span,
    name: &'p str,
    roles: &'p [Role],
    gloss: Option<&'p Gloss>,
    documentation: &'p [String],
    is_classification: bool,
}

/// The criteria and measures of a framework, in the order of its file.
fn entries(program: &Program, framework: FrameworkId) -> Vec<Entry<'_>> {
    let criteria = program.relations.iter().filter(|one| one.framework == Some(framework)).map(|one| Entry {
        span: one.span,
        name: &one.name,
        roles: &one.roles,
        gloss: one.gloss.as_ref(),
        documentation: &one.documentation,
        is_classification: false,
    });
    let measures = program.measures.iter().filter(|one| one.framework == Some(framework)).map(|one| Entry {
        span: one.span,
        name: &one.name,
        roles: &one.roles,
        gloss: one.gloss.as_ref(),
        documentation: &one.documentation,
        is_classification: matches!(one.definition, MeasureDefinition::Classification { .. }),
    });
    let mut entries: Vec<Entry<'_>> = criteria.chain(measures).collect();
    entries.sort_by_key(|entry| entry.span.start);
    entries
}

fn sentence(entry: &Entry<'_>) -> Option<String> {
    let part = |part: &GlossPart| match part {
        GlossPart::Words(words) => words.clone(),
        GlossPart::Role(role) => entry.roles[*role].name.clone(),
    };
    entry.gloss.map(|gloss| gloss.positive.iter().map(part).collect())
}

fn described(page: &mut String, file: &LibraryFile) {
    let program = program(file);
    let place = program.frameworks.iter().position(|framework| framework.name == file.name());
    let place = place.unwrap_or_else(|| panic!("{}: the framework is not called as its file", file.path));
    let framework = &program.frameworks[place];
    let label = framework.label.as_deref().unwrap_or_default();
    assert!(!label.is_empty() && !framework.documentation.is_empty(), "{}: no label, or nothing said of it", file.path);
    let _ = writeln!(page, "\n## {}\n\n**{label}.** [`{}`](../rules/{})\n", framework.name, file.path, file.path);
    let _ = writeln!(page, "{}\n", framework.documentation.join("\n"));
    let entries = entries(&program, FrameworkId(place as u32));
    let is_of_the_file = |span: Span| entries.iter().any(|entry| entry.span.file == span.file);
    let mut parameters: Vec<&Parameter> = program.parameters.iter().filter(|one| is_of_the_file(one.span)).collect();
    parameters.sort_by_key(|parameter| parameter.span.start);
    for parameter in parameters {
        let value = match parameter.levels.and_then(|kind| program.level(kind, parameter.value)) {
            Some(level) => program.individual(level).name.clone(),
            None => symmachia::explain::number(parameter.value),
        };
        let said = parameter.documentation.join(" ");
        let _ = writeln!(page, "- parameter `{}`, {value} unless it is varied: {said}", parameter.name);
    }
    for entry in entries {
        let roles: Vec<&str> = entry.roles.iter().map(|role| role.name.as_str()).collect();
        let said = sentence(&entry).unwrap_or_default();
        let documentation = entry.documentation.join(" ");
        let sort = if entry.is_classification { " (a classification)" } else { "" };
        let joint = if said.is_empty() || documentation.is_empty() { "" } else { ". " };
        let end = if documentation.is_empty() && !said.is_empty() { "." } else { "" };
        let _ = writeln!(page, "- `{}({})`{sort}: {said}{joint}{documentation}{end}", entry.name, roles.join(", "));
    }
}

#[test]
fn the_catalogue_is_what_the_library_says() {
    let files: Vec<&LibraryFile> =
        Library::SHIPPED.files().iter().filter(|file| describe(file).sort == Sort::Framework).collect();
    let mut page = OPENING.to_owned();
    page.push('\n');
    for file in &files {
        let _ = writeln!(page, "- [{}](#{}): {}", file.name(), file.name(), describe(file).title);
    }
    for file in &files {
        described(&mut page, file);
    }
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/frameworks.md");
    if env::var("SYMMACHIA_DOCS").is_ok_and(|value| value == "rewrite") {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    let differs = page.lines().zip(written.lines()).find(|(now, then)| now != then);
    assert!(page == written, "docs/frameworks.md is stale (see the head of this test): {differs:#?}");
}
