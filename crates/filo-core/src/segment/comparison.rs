//! Comparing a number with what is asked.

use serde::{Deserialize, Serialize};

use super::number::Number;

/// What a number must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// This one.
    Equals(Number),
    /// Any but this one.
    Differs(Number),
    /// Less.
    Below(Number),
    /// This or less.
    AtMost(Number),
    /// More.
    Above(Number),
    /// This or more.
    AtLeast(Number),
    /// Between the two, both included.
    Between(Number, Number),
}

impl Comparison {
    /// Whether a number is what it must be.
    #[must_use]
    pub fn accepts(self, number: Number) -> bool {
        match self {
            Self::Equals(wanted) => number == wanted,
            Self::Differs(wanted) => number != wanted,
            Self::Below(limit) => number < limit,
            Self::AtMost(limit) => number <= limit,
            Self::Above(limit) => number > limit,
            Self::AtLeast(limit) => number >= limit,
            Self::Between(least, most) => (least..=most).contains(&number),
        }
    }

    /// The numbers in it.
    pub fn numbers(self) -> impl Iterator<Item = Number> {
        let (one, other) = match self {
            Self::Equals(it)
            | Self::Differs(it)
            | Self::Below(it)
            | Self::AtMost(it)
            | Self::Above(it)
            | Self::AtLeast(it) => (it, None),
            Self::Between(least, most) => (least, Some(most)),
        };
        std::iter::once(one).chain(other)
    }

    /// The least and the greatest count that is accepted, if those between are too; nothing if
    /// they are not.
    pub(super) fn counts(self) -> Option<(i64, i64)> {
        match self {
            Self::Differs(_) => None,
            Self::Equals(it) => Some((it.ceiling(), it.floor())),
            Self::Below(limit) => Some((0, limit.ceiling() - 1)),
            Self::AtMost(limit) => Some((0, limit.floor())),
            Self::Above(limit) => Some((limit.floor() + 1, i64::MAX)),
            Self::AtLeast(limit) => Some((limit.ceiling(), i64::MAX)),
            Self::Between(least, most) => Some((least.ceiling(), most.floor())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_range_of_counts_says_the_same_as_the_comparison() {
        let limit: Number = "2.5".parse().unwrap();
        for limit in [Number::whole(2), limit] {
            for comparison in [
                Comparison::Equals(limit),
                Comparison::Below(limit),
                Comparison::AtMost(limit),
                Comparison::Above(limit),
                Comparison::AtLeast(limit),
                Comparison::Between(limit, Number::whole(4)),
            ] {
                let (least, most) = comparison.counts().unwrap();
                for count in 0..6 {
                    let accepted = comparison.accepts(Number::whole(count));
                    assert_eq!(
                        accepted,
                        (least..=most).contains(&count),
                        "{comparison:?} {count}"
                    );
                }
            }
        }
    }
}
