//! The dry run: the whole file is read and weighed, and nothing is written but numbers and
//! examples.

use filo_core::time::Timestamp;
use filo_store::import_run::{ImportRow, ImportState};

use super::counts::{Counts, Report};
use super::folder::{self, Part};
use super::pass::Pass;
use super::source::Source;
use super::{Parameters, rejected};
use crate::app::App;
use crate::error::Result;
use crate::import::{Inspection, Plan, Run};
use crate::job::{Ending, Work, parameters};

const STEP: &str = "trying";

/// The job.
pub(crate) async fn try_out(work: &Work) -> Result<Ending> {
    let Parameters { import } = parameters(&work.row)?;
    let app = &work.app;
    let row = app.import_row(import).await?;
    let tried = weigh_all(work, &row).await;
    let (state, trial, failure) = match &tried {
        Ok(Some(counts)) => {
            let text = serde_json::to_string(counts).map_err(anyhow::Error::from)?;
            (ImportState::Tried, Some(text), None)
        }
        Ok(None) => (ImportState::Draft, None, None),
        Err(error) => (ImportState::Draft, None, Some(error.to_string())),
    };
    app.change_import(import, |row| {
        row.state = state;
        row.trial = trial;
        row.failure = failure;
    })
    .await?;
    Ok(match tried? {
        Some(_) => Ending::Done,
        None => Ending::Cancelled,
    })
}

/// Counts of the whole file; none if it was stopped.
async fn weigh_all(work: &Work, row: &ImportRow) -> Result<Option<Counts>> {
    let app = &work.app;
    let seen = app.inspected(row).await?;
    let now = app.now();
    let mut source = app.open_source(row, now)?;
    let run = app.run_of(row, now)?;
    let mut pass = Pass::new(app, run, Counts::default(), Report::default());
    let (headers, delimiter) = shape(&seen);
    let mut rejected_bytes = 0;
    let place = app.config().imports.clone();
    folder::remove(&place, row.id, Part::Rejected).map_err(anyhow::Error::from)?;
    work.advance(STEP, 0, seen.rows);
    while let Some(rows) = source.next().await? {
        if work.is_cancelled() {
            return Ok(None);
        }
        let weighed = pass.weigh(rows).await?;
        if !weighed.rejected.is_empty() {
            let at = (place.as_path(), row.id);
            rejected_bytes =
                rejected::append(at, rejected_bytes, (&headers, delimiter), &weighed.rejected)?;
        }
        let done = pass.counts.rows;
        work.advance(STEP, done, seen.rows.max(done));
    }
    folder::write(&place, row.id, Part::Report, &pass.report)?;
    pass.counts.orders = source.orders;
    Ok(Some(pass.counts))
}

/// Headers and delimiter, as the file of rejected rows repeats them.
pub(super) fn shape(seen: &Inspection) -> (Vec<String>, u8) {
    let delimiter = seen.delimiter.bytes().next().unwrap_or(b',');
    (seen.headers(), delimiter)
}

impl App {
    /// What was recognised in the file of an import.
    pub(super) async fn inspected(&self, row: &ImportRow) -> Result<Inspection> {
        let (place, id) = (self.config().imports.clone(), row.id);
        let read = move || folder::read::<Inspection>(&place, id, Part::Seen);
        let seen = tokio::task::spawn_blocking(read).await;
        let seen = seen.map_err(anyhow::Error::from)??;
        match seen {
            Some(seen) => Ok(seen),
            // It was lost with another disk: the file itself says it again.
            None => {
                let plan: Plan = serde_json::from_str(&row.plan).map_err(anyhow::Error::from)?;
                let subject = Some(plan.subject);
                super::draft::look(self.file_of(row)?, row.file_name.clone(), subject).await
            }
        }
    }

    /// The rows of an import's file.
    pub(super) fn open_source(&self, row: &ImportRow, mark: Timestamp) -> Result<Source> {
        let plan: Plan = serde_json::from_str(&row.plan).map_err(anyhow::Error::from)?;
        let run = self.run_of(row, mark)?;
        Ok(Source::open(self.file_of(row)?, plan, run))
    }

    /// What all rows of a run have in common.
    pub(super) fn run_of(&self, row: &ImportRow, mark: Timestamp) -> Result<Run> {
        let plan: Plan = serde_json::from_str(&row.plan).map_err(anyhow::Error::from)?;
        Ok(Run {
            key: self.key(),
            // Before it is brought in for the first time there is no source: nothing is known.
            source: row.source.unwrap_or(filo_core::id::SourceId(u32::MAX)),
            received_at: row.received_at.unwrap_or(mark),
            generation: row.generation,
            rules: self.rules(),
            list: plan.list().map(|list| (list, row.id)),
        })
    }
}
