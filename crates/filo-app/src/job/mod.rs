//! Jobs: long work beside requests, one after the other, on the node that applies the log.
//!
//! A job is a row: what kind, small parameters (ids, never bodies), how far, how it ended. A noun
//! that works long adds a [`JobKind`] and a line in `work_on`, starts jobs with
//! [`App::add_job`] inside the transaction that changes its own rows, and shows progress with
//! [`App::job`] and [`App::watch_job`].
//!
//! What the work must keep to:
//! - it may be cut off at any await and begun anew by a later start, with the same parameters: so
//!   whatever it does twice must be the same as once, or it notes in its own rows how far it is;
//! - it asks [`Work::is_cancelled`] between steps and leaves its own rows in order when it stops;
//! - it tells how far it is with [`Work::advance`], which costs nothing when called often.
//!
//! **Invariant:** a job that was committed is worked on until it has ended, whoever dies meanwhile;
//! nobody asks the tables by the clock: whoever adds or cancels one wakes the worker.

mod worker;

use std::sync::Arc;

use filo_core::id::JobId;
use filo_core::time::Timestamp;
use filo_store::job::{self, JobRow, JobState};
use filo_store::{Tx, lease};
use parking_lot::Mutex;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::{Notify, oneshot, watch};

use crate::actor::Actor;
use crate::app::App;
use crate::error::{Error, Result};
use crate::import_run::Arriving;

pub(crate) use worker::{Ending, Work, work_while_leading};

/// What kinds of work there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JobKind {
    /// Reading a file and saying what would happen.
    ImportTrial,
    /// Bringing a file in.
    Import,
    /// Taking out what a file brought.
    ImportUndo,
    /// Letting go what was kept long enough.
    Retention,
    /// Looking for kinds of customers.
    Personas,
    /// Playing a journey over what really happened.
    Rehearsal,
}

impl JobKind {
    const ALL: [Self; 6] = [
        Self::ImportTrial,
        Self::Import,
        Self::ImportUndo,
        Self::Retention,
        Self::Personas,
        Self::Rehearsal,
    ];

    /// The word under which it is stored.
    const fn word(self) -> &'static str {
        match self {
            Self::ImportTrial => "import_trial",
            Self::Import => "import",
            Self::ImportUndo => "import_undo",
            Self::Retention => "retention",
            Self::Personas => "personas",
            Self::Rehearsal => "rehearsal",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// How far a job is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// What is being done, as a word of the noun.
    pub step: String,
    /// How much of it is done.
    pub done: u64,
    /// How much there is; 0 while nobody knows.
    pub total: u64,
    /// Nothing more will be told.
    pub is_over: bool,
}

impl Progress {
    /// The part that is done, in hundredths; none while nobody knows.
    #[must_use]
    pub fn percent(&self) -> Option<u64> {
        let percent = (self.done.saturating_mul(100)).checked_div(self.total)?;
        Some(percent.min(100))
    }
}

/// The job that is being worked on here.
#[derive(Debug)]
struct Current {
    id: JobId,
    progress: watch::Sender<Progress>,
    cancel: watch::Sender<bool>,
}

/// What the workspace keeps about jobs while it runs.
#[derive(Debug, Default)]
pub(crate) struct Jobs {
    wake: Notify,
    current: Mutex<Option<Arc<Current>>>,
    /// Who waits until there is nothing to do.
    asked: Mutex<Vec<oneshot::Sender<()>>>,
    /// Files that arrive, for the jobs to come.
    arriving: Arriving,
}

impl Jobs {
    pub(crate) fn arriving(&self) -> &Arriving {
        &self.arriving
    }

    fn current(&self, id: JobId) -> Option<Arc<Current>> {
        self.current.lock().clone().filter(|it| it.id == id)
    }
}

impl App {
    /// Adds a job in the caller's transaction; commit it with [`Self::commit_job`].
    pub(crate) async fn add_job(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        kind: JobKind,
        parameters: &(impl Serialize + Sync),
    ) -> Result<JobId> {
        let row = JobRow {
            id: JobId(self.spare_id()),
            kind: kind.word().to_owned(),
            parameters: serde_json::to_string(parameters).map_err(anyhow::Error::from)?,
            actor: actor.name.clone(),
            created_at: self.now(),
            state: JobState::Waiting,
            step: String::new(),
            done: 0,
            total: 0,
            cancel_asked: false,
            begun_at: None,
            ended_at: None,
            outcome: None,
        };
        job::insert(tx, &row).await?;
        Ok(row.id)
    }

