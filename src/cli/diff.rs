//! `diff`: which verdicts turn when something is changed.

use super::answers;
use super::arguments::{DiffArguments, DiffFormat, InputOptions};
use super::fault::Fault;
use super::outside_record;
use super::progress::Progress;
use super::status::Status;
use super::terminal::Terminal;
use super::when::When;
use super::words::Words;
use super::workspace::Workspace;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use symmachia::diff::{self, AskedCase, Change, Difference, Varied, Version};
use symmachia::engine::Engine;
use symmachia::evidence::Changes;
use symmachia::model::Program;
use symmachia::render::difference::{self, Sheet, Versions};
use symmachia::syntax;
use symmachia::text::Texts;

/// What ends the command early: its status, once all is told.
type Ended = Status;

/// Runs it.
pub fn run(arguments: &DiffArguments) -> Status {
    let terminal = Terminal::new(arguments.format.of_diagnostics());
    let mut option_texts = Texts::new();
    let when = match When::read(&arguments.moment.time(), &mut option_texts) {
        Ok(when) => when,
        Err(problems) => return terminal.report(&problems, &option_texts),
    };
    let by = match share(arguments, &mut option_texts) {
        Ok(by) => by,
        Err(fault) => return terminal.report(&[fault.diagnostic()], &option_texts),
    };
    let words = Words::sort(&arguments.words, Path::exists);
    let run = Run { arguments, terminal, when, words };
    let ended = if !arguments.each.is_empty() {
        run.each(by)
    } else if run.has_settings() {
        run.settings()
    } else {
        run.versions()
    };
    match ended {
        Ok(status) | Err(status) => status,
    }
}

/// A share by which parameters are varied where none is given.
const SHARE: f64 = 0.1;

fn share(arguments: &DiffArguments, texts: &mut Texts) -> Result<f64, Fault> {
    let Some(given) = &arguments.by else { return Ok(SHARE) };
    if !arguments.each.contains(&super::arguments::EachOf::Parameter) {
        return Err(Fault::ShareOfNoParameter);
    }
    let file = texts.add("--by", given.as_str());
    match syntax::parse_number(texts, file) {
        Ok(share) if share > 0.0 && share <= 1.0 => Ok(share),
        _ => Err(Fault::ShareWanted { given: given.clone() }),
    }
}

struct Run<'a> {
    arguments: &'a DiffArguments,
    terminal: Terminal,
    when: When,
    words: Words,
}

