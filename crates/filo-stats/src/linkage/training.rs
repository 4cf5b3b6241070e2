//! Learning from the records themselves, without anybody's answers, what agreement proves.
//!
//! **Invariant:** the result is a function of the counted patterns; nothing is drawn.

use super::model::{Comparison, Model, Prior, posterior, real};
use super::pattern::Pattern;

/// Pairs that the starting chances are worth: so many pairs outweigh them.
const START_PAIRS: f64 = 50.0;
/// It stops when no chance moves by more, or after this many rounds.
const STILL: f64 = 1e-6;
const ROUNDS_MOST: usize = 200;
/// Pairs added to each level that random pairs hardly show, so that none is impossible.
const SMOOTHING: f64 = 0.5;

/// A pattern and how many pairs show it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counted {
    /// The pattern.
    pub pattern: Pattern,
    /// Pairs.
    pub pairs: f64,
}

/// The chance of each level among the pairs, for each comparison with so many levels.
#[must_use]
pub fn shares(counted: &[Counted], levels: &[usize]) -> Vec<Vec<f64>> {
    let mut sums: Vec<Vec<f64>> = levels.iter().map(|many| vec![SMOOTHING; *many]).collect();
    for it in counted {
        for (comparison, sums) in sums.iter_mut().enumerate() {
            let level = it.pattern.level(comparison);
            if let Some(sum) = level.and_then(|level| sums.get_mut(level)) {
                *sum += it.pairs;
            }
        }
    }
    for sums in &mut sums {
        let all: f64 = sums.iter().sum();
        sums.iter_mut().for_each(|sum| *sum /= all);
    }
    sums
}

/// Expectation–maximisation (Dempster, Laird, Rubin, Journal of the Royal Statistical Society B
/// 39 (1977), 1–38) of what is the same and what is near, from the patterns of candidate pairs
/// among `records`; the chances among pairs that have nothing to do with each other stay. The
/// chances of `start` count as a few pairs (a Dirichlet prior), so that little data moves little.
#[must_use]
pub fn learn(start: &Model, candidates: &[Counted], records: u64) -> Option<Model> {
    let mut model = start.for_records(records)?;
    for _round in 0..ROUNDS_MOST {
        let next = step(&model, start, candidates, records)?;
        let moved = distance(&model, &next);
        model = next;
        if moved < STILL {
            break;
        }
    }
    Some(model)
}

fn step(model: &Model, start: &Model, candidates: &[Counted], records: u64) -> Option<Model> {
    let mut sums: Vec<[Vec<f64>; 2]> = start
        .comparisons()
        .iter()
        .map(|it| [&it.same, &it.near].map(|chances| pseudo(chances)))
        .collect();
    let mut found = [0.0, 0.0];
    for it in candidates {
        let shares = model.memberships(it.pattern);
        for (kind, share) in shares.into_iter().enumerate() {
            let pairs = share * it.pairs;
            found[kind] += pairs;
            for (comparison, sums) in sums.iter_mut().enumerate() {
                let level = it.pattern.level(comparison);
                if let Some(sum) = level.and_then(|level| sums[kind].get_mut(level)) {
                    *sum += pairs;
                }
            }
        }
    }
    let comparisons = sums
        .into_iter()
        .zip(start.comparisons())
        .map(|([same, near], begun)| Comparison {
            same: normal(same),
            near: normal(near),
            other: begun.other.clone(),
        })
        .collect();
    // Each pair gives both its records a partner.
    let partners = |pairs: f64| 2.0 * pairs / real(records.max(1));
    let prior = Prior {
        same: partners(found[0]),
        near: partners(found[1]),
    };
    Model::new(comparisons, prior, records)
}

fn pseudo(chances: &[f64]) -> Vec<f64> {
    chances.iter().map(|chance| chance * START_PAIRS).collect()
}

fn normal(mut sums: Vec<f64>) -> Vec<f64> {
    let all: f64 = sums.iter().sum();
    sums.iter_mut().for_each(|sum| *sum /= all);
    sums
}

fn distance(one: &Model, other: &Model) -> f64 {
    let chances = |model: &Model| -> Vec<f64> {
        let all = model.comparisons().iter();
        all.flat_map(|it| it.same.iter().chain(&it.near).copied())
            .collect()
    };
    let moved = chances(one).into_iter().zip(chances(other));
    moved.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

impl Model {
    /// The probability that a pair of this pattern is the same, and that it is near.
    fn memberships(&self, pattern: Pattern) -> [f64; 2] {
        let (start, sums) = (self.beginnings(), self.logs_of(pattern));
        let same = posterior(start, sums);
        let near = posterior([start[1], start[0], start[2]], [sums[1], sums[0], sums[2]]);
        [same, near].map(super::model::probability)
    }
}
