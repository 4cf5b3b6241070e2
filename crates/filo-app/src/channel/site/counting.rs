//! How often pages ask: a public key in wrong hands must not cost more than a busy site does.

use std::collections::HashMap;

use filo_core::id::SourceId;
use filo_core::time::Timestamp;
use parking_lot::Mutex;

use crate::app::App;
use crate::error::{Error, Result};

/// Questions of one source in a minute: a hundred pages a second.
const IN_A_MINUTE_MOST: u32 = 6_000;
const MINUTE_US: i64 = 60_000_000;

/// What each source has asked in the minute that runs.
#[derive(Debug, Default)]
pub(crate) struct Visits(Mutex<HashMap<SourceId, (i64, u32)>>);

impl Visits {
    /// Counts a question; says in how many seconds there is room again, if there is none.
    fn count(&self, source: SourceId, now: Timestamp) -> std::result::Result<(), u32> {
        let minute = now.0.div_euclid(MINUTE_US);
        let mut all = self.0.lock();
        let (known, count) = all.entry(source).or_insert((minute, 0));
        if *known != minute {
            (*known, *count) = (minute, 0);
        }
        if *count >= IN_A_MINUTE_MOST {
            let left = (minute + 1) * MINUTE_US - now.0;
            return Err(u32::try_from(left / 1_000_000 + 1).unwrap_or(60));
        }
        *count += 1;
        Ok(())
    }
}

impl App {
    /// Counts that a page of a source asks what it has to show.
    ///
    /// # Errors
    /// If its pages ask too often.
    pub fn count_visit(&self, source: SourceId) -> Result<()> {
        let counted = self.shared().visits.count(source, self.now());
        counted.map_err(|retry_after_s| Error::TooOften { retry_after_s })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_has_room_for_so_many_of_each_source() {
        let visits = Visits::default();
        let at = Timestamp(10 * MINUTE_US + 15_000_000);
        for _ in 0..IN_A_MINUTE_MOST {
            assert_eq!(visits.count(SourceId(1), at), Ok(()));
        }
        assert_eq!(visits.count(SourceId(1), at), Err(46));
        assert_eq!(visits.count(SourceId(2), at), Ok(()));
        let next = Timestamp(11 * MINUTE_US);
        assert_eq!(visits.count(SourceId(1), next), Ok(()));
    }
}
