//! Programs compiled to SQL and run on DuckDB, against the engine's answers at the same moments.

use crate::{python, support};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::OnceLock;
use symmachia::engine::Engine;
use symmachia::explain::natural_period;
use symmachia::loading::{Entry, Loaded, MemoryReader, PathKind, Reader, load};
use symmachia::model::program::{RelationId, Target};
use symmachia::model::{Options, Program, resolve_with_tables};
use symmachia::sql::{self, Moment, Refusal, Request};
use symmachia::syntax::tree::File;
use symmachia::text::Texts;
use symmachia::time::Day;
use symmachia::verdict::Verdict;

/// Runs each query of a file of JSON lines, and writes its rows.
const SCRIPT: &str = r#"
import json, sys
import duckdb
for line in open(sys.argv[1], encoding="utf-8"):
    asked = json.loads(line)
    con = duckdb.connect()
    con.execute("set threads = 1")
    try:
        con.execute(asked["sql"])
        rows = con.execute("select * from " + asked["view"]).fetchall()
        print(json.dumps({"rows": rows}))
    except Exception as error:
        print(json.dumps({"error": str(error)}))
"#;

pub fn interpreter() -> Option<PathBuf> {
    static MADE: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    match MADE.get_or_init(|| python::with("sql_duckdb", &["duckdb"])) {
        Ok(python) => Some(python.clone()),
        Err(why) => {
            eprintln!("skipped: no Python with duckdb: {}", why.trim());
            None
        }
    }
}

/// A query, and the verdicts that it should give: by individuals and number of the moment.
pub struct Asked {
    pub what: String,
    pub sql: String,
    pub view: String,
    pub is_criterion: bool,
    pub expected: BTreeMap<(Vec<String>, i64), String>,
}

/// A program with its texts and trees.
pub struct Read {
    pub texts: Texts,
    pub files: Vec<File>,
    pub program: Program,
}

pub fn read(files: &[(String, String)]) -> Read {
    let reader =
        files.iter().fold(MemoryReader::new(), |reader, (name, text)| reader.with(name, text.as_bytes().to_vec()));
    let loaded = load(&reader, &[PathBuf::from(&files[0].0)], &mut |_| {});
    of_loaded(loaded)
}

pub fn of_loaded(loaded: Loaded) -> Read {
    let resolution = resolve_with_tables(&loaded.texts, &loaded.files, loaded.tables.clone(), &Options::default());
    Read { texts: loaded.texts, files: loaded.files, program: resolution.program }
}

/// Up to so many days on which an answer of the engine changes, and the days before them.
fn moments(program: &Program, engine: &Engine<'_>, most: usize) -> Vec<Moment> {
    let mut days = BTreeSet::new();
    for relation in support::relations(program) {
        for individuals in support::tuples(program, Target::Relation(relation)) {
            for (run, _) in engine.case(relation, &individuals).runs() {
                days.extend([run.first.previous(), run.first]);
            }
        }
    }
    let natural = natural_period(program);
    days.extend([natural.first, Day::from_number(10_900)]);
    let days: Vec<Day> = days.into_iter().collect();
    let step = days.len().div_ceil(most).max(1);
    let days = days.into_iter().step_by(step);
    days.enumerate().map(|(place, day)| Moment { year: place as i32, day }).collect()
}

fn expected(
    program: &Program,
    engine: &Engine<'_>,
    relation: RelationId,
    moments: &[Moment],
) -> BTreeMap<(Vec<String>, i64), String> {
    let mut expected = BTreeMap::new();
    let target = Target::Relation(relation);
    for individuals in support::tuples(program, target) {
        if individuals.iter().any(|one| program.individual(*one).is_unnamed)
            || program.pairs_with_itself(target, &individuals)
        {
            continue;
        }
        let listed: Vec<_> = program.cases.iter().filter(|cases| cases.target == target).collect();
        for moment in moments {
            let is_listed = listed.iter().any(|cases| {
                let is_among = cases.over.iter().zip(&individuals).all(|(over, one)| over.contains(one));
                is_among && cases.period.is_none_or(|period| period.contains(moment.day))
            });
            let verdict = engine.case(relation, &individuals).at(moment.day).verdict();
            if verdict == Verdict::NotApplicable || !(listed.is_empty() || is_listed) {
                continue;
            }
            let names = individuals.iter().map(|one| program.individual(*one).name.clone()).collect();
            expected.insert((names, i64::from(moment.year)), verdict.name().to_owned());
        }
    }
    expected
}

