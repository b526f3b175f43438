//! Cross-tables of verdicts: observed agreement, and Cohen's kappa.

use super::{Statistic, Undefined};
use crate::verdict::Verdict;

/// The categories of the statistics, in the order of rows and columns. What is not applicable is no category: there the case does
/// not arise.
pub const VERDICTS: [Verdict; 4] = [Verdict::Met, Verdict::NotMet, Verdict::Undetermined, Verdict::Contested];

/// How often two raters gave which verdicts: rows are the one's, columns the other's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CrossTable {
    /// Cases, case-years, or days of cases.
    pub counts: [[u64; 4]; 4],
}

fn place(verdict: Verdict) -> Option<usize> {
    VERDICTS.iter().position(|one| *one == verdict)
}

impl CrossTable {
    /// Counts a pair of verdicts with a weight; what is not applicable is not counted.
    pub fn add(&mut self, one: Verdict, other: Verdict, weight: u64) {
        if let (Some(row), Some(column)) = (place(one), place(other)) {
            self.counts[row][column] += weight;
        }
    }

    /// A cell.
    #[must_use]
    pub fn at(&self, one: Verdict, other: Verdict) -> u64 {
        match (place(one), place(other)) {
            (Some(row), Some(column)) => self.counts[row][column],
            _ => 0,
        }
    }

    /// The sum of a row.
    #[must_use]
    pub fn row(&self, place: usize) -> u64 {
        self.counts[place].iter().sum()
    }

    /// The sum of a column.
    #[must_use]
    pub fn column(&self, place: usize) -> u64 {
        self.counts.iter().map(|row| row[place]).sum()
    }

    /// The sum of all.
    #[must_use]
    pub fn total(&self) -> u64 {
        (0..VERDICTS.len()).map(|place| self.row(place)).sum()
    }

    /// The sum of the diagonal.
    #[must_use]
    pub fn agreed(&self) -> u64 {
        (0..VERDICTS.len()).map(|place| self.counts[place][place]).sum()
    }

    /// With rows and columns exchanged.
    #[must_use]
    pub fn transposed(&self) -> CrossTable {
        let mut transposed = CrossTable::default();
        for (row, counts) in self.counts.iter().enumerate() {
            for (column, count) in counts.iter().enumerate() {
                transposed.counts[column][row] = *count;
            }
        }
        transposed
    }

    /// The share on which both agree, from 0 to 1.
    ///
    /// # Errors
    /// Where nothing was counted.
    pub fn agreement(&self) -> Statistic {
        if self.total() == 0 { Err(Undefined::NoCases) } else { Ok(self.agreed() as f64 / self.total() as f64) }
    }

    /// Agreement beyond chance: (observed - expected) / (1 - expected), where the expected agreement is that of two raters who
    /// keep their own shares of each category and know nothing of the case. Jacob Cohen, "A Coefficient of Agreement for Nominal Scales",
    /// Educational and Psychological Measurement 20 (1960), 37-46.
    ///
    /// # Errors
    /// Where nothing was counted, and where both give everything the same verdict: the expected agreement is then 1.
    pub fn kappa(&self) -> Statistic {
        let total = u128::from(self.total());
        if total == 0 {
            return Err(Undefined::NoCases);
        }
        let products = (0..VERDICTS.len()).map(|place| u128::from(self.row(place)) * u128::from(self.column(place)));
        let (expected, whole) = (products.sum::<u128>(), total * total);
        if expected == whole {
            let only = (0..VERDICTS.len()).find(|place| self.row(*place) > 0).map_or(Verdict::Met, |at| VERDICTS[at]);
            return Err(Undefined::OneCategory(only));
        }
        // Both terms times the square of the total, so that they are whole numbers.
        let observed = u128::from(self.agreed()) * total;
        Ok((observed as f64 - expected as f64) / (whole - expected) as f64)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// A table of the first categories.
    fn table<const N: usize>(counts: [[u64; N]; N]) -> CrossTable {
        let mut table = CrossTable::default();
        for (row, cells) in counts.iter().enumerate() {
            table.counts[row][..N].copy_from_slice(cells);
        }
        table
    }

    fn printed(statistic: Statistic) -> String {
        format!("{:.2}", statistic.unwrap())
    }

    #[test]
    fn the_example_of_the_article_itself() {
        // Cohen 1960, p. 45, as the tests of DKPro Statistics (Cohen1960Test.java, by Christian M. Meyer) quote it: agreement .70, kappa .492. The
        // article itself was not at hand.
        let table = table([[88, 14, 18], [10, 40, 10], [2, 6, 12]]);
        assert_eq!(printed(table.agreement()), "0.70");
        assert_eq!(format!("{:.3}", table.kappa().unwrap()), "0.492");
        assert_eq!(table.kappa(), table.transposed().kappa());
    }

    #[test]
    fn by_hand() {
        // An example of our own: of 100 cases 89 on the diagonal, and by chance 80 * 80 + 5 * 10 + 15 * 10 of 10,000 there.
        let table = table([[75, 1, 4], [5, 4, 1], [0, 0, 10]]);
        assert_eq!(table.kappa().unwrap(), (0.89 - 0.66) / (1.0 - 0.66));
    }

    #[test]
    fn high_agreement_and_low_kappa() {
        // An example of our own of what Feinstein and Cicchetti (1990) call a paradox: the same agreement of .85, with balanced and with
        // unbalanced totals.
        let (balanced, unbalanced) = (table([[40, 9], [6, 45]]), table([[80, 10], [5, 5]]));
        assert_eq!([printed(balanced.agreement()), printed(unbalanced.agreement())], ["0.85", "0.85"]);
        assert_eq!([printed(balanced.kappa()), printed(unbalanced.kappa())], ["0.70", "0.32"]);
    }

    #[test]
    fn chance_alone_and_its_contrary() {
        assert_eq!(printed(table([[25, 25], [25, 25]]).kappa()), "0.00");
        assert_eq!(printed(table([[0, 50], [50, 0]]).kappa()), "-1.00");
        assert_eq!(printed(table([[7, 0], [0, 3]]).kappa()), "1.00");
    }

    #[test]
    fn where_all_is_of_one_category_there_is_no_kappa() {
        assert_eq!(table([[0, 0], [0, 9]]).kappa(), Err(Undefined::OneCategory(Verdict::NotMet)));
        assert_eq!(table([[0, 9], [0, 0]]).kappa(), Ok(0.0));
        assert_eq!(CrossTable::default().kappa(), Err(Undefined::NoCases));
    }
}
