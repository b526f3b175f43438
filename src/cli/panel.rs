//! `eval` with rows: a panel of cases and years, or of spells.

use super::arguments::EvalArguments;
use super::fault::PanelFault;
use super::output::{self, Output};
use super::progress::Progress;
use super::status::Status;
use super::terminal::Terminal;
use super::when::{When, Yearly};
use super::workspace::Workspace;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use symmachia::diagnostic::Diagnostic;
use symmachia::engine::Engine;
use symmachia::explain;
use symmachia::model::Program;
use symmachia::model::program::{IndividualId, Target};
use symmachia::panel::{
    self, Clashes, Grain, Joining, Layout, Pairing, Panel, Refusal, Request, Tally, Written, YearRule, tells_apart,
};
use symmachia::render::codebook::{self, Codebook, Definition, Entry};
use symmachia::render::words::{counted, grouped};
use symmachia::sheet::Column;
use symmachia::time::{Day, Interval};

/// Whether rows are asked for, as against something drawn or told.
///
/// # Errors
/// Where an option asks for rows, and another one refuses them.
pub fn is_wanted(arguments: &EvalArguments, output: &Output) -> Result<bool, PanelFault> {
    let options = &arguments.panel;
    let has_rows = arguments.time.by == Some(super::arguments::Step::Year) || options.spells;
    if let Some(option) = options.first_given() {
        if !has_rows {
            return Err(PanelFault::PanelWanted { option });
        }
        if !output.format.is_table() {
            return Err(PanelFault::TableWanted { option, format: output.format.to_string() });
        }
    }
    if let Some(codebook) = &options.codebook {
        if output.file.as_ref() == Some(codebook) {
            return Err(PanelFault::SameFile { path: codebook.display().to_string() });
        }
        output::refuse_no_page(codebook)?;
    }
    Ok(has_rows && output.format.is_table())
}

/// Writes the panel and its codebook.
pub fn run(
    arguments: &EvalArguments,
    workspace: &Workspace,
    engine: Engine<'_>,
    targets: &[Target],
    when: &When,
    output: &Output,
    progress: Progress,
) -> Status {
    let terminal = Terminal::new(output.format.of_diagnostics());
    let mut problems: Vec<Diagnostic> = workspace.diagnostics.clone();
    let written = write(arguments, workspace, engine, targets, when, output, progress);
    problems.extend(match written {
        Ok(warnings) => warnings,
        Err(faults) => faults.iter().map(PanelFault::diagnostic).collect(),
    });
    terminal.report(&problems, &workspace.texts)
}

fn write(
    arguments: &EvalArguments,
    workspace: &Workspace,
    engine: Engine<'_>,
    targets: &[Target],
    when: &When,
    output: &Output,
    mut progress: Progress,
) -> Result<Vec<Diagnostic>, Vec<PanelFault>> {
    let program = &workspace.program;
    let refused = |refusal: Refusal| PanelFault::Refused { place: place_of(program, &refusal), refusal };
    let request = request(arguments, targets, when);
    let panel = Panel::new(engine, &workspace.texts, request)
        .map_err(|refusals| refusals.into_iter().map(refused).collect::<Vec<_>>())?;
    let most = panel.most_cases();
    panel
        .check_symmetry(&mut |done| progress.share("comparing directions", done, most))
        .map_err(|refusal| vec![refused(refusal)])?;
    let columns: Vec<Column> = panel.columns.iter().map(|column| column.column.clone()).collect();
    let mut tally = arguments.panel.codebook.is_some().then(Tally::default);
    let written = output
        .table(&columns, |sink| {
            panel.write(sink, tally.as_mut(), &mut |done| progress.share("writing rows of cases", done, most))
        })
        .map_err(|fault| fault.into_iter().collect::<Vec<_>>())?;
    if let (Some(path), Some(tally)) = (&arguments.panel.codebook, &tally) {
        let page = codebook::markdown(&describe(program, &panel, tally, &written, output), &workspace.texts);
        output::write_whole(path, &page).map_err(|fault| vec![fault])?;
    }
    let warnings = warnings(program, &panel, &written);
    // The process ends: what the engine found need not be given back piece by piece.
    std::mem::forget(panel);
    Ok(warnings)
}

