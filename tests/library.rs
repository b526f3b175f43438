//! The library: that it is whole, how `use library` reads it, and that copies of it on the disk do no harm.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::path::{Path, PathBuf};
use symmachia::diagnostic::Severity;
use symmachia::diff::{Variation, Varied, variations};
use symmachia::engine::Engine;
use symmachia::evidence::Changes;
use symmachia::explain;
use symmachia::library::{Library, LibraryFile, Sort, describe};
use symmachia::loading::{Loaded, MemoryReader, load};
use symmachia::model::program::{FrameworkId, MeasureId, RelationId, Target};
use symmachia::model::{Options, resolve};
use symmachia::render::{Look, diagnostics};

/// A library of two files, of which one uses the other.
const WORDS: LibraryFile = LibraryFile {
    path: "words.ally",
    text: "## Words.\nkind domain = military, economic\n\npredicate obliged(by: state, to: state) \"{by} is obliged to {to}\"\n",
};
const LAW: LibraryFile = LibraryFile {
    path: "law.ally",
    text: "framework law \"Law\"\nuse \"words.ally\"\nsymmetric ally(A, B) requires mutually obliged\n",
};
const SMALL: Library = Library::new(&[LAW, WORDS]);

fn read(reader: &MemoryReader, paths: &[&str]) -> Loaded {
    let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
    load(reader, &paths, &mut |_| {})
}

fn names(loaded: &Loaded) -> Vec<String> {
    let mut names: Vec<String> = loaded.texts.iter().map(|(_, text)| text.name.clone()).collect();
    names.sort();
    names
}

fn said(loaded: &Loaded) -> String {
    diagnostics::text(&loaded.diagnostics, &loaded.texts, &Look::PLAIN)
}

/// The programs in a folder of the project and the folders in it, relative to it.
fn programs_below(folder: &Path, prefix: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()) {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            found.extend(programs_below(&entry.path(), &format!("{prefix}{name}/")));
        } else if name.ends_with(".ally") {
            found.push(format!("{prefix}{name}"));
        }
    }
    found.sort();
    found
}

fn rules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")
}

/// All files in `rules`, as a disk.
fn rules_in_memory() -> MemoryReader {
    programs_below(&rules(), "").iter().fold(MemoryReader::new(), |reader, path| {
        reader.with(format!("rules/{path}"), std::fs::read(rules().join(path)).unwrap())
    })
}

#[test]
fn every_file_in_rules_is_in_the_library_but_for_its_tests() {
    let mut wanted = programs_below(&rules(), "");
    wanted.retain(|path| !path.starts_with("expectations/"));
    let shipped: Vec<&str> = Library::SHIPPED.files().iter().map(|file| file.path).collect();
    assert_eq!(shipped, wanted);
    for file in Library::SHIPPED.files() {
        assert_eq!(Library::SHIPPED.find(file.name()), Some(file));
        assert_eq!(file.text, std::fs::read_to_string(rules().join(file.path)).unwrap(), "{}", file.path);
        let title = describe(file).title;
        assert!((4..=120).contains(&title.chars().count()), "{}: `{title}` is to be one line", file.path);
    }
}

#[test]
fn every_file_of_the_library_can_be_used_alone() {
    for file in Library::SHIPPED.files() {
        let reader = MemoryReader::new().with("example.ally", format!("use library \"{}\"\n", file.name()));
        let options = Options { strict: true, ..Options::default() };
        let checked = common::check(&reader, Path::new("example.ally"), &options);
        let found = diagnostics::text(&checked.diagnostics, &checked.texts, &Look::PLAIN);
        assert!(checked.diagnostics.is_empty(), "{}:\n{found}", file.path);
    }
}

#[test]
fn the_expectations_of_the_library_hold() {
    let reader = rules_in_memory();
    for path in programs_below(&rules().join("expectations"), "") {
        let checked = common::check(&reader, &Path::new("rules/expectations").join(&path), &Options::default());
        let found = diagnostics::text(&checked.diagnostics, &checked.texts, &Look::PLAIN);
        assert!(checked.diagnostics.iter().all(|found| found.severity == Severity::Note), "{path}:\n{found}");
    }
}

