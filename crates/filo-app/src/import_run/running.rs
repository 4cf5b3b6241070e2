//! Bringing a file in: weighed and appended in groups, each noted before it is appended, so that
//! a run that is cut off goes on where it was and counts nothing twice.
//!
//! **Invariant:** a group is one row of the log, so after a crash all of it is there or none; what
//! was noted as under way is appended again without being counted again.

use filo_core::audit::{Act, Entry, Party, Token};
use filo_core::time::Timestamp;
use filo_store::import_run::{self, ImportRow, ImportState};
use serde::{Deserialize, Serialize};

use super::counts::{Counts, Report};
use super::folder::{self, Part};
use super::pass::{Pass, Weighed};
use super::trial::shape;
use super::{Parameters, people, rejected};
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};
use crate::import::Row;
use crate::job::{Ending, Work, parameters};

const STEP: &str = "bringing_in";

/// How far a run is. While it is under way that stands in a file of its own: the row would have
/// to wait for the tables' one writer, which a checkpoint keeps for seconds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Standing {
    /// What is in the log for certain.
    pub(super) settled: Counts,
    /// What is, when the group under way is in the log too.
    under_way: Option<Counts>,
    /// Records in the list of people.
    people_noted: u64,
    /// Bytes of the file of rejected rows.
    rejected_bytes: u64,
}

/// How far a run is.
pub(super) fn standing_of(app: &App, row: &ImportRow) -> Result<Standing> {
    if row.state == ImportState::Running {
        let place = app.config().imports.as_path();
        if let Some(standing) = folder::read(place, row.id, Part::Standing)? {
            return Ok(standing);
        }
    }
    let stored = row.counts.as_deref();
    // What cannot be read was written by a program that is gone; the events are there anyway.
    let stored = stored.and_then(|text| serde_json::from_str(text).ok());
    Ok(stored.unwrap_or_default())
}

/// The job.
pub(crate) async fn bring_in(work: &Work) -> Result<Ending> {
    let Parameters { import } = parameters(&work.row)?;
    let app = &work.app;
    let row = app.import_row(import).await?;
    if row.state != ImportState::Running {
        // It was cut off after everything had been written down.
        return Ok(Ending::Done);
    }
    let brought = go_through(work, &row).await;
    let (state, failure) = match &brought {
        Ok(Ending::Done) => (ImportState::Done, None),
        Ok(Ending::Cancelled) => (ImportState::Cancelled, None),
        Err(error) => (ImportState::Failed, Some(error.to_string())),
    };
    app.settle().await?;
    // There may be enough buyers now to measure them.
    app.measuring().look();
    let now = app.now();
    let mut tx = app.shared().db.begin().await?;
    let found = import_run::get(&mut tx, import).await?;
    let mut row = found.ok_or(Error::Missing("import"))?;
    let standing = standing_of(app, &row)?;
    row.counts = Some(serde_json::to_string(&standing).map_err(anyhow::Error::from)?);
    row.state = state;
    row.failure = failure;
    row.ended_at = Some(now);
    import_run::save(&mut tx, &row).await?;
    let counts = standing.settled;
    let entry = Entry::new(now, Party::Filo, Act::Imported).about(import);
    let entry = entry.with("lines", Token::number(counts.rows));
    let rejected = Token::number(counts.rejected);
    record(&mut tx, &entry.with("rejected", rejected)).await?;
    tx.commit().await?;
    let place = app.config().imports.as_path();
    folder::remove(place, import, Part::Standing).map_err(anyhow::Error::from)?;
    brought
}

async fn go_through(work: &Work, row: &ImportRow) -> Result<Ending> {
    let app = &work.app;
    let seen = app.inspected(row).await?;
    let (headers, delimiter) = shape(&seen);
    let mut standing = standing_of(app, row)?;
    let place = app.config().imports.clone();
    let report: Option<Report> = folder::read(&place, row.id, Part::Report)?;
    // What the dry run showed is no example of what happened.
    let report = report.filter(|_| standing.settled.rows > 0);
    let run = app.run_of(row, row.received_at.unwrap_or_default())?;
    let settled = standing.settled.clone();
    let mut pass = Pass::new(app, run, settled, report.unwrap_or_default());
    let mut source = app.open_source(row, row.received_at.unwrap_or_default())?;
    let mut passed = 0;
    while let Some(rows) = source.next().await? {
        let group: u64 = rows.iter().map(Row::rows).sum();
        if passed + group <= standing.settled.rows {
            // They were brought in before the run was cut off.
            pass.remember(&rows);
            passed += group;
            continue;
        }
        passed += group;
        if work.is_cancelled() {
            note(app, row, &standing)?;
            return Ok(Ending::Cancelled);
        }
        let weighed = pass.weigh(rows).await?;
        match standing.under_way.take() {
            // Noted and perhaps appended before the run was cut off: it is counted already.
            Some(noted) => pass.counts = noted,
            None => note_files(app, row, &mut standing, &weighed, (&headers, delimiter))?,
        }
        standing.under_way = Some(pass.counts.clone());
        note(app, row, &standing)?;
        folder::write(&place, row.id, Part::Report, &pass.report)?;
        // First the list: after it nothing is sent, whatever becomes of the events.
        app.list_suppressed(&weighed.listed, row.id).await?;
        append(app, weighed, row.received_at).await?;
        standing.settled = pass.counts.clone();
        standing.under_way = None;
        let done = standing.settled.rows;
        work.advance(STEP, done, seen.rows.max(done));
    }
    standing.settled.orders = source.orders;
    note(app, row, &standing)?;
    Ok(Ending::Done)
}

/// What stands in files rather than in the row.
fn note_files(
    app: &App,
    row: &ImportRow,
    standing: &mut Standing,
    weighed: &Weighed,
    (headers, delimiter): (&[String], u8),
) -> Result<()> {
    let place = app.config().imports.as_path();
    people::append(place, row.id, standing.people_noted, &weighed.touched)
        .map_err(anyhow::Error::from)?;
    standing.people_noted += u64::try_from(weighed.touched.len()).unwrap_or(0);
    let is_first = standing.settled.rows == 0;
    // The dry run's file makes room for this run's.
    if is_first {
        folder::remove(place, row.id, Part::Rejected).map_err(anyhow::Error::from)?;
    }
    if !weighed.rejected.is_empty() {
        let at = (place, row.id);
        let shape = (headers, delimiter);
        let bytes = rejected::append(at, standing.rejected_bytes, shape, &weighed.rejected)?;
        standing.rejected_bytes = bytes;
    }
    Ok(())
}

fn note(app: &App, row: &ImportRow, standing: &Standing) -> Result<()> {
    let place = app.config().imports.as_path();
    Ok(folder::write_durably(
        place,
        row.id,
        Part::Standing,
        standing,
    )?)
}

/// Appends a group, and waits until it is applied: the next group is weighed against it.
async fn append(app: &App, mut weighed: Weighed, received_at: Option<Timestamp>) -> Result<()> {
    let undated_from = received_at.unwrap_or(Timestamp::MAX);
    weighed.events = app.without_forgotten(weighed.events, undated_from).await?;
    if weighed.events.is_empty() {
        return Ok(());
    }
    let seq = app.offer(weighed.events).await?;
    app.applied(seq).await
}
