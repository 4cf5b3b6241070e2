//! Customers who are probably one person: searched, proposed, answered.
//!
//! **Invariant:** whether by a person or by itself, two customers become one only by a ruling,
//! which is an event and can be taken back; who was ruled to be different is not proposed.

mod answering;
mod person;
mod searching;
mod setting;
mod watching;

use std::collections::HashSet;

use filo_core::duplicate::Field;
use filo_core::id::CustomerId;
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

pub use answering::{ACCEPTED_MOST, DuplicateAnswer, DuplicateView, Previewed};
pub(crate) use searching::Searches;
pub use searching::{SearchReport, SearchState};
pub use setting::{DuplicateSettings, DuplicateSettingsView};

/// Changed customers that wait to be looked at; beyond, a search of everybody is due.
const CHANGED_MOST: usize = 20_000;

/// What one field adds to the odds, in bits: above 0 it speaks for one person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The field's word; `prior` and `household` are no fields.
    pub field: String,
    /// In bits.
    pub bits: f64,
}

/// How likely it was before anything was compared.
const PRIOR: &str = "prior";
/// What is taken off because two people of one household share much.
const HOUSEHOLD: &str = "household";

/// The parts of some evidence, without those that say nothing.
fn parts(evidence: &filo_core::duplicate::Evidence) -> Vec<Part> {
    let fields = Field::ALL.iter().map(|field| field.word());
    let fields = fields.zip(evidence.contributions.iter().copied());
    let rest = [(HOUSEHOLD, evidence.nearness), (PRIOR, evidence.prior)];
    let rounded = |bits: f64| (bits * 10.0).round() / 10.0;
    fields
        .chain(rest)
        .map(|(field, bits)| (field, rounded(bits)))
        .filter(|(_, bits)| bits.abs() > 0.05)
        .map(|(field, bits)| Part {
            field: field.to_owned(),
            bits,
        })
        .collect()
}

/// A probability in ten-thousandths.
#[expect(clippy::cast_possible_truncation, reason = "between 0 and 10000")]
fn ten_thousandths(probability: f64) -> i64 {
    (probability.clamp(0.0, 1.0) * 10_000.0).floor() as i64
}

/// Which customers have changed, told by checkpoints.
#[derive(Debug, Default)]
pub(crate) struct Changed {
    waiting: Mutex<Waiting>,
    wake: Notify,
    /// One looks at a time, so that whoever waits for the end knows that it is reached.
    looking: tokio::sync::Mutex<()>,
    /// Held by whoever writes pairs, or answers one: a pair that was just answered must not come
    /// back from a look that began before.
    writing: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Waiting {
    customers: HashSet<CustomerId>,
    /// There were too many: only a search of everybody finds all.
    missed: bool,
}

impl Changed {
    /// Notes changed customers.
    pub(crate) fn note(&self, customers: impl Iterator<Item = CustomerId>) {
        let mut waiting = self.waiting.lock();
        for customer in customers {
            if waiting.customers.len() >= CHANGED_MOST {
                waiting.missed = true;
                break;
            }
            waiting.customers.insert(customer);
        }
        let some = !waiting.customers.is_empty();
        drop(waiting);
        if some {
            self.wake.notify_one();
        }
    }

    fn take(&self, most: usize) -> Vec<CustomerId> {
        let mut waiting = self.waiting.lock();
        let taken: Vec<CustomerId> = waiting.customers.iter().take(most).copied().collect();
        for customer in &taken {
            waiting.customers.remove(customer);
        }
        taken
    }

    fn has_missed(&self) -> bool {
        self.waiting.lock().missed
    }

    fn begin_anew(&self) {
        let mut waiting = self.waiting.lock();
        waiting.customers.clear();
        waiting.missed = false;
    }
}
