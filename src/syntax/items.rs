//! Declarations and rules.

use super::build::{Builder, Made};
use super::conditions;
use super::error::{Clause, Mistake};
use super::evidence::{self, Once};
use super::expressions;
use super::grammar::{Pair, Rule};
use super::import;
use super::time;
use super::tree::Rule as RuleItem;
use super::tree::{
    Alias, Classification, ClassificationCase, DefinedMeasure, Framework, Gloss, Head, HeadArgument,
    IndividualDeclaration, ItemKind, KindDeclaration, MeasureDeclaration, MeasureValues, Members, Name, Parameter,
    ParameterValue, PredicateDeclaration, Quoted, Role, RuleForm, SourceDeclaration, Use,
};
use crate::text::Span;

/// The tree of one item.
pub(super) fn item(builder: &Builder, pair: Pair<'_>) -> Made<ItemKind> {
    Ok(match pair.as_rule() {
        Rule::framework_item => ItemKind::Framework(framework(builder, pair)?),
        Rule::use_item => ItemKind::Use(use_file(builder, &pair)?),
        Rule::kind_item => ItemKind::Kind(kind(builder, pair)?),
        Rule::individual_item => ItemKind::Individual(Box::new(individual(builder, pair)?)),
        Rule::source_item => ItemKind::Source(source(builder, pair)?),
        Rule::predicate_item => ItemKind::Predicate(Box::new(predicate(builder, pair)?)),
        Rule::measure_item => ItemKind::Measure(Box::new(measure(builder, pair)?)),
        Rule::defined_measure_item => ItemKind::DefinedMeasure(Box::new(defined_measure(builder, pair)?)),
        Rule::parameter_item => ItemKind::Parameter(parameter(builder, pair)?),
        Rule::classify_item => ItemKind::Classification(Box::new(classification(builder, pair)?)),
        Rule::rule_item => ItemKind::Rule(Box::new(rule(builder, pair)?)),
        Rule::complete_item => ItemKind::Completeness(evidence::completeness(builder, pair)?),
        Rule::prefer_item => ItemKind::Preference(Box::new(evidence::preference(builder, pair)?)),
        Rule::expect_item | Rule::claim_item => ItemKind::Assertion(Box::new(evidence::assertion(builder, pair)?)),
        Rule::cases_item => ItemKind::Cases(Box::new(evidence::cases(builder, pair)?)),
        Rule::import_item => ItemKind::Import(Box::new(import::import(builder, pair)?)),
        _ => ItemKind::Fact(evidence::fact(builder, pair)?),
    })
}

/// The name that a declaration cannot lack.
fn present<T>(found: Option<T>, whole: Span) -> Made<T> {
    found.ok_or(Mistake::unread(whole))
}

fn framework(builder: &Builder, pair: Pair<'_>) -> Made<Framework> {
    let whole = builder.extent(&pair);
    let (mut name, mut extends, mut label, mut once) = (None, None, None, Once::default());
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::name => name = Some(builder.name(&inner)),
            Rule::extends => {
                once.note(Clause::Extends, builder.extent(&inner))?;
                extends = inner.into_inner().find(|part| part.as_rule() == Rule::name).map(|part| builder.name(&part));
            }
            Rule::label => set_label(builder, &inner, &mut label, &mut once)?,
            _ => {}
        }
    }
    Ok(Framework { name: present(name, whole)?, extends, label })
}

fn set_label(builder: &Builder, pair: &Pair<'_>, label: &mut Option<Quoted>, once: &mut Once) -> Made<()> {
    once.note(Clause::Label, builder.extent(pair))?;
    *label = Some(builder.string(pair)?);
    Ok(())
}

fn use_file(builder: &Builder, pair: &Pair<'_>) -> Made<Use> {
    let part = |rule| pair.clone().into_inner().find(|inner| inner.as_rule() == rule);
    let word_of_library = part(Rule::use_library).map(|word| builder.extent(&word));
    Ok(Use { path: builder.string(&present(part(Rule::string), builder.extent(pair))?)?, word_of_library })
}

fn kind(builder: &Builder, pair: Pair<'_>) -> Made<KindDeclaration> {
    let whole = builder.extent(&pair);
    let (mut open, mut name, mut parent, mut members) = (false, None, None, None);
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::word_open => open = true,
            Rule::name => name = Some(builder.name(&inner)),
            Rule::kind_name => parent = Some(builder.name(&inner)),
            Rule::members => members = Some(self::members(builder, inner)?),
            _ => {}
        }
    }
    Ok(KindDeclaration { open, name: present(name, whole)?, parent, members })
}

