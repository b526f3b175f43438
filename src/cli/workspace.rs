//! From the arguments to a resolved program.

use super::answers;
use super::arguments::InputOptions;
use super::disk::Disk;
use super::fault::{Fault, PanelFault};
use super::progress::Progress;
use super::words::{Words, or_here};
use std::path::{Path, PathBuf};
use symmachia::diagnostic::Diagnostic;
use symmachia::loading::{self, Loaded};
use symmachia::model::{self, Program, Setting};
use symmachia::syntax::tree::{self, ItemKind};
use symmachia::tables::Tables;
use symmachia::text::{ASSUMED, Span, Texts};

/// What was read and resolved, and what is wrong with it.
#[derive(Debug)]
pub struct Workspace {
    /// The texts.
    pub texts: Texts,
    /// Their trees; the assumptions are the last.
    pub files: Vec<tree::File>,
    /// What imports read of their tables, where it was kept.
    pub tables: Tables,
    /// What is wrong so far.
    pub diagnostics: Vec<Diagnostic>,
    /// How many files were read, those of the library among them.
    pub files_read: usize,
    /// Sound where nothing of what is wrong is an error.
    pub program: Program,
}

/// Mistakes that are mistakes whatever else the program declares.
const STAND_ALONE: &[&str] = &[
    "symmachia::evidence::empty_set",
    "symmachia::evidence::indented_fact",
    "symmachia::evidence::refused_form",
    "symmachia::evidence::variable_in_fact",
    "symmachia::evidence::wildcard_in_fact",
    "symmachia::model::different_labels",
    "symmachia::model::different_lives",
    "symmachia::model::duplicate_member",
    "symmachia::model::duplicate_role",
    "symmachia::model::end_before_start",
    "symmachia::model::head_argument",
    "symmachia::model::no_such_day",
    "symmachia::model::no_such_year",
    "symmachia::model::overlapping_times",
    "symmachia::model::requires_beside_if",
    "symmachia::model::second_requires",
    "symmachia::model::shadowed_variable",
    "symmachia::model::wildcard",
];

/// Anything that is not read at all.
const UNEXPECTED: &str = "symmachia::syntax::unexpected";

impl Workspace {
    /// Reads and resolves files and folders.
    pub fn open(paths: &[PathBuf], options: &InputOptions, progress: &mut Progress) -> Workspace {
        Workspace::opened(paths, options, progress, false)
    }

    /// The same, with what was read of tables, for whoever reads the texts again.
    pub fn open_keeping_tables(paths: &[PathBuf], options: &InputOptions, progress: &mut Progress) -> Workspace {
        Workspace::opened(paths, options, progress, true)
    }

    fn opened(paths: &[PathBuf], options: &InputOptions, progress: &mut Progress, keeps_tables: bool) -> Workspace {
        let Loaded { texts, files, tables, diagnostics } =
            loading::load(&Disk, &or_here(paths), &mut |state| progress.reading(state));
        let files_read = texts.iter().count();
        let kept = if keeps_tables { tables.clone() } else { Tables::default() };
        let mut workspace =
            Workspace { texts, files, tables: kept, diagnostics, files_read, program: Program::default() };
        workspace.assume(&options.assume);
        let parameters = workspace.settings(&options.set);
        progress.stage("putting the names together");
        let options = model::Options { parameters, strict: options.strict };
        let resolution = model::resolve_with_tables(&workspace.texts, &workspace.files, tables, &options);
        workspace.program = resolution.program;
        // Names that an unread item would have declared are not missed one by one.
        let is_incomplete = workspace.has_errors();
        let told = |problem: &Diagnostic| !is_incomplete || STAND_ALONE.contains(&problem.code);
        workspace.diagnostics.extend(resolution.diagnostics.into_iter().filter(told));
        workspace.put_the_command_first();
        workspace
    }

    /// Reads what the words of a command name; gives the questions among them.
    pub fn open_words(words: &Words, options: &InputOptions, progress: &mut Progress) -> (Workspace, Vec<String>) {
        Workspace::opened_words(words, options, progress, false)
    }

    /// The same, with what was read of tables.
    pub fn open_words_keeping_tables(
        words: &Words,
        options: &InputOptions,
        progress: &mut Progress,
    ) -> (Workspace, Vec<String>) {
        Workspace::opened_words(words, options, progress, true)
    }

    fn opened_words(
        words: &Words,
        options: &InputOptions,
        progress: &mut Progress,
        keeps_tables: bool,
    ) -> (Workspace, Vec<String>) {
        let mut workspace = Workspace::opened(&words.paths, options, progress, keeps_tables);
        for word in &words.doubtful {
            if !workspace.has_framework(word.trim_end_matches(".ally")) {
                // A mistyped file is the reason for whatever else may be wrong.
                workspace.diagnostics = vec![loading::missing(&Disk, Path::new(word))];
                break;
            }
        }
        // In a folder of many sketches the mistakes of the others are none of the user's business.
        if (words.paths.is_empty() || !workspace.has_errors())
            && let Some(word) = words.without_ending.iter().find(|word| !workspace.has_name(word))
        {
            workspace.diagnostics = vec![loading::missing(&Disk, Path::new(word))];
        }
        (workspace, words.in_order.clone())
    }

