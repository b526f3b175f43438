//! Conditions that are safe and stratified by construction.

use super::Features;
use super::tape::Tape;
use super::tree::{Condition, Expression};
use super::vocabulary::{CORE, DATE, Kind, LEVEL, NUMBER, STATE, TREATY, Vocabulary};

/// What the place of a condition allows.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Relations of the same circle may stand in it.
    pub is_monotone: bool,
    /// A variable that stands only in it means some one.
    pub binds: bool,
}

impl Place {
    /// A whole body of a relation that is in no circle.
    pub const BODY: Place = Place { is_monotone: false, binds: true };
    /// A whole body of a relation in a circle.
    pub const CIRCLE: Place = Place { is_monotone: true, binds: true };
    /// Under `not` and its like.
    const AGAINST: Place = Place { is_monotone: false, binds: false };

    /// Inside of what looks at other days, or at what is settled.
    fn still(self) -> Place {
        Place { is_monotone: false, ..self }
    }
}

/// What a condition may use.
pub struct Scope<'v> {
    pub vocabulary: &'v Vocabulary,
    pub features: &'v Features,
    /// Relations and measures that are defined before it.
    pub relations: Vec<usize>,
    pub measures: Vec<usize>,
    /// Relations of its own circle, which may stand in monotone places only.
    pub circle: Vec<usize>,
    pub framework: Option<&'v String>,
    /// The head's variables with their kinds.
    pub head: Vec<(String, Kind)>,
    /// The variables that are bound here.
    pub variables: Vec<(String, Kind)>,
    /// How many variables have been named so far.
    pub named: usize,
}

