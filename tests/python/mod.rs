//! A Python with packages, in an environment of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A Python that can import these packages: made once in the target folder, which later runs use again.
///
/// # Errors
/// Why there is none; a test that needs it is then skipped.
pub fn with(folder: &str, packages: &[&str]) -> Result<PathBuf, String> {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("target").join(folder);
    let python = place.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let imports = format!("import {}", packages.join(", "));
    let works = |python: &Path| {
        let tried = Command::new(python).args(["-c", &imports]).output();
        tried.is_ok_and(|output| output.status.success())
    };
    if works(&python) {
        return Ok(python);
    }
    let run = |program: &Path, words: &[&str]| match Command::new(program).args(words).output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        Err(error) => Err(format!("{}: {error}", program.display())),
    };
    run(Path::new("python3"), &["-m", "venv", &place.display().to_string()])?;
    let install = ["-m", "pip", "install", "--quiet", "--retries", "1", "--timeout", "15"];
    run(&python, &[&install, packages].concat())?;
    if works(&python) {
        Ok(python)
    } else {
        Err(format!("{} were installed and cannot be imported", packages.join(", ")))
    }
}
