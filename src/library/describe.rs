//! What a file of the library is, and what it says of itself.

use super::LibraryFile;
use crate::syntax;
use crate::syntax::tree::{Item, ItemKind};
use crate::text::Texts;
use serde::Serialize;

/// What a file of the library is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// It has criteria under the name of a framework.
    Framework,
    /// It has criteria that belong to no framework.
    Criteria,
    /// It declares states.
    States,
    /// It declares words, and says nothing with them.
    Vocabulary,
}

impl Sort {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Sort::Framework => "framework",
            Sort::Criteria => "criteria",
            Sort::States => "states",
            Sort::Vocabulary => "vocabulary",
        }
    }
}

/// What is to be told of a file of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// The file.
    pub file: LibraryFile,
    /// What it is for.
    pub sort: Sort,
    /// The label of its framework, or else the first sentence of the comment with which it opens.
    pub title: String,
}

/// Reads a file of the library for what it says of itself.
#[must_use]
pub fn describe(file: &LibraryFile) -> Description {
    let mut texts = Texts::new();
    let id = texts.add(file.shown(), file.text);
    let items = syntax::parse(&texts, id, &mut |_| {}).tree.items;
    let label = items.iter().find_map(|item| match &item.kind {
        ItemKind::Framework(framework) => Some(framework.label.as_ref().map(|label| label.text.clone())),
        _ => None,
    });
    let sort = if label.is_some() { Sort::Framework } else { sort_of(&items) };
    let title = label.flatten().unwrap_or_else(|| opening_sentence(file.text));
    Description { file: *file, sort, title }
}

fn sort_of(items: &[Item]) -> Sort {
    let has = |wanted: fn(&ItemKind) -> bool| items.iter().any(|item| wanted(&item.kind));
    let is_of_states = |name: &str| {
        name == "state"
            || items.iter().any(|item| match &item.kind {
                ItemKind::Kind(kind) => {
                    kind.name.text == name && kind.parent.as_ref().is_some_and(|parent| parent.text == "state")
                }
                _ => false,
            })
    };
    // A vocabulary may name what its kinds consist of.
    let is_state = |item: &Item| matches!(&item.kind, ItemKind::Individual(one) if is_of_states(&one.kind.text));
    if items.iter().any(is_state) {
        Sort::States
    } else if has(|kind| matches!(kind, ItemKind::Rule(_) | ItemKind::Classification(_) | ItemKind::DefinedMeasure(_)))
    {
        Sort::Criteria
    } else {
        Sort::Vocabulary
    }
}

/// The first sentence of the comment at the top of a text, without its full stop.
fn opening_sentence(text: &str) -> String {
    let words: Vec<&str> = text
        .lines()
        .map_while(|line| line.strip_prefix('#'))
        .map(|line| line.trim_start_matches('#').trim())
        .skip_while(|line| line.is_empty())
        .take_while(|line| !line.is_empty())
        .flat_map(str::split_whitespace)
        .collect();
    let paragraph = words.join(" ");
    let end = paragraph.find(". ").unwrap_or(paragraph.len());
    paragraph[..end].trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(text: &'static str) -> (Sort, String) {
        let description = describe(&LibraryFile { path: "x.ally", text });
        (description.sort, description.title)
    }

    #[test]
    fn a_file_is_what_it_declares() {
        let framework = "framework f \"Form\"\nally(A, B) requires obliged\n";
        assert_eq!(described(framework), (Sort::Framework, "Form".to_owned()));
        let unlabelled = "## In form.\n## In law only.\nframework f\nally(A, B) requires obliged\n";
        assert_eq!(described(unlabelled), (Sort::Framework, "In form".to_owned()));
        assert_eq!(
            described("#\n# Rules. And more.\nally(A, B) requires obliged\n"),
            (Sort::Criteria, "Rules".to_owned())
        );
        assert_eq!(
            described("# Lands\n# of the world\nstate arden\n"),
            (Sort::States, "Lands of the world".to_owned())
        );
        assert_eq!(described("# Members.\nkind member in state\nmember arden\n").0, Sort::States);
        assert_eq!(described("# Bases.\nkind base\nbase camp\n").0, Sort::Vocabulary);
        assert_eq!(described("kind treaty\n"), (Sort::Vocabulary, String::new()));
    }
}
