//! The worker: on the node that applies the log, it looks at whoever is noted, walks through
//! everybody when an audience is new or was changed and once a day, and tells the platforms.
//! Woken by checkpoints and by the next instant at which something is due.
//!
//! **Invariant:** while segments are being filled or the state is made anew nobody is looked at:
//! who is not in yet would be taken out.

use std::sync::atomic::Ordering;
use std::time::Duration;

use filo_core::id::CustomerId;
use filo_core::time::Timestamp;
use filo_store::audience::{self, AudienceRow, Sweep, look, member};
use filo_store::segment::member as seated;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use super::looking::PAGE;
use crate::app::App;
use crate::error::{Error, Result};

/// After a fault of the tables, and while it has to wait for the engine.
const SOON: Duration = Duration::from_millis(250);
/// Longest sleep: a clock that was set is noticed after it.
const SLEEP_MOST: Duration = Duration::from_secs(60);
/// A walk through everybody is begun again after so long.
const SWEEP_EVERY_S: i64 = 24 * 3_600;
/// People noted at a time.
const SWEEP_PAGE: u32 = 1_000;

/// A walk begins with those who are in.
pub(super) const FIRST_STAGE: i64 = 1;
/// Then come those whom the segment names, and those whom journeys put in.
const SEGMENT_STAGE: i64 = 2;
const LISTED_STAGE: i64 = 3;

impl App {
    /// Waits until everybody who is noted was looked at and everything that is due now was told.
    ///
    /// # Errors
    /// If Filo stops meanwhile.
    pub async fn sync_audiences(&self) -> Result<()> {
        self.settle().await?;
        let (answer, done) = oneshot::channel();
        let audiences = &self.shared().audiences;
        audiences.asked.lock().push(answer);
        audiences.wake.notify_one();
        let stopped = |_closed| Error::Internal(anyhow::anyhow!("the worker has stopped"));
        done.await.map_err(stopped)
    }

    /// Everybody is to be looked at again for every audience.
    pub(crate) async fn sweep_audiences(&self) -> Result<()> {
        let mut tx = self.shared().db.begin().await?;
        for row in audience::list(&mut tx).await? {
            begin_sweep(&mut tx, &row).await?;
        }
        tx.commit().await?;
        self.shared().audiences.wake();
        Ok(())
    }
}

/// Keeps audiences in step until the engine stops.
pub(crate) async fn keep_while_leading(app: App) {
    app.refresh_audiences().await;
    // A state that was being made anew when Filo stopped is finished first.
    if let Err(error) = app.settle().await {
        tracing::warn!(%error, "the engine did not come to rest");
    }
    let mut waiting = Vec::new();
    while app.progress().fault.is_none() {
        let audiences = &app.shared().audiences;
        waiting.append(&mut audiences.asked.lock());
        let sleep = match work(&app).await {
            Ok(Next::More) => continue,
            Ok(Next::Held) => SOON,
            Ok(Next::At(at)) => {
                for answer in waiting.drain(..) {
                    // Whoever asked may have given up.
                    let _ = answer.send(());
                }
                let micros = at.map(|at| u64::try_from(at.micros_since(app.now())).unwrap_or(0));
                micros.map_or(SLEEP_MOST, |micros| {
                    Duration::from_micros(micros.max(1_000)).min(SLEEP_MOST)
                })
            }
            Err(error) => {
                tracing::warn!(%error, "audiences could not be worked on");
                Duration::from_secs(1)
            }
        };
        tokio::select! {
            () = audiences.wake.notified() => {}
            () = tokio::time::sleep(sleep) => {}
        }
    }
}

/// What comes next.
enum Next {
    /// There is more to do.
    More,
    /// The engine has to come first.
    Held,
    /// Nothing until then.
    At(Option<Timestamp>),
}

async fn work(app: &App) -> Result<Next> {
    if app.shared().audiences.watched().is_empty() {
        return Ok(Next::At(None));
    }
    let progress = app.progress();
    let is_busy = progress.filled_thousandths.is_some() || progress.reshaping;
    if is_busy || app.shared().hearing.is_rebuilding() {
        return Ok(Next::Held);
    }
    if app
        .shared()
        .audiences
        .is_unsure
        .swap(false, Ordering::AcqRel)
    {
        app.sweep_audiences().await?;
    }
    let swept = sweep_some(app).await?;
    note_due(app).await?;
    let looked = app.look_at_some().await?;
    let told = tell_all(app).await?;
    if swept || looked || told {
        return Ok(Next::More);
    }
    end_those_that_are_empty(app).await?;
    next_instant(app).await.map(Next::At)
}

