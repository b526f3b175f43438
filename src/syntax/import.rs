//! Tables that are read as evidence.

use super::build::{Builder, Made, seek};
use super::cells;
use super::error::{Clause, Mistake};
use super::evidence::{Once, citations};
use super::grammar::{Pair, Rule};
use super::time;
use super::tree::{
    Each, FactTemplate, Import, ImportCompleteness, ImportOption, MissingCodes, Name, Polarity, TemplateArgument,
    TemplateArgumentKind, Term, TermKind,
};

/// More values than this in `for K in 1..9999` are a slip.
const MOST_VALUES: u32 = 2_000;

/// `import "file.csv" as row [source] { … }`
pub(super) fn import(builder: &Builder, pair: Pair<'_>) -> Made<Import> {
    let whole = builder.extent(&pair);
    let unread = || Mistake::unread(whole);
    let (mut path, mut row, mut cited) = (None, None, Vec::new());
    let (mut options, mut missing, mut templates, mut complete) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut spell, mut among) = (None, None);
    let mut once = Once::default();
    let mut bare_complete = None;
    for inner in pair.into_inner() {
        let place = builder.extent(&inner);
        if inner.as_rule() != Rule::import_complete {
            bare_complete = None;
        }
        match inner.as_rule() {
            Rule::string => path = Some(builder.string(&inner)?),
            Rule::import_option => options.push(option(builder, inner)?),
            Rule::name => row = Some(builder.name(&inner)),
            Rule::citations => cited = citations(builder, &inner)?,
            Rule::import_missing => missing.push(self::missing(builder, inner)?),
            Rule::import_spell => {
                once.note(Clause::Spell, place)?;
                let mut parts = inner.clone().into_inner();
                let span = parts.find(|part| part.as_rule() == Rule::cell_span).unwrap_or(inner);
                spell = Some(cells::span(builder, span)?);
            }
            Rule::import_where => {
                once.note(Clause::Where, place)?;
                among = Some(condition(builder, inner)?);
            }
            Rule::import_complete => {
                let spans = seek(&mut inner.into_inner(), Rule::time_spans);
                let spans = spans.map(|spans| time::time_spans(builder, &spans)).transpose()?.unwrap_or_default();
                if let Some(first) = bare_complete {
                    return Err(Mistake::RepeatedWord { words: "complete".to_owned(), first }.at(place));
                }
                bare_complete = spans.is_empty().then_some(place);
                complete.push(ImportCompleteness { spans, span: place });
            }
            Rule::import_fact => templates.push(template(builder, inner)?),
            _ => {}
        }
    }
    let (path, row) = (path.ok_or_else(unread)?, row.ok_or_else(unread)?);
    let import = Import { path, options, row, citations: cited, missing, spell, among, templates, complete };
    let mut stranger = None;
    import.each_cell(&mut |cell| {
        if cell.row.text != import.row.text && stranger.is_none() {
            stranger = Some(cell.row.clone());
        }
    });
    match stranger {
        Some(written) => {
            let row = import.row;
            Err(Mistake::OtherRow { written: written.text, row: row.text, named: row.span }.at(written.span))
        }
        None => Ok(import),
    }
}

fn condition(builder: &Builder, pair: Pair<'_>) -> Made<super::tree::Cells> {
    let place = builder.extent(&pair);
    let inner = seek(&mut pair.into_inner(), Rule::cell_condition).ok_or_else(|| Mistake::unread(place))?;
    cells::condition(builder, inner)
}

fn option(builder: &Builder, pair: Pair<'_>) -> Made<(ImportOption, super::tree::Quoted)> {
    let place = builder.extent(&pair);
    let mut inner = pair.into_inner();
    let option = match inner.next().map(|word| word.as_str().to_owned()).as_deref() {
        Some("delimiter") => ImportOption::Delimiter,
        Some("encoding") => ImportOption::Encoding,
        Some("decimal") => ImportOption::Decimal,
        Some("thousands") => ImportOption::Thousands,
        _ => ImportOption::Sheet,
    };
    let text = inner.next().ok_or_else(|| Mistake::unread(place))?;
    Ok((option, builder.string(&text)?))
}

fn missing(builder: &Builder, pair: Pair<'_>) -> Made<MissingCodes> {
    let (mut codes, mut columns) = (Vec::new(), Vec::new());
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::missing_code if inner.as_str().starts_with('"') => {
                let place = builder.extent(&inner);
                let string = inner.into_inner().next().ok_or_else(|| Mistake::unread(place))?;
                codes.push(builder.string(&string)?.text);
            }
            Rule::missing_code => codes.push(inner.as_str().trim().to_owned()),
            Rule::cell => columns.push(cells::cell(builder, &inner)?),
            _ => {}
        }
    }
    Ok(MissingCodes { codes, columns })
}

