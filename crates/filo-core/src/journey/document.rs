//! Journeys as documents: what is stored, and what the API takes and gives.
//!
//! **Invariant:** what was printed is read back as the same journey; what is wrong is told with
//! its place in the document, as a JSON pointer.

use std::collections::BTreeSet;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::holdout::HOLDOUT_USUAL_PERCENT;
use super::reading::read;
use super::schedule::Schedule;
use super::step::{Action, Step, StepId};
use crate::as_text;
use crate::id::{AudienceId, ListId, SegmentId};
use crate::message::approval::Rule;
use crate::segment::{Condition, Signal, Span, TraitCondition, TraitTest, Unit, Window};

/// The version that is written.
const VERSION: u8 = 2;
/// The version before anybody was held back: its journeys hold back nobody.
const WITHOUT_HOLDOUT: u8 = 1;
/// Bytes of a document.
const BYTES_MOST: usize = 256 * 1024;

const fn fresh_default() -> Span {
    FRESH_DEFAULT
}

const fn holdout_usual() -> u8 {
    HOLDOUT_USUAL_PERCENT
}

/// How old what triggers may be, if nothing is said.
pub const FRESH_DEFAULT: Span = Span::DAY;

/// A journey as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Journey {
    /// What brings somebody in.
    pub trigger: Trigger,
    /// Only if this is true of them then.
    #[serde(default, rename = "if", skip_serializing_if = "Option::is_none")]
    pub only_if: Option<Condition>,
    /// How often.
    #[serde(default)]
    pub entry: Entry,
    /// How old what triggers may be.
    #[serde(default = "fresh_default")]
    pub fresh_for: Span,
    /// Whoever is on the way leaves as soon as one of these is true.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exit: Vec<Condition>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<Goal>,
    /// Of a hundred who come in, so many are held back, so that it is seen what it changes.
    #[serde(default = "holdout_usual")]
    pub holdout_percent: u8,
    /// When a person is asked before something leaves, where its step says nothing else.
    #[serde(default, skip_serializing_if = "Rule::is_automatic")]
    pub approval: Rule,
    /// What happens, in order.
    #[serde(default)]
    pub steps: Vec<Step>,
}

/// What brings somebody into a journey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// Something happens. The value that is kept of it is the key: one run for each.
    Event(Signal),
    /// They come into a segment.
    SegmentEntered(#[serde(with = "as_text")] SegmentId),
    /// They leave a segment.
    SegmentLeft(#[serde(with = "as_text")] SegmentId),
    /// A day that is known of them.
    Date(DateTrigger),
    /// Somebody lets them in: by hand, by the API, or from another journey.
    Hand {},
    /// Whoever is in a segment when it starts.
    Broadcast(#[serde(with = "as_text")] SegmentId),
    /// It comes round by the calendar, for whoever is in a segment then.
    Schedule(Schedule),
}

impl Trigger {
    /// The word in documents and catalogues.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Event(_) => "event",
            Self::SegmentEntered(_) => "segment_entered",
            Self::SegmentLeft(_) => "segment_left",
            Self::Date(_) => "date",
            Self::Hand {} => "hand",
            Self::Broadcast(_) => "broadcast",
            Self::Schedule(_) => "schedule",
        }
    }

    /// The segment of which everybody is let in at once.
    #[must_use]
    pub const fn called(&self) -> Option<SegmentId> {
        match self {
            Self::Broadcast(id) => Some(*id),
            Self::Schedule(schedule) => Some(schedule.segment),
            Self::Event(_)
            | Self::SegmentEntered(_)
            | Self::SegmentLeft(_)
            | Self::Date(_)
            | Self::Hand {} => None,
        }
    }
}

/// A day that is known of somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateTrigger {
    /// The trait that holds it.
    pub key: CompactString,
    /// It comes again every year.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub yearly: bool,
    /// So many days after it; before it, if it is negative.
    #[serde(default)]
    pub days: i16,
}

/// How often somebody may come in. At any time there is one run for each key at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// Once for all.
    #[default]
    Once,
    /// Each time.
    EveryTime,
    /// Again after so long since the last time.
    Every(Span),
}

/// What a journey is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// How it is called.
    pub name: CompactString,
    /// What has to happen. The value that is kept of it is what it brought.
    pub event: Signal,
    /// So soon after coming in; nothing for as long as they are on the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Span>,
    /// Whoever reaches it leaves.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ends: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<J> {
    version: u8,
    journey: J,
}

/// What a document says of itself, of what it need not say.
#[derive(Deserialize)]
struct Said {
    journey: SaidOfJourney,
}

#[derive(Deserialize)]
struct SaidOfJourney {
    holdout_percent: Option<u8>,
}

/// Why a text is no journey, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{cause} (at `{at}`)")]
pub struct JourneyFault {
    /// The place in the document, as a JSON pointer.
    pub at: String,
    /// What is wrong there, and what to do.
    pub cause: String,
}

