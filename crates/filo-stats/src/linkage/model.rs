//! What agreement proves: the chance of each level among pairs that are the same, that are near
//! each other without being the same, and that have nothing to do with each other.
//!
//! The third kind of pair is Winkler's ("Advanced Methods for Record Linkage", Proceedings of the
//! Section on Survey Research Methods, American Statistical Association (1994), 467–472): without
//! it, pairs that share a few fields for a reason of their own pass for the same.
//!
//! **Invariant:** a probability lies within 0–1 and grows with the weight; the contributions of
//! an [`Evidence`] and its prior add up to its weight.

use super::pattern::Pattern;

/// A chance below this is not believed: one odd pair would outweigh everything else.
const CHANCE_LEAST: f64 = 1e-9;

/// The chance of each level, the least agreement first, by kind of pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Among pairs that are the same.
    pub same: Vec<f64>,
    /// Among pairs that are near each other and not the same.
    pub near: Vec<f64>,
    /// Among pairs that have nothing to do with each other.
    pub other: Vec<f64>,
}

/// How many partners a record has on average: the chance that two of many are the same falls
/// with their number, this does not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    /// Other records that are the same.
    pub same: f64,
    /// Other records that are near.
    pub near: f64,
}

/// What is known of one pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// log2 of the odds that they are the same.
    pub weight: f64,
    /// The part of it that was there before anything was compared.
    pub prior: f64,
    /// What each comparison adds, in bits; 0 where it says nothing.
    pub contributions: Vec<f64>,
    /// What is taken off because they may only be near each other; never above 0.
    pub nearness: f64,
}

impl Evidence {
    /// The probability that they are the same.
    #[must_use]
    pub fn probability(&self) -> f64 {
        probability(self.weight)
    }
}

/// The probability of a weight in bits.
#[must_use]
pub fn probability(weight: f64) -> f64 {
    1.0 / (1.0 + (-weight).exp2())
}

/// The weight in bits of a probability inside 0–1.
#[must_use]
pub fn weight(probability: f64) -> f64 {
    (probability / (1.0 - probability)).log2()
}

/// A model with its logarithms, ready to weigh pairs.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    comparisons: Vec<Comparison>,
    prior: Prior,
    /// log2 of same, near, other; by comparison, by level.
    logs: Vec<Vec<[f64; 3]>>,
    /// log2 of the chance that a pair is same, near, other.
    start: [f64; 3],
}

impl Model {
    /// A model for so many records. `None` where a comparison has no level, or not the same
    /// number for each kind of pair, or a number is no chance.
    #[must_use]
    pub fn new(comparisons: Vec<Comparison>, prior: Prior, records: u64) -> Option<Self> {
        let is_chance = |chance: &f64| (0.0..=1.0).contains(chance);
        for it in &comparisons {
            let levels = it.other.len();
            let is_whole = levels > 0 && it.same.len() == levels && it.near.len() == levels;
            let mut all = it.same.iter().chain(&it.near).chain(&it.other);
            if !is_whole || !all.all(is_chance) {
                return None;
            }
        }
        let is_count = |count: f64| count.is_finite() && count >= 0.0;
        if !is_count(prior.same) || !is_count(prior.near) {
            return None;
        }
        let log = |chance: f64| chance.max(CHANCE_LEAST).log2();
        let logs = comparisons
            .iter()
            .map(|it| {
                let levels = it.same.iter().zip(&it.near).zip(&it.other);
                levels
                    .map(|((same, near), other)| [log(*same), log(*near), log(*other)])
                    .collect()
            })
            .collect();
        let others = real(records.max(2) - 1);
        let chance = |partners: f64| (partners / others).clamp(1e-15, 0.4);
        let (same, near) = (chance(prior.same), chance(prior.near));
        let start = [same.log2(), near.log2(), (1.0 - same - near).log2()];
        Some(Self {
            comparisons,
            prior,
            logs,
            start,
        })
    }

    /// The same for another number of records.
    #[must_use]
    pub fn for_records(&self, records: u64) -> Option<Self> {
        Self::new(self.comparisons.clone(), self.prior, records)
    }

    /// The chances by comparison.
    #[must_use]
    pub fn comparisons(&self) -> &[Comparison] {
        &self.comparisons
    }

    /// The partners of a record.
    #[must_use]
    pub const fn prior(&self) -> Prior {
        self.prior
    }

    /// The weight of a pair in bits. `rarity` holds, by comparison, log2 of how much commoner
    /// (above 0) or rarer the value on which they agree is than values that agree by chance.
    #[must_use]
    pub fn weigh(&self, pattern: Pattern, rarity: &[f64]) -> f64 {
        let sums = self.sums(pattern, rarity);
        posterior(self.start, sums)
    }

    /// What the fields alone say, in bits: the weight without what was known before.
    #[must_use]
    pub fn evidence(&self, pattern: Pattern, rarity: &[f64]) -> f64 {
        self.weigh(pattern, rarity) - posterior(self.start, [0.0; 3])
    }

    pub(super) const fn beginnings(&self) -> [f64; 3] {
        self.start
    }

    pub(super) fn logs_of(&self, pattern: Pattern) -> [f64; 3] {
        self.sums(pattern, &[])
    }

