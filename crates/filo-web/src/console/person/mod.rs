//! The page of a person: who, the thread, what is known, what they allow, why they are one; and
//! the forms on it.

pub(super) mod buying;
pub(super) mod consent;
mod head;
mod known;
pub(super) mod list;
mod message;
mod page;
pub(super) mod persona;
mod picture;
pub(super) mod reason;
mod segment;
mod strand;
mod thread;
mod thread_filter;
mod told;

use std::collections::HashMap;

use axum::extract::{Path, Query, State};
use filo_app::computed::ComputedValue;
use filo_app::journey::RunView;
use filo_app::persona::PersonaMembership;
use filo_app::segment::Membership;
use filo_app::{App, Buying, CustomerView, Explanation, MessageRow, NewConsent, PersonQuality};
use filo_core::access::Right;
use filo_core::event::Event;
use filo_core::id::{CustomerId, EventId, NodeId, SourceId};
use filo_core::identity::Verdict;
use filo_core::profile::About;
use filo_core::time::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use self::thread_filter::ThreadFilter;
use super::failure::Failure;
use super::posted::Posted;
use super::session::Session;
use super::{Answer, done, id, shown, wrong};
use crate::api::paging::Cursor;
use crate::i18n::Words;
use crate::right::{Power, RecordConsent, SeePeople, WriteNotes};
use crate::sentence::journey::JourneyNames;
use crate::ui::page::{Frame, Place, page as framed};
use crate::ui::toast::toast_with_undo;
use crate::verdict::{PieceNames, piece_names};

pub(super) use told::{bead, channel_word, event_title, in_short};

/// Events of one page of the thread.
const EVENTS: usize = 50;
/// Events that are read for a page: for the picture of the year, and for what a filter leaves.
const SCANNED: usize = 400;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    before: Option<String>,
    done: Option<String>,
    /// The note that was just written.
    #[serde(rename = "done-note")]
    note: Option<String>,
    /// The two identifiers that were just ruled about.
    #[serde(rename = "done-a")]
    a: Option<String>,
    #[serde(rename = "done-b")]
    b: Option<String>,
}

impl Asked {
    /// What was just done and can be taken back, if it was that.
    fn undo(&self, words: Words, customer: CustomerId, token: &str) -> Option<Markup> {
        let done = self.done.as_deref()?;
        let undo = words.say("undo");
        if let Some(Ok(note)) = self.note.as_deref().map(str::parse::<EventId>) {
            let action = format!("/people/{customer}/notes/{note}/removal");
            let text = words.say("done-note-added");
            return Some(toast_with_undo(&text, &action, token, &[], &undo));
        }
        let key = ["ruling-apart", "ruling-together"]
            .into_iter()
            .find(|key| *key == done)?;
        let (a, b): (NodeId, NodeId) = (
            self.a.as_deref()?.parse().ok()?,
            self.b.as_deref()?.parse().ok()?,
        );
        let (a, b) = (a.to_string(), b.to_string());
        let hidden = [
            ("a", &*a),
            ("b", &*b),
            ("verdict", Verdict::Withdrawn.word()),
        ];
        let action = format!("/people/{customer}/rulings");
        let text = words.say(&format!("done-{key}"));
        Some(toast_with_undo(&text, &action, token, &hidden, &undo))
    }
}

/// What the page shows.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own that one part of the page shows"
)]
pub(super) struct Person {
    pub(super) customer: CustomerView,
    pub(super) explanation: Explanation,
    /// Whether they may be addressed now.
    pub(super) addressing: consent::Overview,
    /// What the page of the thread shows.
    pub(super) events: Vec<Event>,
    /// What was read for it, newest first.
    pub(super) scanned: Vec<Event>,
    /// There is nothing older than what was read.
    pub(super) is_whole: bool,
    /// Cursor of the next page of the thread.
    pub(super) older: Option<String>,
    /// The thread does not start at the newest event.
    pub(super) is_later_page: bool,
    pub(super) filter: ThreadFilter,
    /// Names of the sources, by number.
    pub(super) sources: HashMap<SourceId, String>,
    pub(super) now: Timestamp,
    /// How good what is known of them is.
    pub(super) quality: Option<PersonQuality>,
    /// Whoever looks may mend.
    pub(super) decides: bool,
    /// Where they stand among those who buy.
    pub(super) buying: Buying,
    /// The segments they are in.
    pub(super) segments: Vec<Membership>,
    /// The lists they are on, and those they can be put on.
    pub(super) lists: list::Lists,
    /// What was said to them last, and whether whoever looks may write.
    pub(super) messages: Vec<MessageRow>,
    pub(super) may_write: bool,
    pub(super) piece_names: PieceNames,
    /// The journeys that they are on and were on, and what those are called.
    pub(super) runs: (Vec<RunView>, JourneyNames),
    /// Which kind of customers they are.
    pub(super) persona: Option<PersonaMembership>,
    /// Whoever looks may open them.
    pub(super) opens_segments: bool,
    /// What the computed traits say of them.
    pub(super) computed: Vec<ComputedValue>,
    /// Who looks may hand over what is kept, and erase it.
    pub(super) may_handle_privacy: bool,
}

