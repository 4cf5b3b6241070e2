//! Keys: who may send events and who may read.
//!
//! **Invariant:** of a secret only its hash is kept. A public key is public and is kept whole,
//! so that the console can show the line to paste into a site.

use filo_core::id::{KeyId, SourceId};
use filo_core::time::Timestamp;

use crate::error::{Error, Result};
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// What a key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyKind {
    /// Stands in a page: may add events and claims.
    Public,
    /// A system of the company: its events are believed.
    Secret,
    /// The API.
    Api,
    /// A printed link that logs the operator in, once.
    Login,
}

impl KeyKind {
    const ALL: [Self; 4] = [Self::Public, Self::Secret, Self::Api, Self::Login];

    /// The word under which it is stored and shown.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Secret => "secret",
            Self::Api => "api",
            Self::Login => "login",
        }
    }
}

/// One key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    pub id: KeyId,
    /// The source its events come from; nothing for a key of the API.
    pub source: Option<SourceId>,
    pub kind: KeyKind,
    /// What people call it.
    pub name: String,
    /// The whole key if it is public, its first characters if it is secret.
    pub shown: String,
    /// Hash of the key's text.
    pub hash: [u8; 32],
    /// What it may do: words with spaces between.
    pub scopes: String,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
    pub last_used_at: Option<Timestamp>,
    /// From which sites a public key may send: origins with spaces between; empty: from anywhere.
    pub origins: String,
}

const INSERT: &str = "
    INSERT INTO access_key (id, source, kind, name, shown, hash, scopes, created_at, expires_at,
                            origins)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

/// Adds a key.
pub async fn insert(tx: &mut Tx<'_>, key: &KeyRow) -> Result<()> {
    tx.execute(
        INSERT,
        values![
            key.id,
            key.source.map(|source| i64::from(source.0)),
            key.kind.word(),
            key.name.as_str(),
            key.shown.as_str(),
            key.hash.as_slice(),
            key.scopes.as_str(),
            key.created_at,
            key.expires_at,
            key.origins.as_str(),
        ],
    )
    .await
    .map(drop)
}

const BY_HASH: &str = "
    SELECT id, source, kind, name, shown, hash, scopes, created_at, expires_at, revoked_at,
           last_used_at, origins
      FROM access_key
     WHERE hash = $1";

/// The key whose text has this hash, in force or not.
pub async fn by_hash(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<Option<KeyRow>> {
    tx.fetch_one(BY_HASH, values![hash.as_slice()])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

const GET: &str = "
    SELECT id, source, kind, name, shown, hash, scopes, created_at, expires_at, revoked_at,
           last_used_at, origins
      FROM access_key
     WHERE id = $1";

/// One key.
pub async fn get(tx: &mut Tx<'_>, id: KeyId) -> Result<Option<KeyRow>> {
    tx.fetch_one(GET, values![id])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

const LIST: &str = "
    SELECT id, source, kind, name, shown, hash, scopes, created_at, expires_at, revoked_at,
           last_used_at, origins
      FROM access_key
     ORDER BY created_at, id";

/// Every key, revoked ones too, the oldest first: ingestion keeps them all in memory.
pub async fn list(tx: &mut Tx<'_>) -> Result<Vec<KeyRow>> {
    tx.fetch(LIST, &[]).await?.iter().map(read).collect()
}

const REVOKE: &str = "
    UPDATE access_key
       SET revoked_at = $2
     WHERE id = $1
       AND revoked_at IS NULL";

/// Ends a key; false if there is none in force.
pub async fn revoke(tx: &mut Tx<'_>, id: KeyId, at: Timestamp) -> Result<bool> {
    Ok(tx.execute(REVOKE, values![id, at]).await? == 1)
}

const SET_ORIGINS: &str = "
    UPDATE access_key
       SET origins = $2
     WHERE id = $1
       AND kind = 'public'
       AND revoked_at IS NULL";

/// Says from which sites a public key may send; false if there is none in force.
pub async fn set_origins(tx: &mut Tx<'_>, id: KeyId, origins: &str) -> Result<bool> {
    Ok(tx.execute(SET_ORIGINS, values![id, origins]).await? == 1)
}

const USED: Bulk = Bulk {
    head: "UPDATE access_key SET last_used_at = used.column2 FROM (VALUES",
    width: 2,
    tail: ") AS used WHERE access_key.id = used.column1 \
           AND COALESCE(access_key.last_used_at, 0) < used.column2",
};

/// Records when keys were last used; an earlier time than the one known changes nothing.
pub async fn record_use(tx: &mut Tx<'_>, uses: &[(KeyId, Timestamp)]) -> Result<()> {
    let fill = |(id, at): &(KeyId, Timestamp), values: &mut Vec<_>| {
        values.extend_from_slice(values![*id, *at]);
    };
    tx.execute_bulk(&USED, uses, fill).await.map(drop)
}

fn read(record: &Record) -> Result<KeyRow> {
    let word = record.text(2)?;
    let kind = KeyKind::ALL
        .into_iter()
        .find(|kind| kind.word() == word)
        .ok_or_else(|| Error::Damaged(format!("a key of the unknown kind {word}")))?;
    Ok(KeyRow {
        id: KeyId::from_bytes(record.id(0)?),
        source: record.small_or_null(1)?.map(SourceId),
        kind,
        name: record.text(3)?,
        shown: record.text(4)?,
        hash: record.array(5)?,
        scopes: record.text(6)?,
        created_at: record.time(7)?,
        expires_at: record.time_or_null(8)?,
        revoked_at: record.time_or_null(9)?,
        last_used_at: record.time_or_null(10)?,
        origins: record.text(11)?,
    })
}
