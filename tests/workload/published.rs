//! Evidence from the generator that `benches/workload/run.py` uses, which is no part of the project.

use std::collections::BTreeSet;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Rows and checksum of each answer at the smallest size, as they are published with the generator.
pub const KNOWN: [(&str, &str); 4] = [
    ("ally_year", "rows=628 distinct=628 sha1=02fd72e698d3"),
    ("bloc_year", "rows=43373 distinct=43373 sha1=e511da814081"),
    ("ally_day", "rows=450 distinct=450 sha1=5c165a05ecf3"),
    ("bloc_day", "rows=8057 distinct=8057 sha1=2232bad54cef"),
];

/// A folder with the evidence of the smallest size; none where there is no generator, or nothing to run it.
pub fn evidence() -> Option<tempfile::TempDir> {
    let generator = script("gen.py").filter(|generator| generator.is_file())?;
    python().arg("--version").output().ok()?;
    let folder = tempfile::tempdir().unwrap();
    told(python().arg(generator).arg("1").arg(folder.path()));
    Some(folder)
}

/// What the checker of the generator says of an answer.
pub fn checked(folder: &Path, name: &str, lines: &BTreeSet<String>) -> String {
    let path = folder.join(format!("{name}.csv"));
    std::fs::write(&path, lines.iter().map(|line| line.clone() + "\n").collect::<String>()).unwrap();
    let told = told(python().arg(script("check.py").unwrap()).arg(path));
    // Before it stands the name of the file.
    told.trim().split_once(' ').unwrap().1.to_owned()
}

fn script(name: &str) -> Option<PathBuf> {
    let folder = env::var_os("SYMMACHIA_BENCH").filter(|folder| !folder.is_empty())?;
    Some(Path::new(&folder).join(name))
}

fn python() -> Command {
    Command::new("python3")
}

fn told(command: &mut Command) -> String {
    let run = command.output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}
