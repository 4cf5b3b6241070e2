//! What is expected of everybody who has bought, by how they and all others bought so far.
//!
//! **Invariant:** everybody who has bought by the instant is in it once, whether there is a model
//! or not; what a model says of somebody depends on nothing but their purchases and those of all.

mod check;
mod model;
mod total;

pub use check::{CHECK_DAYS, Check, CheckBand, Checked};
pub use model::{Between, Lacks, MODEL_FLAT_FROM, Model};
pub use total::{Estimate, Total};

use std::sync::Arc;

use ahash::HashMap;
use filo_stats::lifetime::{History, Spent};

use super::buyer::{Buyer, Seen, of_count};
use crate::event::Channel;
use crate::id::CustomerId;
use crate::money::{Cents, Currency};
use crate::time::Timestamp;

/// How many days ahead purchases are expected.
pub const AHEAD_DAYS: [u16; 3] = [30, 90, 365];
/// The last of them, for which a worth is told.
const WORTH: usize = AHEAD_DAYS.len() - 1;

/// What is expected of everybody at an instant.
#[derive(Debug)]
pub struct Foresight {
    /// When.
    pub at: Timestamp,
    /// What amounts are in.
    pub currency: Currency,
    /// Those of whom it was read, by id; who has not bought by the instant is among them.
    pub buyers: Arc<Vec<Buyer>>,
    /// What explains their purchases, or what there is too little of.
    pub model: Result<Model, Lacks>,
    /// Everybody who has bought, by id.
    pub people: Vec<Foretold>,
    /// What would have been expected before, against what came.
    pub check: Result<Check, Lacks>,
}

/// What is known and expected of somebody. Amounts are in minor units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Foretold {
    /// Who.
    pub customer: CustomerId,
    /// Their place among [`Foresight::buyers`].
    pub place: usize,
    /// Where their first order was placed.
    pub first_channel: Option<Channel>,
    /// When.
    pub first_at: Timestamp,
    /// The last order.
    pub last_at: Timestamp,
    /// Orders that stand.
    pub orders: u64,
    /// What they brought.
    pub revenue: Cents,
    /// Purchases as the model sees them.
    pub history: History,
    /// What those after the first brought.
    pub spent: Option<Spent>,
    /// The chance that they still buy here; nothing without a model, and nothing of who has bought
    /// once: of them the model takes it for granted.
    pub going_on: Option<f64>,
    /// Purchases expected in [`AHEAD_DAYS`].
    pub expected: Option<[f64; 3]>,
    /// What a purchase is expected to bring.
    pub amount: Option<f64>,
}

impl Foretold {
    /// What they are expected to bring in 365 days, in minor units.
    #[must_use]
    pub fn worth(&self) -> Option<f64> {
        Some(self.expected?[WORTH] * self.amount?)
    }

    /// Purchases, the first one included.
    #[must_use]
    pub fn purchases(&self) -> u64 {
        u64::from(self.history.repeats()) + 1
    }

    /// What comes first where the most is expected, then who brought most.
    pub(super) fn rank(&self) -> (std::cmp::Reverse<i64>, std::cmp::Reverse<Cents>, CustomerId) {
        let worth = self.worth().map_or(-1, rounded);
        (
            std::cmp::Reverse(worth),
            std::cmp::Reverse(self.revenue),
            self.customer,
        )
    }
}

impl Foresight {
    /// What is expected of these buyers, who come by id.
    #[must_use]
    pub fn of(buyers: Arc<Vec<Buyer>>, at: Timestamp, currency: Currency) -> Self {
        let mut people: Vec<Foretold> = Vec::with_capacity(buyers.len());
        for (place, buyer) in buyers.iter().enumerate() {
            people.extend(seen(place, buyer, at));
        }
        let model = Model::learn(people.iter().map(|it| (it.history, it.spent)));
        if let Ok(model) = &model {
            foretell(&mut people, model);
        }
        let check = Check::of(&buyers, at);
        Self {
            at,
            currency,
            buyers,
            model,
            people,
            check,
        }
    }

    /// Somebody, if they have bought.
    #[must_use]
    pub fn person(&self, customer: CustomerId) -> Option<&Foretold> {
        let found = self
            .people
            .binary_search_by_key(&customer, |it| it.customer);
        self.people.get(found.ok()?)
    }
}

/// What is seen of somebody, without anything foretold.
fn seen(place: usize, buyer: &Buyer, at: Timestamp) -> Option<Foretold> {
    let bought = buyer.purchases.at(at);
    let Seen { history, spent } = Seen::of(bought, at)?;
    Some(Foretold {
        customer: buyer.customer,
        place,
        first_channel: buyer.first_channel,
        first_at: bought.orders().first()?.placed_at,
        last_at: bought.last_at()?,
        orders: bought.count() as u64,
        revenue: bought.revenue(),
        history,
        spent,
        going_on: None,
        expected: None,
        amount: None,
    })
}

/// Many have the same history, and a formula is worked out for each different one.
fn foretell(people: &mut [Foretold], model: &Model) {
    type Key = (u32, u64, u64);
    let mut known: HashMap<Key, Option<[f64; 3]>> = HashMap::default();
    let repeats = &model.repeats.found;
    for person in people {
        let history = person.history;
        let key = (
            history.repeats(),
            history.last().to_bits(),
            history.watched().to_bits(),
        );
        person.expected = *known.entry(key).or_insert_with(|| model.expected(&history));
        person.going_on = (history.repeats() > 0).then(|| repeats.going_on(&history));
        person.amount = model.amount(person.spent);
    }
}

/// Minor units, to the nearest.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    reason = "what people are worth is far under 2^53 cents"
)]
pub fn rounded(amount: f64) -> i64 {
    amount.round() as i64
}

/// The mean of some numbers.
fn mean(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let (mut count, mut sum) = (0_usize, 0.0);
    for number in numbers {
        count += 1;
        sum += number;
    }
    (count > 0).then(|| sum / of_count(count))
}

/// What a generator for somebody begins with.
#[expect(clippy::cast_possible_truncation, reason = "any part of an id does")]
const fn seed(customer: CustomerId) -> u64 {
    customer.0 as u64
}
