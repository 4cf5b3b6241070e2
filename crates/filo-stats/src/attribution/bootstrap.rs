//! How far credits may lie off: the same journeys, drawn again.

use super::{Credit, Method, credits};
use crate::counting::real;
use crate::experiment::Interval;
use crate::paths::Paths;
use crate::quantile::quantiles;
use crate::random::Random;

/// So many times one draws, unless one knows better.
pub const RESAMPLES: usize = 200;
/// The ends of an interval of 95 %.
const ENDS: [f64; 2] = [0.025, 0.975];

/// A credit, and where it lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// The credit itself.
    pub credit: Credit,
    /// The interval of 95 % of its conversions.
    pub conversions: Interval,
    /// The interval of 95 % of its value, as if each conversion on a path were worth the same.
    pub value: Interval,
}

/// The credit of each channel with intervals by the percentiles of Efron, "Bootstrap Methods:
/// Another Look at the Jackknife", Annals of Statistics 7 (1979), 1–26: so many times each path is
/// gone as often as chance has it that is gone so often on average, with a conversion and without
/// (after Poisson: Hanley and MacGibbon, "Creating non-parametric bootstrap samples using Poisson
/// frequencies", Computer Methods and Programs in Biomedicine 83 (2006), 57–62). An interval is
/// drawn out to the credit where it would not contain it.
///
/// `None` as of the method, or where nothing is to be drawn. A draw without any conversion credits
/// nothing.
#[must_use]
pub fn bootstrap(
    paths: &Paths,
    method: Method,
    resamples: usize,
    random: &mut Random,
) -> Option<Vec<Band>> {
    let found = credits(paths, method)?;
    let mut drawn = vec![(Vec::new(), Vec::new()); found.len()];
    let mut resample = paths.clone();
    for _draw in 0..resamples {
        let mut rows = paths.rows().iter();
        resample.recount(|path| {
            let Some(row) = rows.next() else { return };
            path.conversions = random.poisson(real(row.conversions));
            path.nulls = random.poisson(real(row.nulls));
            let each = row.value / real(row.conversions.max(1));
            path.value = each * real(path.conversions);
        });
        let again = match resample.conversions() {
            0 => vec![Credit::default(); found.len()],
            _ => credits(&resample, method)?,
        };
        for ((conversions, values), credit) in drawn.iter_mut().zip(again) {
            conversions.push(credit.conversions);
            values.push(credit.value);
        }
    }
    let band = |(credit, (mut conversions, mut values)): (Credit, (Vec<f64>, Vec<f64>))| {
        Some(Band {
            credit,
            conversions: interval(credit.conversions, &mut conversions)?,
            value: interval(credit.value, &mut values)?,
        })
    };
    found.into_iter().zip(drawn).map(band).collect()
}

fn interval(point: f64, drawn: &mut [f64]) -> Option<Interval> {
    let [low, high] = quantiles(drawn, ENDS)?;
    Some(Interval {
        low: low.min(point),
        high: high.max(point),
    })
}
