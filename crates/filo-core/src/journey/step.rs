//! The steps of a journey.
//!
//! **Invariant:** what a step is stands in its document alone; what it does with somebody is for
//! [`advance`](super::advance()) to say.

use std::collections::BTreeMap;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::adaptive::Adaptive;
use super::audience_step::AudienceStep;
use super::civil::Clock;
use super::experiment::About;
use super::list_step::ListStep;
use super::moment::{Late, Missing, Moment};
use super::send_step::Send;
use crate::as_text;
use crate::id::JourneyId;
use crate::segment::{Condition, Signal, Span};

/// What a step is called within its journey; it stays when the journey changes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StepId(pub CompactString);

impl std::fmt::Display for StepId {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

impl From<&str> for StepId {
    fn from(text: &str) -> Self {
        Self(CompactString::from(text))
    }
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What it is called.
    pub id: StepId,
    /// What it does.
    #[serde(rename = "do")]
    pub action: Action,
}

/// What a step does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    clippy::large_enum_variant,
    reason = "steps are few, and read more often than moved"
)]
pub enum Action {
    /// Waits for a time.
    Wait(Wait),
    /// Waits for a day that is known of the customer.
    WaitForDate(DateWait),
    /// Waits for something to happen.
    WaitForEvent(EventWait),
    /// Waits until something is true.
    WaitUntil(UntilWait),
    /// Goes one of several ways, by what is true.
    Branch(Branch),
    /// Goes one of several ways, by a draw that is the same for ever.
    Split(Split),
    /// Asks a person of the company to do something.
    Ask(Ask),
    /// Says something to them.
    Send(Send),
    /// Changes what is known.
    SetTrait(SetTrait),
    /// Puts them on a list.
    JoinList(ListStep),
    /// Takes them off a list.
    LeaveList(ListStep),
    /// Puts them into an audience of advertising.
    JoinAudience(AudienceStep),
    /// Takes them out of an audience.
    LeaveAudience(AudienceStep),
    /// Puts an event on the thread.
    Record(Record),
    /// Tells the company's other systems.
    Webhook {
        /// What they are told.
        name: CompactString,
    },
    /// Lets the customer into another journey.
    Start(Start),
    /// What the journey is for was reached.
    Goal {
        /// How it is called.
        name: CompactString,
    },
    /// Ends.
    End {},
}

/// A wait for a time: so long, until then, or so long and then until then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wait {
    /// So long; minutes and hours as they pass, days and weeks by the customer's calendar.
    #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// Until then, on the customer's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
    /// What if it is seen to too late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<Late>,
}

/// A wait for a day that is known of the customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateWait {
    /// The trait that holds the day.
    pub key: CompactString,
    /// It comes again every year.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub yearly: bool,
    /// So many days after it; before it, if it is negative.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub days: i16,
    /// At this time of that day; without it, when the day begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Clock>,
    /// What if the day is not known, or is over.
    #[serde(default, skip_serializing_if = "Missing::is_default")]
    pub missing: Missing,
    /// What if it is seen to too late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<Late>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_zero(days: &i16) -> bool {
    *days == 0
}

/// A wait for something to happen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventWait {
    /// What.
    pub event: Signal,
    /// For so long.
    pub within: Span,
    /// Then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub then: Vec<Step>,
    /// If it did not happen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub otherwise: Vec<Step>,
}

/// A wait until something is true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UntilWait {
    /// What.
    #[serde(rename = "if")]
    pub condition: Condition,
    /// For so long.
    pub within: Span,
    /// Then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub then: Vec<Step>,
    /// If it did not become true.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub otherwise: Vec<Step>,
}

/// Several ways: the first whose condition is true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// The ways, in order.
    pub ways: Vec<Way>,
    /// If none is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub otherwise: Vec<Step>,
}

/// One way of a branch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Way {
    /// How it is called; nothing where its condition says it.
    #[serde(default, skip_serializing_if = "CompactString::is_empty")]
    pub name: CompactString,
    /// For whom.
    #[serde(rename = "if")]
    pub condition: Condition,
    /// What then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
}

/// Several ways by a draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// What the ways are compared for; nothing where they are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub experiment: Option<About>,
    /// Its shares learn from who reaches the goal; nothing where they stay as they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adaptive: Option<Adaptive>,
    /// The ways; their shares make a hundred. In an experiment the others are compared with the
    /// first.
    pub arms: Vec<Arm>,
}

/// One way of a split.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arm {
    /// How it is called.
    pub name: CompactString,
    /// Of a hundred, so many.
    pub share: u8,
    /// What then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
}

/// What a person of the company is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskKind {
    /// To call.
    Call,
    /// To visit.
    Visit,
    /// To write a card by hand.
    Card,
    /// Something else: the title says what.
    Other,
}

impl AskKind {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Call, Self::Visit, Self::Card, Self::Other];

    /// The word in documents, tables and catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Visit => "visit",
            Self::Card => "card",
            Self::Other => "other",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// What whoever is asked is told of the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// The last order.
    LastOrder,
    /// What they said last.
    Said,
    /// Why now: what brought them into the journey.
    Why,
}

impl Fact {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::LastOrder, Self::Said, Self::Why];
}

/// A task for a person of the company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// Of what kind.
    pub kind: AskKind,
    /// What is to be done, in a line.
    pub title: CompactString,
    /// What else there is to know.
    #[serde(default, skip_serializing_if = "CompactString::is_empty")]
    pub hint: CompactString,
    /// The word of the role of who is asked; nothing for anybody.
    #[serde(default, skip_serializing_if = "CompactString::is_empty")]
    pub role: CompactString,
    /// In how many days it is to be done, by the company's calendar.
    #[serde(default = "one_day")]
    pub due_days: u8,
    /// What is told of the customer.
    #[serde(default = "every_fact")]
    pub facts: Vec<Fact>,
    /// What can come of it.
    pub outcomes: Vec<Outcome>,
    /// After so long without an outcome it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Span>,
    /// What then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub otherwise: Vec<Step>,
}

const fn one_day() -> u8 {
    1
}

fn every_fact() -> Vec<Fact> {
    Fact::ALL.to_vec()
}

/// What can come of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// How it is called.
    pub name: CompactString,
    /// What then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
}

/// A change of what is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetTrait {
    /// The trait.
    pub key: CompactString,
    /// Its value: a text, a number, true or false, or null to take it back.
    pub value: serde_json::Value,
}

/// An event to put on the thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// How it is called.
    pub name: CompactString,
    /// What it carries.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub properties: BTreeMap<CompactString, serde_json::Value>,
}

/// Another journey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Start {
    /// Which.
    #[serde(with = "as_text")]
    pub journey: JourneyId,
}

impl Action {
    /// The word in documents and catalogues.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Wait(_) => "wait",
            Self::WaitForDate(_) => "wait_for_date",
            Self::WaitForEvent(_) => "wait_for_event",
            Self::WaitUntil(_) => "wait_until",
            Self::Branch(_) => "branch",
            Self::Split(_) => "split",
            Self::Ask(_) => "ask",
            Self::Send(_) => "send",
            Self::SetTrait(_) => "set_trait",
            Self::JoinList(_) => "join_list",
            Self::LeaveList(_) => "leave_list",
            Self::JoinAudience(_) => "join_audience",
            Self::LeaveAudience(_) => "leave_audience",
            Self::Record(_) => "record",
            Self::Webhook { .. } => "webhook",
            Self::Start(_) => "start",
            Self::Goal { .. } => "goal",
            Self::End {} => "end",
        }
    }
}
