//! What follows whatever the evidence: every answer is held against evidence, and every separating case is the smallest.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "logic/evidence.rs"]
mod evidence;
mod generate;
mod reference;
mod support;

use evidence::{Choices, atoms, complete, evidence, some_individuals};
use generate::calendar::Calendar;
use generate::{Features, Generated, Parentheses, Recipe, recipes};
use insta::assert_snapshot;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};
use reference::Reference;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use symmachia::compare::{self, Logic, Rival, Separation, rivals};
use symmachia::engine::Engine;
use symmachia::loading::{MemoryReader, load};
use symmachia::model::program::{KindId, RelationId, Target};
use symmachia::model::{Options, Program, resolve};
use symmachia::render::{Look, comparison, diagnostics};
use symmachia::text::Texts;
use symmachia::time::Day;
use symmachia::verdict::Verdict;

/// Files by their names, the first of which uses the others.
type Files = Vec<(String, String)>;

/// Reads files and one that stands beside them.
fn read(files: &Files, more: &str) -> Result<(Texts, Program), String> {
    let mut reader = MemoryReader::new().with("more.ally", more.as_bytes().to_vec());
    for (name, text) in files {
        reader = reader.with(name, text.as_bytes().to_vec());
    }
    let paths = [files[0].0.clone(), "more.ally".to_owned()].map(PathBuf::from);
    let loaded = load(&reader, &paths, &mut |_| {});
    let resolution = resolve(&loaded.texts, &loaded.files, &Options::default());
    let mut problems = [loaded.diagnostics, resolution.diagnostics].concat();
    problems.retain(symmachia::diagnostic::Diagnostic::is_error);
    if problems.is_empty() {
        Ok((loaded.texts, resolution.program))
    } else {
        let all: String = loaded.texts.iter().map(|(_, text)| format!("{}\n", text.content)).collect();
        Err(format!("{}\n{all}", diagnostics::text(&problems, &loaded.texts, &Look::PLAIN)))
    }
}

/// The rules that a recipe makes; individuals that no rule names are not declared, so that they have no names.
fn rules_of(recipe: &Recipe) -> Files {
    let features = Features { time: false, lives: false, chains: false, ..Features::all(Calendar::Winter) };
    let mut files = Generated::new(&recipe.without_evidence(), &features, Parentheses::Needed).files;
    let words = |item: &str| -> Vec<String> {
        item.split(|letter: char| !letter.is_alphanumeric() && letter != '_').map(str::to_owned).collect()
    };
    let is_spoken_of = |files: &[(String, Vec<String>)], name: &str| {
        let all = files.iter().flat_map(|(_, items)| items);
        all.filter(|item| words(item).iter().any(|word| word == name)).count() > 1
    };
    for beginning in ["kind core in state =", "state ", "treaty "] {
        let items: Vec<String> = files.iter().flat_map(|(_, items)| items).cloned().collect();
        for item in items.into_iter().filter(|item| item.starts_with(beginning)) {
            if !is_spoken_of(&files, &words(&item)[1]) {
                files.iter_mut().for_each(|(_, items)| items.retain(|one| *one != item));
            }
        }
    }
    files.into_iter().map(|(name, items)| (name, items.join("\n"))).collect()
}

fn rival(program: &Program, relation: RelationId) -> Rival {
    let name = program.qualified_name(Target::Relation(relation));
    Rival::new(relation, name)
}

/// Pairs of criteria and predicates that are about the same kinds.
fn pairs(program: &Program) -> Vec<[RelationId; 2]> {
    let mut groups: BTreeMap<Vec<KindId>, Vec<RelationId>> = BTreeMap::new();
    for id in support::relations(program) {
        let kinds = program.relation(id).roles.iter().map(|role| program.kind(role.kind).root).collect();
        groups.entry(kinds).or_default().push(id);
    }
    let of_group = |group: &Vec<RelationId>| -> Vec<[RelationId; 2]> {
        group.iter().enumerate().flat_map(|(at, one)| group[..at].iter().map(move |other| [*one, *other])).collect()
    };
    groups.values().flat_map(of_group).collect()
}

