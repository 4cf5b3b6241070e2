//! How long the next gap of one will be, from its own gaps and those of all.
//!
//! **Invariant:** the fewer gaps one has, the nearer its pace is to that of all; without any it is
//! that of all.

use super::{Lack, Lacking, Sequence};
use crate::counting::real;

/// Sequences with two gaps or more: with fewer, how different they are cannot be told.
pub const REPEATING_TWICE_LEAST: usize = 30;
/// The standard normal quantile of 0.9: intervals of 80 %.
pub const Z_80: f64 = 1.281_551_565_544_600_4;

/// The pace of all: logarithms of gaps are normal around the mean of each, and the means are
/// normal around that of all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// The mean of the natural logarithm of a gap.
    pub mean: f64,
    /// The deviation of one's gaps around its own mean.
    pub within: f64,
    /// The deviation of the means around that of all; 0 where they differ no more than chance.
    pub between: f64,
}

/// The pace of one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Own {
    /// How much its own gaps count, from 0 to 1; the rest is the pace of all.
    pub weight: f64,
    /// The next gap, as likely to be longer as to be shorter.
    pub median: f64,
    /// Nine next gaps of ten are longer than this …
    pub low: f64,
    /// … and nine of ten shorter than this: four of five lie between.
    pub high: f64,
}

