//! A version of a program as texts and settings, and as it would be with one change undone.

use super::items::{ItemChange, in_one_line};
use crate::evidence::Changes;
use crate::model::program::SourceId;
use crate::model::{self, Options, Program, Setting};
use crate::syntax::tree::ItemKind;
use crate::syntax::{self, tree};
use crate::tables::{Table, Tables};
use crate::text::{ASSUMED, Texts};
use std::rc::Rc;

/// A text of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionFile {
    /// By which the same file of another version is found: its path from where the version lies.
    pub key: String,
    /// Its name, as a reader knows it.
    pub name: String,
    /// What it says.
    pub content: String,
}

/// A table, by the file that imports it and the words that do. It is read once, whatever is taken back.
#[derive(Debug, Clone)]
pub(super) struct ReadTable {
    /// The file's key.
    pub file: String,
    /// The import, in one line.
    pub words: String,
    /// The rows.
    pub table: Rc<Table>,
}

impl PartialEq for ReadTable {
    fn eq(&self, other: &Self) -> bool {
        self.file == other.file && self.words == other.words && self.table.says_the_same(&other.table)
    }
}

/// A program before it is read, and what it is asked to differ in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Version {
    /// Its texts.
    pub files: Vec<VersionFile>,
    /// The tables of its imports.
    pub(super) tables: Vec<ReadTable>,
    /// Values of parameters instead of those in the texts.
    pub parameters: Vec<Setting>,
    /// Facts that are assumed besides.
    pub assumed: Vec<String>,
    /// The names of sources that are not heard.
    pub unheard: Vec<String>,
}

/// Something in which two versions differ.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// An item of the texts.
    Item(Box<ItemChange>),
    /// `--set keen_trade=5%`: a parameter with another value, as written.
    Parameter {
        /// Its name.
        name: String,
        /// As written.
        value: String,
    },
    /// `--assume FACT`
    Assumed(String),
    /// `--without S`
    Without(String),
    /// `--according-to S,T`: all others fall silent together.
    AccordingTo(Vec<String>),
}

impl Version {
    /// A version from the texts that were read; `key` gives what is left of a file's name without the place of its version.
    #[must_use]
    pub fn new(texts: &Texts, files: &[tree::File], tables: &Tables, key: impl Fn(&str) -> String) -> Version {
        let read = |file: &tree::File, item: &tree::Item| {
            let (file, words) = (key(&texts.get(file.file).name), in_one_line(texts.slice(item.span)));
            tables.of(item.span).cloned().map(|table| ReadTable { file, words, table })
        };
        let read = files.iter().flat_map(|file| file.items.iter().filter_map(move |item| read(file, item))).collect();
        let file = |file: &tree::File| {
            let text = texts.get(file.file);
            VersionFile { key: key(&text.name), name: text.name.clone(), content: text.content.clone() }
        };
        Version { files: files.iter().map(file).collect(), tables: read, ..Version::default() }
    }

    /// The program, and which of its sources are not heard; none where something is wrong with it.
    pub(super) fn program(&self) -> Option<(Program, Changes)> {
        let mut texts = Texts::new();
        let assumed = self.assumed.iter().map(|fact| (ASSUMED, fact.as_str()));
        let files = self.files.iter().map(|file| (file.name.as_str(), file.content.as_str())).chain(assumed);
        let ids: Vec<_> = files.map(|(name, content)| texts.add(name, content)).collect();
        let (mut trees, mut tables) = (Vec::new(), Tables::default());
        let keys = self.files.iter().map(|file| file.key.as_str()).chain(self.assumed.iter().map(|_| ""));
        for (id, key) in ids.into_iter().zip(keys) {
            let parsed = syntax::parse(&texts, id, &mut |_| {});
            if parsed.diagnostics.iter().any(crate::diagnostic::Diagnostic::is_error) {
                return None;
            }
            for item in parsed.tree.items.iter().filter(|item| matches!(item.kind, ItemKind::Import(_))) {
                if let Some(table) = self.table(key, &in_one_line(texts.slice(item.span))) {
                    tables.insert(item.span, table);
                }
            }
            trees.push(parsed.tree);
        }
        let options = Options { parameters: self.parameters.clone(), strict: false };
        let resolution = model::resolve_with_tables(&texts, &trees, tables, &options);
        if resolution.diagnostics.iter().any(crate::diagnostic::Diagnostic::is_error) {
            return None;
        }
        let mut changes = Changes::none();
        for (at, source) in resolution.program.sources.iter().enumerate() {
            if self.unheard.contains(&source.name) {
                changes.sources.insert(SourceId(at as u32));
            }
        }
        Some((resolution.program, changes))
    }

    /// The table of an import. One that was taken back came in last.
    pub(super) fn table(&self, file: &str, words: &str) -> Option<Rc<Table>> {
        let is_it = |read: &&ReadTable| read.file == file && read.words == words;
        self.tables.iter().rfind(is_it).map(|read| Rc::clone(&read.table))
    }

    /// This version with several changes taken back. Within a file the last goes first, so that the places of the others stay what they are.
    #[must_use]
    pub fn without_all(&self, changes: &[&Change]) -> Version {
        let place = |change: &Change| match change {
            Change::Item(item) => item.after.as_ref().map(|after| after.span.start),
            _ => None,
        };
        let mut changes = changes.to_vec();
        changes.sort_by_key(|change| std::cmp::Reverse(place(change)));
        changes.into_iter().fold(self.clone(), |version, change| version.without(change))
    }

    /// This version with a change taken back.
    #[must_use]
    pub fn without(&self, change: &Change) -> Version {
        let mut version = self.clone();
        match change {
            Change::Item(item) => item.undo(&mut version),
            Change::Parameter { name, .. } => version.parameters.retain(|known| known.name != *name),
            Change::Assumed(fact) => {
                if let Some(at) = version.assumed.iter().position(|known| known == fact) {
                    version.assumed.remove(at);
                }
            }
            Change::Without(source) => version.unheard.retain(|known| known != source),
            Change::AccordingTo(_) => version.unheard.clear(),
        }
        version
    }
}
