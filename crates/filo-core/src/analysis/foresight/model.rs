//! What explains how everybody buys: how often, until when, and for how much.
//!
//! **Invariant:** where there is too little for a model it says of what, and nothing is foretold.

use filo_stats::lifetime::fitting::{HISTORIES_LEAST, REPEATING_LEAST};
use filo_stats::lifetime::{Amounts, Fitted, History, Prior, Process, Repeats, Spent, Unfit, fit};
use filo_stats::quantile::quantiles;
use filo_stats::random::Random;

use super::{AHEAD_DAYS, Foretold, mean};
use crate::buyer::{Lack, Lacking};

/// With so many buyers the purchases speak for themselves; with fewer a wide prior keeps the
/// parameters in bounds, which the maximum of the likelihood alone does not always do.
pub const MODEL_FLAT_FROM: usize = 500;
/// Futures of somebody that are drawn for an interval.
const FUTURES: usize = 200;
/// Four of five futures lie between these.
const TAILS: [f64; 2] = [0.1, 0.9];

/// What there is too little of for a model; nothing where there is enough and it explains nothing.
pub type Lacks = Vec<Lack>;

/// What explains the purchases of all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Model {
    /// How often and until when, with times in days: BG/NBD.
    pub repeats: Fitted<Repeats, 4>,
    /// It is the maximum of the likelihood; otherwise with the wide prior.
    pub is_flat: bool,
    /// For how much: Gamma–Gamma, in minor units; nothing where the amounts do not tell.
    pub amounts: Option<Fitted<Amounts, 3>>,
    /// What half of those who came again spent less than each time: what stands in without
    /// `amounts` for who has not.
    pub middle: Option<f64>,
    /// How much who buys often spends more each time: the correlation of times and amounts, which
    /// the model takes for none.
    pub correlation: Option<f64>,
    /// Buyers it was learned from.
    pub buyers: u64,
    /// Of these, those who came again.
    pub repeating: u64,
}

/// Between what the year of somebody lies, in four futures of five.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Between {
    /// Purchases.
    pub purchases: [f64; 2],
    /// What they bring, in minor units.
    pub worth: [f64; 2],
}

impl Model {
    /// The model of these buyers.
    ///
    /// # Errors
    /// What there is too little of.
    pub fn learn(buyers: impl Iterator<Item = (History, Option<Spent>)>) -> Result<Self, Lacks> {
        let (histories, spent): (Vec<History>, Vec<Option<Spent>>) = buyers.unzip();
        let (repeats, is_flat) = repeats_of(&histories)?;
        let pairs = histories.iter().zip(&spent);
        let pairs: Vec<(f64, f64)> = pairs
            .filter_map(|(history, spent)| {
                Some((f64::from(history.repeats()), spent.as_ref()?.mean()))
            })
            .collect();
        let spent: Vec<Spent> = spent.into_iter().flatten().collect();
        let amounts = Amounts::fit(&spent).ok();
        // Without a mean of all it says nothing of who has bought once.
        let amounts = amounts.filter(|it| it.found.of_all().is_some());
        let repeating = histories.iter().filter(|it| it.repeats() > 0).count();
        Ok(Self {
            repeats,
            is_flat,
            amounts,
            middle: middle(spent.iter().map(Spent::mean).collect()),
            correlation: correlation(&pairs),
            buyers: histories.len() as u64,
            repeating: repeating as u64,
        })
    }

    /// Purchases expected of somebody in [`AHEAD_DAYS`].
    pub(super) fn expected(&self, history: &History) -> Option<[f64; 3]> {
        let mut expected = [0.0; 3];
        for (found, days) in expected.iter_mut().zip(AHEAD_DAYS) {
            *found = self.repeats.found.expected(history, f64::from(days))?;
        }
        Some(expected)
    }

    /// What a purchase of somebody is expected to bring, in minor units.
    pub(super) fn amount(&self, spent: Option<Spent>) -> Option<f64> {
        match &self.amounts {
            Some(amounts) => amounts.found.of(spent),
            None => self.without_model(spent),
        }
    }

