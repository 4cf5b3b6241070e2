//! What a goal cost: one that was reached, and one more than would have been reached anyway.
//!
//! **Invariant:** where the effect may be nothing, no cost of one more is said, only the least
//! that it can be.

use super::price::Micros;
use crate::impact::Between;

/// With fewer goals one more or less changes what each cost by a tenth and more.
pub const FEW_GOALS: u64 = 10;

/// What each goal that was reached cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PerGoal {
    /// How many there were.
    pub goals: u64,
    /// What each cost.
    pub each: Micros,
}

impl PerGoal {
    /// Of what was spent and reached; nothing where no goal was.
    #[must_use]
    pub fn of(spent: Micros, goals: u64) -> Option<Self> {
        let each = spent.each(goals)?;
        Some(Self { goals, each })
    }

    /// Whether there are too few to lean on.
    #[must_use]
    pub const fn is_few(&self) -> bool {
        self.goals < FEW_GOALS
    }
}

/// What each goal more than without cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PerMore {
    /// So much, and between these ends.
    Between {
        /// By the effect that was seen.
        each: Micros,
        /// If the effect is as large as it can be.
        least: Micros,
        /// If it is as small as it can be.
        most: Micros,
    },
    /// The effect may be nothing: it cannot be less than this, and may be without end.
    AtLeast(Micros),
    /// Nothing speaks for a goal more.
    NoneMore,
}

impl PerMore {
    /// Of what was spent, and of the people who reached the goal because of it.
    #[must_use]
    pub fn of(spent: Micros, people: Between) -> Self {
        if people.high <= 0.0 || !people.high.is_finite() {
            return Self::NoneMore;
        }
        match people.low > 0.0 && people.value > 0.0 {
            true => Self::Between {
                each: shared(spent, people.value),
                least: shared(spent, people.high),
                most: shared(spent, people.low),
            },
            false => Self::AtLeast(shared(spent, people.high)),
        }
    }
}

/// A sum divided by an estimate: it is no more exact than that.
#[expect(
    clippy::cast_possible_truncation,
    reason = "an amount beyond the largest saturates"
)]
fn shared(spent: Micros, people: f64) -> Micros {
    Micros((spent.0 as f64 / people).round() as i64)
}
