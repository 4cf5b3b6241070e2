//! The page of a person: who, the thread, what is known, what they allow, why they are one; and
//! the forms on it.

mod known;
mod page;
pub(super) mod reason;
mod thread;

pub(super) use thread::told;

use axum::extract::{Path, Query, State};
use filo_app::{Actor, App, CustomerView, Explanation, NewConsent};
use filo_core::event::Event;
use filo_core::id::{CustomerId, EventId};
use filo_core::profile::About;
use filo_core::time::Timestamp;
use serde::Deserialize;

use super::failure::Failure;
use super::posted::Posted;
use super::session::Session;
use super::{Answer, done, id, shown, wrong};
use crate::api::paging::Cursor;
use crate::i18n::Words;
use crate::right::{Power, RecordConsent, SeePeople, WriteNotes};
use crate::ui::page::{Frame, Place, page as framed};

/// Events of one page of the thread.
const EVENTS: usize = 50;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    before: Option<String>,
    done: Option<String>,
}

/// What the page shows.
pub(super) struct Person {
    pub(super) customer: CustomerView,
    pub(super) explanation: Explanation,
    pub(super) events: Vec<Event>,
    /// Cursor of the next page of the thread.
    pub(super) older: Option<String>,
    /// The thread does not start at the newest event.
    pub(super) is_later_page: bool,
    pub(super) now: Timestamp,
}

/// What a form on the page held when it was refused.
#[derive(Debug, Default)]
pub(super) struct Refused<'a> {
    pub(super) note: Option<(&'a NoteForm, String)>,
    pub(super) consent: Option<(&'a ConsentForm, String)>,
}

pub(super) async fn show(
    State(app): State<App>,
    session: Session<SeePeople>,
    Path(customer): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let asked_id: CustomerId = id(&customer)?;
    let before = asked.before.as_deref().and_then(Cursor::read);
    let person = person(&app, &session.actor, asked_id, before).await?;
    if person.customer.id != asked_id {
        return done(&format!("/people/{}", person.customer.id));
    }
    shown(whole(
        &session,
        &person,
        &Refused::default(),
        asked.done.as_deref(),
    ))
}

async fn person(
    app: &App,
    actor: &Actor,
    id: CustomerId,
    before: Option<Cursor>,
) -> Result<Person, Failure> {
    let eyes = app.eyes(actor);
    let customer = eyes.customer(id).await?.ok_or(Failure::Missing)?;
    let explanation = eyes.why(id).await?.ok_or(Failure::Missing)?;
    let behind = before.map(|cursor| (cursor.at, EventId(cursor.id)));
    let mut events = eyes.timeline(id, behind, EVENTS + 1).await?;
    let more = events.len() > EVENTS;
    events.truncate(EVENTS);
    let last = events.last().filter(|_| more);
    let older = last.map(|event| {
        Cursor {
            at: event.at,
            id: event.id.0,
        }
        .write()
    });
    let is_later_page = before.is_some();
    Ok(Person {
        customer,
        explanation,
        events,
        older,
        is_later_page,
        now: app.now(),
    })
}

fn whole<P: Power>(
    session: &Session<P>,
    person: &Person,
    refused: &Refused<'_>,
    done: Option<&str>,
) -> maud::Markup {
    let words = session.words;
    let name = page::name(words, person);
    let frame = Frame {
        words,
        title: &name,
        place: Some(Place::People),
        address: session.address.as_deref(),
        visitor: Some((&session.actor.name, &session.token)),
        done,
    };
    framed(
        &frame,
        &page::content(words, person, &session.token, refused),
    )
}

#[derive(Debug, Deserialize)]
pub(super) struct NoteForm {
    pub(super) text: String,
    pub(super) about: String,
}

pub(super) async fn add_note(
    State(app): State<App>,
    Path(customer): Path<String>,
    posted: Posted<WriteNotes, NoteForm>,
) -> Answer {
    let customer: CustomerId = id(&customer)?;
    let Posted { session, form } = posted;
    let about = About::from_word(&form.about);
    match app
        .add_note(&session.actor, customer, &form.text, about)
        .await
    {
        Ok(_event) => done(&format!("/people/{customer}?done=note-added")),
        Err(error) => {
            let problem = refusal(session.words, error)?;
            let person = person(&app, &session.actor, customer, None).await?;
            let refused = Refused {
                note: Some((&form, problem)),
                consent: None,
            };
            wrong(whole(&session, &person, &refused, None))
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

pub(super) async fn remove_note(
    State(app): State<App>,
    Path((customer, note)): Path<(String, String)>,
    posted: Posted<WriteNotes, Nothing>,
) -> Answer {
    let (customer, note): (CustomerId, EventId) = (id(&customer)?, id(&note)?);
    app.remove_note(&posted.session.actor, customer, note)
        .await?;
    done(&format!("/people/{customer}?done=note-removed"))
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct ConsentForm {
    pub(super) purpose: String,
    pub(super) channel: String,
    pub(super) decision: String,
    #[serde(default)]
    pub(super) wording: String,
    #[serde(default)]
    pub(super) proof: String,
}

pub(super) async fn record_consent(
    State(app): State<App>,
    Path(customer): Path<String>,
    posted: Posted<RecordConsent, ConsentForm>,
) -> Answer {
    let customer: CustomerId = id(&customer)?;
    let Posted { session, form } = posted;
    let consent = NewConsent {
        purpose: form.purpose.clone(),
        channel: form.channel.clone(),
        granted: form.decision == "granted",
        basis: "consent".to_owned(),
        wording: form.wording.clone(),
        proof: form.proof.clone(),
    };
    match app.record_consent(&session.actor, customer, &consent).await {
        Ok(_event) => done(&format!("/people/{customer}?done=consent-recorded")),
        Err(error) => {
            let problem = refusal(session.words, error)?;
            let person = person(&app, &session.actor, customer, None).await?;
            let refused = Refused {
                note: None,
                consent: Some((&form, problem)),
            };
            wrong(whole(&session, &person, &refused, None))
        }
    }
}

/// A wrong value goes back to its form in words; anything else is a failure of its own.
fn refusal(words: Words, error: filo_app::Error) -> Result<String, Failure> {
    match error {
        filo_app::Error::Invalid { field, reason } => {
            let known = words.look_up(&format!("wrong-{field}"));
            Ok(known.map_or(reason, std::borrow::Cow::into_owned))
        }
        other => Err(other.into()),
    }
}

#[cfg(test)]
mod tests;