    fn sums(&self, pattern: Pattern, rarity: &[f64]) -> [f64; 3] {
        let mut sums = [0.0; 3];
        for (comparison, levels) in self.logs.iter().enumerate() {
            let Some(logs) = pattern
                .level(comparison)
                .and_then(|level| levels.get(level))
            else {
                continue;
            };
            for (sum, log) in sums.iter_mut().zip(logs) {
                *sum += log;
            }
            sums[2] += rarity.get(comparison).copied().unwrap_or(0.0);
        }
        sums
    }

    /// The weight of a pair with what each comparison adds to it.
    #[must_use]
    pub fn explain(&self, pattern: Pattern, rarity: &[f64]) -> Evidence {
        let contributions: Vec<f64> = self
            .logs
            .iter()
            .enumerate()
            .map(|(comparison, levels)| {
                let level = pattern
                    .level(comparison)
                    .and_then(|level| levels.get(level));
                let rarity = rarity.get(comparison).copied().unwrap_or(0.0);
                level.map_or(0.0, |logs| logs[0] - logs[2] - rarity)
            })
            .collect();
        let weight = self.weigh(pattern, rarity);
        let prior = self.start[0] - self.start[2];
        let nearness = weight - prior - contributions.iter().sum::<f64>();
        Evidence {
            weight,
            prior,
            contributions,
            nearness,
        }
    }
}

/// log2 of the odds of the first kind against the two others.
pub(super) fn posterior(start: [f64; 3], sums: [f64; 3]) -> f64 {
    let [same, near, other] = [0, 1, 2].map(|kind| start[kind] + sums[kind]);
    // The sum of two powers, taken from the larger so that neither vanishes.
    let (high, low) = (near.max(other), near.min(other));
    same - high - (low - high).exp2().ln_1p() / std::f64::consts::LN_2
}

/// A count as a number to calculate with.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of records stay far under 2^53"
)]
pub(super) fn real(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two(same: f64, near: f64, other: f64) -> Comparison {
        let both = |chance: f64| vec![1.0 - chance, chance];
        Comparison {
            same: both(same),
            near: both(near),
            other: both(other),
        }
    }

    /// Newcombe's weights: log2(m/u) of an agreement, log2((1−m)/(1−u)) of a disagreement. With
    /// m = 0.9, u = 0.1 they are 3.17 and −3.17 bits (Herzog, Scheuren, Winkler, "Data Quality
    /// and Record Linkage Techniques", Springer (2007), chapter 9).
    #[test]
    fn weights_are_logarithms_of_likelihood_ratios() {
        let comparisons = vec![two(0.9, 0.1, 0.1), two(0.95, 0.01, 0.01)];
        let prior = Prior {
            same: 1.0,
            near: 0.0,
        };
        let model = Model::new(comparisons, prior, 1001).unwrap();
        let pattern = Pattern::default().with(0, 1).with(1, 0);
        let found = model.explain(pattern, &[]);
        assert!((found.contributions[0] - 9.0_f64.log2()).abs() < 1e-12);
        assert!((found.contributions[1] - (0.05_f64 / 0.99).log2()).abs() < 1e-12);
        assert!((found.prior - (0.001_f64 / 0.999).log2()).abs() < 1e-9);
        let sum: f64 = found.contributions.iter().sum::<f64>() + found.prior + found.nearness;
        assert!((sum - found.weight).abs() < 1e-9);
        assert!(found.nearness <= 1e-12 && found.nearness > -1e-6);
    }

    #[test]
    fn the_more_records_the_less_the_same_agreement_proves() {
        let comparisons = vec![two(0.9, 0.001, 0.0001)];
        let prior = Prior {
            same: 1.0,
            near: 0.1,
        };
        let small = Model::new(comparisons, prior, 100).unwrap();
        let large = small.for_records(1_000_000).unwrap();
        let pattern = Pattern::default().with(0, 1);
        assert!(probability(small.weigh(pattern, &[])) > 0.98);
        assert!(probability(large.weigh(pattern, &[])) < 0.01);
        assert!((small.evidence(Pattern::default(), &[])).abs() < 1e-12);
    }

    #[test]
    fn agreeing_on_what_is_common_proves_less() {
        let model = Model::new(
            vec![two(0.9, 0.1, 0.01)],
            Prior {
                same: 1.0,
                near: 0.0,
            },
            1000,
        );
        let model = model.unwrap();
        let pattern = Pattern::default().with(0, 1);
        assert!(model.weigh(pattern, &[3.0]) < model.weigh(pattern, &[0.0]));
        assert!(model.weigh(pattern, &[-3.0]) > model.weigh(pattern, &[0.0]));
    }

    #[test]
    fn a_model_that_is_none_is_refused() {
        let prior = Prior {
            same: 1.0,
            near: 0.0,
        };
        let mut short = two(0.9, 0.5, 0.1);
        short.near.pop();
        assert_eq!(Model::new(vec![short], prior, 10), None);
        assert_eq!(Model::new(vec![two(1.5, 0.5, 0.1)], prior, 10), None);
        let prior = Prior {
            same: f64::NAN,
            near: 0.0,
        };
        assert_eq!(Model::new(vec![two(0.9, 0.5, 0.1)], prior, 10), None);
    }
}
