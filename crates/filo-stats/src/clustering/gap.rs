//! Whether rows are more grouped than rows without any groups would be.
//!
//! **Invariant:** the references depend on the seed and on how far the rows reach along their
//! principal axes, and on nothing else of their numbers.

use super::axes::along_axes;
use super::partition::{Search, cluster};
use super::rows::Rows;
use crate::counting::real;
use crate::random::Random;

/// How much more grouped the rows are, with so many groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// Groups.
    pub groups: usize,
    /// The mean of ln(cost) of the references, less that of the rows.
    pub gap: f64,
    /// Its error s: the deviation between the references with the share that simulating adds.
    pub error: f64,
}

impl Gap {
    /// Whether the next number of groups is no clear gain: gap(k) ≥ gap(k+1) − s(k+1).
    #[must_use]
    pub fn holds_against(&self, next: &Self) -> bool {
        self.gap >= next.gap - next.error
    }
}

/// The gap statistic for 1 to `groups_most` groups: Tibshirani, Walther, Hastie, "Estimating the
/// number of clusters in a data set via the gap statistic", Journal of the Royal Statistical
/// Society B 63 (2001), 411–423, with references of variant (b): numbers even over the range of
/// each principal axis, so that columns that vary together are not taken for groups. A category,
/// which has no range, is taken from a row by chance, apart from all else: ours.
///
/// The list ends before the first number of groups for which there are too few different rows.
#[must_use]
pub fn gaps(rows: &Rows, groups_most: usize, references: usize, search: Search) -> Vec<Gap> {
    // Turning changes no cost, so the references need not be turned back.
    let Some(rows) = along_axes(rows) else {
        return Vec::new();
    };
    let mut random = Random::seeded(search.seed);
    let drawn: Vec<Rows> = (0..references.max(1))
        .map_while(|_| reference(&rows, &mut random))
        .collect();
    (1..=groups_most)
        .map_while(|groups| gap(&rows, &drawn, groups, search))
        .collect()
}

fn gap(rows: &Rows, references: &[Rows], groups: usize, search: Search) -> Option<Gap> {
    let cost = |rows: &Rows| {
        let cost = cluster(rows, groups, search)?.cost;
        (cost > 0.0).then(|| cost.ln())
    };
    let seen = cost(rows)?;
    let costs: Vec<f64> = references.iter().map(cost).collect::<Option<_>>()?;
    let count = real(costs.len());
    let mean = costs.iter().sum::<f64>() / count;
    let squares: f64 = costs.iter().map(|cost| (cost - mean).powi(2)).sum();
    Some(Gap {
        groups,
        gap: mean - seen,
        error: (squares / count).sqrt() * (1.0 + 1.0 / count).sqrt(),
    })
}

/// As many rows over the ranges of the same columns, without groups.
fn reference(rows: &Rows, random: &mut Random) -> Option<Rows> {
    let mut ranges = vec![(f64::INFINITY, f64::NEG_INFINITY); rows.number_width()];
    for index in 0..rows.count() {
        let numbers = rows.row(index).numbers;
        for ((low, high), number) in ranges.iter_mut().zip(numbers) {
            (*low, *high) = (low.min(*number), high.max(*number));
        }
    }
    let (mut numbers, mut codes) = (Vec::new(), Vec::new());
    for _row in 0..rows.count() {
        numbers.extend(
            ranges
                .iter()
                .map(|(low, high)| low + random.unit() * (high - low)),
        );
        for category in 0..rows.code_width() {
            let row = rows.row(random.index(rows.count()));
            codes.push(row.codes[category]);
        }
    }
    rows.measured_alike(numbers, codes)
}
