//! The same evidence as the rows of tables: what a program says in sentences, put into columns.

use std::collections::BTreeMap;
use symmachia::evidence::{
    DraftRow, Packed, Polarity, RowTime, RowValues, Statement, StatementId, StatementValue, TableDraft, atoms_of,
};
use symmachia::model::Program;
use symmachia::model::program::{IndividualId, SourceId, Target};

/// Whether a row of a table can say it: of each atom at one time, and not by `only`.
fn fits_rows(statement: &Statement) -> bool {
    let is_one_spell = statement.times.len() == 1 || statement.times.iter().all(|time| !time.ended);
    is_one_spell && statement.arguments.iter().all(|argument| !argument.only) && !statement.arguments.is_empty()
}

/// A program in which each target has one table for each group of sources, as far as rows can say what its statements say. What a
/// person says of several atoms or over several spells is several rows.
pub fn tabled(program: &Program) -> Program {
    let mut tables: BTreeMap<(Target, Vec<SourceId>), Vec<Statement>> = BTreeMap::new();
    let mut tabled = program.clone();
    tabled.statements.clear();
    for statement in &program.statements {
        if fits_rows(statement) {
            let sources = statement.citations.iter().map(|citation| citation.source).collect();
            tables.entry((statement.target, sources)).or_default().push(statement.clone());
        } else {
            tabled.statements.push(statement.clone());
        }
    }
    let ids: Vec<IndividualId> = (0..program.individuals.len() as u32).map(IndividualId).collect();
    let mut first = tabled.statements.len() as u32;
    for statements in tables.into_values() {
        let table = table(program, &statements).finish(&ids, StatementId(first));
        first += table.len() as u32;
        tabled.table_statements.push(table);
    }
    tabled
}

fn table(program: &Program, statements: &[Statement]) -> TableDraft {
    let mut pattern = statements[0].clone();
    (pattern.polarity, pattern.mutually, pattern.value) = (Polarity::For, false, None);
    (pattern.times, pattern.row) = (Vec::new(), None);
    for argument in &mut pattern.arguments {
        (argument.individuals, argument.is_set, argument.set_kind) = (Vec::new(), false, None);
    }
    let values = match pattern.target {
        Target::Relation(_) => RowValues::None,
        Target::Measure(id) if program.measure(id).levels.is_some() => RowValues::Levels(Packed::default()),
        Target::Measure(_) => RowValues::Numbers(Packed::default()),
    };
    let mut draft = TableDraft::new(pattern, "table.csv", values, None, 0);
    let mut line = 1;
    for statement in statements {
        for (atom, _) in atoms_of(program, statement) {
            for time in &statement.times {
                line += 1;
                let row_time = RowTime::of(time).unwrap_or_else(|| draft.times.add_other(*time));
                let (number, level) = match statement.value {
                    Some(StatementValue::Number(number)) => (number, None),
                    Some(StatementValue::Level(level)) => (f64::NAN, Some(level)),
                    None => (f64::NAN, None),
                };
                let polarity = statement.polarity;
                draft.push(&DraftRow { individuals: &atom, polarity, time: row_time, number, level, line });
            }
        }
    }
    draft
}
