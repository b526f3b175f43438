//! Reading: from paths to texts, without a disk.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use symmachia::evidence::StatementId;
use symmachia::loading::{Entry, Loaded, MemoryReader, PathKind, Progress, Reader, load, load_by};
use symmachia::model::{Options, resolve_with_tables};
use symmachia::render::{Look, diagnostics};

const RULE: &str = "ally(A, B) requires mutual_defense\n";

fn read(reader: &dyn Reader, paths: &[&str]) -> Loaded {
    let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
    load(reader, &paths, &mut |_| {})
}

fn names(loaded: &Loaded) -> Vec<&str> {
    loaded.texts.iter().map(|(_, text)| text.name.as_str()).collect()
}

fn said(loaded: &Loaded) -> String {
    diagnostics::text(&loaded.diagnostics, &loaded.texts, &Look::PLAIN)
}

#[test]
fn folders_are_read_whole_in_the_order_of_names() {
    let reader = MemoryReader::new()
        .with("cases/b.ally", RULE)
        .with("cases/a/z.ally", RULE)
        .with("cases/c/.hidden/x.ally", RULE)
        .with("cases/.x.ally", RULE)
        .with("cases/notes.txt", "not read")
        .with("elsewhere.ally", RULE);
    assert_eq!(names(&read(&reader, &["cases"])), ["cases/a/z.ally", "cases/b.ally"]);
    assert_eq!(names(&read(&reader, &["."])), ["cases/a/z.ally", "cases/b.ally", "elsewhere.ally"]);
    assert_eq!(names(&read(&reader, &["./cases/a/../b.ally"])), ["cases/b.ally"]);
}

#[test]
fn each_file_is_read_once_and_those_that_were_named_come_first() {
    let reader = MemoryReader::new()
        .with("examples/corcyra/evidence.ally", "use \"../../rules/vocabulary.ally\"\n")
        .with("examples/corcyra/claims.ally", "use \"evidence.ally\"\nuse \"../../rules/more.ally\"\n")
        .with("rules/vocabulary.ally", RULE)
        .with("rules/more.ally", "use \"./vocabulary.ally\"\n");
    let loaded = read(&reader, &["examples", "examples/corcyra/evidence.ally"]);
    assert_eq!(
        names(&loaded),
        ["examples/corcyra/claims.ally", "examples/corcyra/evidence.ally", "rules/more.ally", "rules/vocabulary.ally"]
    );
    assert_eq!(loaded.files.len(), 4);
    assert!(loaded.diagnostics.is_empty(), "{}", said(&loaded));
}

#[test]
fn byte_order_marks_and_windows_line_ends_are_accepted() {
    let reader = MemoryReader::new().with("a.ally", "\u{feff}ally(A, B) requires mutual_defense\r\n    and x\r\n");
    let loaded = read(&reader, &["a.ally"]);
    assert!(loaded.diagnostics.is_empty(), "{}", said(&loaded));
    assert_eq!(loaded.files[0].items.len(), 1);
}

#[test]
fn a_file_is_read_whatever_its_ending_and_a_table_is_not() {
    let reader = MemoryReader::new().with("rules.txt", RULE).with("atop.csv", "a,b\n");
    assert!(read(&reader, &["rules.txt"]).diagnostics.is_empty());
    insta::assert_snapshot!(said(&read(&reader, &["atop.csv"])));
}

#[test]
fn paths_that_lead_nowhere() {
    let reader = MemoryReader::new().with("rules/alliance.ally", RULE).with("examples/corcyra/evidence.ally", RULE);
    let missing =
        ["rules/aliance.ally", "rule/alliance.ally", "rules/alliance", "examples/athens.ally", "nowhere/x.ally", "x"];
    let all: String = missing.iter().map(|path| said(&read(&reader, &[path])) + "\n").collect();
    insta::assert_snapshot!(all);
}

#[test]
fn addresses_on_the_command_line() {
    let reader = MemoryReader::new().with("a.ally", RULE);
    insta::assert_snapshot!(said(&read(&reader, &["https://example.org/rules/a.ally", "file:///home/ann/a.ally"])));
}

#[test]
fn a_folder_without_programs() {
    let reader = MemoryReader::new().with("data/atop.csv", "a,b\n");
    insta::assert_snapshot!(said(&read(&reader, &["data"])));
}

#[test]
fn encodings_that_are_not_utf8() {
    let reader = MemoryReader::new()
        .with("latin.ally", b"# fine\nsource x \"Conf\xe9rence\"\n".to_vec())
        .with("utf16.ally", b"\xff\xfea\0l\0l\0y\0".to_vec())
        .with("marked.ally", b"\xef\xbb\xbfsource \xff\n".to_vec());
    insta::assert_snapshot!(said(&read(&reader, &["latin.ally", "utf16.ally", "marked.ally"])));
}

