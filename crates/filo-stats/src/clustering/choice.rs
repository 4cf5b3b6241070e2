//! How many groups there are.
//!
//! **Invariant:** what is chosen would be found again, leaves no group of a few rows, and is not
//! clearly beaten by one group more; where nothing is like that, nothing is chosen.

use super::gap::{Gap, gaps};
use super::partition::{GROUPS_MOST, Partition, Search, cluster};
use super::rows::Rows;
use super::silhouette::silhouette;
use super::stability::{STABLE, stability};
use crate::counting::real;
use crate::random::Random;

/// Fewer rows show groups that are not there.
pub const ROWS_LEAST: usize = 300;
/// A group has at least this share of the rows.
pub const SHARE_LEAST: f64 = 0.05;

/// How much work to put into the choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Beginnings of a search among the rows.
    pub starts: usize,
    /// Beginnings of each search that checks it: among the rows drawn anew and the references.
    pub check_starts: usize,
    /// How often rows are drawn anew for the stability.
    pub resamples: usize,
    /// References of the gap statistic.
    pub references: usize,
    /// Of more rows than this, stability, gap and silhouette look at a sample of this size.
    pub sample_most: usize,
    /// The seed of chance.
    pub seed: u64,
}

impl Default for Effort {
    /// Enough for two decimals of each figure.
    fn default() -> Self {
        Self {
            starts: 20,
            check_starts: 5,
            resamples: 50,
            references: 20,
            sample_most: 2_500,
            seed: 1,
        }
    }
}

/// One number of groups, with what speaks for and against it.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// The groups, the largest first.
    pub partition: Partition,
    /// The share of each in the rows.
    pub shares: Vec<f64>,
    /// How surely each would be found again ([`stability`]).
    pub stabilities: Vec<f64>,
    /// The mean silhouette width; `None` where all rows that were looked at are in one group.
    pub silhouette: Option<f64>,
    /// The gap statistic.
    pub gap: Gap,
    /// Whether one group more is no clear gain.
    pub is_enough: bool,
}

impl Level {
    /// Whether it can be chosen.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let all = |values: &[f64], least| values.iter().all(|value| *value >= least);
        self.is_enough && all(&self.stabilities, STABLE) && all(&self.shares, SHARE_LEAST)
    }
}

/// The numbers of groups that were tried.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The gap statistic of all rows as one group: what does not clearly beat it says no more than
    /// that the rows are spread.
    pub alone: Option<Gap>,
    /// From two groups on.
    pub levels: Vec<Level>,
    /// The place of the chosen one among them; `None` where no number of groups holds.
    pub chosen: Option<usize>,
}

/// Why nothing could be tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortage {
    /// Rows that there are.
    pub rows: usize,
    /// Rows that it takes.
    pub rows_least: usize,
}

/// Tries two to `groups_most` groups and chooses the largest number of which every group has a
/// stability of [`STABLE`] or more and [`SHARE_LEAST`] of the rows, and which one group more does
/// not clearly beat by the gap statistic. The three conditions are published; to ask for all of
/// them is ours.
///
/// The rows are standardised already and come in the order of their ids. Numbers of groups for
/// which there are too few different rows are left out.
///
/// # Errors
/// Where there are fewer rows than [`ROWS_LEAST`].
pub fn choose(rows: &Rows, groups_most: usize, effort: Effort) -> Result<Choice, Shortage> {
    if rows.count() < ROWS_LEAST {
        return Err(Shortage {
            rows: rows.count(),
            rows_least: ROWS_LEAST,
        });
    }
    let most = groups_most.clamp(2, GROUPS_MOST - 1);
    let mut random = Random::seeded(effort.seed);
    let looked_at = random.subset(rows.count(), effort.sample_most.max(ROWS_LEAST));
    let Some(sample) = rows.select(&looked_at) else {
        return Ok(Choice {
            alone: None,
            levels: Vec::new(),
            chosen: None,
        });
    };
    let check = Search {
        starts: effort.check_starts,
        seed: effort.seed,
    };
    let gaps = gaps(&sample, most + 1, effort.references, check);
    let pairs = gaps.windows(2).skip(1);
    let levels: Vec<Level> = pairs
        .map_while(|pair| {
            let groups = pair[0].groups;
            let search = Search {
                starts: effort.starts,
                ..check
            };
            let partition = cluster(rows, groups, search)?;
            let labels: Vec<usize> = looked_at.iter().map(|it| partition.labels[*it]).collect();
            let sizes = partition.sizes().into_iter();
            Some(Level {
                shares: sizes.map(|size| real(size) / real(rows.count())).collect(),
                stabilities: stability(&sample, &labels, groups, effort.resamples, check)?,
                silhouette: silhouette(&sample, &labels),
                gap: pair[0],
                is_enough: pair[0].holds_against(&pair[1]),
                partition,
            })
        })
        .collect();
    let chosen = levels.iter().rposition(Level::is_sound);
    Ok(Choice {
        alone: gaps.first().copied(),
        levels,
        chosen,
    })
}
