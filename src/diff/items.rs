//! The items in which two versions differ. Where they stand, how they are laid out and what is said of them in comments makes no difference.

use super::version::{ReadTable, Version, VersionFile};
use crate::syntax::tree::{self, ItemKind};
use crate::tables::Table;
use crate::text::{Span, Texts};
use std::collections::BTreeMap;
use std::rc::Rc;

/// An item that one version has and the other has not, or has otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemChange {
    /// As it was.
    pub before: Option<Item>,
    /// As it is.
    pub after: Option<Item>,
}

/// An item of a version.
#[derive(Debug, Clone)]
pub struct Item {
    /// The file, by its key.
    file: String,
    /// The framework whose file it is, where that matters to it.
    framework: Option<String>,
    /// Its place in the texts of its version.
    pub span: Span,
    /// As written.
    pub text: String,
    /// In one line, without comments.
    pub words: String,
    /// What it is about.
    head: String,
    /// Of an import, its table.
    table: Option<Rc<Table>>,
}

impl PartialEq for Item {
    fn eq(&self, other: &Self) -> bool {
        (&self.file, self.span) == (&other.file, other.span) && self.says_the_same(other)
    }
}

impl Item {
    /// Whether it says the same in another place; an import, whether its table does.
    fn says_the_same(&self, other: &Item) -> bool {
        let same_table = match (&self.table, &other.table) {
            (Some(one), Some(two)) => one.says_the_same(two),
            (one, two) => one.is_none() && two.is_none(),
        };
        same_table && self.framework == other.framework && self.words == other.words
    }

    /// Its table, as that of an import in a file.
    fn read_table(&self, file: &str) -> Option<ReadTable> {
        let table = self.table.clone()?;
        Some(ReadTable { file: file.to_owned(), words: self.words.clone(), table })
    }
}

impl ItemChange {
    /// Puts the old item in the place of the new one.
    pub(super) fn undo(&self, version: &mut Version) {
        if let Some(before) = &self.before {
            let file = self.after.as_ref().map_or(&before.file, |after| &after.file);
            version.tables.extend(before.read_table(file));
        }
        match (&self.before, &self.after) {
            (before, Some(after)) => {
                let Some(file) = version.files.iter_mut().find(|file| file.key == after.file) else { return };
                let place = after.span.start as usize..after.span.end as usize;
                let old = before.as_ref().map_or("", |item| item.text.as_str());
                // Where the item ends the line of a comment of the old one, the next item is not to be part of it.
                file.content.replace_range(place, &format!("{old}\n"));
            }
            (Some(before), None) => {
                let file = version.files.iter_mut().find(|file| file.key == before.file);
                match file {
                    Some(file) => file.content.push_str(&format!("\n{}\n", before.text)),
                    None => version.files.push(VersionFile {
                        key: before.file.clone(),
                        name: before.file.clone(),
                        content: before.text.clone(),
                    }),
                }
            }
            (None, None) => {}
        }
    }
}

/// The items that differ between the files of two versions, in the order of the second one's files, and then of the first one's. `use`, `cases`, `expect` and `claim` give no case another
/// verdict, and are passed over.
#[must_use]
pub fn changed_items(
    (before, before_texts, before_files): (&Version, &Texts, &[tree::File]),
    (after, after_texts, after_files): (&Version, &Texts, &[tree::File]),
) -> Vec<ItemChange> {
    let mut old: Vec<Option<Item>> = items(before, before_texts, before_files).into_iter().map(Some).collect();
    let new = items(after, after_texts, after_files);
    // What is the same in both goes first, each once.
    let mut known: BTreeMap<(Option<String>, String), Vec<usize>> = BTreeMap::new();
    for (at, item) in old.iter().enumerate().rev() {
        if let Some(item) = item {
            known.entry((item.framework.clone(), item.words.clone())).or_default().push(at);
        }
    }
    let mut added: Vec<Item> = Vec::new();
    for item in new {
        let alike = known.get_mut(&(item.framework.clone(), item.words.clone()));
        let same = alike.and_then(|alike| {
            let is_same = |at: &usize| old[*at].as_ref().is_some_and(|one| one.says_the_same(&item));
            Some(alike.remove(alike.iter().rposition(is_same)?))
        });
        match same {
            Some(at) => old[at] = None,
            None => added.push(item),
        }
    }
    let mut changes = Vec::new();
    let mut counterparts: Vec<Option<Item>> = added.iter().map(|_| None).collect();
    // An item that is about the same comes before one that begins alike.
    for key in [|item: &Item| item.head.clone(), |item: &Item| beginning(&item.head).to_owned()] {
        for (item, counterpart) in added.iter().zip(&mut counterparts).filter(|(_, counterpart)| counterpart.is_none())
        {
            let is_it = |one: &Option<Item>| {
                one.as_ref().is_some_and(|one| key(one) == key(item) && one.framework == item.framework)
            };
            *counterpart = old.iter().position(is_it).and_then(|at| old[at].take());
        }
    }
    for (item, before) in added.into_iter().zip(counterparts) {
        changes.push(ItemChange { before, after: Some(item) });
    }
    changes.extend(old.into_iter().flatten().map(|item| ItemChange { before: Some(item), after: None }));
    changes
}

