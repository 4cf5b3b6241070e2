//! The company's rules for how much is too much, and when: one document for all media.
//!
//! **Invariant:** what [`Policy::checked`] gives can always be kept: no rule forbids every hour,
//! and every number is within its bounds.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::Medium;

/// Caps a company can have: more cannot be kept in mind.
pub const CAPS_MOST: usize = 20;
/// The longest window of a cap and of the budget.
pub const DAYS_MOST: u16 = 90;
/// The most that a cap or a budget can say.
pub const COUNT_MOST: u16 = 1_000;
/// Held back at most so many of a hundred.
pub const HOLDOUT_PERCENT_MOST: u8 = 50;

/// The whole document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The hours in which nobody is disturbed.
    pub quiet: Quiet,
    /// How many messages are too many, each for itself.
    pub caps: Vec<Cap>,
    /// How much noise somebody is exposed to over all media.
    pub budget: Budget,
    /// What becomes of a message for which there is no room.
    pub no_room: NoRoom,
    /// How long a message may wait in all.
    pub wait_days_most: u16,
    /// So many of a hundred customers get no marketing, so that its effect can be measured.
    pub holdout_percent: u8,
    /// Nothing but what is owed leaves.
    pub is_paused: bool,
    /// What somebody approves for more people than this counts once another person has approved
    /// it too; nothing means that one person is enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_person_above: Option<u32>,
}

/// The hours in which nobody is disturbed, on the customer's own clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiet {
    /// Minutes after midnight at which they begin.
    pub from_minute: u16,
    /// Minutes after midnight at which they end; the same as the beginning means never quiet.
    pub until_minute: u16,
    /// Sundays and the holidays of Italy are quiet as a whole.
    pub on_holidays: bool,
}

impl Quiet {
    /// The time of day at which they end.
    #[must_use]
    pub fn ends(self) -> Time {
        time_of(self.until_minute)
    }

    /// Whether a time of day is among them.
    #[must_use]
    pub fn covers(self, time: Time) -> bool {
        let (from, until) = (time_of(self.from_minute), time_of(self.until_minute));
        if from <= until {
            (from..until).contains(&time)
        } else {
            time >= from || time < until
        }
    }
}

fn time_of(minute: u16) -> Time {
    let hour = i8::try_from(minute / 60).unwrap_or(0);
    let minute = i8::try_from(minute % 60).unwrap_or(0);
    Time::new(hour, minute, 0, 0).unwrap_or(Time::midnight())
}

/// At most so many messages in so many days, counted back from each instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cap {
    /// Of which medium; nothing means all together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medium: Option<Medium>,
    /// How many.
    pub most: u16,
    /// In how many days.
    pub days: u16,
}

/// The noise budget of one person over all media.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// Points in the window; 0 means no budget.
    pub points: u16,
    /// Days of the window, counted back from each instant.
    pub days: u16,
    /// What a message of each medium weighs; what is not named weighs as in
    /// [`default_weight`].
    #[serde(default)]
    pub weights: Vec<(Medium, u16)>,
}

impl Budget {
    /// What a message of this medium takes from the budget.
    #[must_use]
    pub fn weight(&self, medium: Medium) -> u16 {
        let named = self.weights.iter().find(|(named, _)| *named == medium);
        named.map_or_else(|| default_weight(medium), |(_, weight)| *weight)
    }
}

/// How loud a medium is unless the company says otherwise: a call interrupts, an e-mail waits.
#[must_use]
pub const fn default_weight(medium: Medium) -> u16 {
    match medium {
        Medium::Email => 2,
        Medium::Sms | Medium::Whatsapp | Medium::Telegram | Medium::Push => 3,
        Medium::InApp | Medium::Counter => 1,
        Medium::Call => 6,
    }
}

/// What becomes of a message for which there is no room now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoRoom {
    /// It waits until there is.
    Wait,
    /// It is not sent.
    Drop,
}

impl NoRoom {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Wait, Self::Drop];

    /// The word in the API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Wait => "wait",
            Self::Drop => "drop",
        }
    }

    /// What a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }
}

impl Default for Policy {
    /// Quiet from nine in the evening to eight, two messages a week by one medium at most, three
    /// e-mails' worth of noise over all of them, and a tenth held back.
    fn default() -> Self {
        let cap = |medium, most, days| Cap {
            medium: Some(medium),
            most,
            days,
        };
        Self {
            quiet: Quiet {
                from_minute: 21 * 60,
                until_minute: 8 * 60,
                on_holidays: false,
            },
            caps: vec![
                cap(Medium::Email, 2, 7),
                cap(Medium::Sms, 1, 7),
                cap(Medium::Whatsapp, 1, 7),
                cap(Medium::Call, 1, 30),
            ],
            budget: Budget {
                points: 6,
                days: 7,
                weights: Vec::new(),
            },
            no_room: NoRoom::Wait,
            wait_days_most: 3,
            holdout_percent: 10,
            is_paused: false,
            second_person_above: None,
        }
    }
}

