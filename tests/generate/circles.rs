//! Circles of criteria whose evidence contradicts itself: the shapes in which a circle meets a contested fact.

use super::derived::Derived;
use super::tape::Tape;
use super::vocabulary::{Relation, STATE};

impl Derived<'_> {
    /// A circle over a predicate, with facts that say both of some atoms and one side of others.
    pub(super) fn contested_circle(&mut self, tape: &mut Tape) {
        let Some((base, is_new)) = self.base_of_circle(tape) else { return };
        let words = &self.vocabulary.relations[base];
        let (base, base_is_reflexive) = (words.name.clone(), words.is_reflexive);
        // Rules for a predicate that nothing declares would make it a criterion.
        if is_new && tape.chance(30) {
            // The predicate is its own circle.
            self.items.push(match tape.below(3) {
                0 => format!("{base}(A: state, C: state) if {base}(A, B) and {base}(B, C)"),
                1 => format!("{base}(A: state, B: state) if {base}(B, A)"),
                _ => format!("{base}(A: state, C: state) if {base}(A, B) and {base}(B, C) and not {base}_held(C)"),
            });
        } else {
            self.rules_of_circle(tape, &base);
        }
        self.contradictions(tape, &base, base_is_reflexive);
    }

    /// A predicate of two states, and whether it is a new one, declared here.
    fn base_of_circle(&mut self, tape: &mut Tape) -> Option<(usize, bool)> {
        let fits = |relation: &Relation| !relation.is_criterion && relation.roles == [STATE, STATE];
        let known: Vec<usize> = (0..self.vocabulary.relations.len())
            .filter(|relation| fits(&self.vocabulary.relations[*relation]))
            .collect();
        let declares = known.is_empty() || tape.chance(30);
        if !declares || self.framework.is_some() {
            return tape.pick_maybe(&known).map(|known| (*known, false));
        }
        let name = format!("p{}", self.vocabulary.relations.len());
        let (is_symmetric, is_reflexive) = (tape.chance(25), tape.chance(25));
        let (symmetric, reflexive) =
            (if is_symmetric { "symmetric " } else { "" }, if is_reflexive { "reflexive " } else { "" });
        self.items.push(format!("{symmetric}{reflexive}predicate {name}(r0: state, r1: state)"));
        self.vocabulary.relations.push(Relation {
            name,
            framework: None,
            roles: vec![STATE, STATE],
            is_criterion: false,
            is_reflexive,
        });
        Some((self.vocabulary.relations.len() - 1, true))
    }

    fn rules_of_circle(&mut self, tape: &mut Tape, base: &str) {
        let is_reflexive = tape.chance(30);
        let modifier = if is_reflexive { "reflexive " } else { "" };
        let roles = [STATE, STATE];
        let one = self.add_criterion(&roles, is_reflexive);
        let head = |name: &str| format!("{modifier}{name}(A: state, B: state)");
        let whole = head(&one);
        // What a chain may need besides: nothing, that nothing speaks against it, that the way back is open too.
        let further =
            ["", &format!(" and not {base}(B, A)"), &format!(" and not {base}(X, A)"), &format!(" and {base}(B, X)")]
                [tape.below(4)]
            .to_owned();
        match tape.below(9) {
            0 => self
                .items
                .extend([format!("{whole} if {base}"), format!("{whole} if {one}(A, X) and {base}(X, B){further}")]),
            1 => self.items.push(format!("{whole} requires {base} or ({base}(A, X) and {one}(X, B){further})")),
            2 => self
                .items
                .extend([format!("{whole} if {base}"), format!("{whole} if {one}(A, X) and {one}(X, B){further}")]),
            3 => self
                .items
                .push(format!("{whole} requires {base} or (for every X in state where {base}(A, X): {one}(X, B))")),
            4 => self.items.push(format!(
                "{whole} requires at least {} of ({base}, {one}(B, A), {base}(B, A))",
                tape.between(1, 2)
            )),
            5 => {
                let other = self.add_criterion(&roles, is_reflexive);
                self.items.push(format!("{whole} requires {base} or {other}(B, A)"));
                self.items.push(format!("{} requires {one} and not {base}(B, A)", head(&other)));
            }
            6 => {
                let other = self.add_criterion(&roles, is_reflexive);
                self.items.push(format!("{whole} if {base}(A, X) and {other}(X, B)"));
                self.items.push(format!("{} requires either way {base} or {one}(B, A)", head(&other)));
            }
            7 => {
                // Contested by the rules: a sufficient condition against a necessary one.
                self.items.push(format!("{whole} if {base} or ({one}(A, X) and {one}(X, B))"));
                if self.features.only_if {
                    self.items.push(format!("{whole} only if not {base}(B, A)"));
                }
            }
            _ => {
                let circled = tape.weighted(&[(2, ""), (1, " whenever ")]);
                let condition = if circled.is_empty() {
                    format!("{base} or ({one}(B, A) and {base}(B, A))")
                } else {
                    format!("({one}(B, A){circled}{base}(B, A)) and ({base} or {one}(B, A))")
                };
                self.items.push(format!("{whole} requires {condition}"));
            }
        }
    }

    /// Facts that say both of one or two atoms, and some that say one side of others.
    fn contradictions(&mut self, tape: &mut Tape, base: &str, is_reflexive: bool) {
        let states = self.vocabulary.kinds[STATE].members.clone();
        for place in 0..tape.between(1, 2) + tape.below(4) {
            let one = tape.pick(&states).clone();
            let others: Vec<String> = states.iter().filter(|other| is_reflexive || **other != one).cloned().collect();
            let other = tape.pick(&others).clone();
            let signs = match () {
                () if place == 0 || tape.chance(30) => ["", "not "].as_slice(),
                () if tape.chance(50) => &["not "],
                () => &[""],
            };
            for sign in signs {
                let time = match tape.weighted(&[(6, 0), (2, 1), (1, 2)]) {
                    1 if self.features.time => format!(" {}", self.features.calendar.plain_span(tape)),
                    2 if self.features.time => format!(" {}", self.features.calendar.spans(tape)),
                    _ => String::new(),
                };
                self.items.push(format!("{sign}{base}({one}, {other}){}", time.trim_end()));
            }
        }
    }
}
