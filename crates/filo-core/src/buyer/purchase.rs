//! The orders of somebody as scores and stages look at them.
//!
//! **Invariant:** what was called off is not among them; an order that a fast clock puts into the
//! future counts from its own instant on.

use crate::money::{Cents, Currency};
use crate::profile::{Order, Orders, Profile};
use crate::time::Timestamp;

/// A day is 24 hours, whatever the clock does.
pub(crate) const DAY_MICROS: i64 = 86_400_000_000;

/// One order that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Purchase {
    /// When it was placed.
    pub placed_at: Timestamp,
    /// What it brought, less what went back; nothing in another currency than the company's.
    pub revenue: Option<Cents>,
}

/// The orders of somebody that stand, in the order in which they were placed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Purchases(Vec<Purchase>);

impl Purchases {
    /// The orders of a profile; amounts count in this currency.
    #[must_use]
    pub fn of(profile: &Profile, currency: Currency) -> Self {
        Self::of_orders(&profile.orders, currency)
    }

    /// The same of orders.
    #[must_use]
    pub fn of_orders(orders: &Orders, currency: Currency) -> Self {
        let standing = orders.iter().filter(|order| !order.is_cancelled());
        let purchase = |order: &Order| {
            let content = order.content().filter(|it| it.currency == currency);
            Some(Purchase {
                placed_at: order.placed_at()?,
                revenue: content.map(|it| it.revenue.minus(order.refunded_revenue())),
            })
        };
        Self::new(standing.filter_map(purchase).collect())
    }

    /// Some orders, in any order.
    #[must_use]
    pub fn new(mut purchases: Vec<Purchase>) -> Self {
        purchases.sort_unstable();
        Self(purchases)
    }

    /// Every one, also those of the future.
    #[must_use]
    pub fn all(&self) -> &[Purchase] {
        &self.0
    }

    /// Those until an instant.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Bought<'_> {
        Bought::at(&self.0, now)
    }

    /// When the next one stops being in the future; the last instant there is without any.
    #[must_use]
    pub fn next_at(&self, now: Timestamp) -> Timestamp {
        let known = self.at(now).count();
        let next = self.0.get(known);
        next.map_or(Timestamp::MAX, |next| next.placed_at)
    }
}

/// What was bought until an instant.
#[derive(Debug, Clone, Copy)]
pub struct Bought<'a> {
    orders: &'a [Purchase],
    now: Timestamp,
}

impl<'a> Bought<'a> {
    /// Of orders in the order in which they were placed, those until an instant.
    pub(super) fn at(orders: &'a [Purchase], now: Timestamp) -> Self {
        let known = orders.partition_point(|order| order.placed_at <= now);
        Self {
            orders: &orders[..known],
            now,
        }
    }

    /// The orders, in the order in which they were placed.
    #[must_use]
    pub const fn orders(self) -> &'a [Purchase] {
        self.orders
    }

    /// How many orders.
    #[must_use]
    pub const fn count(self) -> usize {
        self.orders.len()
    }

    /// How many of them brought something in the company's currency.
    #[must_use]
    pub fn priced_count(self) -> usize {
        let priced = self.orders.iter().filter(|order| order.revenue.is_some());
        priced.count()
    }

    /// What they brought together.
    #[must_use]
    pub fn revenue(self) -> Cents {
        self.orders.iter().filter_map(|order| order.revenue).sum()
    }

    /// The last one.
    #[must_use]
    pub fn last_at(self) -> Option<Timestamp> {
        self.orders.last().map(|order| order.placed_at)
    }

    /// Whole days since the last one.
    #[must_use]
    pub fn silence_days(self) -> Option<i64> {
        Some(days_between(self.last_at()?, self.now))
    }

    /// Whole days between one order and the next. What comes within 24 hours of the order before
    /// belongs to it: a forgotten item, an order in two parcels.
    pub fn gaps(self) -> impl DoubleEndedIterator<Item = i64> + 'a {
        let pairs = self.orders.windows(2);
        let gap = |pair: &[Purchase]| match pair {
            [one, next] => days_between(one.placed_at, next.placed_at),
            _ => 0,
        };
        pairs.map(gap).filter(|days| *days > 0)
    }
}

/// Whole days from one instant to a later one.
#[must_use]
pub fn days_between(earlier: Timestamp, later: Timestamp) -> i64 {
    later.micros_since(earlier).div_euclid(DAY_MICROS)
}

/// The instant so many days of 24 hours after another.
#[must_use]
pub fn days_after(at: Timestamp, days: i64) -> Timestamp {
    at.plus_micros(days.saturating_mul(DAY_MICROS))
}
