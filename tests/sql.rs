//! Programs compiled to SQL and run on DuckDB, against the engine's answers at the same moments. Skipped, and said so, where Python
//! or DuckDB cannot be had.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod duckdb;
mod generate;
mod python;
mod support;

use duckdb::{Asked, Disk, assert_none, differences, interpreter, of_loaded, queries, read};
use generate::calendar::Calendar;
use generate::{Features, Generated, Parentheses, recipes};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process;
use symmachia::diagnostic::Diagnostic;
use symmachia::loading::{MemoryReader, load};
use symmachia::render::{Look, diagnostics};
use symmachia::sql::{self, Moment, Refusal, Request};
use symmachia::time::Day;

#[test]
fn the_cases_have_the_answers_of_the_engine() {
    let Some(python) = interpreter() else { return };
    let (mut all, mut refused): (Vec<Asked>, usize) = (Vec::new(), 0);
    for folder in ["datalog", "meaning"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(folder);
        let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let program = read(&[(name.clone(), std::fs::read_to_string(&path).unwrap())]);
            let (asked, refusals) = queries(&name, &program, 40);
            all.extend(asked);
            refused += usize::from(!refusals.is_empty());
        }
    }
    eprintln!("{} queries, something refused of {refused} cases", all.len());
    assert!(all.len() > 100, "{}", all.len());
    assert_none(&differences(&python, &all, &[]));
}

