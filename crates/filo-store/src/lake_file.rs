//! The list of files that are the lake.
//!
//! **Invariant:** a file belongs to the lake from the commit that adds it to the commit that
//! removes it, and a swap is one transaction: no reader sees events twice or not at all.

use filo_core::time::Timestamp;

use crate::error::{Error, Result};
use crate::tx::{Bulk, Tx};
use crate::value::{Record, values};

/// One Parquet file and its run of event ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LakeFile {
    /// Path below the lake's folder.
    pub name: String,
    /// 0 as flushed; each compaction adds one.
    pub level: i64,
    /// Month of receipt: year × 12 + month − 1.
    pub month: i64,
    /// Events in it.
    pub events: i64,
    pub bytes: i64,
    /// The earliest time of an event.
    pub min_at: Timestamp,
    /// The latest time of an event.
    pub max_at: Timestamp,
    /// The first row of the log that it comes from.
    pub first_seq: i64,
    /// The last one.
    pub last_seq: i64,
    pub created_at: Timestamp,
    /// Path of the sorted run of event ids beside it.
    pub seen_name: String,
    pub seen_bytes: i64,
}

const LIST: &str = "
    SELECT name, level, month, events, bytes, min_at, max_at, first_seq, last_seq, created_at,
           seen_name, seen_bytes
      FROM lake_file
     ORDER BY first_seq, name";

/// Every file, by its place in the log.
pub async fn list(tx: &mut Tx<'_>) -> Result<Vec<LakeFile>> {
    tx.fetch(LIST, &[]).await?.iter().map(read).collect()
}

const ADD: Bulk = Bulk {
    head: "INSERT INTO lake_file (name, level, month, events, bytes, min_at, max_at, first_seq, \
           last_seq, created_at, seen_name, seen_bytes) VALUES",
    width: 12,
    tail: "",
};

const REMOVE: Bulk = Bulk {
    head: "DELETE FROM lake_file WHERE name IN (VALUES",
    width: 1,
    tail: ")",
};

/// Takes files out and puts others in. Fails with [`Error::Conflict`] if one that should go is
/// not there: somebody else has swapped it.
pub async fn swap(tx: &mut Tx<'_>, add: &[LakeFile], remove: &[String]) -> Result<()> {
    let removed = tx
        .execute_bulk(&REMOVE, remove, |name, values| {
            values.push(name.as_str().into());
        })
        .await?;
    if removed != remove.len() as u64 {
        return Err(Error::Conflict(
            "the lake's files were swapped by somebody else".to_owned(),
        ));
    }
    tx.execute_bulk(&ADD, add, |file, values| {
        values.extend_from_slice(values![
            file.name.as_str(),
            file.level,
            file.month,
            file.events,
            file.bytes,
            file.min_at,
            file.max_at,
            file.first_seq,
            file.last_seq,
            file.created_at,
            file.seen_name.as_str(),
            file.seen_bytes,
        ]);
    })
    .await?;
    Ok(())
}

fn read(record: &Record) -> Result<LakeFile> {
    Ok(LakeFile {
        name: record.text(0)?,
        level: record.int(1)?,
        month: record.int(2)?,
        events: record.int(3)?,
        bytes: record.int(4)?,
        min_at: record.time(5)?,
        max_at: record.time(6)?,
        first_seq: record.int(7)?,
        last_seq: record.int(8)?,
        created_at: record.time(9)?,
        seen_name: record.text(10)?,
        seen_bytes: record.int(11)?,
    })
}
