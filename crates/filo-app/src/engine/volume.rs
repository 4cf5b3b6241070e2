//! How many events each source sends, counted as they are applied.
//!
//! **Invariant:** a count is added to the tables by the checkpoint that makes its events' row the
//! engine's position, so after a crash the same events are counted again and none twice.

use filo_core::id::SourceId;
use filo_core::time::Timestamp;
use filo_store::source_hour::SourceHour;

const HOUR_MICROS: i64 = 3_600_000_000;

/// The hour of an instant, counted since 1970.
pub(crate) const fn hour_of(at: Timestamp) -> i64 {
    at.0.div_euclid(HOUR_MICROS)
}

/// Counts that are not in the tables yet. There are as few as there are sources: events are
/// counted in the hour in which they arrive.
#[derive(Debug, Default)]
pub(crate) struct Volumes {
    open: Vec<SourceHour>,
    /// In a checkpoint that is being written.
    saving: Vec<SourceHour>,
}

impl Volumes {
    pub(crate) fn count(&mut self, source: SourceId, received_at: Timestamp) {
        let one = SourceHour {
            source,
            hour: hour_of(received_at),
            events: 1,
            last_at: received_at,
        };
        add(&mut self.open, one);
    }

    /// What the tables do not say yet.
    pub(crate) fn unsaved(&self, source: SourceId) -> Vec<SourceHour> {
        let mut sum = Vec::new();
        let all = self.open.iter().chain(&self.saving);
        all.filter(|it| it.source == source)
            .for_each(|it| add(&mut sum, *it));
        sum
    }

    /// What the next checkpoint adds.
    pub(crate) fn open(&self) -> Vec<SourceHour> {
        self.open.clone()
    }

    pub(crate) fn mark_saving(&mut self) {
        self.saving = std::mem::take(&mut self.open);
    }

    pub(crate) fn mark_saved(&mut self) {
        self.saving.clear();
    }

    /// The checkpoint could not be written: its counts wait for the next one.
    pub(crate) fn unmark_saving(&mut self) {
        for it in std::mem::take(&mut self.saving) {
            add(&mut self.open, it);
        }
    }
}

/// The newest stands last, so what comes in a row is found at once.
pub(crate) fn add(counts: &mut Vec<SourceHour>, more: SourceHour) {
    let known = counts
        .iter_mut()
        .rev()
        .find(|it| it.source == more.source && it.hour == more.hour);
    match known {
        Some(known) => {
            known.events += more.events;
            known.last_at = known.last_at.max(more.last_at);
        }
        None => counts.push(more),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_survive_a_checkpoint_that_fails() {
        let mut volumes = Volumes::default();
        let (one, two) = (SourceId(1), SourceId(2));
        volumes.count(one, Timestamp(5));
        volumes.count(two, Timestamp(6));
        volumes.mark_saving();
        volumes.count(one, Timestamp(7));
        let sum = volumes.unsaved(one);
        assert_eq!((sum[0].events, sum[0].last_at), (2, Timestamp(7)));
        volumes.unmark_saving();
        assert_eq!(volumes.open().len(), 2);
        assert_eq!(volumes.unsaved(one), sum);
        volumes.mark_saving();
        volumes.mark_saved();
        assert!(volumes.unsaved(one).is_empty());
        volumes.count(one, Timestamp(-1));
        assert_eq!(volumes.open()[0].hour, -1);
    }
}
