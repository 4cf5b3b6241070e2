//! A message that a person of the company writes to one customer.

use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::consent::purpose::Ground;
use filo_core::content::Reason;
use filo_core::id::{CustomerId, MessageId, PieceId};
use filo_core::message::gate::Verdict;
use filo_core::message::origin::Origin;
use filo_core::message::saying::{Saying, Words};
use filo_core::message::{Class, Medium};
use filo_store::message::{self, MessageRow};

use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};

/// What somebody writes by hand goes before anything a journey says.
const VALUE_BY_HAND: u16 = 1_000;
/// An answer that is two weeks late is none.
const VALID_DAYS: i64 = 14;

/// A message as it is to be written.
#[derive(Debug, Clone)]
pub struct NewMessage {
    /// By what it goes.
    pub medium: Medium,
    /// What it says.
    pub says: Says,
}

/// What a message says.
#[derive(Debug, Clone)]
pub enum Says {
    /// Words of one's own.
    Words {
        /// What for: one of the company's purposes.
        purpose: String,
        /// What it says.
        words: Words,
    },
    /// A piece of content, which says itself what it is for.
    Piece {
        /// Which.
        piece: PieceId,
    },
}

/// What the gate would say now.
#[derive(Debug, Clone)]
pub struct Preview {
    /// What it is for.
    pub class: Class,
    /// What the gate would say.
    pub verdict: Verdict,
}

impl App {
    /// What the gate would say of a message that is not written yet.
    ///
    /// # Errors
    /// If the actor may not write to people, there is no such person, or no such purpose.
    pub async fn preview_message(
        &self,
        actor: &Actor,
        customer: CustomerId,
        new: &NewMessage,
    ) -> Result<Preview> {
        actor.must(Right::SendMessages)?;
        let row = self.by_hand(actor, customer, new).await?;
        let weighed = self.weigh(&row, &self.standing().await?).await?;
        Ok(Preview {
            class: row.class,
            verdict: weighed.verdict,
        })
    }

    /// Writes a message to one customer: it leaves when the gate lets it through.
    ///
    /// # Errors
    /// If the actor may not write to people, there is no such person or purpose, the words cannot
    /// be sent, or nothing carries messages of this kind.
    pub async fn write_message(
        &self,
        actor: &Actor,
        customer: CustomerId,
        new: NewMessage,
    ) -> Result<MessageId> {
        actor.must(Right::SendMessages)?;
        let row = self.by_hand(actor, customer, &new).await?;
        let (id, medium) = (row.id, row.medium);
        let mut tx = self.shared().db.begin().await?;
        message::plan(&mut tx, &[row]).await?;
        let entry = actor.did(Act::MessageWritten, self.now()).about(id);
        record(&mut tx, &entry.with("medium", Token::word(medium.word()))).await?;
        tx.commit().await?;
        self.shared().outbox.wake();
        Ok(id)
    }

    async fn by_hand(
        &self,
        actor: &Actor,
        customer: CustomerId,
        new: &NewMessage,
    ) -> Result<MessageRow> {
        let customer = self.eyes(actor).customer(customer).await?;
        let customer = customer.ok_or(Error::Missing("customer"))?;
        let medium = new.medium;
        if !medium.is_carried() {
            return Err(Error::invalid("medium", "nothing leaves by it from here"));
        }
        let (purpose, saying) = match &new.says {
            Says::Words { purpose, words } => {
                let words = words.clone().checked_for(medium);
                let words =
                    words.map_err(|fault| Error::invalid(fault.field(), fault.to_string()))?;
                (purpose.trim().to_owned(), Saying::Words(words))
            }
            Says::Piece { piece } => {
                // A key has a name too, but writes to nobody in person.
                let reason = actor.user.map(|_user| Reason::Hand {
                    by: actor.name.clone(),
                });
                let saying = Saying::Piece {
                    piece: *piece,
                    reason,
                };
                let piece = self.piece(*piece).await?.piece;
                (piece.purpose.to_string(), saying)
            }
        };
        let purposes = self.purposes().await?.purposes;
        let purpose = purposes.get(&purpose);
        let purpose = purpose.ok_or_else(|| Error::invalid("purpose", "no such purpose"))?;
        if !purpose.channels.contains(&medium.channel()) {
            return Err(Error::invalid("purpose", "not done by this way"));
        }
        let class = match purpose.ground {
            Ground::Duty => Class::Service,
            Ground::Statement => Class::Marketing,
        };
        let now = self.now();
        let id = MessageId(self.spare_id());
        let origin = Origin::Hand {
            message: id,
            user: actor.user,
        };
        Ok(MessageRow {
            medium,
            class,
            purpose: purpose.word.to_string(),
            value: VALUE_BY_HAND,
            expires_at: now.plus_seconds(VALID_DAYS * 86_400),
            ..MessageRow::planned(id, origin, customer.id, saying, now)
        })
    }
}
