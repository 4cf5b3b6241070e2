//! What agreement proves: where one begins, and what a company's own records have taught.
//!
//! **Invariant:** with few records the beginning counts, with many the records do.

use filo_stats::linkage::{Comparison, Counted, Model, Prior, learn, shares};
use serde::{Deserialize, Serialize};

use super::comparing::LEVELS;
use super::lexicon::Commonest;
use super::record::Field;

/// Pairs that the chances below are worth against random pairs of the records.
const RANDOM_START_PAIRS: f64 = 2_000.0;
/// Where duplicates and households stand at the beginning, per record.
const PRIOR: Prior = Prior {
    same: 0.5,
    near: 0.2,
};
/// Of what random pairs show, at least this much is chance, and not pairs that are the same.
const CHANCE_LEAST: f64 = 0.1;
/// Strangers of one name choose the same mailbox this often: random pairs, of whom hardly two
/// have one name, would say never.
const MAILBOX_LEAST: f64 = 0.001;
/// Its level among those of the e-mail.
const OWN_MAILBOX: usize = 1;
/// Fewer records teach nothing: the beginning stands.
const RECORDS_LEAST: usize = 500;

/// Chances of one comparison, the least agreement first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chances {
    /// Among records of one person.
    pub same: Vec<f64>,
    /// Among records of two people of one household.
    pub near: Vec<f64>,
    /// Among records of strangers.
    pub other: Vec<f64>,
}

/// What was learned, to be kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Knowledge {
    /// By comparison.
    pub chances: Vec<Chances>,
    /// Other records of one person, on average.
    pub same_per_record: f64,
    /// Records of their household, on average.
    pub near_per_record: f64,
    /// Names and towns that prove little.
    pub commonest: Commonest,
}

/// Judgement, not measurement: what experience with Italian customers says before any record of
/// this company has been seen. The three rows are one person, one household, strangers.
const BEGINNING: [[&[f64]; 3]; 8] = [
    // First name: other, initial, alike, very alike, familiar form, part, the same.
    [
        &[0.01, 0.01, 0.02, 0.05, 0.05, 0.06, 0.80],
        &[0.90, 0.08, 0.002, 0.005, 0.002, 0.005, 0.006],
        &[0.90, 0.075, 0.003, 0.005, 0.002, 0.002, 0.013],
    ],
    // Family name: other, initial, alike, very alike, the same.
    [
        &[0.02, 0.01, 0.01, 0.05, 0.91],
        &[0.33, 0.01, 0.005, 0.005, 0.65],
        &[0.984, 0.01, 0.001, 0.001, 0.004],
    ],
    // Birthday: other, near, a slip, day and month swapped, the same.
    [
        &[0.01, 0.01, 0.03, 0.02, 0.93],
        &[0.965, 0.02, 0.005, 0.0005, 0.0095],
        &[0.969, 0.0295, 0.0013, 0.00003, 0.00017],
    ],
    // E-mail: other, the owner's mailbox, a slip, the same.
    [
        &[0.23, 0.02, 0.05, 0.70],
        &[0.864, 0.002, 0.004, 0.13],
        &[0.99896, 0.001, 0.00002, 0.00002],
    ],
    // Mobile: other, a slip, the same.
    [
        &[0.17, 0.03, 0.80],
        &[0.94, 0.005, 0.055],
        &[0.99997, 0.00001, 0.00002],
    ],
    // Tax code: other, a slip or two, the same.
    [
        &[0.01, 0.02, 0.97],
        &[0.98, 0.015, 0.005],
        &[0.99998, 0.00001, 0.00001],
    ],
    // Home: other, place, street, fixed line, house, house and line.
    [
        &[0.15, 0.50, 0.05, 0.05, 0.20, 0.05],
        &[0.05, 0.15, 0.05, 0.30, 0.40, 0.05],
        &[0.985, 0.0149, 0.00004, 0.00003, 0.00002, 0.00001],
    ],
    // Card or device: other, the same.
    [&[0.40, 0.60], &[0.95, 0.05], &[0.99999, 0.00001]],
];

impl Knowledge {
    /// Where one begins.
    #[must_use]
    pub fn beginning() -> Self {
        let chances = BEGINNING.iter().map(|[same, near, other]| Chances {
            same: same.to_vec(),
            near: near.to_vec(),
            other: other.to_vec(),
        });
        Self {
            chances: chances.collect(),
            same_per_record: PRIOR.same,
            near_per_record: PRIOR.near,
            commonest: Commonest::default(),
        }
    }

    /// The model for so many records; nothing where what was kept cannot be one.
    #[must_use]
    pub fn model(&self, records: usize) -> Option<Model> {
        let fits = |chances: &Chances, levels: usize| chances.other.len() == levels;
        let whole = self.chances.len() == LEVELS.len()
            && self
                .chances
                .iter()
                .zip(LEVELS)
                .all(|(it, levels)| fits(it, levels));
        if !whole {
            return None;
        }
        let comparisons = self.chances.iter().map(|it| Comparison {
            same: it.same.clone(),
            near: it.near.clone(),
            other: it.other.clone(),
        });
        let prior = Prior {
            same: self.same_per_record,
            near: self.near_per_record,
        };
        Model::new(comparisons.collect(), prior, records as u64)
    }

    /// What random pairs and candidate pairs of the records teach.
    #[must_use]
    pub fn learned(random: &[Counted], candidates: &[Counted], records: usize) -> Option<Self> {
        let beginning = Self::beginning();
        let mut shown = shares(random, &LEVELS);
        let pairs: f64 = random.iter().map(|it| it.pairs).sum();
        let weight = RANDOM_START_PAIRS / (RANDOM_START_PAIRS + pairs);
        for (shown, begun) in shown.iter_mut().zip(&beginning.chances) {
            for (share, chance) in shown.iter_mut().zip(&begun.other) {
                *share = weight * chance + (1.0 - weight) * *share;
            }
        }
        if let Some(share) = shown[Field::Email.place()].get_mut(OWN_MAILBOX) {
            *share = share.max(MAILBOX_LEAST / CHANCE_LEAST);
        }
        let mut knowledge = Self {
            chances: beginning.chances.clone(),
            ..beginning
        };
        for (chances, shown) in knowledge.chances.iter_mut().zip(&shown) {
            chances.other.clone_from(shown);
        }
        if records < RECORDS_LEAST {
            return Some(knowledge);
        }
        // Random pairs hold some that are the same; those are taken out of what chance explains.
        for _round in 0..3 {
            let model = learn(&knowledge.model(records)?, candidates, records as u64)?;
            knowledge.take(&model, &shown, records);
        }
        Some(knowledge)
    }

    fn take(&mut self, model: &Model, shown: &[Vec<f64>], records: usize) {
        let prior = model.prior();
        (self.same_per_record, self.near_per_record) = (prior.same, prior.near);
        let others = f64::from(u32::try_from(records.max(2) - 1).unwrap_or(u32::MAX));
        let (same, near) = (prior.same / others, prior.near / others);
        for ((chances, learned), shown) in
            self.chances.iter_mut().zip(model.comparisons()).zip(shown)
        {
            chances.same.clone_from(&learned.same);
            chances.near.clone_from(&learned.near);
            let levels = learned.same.iter().zip(&learned.near).zip(shown);
            chances.other = levels
                .map(|((of_same, of_near), share)| {
                    let chance = share - same * of_same - near * of_near;
                    chance.max(CHANCE_LEAST * share)
                })
                .collect();
            let all: f64 = chances.other.iter().sum();
            chances.other.iter_mut().for_each(|chance| *chance /= all);
        }
    }
}
