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

/// A path as seen from a folder, where both begin at the same place.
pub(super) fn relative(folder: &Path, path: &Path) -> String {
    let (folder, path) = (normalise(folder), normalise(path));
    let is_up = |part: &Component<'_>| matches!(part, Component::ParentDir);
    let mut below: Vec<Component<'_>> = folder.components().filter(|part| *part != Component::CurDir).collect();
    let mut rest: Vec<Component<'_>> = path.components().collect();
    let shared = below.iter().zip(&rest).take_while(|(left, right)| left == right).count();
    below.drain(..shared);
    rest.drain(..shared);
    if folder.is_absolute() != path.is_absolute() || below.iter().any(is_up) {
        return show(&path);
    }
    let mut words = vec!["..".to_owned(); below.len()];
    words.extend(rest.iter().map(|part| part.as_os_str().to_string_lossy().into_owned()));
    words.join("/")
}

/// Whether a path ends as files of the language do.
pub(super) fn is_program(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == EXTENSION)
}

/// Endings of tables that an import reads, each perhaps with `.gz` behind it.
const READ: &[&str] = &["csv", "tsv", "tab", "xlsx", "xlsm"];
/// Endings of tables that another program has to write anew first.
const UNREAD: &[&str] = &["dta", "xls", "xlsb", "ods", "parquet", "feather", "sav", "rds", "rda", "rdata"];

/// Whether a path ends as tables do, which programs import.
#[must_use]
pub fn is_table(path: &Path) -> bool {
    is_readable_table(path) || UNREAD.contains(&ending(path).as_str())
}

/// Whether a path ends as tables do that an import reads as they are.
pub(super) fn is_readable_table(path: &Path) -> bool {
    READ.contains(&ending(path).as_str())
}

/// What stands behind the last point of a name, small; of `trade.csv.gz` `csv`.
fn ending(path: &Path) -> String {
    let of = |path: &Path| path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    match of(path).as_str() {
        "gz" => of(&path.with_extension("")),
        ending => ending.to_owned(),
    }
}

/// The name of a file without its folder.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Whether a text is an address, as `https://example.org/table.csv` is, and no path.
pub(super) fn is_address(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, _)| {
        // One letter is a disk of Windows.
        scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
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
    fn paths_are_told_as_a_use_would_write_them() {
        for (folder, path, written) in [
            (".", "rules/x.ally", "rules/x.ally"),
            ("examples/corcyra", "rules/x.ally", "../../rules/x.ally"),
            ("rules", "rules/x.ally", "x.ally"),
            ("../rules", "../rules/x.ally", "x.ally"),
            ("../examples", "rules/x.ally", "rules/x.ally"),
            ("/a/b", "/a/c/x.ally", "../c/x.ally"),
        ] {
            assert_eq!(relative(Path::new(folder), Path::new(path)), written, "{folder} {path}");
        }
    }

    #[test]
    fn addresses_are_no_paths() {
        for (text, is_it) in [
            ("https://example.org/a.csv", true),
            ("file:///a.csv", true),
            ("git+ssh://example.org/a", true),
            ("C://a.csv", false),
            ("a/b.csv", false),
            ("a b://c", false),
            ("://c", false),
        ] {
            assert_eq!(is_address(text), is_it, "{text}");
        }
    }

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
