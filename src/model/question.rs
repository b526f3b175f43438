//! Questions about a resolved program: `ally(russia, kazakhstan)`, `true_alliance.ally`.

use super::error::QuestionError;
use super::meant::meant;
use super::near::nearest;
use super::program::{IndividualId, Kind, KindId, MeasureId, Program, Question, RelationId, Target};
use super::report::{Mistake, Report};
use super::time;
use crate::diagnostic::Diagnostic;
use crate::syntax::tree::{
    Condition, ConditionKind, Fact, FactArgument, FactArgumentKind, Polarity, QualifiedName, Term, TermKind,
};
use crate::text::{Span, Texts};

/// The case that an atom of individuals asks about.
///
/// # Errors
/// Where the name or an individual is unknown, or the atom is of another form.
pub fn resolve_question(program: &Program, texts: &Texts, tree: &Condition) -> Result<Question, Vec<Diagnostic>> {
    let mut report = Report::new(texts);
    let question = question(program, tree, &mut report);
    question.ok_or_else(|| report.finish())
}

/// The cases that an atom on the command line asks about, as a `cases` lists them: for each role individuals, kinds by their names, sets of
/// both, or `_` for all that can stand there.
///
/// # Errors
/// As for a question.
pub fn resolve_cases(
    program: &Program,
    texts: &Texts,
    tree: &Fact,
) -> Result<(Target, Vec<Vec<IndividualId>>), Vec<Diagnostic>> {
    let mut report = Report::new(texts);
    let is_atom = tree.polarity == Polarity::For && !tree.mutually && !tree.either_way && tree.value.is_none();
    let is_bare = tree.spans.is_empty() && tree.citations.is_empty() && tree.note.is_none();
    if !is_atom || !is_bare {
        report.add(QuestionError::Form { span: Some(tree.atom_span), example: None });
        return Err(report.finish());
    }
    let cases = target_of(program, &tree.name, tree.arguments.len(), tree.atom_span, &mut report)
        .and_then(|target| Some((target, members_of(program, target, &tree.arguments, &mut report)?)));
    cases.ok_or_else(|| report.finish())
}

fn members_of(
    program: &Program,
    target: Target,
    arguments: &[FactArgument],
    report: &mut Report,
) -> Option<Vec<Vec<IndividualId>>> {
    let over = program.roles(target).iter().zip(arguments).map(|(role, argument)| {
        let terms = match &argument.kind {
            FactArgumentKind::One(term) => std::slice::from_ref(term),
            FactArgumentKind::Set(terms) | FactArgumentKind::Only(terms) => terms,
        };
        // All are looked at, so that all mistakes are told.
        let members: Vec<Option<Vec<IndividualId>>> =
            terms.iter().map(|term| members(program, role.kind, term, report)).collect();
        let mut members = members.into_iter().collect::<Option<Vec<_>>>()?.concat();
        members.sort_unstable();
        members.dedup();
        Some(members)
    });
    over.collect::<Vec<_>>().into_iter().collect()
}

fn members(program: &Program, kind: KindId, term: &Term, report: &mut Report) -> Option<Vec<IndividualId>> {
    let named = |id: &&IndividualId| !program.individual(**id).is_unnamed;
    let of = |kind: KindId| program.kind(kind).members.iter().filter(named).copied().collect::<Vec<_>>();
    match &term.kind {
        TermKind::Wildcard => Some(of(kind)),
        TermKind::Name(name) if known(program, kind, name).is_none() => {
            let of_same_root = |known: &&Kind| known.name == *name && known.root == program.kind(kind).root;
            let part = program.kinds.iter().position(|known| of_same_root(&known));
            let Some(part) = part else { return individual(program, kind, term, report).map(|id| vec![id]) };
            let all = of(kind);
            Some(of(KindId(part as u32)).into_iter().filter(|id| all.contains(id)).collect())
        }
        _ => individual(program, kind, term, report).map(|id| vec![id]),
    }
}

