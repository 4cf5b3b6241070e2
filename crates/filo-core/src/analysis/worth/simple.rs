//! What a customer is worth by the simple formula: what they spend each time, how often they come,
//! and how long they stay.
//!
//! **Invariant:** it is a product of three numbers that can be counted by hand; where one of them
//! cannot be counted yet, it says what is missing.

use filo_stats::proportion::{Proportion, Z_95, wilson};

use super::super::buyer::{Occasions, of_count, real};
use crate::buyer::{Lack, Lacking, Purchases, days_after, days_between};
use crate::money::Cents;
use crate::time::Timestamp;

/// The periods that are tried, the longest first, in days. Two of each must have passed.
pub const PERIODS_DAYS: [i64; 3] = [365, 90, 30];
/// With fewer buyers in the period before, who came again is an anecdote.
pub const BASE_LEAST: u64 = 20;

/// The simple formula, with what it was counted from. Amounts are in minor units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Simple {
    /// How long a period is: the longest of which two have passed with buyers enough.
    pub period_days: i64,
    /// Those who bought in the last period.
    pub buyers: u64,
    /// What a purchase of theirs brought in it.
    pub average: f64,
    /// How often each of them bought in it.
    pub times: f64,
    /// Those who bought in the period before.
    pub base: u64,
    /// Of these, those who bought in the last one too.
    pub again: u64,
    /// The share of these, with its interval of 95 %.
    pub retention: Proportion,
    /// How long one stays, in periods: 1 / (1 − retention); nothing where all came again.
    pub lifespan: Option<f64>,
    /// Average × times × lifespan; nothing without an end.
    pub worth: Option<f64>,
    /// The same by the ends of the interval of the retention alone; nothing for no end.
    pub between: (f64, Option<f64>),
}

/// What was counted of a period.
#[derive(Default)]
struct Counted {
    buyers: u64,
    times: u64,
    priced: u64,
    revenue: Cents,
    base: u64,
    again: u64,
}

impl Simple {
    /// The formula of those who bought, at an instant.
    ///
    /// # Errors
    /// What there is too little of.
    pub fn of(buyers: &[&Purchases], at: Timestamp) -> Result<Self, Lack> {
        let firsts = buyers.iter().filter_map(|it| it.all().first());
        let first_at = firsts.map(|it| it.placed_at).min().unwrap_or(at);
        let history = days_between(first_at, at);
        let shortest = PERIODS_DAYS[PERIODS_DAYS.len() - 1];
        if history < 2 * shortest {
            return Err(Lack {
                of: Lacking::Days,
                have: history,
                least: 2 * shortest,
            });
        }
        let mut most = 0;
        for days in PERIODS_DAYS.into_iter().filter(|it| history >= 2 * it) {
            let counted = Counted::of(buyers, at, days);
            most = most.max(counted.base);
            if let Some(found) = counted.simple(days) {
                return Ok(found);
            }
        }
        let signed = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        Err(Lack {
            of: Lacking::Buyers,
            have: signed(most),
            least: signed(BASE_LEAST),
        })
    }
}

impl Counted {
    fn of(buyers: &[&Purchases], at: Timestamp, days: i64) -> Self {
        let (begin, before) = (days_after(at, -days), days_after(at, -2 * days));
        let mut counted = Self::default();
        for purchases in buyers {
            let (mut is_base, mut times) = (false, 0);
            for occasion in Occasions::of(purchases.at(at)) {
                if occasion.at > begin {
                    times += 1;
                    if let Some(revenue) = occasion.revenue {
                        counted.priced += 1;
                        counted.revenue = counted.revenue.plus(revenue);
                    }
                } else if occasion.at > before {
                    is_base = true;
                }
            }
            counted.buyers += u64::from(times > 0);
            counted.times += times;
            counted.base += u64::from(is_base);
            counted.again += u64::from(is_base && times > 0);
        }
        counted
    }

    /// Nothing where there are too few, or no amounts.
    fn simple(&self, period_days: i64) -> Option<Simple> {
        if self.base < BASE_LEAST || self.priced == 0 {
            return None;
        }
        let number = |count: u64| of_count(usize::try_from(count).unwrap_or(usize::MAX));
        let retention = wilson(self.again, self.base, Z_95)?;
        let average = real(self.revenue.0) / number(self.priced);
        let times = number(self.times) / number(self.buyers);
        let stays = |share: f64| (share < 1.0).then(|| (1.0 - share).recip());
        let of = |share: f64| Some(average * times * stays(share)?);
        Some(Simple {
            period_days,
            buyers: self.buyers,
            average,
            times,
            base: self.base,
            again: self.again,
            retention,
            lifespan: stays(retention.share),
            worth: of(retention.share),
            between: (of(retention.low)?, of(retention.high)),
        })
    }
}
