//! What an explanation proposes does turn the verdict, and no part of it does.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod generate;

use generate::{Features, Generated, Parentheses, Recipe, recipes};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::BTreeSet;
use symmachia::engine::Engine;
use symmachia::explain::{Change, natural_period, repairs, verdict_with};
use symmachia::model::program::RelationId;
use symmachia::model::{Options, Program, resolve};
use symmachia::syntax::parse;
use symmachia::text::Texts;
use symmachia::verdict::Verdict;

fn program(files: &[(String, String)]) -> Program {
    let mut texts = Texts::new();
    let ids: Vec<_> = files.iter().map(|(name, text)| texts.add(name.as_str(), text.as_str())).collect();
    let trees: Vec<_> = ids.into_iter().map(|file| parse(&texts, file, &mut |_| {}).tree).collect();
    let resolution = resolve(&texts, &trees, &Options::default());
    assert!(!resolution.diagnostics.iter().any(|one| one.is_error()), "{:#?}\n{files:?}", resolution.diagnostics);
    resolution.program
}

/// Every repair of some cases of every criterion, applied, and each smaller part of it.
fn check(program: &Program) -> Result<usize, TestCaseError> {
    let engine = Engine::new(program);
    let day = natural_period(program).last;
    let mut found = 0;
    for (index, relation) in program.relations.iter().enumerate().filter(|(_, relation)| relation.is_criterion) {
        let id = RelationId(index as u32);
        let target = symmachia::model::program::Target::Relation(id);
        for question in symmachia::explain::questions(program, target, None).into_iter().take(2) {
            let before = engine.case(id, &question.individuals).at(day).verdict();
            for wanted in [Verdict::Met, Verdict::NotMet].into_iter().filter(|wanted| *wanted != before) {
                for repair in repairs(&engine, id, &question.individuals, day, wanted) {
                    found += 1;
                    let turned = |changes: &BTreeSet<Change>| {
                        verdict_with(&engine, id, &question.individuals, day, changes) == wanted
                    };
                    let whole: BTreeSet<Change> = repair.changes.iter().cloned().collect();
                    prop_assert!(turned(&whole), "{}: {repair:?} does not turn it", relation.name);
                    if whole.len() > 6 {
                        continue;
                    }
                    for mask in 0..(1_u32 << whole.len()) - 1 {
                        let part = whole.iter().enumerate().filter(|(at, _)| mask & (1 << at) != 0);
                        let part: BTreeSet<Change> = part.map(|(_, change)| change.clone()).collect();
                        prop_assert!(!turned(&part), "{}: {part:?} of {repair:?} is enough", relation.name);
                    }
                }
            }
        }
    }
    Ok(found)
}

fn generated(recipe: &Recipe) -> Vec<(String, String)> {
    let features = Features::all(generate::calendar::Calendar::Years);
    let generated = Generated::new(recipe, &features, Parentheses::Needed);
    generated.files.into_iter().map(|(name, items)| (name, items.join("\n"))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, rng_seed: RngSeed::Fixed(433), failure_persistence: None, max_shrink_iters: 50, ..ProptestConfig::default() })]

    #[test]
    #[ignore = "takes minutes: cargo test --test repairs -- --ignored"]
    fn repairs_turn_the_verdict_and_no_part_of_them_does(recipe in recipes()) {
        check(&program(&generated(&recipe)))?;
    }
}

#[test]
fn a_plain_case_is_repaired_by_what_it_lacks() {
    let text = "ally(A, B) requires at least 2 of (p, q, r) and not s\n\
         p(x, y) in 1999\nnot q(x, y) in 1999\nnot r(x, y) in 1999\ns(x, y) in 1999\nexpect ally(x, y) in 1999 is not met\n";
    let program = program(&[("plain.ally".to_owned(), text.to_owned())]);
    assert!(check(&program).unwrap() > 0);
    let engine = Engine::new(&program);
    let ally = program.relations.iter().position(|relation| relation.name == "ally").unwrap();
    let individuals: Vec<_> = ["x", "y"]
        .map(|name| program.individuals.iter().position(|one| one.name == name).unwrap())
        .map(|place| symmachia::model::program::IndividualId(place as u32))
        .to_vec();
    let day = natural_period(&program).last;
    let found = repairs(&engine, RelationId(ally as u32), &individuals, day, Verdict::Met);
    assert_eq!(found.len(), 2, "either q or r, with s: {found:?}");
    assert!(found.iter().all(|repair| repair.changes.len() == 2));
}
