//! How fast messages leave by a lane: a bucket of tokens that fills with time, halved when whoever
//! takes them says that it is too much.
//!
//! **Invariant:** within any minute a bucket lets through at most its rate and its depth
//! together, whatever the clock does; a clock that goes back fills nothing.

use crate::time::Timestamp;

/// Nobody writes faster over one account; a relay of the house may take so much.
pub const PER_MINUTE_MOST: u32 = 600_000;
/// "Too much" stops everything to this provider for so long (Gmail: ten minutes at least).
pub const BACK_OFF_S: i64 = 600;
/// After so many messages taken one after the other the rate doubles again, up to what is set.
pub const CLEAN_TO_RECOVER: u32 = 50;
/// Halvings: a 64th of the rate is as good as standing still.
pub const SLOWER_MOST: u8 = 6;
/// A bucket holds the messages of so many seconds.
const DEPTH_S: i64 = 10;
const MINUTE_US: i64 = 60_000_000;

/// The state of one lane's bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Messages in the bucket, in microseconds of the rate: one message is a minute divided by
    /// the rate.
    pub filled_us: i64,
    /// When that was.
    pub at: Timestamp,
    /// How often the rate is halved.
    pub slower: u8,
    /// Messages taken since the last trouble.
    pub clean: u32,
    /// Nothing goes before this.
    pub until: Timestamp,
}

impl Pace {
    /// A bucket that nobody has used: full, whatever one message costs.
    #[must_use]
    pub const fn new(now: Timestamp) -> Self {
        Self {
            filled_us: MINUTE_US << SLOWER_MOST,
            at: now,
            slower: 0,
            clean: 0,
            until: Timestamp::MIN,
        }
    }

    /// Takes a message out, or says in how many microseconds there will be one.
    ///
    /// # Errors
    /// The wait.
    pub fn take(self, per_minute: u32, now: Timestamp) -> Result<Self, i64> {
        if now < self.until {
            return Err(self.until.micros_since(now));
        }
        let cost = self.cost_us(per_minute);
        let filled = self.filled_at(now, cost);
        if filled < cost {
            return Err(cost - filled);
        }
        Ok(Self {
            filled_us: filled - cost,
            at: self.at.max(now),
            ..self
        })
    }

    /// After the provider said that it is too much: half the rate, and ten minutes of rest.
    #[must_use]
    pub fn slowed(self, now: Timestamp) -> Self {
        let rests = now < self.until;
        Self {
            // What was under way when the first refusal came does not halve again.
            slower: if rests {
                self.slower
            } else {
                (self.slower + 1).min(SLOWER_MOST)
            },
            clean: 0,
            until: now.plus_seconds(BACK_OFF_S),
            filled_us: 0,
            at: self.at.max(now),
        }
    }

    /// After a message was taken.
    #[must_use]
    pub const fn went_well(self) -> Self {
        if self.slower == 0 {
            return self;
        }
        let clean = self.clean + 1;
        if clean < CLEAN_TO_RECOVER {
            return Self { clean, ..self };
        }
        Self {
            slower: self.slower - 1,
            clean: 0,
            ..self
        }
    }

    /// What one message costs, in microseconds of filling: the time between two of them once the
    /// bucket is empty.
    #[must_use]
    pub fn cost_us(&self, per_minute: u32) -> i64 {
        let rate = i64::from(per_minute.clamp(1, PER_MINUTE_MOST));
        (MINUTE_US / rate) << self.slower.min(SLOWER_MOST)
    }

    fn filled_at(&self, now: Timestamp, cost: i64) -> i64 {
        let passed = now.micros_since(self.at).max(0);
        // At least one message fits, however slow.
        let depth = (DEPTH_S * 1_000_000).max(cost);
        self.filled_us.saturating_add(passed).min(depth)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const START: Timestamp = Timestamp(1_791_367_200_000_000);

    #[test]
    fn too_much_halves_and_rests_and_fifty_clean_ones_recover() {
        let slow = Pace::new(START).slowed(START);
        assert_eq!(slow.slower, 1);
        assert_eq!(slow.slowed(START.plus_seconds(1)).slower, 1, "the same one");
        assert_eq!(slow.take(60, START), Err(BACK_OFF_S * 1_000_000));
        let later = START.plus_seconds(BACK_OFF_S);
        let mut pace = slow.take(60, later).unwrap();
        assert_eq!(pace.cost_us(60), 2_000_000, "half of one a second");
        for _ in 0..CLEAN_TO_RECOVER {
            pace = pace.went_well();
        }
        assert_eq!((pace.slower, pace.cost_us(60)), (0, 1_000_000));
    }

    #[test]
    fn a_quiet_hour_saves_up_no_more_than_the_depth() {
        let mut pace = Pace::new(START);
        let later = START.plus_seconds(3_600);
        let mut sent = 0;
        while let Ok(next) = pace.take(60, later) {
            pace = next;
            sent += 1;
        }
        assert_eq!(sent, DEPTH_S);
    }

    #[test]
    fn the_first_message_goes_at_once_however_slow_it_is_after() {
        let pace = Pace::new(START).take(1, START).unwrap();
        assert_eq!(pace.take(1, START), Err(MINUTE_US));
    }

    proptest! {
        #[test]
        fn never_more_than_rate_and_depth(
            per_minute in 1u32..600,
            steps in proptest::collection::vec(-5_000_000i64..5_000_000, 1..400),
        ) {
            let mut pace = Pace::new(START);
            let (mut now, mut latest, mut sent) = (START, START, 0i64);
            for step in steps {
                now = now.plus_micros(step);
                latest = latest.max(now);
                while let Ok(next) = pace.take(per_minute, now) {
                    pace = next;
                    sent += 1;
                }
            }
            let passed = latest.micros_since(START);
            let cost = MINUTE_US / i64::from(per_minute);
            // However slow, one message fits.
            let most = (passed + cost.max(DEPTH_S * 1_000_000)) / cost;
            prop_assert!(sent <= most, "{sent} of {most}");
        }

        #[test]
        fn a_wait_is_enough(per_minute in 1u32..600, slower in 0u8..7) {
            let pace = Pace { filled_us: 0, slower, ..Pace::new(START) };
            let wait = pace.take(per_minute, START).unwrap_err();
            prop_assert!(pace.take(per_minute, START.plus_micros(wait)).is_ok());
            prop_assert!(pace.take(per_minute, START.plus_micros(wait - 1)).is_err());
        }
    }
}
