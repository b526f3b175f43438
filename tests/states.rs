//! The library's states, held against the published lists where these are at hand (`SYMMACHIA_DATA` names their folder).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use symmachia::engine::Engine;
use symmachia::loading::{MemoryReader, load};
use symmachia::model::program::{Individual, IndividualId, RelationId};
use symmachia::model::{Options, Program, resolve};
use symmachia::time::{Day, Interval, IntervalSet};
use symmachia::verdict::Verdict;

/// The last day of which the lists speak.
const LAST: (i16, i8, i8) = (2016, 12, 31);

fn day((year, month, day): (i16, i8, i8)) -> Day {
    Day::from_parts(year, month.unsigned_abs(), day.unsigned_abs()).unwrap()
}

fn program() -> Program {
    let reader = MemoryReader::new().with("example.ally", "use library \"states\"\n");
    let loaded = load(&reader, &[PathBuf::from("example.ally")], &mut |_| {});
    let resolution = resolve(&loaded.texts, &loaded.files, &Options::default());
    assert!(!loaded.has_errors() && resolution.diagnostics.is_empty());
    resolution.program
}

fn states(program: &Program) -> Vec<(IndividualId, &Individual)> {
    let kind = program.kinds.iter().find(|kind| kind.name == "system_member").unwrap();
    kind.members.iter().map(|id| (*id, program.individual(*id))).collect()
}

fn codes<'i>(individual: &'i Individual, scheme: &'static str) -> impl Iterator<Item = &'i str> {
    individual.aliases.iter().filter(move |(own, _)| own == scheme).map(|(_, code)| code.as_str())
}

/// The rows of a list by the names of its columns; none where the lists are not at hand.
fn rows(file: &str) -> Option<Vec<BTreeMap<String, String>>> {
    let Ok(folder) = std::env::var("SYMMACHIA_DATA") else {
        eprintln!("skipped: SYMMACHIA_DATA does not say where {file} is");
        return None;
    };
    let mut reader = csv::Reader::from_path(Path::new(&folder).join(file)).unwrap();
    Some(reader.deserialize().map(|row| row.unwrap()).collect())
}

fn date(row: &BTreeMap<String, String>, bound: &str) -> Day {
    let part = |name: &str| row[&format!("{bound}{name}")].parse().unwrap();
    Day::from_parts(row[&format!("{bound}year")].parse().unwrap(), part("month"), part("day")).unwrap()
}

/// The spells of each code.
fn spells(rows: &[BTreeMap<String, String>]) -> BTreeMap<String, IntervalSet> {
    let mut spells: BTreeMap<String, Vec<Interval>> = BTreeMap::new();
    for row in rows {
        let spell = Interval::new(date(row, "st"), date(row, "end")).unwrap();
        spells.entry(row["ccode"].clone()).or_default().push(spell);
    }
    spells.into_iter().map(|(code, spells)| (code, IntervalSet::from_intervals(spells))).collect()
}

#[test]
fn every_day_of_every_code_is_that_of_the_list() {
    let Some(rows) = rows("states2016.csv") else { return };
    assert_eq!(rows.len(), 243, "another version of the list");
    let program = program();
    let mut lives: BTreeMap<String, IntervalSet> = BTreeMap::new();
    for (_, state) in states(&program) {
        let cow: Vec<&str> = codes(state, "cow").collect();
        assert_eq!(cow.len(), 1, "{}", state.name);
        let known = lives.entry(cow[0].to_owned()).or_default();
        assert!(known.intersection(&state.life).is_empty(), "two states of code {} on one day", cow[0]);
        *known = known.union(&state.life);
    }
    let listed = spells(&rows);
    assert_eq!(lives.keys().collect::<Vec<_>>(), listed.keys().collect::<Vec<_>>());
    let coverage = IntervalSet::from(Interval::new(Day::FIRST, day(LAST)).unwrap());
    for (code, spells) in &listed {
        let life = &lives[code];
        assert_eq!(&life.intersection(&coverage), spells, "cow:{code}");
        // On the last day of the list a state is, and stays.
        assert_eq!(spells.contains(day(LAST)), life.contains(Day::LAST), "cow:{code}");
    }
}

