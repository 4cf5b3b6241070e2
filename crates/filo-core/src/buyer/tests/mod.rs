//! Scores and stages against real shops with known answers, and what must always hold.

mod chance;
mod moves;
pub(crate) mod real;

use super::{Purchase, Purchases};
use crate::money::Cents;
use crate::time::Timestamp;

/// Orders by day, each with cents.
fn purchases(days: &[(i64, i64)]) -> Purchases {
    let purchase = |(day, cents): &(i64, i64)| Purchase {
        placed_at: on(*day),
        revenue: Some(Cents(*cents)),
    };
    Purchases::new(days.iter().map(purchase).collect())
}

/// The beginning of a day since 1970.
fn on(day: i64) -> Timestamp {
    Timestamp::from_seconds(day * 86_400)
}