/// What a form on the page held when it was refused.
#[derive(Debug, Default)]
pub(super) struct Refused<'a> {
    pub(super) note: Option<(&'a NoteForm, String)>,
    pub(super) consent: Option<(&'a ConsentForm, String)>,
}

#[expect(
    clippy::too_many_arguments,
    reason = "each part of the page reads its own of the address"
)]
pub(super) async fn show(
    State(app): State<App>,
    session: Session<SeePeople>,
    Path(customer): Path<String>,
    Query(filter): Query<ThreadFilter>,
    Query(asked): Query<Asked>,
    Query(mended): Query<super::quality::Passing>,
    Query(listed): Query<super::customer_list::Passing>,
) -> Answer {
    let asked_id: CustomerId = id(&customer)?;
    let before = asked.before.as_deref().and_then(Cursor::read);
    let person = person(&app, &session, asked_id, (before, filter)).await?;
    let here = person.customer.id;
    if here != asked_id {
        return done(&format!("/people/{here}"));
    }
    let person_id = here.to_string();
    let back = [("person", &*person_id)];
    let undo = asked.undo(session.words, here, &session.token);
    let undo = undo.or_else(|| mended.undo(session.words, &session.token, &back));
    let undo = undo.or_else(|| listed.undo(session.words, &session.token, &person_id));
    let told = asked.done.as_deref().filter(|_| undo.is_none());
    shown(whole(&session, &person, &Refused::default(), (told, undo)))
}

async fn person<P: Power>(
    app: &App,
    session: &Session<P>,
    id: CustomerId,
    (before, filter): (Option<Cursor>, ThreadFilter),
) -> Result<Person, Failure> {
    let eyes = app.eyes(&session.actor);
    let customer = eyes.customer(id).await?.ok_or(Failure::Missing)?;
    let here = customer.id;
    let explanation = eyes.why(id).await?.ok_or(Failure::Missing)?;
    let behind = before.map(|cursor| (cursor.at, EventId(cursor.id)));
    let mut scanned = eyes.timeline(id, behind, SCANNED + 1).await?;
    let is_whole = scanned.len() <= SCANNED;
    scanned.truncate(SCANNED);
    let mut events: Vec<Event> = scanned
        .iter()
        .filter(|event| filter.holds(session.words, event))
        .take(EVENTS + 1)
        .cloned()
        .collect();
    let more = events.len() > EVENTS;
    events.truncate(EVENTS);
    // A filter that leaves little goes on behind what was looked through.
    let last = if more {
        events.last()
    } else {
        scanned.last().filter(|_| !is_whole)
    };
    let sources = app.sources().await?;
    let older = last.map(|event| {
        Cursor {
            at: event.at,
            id: event.id.0,
        }
        .write()
    });
    let is_later_page = before.is_some();
    Ok(Person {
        addressing: app.addressing_now(&customer).await?,
        buying: app.buying_of(&customer).await?,
        lists: list::Lists::load(app, session, &customer).await?,
        customer,
        explanation,
        events,
        scanned,
        is_whole,
        older,
        is_later_page,
        filter,
        sources: sources
            .into_iter()
            .map(|source| (source.id, source.name))
            .collect(),
        now: app.now(),
        quality: app.person_quality(&session.actor, id).await?,
        decides: session.actor.may(Right::DecideIdentity)
            && session.actor.may(Right::SeePersonalData),
        messages: app.messages_of(&session.actor, here).await?,
        may_write: session.actor.may(Right::SendMessages),
        piece_names: piece_names(app).await?,
        segments: app.segments_of(here).await?,
        runs: (
            app.runs_of(here).await?,
            JourneyNames {
                of_segments: app.segment_names().await?,
                journeys: app.journey_names().await?,
                pieces: piece_names(app).await?,
                audiences: app.audience_names().await?,
            },
        ),
        persona: app.persona_of(here).await?,
        opens_segments: session.actor.may(Right::ListPeople),
        computed: eyes.computed_of(here).await?,
        may_handle_privacy: session.actor.may(Right::HandlePrivacy),
    })
}

fn whole<P: Power>(
    session: &Session<P>,
    person: &Person,
    refused: &Refused<'_>,
    (done, undo): (Option<&str>, Option<Markup>),
) -> Markup {
    let words = session.words;
    let name = page::name(words, person);
    let frame = Frame {
        words,
        title: &name,
        place: Some(Place::People),
        address: session.address.as_deref(),
        visitor: Some(session.visitor()),
        done,
    };
    let content = html! {
        @if let Some(undo) = undo { (undo) }
        (page::content(words, person, &session.token, refused))
    };
    framed(&frame, &content)
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
        Ok(note) => done(&format!(
            "/people/{customer}?done=note-added&done-note={note}"
        )),
        Err(error) => {
            let problem = refusal(session.words, error)?;
            let person = person(&app, &session, customer, (None, ThreadFilter::default())).await?;
            let refused = Refused {
                note: Some((&form, problem)),
                consent: None,
            };
            wrong(whole(&session, &person, &refused, (None, None)))
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
        ..NewConsent::default()
    };
    match app.record_consent(&session.actor, customer, &consent).await {
        Ok(_event) => done(&format!("/people/{customer}?done=consent-recorded")),
        Err(error) => {
            let problem = refusal(session.words, error)?;
            let person = person(&app, &session, customer, (None, ThreadFilter::default())).await?;
            let refused = Refused {
                note: None,
                consent: Some((&form, problem)),
            };
            wrong(whole(&session, &person, &refused, (None, None)))
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
