//! How paths are joined and shown.

use std::path::{Component, Path, PathBuf};

/// What files of the language end in.
pub(super) const EXTENSION: &str = "ally";

/// The path without `.` and, where a name stands before it, without `..`.
///
/// It follows the words of the path and not the links of a disk, so it is for showing; files are read by the path as it was given.
pub(super) fn normalise(path: &Path) -> PathBuf {
    let mut parts: Vec<Component<'_>> = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (Component::CurDir, _) | (Component::ParentDir, Some(Component::RootDir)) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    if parts.is_empty() { PathBuf::from(".") } else { parts.into_iter().collect() }
}

/// How a path is shown.
pub(super) fn show(path: &Path) -> String {
    normalise(path).display().to_string()
}

/// Whether a path ends as files of the language do.
pub(super) fn is_program(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == EXTENSION)
}

/// The folder in which a file lies.
pub(super) fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_without_detours() {
        for (given, shown) in [
            ("examples/central_asia/../../rules/x.ally", "rules/x.ally"),
            ("./rules/x.ally", "rules/x.ally"),
            ("../x.ally", "../x.ally"),
            ("a/../../x.ally", "../x.ally"),
            ("/../x.ally", "/x.ally"),
            ("a/..", "."),
            (".", "."),
        ] {
            assert_eq!(show(Path::new(given)), shown, "{given}");
        }
    }
}
