//! Signing on with the company's own directory: who has which account, and who is on the way.
//!
//! **Invariant:** an account is found by issuer and subject only; a journey is taken once, by a
//! statement that says whether it was there.

use filo_core::id::UserId;
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// Somebody on their way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JourneyRow {
    /// Hash of what the directory gives back.
    pub state: [u8; 32],
    /// Hash of what the browser keeps meanwhile.
    pub ticket: [u8; 32],
    pub nonce: String,
    /// What proves at the end that it is the same Filo that began.
    pub verifier: String,
    pub issuer: String,
    /// Whose account is to be linked.
    pub owner: Option<UserId>,
    /// Hash of the invitation that is followed.
    pub invite: Option<[u8; 32]>,
    /// The page they wanted.
    pub next: String,
    pub expires_at: Timestamp,
}

const PRUNE: &str = "DELETE FROM sign_on_journey WHERE expires_at <= $1";

const BEGIN: &str = "
    INSERT INTO sign_on_journey (state, ticket, nonce, verifier, issuer, owner, invite, next,
                                 expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

/// Keeps a journey; those that took too long are gone.
pub async fn begin(tx: &mut Tx<'_>, row: &JourneyRow, now: Timestamp) -> Result<()> {
    tx.execute(PRUNE, values![now]).await?;
    tx.execute(
        BEGIN,
        values![
            row.state.as_slice(),
            row.ticket.as_slice(),
            row.nonce.as_str(),
            row.verifier.as_str(),
            row.issuer.as_str(),
            row.owner,
            row.invite.as_ref().map(<[u8; 32]>::as_slice),
            row.next.as_str(),
            row.expires_at,
        ],
    )
    .await
    .map(drop)
}

const GET: &str = "
    SELECT state, ticket, nonce, verifier, issuer, owner, invite, next, expires_at
      FROM sign_on_journey
     WHERE state = $1
       AND expires_at > $2";

const TAKE: &str = "DELETE FROM sign_on_journey WHERE state = $1";

/// Takes a journey, once, if it did not take too long.
pub async fn take(tx: &mut Tx<'_>, state: &[u8; 32], now: Timestamp) -> Result<Option<JourneyRow>> {
    let row = tx
        .fetch_one(GET, values![state.as_slice(), now])
        .await?
        .as_ref()
        .map(read)
        .transpose()?;
    let was_there = tx.execute(TAKE, values![state.as_slice()]).await? == 1;
    Ok(row.filter(|_| was_there))
}

const LINK: &str = "
    INSERT INTO sign_on_link (issuer, subject, owner, linked_at)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING";

const RAISE: &str = "
    UPDATE app_user
       SET credential_epoch = credential_epoch + 1
     WHERE id = $1";

/// Gives somebody of the directory an account and ends its sessions; false if either has another.
pub async fn link(
    tx: &mut Tx<'_>,
    who: (&str, &str),
    owner: UserId,
    now: Timestamp,
) -> Result<bool> {
    let (issuer, subject) = who;
    let linked = tx
        .execute(LINK, values![issuer, subject, owner, now])
        .await?;
    tx.execute(RAISE, values![owner]).await?;
    Ok(linked == 1)
}

const UNLINK: &str = "DELETE FROM sign_on_link WHERE owner = $1";

/// Takes the directory's way into an account away and ends its sessions; false if there was none.
pub async fn unlink(tx: &mut Tx<'_>, owner: UserId) -> Result<bool> {
    let gone = tx.execute(UNLINK, values![owner]).await?;
    tx.execute(RAISE, values![owner]).await?;
    Ok(gone > 0)
}

const OWNER: &str = "
    SELECT owner
      FROM sign_on_link
     WHERE issuer = $1
       AND subject = $2";

/// Whose account it is.
pub async fn owner(tx: &mut Tx<'_>, issuer: &str, subject: &str) -> Result<Option<UserId>> {
    let row = tx.fetch_one(OWNER, values![issuer, subject]).await?;
    row.map(|row| row.id(0).map(UserId::from_bytes)).transpose()
}

const LINKED_AT: &str = "
    SELECT linked_at
      FROM sign_on_link
     WHERE owner = $1
       AND issuer = $2";

/// Since when an account has this way in.
pub async fn linked_at(tx: &mut Tx<'_>, owner: UserId, issuer: &str) -> Result<Option<Timestamp>> {
    let row = tx.fetch_one(LINKED_AT, values![owner, issuer]).await?;
    row.map(|row| row.time(0)).transpose()
}

fn read(record: &Record) -> Result<JourneyRow> {
    let owner = record.bytes_or_null(5)?;
    let owner = owner.and_then(|bytes| <[u8; 16]>::try_from(bytes).ok());
    let invite = record.bytes_or_null(6)?;
    Ok(JourneyRow {
        state: record.array(0)?,
        ticket: record.array(1)?,
        nonce: record.text(2)?,
        verifier: record.text(3)?,
        issuer: record.text(4)?,
        owner: owner.map(UserId::from_bytes),
        invite: invite.and_then(|bytes| bytes.try_into().ok()),
        next: record.text(7)?,
        expires_at: record.time(8)?,
    })
}
