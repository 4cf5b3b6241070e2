//! Shares that learn: how the ways of an experiment are given more people the better they do.
//!
//! By Thompson's rule ("On the Likelihood that One Unknown Probability Exceeds Another in View of
//! the Evidence of Two Samples", Biometrika 25 (1933), 285–294) each way gets as many as it is
//! probable that it is the best one; and never fewer than the floor.
//!
//! **Invariant:** the shares are a function of the counts, so whoever learns again learns the same;
//! they make a whole, and none is below the floor.
//! **Invariant:** which way somebody goes is a function of the person and of the shares in force
//! at that moment; what was in force at any moment is in the history ([`Allocations`]).

use filo_stats::experiment::{Posterior, probability_best};
use serde::{Deserialize, Serialize};

use super::check::{ARMS_MOST, Checking};
use super::step::Split;
use crate::time::Timestamp;

/// The whole that shares are parts of.
pub const WHOLE: u16 = 10_000;
/// Of a hundred, so many go each way at least, if nothing is said.
pub const FLOOR_USUAL_PERCENT: u8 = 5;
/// So many whose time is over there must be on each way before the shares move, if nothing is said.
pub const WARM_UP_USUAL: u32 = 50;
/// The shortest beginning: of fewer, the first one who buys would decide.
pub const WARM_UP_LEAST: u32 = 10;
/// The longest.
pub const WARM_UP_MOST: u32 = 10_000;
/// By less than this, of [`WHOLE`], shares stay where they are: the history is for people to read.
const MOVE_LEAST: u16 = 100;

const fn floor_usual() -> u8 {
    FLOOR_USUAL_PERCENT
}

const fn warm_up_usual() -> u32 {
    WARM_UP_USUAL
}

/// That the shares of an experiment learn, and within which bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adaptive {
    /// Of a hundred, so many go each way at least.
    #[serde(default = "floor_usual")]
    pub floor_percent: u8,
    /// Until so many have had their time on each way, the shares stay equal.
    #[serde(default = "warm_up_usual")]
    pub warm_up: u32,
}

impl Default for Adaptive {
    fn default() -> Self {
        Self {
            floor_percent: FLOOR_USUAL_PERCENT,
            warm_up: WARM_UP_USUAL,
        }
    }
}

/// What was seen of a way: of those whose time is over, how many reached the goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Seen {
    /// Reached the goal.
    pub reached: usize,
    /// Have had their time.
    pub counted: usize,
}

/// What was learnt.
#[derive(Debug, Clone, PartialEq)]
pub enum Learnt {
    /// Of the way with the fewest, so many have had their time: too few.
    TooFew(usize),
    /// The shares stay, as they would hardly move.
    Same,
    /// The shares become these, of [`WHOLE`].
    Moved(Vec<u16>),
}

impl Adaptive {
    /// What the shares become by what was seen.
    #[must_use]
    pub fn learn(self, seen: &[Seen], current: &[u16]) -> Learnt {
        let fewest = seen.iter().map(|way| way.counted).min().unwrap_or(0);
        let enough = usize::try_from(self.warm_up).unwrap_or(usize::MAX);
        if fewest < enough {
            return Learnt::TooFew(fewest);
        }
        let Some(best) = chances(seen) else {
            return Learnt::TooFew(fewest);
        };
        let next = self.shares(&best);
        let apart = next
            .iter()
            .zip(current)
            .map(|(one, other)| one.abs_diff(*other));
        match apart.max().is_some_and(|apart| apart >= MOVE_LEAST) {
            true => Learnt::Moved(next),
            false => Learnt::Same,
        }
    }

    /// The floor for each, and of what is left as much as it is probable that it is the best.
    fn shares(self, best: &[f64]) -> Vec<u16> {
        let floor = u16::from(self.floor_percent) * (WHOLE / 100);
        let ways = u16::try_from(best.len()).unwrap_or(u16::MAX);
        let left = WHOLE.saturating_sub(floor.saturating_mul(ways));
        parts(left, best)
            .into_iter()
            .map(|part| floor + part)
            .collect()
    }
}

/// How probable it is of each way that it is the best one.
#[must_use]
pub fn chances(seen: &[Seen]) -> Option<Vec<f64>> {
    let posteriors: Option<Vec<Posterior>> = seen
        .iter()
        .map(|way| Posterior::of_share(way.reached, way.counted))
        .collect();
    probability_best(&posteriors?)
}

/// What is to be believed of a way of which nothing was known before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Belief {
    /// Of those who go it, so many are to be expected to reach the goal, as a share.
    pub mean: f64,
    /// The share lies above this with a probability of 97.5 %.
    pub low: f64,
    /// The share lies below this with a probability of 97.5 %.
    pub high: f64,
    /// How probable it is that this way is the best one.
    pub best: f64,
}

