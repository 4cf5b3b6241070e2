//! What a goal of a journey cost: one that was reached, and one more than would have been reached
//! without it.
//!
//! **Invariant:** nothing is divided that has several currencies, and nothing that has no price.

use filo_core::cost::{Micros, PerGoal, PerMore};
use filo_core::impact::{Figure, Outcome};
use filo_core::money::Currency;

use super::{ImpactView, TREATED};

impl ImpactView {
    /// What is counted: the goal, or where there is none, that somebody bought.
    #[must_use]
    pub const fn counted(&self) -> Outcome {
        match self.measured.goal {
            Some(_) => Outcome::Goal,
            None => Outcome::Purchase,
        }
    }

    /// What was spent, if it is of one currency.
    #[must_use]
    pub fn spent_amount(&self) -> Option<(Currency, Micros)> {
        let total = self.spent.cost.total();
        match total.len() {
            1 => total.into_iter().next(),
            _ => None,
        }
    }

    /// What each goal cost that was reached by those who went the journey and have had their
    /// time; nothing where none was, or nothing has a price.
    #[must_use]
    pub fn per_goal(&self) -> Option<(Currency, PerGoal)> {
        let (currency, spent) = self.spent_amount()?;
        let figure = match self.counted() {
            Outcome::Goal => Figure::Reached,
            Outcome::Purchase => Figure::Bought,
        };
        let goals = self.measured.impact.groups.get(TREATED)?.get(figure);
        let goals = u64::try_from(goals).unwrap_or(u64::MAX);
        Some((currency, PerGoal::of(spent, goals)?))
    }

    /// What each goal cost that would not have been reached without it; nothing where nobody is
    /// compared, or nothing has a price.
    #[must_use]
    pub fn per_more(&self) -> Option<(Currency, PerMore)> {
        let (currency, spent) = self.spent_amount()?;
        let counted = self.counted();
        let mut effects = self.measured.impact.effects.iter();
        let effect = effects.find(|it| it.group == TREATED && it.outcome == counted)?;
        Some((currency, PerMore::of(spent, effect.people)))
    }
}
