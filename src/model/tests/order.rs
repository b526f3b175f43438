//! Nothing depends on the order of files or items.

use super::{resolved_files, said};
use crate::model::Options;

const ITEMS: &[&str] = &[
    "kind treaty",
    "open kind domain = military, political",
    "kind stans in state = kazakhstan, uzbekistan",
    "kind level = none < high",
    "state russia \"Russia\" from 1991-12-25 alias cow:365",
    "state russia",
    "treaty csto",
    "source a \"A\" until 2014",
    "predicate party(member: state, to: treaty)",
    "measure threat(of: state, to: state) in level",
    "parameter needed = 2",
    "bloc(A, B) if party(A, T) and party(B, T)",
    "bloc(X, Z) if bloc(X, Y) and bloc(Y, Z)",
    "ally(P, Q) requires mutually guarantees and presses(Q, P, military) and not hostile",
    "hostile(A, B) requires threat >= high or signed(A, D) and D > 1999",
    "classify tie(A, B) as pact when ally, otherwise none",
    "party({stans, russia}, csto) from 1992 [a]",
    "guarantees(russia, belarus) [b]",
    "presses(russia, georgia, military) from 2008",
    "signed(russia, 2001-06-15)",
    "threat(russia, georgia) = high in 2008",
    "complete party(_, csto) from 1992",
    "expect ally(russia, armenia) in 1999 is undetermined",
    "cases ally over russia, stans",
];

/// What a program says, but for places and the order of what follows places.
fn shape(items: &[&str], split: usize) -> String {
    let (one, two) = items.split_at(split);
    let (one, two) = (one.join("\n"), two.join("\n"));
    let (texts, resolution) = resolved_files(&[("b.ally", &one), ("a.ally", &two)], &Options::default());
    let errors: Vec<_> = resolution.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).collect();
    assert!(errors.is_empty(), "{}", said(&texts, &resolution));
    let program = resolution.program;
    let mut by_place: Vec<String> = Vec::new();
    by_place.extend(program.statements.iter().map(|statement| format!("{statement:?}")));
    by_place.extend(program.completeness.iter().map(|complete| format!("{complete:?}")));
    by_place.extend(program.assertions.iter().map(|assertion| format!("{assertion:?}")));
    by_place.extend(program.cases.iter().map(|cases| format!("{cases:?}")));
    by_place.extend(program.rules.iter().map(|rule| format!("{rule:?}")));
    let mut by_place: Vec<String> = by_place.iter().map(|text| without_places(text)).collect();
    by_place.sort();
    let relations: Vec<_> = program
        .relations
        .iter()
        .map(|relation| {
            (&relation.name, &relation.roles, relation.rules.len(), relation.component, relation.is_criterion)
        })
        .collect();
    let by_name = format!(
        "{:?}\n{:?}\n{:?}\n{relations:?}\n{:?}\n{:?}\n{:?}",
        program.kinds,
        program.individuals,
        program.sources,
        program.measures,
        program.parameters,
        program.recursive_components
    );
    format!("{}\n{}", without_places(&by_name), by_place.join("\n"))
}

fn without_places(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("Span { ") {
        shown.push_str(before);
        shown.push_str("Span");
        rest = after.split_once(" }").map_or("", |(_, rest)| rest);
    }
    shown + rest
}

#[test]
fn nothing_depends_on_the_order_of_items_and_files() {
    let expected = shape(ITEMS, 0);
    let mut items = ITEMS.to_vec();
    let mut state = 7_u64;
    for round in 0..40 {
        for index in (1..items.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            items.swap(index, (state >> 33) as usize % (index + 1));
        }
        let found = shape(&items, round % items.len());
        if found != expected {
            let difference = expected.lines().zip(found.lines()).find(|(one, two)| one != two);
            panic!("{items:#?}\n{difference:#?}");
        }
    }
}