/// What logic says can never be: that the first is met or not and the second is met or not.
fn excluded(logic: &Logic) -> Vec<(Verdict, Verdict)> {
    let (met, not_met) = (Verdict::Met, Verdict::NotMet);
    let all = [(&logic.both, met, met), (&logic.only_left, met, not_met), (&logic.only_right, not_met, met)];
    all.into_iter().filter(|(found, ..)| found.is_none()).map(|(_, left, right)| (left, right)).collect()
}

/// Two criteria, and what logic says can never be said of them.
type Proved = ([String; 2], Vec<(Verdict, Verdict)>);

/// The first case and day on which what was excluded is so after all, by the engine or by the naive evaluator.
fn survived(program: &Program, proved: &[Proved]) -> Option<String> {
    let engine = Engine::new(program);
    let reference = Reference::new(program);
    let found = |name: &str| {
        support::relations(program).find(|id| program.qualified_name(Target::Relation(*id)) == name).unwrap()
    };
    for (names, excluded) in proved {
        let [left, right] = [found(&names[0]), found(&names[1])];
        for tuple in support::tuples(program, Target::Relation(left)) {
            if tuple.iter().any(|id| program.individual(*id).is_unnamed) {
                continue;
            }
            let lines = [left, right].map(|relation| engine.case(relation, &tuple));
            let marks = [left, right].map(|relation| reference.marks_by_day(relation, &tuple));
            for (at, day) in reference.days().iter().enumerate() {
                let engines = (lines[0].at(*day).verdict(), lines[1].at(*day).verdict());
                let naive = (marks[0][at].verdict(), marks[1][at].verdict());
                if excluded.contains(&engines) || excluded.contains(&naive) {
                    let case = support::atom(program, Target::Relation(left), &tuple);
                    return Some(format!("{case} and {} on {day}: {engines:?}, naively {naive:?}", names[1]));
                }
            }
        }
    }
    None
}

/// Verdicts of two at all their cases, without dates.
fn verdicts(program: &Program, names: &[String; 2]) -> Vec<(String, Verdict, Verdict)> {
    let engine = Engine::new(program);
    let day = Day::from_parts(1900, 1, 1).unwrap();
    let found = |name: &str| {
        support::relations(program).find(|id| program.qualified_name(Target::Relation(*id)) == name).unwrap()
    };
    let [left, right] = [found(&names[0]), found(&names[1])];
    let named = |tuple: &Vec<_>| tuple.iter().all(|id| !program.individual(*id).is_unnamed);
    support::tuples(program, Target::Relation(left))
        .into_iter()
        .filter(named)
        .map(|tuple| {
            let [one, other] = [left, right].map(|relation| engine.case(relation, &tuple).at(day).verdict());
            (symmachia::explain::as_written(program, Target::Relation(left), &tuple), one, other)
        })
        .collect()
}

/// Sets of so many of some things.
fn subsets(things: &[String], number: usize) -> Vec<Vec<String>> {
    if number == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (at, thing) in things.iter().enumerate() {
        for mut rest in subsets(&things[at + 1..], number - 1) {
            rest.insert(0, thing.clone());
            all.push(rest);
        }
    }
    all
}

/// Sets of smaller evidence that are tried one by one.
const MOST_SUBSETS: usize = 250;

fn choose(of: usize, number: usize) -> usize {
    (0..number).fold(1, |ways, at| ways * (of - at) / (at + 1))
}