fn members(builder: &Builder, pair: Pair<'_>) -> Made<Members> {
    let mut names = Vec::new();
    let mut first_sign: Option<Pair<'_>> = None;
    for inner in pair.into_inner() {
        if inner.as_rule() == Rule::member {
            names.push(builder.name_or_string(inner)?);
        } else if let Some(first) = &first_sign {
            if first.as_rule() != inner.as_rule() {
                return Err(Mistake::MixedMembers { first: builder.span(first) }.at(builder.span(&inner)));
            }
        } else {
            first_sign = Some(inner);
        }
    }
    let ordered = first_sign.is_some_and(|sign| sign.as_rule() == Rule::below);
    Ok(Members { ordered, names })
}

fn individual(builder: &Builder, pair: Pair<'_>) -> Made<IndividualDeclaration> {
    let whole = builder.extent(&pair);
    let (mut kind, mut name, mut label) = (None, None, None);
    let (mut life, mut aliases, mut once) = (Vec::new(), Vec::new(), Once::default());
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::kind_name => kind = Some(builder.name(&inner)),
            Rule::individual => name = Some(builder.name_or_string(inner)?),
            Rule::label => set_label(builder, &inner, &mut label, &mut once)?,
            Rule::time_spans => {
                once.note(Clause::Time, builder.extent(&inner))?;
                life = time::time_spans(builder, &inner)?;
            }
            Rule::aliases => {
                once.note(Clause::Aliases, builder.extent(&inner))?;
                for alias in inner.into_inner().filter(|alias| alias.as_rule() == Rule::alias) {
                    aliases.push(self::alias(builder, alias)?);
                }
            }
            _ => {}
        }
    }
    Ok(IndividualDeclaration { kind: present(kind, whole)?, name: present(name, whole)?, label, life, aliases })
}

fn alias(builder: &Builder, pair: Pair<'_>) -> Made<Alias> {
    let whole = builder.extent(&pair);
    let (mut scheme, mut code) = (None, None);
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::scheme => scheme = Some(builder.name(&inner)),
            Rule::code if inner.as_str().starts_with('"') => {
                let quoted = builder.string(&inner)?;
                code = Some(Name { text: quoted.text, quoted: true, span: quoted.span });
            }
            Rule::code => code = Some(builder.name(&inner)),
            _ => {}
        }
    }
    Ok(Alias { scheme: present(scheme, whole)?, code: present(code, whole)? })
}

fn source(builder: &Builder, pair: Pair<'_>) -> Made<SourceDeclaration> {
    let whole = builder.extent(&pair);
    let (mut name, mut citation, mut horizon, mut once) = (None, None, None, Once::default());
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::name => name = Some(builder.name(&inner)),
            Rule::label => set_label(builder, &inner, &mut citation, &mut once)?,
            Rule::horizon => {
                once.note(Clause::Horizon, builder.extent(&inner))?;
                horizon = Some(time::ending(builder, &inner)?);
            }
            _ => {}
        }
    }
    Ok(SourceDeclaration { name: present(name, whole)?, citation, horizon })
}

/// `symmetric` and `reflexive`, in either order, each once.
#[derive(Default)]
struct Modifiers {
    symmetric: bool,
    reflexive: bool,
    once: Once,
}

impl Modifiers {
    fn add(&mut self, builder: &Builder, pair: &Pair<'_>) -> Made<()> {
        if pair.as_str().starts_with("symmetric") {
            self.symmetric = true;
            self.once.note(Clause::Symmetric, builder.extent(pair))
        } else {
            self.reflexive = true;
            self.once.note(Clause::Reflexive, builder.extent(pair))
        }
    }
}

fn gloss(builder: &Builder, pair: Pair<'_>, once: &mut Once) -> Made<Gloss> {
    let whole = builder.extent(&pair);
    once.note(Clause::Gloss, whole)?;
    let mut strings = pair.into_inner().filter(|inner| inner.as_rule() == Rule::string);
    let positive = builder.string(&present(strings.next(), whole)?)?;
    let negative = strings.next().map(|negative| builder.string(&negative)).transpose()?;
    Ok(Gloss { positive, negative })
}

