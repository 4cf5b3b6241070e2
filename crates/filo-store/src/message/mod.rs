//! Messages to customers: the outbox, and what became of each.
//!
//! **Invariant (I2):** what made a message makes it once: the key of its origin stands once.

pub mod asked;
pub mod claim;
pub mod copy;
mod forgetting;
pub mod receipt;
pub mod shown;
pub mod verdict;

use std::collections::BTreeSet;

use filo_core::event::Channel;
use filo_core::id::{ApprovalId, CustomerId, EventId, JourneyId, MessageId, NodeId};
use filo_core::message::origin::Origin;
use filo_core::message::saying::Saying;
use filo_core::message::state::State;
use filo_core::message::{Class, Medium, read as from_document, written};
use filo_core::time::Timestamp;
pub use forgetting::forget;

use crate::error::{Error, Result};
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRow {
    pub id: MessageId,
    pub origin: Origin,
    /// Whose it was when it was planned; who that is today follows from the links.
    pub customer: CustomerId,
    /// By what it goes.
    pub medium: Medium,
    /// By what it goes instead where that is refused, in this order.
    pub fallbacks: Vec<Medium>,
    pub class: Class,
    pub purpose: String,
    pub value: u16,
    /// What it takes from the noise budget.
    pub weight: u16,
    pub saying: Saying,
    pub planned_at: Timestamp,
    pub expires_at: Timestamp,
    pub state: State,
    /// When it comes to the gate next.
    pub due_at: Timestamp,
    pub tries: u32,
    pub claimed_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    /// Where it went.
    pub address: Option<NodeId>,
    /// The statement that allowed it.
    pub proof: Option<EventId>,
    /// The ground it went on.
    pub basis: Option<String>,
    /// What whoever carries it said.
    pub answer: Option<String>,
    /// What a person said of it who was asked.
    pub approval: Option<ApprovalId>,
}

impl MessageRow {
    /// A message by e-mail that wants to go at once, with nothing said of it yet. What it is for
    /// is to be filled in.
    #[must_use]
    pub fn planned(
        id: MessageId,
        origin: Origin,
        customer: CustomerId,
        saying: Saying,
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            origin,
            customer,
            medium: Medium::Email,
            fallbacks: Vec::new(),
            class: Class::Marketing,
            purpose: String::new(),
            value: 0,
            weight: 0,
            saying,
            planned_at: now,
            expires_at: now,
            state: State::Queued,
            due_at: now,
            tries: 0,
            claimed_at: None,
            ended_at: None,
            address: None,
            proof: None,
            basis: None,
            answer: None,
            approval: None,
        }
    }

    /// Whether it waits until its person comes.
    #[must_use]
    pub fn waits_for_visit(&self) -> bool {
        let waits = self.medium.waits_for_visit() && self.state == State::Queued;
        waits && self.due_at == self.expires_at
    }

    /// Goes by another medium from here on.
    pub fn pass_on(&mut self, next: Medium) {
        self.medium = next;
        self.fallbacks.retain(|it| *it != next);
    }

    /// The channel on which it counts.
    #[must_use]
    pub fn channel(&self) -> Channel {
        self.medium.channel()
    }
}

const INSERT: Bulk = Bulk {
    head: "INSERT INTO message (id, origin_key, origin, customer, medium, class, purpose, value, \
           weight, content, planned_at, expires_at, state, due_at, tries, fallbacks) VALUES",
    width: 16,
    tail: "ON CONFLICT (origin_key) DO NOTHING",
};

/// Puts messages into the outbox; says how many were not there yet.
pub async fn plan(tx: &mut Tx<'_>, rows: &[MessageRow]) -> Result<u64> {
    let texts: Vec<_> = rows
        .iter()
        .map(|row| {
            let (origin, saying) = (written(&row.origin), written(&row.saying));
            let fallbacks = words_of(&row.fallbacks);
            (row, row.origin.to_string(), origin, saying, fallbacks)
        })
        .collect();
    tx.execute_bulk(&INSERT, &texts, |it, values| {
        let (row, key, origin, saying, fallbacks) = it;
        values.extend_from_slice(values![
            row.id,
            key.as_str(),
            origin.as_str(),
            row.customer,
            row.medium.word(),
            row.class.word(),
            row.purpose.as_str(),
            i64::from(row.value),
            i64::from(row.weight),
            saying.as_str(),
            row.planned_at,
            row.expires_at,
            row.state as i64,
            row.due_at,
            i64::from(row.tries),
            fallbacks.as_str(),
        ]);
    })
    .await
}

