//! How a search for kinds of customers is told beside what was: the numbers of groups that were
//! tried, what was found again, how far people have moved.

use std::collections::BTreeMap;

use filo_core::id::{PersonaId, PersonaRunId};
use filo_core::persona::{Carried, Drifted, Moved, Strength, Tried};
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::Text;

/// A number of groups that was tried.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PersonasTried)]
pub(crate) struct TriedOut {
    /// How many groups.
    groups: u32,
    /// How surely the least sure of them would be found again.
    stability: f64,
    /// The share of the smallest.
    share: f64,
    /// The gap statistic.
    gap: f64,
    /// Its error.
    gap_error: f64,
    /// Whether one group more is no clear gain.
    is_enough: bool,
    /// Whether they are a clear gain over one group.
    is_more: bool,
    /// The mean silhouette width.
    silhouette: Option<f64>,
    /// Whether it could be chosen.
    is_sound: bool,
}

impl TriedOut {
    pub(super) const fn new(tried: &Tried) -> Self {
        Self {
            groups: tried.groups,
            stability: tried.stability,
            share: tried.share,
            gap: tried.gap,
            gap_error: tried.gap_error,
            is_enough: tried.is_enough,
            is_more: tried.is_more,
            silhouette: tried.silhouette,
            is_sound: tried.is_sound,
        }
    }
}

/// What a search is to the one that was in force.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PersonasCarried)]
pub(crate) struct CarriedOut {
    /// The search that was in force.
    #[schema(value_type = String)]
    from: Text<PersonaRunId>,
    /// The kinds that were found again: they keep their ids and names.
    again: Vec<OverlapOut>,
    /// The kinds that were not.
    #[schema(value_type = Vec<String>)]
    lost: Vec<Text<PersonaId>>,
    /// How many people would be another kind than they are.
    moved: u64,
}

/// How a kind lies over what it was.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PersonaOverlap)]
pub(crate) struct OverlapOut {
    /// Which.
    #[schema(value_type = String)]
    id: Text<PersonaId>,
    /// How many are in both.
    both: u64,
    /// How many would be in the old one today.
    before: u64,
    /// How many are in the new one.
    after: u64,
}

impl CarriedOut {
    pub(super) fn new(carried: &Carried) -> Self {
        let again = carried.again.iter().map(|it| OverlapOut {
            id: Text(it.id),
            both: it.both,
            before: it.before,
            after: it.after,
        });
        Self {
            from: Text(carried.from),
            again: again.collect(),
            lost: carried.lost.iter().copied().map(Text).collect(),
            moved: carried.moved,
        }
    }
}

/// How far people have moved.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PersonasDrift)]
pub(crate) struct DriftOut {
    /// `little`, `noticeable` or `much`: the most that anything has moved.
    strength: &'static str,
    /// Over the kinds.
    personas: MovedOut,
    /// In each aspect.
    aspects: BTreeMap<&'static str, MovedOut>,
}

/// How far a distribution has moved.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Moved)]
pub(crate) struct MovedOut {
    /// The population stability index; null where it is infinite.
    index: Option<f64>,
    /// What chance alone makes of it.
    by_chance: f64,
    /// The distance of Hellinger, from 0 to 1.
    hellinger: f64,
}

impl MovedOut {
    const fn new(moved: &Moved) -> Self {
        Self {
            index: moved.index,
            by_chance: moved.by_chance,
            hellinger: moved.hellinger,
        }
    }
}

impl DriftOut {
    pub(super) fn new(drifted: &Drifted) -> Self {
        let aspects = drifted.aspects.iter();
        Self {
            strength: match drifted.strength() {
                Strength::Little => "little",
                Strength::Noticeable => "noticeable",
                Strength::Much => "much",
            },
            personas: MovedOut::new(&drifted.personas),
            aspects: aspects
                .map(|(aspect, moved)| (aspect.word(), MovedOut::new(moved)))
                .collect(),
        }
    }
}
