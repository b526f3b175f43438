//! What programs mean that import tables: every `expect` in them is met, and rows say what sentences would say.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use symmachia::engine::Engine;
use symmachia::loading::{MemoryReader, load};
use symmachia::model::program::{IndividualId, Target};
use symmachia::model::{Options, resolve_target, resolve_with_tables};
use symmachia::render::{Look, diagnostics};

mod common;

/// Checks a program beside a table `table.csv`, and gives all that is said of it.
fn said(program: &str, table: &str, options: &Options) -> String {
    let reader = MemoryReader::new().with("p.ally", program).with("table.csv", table);
    let checked = common::check(&reader, Path::new("p.ally"), options);
    diagnostics::text(&checked.diagnostics, &checked.texts, &Look::PLAIN)
}

fn holds(program: &str, table: &str) {
    assert_eq!(said(program, table, &Options::default()), "");
}

const MEMBERS: &str = "state,code,treaty,start,end\n\
    arden,2,Northern Treaty,1950,1960\n\
    borland,20,Northern Treaty,1950,1960\n\
    arden,2,Eastern Treaty,1955,1965\n";

#[test]
fn predicates_of_a_sketch_are_those_of_its_templates() {
    holds(
        r#"
kind treaty
import "table.csv" as row {
    party(row.state, row.treaty) from row.start until row.end
}
bound(A, B) requires for some T in treaty: party(A, T) and party(B, T)
expect bound(arden, borland) in 1955 is met
expect bound(arden, borland) in 1962 is undetermined
"#,
        MEMBERS,
    );
}

/// Without a variable that says so, the kind is that of those who have codes of the scheme, or whose labels stand in the column.
#[test]
fn kinds_follow_from_the_scheme_and_from_the_names_in_the_column() {
    holds(
        r#"
kind treaty
treaty north "Northern Treaty"
treaty east "Eastern Treaty"
state arden "Arden" alias cow:2
state borland "Borland" alias cow:20
predicate ratified(of: treaty)
ratified(north)
import "table.csv" as row {
    signed(row.treaty, row.code by cow) from row.start until row.end
    recorded(row.treaty)
}
bound(A, B) requires for some T in treaty: signed(T, A) and signed(T, B) and ratified(T) and recorded(T)
expect bound(arden, borland) in 1955 is met
"#,
        MEMBERS,
    );
}

/// A declared role gives its kind to the other roles that the same column fills.
#[test]
fn a_column_is_of_one_kind() {
    holds(
        r#"
kind treaty
predicate party(by: state, to: treaty)
import "table.csv" as row {
    party(row.state, row.treaty)
    in_force(row.treaty) from row.start until row.end
}
bound(A) requires for some T in treaty: party(A, T) and in_force(T)
expect bound(borland) in 1955 is met
expect bound(borland) in 1964 is undetermined
"#,
        MEMBERS,
    );
}

#[test]
fn constants_of_a_template_are_of_the_kind_that_lists_them() {
    holds(
        r#"
kind pledge = defense, offense
import "table.csv" as row {
    owes(row.state, K, row.treaty by number) where row.code = 2 for K in {defense, offense}
    numbered(row.treaty by number)
}
kind treaty
treaty north alias number:1
pledges(A, K: pledge) requires for some T in treaty: owes(A, K, T) and numbered(T)
expect pledges(arden, offense) is met
"#,
        "state,code,treaty\narden,2,1\n",
    );
}

/// What is only named is of every kind in which it is named, whichever template comes first.
#[test]
fn a_name_may_be_in_a_part_of_its_kind() {
    for (one, two) in [("great(row.state)", "party(row.state)"), ("party(row.state)", "great(row.state)")] {
        let program = format!(
            r#"
kind power in state
predicate great(who: power)
predicate party(who: state)
import "table.csv" as row {{
    {one}
    {two}
}}
both(A: power) requires great(A) and party(A)
expect both(arden) is met
"#
        );
        holds(&program, "state\narden\n");
    }
}

