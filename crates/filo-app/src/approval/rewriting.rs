//! Writing a message anew for its one person before it leaves.

use filo_core::access::Right;
use filo_core::audit::Act;
use filo_core::id::MessageId;
use filo_core::message::saying::{Saying, Words};
use filo_store::message::{self, MessageRow, asked};

use super::Seen;
use super::deciding::is_open;
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};
use crate::message::Unsaid;

/// A message that waits for a yes.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The message.
    pub row: MessageRow,
    /// What it would say; without, why it cannot be said.
    pub says: std::result::Result<Words, Unsaid>,
    /// What whoever answers has before them.
    pub seen: Seen,
}

impl App {
    /// What a message would say that waits for a yes, as words that can be changed.
    ///
    /// # Errors
    /// If the actor may not look after journeys or see personal data, there is no such message,
    /// or it waits no more.
    pub async fn message_draft(&self, actor: &Actor, id: MessageId) -> Result<Draft> {
        actor.must(Right::ManageJourneys)?;
        actor.must(Right::SeePersonalData)?;
        let row = self.open_message(id).await?;
        let matter = self.matter_of(&row).await?;
        Ok(Draft {
            seen: matter.seen(self.now()),
            says: self.words_now(&row).await?,
            row,
        })
    }

    /// Changes what a message says that waits for a yes. Nobody else is told anything different.
    ///
    /// # Errors
    /// If the actor may not look after journeys or see personal data, there is no such message, it
    /// waits no more, or the words cannot be sent.
    pub async fn rewrite_message(&self, actor: &Actor, id: MessageId, words: Words) -> Result<()> {
        actor.must(Right::ManageJourneys)?;
        actor.must(Right::SeePersonalData)?;
        let row = self.open_message(id).await?;
        let words = words.checked_for(row.medium);
        let words = words.map_err(|fault| Error::invalid(fault.field(), fault.to_string()))?;
        let mut tx = self.shared().db.begin().await?;
        if !asked::rewrite(&mut tx, id, &Saying::Words(words)).await? {
            return Err(Error::Conflict("it waits for a yes no more".to_owned()));
        }
        let entry = actor.did(Act::MessageRewritten, self.now()).about(id);
        record(&mut tx, &entry).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn open_message(&self, id: MessageId) -> Result<MessageRow> {
        let row = {
            let mut tx = self.shared().db.read().await?;
            message::get(&mut tx, id).await?
        };
        let row = row.ok_or(Error::Missing("message"))?;
        if !is_open(&row) {
            return Err(Error::Conflict("it waits for a yes no more".to_owned()));
        }
        Ok(row)
    }

    async fn words_now(&self, row: &MessageRow) -> Result<std::result::Result<Words, Unsaid>> {
        if let Saying::Words(words) = &row.saying {
            return Ok(Ok(words.clone()));
        }
        let spelled = self.spell_out(vec![row.clone()]).await?;
        let says = spelled.into_iter().next().map(|(_, spelled)| spelled.says);
        Ok(says.unwrap_or(Err(Unsaid::Nowhere)).map(|copy| Words {
            subject: copy.subject,
            text: words_of(&copy.body),
        }))
    }
}

/// A text without what is put under every message when it leaves.
fn words_of(text: &str) -> String {
    text.split("\n-- \n")
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_owned()
}
