//! How the people of a rehearsal are told in the API: by ids, and one of them with what they would
//! have read.

use filo_app::rehearsal::{RehearsedPerson, WordedMessage};
use filo_core::id::{CustomerId, PieceId};
use filo_core::journey::rehearsal::Shown;
use filo_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::answer::Text;
use crate::api::message_out::VerdictOut;

/// Somebody who would have come in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RehearsalPerson)]
pub(crate) struct ShownOut {
    /// Who.
    #[schema(value_type = String)]
    customer: Text<CustomerId>,
    /// When they would have come in first.
    #[schema(value_type = String, format = DateTime)]
    entered_at: Text<Timestamp>,
    /// How often.
    entered: u32,
    /// What would have been said to them.
    messages: Vec<RehearsedMessageOut>,
}

impl From<Shown> for ShownOut {
    fn from(shown: Shown) -> Self {
        let messages = shown.messages.into_iter().map(|it| RehearsedMessageOut {
            step: it.step.to_string(),
            piece: Text(it.piece),
            medium: it.medium.word(),
            planned_at: Text(it.planned_at),
            fate: it.fate.word(),
            settled_at: it.fate.at().map(Text),
            why: it.why.iter().map(ToString::to_string).collect(),
            verdicts: Vec::new(),
            subject: None,
            text: None,
            fault: None,
        });
        Self {
            customer: Text(shown.customer),
            entered_at: Text(shown.entered_at),
            entered: shown.runs,
            messages: messages.collect(),
        }
    }
}

/// A message that would have been said.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RehearsedMessage)]
pub(crate) struct RehearsedMessageOut {
    /// The step that says it.
    step: String,
    /// The piece of content.
    #[schema(value_type = String)]
    piece: Text<PieceId>,
    /// By what.
    medium: &'static str,
    /// When the step was reached.
    #[schema(value_type = String, format = DateTime)]
    planned_at: Text<Timestamp>,
    /// `left`, `stopped`, `waits`, `asks_person` or `unsayable`.
    fate: &'static str,
    /// When that was settled; null while it waits.
    #[schema(value_type = Option<String>, format = DateTime)]
    settled_at: Option<Text<Timestamp>>,
    /// What stood in the way.
    why: Vec<String>,
    /// Of one person alone: what the gate said, each time it came there.
    verdicts: Vec<VerdictOut>,
    /// Of one person alone, and where it left: its subject.
    subject: Option<String>,
    /// Likewise: what it says.
    text: Option<String>,
    /// Why it could not have been said.
    fault: Option<String>,
}

impl From<WordedMessage> for RehearsedMessageOut {
    fn from(message: WordedMessage) -> Self {
        let said = message.said;
        let why = said.why().map(str::to_owned).collect();
        let verdicts = said.verdicts.iter();
        let verdicts = verdicts.map(|(at, verdict)| VerdictOut::of_gate(*at, verdict));
        let (rendering, fault) = match message.rendering {
            Some(Ok(rendering)) => (Some(rendering), None),
            Some(Err(fault)) => (None, Some(fault)),
            None => (None, None),
        };
        let (subject, text) = rendering.map(|it| (it.subject, it.text)).unzip();
        Self {
            step: said.step.0.to_string(),
            piece: Text(said.piece),
            medium: said.medium.word(),
            planned_at: Text(said.planned_at),
            fate: said.fate.word(),
            settled_at: said.fate.at().map(Text),
            why,
            verdicts: verdicts.collect(),
            subject,
            text,
            fault,
        }
    }
}

/// What would have happened with one person.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RehearsedPerson)]
pub(crate) struct RehearsedPersonOut {
    /// Their ways, in the order in which they began.
    runs: Vec<RehearsedRunOut>,
    /// What would have been said, in the order in which it was planned.
    messages: Vec<RehearsedMessageOut>,
}

/// A way that would have begun.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RehearsedRun)]
pub(crate) struct RehearsedRunOut {
    /// What it is about; empty if there is one for the customer.
    key: String,
    /// What brought them in: a word, and what it names.
    why: String,
    /// When they would have come in.
    #[schema(value_type = String, format = DateTime)]
    entered_at: Text<Timestamp>,
    /// The step it would stand at, or stood at last.
    step: String,
    /// When it would have ended; null if it would be under way still.
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Text<Timestamp>>,
    /// How.
    ending: Option<&'static str>,
    /// What would have happened, in order.
    lines: Vec<RehearsedLineOut>,
}

/// Something that would have happened on a way.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RehearsedLine)]
pub(crate) struct RehearsedLineOut {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Text<Timestamp>,
    /// At which step; empty for the journey as a whole.
    step: String,
    /// What: `entered`, `waits`, `went`, `asked`, `ended` …
    what: &'static str,
    /// What there is to it.
    detail: String,
}

impl From<RehearsedPerson> for RehearsedPersonOut {
    fn from(person: RehearsedPerson) -> Self {
        let told = &person.rehearsed;
        let runs = told.runs.iter().map(|run| RehearsedRunOut {
            key: run.key.to_string(),
            why: run.why.to_string(),
            entered_at: Text(run.entered_at),
            step: run.step.0.to_string(),
            ended_at: run.ended.map(|(at, _)| Text(at)),
            ending: run.ended.map(|(_, ending)| ending.word()),
            lines: told
                .lines
                .iter()
                .filter(|(of, ..)| *of == run.id)
                .map(|(_, at, line)| RehearsedLineOut {
                    at: Text(*at),
                    step: line
                        .step
                        .as_ref()
                        .map(|it| it.0.to_string())
                        .unwrap_or_default(),
                    what: line.what.word(),
                    detail: line.detail.to_string(),
                })
                .collect(),
        });
        Self {
            runs: runs.collect(),
            messages: person.messages.into_iter().map(Into::into).collect(),
        }
    }
}
