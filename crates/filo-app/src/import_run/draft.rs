//! A file that has arrived: what it is, and what its columns mean.

use std::path::PathBuf;

use filo_core::access::Right;
use filo_core::id::ImportId;
use filo_store::import_run::{self, ImportRow, ImportState};

use super::folder::{self, Part};
use super::starting::at_rest;
use super::upload::Upload;
use crate::actor::Actor;
use crate::app::App;
use crate::error::{Error, Result};
use crate::import::{Inspection, Plan, inspect};

/// Looks at a file on a thread of its own.
pub(super) async fn look(file: PathBuf, name: String) -> Result<Inspection> {
    tokio::task::spawn_blocking(move || inspect(&file, &name))
        .await
        .map_err(anyhow::Error::from)?
}

impl App {
    /// Takes a file that has arrived whole, and looks at it. Its columns are taken as those of
    /// the import `like`, if one is named; else as last time for the same columns; else as they
    /// are guessed.
    ///
    /// # Errors
    /// If the actor may not import, or the file is no table that can be read.
    pub async fn finish_upload(
        &self,
        actor: &Actor,
        mut upload: Upload,
        like: Option<ImportId>,
    ) -> Result<ImportRow> {
        actor.must(Right::ImportPeople)?;
        let hash = upload.hash();
        let file = upload.keep().await?;
        let seen = look(file, upload.name.clone()).await?;
        folder::write(&self.config().imports, upload.id, Part::Seen, &seen)?;
        let like = match like {
            Some(like) => Some(plan_of(&self.import_row(like).await?)?),
            None => None,
        };
        let mut tx = self.shared().db.begin().await?;
        let known = import_run::plan_of(&mut tx, &seen.fingerprint).await?;
        // A plan that this program does not know any more is guessed anew.
        let known = known.and_then(|(text, _)| serde_json::from_str::<Plan>(&text).ok());
        let plan = match (like, known) {
            (Some(like), _) => like.carried_over(&seen.plan),
            (None, Some(known)) => known.carried_over(&seen.plan),
            (None, None) => seen.plan,
        };
        let row = ImportRow {
            id: upload.id,
            file_name: upload.name.clone(),
            file_hash: hash,
            file_bytes: i64::try_from(upload.bytes).unwrap_or(i64::MAX),
            fingerprint: seen.fingerprint,
            subject: plan.subject.word().to_owned(),
            plan: serde_json::to_string(&plan).map_err(anyhow::Error::from)?,
            state: ImportState::Draft,
            job: None,
            trial: None,
            counts: None,
            failure: None,
            received_at: None,
            source: None,
            generation: 0,
            actor: actor.name.clone(),
            created_at: self.now(),
            begun_at: None,
            ended_at: None,
            undone_at: None,
            undone_by: None,
            file_gone_at: None,
        };
        import_run::insert(&mut tx, &row).await?;
        tx.commit().await?;
        upload.stay();
        tracing::info!(import = %row.id, bytes = row.file_bytes, "a file to import has arrived");
        Ok(row)
    }

    /// Says what the columns of a file mean. What a dry run said before is forgotten.
    ///
    /// # Errors
    /// If the actor may not import, the plan cannot work, or the file was brought in already.
    pub async fn plan_import(&self, actor: &Actor, id: ImportId, plan: Plan) -> Result<ImportRow> {
        actor.must(Right::ImportPeople)?;
        let plan = plan.checked()?;
        let before = self.import_row(id).await?;
        let seen = self.inspected(&before).await?;
        if !plan.fits(&seen.headers()) {
            return Err(Error::invalid(
                "columns",
                "must be those of the file, in its order and with its headers",
            ));
        }
        let mut tx = self.shared().db.begin().await?;
        let mut row = at_rest(&mut tx, id).await?;
        if !matches!(row.state, ImportState::Draft | ImportState::Tried) {
            return Err(Error::Conflict(
                "this file was brought in already".to_owned(),
            ));
        }
        row.subject = plan.subject.word().to_owned();
        row.plan = serde_json::to_string(&plan).map_err(anyhow::Error::from)?;
        row.state = ImportState::Draft;
        row.trial = None;
        row.failure = None;
        import_run::save(&mut tx, &row).await?;
        tx.commit().await?;
        Ok(row)
    }
}

fn plan_of(row: &ImportRow) -> Result<Plan> {
    Ok(serde_json::from_str(&row.plan).map_err(anyhow::Error::from)?)
}