const PASS_ON: Bulk = Bulk {
    head: "UPDATE message SET medium = given.column2, fallbacks = given.column3 FROM (VALUES",
    width: 3,
    tail: ") AS given WHERE id = given.column1 AND +state = 0",
};

/// Writes down by what messages go that were passed on to another medium.
pub async fn pass_on(tx: &mut Tx<'_>, rows: &[&MessageRow]) -> Result<()> {
    let texts: Vec<_> = rows
        .iter()
        .map(|row| (row, words_of(&row.fallbacks)))
        .collect();
    tx.execute_bulk(&PASS_ON, &texts, |(row, fallbacks), values| {
        values.extend_from_slice(values![row.id, row.medium.word(), fallbacks.as_str()]);
    })
    .await
    .map(drop)
}

/// Media as they are stored.
fn words_of(media: &[Medium]) -> String {
    let words: Vec<&str> = media.iter().map(|it| it.word()).collect();
    words.join(" ")
}

const GET: &str = "
    SELECT id, origin, customer, medium, class, purpose, value, weight, content, planned_at,
           expires_at, state, due_at, tries, claimed_at, ended_at, address, proof, basis, answer,
           approval, fallbacks
      FROM message
     WHERE id = $1";

/// One message.
pub async fn get(tx: &mut Tx<'_>, id: MessageId) -> Result<Option<MessageRow>> {
    let row = tx.fetch_one(GET, values![id]).await?;
    row.as_ref().map(read).transpose()
}

const STANDING: Bulk = Bulk {
    head: "SELECT id FROM message WHERE id IN (VALUES",
    width: 1,
    tail: ")",
};

/// Which of some messages there are.
pub async fn standing(tx: &mut Tx<'_>, ids: &[MessageId]) -> Result<BTreeSet<MessageId>> {
    let rows = tx.fetch_bulk(&STANDING, ids, |id, values| values.push((*id).into()));
    let read = |row: &Record| Ok(MessageId::from_bytes(row.id(0)?));
    rows.await?.iter().map(read).collect()
}

const IDS_BY: &str = "
    SELECT id
      FROM message
     WHERE origin LIKE $1
       AND id > $2
     ORDER BY id
     LIMIT $3";

/// The messages that a journey said behind one, by id.
pub async fn ids_by(
    tx: &mut Tx<'_>,
    journey: JourneyId,
    behind: MessageId,
    limit: u32,
) -> Result<Vec<MessageId>> {
    let said = format!("%\"journey\":\"{journey}\"%");
    let rows = tx
        .fetch(IDS_BY, values![said.as_str(), behind, limit])
        .await?;
    let read = |record: &Record| Ok(MessageId::from_bytes(record.id(0)?));
    rows.iter().map(read).collect()
}

/// Where a page of messages ended: the next one begins behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub planned_at: Timestamp,
    pub id: MessageId,
}

impl MessageRow {
    /// The cursor behind this row.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        Cursor {
            planned_at: self.planned_at,
            id: self.id,
        }
    }
}

const LIST: &str = "
    SELECT id, origin, customer, medium, class, purpose, value, weight, content, planned_at,
           expires_at, state, due_at, tries, claimed_at, ended_at, address, proof, basis, answer,
           approval, fallbacks
      FROM message
     WHERE (planned_at, id) < ($1, $2)
     ORDER BY planned_at DESC, id DESC
     LIMIT $3";

const LIST_OF_STATE: &str = "
    SELECT id, origin, customer, medium, class, purpose, value, weight, content, planned_at,
           expires_at, state, due_at, tries, claimed_at, ended_at, address, proof, basis, answer,
           approval, fallbacks
      FROM message
     WHERE (planned_at, id) < ($1, $2)
       AND state = $4
     ORDER BY planned_at DESC, id DESC
     LIMIT $3";