impl Scope<'_> {
    pub fn condition(&mut self, tape: &mut Tape, depth: usize, place: Place) -> Condition {
        if depth == 0 || tape.is_over() {
            return self.atom(tape, place);
        }
        match tape.below(24) {
            0..=3 => self.atom(tape, place),
            4 | 5 => Condition::And(self.several(tape, depth, place)),
            6 => Condition::Or(self.several(tape, depth, place)),
            7 | 8 => prefixed("not", self.condition(tape, depth - 1, Place::AGAINST)),
            9 => {
                let then = self.condition(tape, depth - 1, place);
                Condition::Whenever(Box::new(then), Box::new(self.condition(tape, depth - 1, Place::AGAINST)))
            }
            10 | 11 => self.counted(tape, depth, place),
            12 | 13 => self.quantified(tape, depth, place),
            14 | 15 => self.joined(tape, place),
            16 if self.features.shown => prefixed("shown", self.condition(tape, depth - 1, place.still())),
            17 | 18 if self.features.time => self.timed(tape, depth, place.still()),
            19 | 20 => self.comparison(tape, depth, place),
            21 if self.features.time => self.moment(tape),
            22 => self.both_ways(tape, place),
            _ => self.atom(tape, place),
        }
    }

    fn several(&mut self, tape: &mut Tape, depth: usize, place: Place) -> Vec<Condition> {
        (0..tape.between(2, 3)).map(|_| self.condition(tape, depth - 1, place)).collect()
    }

    /// The relations that may stand here.
    fn choices(&self, place: Place) -> Vec<usize> {
        let mut choices = self.relations.clone();
        // Twice, so that circles are not rare.
        if place.is_monotone {
            choices.extend(&self.circle);
            choices.extend(&self.circle);
        }
        choices
    }

    pub fn atom(&mut self, tape: &mut Tape, place: Place) -> Condition {
        let relation = *tape.pick(&self.choices(place));
        self.atom_of(tape, relation)
    }

    fn atom_of(&mut self, tape: &mut Tape, relation: usize) -> Condition {
        let words = &self.vocabulary.relations[relation];
        let name = self.vocabulary.called(&words.name, words.framework.as_ref(), self.framework, tape);
        let heads: Vec<Kind> = self.head.iter().map(|(_, kind)| *kind).collect();
        if heads == words.roles && tape.chance(25) {
            return Condition::Atom(name);
        }
        let roles = words.roles.clone();
        let arguments: Vec<String> = self.arguments(tape, &roles, true);
        Condition::Atom(format!("{name}({})", arguments.join(", ")))
    }

    fn arguments(&mut self, tape: &mut Tape, roles: &[Kind], wildcards: bool) -> Vec<String> {
        let mut arguments: Vec<String> = Vec::new();
        for role in roles {
            arguments.push(self.argument(tape, *role, &arguments, wildcards));
        }
        arguments
    }

    fn argument(&mut self, tape: &mut Tape, role: Kind, taken: &[String], wildcards: bool) -> String {
        if wildcards && tape.chance(8) {
            return "_".to_owned();
        }
        let root = self.vocabulary.kinds[role].root;
        let mut fitting: Vec<String> = (self.variables.iter())
            .filter(|(_, kind)| self.vocabulary.kinds[*kind].root == root)
            .map(|(name, _)| name.clone())
            .collect();
        // Now and then the same one twice.
        if !tape.chance(6) {
            fitting.retain(|name| !taken.contains(name));
        }
        let members: Vec<String> =
            self.vocabulary.kinds[role].members.iter().filter(|name| !taken.contains(name)).cloned().collect();
        if (fitting.is_empty() || tape.chance(15)) && !members.is_empty() {
            return tape.pick(&members).clone();
        }
        match tape.pick_maybe(&fitting) {
            Some(name) => name.clone(),
            None if wildcards => "_".to_owned(),
            None => self.vocabulary.kinds[role].members.first().cloned().unwrap_or_else(|| "ava".to_owned()),
        }
    }

    fn variable(&mut self, kind: Kind) -> String {
        self.named += 1;
        let name = format!("X{}", self.named);
        self.variables.push((name.clone(), kind));
        name
    }

    fn counted(&mut self, tape: &mut Tape, depth: usize, place: Place) -> Condition {
        let comparison = *tape.pick(&["at least", "at least", "at most", "exactly", "none"]);
        let place = if comparison == "at least" { place } else { Place::AGAINST };
        let parts: Vec<Condition> = (0..tape.between(1, 4)).map(|_| self.condition(tape, depth - 1, place)).collect();
        let number = match self.vocabulary.parameters.first() {
            Some(parameter) if parts.len() > 1 && tape.chance(25) => parameter.clone(),
            _ if comparison == "at least" => tape.between(1, parts.len()).to_string(),
            _ => tape.below(parts.len() + 1).to_string(),
        };
        match comparison {
            "none" => Condition::Counted("none".to_owned(), parts),
            _ => Condition::Counted(format!("{comparison} {number}"), parts),
        }
    }

    /// A kind to range over.
    fn range(&self, tape: &mut Tape) -> Kind {
        tape.weighted(&[(8, STATE), (2, CORE), (4, TREATY), (1, LEVEL)])
    }

    fn quantified(&mut self, tape: &mut Tape, depth: usize, place: Place) -> Condition {
        let before = self.variables.len();
        let bindings = self.bindings(tape);
        let is_every = tape.chance(50);
        let among =
            tape.chance(50).then(|| Box::new(self.among(tape, depth, if is_every { Place::AGAINST } else { place })));
        let body = self.condition(tape, depth - 1, place);
        self.variables.truncate(before);
        let word = if is_every { "for every" } else { "for some" };
        Condition::Quantified(format!("{word} {bindings}"), among, Box::new(body))
    }

    fn bindings(&mut self, tape: &mut Tape) -> String {
        let number = if tape.chance(15) { 2 } else { 1 };
        let bindings: Vec<String> = (0..number)
            .map(|_| {
                let kind = self.range(tape);
                let variable = self.variable(kind);
                format!("{variable} in {}", self.vocabulary.kinds[kind].name)
            })
            .collect();
        bindings.join(", ")
    }

    /// What stands after `where`: often that the newest variable is not one of the others.
    fn among(&mut self, tape: &mut Tape, depth: usize, place: Place) -> Condition {
        let (newest, kind) = self.variables[self.variables.len() - 1].clone();
        let root = self.vocabulary.kinds[kind].root;
        let other = self.variables[..self.variables.len() - 1]
            .iter()
            .find(|(_, kind)| self.vocabulary.kinds[*kind].root == root)
            .map(|(name, _)| name.clone());
        match other {
            Some(other) if tape.chance(40) => {
                let differs = Condition::Comparison(Expression::Plain(newest), "!=", Expression::Plain(other));
                match tape.chance(50) {
                    true => Condition::And(vec![differs, self.condition(tape, depth - 1, place)]),
                    false => differs,
                }
            }
            _ => self.condition(tape, depth - 1, place),
        }
    }

    /// `p(A, X) and q(X, B)`: a variable that stands only in the body, bound by the first of them; with a quantifier where
    /// a bare one might mean every one.
    fn joined(&mut self, tape: &mut Tape, place: Place) -> Condition {
        let binding: Vec<usize> = self.choices(place);
        let first = *tape.pick(&binding);
        let roles = self.vocabulary.relations[first].roles.clone();
        let role = tape.below(roles.len());
        let before = self.variables.len();
        let mut arguments = self.arguments(tape, &roles, true);
        let fresh = self.variable(roles[role]);
        arguments[role] = fresh.clone();
        let words = &self.vocabulary.relations[first];
        let name = self.vocabulary.called(&words.name, words.framework.as_ref(), self.framework, tape);
        let mut parts = vec![Condition::Atom(format!("{name}({})", arguments.join(", ")))];
        for _ in 0..tape.between(1, 2) {
            parts.push(self.use_of(tape, &fresh, roles[role], place));
        }
        self.variables.truncate(before);
        if place.binds {
            return Condition::And(parts);
        }
        let bindings = format!("for some {fresh} in {}", self.vocabulary.kinds[roles[role]].name);
        Condition::Quantified(bindings, None, Box::new(Condition::And(parts)))
    }

    /// Something said of a variable.
    fn use_of(&mut self, tape: &mut Tape, variable: &str, kind: Kind, place: Place) -> Condition {
        let root = self.vocabulary.kinds[kind].root;
        if kind == DATE && self.features.time {
            let word = *tape.pick(&["since", "before", "after"]);
            return Condition::Moment(format!("{word} {variable}"));
        }
        if kind == NUMBER || (kind == LEVEL && tape.chance(50)) {
            let operator = *tape.pick(&[">=", "<", "=", "!="]);
            let bound = tape.pick(&self.vocabulary.kinds[kind].members).clone();
            return Condition::Comparison(Expression::Plain(variable.to_owned()), operator, Expression::Plain(bound));
        }
        let fitting: Vec<usize> = (self.choices(place).into_iter())
            .filter(|relation| {
                let roles = &self.vocabulary.relations[*relation].roles;
                roles.iter().any(|role| self.vocabulary.kinds[*role].root == root)
            })
            .collect();
        let Some(relation) = tape.pick_maybe(&fitting).copied() else {
            return self.atom(tape, place);
        };
        let is_negated = !self.circle.contains(&relation) && tape.chance(25);
        let roles = self.vocabulary.relations[relation].roles.clone();
        let mut arguments = self.arguments(tape, &roles, !is_negated);
        let place = roles.iter().position(|role| self.vocabulary.kinds[*role].root == root).unwrap_or(0);
        variable.clone_into(&mut arguments[place]);
        let words = &self.vocabulary.relations[relation];
        let name = self.vocabulary.called(&words.name, words.framework.as_ref(), self.framework, tape);
        let atom = Condition::Atom(format!("{name}({})", arguments.join(", ")));
        if is_negated { prefixed("not", atom) } else { atom }
    }

    fn timed(&mut self, tape: &mut Tape, depth: usize, place: Place) -> Condition {
        // Often a predicate's atom by itself: of such a one dates that are not certain say more.
        let inner = Box::new(match tape.below(6) {
            0 | 1 => self.predicate_atom(tape, place),
            2 => prefixed("not", self.predicate_atom(tape, Place { binds: false, ..place })),
            _ => self.condition(tape, depth - 1, place),
        });
        match tape.below(4) {
            0 => Condition::Prefixed("ever", inner),
            1 => Condition::Prefixed("always", inner),
            form => {
                let word = if form == 2 { "within" } else { "throughout" };
                let window = match self.vocabulary.parameters.first() {
                    Some(parameter) if tape.chance(15) => format!("the last {parameter} days"),
                    _ => self.features.calendar.window(tape),
                };
                Condition::Window(inner, word, window)
            }
        }
    }

    fn predicate_atom(&mut self, tape: &mut Tape, place: Place) -> Condition {
        let predicates: Vec<usize> = (self.choices(place).into_iter())
            .filter(|relation| !self.vocabulary.relations[*relation].is_criterion)
            .collect();
        match tape.pick_maybe(&predicates) {
            Some(relation) => self.atom_of(tape, *relation),
            None => self.atom(tape, place),
        }
    }

    fn moment(&mut self, tape: &mut Tape) -> Condition {
        let word = *tape.pick(&["since", "before", "after"]);
        let dates: Vec<&(String, Kind)> = self.variables.iter().filter(|(_, kind)| *kind == DATE).collect();
        match tape.pick_maybe(&dates) {
            Some((variable, _)) => Condition::Moment(format!("{word} {variable}")),
            None => Condition::Moment(format!("{word} {}", self.features.calendar.date(tape).text)),
        }
    }

    fn both_ways(&mut self, tape: &mut Tape, place: Place) -> Condition {
        let word = if tape.chance(50) { "either way" } else { "mutually" };
        let pairs: Vec<usize> = (self.choices(place).into_iter())
            .filter(|relation| self.vocabulary.relations[*relation].roles == [STATE, STATE])
            .collect();
        let Some(relation) = tape.pick_maybe(&pairs) else {
            return self.atom(tape, place);
        };
        let words = &self.vocabulary.relations[*relation];
        let name = self.vocabulary.called(&words.name, words.framework.as_ref(), self.framework, tape);
        let heads: Vec<Kind> = self.head.iter().map(|(_, kind)| *kind).collect();
        if heads == [STATE, STATE] && tape.chance(50) {
            return Condition::BothWays(word, name);
        }
        let arguments = self.arguments(tape, &[STATE, STATE], false);
        Condition::BothWays(word, format!("{name}({})", arguments.join(", ")))
    }
}

