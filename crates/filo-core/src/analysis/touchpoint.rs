//! What each channel has to do with how ways end: where they are lost, what goes with an order,
//! what with a sooner or a later one, and what seems to change nothing.
//!
//! **Invariant:** these are associations, not causes, and nothing is said from too little; chance
//! is drawn from a seed that never changes.

use std::collections::BTreeMap;

use filo_stats::experiment::Interval;
use filo_stats::medians::{Apart, RESAMPLES, apart};
use filo_stats::paths::{Moment, Path, Paths, moments};
use filo_stats::proportion::{Proportion, Z_95, wilson};
use filo_stats::random::Random;

use super::way::{Ended, Way};
use crate::event::Channel;
use crate::id::CustomerId;

const SEED: u64 = 0x0f11_0f12;
/// A share of orders that surely differs by less, up or down, does not differ: five points.
const ALIKE: f64 = 0.05;

/// A channel, and how the ways end that touch it.
#[derive(Debug, Clone)]
pub struct Touchpoint {
    /// The channel.
    pub channel: Channel,
    /// Ways that touch it, and whose they are.
    pub touched: Count,
    /// Of these, those that ended with an order.
    pub ordered: Count,
    /// Of these, those of which it was the last touch, without an order so far.
    pub lost: Count,
    /// The share of `lost` in `touched`, with its interval of 95 %.
    pub drop_off: Option<Proportion>,
    /// How much more often an order follows than on ways that do not touch it; nothing with fewer
    /// than 30 orders over it, or where all ways do, or none.
    pub moment: Option<Moment>,
    /// Days from the first touch to the order, on ways that touch it beside those that do not;
    /// nothing with fewer than 30 orders of either.
    pub pace: Option<Apart>,
}

/// Ways, and the people whose they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Ways.
    pub ways: u64,
    /// People.
    pub people: u64,
}

/// What can be said of a touchpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// With it an order comes surely more often.
    MoreOrders,
    /// With it an order comes surely less often.
    FewerOrders,
    /// With it an order surely comes later.
    Slower,
    /// With it an order surely comes sooner.
    Faster,
    /// With it an order surely comes as often as without, and no sooner.
    Redundant,
}

impl Finding {
    /// The word in the API and in catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::MoreOrders => "more_orders",
            Self::FewerOrders => "fewer_orders",
            Self::Slower => "slower",
            Self::Faster => "faster",
            Self::Redundant => "redundant",
        }
    }
}

impl Touchpoint {
    /// What can be said of it.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let sign = |interval: Interval, above, below| {
            let is_above = (interval.low > 0.0).then_some(above);
            is_above.or((interval.high < 0.0).then_some(below))
        };
        let orders = self.moment.as_ref().and_then(|moment| {
            let (more, fewer) = (Finding::MoreOrders, Finding::FewerOrders);
            sign(moment.interval, more, fewer)
        });
        let pace = self.pace.map(|it| it.interval);
        let pace = pace.and_then(|it| sign(it, Finding::Slower, Finding::Faster));
        // A few points more or less, however sure, are as good as none.
        let is_redundant = self.changes_nothing() && pace != Some(Finding::Faster);
        let orders = orders.filter(|_| !is_redundant);
        let redundant = is_redundant.then_some(Finding::Redundant);
        [orders, pace, redundant].into_iter().flatten().collect()
    }

    /// Orders surely come as often without it, also on ways that touch as much else.
    fn changes_nothing(&self) -> bool {
        let is_alike = |it: Interval| it.low > -ALIKE && it.high < ALIKE;
        self.moment.is_some_and(|moment| {
            let within = moment.stratified.map(|it| it.interval);
            is_alike(moment.interval) && within.is_none_or(is_alike)
        })
    }
}