fn items(version: &Version, texts: &Texts, files: &[tree::File]) -> Vec<Item> {
    let mut items = Vec::new();
    for (file, known) in files.iter().zip(&version.files) {
        let framework = file.items.iter().find_map(|item| match &item.kind {
            ItemKind::Framework(framework) => Some(framework.name.text.clone()),
            _ => None,
        });
        for item in &file.items {
            let (sort, is_of_framework) = match &item.kind {
                ItemKind::Use(_) | ItemKind::Cases(_) | ItemKind::Assertion(_) => continue,
                ItemKind::Framework(_) => ("framework", false),
                ItemKind::Kind(_) => ("kind", false),
                ItemKind::Individual(_) => ("individual", false),
                ItemKind::Source(_) => ("source", false),
                ItemKind::Predicate(_) => ("predicate", false),
                ItemKind::Measure(_) => ("measure", false),
                ItemKind::DefinedMeasure(_) => ("defined measure", true),
                ItemKind::Parameter(_) => ("parameter", false),
                ItemKind::Classification(_) => ("classification", true),
                ItemKind::Rule(_) => ("rule", true),
                ItemKind::Fact(_) => ("fact", false),
                ItemKind::Completeness(_) => ("complete", false),
                ItemKind::Import(_) => ("import", false),
                ItemKind::Preference(_) => ("preference", false),
            };
            let text = texts.slice(item.span).to_owned();
            let words = in_one_line(&text);
            items.push(Item {
                file: known.key.clone(),
                framework: framework.clone().filter(|_| is_of_framework),
                span: item.span,
                head: head(sort, &words),
                table: version.table(&known.key, &words),
                words,
                text,
            });
        }
    }
    items
}

/// What an item is about: an atom up to its closing parenthesis, or a declaration's first two words.
fn head(sort: &str, words: &str) -> String {
    let mut rest = words;
    loop {
        let shorter = ["not ", "unknown ", "mutually ", "symmetric ", "reflexive ", "redefine ", "open ", "complete "]
            .iter()
            .find_map(|word| rest.strip_prefix(word));
        match shorter {
            Some(shorter) => rest = shorter,
            None => break,
        }
    }
    let about: String = match (sort, rest.find(')')) {
        ("fact" | "complete" | "rule" | "predicate" | "measure" | "defined measure" | "classification", Some(end)) => {
            rest[..end].to_owned()
        }
        _ => rest.split(' ').take(2).collect::<Vec<_>>().join(" "),
    };
    format!("{sort} {about}")
}

/// The name and the first argument.
fn beginning(head: &str) -> &str {
    let is_in_braces = |at: &usize| head[..*at].matches('{').count() > head[..*at].matches('}').count();
    let comma = head.match_indices(',').map(|(at, _)| at).find(|at| !is_in_braces(at));
    comma.map_or(head, |at| &head[..at])
}

/// Words with one blank between them, and without comments; strings stay as they are.
pub(super) fn in_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let (mut in_string, mut in_comment, mut is_escaped) = (false, false, false);
    for letter in text.chars() {
        match letter {
            '\n' if in_comment => in_comment = false,
            _ if in_comment => continue,
            '#' if !in_string => in_comment = true,
            _ => {}
        }
        if in_comment {
            continue;
        }
        if letter == '"' && !is_escaped {
            in_string = !in_string;
        }
        is_escaped = in_string && letter == '\\' && !is_escaped;
        if letter.is_whitespace() && !in_string {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else {
            line.push(letter);
        }
    }
    line.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{beginning, head, in_one_line};

    #[test]
    fn layout_and_comments_make_no_difference() {
        assert_eq!(in_one_line("p(a,  b) # so\n   from 1992 [s, \"# 3  b\"]"), "p(a, b) from 1992 [s, \"# 3  b\"]");
        assert_eq!(in_one_line("source s \"a \\\" # b\"  "), "source s \"a \\\" # b\"");
    }

    #[test]
    fn items_are_known_by_what_they_are_about() {
        assert_eq!(head("fact", "not mutually p(a, b) from 1992"), "fact p(a, b");
        assert_eq!(head("rule", "symmetric ally(A, B) requires p"), head("rule", "ally(A, B) requires q"));
        assert_eq!(beginning(&head("fact", "party({a, b}, pact) from 1992")), "fact party({a, b}");
        assert_eq!(head("parameter", "parameter keen = 5%"), "parameter parameter keen");
    }
}
