//! The worker: takes the job that has been open longest, and works on it to its end.
//!
//! **Invariant:** one job at a time, and only where the log is applied; how it ended is written
//! down once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use filo_core::id::JobId;
use filo_store::job::{self, JobRow, JobState};
use parking_lot::Mutex;
use tokio::sync::watch;
use tokio::time::Instant;

use super::{Current, JobKind, Progress, forgotten_before};
use crate::app::App;
use crate::daily::told;
use crate::error::{Error, Result};
use crate::import_run;
use crate::persona;
use crate::rehearsal;
use crate::retention;

/// After a fault of the tables.
const AFTER_FAULT: Duration = Duration::from_secs(1);
/// How old the progress in the tables may be: whoever asks another node sees that.
const NOTED_EVERY: Duration = Duration::from_secs(1);

/// How work ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    Done,
    Cancelled,
}

/// A job under way, for whoever does it.
pub(crate) struct Work {
    pub(crate) app: App,
    pub(crate) row: JobRow,
    current: Arc<Current>,
    cancelled: watch::Receiver<bool>,
    noted: Mutex<Option<(Instant, String)>>,
    /// The tables have not heard yet of what was noted last.
    noting: Arc<AtomicBool>,
}

impl Work {
    /// Whether somebody wants it to stop.
    pub(crate) fn is_cancelled(&self) -> bool {
        *self.cancelled.borrow()
    }

    /// Tells how far it is. The tables hear of it beside the work, which does not wait for them.
    pub(crate) fn advance(&self, step: &str, done: u64, total: u64) {
        self.current.progress.send_replace(Progress {
            step: step.to_owned(),
            done,
            total,
            is_over: false,
        });
        if self.noting.load(Ordering::Relaxed) || !self.is_to_be_noted(step) {
            return;
        }
        self.noting.store(true, Ordering::Relaxed);
        let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let (app, id, noting) = (self.app.clone(), self.row.id, Arc::clone(&self.noting));
        let (step, far) = (step.to_owned(), (number(done), number(total)));
        self.app.spawn(async move {
            if let Err(error) = noted(&app, id, &step, far).await {
                tracing::warn!(job = %id, %error, "how far a job is could not be noted");
            }
            noting.store(false, Ordering::Relaxed);
        });
    }

    fn is_to_be_noted(&self, step: &str) -> bool {
        let mut noted = self.noted.lock();
        let now = Instant::now();
        let recent = noted
            .as_ref()
            .is_some_and(|(at, of)| of == step && now.duration_since(*at) < NOTED_EVERY);
        if !recent {
            *noted = Some((now, step.to_owned()));
        }
        !recent
    }
}

async fn noted(app: &App, id: JobId, step: &str, far: (i64, i64)) -> Result<()> {
    let mut tx = app.shared().db.begin().await?;
    job::advance(&mut tx, id, step, far).await?;
    Ok(tx.commit().await?)
}

/// Works until the engine stops.
pub(crate) async fn work_while_leading(app: App) {
    while app.progress().fault.is_none() {
        // Whoever asks during the look may have added a job that it does not see.
        let asked = std::mem::take(&mut *app.jobs().asked.lock());
        let next = next(&app).await;
        if !matches!(next, Ok(None)) {
            app.jobs().asked.lock().extend(asked);
        } else {
            for answer in asked {
                // Whoever asked may have given up.
                let _ = answer.send(());
            }
        }
        match next {
            Ok(Some(row)) => {
                let id = row.id;
                if let Err(error) = work(&app, row).await {
                    tracing::error!(job = %id, %error, "how a job ended could not be written down");
                    tokio::time::sleep(AFTER_FAULT).await;
                }
            }
            Ok(None) => app.jobs().wake.notified().await,
            Err(error) => {
                tracing::warn!(%error, "the jobs could not be read");
                tokio::time::sleep(AFTER_FAULT).await;
            }
        }
    }
}

async fn next(app: &App) -> Result<Option<JobRow>> {
    let mut tx = app.shared().db.read().await?;
    Ok(job::first_open(&mut tx).await?)
}

async fn work(app: &App, row: JobRow) -> Result<()> {
    let id = row.id;
    let mut tx = app.shared().db.begin().await?;
    job::prune(&mut tx, forgotten_before(app.now())).await?;
    let begun = job::begin(&mut tx, id, app.now()).await?;
    tx.commit().await?;
    if !begun {
        return Ok(());
    }
    let (cancel, cancelled) = watch::channel(row.cancel_asked);
    let current = Arc::new(Current {
        id,
        progress: watch::Sender::new(Progress::default()),
        cancel,
    });
    *app.jobs().current.lock() = Some(Arc::clone(&current));
    // It may have been cancelled between the look and this moment.
    app.hear_of_jobs().await;
    let kind = JobKind::from_word(&row.kind);
    let work = Work {
        app: app.clone(),
        row,
        current: Arc::clone(&current),
        cancelled,
        noted: Mutex::new(None),
        noting: Arc::default(),
    };
    let ended = match kind {
        Some(kind) => work_on(kind, &work).await,
        None => Err(Error::Conflict(format!(
            "this Filo does not know the work `{}`",
            work.row.kind
        ))),
    };
    let ended = match &ended {
        Ok(Ending::Done) => (JobState::Done, None),
        Ok(Ending::Cancelled) => (JobState::Cancelled, None),
        Err(error) => {
            let told = told(error);
            tracing::error!(job = %id, error = told, "a job failed");
            (JobState::Failed, Some(told))
        }
    };
    let mut tx = app.shared().db.begin().await?;
    let (state, outcome) = (ended.0, ended.1.as_deref());
    job::end(&mut tx, id, (state, outcome), app.now()).await?;
    tx.commit().await?;
    *app.jobs().current.lock() = None;
    current
        .progress
        .send_modify(|progress| progress.is_over = true);
    Ok(())
}

/// Each kind and who does it.
async fn work_on(kind: JobKind, work: &Work) -> Result<Ending> {
    match kind {
        JobKind::ImportTrial => Box::pin(import_run::try_out(work)).await,
        JobKind::Import => Box::pin(import_run::bring_in(work)).await,
        JobKind::ImportUndo => Box::pin(import_run::take_out(work)).await,
        JobKind::Retention => Box::pin(retention::let_go(work)).await,
        JobKind::Personas => Box::pin(persona::seek(work)).await,
        JobKind::Rehearsal => Box::pin(rehearsal::play(work)).await,
    }
}
