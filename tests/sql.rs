//! Programs compiled to SQL and run on DuckDB, against the engine's answers at the same moments. Skipped, and said so, where Python
//! or DuckDB cannot be had.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod generate;
mod python;
mod support;

use generate::calendar::Calendar;
use generate::{Features, Generated, Parentheses, recipes};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::OnceLock;
use symmachia::engine::Engine;
use symmachia::explain::natural_period;
use symmachia::loading::{MemoryReader, load};
use symmachia::model::program::{RelationId, Target};
use symmachia::model::{Options, Program, resolve};
use symmachia::sql::{self, Moment, Refusal, Request};
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

fn python() -> Option<PathBuf> {
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
struct Asked {
    what: String,
    sql: String,
    view: String,
    is_criterion: bool,
    expected: BTreeMap<(Vec<String>, i64), String>,
}

fn read(files: &[(String, String)]) -> (Texts, Program) {
    let reader =
        files.iter().fold(MemoryReader::new(), |reader, (name, text)| reader.with(name, text.as_bytes().to_vec()));
    let loaded = load(&reader, &[PathBuf::from(&files[0].0)], &mut |_| {});
    let resolution = resolve(&loaded.texts, &loaded.files, &Options::default());
    (loaded.texts, resolution.program)
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
fn queries(name: &str, texts: &Texts, program: &Program, most: usize) -> (Vec<Asked>, Vec<Refusal>) {
    let engine = Engine::new(program);
    let moments = moments(program, &engine, most);
    let (mut asked, mut refused) = (Vec::new(), Vec::new());
    for relation in support::relations(program) {
        let request = Request { relations: vec![relation], moments: moments.clone(), codes: Vec::new() };
        let qualified = program.qualified_name(Target::Relation(relation));
        match sql::compile(program, texts, &request) {
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

/// What DuckDB answers otherwise than expected.
fn differences(python: &Path, asked: &[Asked]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("queries.jsonl");
    let lines: Vec<String> = asked.iter().map(|one| json!({"sql": one.sql, "view": one.view}).to_string()).collect();
    std::fs::write(&file, lines.join("\n")).unwrap();
    let output = process::Command::new(python).args(["-c", SCRIPT]).arg(&file).output().unwrap();
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

fn assert_none(differences: &[String]) {
    let first = differences.first().map_or("", String::as_str);
    let heads: Vec<&str> = differences.iter().map(|one| one.lines().next().unwrap()).collect();
    assert!(differences.is_empty(), "{} differ:\n{}\n\n{first}", differences.len(), heads.join("\n"));
}

#[test]
fn the_cases_have_the_answers_of_the_engine() {
    let Some(python) = python() else { return };
    let (mut all, mut refused) = (Vec::new(), 0);
    for folder in ["datalog", "meaning"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(folder);
        let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let (texts, program) = read(&[(name.clone(), std::fs::read_to_string(&path).unwrap())]);
            let (asked, refusals) = queries(&name, &texts, &program, 40);
            all.extend(asked);
            refused += usize::from(!refusals.is_empty());
        }
    }
    eprintln!("{} queries, something refused of {refused} cases", all.len());
    assert!(all.len() > 100, "{}", all.len());
    assert_none(&differences(&python, &all));
}

#[test]
fn random_programs_have_the_answers_of_the_engine() {
    let Some(python) = python() else { return };
    let seed = std::env::var("SYMMACHIA_SEED").ok().and_then(|seed| seed.parse::<u8>().ok()).unwrap_or(7);
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut features = Features::all(Calendar::Winter);
    let programs: usize =
        std::env::var("SYMMACHIA_PROGRAMS").ok().and_then(|number| number.parse().ok()).unwrap_or(120);
    let (mut all, mut refused, mut accepted, mut criteria) = (Vec::new(), 0, 0, 0);
    for number in 0..programs {
        features.frameworks = number % 3 == 0;
        features.numbers = number % 4 != 0;
        let recipe = recipes().new_tree(&mut runner).unwrap().current();
        let files = Generated::new(&recipe, &features, Parentheses::Needed).files;
        let files: Vec<(String, String)> = files.into_iter().map(|(name, items)| (name, items.join("\n"))).collect();
        let (texts, program) = read(&files);
        let (asked, refusals) = queries(&format!("program {number}"), &texts, &program, 12);
        refused += usize::from(!refusals.is_empty());
        let of_program = asked.iter().filter(|one| one.is_criterion).count();
        accepted += usize::from(of_program > 0);
        criteria += of_program;
        all.extend(asked);
    }
    eprintln!(
        "{} queries, {criteria} of criteria, from {accepted} of {programs} programs; something refused of {refused}",
        all.len()
    );
    assert!(accepted * 3 > programs && criteria * 2 > programs, "{accepted} {criteria}");
    assert_none(&differences(&python, &all));
}
