//! The questions of the workload, asked of the program in a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use symmachia::time::Day;

/// The lines of each answer, each once: `a,b,year`, or `a,b,from,until` with `until` no longer in it and empty where it is open.
pub type Answers = BTreeMap<&'static str, BTreeSet<String>>;

/// The answers, by criterion and unit of time.
pub const NAMES: [&str; 4] = ["ally_year", "bloc_year", "ally_day", "bloc_day"];

const PROGRAMS: [&str; 3] = ["treaties.ally", "alliances.ally", "blocs.ally"];
const PANEL: &str = "--in 1816..2016 --undirected --codes code --verdict met --format csv";

/// A question with its files, and the answers in it.
const QUESTIONS: [(&str, &str, &[&str]); 3] = [
    ("eval ally bloc --by year --on 07-01", "alliances.ally blocs.ally", &["ally_year", "bloc_year"]),
    ("eval ally --spells", "alliances.ally", &["ally_day"]),
    ("eval bloc --spells", "blocs.ally", &["bloc_day"]),
];

/// Asks all of the tables in a folder, together with further programs.
pub fn answers(folder: &Path, further: &[&str]) -> Answers {
    let programs = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/workload");
    for program in PROGRAMS {
        std::fs::copy(programs.join(program), folder.join(program)).unwrap();
    }
    let mut answers = Answers::new();
    for (question, files, names) in QUESTIONS {
        let run = assert_cmd::Command::cargo_bin("symmachia")
            .unwrap()
            .args([question, PANEL, files].iter().flat_map(|words| words.split(' ')))
            .args(further)
            .current_dir(folder)
            .env("NO_COLOR", "1")
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        for name in names {
            answers.insert(name, lines(&run.stdout, name));
        }
    }
    answers
}

/// The lines of one answer among the rows of a panel.
fn lines(panel: &[u8], name: &str) -> BTreeSet<String> {
    let (criterion, unit) = name.split_once('_').unwrap();
    let mut reader = csv::Reader::from_reader(panel);
    let headers = reader.headers().unwrap().clone();
    let place = |column: &str| headers.iter().position(|header| header == column).expect(column);
    let (pair, verdict) = (["A_code", "B_code"].map(place), place(criterion));
    let when = if unit == "year" { vec![place("year")] } else { vec![place("from"), place("until")] };
    let mut lines = BTreeSet::new();
    for row in reader.records().map(Result::unwrap).filter(|row| &row[verdict] == "met") {
        let mut fields: Vec<String> = pair.iter().chain(&when).map(|place| row[*place].to_owned()).collect();
        if let Some(until) = fields.get_mut(3).filter(|until| !until.is_empty()) {
            *until = after(until);
        }
        let line = fields.join(",");
        assert!(lines.insert(line.clone()), "{line} comes twice in {name}");
    }
    lines
}

/// The day after a day.
fn after(day: &str) -> String {
    let parts: Vec<i16> = day.split('-').map(|part| part.parse().unwrap()).collect();
    let [year, month, day] = parts[..] else { panic!("{day}") };
    Day::from_parts(year, month as u8, day as u8).unwrap().next().machine_date()
}
