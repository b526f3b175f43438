//! What a panel of published tables costs beside merely reading them, in one run.
//!
//! The tables are those in the folder that `SYMMACHIA_DATA` names; without it nothing is measured, which is said. The floor reads every
//! field of the same file with the crate csv, and parses those that are numbers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use symmachia::engine::Engine;
use symmachia::loading::{MemoryReader, load};
use symmachia::model::program::Target;
use symmachia::model::{Options, resolve_target, resolve_with_tables};

const DISPUTES: &str = r#"
kind dispute
kind disputant
source mid5 "MID 5.0" until 2014
predicate on_side_a(of: disputant, in: dispute)
predicate on_side_b(of: disputant, in: dispute)
import "table.csv" as row [mid5] {
    missing "-9"
    spell earliest date(row.styear, row.stmon, row.stday) until latest date(row.endyear, row.endmon, row.endday)
    on_side_a(row.ccode by cow, row.dispnum by mid) where row.sidea = 1
    on_side_b(row.ccode by cow, row.dispnum by mid) where row.sidea = 0
    complete from 1816 until 2014
}
opposed(D: dispute, A: disputant, B: disputant) requires
    (on_side_a(A, D) and on_side_b(B, D)) or (on_side_a(B, D) and on_side_b(A, D))
asked(A: disputant, B: disputant) requires for some D in dispute: opposed(D, A, B)
"#;

const ALLIANCES: &str = r#"
kind member
kind alliance
kind pledge = defense, offense, neutral, nonagg, consul
source atop "ATOP 5.1" until 2018
predicate joined(who: member, to: alliance)
predicate owes(who: member, in: alliance, what: pledge)
import "table.csv" as row [atop] {
    missing "", ".", "-9"
    spell date(row.yrent, row.moent, row.dayent) until date(row.yrexit, row.moexit, row.dayexit) or open where row.yrexit = 0
    joined(row.member by cow, row.atopid by atop)
    owes(row.member by cow, row.atopid by atop, K) is row.K = 1 for K in {defense, offense, neutral, nonagg, consul}
    complete from 1815 until 2018
}
asked(A: member, B: member) requires for some T in alliance: owes(A, T, defense) and joined(B, T)
"#;

const TRADE: &str = r#"
kind trader
source trade4 "Trade 4.0" until 2014
measure imports(of: trader, from: trader) in "million USD"
import "table.csv" as row [trade4] {
    missing "-9"
    imports(row.ccode1 by cow, row.ccode2 by cow) = row.flow1 in row.year
    imports(row.ccode2 by cow, row.ccode1 by cow) = row.flow2 in row.year
    complete from 1870 until 2014
}
asked(A: trader, B: trader) requires imports(A, B) / sum of (imports(A, X) over X in trader) >= 5%
"#;

const PANELS: &[(&str, &str)] =
    &[("midb_5.0.csv", DISPUTES), ("atop5_1m.csv", ALLIANCES), ("trade_4.0_dyadic.csv", TRADE)];

fn main() {
    if folder().is_none() {
        println!("skipped: SYMMACHIA_DATA names no folder with published tables");
        return;
    }
    divan::main();
}

fn folder() -> Option<PathBuf> {
    std::env::var_os("SYMMACHIA_DATA").map(PathBuf::from)
}

fn table(name: &str) -> Vec<u8> {
    std::fs::read(folder().unwrap_or_default().join(Path::new(name))).expect("a published table")
}

/// From the files' bytes to the verdicts of all directed pairs, over the whole time.
#[divan::bench(args = PANELS.iter().map(|(name, _)| *name))]
fn panel(bencher: divan::Bencher, name: &str) {
    let program = PANELS.iter().find(|(known, _)| *known == name).unwrap().1;
    let reader = MemoryReader::new().with("panel.ally", program).with("table.csv", table(name));
    bencher.bench_local(|| {
        let loaded = load(&reader, &[PathBuf::from("panel.ally")], &mut |_| {});
        let resolution = resolve_with_tables(&loaded.texts, &loaded.files, loaded.tables.clone(), &Options::default());
        let program = resolution.program;
        let engine = Engine::new(&program);
        let Ok(Target::Relation(asked)) = resolve_target(&program, "asked") else {
            panic!("there is such a criterion")
        };
        let members = &program.kind(program.relation(asked).roles[0].kind).members;
        let mut changes = 0;
        for one in members {
            for other in members.iter().filter(|other| *other != one) {
                changes += engine.case(asked, &[*one, *other]).runs().count();
            }
        }
        changes
    });
}

/// The floor: every field of the same file, numbers parsed.
#[divan::bench(args = PANELS.iter().map(|(name, _)| *name))]
fn reading_alone(bencher: divan::Bencher, name: &str) {
    let bytes = table(name);
    bencher.bench_local(|| {
        let mut reader = csv::Reader::from_reader(&*bytes);
        let (mut record, mut sum) = (csv::StringRecord::new(), 0.0);
        while reader.read_record(&mut record).unwrap() {
            sum += record.iter().filter_map(|field| field.parse::<f64>().ok()).sum::<f64>();
        }
        sum
    });
}
