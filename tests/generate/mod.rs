//! Random programs, as text: valid by construction, that is safe, stratified and of the right kinds.
//!
//! ```text
//! tape.rs        choices, which proptest draws and shrinks
//! calendar.rs    dates and stretches of time
//! vocabulary.rs  kinds, individuals, predicates, recorded measures
//! tree.rs        conditions and expressions, and how they are written
//! conditions.rs  which conditions may stand where
//! derived.rs     criteria, circles, bridges, scores, classifications
//! circles.rs     circles of criteria whose evidence contradicts itself
//! chains.rs      chains of pairs whose evidence does not
//! quarrels.rs    criteria that ask of all members of a kind of whom little is said
//! flows.rs       values for periods that share no day, added up over a kind
//! evidence.rs    facts and records
//! ```
#![allow(dead_code, reason = "each test binary uses a part of it")]

pub mod calendar;
mod chains;
mod circles;
mod conditions;
mod derived;
mod evidence;
mod flows;
mod quarrels;
mod tape;
mod tree;
mod vocabulary;

pub use calendar::Calendar;
pub use tree::Parentheses;

use proptest::collection::vec;
use proptest::prelude::*;
use tape::Tape;
use vocabulary::Vocabulary;

/// What programs may contain.
#[derive(Debug, Clone, Copy)]
pub struct Features {
    pub calendar: Calendar,
    /// Dated facts and records, time forms, conditions on the moment.
    pub time: bool,
    pub lives: bool,
    /// `complete`, `unknown`, open kinds.
    pub completeness: bool,
    pub only: bool,
    pub shown: bool,
    pub only_if: bool,
    pub numbers: bool,
    /// Preferences between sources.
    pub preferences: bool,
    /// Criteria in frameworks, in files of their own.
    pub frameworks: bool,
    /// Chains, quarrels and flows, which come with evidence and kinds of their own.
    pub chains: bool,
}

impl Features {
    pub fn all(calendar: Calendar) -> Features {
        Features {
            calendar,
            time: true,
            lives: true,
            completeness: true,
            only: true,
            shown: true,
            only_if: true,
            numbers: true,
            preferences: true,
            frameworks: true,
            chains: true,
        }
    }
}

/// The choices from which a program is made, a tape for each item, so that an item can be left out by itself.
#[derive(Debug, Clone)]
pub struct Recipe {
    base: Vec<u16>,
    predicates: Vec<Vec<u16>>,
    measures: Vec<Vec<u16>>,
    derived: Vec<Vec<u16>>,
    facts: Vec<Vec<u16>>,
    values: Vec<Vec<u16>>,
    records: Vec<Vec<u16>>,
    preferences: Vec<Vec<u16>>,
}

impl Recipe {
    /// The same rules without any evidence.
    pub fn without_evidence(&self) -> Recipe {
        Recipe { facts: Vec::new(), values: Vec::new(), records: Vec::new(), ..self.clone() }
    }
}

fn tapes(number: std::ops::Range<usize>, length: usize) -> impl Strategy<Value = Vec<Vec<u16>>> {
    vec(vec(any::<u16>(), 0..length), number)
}

pub fn recipes() -> impl Strategy<Value = Recipe> {
    (
        vec(any::<u16>(), 0..60),
        tapes(1..6, 12),
        tapes(0..3, 10),
        tapes(1..7, 80),
        tapes(0..16, 40),
        tapes(0..6, 40),
        tapes(0..5, 30),
        tapes(0..4, 50),
    )
        .prop_map(|(base, predicates, measures, derived, facts, values, records, preferences)| Recipe {
            base,
            predicates,
            measures,
            derived,
            facts,
            values,
            records,
            preferences,
        })
}

/// A program: files with their items, in order. The first file uses all others.
#[derive(Debug, Clone)]
pub struct Generated {
    pub files: Vec<(String, Vec<String>)>,
}