    /// Where amounts lie too far apart for a model (a coffee, and a pallet of it): what somebody
    /// spent at a time; of who came once, the middle of those who came again.
    fn without_model(&self, spent: Option<Spent>) -> Option<f64> {
        spent.map(|spent| spent.mean()).or(self.middle)
    }

    /// The chance that somebody buys in so many days.
    #[must_use]
    pub fn any(&self, person: &Foretold, days: u16) -> Option<f64> {
        self.repeats.found.any(&person.history, f64::from(days))
    }

    /// What somebody would bring in 365 days if it were certain that they go on, in minor units.
    #[must_use]
    pub fn at_stake(&self, person: &Foretold) -> Option<f64> {
        let days = f64::from(AHEAD_DAYS[super::WORTH]);
        let repeats = &self.repeats.found;
        Some(repeats.if_going_on(&person.history, days)? * person.amount?)
    }

    /// One future of somebody: purchases in so many days, and what they bring.
    pub(super) fn draw(&self, person: &Foretold, days: u16, random: &mut Random) -> (f64, f64) {
        let times = self
            .repeats
            .found
            .draw(&person.history, f64::from(days), random);
        let brings = match &self.amounts {
            Some(amounts) => amounts.found.draw(person.spent, times, random),
            None => f64::from(times) * self.without_model(person.spent).unwrap_or(0.0),
        };
        (f64::from(times), brings)
    }

    /// Between what the next 365 days of somebody lie, in four futures of five: drawn, with the
    /// parameters taken as they are. The same for the same person.
    #[must_use]
    pub fn between(&self, person: &Foretold) -> Between {
        let mut random = Random::seeded(super::seed(person.customer));
        let days = AHEAD_DAYS[super::WORTH];
        let futures = (0..FUTURES).map(|_| self.draw(person, days, &mut random));
        let (mut times, mut brings): (Vec<f64>, Vec<f64>) = futures.unzip();
        let ends = |drawn: &mut Vec<f64>| {
            drawn.sort_unstable_by(f64::total_cmp);
            // A whole number of purchases has no value between two.
            TAILS.map(|tail| drawn[index(tail, drawn.len())])
        };
        Between {
            purchases: ends(&mut times),
            worth: ends(&mut brings),
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a part of a count, which is not negative"
)]
fn index(part: f64, count: usize) -> usize {
    let place = part * super::of_count(count);
    (place as usize).min(count.saturating_sub(1))
}

fn middle(mut means: Vec<f64>) -> Option<f64> {
    quantiles(&mut means, [0.5]).map(|[middle]| middle)
}

fn repeats_of(histories: &[History]) -> Result<(Fitted<Repeats, 4>, bool), Lacks> {
    let fitted = |prior| fit(Process::AfterRepeats, histories, prior);
    if histories.len() >= MODEL_FLAT_FROM
        && let Ok(found) = fitted(Prior::Flat)
    {
        return Ok((found, true));
    }
    match fitted(Prior::Wide) {
        Ok(found) => Ok((found, false)),
        Err(Unfit::Degenerate) => Err(Vec::new()),
        Err(Unfit::TooFew {
            histories,
            repeating,
        }) => Err([
            lack(Lacking::Buyers, histories, HISTORIES_LEAST),
            lack(Lacking::Repeating, repeating, REPEATING_LEAST),
        ]
        .into_iter()
        .flatten()
        .collect()),
    }
}

fn lack(of: Lacking, have: usize, least: usize) -> Option<Lack> {
    let signed = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    (have < least).then(|| Lack {
        of,
        have: signed(have),
        least: signed(least),
    })
}

/// Pearson's correlation; nothing where one of the two does not vary.
fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let (x, y) = (
        mean(pairs.iter().map(|it| it.0))?,
        mean(pairs.iter().map(|it| it.1))?,
    );
    let sum = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>();
    let both = sum(&|it| (it.0 - x) * (it.1 - y));
    let (one, other) = (sum(&|it| (it.0 - x).powi(2)), sum(&|it| (it.1 - y).powi(2)));
    let found = both / (one * other).sqrt();
    found.is_finite().then_some(found)
}
