//! Rehearsals: a version of a journey played over what really happened in the company, without
//! any effect, and what that comes to.
//!
//! **Invariant:** a rehearsal writes nothing but its own report. It reads what is on disk, holds
//! no lock over anybody's state, and what comes in meanwhile does not wait for it.
//! **Invariant:** of people it keeps ids alone; who they are and what they would have read is
//! worked out for whoever looks, by what that one may see.

mod costing;
mod everybody;
mod listing;
mod person;
mod running;
mod staging;
mod starting;
mod wording;

use filo_core::id::{JourneyId, RehearsalId};
use filo_core::journey::Journey;
use filo_core::time::Timestamp;
use filo_store::journey::{self, JourneyRow};
use filo_store::rehearsal::{self, RehearsalRow};
use filo_store::{Tx, job};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::journey::{document_of, draft_of};

pub use listing::{RehearsalState, RehearsalView};
pub use person::{RehearsedPerson, WordedMessage};
pub(crate) use running::play;
pub use starting::NewRehearsal;

/// How far back a rehearsal goes if nothing is said.
pub const DAYS_USUAL: u16 = 90;
/// How far back it goes at most.
pub const DAYS_MOST: u16 = 366;
/// Rehearsals of a journey that are kept, the newest.
pub const KEPT_MOST: usize = 5;

/// What was asked, as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Asked {
    /// Which published version; 0 for what is worked on.
    pub(crate) version: i64,
    /// A published version that is played beside it.
    pub(crate) beside: Option<i64>,
    /// How many days back.
    pub(crate) days: u16,
    /// When a broadcast begins; without it, with the rehearsal.
    pub(crate) broadcast_at: Option<Timestamp>,
}

impl Asked {
    fn of(row: &RehearsalRow) -> Result<Self> {
        Ok(serde_json::from_str(&row.asked).map_err(anyhow::Error::from)?)
    }
}

async fn known(tx: &mut Tx<'_>, id: RehearsalId) -> Result<RehearsalRow> {
    let row = rehearsal::get(tx, id).await?;
    row.ok_or(Error::Missing("rehearsal"))
}

/// A version of a journey, or what is worked on.
async fn version_of(tx: &mut Tx<'_>, row: &JourneyRow, version: i64) -> Result<Journey> {
    if version == 0 {
        return draft_of(row);
    }
    let versions = journey::versions(tx, row.id).await?;
    let found = versions.iter().find(|it| it.version == version);
    document_of(found.ok_or(Error::Missing("version"))?)
}

/// Whether somebody works on one of a journey.
async fn is_under_way(tx: &mut Tx<'_>, id: JourneyId) -> Result<bool> {
    for row in rehearsal::of_journey(tx, id).await? {
        let is_open = job::get(tx, row.job)
            .await?
            .is_some_and(|job| !job.state.is_over());
        if row.ended_at.is_none() && is_open {
            return Ok(true);
        }
    }
    Ok(false)
}
