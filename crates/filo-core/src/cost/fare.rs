//! What one message is paid for, where not every text is known: an average over some.

use super::item::Item;

/// What a message is paid for, on average.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fare {
    /// What is paid.
    pub item: Item,
    /// How often, over all texts that were looked at.
    pub units: u64,
    /// How many these are, at least one.
    pub texts: u64,
}

impl Fare {
    /// By one text.
    #[must_use]
    pub const fn of((item, units): (Item, u64)) -> Self {
        Self {
            item,
            units,
            texts: 1,
        }
    }

    /// Looks at one text more.
    pub const fn note(&mut self, units: u64) {
        self.units = self.units.saturating_add(units);
        self.texts = self.texts.saturating_add(1);
    }

    /// How much it is for so many messages, rounded half up.
    #[must_use]
    pub fn times(self, messages: u64) -> u64 {
        let texts = u128::from(self.texts.max(1));
        let all = u128::from(self.units) * u128::from(messages);
        u64::try_from((all + texts / 2) / texts).unwrap_or(u64::MAX)
    }
}
