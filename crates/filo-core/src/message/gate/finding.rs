//! What the gate finds of a message.

use super::Outcome;
use crate::consent::addressing::Why;
use crate::id::MessageId;
use crate::mail::Provider;
use crate::message::Medium;
use crate::message::policy::{NoRoom, Policy};
use crate::time::Timestamp;

/// One thing that stands in the way, or does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// Consent, suppression list or reachability.
    Addressing(Why),
    /// It came too late to make sense.
    TooLate,
    /// What it was planned for is no longer so.
    ReasonGone,
    /// The person is among those held back in general, so that effects can be measured.
    HeldBack,
    /// The person is among those held back of the journey that says it.
    HeldBackOfJourney,
    /// The company has stopped everything that is not owed.
    Paused,
    /// A person has to see it first.
    Unapproved,
    /// It is quiet on the person's clock.
    Quiet {
        /// Until then.
        until: Timestamp,
    },
    /// A cap is reached.
    Cap {
        /// Of which medium; nothing means all together.
        medium: Option<Medium>,
        /// How many are allowed.
        most: u16,
        /// In how many days.
        days: u16,
        /// When there is room again.
        until: Timestamp,
    },
    /// The noise budget has no room for it.
    Budget {
        /// What was spent in the window.
        spent: u32,
        /// What this one weighs.
        weight: u16,
        /// The whole budget.
        points: u16,
        /// When there is room again.
        until: Timestamp,
    },
    /// A more valuable message of the same person takes the room.
    Outranked {
        /// Which.
        by: MessageId,
        /// When it is looked at again.
        until: Timestamp,
    },
    /// The address is being warmed up, and the day has no more room at this provider.
    WarmUp {
        /// At whose mailboxes.
        provider: Provider,
        /// How many a day has room for.
        allowed: u32,
        /// When it is looked at again.
        until: Timestamp,
    },
    /// The address is being warmed up: who showed themselves lately goes first.
    WarmUpOrder {
        /// When it is looked at again.
        until: Timestamp,
    },
    /// It is shown to them when they come, and they are not there.
    Absent {
        /// After this it makes no sense any more.
        until: Timestamp,
    },
    /// Only the medium stands in the way: another one is tried.
    PassesOn {
        /// By what it does not go.
        from: Medium,
        /// What is tried.
        to: Medium,
    },
}

impl Finding {
    /// The word in the API and in the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Addressing(why) => why.word(),
            Self::TooLate => "too_late",
            Self::ReasonGone => "reason_gone",
            Self::HeldBack => "held_back",
            Self::HeldBackOfJourney => "held_back_of_journey",
            Self::Paused => "paused",
            Self::Unapproved => "unapproved",
            Self::Quiet { .. } => "quiet",
            Self::Cap { .. } => "cap",
            Self::Budget { .. } => "budget",
            Self::Outranked { .. } => "outranked",
            Self::WarmUp { .. } => "warm_up",
            Self::WarmUpOrder { .. } => "warm_up_order",
            Self::Absent { .. } => "absent",
            Self::PassesOn { .. } => "passes_on",
        }
    }

    /// What follows from it alone.
    pub(super) fn effect(self, policy: &Policy) -> Outcome {
        match self {
            Self::Addressing(Why::Granted | Why::Duty) | Self::PassesOn { .. } => Outcome::Go,
            // Outside the hours of the code of conduct is a matter of hours.
            Self::Addressing(Why::OutsideCallHours) => Outcome::Wait(Timestamp::MIN),
            Self::Addressing(_)
            | Self::TooLate
            | Self::ReasonGone
            | Self::HeldBack
            | Self::HeldBackOfJourney => Outcome::Stop,
            Self::Paused | Self::Unapproved => Outcome::AskPerson,
            Self::Quiet { until }
            | Self::WarmUp { until, .. }
            | Self::WarmUpOrder { until }
            | Self::Absent { until } => Outcome::Wait(until),
            Self::Cap { until, .. }
            | Self::Budget { until, .. }
            | Self::Outranked { until, .. } => match policy.no_room {
                NoRoom::Wait => Outcome::Wait(until),
                NoRoom::Drop => Outcome::Stop,
            },
        }
    }
}
