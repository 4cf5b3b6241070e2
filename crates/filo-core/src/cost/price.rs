//! Prices in millionths, as exact as carriers write them, and the list of a company.

use std::collections::BTreeMap;
use std::fmt;
use std::iter::Sum;

use serde::{Deserialize, Serialize};

use super::item::Item;
use super::sum::{Cost, Usage};
use crate::money::{Cents, Currency};

/// Decimals of a price.
pub const DECIMALS_MOST: usize = 6;
/// A message dearer than this is a slip of the keyboard: a thousand of the currency.
pub const PRICE_MOST: Micros = Micros(1_000 * UNIT);
/// Millionths in one.
const UNIT: i64 = 1_000_000;
/// Digits before the decimals.
const WHOLE_DIGITS_MOST: usize = 9;

/// An amount in millionths of a currency that stands beside it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Micros(pub i64);

impl Micros {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Reads `0.0385` or `0,0385`: one sign at most, no groups of thousands, no more decimals
    /// than are kept, so that nothing is ever rounded.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_short = whole.len() <= WHOLE_DIGITS_MOST && part.len() <= DECIMALS_MOST;
        if whole.is_empty() || !is_short || !is_digits(whole) || !is_digits(part) {
            return None;
        }
        let whole: i64 = whole.parse().ok()?;
        let part: i64 = format!("{part:0<DECIMALS_MOST$}").parse().ok()?;
        Some(Self(whole * UNIT + part))
    }

    /// The sum, or the largest amount there is.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// So many times, or the largest amount there is.
    #[must_use]
    pub fn times(self, count: u64) -> Self {
        let product = i128::from(self.0) * i128::from(count);
        Self(i64::try_from(product).unwrap_or(i64::MAX))
    }

    /// Divided among so many, rounded half up; nothing among nobody.
    #[must_use]
    pub fn each(self, count: u64) -> Option<Self> {
        let count = i64::try_from(count).ok().filter(|count| *count > 0)?;
        Some(Self(rounded(i128::from(self.0), i128::from(count))))
    }

    /// In the smallest coins of a currency, rounded half up.
    #[must_use]
    pub fn to_cents(self, currency: Currency) -> Cents {
        let coins = 10i128.pow(u32::from(currency.minor_digits()));
        Cents(rounded(i128::from(self.0) * coins, i128::from(UNIT)))
    }
}

/// Amounts of prices are never below nothing.
fn rounded(dividend: i128, divisor: i128) -> i64 {
    i64::try_from((dividend + divisor / 2).div_euclid(divisor)).unwrap_or(i64::MAX)
}

/// As it is read: with a point, and no zeros at the end.
impl fmt::Display for Micros {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / UNIT, (self.0 % UNIT).abs());
        if part == 0 {
            return write!(out, "{whole}");
        }
        let part = format!("{part:0>DECIMALS_MOST$}");
        write!(out, "{whole}.{}", part.trim_end_matches('0'))
    }
}

impl Sum for Micros {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Self::plus)
    }
}

/// What a company pays for each thing. What is not in it has no price; what costs nothing has the
/// price nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceList {
    /// In which currency.
    pub currency: Currency,
    /// What was given.
    #[serde(default)]
    pub prices: BTreeMap<Item, Micros>,
}

impl Default for PriceList {
    fn default() -> Self {
        Self {
            currency: Currency::EUR,
            prices: BTreeMap::new(),
        }
    }
}

/// What is wrong with a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}: from 0 to {PRICE_MOST}", .item.word())]
pub struct PriceFault {
    /// Of what.
    pub item: Item,
}

impl PriceList {
    /// The list, if every price can be one.
    ///
    /// # Errors
    /// The first price that is below nothing or absurdly high.
    pub fn checked(self) -> Result<Self, PriceFault> {
        let is_wrong = |price: &Micros| *price < Micros::ZERO || *price > PRICE_MOST;
        let wrong = self.prices.iter().find(|(_, price)| is_wrong(price));
        match wrong {
            Some((item, _)) => Err(PriceFault { item: *item }),
            None => Ok(self),
        }
    }

    /// The price of something, if it was given.
    #[must_use]
    pub fn of(&self, item: Item) -> Option<Micros> {
        self.prices.get(&item).copied()
    }

    /// What something comes to.
    #[must_use]
    pub fn cost(&self, usage: &Usage) -> Cost {
        let mut cost = Cost::default();
        for (item, units) in &usage.0 {
            let price = self.of(*item).map(|price| (self.currency, price));
            cost.note(*item, *units, price);
        }
        cost
    }
}
