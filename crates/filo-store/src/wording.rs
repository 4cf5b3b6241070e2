//! The texts that customers agree to, version after version.
//!
//! **Invariant:** a version is only ever added; what somebody agreed to stays as it was read.

use filo_core::time::Timestamp;

use crate::error::{Error, Result};
use crate::tx::Tx;
use crate::value::{Record, values};

/// One version of a text in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordingRow {
    /// The purpose it asks about.
    pub purpose: String,
    /// 1, 2, 3 … for each purpose.
    pub version: i64,
    /// `it` or `en`.
    pub language: String,
    pub body: String,
    /// SHA-256 of the text.
    pub hash: [u8; 32],
    pub valid_from: Timestamp,
    /// Who wrote it: an id.
    pub written_by: String,
}

const INSERT: &str = "
    INSERT INTO wording (purpose, version, language, body, hash, valid_from, written_by)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (purpose, version, language) DO NOTHING";

/// Adds a version; fails with [`Error::Conflict`] if it is there already.
pub async fn insert(tx: &mut Tx<'_>, row: &WordingRow) -> Result<()> {
    let values = values![
        row.purpose.as_str(),
        row.version,
        row.language.as_str(),
        row.body.as_str(),
        row.hash.as_slice(),
        row.valid_from,
        row.written_by.as_str(),
    ];
    if tx.execute(INSERT, values).await? == 1 {
        return Ok(());
    }
    Err(Error::Conflict(format!(
        "version {} of the text for {} was written by somebody else meanwhile",
        row.version, row.purpose
    )))
}

const LIST: &str = "
    SELECT purpose, version, language, body, hash, valid_from, written_by
      FROM wording
     ORDER BY purpose, version, language";

/// Every text there ever was: some dozens.
pub async fn list(tx: &mut Tx<'_>) -> Result<Vec<WordingRow>> {
    tx.fetch(LIST, &[]).await?.iter().map(read).collect()
}

fn read(record: &Record) -> Result<WordingRow> {
    Ok(WordingRow {
        purpose: record.text(0)?,
        version: record.int(1)?,
        language: record.text(2)?,
        body: record.text(3)?,
        hash: record.array(4)?,
        valid_from: record.time(5)?,
        written_by: record.text(6)?,
    })
}
