//! What turns when something is changed: of every program, and of some that a reader can follow.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod generate;
mod support;

use generate::calendar::Calendar;
use generate::{Features, Generated, Parentheses, Recipe, recipes};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::PathBuf;
use symmachia::diff::{
    Amount, AskedCase, Change, Difference, Robustness, Varied, Version, asked_cases, changed_items, diff, each, merged,
    variations,
};
use symmachia::engine::Engine;
use symmachia::evidence::Changes;
use symmachia::explain::{Answer, natural_period, questions};
use symmachia::loading::{Loaded, MemoryReader, load};
use symmachia::model::program::Target;
use symmachia::model::{Options, Program, resolve_with_tables};
use symmachia::time::{Day, Interval};
use symmachia::verdict::Verdict;

type Files = Vec<(String, String)>;

/// A version with its program, and the cases of its criteria.
struct Read {
    loaded: Loaded,
    program: Program,
    version: Version,
}

fn read(files: &Files) -> Read {
    let reader =
        files.iter().fold(MemoryReader::new(), |reader, (name, text)| reader.with(name, text.as_bytes().to_vec()));
    let loaded = load(&reader, &[PathBuf::from(&files[0].0)], &mut |_| {});
    let program = resolve_with_tables(&loaded.texts, &loaded.files, loaded.tables.clone(), &Options::default()).program;
    let version = Version::new(&loaded.texts, &loaded.files, &loaded.tables, str::to_owned);
    Read { loaded, program, version }
}

fn cases(program: &Program) -> Vec<AskedCase> {
    let period = natural_period(program);
    let asked: Vec<_> = support::relations(program)
        .filter(|id| program.relation(*id).is_criterion)
        .flat_map(|id| questions(program, Target::Relation(id), None).into_iter().take(6))
        .map(|question| (question, period))
        .collect();
    asked_cases(program, &asked)
}

fn difference(old: &Files, new: &Files) -> Difference {
    let (first, second) = (read(old), read(new));
    let items = changed_items(
        (&first.version, &first.loaded.texts, &first.loaded.files),
        (&second.version, &second.loaded.texts, &second.loaded.files),
    );
    diff(
        (&first.program, Changes::none()),
        (&second.program, Changes::none()),
        &second.version,
        items.into_iter().map(|item| Change::Item(Box::new(item))).collect(),
        merged(cases(&first.program), cases(&second.program)),
        &mut |_, _| {},
    )
}

/// The verdict of a case on a day, by its name.
fn verdict(program: &Program, case: &AskedCase, day: Day) -> Verdict {
    let engine = Engine::new(program);
    for id in support::relations(program).filter(|id| program.qualified_name(Target::Relation(*id)) == case.criterion) {
        for tuple in support::tuples(program, Target::Relation(id)) {
            let names = tuple.iter().map(|one| &program.individual(*one).name);
            let is_named = tuple.iter().all(|one| !program.individual(*one).is_unnamed);
            if is_named && names.eq(case.individuals.iter().map(|(_, name)| name)) {
                return engine.case(id, &tuple).at(day).verdict();
            }
        }
    }
    // Somebody who is no longer of the kind of a role.
    Verdict::NotApplicable
}

fn items(recipe: &Recipe) -> Vec<(String, Vec<String>)> {
    Generated::new(recipe, &Features::all(Calendar::Years), Parentheses::Needed).files
}

fn joined(files: &[(String, Vec<String>)]) -> Files {
    files.iter().map(|(name, items)| (name.clone(), items.join("\n") + "\n")).collect()
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(433),
        failure_persistence: None,
        max_shrink_iters: 20,
        ..ProptestConfig::default()
    })
}