fn request(arguments: &EvalArguments, targets: &[Target], when: &When) -> Request {
    let options = &arguments.panel;
    let joining = match (options.both, options.either) {
        (true, _) => Joining::Both,
        (_, true) => Joining::Either,
        _ => Joining::Same,
    };
    let grain = match when.yearly.filter(|_| !options.spells) {
        None => Grain::Spells,
        Some(Yearly::AnyDay) => Grain::Years(YearRule::AnyDay),
        Some(Yearly::AllDays) => Grain::Years(YearRule::AllDays),
        Some(Yearly::On { month, day }) => Grain::Years(YearRule::On(month, day)),
    };
    Request {
        targets: targets.to_vec(),
        period: when.period,
        grain,
        pairing: if options.undirected { Pairing::Undirected(joining) } else { Pairing::Directed },
        layout: if options.long { Layout::Long } else { Layout::Wide },
        codes: once(&options.codes),
        with: once(&options.with).into_iter().map(in_small_letters).collect(),
        verdicts: options.verdict.iter().map(|verdict| verdict.verdict()).collect(),
    }
}

/// The words that mean columns have small letters, however they are typed.
fn in_small_letters(word: String) -> String {
    let known = ["conditions", "deciding"].into_iter().find(|known| word.eq_ignore_ascii_case(known));
    known.map_or(word, str::to_owned)
}

/// Words without those that were said before.
fn once(words: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for word in words.iter().map(|word| word.trim()).filter(|word| !word.is_empty()) {
        if !kept.iter().any(|known| known == word) {
            kept.push(word.to_owned());
        }
    }
    kept
}

fn place_of(program: &Program, refusal: &Refusal) -> Option<symmachia::text::Span> {
    match refusal {
        Refusal::NotSymmetric(difference) => Some(match difference.target {
            Target::Relation(id) => program.relation(id).span,
            Target::Measure(id) => program.measure(id).span,
        }),
        _ => None,
    }
}

fn warnings(program: &Program, panel: &Panel<'_>, written: &Written) -> Vec<Diagnostic> {
    let name = |id: &IndividualId| program.individual(*id).name.clone();
    let codes = &panel.request().codes;
    let without = codes.iter().zip(&written.without_code).filter(|(_, without)| !without.is_empty());
    let without = without.map(|(scheme, without)| PanelFault::WithoutCode {
        scheme: scheme.clone(),
        individuals: without.iter().map(name).collect(),
    });
    let clashes = codes.iter().zip(&written.clashes).filter(|(_, clashes)| clashes.rows > 0);
    let clashes = clashes.map(|(scheme, clashes)| PanelFault::CodesTwice {
        scheme: scheme.clone(),
        rows: clashes.rows,
        codes: clashes
            .codes
            .iter()
            .map(|(code, clash)| {
                (code.clone(), clash.individuals.iter().map(name).collect(), clash.years.iter().copied().collect())
            })
            .collect(),
        other: another_scheme(program, panel, written, clashes),
    });
    without.chain(clashes).map(|fault| fault.diagnostic()).collect()
}

