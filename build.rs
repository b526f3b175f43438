//! Puts the files of `rules/` into the program, as the library.
//!
//! A list of them is written anew whenever one is added, changed or taken away, so that a new file needs no other change. What is in
//! `rules/expectations/` tests the others and stays out.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

/// The tests of the library, which are no part of it.
const TESTS: &str = "expectations";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=rules");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("rules");
    let mut paths = Vec::new();
    programs_below(&folder, "", &mut paths)?;
    paths.sort();
    let mut names: Vec<&str> = paths.iter().map(|path| name_of(path)).collect();
    names.sort_unstable();
    if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(format!(
            "rules/ has two files of the name `{}`; `use library` could not tell them apart",
            twice[0]
        )
        .into());
    }
    let mut list = String::from("&[\n");
    for path in &paths {
        let place = folder.join(path);
        writeln!(list, "    LibraryFile {{ path: {path:?}, text: include_str!({:?}) }},", place.display().to_string())?;
    }
    list.push_str("]\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("library.rs"), list)?;
    Ok(())
}

/// The programs in a folder and the folders in it, relative to the first, with `/` between the parts.
fn programs_below(folder: &Path, prefix: &str, paths: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        if entry.path().is_dir() {
            if !(prefix.is_empty() && name == TESTS) {
                programs_below(&entry.path(), &format!("{prefix}{name}/"), paths)?;
            }
        } else if name.ends_with(".ally") {
            paths.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}

/// Without folder and ending.
fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path).trim_end_matches(".ally")
}
