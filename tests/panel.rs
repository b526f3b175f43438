//! Panels from outside: rows, columns, files, and what is refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assert_cmd::Command;
use insta::assert_snapshot;
use std::path::Path;
use symmachia::pages::PAGES;
use tempfile::TempDir;

/// Four states, one of which ends; a criterion that is not the same both ways, and one that is.
const PROGRAM: &str = r#"
source gazetteer "Gazetteer of Arden & Neighbours" until 1914

state arden "Arden" alias cow:10, iso:ARD
state borland "Borland" alias cow:9, iso:BOR
state corva "Corva" from 1903 alias cow:200
state duchy "Duchy_of|D" until 1905
kind treaty
treaty pact

predicate guarantees(by: state, of: state) "{by} guarantees {of}" / "{by} does not guarantee {of}"
symmetric predicate at_war(one: state, other: state) "{one} and {other} are at war" / "{one} and {other} are at peace"
predicate party(who: state, to: treaty)
predicate great(power: state) "{power} is a great power" / "{power} is no great power"
measure trade(from: state, to: state) "exports of {from} to {to}" in "million USD"
kind level = none < moderate < high
measure threat(of: state, to: state) "the threat of {of} to {to}" in level

## Half an alliance: one guarantees the other.
protects(A, B) "{A} protects {B}" / "{A} does not protect {B}" requires
    guarantees and not at_war

## A whole one.
symmetric ally(A, B) "{A} and {B} are allies" / "{A} and {B} are not allies" requires
    mutually guarantees and not at_war

joined(S, T: treaty) requires party

guarantees(arden, borland) from 1902-03 ended 1904-06 [gazetteer, "p. 1"]
guarantees(borland, arden) from 1903-07-01 ended 1904-06 [gazetteer, "p. 1"]
not guarantees(borland, arden) on 1902-05-05 [gazetteer, "p. 2"]
guarantees(arden, corva) from 1904 [gazetteer, "p. 3"]
not guarantees(arden, corva) in 1905 [gazetteer, "p. 4"]
at_war(arden, corva) in 1906-02 [gazetteer, "p. 5"]
complete at_war from 1900 until 1910 [gazetteer]
complete guarantees from 1900 until 1902 [gazetteer]
trade(arden, borland) = 4.5 in 1902 [gazetteer]
trade(arden, borland) = 5 in 1903-01..1903-06 [gazetteer]
trade(borland, arden) = 7 in 1902 [gazetteer]
trade(borland, arden) = 8 in 1902 [gazetteer]
threat(corva, arden) = high in 1904..1906 [gazetteer]
great(arden) in 1900..1910 [gazetteer]
party(arden, pact) from 1902 [gazetteer]
"#;

fn folder(program: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("p.ally"), program).unwrap();
    folder
}

struct Ended {
    status: i32,
    output: String,
    errors: String,
}

fn run(folder: &Path, words: &str) -> Ended {
    let mut command = Command::cargo_bin("symmachia").unwrap();
    command.current_dir(folder).args(words.split_whitespace()).env_remove("CLICOLOR_FORCE").env_remove("COLUMNS");
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ended { status: output.status.code().unwrap(), output: text(output.stdout), errors: text(output.stderr) }
}

/// The rows of a panel in csv, without the names.
fn rows(words: &str) -> Vec<String> {
    let folder = folder(PROGRAM);
    let ended = run(folder.path(), &format!("eval {words} --format csv p.ally"));
    assert_eq!(ended.status, 0, "{}", ended.errors);
    ended.output.lines().skip(1).map(str::to_owned).collect()
}

fn of<'a>(rows: &'a [String], start: &str) -> Vec<&'a str> {
    rows.iter().filter_map(|row| row.strip_prefix(start)).collect()
}