/// What is wrong with a question of which a name has several words: `ally(United States, Canada)`. None where that is not all.
#[must_use]
pub fn question_in_many_words(program: &Program, text: &str, span: Span) -> Option<Diagnostic> {
    let (name, rest) = text.trim().split_once('(')?;
    let written: Vec<&str> = rest.strip_suffix(')')?.split(',').map(str::trim).collect();
    let (framework, short) = name.trim().rsplit_once('.').map_or((None, name.trim()), |(of, name)| (Some(of), name));
    let target = target(program, framework, short, None).ok()?;
    let roles = program.roles(target);
    let is_of_words = |word: &&str| word.contains(' ') && !word.contains('"');
    let many = (*written.iter().find(|word| is_of_words(word))?).to_owned();
    if roles.len() != written.len() {
        return None;
    }
    let names = roles.iter().zip(&written).map(|(role, word)| match meant(program, role.kind, word).as_slice() {
        _ if known(program, role.kind, word).is_some() => Some((*word).to_owned()),
        [only] => Some(only.name.clone()),
        _ => None,
    });
    let names = names.collect::<Option<Vec<_>>>()?.join(", ");
    Some(QuestionError::ManyWords { many, meant: format!("{}({names})", name.trim()), span }.into_diagnostic())
}

/// What a name on the command line is about: `ally`, or `true_alliance.ally`.
///
/// # Errors
/// Where nothing or more than one thing is called so.
pub fn resolve_target(program: &Program, name: &str) -> Result<Target, Diagnostic> {
    let (framework, short) = match name.split_once('.') {
        Some((framework, short)) => (Some(framework), short),
        None => (None, name),
    };
    target(program, framework, short, None).map_err(Mistake::into_diagnostic)
}

fn targets(program: &Program) -> impl Iterator<Item = (Option<&str>, &str, Target)> {
    let framework = |id: Option<super::program::FrameworkId>| id.map(|id| program.frameworks[id.index()].name.as_str());
    let relations = program.relations.iter().enumerate().map(move |(index, relation)| {
        (framework(relation.framework), relation.name.as_str(), Target::Relation(RelationId(index as u32)))
    });
    let measures = program.measures.iter().enumerate().map(move |(index, measure)| {
        (framework(measure.framework), measure.name.as_str(), Target::Measure(MeasureId(index as u32)))
    });
    relations.chain(measures)
}

fn target(program: &Program, framework: Option<&str>, name: &str, span: Option<Span>) -> Result<Target, QuestionError> {
    let found: Vec<(Option<&str>, Target)> = targets(program)
        .filter(|(of, known, _)| *known == name && (framework.is_none() || *of == framework))
        .map(|(of, _, target)| (of, target))
        .collect();
    // Without a framework the one that all share comes first.
    let shared = found.iter().find(|(of, _)| framework.is_none() && of.is_none());
    match (shared, found.as_slice()) {
        (Some((_, target)), _) | (None, [(_, target)]) => Ok(*target),
        (None, []) => {
            let candidates = targets(program).filter(|(of, _, _)| framework.is_none() || *of == framework);
            let near = nearest(name, candidates.map(|(_, known, _)| known));
            let qualified = |name: &str| match framework {
                Some(framework) => format!("{framework}.{name}"),
                None => name.to_owned(),
            };
            let near = match (near, framework) {
                (Some(near), _) => Some(qualified(&near)),
                // The framework itself may be misspelt.
                (None, Some(framework)) => {
                    nearest(framework, program.frameworks.iter().map(|framework| framework.name.as_str()))
                        .map(|framework| format!("{framework}.{name}"))
                }
                (None, None) => None,
            };
            let of_framework = targets(program).filter(|(of, _, _)| framework.is_none() && *of == Some(name));
            let criteria = of_framework.map(|(_, known, _)| format!("`{name}.{known}`")).collect();
            Err(match individual_of_name(program, name).filter(|_| framework.is_none() && near.is_none()) {
                Some((kind, example)) => QuestionError::Individual { name: name.to_owned(), kind, span, example },
                None => QuestionError::Unknown { name: qualified(name), span, near, criteria },
            })
        }
        (None, several) => Err(QuestionError::Ambiguous {
            name: name.to_owned(),
            span,
            candidates: several.iter().map(|(_, target)| program.qualified_name(*target)).collect(),
        }),
    }
}

fn question(program: &Program, tree: &Condition, report: &mut Report) -> Option<Question> {
    let ConditionKind::Atom(atom) = &tree.kind else {
        // A name alone that is unknown deserves to hear so.
        let named = if let ConditionKind::Bare(name) = &tree.kind {
            let framework = name.framework.as_ref().map(|name| name.text.as_str());
            target(program, framework, &name.name.text, Some(name.span)).map(Some)
        } else {
            Ok(None)
        };
        report.add(named.map_or_else(
            |mistake| mistake,
            |named| QuestionError::Form {
                span: Some(tree.span),
                example: named.and_then(|named| example(program, named, None)),
            },
        ));
        return None;
    };
    let target = target_of(program, &atom.name, atom.arguments.len(), atom.span, report)?;
    let roles = program.roles(target);
    let individuals: Vec<Option<IndividualId>> =
        roles.iter().zip(&atom.arguments).map(|(role, term)| individual(program, role.kind, term, report)).collect();
    Some(Question { target, individuals: individuals.into_iter().collect::<Option<_>>()? })
}

