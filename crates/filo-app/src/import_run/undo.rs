//! Taking out what a file brought: its events go from log, lake and customers as if they had never
//! come. Whoever was there only because of them is gone; everybody else is as without them.

use std::collections::HashMap;

use filo_core::access::Right;
use filo_core::audit::{Act, Token};
use filo_core::id::{CustomerId, ImportId};
use filo_store::import_run::{self, ImportRow, ImportState};

use super::counts::Counts;
use super::people::{self, Touched};
use super::starting::at_rest;
use super::{Parameters, standing_of};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};
use crate::job::{Ending, JobKind, Work, parameters};
use crate::removal::Removal;

/// New people who are looked at one by one for a preview; of more only the numbers are told.
const LOOKED_AT_MOST: usize = 2_000;
const STEP: &str = "removing";

/// What taking a run out would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoPreview {
    /// What the run had counted.
    pub counts: Counts,
    /// New people of whom more is known by now: they stay, with what is not of this run.
    pub staying: u64,
    /// Not all new people were looked at.
    pub is_partial: bool,
}

impl App {
    /// What taking out would do.
    ///
    /// # Errors
    /// If the actor may not import, or there is nothing to take out.
    pub async fn preview_undo(&self, actor: &Actor, id: ImportId) -> Result<UndoPreview> {
        actor.must(Right::ImportPeople)?;
        let row = self.import_row(id).await?;
        undoable(&row)?;
        let counts = standing_of(self, &row)?.settled;
        let mut preview = UndoPreview {
            staying: 0,
            is_partial: row.file_gone_at.is_some(),
            counts,
        };
        let records = self.touched(id).await?;
        preview.is_partial |= records.len() > LOOKED_AT_MOST;
        // Several rows may be about one person, each under another identifier.
        let mut brought: HashMap<CustomerId, (bool, u64, u64)> = HashMap::new();
        for record in records.into_iter().take(LOOKED_AT_MOST) {
            let person = self.customer(CustomerId::from(record.node)).await?;
            let Some(person) = person else { continue };
            let all = person.profile.counters.total();
            let about = brought.entry(person.id).or_insert((false, 0, all));
            about.0 |= record.is_new;
            about.1 += u64::from(record.events);
        }
        let more = |(is_new, own, all): &&(bool, u64, u64)| *is_new && all > own;
        let staying = brought.values().filter(more).count();
        preview.staying = u64::try_from(staying).unwrap_or(u64::MAX);
        Ok(preview)
    }

    async fn touched(&self, id: ImportId) -> Result<Vec<Touched>> {
        let folder = self.config().imports.clone();
        let read = move || people::read(&folder, id, 0, LOOKED_AT_MOST + 1);
        let page = tokio::task::spawn_blocking(read).await;
        Ok(page
            .map_err(anyhow::Error::from)?
            .map_err(anyhow::Error::from)?)
    }

    /// Begins to take out what a file brought.
    ///
    /// # Errors
    /// If the actor may not import, or there is nothing to take out.
    pub async fn undo_import(&self, actor: &Actor, id: ImportId) -> Result<ImportRow> {
        actor.must(Right::ImportPeople)?;
        let mut tx = self.shared().db.begin().await?;
        let mut row = at_rest(&mut tx, id).await?;
        undoable(&row)?;
        let parameters = Parameters { import: id };
        let job = self.add_job(&mut tx, actor, JobKind::ImportUndo, &parameters);
        row.job = Some(job.await?);
        row.state = ImportState::Undoing;
        row.failure = None;
        row.undone_by = Some(actor.name.clone());
        import_run::save(&mut tx, &row).await?;
        let events = Token::number(standing_of(self, &row)?.settled.events);
        let entry = actor.did(Act::ImportUndone, self.now()).about(id);
        record(&mut tx, &entry.with("events", events)).await?;
        self.commit_job(tx).await?;
        Ok(row)
    }
}

fn undoable(row: &ImportRow) -> Result<()> {
    let is_over = matches!(
        row.state,
        ImportState::Done | ImportState::Cancelled | ImportState::Failed
    );
    if is_over && row.received_at.is_some() {
        return Ok(());
    }
    let why = match row.state {
        ImportState::Undone => "it was taken out already",
        ImportState::Running => "it is being brought in: stop it first",
        ImportState::Undoing => "it is being taken out",
        _ => "nothing was brought in",
    };
    Err(Error::Conflict(why.to_owned()))
}

/// The job.
pub(crate) async fn take_out(work: &Work) -> Result<Ending> {
    let Parameters { import } = parameters(&work.row)?;
    let app = &work.app;
    let row = app.import_row(import).await?;
    let (Some(source), Some(received_at)) = (row.source, row.received_at) else {
        return Err(Error::Conflict("nothing was brought in".to_owned()));
    };
    work.advance(STEP, 0, 0);
    let removed = app
        .remove(Removal::Run {
            source,
            received_at,
        })
        .await;
    let now = app.now();
    match removed {
        Ok(_) => {
            let by = row.undone_by.as_deref().unwrap_or_default();
            app.lift_suppressed(import, by).await?;
            let undone = |row: &mut ImportRow| {
                row.state = ImportState::Undone;
                row.undone_at = Some(now);
            };
            app.change_import(import, undone).await?;
            Ok(Ending::Done)
        }
        Err(error) => {
            let told = error.to_string();
            let failed = |row: &mut ImportRow| {
                row.state = ImportState::Failed;
                row.failure = Some(told);
            };
            app.change_import(import, failed).await?;
            Err(error)
        }
    }
}
