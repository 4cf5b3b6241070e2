//! Broadcasts: whoever is in a segment when a journey starts comes in, some at a time.
//!
//! **Invariant:** how far it has come is written with those it let in: a crash repeats nobody and
//! leaves nobody out.

use filo_core::id::{CustomerId, JourneyId, NodeId, SegmentId};
use filo_core::journey::{Status, Trigger};
use filo_store::segment::member;

use super::going::Group;
use super::live::Live;
use super::looking::Entry;
use super::run::Engine;

/// Members looked at in one step.
const STEP: u32 = 256;

impl Engine {
    /// Whether a broadcast can go on now.
    pub(crate) fn has_to_broadcast(&self) -> bool {
        !self.ways.broadcasts.is_empty() && self.can_broadcast(&self.shared.live.read())
    }

    pub(super) fn can_broadcast(&self, live: &Live) -> bool {
        self.stopping.is_none() && self.next_broadcast(live).is_some()
    }

    fn next_broadcast(&self, live: &Live) -> Option<(JourneyId, SegmentId, CustomerId)> {
        self.ways.broadcasts.iter().find_map(|(id, after)| {
            let journey = live.journeys.journey(*id)?;
            let plan = journey
                .open_plan()
                .filter(|_| journey.status == Status::Active)?;
            let Trigger::Broadcast(segment) = plan.journey.trigger else {
                return None;
            };
            // Its members must be known first.
            (!live.filling.contains(&segment)).then_some((*id, segment, *after))
        })
    }

    /// Lets the next ones in.
    pub(crate) async fn broadcast_step(&mut self) -> anyhow::Result<()> {
        if self.ways.broadcasts.is_empty() || self.stopping.is_some() {
            return Ok(());
        }
        let Some((id, segment, after)) = self.next_broadcast(&self.shared.live.read()) else {
            return Ok(());
        };
        let page = {
            let mut tx = self.shared.db.read().await?;
            member::members(&mut tx, segment, after, STEP).await?
        };
        let Some(last) = page.last().map(|row| row.customer) else {
            self.ways.broadcasts.remove(&id);
            self.ways.fresh_mut().reached.insert(id, None);
            return Ok(());
        };
        let nodes: Vec<NodeId> = page.iter().map(|row| NodeId::from(row.customer)).collect();
        let suspect_links = self.shared.rules().suspect_links;
        self.load(nodes.iter().copied(), suspect_links).await?;
        let why = format!("broadcast {segment}");
        let groups = {
            let live = self.shared.live.read();
            let now = self.clock.now();
            let group = |node: NodeId| {
                let customer = live.nodes.get(&node)?.customer;
                let entry = Entry {
                    journey: id,
                    thread: node,
                    key: Default::default(),
                    at: now,
                    why: why.as_str().into(),
                    by_hand: false,
                };
                let group = Group {
                    members: live.members(node),
                    entries: vec![entry],
                    ..Group::default()
                };
                Some((customer, group))
            };
            nodes.into_iter().filter_map(group).collect()
        };
        self.look_at(groups).await?;
        self.ways.broadcasts.insert(id, last);
        self.ways.fresh_mut().reached.insert(id, Some(last));
        if self.ways.changed_count() >= 20_000 {
            self.checkpoint_now().await?;
        }
        Ok(())
    }
}
