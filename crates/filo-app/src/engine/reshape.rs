//! Following changed rules: who was there before is worked out anew under the new rules, in
//! bounded steps between the batches of events.
//!
//! **Invariants:** memory never mixes what was gathered under two rules: it is emptied into the
//! tables before new rules count and before each step, and nothing is evicted in between, so
//! whatever is in memory is there with everything linked to it. How far the walk has come is
//! noted after what it changed is in the tables, with the version of the rules it follows: a
//! crash repeats a step, which changes nothing, and never leaves one out.

use std::sync::Arc;

use ahash::HashSet;
use filo_core::id::NodeId;
use filo_core::identity::{Clustering, Rules, cluster};
use filo_store::{Db, identity, setting};
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;

use super::checkpoint::names_somebody;
use super::live::Live;
use super::load::components;
use super::run::Engine;
use crate::error::BusyReason;

/// Identifiers of one step.
const STEP: u32 = 500;
/// Identifiers worked out under one hold of the lock.
const CHUNK: usize = 128;
/// Identifiers remembered as worked out already, because somebody linked to them was; others
/// are worked out again, which changes nothing.
const REMEMBERED_MOST: usize = 500_000;
/// The setting that says which rules the tables follow.
const FOLLOWED: &str = "rules_followed";

/// Which rules the tables follow, and how far.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Followed {
    version: u32,
    /// The last identifier that does; none when all do.
    after: Option<u128>,
}

impl Followed {
    pub(crate) async fn load(db: &Db) -> anyhow::Result<Option<Self>> {
        let mut tx = db.read().await?;
        let stored = setting::get(&mut tx, FOLLOWED).await?;
        Ok(match stored {
            Some(stored) => Some(serde_json::from_str(&stored.value)?),
            None => None,
        })
    }

    /// Where the walk goes on, if there is anything left of it for these rules. The first rules
    /// of a workspace were there before anybody was.
    pub(crate) fn rest(known: Option<Self>, version: u32) -> Option<NodeId> {
        match known {
            Some(known) if known.version == version => known.after.map(NodeId),
            None if version <= 1 => None,
            _ => Some(NodeId(0)),
        }
    }
}

/// A walk under way.
#[derive(Debug)]
pub(crate) struct Reshaping {
    after: NodeId,
    /// Worked out with somebody before them; only those still ahead.
    done: HashSet<NodeId>,
}

/// Rules that wait for a moment in which memory can be emptied.
#[derive(Debug)]
pub(crate) struct NewRules {
    pub(crate) rules: Arc<Rules>,
    pub(crate) answers: Vec<oneshot::Sender<()>>,
}

impl Engine {
    /// Takes in rules that were saved.
    pub(crate) fn hear_rules(&mut self, rules: Arc<Rules>, answer: oneshot::Sender<()>) {
        match &mut self.new_rules {
            Some(waiting) => {
                if rules.version > waiting.rules.version {
                    waiting.rules = rules;
                }
                waiting.answers.push(answer);
            }
            None if rules.version > self.shared.rules().version => {
                let answers = vec![answer];
                self.new_rules = Some(NewRules { rules, answers });
            }
            // Whoever asked may have given up.
            None => drop(answer.send(())),
        }
    }

    /// Whether rules wait or somebody does not follow them yet.
    pub(crate) fn has_rules_to_follow(&self) -> bool {
        self.stopping.is_none()
            && self.admission.closed() != Some(BusyReason::DiskFull)
            && (self.new_rules.is_some() || self.reshaping.is_some())
    }

    /// Lets new rules count, or takes one step of the walk.
    pub(crate) async fn follow_rules(&mut self) -> anyhow::Result<()> {
        if !self.has_rules_to_follow() || !self.empty_memory().await? {
            return Ok(());
        }
        if let Some(new) = self.new_rules.take() {
            self.shared.set_rules(new.rules);
            self.begin_reshaping(NodeId(0));
            for answer in new.answers {
                let _ = answer.send(());
            }
            return Ok(());
        }
        self.reshape_step().await
    }

    /// Goes on with a walk that a stop or a crash cut off.
    pub(crate) async fn resume_reshaping(&mut self) -> anyhow::Result<()> {
        let known = Followed::load(&self.shared.db).await?;
        if let Some(after) = Followed::rest(known, self.shared.rules().version) {
            self.begin_reshaping(after);
        }
        Ok(())
    }

    fn begin_reshaping(&mut self, after: NodeId) {
        let done = HashSet::default();
        self.reshaping = Some(Reshaping { after, done });
        self.tell_reshaping();
    }

    /// Nobody is left who follows other rules.
    pub(crate) async fn end_reshaping(&mut self) -> anyhow::Result<()> {
        self.note_followed(None).await?;
        self.reshaping = None;
        self.tell_reshaping();
        Ok(())
    }

    fn tell_reshaping(&self) {
        let reshaping = self.reshaping.is_some();
        self.shared
            .progress
            .send_modify(|progress| progress.reshaping = reshaping);
    }

