//! The people of the company: who they are, what proves it, and what stands in for that proof.
//!
//! **Invariant:** whatever changes what proves or permits also raises the epoch, in the same
//! statement, so no session of before survives it. What works once is used up by a statement
//! that says whether it was there.

use filo_core::id::UserId;
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// One person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserRow {
    pub id: UserId,
    pub name: String,
    /// In its normal form.
    pub email: String,
    pub role: String,
    pub language: String,
    /// Argon2id, as text.
    pub password: String,
    pub credential_epoch: i64,
    /// There is a seed of a second factor, confirmed or not; it lies in the vault, and here stand
    /// only bytes that an older version sealed.
    pub factor_seed: Option<Vec<u8>>,
    /// Since when the second factor is asked for.
    pub factor_since: Option<Timestamp>,
    /// The last step whose code was used.
    pub factor_step: i64,
    pub created_at: Timestamp,
    pub disabled_at: Option<Timestamp>,
}

const INSERT: &str = "
    INSERT INTO app_user (id, name, email, role, language, password, credential_epoch,
                          factor_seed, factor_since, factor_step, created_at, disabled_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, NULL, 0, $8, NULL)
    ON CONFLICT (email) DO NOTHING";

/// Adds a person; false if the address is taken.
pub async fn insert(tx: &mut Tx<'_>, user: &UserRow) -> Result<bool> {
    let changed = tx
        .execute(
            INSERT,
            values![
                user.id,
                user.name.as_str(),
                user.email.as_str(),
                user.role.as_str(),
                user.language.as_str(),
                user.password.as_str(),
                user.credential_epoch,
                user.created_at,
            ],
        )
        .await?;
    Ok(changed == 1)
}

const GET: &str = "
    SELECT id, name, email, role, language, password, credential_epoch, factor_seed,
           factor_since, factor_step, created_at, disabled_at
      FROM app_user
     WHERE id = $1";

/// One person.
pub async fn get(tx: &mut Tx<'_>, id: UserId) -> Result<Option<UserRow>> {
    let row = tx.fetch_one(GET, values![id]).await?;
    row.as_ref().map(read).transpose()
}

const BY_EMAIL: &str = "
    SELECT id, name, email, role, language, password, credential_epoch, factor_seed,
           factor_since, factor_step, created_at, disabled_at
      FROM app_user
     WHERE email = $1";

/// The person with this address.
pub async fn by_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<UserRow>> {
    let row = tx.fetch_one(BY_EMAIL, values![email]).await?;
    row.as_ref().map(read).transpose()
}

const LIST: &str = "
    SELECT id, name, email, role, language, password, credential_epoch, factor_seed,
           factor_since, factor_step, created_at, disabled_at
      FROM app_user
     ORDER BY created_at, id
     LIMIT $1";

/// People, the first one first, at most so many.
pub async fn list(tx: &mut Tx<'_>, most: u32) -> Result<Vec<UserRow>> {
    tx.fetch(LIST, values![most])
        .await?
        .iter()
        .map(read)
        .collect()
}

const COUNT: &str = "SELECT COUNT(*) FROM app_user";

/// How many people there are, the disabled too.
pub async fn count(tx: &mut Tx<'_>) -> Result<i64> {
    tx.fetch_one(COUNT, &[])
        .await?
        .map_or(Ok(0), |row| row.int(0))
}

/// Holds every owner's row until the transaction ends, so that two people who take a role away
/// at once are one after the other.
const HOLD_OWNERS: &str = "
    UPDATE app_user
       SET role = role
     WHERE role = 'owner'";

const OWNERS: &str = "
    SELECT COUNT(*)
      FROM app_user
     WHERE role = 'owner'
       AND disabled_at IS NULL";

/// How many owners can log in; until the transaction ends nobody else changes that.
pub async fn hold_owners(tx: &mut Tx<'_>) -> Result<i64> {
    tx.execute(HOLD_OWNERS, &[]).await?;
    tx.fetch_one(OWNERS, &[])
        .await?
        .map_or(Ok(0), |row| row.int(0))
}

