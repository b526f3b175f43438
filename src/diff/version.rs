//! A version of a program as texts and settings, and as it would be with one change undone.

use super::items::ItemChange;
use crate::evidence::Changes;
use crate::model::program::SourceId;
use crate::model::{self, Options, Program};
use crate::syntax::{self, tree};
use crate::tables::{Table, Tables};
use crate::text::{Span, Texts};
use std::collections::BTreeMap;
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

/// A program before it is read, and what it is asked to differ in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Version {
    /// Its texts.
    pub files: Vec<VersionFile>,
    /// Values of parameters instead of those in the texts.
    pub parameters: Vec<(String, f64)>,
    /// Facts that are assumed besides.
    pub assumed: Vec<String>,
    /// The names of sources that are not heard.
    pub unheard: Vec<String>,
    /// What imports read of their tables.
    pub tables: TablesOfTexts,
}

/// The tables of imports, by the name of the file and the words of the import: so that an import finds its table again when
/// the text around it changes.
#[derive(Debug, Clone, Default)]
pub struct TablesOfTexts(BTreeMap<(String, String), Rc<Table>>);

/// By the imports: the same import in the same file reads the same table.
impl PartialEq for TablesOfTexts {
    fn eq(&self, other: &Self) -> bool {
        self.0.keys().eq(other.0.keys())
    }
}

impl TablesOfTexts {
    fn new(texts: &Texts, files: &[tree::File], tables: &Tables) -> TablesOfTexts {
        let items = files.iter().flat_map(|file| &file.items);
        let found = items.filter_map(|item| Some((key(texts, item.span), Rc::clone(tables.of(item.span)?))));
        TablesOfTexts(found.collect())
    }

    /// Adds those of another version, which an import finds once a change is taken back.
    pub fn extend(&mut self, other: &TablesOfTexts) {
        for (key, table) in &other.0 {
            self.0.entry(key.clone()).or_insert_with(|| Rc::clone(table));
        }
    }

    fn of(&self, texts: &Texts, files: &[tree::File]) -> Tables {
        let mut tables = Tables::default();
        for item in
            files.iter().flat_map(|file| &file.items).filter(|item| matches!(item.kind, tree::ItemKind::Import(_)))
        {
            let found = self.0.get(&key(texts, item.span)).or_else(|| {
                // The other version lies elsewhere.
                let words = texts.slice(item.span);
                self.0.iter().find(|((_, known), _)| known == words).map(|(_, table)| table)
            });
            if let Some(table) = found {
                tables.insert(item.span, Rc::clone(table));
            }
        }
        tables
    }
}

fn key(texts: &Texts, span: Span) -> (String, String) {
    (texts.get(span.file).name.clone(), texts.slice(span).to_owned())
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
        let file = |file: &tree::File| {
            let text = texts.get(file.file);
            VersionFile { key: key(&text.name), name: text.name.clone(), content: text.content.clone() }
        };
        let tables = TablesOfTexts::new(texts, files, tables);
        Version { files: files.iter().map(file).collect(), tables, ..Version::default() }
    }

    /// The program, and which of its sources are not heard; none where something is wrong with it.
    pub(super) fn program(&self) -> Option<(Program, Changes)> {
        let mut texts = Texts::new();
        let assumed = self.assumed.iter().map(|fact| ("--assume", fact.as_str()));
        let files = self.files.iter().map(|file| (file.name.as_str(), file.content.as_str())).chain(assumed);
        let ids: Vec<_> = files.map(|(name, content)| texts.add(name, content)).collect();
        let mut trees = Vec::new();
        for id in ids {
            let parsed = syntax::parse(&texts, id, &mut |_| {});
            if parsed.diagnostics.iter().any(crate::diagnostic::Diagnostic::is_error) {
                return None;
            }
            trees.push(parsed.tree);
        }
        let options = Options { parameters: self.parameters.clone(), strict: false };
        let tables = self.tables.of(&texts, &trees);
        let resolution = model::resolve_with_tables(&texts, &trees, &tables, &options);
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

    /// This version with a change taken back.
    #[must_use]
    pub fn without(&self, change: &Change) -> Version {
        let mut version = self.clone();
        match change {
            Change::Item(item) => item.undo(&mut version),
            Change::Parameter { name, .. } => version.parameters.retain(|(known, _)| known != name),
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
