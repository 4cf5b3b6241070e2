//! What the engine is told, one after the other.

use std::sync::Arc;

use filo_core::identity::Rules;
use tokio::sync::oneshot;

use super::apply::Arrival;
use super::command::{Answered, Command};
use super::filling::NewBook;
use super::hold::Hold;
use crate::admission::Permit;
use crate::removal::{Removal, Removed};

/// What the engine is told.
#[derive(Debug)]
pub(crate) enum Input {
    /// A row is on disk.
    Committed {
        seq: i64,
        arrivals: Vec<Arrival>,
        permits: Vec<Permit>,
    },
    /// Another node has written the log up to this row.
    Wake(i64),
    /// Answer when the log up to this row is checkpointed.
    Settle(i64, oneshot::Sender<()>),
    /// Answer when the log up to this row is in the lake and the lake is compact.
    Flush(i64, oneshot::Sender<()>),
    /// Hand out a moment in which tables, log and lake agree, and keep it.
    Hold(oneshot::Sender<anyhow::Result<Hold>>),
    /// Work the state out anew, then answer.
    Rebuild(oneshot::Sender<()>),
    /// Make it so that some events had never come, then answer.
    Remove(Removal, oneshot::Sender<anyhow::Result<Removed>>),
    /// Follow these rules, for new events at once and for what is there step by step; answer
    /// when new events do.
    Rules(Arc<Rules>, oneshot::Sender<()>),
    /// Look after these segments from now on; answer when new events are.
    Segments(NewBook),
    /// Do this with journeys; answer when it is in the tables.
    Journeys(Box<Command>, oneshot::Sender<Answered>),
    /// Look at the clock, which may have been set; answer when everything that is due was done.
    Look(oneshot::Sender<()>),
    /// End at once, as a crash would.
    Abandon,
    /// Checkpoint and end.
    Stop(oneshot::Sender<()>),
}