impl Journey {
    /// Reads a document. Whether what it says can be is for [`check`](super::check()) to say.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn from_json(text: &str) -> Result<Self, JourneyFault> {
        if text.len() > BYTES_MOST {
            return Err(JourneyFault {
                at: String::new(),
                cause: format!("at most {BYTES_MOST} bytes"),
            });
        }
        let Document {
            version,
            mut journey,
        } = read::<Document<Self>>(text)?;
        if version == WITHOUT_HOLDOUT && read::<Said>(text)?.journey.holdout_percent.is_none() {
            journey.holdout_percent = 0;
        }
        if !(WITHOUT_HOLDOUT..=VERSION).contains(&version) {
            return Err(JourneyFault {
                at: "/version".to_owned(),
                cause: format!("version {version} is not known here: write {VERSION}"),
            });
        }
        Ok(journey)
    }

    /// Writes the document.
    ///
    /// # Panics
    /// Never in practice: a journey has no part that cannot be serialised.
    #[must_use]
    pub fn to_json(&self) -> String {
        let document = Document {
            version: VERSION,
            journey: self,
        };
        serde_json::to_string(&document).expect("a journey is plain data")
    }

    /// Every step, each before those within it.
    #[must_use]
    pub fn walk(&self) -> Vec<&Step> {
        let mut found = Vec::new();
        let mut waiting: Vec<&Step> = self.steps.iter().rev().collect();
        while let Some(step) = waiting.pop() {
            found.push(step);
            let lists = step.action.lists();
            let within: Vec<&Step> = lists.into_iter().flat_map(|(_, steps)| steps).collect();
            waiting.extend(within.into_iter().rev());
        }
        found
    }

    /// When a person is asked before what a step says leaves.
    #[must_use]
    pub fn approval_of(&self, step: &str) -> Rule {
        let is_it = |it: &&Step| it.id.0 == step;
        let own = self.walk().into_iter().find(is_it).map(|it| &it.action);
        match own {
            Some(Action::Send(send)) => send.approval.unwrap_or(self.approval),
            _ => self.approval,
        }
    }

    /// Every condition in it.
    #[must_use]
    pub fn conditions(&self) -> Vec<&Condition> {
        let mut found: Vec<&Condition> = self.only_if.iter().chain(&self.exit).collect();
        for step in self.walk() {
            match &step.action {
                Action::WaitUntil(wait) => found.push(&wait.condition),
                Action::Branch(branch) => {
                    found.extend(branch.ways.iter().map(|way| &way.condition));
                }
                _ => {}
            }
        }
        found
    }

    /// Every segment it names.
    #[must_use]
    pub fn segments(&self) -> Vec<SegmentId> {
        let mut found: Vec<SegmentId> = match &self.trigger {
            Trigger::SegmentEntered(id) | Trigger::SegmentLeft(id) => vec![*id],
            other => other.called().into_iter().collect(),
        };
        found.extend(self.conditions().iter().flat_map(|it| it.segments()));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Every list it names.
    #[must_use]
    pub fn lists(&self) -> BTreeSet<ListId> {
        let steps = self.walk().into_iter();
        let changed = steps.filter_map(|step| match &step.action {
            Action::JoinList(of) | Action::LeaveList(of) => Some(of.list),
            _ => None,
        });
        let conditions = self.conditions().into_iter();
        let asked = conditions.flat_map(Condition::lists);
        changed.chain(asked).collect()
    }

    /// Every audience it names.
    #[must_use]
    pub fn audiences(&self) -> BTreeSet<AudienceId> {
        let steps = self.walk().into_iter();
        let named = steps.filter_map(|step| match &step.action {
            Action::JoinAudience(of) | Action::LeaveAudience(of) => Some(of.audience),
            _ => None,
        });
        named.collect()
    }

    /// A name that no step has.
    #[must_use]
    pub fn spare_id(&self) -> StepId {
        let taken: Vec<&StepId> = self.walk().iter().map(|step| &step.id).collect();
        let ids = (1..).map(|number| StepId(compact_str::format_compact!("s{number}")));
        let mut free = ids.filter(|id| !taken.contains(&id));
        free.next().unwrap_or_else(|| StepId::from("s"))
    }
}

/// What is true of somebody on the day of a trigger and on no other: what a segment would ask.
#[must_use]
pub fn date_condition(trigger: &DateTrigger) -> Condition {
    let of = |test: TraitTest| {
        Condition::Trait(TraitCondition {
            key: trigger.key.clone(),
            test,
        })
    };
    let distance = trigger.days.unsigned_abs();
    let yearly = |before, after| of(TraitTest::Anniversary { before, after });
    let last = |days: u16| of(TraitTest::Date(Window::Last(Span::days(days))));
    let within = |days: u16| of(TraitTest::Within(Span::days(days)));
    let but = |wide: Condition, narrow: Condition| {
        Condition::All(vec![wide, Condition::Not(Box::new(narrow))])
    };
    match (trigger.yearly, trigger.days) {
        (true, 0) => yearly(0, 0),
        (true, ..0) => but(yearly(distance, 0), yearly(distance - 1, 0)),
        (true, _) => but(yearly(0, distance), yearly(0, distance - 1)),
        (false, 0) => last(1),
        (false, -1) => within(1),
        (false, ..0) => but(within(distance), within(distance - 1)),
        (false, _) => but(last(distance + 1), last(distance)),
    }
}

/// The longest time before or behind a day, in days.
pub(super) const DATE_DAYS_MOST: u16 = 366;

/// Whether a span is at most so many days.
pub(super) fn is_at_most_days(span: Span, days: u32) -> bool {
    Span::new(days, Unit::Days).is_none_or(|most| span.micros() <= most.micros())
}
