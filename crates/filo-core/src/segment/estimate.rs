//! How many are in a segment, told by a part of everybody that is as good as drawn.
//!
//! **Invariant:** the interval contains the estimate, and says nothing that those who were looked
//! at contradict.

use filo_stats::proportion::{Z_95, wilson};

/// About how many are in a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// The best guess.
    pub members: u64,
    /// At least so many, with 95 % confidence.
    pub low: u64,
    /// At most so many, with 95 % confidence.
    pub high: u64,
}

impl Estimate {
    /// About how many of `customers` are in, if `members` of `looked` were. The interval is
    /// Wilson's; that many of everybody may have been looked at only makes it too wide.
    #[must_use]
    pub fn new(members: u64, looked: u64, customers: u64) -> Self {
        let customers = customers.max(looked);
        let Some(share) = wilson(members, looked, Z_95) else {
            return Self {
                members: 0,
                low: 0,
                high: customers,
            };
        };
        let others = looked.saturating_sub(members);
        let (least, most) = (members, customers.saturating_sub(others));
        let guess = (u128::from(members) * u128::from(customers) + u128::from(looked) / 2)
            / u128::from(looked);
        let guess = u64::try_from(guess).unwrap_or(u64::MAX).clamp(least, most);
        let high = part(share.high, customers).saturating_add(1);
        Self {
            members: guess,
            low: part(share.low, customers).clamp(least, guess),
            high: high.clamp(guess, most),
        }
    }
}

/// So many of everybody, rounded down.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share, from 0 to 1, of a count that is far under 2^53"
)]
fn part(share: f64, of: u64) -> u64 {
    (share * of as f64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_is_a_tenth_and_the_interval_is_wilsons() {
        let estimate = Estimate::new(100, 1_000, 100_000);
        assert_eq!(estimate.members, 10_000);
        // 8.29 % to 12.02 % (Newcombe 1998, method 3, for 100 of 1,000).
        assert!((8_280..8_300).contains(&estimate.low), "{estimate:?}");
        assert!((12_010..12_030).contains(&estimate.high), "{estimate:?}");
    }

    #[test]
    fn it_contradicts_nobody_who_was_looked_at() {
        for (members, looked, customers) in [
            (0, 0, 10),
            (0, 3, 3),
            (3, 3, 3),
            (2, 3, 4),
            (0, 5, 1_000),
            (5, 5, 1_000),
            (7, 9, 8),
        ] {
            let it = Estimate::new(members, looked, customers);
            assert!(it.low <= it.members && it.members <= it.high, "{it:?}");
            assert!(it.high <= customers.max(looked), "{it:?}");
            assert!(looked == 0 || it.low >= members, "{it:?}");
        }
    }
}
