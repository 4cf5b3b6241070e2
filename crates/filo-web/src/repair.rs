//! Repairing what is in quarantine: the mended text is read as the sender would have sent it,
//! taken in, and the quarantined one closed.
//!
//! **Invariant:** nothing is closed as repaired unless every event of it is on disk; the same
//! text sent twice is the same events.

use filo_app::{Actor, App, Error};
use filo_core::event::Trust;
use filo_core::id::{QuarantineId, SourceId};
use filo_core::intake::Defect;

use crate::ingest;

/// What came of a repair.
#[derive(Debug)]
pub(crate) enum Repair {
    /// So many events were taken in.
    Done(usize),
    /// The text still has defects; nothing was taken.
    Defective(Vec<Defect>),
}

/// Takes the mended text of a quarantined request in.
pub(crate) async fn repair(
    app: &App,
    actor: &Actor,
    id: QuarantineId,
    body: &str,
) -> filo_app::Result<Repair> {
    actor.must(filo_core::access::Right::RepairQuarantine)?;
    let row = app
        .quarantined_one(id)
        .await?
        .ok_or(Error::Missing("quarantined event"))?;
    if row.status.word() != "open" {
        return Err(Error::Conflict("it is not open any more".to_owned()));
    }
    let source = row.source.ok_or_else(|| {
        Error::Conflict("nobody knows who sent it, so it can only be discarded".to_owned())
    })?;
    let trust = trust_of(app, source).await?;
    let mut events = Vec::new();
    let mut defects = Vec::new();
    for parsed in ingest::reparse(app, source, trust, body, row.received_at) {
        match parsed {
            Ok(event) => events.push(event),
            Err(defect) => defects.push(defect),
        }
    }
    if !defects.is_empty() {
        return Ok(Repair::Defective(defects));
    }
    if events.is_empty() {
        return Err(Error::invalid("body", "there is no event in it"));
    }
    let count = events.len();
    app.accept(app.admit(body.len())?, events).await?;
    app.close_quarantined(actor, id, true).await?;
    Ok(Repair::Done(count))
}

/// As far as the source's key is believed, ended or not.
async fn trust_of(app: &App, source: SourceId) -> filo_app::Result<Trust> {
    let keys = app.keys().await?;
    let is_secret = keys
        .iter()
        .any(|key| key.source == Some(source) && key.kind == "secret");
    Ok(if is_secret {
        Trust::Verified
    } else {
        Trust::Claimed
    })
}