impl Pace {
    /// Parametric empirical Bayes: Morris, "Parametric Empirical Bayes Inference: Theory and
    /// Applications", Journal of the American Statistical Association 78 (1983), 47–55, by the
    /// method of moments, from sequences with two gaps or more: the mean of the means, the pooled
    /// variance within, and the variance of the means less what the variance within makes of it.
    ///
    /// Open gaps are left out, so this is the pace of those who do come again.
    ///
    /// # Errors
    /// Where fewer than [`REPEATING_TWICE_LEAST`] sequences have two gaps.
    pub fn learn(sequences: &[Sequence<'_>]) -> Result<Self, Lack> {
        let several = sequences.iter().filter(|it| it.gaps().len() >= 2);
        let means: Vec<(f64, f64, usize)> = several.map(|it| moments(it.gaps())).collect();
        let count = real(means.len());
        let least = real(REPEATING_TWICE_LEAST);
        if let Some(lack) = Lack::unless(Lacking::RepeatingTwice, count, least) {
            return Err(lack);
        }
        let sum = |of: &dyn Fn(&(f64, f64, usize)) -> f64| means.iter().map(of).sum::<f64>();
        let mean = sum(&|it| it.0) / count;
        let within = sum(&|it| it.1) / sum(&|it| real(it.2 - 1));
        let spread = sum(&|it| (it.0 - mean).powi(2)) / (count - 1.0);
        let between = spread - within * sum(&|it| 1.0 / real(it.2)) / count;
        Ok(Self {
            mean,
            within: within.sqrt(),
            between: between.max(0.0).sqrt(),
        })
    }

    /// The pace of one with these gaps, the interval holding the next gap in four cases of five.
    #[must_use]
    pub fn of(&self, sequence: &Sequence<'_>) -> Own {
        let (mean, _, count) = moments(sequence.gaps());
        let (within, between) = (self.within.powi(2), self.between.powi(2));
        // The variance of its own mean; none has one without gaps.
        let noise = within / real(count);
        let weight = if count > 0 && between > 0.0 {
            between / (between + noise)
        } else {
            0.0
        };
        let centre = weight * mean + (1.0 - weight) * self.mean;
        let reach = Z_80 * (within + (1.0 - weight) * between).sqrt();
        Own {
            weight,
            median: centre.exp(),
            low: (centre - reach).exp(),
            high: (centre + reach).exp(),
        }
    }
}

impl Own {
    /// How long it may be silent before it is late: twice its usual gap, never less than `floor`.
    /// The factor two is a convention, not an estimate.
    #[must_use]
    pub fn patience(&self, floor: f64) -> f64 {
        (2.0 * self.median).max(floor)
    }
}

/// The mean of the logarithms, the sum of their squared distances from it, and their number.
fn moments(gaps: &[f64]) -> (f64, f64, usize) {
    if gaps.is_empty() {
        return (0.0, 0.0, 0);
    }
    let mean = gaps.iter().map(|gap| gap.ln()).sum::<f64>() / real(gaps.len());
    let squares = gaps.iter().map(|gap| (gap.ln() - mean).powi(2)).sum();
    (mean, squares, gaps.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cdnow_tests;

    /// CDNOW: learned from the customers with even numbers and asked about those with odd ones, by
    /// an independent program: the median error is 31.809 days, against 36.2 of the median of all
    /// and 37.8 of one's own mean.
    #[test]
    fn the_next_gap_of_real_customers_is_foretold_as_by_another_program() {
        let Some(customers) = cdnow_tests::customers() else {
            return;
        };
        let gaps: Vec<Vec<f64>> = customers.iter().map(cdnow_tests::Customer::gaps).collect();
        let half = |odd: usize| gaps.iter().skip(1 - odd).step_by(2);
        let even: Vec<_> = half(0).map(|it| Sequence::new(it, 0.0).unwrap()).collect();
        let pace = Pace::learn(&even).unwrap();
        assert!((pace.mean - 3.786_012_836_892_328).abs() < 1e-9, "{pace:?}");
        assert!((pace.within - 1.242_973_928_895).abs() < 1e-9, "{pace:?}");
        assert!(
            (pace.between - 0.480_992_152_684_342).abs() < 1e-9,
            "{pace:?}"
        );

        let (mut points, mut errors, mut inside) = (0_u32, 0.0, 0.0);
        for gaps in half(1) {
            for next in 2..gaps.len() {
                let own = pace.of(&Sequence::new(&gaps[..next], 0.0).unwrap());
                points += 1;
                errors += (own.median - gaps[next]).abs();
                if (own.low..=own.high).contains(&gaps[next]) {
                    inside += 1.0;
                }
            }
        }
        assert_eq!(points, 1326);
        let points = f64::from(points);
        assert!(
            (errors / points - 31.809).abs() < 1e-3,
            "{}",
            errors / points
        );
        assert!((inside / points - 0.828_808_446_455).abs() < 1e-9);
    }

    const REAL: Pace = Pace {
        mean: 3.786_012_836_892_328_3,
        within: 1.242_973_928_895_01,
        between: 0.480_992_152_684_342_6,
    };

    /// The example of the same program, which takes 1.2816 for [`Z_80`]: after 10, 14 and 12 days.
    #[test]
    fn few_own_gaps_move_the_pace_of_all_a_little() {
        let own = REAL.of(&Sequence::new(&[10.0, 14.0, 12.0], 3.0).unwrap());
        assert!((own.weight - 0.309_980_592_257_887).abs() < 1e-9, "{own:?}");
        assert!((own.median - 29.364_438_341_669_6).abs() < 1e-6, "{own:?}");
        assert!((own.low - 5.510_055_847_037_06).abs() < 1e-5, "{own:?}");
        assert!((own.high - 156.490_290_325_002_5).abs() < 1e-4, "{own:?}");
        assert!((own.patience(30.0) - 58.728_876_683_339).abs() < 1e-6);
        assert!((own.patience(90.0) - 90.0).abs() < 1e-12);
    }

    #[test]
    fn without_own_gaps_it_is_the_pace_of_all() {
        let own = REAL.of(&Sequence::new(&[], 3.0).unwrap());
        assert_eq!((own.weight, own.median), (0.0, REAL.mean.exp()));
        let same = Pace {
            between: 0.0,
            ..REAL
        };
        let own = same.of(&Sequence::new(&[1.0, 1.0], 3.0).unwrap());
        assert_eq!((own.weight, own.median), (0.0, REAL.mean.exp()));
        let regular = Pace {
            within: 0.0,
            ..REAL
        };
        let own = regular.of(&Sequence::new(&[7.0], 3.0).unwrap());
        assert!((own.weight - 1.0).abs() < 1e-12 && (own.median - 7.0).abs() < 1e-9);
        assert!((own.low - 7.0).abs() < 1e-9 && (own.high - 7.0).abs() < 1e-9);
    }

    #[test]
    fn too_few_repeat_twice() {
        let gaps = [[3.0, 5.0]; 29];
        let few: Vec<_> = gaps
            .iter()
            .map(|it| Sequence::new(it, 1.0).unwrap())
            .collect();
        let lack = Lack {
            of: Lacking::RepeatingTwice,
            have: 29.0,
            least: 30.0,
        };
        assert_eq!(Pace::learn(&few), Err(lack));
        let mut enough = few.clone();
        enough.push(few[0]);
        let pace = Pace::learn(&enough).unwrap();
        assert!(pace.between.abs() < 1e-12, "they are all alike");
    }
}
