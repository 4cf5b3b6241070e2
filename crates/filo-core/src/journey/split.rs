//! Which way of a split somebody goes: a draw that is the same for ever.
//!
//! **Invariant (I12):** the way is a function of the journey, the step, the person's stable id and
//! the shares alone, on every machine and in every version.

use super::step::StepId;
use crate::id::{CustomerId, JourneyId};

/// The place of the way that somebody goes by some shares of ten thousand. The draw is from 0 to
/// 9999: the first eight bytes of BLAKE3 over `journey id, 0, step id, 0, person id`, as a number,
/// modulo ten thousand.
#[must_use]
pub fn way_of(journey: JourneyId, step: &StepId, person: CustomerId, shares: &[u16]) -> usize {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&journey.to_bytes());
    hasher.update(&[0]);
    hasher.update(step.0.as_bytes());
    hasher.update(&[0]);
    hasher.update(&person.to_bytes());
    let mut short = [0u8; 8];
    short.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    let draw = u64::from_be_bytes(short) % 10_000;
    let mut upto = 0;
    for (place, share) in shares.iter().enumerate() {
        upto += u64::from(*share);
        if draw < upto {
            return place;
        }
    }
    shares.len().saturating_sub(1)
}