const SET_ROLE: &str = "
    UPDATE app_user
       SET role = $2,
           credential_epoch = credential_epoch + 1
     WHERE id = $1";

/// Gives another role and ends every session.
pub async fn set_role(tx: &mut Tx<'_>, id: UserId, role: &str) -> Result<bool> {
    Ok(tx.execute(SET_ROLE, values![id, role]).await? == 1)
}

const SET_DISABLED: &str = "
    UPDATE app_user
       SET disabled_at = $2,
           credential_epoch = credential_epoch + 1
     WHERE id = $1";

/// Lets a person in no more, or again; ends every session.
pub async fn set_disabled(tx: &mut Tx<'_>, id: UserId, at: Option<Timestamp>) -> Result<bool> {
    Ok(tx.execute(SET_DISABLED, values![id, at]).await? == 1)
}

const SET_PASSWORD: &str = "
    UPDATE app_user
       SET password = $2,
           credential_epoch = credential_epoch + 1
     WHERE id = $1";

/// Another password; ends every session.
pub async fn set_password(tx: &mut Tx<'_>, id: UserId, password: &str) -> Result<bool> {
    Ok(tx.execute(SET_PASSWORD, values![id, password]).await? == 1)
}

const SET_SELF: &str = "
    UPDATE app_user
       SET name = $2,
           language = $3
     WHERE id = $1";

/// Another name and language.
pub async fn set_self(tx: &mut Tx<'_>, id: UserId, name: &str, language: &str) -> Result<bool> {
    Ok(tx.execute(SET_SELF, values![id, name, language]).await? == 1)
}

const OFFER_FACTOR: &str = "
    UPDATE app_user
       SET factor_seed = $2
     WHERE id = $1
       AND factor_since IS NULL";

/// What stands for a seed that is in the vault.
const IN_VAULT: &[u8] = &[];

/// Says that a seed waits to be confirmed; false if a second factor is in force.
pub async fn offer_factor(tx: &mut Tx<'_>, id: UserId) -> Result<bool> {
    Ok(tx.execute(OFFER_FACTOR, values![id, IN_VAULT]).await? == 1)
}

const SEED_MOVED: &str = "
    UPDATE app_user
       SET factor_seed = $2
     WHERE id = $1
       AND factor_seed IS NOT NULL";

/// Says that the seed is in the vault now.
pub async fn seed_moved(tx: &mut Tx<'_>, id: UserId) -> Result<bool> {
    Ok(tx.execute(SEED_MOVED, values![id, IN_VAULT]).await? == 1)
}

const CONFIRM_FACTOR: &str = "
    UPDATE app_user
       SET factor_since = $2,
           factor_step = $3,
           credential_epoch = credential_epoch + 1
     WHERE id = $1
       AND factor_since IS NULL
       AND factor_seed IS NOT NULL";

/// Asks for the second factor from now on; ends every session.
pub async fn confirm_factor(tx: &mut Tx<'_>, id: UserId, at: Timestamp, step: i64) -> Result<bool> {
    Ok(tx.execute(CONFIRM_FACTOR, values![id, at, step]).await? == 1)
}

const USE_STEP: &str = "
    UPDATE app_user
       SET factor_step = $2
     WHERE id = $1
       AND factor_step < $2";

/// Uses up the code of a step; false if it or a later one was used.
pub async fn use_step(tx: &mut Tx<'_>, id: UserId, step: i64) -> Result<bool> {
    Ok(tx.execute(USE_STEP, values![id, step]).await? == 1)
}

const DROP_FACTOR: &str = "
    UPDATE app_user
       SET factor_seed = NULL,
           factor_since = NULL,
           credential_epoch = credential_epoch + 1
     WHERE id = $1
       AND factor_since IS NOT NULL";

/// Asks for the second factor no more; ends every session.
pub async fn drop_factor(tx: &mut Tx<'_>, id: UserId) -> Result<bool> {
    tx.execute(DROP_CODES, values![id]).await?;
    Ok(tx.execute(DROP_FACTOR, values![id]).await? == 1)
}

