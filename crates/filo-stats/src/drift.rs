//! How far one distribution over categories has moved from another.
//!
//! **Invariant:** a distance is never negative, is 0 for equal shares, and is the same in both
//! directions.

use crate::counting::real;

/// How far a distribution has moved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drift {
    /// The population stability index, Σ (qᵢ − pᵢ) ln(qᵢ/pᵢ); `None` where only one of the two
    /// has a category, which makes it infinite. Below 0.10 little has changed, above 0.25 much
    /// (Siddiqi, "Credit Risk Scorecards", Wiley 2006, 368–370).
    pub stability_index: Option<f64>,
    /// What the index comes to on average where nothing has changed and chance alone speaks: for
    /// few observations more than 0.10, so that the usual limits must not be read off.
    pub stability_by_chance: f64,
    /// The Hellinger distance, from 0 (equal) to 1 (no category in common).
    pub hellinger: f64,
}

/// How far the counts of categories `after` have moved from those `before`.
///
/// The index is the divergence of Jeffreys, "An Invariant Form for the Prior Probability in
/// Estimation Problems", Proceedings of the Royal Society A 186 (1946), 453–461, as Kullback and
/// Leibler named it; what chance makes of it, (k − 1)(1/n + 1/m) for k categories, is from
/// Yurdakul, "Statistical Properties of Population Stability Index", Western Michigan University
/// 2018. The distance: Hellinger, Journal für die reine und angewandte Mathematik 136 (1909),
/// 210–271, scaled to 1.
///
/// `None` where they do not list the same categories, or one of them counted nothing.
#[must_use]
pub fn drift(before: &[usize], after: &[usize]) -> Option<Drift> {
    let all = |counts: &[usize]| counts.iter().copied().map(real).sum::<f64>();
    let (of_before, of_after) = (all(before), all(after));
    if before.len() != after.len() || of_before <= 0.0 || of_after <= 0.0 {
        return None;
    }
    let (mut index, mut overlap, mut categories) = (Some(0.0), 0.0, 0_usize);
    for (before, after) in before.iter().zip(after) {
        if *before == 0 && *after == 0 {
            continue;
        }
        categories += 1;
        let (p, q) = (real(*before) / of_before, real(*after) / of_after);
        overlap += (p * q).sqrt();
        let term = (q - p) * (q / p).ln();
        index = index.filter(|_| term.is_finite()).map(|sum| sum + term);
    }
    Some(Drift {
        stability_index: index,
        stability_by_chance: real(categories - 1) * (1.0 / of_before + 1.0 / of_after),
        hellinger: (1.0 - overlap).clamp(0.0, 1.0).sqrt(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    /// Kullback, "Information Theory and Statistics", Wiley 1959, table 2.1: two tosses with
    /// chance 0.4, (9, 12, 4)/25, against thirds have the divergences 0.0852996 and 0.097455,
    /// which add up to the index.
    #[test]
    fn the_index_is_the_sum_of_both_divergences_of_kullback() {
        let found = drift(&[36, 48, 16], &[100, 100, 100]).unwrap();
        let expected = 0.085_299_6 + 0.097_455;
        assert!(
            (found.stability_index.unwrap() - expected).abs() < 1e-6,
            "{found:?}"
        );
        let back = drift(&[100, 100, 100], &[36, 48, 16]).unwrap();
        assert!((back.stability_index.unwrap() - expected).abs() < 1e-6);
        assert!((back.hellinger - found.hellinger).abs() < 1e-15);
    }

    /// For two binomial distributions of N trials the squared distance is
    /// 1 − (√(pq) + √((1−p)(1−q)))^N; here N = 2, p = 1/2, q = 1/10: 1 − 0.8 = 0.2.
    #[test]
    fn the_distance_is_that_of_the_closed_form() {
        let found = drift(&[25, 50, 25], &[81, 18, 1]).unwrap();
        assert!((found.hellinger.powi(2) - 0.2).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn what_chance_does_to_the_index_is_told() {
        let mut random = Random::seeded(3);
        let mut sum = 0.0;
        for _draw in 0..400 {
            let mut counts = [[0; 5]; 2];
            for _one in 0..200 {
                counts[0][random.index(5)] += 1;
                counts[1][random.index(5)] += 1;
            }
            sum += drift(&counts[0], &counts[1])
                .unwrap()
                .stability_index
                .unwrap();
        }
        let told = drift(&[40; 5], &[40; 5]).unwrap();
        assert!((told.stability_by_chance - 0.04).abs() < 1e-12);
        assert!((sum / 400.0 / 0.04 - 1.0).abs() < 0.1, "{sum}");
    }

    #[test]
    fn the_ends_and_what_has_no_answer() {
        let equal = drift(&[3, 0, 5], &[6, 0, 10]).unwrap();
        assert_eq!((equal.stability_index, equal.hellinger), (Some(0.0), 0.0));
        let apart = drift(&[3, 0], &[0, 5]).unwrap();
        assert_eq!((apart.stability_index, apart.hellinger), (None, 1.0));
        assert_eq!(drift(&[1, 2], &[1]), None);
        assert_eq!(drift(&[0, 0], &[1, 2]), None);
        assert_eq!(drift(&[], &[]), None);
    }
}