/// Notes people of whom the time has come.
async fn note_due(app: &App) -> Result<()> {
    let now = app.now();
    let due = {
        let mut tx = app.shared().db.read().await?;
        member::due(&mut tx, now, PAGE).await?
    };
    if due.is_empty() {
        return Ok(());
    }
    let mut tx = app.shared().db.begin().await?;
    look::note(&mut tx, &due).await?;
    Ok(tx.commit().await?)
}

/// One page of each walk that is under way; false if none is.
async fn sweep_some(app: &App) -> Result<bool> {
    let now = app.now();
    let mut tx = app.shared().db.begin().await?;
    let mut is_any = false;
    for row in audience::list(&mut tx).await? {
        if row.ending_at.is_some() {
            continue;
        }
        if row.sweep.stage != 0 {
            sweep_page(&mut tx, &row, now).await?;
            is_any = true;
        } else if sweep_due(&row).is_some_and(|due| due <= now) {
            begin_sweep(&mut tx, &row).await?;
            is_any = true;
        }
    }
    tx.commit().await?;
    Ok(is_any)
}

/// When the next walk of an audience begins.
fn sweep_due(row: &AudienceRow) -> Option<Timestamp> {
    let ended = row.sweep.ended_at?;
    (row.ending_at.is_none()).then(|| ended.plus_seconds(SWEEP_EVERY_S))
}

async fn begin_sweep(tx: &mut filo_store::Tx<'_>, row: &AudienceRow) -> Result<()> {
    let sweep = Sweep {
        stage: FIRST_STAGE,
        behind: CustomerId(0),
        ..row.sweep
    };
    Ok(audience::save_sweep(tx, row.id, sweep).await?)
}

async fn sweep_page(tx: &mut filo_store::Tx<'_>, row: &AudienceRow, now: Timestamp) -> Result<()> {
    let sweep = row.sweep;
    let (behind, limit) = (sweep.behind, SWEEP_PAGE);
    let people: Vec<CustomerId> = match (sweep.stage, row.segment) {
        (FIRST_STAGE, _) => {
            let rows = member::page(tx, row.id, behind, limit).await?;
            rows.into_iter().map(|it| it.customer).collect()
        }
        (SEGMENT_STAGE, Some(segment)) => {
            let rows = seated::members(tx, segment, behind, limit).await?;
            rows.into_iter().map(|it| it.customer).collect()
        }
        (LISTED_STAGE, _) => {
            let list = row.id.as_list();
            filo_store::customer_list::member::ids(tx, list, behind, limit).await?
        }
        _ => Vec::new(),
    };
    look::note(tx, &people).await?;
    let next = match people.last() {
        Some(last) if people.len() == limit as usize => Sweep {
            behind: *last,
            ..sweep
        },
        _ if sweep.stage < LISTED_STAGE => Sweep {
            stage: sweep.stage + 1,
            behind: CustomerId(0),
            ..sweep
        },
        _ => Sweep {
            stage: 0,
            behind: CustomerId(0),
            ended_at: Some(now),
        },
    };
    Ok(audience::save_sweep(tx, row.id, next).await?)
}

/// Tells every platform its next batch, side by side; true if there may be another.
async fn tell_all(app: &App) -> Result<bool> {
    let rows = {
        let mut tx = app.shared().db.read().await?;
        audience::list(&mut tx).await?
    };
    let now = app.now();
    let due = rows
        .iter()
        .filter(|row| !row.remote.is_empty() && row.health.due_at <= now);
    let mut telling = JoinSet::new();
    for row in due {
        let (app, id) = (app.clone(), row.id);
        telling.spawn(async move { app.tell_next(id).await });
    }
    let mut is_more = false;
    while let Some(ended) = telling.join_next().await {
        is_more |= ended.map_err(anyhow::Error::from)??;
    }
    Ok(is_more)
}

/// Lets those go out of which everybody was taken.
async fn end_those_that_are_empty(app: &App) -> Result<()> {
    let mut gone = false;
    let mut tx = app.shared().db.begin().await?;
    for row in audience::list(&mut tx).await? {
        if row.ending_at.is_some() && !audience::entry::is_any(&mut tx, row.id).await? {
            audience::remove(&mut tx, row.id).await?;
            gone = true;
        }
    }
    tx.commit().await?;
    if gone {
        app.refresh_audiences().await;
    }
    Ok(())
}

/// When something is due next.
async fn next_instant(app: &App) -> Result<Option<Timestamp>> {
    let mut tx = app.shared().db.read().await?;
    let rows = audience::list(&mut tx).await?;
    let now = app.now();
    let told = rows.iter().map(|row| row.health.due_at);
    let swept = rows.iter().filter_map(sweep_due);
    let looked = member::next_due(&mut tx).await?;
    // What is due already and was not done has nothing to say.
    let times = told.chain(swept).chain(looked).filter(|at| *at > now);
    Ok(times.min())
}