#[test]
fn random_programs_have_the_answers_of_the_engine() {
    let Some(python) = interpreter() else { return };
    let seed = std::env::var("SYMMACHIA_SEED").ok().and_then(|seed| seed.parse::<u8>().ok()).unwrap_or(7);
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut features = Features::all(Calendar::Winter);
    let programs: usize = std::env::var("SYMMACHIA_PROGRAMS").ok().and_then(|number| number.parse().ok()).unwrap_or(90);
    let (mut all, mut refused, mut accepted, mut criteria) = (Vec::new(), 0, 0, 0);
    for number in 0..programs {
        features.frameworks = number % 3 == 0;
        features.numbers = number % 4 != 0;
        let recipe = recipes().new_tree(&mut runner).unwrap().current();
        let files = Generated::new(&recipe, &features, Parentheses::Needed).files;
        let files: Vec<(String, String)> = files.into_iter().map(|(name, items)| (name, items.join("\n"))).collect();
        let program = read(&files);
        let (asked, refusals) = queries(&format!("program {number}"), &program, 12);
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
    assert_none(&differences(&python, &all, &[]));
}

fn example(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn the_examples_have_the_answers_of_the_engine() {
    let Some(python) = interpreter() else { return };
    let mut all = Vec::new();
    for folder in ["central_asia", "corcyra"] {
        let mut paths: Vec<PathBuf> =
            std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(folder))
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .filter(|path| path.extension().is_some_and(|ending| ending == "ally"))
                .collect();
        paths.sort();
        let loaded = load(&Disk, &paths, &mut |_| {});
        let program = of_loaded(loaded);
        let (asked, refused) = queries(folder, &program, 12);
        eprintln!("{folder}: {} queries, {} refused", asked.len(), refused.len());
        assert!(asked.iter().any(|one| one.is_criterion), "{folder}");
        all.extend(asked);
    }
    assert_none(&differences(&python, &all, &[]));
}

/// Programs over tables, which lie beside them.
fn assert_tables(programs: &[(&str, String)], tables: &[(&str, &str)], most: usize, least_accepted: usize) {
    let Some(python) = interpreter() else { return };
    let mut all = Vec::new();
    for (name, text) in programs {
        let reader =
            tables.iter().fold(MemoryReader::new().with(name, text.as_bytes().to_vec()), |reader, (name, content)| {
                reader.with(name, content.as_bytes().to_vec())
            });
        let loaded = load(&reader, &[PathBuf::from(name)], &mut |_| {});
        assert!(!loaded.has_errors(), "{:?}", loaded.diagnostics);
        let (asked, refused) = queries(name, &of_loaded(loaded), most);
        eprintln!("{name}: {} queries, refused {refused:?}", asked.len());
        all.extend(asked);
    }
    assert!(all.len() >= least_accepted, "{}", all.len());
    assert_none(&differences(&python, &all, tables));
}

#[test]
fn the_examples_over_tables_have_the_answers_of_the_engine() {
    let samples = ["atop", "trade", "ideal_points", "disputes"]
        .map(|name| (format!("{name}_sample.csv"), example(&format!("examples/tables/{name}_sample.csv"))));
    let tables: Vec<(&str, &str)> = samples.iter().map(|(name, content)| (name.as_str(), content.as_str())).collect();
    let program = |name: &'static str| (name, example(&format!("examples/tables/{name}")));
    assert_tables(&["atop.ally", "trade.ally", "disputes.ally"].map(program), &tables, 30, 6);
    assert_tables(&["ideal_points.ally"].map(program), &tables, 3, 1);
}

const WORKLOAD: &[(&str, &str)] = &[
    ("treaties.csv", "id,defense\n1,1\n2,0\n3,1\n"),
    (
        "members.csv",
        "treaty,state,from,until\n1,10,1950-05-24,1960-01-01\n1,20,1950-05-24,\n1,30,1955-01-01,1958-01-01\n2,10,1951-01-01,\n\
         2,30,1951-01-01,\n3,20,1956-07-01,1957-07-01\n3,30,1956-07-01,1957-07-02\n3,99,1956-07-01,\n",
    ),
    (
        "pressure.csv",
        "by,on,domain,from,until\n10,20,military,1952-01-01,1953-01-01\n30,20,economic,1957-01-01,\n20,30,naval,1950-01-01,\n",
    ),
    (
        "trade.csv",
        "a,b,year,value\n10,20,1952,0.05\n20,10,1952,0.03\n10,20,1954,0.02\n20,10,1954,0.02\n20,30,1956,0.5\n30,20,1956,0.01\n20,30,1957,0.5\n30,20,1957,0.9\n30,20,1957,0.001\n",
    ),
    (
        "supports.csv",
        "a,b,issue,from,until\n10,20,i1,1950-01-01,\n20,10,i1,1950-01-01,1956-01-01\n10,20,i2,1952-01-01,1955-01-01\n20,10,i2,1951-01-01,\n\
         20,30,i1,1956-01-01,\n30,20,i1,1956-01-01,\n20,30,i3,1956-01-01,\n30,20,i3,1957-06-01,\n",
    ),
];

#[test]
fn the_workload_has_the_answers_of_the_engine() {
    let states =
        "state arden from 1951 alias code:10\nstate borland alias code:20\nstate corva until 1999 alias code:30\n";
    let treaties = example("benches/workload/treaties.ally").replace("csv/", "");
    let alliances = example("benches/workload/alliances.ally").replace("csv/", "").replace("use \"treaties.ally\"", "");
    let first = ("alliances.ally", format!("{states}{treaties}{alliances}"));
    // The same without declared states: they are those that the tables name.
    let second = ("undeclared.ally", format!("{treaties}{alliances}"));
    assert_tables(&[first, second], WORKLOAD, 25, 12);
}

#[test]
fn imports_in_every_form_have_the_answers_of_the_engine() {
    let program = r#"
source first "First" until 2005
source second "Second"
kind treaty
kind pledge = defense, offense, consult
kind grade = low < middle < high
state arden "Arden" alias cow:2, letters:ARD
state borland "Borland" alias cow:20, letters:BOR
state corva_one "Old Corva" until 1991-08-31 alias cow:30, name:"Corva Proper"
state corva_two from 1992-01-01 alias cow:30, letters:COR
predicate party(by: state, to: treaty)
predicate owes(by: state, under: treaty, of: pledge)
symmetric predicate friendly(one: state, other: state)
predicate visited(by: state)
symmetric predicate at_war(one: state, other: state)
predicate embargo(by: state, on: state)
predicate lost(by: state, as: pledge)
measure spending(of: state)
measure warmth(of: state, to: state) in grade
measure share(of: state, to: state)

import "spells.csv" as row [first] {
    missing "-9", "NA"
    spell date(row.y1, row.m1, row.d1) until date(row.y2, row.m2, row.d2) or open where row.y2 = 0
    party(row.member by cow, row.treaty by number)
    owes(row.member by cow, row.treaty by number, K) where row.K = 1 for K in {defense, offense}
    owes(row.member by cow, row.treaty by number, consult) is row.consult > 0 and row.y1 >= 1980
    complete from 1950 until 2004
}

import "names.csv" as row [second] {
    where row.keep != "no"
    mutually friendly(row.one by name, row.other) from row.start up to row.end or open
    spending(row.one) = row.amount * 2 - 1 in row.start
    not visited(row.other) from latest row.start until earliest row.end
    visited(row.one) in 1995..row.start
    warmth(row.one, row.other) = row.grade from 1990
    share(row.one, row.other) = row.amount / (row.amount + 5)
}

import "ends.csv" as row [first] {
    at_war(row.one, row.other) is row.lost = 0 from row.start ended row.end or open
    mutually embargo(row.one, row.other) from row.start ended row.end or open where missing(row.end)
    not lost(row.one, K) from row.start ended latest row.K or open for K in {defense, offense}
    not lost(row.other, defense) is row.lost = 1 from row.start ended row.end or open
}

bound(A, B) requires for some T in treaty: party(A, T) and party(B, T)
defended(A, B) requires for some T in treaty: owes(A, T, defense) and party(B, T)
consulted(A) requires for some T in treaty: owes(A, T, consult)
rich(A) requires spending(A) >= 100
richer(A, B) requires spending(A) > spending(B) and A != B
warm(A, B) requires warmth(A, B) >= middle
half(A, B) requires share(A, B) >= 50%
total(A) requires sum of (share(A, B) over B in state) > 1
peace(A, B) requires not at_war(A, B)
free(A, B) requires not embargo(A, B)
kept(A) requires for every K in pledge: not lost(A, K)
nobody(A) requires none of (visited(A), consulted(A))
alone(A) requires not for some B in state: friendly(A, B)
"#;
    let tables: &[(&str, &str)] = &[
        (
            "spells.csv",
            "member,treaty,y1,m1,d1,y2,m2,d2,defense,offense,consult\n2,1,1960,4,4,0,0,0,1,0,1\n20,1,1960,-9,4,1970,6,0,1,1,0\n\
             030,1,1985,0,0,2000,1,1,1,0,2\n30,7,1991,9,15,1993,2,2,0,1,NA\n30,8,1993,2,30,1994,2,2,0,1,1\n77,1,1960,1,1,0,,,1,1,1\n\
             20,X9,NA,1,1,1999,1,1,1,1,1\n2,X9,2001,13,1,2002,1,1,1,1,1\n 20 ,X9,1990.0,1,1,0,1,1,NA,1,-9\n2,X9,1990,1,1,1985,1,1,1,1,1\n",
        ),
        (
            "names.csv",
            "one,other,start,end,amount,grade,keep\narden,borland,1990-05-01,1995-05-01,\"1,200\",low,yes\nBorland,arden,1996,,12%,high,yes\n\
             corva_two,OLD CORVA,19930000,19960400,-3,middle,\nborland,corva_two,1994-03,2001-02-03T10:00,abc,middle,yes\n\
             newland,arden,1999-02-30,2001,4,low,yes\nnewland,borland,1999-02-27,2001,1e2,none,yes\narden,newland,-50,2001,0,high,yes\n\
             arden,borland,1990,1992,7,high,no\nborland,newland,1991,1990,7,,yes\nnewland,newland,1991,1993,50,high,yes\ncorva proper,borland,1980,1993,55,low,yes\narden,borland,1990-01-01,1995-05-01,60,middle,yes\n",
        ),
        (
            "ends.csv",
            "one,other,start,end,lost,defense,offense\narden,borland,1990-01-01,1991-06-30,0,1991,1992-05-00\n\
             borland,arden,1991-06-01,1993,0,1995-01-01,1994\narden,borland,1996,19970000,0,1999,\narden,borland,2001,,0,2000,2001\n\
             corva_two,arden,1993,1994,1,1994,1995\narden,corva_two,1996,1999-05-05,0,2000,1996-02-02\ncorva_two,arden,1998,1999-06,,2001,2001\n\
             newland,borland,1990,1995,0,1991,1996\nnewland,borland,1996,1997,0,1997,1996\nnewland,arden,2003,2004,1,2003,2009\n\
             arden,borland,0433-05-01 BC,0431-05-01 12:00:00 BC,0,433 BC,0430-04 BCE\narden,newland,-0432-05-01,2001,0,0000-00-00,1999\n\
             borland,newland,1990-05-01 12:00,0000-00-00 00:00:00,0,2001-01-01 AD,1999-04-02 (est.)\n\
             corva_two,borland,0001-12-31 BC,1995,0,0000-05-01,0 BC\n",
        ),
    ];
    assert_tables(&[("forms.ally", program.to_owned())], tables, 50, 20);
}

/// A code that passes from one state to another while a row holds.
#[test]
fn parts_of_rows_have_the_answers_of_the_engine() {
    let program = r#"
source first "First" until 2005
state arden_one from 1900 until 1991-08-31 alias cow:1
state arden_two from 1991-09-01 alias cow:1
state borland_one from 1900 until 1950-05-05, from 2001-02-03 alias cow:2
state borland_two from 1950-05-06 until 2001-02-02 alias cow:2
state corva from 1992 alias cow:3
predicate pact(one: state, other: state)
symmetric predicate war(one: state, other: state)
predicate calm(of: state)
measure trade(of: state, with: state)
import "spans.csv" as row [first] {
    pact(row.a by cow, row.b by cow) from date(row.from, row.month) until row.until or open
    war(row.a by cow, row.b by cow) from row.from ended row.until or open
    calm(row.b by cow)
    trade(row.a by cow, row.b by cow) = row.value in row.from
    complete from 1940 until 2004
}
bound(A, B) requires pact(A, B)
peace(A, B) requires not war(A, B)
quiet(A) requires calm(A)
great(A) requires sum of (trade(A, B) over B in state) > 5
"#;
    let spans = "a,b,from,month,until,value\n1,2,1945,,1995,3\n1,2,1996,4,2003,4\n2,1,1940,0,,5\n3,2,1990,5,2002,6\n\
                 1,3,1985,1,1995,7\n1,2,1991,8,1991,9\n2,3,1950,5,1960,9\n1,2,2001,2,2001,2\n1,1,1980,1,2000,1\n";
    assert_tables(&[("parts.ally", program.to_owned())], &[("spans.csv", spans)], 60, 4);
}

/// A program with something of everything that is refused.
const REFUSED: &str = r#"
source log "Log" until 2000
source other "Other"
predicate pact(one: state, other: state)
predicate member(by: state)
predicate seen(by: state, at: date)
predicate said(by: state)
measure depth(of: state)
measure deep(A) = depth(A) * 2

import "rows.csv" as row [log] {
    member(row.state) from date(row.start, "%Y")
    depth(row.state) = row.depth in date(row.start, "%Y")
    seen(row.state, row.start)
    said(row.state)
}
prefer log over other for said
pact(arden, borland) from 1990

bloc(A, B) if pact(A, B)
bloc(A, C) if bloc(A, B) and pact(B, C)
inner(A) requires for some B in state: bloc(A, B)
old(A, B) requires ever pact(A, B) and pact(A, B) throughout the last 5 years
always_old(A, B) requires always pact(A, B) and pact(A, B) within the last 5 years
belongs(A) requires member(A)
great(A) requires deep(A) > 2
witnessed(A) requires for some D in date: seen(A, D)
spoken(A) requires said(A)
"#;

#[test]
fn refusals_say_what_they_said() {
    let reader = MemoryReader::new()
        .with("refused.ally", REFUSED.as_bytes().to_vec())
        .with("rows.csv", b"state,start,end,depth\narden,1990,1991,2\n".to_vec());
    let program = of_loaded(load(&reader, &[PathBuf::from("refused.ally")], &mut |_| {}));
    let moments = vec![Moment { year: 1990, day: Day::from_parts(1990, 7, 1).unwrap() }];
    let mut all = String::new();
    let mut shown: BTreeSet<&str> = BTreeSet::new();
    let mut show = |what: &str, refusals: &[Refusal]| {
        let diagnostics: Vec<Diagnostic> = refusals.iter().map(Refusal::diagnostic).collect();
        shown.extend(diagnostics.iter().map(|diagnostic| diagnostic.code));
        all.push_str(&format!("$ compile {what}\n{}\n", diagnostics::text(&diagnostics, &program.texts, &Look::PLAIN)));
    };
    for name in ["inner", "old", "always_old", "belongs", "great", "witnessed", "spoken"] {
        let relation =
            support::relations(&program.program).find(|id| program.program.relation(*id).name == name).unwrap();
        let request = Request { relations: vec![relation], moments: moments.clone(), ..Request::default() };
        let refusals = sql::compile(&program.program, &program.files, &program.texts, &request).unwrap_err();
        show(name, &refusals);
    }
    let request = Request { tables: vec![("row.csv".to_owned(), "rows".to_owned())], moments, ..Request::default() };
    let refusals = sql::compile(&program.program, &program.files, &program.texts, &request).unwrap_err();
    show("--table row.csv=rows", &refusals);
    show("depth", &[Refusal::NotACriterion { name: "depth".to_owned() }]);
    show("", &[Refusal::NothingAsked]);
    let missing: Vec<_> = sql::CODES.iter().filter(|code| !shown.contains(*code)).collect();
    assert!(missing.is_empty(), "not shown: {missing:?}");
    assert!(sql::CODES.is_sorted());
    insta::assert_snapshot!(all);
}

/// The command, with a table that lies in the database under another name, from a sample of its rows.
#[test]
fn the_command_writes_views_over_tables_of_the_database() {
    let Some(python) = interpreter() else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    std::fs::write(file("incidents.csv"), "actor,target,year\n2,20,1995\n").unwrap();
    let program = r#"
predicate attacks(by: state, on: state)
state arden alias cow:2
state borland from 1994 alias cow:20
state corva alias cow:30
import "incidents.csv" as row {
    attacks(row.actor by cow, row.target by cow) in row.year
}
complete attacks
framework hard
hostile(A, B) requires attacks(A, B) or attacks(B, A)
"#;
    std::fs::write(file("hard.ally"), program).unwrap();
    let run = |words: &str| {
        let mut command = assert_cmd::Command::cargo_bin("symmachia").unwrap();
        command.current_dir(folder.path()).arg("compile").args(words.split_whitespace()).assert()
    };
    let options =
        "--on 07-01 --in 1993..1996 --codes cow --table incidents.csv=main.events --output hostile.sql hard.ally";
    run(&format!("hostile --to sql {options}")).success();
    let script = r#"
import sys, duckdb
con = duckdb.connect()
con.execute("create table events (actor integer, target integer, year integer)")
con.execute("insert into events values (20, 30, 1995), (2, 30, 1993), (2, 20, 1993)")
con.execute(open(sys.argv[1]).read())
rows = con.execute("select * from hard_hostile where verdict = 'met' order by all").fetchall()
assert [column[0] for column in con.description] == ["A", "B", "A_cow", "B_cow", "year", "verdict"], con.description
assert rows == [
    ("arden", "corva", "2", "30", 1993, "met"), ("borland", "corva", "20", "30", 1995, "met"),
    ("corva", "arden", "30", "2", 1993, "met"), ("corva", "borland", "30", "20", 1995, "met")], rows
# Two states for one year, three for three.
assert con.execute("select count(*) from hard_hostile").fetchone() == (2 + 3 * 6,)
"#;
    let output = process::Command::new(python).args(["-c", script]).arg(file("hostile.sql")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    run("hostile --codes gw hard.ally --in 1993..1996").code(2);
    run("hostile --table incidents hard.ally --in 1993..1996").code(2);
    run("hostile hard.ally --output hard.ally --in 1993..1996").code(2);
    run("hostile hard.ally --on 1999").code(2);
}