#[test]
fn a_program_does_not_differ_from_itself() {
    let outcome = runner(100).run(&recipes(), |recipe| {
        let mut files = items(&recipe);
        let old = joined(&files);
        let same = difference(&old, &old);
        prop_assert!(same.changes.is_empty() && same.changed.is_empty(), "{same:?}");
        // Nor from itself in another order, with comments.
        for (_, items) in &mut files {
            items.reverse();
            items.push("# the end".to_owned());
        }
        let turned = joined(&files);
        if support::program(&turned).is_ok() {
            let same = difference(&old, &turned);
            prop_assert!(same.changes.is_empty() && same.changed.is_empty(), "{:?}", same.changes);
        }
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn every_change_that_is_named_takes_its_verdicts_back() {
    let taken_back = Cell::new(0);
    let together = Cell::new(0);
    let outcome = runner(400).run(&(recipes(), any::<u16>(), any::<u16>()), |(recipe, one, other)| {
        let whole = items(&recipe);
        let mut fewer = whole.clone();
        for number in [one, other] {
            let place = usize::from(number) % fewer.len();
            let items = &mut fewer[place].1;
            if !items.is_empty() {
                let item = usize::from(number) % items.len();
                // A file that nobody uses any more is not read, whatever is put back into it.
                if !items[item].starts_with("use ") {
                    items.remove(item);
                }
            }
        }
        let (whole, fewer) = (joined(&whole), joined(&fewer));
        if support::program(&fewer).is_err() {
            return Ok(());
        }
        for (old, new) in [(&whole, &fewer), (&fewer, &whole)] {
            let found = difference(old, new);
            let version = read(new).version;
            for changed in &found.changed {
                together.set(together.get() + usize::from(changed.through.is_empty()));
                let case = &found.cases[changed.case];
                let alone = changed.through.iter().map(|place| vec![*place]);
                let sets: Vec<Vec<usize>> = alone.chain(changed.together.iter().cloned()).collect();
                // Where several changes turn a verdict together, they are always found: two versions are never far apart here.
                prop_assert!(!sets.is_empty() || found.is_cut_short, "{} hangs on nothing", case.name);
                for set in &changed.together {
                    prop_assert!(set.len() > 1 && changed.through.is_empty(), "{:?}", changed);
                    for place in set {
                        let fewer: Vec<&Change> =
                            set.iter().filter(|one| *one != place).map(|one| &found.changes[*one]).collect();
                        let Some(program) = undone(&version, &fewer) else { continue };
                        let still = Answer::Verdict(verdict(&program, case, changed.days.first));
                        prop_assert_ne!(&still, &changed.before, "{} without {:?}", case.name, fewer);
                    }
                }
                for set in &sets {
                    let taken: Vec<&Change> = set.iter().map(|place| &found.changes[*place]).collect();
                    let program = undone(&version, &taken).ok_or_else(|| TestCaseError::fail(case.name.clone()))?;
                    for day in [changed.days.first, changed.days.last] {
                        let found = Answer::Verdict(verdict(&program, case, day));
                        prop_assert_eq!(&found, &changed.before, "{} on {}", case.name, day);
                        taken_back.set(taken_back.get() + 1);
                    }
                }
            }
        }
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
    assert!(taken_back.get() > 200, "only {} verdicts were taken back", taken_back.get());
    assert!(together.get() > 10, "only {} verdicts hang on several changes", together.get());
}

/// The program with some changes taken back.
fn undone(version: &Version, changes: &[&Change]) -> Option<Program> {
    let files = version.without_all(changes).files.into_iter();
    support::program(&files.map(|file| (file.name, file.content)).collect::<Vec<_>>()).ok()
}

fn sketch(text: &str) -> Files {
    vec![("sketch.ally".to_owned(), text.to_owned())]
}

fn told(found: &Difference) -> Vec<String> {
    let words = |changed: &symmachia::diff::ChangedVerdict| {
        format!(
            "{}: {} -> {} {:?}{}",
            found.cases[changed.case].name,
            changed.before.words(),
            changed.after.words(),
            changed.through,
            if changed.together.is_empty() { String::new() } else { format!(" {:?}", changed.together) }
        )
    };
    found.changed.iter().map(words).collect()
}

#[test]
fn verdicts_are_traced_to_the_changes_through_which_they_turn() {
    let old = sketch("ally(A, B) requires p and q\np(x, y)\nq(x, y)\np(x, z)\nq(x, z)\nnot p(y, z)\n");
    // Of x and y two conditions fail, either of which is enough; of x and z one.
    let new = sketch(
        "ally(A, B) requires p and q # as before\nnot p(x, y)\nnot q(x, y)\np(x, z)\nnot q(x, z)\nnot p(y, z)\n",
    );
    let found = difference(&old, &new);
    let items: Vec<(&str, &str)> = found
        .changes
        .iter()
        .map(|change| match change {
            Change::Item(item) => {
                (item.before.as_ref().unwrap().words.as_str(), item.after.as_ref().unwrap().words.as_str())
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(items, [("p(x, y)", "not p(x, y)"), ("q(x, y)", "not q(x, y)"), ("q(x, z)", "not q(x, z)")]);
    assert_eq!(told(&found), ["ally(x, y): met -> not met [] [[0, 1]]", "ally(x, z): met -> not met [2]"]);
}

#[test]
fn a_stretch_is_divided_where_it_hangs_on_another_change() {
    let old = sketch("ally(A, B) requires p\np(x, y) in 1990\n");
    let new = sketch("ally(A, B) requires p\np(x, y) in 1990\np(x, y) in 1991 [one]\np(x, y) in 1992 [two]\n");
    let found = difference(&old, &new);
    assert_eq!(told(&found).len(), 2, "{:?}", told(&found));
    assert_eq!(found.changed[0].days.last.next(), found.changed[1].days.first);
    assert_ne!(found.changed[0].through, found.changed[1].through);
}

#[test]
fn the_smallest_sets_are_named_and_others_where_they_do_on_other_days() {
    let rules = "ally(A, B) requires p and q and r\np(x, y)\n";
    let old = sketch(&format!("{rules}q(x, y)\nr(x, y)\n"));
    let new = sketch(&format!("{rules}q(x, y) in 1990\nr(x, y) in 1991\nnot q(x, y) in 1992\nnot r(x, y) in 1992\n"));
    let found = difference(&old, &new);
    // In 1990 the one alone makes it, in 1991 the other; elsewhere both, and in 1992 what is said against besides.
    let sets: BTreeSet<Vec<Vec<usize>>> = found.changed.iter().map(|one| one.together.clone()).collect();
    assert_eq!(sets, [vec![], vec![vec![0, 1]], vec![vec![0, 1, 2, 3]]].into_iter().collect(), "{:?}", told(&found));
    assert!(found.changed.iter().all(|one| one.is_smallest) && !found.is_cut_short);
}

#[test]
fn of_very_many_changes_a_set_is_named_of_which_none_can_be_left_out() {
    let facts =
        |number: usize, say: &str| -> String { (0..number).map(|at| format!("{say}noise(x, z{at})\n")).collect() };
    let rules = "ally(A, B) requires p and q and r and s\n";
    let old = sketch(&format!("{rules}p(x, y)\nq(x, y)\nr(x, y)\ns(x, y)\n{}", facts(60, "")));
    let new = sketch(&format!("{rules}not p(x, y)\nnot q(x, y)\nnot r(x, y)\nnot s(x, y)\n{}", facts(60, "not ")));
    let found = difference(&old, &new);
    assert!(found.is_cut_short && found.sets_tried > 0 && found.sets_tried <= 400, "{}", found.sets_tried);
    let of_ally: Vec<_> = found.changed.iter().filter(|one| found.cases[one.case].name == "ally(x, y)").collect();
    assert_eq!(of_ally.len(), 1);
    assert_eq!((of_ally[0].together.as_slice(), of_ally[0].is_smallest), (&[vec![0, 1, 2, 3]][..], false));
}

#[test]
fn cases_that_one_version_alone_has_are_told_apart() {
    let found = difference(&sketch("ally(A, B) requires p\np(x, y)\n"), &sketch("ally(A, B) requires p\np(x, z)\n"));
    let names = |places: &[usize]| places.iter().map(|place| found.cases[*place].name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&found.only_before), ["ally(x, y)", "ally(y, x)"]);
    assert_eq!(names(&found.only_after), ["ally(x, z)", "ally(z, x)"]);
}

fn robust(text: &str, sort: Varied) -> (Read, Robustness) {
    let read = read(&sketch(text));
    let engine = Engine::new(&read.program);
    let targets: Vec<Target> = support::relations(&read.program)
        .filter(|id| read.program.relation(*id).name == "ally")
        .map(Target::Relation)
        .collect();
    let asked: Vec<_> =
        questions(&read.program, targets[0], None).into_iter().map(|question| (question, Interval::ALL)).collect();
    let varied = variations(&read.program, engine.changes(), &targets, &[sort], 0.1);
    let found = each(&engine, asked_cases(&read.program, &asked), varied, &mut |_, _| {});
    (read, found)
}

/// What each change is, and what it turns.
fn table((read, found): &(Read, Robustness)) -> Vec<String> {
    let row = |tried: &symmachia::diff::Tried| {
        let what = match (&tried.variation.name, &tried.variation.values) {
            (Some(name), Some((_, Amount::Number(value)))) => format!("{name} = {value}"),
            (Some(name), Some((_, Amount::Level(level)))) => format!("{name} = {level}"),
            (Some(name), None) => name.clone(),
            (None, _) => read.loaded.texts.slice(tried.variation.told_by).to_owned(),
        };
        let turns: Vec<String> = tried
            .turns
            .iter()
            .map(|turn| format!("{}: {} -> {}", found.cases[turn.case].name, turn.before.words(), turn.after.words()))
            .collect();
        format!("{what} | {}", turns.join("; "))
    };
    found.tried.iter().map(row).collect()
}

const SKETCH: &str = "\
source s \"S\"
source t \"T\"
parameter enough = 2
parameter keen = 0.5
measure trade(from: state, to: state)
predicate p(one: state, to: state)
predicate q(one: state, to: state)
predicate r(one: state, to: state)
ally(A, B) requires at least enough of (p, q, r) and trade(A, B) >= keen
p(x, y) [s]
q(x, y) [s; t]
not r(x, y) [t]
trade(x, y) = 0.52 [t]
state z
";

#[test]
fn sources_and_facts_are_left_out_one_by_one() {
    assert_eq!(
        table(&robust(SKETCH, Varied::Source)),
        ["s | ally(x, y): met -> undetermined", "t | ally(x, y): met -> undetermined"]
    );
    assert_eq!(
        table(&robust(SKETCH, Varied::Fact)),
        [
            "p(x, y) | ally(x, y): met -> undetermined",
            "q(x, y) | ally(x, y): met -> undetermined",
            "not r(x, y) | ",
            "trade(x, y) | ally(x, y): met -> undetermined",
        ]
    );
}

#[test]
fn conditions_are_dropped_and_parameters_varied() {
    let text = SKETCH.replace("0.52", "0.49");
    assert_eq!(
        table(&robust(&text, Varied::Condition)),
        ["at least enough of (p, q, r) | ", "p | ", "q | ", "r | ", "trade(A, B) >= keen | ally(x, y): not met -> met"]
    );
    // Where nothing of a list may fail, to drop one of it would leave nothing to meet.
    let all = SKETCH.replace("enough = 2", "enough = 3");
    assert_eq!(table(&robust(&all, Varied::Condition)).len(), 2);
    assert_eq!(
        table(&robust(&text, Varied::Parameter)),
        ["enough = 1 | ", "enough = 3 | ", "keen = 0.45 | ally(x, y): not met -> met", "keen = 0.55 | "]
    );
}

/// Of a level all others are tried, and no window becomes empty.
#[test]
fn levels_and_windows_are_varied() {
    let text = "\
kind level = none < moderate < high
measure threat(of: state, to: state) in level
predicate talks(one: state, to: state)
parameter needed in level = moderate
parameter recent = 1
parameter remembered = 3
ally(A, B) requires warned within the last remembered years
warned(A, B) requires threat(A, B) >= needed and talks within the last recent years
threat(x, y) = moderate from 1909 until 1913
talks(x, y) in 1909
complete talks
";
    assert_eq!(
        table(&robust(text, Varied::Parameter)),
        [
            "needed = none | ",
            "needed = high | ally(x, y): met -> not met",
            "recent = 2 | ally(x, y): not met -> met",
            "remembered = 2 | ally(x, y): met -> not met",
            "remembered = 4 | ally(x, y): not met -> met",
        ]
    );
}

#[test]
fn conditions_are_dropped_wherever_the_criterion_builds_on_them() {
    let text = "\
ally(A, B) requires ties and (warm or kin(A, B)) and rank(A, B) >= high
ties(A, B) requires at least 1 of (pact, trade) and not at_war
warm(A, B) requires for every D in field: calm(A, B, D) and open(A, B, D)
unasked(A, B) requires pact and at_war
kind field = arms, goods
kind level = low < high
predicate calm(a: state, b: state, f: field)
predicate open(a: state, b: state, f: field)
classify rank(A, B) as high when pact and not at_war, otherwise low
pact(x, y)
not trade(x, y)
not at_war(x, y)
calm(x, y, {field})
not open(x, y, arms)
open(x, y, goods)
not kin(x, y)
";
    assert_eq!(
        table(&robust(text, Varied::Condition)),
        [
            "ties | ",
            "(warm or kin(A, B)) | ally(x, y): not met -> met",
            "warm | ",
            "kin(A, B) | ",
            "rank(A, B) >= high | ",
            "at least 1 of (pact, trade) | ",
            "pact | ",
            "trade | ",
            "not at_war | ",
            "calm(A, B, D) | ",
            "open(A, B, D) | ally(x, y): not met -> met",
            "pact | ",
            "not at_war | ",
        ]
    );
}

#[test]
fn a_condition_that_frameworks_share_is_one_place() {
    let files = vec![
        ("main.ally".to_owned(), "use \"wide.ally\"\nuse \"strict.ally\"\np(x, y)\nnot q(x, y)\n".to_owned()),
        (
            "wide.ally".to_owned(),
            "framework wide\nally(A, B) requires core and p\ncore(A, B) requires p and q\n".to_owned(),
        ),
        (
            "strict.ally".to_owned(),
            "framework strict extends wide\nuse \"wide.ally\"\nredefine ally(A, B) requires core\n".to_owned(),
        ),
    ];
    let read = read(&files);
    let engine = Engine::new(&read.program);
    let targets: Vec<Target> = support::relations(&read.program)
        .filter(|id| read.program.relation(*id).name == "ally")
        .map(Target::Relation)
        .collect();
    assert_eq!(targets.len(), 2);
    let asked: Vec<_> = targets
        .iter()
        .flat_map(|target| questions(&read.program, *target, None))
        .map(|question| (question, Interval::ALL))
        .collect();
    let varied = variations(&read.program, engine.changes(), &targets, &[Varied::Condition], 0.1);
    let found = each(&engine, asked_cases(&read.program, &asked), varied, &mut |_, _| {});
    let turned: Vec<usize> = found.tried.iter().map(|tried| tried.turned()).collect();
    // `core`, without which the one is met, and `p`; within it `p`, and `q`, without which both frameworks' criteria are met.
    assert_eq!(turned, [1, 0, 0, 2]);
}

#[test]
fn a_table_that_says_something_else_is_a_change_of_its_import() {
    const IMPORT: &str = "source s \"S\"\npredicate pact(one: state, to: state)\nstate x alias c:1\nstate y alias c:2\n\
        ally(A, B) requires pact\nimport \"t.csv\" as row [s] {\n    pact(row.a by c, row.b by c) is row.v = 1\n}\n";
    let of = |table: &str| vec![("m.ally".to_owned(), IMPORT.to_owned()), ("t.csv".to_owned(), table.to_owned())];
    let (old, new) = (of("a,b,v\n1,2,1\n"), of("a,b,v\n1,2,0\n"));
    let same = difference(&old, &old);
    assert!(same.changes.is_empty() && same.changed.is_empty(), "{same:?}");
    let found = difference(&old, &new);
    assert_eq!(found.can_be_undone, [true], "{found:?}");
    assert_eq!(told(&found), ["ally(x, y): met -> not met [0]"]);
    // Its rows are facts, each of which may be left out.
    let read = read(&old);
    let ally = support::relations(&read.program).find(|id| read.program.relation(*id).name == "ally").unwrap();
    let varied = variations(&read.program, &Changes::none(), &[Target::Relation(ally)], &[Varied::Fact], 0.1);
    let found = each(&Engine::new(&read.program), cases(&read.program), varied, &mut |_, _| {});
    let rows: Vec<_> = found
        .tried
        .iter()
        .map(|one| (one.variation.name.as_deref(), one.variation.row.as_deref(), one.turned()))
        .collect();
    assert_eq!(rows, [(Some("pact(x, y)"), Some("t.csv:2"), 1)]);
    // What else changes is taken back with the table as it was read.
    let mut other = old.clone();
    other[0].1.push_str("not pact(x, y) [s]\n");
    assert_eq!(told(&difference(&old, &other)), ["ally(x, y): met -> contested [0]"]);
}
