//! What some people are expected to bring together, and how sure that is.
//!
//! **Invariant:** a total is the sum of what is expected of each; its interval holds it.

use filo_stats::lifetime::{Amounts, Repeats};
use filo_stats::proportion::Z_95;
use filo_stats::random::Random;

use super::{AHEAD_DAYS, Foretold, Model, WORTH, mean, of_count, seed};

/// Futures that are drawn of each of a sample.
const FUTURES: usize = 24;

/// A number with its interval of 95 %.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// What is expected.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// What some people are expected to do together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Total {
    /// How many they are.
    pub people: u64,
    /// Their purchases in [`AHEAD_DAYS`].
    pub purchases: [Estimate; 3],
    /// What those of the last bring, in minor units; nothing where no amount is known.
    pub worth: Option<Estimate>,
}

impl Estimate {
    /// Around a sum that is not negative, with its variance: normal in the logarithm, so that no
    /// end is negative.
    fn new(value: f64, variance: f64) -> Self {
        let reach = if value > 0.0 {
            (Z_95 * variance.max(0.0).sqrt() / value).min(20.0)
        } else {
            0.0
        };
        Self {
            value,
            low: value * (-reach).exp(),
            high: value * reach.exp(),
        }
    }
}

impl Total {
    /// What these are expected to do. What is not known of the parameters (the delta method) and
    /// what is left to chance (drawn) are taken from a sample of so many, and added.
    #[must_use]
    pub fn of(people: &[&Foretold], model: &Model, sample: usize) -> Self {
        let sum = |of: &dyn Fn(&Foretold) -> Option<f64>| -> f64 {
            people.iter().filter_map(|it| of(it)).sum()
        };
        let step = people.len().div_ceil(sample.max(1)).max(1);
        let some: Vec<&Foretold> = people.iter().step_by(step).copied().collect();
        let scale = of_count(people.len()) / of_count(some.len().max(1));
        let chances = chances(&some, model, scale);
        let mut purchases = [Estimate::new(0.0, 0.0); 3];
        for (at, estimate) in purchases.iter_mut().enumerate() {
            let value = sum(&|it| it.expected.map(|expected| expected[at]));
            let known = model
                .repeats
                .variance_of(|it| times(it, &some, AHEAD_DAYS[at]));
            *estimate = Estimate::new(value, known * scale * scale + chances[at].0);
        }
        let is_priced = people.iter().any(|it| it.worth().is_some());
        let worth = is_priced.then(|| {
            let known = worth_variance(&some, model) * scale * scale;
            Estimate::new(sum(&Foretold::worth), known + chances[WORTH].1)
        });
        Self {
            people: people.len() as u64,
            purchases,
            worth,
        }
    }

    /// What each is worth on average.
    #[must_use]
    pub fn worth_each(&self) -> Option<Estimate> {
        let worth = self.worth?;
        let count = of_count(usize::try_from(self.people).ok()?);
        (count > 0.0).then(|| Estimate {
            value: worth.value / count,
            low: worth.low / count,
            high: worth.high / count,
        })
    }
}

/// Purchases expected of a sample with these parameters.
fn times(repeats: &Repeats, some: &[&Foretold], days: u16) -> f64 {
    let each = some.iter();
    each.filter_map(|it| repeats.expected(&it.history, f64::from(days)))
        .sum()
}

/// The variance of the worth of a sample by what is not known of either half of the model.
fn worth_variance(some: &[&Foretold], model: &Model) -> f64 {
    let days = f64::from(AHEAD_DAYS[WORTH]);
    let of_repeats = model.repeats.variance_of(|repeats| {
        let each = some.iter();
        each.filter_map(|it| Some(repeats.expected(&it.history, days)? * it.amount?))
            .sum()
    });
    let of_amounts = model.amounts.map_or(0.0, |amounts| {
        amounts.variance_of(|amounts: &Amounts| {
            let each = some.iter();
            each.filter_map(|it| Some(it.expected?[WORTH] * amounts.of(it.spent)?))
                .sum()
        })
    });
    of_repeats + of_amounts
}

/// The variances of purchases and of what they bring that are left to chance, by days ahead.
fn chances(some: &[&Foretold], model: &Model, scale: f64) -> [(f64, f64); 3] {
    let mut variances = [(0.0, 0.0); 3];
    for (days, variance) in AHEAD_DAYS.into_iter().zip(&mut variances) {
        for person in some {
            // Where somebody's future does not depend on who else is looked at, neither does a sum.
            let mut random = Random::seeded(seed(person.customer) ^ u64::from(days));
            let futures: Vec<(f64, f64)> = (0..FUTURES)
                .map(|_| model.draw(person, days, &mut random))
                .collect();
            variance.0 += spread(futures.iter().map(|it| it.0)) * scale;
            variance.1 += spread(futures.iter().map(|it| it.1)) * scale;
        }
    }
    variances
}

/// The variance of what was drawn.
fn spread(drawn: impl Iterator<Item = f64> + Clone) -> f64 {
    let Some(middle) = mean(drawn.clone()) else {
        return 0.0;
    };
    let squares: f64 = drawn.map(|it| (it - middle).powi(2)).sum();
    squares / of_count(FUTURES - 1)
}
