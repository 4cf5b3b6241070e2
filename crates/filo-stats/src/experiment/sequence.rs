//! Intervals that hold at every moment at once: one may look every day and stop when one likes.

use super::{Difference, Interval};
use crate::counting::real;

/// The number of cases at which intervals are narrowest, for a shop: with 500 customers they are
/// as narrow as such intervals get, with 50 or 5,000 a third wider at most.
pub const PLANNED_SHOP: f64 = 500.0;
/// Halvings in the search for the smallest visible difference: far below a tenth of a point.
const HALVINGS: u32 = 40;

/// The asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas,
/// "Time-Uniform Central Limit Theory and Asymptotic Confidence Sequences", Annals of Statistics
/// 52 (2024), 2613–2640, theorem 2.2, in the form of Deng and others in gbstats 0.8.0.
///
/// However often one looks, all its intervals hold together but in a share `alpha` of cases.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sequence {
    alpha: f64,
    rho2: f64,
}

impl Sequence {
    /// Wrong in a share `alpha` of cases at most, narrowest at so many cases. `None` unless alpha
    /// lies between 0 and 1 and the number is above 0.
    #[must_use]
    pub fn new(alpha: f64, planned: f64) -> Option<Self> {
        if !(alpha > 0.0 && alpha < 1.0 && planned > 0.0 && planned.is_finite()) {
            return None;
        }
        let log = -2.0 * alpha.ln();
        Some(Self {
            alpha,
            rho2: (log + (log + 1.0).ln()) / planned,
        })
    }

    /// How far an interval reaches on either side.
    #[must_use]
    pub fn reach(&self, variance: f64, count: f64) -> f64 {
        let grown = count * self.rho2 + 1.0;
        let log = (grown.sqrt() / self.alpha).ln();
        (variance * count).sqrt() * (2.0 * grown * log / (count * count * self.rho2)).sqrt()
    }

    /// The interval around a difference.
    #[must_use]
    pub fn around(&self, difference: &Difference) -> Interval {
        let reach = self.reach(difference.variance, difference.count);
        Interval::around(difference.estimate, reach)
    }

    /// The smallest rise above a share that could be seen with so many treated and so many not:
    /// whatever lies below would leave zero in the interval. `None` where not even a rise to all
    /// of them would be seen.
    #[must_use]
    pub fn least_visible(&self, base: f64, treated: usize, held_back: usize) -> Option<f64> {
        let (treated, held_back) = (real(treated), real(held_back));
        let is_visible = |rise: f64| {
            let difference = Difference::expected((base + rise, treated), (base, held_back));
            self.reach(difference.variance, difference.count) < rise
        };
        let most = 1.0 - base;
        if treated == 0.0 || held_back == 0.0 || !(0.0..1.0).contains(&base) || !is_visible(most) {
            return None;
        }
        let (mut hidden, mut seen) = (0.0, most);
        for _halving in 0..HALVINGS {
            let middle = (hidden + seen) / 2.0;
            match is_visible(middle) {
                true => seen = middle,
                false => hidden = middle,
            }
        }
        Some(seen)
    }
}
