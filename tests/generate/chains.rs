//! Chains: criteria that hold of the ends of chains of pairs, over evidence that does not contradict itself.

use super::derived::Derived;
use super::tape::Tape;
use super::vocabulary::STATE;

/// Between whom there are chains.
struct Nodes {
    kind: String,
    names: Vec<String>,
    /// No state is paired with itself.
    are_states: bool,
}

impl Derived<'_> {
    /// A chain over a predicate of its own, so that nothing else is said of it.
    pub(super) fn plain_chain(&mut self, tape: &mut Tape) {
        let number = self.vocabulary.chains;
        self.vocabulary.chains += 1;
        let nodes = self.nodes(tape, number);
        let link = format!("link{number}");
        let (is_symmetric, is_reflexive) = (tape.chance(25), tape.chance(20));
        let symmetric = if is_symmetric { "symmetric " } else { "" };
        let reflexive = if is_reflexive { "reflexive " } else { "" };
        let kind = &nodes.kind;
        self.items.push(format!("{symmetric}{reflexive}predicate {link}(r0: {kind}, r1: {kind})"));
        self.links(tape, &link, &nodes, is_symmetric);
        self.records_of_links(tape, &link, &nodes);
        let tie = tape.chance(40).then(|| self.base_of_chain(tape, &link, &nodes));
        // Steps that are not all of those with which a chain may end.
        let gate = if tape.chance(20) { self.gate(tape, number, &nodes) } else { String::new() };
        self.rules_of_chain(tape, tie.as_ref().unwrap_or(&link), &gate, &nodes);
    }

    /// A further condition of a step, of which it is mostly open whether it holds.
    fn gate(&mut self, tape: &mut Tape, number: usize, nodes: &Nodes) -> String {
        let (gate, kind) = (format!("gate{number}"), &nodes.kind);
        self.items.push(format!("predicate {gate}(r0: {kind}, r1: {kind})"));
        self.links(tape, &gate, nodes, false);
        gate
    }

    fn nodes(&mut self, tape: &mut Tape, number: usize) -> Nodes {
        if self.framework.is_some() || tape.chance(60) {
            let names = self.vocabulary.kinds[STATE].members.clone();
            return Nodes { kind: "state".to_owned(), names, are_states: true };
        }
        let kind = format!("port{number}");
        let names: Vec<String> = ["a", "b", "c", "d", "e", "f"][..tape.between(3, 6)]
            .iter()
            .map(|letter| format!("{kind}_{letter}"))
            .collect();
        self.items.push(format!("kind {kind}"));
        for name in &names {
            let life = match self.features.lives && tape.chance(20) {
                true => format!(" {}", self.features.calendar.life(tape)),
                false => String::new(),
            };
            self.items.push(format!("{kind} {name}{life}"));
        }
        Nodes { kind, names, are_states: false }
    }

    /// At most one statement of each pair, so that none stands against another.
    fn links(&mut self, tape: &mut Tape, link: &str, nodes: &Nodes, is_symmetric: bool) {
        let calendar = self.features.calendar;
        for (place, one) in nodes.names.iter().enumerate() {
            for (other_place, other) in nodes.names.iter().enumerate() {
                // The neighbour more often, so that chains are long.
                let is_next = other_place == place + 1;
                let is_said = one != other && !(is_symmetric && other_place < place);
                if !is_said || !tape.chance(if is_next { 75 } else { 25 }) {
                    continue;
                }
                let sign = tape.weighted(&[(10, ""), (2, "not "), (1, "unknown ")]);
                let sign = if sign == "unknown " && !self.features.completeness { "" } else { sign };
                let time = match tape.weighted(&[(2, 0), (3, 1), (5, 2)]) {
                    1 if self.features.time => calendar.plain_span(tape),
                    2 if self.features.time => calendar.spans(tape),
                    _ => String::new(),
                };
                self.items.push(format!("{sign}{link}({one}, {other}) {time}").trim_end().to_owned());
            }
        }
    }

    fn records_of_links(&mut self, tape: &mut Tape, link: &str, nodes: &Nodes) {
        if !self.features.completeness {
            return;
        }
        for _ in 0..tape.weighted(&[(4, 1), (2, 0), (2, 2)]) {
            let one = tape.pick(&nodes.names).clone();
            let pattern = match tape.weighted(&[(5, 0), (1, 1), (1, 2)]) {
                0 => link.to_owned(),
                1 => format!("{link}({one}, _)"),
                _ => format!("{link}(_, {one})"),
            };
            let time = match self.features.time && tape.chance(50) {
                true => self.features.calendar.certain_spans(tape),
                false => String::new(),
            };
            self.items.push(format!("complete {pattern} {time}").trim_end().to_owned());
        }
    }

    /// A criterion over the links, which is in no circle and may look at other days.
    fn base_of_chain(&mut self, tape: &mut Tape, link: &str, nodes: &Nodes) -> String {
        let calendar = self.features.calendar;
        let condition = match tape.below(6) {
            0 => format!("either way {link}"),
            1 => format!("mutually {link}"),
            2 => format!("not {link}(B, A)"),
            3 if self.features.time => format!("{link} within {}", calendar.window(tape)),
            4 if self.features.time => format!("ever {link}"),
            _ => format!("{link} or ({link}(A, X) and {link}(B, X))"),
        };
        let tie = self.criterion_between(nodes, "tie", false);
        let kind = &nodes.kind;
        self.items.push(format!("{tie}(A: {kind}, B: {kind}) requires {condition}"));
        tie
    }

    /// A name for a criterion between two nodes, which others may use where nodes are states.
    fn criterion_between(&mut self, nodes: &Nodes, word: &str, is_reflexive: bool) -> String {
        match nodes.are_states {
            true => self.add_criterion(&[STATE, STATE], is_reflexive),
            false => format!("{word}_{}", nodes.kind),
        }
    }

    /// The forms in which people write it: the step at the start or at the end, or chains of chains.
    fn rules_of_chain(&mut self, tape: &mut Tape, base: &str, gate: &str, nodes: &Nodes) {
        let is_reflexive = tape.chance(30);
        let modifier = if is_reflexive { "reflexive " } else { "" };
        let chain = self.criterion_between(nodes, "chain", is_reflexive);
        let kind = &nodes.kind;
        let head = format!("{modifier}{chain}(A: {kind}, C: {kind})");
        let (step, ends) = match tape.weighted(&[(4, 0), (3, 1), (3, 2)]) {
            0 => (format!("{base}(A, B)"), format!("{chain}(B, C)")),
            1 => (format!("{chain}(A, B)"), format!("{base}(B, C)")),
            _ => (format!("{chain}(A, B)"), format!("{chain}(B, C)")),
        };
        // What a step may need besides: that nothing speaks against it, that the way back is open too.
        let between = match (step.starts_with(base), ends.starts_with(base)) {
            (true, _) => Some("(A, B)"),
            (_, true) => Some("(B, C)"),
            _ => None,
        };
        let further = match (between, tape.weighted(&[(5, 0), (1, 1), (1, 2)])) {
            (Some(pair), _) if !gate.is_empty() => format!(" and {gate}{pair}"),
            (Some("(A, B)"), 1) => format!(" and {base}(B, A)"),
            (Some("(A, B)"), 2) => format!(" and not {base}(B, A)"),
            (Some(_), 1) => format!(" and {base}(C, B)"),
            (Some(_), 2) => format!(" and not {base}(C, B)"),
            _ => String::new(),
        };
        let bases: &[String] = match tape.weighted(&[(10, 0), (2, 1), (1, 2), (1, 3)]) {
            1 => &[format!("{head} if {base}"), format!("{head} if {base}(C, A)")],
            2 => &[format!("{head} if {base} and not {base}(C, A)")],
            3 => &[],
            _ => &[format!("{head} if {base}")],
        };
        self.items.extend(bases.iter().cloned());
        self.items.push(match tape.weighted(&[(5, 0), (2, 1), (2, 2)]) {
            1 => format!("{head} if {ends} and {step}{further}"),
            2 => format!("{head} if for some B in {kind}: {step} and {ends}{further}"),
            _ => format!("{head} if {step} and {ends}{further}"),
        });
    }
}
