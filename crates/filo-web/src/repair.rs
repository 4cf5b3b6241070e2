//! Repairing what is in quarantine: the mended text is read as the sender would have sent it,
//! taken in, and the quarantined one closed.
//!
//! **Invariant:** nothing is closed as repaired unless every event of it is on disk; the same
//! text sent twice is the same events.

use filo_app::{Actor, App, Discarded, Error, Kin, QuarantineRow, QuarantineStatus};
use filo_core::access::Right;
use filo_core::event::Trust;
use filo_core::id::{QuarantineId, SourceId};
use filo_core::intake::Defect;

use crate::ingest;
use crate::mend::Mend;

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
    actor.must(Right::RepairQuarantine)?;
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

/// Rows of quarantine mended together: one commit of the log, one of the tables.
const ROWS: usize = 200;
/// Rows of one request: seconds at most. What is left is mended by asking again.
const ROWS_MOST: usize = 2_000;
/// Rows that a preview shows.
const TRIALS: usize = 3;

/// What a mend would make of one quarantined text.
#[derive(Debug)]
pub(crate) struct Trial {
    pub(crate) before: String,
    pub(crate) after: String,
    /// What would still be wrong; nothing if it could be taken in.
    pub(crate) defects: Vec<Defect>,
}

/// What came of mending many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ManyRepaired {
    /// So many were taken in.
    pub(crate) repaired: usize,
    /// So many are still wrong and stay.
    pub(crate) left: usize,
    /// There were more than one request mends.
    pub(crate) more: bool,
}

/// Tries a mend on the newest of a kind. Nothing changes.
pub(crate) async fn try_out(app: &App, kin: &Kin, mend: &Mend) -> filo_app::Result<Vec<Trial>> {
    let source = known_source(kin)?;
    let trust = trust_of(app, source).await?;
    let rows = app.quarantined_kin(kin, None, TRIALS).await?;
    let trial = |row: &QuarantineRow| {
        let before = String::from_utf8_lossy(&row.body).into_owned();
        let after = mend.apply(&before).into_owned();
        let parsed = ingest::reparse(app, source, trust, &after, row.received_at);
        let defects = parsed.into_iter().filter_map(Result::err).collect();
        Trial {
            before,
            after,
            defects,
        }
    };
    Ok(rows.iter().map(trial).collect())
}

/// Mends all of a kind in the same way and takes in what is right then.
pub(crate) async fn repair_all(
    app: &App,
    actor: &Actor,
    kin: &Kin,
    mend: &Mend,
) -> filo_app::Result<ManyRepaired> {
    actor.must(Right::RepairQuarantine)?;
    let source = known_source(kin)?;
    let trust = trust_of(app, source).await?;
    let mut told = ManyRepaired::default();
    let mut behind = None;
    for _ in 0..ROWS_MOST / ROWS {
        let rows = app.quarantined_kin(kin, behind, ROWS).await?;
        behind = rows.last().map(QuarantineRow::cursor);
        let (mut events, mut ids, mut bytes) = (Vec::new(), Vec::new(), 0);
        for row in &rows {
            let text = String::from_utf8_lossy(&row.body);
            let text = mend.apply(&text);
            let parsed = ingest::reparse(app, source, trust, &text, row.received_at);
            match parsed.into_iter().collect::<Result<Vec<_>, _>>() {
                Ok(mut right) if !right.is_empty() => {
                    events.append(&mut right);
                    ids.push(row.id);
                    bytes += text.len();
                }
                _ => told.left += 1,
            }
        }
        if !ids.is_empty() {
            app.accept(app.admit(bytes)?, events).await?;
            let status = QuarantineStatus::Repaired;
            told.repaired += app.close_many(actor, &ids, status).await?.count;
        }
        if rows.len() < ROWS {
            return Ok(told);
        }
    }
    told.more = true;
    Ok(told)
}

/// Discards all of a kind, as many as one request does.
pub(crate) async fn discard_all(
    app: &App,
    actor: &Actor,
    kin: &Kin,
) -> filo_app::Result<Discarded> {
    let mut ids = Vec::new();
    let mut behind = None;
    for _ in 0..ROWS_MOST / ROWS {
        let rows = app.quarantined_kin(kin, behind, ROWS).await?;
        behind = rows.last().map(QuarantineRow::cursor);
        ids.extend(rows.iter().map(|row| row.id));
        if rows.len() < ROWS {
            break;
        }
    }
    app.close_many(actor, &ids, QuarantineStatus::Discarded)
        .await
}

fn known_source(kin: &Kin) -> filo_app::Result<SourceId> {
    kin.source.ok_or_else(|| {
        Error::Conflict("nobody knows who sent it, so it can only be discarded".to_owned())
    })
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
