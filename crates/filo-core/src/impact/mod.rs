//! What a journey changed: those who went it compared with those who were held back of it; and
//! the ways of an experiment compared with its first.
//!
//! Everybody counts once, in the group that chance put them in when they first came in, whatever
//! became of them afterwards (intention to treat); and only once their window is over, so that
//! everybody had the same time.
//!
//! **Invariant:** what is said is a function of the people, the shares and now; a figure is the
//! number of people for whom [`Figure::holds`], and of those alone.
//! **Invariant:** an effect is said with the interval that holds at every look at once, and never
//! without one.

mod drawn;
mod effect;
mod figures;
mod person;
#[cfg(test)]
mod tests;

use filo_stats::experiment::{MISMATCH_P, mismatch_evidence};

pub use drawn::measure_drawn;
pub use effect::{Between, Effect, MoneyBetween, MoneyEffect, Outcome, Verdict};
pub use figures::{Figure, Figures};
pub use person::{Done, Person, done_within, window_of};

use crate::time::Timestamp;

/// What was measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Impact {
    /// The groups, the one that the others are compared with first.
    pub groups: Vec<Figures>,
    /// How often something was done, each group against the first.
    pub effects: Vec<Effect>,
    /// What was spent, each group against the first, by currency.
    pub money: Vec<MoneyEffect>,
    /// The groups are not as large as they were meant to be, and not by chance.
    pub is_mismatched: bool,
    /// When the first window is over, while none is.
    pub first_at: Option<Timestamp>,
}

/// Measures groups that are meant to have these shares, of whatever whole.
#[must_use]
pub fn measure(people: &[Person], shares: &[u8], has_goal: bool, now: Timestamp) -> Impact {
    let groups: Vec<Figures> = (0..shares.len())
        .map(|group| Figures::of(people, group, now))
        .collect();
    let counts: Vec<usize> = groups.iter().map(|group| group.entered).collect();
    let shares: Vec<f64> = shares.iter().map(|share| f64::from(*share)).collect();
    let evidence = mismatch_evidence(&counts, &shares);
    let comparing = effect::Comparing::new(people, &groups, now);
    Impact {
        effects: comparing.effects(has_goal),
        money: comparing.money(),
        is_mismatched: evidence.is_some_and(|evidence| evidence >= 1.0 / MISMATCH_P),
        first_at: first_over(people, now),
        groups,
    }
}

/// When the first window is over, while none is.
fn first_over(people: &[Person], now: Timestamp) -> Option<Timestamp> {
    let is_over = people.iter().any(|person| person.is_over(now));
    let first = people.iter().map(|person| person.until).min();
    first.filter(|_| !is_over)
}