#[test]
fn a_year_has_a_row_where_the_case_arises_and_none_elsewhere() {
    let rows = rows("protects --by year --in 1900..1907");
    // Corva begins with 1903, and the Duchy ends with 1905: they share three years, in both orders.
    assert_eq!(of(&rows, "corva,duchy,").len(), 3);
    assert_eq!(of(&rows, "duchy,corva,").len(), 3);
    assert_eq!(of(&rows, "arden,borland,").len(), 8);
    // Twelve ordered pairs: 2 of whole life, 4 of Corva's five years with them, 4 of the Duchy's six, 2 of three.
    assert_eq!(rows.len(), 2 * 8 + 4 * 5 + 4 * 6 + 2 * 3);
    // Any day: the guarantee began in March 1902 and ended in June 1904. From July on it is refuted, as in 1905.
    assert_eq!(
        of(&rows, "arden,borland,"),
        [
            "1900,not met,0",
            "1901,not met,0",
            "1902,met,1",
            "1903,met,1",
            "1904,met,1",
            "1905,not met,0",
            "1906,not met,0",
            "1907,not met,0",
        ]
    );
    // Evidence on both sides in 1905; before the guarantee nothing is known; the war refutes some days of 1906 and not all.
    assert_eq!(
        of(&rows, "arden,corva,"),
        ["1903,undetermined,", "1904,met,1", "1905,contested,", "1906,met,1", "1907,met,1"]
    );
}

#[test]
fn all_days_and_a_day_of_the_year() {
    let all = rows("protects --by year --all-days --in 1902..1904");
    assert_eq!(of(&all, "arden,borland,"), ["1902,not met,0", "1903,met,1", "1904,not met,0"]);
    let on = rows("protects --by year --on 07-01 --in 1902..1904");
    assert_eq!(of(&on, "arden,borland,"), ["1902,met,1", "1903,met,1", "1904,not met,0"]);
    // On a day on which a case does not arise the year has no row.
    let on = rows("protects --by year --on 12-31 --in 1900..1906-06-30");
    assert_eq!(of(&on, "arden,duchy,").len(), 6);
    // A common year has the verdict of 28 February.
    let on = rows("protects --by year --on 02-29 --in 1902..1905");
    assert_eq!(of(&on, "arden,borland,"), ["1902,not met,0", "1903,met,1", "1904,met,1", "1905,not met,0"]);
    assert_eq!(of(&on, "corva,borland,").len(), 3);
}

#[test]
fn a_pair_once() {
    let folder = folder(PROGRAM);
    // By name, arden comes before borland; by code it is the other way round.
    let by_name = rows("ally --by year --in 1902..1904 --undirected");
    assert_eq!(of(&by_name, "arden,borland,").len(), 3);
    assert_eq!(of(&by_name, "borland,arden,").len(), 0);
    let ended = run(folder.path(), "eval ally --by year --in 1902..1904 --undirected --codes cow --format csv p.ally");
    assert!(ended.output.contains("borland,arden,9,10,1903,met,1\n"), "{}", ended.output);
    assert!(!ended.output.contains("arden,borland"), "{}", ended.output);
    // Numbers by their size, and those without a code last.
    assert!(ended.output.contains("arden,corva,10,200,"), "{}", ended.output);
    assert!(ended.output.contains("corva,duchy,200,,"), "{}", ended.output);
    assert!(ended.errors.contains("1 individual in the rows has no code of `cow`: `duchy`"), "{}", ended.errors);
    // Both guaranteed one another from July 1903 on; Arden alone from March 1902.
    let both = rows("protects --by year --in 1902..1904 --undirected --both");
    assert_eq!(of(&both, "arden,borland,"), ["1902,not met,0", "1903,met,1", "1904,met,1"]);
    let either = rows("protects --by year --in 1902..1904 --undirected --either");
    assert_eq!(of(&either, "arden,borland,"), ["1902,met,1", "1903,met,1", "1904,met,1"]);
    let refused = run(folder.path(), "eval protects --by year --in 1902..1904 --undirected --format csv p.ally");
    assert_eq!((refused.status, refused.output.as_str()), (2, ""));
    let words =
        refused.errors.split_whitespace().filter(|word| *word != "│" && *word != "·").collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("in 1902 `protects(arden, borland)` is met, but `protects(borland, arden)` is"),
        "{}",
        refused.errors
    );
}

