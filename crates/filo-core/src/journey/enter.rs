//! Whether somebody comes in.
//!
//! **Invariant:** of one journey there is one run at a time for each customer and key.
//! **Invariant:** nobody comes in more than [`MOST_A_DAY`] times a day, so journeys that bring
//! each other about come to rest.

use compact_str::CompactString;

use super::document::Entry;
use super::plan::Plan;
use crate::id::CustomerId;
use crate::segment::{Person, Scene, evaluate};
use crate::time::Timestamp;

/// Runs of one journey that one customer begins in 24 hours.
pub const MOST_A_DAY: usize = 20;
const DAY_SECONDS: i64 = 86_400;

/// A run that there was or is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// What it is about.
    pub key: CompactString,
    /// When it began.
    pub entered_at: Timestamp,
    /// Whether it has ended.
    pub is_over: bool,
    /// The id by which its ways were drawn.
    pub subject: CustomerId,
}

/// Who would come in.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// What the run would be about.
    pub key: &'a str,
    /// When what triggers happened.
    pub at: Timestamp,
    /// Somebody lets them in: freshness and conditions do not count.
    pub by_hand: bool,
}

/// Why somebody does not come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refused {
    /// What triggers happened too long ago.
    Stale,
    /// They are on the way already.
    OnTheWay,
    /// They were in it before, and may be once.
    Before,
    /// They were in it too lately.
    TooSoon,
    /// They came in too often today.
    TooOften,
    /// The condition of coming in is not true of them.
    NotMeant,
    /// A condition of leaving is true of them.
    WouldLeave,
    /// The journey takes nobody in now.
    NotOpen,
}

impl Refused {
    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Stale => "stale",
            Self::OnTheWay => "on-the-way",
            Self::Before => "before",
            Self::TooSoon => "too-soon",
            Self::TooOften => "too-often",
            Self::NotMeant => "not-meant",
            Self::WouldLeave => "would-leave",
            Self::NotOpen => "not-open",
        }
    }
}

/// Whether the rule of entry lets somebody in who has these runs.
///
/// # Errors
/// Why not.
pub fn admits(rule: Entry, key: &str, earlier: &[Earlier], now: Timestamp) -> Result<(), Refused> {
    if earlier.iter().any(|run| !run.is_over && run.key == key) {
        return Err(Refused::OnTheWay);
    }
    let lately = |run: &&Earlier| run.entered_at.plus_seconds(DAY_SECONDS) > now;
    if earlier.iter().filter(lately).count() >= MOST_A_DAY {
        return Err(Refused::TooOften);
    }
    let of_key = earlier.iter().filter(|run| run.key == key);
    let Some(last) = of_key.map(|run| run.entered_at).max() else {
        return Ok(());
    };
    match rule {
        Entry::Once => Err(Refused::Before),
        Entry::EveryTime => Ok(()),
        Entry::Every(span) if now < last.plus_micros(span.micros()) => Err(Refused::TooSoon),
        Entry::Every(_) => Ok(()),
    }
}

/// Whether somebody comes in, all considered.
///
/// # Errors
/// Why not.
pub fn enter(
    plan: &Plan,
    candidate: Candidate<'_>,
    earlier: &[Earlier],
    (person, scene): (&Person<'_>, &Scene),
    now: Timestamp,
) -> Result<(), Refused> {
    let journey = &plan.journey;
    let stale_at = candidate.at.plus_micros(journey.fresh_for.micros());
    if !candidate.by_hand && stale_at < now {
        return Err(Refused::Stale);
    }
    admits(journey.entry, candidate.key, earlier, now)?;
    let holds = |condition| evaluate(condition, person, scene, now).holds;
    if !candidate.by_hand && !journey.only_if.as_ref().is_none_or(holds) {
        return Err(Refused::NotMeant);
    }
    match journey.exit.iter().any(holds) {
        true => Err(Refused::WouldLeave),
        false => Ok(()),
    }
}
