//! Warming up: an address that providers do not know yet begins with few messages a day to each of
//! them, and grows by half a day as long as that is taken well.
//!
//! **Invariant:** a day is at most half as large again as the last one that was used, never twice;
//! it does not grow while people complain or the provider puts messages off.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::MailDefect;
use crate::message::gate::{Finding, Outcome, Verdict};
use crate::time::Timestamp;

/// The form of the document.
pub const WARM_UP_VERSION: u32 = 1;
/// The smallest first day: from one message nothing grows by half.
const FIRST_LEAST: u32 = 2;
/// Larger days than this need no warming up.
const TARGET_MOST: u32 = 1_000_000;
/// Days in which complaints are counted.
const COMPLAINT_DAYS: i64 = 7;
/// More complaints than one in so many messages hold the growth (0.1 %).
const MESSAGES_A_COMPLAINT: u64 = 1_000;
/// More than so many of a hundred tries put off hold the growth.
const DEFERRED_PERCENT_MOST: u64 = 5;
/// After so many days of silence an address is as new again.
const SILENT_DAYS_MOST: i64 = 30;
/// Who showed themselves within so many days lets nobody go first, and what the others wait.
const ENGAGED: [(i64, i64); 3] = [(30, 0), (90, 300), (365, 600)];
const LEAST_ENGAGED_S: i64 = 900;
const DAY_S: i64 = 86_400;

/// What an owner says about warming up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WarmUp {
    /// [`WARM_UP_VERSION`].
    pub version: u32,
    /// Whether days have a size.
    pub is_on: bool,
    /// Messages to each provider on the first day.
    pub first: u32,
    /// Messages to each provider on a day, once it is warm.
    pub target: u32,
    /// Days before this one say nothing.
    pub since: Date,
}

/// A day of a domain at a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WarmUpDay {
    /// Which day on the company's clock.
    pub date: Date,
    /// How many messages it has room for.
    pub allowed: u32,
    /// Why it is no larger than the one before, if it might have been.
    pub hold: Option<Hold>,
    /// Messages that left or are on their way.
    pub sent: u32,
    /// Those that were taken.
    pub taken: u32,
    /// Tries that were put off.
    pub deferred: u32,
    /// Complaints that came in.
    pub complained: u32,
}

/// Why a day does not grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// Too many people complained.
    Complaints,
    /// Too much was put off.
    Deferrals,
}

impl Hold {
    /// The word in the tables, in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Complaints => "complaints",
            Self::Deferrals => "deferrals",
        }
    }

    /// The reason of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Complaints, Self::Deferrals]
            .into_iter()
            .find(|it| it.word() == word)
    }
}

impl WarmUp {
    /// Off, with what is usual for who switches it on.
    #[must_use]
    pub fn off(today: Date) -> Self {
        Self {
            version: WARM_UP_VERSION,
            is_on: false,
            first: 200,
            target: 10_000,
            since: today,
        }
    }

    /// What is wrong; nothing if it can be kept.
    #[must_use]
    pub fn defects(&self) -> Vec<MailDefect> {
        let mut found = Vec::new();
        let mut wrong = |field, reason| found.push(MailDefect { field, reason });
        if !(FIRST_LEAST..=TARGET_MOST).contains(&self.first) {
            wrong("first", "warm_up_first");
        }
        if self.target < self.first || self.target > TARGET_MOST {
            wrong("target", "warm_up_target");
        }
        found
    }

    /// How large a day is, and why it does not grow if it does not; by the days before it, in
    /// order.
    #[must_use]
    pub fn size(&self, today: Date, earlier: &[WarmUpDay]) -> (u32, Option<Hold>) {
        let counts = |day: &&WarmUpDay| day.date >= self.since && day.date < today;
        let days: Vec<&WarmUpDay> = earlier.iter().filter(counts).collect();
        let first = self.first.min(self.target);
        let silent = |day: &WarmUpDay| days_between(day.date, today) > SILENT_DAYS_MOST;
        let Some(last) = days.last().filter(|last| !silent(last)) else {
            return (first, None);
        };
        let same = last.allowed.min(self.target);
        if let Some(hold) = hold(today, &days, last) {
            return (same, Some(hold));
        }
        // What had room for many and carried few has shown nothing.
        if u64::from(last.sent) * 2 < u64::from(last.allowed) {
            return (same, None);
        }
        (grown(last.allowed).min(self.target), None)
    }

    /// The size of each day if every one is used and taken well, up to the target.
    #[must_use]
    pub fn plan(&self) -> Vec<u32> {
        let mut size = self.first.min(self.target);
        let mut plan = vec![size];
        while size < self.target && size >= FIRST_LEAST {
            size = grown(size).min(self.target);
            plan.push(size);
        }
        plan
    }
}

fn hold(today: Date, days: &[&WarmUpDay], last: &WarmUpDay) -> Option<Hold> {
    let recent = days
        .iter()
        .filter(|day| days_between(day.date, today) <= COMPLAINT_DAYS);
    let (mut complained, mut taken) = (0u64, 0u64);
    for day in recent {
        complained += u64::from(day.complained);
        taken += u64::from(day.taken);
    }
    if complained * MESSAGES_A_COMPLAINT > taken {
        return Some(Hold::Complaints);
    }
    let tries = u64::from(last.taken) + u64::from(last.deferred);
    let is_put_off = u64::from(last.deferred) * 100 > tries * DEFERRED_PERCENT_MOST;
    is_put_off.then_some(Hold::Deferrals)
}

/// Half as much again.
const fn grown(size: u32) -> u32 {
    size.saturating_add(size / 2)
}

fn days_between(one: Date, other: Date) -> i64 {
    i64::from((other - one).get_days())
}

/// The day on a clock.
#[must_use]
pub fn warm_up_date(now: Timestamp, zone: &TimeZone) -> Date {
    let at = jiff::Timestamp::from_microsecond(now.0).unwrap_or_default();
    at.to_zoned(zone.clone()).date()
}

/// When the day after begins on a clock.
#[must_use]
pub fn next_warm_up_day(today: Date, zone: &TimeZone) -> Timestamp {
    let begin = today
        .tomorrow()
        .and_then(|day| day.to_zoned(zone.clone()))
        .map(|day| Timestamp(day.timestamp().as_microsecond()));
    begin.unwrap_or(Timestamp::MAX)
}

/// How many seconds somebody's advertising lets that of others go first: who showed themselves
/// lately waits for nobody.
#[must_use]
pub fn warm_up_rank_s(last_seen: Option<Timestamp>, now: Timestamp) -> i64 {
    let Some(last_seen) = last_seen else {
        return LEAST_ENGAGED_S;
    };
    let days = now.micros_since(last_seen) / (DAY_S * 1_000_000);
    let rank = ENGAGED.iter().find(|(within, _)| days < *within);
    rank.map_or(LEAST_ENGAGED_S, |(_, wait_s)| *wait_s)
}

/// A verdict that let a message go which has to wait after all.
#[must_use]
pub fn warm_up_wait(verdict: Verdict, finding: Finding, expires_at: Timestamp) -> Verdict {
    let mut findings = verdict.findings;
    findings.push(finding);
    let outcome = match finding {
        Finding::WarmUp { until, .. } | Finding::WarmUpOrder { until } if until < expires_at => {
            Outcome::Wait(until)
        }
        _ => {
            findings.push(Finding::TooLate);
            Outcome::Stop
        }
    };
    Verdict { outcome, findings }
}

#[cfg(test)]
mod tests;
