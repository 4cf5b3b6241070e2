//! What is kept of somebody's orders to tell what they are worth, and whether they are leaving.
//!
//! **Invariant:** it does not depend on the order in which events and threads are taken in, nor on
//! how often.

use filo_stats::lifetime::{History, Spent};

use crate::buyer::{Bought, Purchases, days_between};
use crate::event::{Channel, Event};
use crate::id::CustomerId;
use crate::identity::Rules;
use crate::money::{Cents, Currency};
use crate::profile::Orders;
use crate::semantic;
use crate::time::Timestamp;

/// Who came for the first time less than a day ago was watched for half of one.
const WATCHED_LEAST: f64 = 0.5;

/// The orders of somebody, or of one of their threads, and on which channel each was placed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrderTrail {
    orders: Orders,
    placed: Vec<(Timestamp, Channel)>,
}

/// Somebody who has bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Buyer {
    /// Who.
    pub customer: CustomerId,
    /// Their orders that stand.
    pub purchases: Purchases,
    /// Where the first of them was placed.
    pub first_channel: Option<Channel>,
}

/// What is seen of somebody's purchases up to an instant. What is ordered within 24 hours of the
/// order before belongs to it, as everywhere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen {
    /// Purchases after the first, the last of them and how long ago the first was, in days.
    pub history: History,
    /// What the purchases after the first brought, in minor units; nothing without any in the
    /// company's currency.
    pub spent: Option<Spent>,
}

impl OrderTrail {
    /// Takes in what an event says of an order; other events say nothing here.
    pub fn learn(&mut self, event: &Event, rules: &Rules) {
        if !semantic::is_about_order(event) {
            return;
        }
        if [semantic::ORDER_COMPLETED, semantic::ORDER_UPDATED].contains(&event.name.as_str()) {
            self.placed.push((event.at, event.channel));
        }
        self.orders.learn(event, rules);
    }

    /// Two threads of one customer are one.
    pub fn merge(&mut self, other: Self) {
        self.placed.extend(other.placed);
        self.orders.merge(&other.orders);
    }

    /// Whether nothing was seen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.orders.iter().next().is_none()
    }

    /// Whose it is, as somebody who buys; nothing without an order that stands.
    #[must_use]
    pub fn buyer(self, customer: CustomerId, currency: Currency) -> Option<Buyer> {
        let purchases = Purchases::of_orders(&self.orders, currency);
        let first_at = purchases.all().first()?.placed_at;
        let placed = self.placed.iter().filter(|(at, _)| *at == first_at);
        let first_channel = placed.map(|(_, channel)| *channel).min();
        Some(Buyer {
            customer,
            purchases,
            first_channel,
        })
    }
}

impl Seen {
    /// What is seen of what somebody bought until an instant; nothing before the first order.
    #[must_use]
    pub fn of(bought: Bought<'_>, at: Timestamp) -> Option<Self> {
        let mut occasions = Occasions::of(bought);
        let first = occasions.next()?;
        let (mut repeats, mut last_at) = (0_u32, first.at);
        let (mut priced, mut sum) = (0_u32, Cents::ZERO);
        for occasion in occasions {
            repeats = repeats.saturating_add(1);
            last_at = occasion.at;
            if let Some(revenue) = occasion.revenue {
                priced = priced.saturating_add(1);
                sum = sum.plus(revenue);
            }
        }
        let days = |until: Timestamp| real(days_between(first.at, until));
        let watched = days(at).max(WATCHED_LEAST);
        let history = History::new(repeats, days(last_at), watched)?;
        let spent = Spent::new(priced, real(sum.0) / f64::from(priced.max(1)));
        Some(Self { history, spent })
    }
}

/// A purchase: one order, with those that belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Occasion {
    /// When the first of the orders was placed.
    pub(super) at: Timestamp,
    /// What they brought in the company's currency.
    pub(super) revenue: Option<Cents>,
}

/// The purchases of somebody, one after the other.
pub(super) struct Occasions<'a>(&'a [crate::buyer::Purchase]);

impl<'a> Occasions<'a> {
    pub(super) const fn of(bought: Bought<'a>) -> Self {
        Self(bought.orders())
    }
}

impl Iterator for Occasions<'_> {
    type Item = Occasion;

    fn next(&mut self) -> Option<Occasion> {
        let first = self.0.first()?;
        let belongs = |pair: &&[crate::buyer::Purchase]| match pair {
            [one, next] => days_between(one.placed_at, next.placed_at) == 0,
            _ => false,
        };
        let count = 1 + self.0.windows(2).take_while(belongs).count();
        let (these, rest) = self.0.split_at(count);
        self.0 = rest;
        let priced = these.iter().filter_map(|it| it.revenue);
        let revenue = priced.reduce(Cents::plus);
        Some(Occasion {
            at: first.placed_at,
            revenue,
        })
    }
}

/// Days, or minor units.
#[expect(
    clippy::cast_precision_loss,
    reason = "days and cents of all orders of a company are exact in a double"
)]
pub(super) const fn real(number: i64) -> f64 {
    number as f64
}

/// A count of people as a number.
#[expect(clippy::cast_precision_loss, reason = "people are far fewer than 2^53")]
pub(super) const fn of_count(count: usize) -> f64 {
    count as f64
}
