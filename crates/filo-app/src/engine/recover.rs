//! Starting: what was applied but is not in the lake is remembered again, what was logged but
//! not checkpointed is applied.
//!
//! **Invariant (I1):** after any crash every acknowledged event is applied exactly once.

use anyhow::Context;
use filo_core::id::{EventId, NodeId};
use filo_store::{identity, log};

use super::run::Engine;
use super::tail::Place;
use crate::feed::{FeedPlace, Glimpse};
use crate::log_row::Unpacked;

/// Rows and bytes of log read at a time.
const SLICE_ROWS: usize = 2_000;
const SLICE_BYTES: usize = 16 << 20;
/// Rows at the end of the log whose events can be seen at once after a start.
const RECENT_ROWS: u16 = 50;
const RECENT_EVENTS: usize = 200;

impl Engine {
    /// Looks at where the tables stand, so that readers can be answered from them. What a cut-off
    /// rebuild left in the tables is nothing to answer from: then everything is made first.
    pub(crate) async fn begin(&mut self) -> anyhow::Result<()> {
        let mut tx = self.shared.db.read().await?;
        let empty = identity::node_page(&mut tx, NodeId(0), 1).await?.is_empty();
        drop(tx);
        self.shared.live.write().complete = empty;
        self.applied = self.saved.applied;
        self.recall_recent().await?;
        let saved = self.saved;
        self.shared.progress.send_modify(|progress| {
            progress.leader = true;
            // What lies between lake and checkpoint is on no timeline yet.
            progress.applied = saved.flushed;
            progress.checkpointed = saved.applied;
            progress.flushed = saved.flushed;
        });
        self.resume_reshaping().await?;
        if self.rebuild_was_cut_off().await? {
            self.recover().await?;
            self.rebuild().await?;
        }
        Ok(())
    }

    /// Brings memory to where the log ended when it was opened; what came later comes as it
    /// always does.
    pub(crate) async fn recover(&mut self) -> anyhow::Result<()> {
        let last = log::last(&self.shared.db).await?;
        if self.shared.progress.borrow().applied < self.saved.applied {
            self.remember_tail().await?;
        }
        let applied = self.applied;
        self.shared
            .progress
            .send_modify(|progress| progress.applied = applied);
        self.catch_up(last).await
    }

    /// Shows the newest events that the log still has to whoever looks on first.
    async fn recall_recent(&self) -> anyhow::Result<()> {
        let last = self.saved.applied;
        let first = (last - i64::from(RECENT_ROWS)).max(self.saved.flushed);
        let rows = log::after(&self.shared.db, first, RECENT_ROWS.into(), SLICE_BYTES).await?;
        let mut recent = Vec::new();
        for row in rows.into_iter().take_while(|row| row.seq <= last) {
            let events = Unpacked::new(&row.payload)
                .and_then(|row| row.events())
                .with_context(|| format!("row {} of the log", row.seq))?;
            recent.extend((0..).zip(events).map(|(position, event)| Glimpse {
                place: FeedPlace {
                    seq: row.seq,
                    position,
                },
                event,
                unseen: 0,
            }));
        }
        let older = recent.len().saturating_sub(RECENT_EVENTS);
        for glimpse in recent.into_iter().skip(older) {
            self.shared.feed.show(glimpse);
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
                drop(live);
                self.close_generation(last);
            }
        }
        Ok(())
    }
}
