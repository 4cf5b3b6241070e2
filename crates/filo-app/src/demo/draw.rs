//! The demo's chance: one generator for each purpose, person and stretch of days.
//!
//! **Invariant:** a generator depends on the seed and its own name alone, so a new draw in one
//! place moves nothing in another.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// A named generator.
pub(super) struct Draw(StdRng);

impl Draw {
    /// The generator of a purpose, for one person (or thing) and one stretch.
    pub(super) fn of(seed: u64, purpose: &str, who: u32, stretch: u16) -> Self {
        let mut name = blake3::Hasher::new();
        name.update(&seed.to_be_bytes());
        name.update(&who.to_be_bytes());
        name.update(&stretch.to_be_bytes());
        name.update(purpose.as_bytes());
        Self(StdRng::from_seed(*name.finalize().as_bytes()))
    }

    /// A number from 0 to below `end`.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        self.0.random_range(0..end.max(1))
    }

    /// A number between two, both of them possible.
    pub(super) fn between(&mut self, least: u32, most: u32) -> u32 {
        self.0.random_range(least..=most.max(least))
    }

    /// A day between two, both of them possible.
    pub(super) fn day(&mut self, first: u16, last: u16) -> u16 {
        self.0.random_range(first..=last.max(first))
    }

    /// Yes, so many times in a thousand.
    pub(super) fn happens(&mut self, per_mille: u32) -> bool {
        self.below(1000) < per_mille
    }

    /// Yes, so many times in a million.
    pub(super) fn rarely(&mut self, per_million: u32) -> bool {
        self.below(1_000_000) < per_million
    }

    /// One of them, each as likely. A list of nothing has nothing to pick.
    pub(super) fn pick<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.0.random_range(0..list.len())]
    }

    /// One of them; the earlier in the list, the likelier: as names are in a country.
    pub(super) fn pick_early<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        let place = self.0.random_range(0..list.len());
        &list[self.0.random_range(0..=place)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generator_is_its_name() {
        let numbers = |seed, purpose, who, stretch| {
            let mut draw = Draw::of(seed, purpose, who, stretch);
            [draw.below(1000), draw.below(1000), draw.below(1000)]
        };
        assert_eq!(numbers(1, "bar", 2, 3), numbers(1, "bar", 2, 3));
        for other in [
            numbers(2, "bar", 2, 3),
            numbers(1, "web", 2, 3),
            numbers(1, "bar", 3, 3),
            numbers(1, "bar", 2, 4),
        ] {
            assert_ne!(numbers(1, "bar", 2, 3), other);
        }
    }
}
