//! What was read of everybody, kept for as long as the same would be read again.
//!
//! **Invariant:** what is kept counts only while nothing has happened since, or, of very many, for
//! a few minutes; never after somebody was forgotten.

use std::sync::Arc;

use filo_core::money::Currency;
use filo_core::time::Timestamp;
use parking_lot::Mutex;

use crate::app::App;

/// What was read of very many counts for so long, also where something has happened.
pub(super) const KEPT_SECONDS: i64 = 600;
/// So many are very many: reading them takes longer than anyone waits.
const MANY: usize = 100_000;

/// What was read last.
#[derive(Debug)]
pub(crate) struct Kept<T>(Mutex<Option<Known<T>>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

#[derive(Debug)]
struct Known<T> {
    stamp: Stamp,
    read_at: Timestamp,
    people: usize,
    what: Arc<T>,
}

/// What reading everybody depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    /// How far the log was applied.
    applied: i64,
    /// Where the rest lies: files change their names with what is in them.
    files: Vec<String>,
    lasting: Lasting,
    now: Timestamp,
}

/// The part of it that never changes behind somebody's back.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Lasting {
    buried: usize,
    rules: i64,
    currency: Currency,
    is_reshaping: bool,
}

impl Stamp {
    /// As things are, before anything is read.
    pub(super) fn of(app: &App) -> Self {
        let (progress, shared) = (app.progress(), app.shared());
        Self {
            applied: progress.applied,
            files: shared.lake.list().into_iter().map(|it| it.name).collect(),
            lasting: Lasting {
                buried: shared.tombstones.count(),
                rules: i64::from(app.rules().version),
                currency: app.currency(),
                is_reshaping: progress.reshaping,
            },
            now: app.now(),
        }
    }
}

impl<T> Known<T> {
    /// Whether the same would be read.
    fn holds(&self, stamp: &Stamp) -> bool {
        let is_near = is_near(self.read_at, stamp.now) && self.people >= MANY;
        let is_same = (self.stamp.applied, &self.stamp.files) == (stamp.applied, &stamp.files);
        let is_lasting = self.stamp.lasting == stamp.lasting && !stamp.lasting.is_reshaping;
        is_lasting && (is_same || is_near)
    }
}

impl<T> Kept<T> {
    /// What is kept, if it counts.
    pub(super) fn get(&self, stamp: &Stamp) -> Option<Arc<T>> {
        let known = self.0.lock();
        let known = known.as_ref().filter(|it| it.holds(stamp))?;
        Some(Arc::clone(&known.what))
    }

    /// Keeps what was read of so many people after a stamp was taken.
    pub(super) fn keep(&self, stamp: Stamp, people: usize, what: T) -> Arc<T> {
        let what = Arc::new(what);
        *self.0.lock() = Some(Known {
            read_at: stamp.now,
            stamp,
            people,
            what: Arc::clone(&what),
        });
        what
    }

    /// Lets go of what nobody has read anew for minutes.
    pub(super) fn tidy(&self, now: Timestamp) {
        let mut known = self.0.lock();
        if known.as_ref().is_some_and(|it| !is_near(it.read_at, now)) {
            *known = None;
        }
    }
}

/// Whether an instant is a few minutes old at most.
pub(super) fn is_near(at: Timestamp, now: Timestamp) -> bool {
    let age_s = now.micros_since(at).div_euclid(1_000_000);
    (0..KEPT_SECONDS).contains(&age_s)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(applied: i64, second: i64) -> Stamp {
        Stamp {
            applied,
            files: vec!["a.parquet".to_owned()],
            lasting: Lasting {
                buried: 1,
                rules: 1,
                currency: Currency::EUR,
                is_reshaping: false,
            },
            now: Timestamp::from_seconds(second),
        }
    }

    #[test]
    fn of_few_it_counts_while_nothing_happened() {
        let kept = Kept::default();
        assert_eq!(kept.get(&stamp(5, 0)), None);
        kept.keep(stamp(5, 0), MANY - 1, 'a');
        assert_eq!(kept.get(&stamp(5, 9_999)).as_deref(), Some(&'a'));
        assert_eq!(kept.get(&stamp(6, 1)), None);
        let moved = Stamp {
            files: Vec::new(),
            ..stamp(5, 1)
        };
        assert_eq!(kept.get(&moved), None);
    }

    #[test]
    fn of_very_many_it_counts_for_minutes_but_not_when_somebody_was_forgotten() {
        let kept = Kept::default();
        kept.keep(stamp(5, 0), MANY, 'a');
        let last = KEPT_SECONDS - 1;
        assert_eq!(kept.get(&stamp(6, last)).as_deref(), Some(&'a'));
        assert_eq!(kept.get(&stamp(6, last + 1)), None);
        // A clock that went back tells nothing of its age.
        assert_eq!(kept.get(&stamp(6, -1)), None);
        let mut others = [stamp(5, 1), stamp(5, 1), stamp(5, 1), stamp(5, 1)];
        others[0].lasting.buried += 1;
        others[1].lasting.rules += 1;
        others[2].lasting.currency = Currency::parse("GBP").unwrap();
        others[3].lasting.is_reshaping = true;
        for other in others {
            assert_eq!(kept.get(&other), None, "{other:?}");
        }
    }

    #[test]
    fn what_nobody_read_anew_is_let_go() {
        let kept = Kept::default();
        kept.keep(stamp(5, 0), 1, 'a');
        kept.tidy(Timestamp::from_seconds(KEPT_SECONDS - 1));
        assert!(kept.get(&stamp(5, 0)).is_some());
        kept.tidy(Timestamp::from_seconds(KEPT_SECONDS));
        assert_eq!(kept.get(&stamp(5, 0)), None);
    }
}
