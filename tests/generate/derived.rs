//! Rules, scores and classifications of generated programs.

use super::Features;
use super::conditions::{Place, Scope};
use super::tape::Tape;
use super::tree::{Condition, Parentheses};
use super::vocabulary::{Kind, Measure, Relation, STATE, TREATY, Vocabulary};

/// `measure d(A) where p(A) = 2` cannot be read yet: the `=` is taken for a comparison.
const MEASURES_APPLY_WHERE: bool = false;

/// What is defined, and what a definition may use.
pub struct Derived<'g> {
    pub vocabulary: &'g mut Vocabulary,
    pub features: &'g Features,
    pub parentheses: Parentheses,
    pub framework: Option<String>,
    pub items: Vec<String>,
}

impl Derived<'_> {
    pub fn define(&mut self, tape: &mut Tape) {
        match tape.weighted(&[(10, 0), (5, 1), (2, 2), (3, 3), (2, 4), (5, 5), (4, 6), (3, 7), (3, 8)]) {
            0 => self.criterion(tape),
            5 => self.contested_circle(tape),
            6 if self.features.chains => self.plain_chain(tape),
            7 if self.features.chains => self.quarrels(tape),
            8 if self.features.numbers && self.features.chains => self.flows(tape),
            1 => self.circle(tape),
            2 if self.framework.is_none() => self.bridged(tape),
            3 if self.features.numbers => self.score(tape),
            4 if self.features.numbers => self.classification(tape),
            _ => self.criterion(tape),
        }
    }

    fn scope<'s>(&'s self, head: &[(String, Kind)], relations: usize, circle: Vec<usize>) -> Scope<'s> {
        Scope {
            vocabulary: self.vocabulary,
            features: self.features,
            relations: (0..relations).collect(),
            measures: (0..if self.features.numbers { self.vocabulary.measures.len() } else { 0 }).collect(),
            circle,
            framework: self.framework.as_ref(),
            head: head.to_vec(),
            variables: head.to_vec(),
            named: 0,
        }
    }

    fn head_roles(tape: &mut Tape) -> Vec<Kind> {
        tape.weighted(&[
            (12, [STATE, STATE].as_slice()),
            (3, &[STATE]),
            (2, &[STATE, TREATY]),
            (1, &[STATE, STATE, STATE]),
            (1, &[TREATY]),
        ])
        .to_vec()
    }

    fn head(&self, roles: &[Kind], letters: &[&str]) -> Vec<(String, Kind)> {
        letters.iter().map(|letter| (*letter).to_owned()).zip(roles.iter().copied()).collect()
    }

    fn head_text(&self, name: &str, head: &[(String, Kind)]) -> String {
        let arguments: Vec<String> =
            head.iter().map(|(variable, kind)| format!("{variable}: {}", self.vocabulary.kinds[*kind].name)).collect();
        format!("{name}({})", arguments.join(", "))
    }

    pub(super) fn add_criterion(&mut self, roles: &[Kind], is_reflexive: bool) -> String {
        let name = format!("c{}", self.vocabulary.relations.len());
        self.vocabulary.relations.push(Relation {
            name: name.clone(),
            framework: self.framework.clone(),
            roles: roles.to_vec(),
            is_criterion: true,
            is_reflexive,
        });
        name
    }

    fn criterion(&mut self, tape: &mut Tape) {
        let roles = Self::head_roles(tape);
        let known = self.vocabulary.relations.len();
        let is_reflexive = roles.len() > 1 && tape.chance(10);
        let modifier = if is_reflexive { "reflexive " } else { "" };
        let name = format!("c{known}");
        let forms: &[&str] = match tape.weighted(&[(6, 0), (4, 1), (3, 2), (2, 3), (1, 4)]) {
            0 => &["requires"],
            1 => &["if"],
            2 => &["if", "if"],
            3 => &["if", "only if"],
            _ => &["only if"],
        };
        let forms = if self.features.only_if { forms } else { &forms[..1.min(forms.len())] };
        let always_where = tape.chance(15);
        for form in forms {
            let form = if self.features.only_if { form } else { forms[0] };
            self.rule(tape, modifier, &name, &roles, form, always_where, known);
        }
        self.add_criterion(&roles, is_reflexive);
    }

    #[allow(clippy::too_many_arguments)]
    fn rule(
        &mut self,
        tape: &mut Tape,
        modifier: &str,
        name: &str,
        roles: &[Kind],
        form: &str,
        has_where: bool,
        known: usize,
    ) {
        let letters = if tape.chance(80) { ["A", "B", "C"] } else { ["B", "Y", "Z"] };
        let head = self.head(roles, &letters);
        let mut text = self.head_text(name, &head);
        let mut bound = head.clone();
        if form == "if" && tape.chance(15) {
            let place = tape.below(roles.len());
            let constant = tape.pick(&self.vocabulary.kinds[roles[place]].members).clone();
            text = text.replacen(
                &format!("{}: {}", head[place].0, self.vocabulary.kinds[roles[place]].name),
                &constant,
                1,
            );
            bound.remove(place);
        }
        let mut scope = self.scope(&bound, known, Vec::new());
        // A bare name takes the head's arguments, which a constant in the head would spoil.
        if bound.len() < head.len() {
            scope.head.clear();
        }
        let applies = (has_where || tape.chance(5)).then(|| scope.condition(tape, 1, Place::BODY));
        let depth = tape.between(1, 3);
        let body = scope.condition(tape, depth, Place::BODY);
        let permits = if tape.chance(8) { format!(" permits {}", plain_atom(&mut scope, tape)) } else { String::new() };
        let documentation = if tape.chance(5) { "## Said of it.\n" } else { "" };
        let applies = applies
            .map_or(String::new(), |applies| format!(" where {}", applies.text_in_conjunction(self.parentheses)));
        let body = body.text(self.parentheses);
        self.items.push(format!("{documentation}{modifier}{text}{applies} {form} {body}{permits}"));
    }

    /// Criteria that depend on themselves or on one another.
    fn circle(&mut self, tape: &mut Tape) {
        let known = self.vocabulary.relations.len();
        let number = tape.weighted(&[(3, 1), (2, 2)]);
        let roles = vec![STATE; tape.weighted(&[(1, 1), (8, 2)])];
        let is_reflexive = roles.len() > 1 && tape.chance(25);
        let modifier = if is_reflexive { "reflexive " } else { "" };
        let circle: Vec<usize> = (known..known + number).collect();
        let names: Vec<String> = circle.iter().map(|_| self.add_criterion(&roles, is_reflexive)).collect();
        for (place, name) in names.iter().enumerate() {
            if number == 1 && roles.len() == 2 && tape.chance(50) {
                self.closure(tape, modifier, name, known);
                continue;
            }
            let form = if tape.chance(40) { "requires" } else { "if" };
            for _ in 0..if form == "if" { tape.between(1, 2) } else { 1 } {
                let head = self.head(&roles, &["A", "B", "C"]);
                let mut scope = self.scope(&head, known, circle.clone());
                let next = format!("{}({})", names[(place + 1) % number], swapped(&head, tape.chance(30)));
                let depth = tape.between(1, 2);
                let other = scope.condition(tape, depth, Place::CIRCLE);
                let parts = vec![Condition::Atom(next), other];
                let body = if tape.chance(60) { Condition::Or(parts) } else { Condition::And(parts) };
                let text = self.head_text(name, &head);
                self.items.push(format!("{modifier}{text} {form} {}", body.text(self.parentheses)));
            }
        }
    }

    /// A transitive closure, in one of the ways in which people write it.
    fn closure(&mut self, tape: &mut Tape, modifier: &str, name: &str, known: usize) {
        let pairs: Vec<usize> =
            (0..known).filter(|relation| self.vocabulary.relations[*relation].roles == [STATE, STATE]).collect();
        let Some(base) = tape.pick_maybe(&pairs).copied() else {
            let head = self.head(&[STATE, STATE], &["A", "B"]);
            let body = self.scope(&head, known, Vec::new()).condition(tape, 1, Place::BODY).text(self.parentheses);
            self.items.push(format!("{modifier}{name}(A: state, B: state) if {body}"));
            return;
        };
        let base = &self.vocabulary.relations[base];
        let base = self.vocabulary.called(&base.name, base.framework.as_ref(), self.framework.as_ref(), tape);
        let head = format!("{modifier}{name}(A: state, C: state)");
        match tape.below(4) {
            0 => self.items.extend([format!("{head} if {base}"), format!("{head} if {base}(A, B) and {name}(B, C)")]),
            1 => self
                .items
                .extend([format!("{head} if {base}(A, C)"), format!("{head} if {name}(A, B) and {name}(B, C)")]),
            2 => self
                .items
                .push(format!("{head} requires {base} or (for some B in state: {name}(A, B) and {base}(B, C))")),
            _ => self.items.push(format!(
                "{head} requires either way {base} or ({base}(A, B) and {name}(B, C) and not {base}(C, A))"
            )),
        }
    }

    /// A predicate with facts of its own, and rules that add to them.
    fn bridged(&mut self, tape: &mut Tape) {
        let known = self.vocabulary.relations.len();
        let name = format!("p{known}");
        let roles = if tape.chance(70) { vec![STATE, STATE] } else { vec![STATE] };
        let head = self.head(&roles, &["A", "B"]);
        let symmetric = if roles.len() == 2 && tape.chance(30) { "symmetric " } else { "" };
        self.items.push(match roles.len() {
            2 => format!("{symmetric}predicate {name}(r0: state, r1: state)"),
            _ => format!("predicate {name}(r0: state)"),
        });
        let circle = if tape.chance(40) { vec![known] } else { Vec::new() };
        self.vocabulary.relations.push(Relation {
            name: name.clone(),
            framework: None,
            roles,
            is_criterion: false,
            is_reflexive: false,
        });
        for _ in 0..tape.between(1, 2) {
            let depth = tape.between(1, 2);
            let body = self.scope(&head, known, circle.clone()).condition(tape, depth, Place::CIRCLE);
            let text = self.head_text(&name, &head);
            self.items.push(format!("{text} if {}", body.text(self.parentheses)));
        }
    }

    fn score(&mut self, tape: &mut Tape) {
        let roles = if tape.chance(70) { vec![STATE, STATE] } else { vec![STATE] };
        let head = self.head(&roles, &["A", "B"]);
        let name = format!("d{}", self.vocabulary.measures.len());
        let mut scope = self.scope(&head, self.vocabulary.relations.len(), Vec::new());
        let applies = (MEASURES_APPLY_WHERE && tape.chance(15)).then(|| scope.condition(tape, 1, Place::BODY));
        let depth = tape.between(1, 3);
        let value = scope.number(tape, depth, Place::BODY).text(self.parentheses);
        let applies = applies
            .map_or(String::new(), |applies| format!(" where {}", applies.text_in_conjunction(self.parentheses)));
        self.items.push(format!("measure {}{applies} = {value}", self.head_text(&name, &head)));
        self.add_measure(name, roles, None);
    }

    pub(super) fn add_measure(&mut self, name: String, roles: Vec<Kind>, levels: Option<Vec<String>>) {
        let framework = self.framework.clone();
        self.vocabulary.measures.push(Measure {
            name,
            framework,
            roles,
            is_recorded: false,
            is_reflexive: false,
            levels,
        });
    }

    fn classification(&mut self, tape: &mut Tape) {
        let roles = if tape.chance(70) { vec![STATE, STATE] } else { vec![STATE] };
        let head = self.head(&roles, &["A", "B"]);
        let name = format!("k{}", self.vocabulary.measures.len());
        let levels: Vec<String> = ["least", "less", "more", "most"][..tape.between(2, 4)]
            .iter()
            .map(|word| format!("{name}_{word}"))
            .collect();
        let mut scope = self.scope(&head, self.vocabulary.relations.len(), Vec::new());
        let applies = tape.chance(10).then(|| scope.condition(tape, 1, Place::BODY));
        let cases: Vec<String> = (levels[1..].iter().rev())
            .map(|level| format!("{level} when {}", scope.condition(tape, 1, Place::BODY).text(self.parentheses)))
            .collect();
        let applies = applies
            .map_or(String::new(), |applies| format!(" where {}", applies.text_in_conjunction(self.parentheses)));
        let text = self.head_text(&name, &head);
        self.items.push(format!("classify {text}{applies} as {}, otherwise {}", cases.join(", "), levels[0]));
        self.add_measure(name, roles, Some(levels));
    }
}

fn plain_atom(scope: &mut Scope<'_>, tape: &mut Tape) -> String {
    scope.atom(tape, Place::BODY).text(Parentheses::Needed)
}

fn swapped(head: &[(String, Kind)], is_swapped: bool) -> String {
    let mut names: Vec<&str> = head.iter().map(|(name, _)| name.as_str()).collect();
    if is_swapped {
        names.reverse();
    }
    names.join(", ")
}