/// A separating case runs as it says, no fact of it can be left out, and no smaller evidence separates the two.
/// Tells whether all smaller evidence was tried.
fn check_separation(
    files: &Files,
    (logic, separation, texts): (&Logic, &Separation, &Texts),
    wanted: (Verdict, Verdict),
) -> Result<bool, TestCaseError> {
    let text = comparison::evidence(logic, separation, texts);
    let own: Vec<&str> = text.lines().filter(|line| !line.starts_with("use ")).collect();
    let (_, run) = read(files, &own.join("\n")).map_err(TestCaseError::fail)?;
    let outcomes = symmachia::explain::check(&Engine::new(&run));
    prop_assert_eq!(outcomes.len(), 2);
    let told: Vec<_> = outcomes.iter().map(|outcome| outcome.diagnostic()).collect();
    let rules: String = files.iter().map(|(name, text)| format!("# {name}\n{text}\n")).collect();
    prop_assert!(outcomes.iter().all(|outcome| outcome.holds()), "{rules}\n{text}\n{told:#?}");
    let names = [logic.rivals[0].name.clone(), logic.rivals[1].name.clone()];
    let with = |facts: &[String]| -> Result<Vec<(String, Verdict, Verdict)>, TestCaseError> {
        let items = [separation.declarations.as_slice(), facts, complete(&run).as_slice()].concat();
        let (_, program) = read(files, &items.join("\n")).map_err(TestCaseError::fail)?;
        Ok(verdicts(&program, &names))
    };
    let is_wanted = |all: &[(String, Verdict, Verdict)], case: Option<&str>| {
        all.iter().any(|(name, one, other)| (*one, *other) == wanted && case.is_none_or(|case| case == name))
    };
    let case = Some(separation.case[0].as_str());
    for left_out in &separation.facts {
        let rest: Vec<String> = separation.facts.iter().filter(|fact| *fact != left_out).cloned().collect();
        prop_assert!(!is_wanted(&with(&rest)?, case), "{text}\n`{left_out}` is not needed\n{files:#?}");
    }
    let atoms = atoms(&run);
    let smaller: usize = (0..separation.facts.len()).map(|number| choose(atoms.len(), number)).sum();
    if smaller > MOST_SUBSETS {
        return Ok(false);
    }
    for number in 0..separation.facts.len() {
        for facts in subsets(&atoms, number) {
            let all = with(&facts)?;
            prop_assert!(!is_wanted(&all, None), "{text}\n{facts:?} would do\n{all:?}\n{files:#?}");
        }
    }
    check_fewer(files, (separation, &names), wanted)?;
    Ok(true)
}

/// With one individual less no evidence separates the two.
fn check_fewer(
    files: &Files,
    (separation, names): (&Separation, &[String; 2]),
    wanted: (Verdict, Verdict),
) -> Result<(), TestCaseError> {
    let kind = |declaration: &String| declaration.split(' ').next().unwrap_or_default().to_owned();
    for (at, declaration) in separation.declarations.iter().enumerate() {
        // Those of a kind are alike: the last one goes.
        if separation.declarations.get(at + 1).is_some_and(|next| kind(next) == kind(declaration)) {
            continue;
        }
        let rest: Vec<String> = separation.declarations.iter().filter(|one| *one != declaration).cloned().collect();
        let (_, fewer) = read(files, &rest.join("\n")).map_err(TestCaseError::fail)?;
        let atoms = atoms(&fewer);
        for number in 0..=atoms.len() {
            if (0..=number).map(|number| choose(atoms.len(), number)).sum::<usize>() > MOST_SUBSETS / 2 {
                break;
            }
            for facts in subsets(&atoms, number) {
                let items = [rest.as_slice(), facts.as_slice(), complete(&fewer).as_slice()].concat();
                let (_, program) = read(files, &items.join("\n")).map_err(TestCaseError::fail)?;
                let all = verdicts(&program, names);
                let is_wanted = all.iter().any(|(_, one, other)| (*one, *other) == wanted);
                prop_assert!(!is_wanted, "{separation:?} without {declaration}: {facts:?} would do");
            }
        }
    }
    Ok(())
}

/// How often what was tried.
#[derive(Debug, Default)]
struct Tally {
    pairs: usize,
    proved: usize,
    separated: usize,
    all_smaller: usize,
    evidence: usize,
}

/// The most individuals of a kind.
const INDIVIDUALS: usize = 2;

