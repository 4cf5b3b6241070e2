//! Rebuilding the state from events: lake and log, in whatever order they lie.
//!
//! **Invariant (I11):** the result is the same state, and nothing leaves Filo while it is made.
//! A rebuild that was cut off is begun again at the next start: a setting says so.

use std::sync::Arc;

use filo_core::event::Event;
use filo_store::segment::{self, member};
use filo_store::{customer, customer_list, identity, setting};

use super::apply::Arrival;
use super::flush::Gathered;
use super::live::Live;
use super::run::{Engine, receive};

/// Events taken from the lake at a time.
const CHUNK: usize = 2_000;
/// Changed nodes after which the rebuild writes what it has.
const DIRTY_MOST: usize = 100_000;
/// While this setting says `true`, the tables are not to be believed.
pub(crate) const UNDER_WAY: &str = "rebuild_under_way";

impl Engine {
    /// Forgets who is who and works it out anew from every event.
    pub(crate) async fn rebuild(&mut self) -> anyhow::Result<()> {
        self.checkpoint_now().await?;
        // What is applied from here on has been told already.
        self.shared.begin_rebuild();
        // Everybody is worked out anew, under the rules of now.
        self.reshaping = None;
        self.clear().await?;
        {
            let mut live = self.shared.live.write();
            let tail = std::mem::take(&mut live.tail);
            let entered = std::mem::take(&mut live.entered);
            let epoch = live.epoch + 1;
            let (book, journeys) = (Arc::clone(&live.book), Arc::clone(&live.journeys));
            *live = Live {
                book,
                journeys,
                tail,
                entered,
                epoch,
                complete: true,
                ..Live::default()
            };
        }
        let lake = self.shared.lake.clone();
        let mut chunk = Vec::with_capacity(CHUNK);
        for event in lake.events() {
            chunk.push(event?);
            if chunk.len() == CHUNK {
                self.reapply(std::mem::take(&mut chunk)).await?;
            }
        }
        self.reapply(chunk).await?;
        let places = self.shared.live.read().tail.all_places();
        let shared = Arc::clone(&self.shared);
        let (from, upto) = (self.saved.flushed, self.applied);
        let tail = Gathered::collect(&shared, &places, from, upto).await?;
        let mut chunk = Vec::with_capacity(CHUNK);
        for event in tail.in_order() {
            chunk.push(event?);
            if chunk.len() == CHUNK {
                self.reapply(std::mem::take(&mut chunk)).await?;
            }
        }
        self.reapply(chunk).await?;
        self.checkpoint_now().await?;
        self.fill_all().await?;
        // Whoever looks at people from here on sees that segments are still being filled.
        self.shared.end_rebuild();
        self.mark_under_way(false).await?;
        self.end_reshaping().await
    }

    async fn reapply(&mut self, events: Vec<Event>) -> anyhow::Result<()> {
        let rules = self.shared.rules();
        let key = self.shared.key;
        let arrivals: Vec<Arrival> = events
            .into_iter()
            .map(|event| Arrival::new(event, &key))
            .collect();
        self.load(
            arrivals.iter().flat_map(Arrival::needs),
            rules.suspect_links,
        )
        .await?;
        {
            let mut live = self.shared.live.write();
            for arrival in &arrivals {
                live.apply(arrival, &rules);
            }
            // Where everybody stands is worked out at the end.
            live.stirred.clear();
            // Whatever was to move somebody on did so when it happened.
            live.noted.clear();
        }
        if self.shared.live.read().dirty.len() >= DIRTY_MOST {
            self.checkpoint_now().await?;
            self.evict();
        }
        Ok(())
    }

    /// Writes a checkpoint and waits for it.
    pub(crate) async fn checkpoint_now(&mut self) -> anyhow::Result<()> {
        if self.saving.is_none() {
            self.start_checkpoint()?;
        }
        let saved = receive(self.saving.as_mut()).await?;
        self.saving = None;
        self.finish_checkpoint(saved)?;
        let has_more = !self.shared.live.read().dirty.is_empty() || self.ways.has_unsaved();
        if self.applied > self.saved.applied || has_more {
            self.start_checkpoint()?;
            let saved = receive(self.saving.as_mut()).await?;
            self.saving = None;
            self.finish_checkpoint(saved)?;
        }
        Ok(())
    }

    /// Writes what the tables do not have yet; false if that has to wait for room.
    pub(crate) async fn write_all(&mut self) -> anyhow::Result<bool> {
        if self.saving.is_some() || self.has_unsaved() {
            self.checkpoint_now().await?;
        }
        Ok(!self.has_unsaved())
    }

    async fn clear(&mut self) -> anyhow::Result<()> {
        self.mark_under_way(true).await?;
        let Some(lease) = &mut self.lease else {
            anyhow::bail!("the lease is not here")
        };
        let mut tx = lease.begin().await?;
        identity::clear(&mut tx).await?;
        customer::clear(&mut tx).await?;
        member::clear(&mut tx).await?;
        customer_list::member::clear(&mut tx).await?;
        segment::unfill(&mut tx).await?;
        tx.commit().await?;
        Ok(())
    }

    pub(crate) async fn mark_under_way(&mut self, under_way: bool) -> anyhow::Result<()> {
        let now = self.clock.now();
        let Some(lease) = &mut self.lease else {
            anyhow::bail!("the lease is not here")
        };
        let mut tx = lease.begin().await?;
        let version = setting::get(&mut tx, UNDER_WAY)
            .await?
            .map_or(0, |known| known.version);
        setting::put(&mut tx, UNDER_WAY, &under_way.to_string(), version, now).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Whether a rebuild was cut off.
    pub(crate) async fn rebuild_was_cut_off(&self) -> anyhow::Result<bool> {
        let mut tx = self.shared.db.read().await?;
        Ok(setting::get(&mut tx, UNDER_WAY)
            .await?
            .is_some_and(|known| known.value == "true"))
    }
}
