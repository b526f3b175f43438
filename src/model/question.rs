//! Questions about a resolved program: `ally(russia, kazakhstan)`, `true_alliance.ally`.

use super::error::QuestionError;
use super::near::nearest;
use super::program::{IndividualId, KindId, MeasureId, Program, Question, RelationId, Target};
use super::report::{Mistake, Report};
use super::time;
use crate::diagnostic::Diagnostic;
use crate::syntax::tree::{Condition, ConditionKind, Term, TermKind};
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
            Err(QuestionError::Unknown { name: qualified(name), span, near, criteria })
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
        if let ConditionKind::Bare(name) = &tree.kind
            && let Err(mistake) = target(
                program,
                name.framework.as_ref().map(|name| name.text.as_str()),
                &name.name.text,
                Some(name.span),
            )
        {
            report.add(mistake);
        } else {
            report.add(QuestionError::Form { span: Some(tree.span) });
        }
        return None;
    };
    let framework = atom.name.framework.as_ref().map(|name| name.text.as_str());
    let target = match target(program, framework, &atom.name.name.text, Some(atom.name.span)) {
        Ok(target) => target,
        Err(mistake) => {
            report.add(mistake);
            return None;
        }
    };
    let roles = program.roles(target);
    if roles.len() != atom.arguments.len() {
        let kinds: Vec<&str> = roles.iter().map(|role| program.kind(role.kind).name.as_str()).collect();
        report.add(QuestionError::Arity {
            name: program.qualified_name(target),
            count: atom.arguments.len(),
            arity: roles.len(),
            signature: format!("{}({})", program.qualified_name(target), kinds.join(", ")),
            span: atom.span,
        });
        return None;
    }
    let individuals: Vec<Option<IndividualId>> =
        roles.iter().zip(&atom.arguments).map(|(role, term)| individual(program, role.kind, term, report)).collect();
    Some(Question { target, individuals: individuals.into_iter().collect::<Option<_>>()? })
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
        TermKind::Variable(_) | TermKind::Wildcard => {
            report.add(QuestionError::Form { span: Some(term.span) });
            return None;
        }
    };
    let found = program.individuals.binary_search_by(|individual| {
        (individual.kind, individual.name.as_str(), !individual.is_unnamed).cmp(&(root, name.as_str(), true))
    });
    match found {
        Ok(index) => Some(IndividualId(index as u32)),
        Err(_) => {
            let known = program
                .individuals
                .iter()
                .filter(|individual| individual.kind == root && !individual.is_unnamed)
                .map(|individual| individual.name.as_str());
            report.add(QuestionError::UnknownIndividual {
                near: nearest(&name, known),
                name,
                kind: program.kind(kind).name.clone(),
                span: term.span,
            });
            None
        }
    }
}
