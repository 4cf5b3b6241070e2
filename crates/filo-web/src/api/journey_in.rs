//! What journeys are to be, as the API takes it.

use filo_app::journey::{JourneyDraft, Playbook};
use filo_core::company::Language;
use filo_core::id::JourneyId;
use filo_core::journey::{Journey, MoveRule};
use serde::Deserialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::problem::Problem;

/// A journey to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JourneyIn {
    /// What people call it.
    name: String,
    /// What it is for.
    #[serde(default)]
    description: String,
    /// What happens: the book describes it.
    #[serde(default)]
    #[schema(value_type = Option<Object>, example = json!({
        "trigger": {"event": {"name": "Lead Submitted"}},
        "steps": [{"id": "call", "do": {"ask": {"kind": "call", "title": "Call",
            "outcomes": [{"name": "Done"}]}}}]
    }))]
    journey: Option<Box<RawValue>>,
    /// In place of `journey`, one to begin with: `empty`, `birthday`, `win-back`, `lead`,
    /// `after-visit`.
    #[serde(default)]
    playbook: Option<String>,
    /// The language of its names: `it` or `en`.
    #[serde(default)]
    language: Option<String>,
}

/// A journey as it is to be, from the version that was read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JourneyChangeIn {
    /// The version that was read.
    pub(super) version: i64,
    /// What people call it.
    name: String,
    /// What it is for.
    #[serde(default)]
    description: String,
    /// What happens.
    #[schema(value_type = Object)]
    journey: Box<RawValue>,
}

/// A journey to look at.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JourneyCheckIn {
    /// Its id, if it has one: it must not lead back to itself.
    #[serde(default)]
    journey_id: Option<String>,
    /// What happens.
    #[schema(value_type = Object)]
    journey: Box<RawValue>,
}

/// A journey to publish.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PublishingIn {
    /// The version that was read.
    pub(super) version: i64,
    /// What becomes of those on the way: `{"same": true}` moves those at steps that are still
    /// there, `steps` says for single steps `"stay"`, `"end"` or `{"to": "step"}`.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub(super) rule: MoveRule,
}

/// A rule to try.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PublishingPreviewIn {
    /// What would become of those on the way.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub(super) rule: MoveRule,
}

/// The version that was read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VersionIn {
    /// The version that was read.
    pub(super) version: i64,
}

/// A customer to let in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RunIn {
    /// Who.
    #[schema(example = "cus_0123456789abcdefghjkmnpqrs")]
    pub(super) customer: String,
    /// What it is about, such as an order: there is one run for each.
    #[serde(default)]
    pub(super) key: String,
}

/// What came of a task.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OutcomeIn {
    /// One of the outcomes that the task names.
    pub(super) outcome: String,
    /// What was said; it stands on the customer's thread, too.
    #[serde(default)]
    pub(super) note: String,
}

impl JourneyIn {
    pub(super) fn draft(self) -> Result<JourneyDraft, Problem> {
        let language = match self.language.as_deref() {
            None => Language::default(),
            Some(tag) => Language::from_tag(tag)
                .ok_or_else(|| Problem::invalid("language", "`it` or `en`"))?,
        };
        let journey = match (&self.journey, self.playbook.as_deref()) {
            (Some(raw), None) => journey(raw)?,
            (None, word) => {
                let hint = "one of empty, birthday, win-back, lead, after-visit";
                Playbook::from_word(word.unwrap_or("empty"))
                    .ok_or_else(|| Problem::invalid("playbook", hint))?
                    .journey(language)
            }
            (Some(_), Some(_)) => {
                return Err(Problem::invalid(
                    "playbook",
                    "give either this or `journey`",
                ));
            }
        };
        Ok(JourneyDraft {
            name: self.name,
            description: self.description,
            journey,
        })
    }
}

impl JourneyChangeIn {
    pub(super) fn draft(self) -> Result<JourneyDraft, Problem> {
        Ok(JourneyDraft {
            journey: journey(&self.journey)?,
            name: self.name,
            description: self.description,
        })
    }
}

impl JourneyCheckIn {
    pub(super) fn journey(self) -> Result<(JourneyId, Journey), Problem> {
        let id = match self.journey_id.as_deref() {
            None => JourneyId(0),
            Some(text) => text
                .parse()
                .map_err(|_not_one| Problem::invalid("journey_id", "the id of a journey"))?,
        };
        Ok((id, journey(&self.journey)?))
    }
}

fn journey(raw: &RawValue) -> Result<Journey, Problem> {
    let document = format!(r#"{{"version":2,"journey":{}}}"#, raw.get());
    Journey::from_json(&document).map_err(|fault| Problem::invalid("journey", fault.to_string()))
}