/// `2` of one scheme and `2` of another are not the same.
#[test]
fn a_code_is_a_code_of_its_scheme() {
    holds(
        r#"
predicate old(who: state)
predicate new(who: state)
import "table.csv" as row {
    old(row.one by cow)
    new(row.two by gw)
}
both(A) requires old(A) and new(A)
expect both("2") is undetermined
expect both("gw:2") is undetermined
expect both("30") is undetermined
"#,
        "one,two\n2,30\n3,2\n",
    );
}

#[test]
fn under_strict_a_table_may_say_who_there_is() {
    let strict = Options { strict: true, ..Options::default() };
    let program = |cells: &str| {
        format!(
            "kind treaty\npredicate party(by: state, to: treaty)\nimport \"table.csv\" as row {{ party({cells}) }}\n"
        )
    };
    assert_eq!(said(&program("row.state or new, row.treaty or new"), MEMBERS, &strict), "");
    let refused = said(&program("row.state, row.treaty or new"), MEMBERS, &strict);
    assert_eq!(refused.matches("error:").count(), 1, "{refused}");
    assert!(refused.contains("2 of the kind `state` are named in the table"), "{refused}");
}

/// The verdicts of a criterion of one state, day by day as they change.
fn verdicts(program: &str, table: &str, name: &str) -> Vec<String> {
    let reader = MemoryReader::new().with("p.ally", program).with("table.csv", table);
    let loaded = load(&reader, &[PathBuf::from("p.ally")], &mut |_| {});
    assert!(!loaded.has_errors(), "{:?}", loaded.diagnostics);
    let resolved = resolve_with_tables(&loaded.texts, &loaded.files, loaded.tables.clone(), &Options::default());
    assert!(!resolved.diagnostics.iter().any(|one| one.is_error()), "{program}\n{:?}", resolved.diagnostics);
    let program = resolved.program;
    let Ok(Target::Relation(relation)) = resolve_target(&program, name) else { panic!("{name}") };
    let arity = program.relation(relation).roles.len();
    let states: Vec<IndividualId> = program.kind(program.relation(relation).roles[0].kind).members.clone();
    let engine = Engine::new(&program);
    engine.case(relation, &states[..arity]).runs().map(|run| format!("{run:?}")).collect()
}

/// Rows about one atom say what one sentence with all their spells says.
#[test]
fn rows_about_one_atom_are_one_statement_with_several_spells() {
    let mut state = 1_u64;
    let mut random = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let (mut differs_from_alone, mut cases) = (0, 0);
    for _ in 0..300 {
        let mut spells: Vec<(u64, u64, u64)> = (0..2 + random(3))
            .map(|_| {
                let start = 1950 + random(30);
                // The month of the beginning, and of the end, may be missing.
                (start, start + 1 + random(12), random(4))
            })
            .collect();
        spells.sort_unstable();
        spells.dedup_by_key(|(start, _, _)| *start);
        let mut table = "who,y1,m1,y2,m2\n".to_owned();
        let mut spans = Vec::new();
        for (start, end, missing) in &spells {
            let (m1, m2) = (if missing & 1 == 1 { "" } else { "6" }, if missing & 2 == 2 { "" } else { "3" });
            writeln!(table, "arden,{start},{m1},{end},{m2}").unwrap();
            let date = |year: &u64, month: &str| match month {
                "" => format!("sometime in {year}"),
                month => format!("{year}-0{month}"),
            };
            spans.push(format!("from {} ended {}", date(start, m1), date(end, m2)));
        }
        let common = "source s \"S\" until 1990\nasked(A) requires p(A)\npredicate p(of: state)\n";
        let import = format!(
            "{common}import \"table.csv\" as row [s] {{ spell date(row.y1, row.m1) ended date(row.y2, row.m2)\n p(row.who) }}"
        );
        let written = format!("{common}p(arden) {} [s]", spans.join(", "));
        let imported = verdicts(&import, &table, "asked");
        assert_eq!(imported, verdicts(&written, "", "asked"), "{written}");
        let alone: Vec<String> = spans.iter().map(|span| format!("p(arden) {span} [s]\n")).collect();
        cases += 1;
        differs_from_alone += usize::from(imported != verdicts(&(common.to_owned() + &alone.concat()), "", "asked"));
    }
    assert!(differs_from_alone > cases / 2, "separate statements mean something else: {differs_from_alone} of {cases}");
}