/// What is wrong with a policy as it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PolicyFault {
    /// A time of day that no clock shows.
    #[error("quiet: a time of day is between 00:00 and 23:59")]
    Time,
    /// More caps than [`CAPS_MOST`].
    #[error("caps: at most {CAPS_MOST}")]
    TooManyCaps,
    /// A cap that allows nothing, or is out of bounds; counted from one.
    #[error("caps: number {0} allows 1 to {COUNT_MOST} messages in 1 to {DAYS_MOST} days")]
    Cap(usize),
    /// The budget's window or points are out of bounds.
    #[error("budget: at most {COUNT_MOST} points in 1 to {DAYS_MOST} days")]
    Budget,
    /// A weight is out of bounds, stands twice, or is more than the whole budget.
    #[error("budget: the weight of {} stands once and is at most the whole budget", .0.word())]
    Weight(Medium),
    /// How long a message may wait is out of bounds.
    #[error("wait_days_most: 0 to {DAYS_MOST}")]
    Wait,
    /// More are held back than [`HOLDOUT_PERCENT_MOST`].
    #[error("holdout_percent: at most {HOLDOUT_PERCENT_MOST}")]
    Holdout,
}

impl Policy {
    /// The policy, if it can be kept.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn checked(self) -> Result<Self, PolicyFault> {
        const DAY: u16 = 24 * 60;
        if self.quiet.from_minute >= DAY || self.quiet.until_minute >= DAY {
            return Err(PolicyFault::Time);
        }
        if self.caps.len() > CAPS_MOST {
            return Err(PolicyFault::TooManyCaps);
        }
        let is_in = |number: u16, most: u16| (1..=most).contains(&number);
        for (at, cap) in self.caps.iter().enumerate() {
            if !is_in(cap.most, COUNT_MOST) || !is_in(cap.days, DAYS_MOST) {
                return Err(PolicyFault::Cap(at + 1));
            }
        }
        if self.budget.points > COUNT_MOST || !is_in(self.budget.days, DAYS_MOST) {
            return Err(PolicyFault::Budget);
        }
        for (at, (medium, weight)) in self.budget.weights.iter().enumerate() {
            let earlier = &self.budget.weights[..at];
            let stands_twice = earlier.iter().any(|(named, _)| named == medium);
            if stands_twice || *weight > COUNT_MOST {
                return Err(PolicyFault::Weight(*medium));
            }
        }
        if self.budget.points > 0 {
            // A medium that weighs more than everything could never be used again.
            let heavy = Medium::ALL
                .into_iter()
                .find(|medium| self.budget.weight(*medium) > self.budget.points);
            if let Some(medium) = heavy {
                return Err(PolicyFault::Weight(medium));
            }
        }
        if self.wait_days_most > DAYS_MOST {
            return Err(PolicyFault::Wait);
        }
        if self.holdout_percent > HOLDOUT_PERCENT_MOST {
            return Err(PolicyFault::Holdout);
        }
        Ok(self)
    }

    /// The longest window that any rule looks back.
    #[must_use]
    pub fn days_back(&self) -> u16 {
        let caps = self.caps.iter().map(|cap| cap.days);
        caps.chain([self.budget.days]).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_with_filo_can_be_kept_and_is_read_back() {
        let policy = Policy::default().checked().unwrap();
        let text = serde_json::to_string(&policy).unwrap();
        assert_eq!(serde_json::from_str::<Policy>(&text).unwrap(), policy);
    }

    #[test]
    fn what_cannot_be_kept_is_refused_with_its_place() {
        let fault = |change: fn(&mut Policy)| {
            let mut policy = Policy::default();
            change(&mut policy);
            policy.checked().unwrap_err()
        };
        assert_eq!(fault(|it| it.quiet.from_minute = 1_440), PolicyFault::Time);
        assert_eq!(fault(|it| it.caps[1].most = 0), PolicyFault::Cap(2));
        assert_eq!(fault(|it| it.caps[0].days = 91), PolicyFault::Cap(1));
        assert_eq!(fault(|it| it.budget.days = 0), PolicyFault::Budget);
        let call = PolicyFault::Weight(Medium::Call);
        assert_eq!(fault(|it| it.budget.points = 5), call);
        let twice = |it: &mut Policy| it.budget.weights = vec![(Medium::Call, 1); 2];
        assert_eq!(fault(twice), call);
        assert_eq!(fault(|it| it.holdout_percent = 51), PolicyFault::Holdout);
        assert_eq!(fault(|it| it.wait_days_most = 91), PolicyFault::Wait);
        assert_eq!(
            fault(|it| it.caps = vec![it.caps[0]; 21]),
            PolicyFault::TooManyCaps
        );
    }

    #[test]
    fn quiet_hours_go_over_midnight() {
        let quiet = Policy::default().quiet;
        let covers = |text: &str| quiet.covers(text.parse().unwrap());
        assert!(covers("21:00:00") && covers("23:59:59") && covers("00:00:00"));
        assert!(covers("07:59:59") && !covers("08:00:00") && !covers("20:59:59"));
        let never = Quiet {
            from_minute: 60,
            until_minute: 60,
            on_holidays: false,
        };
        assert!(!never.covers("01:00:00".parse().unwrap()));
    }
}
