//! Events of a customer's thread, newest first.

use axum::extract::State;
use filo_app::App;
use filo_core::event::Event;
use filo_core::id::{CustomerId, EventId, NodeId};
use filo_core::time::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::answer::{Answer, Text, ok, trust_word};
use super::paging::{Cursor, Page, Paging};
use super::power::Bearer;
use super::request::{Asked, IdOf};
use crate::problem::{Problem, ProblemOut};
use crate::right::SeePeople;

/// One identifier as an event carried it.
#[derive(Debug, Serialize, ToSchema)]
struct CarriedOut<'a> {
    /// The kind of identifier.
    #[schema(example = "email")]
    kind: &'static str,
    /// Its normal form.
    #[schema(example = "anna@example.it")]
    value: &'a str,
}

/// One event.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Event)]
pub(crate) struct EventOut<'a> {
    /// The event's id.
    #[schema(value_type = String, example = "evt_0123456789abcdefghjkmnpqrs")]
    id: Text<EventId>,
    /// The identifier on whose thread it stays.
    #[schema(value_type = String, example = "idn_0123456789abcdefghjkmnpqrs")]
    thread: Text<NodeId>,
    /// `track`, `identify`, `page`, `screen`, `group`, `alias` or `decision`.
    kind: &'static str,
    /// The event's, page's or screen's name.
    #[schema(example = "Order Completed")]
    name: &'a str,
    /// When it happened, corrected for the sender's clock.
    #[schema(value_type = String, format = DateTime)]
    at: Text<Timestamp>,
    /// When it arrived.
    #[schema(value_type = String, format = DateTime)]
    received_at: Text<Timestamp>,
    /// When the sender said it happened, where that differs.
    #[schema(value_type = Option<String>, format = DateTime)]
    original_at: Option<Text<Timestamp>>,
    /// The sender's clock cannot be right.
    clock_suspect: bool,
    /// How far the sender can be believed: `claimed`, `verified` or `staff`.
    trust: &'static str,
    /// Where it happened.
    channel: &'static str,
    /// The source it came from.
    source: u32,
    /// The sender's own id of the message.
    message_id: &'a str,
    /// Who it was, strongest first.
    identifiers: Vec<CarriedOut<'a>>,
    /// `properties` or `traits` as sent.
    #[schema(value_type = Option<Object>)]
    properties: Option<&'a RawValue>,
    /// `context` as sent.
    #[schema(value_type = Option<Object>)]
    context: Option<&'a RawValue>,
}

impl<'a> EventOut<'a> {
    pub(crate) fn new(event: &'a Event) -> Self {
        let carried = event.identifiers.iter();
        Self {
            id: Text(event.id),
            thread: Text(event.thread),
            kind: event.kind.word(),
            name: &event.name,
            at: Text(event.at),
            received_at: Text(event.received_at),
            original_at: event.original_at.map(Text),
            clock_suspect: event.clock_suspect,
            trust: trust_word(event.trust),
            channel: event.channel.word(),
            source: event.source.0,
            message_id: &event.message_id,
            identifiers: carried
                .map(|known| CarriedOut {
                    kind: known.kind.word(),
                    value: &known.value,
                })
                .collect(),
            properties: raw(&event.properties),
            context: raw(&event.context),
        }
    }
}

/// JSON as it was sent; what is empty or damaged is left out.
pub(crate) fn raw(text: &str) -> Option<&RawValue> {
    if text.is_empty() {
        None
    } else {
        serde_json::from_str(text).ok()
    }
}

/// The thread of a customer, newest first.
#[utoipa::path(
    get, path = "/customers/{id}/events", tag = "customers", params(("id" = String, Path), Paging),
    responses((status = 200, body = Page<EventOut<'static>>), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn events(
    State(app): State<App>,
    key: Bearer<SeePeople>,
    IdOf(id): IdOf<CustomerId>,
    Asked(paging): Asked<Paging>,
) -> Answer {
    let limit = paging.limit()?;
    let before = paging
        .before()?
        .map(|cursor| (cursor.at, EventId(cursor.id)));
    if app.customer(id).await?.is_none() {
        return Err(Problem::missing("customer"));
    }
    let events = app.eyes(&key.actor).timeline(id, before, limit + 1).await?;
    let cursor = |event: &&Event| Cursor {
        at: event.at,
        id: event.id.0,
    };
    ok(&Page::of(
        events.iter().collect(),
        limit,
        cursor,
        EventOut::new,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_stays_as_it_was_sent() {
        assert!(raw("").is_none());
        assert!(raw("{").is_none());
        assert_eq!(
            raw(r#"{"b":1.10,"a":2}"#).unwrap().get(),
            r#"{"b":1.10,"a":2}"#
        );
    }
}