#[test]
fn further_columns() {
    let folder = folder(PROGRAM);
    let ended = run(
        folder.path(),
        "eval protects --by year --in 1902..1906 --codes iso,cow --with trade,threat,great,ally,conditions,deciding --format csv p.ally",
    );
    assert_eq!(ended.status, 0, "{}", ended.errors);
    let wanted = |row: &str| {
        ["A,", "arden,borland,", "borland,arden,", "arden,corva,", "corva,arden,"]
            .iter()
            .any(|start| row.starts_with(start))
    };
    let shown: Vec<&str> = ended.output.lines().filter(|row| wanted(row)).collect();
    assert_snapshot!(shown.join("\n"));
}

/// Each criterion with the condition that is its reason, as one would say it by hand.
#[test]
fn the_deciding_condition_is_the_first_that_stands_as_the_whole_does() {
    let program = r#"
        one(arden, borland) in 1900
        two(arden, borland) in 1901
        not one(arden, borland) in 1901
        not two(arden, borland) in 1900
        three(arden, borland) in 1900..1901
        kind thing = a, b
        has(arden, borland, a) in 1900..1901
        whole(A, B) requires one and two and three
        any(A, B) requires one or two or three
        enough(A, B) requires at least 2 of (one, two, three)
        few(A, B) requires at most 1 of (one, two, three)
        exact(A, B) requires exactly 1 of (one, two, three)
        sufficient(A, B) if one and three
        sufficient(A, B) if two
        both_sides(A, B) if three
        both_sides(A, B) only if one
        limited(A, B) where one requires (not two) and three
        through(A, B) requires has(A, B, T)
    "#;
    let folder = folder(program);
    let deciding = |criterion: &str| {
        let words = format!("eval {criterion} --by year --in 1900..1902 --with deciding --format csv p.ally");
        let ended = run(folder.path(), &words);
        assert_eq!(ended.status, 0, "{}", ended.errors);
        let rows: Vec<String> =
            ended.output.lines().filter_map(|row| row.strip_prefix("arden,borland,")).map(str::to_owned).collect();
        rows.join("; ")
    };
    // In 1900 one holds and two does not, in 1901 the other way round, three in both; of 1902 nothing is known.
    for (criterion, expected) in [
        ("whole", "1900,not met,0,two; 1901,not met,0,one; 1902,undetermined,,one"),
        ("any", "1900,met,1,one; 1901,met,1,two; 1902,undetermined,,one"),
        ("enough", "1900,met,1,one; 1901,met,1,two; 1902,undetermined,,one"),
        // Two are met, and one of them is the first of those that are too many.
        ("few", "1900,not met,0,one; 1901,not met,0,two; 1902,undetermined,,one"),
        (
            "exact",
            "1900,not met,0,\"exactly 1 of (one, two, three)\"; 1901,not met,0,\"exactly 1 of (one, two, three)\"; 1902,undetermined,,one",
        ),
        ("sufficient", "1900,met,1,one; 1901,met,1,two; 1902,undetermined,,one"),
        // In 1901 a sufficient condition is met and a necessary one is not: the rules contest it, and no condition is contested.
        ("both_sides", "1900,met,1,three; 1901,contested,,; 1902,undetermined,,three"),
        // In 1901 the case does not arise.
        ("limited", "1900,met,1,not two; 1902,undetermined,,not two"),
        ("through", "1900,met,1,\"has(A, B, T)\"; 1901,met,1,\"has(A, B, T)\"; 1902,undetermined,,\"has(A, B, T)\""),
    ] {
        assert_eq!(deciding(criterion), expected, "{criterion}");
    }
}

