//! How sure one can be of a share seen in few cases.
//!
//! **Invariant:** an interval lies within 0–1 and contains the share that was seen.

/// A share and the interval around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proportion {
    /// The share that was seen.
    pub share: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end of the interval.
    pub high: f64,
}

/// The standard normal quantile of 0.975: intervals of 95 %.
pub const Z_95: f64 = 1.959_963_984_540_054;

/// The score interval of Wilson, "Probable Inference, the Law of Succession, and Statistical
/// Inference", Journal of the American Statistical Association 22 (1927), 209–212, without
/// continuity correction. It is honest on small numbers, where the usual one says ±0.
///
/// `z` is the normal quantile of the confidence ([`Z_95`]). `None` where nothing was tried, there
/// are more successes than trials, or `z` is not a positive number.
#[must_use]
pub fn wilson(successes: u64, trials: u64, z: f64) -> Option<Proportion> {
    if trials == 0 || successes > trials || !(z > 0.0 && z.is_finite()) {
        return None;
    }
    let n = number(trials);
    let share = number(successes) / n;
    let z2 = z * z;
    let centre = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let reach = z / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    // Rounding may push an end past the share when it is exactly 0 or 1.
    let low = (centre - reach).clamp(0.0, share);
    let high = (centre + reach).clamp(share, 1.0);
    Some(Proportion { share, low, high })
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far under 2^53")]
fn number(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Newcombe, "Two-sided confidence intervals for the single proportion: comparison of seven
    /// methods", Statistics in Medicine 17 (1998), 857–872, table I, method 3 (score).
    #[test]
    fn intervals_are_those_of_newcombe() {
        for (successes, trials, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0000, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let found = wilson(successes, trials, Z_95).unwrap();
            assert!(
                (found.low - low).abs() < 5e-5,
                "{successes}/{trials}: {found:?}"
            );
            assert!(
                (found.high - high).abs() < 5e-5,
                "{successes}/{trials}: {found:?}"
            );
        }
    }

    #[test]
    fn the_interval_contains_the_share_at_both_ends() {
        for successes in [0, 7] {
            let found = wilson(successes, 7, Z_95).unwrap();
            assert!(found.low <= found.share && found.share <= found.high);
            assert!((0.0..=1.0).contains(&found.low) && (0.0..=1.0).contains(&found.high));
        }
    }

    #[test]
    fn what_has_no_answer_gives_none() {
        assert_eq!(wilson(0, 0, Z_95), None);
        assert_eq!(wilson(2, 1, Z_95), None);
        assert_eq!(wilson(1, 2, f64::NAN), None);
    }
}
