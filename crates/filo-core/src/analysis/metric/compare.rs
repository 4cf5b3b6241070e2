//! A figure in two stretches of time, and whether they differ by more than chance.
//!
//! **Invariant:** everybody counts once, with what they added to both: who buys every week does not
//! make two weeks surer than they are. Nothing is said of too few.
//!
//! Chance here means that people come and act independently of one another. What moves all of them
//! at once (weather, a holiday) is a cause, not chance, and stands beside it as an annotation.

use filo_stats::experiment::{Interval, newcombe};
use filo_stats::rate::{rate_ratio, variance_of_sum};

use super::{Measure, Metric, Part};
use crate::id::CustomerId;

/// With fewer people behind both together, nothing is said.
pub const PEOPLE_LEAST: u64 = 10;
/// The same of sums in which some count much more than others, and of ratios.
const PEOPLE_LEAST_UNEVEN: u64 = 30;

/// A figure in a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Figure {
    /// What it is; nothing of a ratio of nothing.
    pub value: Option<f64>,
    /// Of how many people.
    pub people: u64,
    /// Above the line.
    pub top: f64,
    /// Below it.
    pub bottom: f64,
}

/// What somebody added to a figure, now and before.
#[derive(Debug, Clone, PartialEq)]
pub struct Paired {
    /// Who.
    pub customer: CustomerId,
    /// In the stretch.
    pub now: Vec<Part>,
    /// In the one it is compared with.
    pub before: Vec<Part>,
}

/// Whether there is a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// More than chance explains.
    Higher,
    /// Less than chance explains.
    Lower,
    /// Chance alone explains it.
    WithinChance,
    /// There are too few to say.
    TooFew {
        /// People there are.
        have: u64,
        /// People it takes.
        least: u64,
    },
}

/// A figure beside what it was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// Which.
    pub metric: Metric,
    /// In the stretch.
    pub now: Figure,
    /// In the one it is compared with.
    pub before: Figure,
    /// How much more it is.
    pub difference: Option<f64>,
    /// The same as a part of what it was.
    pub change: Option<f64>,
    /// Of a sum: how much more it is for each day, as a part of what it was for each day. The
    /// same as `change` where both are as long.
    pub pace: Option<f64>,
    /// Between what that lies, 95 or 99 times of a hundred: of a sum the pace, else the
    /// difference.
    pub interval: Option<Interval>,
    /// Whether there is one.
    pub verdict: Verdict,
}

/// How sure one wants to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Usual,
    Careful,
}

impl Level {
    const fn confidence(self) -> f64 {
        match self {
            Self::Usual => 0.95,
            Self::Careful => 0.99,
        }
    }

    /// The normal quantile of it.
    const fn z(self) -> f64 {
        match self {
            Self::Usual => filo_stats::proportion::Z_95,
            Self::Careful => 2.575_829_303_548_900_4,
        }
    }
}

impl Verdict {
    /// The word in the API and in catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::WithinChance => "within_chance",
            Self::TooFew { .. } => "too_few",
        }
    }

    /// Whether it is a difference that chance does not explain.
    #[must_use]
    pub const fn is_beyond_chance(self) -> bool {
        matches!(self, Self::Higher | Self::Lower)
    }

    fn of(interval: Interval, middle: f64) -> Self {
        if interval.low > middle {
            Self::Higher
        } else if interval.high < middle {
            Self::Lower
        } else {
            Self::WithinChance
        }
    }
}

/// A figure of what people added to it.
#[must_use]
pub fn figure_of<'a>(metric: Metric, each: impl Iterator<Item = &'a [Part]>) -> Figure {
    let mut figure = Figure::default();
    for parts in each.filter(|parts| !parts.is_empty()) {
        let (top, bottom) = sums(parts);
        figure.people += 1;
        figure.top += top;
        figure.bottom += bottom;
    }
    figure.value = match metric.measure().is_sum() {
        true => Some(figure.top),
        false => (figure.bottom > 0.0).then(|| figure.top / figure.bottom),
    };
    figure
}

pub(super) fn sums(parts: &[Part]) -> (f64, f64) {
    let top = parts.iter().map(|it| it.top).sum();
    (top, parts.iter().map(|it| it.bottom).sum())
}

impl Comparison {
    /// Of what people added, in stretches of so many days; sure 95 times of a hundred.
    #[must_use]
    pub fn of(metric: Metric, people: &[Paired], days: (f64, f64)) -> Self {
        Self::at(metric, people, days, Level::Usual)
    }

    /// The same, sure 99 times of a hundred: for who looks at many figures, every day.
    #[must_use]
    pub fn careful(metric: Metric, people: &[Paired], days: (f64, f64)) -> Self {
        Self::at(metric, people, days, Level::Careful)
    }

