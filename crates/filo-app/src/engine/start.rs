//! Starting the engine: at once where this node holds the lease, or when it gets it.
//!
//! **Invariant:** one node applies the log at a time; any node may append to it and be read from.

use std::sync::Arc;
use std::time::Duration;

use filo_store::lease::{self, Lease, Listener, Notice};
use filo_store::position;
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::agenda::Agenda;
use super::flush::Flushing;
use super::input::Input;
use super::run::{Engine, Pace};
use super::way::Ways;
use crate::app::App;
use crate::audience::keep_while_leading;
use crate::feed::Sampler;
use crate::job::work_while_leading;
use crate::journey::record_while_leading;
use crate::message::dispatch_while_leading;
use crate::tracking::judge_while_leading;
use crate::webhook::send_while_leading;

/// How often a node without the lease asks for it.
const LEASE_LOOK: Duration = Duration::from_secs(1);

/// Starts to apply, or to follow the node that does. On return readers can be answered.
pub(crate) async fn start(app: &App, inputs: mpsc::Receiver<Input>) -> anyhow::Result<()> {
    let holder = format!("{:08x}", app.spare_id() >> 96);
    let db = &app.shared().db;
    let listener = lease::listen(db).await?;
    match lease::acquire(db, &holder).await? {
        Some(lease) => {
            let engine = recovered(app, lease, inputs).await?;
            lead(app, engine, listener);
        }
        None => {
            let app_to_follow = app.clone();
            let mut tx = db.read().await?;
            let applied = position::load(&mut tx).await?.applied;
            app.shared()
                .progress
                .send_modify(|progress| progress.applied = applied);
            drop(tx);
            app.spawn(async move {
                if let Err(error) = follow(&app_to_follow, &holder, inputs, listener).await {
                    tracing::error!(error = %format!("{error:#}"), "following has stopped");
                    app_to_follow.admission().fault();
                }
            });
        }
    }
    Ok(())
}

async fn recovered(
    app: &App,
    lease: Lease,
    inputs: mpsc::Receiver<Input>,
) -> anyhow::Result<Engine> {
    let shared = Arc::clone(app.shared());
    let saved = {
        let mut tx = shared.db.read().await?;
        position::load(&mut tx).await?
    };
    shared.reload_lake().await?;
    app.adopt_rules().await?;
    // Only whoever applies may: what no list names is what a flush that died left behind.
    let swept = shared.lake.sweep()?;
    if !swept.is_empty() {
        tracing::info!(
            file_count = swept.len(),
            "files of an unfinished flush were removed"
        );
    }
    let config = app.config();
    let mut engine = Engine {
        admission: Arc::clone(app.admission()),
        chance: Arc::clone(app.chance()),
        inputs,
        pace: Pace {
            memory_bytes: config.memory_bytes,
            flush_events: config.flush_events,
            flush_after: Duration::from_secs(u64::from(config.flush_after_s)),
        },
        lease: Some(lease),
        applied: saved.applied,
        saved,
        saving: None,
        saved_at: Instant::now(),
        tending: None,
        tended_at: Instant::now(),
        flushing: Flushing::default(),
        written: saved.flushed,
        input_at: Instant::now(),
        flushed_at: Instant::now(),
        duplicates: 0,
        sampler: Sampler::default(),
        unsaved: 0,
        settling: Vec::new(),
        emptying: Vec::new(),
        holding: Vec::new(),
        new_rules: None,
        reshaping: None,
        filling: None,
        agenda: Agenda::default(),
        ways: Ways::default(),
        looking: Vec::new(),
        stopping: None,
        abandoned: false,
        clock: app.clock().clone(),
        shared,
    };
    let (book, unfilled) = app.read_book().await?;
    let journeys = Arc::new(app.read_journeys().await?);
    engine.adopt_book(Arc::new(book), journeys, unfilled);
    engine.begin().await?;
    Ok(engine)
}

