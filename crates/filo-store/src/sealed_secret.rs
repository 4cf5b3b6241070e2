//! Sealed secrets: what a place and row keep, as bytes that only the operator's key opens.
//!
//! **Invariant:** nothing here is readable without the key; every secret that Filo must read
//! again stands in this one table, so that changing the key reaches them all.

use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// One sealed secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedRow {
    /// `table.column` of what it belongs to.
    pub place: String,
    /// The id there.
    pub row: [u8; 16],
    pub sealed: Vec<u8>,
}

const PUT: Bulk = Bulk {
    head: "INSERT INTO sealed_secret (place, owner, sealed, updated_at) VALUES",
    width: 4,
    tail: "ON CONFLICT (place, owner) DO UPDATE SET sealed = excluded.sealed, \
           updated_at = excluded.updated_at",
};

/// Keeps secrets; those of the same place and row are replaced.
pub async fn put(tx: &mut Tx<'_>, rows: &[SealedRow], now: Timestamp) -> Result<()> {
    tx.execute_bulk(&PUT, rows, |secret, values| {
        values.extend_from_slice(values![
            secret.place.as_str(),
            secret.row.as_slice(),
            secret.sealed.as_slice(),
            now,
        ]);
    })
    .await
    .map(drop)
}

const GET: &str = "
    SELECT place, owner, sealed
      FROM sealed_secret
     WHERE place = $1
       AND owner = $2";

/// One secret.
pub async fn get(tx: &mut Tx<'_>, place: &str, row: [u8; 16]) -> Result<Option<SealedRow>> {
    tx.fetch_one(GET, values![place, row.as_slice()])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

const ALL: &str = "
    SELECT place, owner, sealed
      FROM sealed_secret
     ORDER BY place, owner";

/// Every secret: there are as many as connections and people of the company.
pub async fn all(tx: &mut Tx<'_>) -> Result<Vec<SealedRow>> {
    tx.fetch(ALL, &[]).await?.iter().map(read).collect()
}

const REMOVE: &str = "
    DELETE FROM sealed_secret
     WHERE place = $1
       AND owner = $2";

/// Forgets a secret, if it is there.
pub async fn remove(tx: &mut Tx<'_>, place: &str, row: [u8; 16]) -> Result<()> {
    tx.execute(REMOVE, values![place, row.as_slice()])
        .await
        .map(drop)
}

fn read(record: &Record) -> Result<SealedRow> {
    Ok(SealedRow {
        place: record.text(0)?,
        row: record.array(1)?,
        sealed: record.bytes(2)?,
    })
}