/// Both orders of a symmetric pair are one atom; two templates are two statements.
#[test]
fn spells_are_joined_by_atom_and_by_template() {
    let table = "one,two,start,end\narden,borland,1950,1955\nborland,arden,1960,1965\n";
    let program = |template: &str| {
        format!(
            "source s \"S\" until 1990\nsymmetric predicate p(a: state, b: state)\n\
             import \"table.csv\" as row [s] {{ spell row.start ended row.end\n {template} }}\n\
             q(A, B) requires p(A, B)\n"
        )
    };
    let told = "expect q(arden, borland) in 1957 is not met\nexpect q(arden, borland) in 1970 is not met\n";
    holds(&(program("p(row.one, row.two)") + told + "expect q(arden, borland) in 1962 is met\n"), table);
    let two = "p(row.one, row.two) where row.one = \"arden\"\n p(row.one, row.two) where row.one = \"borland\"";
    holds(&(program(two) + told + "expect q(arden, borland) in 1962 is contested\n"), table);
}

/// A later spell that stands against, or leaves it open, ends what an earlier end says too.
#[test]
fn the_next_spell_begins_on_whichever_side_it_stands() {
    let program = "source s \"S\" until 1990\npredicate p(a: state)\nq(A) requires p(A)\n\
        import \"table.csv\" as row [s] { spell row.start ended row.end\n p(row.who) is row.yes = 1 }\n\
        expect q(arden) in 1952 is met\nexpect q(arden) in 1957 is not met\nexpect q(arden) in 1962 is undetermined\n\
        expect q(arden) in 1967 is undetermined\nexpect q(arden) in 1972 is not met\nexpect q(arden) in 1980 is undetermined\n";
    holds(program, "who,yes,start,end\narden,1,1950,1955\narden,,1960,1965\narden,0,1970,1975\n");
}

/// Where `is` does not hold nothing is said of afterwards; what is denied, by a row or in a sentence, is denied no further.
#[test]
fn what_is_absent_until_an_end_is_not_said_to_have_come_about_then() {
    let program = |template: &str, expectations: &str| {
        format!(
            "source s \"S\" until 1990\npredicate p(a: state)\nq(A) requires p(A)\n\
             import \"table.csv\" as row [s] {{ {template} from row.start ended row.end }}\n{expectations}"
        )
    };
    let table = "who,yes,start,end\narden,1,1950,1955\nborland,0,1950,1955\ncorvia,,1950,1955\n";
    let is = "expect q(arden) in 1952 is met\nexpect q(arden) in 1960 is not met\n\
              expect q(borland) in 1952 is not met\nexpect q(borland) in 1960 is undetermined\n\
              expect q(corvia) in 1952 is undetermined\nexpect q(corvia) in 1960 is undetermined\n";
    holds(&program("p(row.who) is row.yes = 1", is), table);
    let turned = "expect q(arden) in 1952 is not met\nexpect q(arden) in 1960 is met\n\
                  expect q(borland) in 1952 is met\nexpect q(borland) in 1960 is undetermined\n";
    holds(&program("not p(row.who) is row.yes = 1", turned), table);
    let denied = "expect q(borland) in 1952 is not met\nexpect q(borland) in 1960 is met\n\
                  expect q(dorne) in 1952 is not met\nexpect q(dorne) in 1960 is met\n";
    holds(&program("not p(row.who)", &format!("{denied}not p(dorne) from 1950 ended 1955 [s]\n")), table);
}

