//! What one gives each time, from its own times and those of all.
//!
//! **Invariant:** the fewer times one was seen, the nearer its mean is to that of all.

use std::collections::BTreeMap;

use super::fitted::Fitted;
use super::fitting::{REPEATING_LEAST, Unfit};
use crate::counting::real;
use crate::newton::{Slope, inverse, minimum};
use crate::random::Random;
use crate::special::{digamma, ln_gamma, trigamma};

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

impl Spent {
    /// The mean.
    #[must_use]
    pub const fn mean(&self) -> f64 {
        self.mean
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
    /// equation 1a.
    ///
    /// It takes how much is given to be independent of how often: look at their correlation.
    ///
    /// # Errors
    /// Where there are fewer than [`REPEATING_LEAST`], or they do not determine the parameters.
    pub fn fit(spent: &[Spent]) -> Result<Fitted<Self, 3>, Unfit> {
        if spent.len() < REPEATING_LEAST {
            return Err(Unfit::TooFew {
                histories: spent.len(),
                repeating: spent.len(),
            });
        }
        let unit = spent.iter().map(|it| it.mean).sum::<f64>() / real(spent.len());
        let alike = Alike::of(spent, unit);
        let cost = |logarithms: &[f64; 3]| {
            let point = logarithms.map(f64::exp);
            alike.log_likelihood(&point).falling_in_logarithms(&point)
        };
        let [one, other] = [[0.0; 3], [2.0, 1.0, -1.0]].map(|start| minimum(start, cost));
        let best = if other.1.value < one.1.value {
            other
        } else {
            one
        };
        let [p, q, v] = best.0.map(f64::exp);
        let is_bounded = |it: f64| (1.0 / DEGENERATE..=DEGENERATE).contains(&it);
        if ![p, q, v].into_iter().all(is_bounded) {
            return Err(Unfit::Degenerate);
        }
        // The density of a mean in units is that of the mean itself, times the unit.
        let log_likelihood = -best.1.value - real(spent.len()) * unit.ln();
        Ok(Fitted {
            found: Self { p, q, v: v * unit },
            log_likelihood,
            covariance: inverse(&best.1.curvature).ok_or(Unfit::Degenerate)?,
        })
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

    /// What one gives in so many times to come, drawn: its own scale after what was seen of it,
    /// then a sum of gammas, which is a gamma.
    pub fn draw(&self, spent: Option<Spent>, times: u32, random: &mut Random) -> f64 {
        if times == 0 {
            return 0.0;
        }
        let (shape, rate) = spent.map_or((self.q, self.v), |spent| {
            let seen = f64::from(spent.times);
            (self.q + self.p * seen, self.v + seen * spent.mean)
        });
        let scale = random.gamma(shape) / rate;
        random.gamma(self.p * f64::from(times)) / scale.max(f64::MIN_POSITIVE)
    }
}

/// Means in units by times, as what is costly depends on the times alone.
struct Alike(BTreeMap<u32, Vec<f64>>);

impl Alike {
    fn of(spent: &[Spent], unit: f64) -> Self {
        let mut alike: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
        for it in spent {
            alike.entry(it.times).or_default().push(it.mean / unit);
        }
        Self(alike)
    }

    /// The logarithm of the likelihood by p, q and v.
    fn log_likelihood(&self, &[p, q, v]: &[f64; 3]) -> Slope<3> {
        let mut sum = Slope::FLAT;
        let (slope_of_q, bent_of_q) = (v.ln() - digamma(q), trigamma(q));
        for (times, means) in &self.0 {
            let (times, all) = (f64::from(*times), real(means.len()));
            let own = p * times;
            let shape = own + q;
            let constant =
                ln_gamma(shape) - ln_gamma(own) - ln_gamma(q) + q * v.ln() + own * times.ln();
            let (mut means_ln, mut whole_ln, mut per, mut per_square) = (0.0, 0.0, 0.0, 0.0);
            for mean in means {
                let whole = times * mean + v;
                means_ln += mean.ln();
                whole_ln += whole.ln();
                per += whole.recip();
                per_square += whole.powi(-2);
            }
            sum.value += all * constant + (own - 1.0) * means_ln - shape * whole_ln;
            let (slope, bent) = (digamma(shape), trigamma(shape));
            let of_own = all * (slope - digamma(own) + times.ln()) + means_ln - whole_ln;
            sum.gradient[0] += times * of_own;
            sum.gradient[1] += all * (slope + slope_of_q) - whole_ln;
            sum.gradient[2] += all * q / v - shape * per;
            sum.curvature[0][0] += all * times * times * (bent - trigamma(own));
            sum.curvature[0][1] += all * times * bent;
            sum.curvature[0][2] -= times * per;
            sum.curvature[1][1] += all * (bent - bent_of_q);
            sum.curvature[1][2] += all / v - per;
            sum.curvature[2][2] += shape * per_square - all * q / (v * v);
        }
        for (row, column) in [(1, 0), (2, 0), (2, 1)] {
            sum.curvature[row][column] = sum.curvature[column][row];
        }
        sum
    }
}
