//! The rules for messages as the API gives and takes them.

use filo_app::PolicyView;
use filo_core::message::Medium;
use filo_core::message::policy::{Budget, Cap, NoRoom, Policy, Quiet};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problem::Problem;

/// The rules for messages.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = MessagePolicy)]
#[serde(deny_unknown_fields)]
pub(crate) struct PolicyOut {
    /// The hours in which nobody is disturbed, on the customer's own clock.
    quiet: QuietOut,
    /// How many messages are too many. At most 20.
    caps: Vec<CapOut>,
    /// How much noise somebody is exposed to over all media.
    budget: BudgetOut,
    /// What becomes of a message for which there is no room: `wait` or `drop`.
    #[schema(example = "wait")]
    no_room: String,
    /// How many days a message may wait in all, 0 to 90.
    wait_days_most: u16,
    /// So many of a hundred customers get no marketing, 0 to 50.
    holdout_percent: u8,
    /// Nothing but what is owed leaves.
    is_paused: bool,
    /// What somebody approves for more people than this counts once another person has approved
    /// it too; without it, one person is enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    second_person_above: Option<u32>,
    /// The version that was read; a change from an older one is refused.
    version: i64,
}

/// Quiet hours.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = QuietHours)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuietOut {
    /// `HH:MM`; the same as `until` for none.
    #[schema(example = "21:00")]
    from: String,
    /// `HH:MM`.
    #[schema(example = "08:00")]
    until: String,
    /// Sundays and the holidays of Italy are quiet as a whole.
    on_holidays: bool,
}

/// At most so many messages in so many days.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = MessageCap)]
#[serde(deny_unknown_fields)]
pub(crate) struct CapOut {
    /// Of which medium; null for all together.
    #[serde(default)]
    medium: Option<String>,
    /// 1 to 1,000.
    most: u16,
    /// 1 to 90.
    days: u16,
}

/// The noise budget.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = NoiseBudget)]
#[serde(deny_unknown_fields)]
pub(crate) struct BudgetOut {
    /// Points in the window; 0 for no budget.
    points: u16,
    /// Days of the window, 1 to 90.
    days: u16,
    /// What a message of each medium weighs.
    weights: Vec<WeightOut>,
}

/// What a message of a medium weighs.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = NoiseWeight)]
#[serde(deny_unknown_fields)]
pub(crate) struct WeightOut {
    /// Which medium.
    medium: String,
    /// Points.
    points: u16,
}

/// Minutes after midnight as a clock shows them.
pub(crate) fn clock_of(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// What a clock shows as minutes after midnight.
pub(crate) fn minute_of(text: &str) -> Option<u16> {
    let time: jiff::civil::Time = text.trim().parse().ok()?;
    let minutes = i32::from(time.hour()) * 60 + i32::from(time.minute());
    u16::try_from(minutes).ok()
}

impl PolicyOut {
    pub(super) fn of(view: PolicyView) -> Self {
        let policy = view.policy;
        let weight = |medium: Medium| WeightOut {
            medium: medium.word().to_owned(),
            points: policy.budget.weight(medium),
        };
        Self {
            quiet: QuietOut {
                from: clock_of(policy.quiet.from_minute),
                until: clock_of(policy.quiet.until_minute),
                on_holidays: policy.quiet.on_holidays,
            },
            caps: policy
                .caps
                .iter()
                .map(|cap| CapOut {
                    medium: cap.medium.map(|medium| medium.word().to_owned()),
                    most: cap.most,
                    days: cap.days,
                })
                .collect(),
            budget: BudgetOut {
                points: policy.budget.points,
                days: policy.budget.days,
                weights: Medium::ALL.into_iter().map(weight).collect(),
            },
            no_room: policy.no_room.word().to_owned(),
            wait_days_most: policy.wait_days_most,
            holdout_percent: policy.holdout_percent,
            is_paused: policy.is_paused,
            second_person_above: policy.second_person_above,
            version: view.version,
        }
    }

    pub(super) fn read(self) -> Result<(Policy, i64), Problem> {
        let minute = |field, text: &str| {
            minute_of(text).ok_or_else(|| Problem::invalid(field, "a time of day as HH:MM"))
        };
        let medium = |field, word: &str| {
            let unknown = || Problem::invalid(field, "a medium, such as `email`");
            Medium::from_word(word).ok_or_else(unknown)
        };
        let mut caps = Vec::with_capacity(self.caps.len());
        for cap in &self.caps {
            let of = cap.medium.as_deref();
            caps.push(Cap {
                medium: of.map(|word| medium("caps.medium", word)).transpose()?,
                most: cap.most,
                days: cap.days,
            });
        }
        let mut weights = Vec::with_capacity(self.budget.weights.len());
        for weight in &self.budget.weights {
            let of = medium("budget.weights.medium", &weight.medium)?;
            weights.push((of, weight.points));
        }
        let no_room = NoRoom::from_word(&self.no_room);
        let policy = Policy {
            quiet: Quiet {
                from_minute: minute("quiet.from", &self.quiet.from)?,
                until_minute: minute("quiet.until", &self.quiet.until)?,
                on_holidays: self.quiet.on_holidays,
            },
            caps,
            budget: Budget {
                points: self.budget.points,
                days: self.budget.days,
                weights,
            },
            no_room: no_room.ok_or_else(|| Problem::invalid("no_room", "`wait` or `drop`"))?,
            wait_days_most: self.wait_days_most,
            holdout_percent: self.holdout_percent,
            is_paused: self.is_paused,
            second_person_above: self.second_person_above,
        };
        Ok((policy, self.version))
    }
}
