//! Controlled variation: who gets which of several variations, and when the next one.
//!
//! **Invariant:** the same person at the same time gets the same variation; the next time another
//! one, until each has had its turn; over many people each variation comes equally often.

/// To whom something is said, and how often it was said before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seed {
    /// The number of the person, for ever the same.
    pub person: u128,
    /// How often they got this piece before.
    pub times: u32,
}

/// Which of `count` variations of a name it is: a stable hash spreads people over them, and each
/// time moves on by one.
#[must_use]
pub fn turn(seed: Seed, name: &str, count: usize) -> usize {
    if count < 2 {
        return 0;
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update(&seed.person.to_be_bytes());
    hasher.update(name.as_bytes());
    let mut short = [0u8; 8];
    short.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    let count = count as u64;
    let place = (u64::from_be_bytes(short) % count + u64::from(seed.times) % count) % count;
    usize::try_from(place).unwrap_or(0)
}