#[test]
fn nothing_at_all() {
    let reader = MemoryReader::new().with("a.ally", "").with("b.ally", "  \n\n");
    insta::assert_snapshot!("nothing_in_one", said(&read(&reader, &["a.ally"])));
    insta::assert_snapshot!("nothing_in_two", said(&read(&reader, &["."])));
    let reader = reader.with("c.ally", RULE);
    insta::assert_snapshot!("nothing_beside_something", said(&read(&reader, &["."])));
}

#[test]
fn two_circles_are_told_once_each() {
    let reader = MemoryReader::new()
        .with("a.ally", "use \"b.ally\"\n")
        .with("b.ally", "use \"a.ally\"\nuse \"c.ally\"\n")
        .with("c.ally", "use \"d.ally\"\n")
        .with("d.ally", "use \"c.ally\"\n");
    let loaded = read(&reader, &["."]);
    assert_eq!(loaded.diagnostics.len(), 2, "{}", said(&loaded));
    insta::assert_snapshot!(said(&loaded));
}

/// Files that are there and cannot be had.
#[derive(Default)]
struct Refusing {
    sizes: BTreeMap<PathBuf, u64>,
    pipe: PathBuf,
}

impl Reader for Refusing {
    fn kind(&self, path: &Path) -> Option<PathKind> {
        let pipe = (path == self.pipe).then_some(PathKind::Other("a named pipe"));
        pipe.or_else(|| self.sizes.get(path).map(|size| PathKind::File(*size)))
    }

    fn read(&self, _path: &Path) -> io::Result<Vec<u8>> {
        Err(io::Error::new(io::ErrorKind::PermissionDenied, "permission denied"))
    }

    fn list(&self, _path: &Path) -> io::Result<Vec<Entry>> {
        Ok(Vec::new())
    }

    fn identity(&self, path: &Path) -> PathBuf {
        path.to_owned()
    }
}

#[test]
fn files_that_are_too_large_or_refused() {
    let mut reader = Refusing::default();
    reader.sizes.insert(PathBuf::from("large.ally"), 1 << 32);
    reader.sizes.insert(PathBuf::from("secret.ally"), 10);
    reader.pipe = PathBuf::from("pipe.ally");
    insta::assert_snapshot!(said(&read(&reader, &["large.ally", "secret.ally", "pipe.ally"])));
}

#[test]
fn progress_is_told_up_to_the_end() {
    let reader = MemoryReader::new().with("a.ally", RULE.repeat(20_000)).with("b.ally", RULE);
    let mut told: Vec<Progress> = Vec::new();
    load(&reader, &[PathBuf::from(".")], &mut |progress| told.push(progress));
    assert!(told.is_sorted_by_key(|progress| progress.done));
    assert!(told.len() > 2);
    let total = (20_001 * RULE.len()) as u64;
    assert_eq!(told.last(), Some(&Progress { done: total, total }));
}

/// What is read of many tables, and what is said of those that cannot be read, does not hang on how many are read at once.
#[test]
fn tables_are_the_same_however_many_threads_read_them() {
    let table = |number: usize| -> String {
        let rows = (0..300 * (number % 5 + 1)).map(|row| match (number % 4, row % 97) {
            (1, 13) => "too,many,cells,here\n".to_owned(),
            _ => format!("{},{},19{:02}-04-02\n", row % 23, (row + number) % 19, row % 100),
        });
        let header = if number == 6 { "a,b,other\n" } else { "a,b,since\n" };
        header.to_owned() + &rows.collect::<String>()
    };
    let mut reader = MemoryReader::new();
    let mut program = String::from("kind state_code\npredicate p(one: state_code, other: state_code)\n");
    for number in 0..12 {
        reader = reader.with(format!("t{number}.csv"), table(number));
        program += &format!("import \"t{number}.csv\" as row {{ p(row.a by cow, row.b by cow) from row.since }}\n");
    }
    let reader = reader.with("p.ally", program);
    let read = |threads: usize| {
        let loaded = load_by(&reader, &[PathBuf::from("p.ally")], NonZeroUsize::new(threads), &mut |_| {});
        let options = Options::default();
        let resolved = resolve_with_tables(&loaded.texts, &loaded.files, loaded.tables.clone(), &options);
        let facts: Vec<String> = (0..resolved.program.statement_count())
            .map(|id| format!("{:?}", resolved.program.statement(StatementId(id as u32))))
            .collect();
        (format!("{:?}", loaded.diagnostics), format!("{:?}", resolved.diagnostics), facts)
    };
    let one = read(1);
    assert!(one.0.contains("t6.csv") && one.1.contains("t5.csv"), "{}\n{}", one.0, one.1);
    assert!(one.2.len() > 1_000, "{}", one.2.len());
    for threads in [2, 3, 8, 100] {
        assert_eq!(read(threads), one, "{threads} threads");
    }
}
