//! A version of a program as texts and settings, and as it would be with one change undone.

use super::items::ItemChange;
use crate::evidence::Changes;
use crate::model::program::SourceId;
use crate::model::{self, Options, Program};
use crate::syntax::{self, tree};
use crate::text::Texts;

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
    pub fn new(texts: &Texts, files: &[tree::File], key: impl Fn(&str) -> String) -> Version {
        let file = |file: &tree::File| {
            let text = texts.get(file.file);
            VersionFile { key: key(&text.name), name: text.name.clone(), content: text.content.clone() }
        };
        Version { files: files.iter().map(file).collect(), ..Version::default() }
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
        let resolution = model::resolve(&texts, &trees, &options);
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
