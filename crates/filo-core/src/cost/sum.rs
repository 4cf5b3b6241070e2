//! How much of what, and what that comes to.
//!
//! **Invariant:** a sum of parts is the part of sums, in whatever order they are added.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::item::Item;
use super::price::Micros;
use crate::money::Currency;

/// How much of what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Usage(pub BTreeMap<Item, u64>);

impl Usage {
    /// So much of one thing.
    #[must_use]
    pub fn of(item: Item, units: u64) -> Self {
        let mut usage = Self::default();
        usage.note(item, units);
        usage
    }

    /// Counts so much more of something.
    pub fn note(&mut self, item: Item, units: u64) {
        if units > 0 {
            let count = self.0.entry(item).or_default();
            *count = count.saturating_add(units);
        }
    }

    /// Counts all of another.
    pub fn add(&mut self, other: &Self) {
        for (item, units) in &other.0 {
            self.note(*item, *units);
        }
    }
}

/// What one thing came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// How much of it there was.
    pub units: u64,
    /// How much of that without a price.
    pub unpriced: u64,
    /// What the rest came to.
    pub amounts: BTreeMap<Currency, Micros>,
}

/// What several things came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cost {
    /// Each of them.
    pub lines: BTreeMap<Item, Line>,
}

impl Cost {
    /// Adds so much of something at a price; without one, if none was given.
    pub fn note(&mut self, item: Item, units: u64, price: Option<(Currency, Micros)>) {
        if units == 0 {
            return;
        }
        let line = self.lines.entry(item).or_default();
        line.units = line.units.saturating_add(units);
        match price {
            None => line.unpriced = line.unpriced.saturating_add(units),
            Some((currency, price)) => {
                let sum = line.amounts.entry(currency).or_default();
                *sum = sum.plus(price.times(units));
            }
        }
    }

    /// Whether there was nothing to pay for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Whether something had no price: what it came to is the least that it can be.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.lines.values().any(|line| line.unpriced > 0)
    }

    /// What it all came to, by currency; none where nothing had a price.
    #[must_use]
    pub fn total(&self) -> BTreeMap<Currency, Micros> {
        let mut total: BTreeMap<Currency, Micros> = BTreeMap::new();
        let amounts = self.lines.values().flat_map(|line| &line.amounts);
        for (currency, amount) in amounts {
            let sum = total.entry(*currency).or_default();
            *sum = sum.plus(*amount);
        }
        total
    }
}
