//! What somebody adds to a figure in a stretch of time.

use compact_str::CompactString;

use super::Metric;
use super::doing::{Doing, Person, Placed, Stay, What};
use super::stretch::Window;
use super::waiting;
use crate::event::Channel;
use crate::id::SourceId;
use crate::money::Cents;
use crate::semantic::ORDER_COMPLETED;
use crate::time::Timestamp;

/// One thing that counts: what it adds above the line, and below it where the figure is a ratio.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// When it was.
    pub at: Timestamp,
    /// Above the line.
    pub top: f64,
    /// Below it; 0 of a sum.
    pub bottom: f64,
    /// Where.
    pub channel: Channel,
    /// Which source told of it.
    pub source: SourceId,
    /// What the event is called.
    pub name: CompactString,
}

impl Metric {
    /// What somebody adds to it in a window, by what is known at an instant.
    #[must_use]
    pub fn parts(self, person: &Person, window: Window, now: Timestamp) -> Vec<Part> {
        let orders = || person.orders.iter().filter(move |it| window.holds(it.at));
        let stays = || person.stays.iter().filter(move |it| window.holds(it.from));
        let did = |what: What| {
            let all = person.doings.iter();
            all.filter(move |it| it.what == what && window.holds(it.at))
        };
        match self {
            Self::Orders => orders().map(|it| of_order(it, (1.0, 0.0))).collect(),
            Self::Revenue => orders()
                .filter_map(|it| Some(of_order(it, (amount(it.revenue?), 0.0))))
                .collect(),
            Self::AverageOrder => orders()
                .filter_map(|it| Some(of_order(it, (amount(it.revenue?), 1.0))))
                .collect(),
            Self::Buyers => orders()
                .take(1)
                .map(|it| of_order(it, (1.0, 0.0)))
                .collect(),
            Self::NewBuyers => {
                let first = person.orders.first().filter(|it| window.holds(it.at));
                first
                    .map(|it| of_order(it, (1.0, 0.0)))
                    .into_iter()
                    .collect()
            }
            Self::Returning => {
                let has_before = person.orders.first().is_some_and(|it| it.at < window.from);
                let top = if has_before { 1.0 } else { 0.0 };
                orders()
                    .take(1)
                    .map(|it| of_order(it, (top, 1.0)))
                    .collect()
            }
            Self::Visits => stays().map(of_stay).collect(),
            Self::Visitors => stays().take(1).map(of_stay).collect(),
            Self::Written => {
                let asked = waiting::asked(&person.doings);
                let within = asked.iter().filter(|it| window.holds(it.wrote.at));
                within.map(|it| of_doing(it.wrote, (1.0, 0.0))).collect()
            }
            Self::AnsweredInDay => {
                let asked = waiting::asked(&person.doings);
                let within = asked.iter().filter(|it| window.holds(it.wrote.at));
                // Who wrote less than a day ago and waits may still be answered in time.
                let judged = within.filter_map(|it| Some((it.wrote, it.is_in_day(now)?)));
                let part = |(wrote, is_in_day)| {
                    let top = if is_in_day { 1.0 } else { 0.0 };
                    of_doing(wrote, (top, 1.0))
                };
                judged.map(part).collect()
            }
            Self::Recommendation => {
                let all = person.doings.iter().filter(|it| window.holds(it.at));
                let score = |it: &Doing| match it.what {
                    What::Recommends(score) => Some(of_doing(it, (f64::from(score), 1.0))),
                    _ => None,
                };
                all.filter_map(score).collect()
            }
            Self::Satisfaction => {
                let all = person.doings.iter().filter(|it| window.holds(it.at));
                let rate = |it: &Doing| match it.what {
                    What::Rates(true) => Some(of_doing(it, (1.0, 1.0))),
                    What::Rates(false) => Some(of_doing(it, (0.0, 1.0))),
                    _ => None,
                };
                all.filter_map(rate).collect()
            }
            Self::Unsubscribed => once(did(What::Unsubscribed)),
            Self::Complaints => once(did(What::Complained)),
        }
    }
}

/// The first of them, for whom it counts once.
fn once<'a>(mut all: impl Iterator<Item = &'a Doing>) -> Vec<Part> {
    let first = all.next();
    first
        .map(|it| of_doing(it, (1.0, 0.0)))
        .into_iter()
        .collect()
}

fn of_order(it: &Placed, (top, bottom): (f64, f64)) -> Part {
    Part {
        at: it.at,
        top,
        bottom,
        channel: it.channel,
        source: it.source,
        name: CompactString::const_new(ORDER_COMPLETED),
    }
}

fn of_stay(it: &Stay) -> Part {
    Part {
        at: it.from,
        top: 1.0,
        bottom: 0.0,
        channel: it.channel,
        source: it.source,
        name: it.name.clone(),
    }
}

fn of_doing(it: &Doing, (top, bottom): (f64, f64)) -> Part {
    Part {
        at: it.at,
        top,
        bottom,
        channel: it.channel,
        source: it.source,
        name: it.name.clone(),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "cents of all orders of a company are exact in a double"
)]
const fn amount(cents: Cents) -> f64 {
    cents.0 as f64
}
