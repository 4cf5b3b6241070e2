//! What one gives each time, from its own times and those of all.
//!
//! **Invariant:** the fewer times one was seen, the nearer its mean is to that of all.

use super::fitting::{REPEATING_LEAST, Unfit};
use crate::counting::real;
use crate::simplex::minimum;
use crate::special::ln_gamma;

/// A parameter beyond this, or below its inverse, tells of data that do not determine it.
const DEGENERATE: f64 = 10_000.0;

/// What one gave: the mean of so many times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spent {
    times: u32,
    mean: f64,
}

impl Spent {
    /// So many times with this mean. `None` where there was none, or the mean is not above 0 or
    /// not finite.
    #[must_use]
    pub fn new(times: u32, mean: f64) -> Option<Self> {
        (times > 0 && mean > 0.0 && mean.is_finite()).then_some(Self { times, mean })
    }
}

/// Amounts of many: those of one are gamma around a mean of its own, and the means differ by a
/// gamma too.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amounts {
    /// Shape of the amounts of one.
    pub p: f64,
    /// Shape of what differs.
    pub q: f64,
    /// Scale of what differs, in the unit of the amounts.
    pub v: f64,
}

impl Amounts {
    /// The Gamma–Gamma model of Fader, Hardie, Lee, "RFM and CLV: Using Iso-Value Curves for
    /// Customer Base Analysis", Journal of Marketing Research 42 (2005), 415–430, by the maximum
    /// of the likelihood of Fader and Hardie, "The Gamma-Gamma Model of Monetary Value" (2013),
    /// equation 1a. Also gives the logarithm of that likelihood.
    ///
    /// It takes how much is given to be independent of how often: look at their correlation.
    ///
    /// # Errors
    /// Where there are fewer than [`REPEATING_LEAST`], or they do not determine the parameters.
    pub fn fit(spent: &[Spent]) -> Result<(Self, f64), Unfit> {
        if spent.len() < REPEATING_LEAST {
            return Err(Unfit::TooFew {
                histories: spent.len(),
                repeating: spent.len(),
            });
        }
        let unit = spent.iter().map(|it| it.mean).sum::<f64>() / real(spent.len());
        let of = |logarithms: &[f64; 3]| {
            let [p, q, v] = logarithms.map(f64::exp);
            Self { p, q, v: v * unit }
        };
        let cost = |logarithms: &[f64; 3]| -of(logarithms).log_likelihood(spent);
        let found = [[0.0; 3], [2.0, 1.0, -1.0]].map(|start| minimum(start, cost));
        let best = if found[1].1 < found[0].1 {
            found[1]
        } else {
            found[0]
        };
        let is_bounded = |it: &f64| (1.0 / DEGENERATE..=DEGENERATE).contains(&it.exp());
        if !best.0.iter().all(is_bounded) {
            return Err(Unfit::Degenerate);
        }
        Ok((of(&best.0), -best.1))
    }

    fn log_likelihood(&self, spent: &[Spent]) -> f64 {
        let of_one = |it: &Spent| {
            let times = f64::from(it.times);
            let shape = self.p * times;
            ln_gamma(shape + self.q) - ln_gamma(shape) - ln_gamma(self.q)
                + self.q * self.v.ln()
                + (shape - 1.0) * it.mean.ln()
                + shape * times.ln()
                - (shape + self.q) * (times * it.mean + self.v).ln()
        };
        spent.iter().map(of_one).sum()
    }

    /// The mean amount of all, which is that of one never seen to give; `None` where it is
    /// infinite (q at most 1).
    #[must_use]
    pub fn of_all(&self) -> Option<f64> {
        (self.q > 1.0).then(|| self.p * self.v / (self.q - 1.0))
    }

    /// The mean amount of one in the long run (equation 5 of the note); of nothing seen that of
    /// all.
    #[must_use]
    pub fn of(&self, spent: Option<Spent>) -> Option<f64> {
        let Some(spent) = spent else {
            return self.of_all();
        };
        let shape = self.p * f64::from(spent.times);
        let below = shape + self.q - 1.0;
        (below > 0.0).then(|| (self.p * self.v + shape * spent.mean) / below)
    }
}
