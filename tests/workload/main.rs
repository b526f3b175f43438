//! The made-up workload of `benches/workload`: its programs and questions, on evidence of which the answers are known.
//!
//! ```text
//! asked.rs      the questions, asked of the program as `benches/workload/run.py` asks them
//! evidence.rs   small evidence of the same shape, made from a seed
//! plainly.rs    the four answers by plain loops over the rows
//! published.rs  the generator of `run.py`, and the answers that are known of what it makes
//! ```
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod asked;
mod evidence;
mod plainly;
mod published;

use asked::Answers;
use evidence::{Evidence, Lives};

/// The first lines that one has and the other has not.
fn difference(found: &Answers, expected: &Answers) -> Option<String> {
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    let parts = expected.iter().filter(|(name, expected)| found[*name] != **expected).map(|(name, expected)| {
        let found = &found[name];
        let missing: Vec<&String> = expected.difference(found).take(5).collect();
        let wrong: Vec<&String> = found.difference(expected).take(5).collect();
        format!("{name}: missing {missing:?}, wrong {wrong:?}")
    });
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| parts.join("\n"))
}

/// Holds the answers of many seeds against the plain loops; none of the four questions has nothing to tell.
fn hold(seeds: std::ops::Range<u64>, lives: Lives) {
    let mut rows = [0; asked::NAMES.len()];
    for seed in seeds {
        let evidence = Evidence::new(seed, lives);
        let folder = tempfile::tempdir().unwrap();
        let further = evidence.write(folder.path());
        let found = asked::answers(folder.path(), &further);
        if let Some(difference) = difference(&found, &plainly::answers(&evidence)) {
            panic!("seed {seed}, {lives:?}: {difference}");
        }
        for (total, name) in rows.iter_mut().zip(asked::NAMES) {
            *total += found[name].len();
        }
    }
    println!("{lives:?}: {rows:?} rows of {:?}", asked::NAMES);
    assert!(rows.iter().all(|rows| *rows > 100), "{rows:?} rows of {:?}", asked::NAMES);
}

#[test]
fn small_evidence_has_the_answers_of_plain_loops() {
    hold(0..16, Lives::InTheRows);
}

#[test]
fn evidence_beyond_lives_has_the_answers_of_plain_loops() {
    hold(100..116, Lives::Declared);
}

#[test]
fn the_answers_at_the_smallest_size_are_those_that_are_known() {
    let Some(folder) = published::evidence() else {
        eprintln!("skipped: SYMMACHIA_BENCH names no folder with `gen.py`, or there is no `python3`");
        return;
    };
    let found = asked::answers(folder.path(), &[]);
    for (name, expected) in published::KNOWN {
        assert_eq!(published::checked(folder.path(), name, &found[name]), expected, "{name}");
    }
}
