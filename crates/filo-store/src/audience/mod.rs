//! Audiences: what each is, and how telling its platform goes.

pub mod entry;
pub mod look;
pub mod member;

use filo_core::id::{AudienceId, CustomerId, SegmentId};
use filo_core::time::Timestamp;

use crate::error::Result;
use crate::tx::Tx;
use crate::value::{Record, values};

/// One audience.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AudienceRow {
    pub id: AudienceId,
    pub name: String,
    pub description: String,
    /// The word of its platform.
    pub platform: String,
    /// The word of how it gets there.
    pub delivery: String,
    /// What it is called there; empty where a person takes it there.
    pub remote: String,
    /// Who comes in of their own accord; nobody where only journeys put people in.
    pub segment: Option<SegmentId>,
    pub purpose: String,
    /// What goes beside an address: words with spaces between.
    pub fields: String,
    pub version: i64,
    pub created_at: Timestamp,
    pub created_by: String,
    pub changed_at: Timestamp,
    pub changed_by: String,
    /// Since when nobody is put in any more.
    pub paused_at: Option<Timestamp>,
    /// Since when everybody is being taken out, for it to go.
    pub ending_at: Option<Timestamp>,
    pub health: Health,
    pub sweep: Sweep,
    /// How many files of it were made.
    pub file_number: i64,
    /// When the last one was.
    pub file_at: Option<Timestamp>,
}

/// How telling the platform goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// When it is tried again.
    pub due_at: Timestamp,
    /// Tries that failed since the last that did not.
    pub failures: u32,
    pub failing_since: Option<Timestamp>,
    pub last_success_at: Option<Timestamp>,
    pub last_failure_at: Option<Timestamp>,
    /// What the platform said when it failed last.
    pub last_answer: String,
}

/// How far a walk through everybody has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sweep {
    /// 0: none is under way.
    pub stage: i64,
    pub behind: CustomerId,
    /// When the last one ended.
    pub ended_at: Option<Timestamp>,
}

const INSERT: &str = "
    INSERT INTO audience (id, name, description, platform, delivery, remote, segment, purpose,
                          fields, version, created_at, created_by, changed_at, changed_by, due_at,
                          failures, last_answer, sweep_stage, sweep_behind, file_number)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0, '', $16, $17, 0)";

/// Adds an audience that nobody is in.
pub async fn insert(tx: &mut Tx<'_>, row: &AudienceRow) -> Result<()> {
    let values = values![
        row.id,
        row.name.as_str(),
        row.description.as_str(),
        row.platform.as_str(),
        row.delivery.as_str(),
        row.remote.as_str(),
        row.segment,
        row.purpose.as_str(),
        row.fields.as_str(),
        row.version,
        row.created_at,
        row.created_by.as_str(),
        row.changed_at,
        row.changed_by.as_str(),
        row.health.due_at,
        row.sweep.stage,
        row.sweep.behind,
    ];
    tx.execute(INSERT, values).await.map(drop)
}

const CHANGE: &str = "
    UPDATE audience
       SET name = $3,
           description = $4,
           segment = $5,
           purpose = $6,
           fields = $7,
           changed_at = $8,
           changed_by = $9,
           paused_at = $10,
           ending_at = $11,
           version = version + 1
     WHERE id = $1
       AND version = $2";

/// Saves what people change, from the version that was read; false if somebody was faster.
pub async fn change(tx: &mut Tx<'_>, row: &AudienceRow) -> Result<bool> {
    let values = values![
        row.id,
        row.version,
        row.name.as_str(),
        row.description.as_str(),
        row.segment,
        row.purpose.as_str(),
        row.fields.as_str(),
        row.changed_at,
        row.changed_by.as_str(),
        row.paused_at,
        row.ending_at,
    ];
    Ok(tx.execute(CHANGE, values).await? == 1)
}

const SAVE_HEALTH: &str = "
    UPDATE audience
       SET due_at = $2,
           failures = $3,
           failing_since = $4,
           last_success_at = $5,
           last_failure_at = $6,
           last_answer = $7
     WHERE id = $1";

