//! What several test files need: a whole `check`, as the command line does it, without a disk.

#![allow(dead_code, clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use symmachia::diagnostic::Diagnostic;
use symmachia::engine::Engine;
use symmachia::loading::{Loaded, MemoryReader, Reader, load};
use symmachia::model::{Options, Setting, resolve_with_tables};
use symmachia::text::Texts;
use symmachia::{compare, evidence, explain, loading, model, syntax, tables};

/// The codes that only the command line itself gives.
pub const CLI: &str = "symmachia::cli::";

/// How the codes of tables begin, which no text alone can show.
pub const TABLE: &str = "symmachia::table::";

/// The codes of all phases of the library.
pub fn codes() -> Vec<&'static str> {
    [
        loading::CODES,
        compare::error::CODES,
        syntax::CODES,
        model::error::CODES,
        evidence::error::CODES,
        explain::CODES,
        tables::CODES,
        tables::IMPORT_CODES,
        symmachia::sql::CODES,
        &[explain::NOT_SYMMETRIC],
    ]
    .concat()
}

/// What `check` finds.
pub struct Checked {
    pub texts: Texts,
    pub diagnostics: Vec<Diagnostic>,
}

impl Checked {
    pub fn codes(&self) -> Vec<&'static str> {
        let mut codes: Vec<&str> = self.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Reads options as they stand on a command line: `--strict`, `--set name=5%`.
pub fn options(words: &[String]) -> Options {
    let mut options = Options { strict: words.contains(&"--strict".to_owned()), ..Options::default() };
    for setting in words.iter().filter(|word| !word.starts_with("--")) {
        if let Some((name, value)) = setting.split_once('=') {
            let mut texts = Texts::new();
            let file = texts.add("--set", value);
            let value = syntax::parse_parameter_value(&texts, file).unwrap();
            options.parameters.push(Setting { name: name.to_owned(), value, place: None });
        }
    }
    options
}

/// Checks the program at a path.
pub fn check(reader: &dyn Reader, path: &Path, options: &Options) -> Checked {
    let loaded = load(reader, &[PathBuf::from(path)], &mut |_| {});
    let stops = loaded.has_errors();
    let Loaded { texts, files, tables, mut diagnostics } = loaded;
    if !stops {
        let resolution = resolve_with_tables(&texts, &files, tables, options);
        diagnostics.extend(resolution.diagnostics);
        if !diagnostics.iter().any(Diagnostic::is_error) {
            let engine = Engine::new(&resolution.program);
            diagnostics.extend(explain::check_symmetry(&engine));
            diagnostics.extend(explain::check(&engine).iter().filter_map(|outcome| outcome.diagnostic()));
        }
    }
    Checked { texts, diagnostics }
}

/// Checks a text as the file `example.ally`, beside which lie a table of members and a folder `rules` with a vocabulary and two
/// frameworks.
pub fn check_text(text: &str, words: &[String]) -> Checked {
    let reader = MemoryReader::new()
        .with("example.ally", text)
        .with("members.csv", "state,pact,year,month,day,defense,offense\nArden,Northern Pact,1951,4,2,1,0\n")
        .with("rules/vocabulary.ally", "predicate guarantees(by: state, to: state)\n")
        .with("rules/de_jure.ally", "framework de_jure\nally(A, B) requires obliged\n")
        .with("rules/de_facto.ally", "framework de_facto\nally(A, B) requires assists\n");
    check(&reader, Path::new("example.ally"), &options(words))
}

/// The codes of what is wrong with a text.
pub fn codes_of(text: &str, words: &[String]) -> Vec<&'static str> {
    check_text(text, words).codes()
}

/// An example of a page.
pub struct Example {
    pub is_mended: bool,
    pub options: Vec<String>,
    pub text: String,
}

/// The blocks marked `ally`: they show the mistake, or what is right where they are marked `ally mended`.
pub fn examples(page: &str) -> Vec<Example> {
    page.split("\n```ally")
        .skip(1)
        .map(|rest| {
            let (marks, rest) = rest.split_once('\n').unwrap();
            let text = rest.split("\n```").next().unwrap().to_owned() + "\n";
            let marks: Vec<String> = marks.split_whitespace().map(str::to_owned).collect();
            Example { is_mended: marks.contains(&"mended".to_owned()), options: marks, text }
        })
        .collect()
}