fn roles(builder: &Builder, pair: Pair<'_>) -> Made<Vec<Role>> {
    let mut roles = Vec::new();
    for role in pair.into_inner().filter(|inner| inner.as_rule() == Rule::role) {
        let whole = builder.extent(&role);
        let (mut name, mut kind) = (None, None);
        for inner in role.into_inner() {
            match inner.as_rule() {
                Rule::any_name => name = Some(builder.name(&inner)),
                Rule::kind_name => kind = Some(builder.name(&inner)),
                _ => {}
            }
        }
        roles.push(Role { name: present(name, whole)?, kind: present(kind, whole)? });
    }
    Ok(roles)
}

fn predicate(builder: &Builder, pair: Pair<'_>) -> Made<PredicateDeclaration> {
    let whole = builder.extent(&pair);
    let (mut name, mut roles, mut gloss) = (None, Vec::new(), None);
    let (mut modifiers, mut once) = (Modifiers::default(), Once::default());
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::modifier => modifiers.add(builder, &inner)?,
            Rule::callee => name = Some(plain_callee(builder, &inner)?),
            Rule::roles => roles = self::roles(builder, inner)?,
            Rule::gloss => gloss = Some(self::gloss(builder, inner, &mut once)?),
            _ => {}
        }
    }
    let Modifiers { symmetric, reflexive, .. } = modifiers;
    Ok(PredicateDeclaration { symmetric, reflexive, name: present(name, whole)?, roles, gloss })
}

fn measure(builder: &Builder, pair: Pair<'_>) -> Made<MeasureDeclaration> {
    let whole = builder.extent(&pair);
    let (mut name, mut roles, mut gloss, mut values) = (None, Vec::new(), None, None);
    let (mut modifiers, mut once) = (Modifiers::default(), Once::default());
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::modifier => modifiers.add(builder, &inner)?,
            Rule::callee => name = Some(plain_callee(builder, &inner)?),
            Rule::roles => roles = self::roles(builder, inner)?,
            Rule::gloss => gloss = Some(self::gloss(builder, inner, &mut once)?),
            Rule::measured_in => {
                once.note(Clause::Unit, builder.extent(&inner))?;
                for unit in inner.into_inner() {
                    match unit.as_rule() {
                        Rule::string => values = Some(MeasureValues::Unit(builder.string(&unit)?)),
                        Rule::kind_name => values = Some(MeasureValues::Kind(builder.name(&unit))),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    let Modifiers { symmetric, reflexive, .. } = modifiers;
    Ok(MeasureDeclaration { symmetric, reflexive, name: present(name, whole)?, roles, gloss, values })
}

/// What is declared belongs to the file's framework and is named without one.
fn plain_callee(builder: &Builder, pair: &Pair<'_>) -> Made<Name> {
    let qualified = builder.qualified(pair);
    match qualified.framework {
        None => Ok(qualified.name),
        Some(framework) => {
            Err(Mistake::QualifiedDeclaration { framework: framework.text, name: qualified.name.text }
                .at(qualified.span))
        }
    }
}

fn defined_measure(builder: &Builder, pair: Pair<'_>) -> Made<DefinedMeasure> {
    let whole = builder.extent(&pair);
    let (mut head, mut value) = (None, None);
    let redefines = redefine(builder, &pair);
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::head => head = Some(self::head(builder, inner)?),
            Rule::condition => value = Some(expressions::expression(builder, inner)?),
            _ => {}
        }
    }
    let head = Head { redefines, ..present(head, whole)? };
    Ok(DefinedMeasure { head, value: present(value, whole)? })
}

fn parameter(builder: &Builder, pair: Pair<'_>) -> Made<Parameter> {
    let whole = builder.extent(&pair);
    let (mut name, mut kind, mut value) = (None, None, None);
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::name => name = Some(builder.name(&inner)),
            Rule::kind_name => kind = Some(builder.name(&inner)),
            Rule::signed_number | Rule::level => {
                let span = builder.extent(&inner);
                value = Some((parameter_value(builder, inner)?, span));
            }
            _ => {}
        }
    }
    let (value, value_span) = present(value, whole)?;
    Ok(Parameter { name: present(name, whole)?, kind, value, value_span })
}

/// A number or the name of a level.
pub(super) fn parameter_value(builder: &Builder, pair: Pair<'_>) -> Made<ParameterValue> {
    Ok(match pair.as_rule() {
        Rule::signed_number => ParameterValue::Number(builder.number(&pair)?),
        _ => ParameterValue::Level(builder.name_or_string(pair)?),
    })
}

