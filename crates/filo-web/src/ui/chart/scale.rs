//! Where a value stands: an axis from nought to a round number.

use super::{HEAD, HEIGHT};

/// Lines above the axis, at most.
const TICKS_MOST: u64 = 4;

/// An axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scale {
    step: u64,
    top: u64,
}

/// The axis for values up to `highest`: steps of 1, 2 or 5 times a power of ten.
pub(super) fn of(highest: u64) -> Scale {
    let highest = highest.max(1);
    let mut power: u64 = 1;
    loop {
        for factor in [1, 2, 5] {
            let step = power.saturating_mul(factor);
            let ticks = highest.div_ceil(step);
            if ticks <= TICKS_MOST {
                let top = step.saturating_mul(ticks);
                return Scale { step, top };
            }
        }
        power = power.saturating_mul(10);
    }
}

impl Scale {
    /// The round numbers from nought up.
    pub(super) fn ticks(self) -> impl Iterator<Item = u64> {
        (0..=self.top / self.step).map(move |tick| tick * self.step)
    }

    /// How far down from the upper edge a value stands.
    pub(super) fn height(self, value: u64) -> f64 {
        self.height_of(value as f64)
    }

    /// The same of a value that need not be whole.
    pub(super) fn height_of(self, value: f64) -> f64 {
        let part = value / self.top as f64;
        round(HEAD + HEIGHT * (1.0 - part))
    }
}

/// Half pixels are all a screen can show.
pub(super) fn round(pixels: f64) -> f64 {
    (pixels * 10.0).round() / 10.0
}

/// A place across: the point of this number among so many, and where within its share.
pub(super) fn percent(index: usize, count: usize, within: f64) -> String {
    format!("{:.2}%", across(index, count, within))
}

/// The same as a number of hundredths.
pub(super) fn across(index: usize, count: usize, within: f64) -> f64 {
    (index as f64 + within) / count.max(1) as f64 * 100.0
}
