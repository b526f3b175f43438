//! Flows: a measure of which a value is given for each of a few periods that share no day, as tables with a row for each year do, and
//! what is added up of it over the members of a kind.

use super::derived::Derived;
use super::tape::Tape;
use super::vocabulary::{CORE, Kind, STATE, TREATY};

impl Derived<'_> {
    pub(super) fn flows(&mut self, tape: &mut Tape) {
        let name = format!("flow{}", self.vocabulary.chains);
        self.vocabulary.chains += 1;
        let roles: &[Kind] = tape.weighted(&[
            (6, [STATE, STATE].as_slice()),
            (2, &[STATE, TREATY]),
            (1, &[TREATY, STATE]),
            (1, &[STATE]),
            (1, &[STATE, TREATY, STATE]),
        ]);
        let typed = |(place, kind): (usize, &Kind)| format!("r{place}: {}", self.vocabulary.kinds[*kind].name);
        let typed: Vec<String> = roles.iter().enumerate().map(typed).collect();
        self.items.push(format!("measure {name}({})", typed.join(", ")));
        for _ in 0..tape.between(1, 2) {
            self.added_up(tape, &name, roles);
        }
        self.evidence_of_flows(tape, &name, roles);
    }

    /// A score, or a criterion on two states, that goes through all who stand in one place.
    fn added_up(&mut self, tape: &mut Tape, name: &str, roles: &[Kind]) {
        let place = tape.below(roles.len());
        let kind = if roles[place] == STATE && tape.chance(20) { CORE } else { roles[place] };
        let function = *tape.pick(&["sum", "mean", "min", "max"]);
        // Of three, two are given: a state, and a treaty or the second state.
        let head = |other: usize| if roles[other] == TREATY { "T" } else { ["A", "", "B"][other.min(2)] };
        let heads: Vec<usize> = (0..roles.len()).filter(|other| *other != place).collect();
        let is_one = heads.len() == 1;
        let letter = |other: usize| if is_one && roles[other] == STATE { "A" } else { head(other) };
        let arguments: Vec<&str> =
            (0..roles.len()).map(|other| if other == place { "X" } else { letter(other) }).collect();
        let total =
            format!("{function} of ({name}({}) over X in {})", arguments.join(", "), self.vocabulary.kinds[kind].name);
        if roles == [STATE, STATE] && tape.chance(50) {
            let criterion = self.add_criterion(&[STATE, STATE], false);
            let least = *tape.pick(&["0.5", "0.2", "1", "-1"]);
            let (sign, join) = (*tape.pick(&[">=", "<", "="]), *tape.pick(&["/", "-", "*"]));
            let one = format!("{name}({})", tape.pick(&["A, B", "B, A"]));
            let joined =
                if tape.chance(75) { format!("{one} {join} {total}") } else { format!("{total} {join} {one}") };
            self.items.push(format!("{criterion}(A, B) requires {joined} {sign} {least}"));
            return;
        }
        let score = format!("d{}", self.vocabulary.measures.len());
        let mut heads: Vec<(&str, Kind)> = heads.into_iter().map(|other| (letter(other), roles[other])).collect();
        if heads.is_empty() {
            heads.push(("A", STATE));
        }
        let typed: Vec<String> =
            heads.iter().map(|(letter, kind)| format!("{letter}: {}", self.vocabulary.kinds[*kind].name)).collect();
        self.items.push(format!("measure {score}({}) = {total}", typed.join(", ")));
        self.add_measure(score, heads.into_iter().map(|(_, kind)| kind).collect(), None);
    }

    /// The record first, so that a tape which runs out leaves out values.
    fn evidence_of_flows(&mut self, tape: &mut Tape, name: &str, roles: &[Kind]) {
        let calendar = self.features.calendar;
        let is_complete = self.features.completeness && tape.chance(75);
        if is_complete {
            let time = if self.features.time && tape.chance(60) { calendar.certain_spans(tape) } else { String::new() };
            self.items.push(format!("complete {name} {time}").trim_end().to_owned());
        }
        let periods = if self.features.time { calendar.separate_days(tape, 3) } else { vec![String::new()] };
        let mut tuples: Vec<Vec<String>> = vec![Vec::new()];
        for role in roles {
            let members = &self.vocabulary.kinds[*role].members;
            let with = |tuple: &Vec<String>| {
                members
                    .iter()
                    .map(|member| [tuple.as_slice(), std::slice::from_ref(member)].concat())
                    .collect::<Vec<_>>()
            };
            tuples = tuples.iter().flat_map(with).collect();
        }
        tuples.retain(|tuple| roles != [STATE, STATE] && roles.len() < 3 || tuple[0] != tuple[tuple.len() - 1]);
        for (tuple, period) in tuples.iter().flat_map(|tuple| periods.iter().map(move |period| (tuple, period))) {
            if !tape.chance(45) {
                continue;
            }
            let source = match tape.pick_maybe(&self.vocabulary.sources) {
                Some(source) if tape.chance(40) => format!(" [{source}]"),
                _ => String::new(),
            };
            let atom = format!("{name}({})", tuple.join(", "));
            let value = *tape.pick(&["3", "1", "2", "0.5", "0", "-2", "0.1", "0.7", "unknown"]);
            self.items.push(match value {
                "unknown" if self.features.completeness => format!("unknown {atom} {period}{source}"),
                "unknown" => continue,
                _ => format!("{atom} = {value} {period}{source}"),
            });
        }
    }
}