/// What is to be believed of each way by what was seen.
#[must_use]
pub fn beliefs(seen: &[Seen]) -> Option<Vec<Belief>> {
    let of = |(way, best): (&Seen, f64)| {
        let posterior = Posterior::of_share(way.reached, way.counted)?;
        let ends = posterior.interval()?;
        Some(Belief {
            mean: posterior.mean(),
            low: ends.low,
            high: ends.high,
            best,
        })
    };
    seen.iter().zip(chances(seen)?).map(of).collect()
}

/// A whole in parts by weights that make one: what is left of rounding goes to the largest rests,
/// of equal ones to the first.
fn parts(whole: u16, weights: &[f64]) -> Vec<u16> {
    let exact: Vec<f64> = weights.iter().map(|it| it * f64::from(whole)).collect();
    let mut parts: Vec<u16> = exact.iter().map(|it| floor_of(*it)).collect();
    let given: u16 = parts.iter().sum();
    let mut order: Vec<(usize, f64)> = exact.iter().map(|it| it - it.floor()).enumerate().collect();
    order.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    for (place, _) in order
        .into_iter()
        .take(usize::from(whole.saturating_sub(given)))
    {
        if let Some(part) = parts.get_mut(place) {
            *part += 1;
        }
    }
    parts
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a part of a whole that is far below the largest number"
)]
const fn floor_of(part: f64) -> u16 {
    part as u16
}

/// The shares with which learning begins, of a hundred: as equal as whole numbers can be.
#[must_use]
pub fn equal_shares(ways: usize) -> Vec<u8> {
    let Some(count) = u8::try_from(ways).ok().filter(|count| *count > 0) else {
        return Vec::new();
    };
    let (each, rest) = (100 / count, 100 % count);
    (0..count)
        .map(|place| each + u8::from(place < rest))
        .collect()
}

/// The shares of an experiment as they were over time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Allocations(Vec<(Timestamp, Vec<u16>)>);

impl Allocations {
    /// From when which shares were in force, of [`WHOLE`], in whatever order; of two from the same
    /// moment the later one counts.
    #[must_use]
    pub fn new(mut all: Vec<(Timestamp, Vec<u16>)>) -> Self {
        all.sort_by_key(|(from, _)| *from);
        Self(all)
    }

    /// The shares in force at a moment: those of the document until others were set.
    #[must_use]
    pub fn at(&self, split: &Split, at: Timestamp) -> Vec<u16> {
        let set = self.0.iter().rev().find(|(from, _)| *from <= at);
        match set.filter(|(_, shares)| shares.len() == split.arms.len()) {
            Some((_, shares)) => shares.clone(),
            None => split.shares(),
        }
    }
}

impl Split {
    /// The shares that the document says, of [`WHOLE`].
    #[must_use]
    pub fn shares(&self) -> Vec<u16> {
        let arms = self.arms.iter();
        arms.map(|arm| u16::from(arm.share) * (WHOLE / 100))
            .collect()
    }

    /// By what the history of its shares is known: the names of its ways, in order. Whoever adds a
    /// way, leaves one out or gives it another name begins anew.
    ///
    /// # Panics
    /// Never in practice: a list of names can be written.
    #[must_use]
    pub fn ways_key(&self) -> String {
        let names: Vec<&str> = self.arms.iter().map(|arm| arm.name.as_str()).collect();
        serde_json::to_string(&names).expect("names are plain data")
    }
}

impl Checking<'_> {
    pub(super) fn adaptive(&mut self, split: &Split, at: &str) {
        let Some(adaptive) = split.adaptive else {
            return;
        };
        let at = format!("{at}/adaptive");
        let hint = "only the shares of an experiment can learn: say what is compared";
        self.must(split.experiment.is_some(), &at, hint.to_owned());
        let hint = "shares learn from who reaches the goal: give the journey one";
        self.must(self.has_goal, &at, hint.to_owned());
        let ways = split.arms.len().clamp(2, ARMS_MOST);
        let most = 100 / ways;
        let fits = (1..=most).contains(&usize::from(adaptive.floor_percent));
        let hint = format!("1 to {most} of a hundred");
        self.must(fits, &format!("{at}/floor_percent"), hint);
        let fits = (WARM_UP_LEAST..=WARM_UP_MOST).contains(&adaptive.warm_up);
        let hint = format!("{WARM_UP_LEAST} to {WARM_UP_MOST} people");
        self.must(fits, &format!("{at}/warm_up"), hint);
        let equal = equal_shares(split.arms.len());
        let shares: Vec<u8> = split.arms.iter().map(|arm| arm.share).collect();
        let told: Vec<String> = equal.iter().map(u8::to_string).collect();
        let hint = format!("shares that learn begin equal: {}", told.join(", "));
        self.must(shares == equal, &at, hint);
    }
}
