//! What follows directly on what: from the first touch of a way to its end.
//!
//! **Invariant:** as many steps leave the start as there are ways, and as many come to their end.

use std::collections::BTreeMap;

use super::way::{Ended, Way};
use crate::event::Channel;
use crate::id::CustomerId;

/// Where a step begins or leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Where every way begins.
    Start,
    /// A touch; the same channel again and again is once.
    On(Channel),
    /// The order.
    Order,
    /// No order, so far.
    Open,
}

impl Place {
    /// The word in addresses, the API and catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::On(channel) => channel.word(),
            Self::Order => "order",
            Self::Open => "open",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let ends = [Self::Start, Self::Order, Self::Open];
        let mut all = Channel::ALL.into_iter().map(Self::On).chain(ends);
        all.find(|it| it.word() == word)
    }
}

/// One place right after another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// The one before.
    pub from: Place,
    /// The one after.
    pub to: Place,
    /// How often it was gone: by a way more than once, if it comes there again.
    pub times: u64,
    /// How many people went it.
    pub people: u64,
    /// Half took at most so many days from the beginning of the one to that of the other; nothing
    /// where no time passes, from the start and to no order.
    pub median_days: Option<f64>,
}

/// The directly-follows graph of ways.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Flow {
    /// How many ways there are.
    pub ways: u64,
    /// The steps, the one that is gone most first.
    pub steps: Vec<Step>,
    /// Rarer steps that are left out.
    pub rare: u64,
}

#[derive(Default)]
struct Gone {
    times: u64,
    people: u64,
    last: Option<CustomerId>,
    days: Vec<f64>,
}

impl Flow {
    /// The graph of ways that stand by whose they are. Steps that are gone fewer than
    /// `least_percent` times on a hundred ways are only counted.
    #[must_use]
    pub fn of(ways: &[(CustomerId, Way)], least_percent: u8) -> Self {
        let mut found: BTreeMap<(Place, Place), Gone> = BTreeMap::new();
        for (customer, way) in ways {
            for hop in way.hops() {
                let gone = found.entry((hop.from, hop.to)).or_default();
                gone.times += 1;
                gone.people += u64::from(gone.last.replace(*customer) != Some(*customer));
                gone.days.extend(hop.days);
            }
        }
        let count = ways.len() as u64;
        let is_rare = |gone: &Gone| gone.times * 100 < u64::from(least_percent) * count;
        let all = found.len() as u64;
        let step = |((from, to), mut gone): ((Place, Place), Gone)| Step {
            from,
            to,
            times: gone.times,
            people: gone.people,
            median_days: median(&mut gone.days),
        };
        let kept = found.into_iter().filter(|(_, gone)| !is_rare(gone));
        let mut steps: Vec<Step> = kept.map(step).collect();
        // They stand in the order of their places, and a stable sort leaves them so.
        steps.sort_by_key(|step| std::cmp::Reverse(step.times));
        Self {
            ways: count,
            rare: all - steps.len() as u64,
            steps,
        }
    }
}

/// A step of one way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hop {
    /// The place before.
    pub from: Place,
    /// The place after.
    pub to: Place,
    /// How long it took, in days, where time passes.
    pub days: Option<f64>,
}

impl Way {
    /// Its steps, from the start to its end. From the last of several visits in a row to one
    /// channel one goes on, and to the first of them one comes.
    #[must_use]
    pub fn hops(&self) -> Vec<Hop> {
        let mut hops: Vec<Hop> = Vec::with_capacity(self.touches.len() + 1);
        let (mut here, mut since) = (Place::Start, None);
        for (channel, age) in self.touches.iter().zip(&self.ages) {
            let next = Place::On(*channel);
            if here != next {
                let days = since.map(|since: f64| (since - age).max(0.0));
                hops.push(Hop {
                    from: here,
                    to: next,
                    days,
                });
            }
            (here, since) = (next, Some(*age));
        }
        let (to, days) = match self.ended {
            Ended::Order(_) => (Place::Order, since),
            Ended::Open => (Place::Open, None),
        };
        hops.push(Hop {
            from: here,
            to,
            days,
        });
        hops
    }
}

/// The lower middle of a sample.
fn median(sample: &mut [f64]) -> Option<f64> {
    let middle = sample.len().checked_sub(1)? / 2;
    let (_, found, _) = sample.select_nth_unstable_by(middle, f64::total_cmp);
    Some(*found)
}
