//! What one group did more than the first, and how sure that is.

use std::collections::{BTreeMap, BTreeSet};

use filo_stats::experiment::{
    Difference, Interval, PLANNED_SHOP, Paired, Sample, Sequence, adjusted, newcombe,
};

use super::figures::Figures;
use super::person::Person;
use crate::money::{Cents, Currency};
use crate::time::Timestamp;

/// In what share of cases something is said to have changed though nothing has. Where several
/// groups are compared with the first, it is shared among them (Bonferroni).
pub(super) const ALPHA: f64 = 0.05;
/// With fewer of the first group who did it, a ratio says nothing.
const RATIO_LEAST: usize = 10;
/// With fewer buyers in both groups, single orders decide: no effect on money is claimed.
const BUYERS_LEAST: usize = 20;
/// With fewer people in either group, what is taken off for what they bought before would be drawn
/// from a handful.
const ADJUSTED_LEAST: usize = 50;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// The goal was reached.
    Goal,
    /// Something was bought.
    Purchase,
}

impl Outcome {
    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Goal => "goal",
            Self::Purchase => "purchase",
        }
    }
}

/// What can be said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict {
    /// They do it more.
    More,
    /// They do it less.
    Less,
    /// That cannot be told yet; with as many people a rise below this one could not be seen, as a
    /// share. Nothing where not even the greatest could.
    Unclear(Option<f64>),
}

impl Verdict {
    pub(super) fn of(interval: Interval, least: impl FnOnce() -> Option<f64>) -> Self {
        match (interval.low > 0.0, interval.high < 0.0) {
            (true, _) => Self::More,
            (_, true) => Self::Less,
            (false, false) => Self::Unclear(least()),
        }
    }

    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::More => "more",
            Self::Less => "less",
            Self::Unclear(_) => "unclear",
        }
    }
}

/// A number with the interval around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Between {
    /// What was seen.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Between {
    pub(super) const fn new(value: f64, interval: Interval) -> Self {
        Self {
            value,
            low: interval.low,
            high: interval.high,
        }
    }

    pub(super) fn times(self, factor: f64) -> Self {
        Self {
            value: self.value * factor,
            low: self.low * factor,
            high: self.high * factor,
        }
    }
}

/// How much more often a group did something than the first one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// What.
    pub outcome: Outcome,
    /// Which group.
    pub group: usize,
    /// The difference of the shares; 0.02 are two points.
    pub points: Between,
    /// The difference in parts of the first group's share; nothing where too few of them did it.
    pub relative: Option<Between>,
    /// How many people of the group did it because of it.
    pub people: Between,
    /// The interval of the points if one looks once, at a number of people settled before.
    pub at_one_look: Option<(f64, f64)>,
    /// What can be said.
    pub verdict: Verdict,
}

/// An amount with the interval around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoneyBetween {
    /// What was seen.
    pub value: Cents,
    /// The lower end.
    pub low: Cents,
    /// The upper end.
    pub high: Cents,
}

impl From<Between> for MoneyBetween {
    fn from(between: Between) -> Self {
        Self {
            value: cents(between.value),
            low: cents(between.low),
            high: cents(between.high),
        }
    }
}

/// How much more a group spent than the first one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MoneyEffect {
    /// In which currency.
    pub currency: Currency,
    /// Which group.
    pub group: usize,
    /// By person.
    pub each: MoneyBetween,
    /// By all people of the group who count.
    pub all: MoneyBetween,
    /// What was to be expected of each by what they had spent before is taken off: the part of
    /// the variance that is gone by that. Nothing where it was not worth it.
    pub reduction: Option<f64>,
    /// What can be said.
    pub verdict: Verdict,
}

pub(super) struct Comparing<'a> {
    people: &'a [Person],
    groups: &'a [Figures],
    now: Timestamp,
    sequence: Option<Sequence>,
}

impl<'a> Comparing<'a> {
    pub(super) fn new(people: &'a [Person], groups: &'a [Figures], now: Timestamp) -> Self {
        let comparisons = groups.len().saturating_sub(1).max(1);
        Self {
            people,
            groups,
            now,
            sequence: Sequence::new(ALPHA / real(comparisons), PLANNED_SHOP),
        }
    }

