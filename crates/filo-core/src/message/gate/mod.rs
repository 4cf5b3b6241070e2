//! The gate: the one way out. Everything that stands in the way of a message is found, not only
//! the first thing, so that the verdict can be read afterwards.
//!
//! **Invariant (I5):** in every window of every cap and of the budget, what was let through stays
//! within the limit, whatever the order in which messages come to the gate.
//! **Invariant (I6):** nothing is let through in quiet hours on the customer's own clock.
//! **Invariant:** the verdict is a function of its arguments.

mod finding;
mod quiet;
mod room;

use jiff::Zoned;
use jiff::tz::TimeZone;

use super::policy::Policy;
use super::state::State;
use super::{Class, Medium};
use crate::consent::addressing::{self, Why};
use crate::id::MessageId;
use crate::time::Timestamp;

pub use finding::Finding;
pub use quiet::quiet_until;

/// A message at the gate.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an answer of its own that may stand in the way"
)]
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// Which.
    pub id: MessageId,
    /// By what it would go.
    pub medium: Medium,
    /// By what it would go instead, where that is refused.
    pub fallback: Option<Medium>,
    /// What it is for.
    pub class: Class,
    /// What it is worth against others: the greater goes first.
    pub value: u16,
    /// Since when it wants to go.
    pub planned_at: Timestamp,
    /// After this it makes no sense any more.
    pub expires_at: Timestamp,
    /// Whether what it was planned for is still so.
    pub is_reason_true: bool,
    /// Whether its person is among those held back in general.
    pub is_held_back: bool,
    /// Whether they are among those held back of the journey that says it.
    pub is_held_back_of_journey: bool,
    /// Whether a person has to see it first, and has not said yes to what it says now.
    pub is_unapproved: bool,
    /// Whether it is shown to them when they come, and they are not there.
    pub is_absent: bool,
    /// The answer of consent, suppression list and reachability.
    pub addressing: &'a addressing::Verdict,
}

/// A marketing message that was let through earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spent {
    /// When.
    pub at: Timestamp,
    /// By what.
    pub medium: Medium,
    /// What it weighed then.
    pub weight: u16,
}

/// Another marketing message of the same person that wants to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rival {
    /// Which.
    pub id: MessageId,
    /// By what it would go.
    pub medium: Medium,
    /// What it is worth.
    pub value: u16,
    /// Since when it wants to go.
    pub planned_at: Timestamp,
}

/// What the gate knows beside the message.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// The company's rules.
    pub policy: &'a Policy,
    /// What the person got, in any order.
    pub spent: &'a [Spent],
    /// What else waits for the same person and could go now.
    pub rivals: &'a [Rival],
    /// The person's zone.
    pub zone: &'a TimeZone,
    /// Now.
    pub now: Timestamp,
}

/// What becomes of the message now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It may leave.
    Go,
    /// It is looked at again then.
    Wait(Timestamp),
    /// It stands until a person does something.
    AskPerson,
    /// It never leaves by this medium: the next one is tried.
    PassOn(Medium),
    /// It never leaves.
    Stop,
}

impl Outcome {
    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Go => "go",
            Self::Wait(_) => "wait",
            Self::AskPerson => "ask_person",
            Self::PassOn(_) => "pass_on",
            Self::Stop => "stop",
        }
    }
}

/// The answer of the gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What becomes of it.
    pub outcome: Outcome,
    /// Why: everything that was found.
    pub findings: Vec<Finding>,
}

impl Verdict {
    /// Where a message stands after it, until it is claimed.
    #[must_use]
    pub fn state(&self) -> State {
        match self.outcome {
            Outcome::Go | Outcome::Wait(_) | Outcome::PassOn(_) => State::Queued,
            Outcome::AskPerson if self.findings.contains(&Finding::Unapproved) => State::Unapproved,
            Outcome::AskPerson => State::Awaiting,
            Outcome::Stop => State::Stopped,
        }
    }
}

/// The answer about somebody who is not known any more.
#[must_use]
pub fn nobody() -> Verdict {
    Verdict {
        outcome: Outcome::Stop,
        findings: vec![Finding::Addressing(Why::NoAddress)],
    }
}

/// Looked at again after so long where no instant is known.
const LOOK_AGAIN_SECONDS: i64 = 15 * 60;