fn check(recipe: &Recipe, seed: u64, tally: &mut Tally) -> Result<(), TestCaseError> {
    let files = rules_of(recipe);
    let Ok((_, bare)) = read(&files, "") else { return Ok(()) };
    let declared = compare::declarations(&bare, INDIVIDUALS).join("\n");
    let Ok((texts, program)) = read(&files, &declared) else { return Ok(()) };
    let mut choices = Choices(seed);
    let (mut proved, mut of_any_evidence) = (Vec::new(), Vec::new());
    let is_shown = files.iter().any(|(_, text)| text.contains("shown"));
    for pair in pairs(&program) {
        let rivals = pair.map(|relation| rival(&program, relation));
        let names = [rivals[0].name.clone(), rivals[1].name.clone()];
        let Ok(logic) = compare::logic(&program, rivals.to_vec(), INDIVIDUALS, &[]) else { continue };
        tally.pairs += 1;
        let (met, not_met) = (Verdict::Met, Verdict::NotMet);
        for (found, wanted) in
            [(&logic.both, (met, met)), (&logic.only_left, (met, not_met)), (&logic.only_right, (not_met, met))]
        {
            if let Some(separation) = found {
                tally.separated += 1;
                tally.all_smaller += usize::from(check_separation(&files, (&logic, separation, &texts), wanted)?);
            }
        }
        let excluded = excluded(&logic);
        if excluded.is_empty() {
            continue;
        }
        tally.proved += excluded.len();
        // What rests on nothing shown and always applies is so of gaps and contradictions, too: what is settled stays so however they are filled.
        let always_applies = pair.iter().all(|relation| {
            program.relation(*relation).rules.iter().all(|rule| program.rule(*rule).applies_where.is_none())
        });
        if !is_shown && always_applies {
            of_any_evidence.push((names.clone(), excluded.clone()));
        }
        proved.push((names, excluded));
    }
    for (proved, is_complete) in [(&proved, true), (&of_any_evidence, false)] {
        for _ in 0..if proved.is_empty() { 0 } else { 5 } {
            let individuals = some_individuals(&bare, INDIVIDUALS, &mut choices);
            let (_, with_them) = read(&files, &individuals.join("\n")).map_err(TestCaseError::fail)?;
            let items = [individuals, evidence(&with_them, is_complete, &mut choices)].concat();
            let (_, run) = read(&files, &items.join("\n")).map_err(TestCaseError::fail)?;
            tally.evidence += 1;
            if let Some(violated) = survived(&run, proved) {
                let rules: String = files.iter().map(|(name, text)| format!("# {name}\n{text}\n")).collect();
                return Err(TestCaseError::fail(format!("{violated}\n{rules}\n{}", items.join("\n"))));
            }
        }
    }
    Ok(())
}

#[test]
fn every_answer_survives_evidence_and_every_separating_case_is_the_smallest() {
    let number = |name: &str| std::env::var(name).ok().and_then(|number| number.parse::<u64>().ok());
    let mut runner = TestRunner::new(ProptestConfig {
        cases: number("SYMMACHIA_CASES").map_or(1_000, |cases| cases as u32),
        // The same programs in every run, so that a change is to blame for a failure.
        rng_seed: RngSeed::Fixed(number("SYMMACHIA_SEED").map_or(1960, |chosen| chosen + 1960)),
        failure_persistence: None,
        max_shrink_iters: 60,
        ..ProptestConfig::default()
    });
    let tally = RefCell::new(Tally::default());
    let outcome =
        runner.run(&(recipes(), any::<u64>()), |(recipe, seed)| check(&recipe, seed, &mut tally.borrow_mut()));
    println!("{:?}", tally.borrow());
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let tally = tally.borrow();
    let is_enough = tally.pairs >= 800 && tally.proved >= 200 && tally.separated >= 800 && tally.all_smaller >= 800;
    assert!(number("SYMMACHIA_CASES").is_some() || is_enough, "{tally:?}");
}

// Of a few programs.

fn asked(rules: &str, more: &str, names: [&str; 2], most: usize) -> (Texts, Logic) {
    let files = vec![("rules.ally".to_owned(), rules.to_owned())];
    let (_, bare) = read(&files, more).unwrap();
    let declared = [more.to_owned(), compare::declarations(&bare, most).join("\n")].join("\n");
    let (texts, program) = read(&files, &declared).unwrap();
    let rivals = rivals(&program, &names.map(str::to_owned)).unwrap();
    (texts, compare::logic(&program, rivals, most, &[]).unwrap())
}

const THREE: &str = "predicate p(a: state, b: state)\npredicate q(a: state, b: state)\npredicate r(a: state, b: state)\n\
    two(A, B) requires at least 2 of (p, q, r)\none(A, B) requires p or q or r\n\
    all(A, B) requires for every X in state where X != A: p(A, X)\n\
    none_at_all(A, B) requires not p and not q and not r\nfew(A, B) requires count of (X in state where p(A, X)) < 2\n";

