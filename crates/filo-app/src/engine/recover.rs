//! Starting: what was applied but is not in the lake is remembered again, what was logged but
//! not checkpointed is applied.
//!
//! **Invariant (I1):** after any crash every acknowledged event is applied exactly once.

use anyhow::Context;
use filo_core::id::{EventId, NodeId};
use filo_store::{identity, log};

use super::run::Engine;
use super::tail::Place;
use crate::log_row::Unpacked;

/// Rows and bytes of log read at a time.
const SLICE_ROWS: usize = 2_000;
const SLICE_BYTES: usize = 16 << 20;

impl Engine {
    /// Brings memory to where the log ends.
    pub(crate) async fn recover(&mut self) -> anyhow::Result<()> {
        let mut tx = self.shared.db.read().await?;
        let empty = identity::node_page(&mut tx, NodeId(0), 1).await?.is_empty();
        drop(tx);
        self.shared.live.write().complete = empty;
        self.applied = self.saved.applied;
        self.remember_tail().await?;
        let (applied, flushed) = (self.applied, self.saved.flushed);
        self.shared.progress.send_modify(|progress| {
            progress.leader = true;
            progress.applied = applied;
            progress.checkpointed = applied;
            progress.flushed = flushed;
        });
        self.resume_reshaping().await?;
        self.catch_up(i64::MAX).await?;
        if self.rebuild_was_cut_off().await? {
            self.rebuild().await?;
        }
        Ok(())
    }

    /// Notes the ids and places of events between lake and checkpoint; their state is saved.
    async fn remember_tail(&mut self) -> anyhow::Result<()> {
        let mut last = self.saved.flushed;
        while last < self.saved.applied {
            let rows = log::after(&self.shared.db, last, SLICE_ROWS, SLICE_BYTES).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows
                .into_iter()
                .take_while(|row| row.seq <= self.saved.applied)
            {
                last = row.seq;
                let heads = Unpacked::new(&row.payload)
                    .and_then(|row| row.heads())
                    .with_context(|| format!("row {} of the log", row.seq))?;
                let ids: Vec<EventId> = heads.iter().map(|head| head.id).collect();
                let known = self.shared.lake.contains_many(&ids)?;
                let mut live = self.shared.live.write();
                for ((position, head), known) in (0..).zip(&heads).zip(known) {
                    if !known && !live.tail.contains(head.id) {
                        live.tail.push(
                            head.id,
                            head.thread,
                            head.at,
                            Place {
                                seq: row.seq,
                                position,
                            },
                        );
                    }
                }
            }
        }
        Ok(())
    }
}
