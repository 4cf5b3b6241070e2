//! How often somebody may try a password, a code or a link.
//!
//! **Invariant:** nobody is locked out: after a pause that is always short the next try counts,
//! and memory stays under a fixed number of entries whatever is tried.

use ahash::HashMap;
use filo_core::time::Timestamp;
use parking_lot::Mutex;

/// Entries that are remembered; each is a hash and a time.
const ENTRIES_MOST: usize = 20_000;
const SECOND: i64 = 1_000_000;

/// Tries at once, and the seconds after which one more is free.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    pub(crate) burst: i64,
    pub(crate) every_s: i64,
}

/// When each key has paid for its tries (the generic cell rate algorithm of ATM Forum TM 4.0).
#[derive(Debug, Default)]
pub(crate) struct Throttle(Mutex<HashMap<[u8; 32], i64>>);

impl Throttle {
    /// Counts a try.
    ///
    /// # Errors
    /// The seconds until one is free.
    pub(crate) fn admit(&self, key: &str, pace: Pace, now: Timestamp) -> Result<(), u32> {
        let key = *blake3::hash(key.as_bytes()).as_bytes();
        let mut paid = self.0.lock();
        if paid.len() >= ENTRIES_MOST && !paid.contains_key(&key) {
            paid.retain(|_, until| *until > now.0);
            if paid.len() >= ENTRIES_MOST {
                return Err(1);
            }
        }
        let every = pace.every_s * SECOND;
        let until = paid.get(&key).copied().unwrap_or(now.0).max(now.0);
        let ahead = until - now.0;
        let allowed = (pace.burst - 1) * every;
        if ahead > allowed {
            let wait_s = (ahead - allowed + SECOND - 1) / SECOND;
            return Err(u32::try_from(wait_s).unwrap_or(u32::MAX));
        }
        paid.insert(key, until + every);
        Ok(())
    }

    /// Forgets the tries of a key: it was the right person.
    pub(crate) fn forgive(&self, key: &str) {
        self.0
            .lock()
            .remove(blake3::hash(key.as_bytes()).as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACE: Pace = Pace {
        burst: 3,
        every_s: 10,
    };

    #[test]
    fn tries_are_slowed_and_never_stopped() {
        let throttle = Throttle::default();
        let at = |seconds: i64| Timestamp::from_seconds(1_000 + seconds);
        for _ in 0..3 {
            assert_eq!(throttle.admit("a", PACE, at(0)), Ok(()));
        }
        assert_eq!(throttle.admit("a", PACE, at(0)), Err(10));
        assert_eq!(throttle.admit("a", PACE, at(4)), Err(6));
        assert_eq!(throttle.admit("b", PACE, at(4)), Ok(()), "another key");
        assert_eq!(throttle.admit("a", PACE, at(10)), Ok(()));
        throttle.forgive("a");
        assert_eq!(throttle.admit("a", PACE, at(10)), Ok(()));
    }

    #[test]
    fn memory_is_bounded_and_recovers() {
        let throttle = Throttle::default();
        let now = Timestamp::from_seconds(1_000);
        for number in 0..ENTRIES_MOST + 500 {
            let _ = throttle.admit(&number.to_string(), PACE, now);
        }
        assert!(throttle.0.lock().len() <= ENTRIES_MOST);
        assert_eq!(throttle.admit("late", PACE, now), Err(1));
        assert_eq!(throttle.admit("late", PACE, now.plus_seconds(60)), Ok(()));
    }
}
