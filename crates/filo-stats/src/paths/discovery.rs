//! Many questions at once: how many of the answers that look certain are chance.

use crate::counting::real;

/// The share of false discoveries one accepts in believing each of these and all that are more
/// certain: the adjusted p-values of Benjamini and Hochberg, "Controlling the False Discovery Rate:
/// A Practical and Powerful Approach to Multiple Testing", Journal of the Royal Statistical Society
/// B 57 (1995), 289–300, in the order of the p-values. `None` where one is not within 0–1.
#[must_use]
pub fn benjamini_hochberg(ps: &[f64]) -> Option<Vec<f64>> {
    if !ps.iter().all(|p| (0.0..=1.0).contains(p)) {
        return None;
    }
    let mut order: Vec<usize> = (0..ps.len()).collect();
    order.sort_by(|one, other| ps[*one].total_cmp(&ps[*other]));
    let mut adjusted = vec![1.0; ps.len()];
    let mut least: f64 = 1.0;
    for (rank, at) in order.into_iter().enumerate().rev() {
        least = least.min(ps[at] * real(ps.len()) / real(rank + 1));
        adjusted[at] = least;
    }
    Some(adjusted)
}
