//! How many people are on each level of each aspect.
//!
//! **Invariant:** everybody is counted once in every aspect.

use serde::{Deserialize, Serialize};

use super::aspect::Aspect;
use super::features::Features;

/// The counts, by aspect in the order of [`Aspect::ALL`] and by level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally(Vec<Vec<u64>>);

impl Default for Tally {
    fn default() -> Self {
        let counts = Aspect::ALL.map(|aspect| vec![0; aspect.level_count()]);
        Self(counts.into())
    }
}

impl Tally {
    /// Counts somebody.
    pub fn add(&mut self, features: &Features) {
        for (counts, aspect) in self.0.iter_mut().zip(Aspect::ALL) {
            let level = usize::from(features.level(aspect));
            if let Some(count) = counts.get_mut(level) {
                *count += 1;
            }
        }
    }

    /// The tally of some people.
    pub fn of<'a>(people: impl IntoIterator<Item = &'a Features>) -> Self {
        let mut tally = Self::default();
        people.into_iter().for_each(|it| tally.add(it));
        tally
    }

    /// How many are on each level of an aspect; an older tally may not know it.
    #[must_use]
    pub fn counts(&self, aspect: Aspect) -> &[u64] {
        self.0.get(aspect as usize).map_or(&[], Vec::as_slice)
    }

    /// How many are told to be on a level.
    #[must_use]
    pub fn reaching(&self, aspect: Aspect, told: u8) -> u64 {
        let own = (0..).zip(self.counts(aspect));
        let reaching = own.filter(|(own, _)| aspect.reaches(*own, told));
        reaching.map(|(_, count)| count).sum()
    }
}
