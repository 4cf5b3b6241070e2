//! Who is logged in to the console.
//!
//! **Invariant:** of a session's secret only its hash is kept; one whose epoch is not its
//! owner's any more is found no longer, whatever else it says.

use filo_core::id::{SessionId, UserId};
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// One session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    pub id: SessionId,
    /// Hash of the session's text.
    pub hash: [u8; 32],
    /// Whose it is; none for the operator.
    pub owner: Option<UserId>,
    /// The owner's epoch when it began.
    pub epoch: i64,
    /// How far the login has come, as a word.
    pub stage: String,
    /// What the browser says it is.
    pub agent: String,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    /// When the password was last entered.
    pub confirmed_at: Timestamp,
    /// When it ends, however busy.
    pub expires_at: Timestamp,
}

const INSERT: &str = "
    INSERT INTO session (id, hash, owner, epoch, stage, agent, created_at, last_seen_at,
                         confirmed_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

/// Begins a session.
pub async fn insert(tx: &mut Tx<'_>, row: &SessionRow) -> Result<()> {
    tx.execute(
        INSERT,
        values![
            row.id,
            row.hash.as_slice(),
            row.owner,
            row.epoch,
            row.stage.as_str(),
            row.agent.as_str(),
            row.created_at,
            row.last_seen_at,
            row.confirmed_at,
            row.expires_at,
        ],
    )
    .await
    .map(drop)
}

const BY_HASH: &str = "
    SELECT session.id, session.hash, session.owner, session.epoch, session.stage, session.agent,
           session.created_at, session.last_seen_at, session.confirmed_at, session.expires_at
      FROM session
      LEFT JOIN app_user ON app_user.id = session.owner
     WHERE session.hash = $1
       AND session.expires_at > $2
       AND session.last_seen_at > $3
       AND (session.owner IS NULL
            OR (app_user.credential_epoch = session.epoch AND app_user.disabled_at IS NULL))";

/// The session with this hash that is alive now: not at its end, seen since `idle_since`, and
/// of its owner's present epoch.
pub async fn by_hash(
    tx: &mut Tx<'_>,
    hash: &[u8; 32],
    now: Timestamp,
    idle_since: Timestamp,
) -> Result<Option<SessionRow>> {
    let row = tx
        .fetch_one(BY_HASH, values![hash.as_slice(), now, idle_since])
        .await?;
    row.as_ref().map(read).transpose()
}

const OF_OWNER: &str = "
    SELECT session.id, session.hash, session.owner, session.epoch, session.stage, session.agent,
           session.created_at, session.last_seen_at, session.confirmed_at, session.expires_at
      FROM session
      JOIN app_user ON app_user.id = session.owner
     WHERE session.owner = $1
       AND session.expires_at > $2
       AND session.last_seen_at > $3
       AND app_user.credential_epoch = session.epoch
     ORDER BY session.last_seen_at DESC, session.id
     LIMIT $4";

/// A person's sessions that are alive now, the last used first.
pub async fn of_owner(
    tx: &mut Tx<'_>,
    owner: UserId,
    (now, idle_since): (Timestamp, Timestamp),
    most: u32,
) -> Result<Vec<SessionRow>> {
    tx.fetch(OF_OWNER, values![owner, now, idle_since, most])
        .await?
        .iter()
        .map(read)
        .collect()
}

const AGENT: &str = "
    SELECT agent
      FROM session
     WHERE id = $1";

/// What the browser of a session says it is.
pub async fn agent(tx: &mut Tx<'_>, id: SessionId) -> Result<Option<String>> {
    let row = tx.fetch_one(AGENT, values![id]).await?;
    row.map(|row| row.text(0)).transpose()
}

const SEEN: &str = "
    UPDATE session
       SET last_seen_at = $2
     WHERE id = $1
       AND last_seen_at < $2";

/// Records a sign of life.
pub async fn seen(tx: &mut Tx<'_>, id: SessionId, at: Timestamp) -> Result<()> {
    tx.execute(SEEN, values![id, at]).await.map(drop)
}

const CONFIRM: &str = "
    UPDATE session
       SET confirmed_at = $2
     WHERE id = $1";

/// Records that the password was entered again.
pub async fn confirm(tx: &mut Tx<'_>, id: SessionId, at: Timestamp) -> Result<()> {
    tx.execute(CONFIRM, values![id, at]).await.map(drop)
}

const END: &str = "DELETE FROM session WHERE id = $1";

/// Ends a session; false if there is none.
pub async fn end(tx: &mut Tx<'_>, id: SessionId) -> Result<bool> {
    Ok(tx.execute(END, values![id]).await? == 1)
}

const END_OF_OWNER: &str = "
    DELETE FROM session
     WHERE id = $1
       AND owner = $2";

/// Ends a session of this person; false if they have no such.
pub async fn end_of_owner(tx: &mut Tx<'_>, id: SessionId, owner: UserId) -> Result<bool> {
    Ok(tx.execute(END_OF_OWNER, values![id, owner]).await? == 1)
}

const END_OTHERS: &str = "
    DELETE FROM session
     WHERE owner = $1
       AND id <> $2";

/// Ends every session of this person but one.
pub async fn end_others(tx: &mut Tx<'_>, owner: UserId, but: SessionId) -> Result<u64> {
    tx.execute(END_OTHERS, values![owner, but]).await
}

const PRUNE: &str = "DELETE FROM session WHERE expires_at <= $1";

/// Forgets sessions that are at their end.
pub async fn prune(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64> {
    tx.execute(PRUNE, values![now]).await
}

fn read(record: &Record) -> Result<SessionRow> {
    Ok(SessionRow {
        id: SessionId::from_bytes(record.id(0)?),
        hash: record.array(1)?,
        owner: owner(record)?,
        epoch: record.int(3)?,
        stage: record.text(4)?,
        agent: record.text(5)?,
        created_at: record.time(6)?,
        last_seen_at: record.time(7)?,
        confirmed_at: record.time(8)?,
        expires_at: record.time(9)?,
    })
}

fn owner(record: &Record) -> Result<Option<UserId>> {
    match record.bytes_or_null(2)? {
        Some(_) => Ok(Some(UserId::from_bytes(record.id(2)?))),
        None => Ok(None),
    }
}