/// Templates of every form, none of which leaves out a row of [`rows`].
const EVERY_FORM: &str = r#"
kind level = low < high
kind bloc = east, west
kind column
measure share(of: state, with: state)
measure heat(of: state, in: bloc) in level
symmetric predicate tied(one: state, other: state)
predicate is_in(of: state, bloc: bloc)
predicate given(by: state, to: state, in: column)
source s "S" until 2010
import "table.csv" as row [s] {
    missing "", "-9"
    seen(row.a, row.b)
    met(row.a, row.b) from row.from until row.until
    stood(row.a, row.b) from row.from ended row.until or open
    began(row.a, row.b) from date(row.year, row.month, row.day)
    began_on_the_first(row.a) from latest date(row.year, row.month, row.day) where row.value < 3
    tied(row.a, row.b) is row.value = 1 in row.year
    traded(row.a, row.b) is row.value = 1 or row.month = 2 in row.year
    share(row.a, row.b) = row.value in row.year
    share(row.b, row.a) = row.value * 2 + row.month in row.year where row.a != "c"
    heat(row.a, row.bloc) = row.heat from row.from
    is_in(row.a, row.bloc) where row.heat = "high" and row.value > 1
    is_in(row.b, east) in 1999
    given(row.a, row.b, K) is row.K = 2 in row.year for K in {value, month}
    complete from 1990 until 2000
}
"#;

/// Every statement of the tables of a program.
fn all_statements(program: &str, table: &str) -> Vec<String> {
    let reader = MemoryReader::new().with("p.ally", program).with("table.csv", table);
    let loaded = load(&reader, &[PathBuf::from("p.ally")], &mut |_| {});
    let resolution = resolve_with_tables(&loaded.texts, &loaded.files, loaded.tables.clone(), &Options::default());
    let program = resolution.program;
    let tables = program.table_statements.iter();
    tables.flat_map(|table| (0..table.len()).map(|place| format!("{:?}", table.statement(place)))).collect()
}

fn rows() -> impl Strategy<Value = String> {
    let pair = prop_oneof![Just("a,b"), Just("b,a"), Just("a,c"), Just("c,d"), Just("d,a"), Just("b,\"c\"")];
    let day = (1990..1994i32, 1..4u8, 1..4u8);
    let value = prop_oneof![Just("1"), Just("2"), Just("-9"), Just("0.5"), Just(""), Just("1.0")];
    let others = (0..3u8, prop_oneof![Just("low"), Just("high"), Just("")], prop_oneof![Just("east"), Just("west")]);
    let row = (pair, day, 0..900i32, any::<bool>(), value, others).prop_map(
        |(pair, (year, month, day), length, is_open, value, (day_or_none, heat, bloc))| {
            let until =
                if is_open { String::new() } else { format!("{}-0{}-1{}", year + 1 + length / 300, month, day) };
            let from = format!("{year}-0{month}-0{day}");
            format!("{pair},{from},{until},{year},{month},{day_or_none},{value},{heat},{bloc}\n")
        },
    );
    proptest::collection::vec(row, 1..12).prop_map(|rows| rows.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// A table of which no row is left out is taken column by column; one more row, of which no template says anything, and which has
    /// therefore to be told of, has all taken row by row.
    #[test]
    fn rows_say_the_same_one_by_one_and_column_by_column(rows in rows()) {
        let header = "a,b,from,until,year,month,day,value,heat,bloc\n";
        let by_columns = all_statements(EVERY_FORM, &format!("{header}{rows}"));
        let by_rows = all_statements(EVERY_FORM, &format!("{header}{rows},,never,never,never,1,0,2,high,east\n"));
        prop_assert!(!by_columns.is_empty());
        prop_assert_eq!(by_columns, by_rows);
    }
}

/// Whom a row names is named, though the row is left out: what is complete is complete for them too.
#[test]
fn a_row_that_is_left_out_leaves_nobody_outside_of_the_record() {
    let program = r#"
kind pact
import "table.csv" as row {
    signed(row.a, row.b, row.pact) from row.from until row.until
    complete from 1945 until 1999
}
tied(A, B) requires for some P in pact: signed(A, B, P)
expect tied(arden, borland) in 1955 is met
expect tied(arden, borland) in 1948 is not met
expect tied(borland, arden) in 1955 is not met
"#;
    let table = "pact,a,b,from,until\nfirst,arden,borland,1950,1960\nsecond,arden,arden,1950,1960\n";
    let said = said(program, table, &Options::default());
    assert!(said.contains("pairs `arden` with itself") && !said.contains("expectation"), "{said}");
}
