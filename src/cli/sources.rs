//! `--according-to`, `--without`, and `eval --by source`.

use super::answers::{MOST_UNLISTED, is_known, period};
use super::arguments::ResultFormat;
use super::fault::Fault;
use super::when::When;
use clap::Args;
use symmachia::diagnostic::{Diagnostic, did_you_mean};
use symmachia::engine::Engine;
use symmachia::evidence::Changes;
use symmachia::explain;
use symmachia::model::Program;
use symmachia::model::program::{Cases, Source, SourceId, Target};
use symmachia::render::Look;
use symmachia::render::by_source::{self, BySource, SourceRow, SourceTable};
use symmachia::render::results::{Extent, Named};
use symmachia::time::Interval;

/// Which sources are heard.
#[derive(Debug, Clone, Default, Args)]
pub struct SourceOptions {
    /// Hear these sources and no others, and what is said without a source: --according-to cst,rcaa
    #[arg(long, value_name = "SOURCE,…", value_delimiter = ',', help_heading = "Input")]
    pub according_to: Vec<String>,

    /// Hear all sources but these: --without rcaa
    #[arg(
        long,
        value_name = "SOURCE,…",
        value_delimiter = ',',
        help_heading = "Input",
        conflicts_with = "according_to"
    )]
    pub without: Vec<String>,
}

impl SourceOptions {
    /// The evidence with the sources that are heard.
    ///
    /// # Errors
    /// The sources that there are not.
    pub fn changes(&self, program: &Program) -> Result<Changes, Vec<Diagnostic>> {
        let mut changes = Changes::none();
        let mut problems = Vec::new();
        let mut named = Vec::new();
        for given in self.according_to.iter().chain(&self.without).map(|given| given.trim()) {
            match program.sources.iter().position(|source| source.name == given) {
                Some(at) => named.push(SourceId(at as u32)),
                None => {
                    let small = given.to_lowercase();
                    // By its title, or words of it.
                    let is_titled = |source: &&Source| {
                        let title = source.citation.as_ref().map(|title| title.to_lowercase());
                        given.len() > 2 && title.is_some_and(|title| title.contains(&small))
                    };
                    let mut titled = program.sources.iter().filter(is_titled).map(|source| source.name.as_str());
                    let titled = titled.next().filter(|_| titled.next().is_none());
                    let near = did_you_mean(given, program.sources.iter().map(|source| source.name.as_str()));
                    let near = near.or(titled);
                    let known = program.sources.iter().map(|source| source.name.clone()).collect();
                    problems.push(
                        Fault::UnknownSource { given: given.to_owned(), near: near.map(str::to_owned), known }
                            .diagnostic(),
                    );
                }
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        if self.according_to.is_empty() {
            changes.sources.extend(named);
        } else {
            let all = (0..program.sources.len() as u32).map(SourceId);
            changes.sources.extend(all.filter(|source| !named.contains(source)));
        }
        Ok(changes)
    }

    /// A line that says which part of the sources is heard, where it is a part.
    pub fn remark(&self) -> Option<String> {
        match (self.according_to.as_slice(), self.without.as_slice()) {
            ([], []) => None,
            ([], without) => Some(format!("without what {} says", without.join(", "))),
            (according_to, _) => Some(format!("according to {} alone", according_to.join(", "))),
        }
    }
}

/// The answers by source; `for_people` leaves out unlisted cases of which nothing is known. The second value counts those.
pub fn by_source(engine: &Engine<'_>, targets: &[Target], when: &When, for_people: bool) -> (BySource, usize) {
    let program = engine.program();
    let sources = explain::cited_sources(program, engine.changes());
    let name = |source: &SourceId| program.source(*source).name.clone();
    let mut hull: Option<Interval> = None;
    let mut left_out = 0;
    let mut tables = Vec::new();
    for target in targets {
        let listed: Vec<&Cases> = program.cases.iter().filter(|cases| cases.target == *target).collect();
        let parts: Vec<Option<&Cases>> =
            if listed.is_empty() { vec![None] } else { listed.into_iter().map(Some).collect() };
        let mut rows: Vec<SourceRow> = Vec::new();
        for cases in parts {
            let period = period(program, when, cases);
            hull = Some(hull.map_or(period, |hull| Interval {
                first: hull.first.min(period.first),
                last: hull.last.max(period.last),
            }));
            let questions = explain::questions(program, *target, cases);
            let hide = for_people && cases.is_none() && questions.len() > MOST_UNLISTED;
            for answered in explain::by_source(engine, &questions, period, &sources) {
                let mut answers = answered.all.iter().map(|heard| &heard.answer);
                let mut of_each = answered.alone.iter().flatten().map(|(_, answer)| answer);
                if hide && !answers.any(is_known) && !of_each.any(is_known) {
                    left_out += 1;
                    continue;
                }
                let row = SourceRow {
                    individuals: answered
                        .question
                        .individuals
                        .iter()
                        .map(|id| program.individual(*id))
                        .map(|one| Named { name: one.name.clone(), label: one.display().to_owned() })
                        .collect(),
                    all: answered
                        .all
                        .into_iter()
                        .map(|heard| (heard.days, heard.answer, heard.hangs_on.iter().map(name).collect()))
                        .collect(),
                    alone: answered.alone,
                };
                if !rows.contains(&row) {
                    rows.push(row);
                }
            }
        }
        let roles = program.roles(*target).iter().map(|role| role.name.clone()).collect();
        tables.push(SourceTable { name: program.qualified_name(*target), roles, rows });
    }
    let extent = match when.day {
        Some(day) => Extent::Day(day),
        None => Extent::Period(hull.unwrap_or(Interval::ALL)),
    };
    (BySource { extent, sources: sources.iter().map(name).collect(), tables }, left_out)
}

/// The answers by source in a form.
pub fn text(results: &BySource, format: ResultFormat, look: &Look) -> String {
    match format {
        ResultFormat::Human | ResultFormat::Plain => by_source::text(results, look),
        ResultFormat::Json => by_source::json(results),
        _ => by_source::csv(results),
    }
}
