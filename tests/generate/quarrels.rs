//! Quarrels: a kind of whose members little is said with each state, and criteria that ask of all of them. So there are
//! pairs without evidence, whose lives go on where no record is complete, and individuals that nothing tells apart.

use super::derived::Derived;
use super::tape::Tape;
use super::vocabulary::STATE;

/// The words of one such kind.
struct Quarrels {
    kind: String,
    names: Vec<String>,
    /// Which state had a part in which.
    part: String,
    /// What one did, where that is a measure of the program.
    loss: Option<String>,
}

impl Derived<'_> {
    pub(super) fn quarrels(&mut self, tape: &mut Tape) {
        let quarrels = self.words_of_quarrels(tape);
        let mut conditions = vec![self.over_quarrels(tape, &quarrels)];
        let join = tape.weighted(&[(4, ""), (2, " and "), (2, " or "), (1, " and not ")]);
        if !join.is_empty() {
            conditions.push(self.over_quarrels(tape, &quarrels));
        }
        let condition = conditions.iter().map(|one| format!("({one})")).collect::<Vec<_>>().join(join);
        let inner = self.add_criterion(&[STATE, STATE], false);
        self.items.push(format!("{inner}(A, B) requires {condition}"));
        if tape.chance(40) {
            let outer = self.add_criterion(&[STATE, STATE], false);
            let condition = match tape.below(4) {
                0 => format!("{inner}(A, B) or {inner}(B, A)"),
                1 => format!("for some C in state: {inner}(A, C) and {inner}(C, B)"),
                2 => format!("not {inner}(A, B) and {inner}(B, A)"),
                _ => format!("{inner}(A, B) and (for some X in {}: {}(A, X))", quarrels.kind, quarrels.part),
            };
            self.items.push(format!("{outer}(A, B) requires {condition}"));
        }
        self.evidence_of_quarrels(tape, &quarrels);
    }

    fn words_of_quarrels(&mut self, tape: &mut Tape) -> Quarrels {
        let number = self.vocabulary.chains;
        self.vocabulary.chains += 1;
        let kind = format!("quarrel{number}");
        let part = format!("part{number}");
        let names: Vec<String> = ["a", "b", "c", "d", "e", "f", "g"][..tape.between(3, 7)]
            .iter()
            .map(|letter| format!("{kind}_{letter}"))
            .collect();
        let open = if self.features.completeness && tape.chance(15) { "open " } else { "" };
        self.items.push(format!("{open}kind {kind}"));
        let calendar = self.features.calendar;
        let life = if self.features.lives { calendar.life(tape) } else { String::new() };
        for name in &names {
            let lives = if !life.is_empty() && tape.chance(15) { format!(" {life}") } else { String::new() };
            self.items.push(format!("{kind} {name}{lives}"));
        }
        self.items.push(format!("predicate {part}(r0: state, r1: {kind})"));
        let loss = (self.features.numbers && tape.chance(20)).then(|| format!("loss{number}"));
        if let Some(loss) = &loss {
            self.items.push(format!("measure {loss}(r0: {kind})"));
            self.items.push(format!("{loss}({}) = {}", tape.pick(&names), tape.between(1, 3)));
        }
        Quarrels { kind, names, part, loss }
    }

    /// Records first, so that a tape which runs out leaves out facts.
    fn evidence_of_quarrels(&mut self, tape: &mut Tape, quarrels: &Quarrels) {
        let Quarrels { names, part, .. } = quarrels;
        let calendar = self.features.calendar;
        let states = self.vocabulary.kinds[STATE].members.clone();
        let records = if self.features.completeness { tape.weighted(&[(6, 1), (1, 0), (2, 2)]) } else { 0 };
        for _ in 0..records {
            let some = |names: &[String], number: usize| format!("{{{}}}", names[..number.min(names.len())].join(", "));
            let pattern = match tape.weighted(&[(4, 0), (3, 1), (1, 2), (2, 3)]) {
                0 => part.clone(),
                1 => format!("{part}({}, _)", some(&states, 2)),
                2 => format!("{part}({}, {})", some(&states, 3), some(names, names.len())),
                _ => format!("{part}(_, {})", some(names, 3)),
            };
            let time = if self.features.time { calendar.certain_spans(tape) } else { String::new() };
            self.items.push(format!("complete {pattern} {time}").trim_end().to_owned());
        }
        for state in &states {
            for name in names {
                if !tape.chance(15) {
                    continue;
                }
                let sign = tape.weighted(&[(14, ""), (1, "not "), (1, "unknown ")]);
                let sign = if sign == "unknown " && !self.features.completeness { "" } else { sign };
                let time = if self.features.time { calendar.spans(tape) } else { String::new() };
                self.items.push(format!("{sign}{part}({state}, {name}) {time}").trim_end().to_owned());
            }
        }
    }

    /// A condition on two states that asks of all quarrels.
    fn over_quarrels(&mut self, tape: &mut Tape, quarrels: &Quarrels) -> String {
        let Quarrels { kind, names, part, loss } = quarrels;
        let both = format!("{part}(A, X) and {part}(B, X)");
        let further = match (tape.weighted(&[(6, 0), (1, 1), (1, 2), (1, 3)]), loss) {
            (1, _) => format!(" and X != {}", tape.pick(names)),
            (2, _) => format!(" and not {part}(A, {})", tape.pick(names)),
            (3, Some(loss)) => format!(" and {loss}(X) >= 2"),
            _ => String::new(),
        };
        match tape.below(12) {
            0 => format!("for some X in {kind}: {both}{further}"),
            1 => format!("for every X in {kind}: not ({both}{further})"),
            2 => format!("for every X in {kind} where {part}(A, X){further}: {part}(B, X)"),
            3 if self.features.numbers => {
                let least = tape.between(1, 3);
                let sign = *tape.pick(&[">=", "<=", "=", "<", "!="]);
                format!("count of (X in {kind} where {both}{further}) {sign} {least}")
            }
            4 if self.features.numbers => {
                let side = *tape.pick(&["A", "B"]);
                format!("count of (X in {kind} where not {part}({side}, X){further}) >= {}", tape.between(1, 5))
            }
            5 if self.features.numbers => {
                format!(
                    "count of (X in {kind}, C in state where {part}(A, X) and {part}(C, X)) <= {}",
                    tape.between(1, 9)
                )
            }
            6 => format!("for some X in {kind}, C in state: {part}(A, X) and {part}(C, X) and C != B{further}"),
            7 => format!("for some X in {kind}: {part}(A, X) and not {part}(B, X){further}"),
            8 if self.features.time => format!("for some X in {kind}: {part}(A, X) and ever {part}(B, X){further}"),
            9 => format!(
                "for some C in state: (for some X in {kind}: {part}(A, X) and {part}(C, X)) and (for some X in {kind}: {part}(C, X) and {part}(B, X))"
            ),
            10 => format!("for some X in {kind}: not {part}(A, X) and not {part}(B, X){further}"),
            _ => {
                let shared = format!("shared{}", self.vocabulary.relations.len());
                let name = self.add_criterion(&[STATE, STATE], false);
                self.items.push(format!("{shared}(A, B, X: {kind}) requires {both}{further}"));
                self.items.push(format!("{name}(A, B) requires for some X in {kind}: {shared}(A, B, X)"));
                format!("for every X in {kind}: {shared}(A, B, X) whenever {part}(B, X)")
            }
        }
    }
}