fn template(builder: &Builder, pair: Pair<'_>) -> Made<FactTemplate> {
    let span = builder.extent(&pair);
    let unread = || Mistake::unread(span);
    let (mut polarity, mut mutually, mut either_way) = (None, false, false);
    let (mut name, mut atom_span, mut arguments) = (None, None, Vec::new());
    let (mut value, mut is, mut time, mut among, mut each, mut note) = (None, None, None, None, None, None);
    let mut cited = Vec::new();
    let mut once = Once::default();
    for inner in pair.into_inner() {
        let place = builder.extent(&inner);
        match inner.as_rule() {
            Rule::fact_sign => match inner.into_inner().next().map(|sign| sign.as_rule()) {
                Some(Rule::word_mutually) => {
                    once.note(Clause::Mutually, place)?;
                    mutually = true;
                }
                Some(Rule::either_way) => either_way = true,
                sign => {
                    once.note(Clause::Polarity, place)?;
                    polarity = Some(if sign == Some(Rule::word_not) { Polarity::Against } else { Polarity::Unknown });
                }
            },
            Rule::callee => {
                let qualified = builder.qualified(&inner);
                atom_span = Some(qualified.span);
                name = Some(qualified);
            }
            Rule::import_argument => arguments.push(argument(builder, inner)?),
            Rule::close => atom_span = atom_span.map(|span| span.to(builder.span(&inner))),
            Rule::import_value => {
                let sum = seek(&mut inner.into_inner(), Rule::cell_sum).ok_or_else(unread)?;
                value = Some(cells::value(builder, sum)?);
            }
            Rule::import_is => {
                once.note(Clause::Is, place)?;
                is = Some(condition(builder, inner)?);
            }
            Rule::cell_span => {
                once.note(Clause::Time, place)?;
                time = Some(cells::span(builder, inner)?);
            }
            Rule::import_where => {
                once.note(Clause::Where, place)?;
                among = Some(condition(builder, inner)?);
            }
            Rule::import_each => {
                once.note(Clause::Each, place)?;
                each = Some(self::each(builder, inner)?);
            }
            Rule::citations => {
                once.note(Clause::Citations, place)?;
                cited = citations(builder, &inner)?;
            }
            Rule::note => {
                once.note(Clause::Note, place)?;
                note = Some(builder.string(&inner)?);
            }
            _ => {}
        }
    }
    Ok(FactTemplate {
        polarity: polarity.unwrap_or(Polarity::For),
        mutually,
        either_way,
        name: name.ok_or_else(unread)?,
        arguments,
        atom_span: atom_span.ok_or_else(unread)?,
        value,
        is,
        time,
        among,
        each,
        citations: cited,
        note,
        span,
    })
}

fn argument(builder: &Builder, pair: Pair<'_>) -> Made<TemplateArgument> {
    let span = builder.extent(&pair);
    let inner = pair.into_inner().next().ok_or_else(|| Mistake::unread(span))?;
    let kind = match inner.as_rule() {
        Rule::cell_code => {
            let (mut cell, mut scheme, mut or_new) = (None, None, false);
            for part in inner.into_inner() {
                match part.as_rule() {
                    Rule::cell => cell = Some(cells::cell(builder, &part)?),
                    Rule::scheme => scheme = Some(builder.name(&part)),
                    Rule::or_new => or_new = true,
                    _ => {}
                }
            }
            TemplateArgumentKind::Cell { cell: cell.ok_or_else(|| Mistake::unread(span))?, scheme, or_new }
        }
        Rule::variable => {
            TemplateArgumentKind::Term(Term { kind: TermKind::Variable(inner.as_str().to_owned()), span })
        }
        _ => TemplateArgumentKind::Term(builder.term(inner)?),
    };
    Ok(TemplateArgument { kind, span })
}

fn each(builder: &Builder, pair: Pair<'_>) -> Made<Each> {
    let place = builder.extent(&pair);
    let (mut variable, mut values) = (None, Vec::new());
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::variable => variable = Some(builder.name(&inner)),
            Rule::each_values => {
                for value in inner.into_inner().filter(|part| part.as_rule() == Rule::each_value) {
                    let token = value.into_inner().next().ok_or_else(|| Mistake::unread(place))?;
                    values.push(match token.as_rule() {
                        Rule::string => {
                            let quoted = builder.string(&token)?;
                            Name { text: quoted.text, quoted: true, span: quoted.span }
                        }
                        _ => builder.name(&token),
                    });
                }
            }
            Rule::each_years => {
                let numbers: Vec<Option<u32>> = inner
                    .into_inner()
                    .filter(|part| part.as_rule() == Rule::whole_number)
                    .map(|part| part.as_str().trim().parse().ok())
                    .collect();
                let [Some(first), Some(last)] = numbers.as_slice() else { return Err(Mistake::unread(place)) };
                if first > last || last - first > MOST_VALUES {
                    return Err(Mistake::EachRange { most: MOST_VALUES as usize }.at(place));
                }
                let name = |number: u32| Name { text: number.to_string(), quoted: false, span: place };
                values.extend((*first..=*last).map(name));
            }
            _ => {}
        }
    }
    Ok(Each { variable: variable.ok_or_else(|| Mistake::unread(place))?, values })
}