/// The queries of a program, one for each relation, and what is refused.
pub fn queries(name: &str, read: &Read, most: usize) -> (Vec<Asked>, Vec<Refusal>) {
    let Read { texts, files, program } = read;
    let engine = Engine::new(program);
    let moments = moments(program, &engine, most);
    let (mut asked, mut refused) = (Vec::new(), Vec::new());
    for relation in support::relations(program) {
        let request = Request { relations: vec![relation], moments: moments.clone(), ..Request::default() };
        let qualified = program.qualified_name(Target::Relation(relation));
        match sql::compile(program, files, texts, &request) {
            Ok(sql) => asked.push(Asked {
                what: format!("{name}: {qualified}"),
                sql,
                view: format!("\"{}\"", qualified.replace('.', "_")),
                is_criterion: program.relation(relation).is_criterion,
                expected: expected(program, &engine, relation, &moments),
            }),
            Err(refusals) => refused.extend(refusals),
        }
    }
    (asked, refused)
}

/// What DuckDB answers otherwise than expected, run where the tables lie.
pub fn differences(python: &Path, asked: &[Asked], tables: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in tables {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let file = folder.path().join("queries.jsonl");
    let lines: Vec<String> = asked.iter().map(|one| json!({"sql": one.sql, "view": one.view}).to_string()).collect();
    std::fs::write(&file, lines.join("\n")).unwrap();
    let output =
        process::Command::new(python).current_dir(folder.path()).args(["-c", SCRIPT]).arg(&file).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answers = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<Value> = answers.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), asked.len());
    let mut differences = Vec::new();
    for (asked, answer) in asked.iter().zip(&answers) {
        let Some(rows) = answer["rows"].as_array() else {
            differences.push(format!("{}: {}\n{}", asked.what, answer["error"], asked.sql));
            continue;
        };
        let mut found = BTreeMap::new();
        let mut twice = 0;
        for row in rows {
            let cells = row.as_array().unwrap();
            let (individuals, rest) = cells.split_at(cells.len() - 2);
            let individuals: Vec<String> = individuals.iter().map(|one| one.as_str().unwrap().to_owned()).collect();
            let known = found.insert((individuals, rest[0].as_i64().unwrap()), rest[1].as_str().unwrap().to_owned());
            twice += usize::from(known.is_some());
        }
        if found != asked.expected || twice > 0 {
            let wrong: Vec<String> = asked
                .expected
                .iter()
                .filter(|(case, verdict)| found.get(*case) != Some(verdict))
                .map(|(case, verdict)| format!("{case:?}: {:?} instead of {verdict}", found.get(case)))
                .chain(
                    found
                        .keys()
                        .filter(|case| !asked.expected.contains_key(*case))
                        .map(|case| format!("{case:?} too many")),
                )
                .take(3)
                .collect();
            differences.push(format!("{}: {twice} rows twice; {}\n{}", asked.what, wrong.join("; "), asked.sql));
        }
    }
    differences
}

pub fn assert_none(differences: &[String]) {
    let first = differences.first().map_or("", String::as_str);
    let heads: Vec<&str> = differences.iter().map(|one| one.lines().next().unwrap()).collect();
    assert!(differences.is_empty(), "{} differ:\n{}\n\n{first}", differences.len(), heads.join("\n"));
}

/// The disk, as the tests need it.
pub struct Disk;

impl Reader for Disk {
    fn kind(&self, path: &Path) -> Option<PathKind> {
        let metadata = std::fs::metadata(path).ok()?;
        Some(if metadata.is_dir() { PathKind::Folder } else { PathKind::File(metadata.len()) })
    }

    fn read(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        std::fs::read(path)
    }

    fn list(&self, _: &Path) -> std::io::Result<Vec<Entry>> {
        Ok(Vec::new())
    }

    fn identity(&self, path: &Path) -> PathBuf {
        std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
    }
}
