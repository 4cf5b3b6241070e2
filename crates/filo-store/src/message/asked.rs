//! Messages about which a person is asked, by the step of the journey that says them.
//!
//! **Invariant:** what is said of messages is said of those that stand there for it, and of no
//! other.

use filo_core::id::{ApprovalId, CustomerId, MessageId};
use filo_core::message::saying::Saying;
use filo_core::message::{Medium, written};
use filo_core::time::Timestamp;

use super::{MessageRow, medium_of, read};
use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// Messages that wait for one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedRow {
    /// Which step.
    pub about: String,
    pub count: i64,
    /// Those among them to which one person has said yes and another has not yet.
    pub half: i64,
    pub oldest: Timestamp,
    pub newest: Timestamp,
    /// When the first of them makes no sense any more.
    pub expires_at: Timestamp,
}

const BELONG: &str = "UPDATE message SET asked_about = $2 WHERE id = $1";
const ASK: &str = "
    UPDATE message
       SET asked_about = $2,
           approval = NULL
     WHERE id = $1";

/// Notes to which step a message belongs about which a person is asked; if it `waits` for them,
/// what was said of it before is void.
pub async fn ask(tx: &mut Tx<'_>, id: MessageId, about: &str, waits: bool) -> Result<()> {
    let text = if waits { ASK } else { BELONG };
    tx.execute(text, values![id, about]).await.map(drop)
}

const GROUPS: &str = "
    SELECT asked_about, COUNT(*), COUNT(approval), MIN(planned_at), MAX(planned_at), MIN(expires_at)
      FROM message
     WHERE state = 8
       AND asked_about IS NOT NULL
     GROUP BY asked_about
     ORDER BY MIN(expires_at), asked_about";

/// What waits, that which is soonest too late first.
pub async fn groups(tx: &mut Tx<'_>) -> Result<Vec<AskedRow>> {
    let rows = tx.fetch(GROUPS, values![]).await?;
    let read = |row: &Record| {
        Ok(AskedRow {
            about: row.text(0)?,
            count: row.int(1)?,
            half: row.int(2)?,
            oldest: row.time(3)?,
            newest: row.time(4)?,
            expires_at: row.time(5)?,
        })
    };
    rows.iter().map(read).collect()
}

const PAGE: &str = "
    SELECT id, origin, customer, medium, class, purpose, value, weight, content, planned_at,
           expires_at, state, due_at, tries, claimed_at, ended_at, address, proof, basis, answer,
           approval, fallbacks
      FROM message
     WHERE state = 8
       AND asked_about = $1
       AND (planned_at, id) > ($2, $3)
     ORDER BY planned_at, id
     LIMIT $4";

/// A page of the messages that wait for a step, those that were planned first first.
pub async fn page(
    tx: &mut Tx<'_>,
    about: &str,
    (at, id): (Timestamp, MessageId),
    limit: u32,
) -> Result<Vec<MessageRow>> {
    let rows = tx.fetch(PAGE, values![about, at, id, limit]).await?;
    rows.iter().map(read).collect()
}

/// Of which messages something is said.
#[derive(Debug, Clone, Copy)]
pub enum Which<'a> {
    /// Those that wait for a step and were planned up to then.
    Step(&'a str, Timestamp),
    /// One.
    One(MessageId),
}

const MEDIA: &str = "
    SELECT medium, COUNT(*)
      FROM message
     WHERE state = 8
       AND asked_about = $1
     GROUP BY medium
     ORDER BY medium";

/// How many messages wait for a step, by the medium where they have come to.
pub async fn media(tx: &mut Tx<'_>, about: &str) -> Result<Vec<(Medium, i64)>> {
    let rows = tx.fetch(MEDIA, values![about]).await?;
    let read = |row: &Record| Ok((medium_of(&row.text(0)?)?, row.int(1)?));
    rows.iter().map(read).collect()
}

const COUNT_OF_STEP: &str = "
    SELECT COUNT(*)
      FROM message
     WHERE state = 8
       AND asked_about = $1
       AND planned_at <= $2
       AND approval IS NULL";
const COUNT_ONE: &str = "
    SELECT COUNT(*)
      FROM message
     WHERE state = 8
       AND id = $1
       AND approval IS NULL";

