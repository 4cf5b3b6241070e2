//! The thread of a customer: events of all their identifiers, newest first, out of tail and lake.

use std::collections::BTreeMap;

use filo_core::event::Event;
use filo_core::id::{CustomerId, EventId, NodeId};
use filo_core::time::Timestamp;
use filo_store::{log, position};

use crate::App;
use crate::engine::Place;
use crate::error::Result;
use crate::log_row::Unpacked;

/// Bytes of log that a node without the engine reads to find a thread's newest events.
const SCAN_BYTES: usize = 64 << 20;

impl App {
    /// Events of a customer before an instant, newest first, at most `limit`.
    ///
    /// # Errors
    /// If log or lake cannot be read.
    pub async fn timeline(
        &self,
        id: CustomerId,
        before: Option<(Timestamp, EventId)>,
        limit: usize,
    ) -> Result<Vec<Event>> {
        let Some(customer) = self.customer(id).await? else {
            return Ok(Vec::new());
        };
        self.events_of(customer.threads(), before, limit).await
    }

    /// Events of some threads before an instant, newest first, at most `limit`.
    pub(crate) async fn events_of(
        &self,
        threads: Vec<NodeId>,
        before: Option<(Timestamp, EventId)>,
        limit: usize,
    ) -> Result<Vec<Event>> {
        let mut events = self.tail_events(&threads, before, limit).await?;
        let lake = self.shared().lake.clone();
        let from_lake = {
            tokio::task::spawn_blocking(move || lake.timeline(&threads, before, limit))
                .await
                .map_err(anyhow::Error::from)??
        };
        events.retain(|event| before.is_none_or(|before| (event.at, event.id) < before));
        events.extend(from_lake);
        events.sort_unstable_by_key(|event| std::cmp::Reverse((event.at, event.id)));
        // An event that moved to the lake between the two readings is in both.
        events.dedup_by_key(|event| event.id);
        events.truncate(limit);
        Ok(events)
    }

    async fn tail_events(
        &self,
        threads: &[NodeId],
        before: Option<(Timestamp, EventId)>,
        limit: usize,
    ) -> Result<Vec<Event>> {
        if !self.is_leader() {
            return self.scan_log(threads).await;
        }
        let places: Vec<(Timestamp, Place)> = {
            let live = self.shared().live.read();
            threads
                .iter()
                .flat_map(|thread| live.tail.places_of(*thread))
                .collect()
        };
        let places = page_of(places, before.map(|(at, _)| at), limit);
        let mut by_row: BTreeMap<i64, Vec<u32>> = BTreeMap::new();
        for place in places {
            by_row.entry(place.seq).or_default().push(place.position);
        }
        let seqs: Vec<i64> = by_row.keys().copied().collect();
        let mut events = Vec::new();
        for row in log::rows(&self.shared().db, &seqs).await? {
            if let Some(positions) = by_row.get(&row.seq) {
                events.append(&mut Unpacked::new(&row.payload)?.pick(positions)?);
            }
        }
        Ok(events)
    }

    /// On a node without the engine: the lake's list is read anew, and the rest from the log.
    async fn scan_log(&self, threads: &[NodeId]) -> Result<Vec<Event>> {
        let shared = self.shared();
        shared.reload_lake().await?;
        let flushed = {
            let mut tx = shared.db.read().await?;
            position::load(&mut tx).await?.flushed
        };
        let mut events = Vec::new();
        let mut last = flushed;
        let mut bytes = 0;
        while bytes < SCAN_BYTES {
            let rows = log::after(&shared.db, last, 500, 4 << 20).await?;
            let Some(newest) = rows.last() else { break };
            last = newest.seq;
            for row in &rows {
                bytes += row.payload.len();
                let found = Unpacked::new(&row.payload)?.events()?;
                events.extend(
                    found
                        .into_iter()
                        .filter(|event| threads.contains(&event.thread)),
                );
            }
        }
        Ok(events)
    }
}

/// The places that a page can need: those of the instant where it begins, and behind it as many
/// as it holds, with all that happened at the same instant as the last of them.
fn page_of(
    mut places: Vec<(Timestamp, Place)>,
    begins: Option<Timestamp>,
    limit: usize,
) -> Vec<Place> {
    places.sort_unstable_by_key(|place| std::cmp::Reverse(*place));
    let first = begins.map_or(0, |begins| places.partition_point(|(at, _)| *at > begins));
    let behind = begins.map_or(0, |begins| places.partition_point(|(at, _)| *at >= begins));
    let end = match places.get((behind + limit).saturating_sub(1)) {
        Some((last, _)) => places.partition_point(|(at, _)| at >= last),
        None => places.len(),
    };
    places[first..end.max(first)]
        .iter()
        .map(|(_, place)| *place)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn positions(begins: Option<i64>, limit: usize) -> Vec<u32> {
        let at = [5, 3, 3, 9, 1, 3];
        let places = at
            .iter()
            .zip(0..)
            .map(|(at, position)| (Timestamp(*at), Place { seq: 1, position }))
            .collect();
        let mut page: Vec<u32> = page_of(places, begins.map(Timestamp), limit)
            .into_iter()
            .map(|place| place.position)
            .collect();
        page.sort_unstable();
        page
    }

    #[test]
    fn a_page_reads_what_it_needs_and_no_tie_is_lost() {
        assert_eq!(positions(None, 1), [3]);
        assert_eq!(
            positions(None, 3),
            [0, 1, 2, 3, 5],
            "all of the last instant"
        );
        assert_eq!(
            positions(Some(3), 1),
            [1, 2, 4, 5],
            "the rest of the instant, and one more"
        );
        assert_eq!(positions(Some(9), 1), [0, 3]);
        assert_eq!(positions(Some(0), 5), Vec::<u32>::new());
        assert_eq!(positions(None, 100).len(), 6);
    }
}
