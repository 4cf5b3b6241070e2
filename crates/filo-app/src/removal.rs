//! Making it so that some events had never come: taking an import back, forgetting a person.
//!
//! **Invariant (I10, I13):** afterwards who is who and every profile are what they would be had
//! the events not been sent, whatever came before or after them; neither log nor lake holds them.
//! What is beside the thread (quarantine, webhooks, notes of work) is the caller's.

use std::collections::BTreeSet;

use filo_core::id::{NodeId, SourceId};
use filo_core::time::Timestamp;
use tokio::sync::oneshot;

use crate::app::App;
use crate::engine::Input;
use crate::error::{Error, Result};

/// What is to be as if it had never come.
#[derive(Debug, Clone)]
pub enum Removal {
    /// The events of one run of an import: those of its source with its time of receipt.
    Run {
        /// Where they came from.
        source: SourceId,
        /// The time of receipt that all of them carry.
        received_at: Timestamp,
    },
    /// A person: every event on the threads of these identifiers; and the identifiers
    /// themselves, wherever they came along with somebody else's event.
    Person {
        /// The identifiers.
        nodes: BTreeSet<NodeId>,
    },
}

/// What was taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Removed {
    /// Events that are no more.
    pub events: u64,
    /// Events of others that no longer name the person.
    pub mended: u64,
    /// Identifiers of which no event is left.
    pub identifiers: u64,
}

impl App {
    /// Takes events out of log, lake, profiles and links. New events are accepted meanwhile, and
    /// applied afterwards.
    ///
    /// # Errors
    /// [`Error::Conflict`] if this cannot be done now: another node applies the log, a backup is
    /// being made, or changed rules are still being followed; or if a file cannot be read or
    /// written: then nothing has changed.
    pub async fn remove(&self, removal: Removal) -> Result<Removed> {
        if !self.is_leader() {
            return Err(Error::Conflict(
                "the node that applies the log has to do it".to_owned(),
            ));
        }
        self.settle().await?;
        let (answer, done) = oneshot::channel();
        let stopped = || Error::Internal(anyhow::anyhow!("the engine has stopped"));
        let ask = self.tell_engine();
        ask.send(Input::Remove(removal, answer))
            .await
            .map_err(|_closed| stopped())?;
        let outcome = done.await.map_err(|_closed| stopped())?;
        outcome.map_err(|error| match error.downcast::<Error>() {
            Ok(refused) => refused,
            Err(error) => Error::Internal(error),
        })
    }
}
