//! Group commit: requests that arrive while the disk is busy share the next write.
//!
//! **Invariant (I1):** a request is answered after its row is on disk, fsynced. If the write
//! fails nobody is told it happened; a fault that leaves the log in doubt closes it for good.

use std::sync::Arc;

use filo_store::{Db, log};
use tokio::sync::{mpsc, oneshot};

use crate::admission::{Admission, Permit};
use crate::clock::Clock;
use crate::engine::{Arrival, Input, Shared};
use crate::error::Busy;
use crate::log_row;

/// A group takes no more requests beyond this, so that one commit stays short.
const GROUP_BYTES_MOST: usize = 4 << 20;

/// One request's events, encoded, on their way to the log.
#[derive(Debug)]
pub(crate) struct Pending {
    pub(crate) frame: Vec<u8>,
    pub(crate) arrivals: Vec<Arrival>,
    pub(crate) permit: Permit,
    pub(crate) answer: oneshot::Sender<Result<i64, Busy>>,
}

/// Writes groups until the last sender is gone.
pub(crate) async fn run(
    shared: Arc<Shared>,
    clock: Clock,
    admission: Arc<Admission>,
    mut requests: mpsc::Receiver<Pending>,
    engine: mpsc::Sender<Input>,
) {
    let mut group = Vec::new();
    while let Some(first) = requests.recv().await {
        group.push(first);
        let mut bytes = group[0].frame.len();
        while bytes < GROUP_BYTES_MOST
            && let Ok(next) = requests.try_recv()
        {
            bytes += next.frame.len();
            group.push(next);
        }
        commit(&shared, &clock, &admission, &mut group, &engine).await;
    }
}

async fn commit(
    shared: &Shared,
    clock: &Clock,
    admission: &Admission,
    group: &mut Vec<Pending>,
    engine: &mpsc::Sender<Input>,
) {
    match write(&shared.db, clock, group).await {
        Ok(seq) => {
            shared.note_committed(seq);
            let mut arrivals = Vec::new();
            let mut permits = Vec::with_capacity(group.len());
            let mut answers = Vec::with_capacity(group.len());
            for mut pending in group.drain(..) {
                arrivals.append(&mut pending.arrivals);
                permits.push(pending.permit);
                answers.push(pending.answer);
            }
            for answer in answers {
                // A client that has gone away does not hear that its events are safe.
                let _ = answer.send(Ok(seq));
            }
            // The engine is only gone when it stopped on a fault; the log keeps what it has
            // not applied, and the next start applies it.
            drop(
                engine
                    .send(Input::Committed {
                        seq,
                        arrivals,
                        permits,
                    })
                    .await,
            );
        }
        Err(error) => {
            tracing::error!(error = %format!("{error:#}"), "the log could not be written");
            match error.downcast_ref::<filo_store::Error>() {
                Some(error) if error.is_full() => admission.disk_full(true),
                Some(error) if !error.is_fatal() => {}
                _ => admission.fault(),
            }
            let busy = admission.refusal();
            for pending in group.drain(..) {
                let _ = pending.answer.send(Err(busy));
            }
        }
    }
}

async fn write(db: &Db, clock: &Clock, group: &mut [Pending]) -> anyhow::Result<i64> {
    let frames: Vec<Vec<u8>> = group
        .iter_mut()
        .map(|pending| std::mem::take(&mut pending.frame))
        .collect();
    let events: usize = group.iter().map(|pending| pending.arrivals.len()).sum();
    let payload = log_row::pack(&frames)?;
    let events = u32::try_from(events).unwrap_or(u32::MAX);
    Ok(log::append(db, clock.now(), events, &payload).await?)
}