/// A framework whose expectations hold whatever its rules say is not tested. Each condition is dropped in turn, and each parameter varied: then
/// some expectation has to fail.
#[test]
fn each_condition_and_parameter_of_a_framework_matters_to_an_expectation() {
    let reader = rules_in_memory();
    let frameworks = Library::SHIPPED.files().iter().filter(|file| describe(file).sort == Sort::Framework);
    let (mut survivors, mut tried) = (Vec::new(), 0);
    for file in frameworks {
        let path = format!("rules/expectations/{}.ally", file.name());
        let loaded = read(&reader, &[&path]);
        let program = resolve(&loaded.texts, &loaded.files, &Options::default()).program;
        let framework = program.frameworks.iter().position(|framework| framework.name == file.name()).unwrap();
        let is_of_it = |of: Option<FrameworkId>| of == Some(FrameworkId(framework as u32));
        let relations = (0..program.relations.len() as u32).map(RelationId);
        let measures = (0..program.measures.len() as u32).map(MeasureId);
        let targets: Vec<Target> = relations
            .filter(|id| is_of_it(program.relation(*id).framework))
            .map(Target::Relation)
            .chain(measures.filter(|id| is_of_it(program.measure(*id).framework)).map(Target::Measure))
            .collect();
        let sorts = [Varied::Condition, Varied::Parameter];
        let name = |variation: &Variation| loaded.texts.get(variation.place.file).name.clone();
        let own = variations(&program, &Changes::none(), &targets, &sorts, 0.5);
        for variation in own.iter().filter(|variation| name(variation) == format!("rules/{}", file.path)) {
            let changed = variation.program(&program).unwrap();
            tried += 1;
            if explain::check(&Engine::new(&changed)).iter().all(explain::Outcome::holds) {
                let line = loaded.texts.line_and_column(variation.place).0;
                let what = loaded.texts.slice(variation.place);
                survivors.push(format!("{}:{line} `{what}` {:?}", file.path, variation.values));
            }
        }
    }
    // The newest treaty that gives a rank gives the lowest where it gives none of the others.
    let follows_from_the_others = "post_soviet_ladder.ally:14 `declares_rank(T, friendship_and_cooperation)` None";
    survivors.retain(|survivor| survivor != follows_from_the_others);
    assert!(tried > 200, "{tried}");
    assert!(survivors.is_empty(), "{} of {tried} changes are not missed:\n{}", survivors.len(), survivors.join("\n"));
}

#[test]
fn a_file_of_the_library_finds_its_neighbours_in_the_library() {
    let reader = MemoryReader::new()
        .with_library(SMALL)
        .with("a.ally", "use library \"law\"\n")
        .with("words.ally", "predicate something_else(of: state)\n");
    let loaded = read(&reader, &["a.ally"]);
    assert_eq!(names(&loaded), ["a.ally", "library:law.ally", "library:words.ally"], "{}", said(&loaded));
    assert!(loaded.diagnostics.is_empty(), "{}", said(&loaded));
}

#[test]
fn a_copy_on_the_disk_is_the_file_of_the_library() {
    let law_first = "use library \"law\"\nuse \"rules/law.ally\"\n";
    let disk_first = "use \"rules/law.ally\"\nuse library \"law\"\n";
    let with_windows_line_ends = WORDS.text.replace('\n', "\r\n");
    for main in [law_first, disk_first] {
        for words in [WORDS.text, &with_windows_line_ends, &format!("\u{feff}{}", WORDS.text)] {
            let reader = MemoryReader::new()
                .with_library(SMALL)
                .with("main.ally", main)
                .with("rules/law.ally", LAW.text)
                .with("rules/words.ally", words);
            for paths in [&["main.ally"][..], &["rules", "main.ally"], &["main.ally", "rules"]] {
                let loaded = read(&reader, paths);
                // The path on the disk is told, whichever was read first.
                assert_eq!(names(&loaded), ["main.ally", "rules/law.ally", "rules/words.ally"], "{main}");
                assert_eq!(loaded.files.len(), 3);
                assert!(loaded.diagnostics.is_empty(), "{}", said(&loaded));
                let checked = common::check(&reader, Path::new("main.ally"), &Options::default());
                assert!(checked.diagnostics.is_empty());
            }
        }
    }
}

#[test]
fn every_file_that_is_printed_can_be_read_in_an_empty_folder() {
    for file in Library::SHIPPED.files() {
        let printed = Library::SHIPPED.printed(file);
        assert!(!printed.lines().any(|line| line.starts_with("use \"")), "{}", file.path);
        let name = format!("{}.ally", file.name());
        let options = Options { strict: true, ..Options::default() };
        // Alone, and beside what uses the same file by its name, or a neighbour of it.
        for main in [String::new(), format!("use library \"{}\"\nuse library \"walt\"\n", file.name())] {
            let main = format!("{main}use \"{name}\"\n");
            let reader = MemoryReader::new().with("main.ally", main).with(&name, printed.clone());
            let checked = common::check(&reader, Path::new("main.ally"), &options);
            let found = diagnostics::text(&checked.diagnostics, &checked.texts, &Look::PLAIN);
            assert!(checked.diagnostics.is_empty(), "{}:\n{found}", file.path);
        }
    }
}

