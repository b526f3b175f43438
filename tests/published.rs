//! The examples on the tables as they are published, each held against a count that owes nothing to the program.
//!
//! The tables are other people's and not part of this project. `SYMMACHIA_DATA=FOLDER cargo test --test published` reads them from
//! a folder, under the names that the tests give; without the variable the tests say that they are skipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};
use symmachia::time::{Day, Period};

/// An example beside the published table in place of the sample.
struct Example {
    folder: tempfile::TempDir,
    name: &'static str,
}

impl Example {
    /// None, with a word about it, where there are no tables.
    fn new(name: &'static str, table: &str) -> Option<Example> {
        let Some(data) = data() else {
            eprintln!("skipped: SYMMACHIA_DATA names no folder with `{table}`");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let written = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("examples/tables/{name}.ally"));
        let written = fs::read_to_string(written).unwrap();
        let sample = format!("import \"{name}_sample.csv\"");
        assert!(written.contains(&sample), "{name}.ally imports its sample");
        let path = fs::canonicalize(data.join(table)).unwrap();
        let program = written.replace(&sample, &format!("import \"{}\"", path.display()));
        fs::write(folder.path().join(format!("{name}.ally")), program).unwrap();
        Some(Example { folder, name })
    }

    /// What a command gives, and what it says besides.
    fn run(&self, command: &str, arguments: &str) -> (String, String) {
        let run = assert_cmd::Command::cargo_bin("symmachia")
            .unwrap()
            .args([command])
            .args(arguments.split_whitespace())
            .arg(format!("{}.ally", self.name))
            .current_dir(self.folder.path())
            .env("NO_COLOR", "1")
            .output()
            .unwrap();
        let said = String::from_utf8(run.stderr).unwrap();
        assert!(run.status.success(), "{said}");
        (String::from_utf8(run.stdout).unwrap(), said)
    }

    /// What is said of the program and its table.
    fn checked(&self) -> String {
        let (given, said) = self.run("check", "");
        given + &said
    }

    /// The rows of a panel of all cases and years in which a criterion is met, as far as these columns go.
    fn met<const N: usize>(&self, arguments: &str, columns: [&str; N]) -> Vec<[String; N]> {
        rows(self.run("eval", arguments).0.as_bytes(), columns)
    }
}

fn data() -> Option<PathBuf> {
    env::var_os("SYMMACHIA_DATA").map(PathBuf::from).filter(|folder| !folder.as_os_str().is_empty())
}

/// Some columns of a table.
fn rows<const N: usize>(content: impl std::io::Read, columns: [&str; N]) -> Vec<[String; N]> {
    let mut reader = csv::Reader::from_reader(content);
    let headers = reader.headers().unwrap().clone();
    let places = columns.map(|column| headers.iter().position(|header| header == column).expect(column));
    reader.records().map(Result::unwrap).map(|record| places.map(|place| record[place].to_owned())).collect()
}

fn published<const N: usize>(table: &str, columns: [&str; N]) -> Vec<[String; N]> {
    rows(fs::File::open(data().unwrap().join(table)).unwrap(), columns)
}

/// The days of a date whose month or day may be 0, for unknown.
fn days(year: i16, month: u8, day: u8) -> Period {
    let some = |part: u8| (part != 0).then_some(part);
    Period::from_parts(year, some(month), some(day).filter(|_| month != 0)).unwrap()
}

#[test]
fn disputes_are_those_of_the_published_dispute_years() {
    let Some(example) = Example::new("disputes", "midb_5.0.csv") else { return };
    let found = example.met("opposed --in 1816..2014 --by year --verdict met --format csv", ["D", "A", "B", "year"]);
    let oracle = published("mid_directed_dispute_years.csv", ["dispnum", "ccode1", "ccode2", "year"]);
    assert_eq!(oracle.len(), 11_390);
    assert_eq!(found.len(), 11_390);
    let set = |rows: Vec<[String; 4]>| rows.into_iter().collect::<BTreeSet<_>>();
    assert_eq!(set(found), set(oracle));
}

const PLEDGES: [&str; 5] = ["defense", "offense", "neutral", "nonagg", "consul"];

/// A row of the alliance table: whose, the days on which it certainly holds, and what is owed.
struct Membership {
    member: String,
    days: (Day, Day),
    owes: [bool; 5],
}

