//! How many of a group did what.

use std::collections::BTreeMap;

use super::person::Person;
use crate::money::{Cents, Currency};
use crate::time::Timestamp;

/// Something of which people are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Figure {
    /// Came in.
    Entered,
    /// Came in, and their time is not over: they do not count yet.
    Open,
    /// Came in, and their time is over.
    Counted,
    /// Of these: reached the goal.
    Reached,
    /// Of these: bought.
    Bought,
}

impl Figure {
    /// Every one.
    pub const ALL: [Self; 5] = [
        Self::Entered,
        Self::Open,
        Self::Counted,
        Self::Reached,
        Self::Bought,
    ];

    /// The word in the API, in addresses and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Entered => "entered",
            Self::Open => "open",
            Self::Counted => "counted",
            Self::Reached => "reached",
            Self::Bought => "bought",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|figure| figure.word() == word)
    }

    /// Whether somebody is one of them now.
    #[must_use]
    pub fn holds(self, person: &Person, now: Timestamp) -> bool {
        let is_over = person.is_over(now);
        match self {
            Self::Entered => true,
            Self::Open => !is_over,
            Self::Counted => is_over,
            Self::Reached => is_over && person.done.reached_at.is_some(),
            Self::Bought => is_over && person.done.order_count > 0,
        }
    }
}

/// The figures of a group.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures {
    /// See [`Figure::Entered`].
    pub entered: usize,
    /// See [`Figure::Open`].
    pub open: usize,
    /// See [`Figure::Counted`].
    pub counted: usize,
    /// See [`Figure::Reached`].
    pub reached: usize,
    /// See [`Figure::Bought`].
    pub bought: usize,
    /// What those who count spent.
    pub revenue: BTreeMap<Currency, Cents>,
}

impl Figures {
    pub(super) fn of(people: &[Person], group: usize, now: Timestamp) -> Self {
        let of_group = people.iter().filter(|person| person.group == group);
        let count = |figure: Figure| of_group.clone().filter(|it| figure.holds(it, now)).count();
        let mut revenue: BTreeMap<Currency, Cents> = BTreeMap::new();
        for person in of_group.clone().filter(|person| person.is_over(now)) {
            for (currency, spent) in &person.done.revenue {
                let sum = revenue.entry(*currency).or_default();
                *sum = sum.plus(*spent);
            }
        }
        Self {
            entered: count(Figure::Entered),
            open: count(Figure::Open),
            counted: count(Figure::Counted),
            reached: count(Figure::Reached),
            bought: count(Figure::Bought),
            revenue,
        }
    }

    /// One of them.
    #[must_use]
    pub const fn get(&self, figure: Figure) -> usize {
        match figure {
            Figure::Entered => self.entered,
            Figure::Open => self.open,
            Figure::Counted => self.counted,
            Figure::Reached => self.reached,
            Figure::Bought => self.bought,
        }
    }
}
