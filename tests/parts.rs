//! Rows over a day on which a code passes from one state to another, held against sentences about each of these states.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use symmachia::engine::Engine;
use symmachia::loading::{MemoryReader, load};
use symmachia::model::program::{IndividualId, Target};
use symmachia::model::{Options, Program, resolve_target, resolve_with_tables};
use symmachia::render::{Look, diagnostics};

mod common;

/// Who has which code from when until when.
const HOLDERS: &[(&str, &str, &str, &str)] = &[
    ("arden", "1", "1880-03-01", "1918-11-30"),
    ("borland", "1", "1918-12-01", "1940-05-10"),
    ("corvia", "1", "1945-05-08", "1990-12-31"),
    ("dorne", "2", "1800-01-01", "1930-06-15"),
    ("erin", "2", "1930-06-16", "1990-12-31"),
    ("fara", "3", "1800-01-01", "1990-12-31"),
    ("gallia", "4", "1925-01-01", "1990-12-31"),
];

const DECLARED: &str = "source s \"S\" until 1960\npredicate p(by: state, to: state)\nmeasure m(by: state, to: state)\n\
    asked(A, B) requires p(A, B)\nmuch(A, B) requires m(A, B) >= 5\n";

fn states() -> String {
    let line = |(name, code, from, until): &(&str, &str, &str, &str)| {
        format!("state {name} from {from} until {until} alias cow:{code}\n")
    };
    HOLDERS.iter().map(line).collect()
}

#[derive(Debug, Clone)]
struct Row {
    codes: (&'static str, &'static str),
    from: String,
    until: String,
    side: &'static str,
    value: u32,
}

impl Row {
    /// The first and the last day on which it may hold, as they are written.
    fn possible(&self) -> (String, String) {
        let from = if self.from.len() == 4 { format!("{}-01-01", self.from) } else { self.from.clone() };
        let until = match self.until.len() {
            0 => "9999-12-31".to_owned(),
            4 => format!("{}-12-31", self.until),
            _ => self.until.clone(),
        };
        (from, until)
    }

    /// The time in words; `ended` is that of the end.
    fn time(&self, ended: &str) -> String {
        let date = |date: &str| if date.len() == 4 { format!("sometime in {date}") } else { date.to_owned() };
        let end = if self.until.is_empty() { String::new() } else { format!(" {ended} {}", date(&self.until)) };
        format!("from {}{end}", date(&self.from))
    }

    /// Those who exist together on some of its days; where a code of somebody alone is that of one who does not, the others by themselves.
    fn pairs(&self) -> Vec<(&'static str, &'static str)> {
        let (first, last) = self.possible();
        let of = |code: &str| HOLDERS.iter().filter(move |holder| holder.1 == code).collect::<Vec<_>>();
        let (ones, others) = (of(self.codes.0), of(self.codes.1));
        let together = |all: bool| {
            let mut pairs = Vec::new();
            for one in &ones {
                for other in &others {
                    let counted =
                        [(one, ones.len()), (other, others.len())].into_iter().filter(|(_, many)| all || *many > 1);
                    let lives: Vec<(&str, &str)> = counted.map(|(holder, _)| (holder.2, holder.3)).collect();
                    let begin = lives.iter().map(|life| life.0).chain([first.as_str()]).max();
                    let end = lives.iter().map(|life| life.1).chain([last.as_str()]).min();
                    pairs.extend((begin <= end).then_some((one.0, other.0)));
                }
            }
            pairs
        };
        let pairs = together(true);
        if pairs.is_empty() { together(false) } else { pairs }
    }
}

