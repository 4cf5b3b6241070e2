//! What is seen again and again, and written down only so often: failed logins and walks through
//! lists.
//!
//! **Invariant:** nobody can make the audit log grow faster than so many lines a minute by
//! knocking, and none of the knocks goes uncounted while Filo runs.

use std::collections::BTreeMap;

use filo_core::id::KeyId;
use filo_core::time::Timestamp;
use parking_lot::Mutex;

/// Failed logins that get a line of their own.
const FAILED_PER_MINUTE: u32 = 10;
const MINUTE_MICROS: i64 = 60_000_000;
const HOUR_MICROS: i64 = 60 * MINUTE_MICROS;
/// Keys whose walks are remembered; with more, some are written down more often.
const KEYS_MOST: usize = 10_000;

/// What was seen lately.
#[derive(Debug, Default)]
pub(crate) struct Watch(Mutex<Seen>);

#[derive(Debug, Default)]
struct Seen {
    minute: i64,
    written: u32,
    unwritten: u64,
    listings: BTreeMap<Option<KeyId>, i64>,
}

impl Watch {
    /// Whether a failed login is to be written down, and how many before it were not.
    pub(crate) fn failed_login(&self, now: Timestamp) -> Option<u64> {
        let mut seen = self.0.lock();
        let minute = now.0.div_euclid(MINUTE_MICROS);
        if seen.minute != minute {
            seen.minute = minute;
            seen.written = 0;
        }
        if seen.written == FAILED_PER_MINUTE {
            seen.unwritten += 1;
            return None;
        }
        seen.written += 1;
        Some(std::mem::take(&mut seen.unwritten))
    }

    /// Whether this is the first page of a list that a key asks for in this hour.
    pub(crate) fn is_new_listing(&self, key: Option<KeyId>, now: Timestamp) -> bool {
        let mut seen = self.0.lock();
        let hour = now.0.div_euclid(HOUR_MICROS);
        if seen.listings.len() >= KEYS_MOST {
            seen.listings.clear();
        }
        seen.listings.insert(key, hour) != Some(hour)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_failed_logins_is_counted_not_listed() {
        let watch = Watch::default();
        let begin = Timestamp::from_seconds(600);
        let written = (0..1_000).filter(|_| watch.failed_login(begin).is_some());
        assert_eq!(written.count(), 10);
        assert_eq!(watch.failed_login(begin.plus_seconds(60)), Some(990));
        assert_eq!(watch.failed_login(begin.plus_seconds(61)), Some(0));
    }

    #[test]
    fn a_walk_is_written_down_once_an_hour_for_each_key() {
        let watch = Watch::default();
        let begin = Timestamp::from_seconds(7_200);
        let new =
            |key: u128, after| watch.is_new_listing(Some(KeyId(key)), begin.plus_seconds(after));
        assert!(new(1, 0) && !new(1, 10) && new(2, 10) && new(1, 3_600));
    }
}
