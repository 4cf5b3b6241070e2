//! Two groups compared with what each person did before taken off: CUPED (Deng, Xu, Kohavi and
//! Walker, "Improving the Sensitivity of Online Controlled Experiments by Utilizing Pre-Experiment
//! Data", WSDM 2013, 123–132). What happened before chance made the groups cannot come of them, so
//! taking it off changes no effect, only how far people lie apart.

use super::Sample;
use crate::counting::real;

/// What people of a group did, each beside what they did before.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Paired {
    /// How many.
    pub count: usize,
    /// The sum of what they did.
    pub sum: f64,
    /// The sum of its squares.
    pub squares: f64,
    /// The sum of what they did before.
    pub before: f64,
    /// The sum of its squares.
    pub before_squares: f64,
    /// The sum of one times the other.
    pub products: f64,
}

/// Two groups with what was to be expected of each person taken off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Adjusted {
    /// Both groups, in the order they were given.
    pub groups: [Sample; 2],
    /// What of each unit before is to be expected afterwards: the slope of both groups together.
    pub slope: f64,
    /// The part of the variance of the difference that is gone.
    pub reduction: f64,
}

impl Paired {
    /// One more person.
    pub fn add(&mut self, value: f64, before: f64) {
        self.count += 1;
        self.sum += value;
        self.squares += value * value;
        self.before += before;
        self.before_squares += before * before;
        self.products += value * before;
    }

    fn with(&self, other: &Self) -> Self {
        Self {
            count: self.count + other.count,
            sum: self.sum + other.sum,
            squares: self.squares + other.squares,
            before: self.before + other.before,
            before_squares: self.before_squares + other.before_squares,
            products: self.products + other.products,
        }
    }

    /// What they did alone.
    #[must_use]
    pub fn sample(&self) -> Option<Sample> {
        Sample::of_sums(self.count, self.sum, self.squares)
    }

    fn covariance(&self) -> f64 {
        let count = real(self.count);
        (self.products - self.sum * self.before / count) / (count - 1.0)
    }

    /// Each value less `slope` times how far what was before lies from `mean`.
    fn less(&self, slope: f64, mean: f64) -> Option<Sample> {
        let (done, before) = (
            self.sample()?,
            Sample::of_sums(self.count, self.before, self.before_squares)?,
        );
        let variance =
            done.variance + slope * slope * before.variance - 2.0 * slope * self.covariance();
        Some(Sample {
            mean: done.mean - slope * (before.mean - mean),
            // Rounding may leave a little less than nothing.
            variance: variance.max(0.0),
            ..done
        })
    }
}

/// Takes off what was to be expected. `None` where a group has fewer than two people, or what was
/// before tells nothing: all did the same, or the difference would be no surer.
#[must_use]
pub fn adjusted(one: &Paired, other: &Paired) -> Option<Adjusted> {
    let all = one.with(other);
    let before = Sample::of_sums(all.count, all.before, all.before_squares)?;
    let slope = all.covariance() / before.variance;
    if !slope.is_finite() {
        return None;
    }
    let groups = [
        one.less(slope, before.mean)?,
        other.less(slope, before.mean)?,
    ];
    let plain = one.sample()?.variance_of_mean() + other.sample()?.variance_of_mean();
    let left = groups.iter().map(Sample::variance_of_mean).sum::<f64>();
    let reduction = 1.0 - left / plain;
    (reduction > 0.0).then_some(Adjusted {
        groups,
        slope,
        reduction,
    })
}
