//! Files that people bring in, one row a file; and how files of a shape were brought in last.
//!
//! **Invariant:** no two runs have the same `received_at`, so source and time of receipt name the
//! events of one run.

use filo_core::id::{ImportId, JobId, SourceId};
use filo_core::time::Timestamp;

use crate::error::{Error, Result};
use crate::tx::Tx;
use crate::value::{Record, values};

/// How it stands with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportState {
    /// Its columns are being given a meaning.
    Draft,
    /// A dry run is under way.
    Trying,
    /// A dry run says what would happen.
    Tried,
    /// It is being brought in.
    Running,
    /// It was brought in.
    Done,
    /// It was stopped half-way.
    Cancelled,
    /// It could not go on.
    Failed,
    /// What it brought is being taken out.
    Undoing,
    /// What it brought was taken out.
    Undone,
}

impl ImportState {
    pub const ALL: [Self; 9] = [
        Self::Draft,
        Self::Trying,
        Self::Tried,
        Self::Running,
        Self::Done,
        Self::Cancelled,
        Self::Failed,
        Self::Undoing,
        Self::Undone,
    ];

    /// The word in answers and in keys of the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Trying => "trying",
            Self::Tried => "tried",
            Self::Running => "running",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
            Self::Undoing => "undoing",
            Self::Undone => "undone",
        }
    }

    /// Whether a job works on it.
    #[must_use]
    pub const fn is_busy(self) -> bool {
        matches!(self, Self::Trying | Self::Running | Self::Undoing)
    }

    const fn code(self) -> i64 {
        self as i64
    }

    fn read(code: i64) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|state| state.code() == code)
            .ok_or_else(|| Error::Damaged(format!("no import has the state {code}")))
    }
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    pub id: ImportId,
    pub file_name: String,
    /// Of its bytes.
    pub file_hash: [u8; 32],
    pub file_bytes: i64,
    /// Of its header: files of one shape have the same.
    pub fingerprint: [u8; 32],
    /// What it holds, as a word.
    pub subject: String,
    /// What its columns mean, as JSON.
    pub plan: String,
    pub state: ImportState,
    /// Who works on it.
    pub job: Option<JobId>,
    /// What the dry run counted, as JSON.
    pub trial: Option<String>,
    /// What was counted when it was brought in, as JSON.
    pub counts: Option<String>,
    /// Why it could not go on.
    pub failure: Option<String>,
    /// The mark of its events.
    pub received_at: Option<Timestamp>,
    /// The source of its events.
    pub source: Option<SourceId>,
    /// How often the same file had been taken out again before.
    pub generation: i64,
    pub actor: String,
    pub created_at: Timestamp,
    pub begun_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub undone_at: Option<Timestamp>,
    pub undone_by: Option<String>,
    /// When the file was deleted.
    pub file_gone_at: Option<Timestamp>,
}

/// Behind which row a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub created_at: Timestamp,
    pub id: ImportId,
}

const INSERT: &str = "
    INSERT INTO import_run (id, file_name, file_hash, file_bytes, fingerprint, subject, plan, state,
                            generation, actor, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, $8, $9)";

/// Adds a draft.
pub async fn insert(tx: &mut Tx<'_>, run: &ImportRow) -> Result<()> {
    let values = values![
        run.id,
        run.file_name.as_str(),
        run.file_hash.as_slice(),
        run.file_bytes,
        run.fingerprint.as_slice(),
        run.subject.as_str(),
        run.plan.as_str(),
        run.actor.as_str(),
        run.created_at,
    ];
    tx.execute(INSERT, values).await.map(drop)
}

const SAVE: &str = "
    UPDATE import_run
       SET subject = $2,
           plan = $3,
           state = $4,
           job = $5,
           trial = $6,
           counts = $7,
           failure = $8,
           received_at = $9,
           source = $10,
           generation = $11,
           begun_at = $12,
           ended_at = $13,
           undone_at = $14,
           undone_by = $15,
           file_gone_at = $16
     WHERE id = $1";

/// Saves what changes in the life of a file.
pub async fn save(tx: &mut Tx<'_>, run: &ImportRow) -> Result<()> {
    let values = values![
        run.id,
        run.subject.as_str(),
        run.plan.as_str(),
        run.state.code(),
        run.job,
        run.trial.as_deref(),
        run.counts.as_deref(),
        run.failure.as_deref(),
        run.received_at,
        run.source.map(|source| i64::from(source.0)),
        run.generation,
        run.begun_at,
        run.ended_at,
        run.undone_at,
        run.undone_by.as_deref(),
        run.file_gone_at,
    ];
    tx.execute(SAVE, values).await.map(drop)
}

const GET: &str = "
    SELECT id, file_name, file_hash, file_bytes, fingerprint, subject, plan, state, job, trial,
           counts, failure, received_at, source, generation, actor, created_at, begun_at, ended_at,
           undone_at, undone_by, file_gone_at
      FROM import_run
     WHERE id = $1";