/// A scheme by which those who clash have codes of their own: one that is in the panel, where it has no such rows; else the one of which most
/// individuals have codes, as it is the most likely one to be in other data.
fn another_scheme(program: &Program, panel: &Panel<'_>, written: &Written, clashes: &Clashes) -> Option<String> {
    let individuals: BTreeSet<IndividualId> =
        clashes.codes.values().flat_map(|clash| clash.individuals.iter().copied()).collect();
    let asked_for = panel.request().codes.iter().zip(&written.clashes);
    let mut without_clash = asked_for.filter(|(_, clashes)| clashes.rows == 0).map(|(scheme, _)| scheme);
    if let Some(scheme) = without_clash.find(|scheme| tells_apart(program, scheme, &individuals)) {
        return Some(scheme.clone());
    }
    let mut holders: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (place, individual) in program.individuals.iter().enumerate() {
        for (scheme, _) in &individual.aliases {
            holders.entry(scheme).or_default().insert(place);
        }
    }
    let mut schemes: Vec<(&str, usize)> =
        holders.into_iter().map(|(scheme, holders)| (scheme, holders.len())).collect();
    schemes.sort_by_key(|(_, holders)| std::cmp::Reverse(*holders));
    let found = schemes.into_iter().map(|(scheme, _)| scheme);
    found
        .filter(|scheme| !panel.request().codes.iter().any(|asked| asked == scheme))
        .find(|scheme| tells_apart(program, scheme, &individuals))
        .map(str::to_owned)
}

fn describe(program: &Program, panel: &Panel<'_>, tally: &Tally, written: &Written, output: &Output) -> Codebook {
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let columns = panel
        .columns
        .iter()
        .enumerate()
        .map(|(place, column)| Entry {
            name: column.column.name.clone(),
            full: (column.full != column.column.name).then(|| column.full.clone()),
            meaning: column.meaning.text.clone(),
            span: column.meaning.span,
            values: tally.values(place),
        })
        .collect();
    Codebook {
        title: output.file.as_deref().and_then(name).unwrap_or_else(|| "the panel".to_owned()),
        about: about(panel, written),
        columns,
        criteria: definitions(program, panel),
        sources: sources(program),
        program: format!("symmachia {}", env!("CARGO_PKG_VERSION")),
    }
}

fn about(panel: &Panel<'_>, written: &Written) -> Vec<String> {
    let request = panel.request();
    let of_whom = match request.pairing {
        Pairing::Directed => "each order of a pair is a case of its own",
        Pairing::Undirected(_) if request.codes.is_empty() => "each pair is one case, in the order of the names",
        Pairing::Undirected(_) => {
            "each pair is one case, in the order of the codes, and of the names where there are none"
        }
    };
    let row = match request.grain {
        Grain::Years(_) => "A row is a case and a year; a case that does not arise in a year has no row",
        Grain::Spells => "A row is a case and a spell: the longest stretch of days on which nothing in the row changes",
    };
    let mut about = vec![
        format!("{row}; {of_whom}."),
        format!("It has {} rows, of {}.", grouped(written.rows), counted(written.cases, "case")),
        format!("It covers {}.", period(panel.period())),
    ];
    about.extend(panel::of_days(request.grain));
    if !request.verdicts.is_empty() {
        let kept: Vec<&str> = request.verdicts.iter().map(|verdict| verdict.name()).collect();
        about.push(format!("Only rows are kept in which a criterion is {}.", kept.join(" or ")));
    }
    about
}

fn period(period: Interval) -> String {
    match (period.first == Day::FIRST, period.last == Day::LAST) {
        (true, true) => "all time".to_owned(),
        (true, false) => format!("all days until {}", period.last),
        (false, true) => format!("all days from {}", period.first),
        (false, false) => format!("{} to {}", period.first, period.last),
    }
}

/// The criteria of the panel, and then those on which they build.
fn definitions(program: &Program, panel: &Panel<'_>) -> Vec<Definition> {
    explain::criteria_below(program, &panel.targets())
        .into_iter()
        .map(|id| {
            let relation = program.relation(id);
            Definition {
                name: program.qualified_name(Target::Relation(id)),
                documentation: relation.documentation.clone(),
                rules: relation.rules.iter().map(|rule| program.rule(*rule).span).collect(),
            }
        })
        .collect()
}

fn sources(program: &Program) -> Vec<String> {
    program
        .sources
        .iter()
        .map(|source| {
            let horizon = source.horizon.map(|day| format!(" (until {day})")).unwrap_or_default();
            match &source.citation {
                Some(citation) => format!("{}: {citation}{horizon}", source.name),
                None => format!("{}{horizon}", source.name),
            }
        })
        .collect()
}
