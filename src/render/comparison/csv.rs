//! The verdicts side by side, and truth tables, for spreadsheets and statistics programs.

use super::whole;
use crate::compare::{Comparison, Moment, TruthTable};
use crate::render::results::machine_date;
use crate::verdict::Verdict;

/// A row a case and spell: a column for each role, one for each rival with its verdict, `days` for how long (or nothing where a case counts
/// once), and `from` and `until`; or `on`; or `year`.
#[must_use]
pub fn csv(comparison: &Comparison) -> String {
    let mut header = comparison.roles.clone();
    header.extend(
        comparison
            .rivals
            .iter()
            .map(|rival| if rival.source.is_some() { rival.short.clone() } else { rival.name.clone() }),
    );
    header.extend(
        match comparison.moment {
            Moment::Period(_) => vec!["days", "from", "until"],
            Moment::Day(_) => vec!["on"],
            Moment::Years(_) => vec!["year"],
            Moment::Throughout => Vec::new(),
        }
        .into_iter()
        .map(str::to_owned),
    );
    let mut records = vec![header];
    for case in &comparison.cases {
        for spell in &case.spells {
            let mut record = case.names.clone();
            record.extend(spell.verdicts.iter().map(|verdict| verdict.name().to_owned()));
            match comparison.moment {
                Moment::Period(_) => record.extend([
                    spell.weight.to_string(),
                    machine_date(spell.days.first),
                    machine_date(spell.days.last),
                ]),
                Moment::Day(_) => record.push(machine_date(whole(comparison).first)),
                Moment::Years(_) => record.push(spell.days.first.year().to_string()),
                Moment::Throughout => {}
            }
            records.push(record);
        }
    }
    written(&records)
}

/// For qualitative comparative analysis: a row a case, a column for each condition, and `OUT`; 1 is met, 0 not met, and an empty cell neither.
#[must_use]
pub fn truth_table(table: &TruthTable) -> String {
    let mut header = vec!["case".to_owned()];
    header.extend(table.conditions.iter().cloned());
    header.push("OUT".to_owned());
    let sign = |verdict: &Verdict| match verdict {
        Verdict::Met => "1",
        Verdict::NotMet => "0",
        Verdict::Undetermined | Verdict::Contested | Verdict::NotApplicable => "",
    };
    let mut records = vec![header];
    for row in &table.rows {
        let mut name = row.names.join("-");
        if table.is_yearly {
            name.push_str(&format!("-{}", row.day.year()));
        }
        let mut record = vec![name];
        record.extend(row.conditions.iter().chain([&row.outcome]).map(|verdict| sign(verdict).to_owned()));
        records.push(record);
    }
    written(&records)
}

pub(super) fn written(records: &[Vec<String>]) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    for record in records {
        // Writing to memory does not fail, and every record has the header's length.
        let _ = writer.write_record(record);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}
