//! What a treatment changed: groups that chance made, compared so that one may look at any moment.
//!
//! **Invariant:** exchanging the groups changes the sign of a difference and nothing else.
//! **Invariant:** an interval contains its estimate; on few cases it is wide, never empty.

mod adjusted;
mod difference;
mod drawn;
mod posterior;
mod ratio;
mod sample;
mod sequence;
#[cfg(test)]
mod tests;

pub use adjusted::{Adjusted, Paired, adjusted};
pub use difference::{Difference, newcombe};
pub use drawn::{Drawn, drawn_evidence, weighted_difference};
pub use posterior::{Posterior, probability_best};
pub use ratio::{MISMATCH_P, chi_square, mismatch_evidence};
pub use sample::Sample;
pub use sequence::{PLANNED_SHOP, Sequence};

/// The ends between which something lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// So far on either side of a point.
    #[must_use]
    pub fn around(point: f64, reach: f64) -> Self {
        Self {
            low: point - reach,
            high: point + reach,
        }
    }

    /// The part of it between two ends.
    #[must_use]
    pub fn within(self, low: f64, high: f64) -> Self {
        Self {
            low: self.low.clamp(low, high),
            high: self.high.clamp(low, high),
        }
    }

    /// The same in another measure, so many times as large.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        let (one, other) = (self.low * factor, self.high * factor);
        Self {
            low: one.min(other),
            high: one.max(other),
        }
    }

    /// Whether zero lies outside.
    #[must_use]
    pub fn excludes_zero(self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}
