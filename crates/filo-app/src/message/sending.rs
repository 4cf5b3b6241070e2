//! What a step of a journey says: planned with the run's state, in the checkpoint's transaction.
//!
//! **Invariant (I2):** a step of a run plans one message, however often it is written down.

use std::collections::BTreeMap;

use compact_str::CompactString;
use filo_core::consent::purpose::{Ground, MARKETING, Purposes};
use filo_core::content::{Fact, Piece, Reason};
use filo_core::event::Event;
use filo_core::id::{CustomerId, EventId, JourneyId, MessageId, PieceId, RunId};
use filo_core::journey::{Ending, Run, Send, Trigger};
use filo_core::message::Class;
use filo_core::message::origin::Origin;
use filo_core::message::saying::Saying;
use filo_core::time::Timestamp;
use filo_store::journey;
use filo_store::message::{self, MessageRow};
use filo_store::{Tx, piece};
use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::app::App;
use crate::consent;
use crate::customer::CustomerView;
use crate::error::Result;
use crate::journey::document_of;

/// Events of somebody among which the one is looked for that a journey began with.
const LOOKED_AT_MOST: usize = 500;

/// A message that a step says.
#[derive(Debug, Clone)]
pub(crate) struct Sending {
    pub(crate) id: MessageId,
    pub(crate) journey: JourneyId,
    pub(crate) run: RunId,
    pub(crate) step: String,
    pub(crate) customer: CustomerId,
    pub(crate) send: Send,
    pub(crate) at: Timestamp,
}

/// Puts what steps say into the outbox.
pub(crate) async fn plan(
    tx: &mut Tx<'_>,
    sendings: &[Sending],
) -> std::result::Result<(), filo_store::Error> {
    if sendings.is_empty() {
        return Ok(());
    }
    let purposes = consent::purposes_of(tx).await;
    let purposes = purposes.map_err(|error| filo_store::Error::Unusable(error.to_string()))?;
    let mut purpose_of: BTreeMap<PieceId, CompactString> = BTreeMap::new();
    let mut rows = Vec::with_capacity(sendings.len());
    for sending in sendings {
        let piece = sending.send.piece;
        let purpose = match purpose_of.get(&piece) {
            Some(purpose) => purpose.clone(),
            None => {
                let row = piece::get(tx, piece).await?;
                let read = row.and_then(|row| Piece::from_json(&row.document).ok());
                // A piece that is gone is noticed where it is to be said, and shown there.
                let purpose = read.map_or(CompactString::const_new(MARKETING), |it| it.purpose);
                purpose_of.insert(piece, purpose.clone());
                purpose
            }
        };
        rows.push(sending.row(class_of(&purposes, &purpose), &purpose));
    }
    message::plan(tx, &rows).await.map(drop)
}

/// Of what class what a step says for a purpose is.
pub(crate) fn class_of(purposes: &Purposes, purpose: &str) -> Class {
    match purposes.get(purpose).map(|purpose| purpose.ground) {
        Some(Ground::Duty) => Class::Service,
        Some(Ground::Statement) | None => Class::Marketing,
    }
}

impl Sending {
    fn row(&self, class: Class, purpose: &str) -> MessageRow {
        let origin = Origin::Journey {
            journey: self.journey,
            run: self.run,
            step: self.step.clone(),
        };
        let saying = Saying::Piece {
            piece: self.send.piece,
            reason: None,
        };
        let valid_s = i64::from(self.send.valid_days) * 86_400;
        MessageRow {
            medium: self.send.medium,
            fallbacks: self.send.fallbacks.clone(),
            class,
            purpose: purpose.to_owned(),
            value: self.send.value,
            expires_at: self.at.plus_seconds(valid_s),
            ..MessageRow::planned(self.id, origin, self.customer, saying, self.at)
        }
    }
}

impl App {
    /// Why a journey began for somebody, and what the event says that began it. What a segment is
    /// called is the company's own affair: whoever came in by one is told what they said yes to.
    pub(super) async fn beginning_of(
        &self,
        (run, purpose): (Option<&Run>, &str),
        customer: &CustomerView,
    ) -> Result<(Reason, BTreeMap<String, Fact>)> {
        let asked = || {
            let what = purpose.to_owned();
            (Reason::Asked { what }, BTreeMap::new())
        };
        let Some(run) = run else {
            return Ok(asked());
        };
        let (word, named) = run.why.split_once(' ').unwrap_or((&run.why, ""));
        Ok(match word {
            "event" => {
                let id: Option<EventId> = named.parse().ok();
                let events = self.timeline(customer.id, None, LOOKED_AT_MOST).await?;
                let event = events.into_iter().find(|event| Some(event.id) == id);
                event.map_or_else(asked, |event| self.told_by(&event))
            }
            "day" if self.is_of_birthday(run).await? => (Reason::Birthday, BTreeMap::new()),
            _ => asked(),
        })
    }

    /// Whether the version that somebody goes by begins on birthdays, whatever its draft says now.
    async fn is_of_birthday(&self, run: &Run) -> Result<bool> {
        let mut tx = self.shared().db.read().await?;
        let versions = journey::versions(&mut tx, run.journey).await?;
        let version = versions.iter().find(|it| it.version == run.version);
        let document = version.map(document_of).transpose()?;
        let trigger = document.map(|document| document.trigger);
        Ok(matches!(trigger, Some(Trigger::Date(date)) if date.key == "birthday"))
    }

    /// An event as a reason, and its properties as facts.
    pub(crate) fn told_by(&self, event: &Event) -> (Reason, BTreeMap<String, Fact>) {
        let at = jiff::Timestamp::from_microsecond(event.at.0);
        let day = at.map_or_else(|_| Date::default(), |at| at.to_zoned(self.zone()).date());
        let reason = Reason::Event {
            name: event.name.to_string(),
            day,
        };
        let said: Map<String, Value> = serde_json::from_str(&event.properties).unwrap_or_default();
        let facts = said.into_iter().filter_map(|(key, value)| {
            let fact = Fact::from_json(&value.to_string())?;
            Some((key, fact))
        });
        (reason, facts.collect())
    }
}

/// Whether what a message was planned for is still so: somebody whose way was ended early is not
/// told what they would have been told on it.
pub(super) fn is_reason_true(origin: &Origin, run: Option<&Run>) -> bool {
    let Origin::Journey { .. } = origin else {
        return true;
    };
    let Some(run) = run else {
        return false;
    };
    match run.ended {
        None => true,
        Some((_, Ending::Done | Ending::Goal | Ending::NoDate)) => true,
        Some((
            _,
            Ending::Exit | Ending::TakenOut | Ending::Stopped | Ending::Moved | Ending::Joined,
        )) => false,
    }
}
