//! Who gets no marketing, so that what it does can be measured.
//!
//! **Invariant (I12):** whether somebody is held back is a stable function of the workspace's key
//! and the customer alone: restarts, versions and machines do not change it.

use crate::id::{CustomerId, WorkspaceKey};

const FORM: &[u8] = b"Filo holdout 1";

/// Whether a customer is among so many of a hundred.
#[must_use]
pub fn is_held_back(key: &WorkspaceKey, customer: CustomerId, percent: u8) -> bool {
    let mut hasher = blake3::Hasher::new_keyed(&key.0);
    hasher.update(FORM);
    hasher.update(&customer.to_bytes());
    let mut short = [0; 8];
    hasher.finalize_xof().fill(&mut short);
    // The remainder of 64 bits by a hundred is off by less than 1e-17.
    u64::from_le_bytes(short) % 100 < u64::from(percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_as_large_as_was_said_and_grows_without_moving_anybody() {
        let key = WorkspaceKey([7; 32]);
        let held = |percent| -> Vec<u128> {
            let is_held = |id: &u128| is_held_back(&key, CustomerId(*id), percent);
            (0..100_000).filter(is_held).collect()
        };
        let (ten, twenty) = (held(10), held(20));
        // Four standard deviations of a binomial count.
        assert!(ten.len().abs_diff(10_000) < 380, "{}", ten.len());
        assert!(twenty.len().abs_diff(20_000) < 506, "{}", twenty.len());
        assert!(ten.iter().all(|id| twenty.binary_search(id).is_ok()));
        assert!(held(0).is_empty());
    }

    /// The same on every machine and in every version.
    #[test]
    fn who_is_held_back_never_changes() {
        let key = WorkspaceKey([1; 32]);
        let held: Vec<u128> = (0..60)
            .filter(|id| is_held_back(&key, CustomerId(*id), 10))
            .collect();
        insta::assert_compact_debug_snapshot!(held);
    }
}