fn row() -> impl Strategy<Value = Row> {
    let codes = prop_oneof![Just(("1", "3")), Just(("1", "2")), Just(("2", "1")), Just(("3", "4")), Just(("4", "1"))];
    let date = |year: i32, month: u8, is_exact: bool| match is_exact {
        true => format!("{year}-{month:02}-15"),
        false => year.to_string(),
    };
    let from = (1885..1950_i32, 1..13_u8, any::<bool>());
    let length = (0..40_i32, 1..13_u8, any::<bool>(), 0..5_u8);
    let side = prop_oneof![3 => Just("1"), 1 => Just("0"), 1 => Just("")];
    (codes, from, length, side, 0..10_u32).prop_map(
        move |(codes, from, (years, month, is_exact, open), side, value)| {
            let until = date(from.0 + 1 + years, month, is_exact);
            let until = if open == 0 { String::new() } else { until };
            Row { codes, from: date(from.0, from.1, from.2), until, side, value }
        },
    )
}

fn resolved(program: &str, table: &str) -> Program {
    let reader = MemoryReader::new().with("p.ally", program).with("table.csv", table);
    let loaded = load(&reader, &[PathBuf::from("p.ally")], &mut |_| {});
    assert!(!loaded.has_errors(), "{program}\n{:?}", loaded.diagnostics);
    let resolved = resolve_with_tables(&loaded.texts, &loaded.files, loaded.tables.clone(), &Options::default());
    assert!(!resolved.diagnostics.iter().any(|one| one.is_error()), "{program}\n{:?}", resolved.diagnostics);
    resolved.program
}