impl Generated {
    /// The program that a recipe makes with these features.
    pub fn new(recipe: &Recipe, features: &Features, parentheses: Parentheses) -> Generated {
        let mut tape = Tape::new(&recipe.base);
        let mut shared = Vec::new();
        let mut vocabulary = Vocabulary::new(&mut tape, features, &mut shared);
        for choices in &recipe.predicates {
            vocabulary.predicate(&mut Tape::new(choices), &mut shared);
        }
        for choices in recipe.measures.iter().filter(|_| features.numbers) {
            vocabulary.recorded_measure(&mut Tape::new(choices), &mut shared);
        }
        let has_frameworks = features.frameworks && tape.chance(25);
        let mut frameworks: Vec<(String, Vec<String>)> = Vec::new();
        for (place, choices) in recipe.derived.iter().enumerate() {
            let mut tape = Tape::new(choices);
            // The first are shared, so that frameworks have something in common.
            let framework = (has_frameworks && place > 0).then(|| (*tape.pick(&["alpha", "beta"])).to_owned());
            let mut derived = derived::Derived {
                vocabulary: &mut vocabulary,
                features,
                parentheses,
                framework: framework.clone(),
                items: Vec::new(),
            };
            derived.define(&mut tape);
            let items = derived.items;
            match framework {
                None => shared.extend(items),
                Some(framework) => match frameworks.iter_mut().find(|(name, _)| *name == framework) {
                    Some((_, known)) => known.extend(items),
                    None => frameworks.push((framework, items)),
                },
            }
        }
        for choices in &recipe.facts {
            shared.extend(evidence::fact(&mut Tape::new(choices), &vocabulary, features));
        }
        for choices in recipe.values.iter().filter(|_| features.numbers) {
            shared.extend(evidence::value(&mut Tape::new(choices), &vocabulary, features));
        }
        for choices in recipe.records.iter().filter(|_| features.completeness) {
            let Some(record) = evidence::record(&mut Tape::new(choices), &vocabulary, features) else { continue };
            // A predicate that nothing declares must be used by more than a record.
            let is_known = |name: &str| {
                let all = shared.iter().chain(frameworks.iter().flat_map(|(_, items)| items));
                all.flat_map(|item| item.split(|letter: char| !letter.is_alphanumeric())).any(|word| word == name)
            };
            if record.split([' ', '(']).nth(1).is_some_and(is_known) {
                shared.push(record);
            }
        }
        for choices in recipe.preferences.iter().filter(|_| features.preferences) {
            let mut tape = Tape::new(choices);
            let preference = evidence::preference(&mut tape, &vocabulary, features);
            if preference.is_some() {
                shared.extend(evidence::rivals(&mut tape, &vocabulary, features));
            }
            let Some(preference) = preference else { continue };
            let is_known = |name: &str| {
                let all = shared.iter().chain(frameworks.iter().flat_map(|(_, items)| items));
                all.flat_map(|item| item.split(|letter: char| !letter.is_alphanumeric())).any(|word| word == name)
            };
            if preference.split([' ', '(']).skip_while(|word| *word != "for").nth(1).is_none_or(is_known) {
                shared.push(preference);
            }
        }
        Generated::of_files(shared, frameworks)
    }

    /// Each framework's file uses the shared one; a file of nothing else uses them all.
    fn of_files(shared: Vec<String>, frameworks: Vec<(String, Vec<String>)>) -> Generated {
        if frameworks.is_empty() {
            return Generated { files: vec![("main.ally".to_owned(), shared)] };
        }
        let names: Vec<String> = frameworks.iter().map(|(name, _)| name.clone()).collect();
        let mut files = vec![("main.ally".to_owned(), Vec::new())];
        for (name, items) in frameworks {
            let others = names.iter().filter(|other| **other != name).map(|other| format!("use \"{other}.ally\""));
            let mut head = vec![format!("framework {name} \"The {name} view\""), "use \"shared.ally\"".to_owned()];
            // Uses may not go in a circle.
            head.extend(others.filter(|_| name == names[names.len() - 1]));
            head.extend(items);
            files[0].1.push(format!("use \"{name}.ally\""));
            files.push((format!("{name}.ally"), head));
        }
        files.push(("shared.ally".to_owned(), shared));
        Generated { files }
    }

    /// Everything, to be printed.
    pub fn text(&self) -> String {
        let files: Vec<String> =
            self.files.iter().map(|(name, items)| format!("# {name}\n{}\n", items.join("\n"))).collect();
        files.join("\n")
    }
}
