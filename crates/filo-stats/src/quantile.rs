//! Sample quantiles.
//!
//! **Invariant:** the result lies between the smallest and the largest observation.

use crate::counting::{floor_index, real};

/// The `p`-quantile of a sample, by linear interpolation of the modes of the order statistics:
/// definition 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American
/// Statistician 50 (1996), 361–365, which is the default of R, NumPy and spreadsheets.
///
/// `sorted` stands in ascending order. `None` where there is no observation, `p` is outside
/// 0–1, or the sample is not made of ordered numbers at the two places that are read.
#[must_use]
pub fn quantile(sorted: &[f64], p: f64) -> Option<f64> {
    if sorted.is_empty() || !(0.0..=1.0).contains(&p) {
        return None;
    }
    // h = (n − 1) p + 1 counts from one; from zero it is (n − 1) p.
    let place = real(sorted.len() - 1) * p;
    let below = floor_index(place);
    let low = *sorted.get(below)?;
    let high = *sorted.get(below + 1).unwrap_or(&low);
    let value = low + (place - real(below)) * (high - low);
    (low <= high).then_some(value.clamp(low, high))
}

/// Sorts a sample and gives several quantiles of it, each as [`quantile`]; `None` if the
/// sample is empty or holds something that is not a number.
#[must_use]
pub fn quantiles<const N: usize>(sample: &mut [f64], ps: [f64; N]) -> Option<[f64; N]> {
    if sample.iter().any(|value| value.is_nan()) {
        return None;
    }
    sample.sort_unstable_by(f64::total_cmp);
    let mut found = [0.0; N];
    for (slot, p) in found.iter_mut().zip(ps) {
        *slot = quantile(sample, p)?;
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Miles per gallon of the 32 cars of Motor Trend 1974 (R's data set `mtcars`).
    const MPG: [f64; 32] = [
        21.0, 21.0, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4,
        10.4, 14.7, 32.4, 30.4, 33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26.0, 30.4, 15.8, 19.7,
        15.0, 21.4,
    ];

    /// R prints for `quantile(mtcars$mpg)`: 10.400, 15.425, 19.200, 22.800, 33.900. The second
    /// tells definition 7 from 6, which gives 15.350.
    #[test]
    fn quartiles_are_those_that_r_prints() {
        let mut sample = MPG;
        let found = quantiles(&mut sample, [0.0, 0.25, 0.5, 0.75, 1.0]);
        assert_eq!(found, Some([10.4, 15.425, 19.2, 22.8, 33.9]));
    }

    /// The example of NumPy's `percentile`: the 50th of 10, 7, 4, 3, 2, 1 is 3.5. The 95th
    /// by hand from definition 7: h = 5 × 0.95 = 4.75, so 7 + 0.75 × (10 − 7) = 9.25.
    #[test]
    fn between_two_observations_it_interpolates() {
        let mut sample = [10.0, 7.0, 4.0, 3.0, 2.0, 1.0];
        assert_eq!(quantiles(&mut sample, [0.5, 0.95]), Some([3.5, 9.25]));
    }

    #[test]
    fn what_has_no_answer_gives_none() {
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(quantile(&[1.0], 1.5), None);
        assert_eq!(quantile(&[1.0], f64::NAN), None);
        assert_eq!(quantiles(&mut [1.0, f64::NAN], [0.5]), None);
        assert_eq!(quantile(&[7.0], 0.99), Some(7.0));
    }
}
