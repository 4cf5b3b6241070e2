//! How far what happened in one stretch of time lies above what happened in another: counts of
//! happenings, and sums of what people did.
//!
//! **Invariant:** an interval of a ratio lies within 0–∞ and contains the ratio that was seen.

use crate::experiment::Interval;
use crate::tail::beta_share;

/// Halvings of an interval: to the last digit.
const HALVINGS: u32 = 100;

/// The interval of the ratio of two rates, each so many happenings in so much time, exactly:
/// given how many there were together, those of the one are binomial (Przyborowski and Wilenski,
/// "Homogeneity of Results in Testing Samples from Poisson Series", Biometrika 31 (1940),
/// 313–323), and the ends of their share are those of Clopper and Pearson, "The Use of Confidence
/// or Fiducial Limits Illustrated in the Case of the Binomial", Biometrika 26 (1934), 404–413.
///
/// `level` is the confidence, such as 0.95. The upper end is infinite where the other count is 0.
/// `None` where nothing happened at all, a time is not above 0, or the level is none.
#[must_use]
pub fn rate_ratio(one: (u64, f64), other: (u64, f64), level: f64) -> Option<Interval> {
    let is_time = |it: f64| it > 0.0 && it.is_finite();
    let is_level = level > 0.0 && level < 1.0;
    if one.0 + other.0 == 0 || !is_time(one.1) || !is_time(other.1) || !is_level {
        return None;
    }
    let tail = (1.0 - level) / 2.0;
    let (count, rest) = (real(one.0), real(other.0));
    let low = match one.0 {
        0 => 0.0,
        _ => quantile(tail, count, rest + 1.0)?,
    };
    let high = match other.0 {
        0 => 1.0,
        _ => quantile(1.0 - tail, count + 1.0, rest)?,
    };
    let ratio = |share: f64| share / (1.0 - share) * other.1 / one.1;
    Some(Interval {
        low: ratio(low),
        high: ratio(high),
    })
}

/// The variance of a sum of what many did, each for themselves, when another such stretch of time
/// would bring each of them as often as a Poisson count of mean 1 says: the sum of the squares.
/// It is what a Poisson bootstrap comes to: Chamandy, Muralidharan, Najmi and Naidu, "Estimating
/// Uncertainty for Massive Data Streams", Google (2012), section 2. Who adds to one stretch and
/// takes from the other stands in it once, with the difference.
#[must_use]
pub fn variance_of_sum(each: impl IntoIterator<Item = f64>) -> f64 {
    each.into_iter().map(|it| it * it).sum()
}

/// The share below which a beta distribution has so much.
fn quantile(level: f64, a: f64, b: f64) -> Option<f64> {
    let (mut low, mut high) = (0.0, 1.0);
    for _halving in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        match beta_share(middle, a, b)? < level {
            true => low = middle,
            false => high = middle,
        }
    }
    Some(f64::midpoint(low, high))
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far under 2^53")]
const fn real(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[expect(clippy::cast_precision_loss, reason = "counts of mean 1 are small")]
    fn whole(count: usize) -> f64 {
        count as f64
    }

    fn near(found: f64, expected: f64) {
        let apart = (found - expected).abs();
        assert!(apart < 1e-6 * expected.abs().max(1.0), "{found} {expected}");
    }

    /// The example of `poisson.test` in R: 11 of 800 beside 21 of 3,011 gives a ratio of 1.971488
    /// between 0.8584264 and 4.2772659. And 41 of 28,010 beside 15 of 19,017, as Ng and Tang,
    /// "Testing the equality of two Poisson means using the rate ratio", Statistics in Medicine 24
    /// (2005), 955–965, table II, have them: the ratio is 1.86, and 1 is below the interval.
    #[test]
    fn the_interval_of_a_ratio_is_the_published_one() {
        let found = rate_ratio((11, 800.0), (21, 3_011.0), 0.95).unwrap();
        near(found.low, 0.858_426_4);
        near(found.high, 4.277_265_9);
        let found = rate_ratio((41, 28_010.0), (15, 19_017.0), 0.95).unwrap();
        assert!(found.low > 1.0 && found.low < 1.86 && found.high > 1.86);
    }

    #[test]
    fn the_one_way_round_is_the_other_turned_over() {
        for (one, other) in [((3, 7.0), (12, 28.0)), ((400, 31.0), (380, 28.0))] {
            let there = rate_ratio(one, other, 0.99).unwrap();
            let back = rate_ratio(other, one, 0.99).unwrap();
            near(there.low, 1.0 / back.high);
            near(there.high, 1.0 / back.low);
        }
        let none = rate_ratio((0, 7.0), (12, 7.0), 0.95).unwrap();
        assert!(none.low.abs() < 1e-12 && none.high < 1.0);
        assert!(
            rate_ratio((12, 7.0), (0, 7.0), 0.95)
                .unwrap()
                .high
                .is_infinite()
        );
        assert_eq!(rate_ratio((0, 7.0), (0, 7.0), 0.95), None);
        assert_eq!(rate_ratio((1, 0.0), (1, 7.0), 0.95), None);
        assert_eq!(rate_ratio((1, 1.0), (1, 7.0), 1.0), None);
    }

    /// A Poisson bootstrap drawn one by one comes to the same variance.
    #[test]
    fn the_variance_is_that_of_a_poisson_bootstrap() {
        let each = [4.0, -1.0, 2.5, 0.5, -3.0, 1.0, 7.0];
        let mut random = Random::seeded(11);
        let draws = 40_000;
        let sums: Vec<f64> = (0..draws)
            .map(|_| {
                let drawn = each.iter().map(|it| it * whole(random.poisson(1.0)));
                drawn.sum()
            })
            .collect();
        let mean = sums.iter().sum::<f64>() / f64::from(draws);
        let squares: f64 = sums.iter().map(|it| (it - mean).powi(2)).sum();
        let (drawn, told) = (squares / f64::from(draws - 1), variance_of_sum(each));
        assert!((drawn / told - 1.0).abs() < 0.03, "{drawn} {told}");
    }
}
