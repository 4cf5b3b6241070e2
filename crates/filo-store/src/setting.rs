//! Settings: what an owner changes in the console, as JSON by name.
//!
//! **Invariant:** a change names the version it was made from, so that of two people who
//! change the same setting the second one sees the first one's change.

use filo_core::time::Timestamp;

use crate::error::{Error, Result};
use crate::tx::Tx;
use crate::value::values;

/// One setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// JSON.
    pub value: String,
    /// Grows by one with each change; the first is 1.
    pub version: i64,
    pub updated_at: Timestamp,
}

const GET: &str = "
    SELECT value, version, updated_at
      FROM setting
     WHERE name = $1";

/// A setting, if it was ever put.
pub async fn get(tx: &mut Tx<'_>, name: &str) -> Result<Option<Setting>> {
    let Some(row) = tx.fetch_one(GET, values![name]).await? else {
        return Ok(None);
    };
    Ok(Some(Setting {
        value: row.text(0)?,
        version: row.int(1)?,
        updated_at: row.time(2)?,
    }))
}

const CREATE: &str = "
    INSERT INTO setting (name, value, version, updated_at)
    VALUES ($1, $2, 1, $3)
    ON CONFLICT (name) DO NOTHING";

const REPLACE: &str = "
    UPDATE setting
       SET value = $2,
           version = version + 1,
           updated_at = $3
     WHERE name = $1
       AND version = $4";

/// Puts a setting that was read at `version` (0: that was not there). Returns the new
/// version; fails with [`Error::Conflict`] if somebody else changed it meanwhile.
pub async fn put(
    tx: &mut Tx<'_>,
    name: &str,
    value: &str,
    version: i64,
    now: Timestamp,
) -> Result<i64> {
    let changed = if version == 0 {
        tx.execute(CREATE, values![name, value, now]).await?
    } else {
        tx.execute(REPLACE, values![name, value, now, version])
            .await?
    };
    if changed == 1 {
        return Ok(version + 1);
    }
    Err(Error::Conflict(format!(
        "the setting {name} was changed by somebody else meanwhile"
    )))
}