impl Scope<'_> {
    fn comparison(&mut self, tape: &mut Tape, depth: usize, place: Place) -> Condition {
        let sign = |tape: &mut Tape| *tape.pick(&[">=", ">", "<=", "<", "=", "!="]);
        let levelled: Vec<usize> = (self.measures.iter().copied())
            .filter(|measure| self.vocabulary.measures[*measure].levels.is_some())
            .collect();
        if !levelled.is_empty() && tape.chance(30) {
            let measure = *tape.pick(&levelled);
            let left = self.measure(tape, measure);
            let levels = self.vocabulary.measures[measure].levels.clone().unwrap_or_default();
            let right = match &self.vocabulary.needed {
                Some(needed) if levels == self.vocabulary.kinds[LEVEL].members && tape.chance(40) => needed.clone(),
                _ => tape.pick(&levels).clone(),
            };
            return Condition::Comparison(left, sign(tape), Expression::Plain(right));
        }
        if self.variables.len() >= 2 && tape.chance(15) {
            let (one, kind) = self.variables[0].clone();
            let root = self.vocabulary.kinds[kind].root;
            let other = self.argument(tape, root, std::slice::from_ref(&one), false);
            let operator = if tape.chance(50) { "=" } else { "!=" };
            return Condition::Comparison(Expression::Plain(one), operator, Expression::Plain(other));
        }
        let left = self.number(tape, depth, place);
        let right = match tape.chance(25) {
            true => self.number(tape, depth - 1, place),
            false => Expression::Plain((*tape.pick(&["1", "2", "3", "0", "5", "2.5"])).to_owned()),
        };
        Condition::Comparison(left, sign(tape), right)
    }

    fn measure(&mut self, tape: &mut Tape, measure: usize) -> Expression {
        let words = &self.vocabulary.measures[measure];
        let name = self.vocabulary.called(&words.name, words.framework.as_ref(), self.framework, tape);
        let heads: Vec<Kind> = self.head.iter().map(|(_, kind)| *kind).collect();
        if heads == words.roles && tape.chance(25) {
            return Expression::Plain(name);
        }
        let roles = words.roles.clone();
        let arguments = self.arguments(tape, &roles, false);
        Expression::Plain(format!("{name}({})", arguments.join(", ")))
    }

    /// An expression for a number.
    pub fn number(&mut self, tape: &mut Tape, depth: usize, place: Place) -> Expression {
        let numeric: Vec<usize> = (self.measures.iter().copied())
            .filter(|measure| self.vocabulary.measures[*measure].levels.is_none())
            .collect();
        match tape.below(if depth == 0 { 6 } else { 12 }) {
            0..=2 if !numeric.is_empty() => {
                let measure = *tape.pick(&numeric);
                self.measure(tape, measure)
            }
            3 => match self.vocabulary.parameters.first() {
                Some(parameter) => Expression::Plain(parameter.clone()),
                None => Expression::Plain("1".to_owned()),
            },
            4 => self.indicator(tape),
            6 | 7 => {
                let before = self.variables.len();
                let bindings = self.bindings(tape);
                let among = tape.chance(85).then(|| Box::new(self.among(tape, depth, place.still())));
                self.variables.truncate(before);
                Expression::Count(bindings, among)
            }
            8 | 9 if !numeric.is_empty() => self.aggregate(tape, depth, place),
            10 | 11 => {
                let sign = *tape.pick(&['+', '-', '*', '/']);
                let left = self.number(tape, depth - 1, place);
                Expression::Arithmetic(Box::new(left), sign, Box::new(self.number(tape, depth - 1, place)))
            }
            5 if tape.chance(20) => Expression::Negation(Box::new(Expression::Plain("3".to_owned()))),
            _ => Expression::Plain((*tape.pick(&["2", "1", "3", "0.5"])).to_owned()),
        }
    }

    /// A relation counted 1 where it is met.
    fn indicator(&mut self, tape: &mut Tape) -> Expression {
        let criteria: Vec<usize> = (self.relations.iter().copied())
            .filter(|relation| self.vocabulary.relations[*relation].is_criterion)
            .collect();
        let Some(relation) = tape.pick_maybe(&criteria) else {
            return Expression::Plain("1".to_owned());
        };
        let words = &self.vocabulary.relations[*relation];
        let name = self.vocabulary.called(&words.name, words.framework.as_ref(), self.framework, tape);
        let roles = words.roles.clone();
        let arguments = self.arguments(tape, &roles, false);
        Expression::Plain(format!("{name}({})", arguments.join(", ")))
    }

    /// `sum of (m(A, X) over X in state where …)`
    fn aggregate(&mut self, tape: &mut Tape, depth: usize, place: Place) -> Expression {
        let function = *tape.pick(&["sum", "min", "max", "mean"]);
        let numeric: Vec<usize> = (self.measures.iter().copied())
            .filter(|measure| self.vocabulary.measures[*measure].levels.is_none())
            .collect();
        let measure = *tape.pick(&numeric);
        let words = &self.vocabulary.measures[measure];
        let name = self.vocabulary.called(&words.name, words.framework.as_ref(), self.framework, tape);
        let roles = words.roles.clone();
        let role = tape.below(roles.len());
        let before = self.variables.len();
        let mut arguments = self.arguments(tape, &roles, false);
        let variable = self.variable(roles[role]);
        arguments[role] = variable.clone();
        let bindings = format!("{variable} in {}", self.vocabulary.kinds[roles[role]].name);
        let among = tape.chance(60).then(|| Box::new(self.among(tape, depth, place.still())));
        self.variables.truncate(before);
        let value = Expression::Plain(format!("{name}({})", arguments.join(", ")));
        Expression::Aggregate(function, Box::new(value), bindings, among)
    }
}

fn prefixed(word: &'static str, inner: Condition) -> Condition {
    Condition::Prefixed(word, Box::new(inner))
}
