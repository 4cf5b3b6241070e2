//! Who wrote, how long an answer took, and who still waits for one.
//!
//! **Invariant:** what somebody writes while they wait is the same question; a question is
//! answered by the first word of a person of the company after it.

use filo_stats::quantile::quantiles;

use super::doing::{Doing, Person, What};
use super::stretch::Window;
use crate::time::Timestamp;

const DAY_SECONDS: i64 = 86_400;

/// A question, and when it was answered.
pub(super) struct Asked<'a> {
    pub(super) wrote: &'a Doing,
    answered_at: Option<Timestamp>,
}

impl Asked<'_> {
    /// Whether it was answered within a day; nothing while it still can be.
    pub(super) fn is_in_day(&self, now: Timestamp) -> Option<bool> {
        let until = self.wrote.at.plus_seconds(DAY_SECONDS);
        match self.answered_at {
            Some(at) => Some(at <= until),
            None => (until <= now).then_some(false),
        }
    }
}

/// What somebody asked, by when.
pub(super) fn asked(doings: &[Doing]) -> Vec<Asked<'_>> {
    let mut all: Vec<Asked<'_>> = Vec::new();
    // Doings stand by their instants; of the same instant a question comes before its answer.
    for doing in doings {
        let open = all.last_mut().filter(|it| it.answered_at.is_none());
        match (doing.what, open) {
            (What::Wrote, None) => all.push(Asked {
                wrote: doing,
                answered_at: None,
            }),
            (What::Answered, Some(open)) => open.answered_at = Some(doing.at),
            _ => {}
        }
    }
    all
}

/// How long answers took in a window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answers {
    /// Questions that were answered.
    pub answered: u64,
    /// Half of them took at most so many hours.
    pub median_hours: f64,
}

impl Answers {
    /// Of the questions that came in a window; nothing without an answer.
    #[must_use]
    pub fn of<'a>(people: impl Iterator<Item = &'a Person>, window: Window) -> Option<Self> {
        let mut hours: Vec<f64> = Vec::new();
        for person in people {
            let asked = asked(&person.doings);
            let within = asked.iter().filter(|it| window.holds(it.wrote.at));
            hours.extend(within.filter_map(|it| Some(hours_between(it.wrote.at, it.answered_at?))));
        }
        let answered = hours.len() as u64;
        let [median_hours] = quantiles(&mut hours, [0.5])?;
        Some(Self {
            answered,
            median_hours,
        })
    }
}

/// Who waits for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waiting {
    /// How many people.
    pub people: u64,
    /// Since when the one who has waited longest does.
    pub since: Option<Timestamp>,
}

impl Waiting {
    /// Of these people, who wrote within so many days before now and has had no answer.
    #[must_use]
    pub fn of<'a>(people: impl Iterator<Item = &'a Person>, now: Timestamp, days: i64) -> Self {
        let from = now.plus_seconds(-days * DAY_SECONDS);
        let mut found = Self::default();
        for person in people {
            let asked = asked(&person.doings);
            let open = asked.last().filter(|it| it.answered_at.is_none());
            let open = open.filter(|it| from <= it.wrote.at && it.wrote.at <= now);
            let Some(open) = open else { continue };
            found.people += 1;
            found.since = Some(
                found
                    .since
                    .map_or(open.wrote.at, |it| it.min(open.wrote.at)),
            );
        }
        found
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "hours of years are exact enough"
)]
fn hours_between(from: Timestamp, until: Timestamp) -> f64 {
    until.micros_since(from) as f64 / 3_600_000_000.0
}