#[test]
fn several_criteria_stand_side_by_side_or_one_below_the_other() {
    let folder = folder(PROGRAM);
    let wide = run(folder.path(), "eval ally protects --by year --in 1903 --format csv p.ally");
    assert!(wide.output.starts_with("A,B,year,ally,ally_met,protects,protects_met\n"), "{}", wide.output);
    assert!(wide.output.contains("borland,arden,1903,met,1,met,1\n"), "{}", wide.output);
    let long = run(folder.path(), "eval ally joined --by year --in 1903 --long --format csv p.ally");
    assert!(long.output.starts_with("criterion,A,B,S,T,year,verdict,met\n"), "{}", long.output);
    assert!(long.output.contains("ally,arden,borland,,,1903,met,1\n"), "{}", long.output);
    assert!(long.output.contains("joined,,,arden,pact,1903,met,1\n"), "{}", long.output);
}

#[test]
fn only_the_rows_of_some_verdicts() {
    let all = rows("protects --by year --in 1900..1907");
    for (verdict, words) in [("met", "met"), ("not met", "not-met"), ("contested", "contested")] {
        let kept = rows(&format!("protects --by year --in 1900..1907 --verdict {words}"));
        let expected: Vec<&String> = all.iter().filter(|row| row.contains(&format!(",{verdict},"))).collect();
        assert!(!expected.is_empty());
        assert_eq!(kept.iter().collect::<Vec<_>>(), expected, "{verdict}");
    }
    let two = rows("protects --by year --in 1900..1907 --verdict met --verdict contested");
    assert_eq!(of(&two, "arden,corva,").len(), 4);
}

/// Evidence that is contested stands against the whole where nothing can stand for it.
#[test]
fn a_contested_case_needs_no_evidence_for_it() {
    let folder = folder(
        "state a\nstate b\npredicate p(x: state, y: state)\npredicate q(x: state, y: state)\nq(a, b)\nnot q(a, b)\n\
         t(A: state, B: state) if p(A, B) and q(A, B)\n",
    );
    let kept =
        |words: &str| run(folder.path(), &format!("eval t --by year --in 1999 --format csv {words} p.ally")).output;
    assert!(kept("").contains("a,b,1999,contested,"));
    assert_eq!(kept("--verdict contested").lines().skip(1).collect::<Vec<_>>(), ["a,b,1999,contested,"]);
    assert_eq!(kept("--verdict met").lines().count(), 1);
}

#[test]
fn spells_are_the_longest() {
    let all = rows("protects --spells --in 1902..1913");
    assert_eq!(
        of(&all, "arden,borland,"),
        [
            "1902-01-01,1902-02-28,not met,0",
            "1902-03-01,1904-06-30,met,1",
            // The record of wars ends with 1910, and the guarantee is refuted whatever it says.
            "1904-07-01,,not met,0",
        ]
    );
    assert_eq!(
        of(&all, "arden,corva,"),
        [
            "1903-01-01,1903-12-31,undetermined,",
            "1904-01-01,1904-12-31,met,1",
            "1905-01-01,1905-12-31,contested,",
            "1906-01-01,1906-01-31,met,1",
            "1906-02-01,1906-02-28,not met,0",
            "1906-03-01,1910-12-31,met,1",
            "1911-01-01,,undetermined,",
        ]
    );
    // A life that ends closes the spell.
    assert_eq!(of(&all, "arden,duchy,"), ["1902-01-01,1902-12-31,not met,0", "1903-01-01,1905-12-31,undetermined,"]);
}

