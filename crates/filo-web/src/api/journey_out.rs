//! How journeys are told in the API.

use filo_app::cost::BroadcastCost;
use filo_app::journey::{JourneyPage, JourneyView, Publishing};
use filo_core::id::JourneyId;
use filo_core::journey::{Fault, Journey, Target};
use filo_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::Text;
use super::message::cost_out::BroadcastCostOut;
use crate::i18n::{Language, Words};
use crate::sentence::journey::{JourneyNames, trigger_sentence};

/// A journey.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Journey)]
pub(crate) struct JourneyOut {
    /// Its id.
    #[schema(value_type = String, example = "jrn_0123456789abcdefghjkmnpqrs")]
    id: Text<JourneyId>,
    /// What people call it.
    name: String,
    /// What it is for.
    description: String,
    /// `draft`, `active`, `paused`, `finishing` or `stopped`.
    status: &'static str,
    /// One more with each change; a change must name it.
    version: i64,
    /// The version that takes people in; 0 of one that never started.
    published: i64,
    /// What it asks of the past is being gathered: until then it takes nobody in.
    is_getting_ready: bool,
    /// What is worked on is not what was published.
    is_changed: bool,
    /// What is worked on.
    #[schema(value_type = Object)]
    journey: Journey,
    /// What brings somebody in, in a sentence.
    trigger: TriggerSentenceOut,
    /// How many came in so far.
    entered: i64,
    /// How many are on the way.
    on_the_way: i64,
    /// How many reached the goal.
    reached: i64,
    /// When it started first; null if it never did.
    #[schema(value_type = Option<String>, format = DateTime)]
    started_at: Option<Text<Timestamp>>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Text<Timestamp>,
    /// When it was changed last.
    #[schema(value_type = String, format = DateTime)]
    changed_at: Text<Timestamp>,
    /// By whom.
    changed_by: String,
}

/// A trigger in a sentence.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TriggerSentence)]
pub(crate) struct TriggerSentenceOut {
    /// In English.
    en: String,
    /// In Italian.
    it: String,
}

impl JourneyOut {
    pub(super) fn new(view: JourneyView, names: &JourneyNames) -> Self {
        let say = |language| trigger_sentence(Words::of(language), &view.draft, names);
        Self {
            trigger: TriggerSentenceOut {
                en: say(Language::English),
                it: say(Language::Italian),
            },
            id: Text(view.row.id),
            status: view.status.word(),
            version: view.row.version,
            published: view.row.published,
            is_getting_ready: view.is_filling,
            is_changed: view.is_changed,
            journey: view.draft,
            entered: view.totals.entered,
            on_the_way: view.totals.on_the_way,
            reached: view.totals.reached,
            started_at: view.row.started_at.map(Text),
            created_at: Text(view.row.created_at),
            changed_at: Text(view.row.changed_at),
            name: view.row.name,
            description: view.row.description,
            changed_by: view.row.changed_by,
        }
    }
}

/// A journey with everything around it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JourneyWhole)]
pub(crate) struct JourneyWholeOut {
    /// The journey.
    #[serde(flatten)]
    journey: JourneyOut,
    /// What was published, the newest first.
    versions: Vec<VersionOut>,
    /// How many stand at which step.
    standing: Vec<StandingOut>,
    /// How many ended in which way.
    endings: Vec<EndingOut>,
    /// What is wrong with what is worked on.
    faults: Vec<FaultOut>,
    /// Of a journey by the calendar, when it comes round next: by what runs, or by what is worked
    /// on if nothing does.
    #[schema(value_type = Vec<String>)]
    next: Vec<Text<Timestamp>>,
    /// What came round, the newest first.
    occurrences: Vec<OccurrenceOut>,
}

/// An occurrence of a journey by the calendar.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JourneyOccurrence)]
pub(crate) struct OccurrenceOut {
    /// When it came round.
    #[schema(value_type = String, format = DateTime)]
    at: Text<Timestamp>,
    /// `entering`, `entered`, `cut` (it was interrupted for too long), `late` (left out: seen to
    /// too late) or `overtaken` (left out: the next one had come round).
    outcome: String,
    /// How many came in.
    entered: i64,
    /// When that began.
    #[schema(value_type = Option<String>, format = DateTime)]
    begun_at: Option<Text<Timestamp>>,
    /// When that was over, or it was left out.
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Text<Timestamp>>,
}