/// A page of messages, the newest first.
pub async fn list(
    tx: &mut Tx<'_>,
    state: Option<State>,
    behind: Option<Cursor>,
    limit: u32,
) -> Result<Vec<MessageRow>> {
    let behind = behind.unwrap_or(Cursor {
        planned_at: Timestamp::MAX,
        id: MessageId(u128::MAX),
    });
    let (at, id) = (behind.planned_at, behind.id);
    let rows = match state {
        None => tx.fetch(LIST, values![at, id, limit]).await?,
        Some(state) => {
            let values = values![at, id, limit, state as i64];
            tx.fetch(LIST_OF_STATE, values).await?
        }
    };
    rows.iter().map(read).collect()
}

const OF_CUSTOMERS: Bulk = Bulk {
    head: "SELECT id, origin, customer, medium, class, purpose, value, weight, content, \
           planned_at, expires_at, state, due_at, tries, claimed_at, ended_at, address, proof, \
           basis, answer, approval, fallbacks FROM message WHERE customer IN (VALUES",
    width: 1,
    tail: ") ORDER BY planned_at DESC, id DESC LIMIT 500",
};

/// The messages of somebody, the newest first: of everybody they were when one was planned.
pub async fn of_customers(tx: &mut Tx<'_>, ids: &[CustomerId]) -> Result<Vec<MessageRow>> {
    let rows = tx
        .fetch_bulk(&OF_CUSTOMERS, ids, |id, values| values.push((*id).into()))
        .await?;
    let mut rows: Vec<MessageRow> = rows.iter().map(read).collect::<Result<_>>()?;
    rows.sort_unstable_by_key(|row| std::cmp::Reverse((row.planned_at, row.id)));
    Ok(rows)
}

const COUNTS: &str = "
    SELECT state, COUNT(*)
      FROM message
     GROUP BY state
     ORDER BY state";

/// How many messages stand where.
pub async fn counts(tx: &mut Tx<'_>) -> Result<Vec<(State, i64)>> {
    let rows = tx.fetch(COUNTS, values![]).await?;
    let read = |row: &Record| Ok((state_of(row.int(0)?)?, row.int(1)?));
    rows.iter().map(read).collect()
}

fn state_of(code: i64) -> Result<State> {
    let unknown = || Error::Damaged(format!("a message of the unknown state {code}"));
    State::from_code(code).ok_or_else(unknown)
}

fn medium_of(word: &str) -> Result<Medium> {
    let unknown = || Error::Damaged(format!("a message of the unknown medium `{word}`"));
    Medium::from_word(word).ok_or_else(unknown)
}

fn read(record: &Record) -> Result<MessageRow> {
    let damaged = |what: &str| Error::Damaged(format!("a message whose {what} cannot be read"));
    let (medium, class) = (record.text(3)?, record.text(4)?);
    let fallbacks = record.text(21)?;
    let fallbacks = fallbacks
        .split_whitespace()
        .map(Medium::from_word)
        .collect::<Option<_>>();
    let small = |column| {
        let number: u32 = record.small(column)?;
        u16::try_from(number).map_err(|_wide| damaged("value"))
    };
    Ok(MessageRow {
        id: MessageId::from_bytes(record.id(0)?),
        origin: from_document(&record.text(1)?).ok_or_else(|| damaged("origin"))?,
        customer: CustomerId::from_bytes(record.id(2)?),
        medium: medium_of(&medium)?,
        fallbacks: fallbacks.ok_or_else(|| damaged("fallbacks"))?,
        class: Class::from_word(&class).ok_or_else(|| damaged("class"))?,
        purpose: record.text(5)?,
        value: small(6)?,
        weight: small(7)?,
        saying: from_document(&record.text(8)?).ok_or_else(|| damaged("content"))?,
        planned_at: record.time(9)?,
        expires_at: record.time(10)?,
        state: state_of(record.int(11)?)?,
        due_at: record.time(12)?,
        tries: record.small(13)?,
        claimed_at: record.time_or_null(14)?,
        ended_at: record.time_or_null(15)?,
        address: record.id_or_null(16)?.map(NodeId::from_bytes),
        proof: record.id_or_null(17)?.map(EventId::from_bytes),
        basis: record.text_or_null(18)?,
        answer: record.text_or_null(19)?,
        approval: record.id_or_null(20)?.map(ApprovalId::from_bytes),
    })
}
