//! What one is still worth.
//!
//! **Invariant:** a worth is finite, as it ends with the last period.

use super::repeats::{History, Repeats};

/// Periods further away than this are not foretold.
pub const PERIODS_MOST: u32 = 600;

/// The time to look ahead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Periods {
    /// How many periods.
    pub count: u32,
    /// How long one is, in the unit of the histories.
    pub length: f64,
    /// What a later period counts less than the one before: 0.01 takes one hundredth.
    pub discount: f64,
}

/// The repeats expected in each period, discounted to now, times the mean `amount` of one (what
/// remains of it, where costs are to be taken off): Σ amount · (E(kL) − E((k−1)L)) / (1 + d)^k, as
/// Gupta and others, "Modeling Customer Lifetime Value", Journal of Service Research 9 (2006),
/// 139–155, equation 1.
///
/// `None` where there are more than [`PERIODS_MOST`] periods, their length is not above 0, the
/// discount not above −1, or something is not finite.
#[must_use]
pub fn worth(repeats: &Repeats, history: &History, amount: f64, periods: Periods) -> Option<f64> {
    let is_rate = periods.discount > -1.0 && periods.discount.is_finite();
    if periods.count > PERIODS_MOST || !(periods.length > 0.0 && is_rate && amount.is_finite()) {
        return None;
    }
    let (mut sum, mut before, mut factor) = (0.0, 0.0, 1.0);
    for period in 1..=periods.count {
        let until = repeats.expected(history, f64::from(period) * periods.length)?;
        factor /= 1.0 + periods.discount;
        sum += amount * (until - before) * factor;
        before = until;
    }
    sum.is_finite().then_some(sum)
}
