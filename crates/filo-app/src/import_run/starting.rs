//! From a draft to a dry run, and from there to bringing it in; stopping, and throwing away.

use filo_core::access::Right;
use filo_core::audit::Act;
use filo_core::id::ImportId;
use filo_core::time::Timestamp;
use filo_store::Tx;
use filo_store::import_run::{self, ImportRow, ImportState};
use filo_store::job;

use super::draft::plan_of;
use super::{Parameters, folder};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::record;
use crate::error::{Error, Result};
use crate::job::JobKind;

/// The source that imports write as: always the same, so that the same row is one event.
const SOURCE_NAME: &str = "Import";

impl App {
    /// Begins a dry run: the file is read to its end and nothing is written.
    ///
    /// # Errors
    /// If the actor may not import, there is no such file, or something else is done with it.
    pub async fn try_import(&self, actor: &Actor, id: ImportId) -> Result<ImportRow> {
        actor.must(Right::ImportPeople)?;
        let source = self.own_source(SOURCE_NAME).await?;
        let mut tx = self.shared().db.begin().await?;
        let mut row = at_rest(&mut tx, id).await?;
        if !matches!(row.state, ImportState::Draft | ImportState::Tried) {
            return Err(over(&row));
        }
        self.file_of(&row)?;
        let job = self
            .add_job(
                &mut tx,
                actor,
                JobKind::ImportTrial,
                &Parameters { import: id },
            )
            .await?;
        row.source = Some(source);
        row.generation = generation(&mut tx, &row).await?;
        row.state = ImportState::Trying;
        row.job = Some(job);
        row.trial = None;
        row.failure = None;
        import_run::save(&mut tx, &row).await?;
        self.commit_job(tx).await?;
        Ok(row)
    }

    /// Begins to bring a file in. It may have been tried before or not.
    ///
    /// # Errors
    /// If the actor may not import, there is no such file, or it was brought in already.
    pub async fn start_import(&self, actor: &Actor, id: ImportId) -> Result<ImportRow> {
        actor.must(Right::ImportPeople)?;
        let plan = plan_of(&self.import_row(id).await?)?;
        self.list_of_plan_stands(&plan).await?;
        let source = self.own_source(SOURCE_NAME).await?;
        let mut tx = self.shared().db.begin().await?;
        let mut row = at_rest(&mut tx, id).await?;
        if !matches!(row.state, ImportState::Draft | ImportState::Tried) {
            return Err(over(&row));
        }
        self.file_of(&row)?;
        let now = self.now();
        row.generation = generation(&mut tx, &row).await?;
        row.received_at = Some(free_mark(&mut tx, now).await?);
        row.source = Some(source);
        row.begun_at = Some(now);
        row.state = ImportState::Running;
        row.failure = None;
        let parameters = Parameters { import: id };
        let job = self.add_job(&mut tx, actor, JobKind::Import, &parameters);
        row.job = Some(job.await?);
        import_run::save(&mut tx, &row).await?;
        let by = (actor.name.as_str(), now);
        import_run::remember_plan(&mut tx, &row.fingerprint, &row.plan, by).await?;
        let begun = actor.did(Act::ImportBegun, now).about(id);
        record(&mut tx, &begun).await?;
        self.commit_job(tx).await?;
        Ok(row)
    }

    /// Asks what is done with a file to stop. What was brought in by then stays, until it is
    /// taken out.
    ///
    /// # Errors
    /// If the actor may not import, or nothing is being done.
    pub async fn cancel_import(&self, actor: &Actor, id: ImportId) -> Result<()> {
        actor.must(Right::ImportPeople)?;
        let row = self.import_row(id).await?;
        let stops = matches!(row.state, ImportState::Trying | ImportState::Running);
        match row.job.filter(|_| stops) {
            Some(job) => self.cancel_job(job).await.map(drop),
            None => Err(Error::Conflict("there is nothing to stop".to_owned())),
        }
    }

    /// Throws away a file that was not brought in.
    ///
    /// # Errors
    /// If the actor may not import, or it was brought in.
    pub async fn discard_import(&self, actor: &Actor, id: ImportId) -> Result<()> {
        actor.must(Right::ImportPeople)?;
        let mut tx = self.shared().db.begin().await?;
        let row = at_rest(&mut tx, id).await?;
        if row.received_at.is_some() {
            return Err(over(&row));
        }
        import_run::remove(&mut tx, id).await?;
        tx.commit().await?;
        folder::remove_all(&self.config().imports, id).map_err(anyhow::Error::from)?;
        Ok(())
    }
}

/// A row on which no job works.
pub(super) async fn at_rest(tx: &mut Tx<'_>, id: ImportId) -> Result<ImportRow> {
    let mut row = found(tx, id).await?;
    if row.state.is_busy() {
        if !is_left_alone(tx, &row).await? {
            return Err(Error::Conflict(
                "something is being done with this file: wait for it, or stop it".to_owned(),
            ));
        }
        // The job may have said so in the row between the two looks.
        row = found(tx, id).await?;
        row.state = state_at_rest(row.state);
    }
    Ok(row)
}

async fn found(tx: &mut Tx<'_>, id: ImportId) -> Result<ImportRow> {
    let found = import_run::get(tx, id).await?;
    found.ok_or(Error::Missing("import"))
}

/// Whether the job on a row is over without having said so in the row: the disk was full, or the
/// tables could not be reached, at just that moment.
pub(super) async fn is_left_alone(tx: &mut Tx<'_>, row: &ImportRow) -> Result<bool> {
    let Some(id) = row.job else { return Ok(true) };
    let job = job::get(tx, id).await?;
    Ok(job.is_none_or(|job| job.state.is_over()))
}

/// What a state is when nobody works on it.
pub(super) const fn state_at_rest(state: ImportState) -> ImportState {
    match state {
        ImportState::Trying => ImportState::Draft,
        ImportState::Running | ImportState::Undoing => ImportState::Failed,
        other => other,
    }
}

/// How often the same file was taken out again: its events are others then.
async fn generation(tx: &mut Tx<'_>, row: &ImportRow) -> Result<i64> {
    let same = import_run::of_hash(tx, &row.file_hash).await?;
    let undone = same.iter().filter(|it| it.undone_at.is_some()).count();
    Ok(i64::try_from(undone).unwrap_or(i64::MAX))
}

fn over(row: &ImportRow) -> Error {
    let why = match row.state {
        ImportState::Undone => "this file was taken out again: bring it once more",
        _ => "this file was brought in already: bring it once more to do it again",
    };
    Error::Conflict(why.to_owned())
}

/// A moment that marks no other run.
async fn free_mark(tx: &mut Tx<'_>, now: Timestamp) -> Result<Timestamp> {
    let mut at = now;
    while import_run::has_received_at(tx, at).await? {
        at = Timestamp(at.0 + 1);
    }
    Ok(at)
}
