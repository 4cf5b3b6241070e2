//! How far the company's people have moved since the groups were made.
//!
//! **Invariant:** the same people have not moved, whatever they are compared by.

use filo_stats::drift::drift;
use serde::{Deserialize, Serialize};

use super::aspect::Aspect;
use super::features::Features;
use super::finding::{Grouping, Persona};
use super::model::rounded;
use super::tally::Tally;

/// Below it little has changed, above the other much (Siddiqi, "Credit Risk Scorecards", Wiley
/// 2006, 368–370), after what chance alone makes of the index has been taken off.
const LITTLE: f64 = 0.10;
const MUCH: f64 = 0.25;

/// How far a distribution has moved.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// The population stability index; nothing where it is infinite.
    pub index: Option<f64>,
    /// What chance alone makes of it.
    pub by_chance: f64,
    /// The distance of Hellinger, from 0 to 1.
    pub hellinger: f64,
}

/// How much that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Nothing to speak of.
    Little,
    /// Something.
    Noticeable,
    /// So much that the groups should be made anew.
    Much,
}

/// How far people have moved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drifted {
    /// Over the personas.
    pub personas: Moved,
    /// In each aspect.
    pub aspects: Vec<(Aspect, Moved)>,
}

impl Moved {
    fn between(before: &[u64], after: &[u64]) -> Option<Self> {
        let counts = |counts: &[u64]| -> Option<Vec<usize>> {
            let counts = counts.iter().map(|count| usize::try_from(*count).ok());
            counts.collect()
        };
        let moved = drift(&counts(before)?, &counts(after)?)?;
        Some(Self {
            index: moved.stability_index.map(rounded),
            by_chance: rounded(moved.stability_by_chance),
            hellinger: rounded(moved.hellinger),
        })
    }

    /// The index less what chance makes of it. Where it is infinite because only one side has a
    /// level at all, eight times the square of Hellinger's distance stands for it: the first term
    /// of both is the same.
    #[must_use]
    pub fn excess(&self) -> f64 {
        let index = self.index.unwrap_or(8.0 * self.hellinger.powi(2));
        (index - self.by_chance).max(0.0)
    }

    /// How much that is.
    #[must_use]
    pub fn strength(&self) -> Strength {
        match self.excess() {
            excess if excess > MUCH => Strength::Much,
            excess if excess >= LITTLE => Strength::Noticeable,
            _ => Strength::Little,
        }
    }
}

impl Drifted {
    /// The most that anything has moved.
    #[must_use]
    pub fn strength(&self) -> Strength {
        let aspects = self.aspects.iter().map(|(_, moved)| moved.strength());
        aspects.fold(self.personas.strength(), Strength::max)
    }

    /// Where most has moved.
    #[must_use]
    pub fn most(&self) -> Option<(Aspect, Moved)> {
        let by_excess = |one: &&(Aspect, Moved), other: &&(Aspect, Moved)| {
            one.1.excess().total_cmp(&other.1.excess())
        };
        self.aspects.iter().max_by(by_excess).copied()
    }
}

/// How far people are now from those that groups were made of; nothing without people, or where
/// the model does not tell them apart any more.
pub fn drifted<'a>(
    (grouping, before): (&Grouping, &Tally),
    people: impl IntoIterator<Item = &'a Features>,
) -> Option<Drifted> {
    let mut now = Tally::default();
    let mut sizes = vec![0; grouping.personas.len()];
    for features in people {
        now.add(features);
        let (place, _) = grouping.model.place(features)?;
        *sizes.get_mut(place)? += 1;
    }
    let were = |persona: &Persona| persona.people;
    let were: Vec<u64> = grouping.personas.iter().map(were).collect();
    let aspects = Aspect::ALL.into_iter().filter_map(|aspect| {
        let moved = Moved::between(before.counts(aspect), now.counts(aspect))?;
        Some((aspect, moved))
    });
    Some(Drifted {
        personas: Moved::between(&were, &sizes)?,
        aspects: aspects.collect(),
    })
}
