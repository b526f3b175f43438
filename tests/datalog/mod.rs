//! A little Datalog with stratified negation, to hold the language against where everything is complete and undated.
//!
//! `reaches(X, Z) :- road(X, Y), reaches(Y, Z), not closed(Y), X != Z.` Variables begin with a capital; clauses end with a full stop.

use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone)]
struct Atom {
    name: String,
    arguments: Vec<String>,
}

#[derive(Debug, Clone)]
enum Literal {
    Positive(Atom),
    Negative(Atom),
    Different(String, String),
}

#[derive(Debug, Clone)]
struct Clause {
    head: Atom,
    body: Vec<Literal>,
}

type Binding = BTreeMap<String, String>;

/// What follows from the clauses: for each predicate its tuples.
pub type Model = BTreeMap<String, BTreeSet<Vec<String>>>;

/// The only model that the stratified clauses have by intention.
pub fn evaluate(text: &str) -> Model {
    let clauses: Vec<Clause> = split(text, '.').iter().map(|clause| parse_clause(clause)).collect();
    let strata = strata(&clauses);
    let mut model = Model::new();
    for clause in &clauses {
        model.entry(clause.head.name.clone()).or_default();
    }
    for stratum in 0..=strata.values().copied().max().unwrap_or(0) {
        loop {
            let mut found = Vec::new();
            for clause in clauses.iter().filter(|clause| strata[&clause.head.name] == stratum) {
                solve(&clause.body, &Binding::new(), &model, &mut |binding| {
                    let tuple =
                        clause.head.arguments.iter().map(|argument| value(argument, binding).unwrap()).collect();
                    found.push((clause.head.name.clone(), tuple));
                });
            }
            let mut has_grown = false;
            for (name, tuple) in found {
                has_grown |= model.entry(name).or_default().insert(tuple);
            }
            if !has_grown {
                break;
            }
        }
    }
    model
}

/// The lowest numbers such that a negated predicate stands below, and any other no higher.
fn strata(clauses: &[Clause]) -> BTreeMap<String, usize> {
    let mut strata: BTreeMap<String, usize> = clauses.iter().map(|clause| (clause.head.name.clone(), 0)).collect();
    loop {
        let mut has_changed = false;
        for clause in clauses {
            let least = clause.body.iter().map(|literal| match literal {
                Literal::Positive(atom) => strata.get(&atom.name).copied().unwrap_or(0),
                Literal::Negative(atom) => strata.get(&atom.name).copied().unwrap_or(0) + 1,
                Literal::Different(..) => 0,
            });
            let least = least.max().unwrap_or(0);
            assert!(least <= clauses.len(), "not stratified: {}", clause.head.name);
            let known = strata.get_mut(&clause.head.name).unwrap();
            has_changed |= *known < least;
            *known = (*known).max(least);
        }
        if !has_changed {
            return strata;
        }
    }
}

fn solve(body: &[Literal], binding: &Binding, model: &Model, found: &mut dyn FnMut(&Binding)) {
    // What is negated waits until its variables are bound.
    let ready = body.iter().position(|literal| match literal {
        Literal::Positive(_) => true,
        Literal::Negative(atom) => atom.arguments.iter().all(|argument| value(argument, binding).is_some()),
        Literal::Different(one, other) => value(one, binding).is_some() && value(other, binding).is_some(),
    });
    let Some(ready) = ready else {
        assert!(body.is_empty(), "unsafe: {body:?}");
        found(binding);
        return;
    };
    let mut rest = body.to_vec();
    match rest.remove(ready) {
        Literal::Positive(atom) => {
            for tuple in model.get(&atom.name).into_iter().flatten() {
                let mut longer = binding.clone();
                let fits = atom.arguments.iter().zip(tuple).all(|(argument, individual)| {
                    is_variable(argument) && longer.entry(argument.clone()).or_insert(individual.clone()) == individual
                        || argument == individual
                });
                if fits {
                    solve(&rest, &longer, model, found);
                }
            }
        }
        Literal::Negative(atom) => {
            let tuple: Vec<String> = atom.arguments.iter().map(|argument| value(argument, binding).unwrap()).collect();
            if !model.get(&atom.name).is_some_and(|tuples| tuples.contains(&tuple)) {
                solve(&rest, binding, model, found);
            }
        }
        Literal::Different(one, other) => {
            if value(&one, binding) != value(&other, binding) {
                solve(&rest, binding, model, found);
            }
        }
    }
}

fn is_variable(argument: &str) -> bool {
    argument.starts_with(|letter: char| letter.is_ascii_uppercase())
}

fn value(argument: &str, binding: &Binding) -> Option<String> {
    if is_variable(argument) { binding.get(argument).cloned() } else { Some(argument.to_owned()) }
}

/// Parts between separators that stand outside parentheses.
fn split(text: &str, separator: char) -> Vec<String> {
    let (mut parts, mut depth) = (vec![String::new()], 0);
    for letter in text.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if letter == separator && depth == 0 {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(letter);
        }
    }
    parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

fn parse_clause(text: &str) -> Clause {
    let (head, body) = text.split_once(":-").unwrap_or((text, ""));
    let body = split(body, ',').iter().map(|literal| parse_literal(literal)).collect();
    Clause { head: parse_atom(head), body }
}

fn parse_literal(text: &str) -> Literal {
    if let Some((one, other)) = text.split_once("!=") {
        Literal::Different(one.trim().to_owned(), other.trim().to_owned())
    } else if let Some(atom) = text.strip_prefix("not ") {
        Literal::Negative(parse_atom(atom))
    } else {
        Literal::Positive(parse_atom(text))
    }
}

fn parse_atom(text: &str) -> Atom {
    let (name, arguments) = text.trim().trim_end_matches(')').split_once('(').unwrap();
    Atom { name: name.trim().to_owned(), arguments: split(arguments, ',') }
}
