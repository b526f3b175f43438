//! Figures of a comparison, held against what their definitions give: of programs at random, and of verdicts at random.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod generate;
mod support;

use generate::calendar::Calendar;
use generate::{Features, Generated, Parentheses, Recipe, recipes};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};
use std::collections::{BTreeMap, BTreeSet};
use symmachia::compare::{self, Asked, Comparison, Moment, Rival, Statistic, Undetermined, VERDICTS, compare};
use symmachia::engine::Engine;
use symmachia::explain::natural_period;
use symmachia::model::Program;
use symmachia::model::program::{KindId, RelationId, Target};
use symmachia::time::{Day, Interval};
use symmachia::verdict::Verdict;

fn generated(recipe: &Recipe) -> Program {
    let features = Features::all(Calendar::Winter);
    let files = Generated::new(recipe, &features, Parentheses::Needed).files;
    let files: Vec<(String, String)> = files.into_iter().map(|(name, items)| (name, items.join("\n"))).collect();
    support::program(&files).unwrap_or_else(|error| panic!("{error}"))
}

fn rival(program: &Program, relation: RelationId) -> Rival {
    let name = program.qualified_name(Target::Relation(relation));
    Rival::new(relation, name)
}

/// Criteria and predicates that are about the same kinds.
fn alike(program: &Program) -> Vec<Vec<RelationId>> {
    let mut groups: BTreeMap<Vec<KindId>, Vec<RelationId>> = BTreeMap::new();
    for id in support::relations(program) {
        let kinds = program.relation(id).roles.iter().map(|role| program.kind(role.kind).root).collect();
        groups.entry(kinds).or_default().push(id);
    }
    groups.into_values().collect()
}

/// Some days of which the evidence speaks, and days around them.
fn period(program: &Program) -> Interval {
    let natural = natural_period(program);
    if natural == Interval::ALL {
        return Interval { first: Day::from_number(10_900), last: Day::from_number(10_930) };
    }
    Interval {
        first: Day::from_number(natural.first.number() - 3),
        last: Day::from_number(natural.last.number().min(natural.first.number() + 90) + 3),
    }
}

/// Two verdicts each for every day of every case, one by one.
fn day_by_day(engine: &Engine<'_>, rivals: &[Rival], compared: &Comparison) -> Vec<Vec<Verdict>> {
    let Moment::Period(period) = compared.moment else { panic!("a period was asked about") };
    let mut all = Vec::new();
    for case in &compared.cases {
        for number in period.first.number()..=period.last.number() {
            let day = Day::from_number(number);
            let on = |rival: &Rival| engine.case(rival.relation, &case.individuals).at(day).verdict();
            all.push(rivals.iter().map(on).collect());
        }
    }
    all
}

fn counts_as(verdict: Verdict, undetermined: Undetermined) -> bool {
    verdict != Verdict::NotApplicable && (verdict != Verdict::Undetermined || undetermined == Undetermined::Category)
}

/// Kappa as its definition reads, from pairs of verdicts.
fn kappa(pairs: &[(Verdict, Verdict)]) -> Option<f64> {
    let total = pairs.len() as f64;
    let share =
        |wanted: &dyn Fn(&(Verdict, Verdict)) -> bool| pairs.iter().filter(|pair| wanted(pair)).count() as f64 / total;
    let observed = share(&|(one, other)| one == other);
    let expected: f64 =
        VERDICTS.iter().map(|verdict| share(&|(one, _)| one == verdict) * share(&|(_, other)| other == verdict)).sum();
    (!pairs.is_empty() && (1.0 - expected).abs() > 1e-12).then(|| (observed - expected) / (1.0 - expected))
}