/// Saves how telling the platform went.
pub async fn save_health(tx: &mut Tx<'_>, id: AudienceId, health: &Health) -> Result<()> {
    let values = values![
        id,
        health.due_at,
        i64::from(health.failures),
        health.failing_since,
        health.last_success_at,
        health.last_failure_at,
        health.last_answer.as_str(),
    ];
    tx.execute(SAVE_HEALTH, values).await.map(drop)
}

const SAVE_SWEEP: &str = "
    UPDATE audience
       SET sweep_stage = $2,
           sweep_behind = $3,
           swept_at = $4
     WHERE id = $1";

/// Saves how far a walk has come.
pub async fn save_sweep(tx: &mut Tx<'_>, id: AudienceId, sweep: Sweep) -> Result<()> {
    let values = values![id, sweep.stage, sweep.behind, sweep.ended_at];
    tx.execute(SAVE_SWEEP, values).await.map(drop)
}

const SAVE_FILE: &str = "
    UPDATE audience
       SET file_number = $2,
           file_at = $3
     WHERE id = $1";

/// Notes that a file was made.
pub async fn save_file(tx: &mut Tx<'_>, id: AudienceId, number: i64, at: Timestamp) -> Result<()> {
    tx.execute(SAVE_FILE, values![id, number, at])
        .await
        .map(drop)
}

const GET: &str = "
    SELECT id, name, description, platform, delivery, remote, segment, purpose, fields, version,
           created_at, created_by, changed_at, changed_by, paused_at, ending_at, due_at, failures,
           failing_since, last_success_at, last_failure_at, last_answer, sweep_stage, sweep_behind,
           swept_at, file_number, file_at
      FROM audience
     WHERE id = $1";

/// One audience.
pub async fn get(tx: &mut Tx<'_>, id: AudienceId) -> Result<Option<AudienceRow>> {
    tx.fetch_one(GET, values![id])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

const LIST: &str = "
    SELECT id, name, description, platform, delivery, remote, segment, purpose, fields, version,
           created_at, created_by, changed_at, changed_by, paused_at, ending_at, due_at, failures,
           failing_since, last_success_at, last_failure_at, last_answer, sweep_stage, sweep_behind,
           swept_at, file_number, file_at
      FROM audience
     ORDER BY created_at, id";

/// Every audience, the oldest first: there are a few dozen at most.
pub async fn list(tx: &mut Tx<'_>) -> Result<Vec<AudienceRow>> {
    tx.fetch(LIST, &[]).await?.iter().map(read).collect()
}

const REMOVE: &str = "DELETE FROM audience WHERE id = $1";

/// Removes an audience with everything of it; false if it is not there.
pub async fn remove(tx: &mut Tx<'_>, id: AudienceId) -> Result<bool> {
    member::remove_of(tx, id).await?;
    entry::remove_of(tx, id).await?;
    Ok(tx.execute(REMOVE, values![id]).await? == 1)
}

fn read(record: &Record) -> Result<AudienceRow> {
    Ok(AudienceRow {
        id: AudienceId::from_bytes(record.id(0)?),
        name: record.text(1)?,
        description: record.text(2)?,
        platform: record.text(3)?,
        delivery: record.text(4)?,
        remote: record.text(5)?,
        segment: record.id_or_null(6)?.map(SegmentId::from_bytes),
        purpose: record.text(7)?,
        fields: record.text(8)?,
        version: record.int(9)?,
        created_at: record.time(10)?,
        created_by: record.text(11)?,
        changed_at: record.time(12)?,
        changed_by: record.text(13)?,
        paused_at: record.time_or_null(14)?,
        ending_at: record.time_or_null(15)?,
        health: Health {
            due_at: record.time(16)?,
            failures: record.small(17)?,
            failing_since: record.time_or_null(18)?,
            last_success_at: record.time_or_null(19)?,
            last_failure_at: record.time_or_null(20)?,
            last_answer: record.text(21)?,
        },
        sweep: Sweep {
            stage: record.int(22)?,
            behind: CustomerId::from_bytes(record.id(23)?),
            ended_at: record.time_or_null(24)?,
        },
        file_number: record.int(25)?,
        file_at: record.time_or_null(26)?,
    })
}
