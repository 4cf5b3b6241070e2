//! Answers on a scale of steps that begin at 1, from how often each was given: how content people
//! are (1–5), how much effort it cost them (1–7).

use crate::counting::real;
use crate::experiment::{Interval, Sample};
use crate::proportion::{Proportion, Z_95, wilson};
use crate::tail::student_quantile;

/// The share of the answers on the last so many steps, with the interval of 95 % after Wilson: of
/// content people the last two of five. `None` where nobody answered, or the scale has not so many
/// steps.
#[must_use]
pub fn top(counts: &[usize], steps: usize) -> Option<Proportion> {
    let from = counts.len().checked_sub(steps)?;
    let sum = |counts: &[usize]| u64::try_from(counts.iter().sum::<usize>()).ok();
    wilson(sum(&counts[from..])?, sum(counts)?, Z_95)
}

/// The mean answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    /// How many answered.
    pub count: usize,
    /// The mean, in steps.
    pub mean: f64,
    /// The standard deviation of the answers, in steps.
    pub deviation: f64,
    /// The interval of 95 % of the mean by Student, "The Probable Error of a Mean", Biometrika 6
    /// (1908), 1–25, in steps; `None` where all answer alike, so that nothing is known of how they
    /// spread.
    pub interval: Option<Interval>,
}

/// The mean of the answers. `None` of fewer than two.
#[must_use]
pub fn mean(counts: &[usize]) -> Option<Mean> {
    let count = counts.iter().sum();
    let steps = || {
        (1..)
            .zip(counts)
            .map(|(step, count)| (real(step), real(*count)))
    };
    let sum = steps().map(|(step, count)| step * count).sum();
    let squares = steps().map(|(step, count)| step * step * count).sum();
    let sample = Sample::of_sums(count, sum, squares)?;
    let t = student_quantile(0.975, sample.count - 1.0)?;
    let reach = t * sample.variance_of_mean().sqrt();
    let is_alike = counts.contains(&count);
    Some(Mean {
        count,
        mean: sample.mean,
        deviation: sample.variance.sqrt(),
        interval: (!is_alike)
            .then(|| Interval::around(sample.mean, reach).within(1.0, real(counts.len()))),
    })
}
