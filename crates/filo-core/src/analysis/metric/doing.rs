//! What is kept of somebody's events to tell the figures of the catalogue.
//!
//! **Invariant:** it does not depend on the order in which events and threads are taken in, nor on
//! how often.

use compact_str::CompactString;
use serde::Deserialize;

use super::stretch::Window;
use crate::event::{Channel, Event, EventKind};
use crate::id::SourceId;
use crate::identity::Rules;
use crate::money::{Cents, Currency};
use crate::profile::Orders;
use crate::semantic::{self, CONSENT_WITHDRAWN, UNSUBSCRIBED};
use crate::time::Timestamp;

/// Signs of life no further apart are one visit: the usual half hour.
const GAP_SECONDS: i64 = 1_800;
/// A visit may have begun so long before the time that is looked at.
const BEFORE_SECONDS: i64 = 86_400;
/// Somebody said how likely they are to recommend, or how satisfied they are.
pub const SCORE_EVENT: &str = "Survey Answered";
const SPAM: &str = "Email Marked as Spam";
/// From this on, of 0 to 10, somebody recommends; up to the other, they do not (Reichheld, "The
/// One Number You Need to Grow", Harvard Business Review, December 2003).
const PROMOTES_FROM: f64 = 9.0;
const DETRACTS_TO: f64 = 6.0;
/// From this on, of 1 to 5, somebody is satisfied: the two upper boxes.
const SATISFIED_FROM: f64 = 4.0;

/// What somebody did, or what was done for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    /// Unsubscribed, or took a consent back.
    Unsubscribed,
    /// Called a message spam.
    Complained,
    /// Wrote to the company.
    Wrote,
    /// Was written or spoken to by a person of the company.
    Answered,
    /// Said how likely they are to recommend: 100, 0 or −100.
    Recommends(i8),
    /// Said whether they are satisfied.
    Rates(bool),
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Doing {
    pub(super) at: Timestamp,
    pub(super) what: What,
    pub(super) channel: Channel,
    pub(super) source: SourceId,
    pub(super) name: CompactString,
}

/// A stay on a channel.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stay {
    pub(super) from: Timestamp,
    pub(super) channel: Channel,
    pub(super) source: SourceId,
    pub(super) name: CompactString,
    until: Timestamp,
}

/// What is kept of a thread, or of somebody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Doings {
    stays: Vec<Stay>,
    doings: Vec<Doing>,
    orders: Orders,
    placed: Vec<(Timestamp, Channel, SourceId)>,
}

/// What a survey tells, as events have it.
#[derive(Default, Deserialize)]
struct Answer {
    #[serde(default)]
    nps: Option<f64>,
    #[serde(default)]
    csat: Option<f64>,
}

/// Where a message that left comes from.
#[derive(Default, Deserialize)]
struct Left<'a> {
    #[serde(default, borrow)]
    origin: Option<&'a str>,
}

impl Doings {
    /// Takes in that somebody was there in one of these windows, and what can be told by the name
    /// of an event alone.
    pub fn meet(&mut self, event: &Event, windows: &[Window]) {
        let what = match event.name.as_str() {
            UNSUBSCRIBED | CONSENT_WITHDRAWN => Some(What::Unsubscribed),
            SPAM => Some(What::Complained),
            "Message Received" | "Live Chat Message Sent" => Some(What::Wrote),
            "Live Chat Message Received" | "Call Logged" => Some(What::Answered),
            _ => None,
        };
        if let Some(what) = what.filter(|_| event.kind == EventKind::Track) {
            self.doings.push(doing(event, what));
        }
        let is_near = |it: &Window| {
            let from = it.from.plus_seconds(-BEFORE_SECONDS);
            from <= event.at && event.at < it.until
        };
        let is_there = semantic::is_presence(&event.heading()) && event.channel != Channel::Server;
        if is_there && windows.iter().any(is_near) {
            let name = match event.kind {
                EventKind::Track => event.name.clone(),
                kind => CompactString::const_new(kind.word()),
            };
            self.stays.push(Stay {
                from: event.at,
                channel: event.channel,
                source: event.source,
                name,
                until: event.at,
            });
        }
    }

