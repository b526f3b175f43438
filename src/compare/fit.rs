//! Set-theoretic fit of two criteria: each is the set of the cases that meet it.
//!
//! Charles C. Ragin, "Set Relations in Social Research: Evaluating Their Consistency and Coverage", Political Analysis 14 (2006), 291-310;
//! Redesigning Social Inquiry (2008), chapter 3. Sets are crisp here: met is membership 1, not met 0. Where one of the two is undetermined
//! or contested, the case is in no set, and is counted apart.

use super::cases::ComparedCase;
use super::{Statistic, Undefined};
use crate::time::Interval;
use crate::verdict::Verdict;

/// An intersection: the cases in it, each with the time for which it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// Cases, case-years, or days of cases.
    pub weight: u64,
    /// In the order of the cases.
    pub shares: Vec<Share>,
}

/// A case in an intersection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Its place among the cases.
    pub case: usize,
    /// When, without gaps between what touches.
    pub days: Vec<Interval>,
    /// How much of the cell it makes up.
    pub weight: u64,
}

/// How two criteria fit as sets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fit {
    /// Both are met.
    pub both: Cell,
    /// Only the first.
    pub only_left: Cell,
    /// Only the second.
    pub only_right: Cell,
    /// Neither.
    pub neither: Cell,
    /// Weight of the cases in which one of the two is undetermined, and none contested.
    pub undetermined: u64,
    /// Weight of the cases in which one of the two is contested.
    pub contested: u64,
}

impl Fit {
    /// The fit of two of the rivals, by their places.
    #[must_use]
    pub fn of(cases: &[ComparedCase], left: usize, right: usize) -> Fit {
        let mut fit = Fit::default();
        for (place, case) in cases.iter().enumerate() {
            for spell in &case.spells {
                let cell = match (spell.verdicts[left], spell.verdicts[right]) {
                    (Verdict::NotApplicable, _) | (_, Verdict::NotApplicable) => continue,
                    (Verdict::Contested, _) | (_, Verdict::Contested) => {
                        fit.contested += spell.weight;
                        continue;
                    }
                    (Verdict::Undetermined, _) | (_, Verdict::Undetermined) => {
                        fit.undetermined += spell.weight;
                        continue;
                    }
                    (Verdict::Met, Verdict::Met) => &mut fit.both,
                    (Verdict::Met, Verdict::NotMet) => &mut fit.only_left,
                    (Verdict::NotMet, Verdict::Met) => &mut fit.only_right,
                    (Verdict::NotMet, Verdict::NotMet) => &mut fit.neither,
                };
                cell.add(place, spell.days, spell.weight);
            }
        }
        fit
    }

    /// Weight of the cases in which both are settled.
    #[must_use]
    pub fn settled(&self) -> u64 {
        [&self.both, &self.only_left, &self.only_right, &self.neither].iter().map(|cell| cell.weight).sum()
    }

    /// Consistency of the first as sufficient for the second: the share of the first that is in the second.
    /// It is the coverage of the first as necessary for the second, too.
    ///
    /// # Errors
    /// Where nothing meets the first.
    pub fn left_within_right(&self) -> Statistic {
        share(self.both.weight, self.only_left.weight)
    }

    /// Coverage of the first as sufficient for the second: the share of the second that is in the first.
    /// It is the consistency of the first as necessary for the second, too.
    ///
    /// # Errors
    /// Where nothing meets the second.
    pub fn right_within_left(&self) -> Statistic {
        share(self.both.weight, self.only_right.weight)
    }
}

fn share(both: u64, only: u64) -> Statistic {
    let whole = both + only;
    if whole == 0 { Err(Undefined::EmptySet) } else { Ok(both as f64 / whole as f64) }
}

impl Cell {
    fn add(&mut self, case: usize, days: Interval, weight: u64) {
        self.weight += weight;
        match self.shares.last_mut() {
            Some(share) if share.case == case => {
                share.weight += weight;
                match share.days.last_mut() {
                    Some(last) if last.last < days.first && last.last.next() == days.first => last.last = days.last,
                    _ => share.days.push(days),
                }
            }
            _ => self.shares.push(Share { case, days: vec![days], weight }),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::cases::Spell;
    use super::*;
    use crate::time::Day;

    fn cases(verdicts: &[(bool, bool)]) -> Vec<ComparedCase> {
        let verdict = |is_met: bool| if is_met { Verdict::Met } else { Verdict::NotMet };
        let day = Day::from_number(0);
        verdicts
            .iter()
            .map(|(one, other)| ComparedCase {
                individuals: Vec::new(),
                names: Vec::new(),
                labels: Vec::new(),
                label: String::new(),
                spells: vec![Spell {
                    days: Interval { first: day, last: day },
                    weight: 1,
                    verdicts: vec![verdict(*one), verdict(*other)],
                }],
            })
            .collect()
    }

    /// Lipset's conditions of the survival of democracy in 18 countries, as Rihoux and De Meur (2009) made them crisp sets. The countries by configuration
    /// are those that the manual of the package QCA3 for R prints (Ronggui Huang, "Qualitative Comparative Analysis using QCA3", 2014); the figures are those
    /// that the tests of the package QCA for R (Adrian Dusa) expect of its `superSubset`: necessity of a condition for survival, and its coverage.
    #[test]
    fn conditions_that_are_necessary_for_the_survival_of_democracy() {
        // Development, urbanization, literacy, industry, stability; survival; countries.
        // The rows of the last six were not at hand: the figures leave open for them urbanization alone, which plays no part here.
        let configurations = [
            ([0, 0, 0, 0, 0], false, 3),
            ([0, 0, 1, 0, 0], false, 2),
            ([1, 0, 1, 1, 0], false, 1),
            ([1, 1, 1, 1, 0], false, 1),
            ([0, 0, 0, 0, 1], false, 2),
            ([0, 0, 1, 0, 1], false, 1),
            ([1, 0, 1, 0, 1], true, 2),
            ([1, 1, 1, 1, 1], true, 6),
        ];
        let coverage = |condition: &dyn Fn([i32; 5]) -> bool| {
            let verdicts: Vec<(bool, bool)> = configurations
                .iter()
                .flat_map(|(of, survived, countries)| vec![(condition(*of), *survived); *countries])
                .collect();
            assert_eq!(verdicts.len(), 18);
            let fit = Fit::of(&cases(&verdicts), 0, 1);
            // All survivors meet it: the consistency of the condition as necessary.
            assert_eq!(fit.right_within_left(), Ok(1.0));
            format!("{:.3}", fit.left_within_right().unwrap())
        };
        assert_eq!(coverage(&|[developed, ..]| developed == 1), "0.800");
        assert_eq!(coverage(&|[_, _, literate, ..]| literate == 1), "0.615");
        assert_eq!(coverage(&|[.., stable]| stable == 1), "0.727");
        assert_eq!(coverage(&|[developed, .., stable]| developed + stable == 2), "1.000");
        assert_eq!(coverage(&|[_, _, literate, _, stable]| literate + stable == 2), "0.889");
        assert_eq!(coverage(&|[_, urban, _, industrial, _]| urban == 0 || industrial == 1), "0.444");
    }
}