/// The verdicts of all cases, as they change.
fn verdicts(program: &Program) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    let engine = Engine::new(program);
    for name in ["asked", "much"] {
        let Ok(Target::Relation(relation)) = resolve_target(program, name) else { panic!("{name}") };
        let states: Vec<IndividualId> = program.kind(program.relation(relation).roles[0].kind).members.clone();
        for one in &states {
            for other in &states {
                let runs = engine.case(relation, &[*one, *other]);
                let case = format!("{name} {} {}", program.individual(*one).name, program.individual(*other).name);
                all.insert(case, runs.runs().map(|run| format!("{run:?}")).collect());
            }
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// A row says of each of those who have its codes what a sentence with the dates of the row says, which is cut to lives.
    #[test]
    fn a_row_says_of_each_holder_what_a_sentence_does(
        rows in proptest::collection::vec(row(), 1..5), ended in any::<bool>()
    ) {
        let end = if ended { "ended" } else { "until" };
        let import = format!(
            "{DECLARED}{}import \"table.csv\" as row [s] {{\n \
             spell date(row.from, row.fm, row.fd) {end} date(row.until, row.um, row.ud) or open where row.until = 0\n \
             p(row.a by cow, row.b by cow) is row.side = 1\n \
             m(row.a by cow, row.b by cow) = row.value from date(row.from, row.fm, row.fd) until date(row.until, row.um, row.ud) \
             or open where row.until = 0\n}}\n",
            states(),
        );
        let parts = |date: &str| match date.split('-').collect::<Vec<_>>().as_slice() {
            [year, month, day] => format!("{year},{month},{day}"),
            [year] if !year.is_empty() => format!("{year},,"),
            _ => "0,,".to_owned(),
        };
        let mut table = "a,b,from,fm,fd,until,um,ud,side,value\n".to_owned();
        let mut spells: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
        let mut written = format!("{DECLARED}{}", states());
        for row in &rows {
            let (from, until) = (parts(&row.from), parts(&row.until));
            table += &format!("{},{},{from},{until},{},{}\n", row.codes.0, row.codes.1, row.side, row.value);
            for (one, other) in row.pairs() {
                let not = match row.side { "1" => "", "0" => "not ", _ => "unknown " };
                // Rows about the same are one statement, whichever side they stand on; sentences are, on one side. Where the cell says
                // no, nothing is said of afterwards.
                if ended && row.side == "1" {
                    spells.entry((one, other)).or_default().push(row.time(end));
                } else {
                    written += &format!("{not}p({one}, {other}) {} [s]\n", row.time("until"));
                }
                written += &format!("m({one}, {other}) = {} {} [s]\n", row.value, row.time("until"));
            }
        }
        for ((one, other), spells) in &spells {
            written += &format!("p({one}, {other}) {} [s]\n", spells.join(", "));
        }
        // An end that is cut short by a row on another side is no matter of these sentences.
        let holds = rows.iter().filter(|row| row.side == "1").count();
        prop_assume!(!ended || holds == 0 || holds == rows.len());
        let (imported, written_out) = (verdicts(&resolved(&import, &table)), verdicts(&resolved(&written, "")));
        for (case, runs) in &imported {
            prop_assert_eq!(runs, &written_out[case], "{}: {}\n{}", case, table, written);
        }
    }
}

/// Checks a program beside a table, and gives all that is said of it.
fn said(program: &str, table: &str) -> String {
    let reader = MemoryReader::new().with("p.ally", program).with("table.csv", table);
    let checked = common::check(&reader, Path::new("p.ally"), &Options::default());
    diagnostics::text(&checked.diagnostics, &checked.texts, &Look::PLAIN)
}

/// Each part is a fact with its own days, and the row is the place of each.
#[test]
fn the_parts_of_a_row_have_its_line_and_their_days() {
    let import =
        "import \"table.csv\" as row [s] { p(row.a by cow, row.b by cow) from row.from until row.until or open }\n";
    let program = resolved(
        &format!("{DECLARED}{}{import}", states()),
        "a,b,from,until\n3,3,1900,1901\n1,2,1910,1950\n2,3,1925,\n1,4,1910,1930\n",
    );
    let table = &program.table_statements[0];
    let mut told: Vec<String> = (0..table.len())
        .map(|place| {
            let statement = table.statement(place);
            let names: Vec<&str> = statement
                .arguments
                .iter()
                .map(|argument| program.individual(argument.individuals[0]).name.as_str())
                .collect();
            let time = statement.times[0];
            let end = if time.open_end { "open".to_owned() } else { time.latest_end.to_string() };
            format!("{} {} {} {end}", statement.row.unwrap(), names.join(" "), time.earliest_start)
        })
        .collect();
    told.sort();
    let expected = [
        "table.csv:3 arden dorne 1910-01-01 1918-11-30",
        "table.csv:3 borland dorne 1918-12-01 1930-06-15",
        "table.csv:3 borland erin 1930-06-16 1940-05-10",
        "table.csv:3 corvia erin 1945-05-08 1950-12-31",
        "table.csv:4 dorne fara 1925-01-01 1930-06-15",
        "table.csv:4 erin fara 1930-06-16 open",
        // `gallia` did not exist with `arden`.
        "table.csv:5 borland gallia 1910-01-01 1930-12-31",
    ];
    assert_eq!(told, expected);
}

/// What is complete is complete for each of those who have a code.
#[test]
fn a_record_is_complete_for_each_holder() {
    let program = format!(
        "{DECLARED}{}import \"table.csv\" as row [s] {{ p(row.a by cow, row.b by cow) from row.from until row.until\n \
         complete from 1900 until 1950 }}\nexpect asked(arden, fara) in 1916 is met\nexpect asked(borland, fara) in 1920 is met\n\
         expect asked(borland, fara) in 1930 is not met\nexpect asked(corvia, fara) in 1947 is undetermined\n",
        states()
    );
    assert_eq!(said(&program, "a,b,from,until\n1,3,1915,1925\n"), "");
}

/// Days on which nobody has the code are told, at the beginning and at the end; without a written date there are none.
#[test]
fn days_of_nobody_are_told() {
    let program = |time: &str| {
        format!(
            "{DECLARED}{}import \"table.csv\" as row [s] {{ p(row.a by cow, row.b by cow) {time} }}\n\
             expect asked(arden, fara) in 1910 is met\nexpect asked(borland, fara) in 1920 is met\n",
            states()
        )
    };
    let table = "a,b,from,until\n1,3,1870,1925\n";
    let beyond = said(&program("from row.from until row.until"), table);
    assert!(
        beyond.contains("a row of `table.csv` reaches beyond a life") && beyond.contains("`arden` did"),
        "{beyond}"
    );
    assert_eq!(said(&program(""), table), "");
}