/// How many of them wait of which nobody has said anything.
pub async fn count(tx: &mut Tx<'_>, which: Which<'_>) -> Result<i64> {
    let row = match which {
        Which::Step(about, until) => {
            let values = values![about, until];
            tx.fetch_one(COUNT_OF_STEP, values).await?
        }
        Which::One(id) => tx.fetch_one(COUNT_ONE, values![id]).await?,
    };
    row.map_or(Ok(0), |row| row.int(0))
}

const SAY_OF_STEP: &str = "
    UPDATE message
       SET approval = $3
     WHERE state = 8
       AND asked_about = $1
       AND planned_at <= $2
       AND approval IS NULL";
const SAY_OF_ONE: &str = "
    UPDATE message
       SET approval = $2
     WHERE state = 8
       AND id = $1
       AND approval IS NULL";

/// Notes that something was said of them; says of how many.
pub async fn say(tx: &mut Tx<'_>, which: Which<'_>, approval: ApprovalId) -> Result<u64> {
    match which {
        Which::Step(about, until) => {
            let values = values![about, until, approval];
            tx.execute(SAY_OF_STEP, values).await
        }
        Which::One(id) => tx.execute(SAY_OF_ONE, values![id, approval]).await,
    }
}

const LET_GO: &str = "
    UPDATE message
       SET state = 0,
           due_at = $2
     WHERE approval = $1
       AND state = 8";

/// Lets those come to the gate of which this was said.
pub async fn let_go(tx: &mut Tx<'_>, approval: ApprovalId, now: Timestamp) -> Result<u64> {
    tx.execute(LET_GO, values![approval, now]).await
}

const CALL_OFF: &str = "
    UPDATE message
       SET state = 7,
           ended_at = $2
     WHERE approval = $1
       AND state = 8";

/// Calls those off of which this was said.
pub async fn call_off(tx: &mut Tx<'_>, approval: ApprovalId, now: Timestamp) -> Result<u64> {
    tx.execute(CALL_OFF, values![approval, now]).await
}

const TAKE_YES_BACK: &str = "
    UPDATE message
       SET state = 8,
           approval = NULL
     WHERE approval = $1
       AND state IN (0, 1, 8)";
const TAKE_NO_BACK: &str = "
    UPDATE message
       SET state = 8,
           approval = NULL,
           ended_at = NULL
     WHERE approval = $1
       AND state = 7";

/// Has those wait again of which this was said, as far as they have not left; says how many.
pub async fn take_back(tx: &mut Tx<'_>, approval: ApprovalId, is_yes: bool) -> Result<u64> {
    let text = if is_yes { TAKE_YES_BACK } else { TAKE_NO_BACK };
    tx.execute(text, values![approval]).await
}

const REWRITE: &str = "
    UPDATE message
       SET content = $2
     WHERE id = $1
       AND state = 8
       AND approval IS NULL";

/// Changes what a message says that waits; false if it waits no more.
pub async fn rewrite(tx: &mut Tx<'_>, id: MessageId, saying: &Saying) -> Result<bool> {
    let text = written(saying);
    Ok(tx.execute(REWRITE, values![id, text.as_str()]).await? == 1)
}

const STOPPED: &str = "
    SELECT m.customer, v.findings
      FROM message AS m
      JOIN message_verdict AS v ON v.message = m.id
     WHERE m.state = 6
       AND m.asked_about = $1
       AND m.planned_at >= $2
       AND v.number = (SELECT MAX(w.number) FROM message_verdict AS w WHERE w.message = m.id)
     ORDER BY m.planned_at DESC, m.id DESC
     LIMIT $3";

/// Who of those that a step would have told something was not told, since then: whom, and what
/// the gate found, as JSON.
pub async fn stopped(
    tx: &mut Tx<'_>,
    about: &str,
    since: Timestamp,
    limit: u32,
) -> Result<Vec<(CustomerId, String)>> {
    let rows = tx.fetch(STOPPED, values![about, since, limit]).await?;
    let read = |row: &Record| Ok((CustomerId::from_bytes(row.id(0)?), row.text(1)?));
    rows.iter().map(read).collect()
}