/// How each channel is touched, the one with the greatest difference in orders first, up or down;
/// those of which nothing can be said last.
#[must_use]
pub fn touchpoints(ways: &[(CustomerId, Way)]) -> Vec<Touchpoint> {
    let mut counted: BTreeMap<Channel, [Counting; 3]> = BTreeMap::new();
    for (customer, way) in ways {
        let mut touched = way.touches.clone();
        touched.sort_unstable();
        touched.dedup();
        let is_open = way.ended == Ended::Open;
        for channel in touched {
            let [all, ordered, lost] = counted.entry(channel).or_default();
            all.add(*customer);
            if !is_open {
                ordered.add(*customer);
            } else if way.touches.last() == Some(&channel) {
                lost.add(*customer);
            }
        }
    }
    let moments = paths_of(ways).map(|paths| moments(&paths));
    let moments = moments.unwrap_or_default();
    let times = times(ways);
    let mut random = Random::seeded(SEED);
    let touchpoint = |(channel, [all, ordered, lost]): (Channel, [Counting; 3])| {
        let moment = moments.get(channel as usize).copied().flatten();
        Touchpoint {
            channel,
            touched: all.count,
            ordered: ordered.count,
            lost: lost.count,
            drop_off: wilson(lost.count.ways, all.count.ways, Z_95),
            moment: moment.filter(Moment::is_enough),
            pace: pace(&times, channel, &mut random),
        }
    };
    let mut found: Vec<Touchpoint> = counted.into_iter().map(touchpoint).collect();
    let effect = |it: &Touchpoint| it.moment.map_or(-1.0, |moment| moment.difference.abs());
    found.sort_by(|one, other| {
        let by_effect = effect(other).total_cmp(&effect(one));
        by_effect.then(other.touched.ways.cmp(&one.touched.ways))
    });
    found
}

#[derive(Default)]
struct Counting {
    count: Count,
    last: Option<CustomerId>,
}

impl Counting {
    /// Ways stand by whose they are.
    fn add(&mut self, customer: CustomerId) {
        self.count.ways += 1;
        self.count.people += u64::from(self.last.replace(customer) != Some(customer));
    }
}

/// The ways that touch something: the same ones together, however many went them.
fn paths_of(ways: &[(CustomerId, Way)]) -> Option<Paths> {
    let mut found: BTreeMap<&[Channel], (usize, usize)> = BTreeMap::new();
    for (_, way) in ways.iter().filter(|(_, way)| !way.touches.is_empty()) {
        let (orders, open) = found.entry(&way.touches).or_default();
        match way.ended {
            Ended::Order(_) => *orders += 1,
            Ended::Open => *open += 1,
        }
    }
    let row = |(touches, (conversions, nulls)): (&[Channel], (usize, usize))| Path {
        touches: touches.iter().map(|it| *it as u16).collect(),
        conversions,
        value: 0.0,
        nulls,
        ages: None,
    };
    Paths::new(Channel::ALL.len(), found.into_iter().map(row).collect())
}

/// How long each way that ended with an order took, and the channels that it touches as bits; the
/// shortest first.
fn times(ways: &[(CustomerId, Way)]) -> Vec<(f64, u16)> {
    let ordered = ways.iter().filter(|(_, way)| way.ended != Ended::Open);
    let time = |(_, way): &(CustomerId, Way)| {
        let bits = way.touches.iter().map(|it| 1_u16 << (*it as u8));
        Some((*way.ages.first()?, bits.fold(0, |all, one| all | one)))
    };
    let mut times: Vec<(f64, u16)> = ordered.filter_map(time).collect();
    times.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
    times
}

fn pace(times: &[(f64, u16)], channel: Channel, random: &mut Random) -> Option<Apart> {
    let bit = 1_u16 << (channel as u8);
    let (with, without): (Vec<_>, Vec<_>) = times.iter().partition(|(_, bits)| bits & bit != 0);
    let days = |all: Vec<(f64, u16)>| all.into_iter().map(|(days, _)| days).collect::<Vec<f64>>();
    apart(&days(with), &days(without), RESAMPLES, random)
}
