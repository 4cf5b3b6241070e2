//! What people do with kinds of customers: look for them, put them in force, name them, make a
//! segment of one.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use filo_app::persona::{NAME_CHARS_MOST, NOTE_CHARS_MOST, PersonaNaming};
use filo_app::segment::SegmentDraft;
use filo_app::{App, Error};
use filo_core::id::{PersonaId, PersonaRunId};
use filo_core::segment::Condition;
use http::StatusCode;
use serde::Deserialize;

use super::card::Refused;
use super::page::content;
use super::whole;
use crate::console::failure::Failure;
use crate::console::posted::Posted;
use crate::console::session::Session;
use crate::console::{Answer, done, id, wrong};
use crate::right::ManageSegments;
use crate::sentence::persona::label;

#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

/// Begins a search.
pub(in crate::console) async fn seek(
    State(app): State<App>,
    posted: Posted<ManageSegments, Nothing>,
) -> Answer {
    let session = posted.session;
    match app.seek_personas(&session.actor).await {
        Ok(_) | Err(Error::Conflict(_)) => done("/personas"),
        Err(error) => Err(error.into()),
    }
}

/// Puts what a search has found in force.
pub(in crate::console) async fn adopt(
    State(app): State<App>,
    Path(search): Path<String>,
    posted: Posted<ManageSegments, Nothing>,
) -> Answer {
    let search: PersonaRunId = id(&search)?;
    let session = posted.session;
    let adopted = app.adopt_personas(&session.actor, search).await;
    decided(&app, &session, adopted, "persona-adopted").await
}

/// Takes what is in force out of it again.
pub(in crate::console) async fn withdraw(
    State(app): State<App>,
    Path(search): Path<String>,
    posted: Posted<ManageSegments, Nothing>,
) -> Answer {
    let search: PersonaRunId = id(&search)?;
    let session = posted.session;
    let withdrawn = app.withdraw_personas(&session.actor, search).await;
    decided(&app, &session, withdrawn, "persona-withdrawn").await
}

/// Back to the page; what could not be done is said there.
async fn decided(
    app: &App,
    session: &Session<ManageSegments>,
    outcome: filo_app::Result<()>,
    key: &str,
) -> Answer {
    match outcome {
        Ok(()) => done(&format!("/personas?done={key}")),
        Err(Error::Conflict(_)) => {
            let why = session.words.say("persona-stale");
            let (_, content) = content(app, session, None, Some(&why)).await?;
            let page = whole(session, None, &content);
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// The fields of a name; which kind they are of stands in their names, as the page has several.
type Pairs = Vec<(String, String)>;

/// Gives a kind a name and a note.
pub(in crate::console) async fn name(
    State(app): State<App>,
    Path(persona): Path<String>,
    posted: Posted<ManageSegments, Pairs>,
) -> Answer {
    let persona: PersonaId = id(&persona)?;
    let Posted { session, form } = posted;
    let of = |wanted: &str| {
        let found = form.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.replace("\r\n", "\n"))
    };
    let naming = PersonaNaming {
        name: of(&format!("name-of-{persona}")).unwrap_or_default(),
        note: of(&format!("note-of-{persona}")).unwrap_or_default(),
        version: of("version")
            .and_then(|text| text.parse().ok())
            .unwrap_or(0),
    };
    let words = session.words;
    let mut version = Some(naming.version);
    let refused = match app.name_persona(&session.actor, persona, &naming).await {
        Ok(()) => return done("/personas?done=persona-named"),
        Err(Error::Invalid { field, .. }) => {
            let most = match field {
                "note" => NOTE_CHARS_MOST,
                _ => NAME_CHARS_MOST,
            };
            (
                field,
                words.fill("persona-too-long", [("most", most.into())]),
            )
        }
        Err(Error::Conflict(_)) => {
            version = None;
            ("name", words.say("persona-named-meanwhile").into_owned())
        }
        Err(error) => return Err(error.into()),
    };
    let refused = Refused {
        id: persona,
        name: naming.name,
        note: naming.note,
        version,
        wrong: refused,
    };
    let (_, content) = content(&app, &session, Some(&refused), None).await?;
    wrong(whole(&session, None, &content))
}

/// Makes a segment of everybody of a kind.
pub(in crate::console) async fn make_segment(
    State(app): State<App>,
    Path(persona): Path<String>,
    posted: Posted<ManageSegments, Nothing>,
) -> Answer {
    let persona: PersonaId = id(&persona)?;
    let session = posted.session;
    let names = app.segment_names().await?;
    let known = names.personas.get(&persona).ok_or(Failure::Missing)?;
    let draft = SegmentDraft {
        name: label(session.words, known),
        description: String::new(),
        condition: Condition::Persona(persona),
    };
    let view = app.create_segment(&session.actor, draft).await?;
    done(&format!("/segments/{}?done=segment-made", view.row.id))
}
