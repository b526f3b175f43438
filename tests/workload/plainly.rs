//! The answers by plain loops over the rows, from one day on which anything begins or ends to the next.

use crate::asked::Answers;
use crate::evidence::{AFTER_LAST, Dyadic, Evidence, FIRST, Spell, day, written};
use std::collections::{BTreeMap, BTreeSet};
use symmachia::time::Day;

/// A yes or no for each pair of places of states.
type Pairs = Vec<Vec<bool>>;

pub fn answers(evidence: &Evidence) -> Answers {
    let mut answers = Answers::new();
    let years: Vec<i16> = (FIRST.0..AFTER_LAST.0).collect();
    let julys: Vec<World> = years.iter().map(|year| World::new(evidence, day((*year, 7, 1)))).collect();
    let days = days_of_change(evidence);
    let worlds: Vec<World> = days.iter().map(|day| World::new(evidence, *day)).collect();
    for (name, of) in [("ally", World::ally as fn(&World) -> &Pairs), ("bloc", World::bloc)] {
        let yearly = each_pair(evidence, |codes, one, other| {
            let years = years.iter().zip(&julys).filter(|(_, world)| of(world)[one][other]);
            years.map(|(year, _)| format!("{codes},{year}")).collect()
        });
        answers.insert(if name == "ally" { "ally_year" } else { "bloc_year" }, yearly);
        let daily = each_pair(evidence, |codes, one, other| {
            let mut lines = Vec::new();
            let mut since: Option<i32> = None;
            for (day, world) in days.iter().zip(&worlds) {
                match (since, of(world)[one][other]) {
                    (None, true) => since = Some(*day),
                    (Some(from), false) => {
                        lines.push(format!("{codes},{},{}", written(from), written(*day)));
                        since = None;
                    }
                    _ => {}
                }
            }
            // What is open ends with the records.
            lines.extend(since.map(|from| format!("{codes},{},{}", written(from), written(day(AFTER_LAST)))));
            lines
        });
        answers.insert(if name == "ally" { "ally_day" } else { "bloc_day" }, daily);
    }
    answers
}

/// Lines for each pair, the smaller code first.
fn each_pair(evidence: &Evidence, lines: impl Fn(&str, usize, usize) -> Vec<String>) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for (one, (first, _)) in evidence.states.iter().enumerate() {
        for (other, (second, _)) in evidence.states.iter().enumerate().skip(one + 1) {
            all.extend(lines(&format!("{first},{second}"), one, other));
        }
    }
    all
}

/// The first day, and all on which anything begins or is no more.
fn days_of_change(evidence: &Evidence) -> Vec<i32> {
    let mut days = BTreeSet::from([day(FIRST)]);
    let lives = evidence.states.iter().flat_map(|(_, lives)| lives);
    let members = evidence.members.iter().map(|(_, _, spell)| spell);
    let dyadic = evidence.pressure.iter().chain(&evidence.supports).map(|row| &row.spell);
    for (from, until) in lives.chain(members).chain(dyadic) {
        days.insert(*from);
        days.extend(*until);
    }
    for row in &evidence.trade {
        days.extend([day((row.year, 1, 1)), day((row.year + 1, 1, 1))]);
    }
    days.into_iter().filter(|one| (day(FIRST)..day(AFTER_LAST)).contains(one)).collect()
}

/// Who is what to whom on one day.
struct World {
    ally: Pairs,
    bloc: Pairs,
}

impl World {
    fn ally(&self) -> &Pairs {
        &self.ally
    }

    fn bloc(&self) -> &Pairs {
        &self.bloc
    }

    fn new(evidence: &Evidence, day: i32) -> World {
        let holds = |spell: &Spell| spell.0 <= day && spell.1.is_none_or(|until| day < until);
        let place: BTreeMap<u32, usize> =
            evidence.states.iter().enumerate().map(|(place, (code, _))| (*code, place)).collect();
        let lives: Vec<bool> = evidence.states.iter().map(|(_, lives)| lives.iter().any(holds)).collect();
        let size = lives.len();
        let none = || vec![vec![false; size]; size];
        let both_live = |one: usize, other: usize| lives[one] && lives[other];

        let mut defended = none();
        for (treaty, _) in evidence.treaties.iter().filter(|(_, defends)| *defends) {
            for (_, one, _) in evidence.members.iter().filter(|(of, _, spell)| of == treaty && holds(spell)) {
                for (_, other, _) in evidence.members.iter().filter(|(of, _, spell)| of == treaty && holds(spell)) {
                    defended[place[one]][place[other]] |= one != other && both_live(place[one], place[other]);
                }
            }
        }
        let dyad = |row: &Dyadic| row.states.map(|code| place[&code]);
        let mut pressed = none();
        for row in evidence.pressure.iter().filter(|row| holds(&row.spell)) {
            let [one, other] = dyad(row);
            pressed[one][other] |= both_live(one, other);
        }
        let mut issues: BTreeSet<([usize; 2], &str)> = BTreeSet::new();
        for row in evidence.supports.iter().filter(|row| holds(&row.spell)) {
            issues.insert((dyad(row), row.of));
        }
        let mut trades = none();
        for row in evidence.trade.iter().filter(|row| row.year == Day::from_number(day).year()) {
            let [one, other] = row.states.map(|code| place[&code]);
            trades[one][other] |= row.value >= 200 && both_live(one, other);
        }

        let (mut ally, mut bloc) = (none(), none());
        for one in 0..size {
            for other in 0..size {
                bloc[one][other] = defended[one][other] && defended[other][one];
                let both = |(pair, of): &&([usize; 2], &str)| {
                    *pair == [one, other] && issues.contains(&([other, one], of)) && both_live(one, other)
                };
                ally[one][other] = bloc[one][other]
                    && !pressed[one][other]
                    && !pressed[other][one]
                    && trades[one][other]
                    && trades[other][one]
                    && issues.iter().filter(both).count() >= 2;
            }
        }
        for middle in 0..size {
            for one in 0..size {
                for other in 0..size {
                    bloc[one][other] |= bloc[one][middle] && bloc[middle][other];
                }
            }
        }
        World { ally, bloc }
    }
}
