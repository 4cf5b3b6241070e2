//! Journeys by the calendar: when they come round next, and what became of what came round.

use filo_core::id::JourneyId;
use filo_core::journey::{Journey, Trigger};
use filo_core::time::Timestamp;
use filo_store::Tx;
use filo_store::journey::occurrence::{self, OccurrenceRow};

use crate::app::App;
use crate::error::Result;

/// Occurrences that are told before they come.
const NEXT_TOLD: usize = 5;
/// Occurrences that are told afterwards.
const PAST_TOLD: u32 = 20;

/// What the calendar says of a journey.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    /// When it comes round next.
    pub next: Vec<Timestamp>,
    /// What came round, the newest first.
    pub occurrences: Vec<OccurrenceRow>,
}

impl App {
    /// When a journey comes round next; nothing of one that is not by the calendar, or whose rule
    /// is none.
    #[must_use]
    pub fn next_occurrences(&self, journey: &Journey) -> Vec<Timestamp> {
        let Trigger::Schedule(schedule) = &journey.trigger else {
            return Vec::new();
        };
        let zone = self.zone();
        let Ok(table) = schedule.timetable() else {
            return Vec::new();
        };
        table.after(self.now(), &zone).take(NEXT_TOLD).collect()
    }

    pub(super) async fn calendar(
        &self,
        tx: &mut Tx<'_>,
        id: JourneyId,
        runs: &Journey,
    ) -> Result<Calendar> {
        Ok(Calendar {
            next: self.next_occurrences(runs),
            occurrences: occurrence::newest(tx, id, PAST_TOLD).await?,
        })
    }
}