#[test]
fn the_same_rows_in_every_format() {
    let folder = folder(PROGRAM);
    let mut all = String::new();
    for format in ["jsonl", "markdown", "latex"] {
        let words = format!(
            "eval ally --by year --in 1904..1905 --codes cow --verdict undetermined --undirected --format {format} p.ally"
        );
        all.push_str(&format!("$ symmachia {words}\n{}\n", run(folder.path(), &words).output));
    }
    // Without a panel the rows are those of spans.
    for words in ["eval ally --on 1904-01-01 --format markdown p.ally", "eval trade --in 1902 --format jsonl p.ally"] {
        all.push_str(&format!("$ symmachia {words}\n{}\n", run(folder.path(), words).output));
    }
    assert_snapshot!(all);
}

#[test]
fn the_codebook_tells_what_the_columns_mean() {
    let folder = folder(PROGRAM);
    let words = "eval protects --by year --in 1902..1904 --codes cow --with conditions,trade --output panel.csv --codebook panel.md p.ally";
    let ended = run(folder.path(), words);
    assert_eq!((ended.status, ended.output.as_str()), (0, ""), "{}", ended.errors);
    assert!(std::fs::read_to_string(folder.path().join("panel.csv")).unwrap().starts_with("A,B,A_cow,B_cow,year,"));
    assert_snapshot!(std::fs::read_to_string(folder.path().join("panel.md")).unwrap());
    assert!(!folder.path().join("panel.csv.part").exists());
}

/// A code that passes from one state to the next within a year.
const SUCCESSORS: &str = r#"
source gazetteer "Gazetteer of Arden" until 1914
state arden "Arden" alias cow:10, gw:10
state old "Old Corva" until 1905-06-30 alias cow:20, gw:20
state new "New Corva" from 1905-07-01 until 1908-03 alias cow:20, gw:21
state newest "Newest Corva" from 1908-04 alias cow:20, gw:22
predicate guarantees(by: state, of: state)
protects(A, B) requires guarantees
guards(A, B) requires guarantees
guarantees(arden, {old, new, newest}) from 1900 [gazetteer]
complete guarantees from 1900 until 1914 [gazetteer]
"#;

/// A state that has one code in one part of its life, and in the other the code that passes to it from another state.
const REUNITED: &str = r#"
source gazetteer "Gazetteer of Arden" until 2000
state arden "Arden" alias gw:10
state corva "Corva" from 1900 until 1945-05-08, from 1990-10-03 alias gw:255, gw:260, few:1, few:2
state west_corva "West Corva" from 1955-05-05 until 1990-10-02 alias gw:260, few:3
predicate guarantees(by: state, of: state)
protects(A, B) requires guarantees
guarantees(arden, corva) [gazetteer]
guarantees(arden, west_corva) [gazetteer]
complete guarantees from 1900 until 2000 [gazetteer]
"#;

#[test]
fn a_row_has_the_code_of_its_days() {
    let folder = folder(REUNITED);
    let rows = |words: &str| {
        let ended = run(folder.path(), &format!("eval protects --verdict met --format csv {words} p.ally"));
        assert_eq!(ended.status, 0, "{}", ended.errors);
        (ended.output, ended.errors)
    };
    let (by_year, said) = rows("--by year --in 1944..1991 --codes gw");
    for row in [
        "corva,10,255,1944,",
        "corva,10,255,1945,",
        "corva,10,260,1990,",
        "corva,10,260,1991,",
        "west_corva,10,260,1990,",
    ] {
        assert!(by_year.contains(&format!("arden,{row}")), "{row}: {by_year}");
    }
    // Both have a row of 1990 with that code.
    assert!(said.contains("is `corva` and `west_corva` in 1990"), "{said}");
    let (by_day, said) = rows("--by year --on 12-31 --in 1944..1991 --codes gw");
    assert!(by_day.contains("arden,corva,10,260,1990,") && !by_day.contains("west_corva,10,260,1990"), "{by_day}");
    assert_eq!(said, "");
    let (spells, _) = rows("--spells --in 1930..1995 --codes gw");
    assert!(spells.contains("10,255,1930-01-01,1945-05-08,") && spells.contains("10,260,1990-10-03,,"), "{spells}");
    // Of codes that nobody else has it is not known when they are had.
    let (few, _) = rows("--by year --in 1944..1991 --codes few");
    assert!(few.contains("arden,corva,,1;2,1944,") && few.contains("arden,corva,,1;2,1990,"), "{few}");
    let compiled = run(folder.path(), "compile protects --to sql --in 1944..1991 --codes gw,few p.ally").output;
    for row in [
        "('corva', '255', 1944, 1944)",
        "('corva', '260', 1990, 1991)",
        "('arden', '10', 1944, 1991)",
        "('corva', '1;2')",
    ] {
        assert!(compiled.contains(row), "{row}: {compiled}");
    }
}

