//! Somebody who came in, and what they did in the time that is looked at.

use std::collections::BTreeMap;

use crate::id::{CustomerId, RunId};
use crate::journey::Journey;
use crate::money::{Cents, Currency};
use crate::profile::Profile;
use crate::segment::{Signal, Span, Traces, Unit};
use crate::time::Timestamp;

/// How long is looked at where no goal says it: in a month most shops have seen who comes back.
const WINDOW_USUAL_DAYS: u32 = 30;

/// How long after somebody came in it is looked at what they do: as long as the goal says.
#[must_use]
pub fn window_of(journey: &Journey) -> Span {
    let said = journey.goal.as_ref().and_then(|goal| goal.within);
    let usual = || Span::new(WINDOW_USUAL_DAYS, Unit::Days);
    said.or_else(usual).unwrap_or(Span::DAY)
}

/// Somebody who came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their first run.
    pub run: RunId,
    /// Who.
    pub customer: CustomerId,
    /// The group that chance put them in.
    pub group: usize,
    /// When.
    pub since: Timestamp,
    /// Until when it counts what they do.
    pub until: Timestamp,
    /// What they did.
    pub done: Done,
    /// What the orders were worth that they placed in as long a time before they came in.
    pub before: BTreeMap<Currency, Cents>,
}

impl Person {
    /// Whether their time is over.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.until <= now
    }
}

/// What somebody did within a time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Done {
    /// When they reached the goal first.
    pub reached_at: Option<Timestamp>,
    /// Orders that they placed and nobody called off.
    pub order_count: usize,
    /// What these were worth, without what went back since.
    pub revenue: BTreeMap<Currency, Cents>,
}

/// What somebody did after one instant and until another, as far as is known now.
#[must_use]
pub fn done_within(
    (since, until): (Timestamp, Timestamp),
    goal: Option<&Signal>,
    (profile, traces): (&Profile, &Traces),
) -> Done {
    // What brought them in happened before they came in, or right then.
    let is_within = |at: Timestamp| since < at && at <= until;
    let marks = goal.map_or(&[][..], |goal| traces.get(goal.key()).marks());
    let mut done = Done {
        reached_at: marks.iter().map(|mark| mark.at).find(|at| is_within(*at)),
        ..Done::default()
    };
    for order in profile.orders.iter() {
        if order.is_cancelled() || !order.placed_at().is_some_and(is_within) {
            continue;
        }
        done.order_count += 1;
        if let Some(content) = order.content() {
            let worth = content.revenue.minus(order.refunded_revenue());
            let sum = done.revenue.entry(content.currency).or_default();
            *sum = sum.plus(worth);
        }
    }
    done
}
