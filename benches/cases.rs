//! Parsing, evaluating and explaining: the founding case, a generated one of 200 states and 5,000 facts, and chains in a record that is
//! not complete.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::path::{Path, PathBuf};
use symmachia::engine::Engine;
use symmachia::explain::{Request, explain, natural_period};
use symmachia::model::program::{IndividualId, Question, RelationId, Target};
use symmachia::model::{Options, Program, resolve};
use symmachia::syntax::{parse, tree};
use symmachia::text::Texts;

fn main() {
    divan::main();
}

fn founding_texts() -> Texts {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<PathBuf> = ["rules", "examples/central_asia"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "ally"))
        .collect();
    files.sort();
    let mut texts = Texts::new();
    for file in files {
        texts.add(file.display().to_string(), std::fs::read_to_string(&file).unwrap());
    }
    texts
}

/// 200 states, 300 treaties, and 5,000 facts of membership, pressure and support over a century.
fn generated_texts() -> Texts {
    let mut text = String::from(
        "kind treaty\nkind domain = military, political, economic\n\
         predicate party(by: state, to: treaty)\npredicate obligation(of: treaty, to: domain)\n\
         predicate pressure(by: state, on: state, in: domain)\npredicate supports(by: state, to: state)\n\
         symmetric ally(A, B) requires defended and no_pressure and mutually supports\n\
         defended(A, B) requires party(A, T) and party(B, T) and obligation(T, military)\n\
         no_pressure(A, B) requires for every D in domain: not pressure(A, B, D) and not pressure(B, A, D)\n\
         bloc(A, B) if defended(A, B)\nbloc(A, C) if defended(A, B) and bloc(B, C)\n\
         complete party\ncomplete obligation\ncomplete pressure from 1900 until 1999\n",
    );
    // A small generator of its own, so that every run measures the same text.
    let mut seed: u64 = 433;
    let mut next = |bound: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % bound
    };
    let domains = ["military", "political", "economic"];
    for state in 0..200 {
        text.push_str(&format!("state s{state} from {} until 1999\n", 1900 + next(40)));
    }
    for treaty in 0..300 {
        text.push_str(&format!("obligation(t{treaty}, {})\n", domains[next(3) as usize]));
    }
    for _ in 0..1_200 {
        let from = 1900 + next(90);
        text.push_str(&format!("party(s{}, t{}) from {from} ended {}\n", next(200), next(300), from + 1 + next(30)));
    }
    for _ in 0..2_000 {
        let (one, two, year) = (next(200), next(199), 1900 + next(99));
        let two = if two >= one { two + 1 } else { two };
        text.push_str(&format!("pressure(s{one}, s{two}, {}) in {year}\n", domains[next(3) as usize]));
    }
    for _ in 0..1_500 {
        let (one, two, from) = (next(200), next(199), 1900 + next(90));
        let two = if two >= one { two + 1 } else { two };
        text.push_str(&format!("supports(s{one}, s{two}) from {from} until {}\n", from + next(20)));
    }
    let mut texts = Texts::new();
    texts.add("generated.ally", text);
    texts
}

/// Two circles of 50 states, each tied to the next; the record is open, so that any two more may be tied.
fn open_closure_texts() -> Texts {
    let mut text = String::from("bloc(A, B) if tie(A, B)\nbloc(A, C) if tie(A, B) and bloc(B, C)\n");
    for state in 0..100 {
        let next = if state % 50 == 49 { state - 49 } else { state + 1 };
        text.push_str(&format!("tie(s{state}, s{next}) from {}\n", 1900 + state));
    }
    let mut texts = Texts::new();
    texts.add("open_closure.ally", text);
    texts
}

fn trees(texts: &Texts) -> Vec<tree::File> {
    texts.iter().map(|(file, _)| parse(texts, file, &mut |_| {}).tree).collect()
}

fn program(texts: &Texts) -> Program {
    resolve(texts, &trees(texts), &Options::default()).program
}

fn target(program: &Program, name: &str) -> Target {
    let named = |place: &u32| program.qualified_name(Target::Relation(RelationId(*place))) == name;
    Target::Relation(RelationId((0..program.relations.len() as u32).find(named).expect("the criterion is there")))
}

/// All cases of a criterion over states; gives the number of changes, so that nothing is left out.
fn all_cases(program: &Program, name: &str) -> usize {
    let engine = Engine::new(program);
    let Target::Relation(relation) = target(program, name) else { return 0 };
    let states = &program.kind(Program::STATE).members;
    let mut changes = 0;
    for one in states {
        for two in states {
            changes += engine.case(relation, &[*one, *two]).runs().count();
        }
    }
    changes
}

fn explained(program: &Program, name: &str, individuals: [&str; 2]) -> usize {
    let engine = Engine::new(program);
    let individuals = individuals
        .iter()
        .map(|name| {
            let place = program.individuals.iter().position(|individual| individual.name == *name).unwrap();
            IndividualId(place as u32)
        })
        .collect();
    let question = Question { target: target(program, name), individuals };
    explain(&engine, &question, Request { period: natural_period(program), depth: 1 }).facts.len()
}

#[divan::bench_group]
mod founding_case {
    use super::*;

    #[divan::bench]
    fn parse_and_resolve(bencher: divan::Bencher<'_, '_>) {
        let texts = founding_texts();
        bencher.bench(|| program(&texts));
    }

    #[divan::bench]
    fn evaluate(bencher: divan::Bencher<'_, '_>) {
        let program = program(&founding_texts());
        bencher.bench(|| {
            ["true_alliance.ally", "de_jure_alliance.ally", "applied_alliance.ally"]
                .map(|name| all_cases(&program, name))
        });
    }

    #[divan::bench]
    fn explain_kazakhstan(bencher: divan::Bencher<'_, '_>) {
        let program = program(&founding_texts());
        bencher.bench(|| explained(&program, "true_alliance.ally", ["russia", "kazakhstan"]));
    }
}

#[divan::bench_group(sample_count = 10)]
mod two_hundred_states {
    use super::*;

    #[divan::bench]
    fn parse_and_resolve(bencher: divan::Bencher<'_, '_>) {
        let texts = generated_texts();
        bencher.bench(|| program(&texts));
    }

    #[divan::bench]
    fn evaluate_ally(bencher: divan::Bencher<'_, '_>) {
        let program = program(&generated_texts());
        bencher.bench(|| all_cases(&program, "ally"));
    }

    #[divan::bench]
    fn evaluate_bloc(bencher: divan::Bencher<'_, '_>) {
        let program = program(&generated_texts());
        bencher.bench(|| all_cases(&program, "bloc"));
    }

    #[divan::bench]
    fn explain_one(bencher: divan::Bencher<'_, '_>) {
        let program = program(&generated_texts());
        bencher.bench(|| explained(&program, "ally", ["s0", "s1"]));
    }
}

#[divan::bench_group(sample_count = 10)]
mod open_closure {
    use super::*;

    #[divan::bench]
    fn explain_what_is_met(bencher: divan::Bencher<'_, '_>) {
        let program = program(&open_closure_texts());
        bencher.bench(|| explained(&program, "bloc", ["s0", "s20"]));
    }

    /// Any state may be tied to any other, and none is ruled out: the search for changes has every way through the hundred before it.
    #[divan::bench]
    fn explain_what_is_open(bencher: divan::Bencher<'_, '_>) {
        let program = program(&open_closure_texts());
        bencher.bench(|| explained(&program, "bloc", ["s0", "s70"]));
    }
}
