//! What is kept of somebody's events to tell the ways on which they came to buy.

use super::basket::Baskets;
use crate::event::{Channel, Event, Heading};
use crate::identity::Rules;
use crate::profile::Orders;
use crate::semantic;
use crate::time::Timestamp;

/// Two signs of life on one channel that lie no further apart are one visit: the usual half hour.
pub const VISIT_GAP_SECONDS: i64 = 1_800;

/// A touchpoint: somebody was there on a channel, from the first sign of it to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Visit {
    /// When it began.
    pub from: Timestamp,
    /// Where.
    pub channel: Channel,
    /// The last sign of it.
    pub until: Timestamp,
}

/// Visits and orders of somebody, or of one of their threads.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trail {
    /// By their beginnings; on one channel none begins within [`VISIT_GAP_SECONDS`] of another.
    visits: Vec<Visit>,
    orders: Orders,
    baskets: Baskets,
}

impl Trail {
    /// Takes in an event: that somebody was there, and what it says of an order.
    pub fn fold(&mut self, event: &Event, rules: &Rules) {
        self.meet(event);
        self.learn(event, rules);
    }

    /// Takes in that somebody was there, for which the texts of an event are not needed. What a
    /// system of the company reports without the customer being there is no visit.
    pub fn meet(&mut self, event: &Event) {
        if Self::is_met(&event.heading()) {
            self.be(event.at, event.channel);
        }
    }

    /// Whether an event says that somebody was there.
    #[must_use]
    pub fn is_met(event: &Heading<'_>) -> bool {
        semantic::is_presence(event) && event.channel != Channel::Server
    }

    /// Takes in that somebody was there.
    pub fn be(&mut self, at: Timestamp, channel: Channel) {
        self.visits.push(Visit {
            from: at,
            channel,
            until: at,
        });
    }

    /// Takes in what an event says of an order, by its properties.
    pub fn learn(&mut self, event: &Event, rules: &Rules) {
        if semantic::is_about_order(event) {
            self.orders.learn(event, rules);
        }
    }

    /// Takes in which products an event says were bought, by its properties.
    pub fn fill(&mut self, event: &Event) {
        self.baskets.fill(event);
    }

    /// Makes one visit of what belongs together; what was folded is to be joined before it is
    /// read.
    pub fn join(&mut self) {
        let mut open = [None::<Visit>; Channel::ALL.len()];
        let mut joined = Vec::new();
        self.visits.sort_unstable();
        for visit in self.visits.drain(..) {
            match &mut open[visit.channel as usize] {
                Some(known) if visit.from <= known.until.plus_seconds(VISIT_GAP_SECONDS) => {
                    known.until = known.until.max(visit.until);
                }
                known => joined.extend(known.replace(visit)),
            }
        }
        joined.extend(open.into_iter().flatten());
        joined.sort_unstable();
        joined.shrink_to_fit();
        self.visits = joined;
    }

    /// Lets go of visits that ended before an instant, but for the first of all.
    pub fn forget(&mut self, before: Timestamp) {
        let mut is_first = true;
        self.visits
            .retain(|visit| std::mem::take(&mut is_first) || visit.until >= before);
        self.visits.shrink_to_fit();
    }

    /// Two threads of one customer are one trail.
    pub fn merge(&mut self, other: Self) {
        self.visits.extend(other.visits);
        self.orders.merge(&other.orders);
        self.baskets.merge(other.baskets);
        self.join();
    }

    /// Whether nothing was seen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.visits.is_empty() && self.orders.iter().next().is_none()
    }

    /// The visits, by their beginnings.
    #[must_use]
    pub fn visits(&self) -> &[Visit] {
        &self.visits
    }

    /// The orders.
    #[must_use]
    pub const fn orders(&self) -> &Orders {
        &self.orders
    }

    /// The products of the orders, as far as they were taken in.
    #[must_use]
    pub const fn baskets(&self) -> &Baskets {
        &self.baskets
    }
}
