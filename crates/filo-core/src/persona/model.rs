//! The model: which persona somebody is.
//!
//! **Invariant:** a person belongs to the nearest group, of two equally near ones to the first;
//! what is compared was rounded before it was used, so a stored model answers as the fresh one.

use filo_stats::clustering::rows::Point;
use filo_stats::clustering::{Column, nearest};
use serde::{Deserialize, Serialize};

use super::document::words;
use super::features::{FEATURES_VERSION, Features, NUMBERS};
use crate::id::{PersonaId, PersonaRunId};
use crate::identity::Kind;
use crate::money::Currency;
use crate::profile::Profile;

/// Groups of people, as the search left them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// The search that it is of.
    #[serde(with = "words::run")]
    pub run: PersonaRunId,
    /// The version of the features it was made of.
    pub features: u8,
    /// The currency that amounts were compared in.
    #[serde(with = "words::currency")]
    pub currency: Currency,
    /// Mean and standard deviation of each number.
    pub columns: Vec<(f64, f64)>,
    /// How far apart, squared, one yes against a no puts two people.
    pub mismatch: f64,
    /// The groups, the largest first.
    pub groups: Vec<Group>,
}

/// The middle of a group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// The persona that it is.
    #[serde(with = "words::persona")]
    pub id: PersonaId,
    /// The means of its numbers, standardised.
    pub numbers: Vec<f64>,
    /// The most frequent answers.
    pub codes: Vec<u32>,
}

/// Numbers of a model have six decimals: a document gives those back as they are.
pub(super) fn rounded(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}

impl Model {
    /// The persona of somebody; nothing of whom nothing is known to compare them by, and where
    /// this Filo compares other things than the model was made of.
    #[must_use]
    pub fn persona_of(&self, profile: &Profile, kinds: &[Kind]) -> Option<PersonaId> {
        let features = Features::of(profile, kinds, self.currency)?;
        self.nearest(&features).map(|(id, _)| id)
    }

    /// The persona whose middle is nearest, and how far it is, squared.
    #[must_use]
    pub fn nearest(&self, features: &Features) -> Option<(PersonaId, f64)> {
        let (place, distance) = self.place(features)?;
        Some((self.groups.get(place)?.id, distance))
    }

    /// The same by the group's place.
    pub(super) fn place(&self, features: &Features) -> Option<(usize, f64)> {
        if self.features != FEATURES_VERSION || self.columns.len() != NUMBERS {
            return None;
        }
        let mut numbers = [0.0; NUMBERS];
        let raw = features.numbers.iter().zip(&self.columns);
        for (own, (value, (mean, deviation))) in numbers.iter_mut().zip(raw) {
            let column = Column {
                mean: *mean,
                deviation: *deviation,
            };
            *own = column.standardise(*value);
        }
        let point = Point {
            numbers: &numbers,
            codes: &features.codes,
        };
        let centres = self.groups.iter().map(|group| Point {
            numbers: &group.numbers,
            codes: &group.codes,
        });
        nearest(centres, point, self.mismatch)
    }

    /// The place of a persona among the groups.
    #[must_use]
    pub fn place_of(&self, id: PersonaId) -> Option<usize> {
        self.groups.iter().position(|group| group.id == id)
    }
}