    fn at(metric: Metric, people: &[Paired], days: (f64, f64), level: Level) -> Self {
        let now = figure_of(metric, people.iter().map(|it| it.now.as_slice()));
        let before = figure_of(metric, people.iter().map(|it| it.before.as_slice()));
        let difference = now
            .value
            .zip(before.value)
            .map(|(now, before)| now - before);
        let change = difference.zip(before.value.filter(|it| *it > 0.0));
        let is_sum = metric.measure().is_sum();
        let expected = before.top * days.0 / days.1;
        let pace = (is_sum && expected > 0.0).then(|| now.top / expected - 1.0);
        let between = match is_sum {
            true => of_sums(people, days, level),
            false => of_ratios(metric, people, (now, before), level),
        };
        let least = match between.is_even {
            true => PEOPLE_LEAST,
            false => PEOPLE_LEAST_UNEVEN,
        };
        let have = people.len() as u64;
        let interval = between.interval.filter(|_| have >= least);
        let verdict = match interval {
            Some(interval) => Verdict::of(interval, 0.0),
            None => Verdict::TooFew { have, least },
        };
        Self {
            metric,
            now,
            before,
            difference,
            change: change.map(|(difference, before)| difference / before),
            pace,
            interval,
            verdict,
        }
    }
}

/// What was found, and whether everybody counts alike in it.
struct Between {
    interval: Option<Interval>,
    is_even: bool,
}

/// How much more for each day, relative to what it was.
fn of_sums(people: &[Paired], days: (f64, f64), level: Level) -> Between {
    let tops = |parts: &[Part]| sums(parts).0;
    // The same people again are no new evidence: only where each counts once are counts counts.
    let is_even = people.iter().all(|it| {
        let (now, before) = (it.now.len(), it.before.len());
        let is_one = |parts: &[Part]| parts.iter().all(|it| (it.top - 1.0).abs() < f64::EPSILON);
        now + before <= 1 && is_one(&it.now) && is_one(&it.before)
    });
    if is_even {
        let count = |side: fn(&Paired) -> &Vec<Part>| {
            people.iter().filter(|it| !side(it).is_empty()).count() as u64
        };
        let (now, before) = (count(|it| &it.now), count(|it| &it.before));
        let ratio = rate_ratio((now, days.0), (before, days.1), level.confidence());
        let interval = ratio.map(|it| Interval {
            low: it.low - 1.0,
            high: it.high - 1.0,
        });
        return Between { interval, is_even };
    }
    let scale = days.0 / days.1;
    let now: f64 = people.iter().map(|it| tops(&it.now)).sum();
    let before: f64 = people.iter().map(|it| tops(&it.before)).sum();
    let expected = before * scale;
    let interval = match (now > 0.0, expected > 0.0) {
        // On the logarithm, so that both ways round say the same.
        (true, true) => {
            let each = people
                .iter()
                .map(|it| tops(&it.now) / now - tops(&it.before) * scale / expected);
            let reach = level.z() * variance_of_sum(each).sqrt();
            let ratio = (now / expected).ln();
            Some(Interval {
                low: (ratio - reach).exp() - 1.0,
                high: (ratio + reach).exp() - 1.0,
            })
        }
        (false, true) => {
            let reach =
                level.z() * variance_of_sum(people.iter().map(|it| tops(&it.before))).sqrt();
            // Nothing came: at most what the spread of before would leave.
            Some(Interval {
                low: -1.0,
                high: reach / before - 1.0,
            })
        }
        _ => None,
    };
    Between { interval, is_even }
}

/// How much more, in what the figure is in.
fn of_ratios(
    metric: Metric,
    people: &[Paired],
    (now, before): (Figure, Figure),
    level: Level,
) -> Between {
    let is_single = people
        .iter()
        .all(|it| it.now.len() <= 1 && it.before.len() <= 1);
    let apart = people
        .iter()
        .all(|it| it.now.is_empty() || it.before.is_empty());
    let nothing = Between {
        interval: None,
        is_even: false,
    };
    let (Some(now_value), Some(before_value)) = (now.value, before.value) else {
        return nothing;
    };
    let is_share = metric.measure() == Measure::Share;
    if is_share && is_single && apart && level == Level::Usual {
        let of = |it: Figure| (whole(it.top), whole(it.bottom));
        return Between {
            interval: newcombe(of(now), of(before)),
            is_even: false,
        };
    }
    let rest = |parts: &[Part], figure: Figure, value: f64| {
        let (top, bottom) = sums(parts);
        (top - value * bottom) / figure.bottom
    };
    let each = people
        .iter()
        .map(|it| rest(&it.now, now, now_value) - rest(&it.before, before, before_value));
    let reach = level.z() * variance_of_sum(each).sqrt();
    // All alike on both sides: the spread of so few is not known.
    if reach <= 0.0 {
        return nothing;
    }
    Between {
        interval: Some(Interval::around(now_value - before_value, reach)),
        is_even: false,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count of people, which is whole and not negative"
)]
fn whole(count: f64) -> usize {
    count as usize
}