/// One file.
pub async fn get(tx: &mut Tx<'_>, id: ImportId) -> Result<Option<ImportRow>> {
    tx.fetch_one(GET, values![id])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

const FIRST_PAGE: &str = "
    SELECT id, file_name, file_hash, file_bytes, fingerprint, subject, plan, state, job, trial,
           counts, failure, received_at, source, generation, actor, created_at, begun_at, ended_at,
           undone_at, undone_by, file_gone_at
      FROM import_run
     ORDER BY created_at DESC, id DESC
     LIMIT $1";

const NEXT_PAGE: &str = "
    SELECT id, file_name, file_hash, file_bytes, fingerprint, subject, plan, state, job, trial,
           counts, failure, received_at, source, generation, actor, created_at, begun_at, ended_at,
           undone_at, undone_by, file_gone_at
      FROM import_run
     WHERE created_at < $2
        OR (created_at = $2 AND id < $3)
     ORDER BY created_at DESC, id DESC
     LIMIT $1";

/// A page of files, the newest first.
pub async fn list(tx: &mut Tx<'_>, behind: Option<Cursor>, limit: u32) -> Result<Vec<ImportRow>> {
    let rows = match behind {
        None => tx.fetch(FIRST_PAGE, values![limit]).await?,
        Some(Cursor { created_at, id }) => {
            tx.fetch(NEXT_PAGE, values![limit, created_at, id]).await?
        }
    };
    rows.iter().map(read).collect()
}

const OF_HASH: &str = "
    SELECT id, file_name, file_hash, file_bytes, fingerprint, subject, plan, state, job, trial,
           counts, failure, received_at, source, generation, actor, created_at, begun_at, ended_at,
           undone_at, undone_by, file_gone_at
      FROM import_run
     WHERE file_hash = $1
     ORDER BY created_at, id";

/// The runs of the very same file, the oldest first.
pub async fn of_hash(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<Vec<ImportRow>> {
    tx.fetch(OF_HASH, values![hash.as_slice()])
        .await?
        .iter()
        .map(read)
        .collect()
}

const WITH_FILE: &str = "
    SELECT id, file_name, file_hash, file_bytes, fingerprint, subject, plan, state, job, trial,
           counts, failure, received_at, source, generation, actor, created_at, begun_at, ended_at,
           undone_at, undone_by, file_gone_at
      FROM import_run
     WHERE file_gone_at IS NULL
     ORDER BY created_at, id";

/// Those whose file is still kept, the oldest first.
pub async fn with_file(tx: &mut Tx<'_>) -> Result<Vec<ImportRow>> {
    tx.fetch(WITH_FILE, &[]).await?.iter().map(read).collect()
}

const RECEIVED_TAKEN: &str = "
    SELECT 1
      FROM import_run
     WHERE received_at = $1";

/// Whether another run has this mark.
pub async fn has_received_at(tx: &mut Tx<'_>, at: Timestamp) -> Result<bool> {
    Ok(tx.fetch_one(RECEIVED_TAKEN, values![at]).await?.is_some())
}

const REMOVE: &str = "
    DELETE FROM import_run
     WHERE id = $1";

/// Removes a draft.
pub async fn remove(tx: &mut Tx<'_>, id: ImportId) -> Result<()> {
    tx.execute(REMOVE, values![id]).await.map(drop)
}

const REMEMBER_PLAN: &str = "
    INSERT INTO import_plan (fingerprint, plan, saved_at, actor)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (fingerprint) DO UPDATE
       SET plan = EXCLUDED.plan,
           saved_at = EXCLUDED.saved_at,
           actor = EXCLUDED.actor";

/// Remembers how files of a shape are brought in.
pub async fn remember_plan(
    tx: &mut Tx<'_>,
    fingerprint: &[u8; 32],
    plan: &str,
    (actor, now): (&str, Timestamp),
) -> Result<()> {
    tx.execute(
        REMEMBER_PLAN,
        values![fingerprint.as_slice(), plan, now, actor],
    )
    .await
    .map(drop)
}

const PLAN_OF: &str = "
    SELECT plan, saved_at
      FROM import_plan
     WHERE fingerprint = $1";

/// How files of a shape were brought in last, and when.
pub async fn plan_of(
    tx: &mut Tx<'_>,
    fingerprint: &[u8; 32],
) -> Result<Option<(String, Timestamp)>> {
    let row = tx
        .fetch_one(PLAN_OF, values![fingerprint.as_slice()])
        .await?;
    row.map(|row| Ok((row.text(0)?, row.time(1)?))).transpose()
}

fn read(record: &Record) -> Result<ImportRow> {
    Ok(ImportRow {
        id: ImportId::from_bytes(record.id(0)?),
        file_name: record.text(1)?,
        file_hash: record.array(2)?,
        file_bytes: record.int(3)?,
        fingerprint: record.array(4)?,
        subject: record.text(5)?,
        plan: record.text(6)?,
        state: ImportState::read(record.int(7)?)?,
        job: record
            .bytes_or_null(8)?
            .map(|_| record.id(8).map(JobId::from_bytes))
            .transpose()?,
        trial: record.text_or_null(9)?,
        counts: record.text_or_null(10)?,
        failure: record.text_or_null(11)?,
        received_at: record.time_or_null(12)?,
        source: record.small_or_null(13)?.map(SourceId),
        generation: record.int(14)?,
        actor: record.text(15)?,
        created_at: record.time(16)?,
        begun_at: record.time_or_null(17)?,
        ended_at: record.time_or_null(18)?,
        undone_at: record.time_or_null(19)?,
        undone_by: record.text_or_null(20)?,
        file_gone_at: record.time_or_null(21)?,
    })
}
