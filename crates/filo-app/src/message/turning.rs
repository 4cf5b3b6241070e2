//! What a person does with a message: calls it off, or lets it come to the gate again.

use filo_core::access::Right;
use filo_core::audit::Act;
use filo_core::id::MessageId;
use filo_core::message::state::State;
use filo_store::message::claim::{self, Turn};
use filo_store::message::{self, MessageRow};

use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};

impl App {
    /// Calls a message off that has not left.
    ///
    /// # Errors
    /// If the actor may not write to people, there is no such message, or it has left.
    pub async fn cancel_message(&self, actor: &Actor, id: MessageId) -> Result<()> {
        self.turn_message(
            actor,
            id,
            Act::MessageCancelled,
            State::can_be_cancelled,
            |row, app| Turn {
                id: row.id,
                from: row.state,
                to: State::Cancelled,
                due_at: None,
                ended_at: Some(app.now()),
                answer: None,
            },
        )
        .await
    }

    /// Lets a message come to the gate again that did not leave, or of which nobody knows.
    ///
    /// # Errors
    /// If the actor may not write to people, there is no such message, or it is on its way or
    /// has arrived.
    pub async fn send_message_again(&self, actor: &Actor, id: MessageId) -> Result<()> {
        let again = |row: &MessageRow, app: &Self| Turn {
            id: row.id,
            from: row.state,
            to: State::Queued,
            due_at: Some(app.now()),
            ended_at: None,
            answer: None,
        };
        self.turn_message(
            actor,
            id,
            Act::MessageSentAgain,
            State::can_be_sent_again,
            again,
        )
        .await?;
        self.shared().outbox.wake();
        Ok(())
    }

    async fn turn_message(
        &self,
        actor: &Actor,
        id: MessageId,
        act: Act,
        is_possible: impl Fn(State) -> bool,
        turn: impl Fn(&MessageRow, &Self) -> Turn<'static>,
    ) -> Result<()> {
        actor.must(Right::SendMessages)?;
        let mut tx = self.shared().db.begin().await?;
        let row = message::get(&mut tx, id).await?;
        let row = row.ok_or(Error::Missing("message"))?;
        let moved = || Error::Conflict(format!("the message is {}", row.state.word()));
        if !is_possible(row.state) || !claim::turn(&mut tx, &turn(&row, self)).await? {
            return Err(moved());
        }
        record(&mut tx, &actor.did(act, self.now()).about(id)).await?;
        tx.commit().await?;
        Ok(())
    }
}
