//! Who goes the way of a journey without being told anything, so that it is seen what it changes.
//!
//! **Invariant (I12):** whether somebody is held back is a function of the journey, the person's
//! stable id and the share alone, on every machine and in every version; it says nothing about
//! who is held back elsewhere. A larger share holds back the same people and more.

use crate::id::{CustomerId, JourneyId};

/// The share, of a hundred, of those who come into a journey that says nothing about it.
pub const HOLDOUT_USUAL_PERCENT: u8 = 10;
/// The largest share: with more, the journey would be for the fewer.
pub const HOLDOUT_MOST_PERCENT: u8 = 50;

const FORM: &[u8] = b"Filo journey holdout 1";

/// Whether a person is among so many of a hundred. The draw is from 0 to 9999: the first eight
/// bytes of BLAKE3 over the form, the journey's id and the person's, as a number, modulo ten
/// thousand.
#[must_use]
pub fn is_held_back(journey: JourneyId, person: CustomerId, percent: u8) -> bool {
    let mut hasher = blake3::Hasher::new();
    hasher.update(FORM);
    hasher.update(&journey.to_bytes());
    hasher.update(&person.to_bytes());
    let mut short = [0u8; 8];
    short.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    u64::from_be_bytes(short) % 10_000 < u64::from(percent) * 100
}

#[cfg(test)]
mod tests {
    use filo_stats::experiment::chi_square;

    use super::*;
    use crate::id::WorkspaceKey;
    use crate::message;

    const PEOPLE: u128 = 100_000;

    fn held(journey: u128, percent: u8) -> Vec<u128> {
        let is_held = |id: &u128| is_held_back(JourneyId(journey), CustomerId(*id), percent);
        (0..PEOPLE).filter(is_held).collect()
    }

    #[test]
    fn a_share_is_as_large_as_was_said_and_grows_without_moving_anybody() {
        let (ten, twenty) = (held(1, 10), held(1, 20));
        for (held, share) in [(&ten, 0.1), (&twenty, 0.2)] {
            let counts = [held.len(), usize::try_from(PEOPLE).unwrap() - held.len()];
            assert!(chi_square(&counts, &[share, 1.0 - share]).unwrap() > 0.001);
        }
        assert!(ten.iter().all(|id| twenty.binary_search(id).is_ok()));
        assert!(held(1, 0).is_empty());
    }

    /// In two journeys, or in one and in general, together as often as chance would have it.
    #[test]
    fn holdouts_say_nothing_of_each_other() {
        let one = held(1, 50);
        let key = WorkspaceKey([7; 32]);
        let general = |id: &&u128| message::holdout::is_held_back(&key, CustomerId(**id), 50);
        let other = |id: &&u128| is_held_back(JourneyId(2), CustomerId(**id), 50);
        let both = [
            one.iter().filter(general).count(),
            one.iter().filter(other).count(),
        ];
        for both in both {
            let counts = [both, one.len() - both];
            assert!(
                chi_square(&counts, &[0.5, 0.5]).unwrap() > 0.001,
                "{counts:?}"
            );
        }
    }

    /// The same on every machine and in every version.
    #[test]
    fn who_is_held_back_never_changes() {
        let held: Vec<u128> = (0..60)
            .filter(|id| is_held_back(JourneyId(1), CustomerId(*id), 10))
            .collect();
        insta::assert_compact_debug_snapshot!(held);
    }
}