/// Alpha from the matrix of coincidences, unit by unit.
fn alpha(units: &[Vec<Verdict>]) -> Option<f64> {
    let mut coincidences = [[0.0_f64; 4]; 4];
    let place = |verdict: &Verdict| VERDICTS.iter().position(|one| one == verdict).unwrap();
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        for (one, left) in unit.iter().enumerate() {
            for (other, right) in unit.iter().enumerate() {
                if one != other {
                    coincidences[place(left)][place(right)] += 1.0 / (unit.len() as f64 - 1.0);
                }
            }
        }
    }
    let totals: Vec<f64> = coincidences.iter().map(|row| row.iter().sum()).collect();
    let all: f64 = totals.iter().sum();
    let (mut observed, mut expected) = (0.0, 0.0);
    for one in 0..4 {
        for other in 0..4 {
            if one != other {
                observed += coincidences[one][other];
                expected += totals[one] * totals[other];
            }
        }
    }
    (expected > 1e-9).then(|| 1.0 - (all - 1.0) * observed / expected)
}

fn is_near(statistic: Statistic, expected: Option<f64>) -> bool {
    match (statistic, expected) {
        (Ok(value), Some(expected)) => (value - expected).abs() < 1e-9,
        (Err(_), None) => true,
        _ => false,
    }
}

fn check(program: &Program) -> Result<usize, TestCaseError> {
    let engine = Engine::new(program);
    let asked = Asked { period: Some(period(program)), ..Asked::default() };
    let mut compared_pairs = 0;
    for group in alike(program) {
        for (one, other) in group.iter().flat_map(|one| group.iter().map(move |other| (*one, *other))) {
            for undetermined in [Undetermined::Category, Undetermined::Missing] {
                let both = [rival(program, one), rival(program, other)];
                let Ok(compared) = compare(&engine, both.to_vec(), asked, undetermined) else { continue };
                compared_pairs += 1;
                check_pair(&engine, &both, &compared, undetermined)?;
                let [left, right] = both;
                let reversed = compare(&engine, vec![right, left], asked, undetermined).unwrap();
                check_transposed(&compared, &reversed)?;
            }
        }
    }
    Ok(compared_pairs)
}

fn check_pair(
    engine: &Engine<'_>,
    both: &[Rival],
    compared: &Comparison,
    undetermined: Undetermined,
) -> Result<(), TestCaseError> {
    let pair = &compared.pairs[0];
    let days = day_by_day(engine, both, compared);
    let names = (&both[0].name, &both[1].name);
    let counted: Vec<(Verdict, Verdict)> = days
        .iter()
        .filter(|day| day.iter().all(|verdict| counts_as(*verdict, undetermined)))
        .map(|day| (day[0], day[1]))
        .collect();
    for left in VERDICTS {
        for right in VERDICTS {
            let number = counted.iter().filter(|pair| **pair == (left, right)).count() as u64;
            prop_assert_eq!(pair.table.at(left, right), number, "{:?}: {} and {}", names, left, right);
        }
    }
    prop_assert_eq!(pair.left_out, (days.len() - counted.len()) as u64);
    prop_assert!(is_near(pair.table.kappa(), kappa(&counted)), "{names:?}: kappa {:?}", pair.table.kappa());
    let units: Vec<Vec<Verdict>> = days
        .iter()
        .map(|day| day.iter().copied().filter(|verdict| counts_as(*verdict, undetermined)).collect())
        .collect();
    prop_assert!(is_near(compared.alpha, alpha(&units)), "{names:?}: alpha {:?}", compared.alpha);
    let apart = counted.iter().filter(|(left, right)| left != right).count() as u64;
    prop_assert_eq!(pair.partings.iter().map(|parting| parting.weight).sum::<u64>(), apart);
    for parting in &pair.partings {
        prop_assert_eq!(parting.spells.iter().map(|spell| spell.weight).sum::<u64>(), parting.weight);
    }
    let settled = |left, right| days.iter().filter(|day| day[..] == [left, right]).count() as u64;
    let (met, not_met) = (Verdict::Met, Verdict::NotMet);
    prop_assert_eq!(pair.fit.both.weight, settled(met, met));
    prop_assert_eq!(pair.fit.only_left.weight, settled(met, not_met));
    prop_assert_eq!(pair.fit.only_right.weight, settled(not_met, met));
    prop_assert_eq!(pair.fit.neither.weight, settled(not_met, not_met));
    if both[0].relation == both[1].relation {
        prop_assert!(pair.partings.is_empty() && pair.table.agreed() == pair.table.total());
    }
    Ok(())
}