    /// Takes in what the properties of an event tell: orders, answers to surveys, and who wrote.
    pub fn learn(&mut self, event: &Event, rules: &Rules) {
        if event.kind != EventKind::Track {
            return;
        }
        if semantic::is_about_order(event) {
            if [semantic::ORDER_COMPLETED, semantic::ORDER_UPDATED].contains(&event.name.as_str()) {
                self.placed.push((event.at, event.channel, event.source));
            }
            self.orders.learn(event, rules);
            return;
        }
        match event.name.as_str() {
            SCORE_EVENT => {
                let told = serde_json::from_str::<Answer>(&event.properties).unwrap_or_default();
                let nps = told.nps.filter(|it| (0.0..=10.0).contains(it));
                let csat = told.csat.filter(|it| (1.0..=5.0).contains(it));
                let recommends = nps.map(|it| What::Recommends(recommends(it)));
                let rates = csat.map(|it| What::Rates(it >= SATISFIED_FROM));
                let each = [recommends, rates].into_iter().flatten();
                self.doings.extend(each.map(|what| doing(event, what)));
            }
            "Message Sent" | "Email Sent" => {
                let left = serde_json::from_str::<Left<'_>>(&event.properties).unwrap_or_default();
                // What a journey sends by itself answers nobody.
                let by_hand = match left.origin {
                    Some(origin) => origin == "hand",
                    None => event.name == "Message Sent",
                };
                if by_hand && event.source != SourceId::JOURNEYS {
                    self.doings.push(doing(event, What::Answered));
                }
            }
            _ => {}
        }
    }

    /// The names of events whose properties [`Self::learn`] reads.
    pub fn learnt() -> impl Iterator<Item = &'static str> {
        let others = [SCORE_EVENT, "Message Sent", "Email Sent"];
        semantic::ABOUT_ORDERS.into_iter().chain(others)
    }

    /// Makes one stay of what belongs together; what was taken in is to be joined before it is
    /// read.
    pub fn join(&mut self) {
        self.doings.sort_unstable();
        self.doings.dedup();
        self.placed.sort_unstable();
        self.placed.dedup();
        self.stays.sort_unstable();
        let mut joined: Vec<Stay> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for stay in self.stays.drain(..) {
            let known = open
                .iter()
                .position(|at| joined[*at].channel == stay.channel);
            if let Some(last) = known.map(|place| &mut joined[open[place]])
                && stay.from <= last.until.plus_seconds(GAP_SECONDS)
            {
                last.until = last.until.max(stay.until);
                continue;
            }
            let place = joined.len();
            joined.push(stay);
            match known {
                Some(known) => open[known] = place,
                None => open.push(place),
            }
        }
        joined.shrink_to_fit();
        self.stays = joined;
    }

    /// Two threads of one customer are one.
    pub fn merge(&mut self, other: Self) {
        self.stays.extend(other.stays);
        self.doings.extend(other.doings);
        self.placed.extend(other.placed);
        self.orders.merge(&other.orders);
        self.join();
    }

    /// Whether nothing was seen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let no_order = self.orders.iter().next().is_none();
        self.stays.is_empty() && self.doings.is_empty() && no_order
    }
}

fn recommends(of_ten: f64) -> i8 {
    match of_ten {
        it if it >= PROMOTES_FROM => 100,
        it if it <= DETRACTS_TO => -100,
        _ => 0,
    }
}

fn doing(event: &Event, what: What) -> Doing {
    Doing {
        at: event.at,
        what,
        channel: event.channel,
        source: event.source,
        name: event.name.clone(),
    }
}

/// An order that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) at: Timestamp,
    /// What it brought, less what went back; nothing in another currency than the company's.
    pub(super) revenue: Option<Cents>,
    pub(super) channel: Channel,
    pub(super) source: SourceId,
}

/// Somebody, as figures look at them.
#[derive(Debug, Clone)]
pub struct Person {
    pub(super) stays: Vec<Stay>,
    pub(super) doings: Vec<Doing>,
    /// By when they were placed.
    pub(super) orders: Vec<Placed>,
}

impl Person {
    /// What is known of somebody; amounts count in this currency.
    #[must_use]
    pub fn of(doings: Doings, currency: Currency) -> Self {
        let Doings {
            stays,
            doings,
            orders,
            placed,
        } = doings;
        let standing = orders.iter().filter(|order| !order.is_cancelled());
        let mut orders: Vec<(Placed, &str)> = standing
            .filter_map(|order| {
                let at = order.placed_at()?;
                let content = order.content().filter(|it| it.currency == currency);
                let found = placed.iter().find(|(when, ..)| *when == at);
                let (channel, source) =
                    found.map_or((Channel::Server, SourceId::STAFF), |it| (it.1, it.2));
                let placed = Placed {
                    at,
                    revenue: content.map(|it| it.revenue.minus(order.refunded_revenue())),
                    channel,
                    source,
                };
                Some((placed, order.id()))
            })
            .collect();
        orders.sort_by(|one, other| (one.0.at, one.1).cmp(&(other.0.at, other.1)));
        let orders = orders.into_iter().map(|(placed, _)| placed).collect();
        Self {
            stays,
            doings,
            orders,
        }
    }
}