    async fn reshape_step(&mut self) -> anyhow::Result<()> {
        let Some(after) = self.reshaping.as_ref().map(|it| it.after) else {
            return Ok(());
        };
        let mut tx = self.shared.db.read().await?;
        let page = identity::node_page(&mut tx, after, STEP).await?;
        let Some(last) = page.last().map(|row| row.id) else {
            drop(tx);
            return self.end_reshaping().await;
        };
        let mut wanted: Vec<NodeId> = page.into_iter().map(|row| row.id).collect();
        if let Some(reshaping) = &mut self.reshaping {
            wanted.retain(|id| names_somebody(*id) && !reshaping.done.remove(id));
        }
        let loaded = components(&mut tx, &wanted).await?;
        drop(tx);
        let ids: Vec<NodeId> = loaded.nodes.keys().copied().collect();
        self.shared.live.write().take_in(loaded);
        let rules = self.shared.rules();
        let mut settled = HashSet::default();
        for chunk in ids.chunks(CHUNK) {
            let mut live = self.shared.live.write();
            live.reshape(chunk, &rules, &mut settled);
            parking_lot::RwLockWriteGuard::unlock_fair(live);
        }
        self.checkpoint_now().await?;
        if self.has_unsaved() {
            // The disk is full: the step is taken again when it has room.
            return Ok(());
        }
        self.note_followed(Some(last)).await?;
        if let Some(reshaping) = &mut self.reshaping {
            reshaping.after = last;
            let room = REMEMBERED_MOST.saturating_sub(reshaping.done.len());
            let ahead = ids.into_iter().filter(|id| *id > last).take(room);
            reshaping.done.extend(ahead);
        }
        Ok(())
    }

    /// Writes what is in memory to the tables and forgets it, but for the tail. Says whether it
    /// could: on a full disk it cannot.
    pub(crate) async fn empty_memory(&mut self) -> anyhow::Result<bool> {
        if self.saving.is_some() || self.has_unsaved() {
            self.checkpoint_now().await?;
        }
        if self.has_unsaved() {
            return Ok(false);
        }
        let mut live = self.shared.live.write();
        let (tail, epoch) = (std::mem::take(&mut live.tail), live.epoch + 1);
        let (book, filling) = (Arc::clone(&live.book), std::mem::take(&mut live.filling));
        let (journeys, noted) = (Arc::clone(&live.journeys), std::mem::take(&mut live.noted));
        let refilling = std::mem::take(&mut live.refilling);
        *live = Live {
            tail,
            epoch,
            book,
            filling,
            refilling,
            journeys,
            noted,
            ..Live::default()
        };
        Ok(true)
    }

    pub(crate) fn has_unsaved(&self) -> bool {
        self.applied > self.saved.applied
            || self.ways.has_unsaved()
            || self.shared.live.read().has_unsaved()
    }

    async fn note_followed(&mut self, after: Option<NodeId>) -> anyhow::Result<()> {
        let followed = Followed {
            version: self.shared.rules().version,
            after: after.map(|id| id.0),
        };
        let text = serde_json::to_string(&followed)?;
        let now = self.clock.now();
        let Some(lease) = &mut self.lease else {
            anyhow::bail!("the lease is not here")
        };
        let mut tx = lease.begin().await?;
        let known = setting::get(&mut tx, FOLLOWED).await?;
        let version = known.map_or(0, |known| known.version);
        setting::put(&mut tx, FOLLOWED, &text, version, now).await?;
        tx.commit().await?;
        Ok(())
    }
}

impl Live {
    fn has_unsaved(&self) -> bool {
        !self.dirty.is_empty()
            || !self.dirty_links.is_empty()
            || !self.gone.is_empty()
            || !self.removed.is_empty()
            || !self.alarms.is_empty()
            || !self.entered.is_empty()
            || !self.stirred.is_empty()
            || !self.seating.is_empty()
    }

    /// Works out anew who is who around each of these, unless that has been settled. Everything
    /// linked to them must be in memory.
    fn reshape(&mut self, ids: &[NodeId], rules: &Rules, settled: &mut HashSet<NodeId>) {
        for id in ids.iter().filter(|id| names_somebody(**id)) {
            if settled.contains(id) {
                continue;
            }
            let component = self.component(&[*id], rules);
            let clustering = cluster(&component, rules);
            let stops: HashSet<NodeId> = component.hubs.iter().map(|(hub, _)| *hub).collect();
            let all = component.nodes.iter().map(|facts| facts.id);
            // An identifier at which the walk stopped has not let go of anybody yet.
            settled.extend(all.clone().filter(|it| it == id || !stops.contains(it)));
            if !self.differs(&clustering) {
                continue;
            }
            self.settle(&clustering);
            for id in all {
                self.soil(id);
                self.renamed.insert(id);
            }
        }
    }

    fn differs(&self, clustering: &Clustering) -> bool {
        clustering.customers.iter().any(|cluster| {
            let mut nodes = cluster.nodes.iter().filter_map(|id| self.nodes.get(id));
            nodes.any(|node| node.customer != cluster.id)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_goes_on_where_it_was_for_its_own_rules_and_begins_anew_for_others() {
        let at = |version, after| Some(Followed { version, after });
        assert_eq!(Followed::rest(None, 1), None);
        assert_eq!(Followed::rest(None, 2), Some(NodeId(0)));
        assert_eq!(Followed::rest(at(2, Some(7)), 2), Some(NodeId(7)));
        assert_eq!(Followed::rest(at(2, None), 2), None);
        assert_eq!(Followed::rest(at(2, None), 3), Some(NodeId(0)));
        assert_eq!(Followed::rest(at(3, Some(7)), 4), Some(NodeId(0)));
    }
}
