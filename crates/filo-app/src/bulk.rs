//! What is done with many people at once: a note for each of them, a file of them.
//!
//! **Invariant:** an act is written down before it is done, with those it concerns, so that
//! undoing finds exactly them.

use compact_str::{CompactString, format_compact};
use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::event::{Event, EventKind};
use filo_core::id::{CustomerId, SegmentId};
use filo_core::profile::About;
use filo_store::bulk_act::{self, BulkAct};
use filo_store::customer::{self, Filter};
use filo_store::segment::member;
use serde_json::json;

use crate::App;
use crate::actor::Actor;
use crate::audit::record;
use crate::decision::{STAFF_SOURCE, checked_note};
use crate::error::{Error, Result};

/// People whom one note reaches; for more it would be no note but a message.
pub const NOTED_MOST: usize = 1_000;
/// Notes appended at once: with the longest text they stay below a row of the log.
pub(crate) const APPENDED_TOGETHER: usize = 100;

/// Whom an act concerns.
#[derive(Debug, Clone)]
pub enum Chosen {
    /// These.
    Picked(Vec<CustomerId>),
    /// All of whom a filter is true.
    All(Filter),
    /// All who are in a segment.
    Members(SegmentId),
}

/// An act that was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// Its number, to undo it with.
    pub act: u128,
    /// How many people it concerned.
    pub people: usize,
}

impl App {
    /// Who was chosen, at most so many and one more.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn chosen(&self, chosen: &Chosen, most: usize) -> Result<Vec<CustomerId>> {
        match chosen {
            Chosen::Picked(picked) => {
                let mut picked = picked.clone();
                picked.sort_unstable();
                picked.dedup();
                picked.truncate(most + 1);
                let mut tx = self.shared().db.read().await?;
                let rows = customer::get_many(&mut tx, &picked).await?;
                Ok(rows.into_iter().map(|row| row.id).collect())
            }
            Chosen::All(filter) => {
                let limit = u32::try_from(most + 1).unwrap_or(u32::MAX);
                let mut tx = self.shared().db.read().await?;
                let rows = customer::by_id(&mut tx, filter, CustomerId(0), limit).await?;
                Ok(rows.into_iter().map(|row| row.id).collect())
            }
            Chosen::Members(segment) => {
                let limit = u32::try_from(most + 1).unwrap_or(u32::MAX);
                let mut tx = self.shared().db.read().await?;
                let rows = member::members(&mut tx, *segment, CustomerId(0), limit).await?;
                Ok(rows.into_iter().map(|row| row.customer).collect())
            }
        }
    }

    /// Writes the same note down for many people.
    ///
    /// # Errors
    /// If the actor may not write, the text is empty or too long, or nobody or too many were
    /// chosen.
    pub async fn note_many(
        &self,
        actor: &Actor,
        chosen: &Chosen,
        (text, about): (&str, About),
        question: &str,
    ) -> Result<Done> {
        actor.must(Right::WriteNotes)?;
        let text = checked_note(text)?;
        let customers = self.chosen(chosen, NOTED_MOST).await?;
        if customers.is_empty() || customers.len() > NOTED_MOST {
            return Err(Error::invalid(
                "people",
                format!("choose 1 to {NOTED_MOST} people"),
            ));
        }
        let act = self.spare_id();
        let people = customers.len();
        self.write_act(actor, act, ("note", question), (people, customers.clone()))
            .await?;
        let properties = json!({ "text": text, "about": about.word(), "actor": actor.name });
        let properties = properties.to_string();
        for part in customers.chunks(APPENDED_TOGETHER) {
            let mut events = Vec::with_capacity(part.len());
            for customer in part {
                let mut event = self.staff_event(
                    actor,
                    EventKind::Track,
                    "Note Added",
                    properties.clone().into_boxed_str(),
                );
                event.message_id = message_id(act, *customer);
                event.id = self.key().event_id(STAFF_SOURCE, &event.message_id);
                // Somebody who was joined into another meanwhile is found by the old id.
                events.push(self.placed(*customer, event).await?);
            }
            self.decide_all(events).await?;
        }
        Ok(Done { act, people })
    }

    /// Takes the notes of an act back, of those who still have them.
    ///
    /// # Errors
    /// If the actor may not write, or there is no such act.
    pub async fn undo_notes(&self, actor: &Actor, act: u128) -> Result<usize> {
        actor.must(Right::WriteNotes)?;
        let known = {
            let mut tx = self.shared().db.read().await?;
            bulk_act::get(&mut tx, act).await?
        };
        let known = known
            .filter(|known| known.kind == "note")
            .ok_or(Error::Missing("act"))?;
        let mut removed = 0;
        for part in known.customers.chunks(APPENDED_TOGETHER) {
            let mut events: Vec<Event> = Vec::with_capacity(part.len());
            for customer in part {
                let note = self
                    .key()
                    .event_id(STAFF_SOURCE, &message_id(act, *customer));
                if self.has_note(*customer, note).await? {
                    let event = self.note_removal(actor, note);
                    events.push(self.placed(*customer, event).await?);
                }
            }
            removed += events.len();
            self.decide_all(events).await?;
        }
        let mut tx = self.shared().db.begin().await?;
        bulk_act::undo(&mut tx, act, self.now()).await?;
        tx.commit().await?;
        Ok(removed)
    }

    /// Writes down that somebody takes a file of people away.
    ///
    /// # Errors
    /// If the actor may not read, or the tables cannot be written.
    pub async fn record_export(&self, actor: &Actor, question: &str, people: u64) -> Result<u128> {
        actor.must(Right::ExportPeople)?;
        let act = self.spare_id();
        let people = usize::try_from(people).unwrap_or(usize::MAX);
        self.write_act(actor, act, ("export", question), (people, Vec::new()))
            .await?;
        Ok(act)
    }

    async fn write_act(
        &self,
        actor: &Actor,
        id: u128,
        (kind, question): (&str, &str),
        (people, customers): (usize, Vec<CustomerId>),
    ) -> Result<()> {
        let act = BulkAct {
            id,
            kind: kind.to_owned(),
            at: self.now(),
            actor: actor.name.clone(),
            question: question.to_owned(),
            people: i64::try_from(people).unwrap_or(i64::MAX),
            customers,
            list: None,
            undone_at: None,
        };
        let mut tx = self.shared().db.begin().await?;
        bulk_act::add(&mut tx, &act).await?;
        if kind == "export" {
            let entry = actor.did(Act::PeopleExported, act.at);
            let people = Token::number(act.people.unsigned_abs());
            record(&mut tx, &entry.with("people", people)).await?;
        }
        tx.commit().await?;
        tracing::info!(act = %format!("{id:032x}"), kind, people, "an act with many people");
        Ok(())
    }
}

/// Every note of an act has an id that can be worked out again.
fn message_id(act: u128, customer: CustomerId) -> CompactString {
    format_compact!("staff-{act:032x}-{:032x}", customer.0)
}