    /// Whether anything makes the input unusable.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// Notes what is wrong with the command. Doubts about the program are then not what its user has to read.
    pub fn refuse(&mut self, problems: impl IntoIterator<Item = Diagnostic>) {
        let mut problems = problems.into_iter().peekable();
        if problems.peek().is_some() {
            self.diagnostics.retain(Diagnostic::is_error);
            self.diagnostics.extend(problems);
        }
    }

    /// Keeps silent of doubts about the program where nothing but the command is wrong.
    fn put_the_command_first(&mut self) {
        let of_command = |problem: &Diagnostic| match problem.labels.first() {
            Some(label) => {
                let name = self.texts.get(label.span.file).name.as_str();
                name == ASSUMED || name.starts_with("--")
            }
            None => true,
        };
        let mut errors = self.diagnostics.iter().filter(|problem| problem.is_error()).peekable();
        if errors.peek().is_some() && errors.all(of_command) {
            self.diagnostics.retain(Diagnostic::is_error);
        }
    }

    /// Refuses to write over a table that is read.
    pub fn protect_tables<'f>(&mut self, written: impl IntoIterator<Item = Option<&'f PathBuf>>) {
        // By whatever name or link it is reached.
        let tables: Vec<PathBuf> = self.tables_read().filter_map(|path| std::fs::canonicalize(path).ok()).collect();
        for path in written.into_iter().flatten() {
            if std::fs::canonicalize(path).is_ok_and(|file| tables.contains(&file)) {
                let fault = PanelFault::OutputIsTable { path: path.display().to_string() };
                self.refuse([fault.diagnostic()]);
            }
        }
    }

    /// The tables that files import. Their paths are relative to the file that says it.
    fn tables_read(&self) -> impl Iterator<Item = PathBuf> + '_ {
        self.files.iter().flat_map(|file| &file.items).filter_map(|item| match &item.kind {
            ItemKind::Import(import) => {
                let of_file = Path::new(&self.texts.get(import.path.span.file).name);
                Some(of_file.parent().unwrap_or(Path::new("")).join(&import.path.text))
            }
            _ => None,
        })
    }

    fn has_framework(&self, name: &str) -> bool {
        let is_it =
            |item: &tree::Item| matches!(&item.kind, ItemKind::Framework(framework) if framework.name.text == name);
        self.files.iter().flat_map(|file| &file.items).any(is_it)
    }

    /// Whether anything that can be asked about is called so, as far as was read.
    fn has_name(&self, name: &str) -> bool {
        let is_it = |item: &tree::Item| match &item.kind {
            ItemKind::Rule(rule) => rule.head.name.text == name,
            ItemKind::Predicate(predicate) => predicate.name.text == name,
            _ => false,
        };
        self.has_framework(name)
            || !answers::targets_named(&self.program, name).is_empty()
            || self.files.iter().flat_map(|file| &file.items).any(is_it)
    }

    fn assume(&mut self, facts: &[String]) {
        for fact in facts {
            let file = self.texts.add(ASSUMED, fact.as_str());
            let parsed = symmachia::syntax::parse(&self.texts, file, &mut |_| {});
            self.diagnostics.extend(parsed.diagnostics);
            self.files.push(parsed.tree);
        }
    }

    fn settings(&mut self, settings: &[String]) -> Vec<Setting> {
        let mut parameters = Vec::new();
        for given in settings {
            match given.split_once('=') {
                Some((name, value)) if !name.trim().is_empty() && !value.trim().is_empty() => {
                    let file = self.texts.add(format!("--set {}", name.trim()), value.trim());
                    let place = Some(Span::new(file, 0, value.trim().len()));
                    match symmachia::syntax::parse_parameter_value(&self.texts, file) {
                        Ok(value) => parameters.push(Setting { name: name.trim().to_owned(), value, place }),
                        // What is wrong with a number has a code of its own.
                        Err(problems) if problems.iter().all(|problem| problem.code != UNEXPECTED) => {
                            self.diagnostics.extend(problems);
                        }
                        Err(_) => {
                            let value = Some(value.trim().to_owned());
                            self.diagnostics.push(Fault::SettingWanted { given: given.clone(), value }.diagnostic());
                        }
                    }
                }
                _ => {
                    let fault = Fault::SettingWanted { given: given.clone(), value: None };
                    self.diagnostics.push(fault.diagnostic());
                }
            }
        }
        parameters
    }
}
