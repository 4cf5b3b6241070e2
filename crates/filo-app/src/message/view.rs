//! Messages as people of the company see them: what was said, to whom, why it went or did not.
//!
//! **Invariant:** what a message said is personal: who may not see that sees where it stands.

use filo_core::access::Right;
use filo_core::channel::Receipt;
use filo_core::id::{CustomerId, MessageId};
use filo_core::message::saying::Saying;
use filo_core::message::state::State;
use filo_core::time::Timestamp;
use filo_store::approval::{self, ApprovalRow};
use filo_store::message::copy::CopyRow;
use filo_store::message::shown::{self, ShownRow};
use filo_store::message::verdict::VerdictRow;
use filo_store::message::{self, Cursor, MessageRow, copy, receipt, verdict};
use filo_store::tracking::{self, ClickRow};
use serde_json::Value;

use crate::actor::Actor;
use crate::app::App;
use crate::customer::{COVERED, CustomerView};
use crate::error::{Error, Result};

/// One thing the gate found, as it was stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its word.
    pub why: String,
    /// Everything that is to be known with it.
    pub detail: Value,
}

impl Found {
    /// What was found, of what is to be known with it.
    #[must_use]
    pub fn of(detail: Value) -> Self {
        Self {
            why: detail["why"].as_str().unwrap_or_default().to_owned(),
            detail,
        }
    }
}

/// One verdict of the gate.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// When.
    pub at: Timestamp,
    /// What became of the message: `go`, `wait`, `ask_person`, `stop`.
    pub outcome: String,
    /// Until when it waits.
    pub until: Option<Timestamp>,
    /// Why.
    pub findings: Vec<Found>,
}

/// A message with everything that is known of it.
#[derive(Debug, Clone)]
pub struct MessageView {
    /// Where it stands.
    pub row: MessageRow,
    /// Who its person is now: another one, if they were joined since.
    pub customer: CustomerId,
    /// What the gate said, in order.
    pub verdicts: Vec<Said>,
    /// What left.
    pub copy: Option<CopyRow>,
    /// How far it came, as its carrier told.
    pub receipt: Option<Receipt>,
    /// How often the site showed it.
    pub shown: Option<ShownRow>,
    /// What was seen of its links and its picture, where they may be known by that.
    pub clicks: Vec<ClickRow>,
    /// What a person said of it who was asked.
    pub decision: Option<ApprovalRow>,
}

impl App {
    /// A page of all messages, the newest first.
    ///
    /// # Errors
    /// If the actor may not page through people.
    pub async fn messages(
        &self,
        actor: &Actor,
        state: Option<State>,
        behind: Option<Cursor>,
        limit: u32,
    ) -> Result<Vec<MessageRow>> {
        actor.must(Right::ListPeople)?;
        let mut tx = self.shared().db.read().await?;
        let mut rows = message::list(&mut tx, state, behind, limit).await?;
        cover(actor, &mut rows);
        Ok(rows)
    }

    /// How many messages stand where.
    ///
    /// # Errors
    /// If the actor may not page through people.
    pub async fn message_counts(&self, actor: &Actor) -> Result<Vec<(State, i64)>> {
        actor.must(Right::ListPeople)?;
        let mut tx = self.shared().db.read().await?;
        Ok(message::counts(&mut tx).await?)
    }

    /// The messages to a customer, the newest first.
    ///
    /// # Errors
    /// If the actor may not see people, or there is no such person.
    pub async fn messages_of(&self, actor: &Actor, id: CustomerId) -> Result<Vec<MessageRow>> {
        let customer = self.eyes(actor).customer(id).await?;
        let customer = customer.ok_or(Error::Missing("customer"))?;
        let threads: Vec<CustomerId> = customer
            .threads()
            .into_iter()
            .map(CustomerId::from)
            .collect();
        let mut tx = self.shared().db.read().await?;
        let mut rows = message::of_customers(&mut tx, &threads).await?;
        cover(actor, &mut rows);
        Ok(rows)
    }

    /// Every message to a customer with all that is known of it.
    pub(crate) async fn messages_whole(
        &self,
        actor: &Actor,
        customer: &CustomerView,
    ) -> Result<Vec<MessageView>> {
        let mut whole = Vec::new();
        for row in self.messages_of(actor, customer.id).await? {
            whole.push(self.message(actor, row.id).await?);
        }
        Ok(whole)
    }

    /// One message.
    ///
    /// # Errors
    /// If the actor may not see people, or there is no such message.
    pub async fn message(&self, actor: &Actor, id: MessageId) -> Result<MessageView> {
        actor.must(Right::SeePeople)?;
        let (row, verdicts, copy, (receipt, shown, clicks), decision) = {
            let mut tx = self.shared().db.read().await?;
            let row = message::get(&mut tx, id).await?;
            let row = row.ok_or(Error::Missing("message"))?;
            let verdicts = verdict::list(&mut tx, id).await?;
            let copy = copy::get(&mut tx, id).await?;
            let decision = match row.approval {
                Some(approval) => approval::get(&mut tx, approval).await?,
                None => None,
            };
            let receipt = receipt::get(&mut tx, id).await?;
            let shown = shown::get(&mut tx, id).await?;
            let clicks = tracking::clicks(&mut tx, id).await?;
            (row, verdicts, copy, (receipt, shown, clicks), decision)
        };
        let customer = self.customer(row.customer).await?;
        let customer = customer.map_or(row.customer, |it| it.id);
        // What was made ready and not taken has not left.
        let is_gone = row.state.counts();
        let mut rows = [row];
        cover(actor, &mut rows);
        let [row] = rows;
        Ok(MessageView {
            row,
            customer,
            verdicts: verdicts.into_iter().map(said).collect(),
            copy: copy.filter(|_| is_gone && actor.may(Right::SeePersonalData)),
            receipt,
            shown,
            clicks,
            decision,
        })
    }
}

fn cover(actor: &Actor, rows: &mut [MessageRow]) {
    if actor.may(Right::SeePersonalData) {
        return;
    }
    for row in rows {
        if let Saying::Words(words) = &mut row.saying {
            words.subject = COVERED.to_owned();
            words.text = COVERED.to_owned();
        }
        row.answer = row.answer.as_ref().map(|_said| COVERED.to_owned());
    }
}

fn said(row: VerdictRow) -> Said {
    let found: Vec<Value> = serde_json::from_str(&row.findings).unwrap_or_default();
    let found = found.into_iter().map(Found::of);
    Said {
        at: row.at,
        outcome: row.outcome,
        until: row.until,
        findings: found.collect(),
    }
}
