//! What would have been expected some time ago, against what came: the model learned again from
//! what had happened by then.
//!
//! **Invariant:** everybody who had bought by then is in one band; nothing after then is used to
//! expect, but an order that was called off since is one that never was.

use filo_stats::proportion::{Proportion, Z_95, wilson};

use super::super::buyer::{Buyer, Seen};
use super::model::{Lacks, Model};
use super::{mean, of_count};
use crate::buyer::days_after;
use crate::id::CustomerId;
use crate::time::Timestamp;

/// How many days ago.
pub const CHECK_DAYS: u16 = 90;
/// Bands of equally many, where there are so many people; fewer otherwise.
const BANDS: usize = 10;
const BANDS_FEW: usize = 5;
const MANY: usize = 500;

/// What was expected, and what came.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// From when on it was expected.
    pub from: Timestamp,
    /// From the least likely to the most likely to buy.
    pub bands: Vec<CheckBand>,
    /// The mean square of how far chances were off (Brier 1950): 0 is right every time.
    pub brier: f64,
    /// The same of who tells everybody the share of those who came.
    pub brier_of_share: f64,
    /// Purchases that were expected of all.
    pub expected: f64,
    /// Purchases that came.
    pub came: u64,
    /// Everybody, from the least likely on.
    pub people: Vec<Checked>,
}

/// Equally many people of near chances.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CheckBand {
    /// How many.
    pub people: u64,
    /// How many of them bought.
    pub bought: u64,
    /// The mean of their chances.
    pub predicted: f64,
    /// The share of them that bought, with its interval of 95 %.
    pub observed: Proportion,
}

/// Somebody who had bought by then.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Checked {
    /// Who.
    pub customer: CustomerId,
    /// The chance that they would buy.
    pub predicted: f64,
    /// Whether they did.
    pub bought: bool,
    /// In which band.
    pub band: usize,
}

impl Check {
    pub(super) fn of(buyers: &[Buyer], at: Timestamp) -> Result<Self, Lacks> {
        let from = days_after(at, -i64::from(CHECK_DAYS));
        let then = |buyer: &Buyer| Seen::of(buyer.purchases.at(from), from);
        let known: Vec<(&Buyer, Seen)> = buyers
            .iter()
            .filter_map(|buyer| Some((buyer, then(buyer)?)))
            .collect();
        let model = Model::learn(known.iter().map(|(_, it)| (it.history, it.spent)))?;
        let (repeats, days) = (&model.repeats.found, f64::from(CHECK_DAYS));
        let (mut expected, mut came) = (0.0, 0_u64);
        let mut people = Vec::with_capacity(known.len());
        for (buyer, seen) in &known {
            let now = Seen::of(buyer.purchases.at(at), at);
            let now = now.map_or(0, |it| it.history.repeats());
            let new = now.saturating_sub(seen.history.repeats());
            expected += repeats.expected(&seen.history, days).unwrap_or(0.0);
            came += u64::from(new);
            people.push(Checked {
                customer: buyer.customer,
                predicted: repeats.any(&seen.history, days).unwrap_or(0.0),
                bought: new > 0,
                band: 0,
            });
        }
        let order = |one: &Checked, other: &Checked| {
            let by_chance = one.predicted.total_cmp(&other.predicted);
            by_chance.then(one.customer.cmp(&other.customer))
        };
        people.sort_unstable_by(order);
        let bands = bands(&mut people);
        let share = of_count(people.iter().filter(|it| it.bought).count()) / of_count(people.len());
        let off = |chance: &dyn Fn(&Checked) -> f64| {
            let of = |it: &Checked| (chance(it) - f64::from(u8::from(it.bought))).powi(2);
            mean(people.iter().map(of)).unwrap_or(0.0)
        };
        Ok(Self {
            from,
            bands,
            brier: off(&|it| it.predicted),
            brier_of_share: off(&|_| share),
            expected,
            came,
            people,
        })
    }
}

fn bands(people: &mut [Checked]) -> Vec<CheckBand> {
    let count = people.len();
    let band_count = if count < MANY { BANDS_FEW } else { BANDS };
    let mut bands = Vec::with_capacity(band_count);
    for band in 0..band_count {
        let range = band * count / band_count..(band + 1) * count / band_count;
        let these = &mut people[range];
        for person in &mut *these {
            person.band = band;
        }
        let bought = these.iter().filter(|it| it.bought).count() as u64;
        let (Some(predicted), Some(observed)) = (
            mean(these.iter().map(|it| it.predicted)),
            wilson(bought, these.len() as u64, Z_95),
        ) else {
            continue;
        };
        bands.push(CheckBand {
            people: these.len() as u64,
            bought,
            predicted,
            observed,
        });
    }
    bands
}
