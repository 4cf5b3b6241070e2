//! Audiences: lists of people that a platform shows advertising to, or leaves out of it.
//!
//! **Invariant:** what leaves is made here and nowhere else: addresses only as hashes, and only
//! those that the person's consent allows.
//! **Invariant:** an entry is known by the hash of its address alone, so that whoever is forgotten
//! can still be taken out where it went.

mod delicate;
mod entry;
mod normal;
mod platform;
mod standing;

pub use delicate::delicate_words;
pub use entry::{AddressKind, Fields, Known, Record, columns, row};
pub use normal::{email, hashed, phone};
pub use platform::{Credential, Delivery, Platform};
pub use standing::{Decision, Offered, Standing, decide};

use crate::time::Timestamp;

/// The purpose under which people are offered to platforms.
pub const ADVERTISING: &str = "advertising";
/// Entries of one request: a third of what the strictest platform takes, and little enough for
/// its answer to come in time.
pub const BATCH_MOST: usize = 1_500;
/// So long nothing has been taken before a person is told.
pub const PATIENCE_S: i64 = 24 * 3_600;

const MINUTE: i64 = 60;
/// Seconds from one try to the next; the last one is kept to for ever, because what has to be
/// taken out is tried until it is.
const WAITS_S: [i64; 6] = [
    MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    60 * MINUTE,
    3 * 60 * MINUTE,
    6 * 60 * MINUTE,
];
/// A wait is lengthened by up to a tenth, so that what failed together does not come back
/// together.
const JITTER_PARTS: i64 = 10;

/// When it is tried again after so many failures in a row. `chance` spreads the tries.
#[must_use]
pub fn next_try(failures: u32, now: Timestamp, chance: u128) -> Timestamp {
    let place = usize::try_from(failures).unwrap_or(usize::MAX).max(1) - 1;
    let wait = WAITS_S[place.min(WAITS_S.len() - 1)] * 1_000_000;
    let spread = wait / JITTER_PARTS + 1;
    let more = i64::try_from(chance % u128::from(spread.unsigned_abs())).unwrap_or(0);
    now.plus_micros(wait + more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_never_end_and_never_come_sooner() {
        let now = Timestamp(0);
        let mut before = Timestamp(0);
        for failures in 0..1_000 {
            for chance in [0, 7, u128::MAX] {
                let again = next_try(failures, now, chance);
                assert!(again > now && again <= now.plus_seconds(6 * 3_600 * 11 / 10 + 1));
            }
            let again = next_try(failures, now, 0);
            assert!(again >= before, "{failures}");
            before = again;
        }
    }
}