const DROP_CODES: &str = "DELETE FROM recovery_code WHERE owner = $1";

const INSERT_CODE: &str = "
    INSERT INTO recovery_code (owner, hash, used_at)
    VALUES ($1, $2, NULL)";

/// Puts fresh recovery codes in place of the old ones.
pub async fn replace_codes(tx: &mut Tx<'_>, owner: UserId, hashes: &[[u8; 32]]) -> Result<()> {
    tx.execute(DROP_CODES, values![owner]).await?;
    for hash in hashes {
        tx.execute(INSERT_CODE, values![owner, hash.as_slice()])
            .await?;
    }
    Ok(())
}

const USE_CODE: &str = "
    UPDATE recovery_code
       SET used_at = $3
     WHERE owner = $1
       AND hash = $2
       AND used_at IS NULL";

/// Uses up a recovery code; false if there is none, or it was used.
pub async fn use_code(
    tx: &mut Tx<'_>,
    owner: UserId,
    hash: &[u8; 32],
    at: Timestamp,
) -> Result<bool> {
    Ok(tx
        .execute(USE_CODE, values![owner, hash.as_slice(), at])
        .await?
        == 1)
}

const CODES_LEFT: &str = "
    SELECT COUNT(*)
      FROM recovery_code
     WHERE owner = $1
       AND used_at IS NULL";

/// How many recovery codes are unused.
pub async fn codes_left(tx: &mut Tx<'_>, owner: UserId) -> Result<i64> {
    let row = tx.fetch_one(CODES_LEFT, values![owner]).await?;
    row.map_or(Ok(0), |row| row.int(0))
}

const DROP_RESETS: &str = "DELETE FROM password_reset WHERE owner = $1";

const INSERT_RESET: &str = "
    INSERT INTO password_reset (hash, owner, expires_at, used_at)
    VALUES ($1, $2, $3, NULL)";

/// Keeps a link to set a password anew; the earlier ones of this person are gone.
pub async fn insert_reset(
    tx: &mut Tx<'_>,
    hash: &[u8; 32],
    owner: UserId,
    expires_at: Timestamp,
) -> Result<()> {
    tx.execute(DROP_RESETS, values![owner]).await?;
    tx.execute(INSERT_RESET, values![hash.as_slice(), owner, expires_at])
        .await
        .map(drop)
}

const RESET_OWNER: &str = "
    SELECT owner
      FROM password_reset
     WHERE hash = $1
       AND used_at IS NULL
       AND expires_at > $2";

/// Whose password a link that works now sets.
pub async fn reset_owner(
    tx: &mut Tx<'_>,
    hash: &[u8; 32],
    now: Timestamp,
) -> Result<Option<UserId>> {
    let row = tx
        .fetch_one(RESET_OWNER, values![hash.as_slice(), now])
        .await?;
    row.map(|row| row.id(0).map(UserId::from_bytes)).transpose()
}

const USE_RESET: &str = "
    UPDATE password_reset
       SET used_at = $2
     WHERE hash = $1
       AND used_at IS NULL
       AND expires_at > $2";

/// Uses up a link; false if it does not work any more.
pub async fn use_reset(tx: &mut Tx<'_>, hash: &[u8; 32], now: Timestamp) -> Result<bool> {
    Ok(tx.execute(USE_RESET, values![hash.as_slice(), now]).await? == 1)
}

fn read(record: &Record) -> Result<UserRow> {
    Ok(UserRow {
        id: UserId::from_bytes(record.id(0)?),
        name: record.text(1)?,
        email: record.text(2)?,
        role: record.text(3)?,
        language: record.text(4)?,
        password: record.text(5)?,
        credential_epoch: record.int(6)?,
        factor_seed: record.bytes_or_null(7)?,
        factor_since: record.time_or_null(8)?,
        factor_step: record.int(9)?,
        created_at: record.time(10)?,
        disabled_at: record.time_or_null(11)?,
    })
}