    /// Commits, and wakes the worker, here or on the node that applies.
    pub(crate) async fn commit_job(&self, mut tx: Tx<'_>) -> Result<()> {
        lease::notify_changed(&mut tx).await?;
        tx.commit().await?;
        self.jobs().wake.notify_one();
        Ok(())
    }

    /// Asks a job to stop; it ends in its own time. False if it has ended already.
    pub(crate) async fn cancel_job(&self, id: JobId) -> Result<bool> {
        let mut tx = self.shared().db.begin().await?;
        let open = job::ask_to_cancel(&mut tx, id).await?;
        self.commit_job(tx).await?;
        if let Some(current) = self.jobs().current(id) {
            current.cancel.send_replace(true);
        }
        Ok(open)
    }

    /// A job as it stands, with its progress to the moment where it runs here.
    ///
    /// # Errors
    /// If there is none.
    pub async fn job(&self, id: JobId) -> Result<(JobRow, Progress)> {
        let mut tx = self.shared().db.read().await?;
        let row = job::get(&mut tx, id).await?;
        let row = row.ok_or(Error::Missing("job"))?;
        let progress = self.progress_of(&row);
        Ok((row, progress))
    }

    /// How far the job of a row is, to the moment where it runs here.
    pub(crate) fn progress_of(&self, row: &JobRow) -> Progress {
        let live = self.jobs().current(row.id);
        match live.filter(|_| !row.state.is_over()) {
            Some(current) => current.progress.borrow().clone(),
            None => Progress {
                step: row.step.clone(),
                done: u64::try_from(row.done).unwrap_or(0),
                total: u64::try_from(row.total).unwrap_or(0),
                is_over: row.state.is_over(),
            },
        }
    }

    /// The progress of a job as it changes; none where the job does not run on this node now.
    #[must_use]
    pub fn watch_job(&self, id: JobId) -> Option<watch::Receiver<Progress>> {
        let current = self.jobs().current(id)?;
        Some(current.progress.subscribe())
    }

    /// Waits until no job is open. On a node that only follows it never ends.
    ///
    /// # Errors
    /// If Filo stops meanwhile.
    pub async fn jobs_idle(&self) -> Result<()> {
        let (answer, idle) = oneshot::channel();
        self.jobs().asked.lock().push(answer);
        self.jobs().wake.notify_one();
        let stopped = |_closed| Error::Internal(anyhow::anyhow!("the worker has stopped"));
        idle.await.map_err(stopped)
    }

    /// Another node may have added or cancelled a job.
    pub(crate) async fn hear_of_jobs(&self) {
        self.jobs().wake.notify_one();
        let current = self.jobs().current.lock().clone();
        let Some(current) = current else { return };
        match self.is_cancel_asked(current.id).await {
            Ok(asked) => drop(current.cancel.send_replace(asked)),
            Err(error) => tracing::warn!(%error, "whether a job was cancelled could not be read"),
        }
    }

    async fn is_cancel_asked(&self, id: JobId) -> Result<bool> {
        let mut tx = self.shared().db.read().await?;
        let row = job::get(&mut tx, id).await?;
        Ok(row.is_some_and(|row| row.cancel_asked))
    }
}

/// The parameters of a job.
pub(crate) fn parameters<T: DeserializeOwned>(row: &JobRow) -> Result<T> {
    Ok(serde_json::from_str(&row.parameters).map_err(anyhow::Error::from)?)
}

/// Jobs that ended are kept so long, to be looked at.
const KEPT_S: i64 = 90 * 24 * 3_600;

/// Before when an ended job is forgotten.
fn forgotten_before(now: Timestamp) -> Timestamp {
    now.plus_seconds(-KEPT_S)
}
