//! What was seen of one group: how many, their mean, how far they lie apart.

use crate::counting::real;

/// What was seen of one group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// How many.
    pub count: f64,
    /// Their mean.
    pub mean: f64,
    /// Their variance.
    pub variance: f64,
}

impl Sample {
    /// So many of so many did it. `None` where there is nobody, or more did it than there are.
    #[must_use]
    pub fn of_share(successes: usize, trials: usize) -> Option<Self> {
        if trials == 0 || successes > trials {
            return None;
        }
        let share = real(successes) / real(trials);
        Some(Self {
            count: real(trials),
            mean: share,
            variance: share * (1.0 - share),
        })
    }

    /// The same with one more who did it and one more who did not: Agresti and Caffo, "Simple and
    /// Effective Confidence Intervals for Proportions and Differences of Proportions Result from
    /// Adding Two Successes and Two Failures", The American Statistician 54 (2000), 280–288. On
    /// few cases the plain variance is far too small, and of none it is 0.
    #[must_use]
    pub fn of_share_careful(successes: usize, trials: usize) -> Option<Self> {
        Self::of_share(successes, trials)?;
        Self::of_share(successes + 1, trials + 2)
    }

    /// From the sum and the sum of the squares of so many. `None` of fewer than two, or where
    /// these sums cannot be.
    #[must_use]
    pub fn of_sums(count: usize, sum: f64, squares: f64) -> Option<Self> {
        if count < 2 || !sum.is_finite() || !squares.is_finite() {
            return None;
        }
        let count = real(count);
        let mean = sum / count;
        let variance = (squares - sum * mean) / (count - 1.0);
        // Rounding may leave a little less than nothing.
        (variance > -1e-9 * squares.max(1.0)).then_some(Self {
            count,
            mean,
            variance: variance.max(0.0),
        })
    }

    /// How far the mean may lie off, as a variance.
    #[must_use]
    pub fn variance_of_mean(&self) -> f64 {
        self.variance / self.count
    }
}
