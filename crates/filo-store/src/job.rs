//! Jobs: long work as rows, so that it survives whoever works on it.
//!
//! **Invariant:** a job that has ended never changes again; one that has not ended is found by
//! [`first_open`] until it has.

use filo_core::id::JobId;
use filo_core::time::Timestamp;

use crate::error::{Error, Result};
use crate::tx::Tx;
use crate::value::{Record, values};

/// How it stands with a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    Waiting,
    Running,
    Done,
    Failed,
    Cancelled,
}

impl JobState {
    pub const ALL: [Self; 5] = [
        Self::Waiting,
        Self::Running,
        Self::Done,
        Self::Failed,
        Self::Cancelled,
    ];

    /// The word in answers and in keys of the catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether nothing will change any more.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }

    const fn code(self) -> i64 {
        self as i64
    }

    fn read(code: i64) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|state| state.code() == code)
            .ok_or_else(|| Error::Damaged(format!("no job has the state {code}")))
    }
}

/// One job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRow {
    pub id: JobId,
    /// A word of the program that does it.
    pub kind: String,
    /// A small object of JSON: ids, never bodies.
    pub parameters: String,
    /// Who asked for it.
    pub actor: String,
    pub created_at: Timestamp,
    pub state: JobState,
    /// What is being done, as a word.
    pub step: String,
    pub done: i64,
    /// How much there is; 0 while nobody knows.
    pub total: i64,
    /// Somebody wants it to stop.
    pub cancel_asked: bool,
    pub begun_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    /// Why it failed.
    pub outcome: Option<String>,
}

const INSERT: &str = "
    INSERT INTO job (id, kind, parameters, actor, created_at, state, step, done, total, cancel_asked)
    VALUES ($1, $2, $3, $4, $5, 0, '', 0, 0, 0)";

/// Adds a job that waits.
pub async fn insert(tx: &mut Tx<'_>, job: &JobRow) -> Result<()> {
    let values = values![
        job.id,
        job.kind.as_str(),
        job.parameters.as_str(),
        job.actor.as_str(),
        job.created_at,
    ];
    tx.execute(INSERT, values).await.map(drop)
}

const GET: &str = "
    SELECT id, kind, parameters, actor, created_at, state, step, done, total, cancel_asked,
           begun_at, ended_at, outcome
      FROM job
     WHERE id = $1";

/// One job.
pub async fn get(tx: &mut Tx<'_>, id: JobId) -> Result<Option<JobRow>> {
    tx.fetch_one(GET, values![id])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

const FIRST_OPEN: &str = "
    SELECT id, kind, parameters, actor, created_at, state, step, done, total, cancel_asked,
           begun_at, ended_at, outcome
      FROM job
     WHERE state < 2
     ORDER BY created_at, id
     LIMIT 1";

/// The job that has been open longest: one that was cut off comes before those that wait.
pub async fn first_open(tx: &mut Tx<'_>) -> Result<Option<JobRow>> {
    tx.fetch_one(FIRST_OPEN, &[])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

const BEGIN: &str = "
    UPDATE job
       SET state = 1,
           begun_at = COALESCE(begun_at, $2)
     WHERE id = $1
       AND state < 2";

/// Says that it is being worked on; false if it has ended meanwhile.
pub async fn begin(tx: &mut Tx<'_>, id: JobId, now: Timestamp) -> Result<bool> {
    Ok(tx.execute(BEGIN, values![id, now]).await? == 1)
}

const ADVANCE: &str = "
    UPDATE job
       SET step = $2,
           done = $3,
           total = $4
     WHERE id = $1
       AND state = 1";

/// Notes how far it is.
pub async fn advance(
    tx: &mut Tx<'_>,
    id: JobId,
    step: &str,
    (done, total): (i64, i64),
) -> Result<()> {
    tx.execute(ADVANCE, values![id, step, done, total])
        .await
        .map(drop)
}

const ASK_TO_CANCEL: &str = "
    UPDATE job
       SET cancel_asked = 1
     WHERE id = $1
       AND state < 2";

/// Notes that it should stop; false if it has ended already.
pub async fn ask_to_cancel(tx: &mut Tx<'_>, id: JobId) -> Result<bool> {
    Ok(tx.execute(ASK_TO_CANCEL, values![id]).await? == 1)
}

const END: &str = "
    UPDATE job
       SET state = $2,
           ended_at = $3,
           outcome = $4
     WHERE id = $1
       AND state < 2";

/// Writes down how it ended; false if that stands already.
pub async fn end(
    tx: &mut Tx<'_>,
    id: JobId,
    (state, outcome): (JobState, Option<&str>),
    now: Timestamp,
) -> Result<bool> {
    let values = values![id, state.code(), now, outcome];
    Ok(tx.execute(END, values).await? == 1)
}

const PRUNE: &str = "
    DELETE FROM job
     WHERE ended_at < $1";

/// Forgets jobs that ended before then.
pub async fn prune(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64> {
    tx.execute(PRUNE, values![before]).await
}

fn read(record: &Record) -> Result<JobRow> {
    Ok(JobRow {
        id: JobId::from_bytes(record.id(0)?),
        kind: record.text(1)?,
        parameters: record.text(2)?,
        actor: record.text(3)?,
        created_at: record.time(4)?,
        state: JobState::read(record.int(5)?)?,
        step: record.text(6)?,
        done: record.int(7)?,
        total: record.int(8)?,
        cancel_asked: record.int(9)? != 0,
        begun_at: record.time_or_null(10)?,
        ended_at: record.time_or_null(11)?,
        outcome: record.text_or_null(12)?,
    })
}
