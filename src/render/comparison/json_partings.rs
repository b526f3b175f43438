//! Where rivals part, for machines: two of them, or all.

use crate::compare::{CaseApart, Comparison, Parting, PartingSpell, Reason, SpellApart, Standing};
use crate::explain::Deciding;
use crate::render::results::machine_date;
use crate::text::{Span, Texts};
use crate::verdict::Verdict;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Part<'a> {
    case: &'a [String],
    compared: u64,
    weight: u64,
    spells: Vec<PartSpell<'a>>,
}

#[derive(Serialize)]
struct PartSpell<'a> {
    from: String,
    until: String,
    weight: u64,
    left: Verdict,
    right: Verdict,
    reason: Option<Why<'a>>,
}

#[derive(Serialize)]
struct Why<'a> {
    as_of: String,
    sentence: &'a str,
    /// Whose condition separates them.
    criterion: &'a str,
    verdict: Verdict,
    #[serde(flatten)]
    decides: Decides<'a>,
}

/// A condition that decides, and its evidence.
#[derive(Serialize)]
struct Decides<'a> {
    condition: Option<Place<'a>>,
    in_words: &'a str,
    because: &'a str,
    further_conditions: usize,
    facts: Vec<Fact<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    text: &'a str,
    file: &'a str,
    line: usize,
}

#[derive(Serialize)]
struct Fact<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    role: &'a str,
    citation: &'a str,
    note: Option<&'a str>,
}

/// A case in which not all agree.
#[derive(Serialize)]
pub(super) struct Apart<'a> {
    case: &'a [String],
    label: &'a str,
    compared: u64,
    weight: u64,
    spells: Vec<ApartSpell<'a>>,
}

#[derive(Serialize)]
struct ApartSpell<'a> {
    from: String,
    until: String,
    weight: u64,
    /// In the order of `criteria`.
    standings: Vec<Stands<'a>>,
}

#[derive(Serialize)]
struct Stands<'a> {
    criterion: &'a str,
    verdict: Verdict,
    /// Nothing where the cases are too many to be asked one by one.
    reason: Option<Stance<'a>>,
}

#[derive(Serialize)]
struct Stance<'a> {
    as_of: String,
    sentence: &'a str,
    #[serde(flatten)]
    decides: Option<Decides<'a>>,
}

pub(super) fn part<'a>(comparison: &'a Comparison, parting: &'a Parting, texts: &'a Texts) -> Part<'a> {
    let spell = |spell: &'a PartingSpell| PartSpell {
        from: machine_date(spell.days.first),
        until: machine_date(spell.days.last),
        weight: spell.weight,
        left: spell.left,
        right: spell.right,
        reason: spell.reason.as_ref().map(|reason| why(comparison, reason, texts)),
    };
    Part {
        case: &comparison.cases[parting.case].names,
        compared: parting.compared,
        weight: parting.weight,
        spells: parting.spells.iter().map(spell).collect(),
    }
}

fn why<'a>(comparison: &'a Comparison, reason: &'a Reason, texts: &'a Texts) -> Why<'a> {
    Why {
        as_of: machine_date(reason.day),
        sentence: &reason.sentence,
        criterion: &comparison.rivals[reason.rival].name,
        verdict: reason.verdict,
        decides: decides(&reason.deciding, texts),
    }
}

fn decides<'a>(deciding: &'a Deciding, texts: &'a Texts) -> Decides<'a> {
    let place = |span: Span| Place {
        text: texts.slice(span),
        file: texts.get(span.file).name.as_str(),
        line: texts.line_and_column(span).0,
    };
    let facts = deciding.facts.iter().map(|fact| Fact {
        place: place(fact.span),
        role: &fact.role,
        citation: &fact.citation,
        note: fact.note.as_deref(),
    });
    Decides {
        condition: deciding.span.map(place),
        in_words: &deciding.condition,
        because: &deciding.because,
        further_conditions: deciding.further,
        facts: facts.collect(),
    }
}

pub(super) fn apart<'a>(comparison: &'a Comparison, apart: &'a CaseApart, texts: &'a Texts) -> Apart<'a> {
    let case = &comparison.cases[apart.case];
    let stance = |standing: &'a Standing| Stance {
        as_of: machine_date(standing.day),
        sentence: &standing.sentence,
        decides: standing.deciding.as_ref().map(|deciding| decides(deciding, texts)),
    };
    let spell = |spell: &'a SpellApart| ApartSpell {
        from: machine_date(spell.days.first),
        until: machine_date(spell.days.last),
        weight: spell.weight,
        standings: comparison
            .rivals
            .iter()
            .enumerate()
            .map(|(place, rival)| Stands {
                criterion: &rival.name,
                verdict: spell.verdicts[place],
                reason: spell.standing(place).map(stance),
            })
            .collect(),
    };
    Apart {
        case: &case.names,
        label: &case.label,
        compared: apart.compared,
        weight: apart.weight,
        spells: apart.spells.iter().map(spell).collect(),
    }
}