/// What was published.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JourneyVersion)]
pub(crate) struct VersionOut {
    /// Which.
    version: i64,
    /// What happens.
    #[schema(value_type = Object)]
    journey: Journey,
    /// When it was published.
    #[schema(value_type = String, format = DateTime)]
    published_at: Text<Timestamp>,
    /// By whom.
    published_by: String,
}

/// How many stand at a step.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JourneyStanding)]
pub(crate) struct StandingOut {
    /// Of which version.
    version: i64,
    /// Which step.
    step: String,
    /// How many.
    count: i64,
}

/// How many ended so.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JourneyEnding)]
pub(crate) struct EndingOut {
    /// `done`, `goal`, `exit`, `no_date`, `taken_out`, `stopped`, `moved` or `joined`.
    ending: String,
    /// How many.
    count: i64,
}

/// What is wrong.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JourneyFault)]
pub(crate) struct FaultOut {
    /// The place in the journey, as a JSON pointer.
    at: String,
    /// The step, where it is one.
    step: Option<String>,
    /// What is wrong there, and what to do.
    cause: String,
}

impl From<Fault> for FaultOut {
    fn from(fault: Fault) -> Self {
        Self {
            at: fault.at,
            step: fault.step.map(|step| step.0.to_string()),
            cause: fault.cause,
        }
    }
}

impl JourneyWholeOut {
    pub(super) fn new(page: JourneyPage, names: &JourneyNames) -> Self {
        let versions = page.versions.into_iter().map(|(row, journey)| VersionOut {
            version: row.version,
            journey,
            published_at: Text(row.published_at),
            published_by: row.published_by,
        });
        let standing = page.standing.into_iter().map(|it| StandingOut {
            version: it.version,
            step: it.step,
            count: it.count,
        });
        let endings = page.endings.into_iter();
        let occurrences = page.calendar.occurrences.into_iter();
        let occurrences = occurrences.map(|row| OccurrenceOut {
            at: Text(row.at),
            outcome: row.outcome,
            entered: row.entered,
            begun_at: row.begun_at.map(Text),
            ended_at: row.ended_at.map(Text),
        });
        Self {
            journey: JourneyOut::new(page.view, names),
            versions: versions.collect(),
            standing: standing.collect(),
            endings: endings
                .map(|(ending, count)| EndingOut { ending, count })
                .collect(),
            faults: page.faults.into_iter().map(Into::into).collect(),
            next: page.calendar.next.into_iter().map(Text).collect(),
            occurrences: occurrences.collect(),
        }
    }
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JourneyChecked)]
pub(crate) struct CheckedOut {
    /// What is wrong; nothing of a journey that can start.
    faults: Vec<FaultOut>,
    /// Of a journey by the calendar, when it would come round next.
    #[schema(value_type = Vec<String>)]
    next: Vec<Text<Timestamp>>,
}

impl CheckedOut {
    pub(super) fn new(faults: Vec<Fault>, next: Vec<Timestamp>) -> Self {
        Self {
            next: next.into_iter().map(Text).collect(),
            faults: faults.into_iter().map(Into::into).collect(),
        }
    }
}

/// What publishing would do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JourneyPublishing)]
pub(crate) struct PublishingOut {
    /// The version that it would be.
    version: i64,
    /// Those on the way.
    moves: Vec<MovedOut>,
    /// What a broadcast costs at most; null for a journey that is none.
    cost: Option<BroadcastCostOut>,
}

/// Those at a step, and where they come to stand.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JourneyMove)]
pub(crate) struct MovedOut {
    /// Of which version.
    version: i64,
    /// Which step.
    step: String,
    /// How many.
    count: i64,
    /// `stay`, `end` or `to`.
    target: &'static str,
    /// The step of the new version.
    to: Option<String>,
}

impl PublishingOut {
    pub(super) fn new(publishing: Publishing, cost: Option<BroadcastCost>) -> Self {
        let moves = publishing.moves.into_iter().map(|moved| {
            let (target, to) = match moved.target {
                Target::Stay => ("stay", None),
                Target::End => ("end", None),
                Target::To(step, _) => ("to", Some(step.0.to_string())),
            };
            MovedOut {
                version: moved.standing.version,
                step: moved.standing.step,
                count: moved.standing.count,
                target,
                to,
            }
        });
        Self {
            version: publishing.version,
            moves: moves.collect(),
            cost: cost.map(BroadcastCostOut::from),
        }
    }
}