/// The kind of the individual that a name is of, and a question about it.
fn individual_of_name(program: &Program, name: &str) -> Option<(String, Option<String>)> {
    let id = program.individuals.iter().position(|known| known.name == name && !known.is_unnamed)?;
    let id = IndividualId(id as u32);
    let root = program.individual(id).kind;
    let is_criterion = |target: &Target| match target {
        Target::Relation(relation) => program.relation(*relation).is_criterion,
        Target::Measure(_) => false,
    };
    let takes = |target: &Target| program.roles(*target).iter().any(|role| program.kind(role.kind).root == root);
    let criterion = targets(program).map(|(_, _, target)| target).find(|target| is_criterion(target) && takes(target));
    let example = criterion.and_then(|criterion| example(program, criterion, Some(id)));
    Some((program.kind(root).name.clone(), example))
}

/// A question about a target: with the first individuals that fit, or with one of them and `_` for all others.
fn example(program: &Program, target: Target, about: Option<IndividualId>) -> Option<String> {
    let mut used: Vec<IndividualId> = Vec::new();
    let mut names = Vec::new();
    for role in program.roles(target) {
        let kind = program.kind(role.kind);
        match about {
            Some(about) if used.is_empty() && program.kind(kind.root).root == program.individual(about).kind => {
                used.push(about);
                names.push(program.individual(about).name.clone());
            }
            Some(_) => names.push("_".to_owned()),
            None => {
                let fits = |id: &&IndividualId| !used.contains(*id) && !program.individual(**id).is_unnamed;
                let id = kind.members.iter().find(fits)?;
                used.push(*id);
                names.push(program.individual(*id).name.clone());
            }
        }
    }
    Some(format!("{}({})", program.qualified_name(target), names.join(", ")))
}

/// What an atom of so many arguments is of.
fn target_of(
    program: &Program,
    name: &QualifiedName,
    arguments: usize,
    span: Span,
    report: &mut Report,
) -> Option<Target> {
    let framework = name.framework.as_ref().map(|name| name.text.as_str());
    let target = match target(program, framework, &name.name.text, Some(name.span)) {
        Ok(target) => target,
        Err(mistake) => {
            report.add(mistake);
            return None;
        }
    };
    let roles = program.roles(target);
    if roles.len() != arguments {
        let kinds: Vec<&str> = roles.iter().map(|role| program.kind(role.kind).name.as_str()).collect();
        report.add(QuestionError::Arity {
            name: program.qualified_name(target),
            count: arguments,
            arity: roles.len(),
            signature: format!("{}({})", program.qualified_name(target), kinds.join(", ")),
            span,
        });
        return None;
    }
    Some(target)
}

/// The individual of a name.
fn known(program: &Program, kind: KindId, name: &str) -> Option<IndividualId> {
    let root = program.kind(kind).root;
    let found = program.individuals.binary_search_by(|individual| {
        (individual.kind, individual.name.as_str(), !individual.is_unnamed).cmp(&(root, name, true))
    });
    found.ok().map(|index| IndividualId(index as u32))
}

fn individual(program: &Program, kind: KindId, term: &Term, report: &mut Report) -> Option<IndividualId> {
    let root = program.kind(kind).root;
    let name = match &term.kind {
        TermKind::Name(name) | TermKind::Quoted(name) => name.clone(),
        TermKind::Number(number) if root == Program::DATE => match time::year(*number, term.span) {
            Some(year) => time::written(&year),
            None => number.to_string(),
        },
        TermKind::Number(number) => number.to_string(),
        TermKind::Date(date) => time::written(date),
        TermKind::Variable(name) => {
            let kind_name = program.kind(kind).name.clone();
            let (meant, name) = (meant(program, kind, name), name.clone());
            report.add(QuestionError::Variable { name, kind: kind_name, span: term.span, meant });
            return None;
        }
        TermKind::Wildcard => {
            report.add(QuestionError::ManyCases { span: term.span });
            return None;
        }
    };
    let found = known(program, kind, &name);
    if found.is_none() {
        report.add(QuestionError::UnknownIndividual {
            meant: meant(program, kind, &name),
            name,
            kind: program.kind(kind).name.clone(),
            span: term.span,
        });
    }
    found
}
