//! Programs made of items of other programs: mostly wrong ones, in ways that nobody thought of.

use super::{Options, resolve};
use crate::syntax::tree::File;
use crate::text::Texts;
use std::path::{Path, PathBuf};

/// The texts of all programs below a folder.
fn programs(folder: &Path, found: &mut Vec<String>) {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            programs(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "ally")
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            found.push(text);
        }
    }
}

/// The words of each item of all programs that are shipped and tested.
fn all_items() -> Vec<String> {
    let mut found = Vec::new();
    for folder in ["tests/ui", "tests/cases", "rules", "examples"] {
        programs(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    }
    let mut items = Vec::new();
    for text in found {
        let mut texts = Texts::new();
        let file = texts.add("one.ally", text);
        let parsed = crate::syntax::parse(&texts, file, &mut |_| ());
        items.extend(parsed.tree.items.iter().map(|item| texts.slice(item.span).to_owned()));
    }
    items.sort();
    items.dedup();
    items
}

struct Choices(u64);

impl Choices {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn shuffle<T>(&mut self, all: &mut [T]) {
        for index in (1..all.len()).rev() {
            all.swap(index, self.below(index + 1));
        }
    }
}

/// The codes of the errors of some items in two files.
fn errors_of(items: &[&str], split: usize, strict: bool) -> Vec<&'static str> {
    let (one, two) = items.split_at(split);
    let mut texts = Texts::new();
    let mut trees: Vec<File> = Vec::new();
    for (name, items) in [("b.ally", one), ("a.ally", two)] {
        let file = texts.add(name, items.join("\n"));
        trees.push(crate::syntax::parse(&texts, file, &mut |_| ()).tree);
    }
    let resolution = resolve(&texts, &trees, &Options { strict, ..Options::default() });
    let program = &resolution.program;
    assert!(program.kinds.iter().all(|kind| kind.members.is_sorted()));
    assert!(program.individuals.is_sorted_by_key(|individual| (individual.kind, individual.name.clone())));
    for rule in &program.rules {
        assert!(rule.variables.len() >= program.relation(rule.relation).roles.len());
        assert!(rule.body.free.iter().all(|slot| *slot < program.relation(rule.relation).roles.len()), "{items:#?}");
    }
    let mut codes: Vec<&'static str> = resolution
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .map(|diagnostic| diagnostic.code)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[test]
fn any_items_are_resolved_and_their_order_decides_nothing() {
    let all = all_items();
    let mut choices = Choices(11);
    for round in 0..1500 {
        let count = 2 + choices.below(14);
        // A file has one framework, so that frameworks cannot move between files.
        let mut items: Vec<&str> = (0..count)
            .map(|_| all[choices.below(all.len())].as_str())
            .filter(|item| !item.starts_with("framework"))
            .collect();
        let expected = errors_of(&items, items.len() / 2, round % 5 == 0);
        choices.shuffle(&mut items);
        let found = errors_of(&items, items.len() / 3, round % 5 == 0);
        assert_eq!(expected.is_empty(), found.is_empty(), "{items:#?} {expected:?} {found:?}");
    }
}
