//! How well rows lie in their groups.
//!
//! **Invariant:** the answer lies within −1 and 1.

use super::rows::Rows;
use crate::counting::real;

/// The mean silhouette width: Rousseeuw, "Silhouettes: A graphical aid to the interpretation and
/// validation of cluster analysis", Journal of Computational and Applied Mathematics 20 (1987),
/// 53–65, with Euclidean distances. Near 1 the groups lie far apart; a row alone in its group
/// counts 0. It prefers few round groups: read it beside the stability, never alone.
///
/// The work grows with the square of the rows: give a sample of a few thousand. `None` where there
/// are fewer than two groups with rows, or not a label for each row.
#[must_use]
pub fn silhouette(rows: &Rows, labels: &[usize]) -> Option<f64> {
    let groups = labels.iter().max()? + 1;
    if labels.len() != rows.count() {
        return None;
    }
    let mut sizes = vec![0_usize; groups];
    labels.iter().for_each(|label| sizes[*label] += 1);
    if sizes.iter().filter(|size| **size > 0).count() < 2 {
        return None;
    }
    let mut sums = vec![0.0; labels.len() * groups];
    for one in 0..labels.len() {
        for other in one + 1..labels.len() {
            let distance = rows.distance(rows.row(one), rows.row(other)).sqrt();
            sums[one * groups + labels[other]] += distance;
            sums[other * groups + labels[one]] += distance;
        }
    }
    let widths = labels.iter().zip(sums.chunks_exact(groups));
    let widths = widths.map(|(label, sums)| width(*label, sums, &sizes));
    Some(widths.sum::<f64>() / real(labels.len()))
}

/// The width of one row, from the sums of its distances to each group.
fn width(label: usize, sums: &[f64], sizes: &[usize]) -> f64 {
    if sizes[label] < 2 {
        return 0.0;
    }
    let within = sums[label] / real(sizes[label] - 1);
    let others = sums.iter().zip(sizes).enumerate();
    let others = others.filter(|(group, (_, size))| *group != label && **size > 0);
    let nearest = others
        .map(|(_, (sum, size))| sum / real(*size))
        .fold(f64::INFINITY, f64::min);
    let larger = within.max(nearest);
    if larger > 0.0 {
        (nearest - within) / larger
    } else {
        0.0
    }
}
