//! The conditions of a criterion's rules, each with its verdict, and the first of them that is the reason of the whole's.

use super::value::Value;
use crate::engine::{Engine, Frame, Standing};
use crate::model::Program;
use crate::model::condition::{Condition, ConditionKind, CountComparison, Wording};
use crate::model::program::{Guard, IndividualId, RelationId, Rule, RuleForm, Target};
use crate::text::{Span, Texts};
use crate::time::Timeline;
use crate::verdict::Verdict;

/// The rules of a criterion, taken apart.
#[derive(Debug, Clone)]
pub struct Reasons<'p> {
    relation: RelationId,
    rules: Vec<RuleParts<'p>>,
    /// What conditions are called, by their labels.
    pub labels: Vec<Label>,
    /// The labels of the conditions that have no parts, in the order of the text: those that get a column.
    pub leaves: Vec<u32>,
}

/// What a condition is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// As its author wrote it; a name alone where it stands for itself applied to the head's arguments.
    pub text: String,
    /// Where.
    pub span: Span,
}

#[derive(Debug, Clone)]
struct RuleParts<'p> {
    rule: &'p Rule,
    parts: Vec<Part<'p>>,
    /// What has to hold: the `where`, and the body.
    roots: Vec<usize>,
}

#[derive(Debug, Clone)]
struct Part<'p> {
    condition: &'p Condition,
    label: u32,
    shape: Shape,
}

#[derive(Debug, Clone)]
enum Shape {
    Leaf,
    /// Who stands as the whole does is the reason.
    Joined(Vec<usize>),
    Counted(CountComparison, Vec<usize>),
}

