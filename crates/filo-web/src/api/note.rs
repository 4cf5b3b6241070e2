//! What customers said, written down by people.

use axum::extract::State;
use filo_app::App;
use filo_core::id::{CustomerId, EventId};
use filo_core::profile::About;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Answer, Text, created, done};
use super::power::Bearer;
use super::request::{Body, IdOf, IdsOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::WriteNotes;

/// A note to write.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteIn {
    /// What was said: up to 4,000 characters.
    text: String,
    /// What it is about: `reason`, `worry`, `preference`, `promise` or `other`.
    #[serde(default = "other")]
    about: String,
}

fn other() -> String {
    About::Other.word().to_owned()
}

/// The event that a write has put on the thread.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecordedOut {
    /// The event's id.
    #[schema(value_type = String, example = "evt_0123456789abcdefghjkmnpqrs")]
    pub(crate) event: Text<EventId>,
}

/// Writes a note.
#[utoipa::path(
    post, path = "/customers/{id}/notes", tag = "customers", params(("id" = String, Path)),
    request_body = NoteIn,
    responses((status = 201, body = RecordedOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn add_note(
    State(app): State<App>,
    key: Bearer<WriteNotes>,
    IdOf(id): IdOf<CustomerId>,
    Body(note): Body<NoteIn>,
) -> Answer {
    let about = About::from_word(&note.about);
    if about.word() != note.about {
        let words = "must be reason, worry, preference, promise or other";
        return Err(Problem::invalid("about", words));
    }
    let event = app.add_note(&key.actor, id, &note.text, about).await?;
    created(&RecordedOut { event: Text(event) })
}

/// Takes a note back.
#[utoipa::path(
    delete, path = "/customers/{id}/notes/{note}", tag = "customers",
    params(("id" = String, Path), ("note" = String, Path, description = "the event of the note")),
    responses((status = 204), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn remove_note(
    State(app): State<App>,
    key: Bearer<WriteNotes>,
    IdsOf(id, note): IdsOf<CustomerId, EventId>,
) -> Answer {
    app.remove_note(&key.actor, id, note).await?;
    done()
}