/// The place of the word `redefine`, where a definition begins with it.
fn redefine(builder: &Builder, pair: &Pair<'_>) -> Option<Span> {
    let word = pair.clone().into_inner().next().filter(|first| first.as_rule() == Rule::word_redefine)?;
    Some(builder.span(&word))
}

fn head(builder: &Builder, pair: Pair<'_>) -> Made<Head> {
    let whole = builder.extent(&pair);
    let (mut name, mut arguments, mut gloss, mut applies_where) = (None, Vec::new(), None, None);
    let mut span: Option<Span> = None;
    let mut once = Once::default();
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::callee => {
                let callee = plain_callee(builder, &inner)?;
                span = Some(callee.span);
                name = Some(callee);
            }
            Rule::head_argument => arguments.push(head_argument(builder, inner)?),
            Rule::close => span = span.map(|span| span.to(builder.span(&inner))),
            Rule::gloss => gloss = Some(self::gloss(builder, inner, &mut once)?),
            Rule::applies_where => {
                once.note(Clause::Where, builder.extent(&inner))?;
                let condition = inner.into_inner().find(|part| part.as_rule() == Rule::condition);
                applies_where = Some(conditions::condition(builder, present(condition, whole)?)?);
            }
            _ => {}
        }
    }
    let (name, span) = (present(name, whole)?, present(span, whole)?);
    Ok(Head { name, arguments, gloss, applies_where, redefines: None, span })
}

fn head_argument(builder: &Builder, pair: Pair<'_>) -> Made<HeadArgument> {
    let whole = builder.extent(&pair);
    let (mut term, mut kind) = (None, None);
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::term => term = Some(builder.term(inner)?),
            Rule::kind_name => kind = Some(builder.name(&inner)),
            _ => {}
        }
    }
    Ok(HeadArgument { term: present(term, whole)?, kind })
}

fn rule(builder: &Builder, pair: Pair<'_>) -> Made<RuleItem> {
    let whole = builder.extent(&pair);
    let mut modifiers = Modifiers::default();
    let redefines = redefine(builder, &pair);
    let (mut head, mut form, mut body, mut permits) = (None, None, None, Vec::new());
    let mut once = Once::default();
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::modifier => modifiers.add(builder, &inner)?,
            Rule::head => head = Some(self::head(builder, inner)?),
            Rule::form => {
                let which = match inner.clone().into_inner().next().map(|word| word.as_rule()) {
                    Some(Rule::word_requires) => RuleForm::Requires,
                    Some(Rule::word_if) => RuleForm::If,
                    _ => RuleForm::OnlyIf,
                };
                form = Some((which, builder.extent(&inner)));
            }
            Rule::condition => body = Some(conditions::condition(builder, inner)?),
            Rule::permits => {
                once.note(Clause::Permits, builder.extent(&inner))?;
                for named in inner.into_inner().filter(|part| part.as_rule() == Rule::named) {
                    permits.push(conditions::named(builder, &named)?);
                }
            }
            _ => {}
        }
    }
    let Modifiers { symmetric, reflexive, .. } = modifiers;
    let (form, form_span) = present(form, whole)?;
    let (head, body) = (Head { redefines, ..present(head, whole)? }, present(body, whole)?);
    Ok(RuleItem { symmetric, reflexive, head, form, form_span, body, permits })
}

fn classification(builder: &Builder, pair: Pair<'_>) -> Made<Classification> {
    let whole = builder.extent(&pair);
    let (mut head, mut cases, mut otherwise) = (None, Vec::new(), None);
    let redefines = redefine(builder, &pair);
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::head => head = Some(self::head(builder, inner)?),
            Rule::case => {
                let (mut level, mut condition) = (None, None);
                for part in inner.into_inner() {
                    match part.as_rule() {
                        Rule::level => level = Some(builder.name_or_string(part)?),
                        Rule::condition => condition = Some(conditions::condition(builder, part)?),
                        _ => {}
                    }
                }
                cases.push(ClassificationCase { level: present(level, whole)?, condition: present(condition, whole)? });
            }
            Rule::level => otherwise = Some(builder.name_or_string(inner)?),
            _ => {}
        }
    }
    let head = Head { redefines, ..present(head, whole)? };
    Ok(Classification { head, cases, otherwise: present(otherwise, whole)? })
}
