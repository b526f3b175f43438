//! Which words of a command are files.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use symmachia::loading::is_table;

/// The words of a command: `eval ally rules/ evidence.ally` names a criterion and two files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// Criteria or cases.
    pub questions: Vec<String>,
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// `de_jure.ally` is no file here, and may be the criterion `ally` of a framework `de_jure`.
    pub doubtful: Vec<String>,
    /// Of the criteria those to which only the ending is missing that makes them a file here: `sketch`, where there is a `sketch.ally`.
    pub without_ending: Vec<String>,
    /// The criteria, cases and doubtful words in the order in which they were given.
    pub in_order: Vec<String>,
}

impl Words {
    /// Sorts words. A word is a file where it exists on the disk or looks like one.
    pub fn sort(words: &[String], exists: impl Fn(&Path) -> bool) -> Words {
        let mut sorted = Words::default();
        for word in words {
            // An atom may hold a quoted name with anything in it, so a parenthesis decides.
            let is_atom = word.contains('(');
            let looks_like_path = word.contains(['/', MAIN_SEPARATOR])
                || is_table(Path::new(word))
                || meant_file(word).is_some_and(|meant| exists(&meant));
            if exists(Path::new(word)) || word == "-" || (looks_like_path && !is_atom) {
                sorted.paths.push(PathBuf::from(word));
            } else if word.ends_with(".ally") && !is_atom {
                sorted.doubtful.push(word.clone());
                sorted.in_order.push(word.clone());
            } else {
                if !is_atom && exists(Path::new(&format!("{word}.ally"))) {
                    sorted.without_ending.push(word.clone());
                }
                sorted.in_order.push(word.clone());
                sorted.questions.push(word.clone());
            }
        }
        sorted
    }
}

/// The file of a word whose ending is `.ally` with one letter wrong: `sketch.aly`.
fn meant_file(word: &str) -> Option<PathBuf> {
    let ending = Path::new(word).extension()?.to_str()?;
    (strsim::damerau_levenshtein(ending, "ally") == 1).then(|| Path::new(word).with_extension("ally"))
}

/// Some paths, or the current folder where there are none.
pub fn or_here(paths: &[PathBuf]) -> Vec<PathBuf> {
    if paths.is_empty() { vec![PathBuf::from(".")] } else { paths.to_vec() }
}

/// Whether a word that is no command looks like a file, so that somebody forgot the command.
pub fn is_path(word: &str) -> bool {
    word.ends_with(".ally") || Path::new(word).exists() || Path::new(&format!("{word}.ally")).exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sorted_by_how_they_look_and_what_exists() {
        let words = [
            "ally",
            "rules",
            "ally(a, \"b/c\")",
            "evidence.ally",
            "missing/folder",
            "de_jure.ally",
            "evidence",
            "trade.csv",
            "evidence.aly",
            "evidence.loyal",
            "other.aly",
        ];
        let sorted =
            Words::sort(&words.map(String::from), |path| ["rules", "evidence.ally"].map(Path::new).contains(&path));
        assert_eq!(sorted.questions, ["ally", "ally(a, \"b/c\")", "evidence", "evidence.loyal", "other.aly"]);
        assert_eq!(sorted.without_ending, ["evidence"]);
        assert_eq!(
            sorted.paths,
            ["rules", "evidence.ally", "missing/folder", "trade.csv", "evidence.aly"].map(PathBuf::from)
        );
        assert_eq!(sorted.doubtful, ["de_jure.ally"]);
        let in_order = ["ally", "ally(a, \"b/c\")", "de_jure.ally", "evidence", "evidence.loyal", "other.aly"];
        assert_eq!(sorted.in_order, in_order);
    }
}
