//! Krippendorff's alpha for nominal data, any number of raters, and missing values.

use super::{Statistic, Undefined};
use crate::verdict::Verdict;
use std::collections::BTreeMap;

/// What was rated, as often as its weight says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit<C = Verdict> {
    /// How many units of this kind there are.
    pub weight: u64,
    /// One for each rater; nothing where it is missing.
    pub ratings: Vec<Option<C>>,
}

/// 1 - observed / expected disagreement, from the coincidences of the values within units; a unit with less than two values
/// is not paired and does not count. Klaus Krippendorff, Content Analysis, 2nd ed. (2004), chapter 11; "Computing Krippendorff's
/// Alpha-Reliability" (2011), section C, nominal data.
///
/// # Errors
/// Where no unit has two values, and where all values are of one category: no disagreement could then be expected.
pub fn krippendorff_alpha(units: impl IntoIterator<Item = Unit>) -> Statistic {
    alpha(units).map_err(|only| only.map_or(Undefined::NoCases, Undefined::OneCategory))
}

/// For any categories; without variation the only category, if there is one.
fn alpha<C: Ord + Copy>(units: impl IntoIterator<Item = Unit<C>>) -> Result<f64, Option<C>> {
    let mut totals: BTreeMap<C, u128> = BTreeMap::new();
    // Ordered pairs of unlike values, by the number of values in their unit: whole numbers as long as possible.
    let mut unlike: BTreeMap<usize, u128> = BTreeMap::new();
    for unit in units {
        let mut counts: BTreeMap<C, u128> = BTreeMap::new();
        for rating in unit.ratings.iter().flatten() {
            *counts.entry(*rating).or_default() += 1;
        }
        let values = counts.values().sum::<u128>();
        if values < 2 || unit.weight == 0 {
            continue;
        }
        let weight = u128::from(unit.weight);
        let alike: u128 = counts.values().map(|count| count * count).sum();
        *unlike.entry(values as usize).or_default() += weight * (values * values - alike);
        for (category, count) in counts {
            *totals.entry(category).or_default() += weight * count;
        }
    }
    let values: u128 = totals.values().sum();
    let squares: u128 = totals.values().map(|total| total * total).sum();
    let expected = values * values - squares;
    if expected == 0 {
        return Err(totals.keys().next().copied());
    }
    let observed: f64 = unlike.iter().map(|(values, pairs)| *pairs as f64 / (*values as f64 - 1.0)).sum();
    Ok(1.0 - (values as f64 - 1.0) * observed / expected as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Raters below one another, units side by side; `.` is missing.
    fn units(raters: &[&str]) -> Vec<Unit<char>> {
        let rows: Vec<Vec<char>> = raters.iter().map(|row| row.chars().filter(|one| *one != ' ').collect()).collect();
        (0..rows[0].len())
            .map(|unit| Unit {
                weight: 1,
                ratings: rows.iter().map(|row| Some(row[unit]).filter(|one| *one != '.')).collect(),
            })
            .collect()
    }

    fn printed(raters: &[&str]) -> String {
        alpha(units(raters)).map_or_else(|_| "undefined".to_owned(), |alpha| format!("{alpha:.3}"))
    }

    // Printed figures of Krippendorff's, with the data, as others quote them; the texts themselves were not at hand.

    #[test]
    fn binary_data_of_two_observers_without_gaps() {
        // Content Analysis (1980), p. 133, as the tests of DKPro Statistics (Krippendorff1980Test.java, by Christian M. Meyer) quote it: .095.
        assert_eq!(printed(&["0 1 0 0 0 0 0 0 1 0", "0 1 1 0 0 1 0 1 0 0"]), "0.095");
    }

    #[test]
    fn nominal_data_of_three_observers_without_gaps() {
        // Content Analysis (1980), p. 139, likewise: .642.
        assert_eq!(printed(&["1 1 2 4 1 2 1 3 2", "1 2 2 4 4 2 2 3 2", "1 2 2 4 4 2 3 3 2"]), "0.642");
    }

    #[test]
    fn nominal_data_of_four_observers_with_gaps() {
        // "Computing Krippendorff's Alpha-Reliability" (2011), as several programs quote it, among them the package krippendorff for Python: .743.
        let observers = [
            "1 2 3 3 2 1 4 1 2 . . .",
            "1 2 3 3 2 2 4 1 2 5 . 3",
            ". 3 3 3 2 3 4 2 2 5 1 .",
            "1 2 3 3 2 4 4 1 2 5 1 .",
        ];
        assert_eq!(printed(&observers), "0.743");
        let mut backwards = observers;
        backwards.reverse();
        assert_eq!(printed(&backwards), "0.743");
    }

    #[test]
    fn weights_count_as_repetitions() {
        let mut repeated = units(&["0 1 0 1", "0 1 1 1"]);
        repeated.extend(repeated.clone());
        let weighted: Vec<Unit<char>> =
            units(&["0 1 0 1", "0 1 1 1"]).into_iter().map(|unit| Unit { weight: 2, ..unit }).collect();
        assert_eq!(alpha(weighted), alpha(repeated));
    }

    #[test]
    fn without_variation_there_is_no_alpha() {
        assert_eq!(alpha(units(&["1 1", "1 1"])), Err(Some('1')));
        assert_eq!(alpha(units(&["1 .", ". 2"])), Err(None));
    }
}