/// The scheme that is proposed is the one of which most have codes, not the first by its name.
#[test]
fn the_scheme_that_most_have_is_proposed() {
    let program = SUCCESSORS.replace("alias cow:20", "alias about:1, cow:20");
    let program = ["one", "two", "three"].iter().zip(1..).fold(program, |program, (name, code)| {
        program
            .replace(&format!("about:1, cow:20, gw:2{}", code - 1), &format!("about:{name}, cow:20, gw:2{}", code - 1))
    });
    let folder = folder(&program);
    let ended = run(folder.path(), "eval protects --by year --in 1904..1909 --codes cow --output panel.csv p.ally");
    assert!(ended.errors.contains("so do codes of `gw`"), "{}", ended.errors);
}

#[test]
fn rows_with_the_same_codes_and_year_are_told() {
    let folder = folder(SUCCESSORS);
    let mut all = String::new();
    for words in [
        "protects --by year --in 1904..1909 --codes cow,gw",
        "protects --by year --in 1904..1909 --codes cow --undirected --either --verdict met",
        "protects guards --by year --in 1905 --codes cow --long --verdict met",
    ] {
        let words = format!("eval {words} --output panel.csv p.ally");
        let ended = run(folder.path(), &words);
        assert_eq!(ended.status, 0, "{}", ended.errors);
        let said = ended.errors.split("\n\n").find(|one| one.contains("codes_twice")).unwrap_or_default();
        all.push_str(&format!("$ symmachia {words}\n{said}\n\n"));
    }
    for silent in ["--codes gw", "--codes cow --on 07-01", ""] {
        let ended =
            run(folder.path(), &format!("eval protects --by year {silent} --in 1904..1909 --output panel.csv p.ally"));
        assert!(!ended.errors.contains("codes_twice"), "{silent}: {}", ended.errors);
    }
    assert!(PAGES.iter().any(|page| page.code == "symmachia::cli::codes_twice"));
    assert_snapshot!(all);
}

#[test]
fn a_panel_may_be_of_a_measure() {
    let rows = rows("trade --by year --in 1902..1903");
    assert_eq!(of(&rows, "arden,borland,"), ["1902,4.5", "1903,5"]);
    // Two rival values are not one.
    assert_eq!(of(&rows, "borland,arden,"), ["1902,", "1903,"]);
}

#[test]
fn the_cases_are_those_that_are_listed_over_their_period() {
    let listed = "kind neighbours in state = borland, corva\ncases protects over arden, neighbours in 1902..1903\n";
    let folder = folder(&format!("{PROGRAM}{listed}"));
    let ended = run(folder.path(), "eval protects --by year --format csv p.ally");
    let expected = "A,B,year,protects,protects_met\n\
                    arden,borland,1902,met,1\narden,borland,1903,met,1\narden,corva,1903,undetermined,\n";
    assert_eq!(ended.output, expected, "{}", ended.errors);
    // One row for both directions needs both of them, listed or not.
    let ended = run(folder.path(), "eval protects --by year --undirected --either --codes cow --format csv p.ally");
    assert!(ended.output.contains("borland,arden,9,10,1902,met,1\n"), "{}", ended.output);
}

