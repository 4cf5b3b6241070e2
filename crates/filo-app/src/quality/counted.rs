//! How many people what is wrong concerns. Counting reads every finding, so where there are very
//! many the last count is kept.
//!
//! **Invariant:** what was counted quickly is counted anew for every look; only a slow count is
//! ever shown twice, and whoever looks at people counts again once they have changed.

use std::time::Duration;

use filo_store::quality::{self, Count};
use parking_lot::Mutex;
use tokio::time::Instant;

use crate::App;
use crate::error::Result;

/// Counting may take so long of the time of a page.
const QUICK: Duration = Duration::from_millis(40);
/// A slow count holds for so many times as long as it took: two seconds of work serve some minutes.
const WORTH: u32 = 400;

/// What is counted.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts {
    /// By reason.
    pub(super) reasons: Vec<Count>,
    /// By way in which they become reachable.
    pub(super) gains: Vec<Count>,
    /// People who were looked at.
    pub(super) people: i64,
    /// Values that are left as they are.
    pub(super) left: i64,
}

/// The last count, if it was slow.
#[derive(Debug, Default)]
pub(crate) struct Counted(Mutex<Last>);

#[derive(Debug, Default)]
struct Last {
    /// How often something was decided: a count that began before is not kept.
    decisions: u64,
    kept: Option<(Counts, Instant)>,
}

impl Counted {
    fn kept(&self, now: Instant) -> Option<Counts> {
        let last = self.0.lock();
        let (counts, until) = last.kept.as_ref()?;
        (now < *until).then(|| counts.clone())
    }

    fn decisions(&self) -> u64 {
        self.0.lock().decisions
    }

    /// Keeps what was counted from after so many decisions on, if it took long.
    fn keep(&self, counts: &Counts, decisions: u64, (now, took): (Instant, Duration)) {
        let mut last = self.0.lock();
        if last.decisions == decisions {
            last.kept = (took > QUICK).then(|| (counts.clone(), now + took * WORTH));
        }
    }

    /// Something was decided about findings: the next look counts.
    pub(super) fn forget(&self) {
        let mut last = self.0.lock();
        last.decisions += 1;
        last.kept = None;
    }
}

impl App {
    /// The counts, as of now or of a moment ago.
    pub(super) async fn finding_counts(&self) -> Result<Counts> {
        match self.shared().counted.kept(Instant::now()) {
            Some(counts) => Ok(counts),
            None => self.count_findings().await,
        }
    }

    /// Counts, and keeps what took long.
    pub(super) async fn count_findings(&self) -> Result<Counts> {
        let (begun, decisions) = (Instant::now(), self.shared().counted.decisions());
        let mut tx = self.shared().db.read().await?;
        let counts = Counts {
            reasons: quality::reasons(&mut tx).await?,
            gains: quality::gains(&mut tx).await?,
            people: quality::people_count(&mut tx).await?,
            left: quality::ignored(&mut tx).await?,
        };
        drop(tx);
        let now = Instant::now();
        let took = (now, now - begun);
        self.shared().counted.keep(&counts, decisions, took);
        Ok(counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quick_count_is_never_kept_and_a_slow_one_for_a_while() {
        let counted = Counted::default();
        let counts = Counts {
            people: 7,
            ..Counts::default()
        };
        let now = Instant::now();
        counted.keep(&counts, 0, (now, QUICK));
        assert!(counted.kept(now).is_none());
        let slow = QUICK * 2;
        counted.keep(&counts, 0, (now, slow));
        let until = now + slow * WORTH;
        assert_eq!(counted.kept(now).map(|it| it.people), Some(7));
        assert!(counted.kept(until).is_none());
        counted.forget();
        assert!(counted.kept(now).is_none());
        counted.keep(&counts, 0, (now, slow));
        assert!(counted.kept(now).is_none(), "it began before the decision");
        // The machine was quick again: what was kept goes.
        counted.keep(&counts, 1, (now, slow));
        assert!(counted.kept(now).is_some());
        counted.keep(&counts, 1, (now, QUICK));
        assert!(counted.kept(now).is_none());
    }
}
