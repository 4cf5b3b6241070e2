//! Who somebody is in a sentence: since when, how much, how often, and where.
//!
//! **Invariant:** a rhythm is only told of somebody who keeps it, and a place only where most
//! meetings were.

use super::Profile;
use super::view::{OrderSummary, order_summaries};
use super::welcome::placed;
use crate::event::Channel;
use crate::time::Timestamp;

/// Fewer orders have no rhythm.
const ORDERS_LEAST: usize = 3;
/// Orders older than that say nothing about today.
const LOOK_BACK_DAYS: i64 = 365;
/// Silence of so many of their usual pauses ends a rhythm.
const PAUSES_MOST: i64 = 3;
/// Parts of hundred that make a place the usual one.
const USUAL_PERCENT: u64 = 60;
const DAY_MICROS: i64 = 86_400 * 1_000_000;

/// How often they buy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rhythm {
    /// About once a week, or more often.
    Weekly,
    /// Two or three times a month.
    Fortnightly,
    /// About once a month.
    Monthly,
    /// Some times a year.
    Seldom,
}

impl Rhythm {
    /// The word in the API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::Fortnightly => "fortnightly",
            Self::Monthly => "monthly",
            Self::Seldom => "seldom",
        }
    }
}

/// The parts of the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portrait {
    /// The first order; without one, the first event.
    pub since: Option<Timestamp>,
    /// The orders of the main currency.
    pub orders: Option<OrderSummary>,
    /// How often they buy, if they do so regularly.
    pub rhythm: Option<Rhythm>,
    /// Where most meetings were.
    pub place: Option<Channel>,
}

/// The portrait of a profile.
#[must_use]
pub fn portrait(profile: &Profile, now: Timestamp) -> Portrait {
    let orders = order_summaries(&profile.orders)
        .into_iter()
        .filter(|orders| orders.count > 0)
        .max_by_key(|orders| (orders.count, orders.currency));
    let placed = placed(profile);
    Portrait {
        since: placed.first().copied().or(profile.first_seen),
        rhythm: rhythm(&placed, now),
        place: place(profile),
        orders,
    }
}

fn rhythm(placed: &[Timestamp], now: Timestamp) -> Option<Rhythm> {
    let year = now.plus_micros(-LOOK_BACK_DAYS * DAY_MICROS);
    let recent = &placed[placed.partition_point(|at| *at < year)..];
    let (first, last) = (recent.first()?, recent.last()?);
    if recent.len() < ORDERS_LEAST {
        return None;
    }
    let pauses = i64::try_from(recent.len() - 1).ok()?;
    let pause = last.micros_since(*first) / pauses;
    // A day's grace: who buys three times in an hour has not stopped an hour later.
    if now.micros_since(*last) > pause.saturating_mul(PAUSES_MOST).max(7 * DAY_MICROS) {
        return None;
    }
    Some(match pause / DAY_MICROS {
        ..=10 => Rhythm::Weekly,
        11..=21 => Rhythm::Fortnightly,
        22..=45 => Rhythm::Monthly,
        46.. => Rhythm::Seldom,
    })
}

fn place(profile: &Profile) -> Option<Channel> {
    let total: u64 = profile.channels.iter().map(|used| used.count).sum();
    let most = profile.channels.iter().max_by_key(|used| used.count)?;
    // Systems tell of people; nobody is met there.
    let is_usual = most.channel != Channel::Server && most.count * 100 >= total * USUAL_PERCENT;
    is_usual.then_some(most.channel)
}