#[test]
fn every_day_of_every_major_power_is_that_of_the_list() {
    let Some(rows) = rows("majors2016.csv") else { return };
    assert_eq!(rows.len(), 14, "another version of the list");
    let program = program();
    let engine = Engine::new(&program);
    let index = program.relations.iter().position(|relation| relation.name == "major_power").unwrap();
    let relation = RelationId(index as u32);
    let listed = spells(&rows);
    let coverage = Interval::new(day((1816, 1, 1)), day(LAST)).unwrap();
    let mut powers = BTreeSet::new();
    for (id, state) in states(&program) {
        let code = codes(state, "cow").next().unwrap();
        let is_power = listed.get(code).cloned().unwrap_or_default().intersection(&state.life);
        for (run, standing) in engine.case(relation, &[id]).runs() {
            let Some(run) = IntervalSet::from(run).intersection(&IntervalSet::from(coverage)).iter().next() else {
                continue;
            };
            let run = IntervalSet::from(run);
            let wanted = match standing.verdict() {
                Verdict::Met => {
                    powers.insert(code.to_owned());
                    run.is_subset(&is_power)
                }
                Verdict::NotMet => run.intersection(&is_power).is_empty() && run.is_subset(&state.life),
                Verdict::NotApplicable => run.intersection(&state.life).is_empty(),
                _ => false,
            };
            assert!(wanted, "{}: {standing:?} {run:?}", state.name);
        }
    }
    assert_eq!(powers, listed.keys().cloned().collect());
}

#[test]
fn codes_are_well_formed_and_say_which_state_is_meant_on_a_day() {
    let program = program();
    let mut holders: BTreeMap<(&str, &str), Vec<&Individual>> = BTreeMap::new();
    for (_, state) in states(&program) {
        for (scheme, code) in &state.aliases {
            let is_well_formed = match scheme.as_str() {
                "cow" | "gw" => code.parse::<u16>().is_ok_and(|code| (2..1000).contains(&code)),
                "iso3" => code.len() == 3 && code.bytes().all(|letter| letter.is_ascii_uppercase()),
                "iso2" => code.len() == 2 && code.bytes().all(|letter| letter.is_ascii_uppercase()),
                "ison" => code.len() == 3 && code.bytes().all(|digit| digit.is_ascii_digit()),
                "name" => code.starts_with(char::is_uppercase) && state.label.as_deref() != Some(code),
                _ => false,
            };
            assert!(is_well_formed, "{}: {scheme}:{code}", state.name);
            let known = holders.entry((scheme, code)).or_default();
            assert!(known.iter().all(|other| other.life.intersection(&state.life).is_empty()), "{scheme}:{code}");
            known.push(state);
        }
    }
    let on = |scheme: &str, code: &str, year: i16| {
        let first = Day::from_parts(year, 1, 1).unwrap();
        let holder = holders[&(scheme, code)].iter().find(|state| state.life.contains(first));
        holder.map_or("", |state| state.name.as_str())
    };
    assert_eq!(on("cow", "345", 1900), "serbia");
    assert_eq!(on("cow", "345", 1960), "yugoslavia");
    assert_eq!(on("cow", "345", 2010), "serbia");
    assert_eq!(on("gw", "260", 1960), "west_germany");
    assert_eq!(on("gw", "260", 2000), "germany");
    assert_eq!(on("gw", "678", 1960), "north_yemen");
    assert_eq!(on("gw", "678", 2000), "yemen");
    assert_eq!(on("iso3", "CSK", 1980), "czechoslovakia");
    assert_eq!(on("iso3", "SUN", 1980), "russia");
    assert_eq!(on("ison", "020", 2000), "andorra");
    // Gleditsch and Ward number the smallest states of the Pacific otherwise.
    assert_eq!(["970", "971", "972", "973"].map(|code| on("gw", code, 2001)), ["kiribati", "nauru", "tonga", "tuvalu"]);
    assert_eq!(
        ["946", "970", "955", "947"].map(|code| on("cow", code, 2001)),
        ["kiribati", "nauru", "tonga", "tuvalu"]
    );
}
