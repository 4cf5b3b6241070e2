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
use crate::import::{Inspection, Plan, Subject, inspect};

/// Looks at a file on a thread of its own.
pub(super) async fn look(
    file: PathBuf,
    name: String,
    subject: Option<Subject>,
) -> Result<Inspection> {
    tokio::task::spawn_blocking(move || inspect(&file, &name, subject))
        .await
        .map_err(anyhow::Error::from)?
}

impl App {
    /// Takes a file that has arrived whole, and looks at it. Its columns are taken as those of
    /// the import `like`, if one is named; else as last time for the same columns; else as they
    /// are guessed for what the file is about, which is recognised unless it is said.
    ///
    /// # Errors
    /// If the actor may not import, or the file is no table that can be read.
    pub async fn finish_upload(
        &self,
        actor: &Actor,
        mut upload: Upload,
        (like, subject): (Option<ImportId>, Option<Subject>),
    ) -> Result<ImportRow> {
        actor.must(Right::ImportPeople)?;
        let hash = upload.hash();
        let file = upload.keep().await?;
        let mut seen = look(file.clone(), upload.name.clone(), subject).await?;
        let like = match like {
            Some(like) => Some(plan_of(&self.import_row(like).await?)?),
            None => self.last_plan(&seen).await?,
        };
        // What somebody says now counts more than what was said last.
        let like = like.filter(|like| subject.is_none_or(|said| said == like.subject));
        if let Some(like) = like.as_ref().filter(|it| it.subject != seen.plan.subject) {
            seen = look(file, upload.name.clone(), Some(like.subject)).await?;
        }
        folder::write(&self.config().imports, upload.id, Part::Seen, &seen)?;
        let plan = like.map_or_else(|| seen.plan.clone(), |like| like.carried_over(&seen.plan));
        let mut tx = self.shared().db.begin().await?;
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

    /// How files with these columns were brought in last. A plan that this program does not know
    /// any more is guessed anew.
    async fn last_plan(&self, seen: &Inspection) -> Result<Option<Plan>> {
        let mut tx = self.shared().db.read().await?;
        let known = import_run::plan_of(&mut tx, &seen.fingerprint).await?;
        Ok(known.and_then(|(text, _)| serde_json::from_str(&text).ok()))
    }

    /// Says what a file is about: its columns are looked at anew. What a dry run said before is
    /// forgotten.
    ///
    /// # Errors
    /// If the actor may not import, or the file is gone or was brought in already.
    pub async fn choose_subject(
        &self,
        actor: &Actor,
        id: ImportId,
        subject: Subject,
    ) -> Result<ImportRow> {
        actor.must(Right::ImportPeople)?;
        let before = self.import_row(id).await?;
        let file = self.file_of(&before)?;
        let seen = look(file, before.file_name.clone(), Some(subject)).await?;
        let row = self.replan(id, &seen.plan).await?;
        folder::write(&self.config().imports, id, Part::Seen, &seen)?;
        Ok(row)
    }

    /// Says what the columns of a file mean. What a dry run said before is forgotten.
    ///
    /// # Errors
    /// If the actor may not import, the plan cannot work, or the file was brought in already.
    pub async fn plan_import(&self, actor: &Actor, id: ImportId, plan: Plan) -> Result<ImportRow> {
        actor.must(Right::ImportPeople)?;
        let plan = plan.checked()?;
        self.list_of_plan_stands(&plan).await?;
        let before = self.import_row(id).await?;
        let seen = self.inspected(&before).await?;
        if !plan.fits(&seen.headers()) {
            return Err(Error::invalid(
                "columns",
                "must be those of the file, in its order and with its headers",
            ));
        }
        self.replan(id, &seen.settled(plan)).await
    }

    /// Whether the list that people are put on is there and in use.
    pub(super) async fn list_of_plan_stands(&self, plan: &Plan) -> Result<()> {
        match plan.list() {
            None => Ok(()),
            Some(list) if self.lists_in_use().await?.contains(&list) => Ok(()),
            Some(list) => Err(Error::invalid(
                "list",
                format!("there is no list {list} in use"),
            )),
        }
    }

    async fn replan(&self, id: ImportId, plan: &Plan) -> Result<ImportRow> {
        let mut tx = self.shared().db.begin().await?;
        let mut row = at_rest(&mut tx, id).await?;
        if !matches!(row.state, ImportState::Draft | ImportState::Tried) {
            return Err(Error::Conflict(
                "this file was brought in already".to_owned(),
            ));
        }
        row.subject = plan.subject.word().to_owned();
        row.plan = serde_json::to_string(plan).map_err(anyhow::Error::from)?;
        row.state = ImportState::Draft;
        row.trial = None;
        row.failure = None;
        import_run::save(&mut tx, &row).await?;
        tx.commit().await?;
        Ok(row)
    }
}

pub(super) fn plan_of(row: &ImportRow) -> Result<Plan> {
    Ok(serde_json::from_str(&row.plan).map_err(anyhow::Error::from)?)
}