/// A folder that cannot be written, a workbook that is too long, or a warning: no mistake of the words alone.
const SHOWN_BY_NONE: &[&str] = &["symmachia::cli::codes_twice", "symmachia::cli::too_many_rows"];

#[test]
fn what_is_refused() {
    let folder = folder(PROGRAM);
    std::fs::write(folder.path().join("plain.ally"), "ally(A, B) requires kind_to\nkind_to(arden, borland)\n").unwrap();
    let (import, table) =
        ("import \"tables/met.csv\" as row { met(row.a, row.b) in row.y }\n", "a,b,y\narden,borland,1902\n");
    std::fs::write(folder.path().join("read.ally"), import).unwrap();
    std::fs::create_dir(folder.path().join("tables")).unwrap();
    std::fs::write(folder.path().join("tables/met.csv"), table).unwrap();
    let mistakes = [
        "eval protects --by year --codes cwo --format csv p.ally",
        "eval protects --by year --codes atop --format csv p.ally",
        "eval ally --by year --in 1900 --codes cow --format csv plain.ally",
        "eval protects --by year --with trde --format csv p.ally",
        "eval protects --by year --with condition --format csv p.ally",
        "eval protects --by year --with nonsense --format csv p.ally",
        "eval protects --by year --with party --format csv p.ally",
        "eval protects joined --by year --format csv p.ally",
        "eval joined --by year --undirected --format csv p.ally",
        "eval protects --by year --undirected --format csv p.ally",
        "eval protects --spells --undirected --format csv p.ally",
        "eval protects --by year --undirected --both --either --format csv p.ally",
        "eval protects --by year --both --format csv p.ally",
        "eval protects --by year --spells --format csv p.ally",
        "eval protects --by year --on 1902-01-01 --format csv p.ally",
        "eval protects --by year --on 13-01 --format csv p.ally",
        "eval protects --by year --verdict perhaps --format csv p.ally",
        "eval trade --by year --verdict met --format csv p.ally",
        "eval protects --by year --in 1816..20180 --format csv p.ally",
        "eval protects --codes cow --format csv p.ally",
        "eval protects --by year --codes cow p.ally",
        "eval protects --by year --with trade --format json p.ally",
        "eval ally --by year --format csv plain.ally",
        "eval protects --by year --format xlsx p.ally",
        "eval protects --by year --output missing/panel.csv p.ally",
        "eval protects --by year --output panel.dta p.ally",
        "eval protects --by year --output panel.csv --format jsonl p.ally",
        "eval protects --by year --output panel.dta --format csv p.ally",
        "eval protects --by year --output panel.csv --codebook panel.xlsx p.ally",
        "eval protects --by year --codes ISO --format csv p.ally",
        "eval protects --by year --with Trade --format csv p.ally",
        "eval protects --by year --output p.ally p.ally",
        "eval protects --by year --output panel.csv --codebook p.ally p.ally",
        "eval protects --by year --output panel.csv --codebook panel.csv p.ally",
        "eval protects --by year --in 1902 --output panel.csv --codebook missing/panel.md p.ally",
        "eval met --by year --output tables/met.csv read.ally",
        "eval met --by year --output panel.csv --codebook tables/../tables/met.csv read.ally",
        "eval met --on 1902-01-01 --output tables/met.csv read.ally",
    ];
    let mut all = String::new();
    for words in mistakes {
        let ended = run(folder.path(), words);
        assert_eq!(ended.status, 2, "{words}\n{}{}", ended.output, ended.errors);
        assert_eq!(ended.output, "", "{words}");
        all.push_str(&format!("$ symmachia {words}\n{}\n", ended.errors));
    }
    let warned = run(folder.path(), "eval protects --by year --in 1902 --codes iso --output panel.csv p.ally");
    assert_eq!(warned.status, 0);
    all.push_str(&format!("a warning\n{}\n", warned.errors));
    // Programs and tables are as they were.
    assert_eq!(std::fs::read_to_string(folder.path().join("p.ally")).unwrap(), PROGRAM);
    assert_eq!(std::fs::read_to_string(folder.path().join("tables/met.csv")).unwrap(), table);
    for code in PANEL_CODES.iter().filter(|code| !SHOWN_BY_NONE.contains(code)) {
        assert!(all.contains(code), "{code} is not shown");
        assert!(PAGES.iter().any(|page| page.code == *code), "{code}");
    }
    assert_snapshot!(all);
}

