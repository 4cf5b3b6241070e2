//! What ways come to: how long they are, which are gone most, and what each channel has to do
//! with an order.
//!
//! **Invariant:** it is worked out from the ways alone, so the same ways always come to the same.

use std::collections::BTreeMap;

use filo_stats::attribution::{CONVERSIONS_LEAST, TooFew};
use filo_stats::paths::{Moment, Path, Paths, moments};
use filo_stats::proportion::Z_95;
use filo_stats::quantile::quantiles;
use filo_stats::survival::{Watched, kaplan_meier};

use super::credit::Credits;
use super::{Question, Trails, Way};
use crate::event::Channel;
use crate::id::CustomerId;
use crate::money::{Cents, Currency};

/// Sequences that are told.
pub const SEQUENCES_MOST: usize = 12;

/// A quarter lies below the first, half below the second, three quarters below the third.
pub type Quartiles = [f64; 3];

/// What the ways of some customers come to.
#[derive(Debug, Clone)]
pub struct Ways {
    /// What amounts are in; an order in another currency counts, and brings nothing.
    pub currency: Currency,
    /// Customers, visitors among them, with a way.
    pub customers: u64,
    /// Ways that ended with an order.
    pub orders: u64,
    /// Of these, those before which nobody knows what was touched.
    pub untouched: u64,
    /// Ways without an order so far.
    pub open: u64,
    /// What the orders brought, less what went back.
    pub revenue: Cents,
    /// Touches before an order, of orders before which something was touched.
    pub touches: Option<Quartiles>,
    /// Days from the first of them to the order.
    pub days: Option<Quartiles>,
    /// How long it takes to a first order.
    pub first_order: FirstOrder,
    /// The ways that ended with an order most often.
    pub sequences: Vec<Sequence>,
    /// Every channel that was touched.
    pub touched: Vec<Touched>,
    /// Who may take credit for orders.
    pub credits: Result<Credits, TooFew>,
}

/// From the first visit of somebody to their first order, by Kaplan and Meier: who has not ordered
/// yet counts for as long as they have been watched.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FirstOrder {
    /// Customers of whom the first visit is known to come before any order.
    pub customers: u64,
    /// Of these, those who ordered.
    pub ordered: u64,
    /// After so many days half of those have ordered who ever do, as far as can be seen.
    pub median_days: Option<f64>,
    /// The share that ordered within 30 days, with its interval of 95 %.
    pub within_30: Option<[f64; 3]>,
    /// The same within 90 days.
    pub within_90: Option<[f64; 3]>,
}

/// Ways that touch the same channels in the same order; the same channel again and again is once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence {
    /// The channels; nothing where no touch is known.
    pub touches: Vec<Channel>,
    /// How many ended with an order.
    pub orders: u64,
    /// How many did not, so far.
    pub open: u64,
    /// What the orders brought.
    pub revenue: Cents,
}

/// A channel, and how ways end that touch it.
#[derive(Debug, Clone)]
pub struct Touched {
    /// The channel.
    pub channel: Channel,
    /// Ways that touch it.
    pub ways: u64,
    /// Of these, those that ended with an order.
    pub orders: u64,
    /// How much more often they do than those that do not touch it; nothing where all do, or none.
    pub moment: Option<Moment>,
}

/// The ways of everybody, each with whose it is.
#[must_use]
pub fn ways_of(trails: &Trails, question: &Question, currency: Currency) -> Vec<(CustomerId, Way)> {
    let each = trails.iter().flat_map(|(customer, trail)| {
        let ways = trail.ways(question, currency).into_iter();
        ways.map(move |way| (customer, way))
    });
    each.collect()
}

