//! What a comparison says besides the verdicts, for spreadsheets and statistics programs: the statistics of each two rivals, and where they part.

use super::csv::written;
use crate::compare::{Comparison, Moment, SpellApart, Statistic};
use crate::explain::{Deciding, number};
use crate::render::results::machine_date;
use crate::text::{Span, Texts};

/// A row for each two rivals, and a last one for all of them. Statistics that are undefined are empty, and `undefined_because` says why.
#[must_use]
pub fn statistics_csv(comparison: &Comparison) -> String {
    let header = [
        "left",
        "right",
        "compared",
        "left_out",
        "agreement",
        "cohen_kappa",
        "krippendorff_alpha",
        "both",
        "only_left",
        "only_right",
        "neither",
        "undetermined",
        "contested",
        "left_sufficient_for_right",
        "right_sufficient_for_left",
        "undefined_because",
    ];
    let mut records = vec![header.map(str::to_owned).to_vec()];
    for pair in &comparison.pairs {
        let fit = &pair.fit;
        let (within_right, within_left) = (fit.left_within_right(), fit.right_within_left());
        let (agreement, kappa) = (pair.table.agreement(), pair.table.kappa());
        let undefined = [
            ("agreement", agreement),
            ("cohen_kappa", kappa),
            ("left_sufficient_for_right", within_right),
            ("right_sufficient_for_left", within_left),
        ];
        let [agreement, kappa, within_right, within_left] = [agreement, kappa, within_right, within_left].map(value);
        let counts = [
            fit.both.weight,
            fit.only_left.weight,
            fit.only_right.weight,
            fit.neither.weight,
            fit.undetermined,
            fit.contested,
        ];
        let mut record = vec![
            comparison.rivals[pair.left].name.clone(),
            comparison.rivals[pair.right].name.clone(),
            pair.table.total().to_string(),
            pair.left_out.to_string(),
            agreement,
            kappa,
            String::new(),
        ];
        record.extend(counts.iter().map(u64::to_string));
        record.extend([within_right, within_left, because(&undefined)]);
        records.push(record);
    }
    let mut all = vec![String::new(); header.len()];
    all[0] = "all".to_owned();
    all[6] = value(comparison.alpha);
    all[header.len() - 1] = because(&[("krippendorff_alpha", comparison.alpha)]);
    records.push(all);
    written(&records)
}

/// With six decimals; a reader rounds further.
fn value(statistic: Statistic) -> String {
    statistic.map(number).unwrap_or_default()
}

fn because(statistics: &[(&str, Statistic)]) -> String {
    let why = |(name, statistic): &(&str, Statistic)| statistic.err().map(|why| format!("{name}: {why}"));
    statistics.iter().filter_map(why).collect::<Vec<_>>().join("; ")
}

/// A row for each case in which not all agree, spell and rival: its verdict, and the condition that decides it with its evidence.
#[must_use]
pub fn partings_csv(comparison: &Comparison, texts: &Texts) -> String {
    let mut header = comparison.roles.clone();
    let rest = [
        "from",
        "until",
        "weight",
        "criterion",
        "verdict",
        "as_of",
        "sentence",
        "condition",
        "condition_at",
        "because",
        "evidence",
        "sources",
    ];
    header.extend(rest.map(str::to_owned));
    let mut records = vec![header];
    for apart in &comparison.apart {
        for spell in &apart.spells {
            for place in 0..comparison.rivals.len() {
                let mut record = comparison.cases[apart.case].names.clone();
                record.extend(row(comparison, spell, place, texts));
                records.push(record);
            }
        }
    }
    written(&records)
}

fn row(comparison: &Comparison, spell: &SpellApart, place: usize, texts: &Texts) -> Vec<String> {
    let timeless = comparison.moment == Moment::Throughout;
    let date = |day| if timeless { String::new() } else { machine_date(day) };
    let mut row = vec![
        date(spell.days.first),
        date(spell.days.last),
        spell.weight.to_string(),
        comparison.rivals[place].name.clone(),
        spell.verdicts[place].name().to_owned(),
    ];
    match spell.standing(place) {
        None => row.extend([String::new(), String::new()]),
        Some(standing) => row.extend([date(standing.day), standing.sentence.clone()]),
    }
    match spell.standing(place).and_then(|standing| standing.deciding.as_ref()) {
        None => row.extend(std::iter::repeat_n(String::new(), 5)),
        Some(deciding) => row.extend(decides(deciding, texts)),
    }
    row
}

fn decides(deciding: &Deciding, texts: &Texts) -> [String; 5] {
    let place = |span: Span| format!("{}:{}", texts.get(span.file).name, texts.line_and_column(span).0);
    let facts: Vec<String> = deciding.facts.iter().map(|fact| place(fact.span)).collect();
    let mut sources: Vec<&str> = Vec::new();
    for fact in &deciding.facts {
        if !fact.citation.is_empty() && !sources.contains(&fact.citation.as_str()) {
            sources.push(&fact.citation);
        }
    }
    [
        deciding.condition.clone(),
        deciding.span.map(place).unwrap_or_default(),
        deciding.because.clone(),
        facts.join("; "),
        sources.join("; "),
    ]
}