/// The codes of panels; `tests/cli.rs` leaves them to this file.
const PANEL_CODES: &[&str] = &[
    "symmachia::cli::codes_twice",
    "symmachia::cli::day_of_year_wanted",
    "symmachia::cli::different_cases",
    "symmachia::cli::directions_differ",
    "symmachia::cli::ending_differs",
    "symmachia::cli::no_pair_of_roles",
    "symmachia::cli::no_verdict",
    "symmachia::cli::output_is_program",
    "symmachia::cli::output_is_table",
    "symmachia::cli::output_unwritable",
    "symmachia::cli::output_wanted",
    "symmachia::cli::panel_wanted",
    "symmachia::cli::same_file",
    "symmachia::cli::table_wanted",
    "symmachia::cli::too_many_rows",
    "symmachia::cli::unfitting_column",
    "symmachia::cli::unknown_column",
    "symmachia::cli::unknown_ending",
    "symmachia::cli::unknown_scheme",
    "symmachia::cli::without_code",
    "symmachia::cli::years_wanted",
];

#[test]
fn the_ending_of_a_file_tells_its_format() {
    let folder = folder(PROGRAM);
    let written = |words: &str, file: &str| {
        let ended = run(folder.path(), &format!("eval protects --by year --in 1902 p.ally {words} --output {file}"));
        assert_eq!((ended.status, ended.output.as_str(), ended.errors.as_str()), (0, "", ""), "{words} {file}");
        std::fs::read_to_string(folder.path().join(file)).unwrap()
    };
    for (ending, format) in [
        ("csv", "csv"),
        ("jsonl", "jsonl"),
        ("ndjson", "jsonl"),
        ("md", "markdown"),
        ("tex", "latex"),
        ("json", "json"),
    ] {
        let by_ending = written("", &format!("a.{ending}"));
        assert_eq!(by_ending, written(&format!("--format {format}"), &format!("b.{ending}")));
        // Where the ending says nothing, or only that it is text, the format decides.
        for file in ["c", "c.data", "c.txt"] {
            assert_eq!(by_ending, written(&format!("--format {format}"), file));
        }
    }
}

#[cfg(feature = "excel")]
#[test]
fn a_workbook_that_would_be_too_long_is_not_begun_to_be_kept() {
    use symmachia::render::sheet::{ExcelSink, MOST_ROWS};
    use symmachia::sheet::{Cell, Column, Failure, Sink};
    let columns = [Column { name: "year".to_owned(), is_numeric: true }];
    let mut sink = ExcelSink::new(Vec::new(), &columns).unwrap();
    for _ in 1..MOST_ROWS {
        sink.row(&[Cell::Missing]).unwrap();
    }
    assert!(matches!(sink.row(&[Cell::Missing]), Err(Failure::TooManyRows { most }) if most == MOST_ROWS - 1));
}

#[cfg(feature = "excel")]
#[test]
fn a_workbook_has_the_same_bytes_each_time() {
    let folder = folder(PROGRAM);
    let workbook = |name: &str| {
        let ended = run(folder.path(), &format!("eval protects --by year --in 1902 --output {name} p.ally"));
        assert_eq!(ended.status, 0, "{}", ended.errors);
        std::fs::read(folder.path().join(name)).unwrap()
    };
    let first = workbook("one.xlsx");
    assert!(first.starts_with(b"PK"));
    std::thread::sleep(std::time::Duration::from_millis(2100));
    assert!(first == workbook("two.xlsx"), "a clock is in it");
}