impl Ways {
    /// What the ways of these customers come to.
    #[must_use]
    pub fn of(trails: &Trails, question: &Question, currency: Currency) -> Self {
        let all = ways_of(trails, question, currency);
        let mut customers: Vec<CustomerId> = all.iter().map(|(customer, _)| *customer).collect();
        customers.dedup();
        let ways: Vec<Way> = all.into_iter().map(|(_, way)| way).collect();
        let ordered: Vec<&Way> = ways.iter().filter(|it| it.revenue().is_some()).collect();
        let touched = || ordered.iter().filter(|way| !way.touches.is_empty());
        let quartiles = |mut sample: Vec<f64>| quantiles(&mut sample, [0.25, 0.5, 0.75]);
        let paths = paths_of(&ways);
        let none = TooFew {
            conversions: 0,
            least: CONVERSIONS_LEAST,
        };
        Self {
            currency,
            customers: customers.len() as u64,
            orders: ordered.len() as u64,
            untouched: (ordered.len() - touched().count()) as u64,
            open: (ways.len() - ordered.len()) as u64,
            revenue: ways.iter().filter_map(Way::revenue).sum(),
            touches: quartiles(touched().map(|way| real(way.touches.len())).collect()),
            days: quartiles(
                touched()
                    .filter_map(|way| way.ages.first().copied())
                    .collect(),
            ),
            first_order: first_order(trails, question, currency),
            sequences: sequences_of(ways.iter()),
            touched: paths.as_ref().map(touched_of).unwrap_or_default(),
            credits: paths.as_ref().map_or(Err(none), Credits::of),
        }
    }
}

/// The ways that ended with an order most often, at most [`SEQUENCES_MOST`].
#[must_use]
pub fn sequences_of<'a>(ways: impl Iterator<Item = &'a Way>) -> Vec<Sequence> {
    let mut found: BTreeMap<Vec<Channel>, Sequence> = BTreeMap::new();
    for way in ways {
        let touches = way.sequence();
        let sequence = found.entry(touches.clone()).or_insert(Sequence {
            touches,
            orders: 0,
            open: 0,
            revenue: Cents::ZERO,
        });
        match way.revenue() {
            Some(revenue) => {
                sequence.orders += 1;
                sequence.revenue = sequence.revenue.plus(revenue);
            }
            None => sequence.open += 1,
        }
    }
    let mut found: Vec<Sequence> = found.into_values().collect();
    found.sort_by_key(|it| std::cmp::Reverse((it.orders, it.open)));
    found.truncate(SEQUENCES_MOST);
    found
}

fn first_order(trails: &Trails, question: &Question, currency: Currency) -> FirstOrder {
    let each = trails.iter().map(|(_, trail)| trail);
    let each = each.filter_map(|trail| trail.until_first_order(question.until, currency));
    let watched: Vec<Watched> = each
        .map(|(time, happened)| Watched { time, happened })
        .collect();
    let curve = kaplan_meier(&watched, Z_95);
    let within = |days: f64| {
        let left = curve.as_ref()?.surviving(days);
        Some([1.0 - left.share, 1.0 - left.high, 1.0 - left.low])
    };
    FirstOrder {
        customers: watched.len() as u64,
        ordered: watched.iter().filter(|it| it.happened).count() as u64,
        median_days: curve.as_ref().and_then(|it| it.quantile_of_those(0.5)),
        within_30: within(30.0),
        within_90: within(90.0),
    }
}

/// The ways that touch something, with how long before the end each touch was.
fn paths_of(ways: &[Way]) -> Option<Paths> {
    let touched = ways.iter().filter(|way| !way.touches.is_empty());
    let row = |way: &Way| {
        let revenue = way.revenue();
        Path {
            touches: way.touches.iter().map(|it| *it as u16).collect(),
            conversions: usize::from(revenue.is_some()),
            value: revenue.map_or(0.0, |it| cents(it).max(0.0)),
            nulls: usize::from(revenue.is_none()),
            ages: Some(way.ages.clone()),
        }
    };
    Paths::new(Channel::ALL.len(), touched.map(row).collect())
}

fn touched_of(paths: &Paths) -> Vec<Touched> {
    let mut found: Vec<Touched> = Vec::new();
    for (channel, moment) in Channel::ALL.into_iter().zip(moments(paths)) {
        let code = channel as u16;
        let (mut ways, mut orders) = (0, 0);
        for row in paths.rows().iter().filter(|it| it.touches.contains(&code)) {
            ways += row.journeys() as u64;
            orders += row.conversions as u64;
        }
        if ways > 0 {
            found.push(Touched {
                channel,
                ways,
                orders,
                moment: moment.filter(Moment::is_enough),
            });
        }
    }
    found
}

#[expect(clippy::cast_precision_loss, reason = "touches of a way are few")]
const fn real(count: usize) -> f64 {
    count as f64
}

#[expect(
    clippy::cast_precision_loss,
    reason = "cents of all orders of a company are exact in a double"
)]
const fn cents(amount: Cents) -> f64 {
    amount.0 as f64
}