#[test]
fn what_follows_and_the_smallest_case_that_separates() {
    let ask = |one, other| asked(THREE, "", [one, other], 3);
    let (texts, implied) = ask("two", "one");
    assert!(implied.only_left.is_none() && implied.both.is_some());
    assert_eq!(implied.only_right.as_ref().unwrap().facts.len(), 1);
    assert_eq!(implied.both.as_ref().unwrap().facts.len(), 2);
    assert!(ask("one", "none_at_all").1.both.is_none());
    let same = ask("two", "two").1;
    assert!(same.only_left.is_none() && same.only_right.is_none());
    // With two states `all` asks for one fact; `few` parts from it only where there are three.
    assert!(ask("all", "p").1.only_left.is_none());
    assert_eq!(ask("all", "few").1.only_left.unwrap().declarations.len(), 3);
    assert_snapshot!("logic", comparison::logic(&implied, &texts, &Look::HUMAN));
}

/// The first case of a classification that is met gives the level, whatever is met below it.
#[test]
fn levels_of_classifications_are_propositions() {
    let rules = "predicate p(a: state, b: state)\npredicate q(a: state, b: state)\nparameter needed in stage = middle\n\
        classify stage(A, B) as high when p and q, middle when p, low when q, otherwise none_at_all\n\
        top(A, B) requires stage(A, B) = high\nboth(A, B) requires p and q\n\
        enough(A, B) requires stage(A, B) >= needed\nfirst(A, B) requires p\n\
        some_level(A, B) requires stage(A, B) > none_at_all\neither_of(A, B) requires p or q\n\
        only_middle(A, B) requires stage(A, B) = middle\nless(A, B) requires stage(A, B) < middle\n\
        not_first(A, B) requires not p\nlow_at_most(A, B) requires stage(A, B) <= low\n\
        other(A, B) requires stage(A, B) != middle\n";
    for [one, other] in [
        ["top", "both"],
        ["enough", "first"],
        ["some_level", "either_of"],
        ["less", "not_first"],
        ["low_at_most", "less"],
    ] {
        let (_, logic) = asked(rules, "", [one, other], 3);
        assert!(logic.only_left.is_none() && logic.only_right.is_none(), "{one} {other}");
    }
    let (_, logic) = asked(rules, "", ["only_middle", "other"], 3);
    assert!(logic.both.is_none());
    assert_eq!(logic.only_left.unwrap().facts, ["p(state_1, state_2)"]);
    let (_, logic) = asked(rules, "", ["only_middle", "first"], 3);
    assert!(logic.only_left.is_none());
    assert_eq!(logic.only_right.unwrap().facts.len(), 2);
}

/// Two states do not make two treaties, and there may be no treaty at all.
#[test]
fn every_kind_has_a_number_of_its_own() {
    let rules = "kind treaty\npredicate joined(a: state, b: state, t: treaty)\n\
        each(A, B) requires for every T in treaty: joined(A, B, T)\n\
        twice(A, B) requires count of (T in treaty where joined(A, B, T)) >= 2\n\
        some_one(A, B) requires for some T in treaty: joined(A, B, T)\n";
    let (_, logic) = asked(rules, "", ["each", "twice"], 3);
    assert_eq!(logic.only_left.unwrap().declarations, ["state state_1", "state state_2"]);
    let both = logic.both.unwrap();
    assert_eq!(both.declarations, ["state state_1", "state state_2", "treaty treaty_1", "treaty treaty_2"]);
    assert_eq!(both.facts.len(), 2);
    let (_, logic) = asked(rules, "treaty pact", ["each", "twice"], 3);
    assert_eq!(logic.only_left.unwrap().facts, ["joined(state_1, state_2, pact)"]);
    // With a named member no number is varied.
    assert!(asked(rules, "treaty pact", ["each", "some_one"], 3).1.only_left.is_none());
}

#[test]
fn a_part_of_a_kind_without_members_is_refused() {
    let rules = "kind great in state\npredicate p(a: state, b: state)\n\
        all(A, B) requires for every G in great: p(A, G)\n";
    let files = vec![("rules.ally".to_owned(), rules.to_owned())];
    let (_, program) = read(&files, "state state_1\nstate state_2").unwrap();
    let rivals = rivals(&program, &["all", "p"].map(str::to_owned)).unwrap();
    let refused = compare::logic(&program, rivals, 2, &[]).unwrap_err().diagnostic();
    assert_eq!(refused.code, "symmachia::compare::outside_fragment");
    assert!(
        refused.message.starts_with("the kind `great`, of which no member is named, cannot"),
        "{}",
        refused.message
    );
}