impl Run<'_> {
    fn has_settings(&self) -> bool {
        let DiffArguments { input, sources, .. } = self.arguments;
        !(input.set.is_empty()
            && input.assume.is_empty()
            && sources.without.is_empty()
            && sources.according_to.is_empty())
    }

    /// What was read, with what the names mean in it; ended where anything is wrong.
    fn checked(&self, mut workspace: Workspace, names: &[String]) -> Result<(Workspace, Vec<AskedCase>), Ended> {
        let targets = answers::targets_asked(&mut workspace, names);
        if workspace.has_errors() {
            return Err(self.terminal.report(&workspace.diagnostics, &workspace.texts));
        }
        workspace.diagnostics.extend(outside_record::note(
            &workspace.program,
            &self.arguments.moment.time(),
            &self.when,
        ));
        let (asked, _) = answers::cases_asked(&workspace.program, &targets, &self.when);
        let cases = diff::asked_cases(&workspace.program, &asked);
        Ok((workspace, cases))
    }

    fn heard(&self, workspace: &Workspace) -> Result<Changes, Ended> {
        let changes = self.arguments.sources.changes(&workspace.program);
        changes.map_err(|problems| self.terminal.report(&problems, &workspace.texts))
    }

    /// `diff --each …`
    fn each(&self, by: f64) -> Result<Status, Ended> {
        let mut progress = Progress::begin();
        let (workspace, names) = Workspace::open_words(&self.words, &self.arguments.input, &mut progress);
        let mut workspace = workspace;
        let targets = answers::targets_asked(&mut workspace, &names);
        let (workspace, cases) = self.checked(workspace, &names)?;
        let engine = Engine::new(&workspace.program).with_changes(self.heard(&workspace)?);
        let mut sorts: Vec<Varied> = Vec::new();
        for sort in self.arguments.each.iter().map(|each| each.varied()) {
            if !sorts.contains(&sort) {
                sorts.push(sort);
            }
        }
        let variations = diff::variations(&workspace.program, engine.changes(), &targets, &sorts, by);
        progress.stage("varying");
        let found = diff::each(&engine, cases, variations, &mut |done, most| progress.share("varying", done, most));
        drop(progress);
        let status = self.terminal.report(&workspace.diagnostics, &workspace.texts);
        let texts = &workspace.texts;
        let sheet = || difference::robustness_sheet(&found, texts);
        let text = match self.arguments.format {
            DiffFormat::Human | DiffFormat::Plain => {
                difference::robustness(&found, &sorts, texts, &self.terminal.output)
            }
            DiffFormat::Json => difference::robustness_json(&found, texts),
            format => of_sheet(&sheet(), format),
        };
        Ok(self.terminal.print(&text, status))
    }

    /// `diff OLD NEW`
    fn versions(&self) -> Result<Status, Ended> {
        let Words { paths, doubtful, without_ending, in_order, .. } = &self.words;
        let [old, new] = paths.as_slice() else {
            let missing = doubtful.iter().chain(without_ending).next();
            let missing = missing.map(|word| symmachia::loading::missing(&super::disk::Disk, Path::new(word)));
            let fault = || Fault::VersionsWanted { given: paths.len() }.diagnostic();
            return Err(self.terminal.report(&[missing.unwrap_or_else(fault)], &Texts::new()));
        };
        let names: Vec<String> = in_order.clone();
        let mut progress = Progress::begin();
        let mut open = |path: &PathBuf| {
            let all: Vec<PathBuf> = std::iter::once(path).chain(&self.arguments.with).cloned().collect();
            Workspace::open_keeping_tables(&all, &self.arguments.input, &mut progress)
        };
        let (first, second) = (open(old), open(new));
        // A criterion that one version alone has is none that is unknown.
        let in_one = |workspace: &Workspace| -> Vec<String> {
            let is_known = |name: &&String| !answers::targets_named(&workspace.program, name).is_empty();
            names.iter().filter(is_known).cloned().collect()
        };
        let (of_first, of_second) = (in_one(&first), in_one(&second));
        let unknown: Vec<String> =
            names.iter().filter(|name| !of_first.contains(name) && !of_second.contains(name)).cloned().collect();
        if !unknown.is_empty() && !first.has_errors() {
            self.checked(second, &unknown)?;
            return Ok(Status::Wrong);
        }
        let asked_of = |own: Vec<String>, workspace: Workspace| {
            let (workspace, cases) = self.checked(workspace, &own)?;
            let is_asked = names.is_empty() || !own.is_empty();
            Ok((workspace, if is_asked { cases } else { Vec::new() }))
        };
        let first = asked_of(of_first, first);
        let second = asked_of(of_second, second);
        let ((first, old_cases), (second, new_cases)) = (first?, second?);
        let version = |workspace: &Workspace, path: &Path| {
            Version::new(&workspace.texts, &workspace.files, &workspace.tables, |name| key(name, path))
        };
        let (before, after) = (version(&first, old), version(&second, new));
        let items = diff::changed_items((&before, &first.texts, &first.files), (&after, &second.texts, &second.files));
        let changes = items.into_iter().map(|item| Change::Item(Box::new(item))).collect();
        let cases = diff::merged(old_cases, new_cases);
        progress.stage("comparing");
        let none = Changes::none;
        let difference = diff::diff(
            (&first.program, none()),
            (&second.program, none()),
            &after,
            changes,
            cases,
            &mut |done, most| progress.share("taking changes back", done, most),
        );
        drop(progress);
        let status = self.terminal.report(&second.diagnostics, &second.texts);
        Ok(self.shown(&difference, &first.texts, &second.texts, status))
    }

    /// `diff FILES --set keen_trade=5%`
    fn settings(&self) -> Result<Status, Ended> {
        let mut progress = Progress::begin();
        let plain = InputOptions { strict: self.arguments.input.strict, ..InputOptions::default() };
        let (first, names) = Workspace::open_words_keeping_tables(&self.words, &plain, &mut progress);
        let (first, old_cases) = self.checked(first, &names)?;
        let (second, names) = Workspace::open_words(&self.words, &self.arguments.input, &mut progress);
        let (second, new_cases) = self.checked(second, &names)?;
        let heard = self.heard(&second)?;
        let mut after = Version::new(&first.texts, &first.files, &first.tables, str::to_owned);
        let InputOptions { assume, set, .. } = &self.arguments.input;
        after.assumed.clone_from(assume);
        let unheard = heard.sources.iter().map(|source| second.program.source(*source).name.clone());
        after.unheard.extend(unheard);
        let mut changes: Vec<Change> = Vec::new();
        for (name, value) in set.iter().filter_map(|given| given.split_once('=')) {
            let name = name.trim().to_owned();
            let known = second.program.parameters.iter().find(|parameter| parameter.name == name);
            after.parameters.extend(known.map(|parameter| second.program.setting(parameter)));
            changes.push(Change::Parameter { name, value: value.trim().to_owned() });
        }
        changes.extend(assume.iter().cloned().map(Change::Assumed));
        let trimmed = |names: &[String]| names.iter().map(|name| name.trim().to_owned()).collect::<Vec<_>>();
        changes.extend(trimmed(&self.arguments.sources.without).into_iter().map(Change::Without));
        let according_to = trimmed(&self.arguments.sources.according_to);
        if !according_to.is_empty() {
            changes.push(Change::AccordingTo(according_to));
        }
        let cases = diff::merged(old_cases, new_cases);
        progress.stage("comparing");
        let difference = diff::diff(
            (&first.program as &Program, Changes::none()),
            (&second.program, heard),
            &after,
            changes,
            cases,
            &mut |done, most| progress.share("taking changes back", done, most),
        );
        drop(progress);
        let status = self.terminal.report(&second.diagnostics, &second.texts);
        Ok(self.shown(&difference, &first.texts, &second.texts, status))
    }

    fn shown(&self, difference: &Difference, before: &Texts, after: &Texts, status: Status) -> Status {
        let of = Versions { difference, before, after };
        let text = match self.arguments.format {
            DiffFormat::Human | DiffFormat::Plain => difference::versions(&of, &self.terminal.output),
            DiffFormat::Json => difference::versions_json(&of),
            format => of_sheet(&difference::versions_sheet(&of), format),
        };
        self.terminal.print(&text, status)
    }
}

fn of_sheet(sheet: &Sheet, format: DiffFormat) -> String {
    match format {
        DiffFormat::Markdown => sheet.markdown(),
        DiffFormat::Latex => sheet.latex(),
        _ => sheet.csv(),
    }
}

/// A file's name without the place where its version lies.
fn key(name: &str, version: &Path) -> String {
    if Path::new(name) == version {
        return String::new();
    }
    let folder = if version.is_dir() { Some(version) } else { version.parent() };
    let within = folder.and_then(|folder| Path::new(name).strip_prefix(folder).ok());
    within.map_or_else(|| name.to_owned(), |within| within.display().to_string().replace(MAIN_SEPARATOR, "/"))
}