impl<'p> Reasons<'p> {
    /// The conditions of a relation's rules.
    #[must_use]
    pub fn of(program: &'p Program, texts: &Texts, relation: RelationId) -> Reasons<'p> {
        let mut reasons = Reasons { relation, rules: Vec::new(), labels: Vec::new(), leaves: Vec::new() };
        for rule in program.relation(relation).rules.iter().map(|id| program.rule(*id)) {
            let mut parts = Vec::new();
            let roots = rule.applies_where.iter().chain([&rule.body]);
            let roots = roots.map(|root| reasons.take_apart(program, texts, rule, root, &mut parts)).collect();
            reasons.rules.push(RuleParts { rule, parts, roots });
        }
        // A `where` says which cases there are, and is no condition on them.
        let bodies = reasons.rules.iter().filter_map(|rule| rule.roots.last().map(|root| (rule, *root)));
        let mut leaves = Vec::new();
        for (rule, root) in bodies {
            add_leaves(rule, root, &mut leaves);
        }
        let mut seen = std::collections::BTreeSet::new();
        leaves.retain(|label: &u32| seen.insert(*label));
        reasons.leaves = leaves;
        reasons
    }

    fn take_apart(
        &mut self,
        program: &Program,
        texts: &Texts,
        rule: &Rule,
        condition: &'p Condition,
        parts: &mut Vec<Part<'p>>,
    ) -> usize {
        let text = label(program, texts, rule, condition);
        let known = self.labels.iter().position(|label| label.text == text);
        let label = known.unwrap_or_else(|| {
            self.labels.push(Label { text, span: condition.span });
            self.labels.len() - 1
        }) as u32;
        let mut all = |inner: &'p [Condition], parts: &mut Vec<Part<'p>>| -> Vec<usize> {
            inner.iter().map(|part| self.take_apart(program, texts, rule, part, parts)).collect()
        };
        let shape = match &condition.kind {
            ConditionKind::And(inner, Wording::Plain) | ConditionKind::Or(inner, Wording::Plain) => {
                Shape::Joined(all(inner, parts))
            }
            ConditionKind::Counted { comparison, conditions, .. } => {
                Shape::Counted(*comparison, all(conditions, parts))
            }
            _ => Shape::Leaf,
        };
        parts.push(Part { condition, label, shape });
        parts.len() - 1
    }

    /// What each of [`Reasons::leaves`] comes to for a case, on the days on which it arises. Where no rule with the condition
    /// speaks of the case it is not applicable.
    #[must_use]
    pub fn conditions(&self, engine: &Engine<'_>, individuals: &[IndividualId]) -> Vec<Timeline<Value>> {
        let case = engine.case(self.relation, individuals);
        let mut lines: Vec<Option<Timeline<Value>>> = vec![None; self.leaves.len()];
        for rule in self.rules.iter().filter(|rule| fits(rule.rule, individuals)) {
            let mut frame = self.frame(engine, rule.rule, individuals);
            for part in &rule.parts {
                let Some(place) = self.leaves.iter().position(|leaf| *leaf == part.label) else { continue };
                if lines[place].is_none() {
                    let line = engine.condition(part.condition, &mut frame);
                    lines[place] = Some(line.zip(&case, |part, case| {
                        Value::Verdict(if case.is_applicable() { part.verdict() } else { Verdict::NotApplicable })
                    }));
                }
            }
        }
        let nothing = || Timeline::constant(Value::Verdict(Verdict::NotApplicable));
        lines.into_iter().map(|line| line.unwrap_or_else(nothing)).collect()
    }

    /// The verdict of a case on every day, with the label of the first condition that is the reason of it.
    #[must_use]
    pub fn deciding(&self, engine: &Engine<'_>, individuals: &[IndividualId]) -> Timeline<Value> {
        let case = engine.case(self.relation, individuals);
        let rules: Vec<&RuleParts<'p>> = self.rules.iter().filter(|rule| fits(rule.rule, individuals)).collect();
        let mut lines: Vec<Timeline<Standing>> = Vec::new();
        for rule in &rules {
            let mut frame = self.frame(engine, rule.rule, individuals);
            lines.extend(rule.parts.iter().map(|part| engine.condition(part.condition, &mut frame)));
        }
        let all: Vec<&Timeline<Standing>> = std::iter::once(&*case).chain(&lines).collect();
        Timeline::zip_all(&all, |standings| {
            let verdicts: Vec<Verdict> = standings.iter().map(|standing| standing.verdict()).collect();
            let Some((whole, mut rest)) = verdicts.split_first() else { return Value::Inapplicable };
            let mut of_rules = Vec::new();
            for rule in &rules {
                let (own, others) = rest.split_at(rule.parts.len());
                of_rules.push((*rule, own));
                rest = others;
            }
            Value::Reason(*whole, reason(*whole, &of_rules))
        })
    }

    fn frame(&self, engine: &Engine<'_>, rule: &Rule, individuals: &[IndividualId]) -> Frame {
        let domain = engine.domain(Target::Relation(self.relation), individuals);
        Frame::new(rule.variables.len(), individuals, domain)
    }
}

/// The reason of a case's verdict, by the verdicts of the parts of its rules.
fn reason(whole: Verdict, rules: &[(&RuleParts<'_>, &[Verdict])]) -> Option<u32> {
    if whole == Verdict::NotApplicable {
        return None;
    }
    let has_necessary = rules.iter().any(|(rule, _)| rule.rule.form == RuleForm::OnlyIf);
    let bears = |form: RuleForm| match whole {
        Verdict::Met => form != RuleForm::OnlyIf,
        // Beside necessary conditions sufficient ones that fail refuse nothing.
        Verdict::NotMet => !has_necessary || form == RuleForm::OnlyIf,
        _ => true,
    };
    let bearing = || rules.iter().filter(|(rule, _)| bears(rule.rule.form));
    // A part of the rule itself that stands as the whole does; failing that, any that is contested.
    [whole, Verdict::Contested].into_iter().find_map(|wanted| {
        bearing().find_map(|(rule, verdicts)| {
            // The body before the `where`.
            let root = rule.roots.iter().rev().find(|root| verdicts[**root] == wanted)?;
            Some(descend(rule, *root, verdicts))
        })
    })
}

/// From a part down to the first of its parts that stands as it does.
fn descend(rule: &RuleParts<'_>, at: usize, verdicts: &[Verdict]) -> u32 {
    let part = &rule.parts[at];
    let (parts, wanted) = match &part.shape {
        Shape::Leaf => return part.label,
        Shape::Joined(parts) | Shape::Counted(CountComparison::AtLeast, parts) => (parts, verdicts[at]),
        Shape::Counted(CountComparison::AtMost, parts) => (
            parts,
            match verdicts[at] {
                Verdict::Met => Verdict::NotMet,
                Verdict::NotMet => Verdict::Met,
                other => other,
            },
        ),
        Shape::Counted(CountComparison::Exactly, parts) => match verdicts[at] {
            // Too many or too few: the number is the reason.
            Verdict::Met | Verdict::NotMet => return part.label,
            other => (parts, other),
        },
    };
    let next = [wanted, Verdict::Contested]
        .into_iter()
        .find_map(|wanted| parts.iter().find(|inner| verdicts[**inner] == wanted));
    next.map_or(part.label, |inner| descend(rule, *inner, verdicts))
}

fn add_leaves(rule: &RuleParts<'_>, at: usize, leaves: &mut Vec<u32>) {
    match &rule.parts[at].shape {
        Shape::Leaf => leaves.push(rule.parts[at].label),
        Shape::Joined(parts) | Shape::Counted(_, parts) => {
            for part in parts {
                add_leaves(rule, *part, leaves);
            }
        }
    }
}

fn fits(rule: &Rule, individuals: &[IndividualId]) -> bool {
    rule.guards.iter().all(|guard| match guard {
        Guard::Is(place, individual) => individuals[*place] == *individual,
        Guard::Same(one, two) => individuals[*one] == individuals[*two],
    })
}

/// The author's words in one line; the name alone where the arguments are the head's.
fn label(program: &Program, texts: &Texts, rule: &Rule, condition: &Condition) -> String {
    use crate::model::condition::Argument;
    if let ConditionKind::Atom(atom) = &condition.kind {
        let arity = program.relation(rule.relation).roles.len();
        let is_bare = atom.arguments.len() == arity
            && atom.arguments.iter().enumerate().all(|(place, one)| *one == Argument::Variable(place));
        if is_bare {
            return program
                .qualified_name(Target::Relation(atom.relation))
                .rsplit('.')
                .next()
                .unwrap_or_default()
                .to_owned();
        }
    }
    // Without comments.
    let lines = texts.slice(condition.span).lines().map(|line| line.split(" #").next().unwrap_or_default());
    let text = lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
    without_parentheses(&text).to_owned()
}

/// Without parentheses around the whole.
fn without_parentheses(text: &str) -> &str {
    let Some(inner) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) else { return text };
    let mut depth = 0;
    for letter in inner.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        // The first one is closed before the end: `(a) or (b)`.
        if depth < 0 {
            return text;
        }
    }
    without_parentheses(inner.trim())
}
