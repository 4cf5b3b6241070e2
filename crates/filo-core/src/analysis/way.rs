//! The ways of somebody: what they touched before each order, and since the last one.
//!
//! **Invariant:** a touch stands on one way at most, and every order that is asked for ends one.

use serde::{Deserialize, Serialize};

use super::trail::{Trail, Visit};
use crate::buyer::{Purchase, Purchases};
use crate::event::Channel;
use crate::money::{Cents, Currency};
use crate::time::Timestamp;

/// How far before its end a way may begin, in days, unless one says otherwise.
pub const LOOKBACK_DAYS: u16 = 90;
/// The same at most: two years.
pub const LOOKBACK_DAYS_MOST: u16 = 730;
/// Of a longer way the last touches count.
pub const TOUCHES_MOST: usize = 60;
const DAY_SECONDS: i64 = 86_400;

/// Which orders are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// Every one.
    #[default]
    All,
    /// The first one of each customer.
    First,
    /// Those after the first.
    Next,
}

impl Which {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::All, Self::First, Self::Next];

    /// The word in addresses and catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::First => "first",
            Self::Next => "next",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }

    /// Whether an order is meant before which so many stand.
    const fn means(self, before: usize) -> bool {
        match self {
            Self::All => true,
            Self::First => before == 0,
            Self::Next => before > 0,
        }
    }
}

/// What is asked about ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// Orders from here on, this instant included.
    pub from: Timestamp,
    /// Orders until here, this instant excluded.
    pub until: Timestamp,
    /// Which of them.
    pub which: Which,
    /// A touch longer before the order, in days, does not count.
    pub lookback_days: u16,
}

impl Question {
    /// Visits that ended before, but for the first of all, change no answer: even if one of them
    /// goes on, after less than half an hour, with another that is seen on another thread.
    #[must_use]
    pub const fn earliest(&self) -> Timestamp {
        let days = self.lookback_days as i64 + 1;
        self.from.plus_seconds(-days * DAY_SECONDS)
    }
}

/// How a way ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// With an order.
    Order(Purchase),
    /// Without one, as far as it was watched.
    Open,
}

/// A way.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// The channels, in the order in which visits to them began.
    pub touches: Vec<Channel>,
    /// How long before the end each visit began, in days; an open way ends with its last touch.
    pub ages: Vec<f64>,
    /// How it ended.
    pub ended: Ended,
}

impl Way {
    /// The channels, the same one again and again once.
    #[must_use]
    pub fn sequence(&self) -> Vec<Channel> {
        let mut touches = self.touches.clone();
        touches.dedup();
        touches
    }

    /// What the order brought; nothing of a way without one.
    #[must_use]
    pub fn revenue(&self) -> Option<Cents> {
        match self.ended {
            Ended::Order(purchase) => Some(purchase.revenue.unwrap_or(Cents::ZERO)),
            Ended::Open => None,
        }
    }
}

impl Trail {
    /// The ways of somebody that a question is about: one for each order in its period, without
    /// touches where none is known; and one that is still open at its end, if there was a touch in
    /// the period and, of those who are asked for the next order, an order before.
    #[must_use]
    pub fn ways(&self, asked: &Question, currency: Currency) -> Vec<Way> {
        let purchases = Purchases::of_orders(self.orders(), currency);
        let known = purchases.all();
        let known = &known[..known.partition_point(|it| it.placed_at < asked.until)];
        let mut ways = Vec::new();
        for (before, purchase) in known.iter().enumerate() {
            if purchase.placed_at < asked.from || !asked.which.means(before) {
                continue;
            }
            let last = before.checked_sub(1).map(|at| known[at].placed_at);
            let mut way = self.way(last, purchase.placed_at, asked.lookback_days);
            way.ended = Ended::Order(*purchase);
            ways.push(way);
        }
        if asked.which.means(known.len()) {
            let last = known.last().map(|it| it.placed_at);
            let is_new = |visit: &&Visit| Some(visit.from) > last && visit.from < asked.until;
            // It has come as far as the last touch, however long ago that is.
            if let Some(end) = self.visits().iter().rfind(is_new)
                && end.from >= asked.from
            {
                ways.push(self.way(last, end.from, asked.lookback_days));
            }
        }
        ways
    }

    /// What was touched after the order before, up to an instant. A visit during which the order
    /// was placed leads to it, even if one before was placed during it too.
    fn way(&self, last: Option<Timestamp>, end: Timestamp, lookback_days: u16) -> Way {
        let earliest = end.plus_seconds(-i64::from(lookback_days) * DAY_SECONDS);
        let leads = |visit: &&Visit| {
            let is_during = visit.from <= end && visit.until >= end;
            let is_before = visit.from <= end && visit.from >= earliest;
            is_during || (is_before && Some(visit.from) > last)
        };
        let visits: Vec<&Visit> = self.visits().iter().filter(leads).collect();
        let visits = &visits[visits.len().saturating_sub(TOUCHES_MOST)..];
        Way {
            touches: visits.iter().map(|visit| visit.channel).collect(),
            ages: visits.iter().map(|visit| days(visit.from, end)).collect(),
            ended: Ended::Open,
        }
    }

    /// How long after the first visit the first order came, in days, and whether it came: without
    /// one, how long they have been watched until `until`. `None` of whom no visit before the first
    /// order is known. An order within the first visit counts from its beginning.
    #[must_use]
    pub fn until_first_order(&self, until: Timestamp, currency: Currency) -> Option<(f64, bool)> {
        let first = self.visits().first().filter(|it| it.from < until)?.from;
        let purchases = Purchases::of_orders(self.orders(), currency);
        match purchases.all().first() {
            Some(bought) if bought.placed_at < first => None,
            Some(bought) if bought.placed_at < until => Some((days(first, bought.placed_at), true)),
            _ => Some((days(first, until), false)),
        }
    }
}

/// From one instant to a later one.
#[expect(
    clippy::cast_precision_loss,
    reason = "microseconds of centuries are exact to a tenth of a second"
)]
fn days(from: Timestamp, until: Timestamp) -> f64 {
    until.micros_since(from).max(0) as f64 / 86_400e6
}
