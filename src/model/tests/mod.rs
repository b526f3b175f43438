//! Resolution on real text.

#![allow(clippy::expect_used, clippy::panic)]

mod evidence;
mod kinds;
mod mixtures;
mod names;
mod order;
mod recursion;
mod rules;
mod shown;

use super::{Options, Program, Resolution, resolve};
use crate::text::Texts;

/// Resolves texts with their names; what does not parse fails the test.
fn resolved_files(files: &[(&str, &str)], options: &Options) -> (Texts, Resolution) {
    let mut texts = Texts::new();
    let mut trees = Vec::new();
    for (name, text) in files {
        let file = texts.add(*name, *text);
        let parsed = crate::syntax::parse(&texts, file, &mut |_| ());
        assert!(parsed.diagnostics.is_empty(), "{name} does not parse: {:#?}", parsed.diagnostics);
        trees.push(parsed.tree);
    }
    let resolution = resolve(&texts, &trees, options);
    (texts, resolution)
}

fn resolved(text: &str) -> (Texts, Resolution) {
    resolved_files(&[("test.ally", text)], &Options::default())
}

/// A program without any diagnostic.
fn sound(text: &str) -> Program {
    let (texts, resolution) = resolved(text);
    let said = said(&texts, &resolution);
    assert!(said.is_empty(), "{said}");
    resolution.program
}

/// Each diagnostic in a line or several: code, message, the underlined words with what is said of them, and help.
fn said(texts: &Texts, resolution: &Resolution) -> String {
    let mut lines = Vec::new();
    for diagnostic in &resolution.diagnostics {
        let code = diagnostic.code.strip_prefix("symmachia::").unwrap_or(diagnostic.code);
        lines.push(format!("{:?} {code}: {}", diagnostic.severity, diagnostic.message));
        for label in &diagnostic.labels {
            lines.push(format!("  [{}] {}", texts.slice(label.span), label.text));
        }
        lines.extend(diagnostic.help.iter().map(|help| format!("  help: {help}")));
    }
    lines.join("\n")
}

/// What a text gives rise to.
fn said_of(text: &str) -> String {
    let (texts, resolution) = resolved(text);
    said(&texts, &resolution)
}

/// The codes of a text, without `symmachia::`.
fn codes_of(text: &str) -> Vec<&'static str> {
    let (_, resolution) = resolved(text);
    resolution.diagnostics.iter().filter_map(|diagnostic| diagnostic.code.strip_prefix("symmachia::")).collect()
}

#[test]
#[ignore = "takes time: a file of many facts"]
fn many_facts() {
    use std::fmt::Write;
    let mut text = String::from(
        "kind treaty\npredicate party(member: state, to: treaty)\nmeasure trade(a: state, b: state) in \"USD\"\nsource s \"S\" until 2014\n",
    );
    for index in 0..300 {
        let _ = writeln!(text, "state s{index} from 1800 until 2100");
    }
    for index in 0..600_000 {
        let (one, two) = (index % 300, (index / 300) % 300);
        let year = 1816 + index % 200;
        let _ = match index % 3 {
            0 => writeln!(
                text,
                "party(s{one}, treaty_{}) from {year} until {} [s, \"p. {index}\"]",
                index / 60,
                year + 3
            ),
            1 => writeln!(text, "trade(s{one}, s{}) = {index} in {year} [s]", if one == two { two + 1 } else { two }),
            _ => writeln!(text, "talks(s{one}, s{}) in {year}", if one == two { two + 1 } else { two }),
        };
    }
    let mut texts = Texts::new();
    let file = texts.add("many.ally", text);
    let start = std::time::Instant::now();
    let parsed = crate::syntax::parse(&texts, file, &mut |_| ());
    let read = start.elapsed();
    let resolution = resolve(&texts, &[parsed.tree], &Options::default());
    println!("read in {read:?}, resolved in {:?}", start.elapsed() - read);
    println!("{}", said(&texts, &resolution).lines().take(12).collect::<Vec<_>>().join("\n"));
    println!(
        "{} statements, {} individuals",
        resolution.program.statements.len(),
        resolution.program.individuals.len()
    );
}
