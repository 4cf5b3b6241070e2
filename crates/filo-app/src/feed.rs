//! The newest events as they are applied, for people who look on.
//!
//! **Invariant:** looking on slows nothing down: of each source only so many events a second are
//! copied, whoever looks, and a viewer who cannot follow is let go, never waited for.

use std::collections::VecDeque;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use filo_core::event::Event;
use filo_core::id::{CustomerId, NodeId, SourceId};
use filo_core::time::Timestamp;
use parking_lot::Mutex;
use tokio::sync::broadcast;

use crate::app::App;

/// Glimpses that are remembered, for whoever comes or comes back.
const REMEMBERED: usize = 200;
/// Glimpses a viewer may be behind before being let go.
const BEHIND_MOST: usize = 256;
/// A source shows so many events in each window: 24 a second, more than anybody reads.
const SHOWN_IN_WINDOW: u32 = 6;
const WINDOW_MICROS: i64 = 250_000;

/// Where an event stands in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FeedPlace {
    /// Row of the log.
    pub seq: i64,
    /// Position among the row's events.
    pub position: u32,
}

impl fmt::Display for FeedPlace {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}", self.seq, self.position)
    }
}

/// A text that is no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a place in the feed")]
pub struct NoPlace;

impl FromStr for FeedPlace {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let (seq, position) = text.split_once('.').ok_or(NoPlace)?;
        let seq = seq.parse().map_err(|_not_a_number| NoPlace)?;
        let position = position.parse().map_err(|_not_a_number| NoPlace)?;
        Ok(Self { seq, position })
    }
}

/// One event of the feed.
#[derive(Debug)]
pub struct Glimpse {
    /// Where it stands in the log.
    pub place: FeedPlace,
    /// The event.
    pub event: Event,
    /// Events of the same source that passed unseen since the one before.
    pub unseen: u32,
}

/// What a viewer gets: what has been, newest last, and what comes.
#[derive(Debug)]
pub struct Viewing {
    /// The newest events that are remembered.
    pub recent: Vec<Arc<Glimpse>>,
    /// The events that come.
    pub coming: broadcast::Receiver<Arc<Glimpse>>,
}

/// The remembered events and who looks on.
#[derive(Debug)]
pub(crate) struct Feed {
    recent: Mutex<VecDeque<Arc<Glimpse>>>,
    coming: broadcast::Sender<Arc<Glimpse>>,
}

impl Default for Feed {
    fn default() -> Self {
        Self {
            recent: Mutex::default(),
            coming: broadcast::Sender::new(BEHIND_MOST),
        }
    }
}

impl Feed {
    pub(crate) fn show(&self, glimpse: Glimpse) {
        let glimpse = Arc::new(glimpse);
        let mut recent = self.recent.lock();
        if recent.len() == REMEMBERED {
            recent.pop_front();
        }
        recent.push_back(Arc::clone(&glimpse));
        // Under the lock, so that who comes just now sees it once. Nobody may be looking.
        drop(self.coming.send(glimpse));
    }

    /// Shows some of what was remembered to nobody who comes later.
    pub(crate) fn forget(&self, is_forgotten: impl Fn(&Event) -> bool) {
        self.recent
            .lock()
            .retain(|glimpse| !is_forgotten(&glimpse.event));
    }

    fn view(&self, after: Option<FeedPlace>) -> Viewing {
        let recent = self.recent.lock();
        let is_new = |glimpse: &&Arc<Glimpse>| after.is_none_or(|after| glimpse.place > after);
        Viewing {
            recent: recent.iter().filter(is_new).cloned().collect(),
            coming: self.coming.subscribe(),
        }
    }
}

/// Chooses what is shown. It belongs to the engine alone, so that choosing takes no lock.
#[derive(Debug, Default)]
pub(crate) struct Sampler {
    window: i64,
    /// Of each source: shown in this window, and unseen since.
    sources: Vec<(SourceId, u32, u32)>,
}

impl Sampler {
    /// Whether this event is shown, and how many of its source passed unseen before it.
    pub(crate) fn choose(&mut self, source: SourceId, now: Timestamp) -> Option<u32> {
        let window = now.0.div_euclid(WINDOW_MICROS);
        if window != self.window {
            self.window = window;
            for (_, shown, _) in &mut self.sources {
                *shown = 0;
            }
        }
        let known = self.sources.iter().position(|it| it.0 == source);
        let index = known.unwrap_or_else(|| {
            self.sources.push((source, 0, 0));
            self.sources.len() - 1
        });
        let (_, shown, unseen) = self.sources.get_mut(index)?;
        if *shown < SHOWN_IN_WINDOW {
            *shown += 1;
            return Some(std::mem::take(unseen));
        }
        *unseen = unseen.saturating_add(1);
        None
    }
}

impl App {
    /// Looks on from now; of what has been, only what came after the given place.
    #[must_use]
    pub fn view_events(&self, after: Option<FeedPlace>) -> Viewing {
        self.shared().feed.view(after)
    }

    /// How many look on.
    #[must_use]
    pub fn viewers(&self) -> usize {
        self.shared().feed.coming.receiver_count()
    }

    /// Whether the engine runs in this process: only here events can be seen as they are applied.
    #[must_use]
    pub fn sees_events(&self) -> bool {
        self.is_leader()
    }

    /// Whose thread it is and what they are called, from memory; a name is missing where none
    /// is known or the person was not used for long.
    #[must_use]
    pub fn whose(&self, thread: NodeId) -> (CustomerId, Option<String>) {
        let live = self.shared().live.read();
        let Some(node) = live.nodes.get(&thread) else {
            return (CustomerId::from(thread), None);
        };
        let members = live.members(thread);
        let name = live.profile(&members).traits.full_name();
        (node.customer, name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_one_source_hides_no_other_and_is_told() {
        let mut sampler = Sampler::default();
        let (flood, rare) = (SourceId(1), SourceId(2));
        let shown = (0..1_000).filter(|_| sampler.choose(flood, Timestamp(1)).is_some());
        assert_eq!(shown.count(), 6);
        assert_eq!(sampler.choose(rare, Timestamp(2)), Some(0));
        let next = Timestamp(WINDOW_MICROS);
        assert_eq!(sampler.choose(flood, next), Some(994));
        assert_eq!(sampler.choose(flood, next), Some(0));
    }

    #[test]
    fn places_are_written_and_read_back() {
        let place = FeedPlace {
            seq: 7,
            position: 3,
        };
        assert_eq!(place.to_string().parse(), Ok(place));
        for wrong in ["", "7", "7.", ".3", "a.b", "7.-1"] {
            assert_eq!(wrong.parse::<FeedPlace>(), Err(NoPlace), "{wrong}");
        }
    }
}
