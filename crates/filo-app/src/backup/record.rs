//! What is remembered about backups beside the backups themselves.

use filo_core::time::Timestamp;
use filo_store::{Tx, setting};
use serde::{Deserialize, Serialize};

/// The setting in which it is kept.
pub(crate) const RECORD: &str = "backup_record";

/// What is remembered.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Record {
    /// When one was last begun.
    pub attempted_at: Option<Timestamp>,
    /// The last that succeeded.
    pub success: Option<Success>,
    /// The last failure, if nothing has succeeded since.
    pub failure: Option<Failure>,
    /// The last drill that succeeded.
    pub drill: Option<Drill>,
}

/// A backup that succeeded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Success {
    /// Where it is.
    pub path: String,
    /// When it was made.
    pub at: Timestamp,
    /// How long it took, with reading it back.
    pub millis: u64,
}

/// A backup that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// When.
    pub at: Timestamp,
    /// Why, in our words.
    pub reason: String,
}

/// A drill that succeeded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drill {
    /// When.
    pub at: Timestamp,
    /// The name of the backup that was restored.
    pub name: String,
    /// How long it took.
    pub millis: u64,
}

pub(crate) async fn load(tx: &mut Tx<'_>) -> anyhow::Result<(Record, i64)> {
    let Some(stored) = setting::get(tx, RECORD).await? else {
        return Ok((Record::default(), 0));
    };
    Ok((serde_json::from_str(&stored.value)?, stored.version))
}

/// Changes what is remembered, in the caller's transaction.
pub(super) async fn change(
    tx: &mut Tx<'_>,
    now: Timestamp,
    change: impl FnOnce(&mut Record),
) -> anyhow::Result<()> {
    let (mut record, version) = load(tx).await?;
    change(&mut record);
    let text = serde_json::to_string(&record)?;
    setting::put(tx, RECORD, &text, version, now).await?;
    Ok(())
}
