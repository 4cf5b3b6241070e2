//! Whether groups would be found again in another sample.
//!
//! **Invariant:** a stability lies within 0–1.

use std::collections::BTreeMap;

use super::partition::{Search, cluster};
use super::rows::Rows;
use crate::counting::real;
use crate::random::Random;

/// From this on a group is stable; below 0.6 it should not be trusted (Hennig 2007, section 6,
/// and "Dissolution point and isolation robustness", Journal of Multivariate Analysis 99 (2008),
/// 1154–1176).
pub const STABLE: f64 = 0.75;

/// The stability of each group: Hennig, "Cluster-wise assessment of cluster stability",
/// Computational Statistics and Data Analysis 52 (2007), 258–271. The rows are drawn anew with
/// replacement `resamples` times and grouped again; a group's stability is the mean of its
/// similarities (Jaccard: common rows among those of either) to the most similar new group, of
/// the rows that were drawn. A row that was drawn twice counts twice.
///
/// The labels are those of the rows, below `groups`. `None` where they are not, or nothing is
/// drawn. A group without rows is never found, and a draw with too few different rows finds none.
#[must_use]
pub fn stability(
    rows: &Rows,
    labels: &[usize],
    groups: usize,
    resamples: usize,
    search: Search,
) -> Option<Vec<f64>> {
    let fits = labels.len() == rows.count() && labels.iter().all(|label| *label < groups);
    if !fits || resamples == 0 {
        return None;
    }
    let mut random = Random::seeded(search.seed);
    let mut sums = vec![0.0; groups];
    for _draw in 0..resamples {
        let drawn: Vec<usize> = labels.iter().map(|_| random.index(labels.len())).collect();
        let again = cluster(&rows.select(&drawn)?, groups, search);
        let Some(again) = again else { continue };
        let old: Vec<usize> = drawn.iter().map(|index| labels[*index]).collect();
        for (sum, found) in sums
            .iter_mut()
            .zip(similarities(&old, &again.labels, groups))
        {
            *sum += found;
        }
    }
    Some(sums.into_iter().map(|sum| sum / real(resamples)).collect())
}

/// The Jaccard similarity of each old group to the new one most similar to it; 0 where the draw
/// holds none of it.
fn similarities(old: &[usize], new: &[usize], groups: usize) -> Vec<f64> {
    let mut sizes = [vec![0_usize; groups], vec![0; groups]];
    let mut common: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (old, new) in old.iter().zip(new) {
        sizes[0][*old] += 1;
        sizes[1][*new] += 1;
        *common.entry((*old, *new)).or_default() += 1;
    }
    let mut most = vec![0.0_f64; groups];
    for ((old, new), both) in common {
        let either = sizes[0][old] + sizes[1][new] - both;
        most[old] = most[old].max(real(both) / real(either));
    }
    most
}