    pub(super) fn effects(&self, has_goal: bool) -> Vec<Effect> {
        let goal = has_goal.then_some(Outcome::Goal);
        let outcomes = goal.into_iter().chain([Outcome::Purchase]);
        let groups = 1..self.groups.len();
        outcomes
            .flat_map(|outcome| groups.clone().map(move |group| (outcome, group)))
            .filter_map(|(outcome, group)| self.effect(outcome, group))
            .collect()
    }

    fn effect(&self, outcome: Outcome, group: usize) -> Option<Effect> {
        let of = |figures: &Figures| match outcome {
            Outcome::Goal => (figures.reached, figures.counted),
            Outcome::Purchase => (figures.bought, figures.counted),
        };
        let (one, first) = (of(self.groups.get(group)?), of(self.groups.first()?));
        let sequence = self.sequence?;
        let difference = Difference::of_shares(one, first)?;
        let interval = sequence.around(&difference).within(-1.0, 1.0);
        let points = Between::new(difference.estimate, interval);
        let base = real(first.0) / real(first.1);
        let once = newcombe(one, first);
        Some(Effect {
            outcome,
            group,
            points,
            relative: self.relative(one, first),
            people: points.times(real(one.1)),
            at_one_look: once.map(|it| (it.low, it.high)),
            verdict: Verdict::of(interval, || sequence.least_visible(base, one.1, first.1)),
        })
    }

    fn relative(&self, one: (usize, usize), first: (usize, usize)) -> Option<Between> {
        if first.0 < RATIO_LEAST {
            return None;
        }
        let of = |it: (usize, usize)| Sample::of_share(it.0, it.1);
        let difference = Difference::relative(&of(one)?, &of(first)?)?;
        let interval = self.sequence?.around(&difference);
        let interval = interval.within(-1.0, f64::INFINITY);
        Some(Between::new(difference.estimate, interval))
    }

    pub(super) fn money(&self) -> Vec<MoneyEffect> {
        let spent = self.groups.iter().flat_map(|group| group.revenue.keys());
        let currencies: BTreeSet<Currency> = spent.copied().collect();
        let groups = 1..self.groups.len();
        currencies
            .into_iter()
            .flat_map(|currency| groups.clone().map(move |group| (currency, group)))
            .filter_map(|(currency, group)| self.spent(currency, group))
            .collect()
    }

    fn spent(&self, currency: Currency, group: usize) -> Option<MoneyEffect> {
        let of = |group: usize| {
            let people = self.people.iter();
            let people = people.filter(|it| it.group == group && it.is_over(self.now));
            let mut paired = Paired::default();
            for person in people {
                let of = |spent: &BTreeMap<Currency, Cents>| {
                    spent.get(&currency).map_or(0.0, |spent| amount(*spent))
                };
                paired.add(of(&person.done.revenue), of(&person.before));
            }
            paired
        };
        let (one, first) = (of(group), of(0));
        let are_enough = one.count.min(first.count) >= ADJUSTED_LEAST;
        let less = adjusted(&one, &first).filter(|_| are_enough);
        let (one, first) = match &less {
            Some(less) => (less.groups[0], less.groups[1]),
            None => (one.sample()?, first.sample()?),
        };
        let difference = Difference::careful(&one, &first)?;
        let interval = self.sequence?.around(&difference);
        let each = Between::new(difference.estimate, interval);
        let buyers = self.groups.get(group)?.bought + self.groups.first()?.bought;
        let verdict = match buyers < BUYERS_LEAST {
            true => Verdict::Unclear(None),
            false => Verdict::of(interval, || None),
        };
        Some(MoneyEffect {
            currency,
            group,
            each: each.into(),
            all: each.times(one.count).into(),
            reduction: less.map(|less| less.reduction),
            verdict,
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "people stay far under 2^53")]
pub(super) const fn real(count: usize) -> f64 {
    count as f64
}

#[expect(
    clippy::cast_precision_loss,
    reason = "an estimate needs no cent of a sum beyond 2^53"
)]
const fn amount(cents: Cents) -> f64 {
    cents.0 as f64
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a cast stops at the outermost amount there is"
)]
fn cents(amount: f64) -> Cents {
    Cents(amount.round() as i64)
}
