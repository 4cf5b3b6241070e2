//! Moments of truth: what is touched more often on ways that end with a conversion. It is an
//! association; whoever touches more has also come longer.

use std::collections::BTreeMap;

use super::{Paths, benjamini_hochberg};
use crate::counting::real;
use crate::experiment::{Interval, newcombe};
use crate::proportion::Z_95;
use crate::tail::chi_square;

/// Below so many conversions on ways that touch a channel, nothing should be said of it.
pub const CONVERSIONS_LEAST: usize = 30;

/// So many conversions of so many journeys.
type Part = (usize, usize);

/// How the journeys that touch a channel end, beside those that do not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// Conversions and journeys that touch it.
    pub touched: Part,
    /// Conversions and journeys that do not.
    pub untouched: Part,
    /// How much larger the share of conversions is among those that touch it.
    pub difference: f64,
    /// Its interval of 95 % after Newcombe.
    pub interval: Interval,
    /// How probable such a difference is by chance, by the pooled test of two shares.
    pub p: f64,
    /// The share of false discoveries among all channels that are as certain
    /// ([`benjamini_hochberg`]).
    pub q: f64,
    /// The same difference among journeys alike in how much else they touch; `None` where no
    /// journeys are alike.
    pub stratified: Option<Stratified>,
}

impl Moment {
    /// Whether there are enough conversions to say something of it.
    #[must_use]
    pub const fn is_enough(&self) -> bool {
        self.touched.0 >= CONVERSIONS_LEAST
    }
}

/// A difference of shares over strata.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stratified {
    /// The difference.
    pub difference: f64,
    /// Its standard error.
    pub error: f64,
    /// Its interval of 95 %.
    pub interval: Interval,
}

/// The moment of each channel, as many as there are channels; `None` in the place of one that
/// all journeys touch, or none, and where all journeys end alike.
#[must_use]
pub fn moments(paths: &Paths) -> Vec<Option<Moment>> {
    let channels = 0..paths.channels();
    let mut found: Vec<Option<Moment>> = channels
        .map(|at| moment(paths, u16::try_from(at).ok()?))
        .collect();
    let ps: Vec<f64> = found.iter().flatten().map(|it| it.p).collect();
    let qs = benjamini_hochberg(&ps).unwrap_or_default();
    for (moment, q) in found.iter_mut().flatten().zip(qs) {
        moment.q = q;
    }
    found
}

fn moment(paths: &Paths, channel: u16) -> Option<Moment> {
    // By the number of other touches: the journeys that touch it, and those that do not.
    let mut strata: BTreeMap<usize, [Part; 2]> = BTreeMap::new();
    for row in paths.rows() {
        let own = row.touches.iter().filter(|touch| **touch == channel);
        let own = own.count();
        let stratum = strata.entry(row.touches.len() - own).or_default();
        let part = &mut stratum[usize::from(own == 0)];
        part.0 += row.conversions;
        part.1 += row.journeys();
    }
    let all = |side: usize| {
        let parts = strata.values().map(|stratum| stratum[side]);
        parts.fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1))
    };
    let (touched, untouched) = (all(0), all(1));
    let interval = newcombe(touched, untouched)?;
    let difference = share(touched) - share(untouched);
    let both = share((touched.0 + untouched.0, touched.1 + untouched.1));
    let variance = both * (1.0 - both) * (1.0 / real(touched.1) + 1.0 / real(untouched.1));
    if variance <= 0.0 {
        return None;
    }
    let p = chi_square(difference * difference / variance, 1.0)?;
    Some(Moment {
        touched,
        untouched,
        difference,
        interval,
        p,
        q: p,
        stratified: mantel_haenszel(strata.values()),
    })
}

fn share(part: Part) -> f64 {
    real(part.0) / real(part.1)
}

/// The risk difference over strata, each with a treated and an untreated part: Greenland and
/// Robins, "Estimation of a Common Effect Parameter from Sparse Follow-Up Data", Biometrics 41
/// (1985), 55–68, with the variance of Sato, "On the Variance Estimator for the Mantel–Haenszel
/// Risk Difference", Biometrics 45 (1989), 1323–1324, which holds in many small strata as in few
/// large ones.
fn mantel_haenszel<'a>(strata: impl Iterator<Item = &'a [Part; 2]>) -> Option<Stratified> {
    let (mut weight, mut sum, mut of_one, mut of_both) = (0.0, 0.0, 0.0, 0.0);
    for [treated, untreated] in strata.filter(|it| it[0].1 > 0 && it[1].1 > 0) {
        let (a, n) = (real(treated.0), real(treated.1));
        let (b, m) = (real(untreated.0), real(untreated.1));
        let all = n + m;
        weight += n * m / all;
        sum += (a * m - b * n) / all;
        of_one += (n * n * b - m * m * a + n * m * (m - n) / 2.0) / (all * all);
        of_both += (a * (m - b) + b * (n - a)) / (2.0 * all);
    }
    let difference = sum / weight;
    let variance = (difference * of_one + of_both) / (weight * weight);
    (weight > 0.0 && variance >= 0.0).then(|| Stratified {
        difference,
        error: variance.sqrt(),
        interval: Interval::around(difference, Z_95 * variance.sqrt()),
    })
}
