//! Who may take credit for what was achieved at the end of a path: rules that look at one path, and
//! models that look at all of them.
//!
//! Credit is association: what would have happened without a channel only an experiment tells.
//!
//! **Invariant:** the credits of all channels together are the conversions that were seen, and
//! their values together the value.

mod bootstrap;
mod chain;
mod minima;
mod order;
mod removal;
mod rules;
#[cfg(test)]
mod tests;

pub use bootstrap::{Band, RESAMPLES, bootstrap};
pub use minima::{CHANNEL_LEAST, CONVERSIONS_LEAST, Pooled, TooFew, pool};
pub use order::{Choice, Fit, choose_order};
pub use removal::{Effect, Markov, markov};
pub use rules::{HALF_LIFE_DAYS, Rule, by_rule, shapley};

use crate::paths::Paths;

/// What one channel is credited with.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Credit {
    /// Conversions.
    pub conversions: f64,
    /// Their value, in the unit of the paths.
    pub value: f64,
}

/// How far back the states of a chain look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// At the last touch.
    One,
    /// At the last two touches.
    Two,
    /// At the last three touches.
    Three,
}

impl Order {
    /// All there are, the shortest first.
    pub const ALL: [Self; 3] = [Self::One, Self::Two, Self::Three];

    /// How many touches it looks at.
    #[must_use]
    pub const fn touches(self) -> usize {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Three => 3,
        }
    }
}

/// A way of giving credit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Method {
    /// By a rule ([`by_rule`]).
    Rule(Rule),
    /// By what is missing without it ([`markov`]).
    Markov(Order),
    /// By what it adds to the others ([`shapley`]).
    Shapley,
}

/// The credit of each channel, as many as there are channels; `None` as of the method.
#[must_use]
pub fn credits(paths: &Paths, method: Method) -> Option<Vec<Credit>> {
    match method {
        Method::Rule(rule) => by_rule(paths, rule),
        Method::Markov(order) => Some(markov(paths, order)?.credits),
        Method::Shapley => shapley(paths),
    }
}

/// How much of a key one touch takes; three of them take 51 bits.
const KEY_BITS: u32 = 17;

/// The key of touches that follow on one another, with one more of which no more than `most` are
/// kept: 0 of none, different of different ones.
const fn key_after(key: u64, touch: u16, most: usize) -> u64 {
    let mask = match most {
        0 => 0,
        1 => (1 << KEY_BITS) - 1,
        2 => (1 << (2 * KEY_BITS)) - 1,
        _ => (1 << (3 * KEY_BITS)) - 1,
    };
    // One more, so that no channel looks like no touch.
    ((key << KEY_BITS) | (touch as u64 + 1)) & mask
}