#[test]
fn a_printed_copy_is_the_file_of_the_library() {
    let printed = SMALL.printed(&LAW);
    assert_eq!(
        printed,
        "framework law \"Law\"\nuse library \"words\"\nsymmetric ally(A, B) requires mutually obliged\n"
    );
    for main in ["use library \"law\"\nuse \"mine/law.ally\"\n", "use \"mine/law.ally\"\nuse library \"law\"\n"] {
        let reader =
            MemoryReader::new().with_library(SMALL).with("main.ally", main).with("mine/law.ally", printed.clone());
        let loaded = read(&reader, &["main.ally"]);
        assert_eq!(names(&loaded), ["library:words.ally", "main.ally", "mine/law.ally"], "{}", said(&loaded));
        assert!(loaded.diagnostics.is_empty(), "{}", said(&loaded));
    }
}

#[test]
fn a_copy_that_was_changed_is_another_file() {
    let reader = MemoryReader::new()
        .with_library(SMALL)
        .with("main.ally", "use library \"words\"\nuse \"rules/words.ally\"\n")
        .with("rules/words.ally", WORDS.text.replace("is obliged", "is bound") + "## More.\nkind treaty\n");
    let loaded = read(&reader, &["main.ally"]);
    assert_eq!(names(&loaded), ["library:words.ally", "main.ally", "rules/words.ally"]);
    insta::assert_snapshot!(said(&loaded));
    // Likewise through a neighbour, and of a framework, whatever the file is called.
    let reader = MemoryReader::new()
        .with_library(SMALL)
        .with("main.ally", "use library \"law\"\nuse \"words.ally\"\nuse \"mine.ally\"\n")
        .with("words.ally", format!("{}predicate bound(by: state, to: state)\n", WORDS.text))
        .with("mine.ally", LAW.text.replace("mutually", "either way"));
    insta::assert_snapshot!(said(&read(&reader, &["main.ally"])));
}

#[test]
fn a_file_of_a_name_that_the_library_has_too_need_be_no_copy() {
    let reader = MemoryReader::new()
        .with_library(SMALL)
        .with("main.ally", "use library \"law\"\nuse \"words.ally\"\nuse \"mine.ally\"\n")
        .with("words.ally", "predicate bound(by: state, to: state)\n")
        .with("mine.ally", LAW.text.replace("framework law", "framework my_law"));
    let loaded = read(&reader, &["main.ally"]);
    assert!(loaded.diagnostics.is_empty(), "{}", said(&loaded));
}

#[test]
fn a_copy_has_the_neighbours_of_every_place_where_it_was_read() {
    // The copy of the law lies beside other words, which are read as well as those of the library.
    let other = "predicate bound(by: state, to: state)\n";
    for main in ["use library \"law\"\nuse \"rules/law.ally\"\n", "use \"rules/law.ally\"\nuse library \"law\"\n"] {
        let reader = MemoryReader::new()
            .with_library(SMALL)
            .with("main.ally", main)
            .with("rules/law.ally", LAW.text)
            .with("rules/words.ally", other);
        let loaded = read(&reader, &["main.ally"]);
        assert_eq!(names(&loaded), ["library:words.ally", "main.ally", "rules/law.ally", "rules/words.ally"]);
        assert!(loaded.diagnostics.is_empty(), "{}", said(&loaded));
    }
}

#[test]
fn copies_in_two_folders_are_one_file_too() {
    let reader =
        MemoryReader::new().with_library(SMALL).with("a/words.ally", WORDS.text).with("b/words.ally", WORDS.text);
    let loaded = read(&reader, &["a", "b"]);
    assert_eq!(names(&loaded), ["a/words.ally"]);
}

#[test]
fn names_that_the_library_has_not() {
    let reader = MemoryReader::new().with_library(SMALL).with(
        "a.ally",
        "use library \"wrods\"\nuse library \"words.ally\"\nuse library \"rules/law.ally\"\nuse library \"cow\"\n",
    );
    insta::assert_snapshot!(said(&read(&reader, &["a.ally"])));
}

#[test]
fn circles_and_dead_ends_within_a_library() {
    const ROUND: Library = Library::new(&[
        LibraryFile { path: "one.ally", text: "use \"two.ally\"\nuse \"three.ally\"\n" },
        LibraryFile { path: "two.ally", text: "use library \"one\"\n" },
    ]);
    let reader = MemoryReader::new().with_library(ROUND).with("a.ally", "use library \"two\"\n");
    insta::assert_snapshot!(said(&read(&reader, &["a.ally"])));
}

#[test]
fn files_of_the_library_are_told_apart_by_what_they_are() {
    let sort = |name: &str| describe(Library::SHIPPED.find(name).unwrap()).sort;
    assert_eq!(sort("states"), Sort::States);
    assert_eq!(sort("vocabulary"), Sort::Vocabulary);
    assert_eq!(sort("de_jure_alliance"), Sort::Framework);
}