fn check_transposed(one: &Comparison, other: &Comparison) -> Result<(), TestCaseError> {
    let (pair, reversed) = (&one.pairs[0], &other.pairs[0]);
    // Where only one of the two holds both ways, the other's cases decide; else the order may not matter.
    prop_assert_eq!(pair.table.transposed(), reversed.table);
    prop_assert_eq!(pair.table.kappa(), reversed.table.kappa());
    prop_assert_eq!(one.alpha, other.alpha);
    prop_assert_eq!(pair.fit.both.weight, reversed.fit.both.weight);
    prop_assert_eq!(pair.fit.only_left.weight, reversed.fit.only_right.weight);
    prop_assert_eq!(pair.fit.left_within_right(), reversed.fit.right_within_left());
    prop_assert_eq!((pair.fit.undetermined, pair.fit.contested), (reversed.fit.undetermined, reversed.fit.contested));
    let spells = |compared: &Comparison, swapped: bool| -> BTreeSet<(Vec<String>, Day, Day, Verdict, Verdict)> {
        let pair = &compared.pairs[0];
        let cases = pair.partings.iter().flat_map(|parting| {
            parting.spells.iter().map(|spell| {
                let (left, right) = if swapped { (spell.right, spell.left) } else { (spell.left, spell.right) };
                (compared.cases[parting.case].names.clone(), spell.days.first, spell.days.last, left, right)
            })
        });
        cases.collect()
    };
    prop_assert_eq!(spells(one, false), spells(other, true));
    Ok(())
}

