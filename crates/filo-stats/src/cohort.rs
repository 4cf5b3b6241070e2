//! Who comes back: customers by the period in which they came first, and how many of them came in
//! each period after.
//!
//! A period is a number, one more than the one before it: months, weeks or any other.
//!
//! **Invariant:** in its first period all of a cohort came; a period that is not over yet, or lies
//! before the first one, has no number, not even 0.

use std::collections::{BTreeMap, BTreeSet};

use crate::proportion::{Proportion, Z_95, wilson};

/// Longer tables are mistakes of whoever numbered the periods.
const PERIODS_MOST: i64 = 10_000;

/// Customers who came first in the same period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohort {
    /// The period in which they came first.
    pub first: i64,
    /// How many of them came in that period, which are all, and in each after it until the last
    /// that is over.
    pub came: Vec<usize>,
}

impl Cohort {
    /// How many they are.
    #[must_use]
    pub fn size(&self) -> usize {
        self.came.first().copied().unwrap_or(0)
    }

    /// The share of them who came so many periods after the first, with the interval of 95 %;
    /// `None` where that period is not over.
    #[must_use]
    pub fn retained(&self, after: usize) -> Option<Proportion> {
        let came = u64::try_from(*self.came.get(after)?).ok()?;
        wilson(came, u64::try_from(self.size()).ok()?, Z_95)
    }
}

/// The cohorts, the earliest first, from who came when: pairs of a customer and a period, in any
/// order and any number. What is later than `last`, the last period that is over, does not count.
///
/// `None` where the first and the last period lie more than 10,000 apart.
#[must_use]
pub fn cohorts<C: Ord + Copy>(visits: &[(C, i64)], last: i64) -> Option<Vec<Cohort>> {
    let mut periods: BTreeMap<C, BTreeSet<i64>> = BTreeMap::new();
    for (customer, period) in visits.iter().filter(|(_, period)| *period <= last) {
        periods.entry(*customer).or_default().insert(*period);
    }
    let mut cohorts: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for periods in periods.values() {
        let Some(first) = periods.first() else {
            continue;
        };
        let after = |period: i64| {
            let after = period.checked_sub(*first)?;
            (after < PERIODS_MOST).then(|| usize::try_from(after).ok())?
        };
        let length = after(last)? + 1;
        let came = cohorts.entry(*first).or_insert_with(|| vec![0; length]);
        for period in periods {
            came[after(*period)?] += 1;
        }
    }
    let cohorts = cohorts.into_iter();
    Some(
        cohorts
            .map(|(first, came)| Cohort { first, came })
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cdnow_tests::read;

    /// The first purchases of January to March 1997 and those of the months after, until June 1998
    /// (`golden/cohort_cdnow.json`).
    #[test]
    fn cohorts_of_cdnow_are_those_of_another_program() {
        let Some(text) = read("data/cdnow/CDNOW_sample.txt") else {
            return;
        };
        let visits: Vec<(u32, i64)> = text
            .lines()
            .map(|line| {
                let mut fields = line.split_whitespace().skip(1);
                let customer = fields.next().unwrap().parse().unwrap();
                let date: i64 = fields.next().unwrap().parse().unwrap();
                (customer, date / 10_000 * 12 + date / 100 % 100 - 1)
            })
            .collect();
        let january = 1997 * 12;
        let expected = [
            &[
                781, 124, 95, 70, 65, 77, 65, 53, 52, 45, 62, 59, 45, 47, 63, 37, 37, 33,
            ][..],
            &[
                857, 134, 110, 75, 77, 75, 61, 61, 74, 70, 59, 57, 59, 70, 56, 59, 60,
            ],
            &[
                719, 87, 84, 78, 63, 64, 55, 57, 73, 65, 47, 51, 78, 32, 38, 45,
            ],
        ];
        let cohort = |(first, came): (i64, &&[usize])| Cohort {
            first: january + first,
            came: came.to_vec(),
        };
        let expected: Vec<Cohort> = (0..).zip(&expected).map(cohort).collect();
        assert_eq!(cohorts(&visits, january + 17), Some(expected));
    }

    #[test]
    fn whoever_comes_again_counts_once_and_what_is_not_over_not_at_all() {
        let visits = [
            (7, 3),
            (8, 1),
            (7, 1),
            (7, 3),
            (9, 2),
            (8, 1),
            (8, 4),
            (9, 5),
        ];
        let found = cohorts(&visits, 3).unwrap();
        let cohort = |first, came: &[usize]| Cohort {
            first,
            came: came.to_vec(),
        };
        assert_eq!(found, [cohort(1, &[2, 0, 1]), cohort(2, &[1, 0])]);
        let share = found[0].retained(2).unwrap();
        assert!((share.share - 0.5).abs() < 1e-12 && share.low < 0.5 && share.high > 0.5);
        assert_eq!(found[1].retained(2), None);
        assert_eq!(found[0].size(), 2);
    }

    #[test]
    fn the_ends_and_what_has_no_answer() {
        assert_eq!(cohorts::<u32>(&[], 3), Some(vec![]));
        assert_eq!(cohorts(&[(1, 4)], 3), Some(vec![]));
        assert_eq!(cohorts(&[(1, 0)], PERIODS_MOST), None);
        assert_eq!(cohorts(&[(1, i64::MIN)], i64::MAX), None);
    }
}