/// Asks the gate.
#[must_use]
pub fn pass(asking: &Asking<'_>, around: &Surroundings<'_>) -> Verdict {
    let mut findings = Vec::new();
    let addressed = asking.addressing.reasons.iter();
    findings.extend(addressed.map(|reason| Finding::Addressing(reason.why)));
    if asking.expires_at <= around.now {
        findings.push(Finding::TooLate);
    }
    if !asking.is_reason_true {
        findings.push(Finding::ReasonGone);
    }
    if asking.class != Class::Transactional {
        if around.policy.is_paused {
            findings.push(Finding::Paused);
        }
        if asking.is_unapproved {
            findings.push(Finding::Unapproved);
        }
        // A card on the counter waits for whoever comes.
        let disturbs = !matches!(asking.medium, Medium::Counter | Medium::InApp);
        let until = quiet_until(around.policy.quiet, around.zone, around.now);
        if let Some(until) = until.filter(|_| disturbs) {
            findings.push(Finding::Quiet { until });
        }
    }
    if asking.class == Class::Marketing {
        if asking.is_held_back {
            findings.push(Finding::HeldBack);
        }
        if asking.is_held_back_of_journey {
            findings.push(Finding::HeldBackOfJourney);
        }
        // Room is taken when they come, so that is when it is looked for.
        if !asking.is_absent {
            findings.extend(room::caps(asking, around));
            findings.extend(room::budget(asking, around));
        }
    }
    if asking.is_absent && asking.expires_at > around.now {
        let until = asking.expires_at;
        findings.push(Finding::Absent { until });
    }
    let mut outcome = outcome(asking, around, &findings);
    if outcome == Outcome::Stop && !stops(around.policy, &findings) {
        // It would have waited longer than makes sense.
        findings.push(Finding::TooLate);
    }
    if let Some(to) = asking.fallback
        && outcome == Outcome::Stop
        && is_only_medium(around.policy, &findings)
    {
        let from = asking.medium;
        findings.push(Finding::PassesOn { from, to });
        outcome = Outcome::PassOn(to);
    }
    Verdict { outcome, findings }
}

/// Whether what stops a message would not stop it on another medium. What only holds it up keeps
/// it where it is.
fn is_only_medium(policy: &Policy, findings: &[Finding]) -> bool {
    let stops = |it: &&Finding| it.effect(policy) == Outcome::Stop;
    let mut stopping = findings.iter().filter(stops);
    stopping.all(|it| {
        let is_own_cap = matches!(
            it,
            Finding::Cap {
                medium: Some(_),
                ..
            }
        );
        is_own_cap || matches!(it, Finding::Addressing(_))
    })
}

fn stops(policy: &Policy, findings: &[Finding]) -> bool {
    let mut effects = findings.iter().map(|finding| finding.effect(policy));
    effects.any(|effect| effect == Outcome::Stop)
}

fn outcome(asking: &Asking<'_>, around: &Surroundings<'_>, findings: &[Finding]) -> Outcome {
    if !asking.addressing.may && !findings.iter().any(|it| is_matter_of_hours(*it)) {
        return Outcome::Stop;
    }
    let mut outcome = Outcome::Go;
    for finding in findings {
        outcome = match (outcome, finding.effect(around.policy)) {
            (Outcome::Stop, _) | (_, Outcome::Stop) => return Outcome::Stop,
            (Outcome::AskPerson, _) | (_, Outcome::AskPerson) => Outcome::AskPerson,
            (Outcome::Wait(one), Outcome::Wait(other)) => Outcome::Wait(one.max(other)),
            (Outcome::Wait(until), Outcome::Go) | (Outcome::Go, Outcome::Wait(until)) => {
                Outcome::Wait(until)
            }
            // No finding passes on by itself.
            (Outcome::Go | Outcome::PassOn(_), _) | (_, Outcome::PassOn(_)) => outcome,
        };
    }
    let Outcome::Wait(until) = outcome else {
        return outcome;
    };
    if asking.is_absent {
        // Whatever else would make it wait is looked at again when they come.
        return Outcome::Wait(asking.expires_at);
    }
    let until = until.max(around.now.plus_seconds(if until <= around.now {
        LOOK_AGAIN_SECONDS
    } else {
        0
    }));
    let patience = i64::from(around.policy.wait_days_most) * 86_400;
    let end = asking.expires_at.min(match asking.class {
        // What waits for them to come waits as long as it makes sense.
        Class::Marketing if !asking.medium.waits_for_visit() => {
            asking.planned_at.plus_seconds(patience)
        }
        Class::Marketing | Class::Transactional | Class::Service => Timestamp::MAX,
    });
    // A night is no reason to give up, however impatient the company is.
    let is_night = findings
        .iter()
        .all(|it| matches!(it, Finding::Quiet { .. }) || it.effect(around.policy) == Outcome::Go);
    if until >= asking.expires_at || (until > end && !is_night) {
        return Outcome::Stop;
    }
    Outcome::Wait(until)
}

fn is_matter_of_hours(finding: Finding) -> bool {
    matches!(finding, Finding::Addressing(Why::OutsideCallHours))
}

/// An instant on somebody's clock.
fn on_clock(at: Timestamp, zone: &TimeZone) -> Option<Zoned> {
    let at = jiff::Timestamp::from_microsecond(at.0).ok()?;
    Some(at.to_zoned(zone.clone()))
}

#[cfg(test)]
mod tests;