fn memberships() -> BTreeMap<String, Vec<Membership>> {
    let columns = [
        "atopid", "member", "yrent", "moent", "dayent", "yrexit", "moexit", "dayexit", "defense", "offense", "neutral",
        "nonagg", "consul",
    ];
    let rows = published("atop5_1m.csv", columns);
    assert_eq!(rows.len(), 2_510);
    let mut of: BTreeMap<String, Vec<Membership>> = BTreeMap::new();
    for row in rows {
        let number = |place: usize| row[place].parse::<i16>().unwrap_or(0);
        let small = |place: usize| u8::try_from(number(place)).unwrap();
        // Certain from the last day on which it may have begun until the first on which it may have ended.
        let first = days(number(2), small(3), small(4)).last;
        let last = match number(5) {
            0 => days(2018, 12, 31).first,
            year => days(year, small(6), small(7)).first,
        };
        let owes = [8, 9, 10, 11, 12].map(|place: usize| row[place] == "1");
        of.entry(row[0].clone()).or_default().push(Membership { member: row[1].clone(), days: (first, last), owes });
    }
    of
}

#[test]
fn obligations_are_those_of_plain_loops_over_the_rows() {
    let Some(example) = Example::new("atop", "atop5_1m.csv") else { return };
    let mut wanted: BTreeSet<[String; 4]> = BTreeSet::new();
    for members in memberships().values() {
        for one in members {
            for other in members.iter().filter(|other| other.member != one.member) {
                let (first, last) = (one.days.0.max(other.days.0), one.days.1.min(other.days.1));
                if first > last {
                    continue;
                }
                for (pledge, _) in PLEDGES.iter().zip(one.owes).filter(|(_, owes)| *owes) {
                    for year in first.year()..=last.year() {
                        let row = [one.member.as_str(), &other.member, pledge, &year.to_string()].map(str::to_owned);
                        wanted.insert(row);
                    }
                }
            }
        }
    }
    let found = example.met("owed --in 1815..2018 --by year --verdict met --format csv", ["A", "B", "K", "year"]);
    for pledge in PLEDGES {
        let wanted = wanted.iter().filter(|row| row[2] == pledge).count();
        let found = found.iter().filter(|row| row[2] == pledge).count();
        println!("{pledge}: {found} directed pairs and years");
        assert_eq!(found, wanted, "{pledge}");
    }
    assert_eq!(found.len(), wanted.len(), "a row for each");
    assert!(found.into_iter().collect::<BTreeSet<_>>() == wanted, "the same pairs, obligations and years");
}

#[test]
fn no_row_of_the_alliances_is_lost() {
    let Some(example) = Example::new("atop", "atop5_1m.csv") else { return };
    let rows = memberships();
    let owed: usize = rows.values().flatten().flat_map(|row| row.owes).filter(|owes| *owes).count();
    let said = example.checked();
    assert!(!said.contains("left out"), "{said}");
    // Rows that say what another says are told, and counted once: they have another phase and the same days.
    let columns = [
        "atopid", "member", "yrent", "moent", "dayent", "yrexit", "moexit", "dayexit", "defense", "offense", "neutral",
        "nonagg", "consul",
    ];
    let mut seen: BTreeMap<[String; 13], usize> = BTreeMap::new();
    for row in published("atop5_1m.csv", columns) {
        *seen.entry(row).or_default() += 1;
    }
    let again =
        |row: &[String; 13], times: usize| (times - 1) * (1 + row[8..].iter().filter(|cell| *cell == "1").count());
    let repeated: usize = seen.values().map(|times| times - 1).sum();
    let facts = 2_510 + owed - seen.iter().map(|(row, times)| again(row, *times)).sum::<usize>();
    assert!(said.contains(&format!("{repeated} rows of")), "{said}");
    assert!(said.contains(&format!("({facts} from tables)")), "{facts}: {said}");
}

#[test]
fn every_ideal_point_is_a_value() {
    let Some(example) = Example::new("ideal_points", "un_idealpoints_2024.csv") else { return };
    let rows = published("un_idealpoints_2024.csv", ["ccode", "session", "IdealPointAll"]);
    let said = example.checked();
    assert!(!said.contains("left out"), "{said}");
    // In 2006, the 61st session's year, the code 345 passed from Yugoslavia to Serbia: its row is about both.
    let passed = rows.iter().filter(|[code, session, _]| code == "345" && session == "61").count();
    assert_eq!(passed, 1);
    let facts = rows.len() + passed;
    assert!(said.contains(&format!("({facts} from tables)")), "{facts}: {said}");
}

#[test]
fn both_flows_of_every_row_of_trade_are_values() {
    let Some(example) = Example::new("trade", "trade_4.0_dyadic.csv") else { return };
    let rows = published("trade_4.0_dyadic.csv", ["ccode1"]);
    let said = example.checked();
    assert!(!said.contains("left out"), "{said}");
    assert!(said.contains(&format!("({} from tables)", 2 * rows.len())), "{}: {said}", rows.len());
}
