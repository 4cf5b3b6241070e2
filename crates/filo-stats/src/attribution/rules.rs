//! Rules that share the credit of a path among its touches.

use super::Credit;
use crate::counting::real;
use crate::paths::{Path, Paths};

/// After so many days a touch counts half, unless one knows better.
pub const HALF_LIFE_DAYS: f64 = 7.0;
/// What the first and the last touch get each by position.
const END_SHARE: f64 = 0.4;

/// How a path shares its credit among its touches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rule {
    /// All to the first.
    First,
    /// All to the last.
    Last,
    /// All to the last that is not this channel, or to this one where there is no other.
    LastExcept(u16),
    /// To all alike.
    Linear,
    /// 40 % to the first, 40 % to the last, the rest to all between alike; half to either of two.
    Position,
    /// Half as much for each half-life that a touch lies before the end: 2^(−age / half-life).
    Decay {
        /// The half-life in days ([`HALF_LIFE_DAYS`]).
        half_life: f64,
    },
}

/// The credit of each channel by a rule, as many as there are channels.
///
/// `None` where nothing was converted or all paths touch the same, so that there is nothing to
/// compare; for the decay where a path that converted has no ages, or the half-life is not a
/// positive number.
#[must_use]
pub fn by_rule(paths: &Paths, rule: Rule) -> Option<Vec<Credit>> {
    if !paths.tell_apart() {
        return None;
    }
    let mut credits = vec![Credit::default(); paths.channels()];
    for row in paths.rows().iter().filter(|row| row.conversions > 0) {
        share(row, rule, |touch, share| {
            let credit = &mut credits[usize::from(touch)];
            credit.conversions += share * real(row.conversions);
            credit.value += share * row.value;
        })?;
    }
    Some(credits)
}

/// Tells what share of its credit a path gives to which touch.
fn share(row: &Path, rule: Rule, mut give: impl FnMut(u16, f64)) -> Option<()> {
    let touches = &row.touches;
    let (first, last) = (*touches.first()?, *touches.last()?);
    match rule {
        Rule::First => give(first, 1.0),
        Rule::Last => give(last, 1.0),
        Rule::LastExcept(channel) => {
            let other = touches.iter().rev().find(|touch| **touch != channel);
            give(*other.unwrap_or(&last), 1.0);
        }
        Rule::Linear => {
            let each = 1.0 / real(touches.len());
            touches.iter().for_each(|touch| give(*touch, each));
        }
        Rule::Position => match touches.get(1..touches.len() - 1) {
            None => give(first, 1.0),
            Some([]) => [first, last].into_iter().for_each(|it| give(it, 0.5)),
            Some(between) => {
                let each = (1.0 - 2.0 * END_SHARE) / real(between.len());
                between.iter().for_each(|touch| give(*touch, each));
                [first, last].into_iter().for_each(|it| give(it, END_SHARE));
            }
        },
        Rule::Decay { half_life } => {
            if !(half_life > 0.0 && half_life.is_finite()) {
                return None;
            }
            let ages = row.ages.as_ref()?;
            // Counted from the youngest: however old all are, one of them has a weight.
            let youngest = ages.iter().copied().fold(f64::INFINITY, f64::min);
            let weight = |age: &f64| ((youngest - age) / half_life).exp2();
            let all: f64 = ages.iter().map(weight).sum();
            for (touch, age) in touches.iter().zip(ages) {
                give(*touch, weight(age) / all);
            }
        }
    }
    Some(())
}

/// The credit of each channel by the value of Shapley, "A Value for n-Person Games", Contributions
/// to the Theory of Games II (1953), 307–317, where a set of channels achieves what was converted
/// on paths that touch nothing else: each path shares its credit among its channels alike, however
/// often it touches them (Zhao, Mahboobi, Bagheri, "Shapley Value Methods for Attribution Modeling
/// in Online Advertising", arXiv 1804.05327 (2018)).
///
/// `None` as in [`by_rule`].
#[must_use]
pub fn shapley(paths: &Paths) -> Option<Vec<Credit>> {
    if !paths.tell_apart() {
        return None;
    }
    let mut credits = vec![Credit::default(); paths.channels()];
    let mut members = Vec::new();
    for row in paths.rows().iter().filter(|row| row.conversions > 0) {
        members.clone_from(&row.touches);
        members.sort_unstable();
        members.dedup();
        let each = 1.0 / real(members.len());
        for member in &members {
            let credit = &mut credits[usize::from(*member)];
            credit.conversions += each * real(row.conversions);
            credit.value += each * row.value;
        }
    }
    Some(credits)
}