/// Holds a property against many programs; a property tells how often it was tried.
fn hold(cases: u32, least: usize, property: impl Fn(&Recipe) -> Result<usize, TestCaseError>) {
    let number = |name: &str| std::env::var(name).ok().and_then(|number| number.parse::<u64>().ok());
    let mut runner = TestRunner::new(ProptestConfig {
        cases: number("SYMMACHIA_CASES").map_or(cases, |cases| cases as u32),
        // The same programs in every run, so that a change is to blame for a failure.
        rng_seed: RngSeed::Fixed(number("SYMMACHIA_SEED").map_or(1960, |chosen| chosen + 1960)),
        failure_persistence: None,
        max_shrink_iters: 60,
        ..ProptestConfig::default()
    });
    let tried = std::cell::Cell::new(0);
    let outcome = runner.run(&recipes(), |recipe| {
        tried.set(tried.get() + property(&recipe)?);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    assert!(number("SYMMACHIA_CASES").is_some() || tried.get() >= least, "tried only {} times", tried.get());
}

#[test]
fn figures_are_those_of_a_count_day_by_day() {
    hold(300, 2_000, |recipe| check(&generated(recipe)));
}

/// Two verdicts on something that counts so often.
type Weighed = (Verdict, Verdict, u64);

fn weighed() -> impl Strategy<Value = Vec<Weighed>> {
    let verdict = || {
        prop_oneof![
            4 => Just(Verdict::Met),
            4 => Just(Verdict::NotMet),
            1 => Just(Verdict::Undetermined),
            1 => Just(Verdict::Contested),
            1 => Just(Verdict::NotApplicable),
        ]
    };
    prop::collection::vec((verdict(), verdict(), 1..4_u64), 0..12)
}

fn weighed_cases(rows: &[Weighed]) -> Vec<compare::ComparedCase> {
    let day = Day::from_number(0);
    rows.iter()
        .map(|(one, other, weight)| compare::ComparedCase {
            individuals: Vec::new(),
            names: Vec::new(),
            labels: Vec::new(),
            label: String::new(),
            spells: vec![compare::Spell {
                days: Interval { first: day, last: day },
                weight: *weight,
                verdicts: vec![*one, *other],
            }],
        })
        .collect()
}

/// Ragin's (2006) formulas for fuzzy sets, of which crisp ones are a case: the sum of the smaller memberships by the sum of the one's, and of the other's.
#[test]
fn consistency_and_coverage_are_ratios_of_sums_of_memberships() {
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 2_000,
        rng_seed: RngSeed::Fixed(2006),
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let outcome = runner.run(&weighed(), |rows| {
        let fit = compare::Fit::of(&weighed_cases(&rows), 0, 1);
        let membership = |verdict: Verdict| match verdict {
            Verdict::Met => Some(1.0),
            Verdict::NotMet => Some(0.0),
            _ => None,
        };
        let (mut smaller, mut of_x, mut of_y) = (0.0, 0.0, 0.0);
        let (mut cases, mut within) = (0, true);
        for (one, other, weight) in &rows {
            let (Some(x), Some(y)) = (membership(*one), membership(*other)) else { continue };
            cases += weight;
            within &= x <= y;
            let weight = *weight as f64;
            smaller += weight * f64::min(x, y);
            of_x += weight * x;
            of_y += weight * y;
        }
        let ratio = |whole: f64| (whole > 0.0).then(|| smaller / whole);
        prop_assert!(is_near(fit.left_within_right(), ratio(of_x)));
        prop_assert!(is_near(fit.right_within_left(), ratio(of_y)));
        prop_assert_eq!(fit.settled(), cases);
        // X is a subset of Y where its consistency as sufficient is perfect, and then Y's as necessary is, too.
        if of_x > 0.0 {
            prop_assert_eq!(fit.left_within_right() == Ok(1.0), within);
        }
        let apart = rows.iter().map(|row| row.2).sum::<u64>() - cases;
        let nowhere = |row: &&Weighed| row.0 == Verdict::NotApplicable || row.1 == Verdict::NotApplicable;
        let inapplicable: u64 = rows.iter().filter(nowhere).map(|row| row.2).sum();
        prop_assert_eq!(fit.undetermined + fit.contested + inapplicable, apart);
        let back = compare::Fit::of(&weighed_cases(&rows), 1, 0);
        prop_assert_eq!(back.left_within_right(), fit.right_within_left());
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

/// Kappa from shares and alpha from coincidences, of verdicts at random, also where they have no value.
#[test]
fn kappa_and_alpha_are_what_their_definitions_give() {
    let undefined = std::cell::Cell::new(0);
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 2_000,
        rng_seed: RngSeed::Fixed(1960),
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let outcome = runner.run(&weighed(), |rows| {
        let mut table = compare::CrossTable::default();
        let mut pairs = Vec::new();
        for (one, other, weight) in &rows {
            table.add(*one, *other, *weight);
            if *one != Verdict::NotApplicable && *other != Verdict::NotApplicable {
                pairs.extend(vec![(*one, *other); *weight as usize]);
            }
        }
        prop_assert!(is_near(table.kappa(), kappa(&pairs)), "{:?} {:?}", table.kappa(), kappa(&pairs));
        undefined.set(undefined.get() + usize::from(table.kappa().is_err()));
        let units = rows.iter().map(|(one, other, weight)| compare::Unit {
            weight: *weight,
            ratings: [*one, *other].map(|verdict| Undetermined::Missing.rating(verdict)).to_vec(),
        });
        let counted: Vec<Vec<Verdict>> = rows
            .iter()
            .flat_map(|(one, other, weight)| {
                let both = [*one, *other];
                let rated = both.into_iter().filter(|verdict| counts_as(*verdict, Undetermined::Missing)).collect();
                vec![rated; *weight as usize]
            })
            .collect();
        prop_assert!(is_near(compare::krippendorff_alpha(units), alpha(&counted)));
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
    assert!(undefined.get() > 50, "only {} were undefined", undefined.get());
}
