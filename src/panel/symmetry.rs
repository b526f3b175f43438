//! Whether one row may stand for both directions of a pair.

use super::lines::{line, turned};
use super::request::{Difference, Grain, Joining, Pairing, Refusal};
use super::rows::spells;
use super::value::Value;
use super::years::Years;
use super::{Block, Panel, fit};
use crate::explain::as_written;
use crate::model::BothWays;
use crate::model::program::{IndividualId, Target};
use crate::time::Day;

impl Panel<'_> {
    /// Looks for a pair of which the two directions differ in a row. The answers are kept for the rows.
    ///
    /// # Errors
    /// The first such pair and time, where one row is to stand for both.
    pub fn check_symmetry(&self, progress: &mut dyn FnMut(usize)) -> Result<(), Refusal> {
        if self.request.pairing != Pairing::Undirected(Joining::Same) {
            return Ok(());
        }
        let by_rules = BothWays::of(self.program);
        let mut done = 0;
        for block in &self.blocks {
            let Some(pair) = block.pair else { continue };
            let targets: Vec<Target> = block
                .targets
                .iter()
                .filter(|target| !self.is_symmetric_by_nature(**target, &by_rules))
                .copied()
                .collect();
            if targets.is_empty() {
                continue;
            }
            for case in block.cases.iter(&self.engine, &self.request.verdicts) {
                for target in &targets {
                    self.compare(block, *target, pair, &case)?;
                }
                done += 1;
                progress(done);
            }
        }
        Ok(())
    }

    /// The facts of a symmetric predicate or measure say the same both ways; a criterion only says that it does, unless its rules
    /// make it so.
    fn is_symmetric_by_nature(&self, target: Target, by_rules: &BothWays<'_>) -> bool {
        let is_criterion = match target {
            Target::Relation(relation) => self.program.relation(relation).is_criterion,
            Target::Measure(_) => false,
        };
        match fit::symmetric(self.program, target) {
            Some(_) if !is_criterion => true,
            Some(pair) => self.engine.changes().are_none() && by_rules.roles(target) == Some(pair),
            None => false,
        }
    }

    fn compare(
        &self,
        block: &Block<'_>,
        target: Target,
        pair: (usize, usize),
        case: &[IndividualId],
    ) -> Result<(), Refusal> {
        let reversed = turned(case, Some(pair));
        if let Target::Relation(relation) = target
            && self.engine.case(relation, case) == self.engine.case(relation, &reversed)
        {
            return Ok(());
        }
        let (here, there) = (line(&self.engine, target, case), line(&self.engine, target, &reversed));
        let period = self.period_of(block, case);
        let found = match self.request.grain {
            Grain::Spells => spells(&[here, there], period).into_iter().find_map(|(spell, values)| {
                let when = if spell.first == Day::FIRST {
                    "from the beginning".to_owned()
                } else {
                    format!("on {}", spell.first)
                };
                (values[0] != values[1]).then_some((when, values[0], values[1]))
            }),
            Grain::Years(rule) => {
                let years = Years::new(period, rule);
                let mut answers = [Vec::new(), Vec::new()];
                years.stretches(&here, &mut answers[0]);
                years.stretches(&there, &mut answers[1]);
                let mut first = None;
                Years::together(&answers, |places, values| {
                    if first.is_none() && values[0] != values[1] {
                        first = Some((format!("in {}", in_words(years.year(places.start))), values[0], values[1]));
                    }
                });
                first
            }
        };
        let Some((time, one, other)) = found else { return Ok(()) };
        let say =
            |individuals: &[IndividualId], value: Value| (as_written(self.program, target, individuals), value.words());
        Err(Refusal::NotSymmetric(Box::new(Difference {
            target,
            one: say(case, one),
            other: say(&reversed, other),
            time,
        })))
    }
}

fn in_words(year: i16) -> String {
    if year > 0 { year.to_string() } else { format!("{} BC", 1 - i32::from(year)) }
}
