//! How far two means lie apart, and how sure that is if one looks once.

use super::{Interval, Sample};
use crate::proportion::{Z_95, wilson};
use crate::tail;

/// How far one mean lies above another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// How far.
    pub estimate: f64,
    /// How far that may lie off, as a variance.
    pub variance: f64,
    /// Cases of both groups together.
    pub count: f64,
    /// The degrees of freedom of Welch.
    freedom: f64,
}

impl Difference {
    /// Of one group from another. `None` where both vary by nothing.
    #[must_use]
    pub fn of(one: &Sample, other: &Sample) -> Option<Self> {
        let estimate = one.mean - other.mean;
        Self::new(estimate, one.variance_of_mean(), other, one)
    }

    /// Of two shares, each so many of so many: with the variance of
    /// [`Sample::of_share_careful`], or that of both together where it is the larger one, as in
    /// [`Self::careful`].
    #[must_use]
    pub fn of_shares(one: (usize, usize), other: (usize, usize)) -> Option<Self> {
        let seen = (
            Sample::of_share(one.0, one.1)?,
            Sample::of_share(other.0, other.1)?,
        );
        Some(Self::expected(
            (seen.0.mean, seen.0.count),
            (seen.1.mean, seen.1.count),
        ))
    }

    /// What [`Self::of_shares`] would be of two shares, each with how many there are.
    pub(super) fn expected(one: (f64, f64), other: (f64, f64)) -> Self {
        let careful = |share: f64, count: f64| {
            let share = (share * count + 1.0) / (count + 2.0);
            share * (1.0 - share)
        };
        let count = one.1 + other.1;
        let both = careful((one.0 * one.1 + other.0 * other.1) / count, count);
        let of = |it: (f64, f64)| careful(it.0, it.1) / (it.1 + 2.0);
        let pooled = both * (1.0 / one.1 + 1.0 / other.1);
        Self {
            estimate: one.0 - other.0,
            variance: (of(one) + of(other)).max(pooled),
            count,
            freedom: count - 2.0,
        }
    }

    /// The relative one: how far above the other, in parts of the other, by the delta method
    /// (Deng, Knoblich and Lu, "Applying the Delta Method in Metric Analytics", KDD 2018,
    /// 233–242, section 3). `None` where the other mean is not above nothing.
    #[must_use]
    pub fn relative(one: &Sample, other: &Sample) -> Option<Self> {
        if other.mean.is_nan() || other.mean <= 0.0 {
            return None;
        }
        let ratio = one.mean / other.mean;
        let scaled = Sample {
            variance: other.variance * (ratio / other.mean).powi(2),
            ..*other
        };
        let of_one = one.variance_of_mean() / other.mean.powi(2);
        Self::new(ratio - 1.0, of_one, &scaled, one)
    }

    /// Of two groups that nothing sets apart but what is asked: with the variance of both
    /// together where that is the larger one, so that a small group without any spread of its own
    /// does not pass for certain.
    #[must_use]
    pub fn careful(one: &Sample, other: &Sample) -> Option<Self> {
        let plain = Self::of(one, other);
        let of = |it: &Sample| (it.count - 1.0) * it.variance;
        let mean = (one.count * one.mean + other.count * other.mean) / (one.count + other.count);
        let apart = |it: &Sample| it.count * (it.mean - mean).powi(2);
        let all = of(one) + of(other) + apart(one) + apart(other);
        let pooled = all / (one.count + other.count - 1.0);
        let together = |it: &Sample| Sample {
            variance: pooled,
            ..*it
        };
        let pooled = Self::of(&together(one), &together(other));
        match (plain, pooled) {
            (Some(plain), Some(pooled)) if plain.variance >= pooled.variance => Some(plain),
            (_, pooled) => pooled,
        }
    }

    /// Of the mean of so many scores each of which is a difference. `None` where nothing says how
    /// far it may lie off.
    pub(super) fn of_mean(mean: f64, variance_of_mean: f64, count: f64) -> Option<Self> {
        let is_known = mean.is_finite() && variance_of_mean > 0.0 && variance_of_mean.is_finite();
        is_known.then_some(Self {
            estimate: mean,
            variance: variance_of_mean,
            count,
            freedom: count - 1.0,
        })
    }

    fn new(estimate: f64, of_one: f64, other: &Sample, one: &Sample) -> Option<Self> {
        let of_other = other.variance_of_mean();
        let variance = of_one + of_other;
        let freedom = variance * variance
            / (of_one * of_one / (one.count - 1.0) + of_other * of_other / (other.count - 1.0));
        (estimate.is_finite() && variance > 0.0 && variance.is_finite()).then_some(Self {
            estimate,
            variance,
            count: one.count + other.count,
            freedom,
        })
    }

    /// The interval of 95 % if one looks once, at a number of cases that was settled before:
    /// Welch, "The Generalization of ‘Student’s’ Problem when Several Different Population
    /// Variances are Involved", Biometrika 34 (1947), 28–35. `None` of single cases.
    #[must_use]
    pub fn at_one_look(&self) -> Option<Interval> {
        let t = tail::student_quantile(0.975, self.freedom)?;
        Some(Interval::around(self.estimate, t * self.variance.sqrt()))
    }
}

/// The interval of 95 % of the difference of two shares if one looks once: Newcombe, "Interval
/// Estimation for the Difference Between Independent Proportions: Comparison of Eleven Methods",
/// Statistics in Medicine 17 (1998), 873–890, method 10. Each is so many of so many.
#[must_use]
pub fn newcombe(one: (usize, usize), other: (usize, usize)) -> Option<Interval> {
    let of = |(successes, trials): (usize, usize)| {
        let whole = |count: usize| u64::try_from(count).ok();
        wilson(whole(successes)?, whole(trials)?, Z_95)
    };
    let (one, other) = (of(one)?, of(other)?);
    let reach = |upper: f64, lower: f64| upper.hypot(lower);
    let estimate = one.share - other.share;
    Some(Interval {
        low: estimate - reach(one.share - one.low, other.high - other.share),
        high: estimate + reach(one.high - one.share, other.share - other.low),
    })
}
