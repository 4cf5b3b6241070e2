//! Invitations: links with which somebody of the company makes an account.
//!
//! **Invariant:** of a link only its hash is kept, and one statement uses it up, so of two
//! people who open it at once one is let in.

use filo_core::id::InviteId;
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// One invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InviteRow {
    pub id: InviteId,
    /// Hash of the link's text.
    pub hash: [u8; 32],
    /// Whom it is for, in its normal form.
    pub email: String,
    pub role: String,
    /// The name of who invited.
    pub invited_by: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
}

const INSERT: &str = "
    INSERT INTO invite (id, hash, email, role, invited_by, created_at, expires_at, used_at,
                        revoked_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, NULL)";

/// Adds an invitation.
pub async fn insert(tx: &mut Tx<'_>, row: &InviteRow) -> Result<()> {
    tx.execute(
        INSERT,
        values![
            row.id,
            row.hash.as_slice(),
            row.email.as_str(),
            row.role.as_str(),
            row.invited_by.as_str(),
            row.created_at,
            row.expires_at,
        ],
    )
    .await
    .map(drop)
}

const BY_HASH: &str = "
    SELECT id, hash, email, role, invited_by, created_at, expires_at, used_at, revoked_at
      FROM invite
     WHERE hash = $1
       AND used_at IS NULL
       AND revoked_at IS NULL
       AND expires_at > $2";

/// The invitation of a link that works now.
pub async fn by_hash(
    tx: &mut Tx<'_>,
    hash: &[u8; 32],
    now: Timestamp,
) -> Result<Option<InviteRow>> {
    let row = tx.fetch_one(BY_HASH, values![hash.as_slice(), now]).await?;
    row.as_ref().map(read).transpose()
}

const GET: &str = "
    SELECT id, hash, email, role, invited_by, created_at, expires_at, used_at, revoked_at
      FROM invite
     WHERE id = $1";

/// One invitation, working or not.
pub async fn get(tx: &mut Tx<'_>, id: InviteId) -> Result<Option<InviteRow>> {
    let row = tx.fetch_one(GET, values![id]).await?;
    row.as_ref().map(read).transpose()
}

const LIST: &str = "
    SELECT id, hash, email, role, invited_by, created_at, expires_at, used_at, revoked_at
      FROM invite
     ORDER BY created_at DESC, id DESC
     LIMIT $1";

/// Invitations, the newest first, at most so many.
pub async fn list(tx: &mut Tx<'_>, most: u32) -> Result<Vec<InviteRow>> {
    tx.fetch(LIST, values![most])
        .await?
        .iter()
        .map(read)
        .collect()
}

const USE: &str = "
    UPDATE invite
       SET used_at = $2
     WHERE id = $1
       AND used_at IS NULL
       AND revoked_at IS NULL
       AND expires_at > $2";

/// Uses an invitation up; false if it does not work any more.
pub async fn use_up(tx: &mut Tx<'_>, id: InviteId, now: Timestamp) -> Result<bool> {
    Ok(tx.execute(USE, values![id, now]).await? == 1)
}

const REVOKE: &str = "
    UPDATE invite
       SET revoked_at = $2
     WHERE id = $1
       AND used_at IS NULL
       AND revoked_at IS NULL";

/// Takes an invitation back; false if there is none to take back.
pub async fn revoke(tx: &mut Tx<'_>, id: InviteId, now: Timestamp) -> Result<bool> {
    Ok(tx.execute(REVOKE, values![id, now]).await? == 1)
}

const REVOKE_FOR: &str = "
    UPDATE invite
       SET revoked_at = $2
     WHERE email = $1
       AND used_at IS NULL
       AND revoked_at IS NULL";

/// Takes every open invitation of an address back.
pub async fn revoke_for(tx: &mut Tx<'_>, email: &str, now: Timestamp) -> Result<u64> {
    tx.execute(REVOKE_FOR, values![email, now]).await
}

fn read(record: &Record) -> Result<InviteRow> {
    Ok(InviteRow {
        id: InviteId::from_bytes(record.id(0)?),
        hash: record.array(1)?,
        email: record.text(2)?,
        role: record.text(3)?,
        invited_by: record.text(4)?,
        created_at: record.time(5)?,
        expires_at: record.time(6)?,
        used_at: record.time_or_null(7)?,
        revoked_at: record.time_or_null(8)?,
    })
}
