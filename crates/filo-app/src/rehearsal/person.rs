//! One person in a rehearsal: played once more for whoever looks, with what each message would
//! have read like at that instant. Nothing of it was kept.

use std::sync::Arc;

use filo_core::access::Right;
use filo_core::id::{CustomerId, RehearsalId};
use filo_core::journey::Journey;
use filo_core::journey::rehearsal::{Rehearsed, Said};

use super::everybody::some;
use super::known;
use super::wording::played_with_words;
use crate::actor::Actor;
use crate::app::App;
use crate::content::Rendering;
use crate::error::{Error, Result};

/// What would have happened with one person.
#[derive(Debug, Clone)]
pub struct RehearsedPerson {
    /// By which steps.
    pub journey: Journey,
    /// What would have happened.
    pub rehearsed: Rehearsed,
    /// Every message, in the order in which it was planned.
    pub messages: Vec<WordedMessage>,
}

/// A message, with how it would have read.
#[derive(Debug, Clone)]
pub struct WordedMessage {
    /// The message.
    pub said: Said,
    /// How it would have read, if it left; or why it could not have been said.
    pub rendering: Option<std::result::Result<Rendering, String>>,
}

impl App {
    /// What would have happened with one person, and what they would have read.
    ///
    /// # Errors
    /// If the actor may not see people and what is known of them, there is no such rehearsal or
    /// person, or what was rehearsed has changed since.
    pub async fn rehearsed_person(
        &self,
        actor: &Actor,
        id: RehearsalId,
        customer: CustomerId,
    ) -> Result<RehearsedPerson> {
        actor.must(Right::SeePeople)?;
        let row = {
            let mut tx = self.shared().db.read().await?;
            known(&mut tx, id).await?
        };
        actor.must(Right::SeePersonalData)?;
        let view = self.rehearsal(id).await?;
        let report = view.report.ok_or(Error::Missing("rehearsal"))?;
        let staging = Arc::new(self.staged(&row).await?);
        let staged = staging.first().ok_or(Error::Missing("rehearsal"))?;
        if staged.draft != report.main.draft {
            let why = "what is worked on has changed since: rehearse it again";
            return Err(Error::Conflict(why.to_owned()));
        }
        let people = some(self, &[customer]).await?;
        if people.is_empty() {
            return Err(Error::Missing("customer"));
        }
        let (played, worded) = played_with_words(self, &staging, 0, people).await?;
        let rehearsed = played.into_iter().next().unwrap_or_default();
        let mut messages = Vec::with_capacity(rehearsed.messages.len());
        for said in &rehearsed.messages {
            let rendering = match worded.iter().find(|one| one.said.id == said.id) {
                Some(one) => Some(self.read_out(one).await?),
                None => None,
            };
            messages.push(WordedMessage {
                said: said.clone(),
                rendering,
            });
        }
        Ok(RehearsedPerson {
            journey: staged.stage.plan().journey.clone(),
            rehearsed,
            messages,
        })
    }
}