/// Runs the engine on a thread of its own, so that a long batch never holds up requests.
fn lead(app: &App, engine: Engine, mut listener: Listener) {
    let runtime = tokio::runtime::Handle::current();
    let thread = std::thread::Builder::new().name("engine".to_owned());
    let started = thread.spawn(move || runtime.block_on(engine.run()));
    if let Err(error) = started {
        tracing::error!(%error, "the engine's thread could not be started");
        app.admission().fault();
    }
    app.spawn(send_while_leading(app.clone()));
    app.spawn(dispatch_while_leading(app.clone()));
    app.spawn(keep_while_leading(app.clone()));
    app.spawn(judge_while_leading(app.clone()));
    let watching = app.clone();
    app.spawn(async move { watching.watch_duplicates().await });
    app.spawn(work_while_leading(app.clone()));
    app.spawn(record_while_leading(app.clone()));
    let filling = app.clone();
    app.spawn(async move { filling.fill_customers().await });
    let looking = app.clone();
    app.spawn(async move { looking.keep_looking().await });
    let tell = app.tell_engine();
    let following = app.clone();
    app.spawn(async move {
        loop {
            match listener.next().await {
                Ok(Notice::Appended { seq }) => {
                    following.shared().note_committed(seq);
                    if tell.send(Input::Wake(seq)).await.is_err() {
                        return;
                    }
                }
                Ok(Notice::Applied { .. }) => {
                    following.refresh_keys().await;
                    following.refresh_company().await;
                    following.refresh_webhooks().await;
                    following.refresh_audiences().await;
                    following.refresh_rules().await;
                    following.refresh_segments().await;
                    following.hear_of_jobs().await;
                }
                Ok(Notice::Missed) => {
                    following.hear_of_jobs().await;
                    following.refresh_rules().await;
                    following.refresh_segments().await;
                    if tell.send(Input::Wake(i64::MAX)).await.is_err() {
                        return;
                    }
                }
                Err(error) => {
                    // The checkpoint's own connection tells whether the lease still holds.
                    tracing::warn!(%error, "notices of other nodes are not heard");
                    tokio::time::sleep(LEASE_LOOK).await;
                }
            }
        }
    });
}

/// Passes on what the node with the lease says, until this one gets it.
async fn follow(
    app: &App,
    holder: &str,
    mut inputs: mpsc::Receiver<Input>,
    mut listener: Listener,
) -> anyhow::Result<()> {
    let shared = app.shared();
    loop {
        tokio::select! {
            notice = listener.next() => match notice? {
                Notice::Appended { seq } => shared.note_committed(seq),
                Notice::Applied { .. } | Notice::Missed => {
                    shared.follow_position().await?;
                    app.refresh_keys().await;
                    app.refresh_company().await;
                    app.refresh_webhooks().await;
                    app.refresh_rules().await;
                }
            },
            input = inputs.recv() => match input {
                Some(Input::Abandon) => return Ok(()),
                Some(Input::Rules(rules, answer)) => {
                    shared.set_rules(rules);
                    let _ = answer.send(());
                }
                Some(Input::Stop(answer)) => {
                    let _ = answer.send(());
                    return Ok(());
                }
                // Whoever asks for a checkpoint asks the node that writes them.
                Some(Input::Settle(..) | Input::Flush(..) | Input::Committed { .. }
                    | Input::Wake(_) | Input::Hold(_) | Input::Rebuild(_) | Input::Remove(..)
                    | Input::Segments(_) | Input::Look(_) | Input::Journeys(..)) => {}
                None => return Ok(()),
            },
            () = tokio::time::sleep(LEASE_LOOK) => {
                if let Some(lease) = lease::acquire(&shared.db, holder).await? {
                    tracing::info!("this node applies the log from now on");
                    let engine = recovered(app, lease, inputs).await?;
                    lead(app, engine, listener);
                    return Ok(());
                }
            }
        }
    }
}
